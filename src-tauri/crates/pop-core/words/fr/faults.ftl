### What a fault means: what happened, and as .text the likely cause and the step that helps.
### $crm is what people call the system.

fault-sign_in_needed = Votre connexion à { $crm } a expiré
    .text = L’accès manque, est faux ou n’est plus valable. Connectez-vous à nouveau ; la fiche se complète d’elle-même.
fault-keychain_locked = { $crm } attend votre trousseau
    .text = La connexion se trouve dans le trousseau, qui est verrouillé. Déverrouillez-le ; la fiche se complète d’elle-même.
fault-forbidden = { $crm } ne vous laisse pas voir cela
    .text = Vous êtes connecté, mais une autorisation manque. Demandez-la à votre administrateur.
fault-not_found = { $crm } ne connaît pas cette adresse
    .text = La fiche a été supprimée, ou l’adresse ou le chemin du serveur est faux. Cherchez à nouveau ou demandez à votre administrateur.
fault-ambiguous = { $crm } a trouvé plusieurs fiches là où une seule était attendue
    .text = Un identifiant qui devrait être unique ne l’est pas. Cherchez le client par son nom.
fault-invalid = { $crm } n’a pas accepté la requête
    .text = Un champ manque peut-être ou est mal associé. Donnez le code ci-dessous à votre administrateur.
    .fields = Il nomme : { $fields }. La correspondance des champs est peut-être fausse ; donnez le code ci-dessous à votre administrateur.
fault-conflict = { $crm } signale que quelqu’un d’autre a modifié cela
    .text = La fiche existe déjà ou a été modifiée entre-temps. Relisez-la, puis décidez.
fault-rate_limited = { $crm } n’admet plus de requêtes pour l’instant
    .text = Trop de requêtes sont venues en peu de temps. Attendez une minute, puis réessayez.
    .wait = Trop de requêtes sont venues en peu de temps. Il demande d’attendre { $seconds } s ; réessayez ensuite.
fault-unavailable = { $crm } n’est pas disponible
    .text = Il répond, mais par un échec de son côté : il est en panne ou surchargé. Réessayez dans un instant.
fault-answer_not_understood = La réponse de { $crm } n’a pas pu être lue
    .text = Elle n’est pas ce que la définition attend : une page au lieu de données, ou une interface modifiée. Donnez le code ci-dessous à votre administrateur.
fault-E_REDIRECT = { $crm } a répondu par une redirection
    .text = Les redirections ne sont pas suivies, car elles pourraient emporter votre accès ailleurs. L’adresse du serveur est peut-être fausse ; demandez à votre administrateur.
fault-E_ORIGIN = Une requête à { $crm } aurait quitté sa propre adresse
    .text = Rien n’a été envoyé. La définition ou l’adresse du serveur est fausse ; demandez à votre administrateur.
fault-missing_name = Une valeur dont { $crm } a besoin manque
    .text = « { $name } » n’a pas de valeur ici, rien n’a donc été envoyé. La correspondance des champs est peut-être fausse ; transmettez ceci à votre administrateur.
fault-E_QUERY_VALUE = { $crm } ne peut pas être interrogé avec cette valeur
    .text = Elle contient des caractères qui ne peuvent pas s’écrire sûrement dans son langage de requête. Cherchez le client par son nom.
fault-timed_out = Pas de réponse de { $crm } en 10 s
    .text = Le CRM ou le réseau est lent. Ce qui est connu reste sur la fiche ; réessayez.
fault-paused = { $crm } n’est pas interrogé pendant quelques secondes
    .text = Plusieurs requêtes de suite ont échoué. Un nouvel essai se fait bientôt de lui-même.
fault-not_supported = { $crm } ne peut pas faire cela
    .text = Sa définition n’a pas cette requête. Demandez à votre administrateur.

fault-dns = Cet ordinateur ne trouve pas { $crm }
    .text = Son nom n’a pas d’adresse : un nom de serveur faux, pas de réseau, ou un serveur de noms qui ne répond pas. Vérifiez le réseau, puis le nom du serveur.
fault-refused = { $crm } refuse la connexion
    .text = L’ordinateur est joint, mais rien ne répond à ce port : le serveur est arrêté ou le port est faux.
fault-connect_timeout = Pas de connexion à { $crm }
    .text = Rien n’est revenu en 3 s : un pare-feu rejette peut-être le trafic, ou le réseau est en panne.
fault-answer_timeout = { $crm } est lent : pas de réponse en 8 s
    .text = La connexion est établie, mais il n’a pas répondu à temps. Ce qui est connu reste sur la fiche ; réessayez.
fault-cut = La connexion à { $crm } s’est rompue
    .text = La réponse n’est pas arrivée entière : le réseau, un proxy ou le serveur l’a coupée. Réessayez.
fault-tls = Cet ordinateur ne fait pas confiance à { $crm }
    .text = Le certificat a expiré, porte un autre nom ou vient d’un émetteur inconnu ; ou quelque chose l’intercepte en chemin. Demandez à votre administrateur.
fault-proxy = Le proxy ne laisse pas cet ordinateur atteindre { $crm }
    .text = Il demande une connexion ou interdit l’adresse. Demandez à votre administrateur.
fault-E_ANSWER = La réponse de { $crm } est trop grande
    .text = Plus de 2 Mio sont venus là où un client était attendu. La définition devrait demander moins de champs ou de lignes ; demandez à votre administrateur.
fault-bad_request = La requête à { $crm } ne peut pas être envoyée
    .text = Une adresse ou un en-tête est mal formé. Demandez à votre administrateur de vérifier les réglages de la connexion.

## A part of a system failed, and another part of it found somebody all the same.

fault-of_a_part = Une partie de { $crm } n’a pas répondu
    .text = Quelqu’un d’autre peut aussi correspondre : vérifiez de qui il s’agit avant d’ouvrir la fiche. { $why }
fault-nothing_connected = Aucun CRM n’est connecté
    .text = Personne n’a pu être interrogé. Connectez un CRM ; la fiche se complète d’elle-même.
fault-out_of_reach = Aucune route vers les CRM
    .one = Aucune route vers { $crm }
    .text = { $why } Les notes et les clôtures sont gardées ici et envoyées dès qu’une réponse arrive.
