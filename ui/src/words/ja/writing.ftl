### Words of what is written: forms, wrap-up, what waits to be sent.

kind-create_case = 新規ケース
kind-log_interaction = 記録
kind-add_note = メモ
kind-set_status = 状態
kind-set_priority = 優先度
kind-create_customer = 新規顧客
kind-update_customer = 顧客

form-new_case = 新規ケース
form-new_customer = 新規顧客
form-update_customer = 顧客を変更
form-note = メモ
form-wrap_up = 後処理
form-back = 顧客に戻る
form-draft = 下書きを保存しました
form-required = 必須
form-loading = フォームを読み込み中
form-failed = フォームを読み込めませんでした
form-again = 再試行
form-none = 未選択
form-cancel = キャンセル
form-create = { $where } に作成
form-save = { $where } に保存
form-add_note = メモを追加
form-note_in = { $where } へ
form-case = ケース
form-similar = 似た未解決のケース: { $case }。
form-note_instead = 代わりにそこへメモを追加
form-open_after = 作成後にケースをブラウザーで開く

status-change = 状態：{ $status }。変更
status-of = { $number } の状態
status-in = { $where } の { $number }
status-reading = 選択肢を読み込み中
priority-set = 優先度：{ $priority }

write-saving = 保存中
write-held = 送信待ち
write-waiting = 送信待ち
write-sending = 送信中
write-parked = 受理されませんでした
write-done = 完了
write-discarded = 取りやめ
write-not_saved = 未保存
write-unsure = 実行済みの可能性があります。再送信の前に { $where } を確認してください。

wrote-held = { $what }：保存しました
wrote-not_kept = { $what }：このコンピューターには未保存、送信待ち
wrote-undo = 元に戻す
wrote-undone = 取り消しました。入力内容はフォームにあります。
wrote-case = ケース { $number } を作成しました
wrote-case_plain = ケースを作成しました
wrote-open = 開く
wrote-look = 確認
wrote-logged = 対応を記録しました

wrap-left = 残り（全 { $time }）
wrap-left_label = 後処理の残り時間
wrap-say_left =
    { $n ->
       *[other] 後処理の残り時間は { $n } 秒です。
    }
wrap-extend = 延長
wrap-outcome = 結果
wrap-note = メモ
wrap-case = ケース
wrap-no_case = ケースなし
wrap-status = 状態を変更
wrap-keep_status = そのままにする
wrap-follow_up = フォローアップ日
wrap-writes = 書き込み先
wrap-nowhere = ここにのみ保存：受け付けるCRMが接続されていません
wrap-log = 対応を記録
wrap-later = 後で行う
wrap-not_logged = 時間内に記録されませんでした。記録するまでここで待機します。

tab-wrap_up = 後処理
tab-not_logged = 未記録

action-new_case = 新規ケース
action-note = メモ
action-wrap_up = 後処理
action-group = 操作
action-new_customer = 新規顧客
action-update_customer = 顧客を変更
hint-wrap_up = 後処理

queue-title = 送信待ち
queue-count = 送信待ち { $n } 件
queue-none = 送信待ちはありません
queue-none_text = 入力した内容は、オフラインでもCRMに届くまでここに保存されます。
queue-not_kept = このコンピューターには何も保存されません。ここで待っている内容は、アプリの終了時に失われます。
queue-tries = { $n } 回試行
queue-next = 次回 { $time }
queue-since = { $time } から
queue-edit = 編集して再送信
queue-send = 再送信
queue-discard = 取りやめる
queue-reason = 取りやめる理由
queue-keep = 残す

told-title = 他のシステムへの通知
told-text = 組織が設定した宛先へのメッセージ（新しい順）。
told-gone = 組織はこの宛先をもう指定していません。
told-none = まだ何も通知していません
told-tries = 試行
told-try = { $time }：
told-sent = 内容（SHA-256）：
told-answer = 応答（SHA-256）：
told-id = メッセージ：

say-wrap_up = { $name } の後処理
say-thirty = { $name } の後処理は残り30秒
