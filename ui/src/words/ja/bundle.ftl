### Words of the organisation's bundle: which one is in force, and why a newer is not.

bundle-title = 組織の設定
bundle-none = まだ受信していません。
bundle-version = { $tenant } のバージョン { $version }
bundle-for_all = 全員が対象
bundle-for_some = 100 人中 { $percent } 人が対象（あなたも含まれます）
bundle-since = 適用開始
bundle-from = 取得元
bundle-ends = 有効期限
bundle-signed = 署名した鍵
bundle-checked = 最終確認
bundle-probation = 新しい設定です。以前より悪く動作した場合は自動的に元に戻ります。
bundle-note = 変更点
bundle-soon =
    { $days ->
       *[other] あと { $days } 日以内に更新が必要です。管理者に伝えてください。
    }
bundle-over =
    { $days ->
       *[other] 期限が切れており、あと { $days } 日間は使えます。管理者に伝えてください。
    }
bundle-ended = 期限が切れました。管理者が更新するまで、レコードは自動では開きません。
bundle-waits = バージョン { $version } はまず 100 人中 { $percent } 人に配られます。あなたには後で届きます。
bundle-locked_why = 変更したい場合は、バージョン { $version } を伝えて管理者に依頼してください。
bundle-trouble_reach = 現在、最新の設定を取得できません。
bundle-trouble_signature = 取得したものは組織の署名がありません。適用しませんでした。
bundle-trouble_rollback = 見つかったものは適用中のものより古いため、適用しませんでした。
bundle-trouble_time = 取得したものは今日は有効ではありません。適用しませんでした。
bundle-trouble_not_for_us = 取得したものは別の組織、または別のバージョンの Screenpop 用です。適用しませんでした。
bundle-trouble_content = 取得したものに誤りがあります。適用しませんでした。場所は「状態」で確認できます。
bundle-trouble_worse = 取得したものは適用中のものより悪く動作します。適用しませんでした。
bundle-trouble_back = バージョン { $version } は以前より悪く動作したため、元に戻しました。
bundle-trouble_damaged = このコンピューターに保存された設定が壊れています。再取得するまで、何も自動では開きません。
bundle-goes_on = これまでどおり動作しています。
bundle-off = 無効になっている機能

join-title = 組織の設定
join-text = 管理者からアドレスと鍵のフィンガープリントを受け取ります。適用する前に、設定される内容を確認できます。
join-from = アドレス
join-from_text = https のアドレス、または共有フォルダー上のファイルのパス。
join-key = 鍵のフィンガープリント
join-key_text = 32 桁の英数字です。アドレスと同じメッセージではなく、管理者から直接または電話で受け取ってください。
join-look = 確認する
join-found = { $tenant } がこのコンピューターを設定します
join-locked =
    { $n ->
       *[other] { $n } 件の設定は、以後は組織だけが変更できます。
    }
join-crm = 接続先
join-gateway = 対応の取得元
join-report = このコンピューターの状態の報告先
join-take = 信頼して適用
join-taken = { $tenant } の設定は、確認が済みしだい適用されます
join-open = 組織の設定を使う
join-leave = 使用をやめる
join-leave_sure = 設定は適用されなくなります。ご自身で設定した内容は残ります。

feature-search = 顧客の検索
feature-simulate = 対応のシミュレーション
feature-create_customer = 顧客の作成
feature-update_customer = 顧客の変更
feature-create_case = ケースの作成
feature-add_note = ケースへのメモ
feature-set_status = ケースの状態
