### What is said of the product itself: permanent notices, refused events, refused commands.

banner-memory_only = Über diese Sitzung hinaus wird nichts aufbewahrt: { $why }. Sie melden sich bei jedem Start neu an.
banner-keychain_locked = Der Schlüsselbund ist gesperrt. Karten kommen weiter; Anmeldung und Verlauf warten, bis Sie ihn entsperren.
banner-secrets_refused = Die aufbewahrten Anmeldungen ließen sich nicht öffnen und wurden beiseitegelegt. Melden Sie sich erneut an.
banner-loopback_http = { $crm } wird auf diesem Computer unverschlüsselt erreicht.
banner-nothing_kept = Der Verlauf kann nicht aufbewahrt werden: { $why }. Karten kommen weiter.
banner-sign_in_ends = Ihre Anmeldung bei { $name } endet in { $days ->
    [one] einem Tag
   *[other] { $days } Tagen
}. Melden Sie sich vorher neu an, wenn es passt.
banner-sign_in_ends_today = Ihre Anmeldung bei { $name } endet heute. Melden Sie sich neu an, wenn es passt.
banner-gateway = dem Gateway

## Events that were refused or dropped, by code

refusal-too_many_connections = Es riefen mehr Programme zugleich an, als zugelassen sind.
refusal-head_malformed = Eine Anfrage war kein richtiges HTTP. Prüfen Sie das sendende Programm.
refusal-framing_ambiguous = Eine Anfrage war kein richtiges HTTP. Prüfen Sie das sendende Programm.
refusal-cut = Eine Anfrage war kein richtiges HTTP. Prüfen Sie das sendende Programm.
refusal-head_too_large = Der Kopf einer Anfrage war zu groß. Senden Sie weniger Kopfzeilen.
refusal-head_too_slow = Eine Anfrage kam zu langsam und wurde beendet.
refusal-body_too_slow = Eine Anfrage kam zu langsam und wurde beendet.
refusal-foreign_host = Eine Anfrage galt einem anderen Rechnernamen. Vielleicht hat es eine Webseite versucht.
refusal-foreign_page = Eine Webseite wollte ein Ereignis senden. Seiten werden nicht eingelassen.
refusal-no_such_path = Eine Anfrage ging an einen anderen Pfad. Ereignisse gehen an /v1/events.
refusal-wrong_method = Eine Anfrage war kein POST. Ereignisse werden mit POST gesendet.
refusal-wrong_type = Der Inhaltstyp war weder einer von CloudEvents noch JSON.
refusal-no_length = Eine Anfrage hatte keine Länge. Senden Sie Content-Length.
refusal-body_too_large = Ein Ereignis war größer als 64 KiB.
refusal-signature_missing = Ein Ereignis war nicht signiert. Signieren Sie es nach Standard Webhooks.
refusal-signature_malformed = Die Signatur eines Ereignisses hatte nicht die Form von Standard Webhooks.
refusal-signature_outside_window = Die Zeit eines Ereignisses wich um mehr als 5 Minuten ab. Prüfen Sie beide Uhren.
refusal-signature_wrong = Die Signatur eines Ereignisses stimmte nicht. Prüfen Sie das Geheimnis des Absenders.
refusal-too_fast = Ein Absender schickte mehr Ereignisse, als er darf.
refusal-E_EVENT = Ein signiertes Ereignis hatte nicht die erwartete Form. Prüfen Sie die Zuordnung des Absenders.
refusal-conflict = Eine Kennung wurde für ein anderes Ereignis wiederverwendet.
refusal-not_ours = Ein Ereignis galt einem anderen Agenten.
refusal-foreign_agent = Ein Ereignis galt einem anderen Agenten.
refusal-by_rule = Eine Interaktion hat nach einer Regel Ihrer Organisation keine Karte.
refusal-unavailable = Ein Ereignis konnte nicht aufbewahrt werden; der Absender wurde gebeten, es erneut zu versuchen.
refusal-late = Ein Angebot war bei seiner Ankunft abgelaufen.
refusal-stale_event = Ein Ereignis kam, als die Interaktion vorüber war, oder in falscher Reihenfolge.
refusal-stale_answer = Ein CRM beantwortete eine Frage, die nicht mehr offen war.
refusal-stale_command = Ein Klick galt einer Karte, die inzwischen anders war.
refusal-not_decided = Es sollte etwas geschrieben werden, als nicht klar war, zu wessen Datensatz.
refusal-rule_without_facts = Am Ende einer Interaktion schrieb eine Regel nichts, weil nicht bekannt ist, was sie dazu braucht.
refusal-end_waits = Eine Interaktion ohne Karte endete. Ihre Regeln warten, bis ihr Kunde nachgeschlagen werden kann: Ein CRM antwortete nicht.
refusal-end_unasked = Eine Interaktion ohne Karte endete, und einen Tag lang konnte ihr Kunde nicht nachgeschlagen werden. Keine Regel schrieb etwas.
refusal-end_several = Eine Interaktion ohne Karte endete, und sie kann von mehreren Kunden sein. Keine Regel schrieb etwas.
refusal-end_nobody = Eine Interaktion ohne Karte endete, und kein CRM kennt ihren Kunden. Keine Regel schrieb etwas.
refusal-end_repeats = Das Ende einer Interaktion sagte nicht, welcher, und kann von einer bekannten sein. Keine Regel schrieb etwas.
refusal-E_LINK = Ein Link oder eine Befehlszeile hatte nicht die erwartete Form.
refusal-other = Abgelehnt.

wrong-required = Füllen Sie dies aus
wrong-too_long = Höchstens { $most } Zeichen
wrong-several_lines = Nur eine Zeile
wrong-no_text = Hier stehen Zeichen, die kein Text sind
wrong-no_choice = Das CRM bietet dies nicht mehr an. Wählen Sie etwas anderes
wrong-no_field = Das Formular des CRM hat dieses Feld nicht mehr
wrong-refused = Das CRM hat dies nicht angenommen
wrong-text = Schreiben Sie einen Text
wrong-choice = Wählen Sie eines
wrong-email = Schreiben Sie eine E-Mail-Adresse, etwa name@example.com
wrong-phone = Schreiben Sie eine Telefonnummer mit Landesvorwahl, etwa +34 600 012 345
wrong-number = Schreiben Sie eine Zahl
wrong-switch = Wählen Sie ja oder nein
wrong-date = Schreiben Sie einen Tag, etwa 2026-11-30

not-saved = Dies konnte nicht gespeichert werden
    .text = { $why }. Es wurde nichts gesendet; was Sie getippt haben, steht noch im Formular.
