### Words of an interaction's card.

channel-voice = Anruf
channel-video = Videoanruf
channel-chat = Chat
channel-messaging = Nachricht
channel-sms = SMS
channel-email = E-Mail
channel-social = Social-Media-Nachricht
channel-callback = Rückruf
channel-cobrowse = Co-Browsing
channel-other = Interaktion

offered-voice = Anruf angeboten
offered-video = Videoanruf angeboten
offered-chat = Chat angeboten
offered-messaging = Nachricht angeboten
offered-sms = SMS angeboten
offered-email = E-Mail angeboten
offered-social = Social-Media-Nachricht angeboten
offered-callback = Rückruf angeboten
offered-cobrowse = Co-Browsing angeboten
offered-other = Interaktion angeboten

phase-offered = Angeboten
phase-accepted = angenommen
phase-held = gehalten
phase-withdrawn = zurückgezogen
phase-missed = verpasst
phase-wrap_up = Nachbearbeitung
phase-transferred = übergeben
phase-ended = beendet
phase-looked_up = Nachgeschlagen

tab-withdrawn = Zurückgezogen
tab-missed = Verpasst
tab-transferred = Übergeben
tab-ended = Beendet

outbound-voice = Sie rufen an
outbound-other = Sie schreiben

transfer-by = { $channel } · übergeben von { $who }
transfer-to = { $channel } · übergeben an { $who }
state-voicemail = { $channel } · Voicemail hinterlassen

party-consulted = Rückfrage bei { $name }
party-consulted_unnamed = Rückfrage im Team
party-conference = Mit { $name }
party-conference_unnamed = Konferenz
party-supervisor = { $name } hört mit
party-supervisor_unnamed = Ein Supervisor hört mit
also-on = Auch live: { $channel }, Tab { $n }

answer-voice = Im Telefonprogramm annehmen
answer-other = Im Chatprogramm annehmen

record-opened = Im Browser geöffnet
record-shown = Im CRM angezeigt
record-not_opened = Datensatz nicht geöffnet
record-not_yet = Datensatz noch nicht geöffnet
record-held_back = Nicht von selbst geöffnet
record-nothing = Nichts geöffnet
record-failed = Datensatz konnte nicht geöffnet werden

# when: a time of day or a date.
saved-copy = Gespeicherte Kopie, { $when }
saved-text = Was Sie sehen, wurde { $when } gelesen und kann sich seither geändert haben. Datensätze öffnen und Notizen schreiben geht wieder, sobald das CRM antwortet.

identity-verified = Identität bestätigt
identity-attached = Unbestätigt, vom Contact-Center gesendet
identity-claimed = Unbestätigt, wie eingegeben
identity-caller_number = Unbestätigt, nur Rufnummer
identity-unknown = Unbestätigt

short-verified = Identität bestätigt
short-unverified = unbestätigt

advice-voice = Prüfen Sie, wer anruft, bevor Sie Kontodaten nennen.
advice-other = Prüfen Sie, wer schreibt, bevor Sie Kontodaten nennen.

mark-vip = VIP
mark-sandbox = Sandbox
mark-urgent = dringender Vorgang offen
mark-status_unknown = Status unbekannt

id-label = Nr.
id-copy = Nr. { $id } des Kunden kopieren
id-copy_known = { $what } kopieren

hint-priority = Priorität
hint-queue = Warteschlange
hint-language = Sprache
hint-region = Region
hint-record = Datensatz
hint-find = suchen

hints-label = Zuordnung

quote-by = { $who }:
quote-open = „
quote-close = “

cases-title = Offene Vorgänge
cases-none = Keine offenen Vorgänge
cases-open = Vorgang öffnen
cases-all = Alle { $n } anzeigen
cases-fewer = Weniger anzeigen
cases-more =
    { $n ->
        [one] { $n } weiterer in { $source }
       *[other] { $n } weitere in { $source }
    }
cases-new =
    { $n ->
        [one] { $n } neuer, anzeigen
       *[other] { $n } neue, anzeigen
    }

case-age_today = heute
case-due = fällig { $when }
case-overdue = überfällig seit { $when }
case-left = noch { $time }
case-status = Status { $status }

priority-urgent = Dringend
priority-high = Hohe Priorität
priority-normal = Normale Priorität
priority-low = Niedrige Priorität

activities-title = Bisherige Kontakte
activities-none = Erster Kontakt

# when: a time of day or a date.
part-as_of = Stand { $when }
part-missing = { $source } · nicht verfügbar
part-missing_text = Sie laden von selbst, sobald { $source } wieder antwortet.
part-missing_any = nicht verfügbar
part-missing_any_text = Sie laden von selbst, sobald das CRM wieder antwortet.

facts-label = Kontaktdaten

facts-disputed = Nicht überall gleich

fact-name = Name
fact-tier = Kundenstufe
fact-phone = Telefon
fact-email = E-Mail
fact-company = Firma
fact-open = { $name } öffnen
fact-owner = Kundenbetreuung
fact-extra = Mehr

beside-title = Auch in
beside-open = Datensatz in { $source } öffnen
beside-else = Anderswo gefunden, vielleicht jemand anderes

several-phone =
    { $n ->
        [one] { $n } Kunde hat diese Nummer
       *[other] { $n } Kunden haben diese Nummer
    }
several-other =
    { $n ->
        [one] { $n } möglicher Kunde
       *[other] { $n } mögliche Kunden
    }
several-who_voice = Wer ruft an?
several-who_other = Wer schreibt?
several-ask = Fragen Sie nach, bevor Sie wählen
several-conflict = Die Angaben weisen auf verschiedene Personen. Fragen Sie nach, bevor Sie wählen.
several-more =
    { $n ->
        [one] { $n } weiterer gefunden
       *[other] { $n } weitere gefunden
    }
several-search = Anderen Namen suchen
several-calm = Im CRM öffnet sich nichts, bis Sie wählen.
several-use = { $name } verwenden
several-choose = wählen

candidate-cases =
    { $n ->
        [one] { $n } offener Vorgang
       *[other] { $n } offene Vorgänge
    }
candidate-no_cases = Keine offenen Vorgänge

reason-record_id = Kundennummer
reason-external_id = Externe Nummer
reason-email = E-Mail
reason-phone = Telefon
reason-name = Name
reason-chosen_before = Früher gewählt
reason-against = Nicht: { $reason }

none-title_voice = Unbekannter Anrufer
none-title_other = Unbekannter Kunde
none-phone = Kein Kunde hat diese Nummer
none-other = Kein Kunde gefunden
none-found = { $n } gefunden
none-found_in = { $n } gefunden · { $ms } ms
none-search = Nach Name, E-Mail oder Nummer suchen
none-linked = Der gewählte Kunde wird mit dieser Interaktion verknüpft.
none-created_in = Wird in { $where } angelegt
none-already = Schon vorhanden: { $name } { $id }.
none-use = Diesen Kunden verwenden
none-create = Anlegen und verknüpfen
none-without = Ohne Kunde
none-without_title = Ohne Kunde fortfahren

nothing-title = Nichts nachzuschlagen
nothing-text = Es kam keine Kundennummer, E-Mail oder Telefonnummer mit.

failed-title = Der Kunde konnte nicht nachgeschlagen werden

action-open = Datensatz öffnen
action-copy_link = Link kopieren
action-open_later = Datensatz öffnen, sobald der Kunde gefunden ist
action-other = Anderer Kunde
action-find = Kunden suchen
action-close = Schließen
action-more = Weitere Aktionen

menu-copy_id = Kundennummer kopieren
menu-copy_link = Link zum Datensatz kopieren
menu-pin = In der Suche anheften
menu-unpin = Aus der Suche lösen
menu-refresh = Aus den CRMs aktualisieren
menu-other = Anderen Kunden wählen
menu-why = Warum diese Einblendung?
menu-close = Diese Interaktion schließen

slow-title = { $source } ist langsam: bisher { $time }
slow-title_usual = { $source } ist langsam: bisher { $time }, sonst { $usual }
slow-text = Nach 10 s hören wir auf. Was andere Systeme wissen, wird inzwischen angezeigt.
slow-search = Im Browser suchen

offline-saved = { $title }: Kopie von { $when }
offline-changed = Werte können sich seitdem geändert haben.
offline-waiting = { $n } noch zu senden
offline-again = nächster Versuch in { $time }
offline-now = neuer Versuch läuft

problem-retry = Jetzt erneut versuchen
problem-diagnose = Diagnose starten
problem-search_page = Suche im CRM öffnen
problem-sign_in = Erneut anmelden
problem-copy_for_admin = Anfrage für Administrator kopieren
problem-search = Erneut suchen
problem-connect = CRM verbinden
problem-details = Details kopieren
problem-request = Anfrage { $id }
