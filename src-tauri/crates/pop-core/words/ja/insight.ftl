### Why a card is as it is, and the steps of its way.

## Why a card is as it is. $crm is what people call the system, $by what the customer was found by.

explain-who = なぜこの顧客か
explain-people = 見つかった人
explain-opening = CRM のレコード
explain-rules = ルールの働き
explain-asked = 照会先

explain-who-one = 一致する顧客は一人だけです
    .text = { $crm } で見つかりました: { $by }
explain-who-unsure = 一人一致しますが、確実ではありません
    .text = { $crm } で見つかりました: { $by }。別の CRM またはその一部が応答しておらず別人を知っている可能性があるか、あなたが誰かを除外しました。
explain-who-chosen = あなたがこの顧客を選びました
    .text = レコードは { $crm } にあります。次回は候補の先頭になりますが、自動で開くことはありません。
explain-who-several =
    { $n ->
       *[other] { $n } 人が一致します。選ぶのはあなたです
    }
    .text = いずれも同じ信頼度の情報で見つかりました。選ぶまで何も開かず、何も書き込みません。
explain-who-conflict = 届いた情報が別々の人を指しています
    .text = 信頼度の異なる識別情報が別々の人を見つけました。選ぶまで何も開かず、何も書き込みません。
explain-who-none = この顧客を知る CRM はありません
    .text = すべての CRM が応答しましたが、該当するレコードはありませんでした。
explain-who-failed = 誰かは不明です
    .text = 知っている可能性のある CRM が応答できませんでした。
explain-who-looking = 照会中です
    .text = まだ応答していない CRM があります。
explain-who-nothing = 顧客を見分ける情報が届いていません
    .text = 非通知・短縮・自社の番号は誰とも一致しません。
explain-came = 受信: { $by }
explain-refused = 不使用、{ $kind }: { $why }

explain-kind-id = レコード ID
explain-kind-external_id = 顧客番号
explain-kind-email = メールアドレス
explain-kind-phone = 電話番号
explain-by-authenticated = { $kind }（プラットフォームが確認済み）
explain-by-attached = { $kind }（プラットフォームが付加）
explain-by-claimed = { $kind }（自己申告）
explain-by-caller = { $kind }（電話網から。偽装の可能性あり）

explain-person = { $why } { $crm }: { $by }
explain-person-meant = カードの顧客です。
explain-person-same = 別の CRM の同一人物です。
explain-person-among = 該当する可能性があります。
explain-person-undecided = まだ決まっていません。
explain-person-weaker = 対象外: より信頼できる情報が別の人を見つけました。
explain-person-rejected = 対象外: あなたが除外しました。
explain-person-not_chosen = 対象外: 別の人が選ばれました。
explain-person-less = 対象外: 優先順位の高い CRM が決めます。

explain-opening-browser = ブラウザーで開きました
explain-opening-crm = CRM の画面に表示しました
explain-opening-way = 開いています
explain-opening-would = 開きます
explain-opening-failed = 開けませんでした
explain-opening-held_back = 保留しました
    .text = 10 秒間に 4 件以上が自動で開くところでした。手動で開いてください。
explain-opening-pausing = 入力が止まるのを待っています
    .text = ブラウザーが前面に出るとキーボードを奪います。遅くとも 8 秒後に開きます。
explain-opening-looking = 未オープン: 誰かを照会中です
explain-opening-nobody = 未オープン: 顧客が不明です
explain-opening-several = 未オープン: 複数が一致します。選んでください
explain-opening-conflict = 未オープン: 情報が別々の人を指しています
explain-opening-not_sure = 未オープン: 未応答の CRM が別の顧客を知っている可能性があります
explain-opening-used = 再オープンなし: この対応で一度自動で開きました
explain-opening-over = 未オープン: 対応は終了しています
explain-opening-before_accept = 応答すると開きます
explain-opening-never = 未オープン: 自動では開かない設定です
explain-opening-paused = 未オープン: 一時停止中です
explain-opening-follower = 未オープン: 別の端末が主担当です
explain-opening-bundle = 未オープン: 組織の設定の期限が切れています
explain-opening-no_record = 未オープン: 該当する種類のレコードがありません
explain-opening_by-setting = 開くタイミングは設定によります
explain-opening_by-outbound = 開くタイミングは発信の設定によります
explain-opening_by-rule = 開くタイミングはルール「{ $rule }」によります

explain-rule-none = 該当するルールはありません
explain-rule-by = ルール「{ $rule }」
explain-rule-silent = カードなし
explain-rule-offer = 着信時に開く
explain-rule-accept = 応答時に開く
explain-rule-never = 自動では開かない
explain-rule-records = 開くレコードの種類
explain-rule-vip = VIP として表示
explain-rule-priority = 優先度: { $value }
explain-rule-queue = キュー: { $value }
explain-rule-language = 言語: { $value }

explain-asked-found =
    { $n ->
       *[other] { $crm } で { $n } 人見つかりました
    }
explain-asked-waiting = { $crm } はまだ応答していません

## The steps of an interaction’s way, by the flight recorder’s words.

mark-received = 受信
mark-verified = 署名を確認
mark-mapped = イベントとして解釈
mark-popped = カードを作成
mark-accepted = 担当者が応答
mark-rule = ルール適用
mark-asked_who = 顧客を照会
mark-asked_cases = ケースを照会
mark-asked_activities = 履歴を照会
mark-answered_who = 顧客の回答
mark-answered_cases = ケースの回答
mark-answered_activities = 履歴の回答
mark-request = リクエスト
mark-matched_one = 顧客が一人に確定
mark-matched_several = 複数の顧客
mark-matched_none = 該当なし
mark-match_failed = 照会できず
mark-link_chosen = リンクを選択
mark-link_missing = リンクを作れず
mark-opened = ブラウザーで開いた
mark-shown_in_crm = CRM に表示
mark-open_failed = 開けず
mark-held_back = 自動オープンを保留
mark-painted = カードを表示
mark-painted_complete = すべて表示
mark-ended = 終了
mark-write_kept = 入力をここに保存
mark-write_waiting = 送信待ち
mark-write_sent = 送信中
mark-write_failed = 送信失敗、後で再試行
mark-write_parked = 入力は人の判断待ち
mark-written = CRM に書き込み
mark-write_discarded = 入力を取り消し
mark-write_lost = 入力を保存できず
