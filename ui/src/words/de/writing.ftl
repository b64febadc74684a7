### Words of what is written: forms, wrap-up, what waits to be sent.

kind-create_case = Neuer Vorgang
kind-log_interaction = Protokoll
kind-add_note = Notiz
kind-set_status = Status
kind-set_priority = Priorität
kind-create_customer = Neuer Kunde
kind-update_customer = Kunde

form-new_case = Neuer Vorgang
form-new_customer = Neuer Kunde
form-update_customer = Kunden ändern
form-note = Notiz
form-wrap_up = Nachbearbeiten
form-back = Zurück zum Kunden
form-draft = Entwurf gespeichert
form-required = erforderlich
form-loading = Formular wird gelesen
form-failed = Das Formular konnte nicht gelesen werden
form-again = Erneut versuchen
form-none = Nichts gewählt
form-cancel = Abbrechen
form-create = In { $where } anlegen
form-save = In { $where } speichern
form-add_note = Notiz hinzufügen
form-note_in = zu { $where }
form-case = Vorgang
form-similar = Ähnlich und offen: { $case }.
form-note_instead = Stattdessen dort eine Notiz anlegen
form-open_after = Vorgang nach dem Anlegen im Browser öffnen

status-change = Status: { $status }. Ändern
status-of = Status von { $number }
status-in = { $number } in { $where }
status-reading = Auswahl wird gelesen
priority-set = Priorität: { $priority }

write-saving = wird gespeichert
write-held = zu senden
write-waiting = zu senden
write-sending = wird gesendet
write-parked = nicht angenommen
write-done = erledigt
write-discarded = aufgegeben
write-not_saved = nicht gespeichert
write-unsure = Es wurde vielleicht trotzdem ausgeführt. Sehen Sie in { $where } nach, bevor Sie erneut senden.

wrote-held = { $what }: gespeichert
wrote-not_kept = { $what }: auf diesem Computer nicht gespeichert, zu senden
wrote-undo = Rückgängig
wrote-undone = Zurückgenommen. Was Sie geschrieben haben, steht im Formular.
wrote-case = Vorgang { $number } angelegt
wrote-case_plain = Vorgang angelegt
wrote-open = Öffnen
wrote-look = Ansehen
wrote-logged = Interaktion protokolliert

wrap-left = übrig von { $time }
wrap-left_label = Verbleibende Nachbearbeitungszeit
wrap-say_left =
    { $n ->
        [one] Noch { $n } Sekunde für die Nachbearbeitung.
       *[other] Noch { $n } Sekunden für die Nachbearbeitung.
    }
wrap-extend = Mehr Zeit
wrap-outcome = Ergebnis
wrap-note = Notiz
wrap-case = Vorgang
wrap-no_case = Kein Vorgang
wrap-status = Status setzen auf
wrap-keep_status = Unverändert lassen
wrap-follow_up = Wiedervorlage am
wrap-writes = Schreibt in
wrap-nowhere = Nur hier aufbewahrt: kein verbundenes CRM nimmt es an
wrap-log = Interaktion protokollieren
wrap-later = Für später speichern
wrap-not_logged = Nicht rechtzeitig protokolliert. Es wartet hier, bis Sie es tun.

tab-wrap_up = Nachbearbeitung
tab-not_logged = Nicht protokolliert

action-new_case = Neuer Vorgang
action-note = Notiz
action-wrap_up = Nachbearbeiten
action-group = Aktionen
action-new_customer = Neuer Kunde
action-update_customer = Kunden ändern
hint-wrap_up = nachbearbeiten

queue-title = Zu senden
queue-count =
    { $n ->
        [one] { $n } zu senden
       *[other] { $n } zu senden
    }
queue-none = Nichts wartet auf das Senden
queue-none_text = Was Sie schreiben, bleibt hier, bis das CRM es hat, auch wenn Sie offline sind.
queue-not_kept = Dieser Computer speichert nichts: Was hier wartet, ist weg, wenn die App endet.
queue-tries =
    { $n ->
        [one] { $n } Versuch
       *[other] { $n } Versuche
    }
queue-next = nächster um { $time }
queue-since = seit { $time }
queue-edit = Bearbeiten und erneut senden
queue-send = Erneut senden
queue-discard = Aufgeben
queue-reason = Warum es aufgegeben wird
queue-keep = Behalten

told-title = Anderen Systemen gemeldet
told-text = Nachrichten an die Adressen, die Ihre Organisation festgelegt hat, die neueste zuerst.
told-gone = Ihre Organisation nennt diese Adresse nicht mehr.
told-none = Noch wurde nichts gemeldet
told-tries = Versuche
told-try = { $time }:
told-sent = Inhalt, SHA-256:
told-answer = Antwort, SHA-256:
told-id = Nachricht:

say-wrap_up = Nachbearbeitung für { $name }
say-thirty = Noch 30 Sekunden, um { $name } nachzubearbeiten
