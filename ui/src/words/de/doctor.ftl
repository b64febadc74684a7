### Words of the diagnosis: what was checked, what is wrong, and who can fix it.

doctor-title = Diagnose von { $name }
doctor-back = Zurück zum Zustand
doctor-when = { $time } · { $seconds } s
doctor-running = Wird geprüft
doctor-again = Erneut prüfen
doctor-try = Mit Datensatz { $record } testen
doctor-looking = Der Weg zum CRM, die Anmeldung und ein bekannter Datensatz werden geprüft.
doctor-well = Alles, was geprüft wurde, funktioniert.
doctor-failed = { $n ->
    [one] { $n } fehlgeschlagen
    *[other] { $n } fehlgeschlagen
    }
doctor-warned = { $n ->
    [one] { $n } Warnung
    *[other] { $n } Warnungen
    }
doctor-passed = { $n ->
    [one] { $n } bestanden
    *[other] { $n } bestanden
    }
doctor-cause = Ursache
doctor-effect = Wirkung
doctor-fix = Abhilfe
doctor-by_admin = Nur ein Admin kann das ändern.
doctor-by_vendor = Nur der Betreiber des CRM kann das ändern.
doctor-copy = Abhilfe für Admin kopieren
doctor-copied = Abhilfe kopiert
doctor-more = Mehr dazu
doctor-until = gültig bis { $date }
doctor-used = { $percent } % verbraucht
doctor-tried = Versucht
doctor-expected = Erwartet
doctor-came = Gekommen
doctor-is_passed = Bestanden
doctor-is_warning = Warnung
doctor-is_failed = Fehlgeschlagen
doctor-is_skipped = Nicht geprüft
doctor-run = Diagnose starten
doctor-of = Diagnose von { $name }
