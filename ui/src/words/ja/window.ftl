### Words of what is on screen besides the cards: compact bar, notice, curtain, questions.

bar-label = コンパクトバー
bar-expand = 展開
bar-show = { $name } を表示
bar-empty = 待機中
bar-more = 他 { $n } 件
bar-verified = 確認済み
bar-cases = 未完了のケース { $n } 件
bar-severe = 緊急：{ $subject }
bar-compact = コンパクトバー
bar-pin = 常に手前に表示

notice-show = 表示
notice-open = レコードを開く
notice-cases = 未完了のケース { $n } 件
notice-more = 他 { $n } 件が待機中
notice-hidden = ここには名前を表示しません。

curtain-title = 非表示中
curtain-key = すべての顧客データを非表示にしました。入力内容は保持されています。
curtain-idle = しばらく入力がなかったため非表示にしました。入力内容は保持されています。
curtain-screen = 画面がロックされている間は非表示になります。入力内容は保持されています。
curtain-lift = 再表示

ask-close = Screenpopは動作を続けます
ask-close_tray = システムトレイに残り、次の対応を表示します。終了するには、トレイのメニューで「終了」を選びます。
ask-close_bar = タスクバーに残り、次の対応を表示します。
ask-close_yes = ウィンドウを閉じる
ask-quit = 未送信の項目が { $n } 件あります
ask-quit_text = 保存されており、次回の起動時に送信されます。
ask-quit_lost = このコンピューターには終了後に何も残りません。今もう一度送信し、届かなかったものは失われます。
ask-quit_yes = それでも終了
ask-no = このまま続ける

pause-text = ポップアップは { $time } まで一時停止中です。
pause-end = 今すぐ再開

masked-show = { $what } を表示
masked-hidden = { $what } は非表示です

hotkey-no_keys = { $keys } はショートカットキーに使用できません。
hotkey-no_modifier = { $keys } にはCtrlまたはAltが必要です。
hotkey-twice = { $keys } が重複して設定されています。
hotkey-taken = { $keys } は別のプログラムが使用しています。
hotkey-unsupported = このデスクトップ環境では、プログラムがショートカットキーを使用できません。

settings-sound = サウンド
settings-sound_text = このウィンドウが見えないときのみ
settings-sound_tap = 控えめなタップ音
settings-sound_off = なし
settings-shown_by = 通知の表示元
settings-shown_by_screenpop = Screenpop
settings-shown_by_system = システム
settings-quiet = サイレント
settings-quiet_text = 音を鳴らさず、通知に名前を表示しません。
settings-quiet_blind = このデスクトップ環境ではプレゼンテーション中かどうかがわかりません。ご自身でオンにしてください。
settings-notice_blind = このデスクトップ環境では、システムの通知のみ表示できます。
settings-dock = ドッキング
settings-dock_free = なし
settings-dock_left = 左端
settings-dock_right = 右端
settings-place_blind = このデスクトップ環境では反映されない場合があります。
settings-start = コンピューターへのサインイン時に起動
settings-privacy = プライバシー
settings-lock_after = 非表示にするまでの無操作時間（分）
settings-lock_after_text = 0で非表示にしません。
settings-lock_blind = このデスクトップ環境では無操作時間がわかりません。
settings-no_capture = このウィンドウを画面キャプチャから除外
settings-no_capture_blind = このデスクトップ環境ではウィンドウを除外できません。
settings-mask = ポインターを合わせるまで隠す項目
settings-mask_none = なし
settings-mask_id = 顧客ID
settings-mask_quote = 顧客の言葉
settings-keys = すべてのウィンドウで使えるキー
settings-keys_text = 設定するまでオフ（例：Ctrl+Alt+P）
settings-key_show = Screenpopを表示
settings-key_open = レコードを開く
settings-key_case = 新規ケース
settings-key_copy = 顧客IDをコピー
settings-key_curtain = 顧客データを隠す
settings-change = 変更を依頼
settings-change_copied = 管理者への依頼をコピーしました
settings-change_line = { $name }：{ $value }
settings-minutes = { $n } 分
