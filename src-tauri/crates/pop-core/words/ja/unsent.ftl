### What is said of writes that wait: their room, and what would be lost by quitting or signing out.

banner-outbox_filling = 送信待ちが保存領域の { $percent } % を占めています。いっぱいになる前に管理者に連絡してください。
banner-outbox_full = 送信待ちで保存領域がいっぱいです。一部が送信されるまで新しく保存できません。保存済みのものは安全です。

banner-unsent = { $count } 件がまだ CRM に届いておらず、このコンピューターでは失われます。もう一度送信を試みました。破棄するには、もう一度終了してください。
unsent-sign_out = { $count } 件がまだ { $crm } に届いておらず、失われます。もう一度送信を試みました。破棄するには、もう一度サインアウトしてください。
