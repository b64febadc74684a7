### Why nobody was signed in with the browser: what happened, and as .text what helps.
### $crm is what people call the system; what it says itself follows in its own words.

signin-not_accepted = { $crm } hat die Anmeldung nicht angenommen
    .client = Es kennt die App nicht: Die Client-ID oder das Geheimnis ist falsch, oder die App ist in Ihrer Organisation nicht installiert. Fragen Sie Ihren Administrator.
    .redirect = Die Adresse dieses Computers ist bei der App nicht eingetragen. Fragen Sie Ihren Administrator.
    .text = Der Code, den es gab, wurde nicht angenommen. Versuchen Sie es erneut; bleibt es dabei, fragen Sie Ihren Administrator.
signin-not_taken = { $crm } lässt die neue Anmeldung nicht gelten
    .text = Sie haben sich angemeldet, aber die Schnittstelle weist Sie ab. Vielleicht fehlt die Berechtigung für die API; fragen Sie Ihren Administrator.
signin-declined = Die Anmeldung bei { $crm } wurde abgelehnt
    .text = Sie oder Ihre Organisation haben im Browser abgelehnt. Versuchen Sie es erneut, oder bitten Sie Ihren Administrator, Screenpop zu erlauben.
signin-refused = { $crm } ließ Sie nicht anmelden
    .text = Vielleicht ist die App in Ihrer Organisation nicht erlaubt oder nicht installiert. Fragen Sie Ihren Administrator.
signin-timed_out = Der Browser kam nicht von { $crm } zurück
    .text = Niemand hat sich innerhalb von zwei Minuten angemeldet, oder das CRM schickte den Browser anderswohin. Versuchen Sie es erneut; bleibt es dabei, sollte Ihr Administrator prüfen, ob { $redirect } als Rücksprungadresse eingetragen ist.
signin-ports_taken = Ein anderes Programm steht der Anmeldung im Weg
    .text = Der Browser käme zu einem Port dieses Computers zurück ({ $ports }), den ein anderes Programm belegt. Schließen Sie dieses Programm, dann versuchen Sie es erneut.
signin-no_window = Der Browser konnte nicht geöffnet werden
    .text = { $why }
signin-wrong_state = Es kam eine Antwort, die zu keiner Anmeldung gehört
    .text = Vielleicht stammt sie von einem älteren Tab, oder eine andere Seite wollte sich einmischen. Niemand wurde angemeldet; versuchen Sie es erneut.
signin-wrong_issuer = Die Antwort kam nicht von { $crm }
    .text = Sie nennt einen anderen Anmeldeserver als den gefragten. Niemand wurde angemeldet; sagen Sie es Ihrem Administrator.
signin-foreign_server = { $crm } nannte einen Server, der nicht zu ihm gehört
    .text = Niemand wurde angemeldet, und dorthin wurde nichts gesendet. Geben Sie dies Ihrem Administrator.
signin-not_kept = Die Anmeldung konnte nicht aufbewahrt werden
    .text = Der Schlüsselbund ist gesperrt oder die Platte ist voll, daher wurde niemand angemeldet. Entsperren Sie den Schlüsselbund oder schaffen Sie Platz, dann versuchen Sie es erneut.
signin-no_listener = Dieser Computer lässt den Browser nicht zurückkommen
    .text = Auf diesem Computer konnte keine Seite angeboten werden. Vielleicht verbietet es ein Sicherheitsprogramm; fragen Sie Ihren Administrator.
signin-no_browser = Bei { $crm } meldet man sich nicht mit dem Browser an
    .text = Wählen Sie einen anderen Weg der Anmeldung.

# $text is one of the sentences above, $reason what the system says.
signin-with_reason = { $text } Es meldet: „{ $reason }“.
