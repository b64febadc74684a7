### Why nobody was signed in with the browser: what happened, and as .text what helps.
### $crm is what people call the system; what it says itself follows in its own words.

signin-not_accepted = { $crm } がサインインを受け付けませんでした
    .client = アプリが認識されません。クライアント ID かシークレットが違うか、アプリが組織にインストールされていません。管理者に確認してください。
    .redirect = このコンピューターのアドレスがアプリに登録されていません。管理者に確認してください。
    .text = 渡されたコードが受け付けられませんでした。もう一度お試しください。続く場合は管理者に確認してください。
signin-not_taken = { $crm } が新しいサインインを認めません
    .text = サインインはできましたが、インターフェースに拒否されました。API を使う権限がない可能性があります。管理者に確認してください。
signin-declined = { $crm } へのサインインは拒否されました
    .text = ブラウザーでご自身または組織が拒否しました。もう一度試すか、Screenpop の許可を管理者に依頼してください。
signin-refused = { $crm } にサインインできませんでした
    .text = アプリが組織で許可またはインストールされていない可能性があります。管理者に確認してください。
signin-timed_out = ブラウザーが { $crm } から戻りませんでした
    .text = 2 分以内にサインインがなかったか、CRM がブラウザーを別の場所へ移動させました。もう一度お試しください。続く場合は、{ $redirect } がリダイレクト先として登録されているか管理者に確認してもらってください。
signin-ports_taken = ほかのプログラムがサインインを妨げています
    .text = ブラウザーが戻るこのコンピューターのポート（{ $ports }）をほかのプログラムが使っています。そのプログラムを終了してから、もう一度お試しください。
signin-no_window = ブラウザーを開けませんでした
    .text = { $why }
signin-wrong_state = どのサインインにも属さない応答が届きました
    .text = 古いタブからの応答か、別のページが割り込もうとした可能性があります。サインインはされていません。もう一度お試しください。
signin-wrong_issuer = 応答は { $crm } からのものではありません
    .text = 問い合わせ先とは別のサインインサーバーが示されています。サインインはされていません。管理者に知らせてください。
signin-foreign_server = { $crm } が自身のものではないサーバーを示しました
    .text = サインインはされておらず、そこには何も送信していません。管理者に知らせてください。
signin-not_kept = サインインを保存できませんでした
    .text = キーチェーンがロックされているか、ディスクがいっぱいのため、サインインはされていません。キーチェーンのロックを解除するか空き容量を作ってから、もう一度お試しください。
signin-no_listener = このコンピューターではブラウザーが戻れません
    .text = このコンピューターでページを提供できませんでした。セキュリティソフトが禁止している可能性があります。管理者に確認してください。
signin-no_browser = { $crm } にはブラウザーでサインインしません
    .text = 別のサインイン方法を選んでください。

# $text is one of the sentences above, $reason what the system says.
signin-with_reason = { $text } システムのメッセージ：「{ $reason }」。
