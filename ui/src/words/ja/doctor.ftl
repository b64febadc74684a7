### Words of the diagnosis: what was checked, what is wrong, and who can fix it.

doctor-title = { $name } の診断
doctor-back = 状態に戻る
doctor-when = { $time } · { $seconds } 秒
doctor-running = 確認中
doctor-again = もう一度実行
doctor-try = レコード { $record } で試す
doctor-looking = CRM までの経路、サインイン、既知のレコードを確認しています。
doctor-well = 確認したものはすべて正常です。
doctor-failed = { $n ->
    *[other] 失敗 { $n } 件
    }
doctor-warned = { $n ->
    *[other] 警告 { $n } 件
    }
doctor-passed = { $n ->
    *[other] 合格 { $n } 件
    }
doctor-cause = 原因
doctor-effect = 影響
doctor-fix = 直し方
doctor-by_admin = 管理者だけが変更できます。
doctor-by_vendor = CRM の運用者だけが変更できます。
doctor-copy = 管理者用に直し方をコピー
doctor-copied = 直し方をコピーしました
doctor-more = 詳しく読む
doctor-until = { $date } まで有効
doctor-used = { $percent } % 使用
doctor-tried = 試したこと
doctor-expected = 期待
doctor-came = 結果
doctor-is_passed = 合格
doctor-is_warning = 警告
doctor-is_failed = 失敗
doctor-is_skipped = 未確認
doctor-run = 診断を実行
doctor-of = { $name } の診断
