### What is said of writes that wait: their room, and what would be lost by quitting or signing out.

banner-outbox_filling = Ce qui attend d’être envoyé occupe { $percent } % de sa place. Prévenez votre administrateur avant qu’elle soit pleine.
banner-outbox_full = Ce qui attend d’être envoyé occupe toute sa place : rien de nouveau ne peut être enregistré avant un envoi. Ce qui est enregistré est en sûreté.

banner-unsent =
    { $count ->
        [one] { $count } écriture n’a pas atteint le CRM, et cet ordinateur l’oublierait. Elle a été tentée encore une fois. Quittez de nouveau pour y renoncer.
       *[other] { $count } écritures n’ont pas atteint le CRM, et cet ordinateur les oublierait. Elles ont été tentées encore une fois. Quittez de nouveau pour y renoncer.
    }
unsent-sign_out =
    { $count ->
        [one] { $count } écriture n’a pas atteint { $crm } et serait perdue. Elle a été tentée encore une fois. Déconnectez-vous de nouveau pour y renoncer.
       *[other] { $count } écritures n’ont pas atteint { $crm } et seraient perdues. Elles ont été tentées encore une fois. Déconnectez-vous de nouveau pour y renoncer.
    }
