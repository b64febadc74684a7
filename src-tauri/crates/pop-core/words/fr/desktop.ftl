### The tray and the system's notifications.

tray-show = Afficher le panneau
tray-quit = Quitter
tray-compact = Barre compacte
tray-pause = Suspendre les remontées de fiche 15 min
tray-simulate = Simuler une interaction
tray-scene-one = Un résultat
tray-scene-vip = VIP avec un dossier urgent
tray-scene-several = Plusieurs résultats
tray-scene-none = Aucun résultat
tray-scene-slow = CRM lent
tray-scene-expired = Connexion expirée
tray-scene-offline = CRM injoignable
tray-health = État
tray-settings = Réglages
notice-show = Afficher
notice-open = Ouvrir la fiche

## Nothing personal stands in these; the name comes below, where the policy allows it.

notice-offered =
    { $channel ->
        [voice] Appel proposé
        [video] Appel vidéo proposé
        [chat] Chat proposé
        [messaging] Message proposé
        [sms] SMS proposé
        [email] E-mail proposé
        [social] Message social proposé
        [callback] Rappel proposé
        [cobrowse] Co-navigation proposée
       *[other] Interaction proposée
    }
notice-accepted =
    { $channel ->
        [voice] Appel accepté
        [video] Appel vidéo accepté
        [chat] Chat accepté
        [messaging] Message accepté
        [sms] SMS accepté
        [email] E-mail accepté
        [social] Message social accepté
        [callback] Rappel accepté
        [cobrowse] Co-navigation acceptée
       *[other] Interaction acceptée
    }
