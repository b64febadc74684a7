### Why a request of the person was not carried out.

refused-managed = Votre organisation a fixé ce réglage. Demandez à votre administrateur
refused-switched_off = Votre organisation a désactivé cela
refused-keychain_locked = Le trousseau est verrouillé ; déverrouillez-le d’abord
refused-card_changed = La fiche a changé entre-temps ; regardez à nouveau
refused-not_in_history = Cette interaction n’est plus dans l’historique
refused-nobody_to_call = Personne n’est à rappeler pour cela
refused-no_form = Il n’y a pas de formulaire pour cela
refused-cannot_be_asked = { $crm } ne peut pas être interrogé pour le moment
refused-not_offered = { $crm } ne propose pas cela pour ce client
refused-reason = Donnez un motif de 1 à 200 caractères
refused-no_link = Il n’y a pas d’adresse pour cette fiche : { $why }
refused-clipboard = Le presse-papiers n’est pas disponible
refused-sandbox_off = Le bac à sable est désactivé. Activez-le dans les réglages
refused-too_much = Trop d’écritures à la fois ; réessayez dans un instant
refused-setting = Le réglage n’a pas été changé : { $why }
refused-disk = Impossible de l’enregistrer sur cet ordinateur : { $why }
refused-vault = Le trousseau a refusé : { $why }
refused-system = Le système a refusé : { $why }
refused-ending = Le programme se termine
