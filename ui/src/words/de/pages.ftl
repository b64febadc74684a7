### Words of the pages: idle, today, search, health, settings, first run.

idle-title = Bereit
idle-text = Der nächste Kunde erscheint hier.
idle-deaf = Es kommen noch keine Interaktionen an
idle-deaf_text = Ihr Chat- oder Telefonprogramm sendet signierte Ereignisse an diesen Computer.
idle-no_crm = Kein CRM ist verbunden
idle-connect = CRM verbinden
idle-listen = Empfang starten
idle-listening = Empfängt
idle-not_listening = Empfängt nicht
idle-last = Letztes Ereignis { $when }
idle-handled = Heute bearbeitet
idle-to_log = Zu protokollieren
idle-typical = Übliche Dauer
idle-see_all = Alle anzeigen
idle-find = Kunden suchen

simulate-title = Interaktion simulieren
simulate-note = Erfundene Kunden

scene-one = Ein Treffer
scene-vip = VIP mit dringendem Vorgang
scene-several = Mehrere Treffer
scene-none = Kein Treffer
scene-slow = Langsames CRM
scene-expired = Anmeldung abgelaufen
scene-offline = CRM nicht erreichbar

today-title = Heute
today-sub =
    { $n ->
        [one] { $date } · { $n } Interaktion
       *[other] { $date } · { $n } Interaktionen
    }
today-none = Heute noch nichts
today-none_text = Hier steht jede Interaktion des Tages.
today-all = Alle { $n }
today-filter = Nach Kanal filtern
today-earlier = Frühere Tage zeigen
today-outcome = Nach Ausgang filtern
today-none_such = Nichts dieser Art
today-filter_channel = { $channel }: { $n }
today-call_back = Offene Rückrufe { $n }
today-not_logged = Nicht protokolliert { $n }
today-unlogged =
    { $n ->
        [one] { $n } Interaktion ist noch nicht protokolliert
       *[other] { $n } Interaktionen sind noch nicht protokolliert
    }
today-log = { $name } protokollieren
today-none_open = Niemand wartet auf einen Rückruf
today-none_open_text = Verpasste Anrufe und Voicemails stehen hier, bis Sie zurückgerufen haben.
today-show = { $name } wieder anzeigen

history-offered = Live
history-accepted = Live
history-ended = Beendet
history-held = Live
history-withdrawn = Zurückgezogen
history-missed = Verpasst
history-wrap_up = Nachbearbeitung
history-transferred = Übergeben
history-looked_up = Nachgeschlagen

follow_up-missed = Verpasst
follow_up-voicemail = Voicemail
follow_up-done = { $name }: zurückgerufen

search-title = Suche
search-label = Kunden suchen
search-placeholder = Name, E-Mail, Nummer oder Kundennummer
search-clear = Leeren
search-results = Ergebnisse
search-none = Kein Kunde zu „{ $words }“
search-none_text = Prüfen Sie die Schreibweise, oder versuchen Sie E-Mail oder Nummer.
search-for = Für { $name }
search-pinned = Angeheftet
search-recent = Zuletzt
search-all = Alle CRMs
search-show = anzeigen
search-link = mit der Interaktion verknüpfen
search-back = zurück
search-found =
    { $n ->
        [one] { $n } Kunde gefunden
       *[other] { $n } Kunden gefunden
    }
search-found_all =
    { $n ->
        [one] { $n } Ergebnis
       *[other] { $n } Ergebnisse
    }
search-customers = Kunden

health-title = Zustand
health-check_all = Alle prüfen
health-checking = Wird geprüft
health-crm = CRM
health-no_crm = Noch ist kein CRM verbunden.
health-signed_in = { $who } · angemeldet
health-not_checked = Noch nicht geprüft
health-answers = Antwortet
health-is_slow = Langsam
health-sign_in = Erneut anmelden
health-problem = Antwortet nicht
health-checked = Geprüft { $when }
health-sign_in_ends = Anmeldung endet: { $when }
health-allowance = { $label }: um { $time } noch { $left } von { $limit }
health-allowance_open = { $label }: um { $time } noch { $left }
health-waits = { $name } erlaubt bis { $time } keine weiteren Anfragen
health-interactions = Interaktionen
health-listener = Empfang auf diesem Computer
health-listener_on = { $address } · letztes Ereignis { $when }
health-listener_quiet = { $address } · noch kein Ereignis
health-listener_off = Ausgeschaltet
health-listener_failed = Konnte nicht starten
health-heard =
    { $n ->
        [one] { $n } Ereignis
       *[other] { $n } Ereignisse
    }
gateway-title = Gateway
gateway-off = Kein Gateway eingerichtet
gateway-signing_in = Melden Sie sich im Browser an; danach geht es von selbst weiter
gateway-connecting = Verbindung zu { $place } wird hergestellt
gateway-quiet = { $place } · verbunden seit { $time } · noch kein Ereignis
gateway-heard = { $place } · verbunden seit { $time } · letztes Ereignis { $when }
gateway-broken = { $place } · seit { $time } kommt nichts an
gateway-sign_in = Anmelden
gateway-sign_out = Abmelden
gateway-sign_out_sure = Vom Gateway abmelden? Dieses Gerät erfährt von ihm keine Interaktion mehr, bis sich jemand wieder anmeldet.
gateway-leave = Jetzt abmelden
gateway-stay = Angemeldet bleiben
gateway-try = Jetzt versuchen
gateway-follows = Ein anderes Ihrer Geräte führt: Datensätze öffnen sich dort von selbst, nicht hier.

way-title = Weg zum Gateway
way-open = Proxy und Broker
way-proxy_enter = Passwort des Proxys eingeben
way-password_enter = Passwort eingeben
way-back = Zurück zu den Einstellungen
way-proxy = Proxy
way-proxy_text = Die Verbindung, die Kontakte bringt, geht hindurch.
way-proxy_which = Welcher Proxy
way-proxy_system = Der des Systems
way-proxy_none = Keiner
way-proxy_own = Dieser
way-address = Adresse
way-broker = Ein Broker ohne Gateway
way-broker_text = Nur wo Ihre Organisation einen Broker betreibt und kein Gateway Sie anmeldet.
way-addresses = Adressen
way-addresses_text = Eine je Zeile, der Reihe nach versucht, etwa wss://broker.example.com/mqtt
way-client_id = Client-ID
way-interactions = Topic der Kontakte
way-control = Topic für Wünsche des Gateways
way-ack = Topic für das, was aus Ereignissen wurde
way-presence = Topic der Anwesenheit
way-locked = Ihre Organisation hat dies festgelegt; nur das Passwort geben Sie ein.
way-save = Speichern
way-remove = Entfernen
way-saved = Gespeichert. Screenpop geht jetzt diesen Weg.

health-refused = Abgelehnte Ereignisse
health-refused_none = Seit dem Start wurde kein Ereignis abgelehnt.
health-times =
    { $n ->
        [one] { $n }-mal
       *[other] { $n }-mal
    }
health-files = Dateien mit einem Fehler
health-files_text = Die letzte gute Fassung gilt weiter, bis die Datei berichtigt ist.
health-line = Zeile { $n }
health-key = Schlüssel
health-found = Gefunden
health-expected = Erwartet
health-notices = Hinweise
health-version = Screenpop { $version }
health-test = { $name } prüfen

settings-title = Einstellungen
settings-locked = Von Ihrer Organisation festgelegt
settings-locked_row = Von Ihrer Organisation festgelegt, hier nicht änderbar
settings-arrival = Wenn eine Interaktion eintrifft
settings-window = Fenster
settings-listening = Interaktionen
settings-crms = CRMs
settings-open = CRM-Datensatz öffnen
settings-open_offer = Wenn sie angeboten wird
settings-open_accept = Wenn ich annehme
settings-open_never = Nur auf Wunsch
settings-open_cost = Das Öffnen bringt die Tastatur in den Browser.
settings-notify = Hinweis auf dem Bildschirm zeigen
settings-notify_name = Im Hinweis den Kunden nennen
settings-announce = Für Screenreader ansagen
settings-on_top = Im Vordergrund halten
settings-theme = Erscheinungsbild
settings-theme_system = Wie das System
settings-theme_light = Hell
settings-theme_dark = Dunkel
settings-language = Sprache
settings-language_system = Wie das System
settings-density = Dichte
settings-density_comfortable = Bequem
settings-density_compact = Kompakt
settings-listener = Auf diesem Computer empfangen
settings-listener_text = Signierte Ereignisse über HTTP, nur von diesem Computer.
settings-port = Port
settings-port_any = Beliebiger freier Port
settings-port_text = 0 nimmt einen freien Port.
settings-region = Region für Nummern ohne Landesvorwahl
settings-region_text = Zwei Buchstaben, zum Beispiel ES.
settings-gateway = Gateway
settings-gateway_text = Seine Adresse, https://… Es bringt die Interaktionen der Plattform.
settings-agent = Meine Kennung im Contact-Center
settings-on = Ein
settings-off = Aus
settings-unset = Nicht gesetzt
settings-forget = Trennen
settings-forget_sure = { $name } trennen? Die Anmeldung wird von diesem Computer gelöscht.
settings-forget_label = { $name } trennen
settings-keep = Behalten
settings-managed = Verwaltet
settings-add = CRM verbinden
settings-empty = Noch ist kein CRM verbunden.

connect-title = CRM verbinden
connect-again = Erneut bei { $name } anmelden
connect-which = CRM
connect-label = Name
connect-label_text = So heißt es in diesem Fenster.
connect-method = Anmelden mit
connect-user = Benutzername
connect-secret = Token oder Schlüssel
connect-password = Passwort
connect-secret_text = Es kommt in den Schlüsselbund dieses Computers und wird nie wieder angezeigt.
connect-secret_kept = Leer lassen, um das gespeicherte zu behalten.
connect-browser_text = Für die Anmeldung öffnet sich Ihr Browser. In dieses Fenster wird kein Passwort eingegeben.
connect-waiting = Wartet auf den Browser
connect-waiting_text = Melden Sie sich dort an; dieses Fenster macht von selbst weiter. Es wartet zwei Minuten.
connect-more =
    { $n ->
        [one] { $n } weitere Einstellung
       *[other] { $n } weitere Einstellungen
    }
connect-optional = optional
connect-example = Zum Beispiel { $example }
connect-go = Verbinden
connect-going = Verbindet
connect-cancel = Abbrechen
connect-needed = Diese Angabe wird gebraucht.
connect-done = Mit { $name } verbunden
connect-done_as = Mit { $name } als { $who } verbunden
connect-failed = Nicht verbunden
connect-none = Kein CRM kann verbunden werden. Eine Definitionsdatei fehlt oder hat einen Fehler; siehe Zustand.

first-title = Wissen, wer es ist, noch vor dem Hallo
first-text = Screenpop steht neben Ihrem Chat- oder Telefonprogramm und zeigt den Kunden, sobald eine Interaktion angeboten wird.
first-picture = Screenpop steht neben Ihrem Chatprogramm, schlägt den Kunden in Ihrem CRM nach und öffnet den Datensatz in Ihrem Browser
first-try = Jetzt ausprobieren, ohne zu verbinden
first-try_text = Ein Sandbox-CRM mit erfundenen Kunden. Nichts verlässt diesen Computer.
first-sandbox_start = Sandbox starten
first-no_sandbox = Ihr Administrator hat die Sandbox ausgeschaltet.
first-crm = Ihr CRM verbinden
first-crm_text = Anmelden mit dem Browser oder mit einem Token.
first-source = Ihre Interaktionen verbinden
first-source_text = Ihr Chat- oder Telefonprogramm sendet signierte Ereignisse an diesen Computer.
first-source_on = Empfängt auf { $address }
first-no_listener = Ihr Administrator hat den Empfang ausgeschaltet.
first-source_switch = Empfang starten
first-settings = Einstellungen

audit-title = Protokoll
audit-text = Was an diesem Computer getan wurde: gelesen, geöffnet und geschrieben
audit-where = Es wird in Ihre Downloads geschrieben und nennt Datensätze von Kunden. Geben Sie es nur Ihrem Sicherheitsteam.
audit-write = Ausgeben
audit-whole =
    { $n ->
        [one] { $n } Zeile, unverändert und vollständig
       *[other] { $n } Zeilen, unverändert und vollständig
    }
audit-broken =
    { $n ->
        [one] { $n } Zeile; etwas wurde geändert oder fehlt. Sagen Sie es Ihrer Administration.
       *[other] { $n } Zeilen; etwas wurde geändert oder fehlt. Sagen Sie es Ihrer Administration.
    }
