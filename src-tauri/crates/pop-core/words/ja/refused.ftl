### Why a request of the person was not carried out.

refused-managed = これは組織が設定しています。管理者にお問い合わせください
refused-switched_off = 組織がこの機能を無効にしています
refused-keychain_locked = キーチェーンがロックされています。先にロックを解除してください
refused-card_changed = カードがその間に変わりました。もう一度確認してください
refused-not_in_history = その対応は履歴にもうありません
refused-nobody_to_call = その件で折り返す相手はいません
refused-no_form = これに使うフォームはありません
refused-cannot_be_asked = { $crm } には今問い合わせできません
refused-not_offered = { $crm } はこの顧客にこれを提供していません
refused-reason = 理由を1〜200文字で入力してください
refused-no_link = このレコードのアドレスがありません: { $why }
refused-clipboard = クリップボードを使えません
refused-sandbox_off = サンドボックスがオフです。設定でオンにしてください
refused-too_much = 一度に書き込む量が多すぎます。少し待ってからもう一度お試しください
refused-setting = 設定は変更されませんでした: { $why }
refused-disk = このコンピューターに保存できませんでした: { $why }
refused-vault = キーチェーンに拒否されました: { $why }
refused-system = システムに拒否されました: { $why }
refused-ending = プログラムは終了処理中です
