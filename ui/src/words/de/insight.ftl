### What happened and why: the timeline, the reasons, trying an event, and the evidence.

flight-title = Was geschah
flight-back = Zurück
flight-again = Neu lesen
flight-views = Ansicht
flight-why = Warum
flight-way = Zeitablauf
flight-trace = Trace
flight-copy_trace = Trace-ID kopieren
flight-none = Von dieser Interaktion wurde nichts aufgezeichnet.
flight-gone = Die Karte ist nicht mehr auf dem Bildschirm. Ihr Zeitablauf ist noch da.
flight-first = Vom Ereignis zur Karte
flight-later = { $after } später
flight-step = Schritt
flight-bar = Dauer
flight-at = Nach
flight-took = dauerte { $time }
flight-ms = { $n } ms
flight-s = { $n } s
flight-legend = Wohin die Zeit einer Anfrage ging
flight-part_dns = Name (DNS)
flight-part_connect = Verbindung
flight-part_wait = Warten
flight-part_body = Antwort
flight-sign_for = Spricht dafür
flight-sign_against = Spricht dagegen
flight-sign_careful = Hier hinsehen
flight-copy = Kopieren
flight-copied = Zeitablauf kopiert
flight-save = JSON speichern
flight-saved = Gespeichert als { $path }
flight-evidence = Nachweis exportieren

dry-title = Ereignis ausprobieren
dry-text = Zeigt, was geschehen würde. Die CRMs werden gefragt; nichts öffnet sich, wird geschrieben oder kommt in den Verlauf.
dry-open = Ereignis ausprobieren
dry-body = Ereignis
dry-example = JSON einfügen, das eine Plattform sendet
dry-mapping = Lesen als
dry-own = Screenpop-Ereignis (CloudEvents oder einfach)
dry-go = Zeigen, was geschähe
dry-read = Das Ereignis wurde gelesen
dry-unread = Das ist kein Ereignis.
dry-no_card = Keine Karte.
dry-card = Karte: { $name }
dry-nobody = Karte ohne Kunden
dry-would = Würde öffnen:

evidence-title = Nachweis exportieren
evidence-size = etwa { $n } KB
evidence-text = Eine ZIP-Datei für Ihren Administrator oder den Hersteller. Sie können jede Zeile lesen, bevor Sie sie senden.
evidence-parts = Was hineinkommt
evidence-timeline = Zeitablauf
evidence-timeline_text = Diese Interaktion oder die letzten 20, Schritt für Schritt
evidence-requests = Letzte Anfragen an die CRMs
evidence-requests_text = Aufruf, Pfad, Status, Dauer, Feldnamen. Keine Werte, keine Token
evidence-versions = Versionen und Einstellungen
evidence-versions_text = App, System, Paket, Verbindungen, Vorgaben der Organisation
evidence-diagnosis = Prüfergebnisse
evidence-diagnosis_text = Zustand jeder Verbindung, mit Ursache und Abhilfe, wo geprüft wurde
evidence-masked = Kundendaten bleiben draußen
evidence-masked_text = Namen, Nummern und Notizen werden nie aufgezeichnet; was hineingerät, wird ersetzt
evidence-clean = Durchsucht: nichts Persönliches oder Geheimes gefunden
evidence-removed =
    { $n ->
        [one] { $n } Fund wurde ersetzt
       *[other] { $n } Funde wurden ersetzt
    }
evidence-looked =
    { $n ->
        [one] Gesucht: { $n } Name, Nummer oder Geheimnis, in sechs Schreibweisen
       *[other] Gesucht: { $n } Namen, Nummern und Geheimnisse, je in sechs Schreibweisen
    }
evidence-preview = Vorschau
evidence-files = Dateien
evidence-remark = Anmerkung
evidence-optional = optional
evidence-remark_hint = Was haben Sie gesehen, und seit wann?
evidence-save = ZIP speichern
evidence-saved = Gespeichert als { $path }
evidence-copy = Kurzfassung kopieren
evidence-copied = Kurzfassung kopiert

menu-timeline = Zeitablauf zeigen
today-timeline = Zeitablauf von { $name }
