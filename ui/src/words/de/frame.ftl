### Words of the frame: strip, status, toasts, keys, and what is said aloud.

app-name = Screenpop
app-lost = Das Fenster hat die App verloren
app-lost_text = Hier erscheint nichts Neues mehr. Schließen Sie das Fenster und starten Sie Screenpop neu.

strip-label = Laufende Interaktionen
strip-empty = Keine laufenden Interaktionen
strip-more = +{ $n }
strip-more_label =
    { $n ->
        [one] { $n } weitere Interaktion
       *[other] { $n } weitere Interaktionen
    }

tab-name = { $name }, { $channel }, { $phase }

nav-label = Ansichten
nav-search = Suche
nav-today = Heute
nav-health = Zustand
nav-settings = Einstellungen
nav-back = Zurück zum Kunden

status-label = Verbindungen
status-connected = { $n } verbunden
status-sign_in = { $name }: erneut anmelden
status-problem = { $name }: Problem
status-unreachable = CRMs nicht erreichbar
status-since = seit { $when }
status-slow = { $name } langsam
status-events = Live
status-events_failed = Ereignisse kommen nicht an
status-none = Kein CRM verbunden

banner-unlock = Entsperren

toast-label = Was geschehen ist
toast-arrived = { $what }: { $name }
toast-view = Ansehen
toast-close = Diesen Hinweis schließen
toast-more =
    { $n ->
        [one] { $n } weitere wartet
       *[other] { $n } weitere warten
    }

copy-done = { $what } kopiert
copy-link = Link kopiert
pin-done = In der Suche angeheftet
pin-undone = Nicht mehr angeheftet
copy-failed = Die Zwischenablage ist nicht verfügbar. Markieren Sie den Text und kopieren Sie ihn von Hand.
copy-what = Kopieren: { $what }
copy-details = Details kopiert
copy-request = Anfrage für Ihren Administrator kopiert

key-ctrl = Strg
key-shift = Umschalt
key-enter = Eingabe
key-esc = Esc

title-key = { $what } ({ $key })

say-arrived = { $what }. { $who }, { $identity }.
say-vip = VIP.
say-reason = { $reason }.
say-found = { $name }.
say-found_tier = { $name }, { $tier }.
say-cases =
    { $n ->
        [one] { $n } offener Vorgang.
       *[other] { $n } offene Vorgänge.
    }
say-several =
    { $n ->
        [one] { $n } möglicher Kunde. Wählen Sie ihn.
       *[other] { $n } mögliche Kunden. Wählen Sie einen. { $name } steht oben.
    }
# time: a time of day or a date.
say-saved = Gespeicherte Kopie von { $time }, noch nicht bestätigt.
say-none = Kein Kunde gefunden. Suchen Sie, oder machen Sie ohne weiter.
say-nothing = Nichts nachzuschlagen.
say-withdrawn = { $name }: zurückgezogen.
say-missed = { $name }: verpasst. Für einen Rückruf vorgemerkt.
say-transferred_by = Übergeben von { $who }.
say-transferred = { $name }: übergeben.
say-ended = { $name }: beendet.
say-problem = { $title }.
say-urgent = Dringender Vorgang offen: { $subject }.
say-urgent_due = Dringender Vorgang offen: { $subject }, noch { $time }.

hidden-char = Verborgenes Zeichen { $code }

unit-ms = { $n } ms
unit-s = { $n } s
unit-seconds = s
