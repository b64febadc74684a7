### Words of an interaction's card.

channel-voice = 通話
channel-video = ビデオ通話
channel-chat = チャット
channel-messaging = メッセージ
channel-sms = SMS
channel-email = メール
channel-social = ソーシャルメッセージ
channel-callback = 折り返し電話
channel-cobrowse = 画面共有ブラウズ
channel-other = 対応

offered-voice = 通話の着信
offered-video = ビデオ通話の着信
offered-chat = チャットの着信
offered-messaging = メッセージの着信
offered-sms = SMSの着信
offered-email = メールの着信
offered-social = ソーシャルメッセージの着信
offered-callback = 折り返し電話の依頼
offered-cobrowse = 画面共有ブラウズの依頼
offered-other = 対応の依頼

phase-offered = 着信中
phase-accepted = 応答済み
phase-held = 保留中
phase-withdrawn = 取り下げ
phase-missed = 未応答
phase-wrap_up = 後処理
phase-transferred = 転送済み
phase-ended = 終了
phase-looked_up = 検索

tab-withdrawn = 取り下げ
tab-missed = 未応答
tab-transferred = 転送済み
tab-ended = 終了

outbound-voice = 発信中
outbound-other = こちらから連絡中

transfer-by = { $channel } · { $who } から転送
transfer-to = { $channel } · { $who } へ転送
state-voicemail = { $channel } · 留守番電話あり

party-consulted = { $name } に確認中
party-consulted_unnamed = 同僚に確認中
party-conference = { $name } も参加中
party-conference_unnamed = 会議通話中
party-supervisor = { $name } がモニタリング中
party-supervisor_unnamed = スーパーバイザーがモニタリング中
also-on = 他に進行中：{ $channel }、タブ { $n }

answer-voice = 電話ツールで応答してください
answer-other = チャットツールで応答してください

record-opened = ブラウザーで開きました
record-shown = CRMに表示中
record-not_opened = レコード未表示
record-not_yet = レコードはまだ開いていません
record-held_back = 自動では開きませんでした
record-nothing = 何も開いていません
record-failed = レコードを開けませんでした

# when: a time of day or a date.
saved-copy = 保存済みコピー、{ $when }
saved-text = 表示中の内容は { $when } に読み込まれたもので、その後変わっている可能性があります。CRM が応答すると、レコードを開いたりメモを書き込んだりできます。

identity-verified = 本人確認済み
identity-attached = 未確認（コンタクトセンターから送信）
identity-claimed = 未確認（入力のまま）
identity-caller_number = 未確認（発信番号のみ）
identity-unknown = 未確認

short-verified = 本人確認済み
short-unverified = 未確認

advice-voice = 口座情報を伝える前に、発信者が誰かを確認してください。
advice-other = 口座情報を伝える前に、相手が誰かを確認してください。

mark-vip = VIP
mark-sandbox = サンドボックス
mark-urgent = 緊急ケースあり
mark-status_unknown = 状態不明

id-label = ID
id-copy = 顧客ID { $id } をコピー
id-copy_known = { $what } をコピー

hint-priority = 優先度
hint-queue = キュー
hint-language = 言語
hint-region = 地域
hint-record = レコード
hint-find = 検索

hints-label = ルーティング

quote-by = { $who }：
quote-open = 「
quote-close = 」

cases-title = 未完了のケース
cases-none = 未完了のケースなし
cases-open = ケースを開く
cases-all = { $n } 件すべて表示
cases-fewer = 表示を減らす
cases-more = { $source } に他 { $n } 件
cases-new = 新着 { $n } 件、表示

case-age_today = 今日
case-due = 期限 { $when }
case-overdue = { $when } から期限超過
case-left = 残り { $time }
case-status = 状態 { $status }

priority-urgent = 緊急
priority-high = 優先度 高
priority-normal = 優先度 中
priority-low = 優先度 低

activities-title = これまでの対応
activities-none = 初めての連絡

# when: a time of day or a date.
part-as_of = { $when } 時点
part-missing = { $source } · 利用不可
part-missing_text = { $source } が再び応答すると自動で読み込まれます。
part-missing_any = 利用不可
part-missing_any_text = CRMが再び応答すると自動で読み込まれます。

facts-label = 連絡先

facts-disputed = システムによって内容が異なります

fact-name = 名前
fact-tier = 会員ランク
fact-phone = 電話
fact-email = メール
fact-company = 会社
fact-open = { $name } を開く
fact-owner = 担当者
fact-extra = その他

beside-title = 他の登録先
beside-open = { $source } でレコードを開く
beside-else = 他のシステムで見つかりました。別の人の可能性があります

several-phone = この番号の顧客が { $n } 人います
several-other = 候補の顧客 { $n } 人
several-who_voice = どなたからの電話ですか？
several-who_other = どなたからの連絡ですか？
several-ask = 選ぶ前に確認してください
several-conflict = 情報が別々の人を指しています。選ぶ前に確認してください。
several-more = 他に { $n } 人見つかりました
several-search = 別の名前で検索
several-calm = 選ぶまでCRMでは何も開きません。
several-use = { $name } を使用
several-choose = 選択

candidate-cases = 未完了のケース { $n } 件
candidate-no_cases = 未完了のケースなし

reason-record_id = 顧客ID
reason-external_id = 外部ID
reason-email = メール
reason-phone = 電話
reason-name = 名前
reason-chosen_before = 以前に選択
reason-against = 不一致：{ $reason }

none-title_voice = 不明な発信者
none-title_other = 不明な顧客
none-phone = この番号の顧客はいません
none-other = 顧客が見つかりません
none-found = { $n } 件
none-found_in = { $n } 件 · { $ms } ms
none-search = 名前、メール、番号で検索
none-linked = 選んだ顧客がこの対応に結び付けられます。
none-created_in = { $where } に作成
none-already = 登録済み：{ $name } { $id }
none-use = この顧客を使う
none-create = 作成してリンク
none-without = 顧客なし
none-without_title = 顧客なしで続ける

nothing-title = 検索する情報がありません
nothing-text = 顧客ID、メール、電話番号のいずれも届きませんでした。

failed-title = 顧客を検索できませんでした

action-open = レコードを開く
action-copy_link = リンクをコピー
action-open_later = 顧客が見つかり次第レコードを開く
action-other = 別の顧客
action-find = 顧客を検索
action-close = 閉じる
action-more = その他の操作

menu-copy_id = 顧客IDをコピー
menu-copy_link = レコードのリンクをコピー
menu-pin = 検索にピン留め
menu-unpin = 検索のピン留めを外す
menu-refresh = CRMから更新
menu-other = 別の顧客を選択
menu-why = このカードの理由
menu-close = この対応を閉じる

slow-title = { $source } の応答が遅れています：{ $time } 経過
slow-title_usual = { $source } の応答が遅れています：{ $time } 経過（通常は { $usual }）
slow-text = 10秒で中止します。その間、他のシステムの情報を表示します。
slow-search = ブラウザーで検索

offline-saved = { $title }：{ $when } の保存コピー
offline-changed = その後、値が変わっている可能性があります。
offline-waiting = 送信待ち { $n } 件
offline-again = { $time } 後に再試行
offline-now = 再試行中

problem-retry = 今すぐ再試行
problem-diagnose = 診断を実行
problem-search_page = CRM で検索を開く
problem-sign_in = 再度サインイン
problem-copy_for_admin = 管理者への依頼をコピー
problem-search = 再検索
problem-connect = CRMを接続
problem-details = 詳細をコピー
problem-request = リクエスト { $id }
