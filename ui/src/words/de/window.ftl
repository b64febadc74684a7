### Words of what is on screen besides the cards: compact bar, notice, curtain, questions.

bar-label = Kompaktleiste
bar-expand = Erweitern
bar-show = { $name } anzeigen
bar-empty = Bereit
bar-more =
    { $n ->
        [one] { $n } weitere
       *[other] { $n } weitere
    }
bar-verified = Bestätigt
bar-cases =
    { $n ->
        [one] { $n } offener Vorgang
       *[other] { $n } offene Vorgänge
    }
bar-severe = Dringend: { $subject }
bar-compact = Kompaktleiste
bar-pin = Im Vordergrund halten

notice-show = Anzeigen
notice-open = Datensatz öffnen
notice-cases =
    { $n ->
        [one] { $n } offener Vorgang
       *[other] { $n } offene Vorgänge
    }
notice-more =
    { $n ->
        [one] { $n } weitere wartet
       *[other] { $n } weitere warten
    }
notice-hidden = Namen werden hier nicht angezeigt.

curtain-title = Ausgeblendet
curtain-key = Sie haben alle Kundendaten ausgeblendet. Was Sie geschrieben haben, bleibt erhalten.
curtain-idle = Ausgeblendet, weil eine Zeit lang nichts eingegeben wurde. Was Sie geschrieben haben, bleibt erhalten.
curtain-screen = Ausgeblendet, solange der Bildschirm gesperrt ist. Was Sie geschrieben haben, bleibt erhalten.
curtain-lift = Wieder anzeigen

ask-close = Screenpop läuft weiter
ask-close_tray = Es bleibt im Infobereich und zeigt die nächste Interaktion. „Beenden“ steht dort im Menü.
ask-close_bar = Es bleibt in der Taskleiste und zeigt die nächste Interaktion.
ask-close_yes = Fenster schließen
ask-quit =
    { $n ->
        [one] { $n } Eintrag wurde noch nicht gesendet
       *[other] { $n } Einträge wurden noch nicht gesendet
    }
ask-quit_text = Was noch zu senden ist, bleibt gespeichert und wird beim nächsten Start gesendet.
ask-quit_lost = Dieser Computer speichert nach dem Beenden nichts. Es wird jetzt noch einmal versucht; was nicht ankommt, ist verloren.
ask-quit_yes = Trotzdem beenden
ask-no = Bleiben

pause-text = Einblendungen sind bis { $time } angehalten.
pause-end = Jetzt fortsetzen

masked-show = { $what } anzeigen
masked-hidden = { $what }: verdeckt

hotkey-no_keys = { $keys } lässt sich nicht als Tastenkürzel verwenden.
hotkey-no_modifier = { $keys } braucht Ctrl (Strg) oder Alt.
hotkey-twice = { $keys } ist doppelt belegt.
hotkey-taken = { $keys } wird von einem anderen Programm verwendet.
hotkey-unsupported = Diese Desktopumgebung gibt Programmen keine Tastenkürzel.

settings-sound = Ton
settings-sound_text = Nur wenn dieses Fenster nicht zu sehen ist
settings-sound_tap = Sanftes Klopfen
settings-sound_off = Keiner
settings-shown_by = Hinweise zeigt
settings-shown_by_screenpop = Screenpop
settings-shown_by_system = Das System
settings-quiet = Ruhe
settings-quiet_text = Kein Ton, und keine Namen in Hinweisen.
settings-quiet_blind = Diese Desktopumgebung meldet nicht, wenn Sie präsentieren: Schalten Sie es selbst ein.
settings-notice_blind = Diese Desktopumgebung zeigt nur ihre eigenen Hinweise.
settings-dock = Andocken
settings-dock_free = Nirgends
settings-dock_left = Linker Rand
settings-dock_right = Rechter Rand
settings-place_blind = Diese Desktopumgebung beachtet das vielleicht nicht.
settings-start = Starten, wenn ich mich am Computer anmelde
settings-privacy = Datenschutz
settings-lock_after = Minuten ohne Eingabe bis zum Ausblenden
settings-lock_after_text = 0 blendet nie aus.
settings-lock_blind = Diese Desktopumgebung meldet nicht, wie lange nichts eingegeben wurde.
settings-no_capture = Dieses Fenster von Bildschirmaufnahmen ausnehmen
settings-no_capture_blind = Diese Desktopumgebung kann kein Fenster ausnehmen.
settings-mask = Verdeckt, bis der Mauszeiger darauf steht
settings-mask_none = Nichts
settings-mask_id = Kundennummer
settings-mask_quote = Worte des Kunden
settings-keys = Tastenkürzel aus jedem Fenster
settings-keys_text = Aus, bis sie gesetzt sind, zum Beispiel Ctrl+Alt+P
settings-key_show = Screenpop anzeigen
settings-key_open = Datensatz öffnen
settings-key_case = Neuer Vorgang
settings-key_copy = Kundennummer kopieren
settings-key_curtain = Kundendaten ausblenden
settings-change = Um eine Änderung bitten
settings-change_copied = Anfrage für Ihren Administrator kopiert
settings-change_line = { $name }: { $value }
settings-minutes =
    { $n ->
        [one] { $n } Minute
       *[other] { $n } Minuten
    }
