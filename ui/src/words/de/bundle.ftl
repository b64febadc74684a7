### Words of the organisation's bundle: which one is in force, and why a newer is not.

bundle-title = Einstellungen Ihrer Organisation
bundle-none = Es wurde noch keine empfangen.
bundle-version = Version { $version } für { $tenant }
bundle-for_all = Für alle
bundle-for_some = Für { $percent } von hundert Personen, Sie gehören dazu
bundle-since = Gilt seit
bundle-from = Kommt von
bundle-ends = Gilt bis
bundle-signed = Signiert mit dem Schlüssel
bundle-checked = Zuletzt nachgesehen
bundle-probation = Neu: Sie wird von selbst zurückgenommen, wenn sie schlechter arbeitet als die vorige.
bundle-note = Was neu ist
bundle-soon =
    { $days ->
        [one] Sie muss innerhalb von { $days } Tag erneuert werden. Sagen Sie es Ihrer Administration.
       *[other] Sie muss innerhalb von { $days } Tagen erneuert werden. Sagen Sie es Ihrer Administration.
    }
bundle-over =
    { $days ->
        [one] Sie ist abgelaufen und gilt noch { $days } Tag weiter. Sagen Sie es Ihrer Administration.
       *[other] Sie ist abgelaufen und gilt noch { $days } Tage weiter. Sagen Sie es Ihrer Administration.
    }
bundle-ended = Sie ist abgelaufen. Datensätze öffnen sich nicht mehr von selbst, bis Ihre Administration sie erneuert.
bundle-waits = Version { $version } gilt zuerst für { $percent } von hundert Personen; Sie erhalten sie später.
bundle-locked_why = Um eine davon zu ändern, fragen Sie Ihre Administration und nennen Sie Version { $version }.
bundle-trouble_reach = Die neuesten Einstellungen können gerade nicht geholt werden.
bundle-trouble_signature = Was geholt wurde, ist nicht von Ihrer Organisation signiert. Es wurde nicht übernommen.
bundle-trouble_rollback = Was gefunden wurde, ist älter als das, was galt. Es wurde nicht übernommen.
bundle-trouble_time = Was geholt wurde, gilt heute nicht. Es wurde nicht übernommen.
bundle-trouble_not_for_us = Was geholt wurde, ist für eine andere Organisation oder eine andere Version von Screenpop. Es wurde nicht übernommen.
bundle-trouble_content = Was geholt wurde, enthält Fehler. Es wurde nicht übernommen; unter Zustand steht, wo sie sind.
bundle-trouble_worse = Was geholt wurde, arbeitet schlechter als das, was gilt. Es wurde nicht übernommen.
bundle-trouble_back = Version { $version } arbeitete schlechter als die vorige und wurde zurückgenommen.
bundle-trouble_damaged = Die auf diesem Computer aufbewahrten Einstellungen sind beschädigt. Nichts öffnet sich von selbst, bis sie neu geholt sind.
bundle-goes_on = Alles läuft weiter wie bisher.
bundle-off = Ausgeschaltet

join-title = Einstellungen Ihrer Organisation
join-text = Ihre Administration gibt Ihnen eine Adresse und den Fingerabdruck eines Schlüssels. Sie sehen, was eingestellt wird, bevor Sie es übernehmen.
join-from = Adresse
join-from_text = Eine https-Adresse oder der Pfad einer Datei auf einer Freigabe.
join-key = Fingerabdruck des Schlüssels
join-key_text = 32 Buchstaben und Ziffern. Lassen Sie ihn sich persönlich oder am Telefon geben, nicht in derselben Nachricht wie die Adresse.
join-look = Ansehen
join-found = { $tenant } würde diesen Computer einrichten
join-locked =
    { $n ->
        [one] { $n } Einstellung kann dann nur noch die Organisation ändern.
       *[other] { $n } Einstellungen kann dann nur noch die Organisation ändern.
    }
join-crm = Verbindet
join-gateway = Interaktionen kommen von
join-report = Dieser Computer meldet seinen Zustand an
join-take = Vertrauen und übernehmen
join-taken = Die Einstellungen von { $tenant } gelten, sobald sie geprüft sind
join-open = Einstellungen Ihrer Organisation übernehmen
join-leave = Nicht mehr übernehmen
join-leave_sure = Sie gelten dann nicht mehr. Was Sie selbst eingestellt haben, bleibt.

feature-search = Kundensuche
feature-simulate = simulierte Interaktionen
feature-create_customer = Kunden anlegen
feature-update_customer = Kunden ändern
feature-create_case = Vorgänge anlegen
feature-add_note = Notizen zu Vorgängen
feature-set_status = Status von Vorgängen
