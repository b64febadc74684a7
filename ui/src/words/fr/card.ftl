### Words of an interaction's card.

channel-voice = Appel
channel-video = Appel vidéo
channel-chat = Chat
channel-messaging = Message
channel-sms = SMS
channel-email = E-mail
channel-social = Message social
channel-callback = Rappel
channel-cobrowse = Co-navigation
channel-other = Interaction

offered-voice = Appel proposé
offered-video = Appel vidéo proposé
offered-chat = Chat proposé
offered-messaging = Message proposé
offered-sms = SMS proposé
offered-email = E-mail proposé
offered-social = Message social proposé
offered-callback = Rappel proposé
offered-cobrowse = Co-navigation proposée
offered-other = Interaction proposée

phase-offered = Proposée
phase-accepted = acceptée
phase-held = en attente
phase-withdrawn = retirée
phase-missed = manquée
phase-wrap_up = clôture
phase-transferred = transférée
phase-ended = terminée
phase-looked_up = Consultée

tab-withdrawn = Retirée
tab-missed = Manquée
tab-transferred = Transférée
tab-ended = Terminée

outbound-voice = Vous appelez
outbound-other = Vous écrivez

transfer-by = { $channel } · transférée par { $who }
transfer-to = { $channel } · transférée à { $who }
state-voicemail = { $channel } · message vocal laissé

party-consulted = Vous consultez { $name }
party-consulted_unnamed = Vous consultez un collègue
party-conference = Avec { $name }
party-conference_unnamed = Conférence
party-supervisor = { $name } écoute l’échange
party-supervisor_unnamed = Un superviseur écoute l’échange
also-on = Aussi en cours : { $channel }, onglet { $n }

answer-voice = Répondez dans votre outil de téléphonie
answer-other = Répondez dans votre outil de chat

record-opened = Ouverte dans le navigateur
record-shown = Affichée dans votre CRM
record-not_opened = Fiche non ouverte
record-not_yet = Fiche pas encore ouverte
record-held_back = Non ouverte d’elle-même
record-nothing = Rien d’ouvert
record-failed = La fiche n’a pas pu être ouverte

# when: a time of day or a date.
saved-copy = Copie enregistrée, { $when }
saved-text = Ce que vous voyez a été lu à { $when } et a pu changer depuis. Les fiches s’ouvrent et les notes s’écrivent dès que le CRM répond.

identity-verified = Identité vérifiée
identity-attached = Non vérifiée, transmise par votre centre de contact
identity-claimed = Non vérifiée, telle que saisie
identity-caller_number = Non vérifiée, numéro seulement
identity-unknown = Non vérifiée

short-verified = identité vérifiée
short-unverified = non vérifiée

advice-voice = Vérifiez qui appelle avant de donner des informations du compte.
advice-other = Vérifiez qui écrit avant de donner des informations du compte.

mark-vip = VIP
mark-sandbox = Bac à sable
mark-urgent = dossier urgent ouvert
mark-status_unknown = État inconnu

id-label = Nº
id-copy = Copier le Nº { $id } du client
id-copy_known = Copier { $what }

hint-priority = Priorité
hint-queue = File
hint-language = Langue
hint-region = Région
hint-record = fiche
hint-find = chercher

hints-label = Routage

quote-by = { $who } :
quote-open = «{" "}
quote-close = {" "}»

cases-title = Dossiers ouverts
cases-none = Aucun dossier ouvert
cases-open = Ouvrir le dossier
cases-all = Afficher les { $n }
cases-fewer = Afficher moins
cases-more =
    { $n ->
        [one] { $n } de plus dans { $source }
       *[other] { $n } de plus dans { $source }
    }
cases-new =
    { $n ->
        [one] { $n } nouveau, afficher
       *[other] { $n } nouveaux, afficher
    }

case-age_today = aujourd’hui
case-due = échéance { $when }
case-overdue = en retard depuis { $when }
case-left = reste { $time }
case-status = État { $status }

priority-urgent = Urgent
priority-high = Priorité haute
priority-normal = Priorité normale
priority-low = Priorité basse

activities-title = Interactions précédentes
activities-none = Premier contact

# when: a time of day or a date.
part-as_of = état : { $when }
part-missing = { $source } · indisponible
part-missing_text = Elles se chargent d’elles-mêmes dès que { $source } répond à nouveau.
part-missing_any = indisponible
part-missing_any_text = Elles se chargent d’elles-mêmes dès que le CRM répond à nouveau.

facts-label = Coordonnées

facts-disputed = Différent selon les systèmes

fact-name = Nom
fact-tier = Catégorie
fact-phone = Téléphone
fact-email = E-mail
fact-company = Société
fact-open = Ouvrir { $name }
fact-owner = Chargé de clientèle
fact-extra = Plus

beside-title = Aussi dans
beside-open = Ouvrir la fiche dans { $source }
beside-else = Trouvé ailleurs, peut-être une autre personne

several-phone =
    { $n ->
        [one] { $n } client a ce numéro
       *[other] { $n } clients partagent ce numéro
    }
several-other =
    { $n ->
        [one] { $n } client possible
       *[other] { $n } clients possibles
    }
several-who_voice = Qui appelle ?
several-who_other = Qui écrit ?
several-ask = Demandez avant de choisir
several-conflict = Les indications désignent des personnes différentes. Demandez avant de choisir.
several-more =
    { $n ->
        [one] { $n } de plus trouvé
       *[other] { $n } de plus trouvés
    }
several-search = Chercher un autre nom
several-calm = Rien ne s’ouvre dans le CRM avant votre choix.
several-use = Utiliser { $name }
several-choose = choisir

candidate-cases =
    { $n ->
        [one] { $n } dossier ouvert
       *[other] { $n } dossiers ouverts
    }
candidate-no_cases = Aucun dossier ouvert

reason-record_id = Numéro client
reason-external_id = Numéro externe
reason-email = E-mail
reason-phone = Téléphone
reason-name = Nom
reason-chosen_before = Déjà choisi
reason-against = Non : { $reason }

none-title_voice = Appelant inconnu
none-title_other = Client inconnu
none-phone = Aucun client n’a ce numéro
none-other = Aucun client trouvé
none-found =
    { $n ->
        [one] { $n } trouvé
       *[other] { $n } trouvés
    }
none-found_in =
    { $n ->
        [one] { $n } trouvé · { $ms } ms
       *[other] { $n } trouvés · { $ms } ms
    }
none-search = Chercher par nom, e-mail ou numéro
none-linked = Le client choisi est lié à cette interaction.
none-created_in = Créé dans { $where }
none-already = Existe déjà : { $name } { $id }.
none-use = Utiliser ce client
none-create = Créer et associer
none-without = Sans client
none-without_title = Continuer sans client

nothing-title = Rien à chercher
nothing-text = Aucun numéro client, e-mail ni téléphone n’a été transmis.

failed-title = Le client n’a pas pu être recherché

action-open = Ouvrir la fiche
action-copy_link = Copier le lien
action-open_later = Ouvrir la fiche dès que le client est trouvé
action-other = Autre client
action-find = Trouver le client
action-close = Fermer
action-more = Plus d’actions

menu-copy_id = Copier le numéro client
menu-copy_link = Copier le lien de la fiche
menu-pin = Épingler dans la recherche
menu-unpin = Détacher de la recherche
menu-refresh = Actualiser depuis les CRM
menu-other = Choisir un autre client
menu-why = Pourquoi cette carte ?
menu-close = Fermer cette interaction

slow-title = { $source } est lent : { $time } jusqu’ici
slow-title_usual = { $source } est lent : { $time } jusqu’ici, d’habitude { $usual }
slow-text = Nous arrêtons à 10 s. Ce que savent les autres systèmes s’affiche entre-temps.
slow-search = Rechercher dans le navigateur

offline-saved = { $title } : copie enregistrée à { $when }
offline-changed = Les valeurs ont pu changer depuis.
offline-waiting = { $n } à envoyer
offline-again = nouvel essai dans { $time }
offline-now = nouvel essai en cours

problem-retry = Réessayer maintenant
problem-diagnose = Lancer le diagnostic
problem-search_page = Ouvrir la recherche dans le CRM
problem-sign_in = Se reconnecter
problem-copy_for_admin = Copier la demande pour l’administrateur
problem-search = Chercher à nouveau
problem-connect = Connecter un CRM
problem-details = Copier les détails
problem-request = Requête { $id }
