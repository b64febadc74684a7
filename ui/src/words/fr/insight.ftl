### What happened and why: the timeline, the reasons, trying an event, and the evidence.

flight-title = Ce qui s’est passé
flight-back = Retour
flight-again = Relire
flight-views = Vue
flight-why = Pourquoi
flight-way = Chronologie
flight-trace = Trace
flight-copy_trace = Copier l’ID de trace
flight-none = Rien n’a été enregistré pour cette interaction.
flight-gone = La carte n’est plus à l’écran. Sa chronologie est toujours là.
flight-first = De l’événement à la carte
flight-later = { $after } plus tard
flight-step = Étape
flight-bar = Durée
flight-at = Après
flight-took = a duré { $time }
flight-ms = { $n } ms
flight-s = { $n } s
flight-legend = Où est passé le temps d’une requête
flight-part_dns = Nom (DNS)
flight-part_connect = Connexion
flight-part_wait = Attente
flight-part_body = Réponse
flight-sign_for = Pour
flight-sign_against = Contre
flight-sign_careful = À vérifier
flight-copy = Copier
flight-copied = Chronologie copiée
flight-save = Enregistrer JSON
flight-saved = Enregistré sous { $path }
flight-evidence = Exporter les preuves

dry-title = Essayer un événement
dry-text = Montre ce qui se passerait. Les CRM sont interrogés ; rien ne s’ouvre, ne s’écrit ni n’entre dans l’historique.
dry-open = Essayer un événement
dry-body = Événement
dry-example = Collez le JSON qu’envoie une plateforme
dry-mapping = Lire comme
dry-own = Événement Screenpop (CloudEvents ou simple)
dry-go = Montrer ce qui se passerait
dry-read = L’événement a été lu
dry-unread = Ceci n’est pas un événement.
dry-no_card = Pas de carte.
dry-card = Carte : { $name }
dry-nobody = Carte sans client
dry-would = S’ouvrirait :

evidence-title = Exporter les preuves
evidence-size = environ { $n } Ko
evidence-text = Un fichier ZIP pour votre administrateur ou l’éditeur. Vous pouvez lire chaque ligne avant l’envoi.
evidence-parts = Contenu
evidence-timeline = Chronologie
evidence-timeline_text = Cette interaction, ou les 20 dernières, étape par étape
evidence-requests = Dernières requêtes aux CRM
evidence-requests_text = Appel, chemin, statut, durée, noms des champs. Ni valeurs ni jetons
evidence-versions = Versions et réglages
evidence-versions_text = Application, système, paquet, connexions, réglages imposés
evidence-diagnosis = Résultats des contrôles
evidence-diagnosis_text = État de chaque connexion, avec cause et remède si contrôlée
evidence-masked = Les données clients sont exclues
evidence-masked_text = Noms, numéros et notes ne sont jamais enregistrés ; ce qui s’y glisse est remplacé
evidence-clean = Analysé : rien de personnel ni de secret
evidence-removed =
    { $n ->
        [one] { $n } élément remplacé
       *[other] { $n } éléments remplacés
    }
evidence-looked =
    { $n ->
        [one] { $n } nom, numéro ou secret recherché, en six écritures
       *[other] { $n } noms, numéros et secrets recherchés, chacun en six écritures
    }
evidence-preview = Aperçu
evidence-files = Fichiers
evidence-remark = Ajouter une remarque
evidence-optional = facultatif
evidence-remark_hint = Qu’avez-vous vu, et depuis quand ?
evidence-save = Enregistrer le ZIP
evidence-saved = Enregistré sous { $path }
evidence-copy = Copier le résumé
evidence-copied = Résumé copié

menu-timeline = Afficher la chronologie
today-timeline = Chronologie de { $name }
