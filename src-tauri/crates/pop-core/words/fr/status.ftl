### What is said of the product itself: permanent notices, refused events, refused commands.

banner-memory_only = Rien n’est conservé au-delà de cette session : { $why }. Vous vous connectez à chaque démarrage.
banner-keychain_locked = Le trousseau est verrouillé. Les fiches arrivent toujours ; la connexion et l’historique attendent que vous le déverrouilliez.
banner-secrets_refused = Les connexions conservées n’ont pas pu être ouvertes et ont été mises de côté. Connectez-vous à nouveau.
banner-loopback_http = { $crm } est joint sans chiffrement sur cet ordinateur.
banner-nothing_kept = L’historique ne peut pas être conservé : { $why }. Les fiches arrivent toujours.
banner-sign_in_ends = Votre connexion à { $name } expire dans { $days ->
    [one] un jour
   *[other] { $days } jours
}. Reconnectez-vous avant, quand cela vous convient.
banner-sign_in_ends_today = Votre connexion à { $name } expire aujourd’hui. Reconnectez-vous quand cela vous convient.
banner-gateway = la passerelle

## Events that were refused or dropped, by code

refusal-too_many_connections = Plus de programmes ont appelé en même temps qu’il n’en est admis.
refusal-head_malformed = Une requête n’était pas du HTTP correct. Vérifiez le programme qui envoie.
refusal-framing_ambiguous = Une requête n’était pas du HTTP correct. Vérifiez le programme qui envoie.
refusal-cut = Une requête n’était pas du HTTP correct. Vérifiez le programme qui envoie.
refusal-head_too_large = L’en-tête d’une requête était trop grand. Envoyez moins de champs d’en-tête.
refusal-head_too_slow = Une requête est venue trop lentement et a été interrompue.
refusal-body_too_slow = Une requête est venue trop lentement et a été interrompue.
refusal-foreign_host = Une requête visait un autre nom d’hôte. Une page web a peut-être essayé.
refusal-foreign_page = Une page web a tenté d’envoyer un événement. Les pages ne sont pas admises.
refusal-no_such_path = Une requête visait un autre chemin. Les événements vont à /v1/events.
refusal-wrong_method = Une requête n’était pas un POST. Les événements s’envoient par POST.
refusal-wrong_type = Le type de contenu n’était ni celui de CloudEvents ni JSON.
refusal-no_length = Une requête n’avait pas de longueur. Envoyez Content-Length.
refusal-body_too_large = Un événement dépassait 64 Kio.
refusal-signature_missing = Un événement n’était pas signé. Signez-le selon Standard Webhooks.
refusal-signature_malformed = La signature d’un événement n’avait pas la forme de Standard Webhooks.
refusal-signature_outside_window = L’heure d’un événement s’écartait de plus de 5 minutes. Vérifiez les deux horloges.
refusal-signature_wrong = La signature d’un événement ne correspondait pas. Vérifiez le secret de l’expéditeur.
refusal-too_fast = Un expéditeur a envoyé plus d’événements qu’il n’en a le droit.
refusal-E_EVENT = Un événement signé n’avait pas la forme attendue. Vérifiez la correspondance de l’expéditeur.
refusal-conflict = Un identifiant a été réutilisé pour un autre événement.
refusal-not_ours = Un événement était destiné à un autre agent.
refusal-foreign_agent = Un événement était destiné à un autre agent.
refusal-by_rule = Une interaction n’a pas de fiche d’après une règle de votre organisation.
refusal-unavailable = Un événement n’a pas pu être conservé ; l’expéditeur a été prié de réessayer.
refusal-late = Une proposition avait expiré à son arrivée.
refusal-stale_event = Un événement est venu après la fin de l’interaction, ou dans le désordre.
refusal-stale_answer = Un CRM a répondu à une question qui n’était plus ouverte.
refusal-stale_command = Un clic visait une fiche qui avait changé.
refusal-not_decided = Quelque chose allait être écrit sans qu’il soit clair dans la fiche de qui.
refusal-rule_without_facts = À la fin d’une interaction, une règle n’a rien écrit, car ce dont elle a besoin n’est pas connu.
refusal-end_waits = Une interaction sans fiche s’est terminée. Ses règles attendent que son client puisse être recherché : un CRM n’a pas répondu.
refusal-end_unasked = Une interaction sans fiche s’est terminée et, pendant un jour, son client n’a pas pu être recherché. Aucune règle n’a rien écrit.
refusal-end_several = Une interaction sans fiche s’est terminée et peut être celle de plusieurs clients. Aucune règle n’a rien écrit.
refusal-end_nobody = Une interaction sans fiche s’est terminée et aucun CRM ne connaît son client. Aucune règle n’a rien écrit.
refusal-end_repeats = La fin d’une interaction ne disait pas de laquelle et peut être celle d’une interaction connue. Aucune règle n’a rien écrit.
refusal-E_LINK = Un lien ou une ligne de commande n’avait pas la forme attendue.
refusal-other = Refusé.

wrong-required = Remplissez ce champ
wrong-too_long = { $most } caractères au plus
wrong-several_lines = Une seule ligne
wrong-no_text = Il y a ici des caractères qui ne sont pas du texte
wrong-no_choice = Le CRM ne propose plus cela. Choisissez autre chose
wrong-no_field = Le formulaire du CRM n’a plus ce champ
wrong-refused = Le CRM n’a pas accepté cela
wrong-text = Écrivez un texte
wrong-choice = Choisissez une option
wrong-email = Écrivez une adresse e-mail, par exemple nom@example.com
wrong-phone = Écrivez un numéro de téléphone avec l’indicatif du pays, par exemple +34 600 012 345
wrong-number = Écrivez un nombre
wrong-switch = Choisissez oui ou non
wrong-date = Écrivez un jour, par exemple 2026-11-30

not-saved = Cela n’a pas pu être enregistré
    .text = { $why }. Rien n’a été envoyé ; ce que vous avez saisi est encore dans le formulaire.
