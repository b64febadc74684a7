### What is said of the product itself: permanent notices, refused events, refused commands.

banner-memory_only = このセッション以降は何も保存されません：{ $why }。起動のたびにサインインが必要です。
banner-keychain_locked = キーチェーンがロックされています。カードは表示されますが、サインインと履歴はロック解除まで待ちます。
banner-secrets_refused = 保存されていたサインインを開けなかったため、脇に置きました。もう一度サインインしてください。
banner-loopback_http = { $crm } にはこのコンピューター上で暗号化せずに接続しています。
banner-nothing_kept = 履歴を保存できません：{ $why }。カードは表示されます。
banner-sign_in_ends = { $name } へのサインインはあと { $days } 日で切れます。ご都合のよいときに、その前にもう一度サインインしてください。
banner-sign_in_ends_today = { $name } へのサインインは今日切れます。ご都合のよいときにもう一度サインインしてください。
banner-gateway = ゲートウェイ

## Events that were refused or dropped, by code

refusal-too_many_connections = 同時に許可されている数より多くのプログラムが接続してきました。
refusal-head_malformed = 正しい HTTP ではない要求がありました。送信側のプログラムを確認してください。
refusal-framing_ambiguous = 正しい HTTP ではない要求がありました。送信側のプログラムを確認してください。
refusal-cut = 正しい HTTP ではない要求がありました。送信側のプログラムを確認してください。
refusal-head_too_large = 要求のヘッダーが大きすぎました。ヘッダー項目を減らしてください。
refusal-head_too_slow = 要求が遅すぎたため打ち切りました。
refusal-body_too_slow = 要求が遅すぎたため打ち切りました。
refusal-foreign_host = 別のホスト名あての要求がありました。ウェブページが試みた可能性があります。
refusal-foreign_page = ウェブページがイベントを送ろうとしました。ページからは受け付けません。
refusal-no_such_path = 別のパスへの要求がありました。イベントは /v1/events に送ります。
refusal-wrong_method = POST ではない要求がありました。イベントは POST で送ります。
refusal-wrong_type = コンテンツタイプが CloudEvents でも JSON でもありませんでした。
refusal-no_length = 長さのない要求がありました。Content-Length を送ってください。
refusal-body_too_large = 64 KiB を超えるイベントがありました。
refusal-signature_missing = 署名のないイベントがありました。Standard Webhooks に従って署名してください。
refusal-signature_malformed = イベントの署名が Standard Webhooks の形式ではありませんでした。
refusal-signature_outside_window = イベントの時刻が 5 分以上ずれていました。両方の時計を確認してください。
refusal-signature_wrong = イベントの署名が一致しませんでした。送信者のシークレットを確認してください。
refusal-too_fast = 送信者が許可より多くのイベントを送りました。
refusal-E_EVENT = 署名されたイベントが想定の形式ではありませんでした。送信者のマッピングを確認してください。
refusal-conflict = ID が別のイベントに再利用されました。
refusal-not_ours = ほかの担当者あてのイベントでした。
refusal-foreign_agent = ほかの担当者あてのイベントでした。
refusal-by_rule = 組織のルールにより、カードが表示されないインタラクションがあります。
refusal-unavailable = イベントを保存できなかったため、送信者に再送を求めました。
refusal-late = 届いたときには着信の期限が切れていました。
refusal-stale_event = 対応の終了後、または順序どおりでないイベントが届きました。
refusal-stale_answer = CRM がすでに閉じた問い合わせに答えました。
refusal-stale_command = クリックの対象のカードがすでに変わっていました。
refusal-not_decided = 誰のレコードか決まらないうちに書き込もうとしました。
refusal-rule_without_facts = 対応の終了時に、ルールに必要な情報が分からないため、何も書き込みませんでした。
refusal-end_waits = カードのない対応が終了しました。CRM が応答しなかったため、顧客を検索できるまでルールを保留しています。
refusal-end_unasked = カードのない対応が終了しましたが、丸 1 日顧客を検索できませんでした。ルールは何も書き込みませんでした。
refusal-end_several = カードのない対応が終了しましたが、該当する顧客が複数います。ルールは何も書き込みませんでした。
refusal-end_nobody = カードのない対応が終了しましたが、その顧客はどの CRM にもいません。ルールは何も書き込みませんでした。
refusal-end_repeats = 終了した対応が特定されておらず、既知の対応の終了かもしれません。ルールは何も書き込みませんでした。
refusal-E_LINK = リンクまたはコマンドラインが想定の形式ではありませんでした。
refusal-other = 拒否しました。

wrong-required = 入力してください
wrong-too_long = { $most } 文字まで
wrong-several_lines = 1 行だけ入力してください
wrong-no_text = 文字ではないものが含まれています
wrong-no_choice = CRM ではもう選べません。別のものを選んでください
wrong-no_field = CRM のフォームにこの項目はもうありません
wrong-refused = CRM が受け付けませんでした
wrong-text = 文字を入力してください
wrong-choice = 1 つ選んでください
wrong-email = メールアドレスを入力してください（例：name@example.com）
wrong-phone = 国番号付きの電話番号を入力してください（例：+34 600 012 345）
wrong-number = 数字を入力してください
wrong-switch = はいかいいえを選んでください
wrong-date = 日付を入力してください（例：2026-11-30）

not-saved = 保存できませんでした
    .text = { $why }。何も送信していません。入力した内容はフォームに残っています。
