### Words of an interaction's card.

channel-voice = Llamada
channel-video = Videollamada
channel-chat = Chat
channel-messaging = Mensaje
channel-sms = SMS
channel-email = Correo
channel-social = Mensaje social
channel-callback = Devolución de llamada
channel-cobrowse = Navegación conjunta
channel-other = Interacción

offered-voice = Llamada ofrecida
offered-video = Videollamada ofrecida
offered-chat = Chat ofrecido
offered-messaging = Mensaje ofrecido
offered-sms = SMS ofrecido
offered-email = Correo ofrecido
offered-social = Mensaje social ofrecido
offered-callback = Devolución de llamada ofrecida
offered-cobrowse = Navegación conjunta ofrecida
offered-other = Interacción ofrecida

phase-offered = Ofrecida
phase-accepted = aceptada
phase-held = en espera
phase-withdrawn = retirada
phase-missed = perdida
phase-wrap_up = cierre
phase-transferred = transferida
phase-ended = terminada
phase-looked_up = Consultada

tab-withdrawn = Retirada
tab-missed = Perdida
tab-transferred = Transferida
tab-ended = Terminada

outbound-voice = Usted está llamando
outbound-other = Usted está escribiendo

transfer-by = { $channel } · transferida por { $who }
transfer-to = { $channel } · transferida a { $who }
state-voicemail = { $channel } · dejó un mensaje de voz

party-consulted = Consultando a { $name }
party-consulted_unnamed = Consultando a un compañero
party-conference = Con { $name }
party-conference_unnamed = Conferencia
party-supervisor = { $name } está escuchando
party-supervisor_unnamed = Un supervisor está escuchando
also-on = También en curso: { $channel }, pestaña { $n }

answer-voice = Conteste en su programa de teléfono
answer-other = Conteste en su programa de chat

record-opened = Abierto en el navegador
record-shown = Mostrado en su CRM
record-not_opened = Registro no abierto
record-not_yet = Registro aún no abierto
record-held_back = No se abrió solo
record-nothing = Nada abierto
record-failed = No se pudo abrir el registro

# when: a time of day or a date.
saved-copy = Copia guardada, { $when }
saved-text = Lo que ve se leyó a las { $when } y puede haber cambiado desde entonces. Los registros se abren y las notas se escriben en cuanto el CRM responda.

identity-verified = Identidad verificada
identity-attached = Sin verificar, enviada por su centro de contacto
identity-claimed = Sin verificar, tal como se escribió
identity-caller_number = Sin verificar, solo el número
identity-unknown = Sin verificar

short-verified = identidad verificada
short-unverified = sin verificar

advice-voice = Compruebe quién llama antes de dar datos de la cuenta.
advice-other = Compruebe quién escribe antes de dar datos de la cuenta.

mark-vip = VIP
mark-sandbox = Pruebas
mark-urgent = caso urgente abierto
mark-status_unknown = Estado desconocido

id-label = N.º
id-copy = Copiar el N.º { $id } del cliente
id-copy_known = Copiar { $what }

hint-priority = Prioridad
hint-queue = Cola
hint-language = Idioma
hint-region = Región
hint-record = registro
hint-find = buscar

hints-label = Enrutamiento

quote-by = { $who }:
quote-open = «
quote-close = »

cases-title = Casos abiertos
cases-none = Sin casos abiertos
cases-open = Abrir el caso
cases-all = Mostrar los { $n }
cases-fewer = Mostrar menos
cases-more =
    { $n ->
        [one] { $n } más en { $source }
       *[other] { $n } más en { $source }
    }
cases-new =
    { $n ->
        [one] { $n } nuevo, mostrar
       *[other] { $n } nuevos, mostrar
    }

case-age_today = hoy
case-due = vence { $when }
case-overdue = vencido desde { $when }
case-left = quedan { $time }
case-status = Estado { $status }

priority-urgent = Urgente
priority-high = Prioridad alta
priority-normal = Prioridad normal
priority-low = Prioridad baja

activities-title = Interacciones anteriores
activities-none = Primer contacto

# when: a time of day or a date.
part-as_of = a fecha de { $when }
part-missing = { $source } · no disponible
part-missing_text = Se cargan solas en cuanto { $source } vuelva a responder.
part-missing_any = no disponible
part-missing_any_text = Se cargan solas en cuanto el CRM vuelva a responder.

facts-label = Datos de contacto

facts-disputed = No coincide en todos los sistemas

fact-name = Nombre
fact-tier = Categoría
fact-phone = Teléfono
fact-email = Correo
fact-company = Empresa
fact-open = Abrir { $name }
fact-owner = Gestor de la cuenta
fact-extra = Más

beside-title = También en
beside-open = Abrir el registro en { $source }
beside-else = Encontrado en otro sistema; quizá sea otra persona

several-phone =
    { $n ->
        [one] { $n } cliente tiene este número
       *[other] { $n } clientes comparten este número
    }
several-other =
    { $n ->
        [one] { $n } cliente posible
       *[other] { $n } clientes posibles
    }
several-who_voice = ¿Quién llama?
several-who_other = ¿Quién escribe?
several-ask = Pregunte antes de elegir
several-conflict = Los datos apuntan a personas distintas. Pregunte antes de elegir.
several-more =
    { $n ->
        [one] Se encontró { $n } más
       *[other] Se encontraron { $n } más
    }
several-search = Buscar otro nombre
several-calm = Nada se abre en el CRM hasta que usted elija.
several-use = Usar { $name }
several-choose = elegir

candidate-cases =
    { $n ->
        [one] { $n } caso abierto
       *[other] { $n } casos abiertos
    }
candidate-no_cases = Sin casos abiertos

reason-record_id = Número de cliente
reason-external_id = Número externo
reason-email = Correo
reason-phone = Teléfono
reason-name = Nombre
reason-chosen_before = Elegido antes
reason-against = No: { $reason }

none-title_voice = Llamada desconocida
none-title_other = Cliente desconocido
none-phone = Ningún cliente tiene este número
none-other = Ningún cliente encontrado
none-found = { $n } encontrados
none-found_in = { $n } encontrados · { $ms } ms
none-search = Buscar por nombre, correo o número
none-linked = El cliente que elija queda vinculado a esta interacción.
none-created_in = Se crea en { $where }
none-already = Ya existe: { $name } { $id }.
none-use = Usar este cliente
none-create = Crear y vincular
none-without = Sin cliente
none-without_title = Continuar sin cliente

nothing-title = Nada que consultar
nothing-text = No llegó número de cliente, correo ni teléfono.

failed-title = No se pudo consultar el cliente

action-open = Abrir registro
action-copy_link = Copiar enlace
action-open_later = Abrir el registro en cuanto se encuentre al cliente
action-other = Otro cliente
action-find = Buscar al cliente
action-close = Cerrar
action-more = Más acciones

menu-copy_id = Copiar el número de cliente
menu-copy_link = Copiar enlace al registro
menu-pin = Fijar en la búsqueda
menu-unpin = Quitar de la búsqueda
menu-refresh = Actualizar desde los CRM
menu-other = Elegir otro cliente
menu-why = ¿Por qué esta ficha?
menu-close = Cerrar esta interacción

slow-title = { $source } va lento: { $time } hasta ahora
slow-title_usual = { $source } va lento: { $time } hasta ahora, normalmente { $usual }
slow-text = Paramos a los 10 s. Mientras tanto se muestra lo que saben los otros sistemas.
slow-search = Buscar en el navegador

offline-saved = { $title }: copia guardada a las { $when }
offline-changed = Los valores pueden haber cambiado desde entonces.
offline-waiting = { $n } por enviar
offline-again = nuevo intento en { $time }
offline-now = intentando de nuevo

problem-retry = Intentar ahora de nuevo
problem-diagnose = Ejecutar diagnóstico
problem-search_page = Abrir la búsqueda en el CRM
problem-sign_in = Iniciar sesión de nuevo
problem-copy_for_admin = Copiar solicitud para el administrador
problem-search = Buscar de nuevo
problem-connect = Conectar un CRM
problem-details = Copiar los detalles
problem-request = Solicitud { $id }
