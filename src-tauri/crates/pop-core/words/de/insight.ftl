### Why a card is as it is, and the steps of its way.

## Why a card is as it is. $crm is what people call the system, $by what the customer was found by.

explain-who = Warum dieser Kunde
explain-people = Wer gefunden wurde
explain-opening = Der Datensatz im CRM
explain-rules = Was Regeln bewirkt haben
explain-asked = Wer gefragt wurde

explain-who-one = Genau ein Kunde passt
    .text = In { $crm } gefunden anhand von: { $by }.
explain-who-unsure = Ein Kunde passt, aber es ist nicht sicher
    .text = In { $crm } gefunden anhand von: { $by }. Ein anderes CRM oder ein Teil davon hat nicht geantwortet und könnte jemand anderen kennen; oder Sie haben jemanden ausgeschlossen.
explain-who-chosen = Sie haben diesen Kunden gewählt
    .text = Der Datensatz liegt in { $crm }. Ihre Wahl steht beim nächsten Mal oben; von selbst öffnet sie nie etwas.
explain-who-several =
    { $n ->
        [one] { $n } Kunde passt; Sie entscheiden
       *[other] { $n } Kunden passen; Sie entscheiden
    }
    .text = Alle wurden durch gleich Verlässliches gefunden. Es öffnet sich nichts und es wird nichts geschrieben, bis Sie wählen.
explain-who-conflict = Was hereinkam, weist auf verschiedene Personen
    .text = Unterschiedlich verlässliche Kennungen fanden verschiedene Personen. Es öffnet sich nichts und es wird nichts geschrieben, bis Sie wählen.
explain-who-none = Niemand kennt diesen Kunden
    .text = Jedes CRM hat geantwortet, und keines hat dazu einen Datensatz.
explain-who-failed = Es ist nicht bekannt, wer es ist
    .text = Ein CRM, das es wissen könnte, konnte nicht antworten.
explain-who-looking = Wird noch nachgeschlagen
    .text = Noch hat nicht jedes CRM geantwortet.
explain-who-nothing = Es kam nichts herein, woran ein Kunde zu erkennen wäre
    .text = Eine unterdrückte, kurze oder eigene Nummer passt nie zu jemandem.
explain-came = Kam herein: { $by }
explain-refused = Nicht verwendet, { $kind }: { $why }

explain-kind-id = Datensatz-ID
explain-kind-external_id = Kundennummer
explain-kind-email = E-Mail-Adresse
explain-kind-phone = Telefonnummer
explain-by-authenticated = { $kind }, von der Plattform bestätigt
explain-by-attached = { $kind }, von der Plattform beigefügt
explain-by-claimed = { $kind }, angegeben
explain-by-caller = { $kind }, aus dem Telefonnetz, fälschbar

explain-person = { $why } { $crm }: { $by }
explain-person-meant = Der Kunde auf der Karte.
explain-person-same = Dieselbe Person in einem anderen CRM.
explain-person-among = Kann gemeint sein.
explain-person-undecided = Noch nicht entschieden.
explain-person-weaker = Nicht gemeint: Verlässlicheres fand jemand anderen.
explain-person-rejected = Nicht gemeint: Das haben Sie gesagt.
explain-person-not_chosen = Nicht gemeint: Sie haben jemand anderen gewählt.
explain-person-less = Nicht gemeint: Ein wichtigeres CRM entscheidet, wer es ist.

explain-opening-browser = Im Browser geöffnet
explain-opening-crm = Im Fenster des CRM angezeigt
explain-opening-way = Wird gerade geöffnet
explain-opening-would = Würde sich öffnen
explain-opening-failed = Konnte nicht geöffnet werden
explain-opening-held_back = Zurückgehalten
    .text = Mehr als drei Datensätze hätten sich binnen zehn Sekunden von selbst geöffnet. Öffnen Sie ihn selbst.
explain-opening-pausing = Wartet auf eine Pause beim Tippen
    .text = Ein Browser, der hochkommt, nimmt die Tastatur. Er öffnet sich spätestens nach acht Sekunden.
explain-opening-looking = Nicht geöffnet: Wer es ist, wird noch nachgeschlagen
explain-opening-nobody = Nicht geöffnet: Kein Kunde ist bekannt
explain-opening-several = Nicht geöffnet: Mehrere Kunden passen, und Sie entscheiden
explain-opening-conflict = Nicht geöffnet: Was hereinkam, weist auf verschiedene Personen
explain-opening-not_sure = Nicht geöffnet: Wer nicht geantwortet hat, könnte einen anderen Kunden kennen
explain-opening-used = Nicht erneut geöffnet: Für diese Interaktion geschah das schon einmal
explain-opening-over = Nicht geöffnet: Die Interaktion ist vorbei
explain-opening-before_accept = Öffnet sich, wenn Sie annehmen
explain-opening-never = Nicht geöffnet: Hier öffnet sich nichts von selbst
explain-opening-paused = Nicht geöffnet: Sie haben Einblendungen angehalten
explain-opening-follower = Nicht geöffnet: Ein anderes Ihrer Geräte führt
explain-opening-bundle = Nicht geöffnet: Die Einstellungen Ihrer Organisation sind abgelaufen
explain-opening-no_record = Nicht geöffnet: Der Kunde hat keinen Datensatz der gewünschten Art
explain-opening_by-setting = Wann er sich öffnet, ist eine Einstellung
explain-opening_by-outbound = Wann er sich öffnet, ist die Einstellung für eigene Anrufe
explain-opening_by-rule = Wann er sich öffnet, sagt die Regel „{ $rule }“

explain-rule-none = Keine Regel traf zu
explain-rule-by = Regel „{ $rule }“
explain-rule-silent = Keine Karte
explain-rule-offer = Öffnet beim Angebot
explain-rule-accept = Öffnet bei Annahme
explain-rule-never = Öffnet nie von selbst
explain-rule-records = Welcher Datensatz sich öffnet
explain-rule-vip = Als VIP gekennzeichnet
explain-rule-priority = Priorität: { $value }
explain-rule-queue = Warteschlange: { $value }
explain-rule-language = Sprache: { $value }

explain-asked-found =
    { $n ->
        [one] { $crm } fand { $n } Kunden
       *[other] { $crm } fand { $n } Kunden
    }
explain-asked-waiting = { $crm } hat noch nicht geantwortet

## The steps of an interaction’s way, by the flight recorder’s words.

mark-received = Empfangen
mark-verified = Signatur geprüft
mark-mapped = Als Ereignis gelesen
mark-popped = Karte erstellt
mark-accepted = Vom Agenten angenommen
mark-rule = Regel traf zu
mark-asked_who = Gefragt, wer es ist
mark-asked_cases = Nach Vorgängen gefragt
mark-asked_activities = Nach Verlauf gefragt
mark-answered_who = Beantwortet, wer es ist
mark-answered_cases = Vorgänge beantwortet
mark-answered_activities = Verlauf beantwortet
mark-request = Anfrage
mark-matched_one = Ein Kunde
mark-matched_several = Mehrere Kunden
mark-matched_none = Niemand bekannt
mark-match_failed = Konnte nicht nachgeschlagen werden
mark-link_chosen = Link gewählt
mark-link_missing = Kein Link möglich
mark-opened = Im Browser geöffnet
mark-shown_in_crm = Im CRM angezeigt
mark-open_failed = Konnte nicht geöffnet werden
mark-held_back = Öffnen zurückgehalten
mark-painted = Karte auf dem Bildschirm
mark-painted_complete = Vollständig auf dem Bildschirm
mark-ended = Beendet
mark-write_kept = Eintrag hier gesichert
mark-write_waiting = Eintrag wartet auf den Versand
mark-write_sent = Eintrag wird gesendet
mark-write_failed = Senden misslungen, neuer Versuch später
mark-write_parked = Eintrag wartet auf jemanden
mark-written = Ins CRM geschrieben
mark-write_discarded = Eintrag zurückgenommen
mark-write_lost = Eintrag konnte nicht gesichert werden
