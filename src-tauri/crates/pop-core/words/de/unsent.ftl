### What is said of writes that wait: their room, and what would be lost by quitting or signing out.

banner-outbox_filling = Was auf das Senden wartet, füllt { $percent } % seines Platzes. Fragen Sie Ihre Administration, bevor er voll ist.
banner-outbox_full = Was auf das Senden wartet, füllt seinen ganzen Platz: Neues kann erst gespeichert werden, wenn etwas davon gesendet ist. Gespeichertes ist sicher.

banner-unsent =
    { $count ->
        [one] 1 Eintrag hat das CRM nicht erreicht, und dieser Computer würde ihn vergessen. Er wurde noch einmal versucht. Beenden Sie noch einmal, um ihn aufzugeben.
       *[other] { $count } Einträge haben das CRM nicht erreicht, und dieser Computer würde sie vergessen. Sie wurden noch einmal versucht. Beenden Sie noch einmal, um sie aufzugeben.
    }
unsent-sign_out =
    { $count ->
        [one] 1 Eintrag hat { $crm } nicht erreicht und ginge verloren. Er wurde noch einmal versucht. Melden Sie sich noch einmal ab, um ihn aufzugeben.
       *[other] { $count } Einträge haben { $crm } nicht erreicht und gingen verloren. Sie wurden noch einmal versucht. Melden Sie sich noch einmal ab, um sie aufzugeben.
    }
