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
