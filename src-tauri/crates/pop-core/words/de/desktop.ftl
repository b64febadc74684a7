### The tray and the system's notifications.

tray-show = Fenster anzeigen
tray-quit = Beenden
tray-compact = Kompaktleiste
tray-pause = Einblendungen 15 Min. anhalten
tray-simulate = Interaktion simulieren
tray-scene-one = Ein Treffer
tray-scene-vip = VIP mit dringendem Vorgang
tray-scene-several = Mehrere Treffer
tray-scene-none = Kein Treffer
tray-scene-slow = Langsames CRM
tray-scene-expired = Anmeldung abgelaufen
tray-scene-offline = CRM nicht erreichbar
tray-health = Zustand
tray-settings = Einstellungen
notice-show = Anzeigen
notice-open = Datensatz öffnen

## Nothing personal stands in these; the name comes below, where the policy allows it.

notice-offered =
    { $channel ->
        [voice] Anruf angeboten
        [video] Videoanruf angeboten
        [chat] Chat angeboten
        [messaging] Nachricht angeboten
        [sms] SMS angeboten
        [email] E-Mail angeboten
        [social] Social-Media-Nachricht angeboten
        [callback] Rückruf angeboten
        [cobrowse] Co-Browsing angeboten
       *[other] Interaktion angeboten
    }
notice-accepted =
    { $channel ->
        [voice] Anruf angenommen
        [video] Videoanruf angenommen
        [chat] Chat angenommen
        [messaging] Nachricht angenommen
        [sms] SMS angenommen
        [email] E-Mail angenommen
        [social] Social-Media-Nachricht angenommen
        [callback] Rückruf angenommen
        [cobrowse] Co-Browsing angenommen
       *[other] Interaktion angenommen
    }
