### Why a card is as it is, and the steps of its way.

## Why a card is as it is. $crm is what people call the system, $by what the customer was found by.

explain-who = Pourquoi ce client
explain-people = Qui a été trouvé
explain-opening = La fiche dans le CRM
explain-rules = Ce que les règles ont fait
explain-asked = Qui a été interrogé

explain-who-one = Un seul client correspond
    .text = Trouvé dans { $crm } par { $by }.
explain-who-unsure = Un client correspond, mais ce n’est pas certain
    .text = Trouvé dans { $crm } par { $by }. Un autre CRM, ou une partie de celui-ci, n’a pas répondu et pourrait connaître quelqu’un d’autre ; ou vous avez écarté quelqu’un.
explain-who-chosen = Vous avez choisi ce client
    .text = La fiche est dans { $crm }. Votre choix sera en tête la prochaine fois ; il n’ouvre jamais rien de lui-même.
explain-who-several =
    { $n ->
        [one] { $n } client correspond ; à vous de choisir
       *[other] { $n } clients correspondent ; à vous de choisir
    }
    .text = Tous ont été trouvés par des éléments de même confiance. Rien ne s’ouvre et rien n’est écrit avant votre choix.
explain-who-conflict = Ce qui est arrivé désigne des personnes différentes
    .text = Des identifiants de confiance différente ont trouvé des personnes différentes. Rien ne s’ouvre et rien n’est écrit avant votre choix.
explain-who-none = Personne ne connaît ce client
    .text = Chaque CRM a répondu, et aucun n’a de fiche pour ce qui est arrivé.
explain-who-failed = On ne sait pas qui c’est
    .text = Un CRM qui pourrait le savoir n’a pas pu répondre.
explain-who-looking = Recherche en cours
    .text = Tous les CRM n’ont pas encore répondu.
explain-who-nothing = Rien n’est arrivé qui permette de reconnaître un client
    .text = Un numéro masqué, court ou interne ne correspond jamais à personne.
explain-came = Reçu : { $by }
explain-refused = Non utilisé, { $kind } : { $why }

explain-kind-id = ID de fiche
explain-kind-external_id = numéro de client
explain-kind-email = adresse e-mail
explain-kind-phone = numéro de téléphone
explain-by-authenticated = { $kind }, vérifié par la plateforme
explain-by-attached = { $kind }, joint par la plateforme
explain-by-claimed = { $kind }, déclaré
explain-by-caller = { $kind }, du réseau téléphonique, falsifiable

explain-person = { $why } { $crm } : { $by }
explain-person-meant = Le client de la carte.
explain-person-same = La même personne dans un autre CRM.
explain-person-among = Peut être la bonne personne.
explain-person-undecided = Pas encore décidé.
explain-person-weaker = Écarté : un élément plus fiable a trouvé quelqu’un d’autre.
explain-person-rejected = Écarté : vous l’avez dit.
explain-person-not_chosen = Écarté : vous avez choisi quelqu’un d’autre.
explain-person-less = Écarté : un CRM plus important décide.

explain-opening-browser = Ouverte dans le navigateur
explain-opening-crm = Affichée dans la fenêtre du CRM
explain-opening-way = Ouverture en cours
explain-opening-would = S’ouvrirait
explain-opening-failed = N’a pas pu être ouverte
explain-opening-held_back = Retenue
    .text = Plus de trois fiches se seraient ouvertes seules en dix secondes. Ouvrez-la vous-même.
explain-opening-pausing = Attend une pause dans la frappe
    .text = Un navigateur qui s’ouvre prend le clavier. Ouverture au plus tard après huit secondes.
explain-opening-looking = Non ouverte : on cherche encore qui c’est
explain-opening-nobody = Non ouverte : aucun client connu
explain-opening-several = Non ouverte : plusieurs clients correspondent, à vous de décider
explain-opening-conflict = Non ouverte : ce qui est arrivé désigne des personnes différentes
explain-opening-not_sure = Non ouverte : un CRM sans réponse pourrait connaître un autre client
explain-opening-used = Pas de nouvelle ouverture : déjà fait une fois pour cette interaction
explain-opening-over = Non ouverte : l’interaction est terminée
explain-opening-before_accept = S’ouvre quand vous acceptez
explain-opening-never = Non ouverte : rien ne s’ouvre seul ici
explain-opening-paused = Non ouverte : vous avez mis en pause
explain-opening-follower = Non ouverte : un autre de vos appareils mène
explain-opening-bundle = Non ouverte : les réglages de votre organisation ont expiré
explain-opening-no_record = Non ouverte : le client n’a pas de fiche du type prévu
explain-opening_by-setting = Le moment de l’ouverture est un réglage
explain-opening_by-outbound = Le moment de l’ouverture est le réglage des appels sortants
explain-opening_by-rule = Le moment de l’ouverture est fixé par la règle « { $rule } »

explain-rule-none = Aucune règle ne s’est appliquée
explain-rule-by = Règle « { $rule } »
explain-rule-silent = Pas de carte
explain-rule-offer = S’ouvre à l’offre
explain-rule-accept = S’ouvre à l’acceptation
explain-rule-never = Ne s’ouvre jamais seule
explain-rule-records = Quelle fiche s’ouvre
explain-rule-vip = Marqué VIP
explain-rule-priority = Priorité : { $value }
explain-rule-queue = File : { $value }
explain-rule-language = Langue : { $value }

explain-asked-found =
    { $n ->
        [one] { $crm } a trouvé { $n } client
       *[other] { $crm } a trouvé { $n } clients
    }
explain-asked-waiting = { $crm } n’a pas encore répondu

## The steps of an interaction’s way, by the flight recorder’s words.

mark-received = Reçu
mark-verified = Signature vérifiée
mark-mapped = Lu comme événement
mark-popped = Carte créée
mark-accepted = Acceptée par l’agent
mark-rule = Règle appliquée
mark-asked_who = Demande : qui est-ce
mark-asked_cases = Demande des dossiers
mark-asked_activities = Demande de l’historique
mark-answered_who = Réponse : qui est-ce
mark-answered_cases = Dossiers reçus
mark-answered_activities = Historique reçu
mark-request = Requête
mark-matched_one = Un client
mark-matched_several = Plusieurs clients
mark-matched_none = Personne de connu
mark-match_failed = Recherche impossible
mark-link_chosen = Lien choisi
mark-link_missing = Aucun lien possible
mark-opened = Ouverte dans le navigateur
mark-shown_in_crm = Affichée dans le CRM
mark-open_failed = Ouverture impossible
mark-held_back = Ouverture retenue
mark-painted = Carte à l’écran
mark-painted_complete = Complète à l’écran
mark-ended = Terminée
mark-write_kept = Saisie conservée ici
mark-write_waiting = Saisie en attente d’envoi
mark-write_sent = Envoi en cours
mark-write_failed = Envoi échoué, nouvel essai plus tard
mark-write_parked = Saisie en attente d’une personne
mark-written = Écrit dans le CRM
mark-write_discarded = Saisie retirée
mark-write_lost = Saisie non conservée
