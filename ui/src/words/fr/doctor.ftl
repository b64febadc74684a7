### Words of the diagnosis: what was checked, what is wrong, and who can fix it.

doctor-title = Diagnostic de { $name }
doctor-back = Retour à l’état
doctor-when = { $time } · { $seconds } s
doctor-running = Vérification
doctor-again = Relancer
doctor-try = Tester avec la fiche { $record }
doctor-looking = Le chemin vers le CRM, la connexion et un enregistrement connu sont examinés.
doctor-well = Tout ce qui a été vérifié fonctionne.
doctor-failed = { $n ->
    [one] { $n } échec
    *[other] { $n } échecs
    }
doctor-warned = { $n ->
    [one] { $n } avertissement
    *[other] { $n } avertissements
    }
doctor-passed = { $n ->
    [one] { $n } réussie
    *[other] { $n } réussies
    }
doctor-cause = Cause
doctor-effect = Effet
doctor-fix = Remède
doctor-by_admin = Seul un administrateur peut le changer.
doctor-by_vendor = Seul l’exploitant du CRM peut le changer.
doctor-copy = Copier le remède pour l’administrateur
doctor-copied = Remède copié
doctor-more = En savoir plus
doctor-until = valable jusqu’au { $date }
doctor-used = { $percent } % consommés
doctor-tried = Essayé
doctor-expected = Attendu
doctor-came = Venu
doctor-is_passed = Réussi
doctor-is_warning = Avertissement
doctor-is_failed = Échec
doctor-is_skipped = Non vérifié
doctor-run = Lancer le diagnostic
doctor-of = Diagnostic de { $name }
