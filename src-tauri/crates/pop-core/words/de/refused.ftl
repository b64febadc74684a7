### Why a request of the person was not carried out.

refused-managed = Das hat Ihre Organisation festgelegt. Fragen Sie Ihre Administration
refused-switched_off = Ihre Organisation hat das ausgeschaltet
refused-keychain_locked = Der Schlüsselbund ist gesperrt; entsperren Sie ihn zuerst
refused-card_changed = Die Karte hat sich inzwischen geändert; sehen Sie noch einmal nach
refused-not_in_history = Diese Interaktion steht nicht mehr im Verlauf
refused-nobody_to_call = Deswegen muss niemand zurückgerufen werden
refused-no_form = Dafür gibt es kein Formular
refused-cannot_be_asked = { $crm } kann gerade nicht gefragt werden
refused-not_offered = { $crm } bietet das für diesen Kunden nicht an
refused-reason = Geben Sie einen Grund mit 1 bis 200 Zeichen an
refused-no_link = Es gibt keine Adresse dieses Datensatzes: { $why }
refused-clipboard = Die Zwischenablage ist nicht verfügbar
refused-sandbox_off = Die Sandbox ist ausgeschaltet. Schalten Sie sie in den Einstellungen ein
refused-too_much = Es wird zu viel auf einmal geschrieben; versuchen Sie es gleich noch einmal
refused-setting = Die Einstellung wurde nicht geändert: { $why }
refused-disk = Es konnte auf diesem Computer nicht gespeichert werden: { $why }
refused-vault = Der Schlüsselbund hat abgelehnt: { $why }
refused-system = Das System hat abgelehnt: { $why }
refused-ending = Das Programm wird gerade beendet
