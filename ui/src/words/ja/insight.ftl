### What happened and why: the timeline, the reasons, trying an event, and the evidence.

flight-title = 何が起きたか
flight-back = 戻る
flight-again = 読み直す
flight-views = 表示
flight-why = 理由
flight-way = タイムライン
flight-trace = トレース
flight-copy_trace = トレース ID をコピー
flight-none = この対応の記録はありません。
flight-gone = カードはもう表示されていません。タイムラインは残っています。
flight-first = イベントからカードまで
flight-later = { $after }後
flight-step = ステップ
flight-bar = 所要時間
flight-at = 経過
flight-took = 所要 { $time }
flight-ms = { $n } ms
flight-s = { $n } 秒
flight-legend = リクエスト時間の内訳
flight-part_dns = 名前解決 (DNS)
flight-part_connect = 接続
flight-part_wait = 待機
flight-part_body = 応答
flight-sign_for = 根拠
flight-sign_against = 反証
flight-sign_careful = 要確認
flight-copy = コピー
flight-copied = タイムラインをコピーしました
flight-save = JSON を保存
flight-saved = { $path } に保存しました
flight-evidence = 証跡を書き出す

dry-title = イベントを試す
dry-text = 何が起きるかを表示します。CRM には照会しますが、何も開かず、書き込まず、履歴にも残しません。
dry-open = イベントを試す
dry-body = イベント
dry-example = プラットフォームが送る JSON を貼り付け
dry-mapping = 読み方
dry-own = Screenpop イベント（CloudEvents または簡易形式）
dry-go = 結果を表示
dry-read = イベントを読み取りました
dry-unread = イベントではありません。
dry-no_card = カードなし。
dry-card = カード: { $name }
dry-nobody = 顧客のないカード
dry-would = 開くアドレス:

evidence-title = 証跡を書き出す
evidence-size = 約 { $n } KB
evidence-text = 管理者またはベンダーに渡す ZIP ファイルです。送る前にすべての行を読めます。
evidence-parts = 含める内容
evidence-timeline = タイムライン
evidence-timeline_text = この対応、または直近 20 件の手順
evidence-requests = CRM への直近のリクエスト
evidence-requests_text = 呼び出し・パス・状態・時間・項目名。値とトークンなし
evidence-versions = バージョンと設定
evidence-versions_text = アプリ・OS・バンドル・接続・組織の設定
evidence-diagnosis = 診断結果
evidence-diagnosis_text = 各接続の状態。検査済みなら原因と対処も
evidence-masked = 顧客データは含みません
evidence-masked_text = 名前・番号・メモは記録されません。紛れ込んだものは置き換えます
evidence-clean = 検査済み: 個人情報・秘密情報なし
evidence-removed =
    { $n ->
       *[other] { $n } 件を置き換えました
    }
evidence-looked =
    { $n ->
       *[other] { $n } 件の名前・番号・秘密情報を 6 通りの表記で検索
    }
evidence-preview = プレビュー
evidence-files = ファイル
evidence-remark = メモを追加
evidence-optional = 任意
evidence-remark_hint = 何が見えましたか。いつからですか
evidence-save = ZIP を保存
evidence-saved = { $path } に保存しました
evidence-copy = 概要をコピー
evidence-copied = 概要をコピーしました

menu-timeline = タイムラインを表示
today-timeline = { $name } のタイムライン
