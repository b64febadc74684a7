### What a fault means: what happened, and as .text the likely cause and the step that helps.
### $crm is what people call the system.

fault-sign_in_needed = Ihre Anmeldung bei { $crm } ist abgelaufen
    .text = Der Zugang fehlt, ist falsch oder nicht mehr gültig. Melden Sie sich erneut an; die Karte ergänzt sich von selbst.
fault-keychain_locked = { $crm } wartet auf Ihren Schlüsselbund
    .text = Die Anmeldung liegt im Schlüsselbund, und der ist gesperrt. Entsperren Sie ihn; die Karte ergänzt sich von selbst.
fault-forbidden = { $crm } zeigt Ihnen das nicht
    .text = Sie sind angemeldet, aber eine Berechtigung fehlt. Bitten Sie Ihren Administrator darum.
fault-not_found = { $crm } kennt diese Adresse nicht
    .text = Der Datensatz wurde entfernt, oder Adresse oder Pfad des Servers sind falsch. Suchen Sie erneut, oder fragen Sie Ihren Administrator.
fault-ambiguous = { $crm } fand mehrere Datensätze, wo einer erwartet war
    .text = Eine Kennung, die eindeutig sein sollte, ist es nicht. Suchen Sie den Kunden nach Namen.
fault-invalid = { $crm } hat die Anfrage nicht angenommen
    .text = Vielleicht fehlt ein Feld oder ist falsch zugeordnet. Geben Sie den Code unten Ihrem Administrator.
    .fields = Genannt wird: { $fields }. Vielleicht ist die Feldzuordnung falsch; geben Sie den Code unten Ihrem Administrator.
fault-conflict = { $crm } meldet, dass jemand anderes dies geändert hat
    .text = Der Datensatz existiert schon oder wurde inzwischen geändert. Lesen Sie ihn neu, dann entscheiden Sie.
fault-rate_limited = { $crm } erlaubt vorerst keine weiteren Anfragen
    .text = In kurzer Zeit kamen zu viele Anfragen. Warten Sie eine Minute, dann versuchen Sie es erneut.
    .wait = In kurzer Zeit kamen zu viele Anfragen. Bitte { $seconds } s warten, dann erneut versuchen.
fault-unavailable = { $crm } ist nicht verfügbar
    .text = Es antwortet, aber mit einem eigenen Fehler: Es ist ausgefallen oder überlastet. Versuchen Sie es gleich noch einmal.
fault-answer_not_understood = Die Antwort von { $crm } konnte nicht gelesen werden
    .text = Sie ist nicht, was die Definition erwartet: eine Seite statt Daten, oder eine geänderte Schnittstelle. Geben Sie den Code unten Ihrem Administrator.
fault-E_REDIRECT = { $crm } antwortete mit einer Weiterleitung
    .text = Weiterleitungen wird nicht gefolgt, weil sie Ihren Zugang anderswohin tragen könnten. Vielleicht ist die Adresse des Servers falsch; fragen Sie Ihren Administrator.
fault-E_ORIGIN = Eine Anfrage an { $crm } hätte dessen Adresse verlassen
    .text = Es wurde nichts gesendet. Die Definition oder die Adresse des Servers ist falsch; fragen Sie Ihren Administrator.
fault-missing_name = Ein Wert, den { $crm } braucht, fehlt
    .text = „{ $name }“ hat hier keinen Wert, deshalb wurde nichts gesendet. Vielleicht ist die Feldzuordnung falsch; geben Sie dies Ihrem Administrator.
fault-E_QUERY_VALUE = { $crm } kann mit diesem Wert nicht gefragt werden
    .text = Er enthält Zeichen, die sich in dessen Abfragesprache nicht sicher sagen lassen. Suchen Sie den Kunden nach Namen.
fault-timed_out = Keine Antwort von { $crm } innerhalb von 10 s
    .text = Das CRM oder das Netz ist langsam. Was bekannt ist, bleibt auf der Karte; versuchen Sie es erneut.
fault-paused = { $crm } wird einige Sekunden nicht gefragt
    .text = Mehrere Anfragen nacheinander sind gescheitert. Es wird bald von selbst erneut versucht.
fault-not_supported = { $crm } kann das nicht
    .text = Seine Definition hat keine solche Anfrage. Fragen Sie Ihren Administrator.

fault-dns = Dieser Computer findet { $crm } nicht
    .text = Der Name hat keine Adresse: falscher Servername, kein Netz, oder ein Namensserver, der nicht antwortet. Prüfen Sie das Netz, dann den Namen des Servers.
fault-refused = { $crm } lehnt die Verbindung ab
    .text = Der Rechner ist erreichbar, aber an diesem Port antwortet nichts: Der Server ist angehalten, oder der Port ist falsch.
fault-connect_timeout = Keine Verbindung zu { $crm }
    .text = Innerhalb von 3 s kam nichts zurück: Vielleicht verwirft eine Firewall den Verkehr, oder das Netz ist ausgefallen.
fault-answer_timeout = { $crm } ist langsam: keine Antwort innerhalb von 8 s
    .text = Die Verbindung steht, aber die Antwort kam nicht rechtzeitig. Was bekannt ist, bleibt auf der Karte; versuchen Sie es erneut.
fault-cut = Die Verbindung zu { $crm } brach ab
    .text = Die Antwort kam nicht vollständig an: Netz, Proxy oder Server haben sie abgeschnitten. Versuchen Sie es erneut.
fault-tls = Dieser Computer vertraut { $crm } nicht
    .text = Das Zertifikat ist abgelaufen, gilt für einen anderen Namen oder kommt von einem unbekannten Aussteller; oder etwas fängt die Verbindung ab. Fragen Sie Ihren Administrator.
fault-proxy = Der Proxy lässt diesen Computer nicht zu { $crm } durch
    .text = Er verlangt eine Anmeldung oder verbietet die Adresse. Fragen Sie Ihren Administrator.
fault-E_ANSWER = Die Antwort von { $crm } ist zu groß
    .text = Es kamen mehr als 2 MiB, wo ein Kunde erwartet war. Die Definition sollte weniger Felder oder Zeilen verlangen; fragen Sie Ihren Administrator.
fault-bad_request = Die Anfrage an { $crm } kann nicht gesendet werden
    .text = Eine Adresse oder ein Kopffeld ist fehlerhaft. Bitten Sie Ihren Administrator, die Einstellungen der Verbindung zu prüfen.

## A part of a system failed, and another part of it found somebody all the same.

fault-of_a_part = Ein Teil von { $crm } hat nicht geantwortet
    .text = Vielleicht passt auch jemand anderes: Prüfen Sie, wer es ist, bevor Sie den Datensatz öffnen. { $why }
fault-nothing_connected = Kein CRM ist verbunden
    .text = Niemand konnte gefragt werden, wer das ist. Verbinden Sie ein CRM; die Karte ergänzt sich von selbst.
fault-out_of_reach = Kein Weg zu den CRMs
    .one = Kein Weg zu { $crm }
    .text = { $why } Notizen und Nacharbeit bleiben hier und werden gesendet, sobald eine Antwort kommt.
