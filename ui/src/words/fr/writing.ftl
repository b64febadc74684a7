### Words of what is written: forms, wrap-up, what waits to be sent.

kind-create_case = Nouveau dossier
kind-log_interaction = Journal
kind-add_note = Note
kind-set_status = État
kind-set_priority = Priorité
kind-create_customer = Nouveau client
kind-update_customer = Client

form-new_case = Nouveau dossier
form-new_customer = Nouveau client
form-update_customer = Modifier le client
form-note = Note
form-wrap_up = Clôturer
form-back = Retour au client
form-draft = Brouillon enregistré
form-required = obligatoire
form-loading = Lecture du formulaire
form-failed = Le formulaire n’a pas pu être lu
form-again = Réessayer
form-none = Rien de choisi
form-cancel = Annuler
form-create = Créer dans { $where }
form-save = Enregistrer dans { $where }
form-add_note = Ajouter la note
form-note_in = à { $where }
form-case = Dossier
form-similar = Semblable et ouvert : { $case }.
form-note_instead = Y ajouter plutôt une note
form-open_after = Ouvrir le dossier dans le navigateur après la création

status-change = État : { $status }. Modifier
status-of = État de { $number }
status-in = { $number } dans { $where }
status-reading = Lecture des choix possibles
priority-set = Priorité : { $priority }

write-saving = enregistrement
write-held = à envoyer
write-waiting = à envoyer
write-sending = envoi
write-parked = non accepté
write-done = fait
write-discarded = abandonné
write-not_saved = non enregistré
write-unsure = Cela a peut-être été fait malgré tout. Regardez dans { $where } avant de renvoyer.

wrote-held = { $what } : enregistré
wrote-not_kept = { $what } : non enregistré sur cet ordinateur, à envoyer
wrote-undo = Annuler
wrote-undone = Retiré. Ce que vous avez saisi est dans le formulaire.
wrote-case = Dossier { $number } créé
wrote-case_plain = Dossier créé
wrote-open = Ouvrir
wrote-look = Regarder
wrote-logged = Interaction consignée

wrap-left = restant sur { $time }
wrap-left_label = Temps de clôture restant
wrap-say_left =
    { $n ->
        [one] Il reste { $n } seconde pour la clôture.
       *[other] Il reste { $n } secondes pour la clôture.
    }
wrap-extend = Plus de temps
wrap-outcome = Résultat
wrap-note = Note
wrap-case = Dossier
wrap-no_case = Aucun dossier
wrap-status = Passer l’état à
wrap-keep_status = Laisser tel quel
wrap-follow_up = Relancer le
wrap-writes = Écrit dans
wrap-nowhere = Gardé ici seulement : aucun CRM connecté ne l’accepte
wrap-log = Consigner l’interaction
wrap-later = Garder pour plus tard
wrap-not_logged = Non consignée à temps. Elle attend ici que vous la consigniez.

tab-wrap_up = Clôture
tab-not_logged = Non consignée

action-new_case = Nouveau dossier
action-note = Note
action-wrap_up = Clôturer
action-group = Actions
action-new_customer = Nouveau client
action-update_customer = Modifier le client
hint-wrap_up = clôturer

queue-title = À envoyer
queue-count =
    { $n ->
        [one] { $n } à envoyer
       *[other] { $n } à envoyer
    }
queue-none = Rien n’attend d’être envoyé
queue-none_text = Ce que vous écrivez reste ici jusqu’à ce que le CRM l’ait, même hors ligne.
queue-not_kept = Cet ordinateur ne garde rien : ce qui attend ici disparaît à la fermeture de l’application.
queue-tries =
    { $n ->
        [one] { $n } essai
       *[other] { $n } essais
    }
queue-next = prochain à { $time }
queue-since = depuis { $time }
queue-edit = Modifier et renvoyer
queue-send = Renvoyer
queue-discard = Abandonner
queue-reason = Pourquoi c’est abandonné
queue-keep = Garder

told-title = Transmis à d’autres systèmes
told-text = Messages aux adresses fixées par votre organisation, le plus récent d’abord.
told-gone = Votre organisation n’indique plus cette adresse.
told-none = Rien n’a encore été transmis
told-tries = Essais
told-try = { $time } :
told-sent = Contenu, SHA-256 :
told-answer = Réponse, SHA-256 :
told-id = Message :

say-wrap_up = Clôture pour { $name }
say-thirty = Il reste 30 secondes pour clôturer { $name }
