### Words of the frame: strip, status, toasts, keys, and what is said aloud.

app-name = Screenpop
app-lost = La fenêtre a perdu l’application
app-lost_text = Rien de nouveau ne s’affiche ici. Fermez la fenêtre et relancez Screenpop.

strip-label = Interactions en cours
strip-empty = Aucune interaction en cours
strip-more = +{ $n }
strip-more_label =
    { $n ->
        [one] { $n } autre interaction
       *[other] { $n } autres interactions
    }

tab-name = { $name }, { $channel }, { $phase }

nav-label = Vues
nav-search = Recherche
nav-today = Aujourd’hui
nav-health = État
nav-settings = Réglages
nav-back = Retour au client

status-label = Connexions
status-connected =
    { $n ->
        [one] { $n } connectée
       *[other] { $n } connectées
    }
status-sign_in = { $name } : reconnectez-vous
status-problem = { $name } : problème
status-unreachable = CRM injoignables
status-since = depuis { $when }
status-slow = { $name } lent
status-events = En direct
status-events_failed = Aucun événement n’est reçu
status-none = Aucun CRM connecté

banner-unlock = Déverrouiller

toast-label = Ce qui s’est passé
toast-arrived = { $what } : { $name }
toast-view = Voir
toast-close = Fermer cet avis
toast-more =
    { $n ->
        [one] { $n } autre attend
       *[other] { $n } autres attendent
    }

copy-done = { $what } copié
copy-link = Lien copié
pin-done = Épinglé dans la recherche
pin-undone = N’est plus épinglé
copy-failed = Le presse-papiers n’est pas disponible. Sélectionnez le texte et copiez-le à la main.
copy-what = Copier : { $what }
copy-details = Détails copiés
copy-request = Demande pour votre administrateur copiée

key-ctrl = Ctrl
key-shift = Maj
key-enter = Entrée
key-esc = Échap

title-key = { $what } ({ $key })

say-arrived = { $what }. { $who }, { $identity }.
say-vip = VIP.
say-reason = { $reason }.
say-found = { $name }.
say-found_tier = { $name }, { $tier }.
say-cases =
    { $n ->
        [one] { $n } dossier ouvert.
       *[other] { $n } dossiers ouverts.
    }
say-several =
    { $n ->
        [one] { $n } client possible. Choisissez-le.
       *[other] { $n } clients possibles. Choisissez-en un. { $name } est le premier.
    }
# time: a time of day or a date.
say-saved = Copie enregistrée de { $time }, pas encore confirmée.
say-none = Aucun client trouvé. Cherchez, ou continuez sans.
say-nothing = Rien à chercher.
say-withdrawn = { $name } : retirée.
say-missed = { $name } : manquée. Gardée pour un rappel.
say-transferred_by = Transférée par { $who }.
say-transferred = { $name } : transférée.
say-ended = { $name } : terminée.
say-problem = { $title }.
say-urgent = Dossier urgent ouvert : { $subject }.
say-urgent_due = Dossier urgent ouvert : { $subject }, reste { $time }.

hidden-char = Caractère caché { $code }

unit-ms = { $n } ms
unit-s = { $n } s
unit-seconds = s
