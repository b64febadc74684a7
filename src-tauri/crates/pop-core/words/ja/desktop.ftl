### The tray and the system's notifications.

tray-show = パネルを表示
tray-quit = 終了
tray-compact = コンパクトバー
tray-pause = ポップアップを15分間一時停止
tray-simulate = 対応をシミュレート
tray-scene-one = 1件一致
tray-scene-vip = 緊急ケースのあるVIP
tray-scene-several = 複数一致
tray-scene-none = 一致なし
tray-scene-slow = CRMの遅延
tray-scene-expired = サインイン期限切れ
tray-scene-offline = CRMに接続不可
tray-health = 稼働状態
tray-settings = 設定
notice-show = 表示
notice-open = レコードを開く

## Nothing personal stands in these; the name comes below, where the policy allows it.

notice-offered =
    { $channel ->
        [voice] 通話の着信
        [video] ビデオ通話の着信
        [chat] チャットの着信
        [messaging] メッセージの着信
        [sms] SMSの着信
        [email] メールの着信
        [social] ソーシャルメッセージの着信
        [callback] 折り返し電話の依頼
        [cobrowse] 画面共有ブラウズの依頼
       *[other] 対応の依頼
    }
notice-accepted =
    { $channel ->
        [voice] 通話に応答しました
        [video] ビデオ通話に応答しました
        [chat] チャットに応答しました
        [messaging] メッセージに応答しました
        [sms] SMSに応答しました
        [email] メールに応答しました
        [social] ソーシャルメッセージに応答しました
        [callback] 折り返し電話に応答しました
        [cobrowse] 画面共有ブラウズに応答しました
       *[other] 対応に応答しました
    }
