### Words of the organisation's bundle: which one is in force, and why a newer is not.

bundle-title = Paramètres de votre organisation
bundle-none = Aucun n’a encore été reçu.
bundle-version = Version { $version } pour { $tenant }
bundle-for_all = Pour tout le monde
bundle-for_some = Pour { $percent } personnes sur cent, dont vous
bundle-since = En vigueur depuis
bundle-from = Provient de
bundle-ends = Valable jusqu’au
bundle-signed = Signée avec la clé
bundle-checked = Dernière vérification
bundle-probation = Nouvelle : elle est retirée d’elle-même si elle fonctionne moins bien que la précédente.
bundle-note = Nouveautés
bundle-soon =
    { $days ->
        [one] Elle doit être renouvelée dans { $days } jour. Prévenez votre administrateur.
        [many] Elle doit être renouvelée dans { $days } de jours. Prévenez votre administrateur.
       *[other] Elle doit être renouvelée dans { $days } jours. Prévenez votre administrateur.
    }
bundle-over =
    { $days ->
        [one] Elle a expiré et reste valable { $days } jour. Prévenez votre administrateur.
        [many] Elle a expiré et reste valable { $days } de jours. Prévenez votre administrateur.
       *[other] Elle a expiré et reste valable { $days } jours. Prévenez votre administrateur.
    }
bundle-ended = Elle a expiré. Les fiches ne s’ouvrent plus d’elles-mêmes tant que votre administrateur ne l’a pas renouvelée.
bundle-waits = La version { $version } est d’abord pour { $percent } personnes sur cent ; vous la recevrez plus tard.
bundle-locked_why = Pour modifier l’un d’eux, adressez-vous à votre administrateur en indiquant la version { $version }.
bundle-trouble_reach = Les derniers paramètres ne peuvent pas être récupérés pour le moment.
bundle-trouble_signature = Ce qui a été récupéré n’est pas signé par votre organisation. Rien n’a été appliqué.
bundle-trouble_rollback = Ce qui a été trouvé est plus ancien que ce qui était en vigueur. Rien n’a été appliqué.
bundle-trouble_time = Ce qui a été récupéré n’est pas valable aujourd’hui. Rien n’a été appliqué.
bundle-trouble_not_for_us = Ce qui a été récupéré est destiné à une autre organisation ou à une autre version de Screenpop. Rien n’a été appliqué.
bundle-trouble_content = Ce qui a été récupéré contient des erreurs. Rien n’a été appliqué ; la page État indique où elles sont.
bundle-trouble_worse = Ce qui a été récupéré fonctionne moins bien que ce qui est en vigueur. Rien n’a été appliqué.
bundle-trouble_back = La version { $version } fonctionnait moins bien que la précédente et a été retirée.
bundle-trouble_damaged = Les paramètres conservés sur cet ordinateur sont endommagés. Rien ne s’ouvre de soi-même tant qu’ils ne sont pas récupérés à nouveau.
bundle-goes_on = Tout continue comme avant.
bundle-off = Désactivé

join-title = Paramètres de votre organisation
join-text = Votre administrateur vous donne une adresse et l’empreinte d’une clé. Vous voyez ce qu’ils règlent avant de les accepter.
join-from = Adresse
join-from_text = Une adresse https ou le chemin d’un fichier sur un partage.
join-key = Empreinte de la clé
join-key_text = 32 lettres et chiffres. Demandez-la en personne ou par téléphone, pas dans le même message que l’adresse.
join-look = Voir
join-found = { $tenant } configurerait cet ordinateur
join-locked =
    { $n ->
        [one] { $n } réglage ne pourra alors être modifié que par l’organisation.
        [many] { $n } de réglages ne pourront alors être modifiés que par l’organisation.
       *[other] { $n } réglages ne pourront alors être modifiés que par l’organisation.
    }
join-crm = Connecte
join-gateway = Les interactions viennent de
join-report = Cet ordinateur signale son état à
join-take = Faire confiance et accepter
join-taken = Les paramètres de { $tenant } sont en vigueur dès qu’ils sont vérifiés
join-open = Utiliser les paramètres de votre organisation
join-leave = Ne plus les utiliser
join-leave_sure = Ils ne s’appliqueront plus. Ce que vous avez réglé vous-même reste.

feature-search = recherche de clients
feature-simulate = interactions simulées
feature-create_customer = création de clients
feature-update_customer = modification de clients
feature-create_case = création de dossiers
feature-add_note = notes sur les dossiers
feature-set_status = statut des dossiers
