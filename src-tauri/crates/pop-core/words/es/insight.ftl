### Why a card is as it is, and the steps of its way.

## Why a card is as it is. $crm is what people call the system, $by what the customer was found by.

explain-who = Por qué este cliente
explain-people = A quién se encontró
explain-opening = El registro en el CRM
explain-rules = Qué hicieron las reglas
explain-asked = A quién se preguntó

explain-who-one = Coincide exactamente un cliente
    .text = Encontrado en { $crm } por { $by }.
explain-who-unsure = Coincide un cliente, pero no es seguro
    .text = Encontrado en { $crm } por { $by }. Otro CRM, o una parte de este, no ha respondido y podría conocer a otra persona; o usted ha descartado a alguien.
explain-who-chosen = Usted eligió a este cliente
    .text = El registro está en { $crm }. Su elección irá primero la próxima vez; nunca abre nada por sí sola.
explain-who-several =
    { $n ->
        [one] Coincide { $n } cliente; usted decide
       *[other] Coinciden { $n } clientes; usted decide
    }
    .text = Todos se encontraron por datos igual de fiables. Nada se abre ni se escribe hasta que usted elija.
explain-who-conflict = Lo recibido apunta a personas distintas
    .text = Identificadores de distinta fiabilidad encontraron a personas distintas. Nada se abre ni se escribe hasta que usted elija.
explain-who-none = Nadie conoce a este cliente
    .text = Todos los CRM respondieron y ninguno tiene un registro de lo recibido.
explain-who-failed = No se sabe quién es
    .text = Un CRM que podría saberlo no pudo responder.
explain-who-looking = Aún se está buscando
    .text = Aún no han respondido todos los CRM.
explain-who-nothing = No llegó nada que identifique a un cliente
    .text = Un número oculto, corto o propio nunca coincide con nadie.
explain-came = Recibido: { $by }
explain-refused = No usado, { $kind }: { $why }

explain-kind-id = ID de registro
explain-kind-external_id = número de cliente
explain-kind-email = correo electrónico
explain-kind-phone = número de teléfono
explain-by-authenticated = { $kind }, verificado por la plataforma
explain-by-attached = { $kind }, adjuntado por la plataforma
explain-by-claimed = { $kind }, declarado
explain-by-caller = { $kind }, de la red telefónica, falsificable

explain-person = { $why } { $crm }: { $by }
explain-person-meant = El cliente de la ficha.
explain-person-same = La misma persona en otro CRM.
explain-person-among = Puede ser esta persona.
explain-person-undecided = Aún sin decidir.
explain-person-weaker = No es: un dato más fiable encontró a otra persona.
explain-person-rejected = No es: usted lo dijo.
explain-person-not_chosen = No es: usted eligió a otra persona.
explain-person-less = No es: decide un CRM más importante.

explain-opening-browser = Abierto en el navegador
explain-opening-crm = Mostrado en la ventana del CRM
explain-opening-way = Se está abriendo
explain-opening-would = Se abriría
explain-opening-failed = No se pudo abrir
explain-opening-held_back = Retenido
    .text = Más de tres registros se habrían abierto solos en diez segundos. Ábralo usted.
explain-opening-pausing = Esperando una pausa al escribir
    .text = Un navegador que se abre toma el teclado. Se abre a los ocho segundos como máximo.
explain-opening-looking = No abierto: aún se busca quién es
explain-opening-nobody = No abierto: no se conoce al cliente
explain-opening-several = No abierto: coinciden varios y usted decide
explain-opening-conflict = No abierto: lo recibido apunta a personas distintas
explain-opening-not_sure = No abierto: quien no ha respondido podría conocer a otro cliente
explain-opening-used = No se abre otra vez: ya se abrió una vez en esta interacción
explain-opening-over = No abierto: la interacción terminó
explain-opening-before_accept = Se abre cuando usted acepte
explain-opening-never = No abierto: aquí nada se abre solo
explain-opening-paused = No abierto: usted pausó las ventanas
explain-opening-follower = No abierto: dirige otro de sus equipos
explain-opening-bundle = No abierto: la configuración de su organización caducó
explain-opening-no_record = No abierto: el cliente no tiene un registro del tipo previsto
explain-opening_by-setting = Cuándo se abre es un ajuste
explain-opening_by-outbound = Cuándo se abre es el ajuste para sus llamadas
explain-opening_by-rule = Cuándo se abre lo dice la regla «{ $rule }»

explain-rule-none = Ninguna regla se aplicó
explain-rule-by = Regla «{ $rule }»
explain-rule-silent = Sin ficha
explain-rule-offer = Se abre al ofrecerse
explain-rule-accept = Se abre al aceptar
explain-rule-never = Nunca se abre solo
explain-rule-records = Qué registro se abre
explain-rule-vip = Marcado como VIP
explain-rule-priority = Prioridad: { $value }
explain-rule-queue = Cola: { $value }
explain-rule-language = Idioma: { $value }

explain-asked-found =
    { $n ->
        [one] { $crm } encontró { $n } cliente
       *[other] { $crm } encontró { $n } clientes
    }
explain-asked-waiting = { $crm } aún no ha respondido

## The steps of an interaction’s way, by the flight recorder’s words.

mark-received = Recibido
mark-verified = Firma verificada
mark-mapped = Leído como evento
mark-popped = Ficha creada
mark-accepted = Aceptado por el agente
mark-rule = Regla aplicada
mark-asked_who = Se preguntó quién es
mark-asked_cases = Se pidieron los casos
mark-asked_activities = Se pidió el historial
mark-answered_who = Respondido quién es
mark-answered_cases = Casos recibidos
mark-answered_activities = Historial recibido
mark-request = Solicitud
mark-matched_one = Un cliente
mark-matched_several = Varios clientes
mark-matched_none = Nadie conocido
mark-match_failed = No se pudo buscar
mark-link_chosen = Enlace elegido
mark-link_missing = No se puede formar el enlace
mark-opened = Abierto en el navegador
mark-shown_in_crm = Mostrado en el CRM
mark-open_failed = No se pudo abrir
mark-held_back = Apertura retenida
mark-painted = Ficha en pantalla
mark-painted_complete = Completo en pantalla
mark-ended = Terminado
mark-write_kept = Entrada guardada aquí
mark-write_waiting = La entrada espera su envío
mark-write_sent = Enviando la entrada
mark-write_failed = Falló el envío, se reintenta
mark-write_parked = La entrada espera a una persona
mark-written = Escrito en el CRM
mark-write_discarded = Entrada retirada
mark-write_lost = No se pudo guardar la entrada
