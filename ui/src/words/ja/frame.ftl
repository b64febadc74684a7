### Words of the frame: strip, status, toasts, keys, and what is said aloud.

app-name = Screenpop
app-lost = ウィンドウがアプリとの接続を失いました
app-lost_text = 新しい情報は表示されません。ウィンドウを閉じてScreenpopを再起動してください。

strip-label = 進行中の対応
strip-empty = 進行中の対応なし
strip-more = +{ $n }
strip-more_label = 他 { $n } 件の対応

tab-name = { $name }、{ $channel }、{ $phase }

nav-label = 画面
nav-search = 検索
nav-today = 今日
nav-health = 稼働状態
nav-settings = 設定
nav-back = 顧客に戻る

status-label = 接続
status-connected = { $n } 件接続中
status-sign_in = { $name }：再度サインイン
status-problem = { $name }：問題あり
status-unreachable = CRM に接続不可
status-since = { $when } から
status-slow = { $name } 遅延
status-events = ライブ
status-events_failed = イベントを受信できません
status-none = CRM未接続

banner-unlock = ロック解除

toast-label = 出来事
toast-arrived = { $what }：{ $name }
toast-view = 表示
toast-close = この通知を閉じる
toast-more = 他 { $n } 件が待機中

copy-done = { $what } をコピーしました
copy-link = リンクをコピーしました
pin-done = 検索にピン留めしました
pin-undone = ピン留めを外しました
copy-failed = クリップボードを使用できません。テキストを選択して手動でコピーしてください。
copy-what = コピー：{ $what }
copy-details = 詳細をコピーしました
copy-request = 管理者への依頼をコピーしました

key-ctrl = Ctrl
key-shift = Shift
key-enter = Enter
key-esc = Esc

title-key = { $what } ({ $key })

say-arrived = { $what }。{ $who }、{ $identity }。
say-vip = VIP。
say-reason = { $reason }。
say-found = { $name }。
say-found_tier = { $name }、{ $tier }。
say-cases = 未完了のケース { $n } 件。
say-several = 候補の顧客 { $n } 人。選択してください。先頭は { $name }。
# time: a time of day or a date.
say-saved = { $time } の保存済みコピーです。まだ確認されていません。
say-none = 顧客が見つかりません。検索するか、そのまま続けてください。
say-nothing = 検索する情報がありません。
say-withdrawn = { $name }：取り下げ。
say-missed = { $name }：未応答。折り返し待ちに残しました。
say-transferred_by = { $who } から転送。
say-transferred = { $name }：転送済み。
say-ended = { $name }：終了。
say-problem = { $title }。
say-urgent = 緊急ケースあり：{ $subject }。
say-urgent_due = 緊急ケースあり：{ $subject }、残り { $time }。

hidden-char = 隠し文字 { $code }

unit-ms = { $n } ms
unit-s = { $n } 秒
unit-seconds = 秒
