### Words of what is on screen besides the cards: compact bar, notice, curtain, questions.

bar-label = Barre compacte
bar-expand = Agrandir
bar-show = Afficher { $name }
bar-empty = Prêt
bar-more =
    { $n ->
        [one] { $n } autre
       *[other] { $n } autres
    }
bar-verified = Vérifiée
bar-cases =
    { $n ->
        [one] { $n } dossier ouvert
       *[other] { $n } dossiers ouverts
    }
bar-severe = Urgent : { $subject }
bar-compact = Barre compacte
bar-pin = Garder au premier plan

notice-show = Afficher
notice-open = Ouvrir la fiche
notice-cases =
    { $n ->
        [one] { $n } dossier ouvert
       *[other] { $n } dossiers ouverts
    }
notice-more =
    { $n ->
        [one] { $n } autre attend
       *[other] { $n } autres attendent
    }
notice-hidden = Les noms ne sont pas affichés ici.

curtain-title = Masqué
curtain-key = Vous avez masqué toutes les données des clients. Ce que vous avez saisi est conservé.
curtain-idle = Masqué, car rien n’a été saisi pendant un moment. Ce que vous avez saisi est conservé.
curtain-screen = Masqué tant que l’écran est verrouillé. Ce que vous avez saisi est conservé.
curtain-lift = Afficher à nouveau

ask-close = Screenpop reste actif
ask-close_tray = Il reste dans la zone de notification et montre la prochaine interaction. « Quitter » se trouve dans le menu de son icône.
ask-close_bar = Il reste dans la barre des tâches et montre la prochaine interaction.
ask-close_yes = Fermer la fenêtre
ask-quit =
    { $n ->
        [one] { $n } élément n’a pas encore été envoyé
       *[other] { $n } éléments n’ont pas encore été envoyés
    }
ask-quit_text = Ce qui reste à envoyer est conservé et part au prochain démarrage.
ask-quit_lost = Cet ordinateur ne garde rien après la fermeture. Un dernier essai est fait maintenant ; ce qui n’arrive pas est perdu.
ask-quit_yes = Quitter quand même
ask-no = Rester

pause-text = Les remontées de fiche sont suspendues jusqu’à { $time }.
pause-end = Reprendre maintenant

masked-show = Afficher : { $what }
masked-hidden = Masqué : { $what }

hotkey-no_keys = { $keys } ne peut pas servir de raccourci.
hotkey-no_modifier = { $keys } doit comporter Ctrl ou Alt.
hotkey-twice = { $keys } est attribué deux fois.
hotkey-taken = Un autre programme utilise { $keys }.
hotkey-unsupported = Cet environnement de bureau n’accorde pas de raccourcis aux programmes.

settings-sound = Son
settings-sound_text = Seulement si cette fenêtre n’est pas visible
settings-sound_tap = Tapotement discret
settings-sound_off = Aucun
settings-shown_by = Avis affichés par
settings-shown_by_screenpop = Screenpop
settings-shown_by_system = Le système
settings-quiet = Mode silencieux
settings-quiet_text = Aucun son, et aucun nom dans les avis.
settings-quiet_blind = Cet environnement de bureau ne signale pas que vous présentez : activez-le vous-même.
settings-notice_blind = Cet environnement de bureau n’affiche que ses propres avis.
settings-dock = Ancrer
settings-dock_free = Nulle part
settings-dock_left = Bord gauche
settings-dock_right = Bord droit
settings-place_blind = Cet environnement de bureau peut ne pas en tenir compte.
settings-start = Démarrer à l’ouverture de ma session
settings-privacy = Confidentialité
settings-lock_after = Minutes sans saisie avant de masquer
settings-lock_after_text = 0 ne masque jamais.
settings-lock_blind = Cet environnement de bureau ne signale pas depuis quand rien n’est saisi.
settings-no_capture = Exclure cette fenêtre des captures d’écran
settings-no_capture_blind = Cet environnement de bureau ne peut pas exclure de fenêtre.
settings-mask = Masqué jusqu’au passage du pointeur
settings-mask_none = Rien
settings-mask_id = Numéro client
settings-mask_quote = Propos du client
settings-keys = Raccourcis depuis toutes les fenêtres
settings-keys_text = Désactivé tant qu’il n’est pas défini, par exemple Ctrl+Alt+P
settings-key_show = Afficher Screenpop
settings-key_open = Ouvrir la fiche
settings-key_case = Nouveau dossier
settings-key_copy = Copier le numéro client
settings-key_curtain = Masquer les données des clients
settings-change = Demander une modification
settings-change_copied = Demande pour votre administrateur copiée
settings-change_line = { $name } : { $value }
settings-minutes =
    { $n ->
        [one] { $n } minute
       *[other] { $n } minutes
    }
