### Words of the pages: idle, today, search, health, settings, first run.

idle-title = Prêt
idle-text = Le prochain client apparaît ici.
idle-deaf = Aucune interaction n’est encore reçue
idle-deaf_text = Votre outil de chat ou de téléphonie envoie des événements signés à cet ordinateur.
idle-no_crm = Aucun CRM n’est connecté
idle-connect = Connecter un CRM
idle-listen = Commencer l’écoute
idle-listening = À l’écoute
idle-not_listening = Pas à l’écoute
idle-last = Dernier événement { $when }
idle-handled = Traitées aujourd’hui
idle-to_log = À consigner
idle-typical = Durée habituelle
idle-see_all = Tout voir
idle-find = Trouver un client

simulate-title = Simuler une interaction
simulate-note = Clients fictifs

scene-one = Un résultat
scene-vip = VIP avec un dossier urgent
scene-several = Plusieurs résultats
scene-none = Aucun résultat
scene-slow = CRM lent
scene-expired = Connexion expirée
scene-offline = CRM injoignable

today-title = Aujourd’hui
today-sub =
    { $n ->
        [one] { $date } · { $n } interaction
       *[other] { $date } · { $n } interactions
    }
today-none = Rien encore aujourd’hui
today-none_text = Chaque interaction de la journée figure ici.
today-all = Toutes { $n }
today-filter = Filtrer par canal
today-earlier = Afficher les jours précédents
today-outcome = Filtrer par issue
today-none_such = Rien de ce genre
today-filter_channel = { $channel } : { $n }
today-call_back = À rappeler { $n }
today-not_logged = Non consignées { $n }
today-unlogged =
    { $n ->
        [one] { $n } interaction n’est pas encore consignée
       *[other] { $n } interactions ne sont pas encore consignées
    }
today-log = Consigner { $name }
today-none_open = Personne n’attend de rappel
today-none_open_text = Les appels manqués et les messages vocaux figurent ici jusqu’à ce que vous ayez rappelé.
today-show = Afficher à nouveau { $name }

history-offered = En cours
history-accepted = En cours
history-ended = Terminée
history-held = En cours
history-withdrawn = Retirée
history-missed = Manquée
history-wrap_up = Clôture
history-transferred = Transférée
history-looked_up = Consultée

follow_up-missed = Manquée
follow_up-voicemail = Message vocal
follow_up-done = { $name } : rappel effectué

search-title = Recherche
search-label = Rechercher des clients
search-placeholder = Nom, e-mail, téléphone ou numéro client
search-clear = Effacer
search-results = Résultats
search-none = Aucun client pour « { $words } »
search-none_text = Vérifiez l’orthographe, ou essayez un e-mail ou un numéro.
search-for = Pour { $name }
search-pinned = Épinglés
search-recent = Récents
search-all = Tous les CRM
search-show = afficher
search-link = lier à l’interaction
search-back = retour
search-found =
    { $n ->
        [one] { $n } client trouvé
       *[other] { $n } clients trouvés
    }
search-found_all =
    { $n ->
        [one] { $n } résultat
       *[other] { $n } résultats
    }
search-customers = Clients

health-title = État
health-check_all = Tout vérifier
health-checking = Vérification
health-crm = CRM
health-no_crm = Aucun CRM n’est encore connecté.
health-signed_in = { $who } · connecté
health-not_checked = Pas encore vérifié
health-answers = Répond
health-is_slow = Lent
health-sign_in = Reconnectez-vous
health-problem = Ne répond pas
health-checked = Vérifié { $when }
health-sign_in_ends = La connexion expire : { $when }
health-allowance = { $label } : reste { $left } sur { $limit } à { $time }
health-allowance_open = { $label } : reste { $left } à { $time }
health-waits = { $name } n’accepte plus de requêtes jusqu’à { $time }
health-interactions = Interactions
health-listener = Écoute sur cet ordinateur
health-listener_on = { $address } · dernier événement { $when }
health-listener_quiet = { $address } · aucun événement
health-listener_off = Désactivée
health-listener_failed = N’a pas pu démarrer
health-heard =
    { $n ->
        [one] { $n } événement
       *[other] { $n } événements
    }
gateway-title = Passerelle
gateway-off = Aucune passerelle n’est configurée
gateway-signing_in = Connectez-vous dans le navigateur ; la suite se fait d’elle-même
gateway-connecting = Connexion à { $place }
gateway-quiet = { $place } · connectée depuis { $time } · aucun événement
gateway-heard = { $place } · connectée depuis { $time } · dernier événement { $when }
gateway-broken = { $place } · rien n’arrive depuis { $time }
gateway-sign_in = Se connecter
gateway-sign_out = Se déconnecter
gateway-sign_out_sure = Se déconnecter de la passerelle ? Cet appareil n’en recevra plus aucune interaction jusqu’à la prochaine connexion.
gateway-leave = Se déconnecter maintenant
gateway-stay = Rester connecté
gateway-try = Essayer maintenant
gateway-follows = Un autre de vos appareils mène : les fiches s’ouvrent d’elles-mêmes là-bas, pas ici.

way-title = Chemin vers la passerelle
way-open = Proxy et broker
way-proxy_enter = Saisir le mot de passe du proxy
way-password_enter = Saisir le mot de passe
way-back = Retour aux réglages
way-proxy = Proxy
way-proxy_text = La connexion qui apporte les interactions passe par lui.
way-proxy_which = Quel proxy
way-proxy_system = Celui du système
way-proxy_none = Aucun
way-proxy_own = Celui-ci
way-address = Adresse
way-broker = Un broker sans passerelle
way-broker_text = Seulement là où votre organisation a un broker et qu’aucune passerelle ne vous connecte.
way-addresses = Adresses
way-addresses_text = Une par ligne, essayées dans l’ordre, par exemple wss://broker.example.com/mqtt
way-client_id = Identifiant client
way-interactions = Sujet des interactions
way-control = Sujet des demandes de la passerelle
way-ack = Sujet du sort des événements
way-presence = Sujet de la présence
way-locked = Votre organisation l’a fixé ; seul le mot de passe est à saisir.
way-save = Enregistrer
way-remove = Retirer
way-saved = Enregistré. Screenpop prend maintenant ce chemin.

health-refused = Événements refusés
health-refused_none = Aucun événement n’a été refusé depuis le démarrage.
health-times =
    { $n ->
        [one] { $n } fois
       *[other] { $n } fois
    }
health-files = Fichiers avec une erreur
health-files_text = La dernière bonne version reste en vigueur jusqu’à la correction du fichier.
health-line = Ligne { $n }
health-key = Clé
health-found = Trouvé
health-expected = Attendu
health-notices = Avis
health-version = Screenpop { $version }
health-test = Vérifier { $name }

settings-title = Réglages
settings-locked = Fixé par votre organisation
settings-locked_row = Fixé par votre organisation, non modifiable ici
settings-arrival = À l’arrivée d’une interaction
settings-window = Fenêtre
settings-listening = Interactions
settings-crms = CRM
settings-open = Ouvrir la fiche du CRM
settings-open_offer = Quand elle est proposée
settings-open_accept = Quand j’accepte
settings-open_never = Seulement à ma demande
settings-open_cost = L’ouverture amène le clavier au navigateur.
settings-notify = Afficher un avis à l’écran
settings-notify_name = Nommer le client dans l’avis
settings-announce = Annoncer aux lecteurs d’écran
settings-on_top = Garder au premier plan
settings-theme = Apparence
settings-theme_system = Comme le système
settings-theme_light = Clair
settings-theme_dark = Sombre
settings-language = Langue
settings-language_system = Comme le système
settings-density = Densité
settings-density_comfortable = Confortable
settings-density_compact = Compacte
settings-listener = Écouter sur cet ordinateur
settings-listener_text = Événements signés par HTTP, depuis cet ordinateur seulement.
settings-port = Port
settings-port_any = N’importe quel port libre
settings-port_text = 0 prend un port libre.
settings-region = Région des numéros sans indicatif de pays
settings-region_text = Deux lettres, par exemple ES.
settings-gateway = Passerelle
settings-gateway_text = Son adresse, https://… Elle apporte les interactions de la plateforme.
settings-agent = Mon identifiant dans le centre de contact
settings-on = Activé
settings-off = Désactivé
settings-unset = Non défini
settings-forget = Déconnecter
settings-forget_sure = Déconnecter { $name } ? Sa connexion est effacée de cet ordinateur.
settings-forget_label = Déconnecter { $name }
settings-keep = Garder
settings-managed = Géré
settings-add = Connecter un CRM
settings-empty = Aucun CRM n’est encore connecté.

connect-title = Connecter un CRM
connect-again = Se reconnecter à { $name }
connect-which = CRM
connect-label = Nom
connect-label_text = Comment il s’appelle dans cette fenêtre.
connect-method = Se connecter avec
connect-user = Nom d’utilisateur
connect-secret = Jeton ou clé
connect-password = Mot de passe
connect-secret_text = Il va dans le trousseau de cet ordinateur et n’est plus jamais affiché.
connect-secret_kept = Laissez vide pour garder celui qui est enregistré.
connect-browser_text = Votre navigateur s’ouvre pour la connexion. Aucun mot de passe n’est saisi dans cette fenêtre.
connect-waiting = En attente du navigateur
connect-waiting_text = Connectez-vous là-bas ; cette fenêtre continue d’elle-même. Elle attend deux minutes.
connect-more =
    { $n ->
        [one] { $n } autre réglage
       *[other] { $n } autres réglages
    }
connect-optional = facultatif
connect-example = Par exemple { $example }
connect-go = Connecter
connect-going = Connexion
connect-cancel = Annuler
connect-needed = Cette information est nécessaire.
connect-done = Connecté à { $name }
connect-done_as = Connecté à { $name } en tant que { $who }
connect-failed = Non connecté
connect-none = Aucun CRM ne peut être connecté. Un fichier de définition manque ou comporte une erreur ; voir État.

first-title = Sachez qui c’est avant de dire bonjour
first-text = Screenpop reste à côté de votre outil de chat ou de téléphonie et montre le client dès qu’une interaction est proposée.
first-picture = Screenpop se tient à côté de votre outil de chat, cherche le client dans votre CRM et ouvre la fiche dans votre navigateur
first-try = Essayer maintenant, sans connecter
first-try_text = Un CRM d’essai avec des clients fictifs. Rien ne quitte cet ordinateur.
first-sandbox_start = Démarrer le bac à sable
first-no_sandbox = Votre administrateur a désactivé le bac à sable.
first-crm = Connectez votre CRM
first-crm_text = Connectez-vous avec le navigateur ou avec un jeton.
first-source = Connectez vos interactions
first-source_text = Votre outil de chat ou de téléphonie envoie des événements signés à cet ordinateur.
first-source_on = À l’écoute sur { $address }
first-no_listener = Votre administrateur a désactivé l’écoute.
first-source_switch = Commencer l’écoute
first-settings = Réglages

audit-title = Journal d’audit
audit-text = Ce qui a été fait sur cet ordinateur : lu, ouvert et écrit
audit-where = Il est écrit dans vos téléchargements et nomme des fiches de clients. Ne le remettez qu’à votre équipe de sécurité.
audit-write = Exporter
audit-whole =
    { $n ->
        [one] { $n } ligne, inchangée et complète
       *[other] { $n } lignes, inchangées et complètes
    }
audit-broken =
    { $n ->
        [one] { $n } ligne ; quelque chose a été modifié ou manque. Prévenez votre administrateur.
       *[other] { $n } lignes ; quelque chose a été modifié ou manque. Prévenez votre administrateur.
    }
