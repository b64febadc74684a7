### Why nobody was signed in with the browser: what happened, and as .text what helps.
### $crm is what people call the system; what it says itself follows in its own words.

signin-not_accepted = { $crm } n’a pas accepté la connexion
    .client = Il ne connaît pas l’application : l’identifiant ou le secret du client est faux, ou l’application n’est pas installée dans votre organisation. Demandez à votre administrateur.
    .redirect = L’adresse de cet ordinateur n’est pas enregistrée auprès de l’application. Demandez à votre administrateur.
    .text = Le code qu’il a donné n’a pas été accepté. Réessayez ; si cela persiste, demandez à votre administrateur.
signin-not_taken = { $crm } n’admet pas la nouvelle connexion
    .text = Vous vous êtes connecté, mais son interface vous refuse. L’autorisation d’utiliser l’API manque peut-être ; demandez à votre administrateur.
signin-declined = La connexion à { $crm } a été refusée
    .text = Vous ou votre organisation avez dit non dans le navigateur. Réessayez, ou demandez à votre administrateur d’autoriser Screenpop.
signin-refused = { $crm } ne vous a pas laissé vous connecter
    .text = L’application n’est peut-être pas autorisée ou installée dans votre organisation. Demandez à votre administrateur.
signin-timed_out = Le navigateur n’est pas revenu de { $crm }
    .text = Personne ne s’est connecté en deux minutes, ou le CRM a envoyé le navigateur ailleurs. Réessayez ; si cela persiste, votre administrateur devrait vérifier que { $redirect } est enregistrée comme adresse de retour.
signin-ports_taken = Un autre programme empêche la connexion
    .text = Le navigateur reviendrait à un port de cet ordinateur ({ $ports }) qu’un autre programme occupe. Fermez ce programme, puis réessayez.
signin-no_window = Le navigateur n’a pas pu s’ouvrir
    .text = { $why }
signin-wrong_state = Une réponse est arrivée qui n’appartient à aucune connexion
    .text = Elle vient peut-être d’un ancien onglet, ou une autre page a voulu s’en mêler. Personne n’a été connecté ; réessayez.
signin-wrong_issuer = La réponse n’est pas venue de { $crm }
    .text = Elle nomme un autre serveur de connexion que celui qui était demandé. Personne n’a été connecté ; prévenez votre administrateur.
signin-foreign_server = { $crm } a nommé un serveur qui n’est pas le sien
    .text = Personne n’a été connecté, et rien n’y a été envoyé. Transmettez ceci à votre administrateur.
signin-not_kept = La connexion n’a pas pu être conservée
    .text = Le trousseau est verrouillé ou le disque est plein, personne n’a donc été connecté. Déverrouillez le trousseau ou libérez de la place, puis réessayez.
signin-no_listener = Cet ordinateur ne laisse pas revenir le navigateur
    .text = Aucune page n’a pu être proposée sur cet ordinateur. Un programme de sécurité l’interdit peut-être ; demandez à votre administrateur.
signin-no_browser = On ne se connecte pas à { $crm } avec le navigateur
    .text = Choisissez une autre façon de vous connecter.

# $text is one of the sentences above, $reason what the system says.
signin-with_reason = { $text } Il indique : « { $reason } ».
