### Words of the pages: idle, today, search, health, settings, first run.

idle-title = Listo
idle-text = El próximo cliente aparece aquí.
idle-deaf = Aún no llegan interacciones
idle-deaf_text = Su programa de chat o teléfono envía eventos firmados a este equipo.
idle-no_crm = Ningún CRM está conectado
idle-connect = Conectar un CRM
idle-listen = Empezar a escuchar
idle-listening = Escuchando
idle-not_listening = Sin escuchar
idle-last = Último evento { $when }
idle-handled = Atendidas hoy
idle-to_log = Por registrar
idle-typical = Tiempo habitual
idle-see_all = Ver todo
idle-find = Buscar un cliente

simulate-title = Simular una interacción
simulate-note = Clientes inventados

scene-one = Una coincidencia
scene-vip = VIP con un caso urgente
scene-several = Varias coincidencias
scene-none = Ninguna coincidencia
scene-slow = CRM lento
scene-expired = Sesión caducada
scene-offline = CRM inaccesible

today-title = Hoy
today-sub =
    { $n ->
        [one] { $date } · { $n } interacción
       *[other] { $date } · { $n } interacciones
    }
today-none = Nada todavía hoy
today-none_text = Aquí se enumera cada interacción del día.
today-all = Todas { $n }
today-filter = Filtrar por canal
today-earlier = Mostrar días anteriores
today-outcome = Filtrar por resultado
today-none_such = Nada de este tipo
today-filter_channel = { $channel }: { $n }
today-call_back = Llamadas por devolver { $n }
today-not_logged = Sin registrar { $n }
today-unlogged =
    { $n ->
        [one] { $n } interacción aún no está registrada
       *[other] { $n } interacciones aún no están registradas
    }
today-log = Registrar { $name }
today-none_open = Nadie espera que le devuelvan la llamada
today-none_open_text = Las llamadas perdidas y los mensajes de voz se enumeran aquí hasta que devuelva la llamada.
today-show = Mostrar de nuevo a { $name }

history-offered = En curso
history-accepted = En curso
history-ended = Terminada
history-held = En curso
history-withdrawn = Retirada
history-missed = Perdida
history-wrap_up = Cierre
history-transferred = Transferida
history-looked_up = Consultada

follow_up-missed = Perdida
follow_up-voicemail = Mensaje de voz
follow_up-done = { $name }: llamada devuelta

search-title = Buscar
search-label = Buscar clientes
search-placeholder = Nombre, correo, teléfono o número de cliente
search-clear = Borrar
search-results = Resultados
search-none = Ningún cliente para «{ $words }»
search-none_text = Revise la ortografía, o pruebe con un correo o un número.
search-for = Para { $name }
search-pinned = Fijados
search-recent = Recientes
search-all = Todos los CRM
search-show = mostrar
search-link = vincular a la interacción
search-back = volver
search-found =
    { $n ->
        [one] { $n } cliente encontrado
       *[other] { $n } clientes encontrados
    }
search-found_all =
    { $n ->
        [one] { $n } resultado
       *[other] { $n } resultados
    }
search-customers = Clientes

health-title = Estado
health-check_all = Comprobar todo
health-checking = Comprobando
health-crm = CRM
health-no_crm = Aún no hay ningún CRM conectado.
health-signed_in = { $who } · con sesión iniciada
health-not_checked = Sin comprobar
health-answers = Responde
health-is_slow = Lento
health-sign_in = Inicie sesión de nuevo
health-problem = No responde
health-checked = Comprobado { $when }
health-sign_in_ends = La sesión termina: { $when }
health-allowance = { $label }: quedan { $left } de { $limit } a las { $time }
health-allowance_open = { $label }: quedan { $left } a las { $time }
health-waits = { $name } no admite más solicitudes hasta las { $time }
health-interactions = Interacciones
health-listener = Escucha en este equipo
health-listener_on = { $address } · último evento { $when }
health-listener_quiet = { $address } · aún sin eventos
health-listener_off = Apagada
health-listener_failed = No pudo iniciarse
health-heard =
    { $n ->
        [one] { $n } evento
       *[other] { $n } eventos
    }
gateway-title = Pasarela
gateway-off = No hay ninguna pasarela configurada
gateway-signing_in = Inicie sesión en el navegador; después continúa solo
gateway-connecting = Conectando con { $place }
gateway-quiet = { $place } · conectada desde las { $time } · aún sin eventos
gateway-heard = { $place } · conectada desde las { $time } · último evento { $when }
gateway-broken = { $place } · no llega nada desde las { $time }
gateway-sign_in = Iniciar sesión
gateway-sign_out = Cerrar sesión
gateway-sign_out_sure = ¿Cerrar la sesión en la pasarela? Este equipo no recibirá de ella ninguna interacción hasta que alguien vuelva a iniciar sesión.
gateway-leave = Cerrar sesión ahora
gateway-stay = Seguir con la sesión
gateway-try = Probar ahora
gateway-follows = Otro de sus dispositivos dirige: las fichas se abren solas allí, no aquí.

way-title = Camino a la pasarela
way-open = Proxy y bróker
way-proxy_enter = Introducir la contraseña del proxy
way-password_enter = Introducir la contraseña
way-back = Volver a los ajustes
way-proxy = Proxy
way-proxy_text = La conexión que trae las interacciones pasa por él.
way-proxy_which = Qué proxy
way-proxy_system = El del sistema
way-proxy_none = Ninguno
way-proxy_own = Este
way-address = Dirección
way-broker = Un bróker sin pasarela
way-broker_text = Solo donde su organización tiene un bróker y ninguna pasarela inicia su sesión.
way-addresses = Direcciones
way-addresses_text = Una por línea, se prueban en orden, por ejemplo wss://broker.example.com/mqtt
way-client_id = Id. de cliente
way-interactions = Tema de las interacciones
way-control = Tema de las peticiones de la pasarela
way-ack = Tema del resultado de los eventos
way-presence = Tema de la presencia
way-locked = Su organización lo ha fijado; solo la contraseña la introduce usted.
way-save = Guardar
way-remove = Quitar
way-saved = Guardado. Screenpop usa ahora este camino.

health-refused = Eventos rechazados
health-refused_none = No se ha rechazado ningún evento desde el inicio.
health-times =
    { $n ->
        [one] { $n } vez
       *[other] { $n } veces
    }
health-files = Archivos con un error
health-files_text = La última versión correcta sigue en vigor hasta que se corrija el archivo.
health-line = Línea { $n }
health-key = Clave
health-found = Encontrado
health-expected = Esperado
health-notices = Avisos
health-version = Screenpop { $version }
health-test = Comprobar { $name }

settings-title = Ajustes
settings-locked = Fijado por su organización
settings-locked_row = Fijado por su organización, no se puede cambiar aquí
settings-arrival = Cuando llega una interacción
settings-window = Ventana
settings-listening = Interacciones
settings-crms = CRM
settings-open = Abrir el registro del CRM
settings-open_offer = Cuando se ofrece
settings-open_accept = Cuando acepto
settings-open_never = Solo si lo pido
settings-open_cost = Al abrir, el teclado pasa al navegador.
settings-notify = Mostrar un aviso en pantalla
settings-notify_name = Nombrar al cliente en el aviso
settings-announce = Anunciar a lectores de pantalla
settings-on_top = Mantener encima
settings-theme = Apariencia
settings-theme_system = Igual que el sistema
settings-theme_light = Claro
settings-theme_dark = Oscuro
settings-language = Idioma
settings-language_system = Igual que el sistema
settings-density = Densidad
settings-density_comfortable = Cómoda
settings-density_compact = Compacta
settings-listener = Escuchar en este equipo
settings-listener_text = Eventos firmados por HTTP, solo desde este equipo.
settings-port = Puerto
settings-port_any = Cualquier puerto libre
settings-port_text = 0 toma cualquier puerto libre.
settings-region = Región de los números sin prefijo de país
settings-region_text = Dos letras, como ES.
settings-gateway = Pasarela
settings-gateway_text = Su dirección, https://… Trae las interacciones de la plataforma.
settings-agent = Mi identificador en el centro de contacto
settings-on = Activado
settings-off = Desactivado
settings-unset = Sin definir
settings-forget = Desconectar
settings-forget_sure = ¿Desconectar { $name }? Su sesión se borra de este equipo.
settings-forget_label = Desconectar { $name }
settings-keep = Conservar
settings-managed = Administrado
settings-add = Conectar un CRM
settings-empty = Aún no hay ningún CRM conectado.

connect-title = Conectar un CRM
connect-again = Iniciar sesión de nuevo en { $name }
connect-which = CRM
connect-label = Nombre
connect-label_text = Cómo se llama en esta ventana.
connect-method = Iniciar sesión con
connect-user = Nombre de usuario
connect-secret = Token o clave
connect-password = Contraseña
connect-secret_text = Va al llavero de este equipo y no se vuelve a mostrar.
connect-secret_kept = Déjelo vacío para conservar el guardado.
connect-browser_text = Se abre su navegador para iniciar sesión. En esta ventana no se escribe ninguna contraseña.
connect-waiting = Esperando al navegador
connect-waiting_text = Inicie sesión allí; esta ventana sigue sola. Espera dos minutos.
connect-more =
    { $n ->
        [one] { $n } ajuste más
       *[other] { $n } ajustes más
    }
connect-optional = opcional
connect-example = Por ejemplo { $example }
connect-go = Conectar
connect-going = Conectando
connect-cancel = Cancelar
connect-needed = Este dato es necesario.
connect-done = Conectado a { $name }
connect-done_as = Conectado a { $name } como { $who }
connect-failed = No conectado
connect-none = No se puede conectar ningún CRM. Falta un archivo de definición o tiene un error; vea Estado.

first-title = Sepa quién es antes de saludar
first-text = Screenpop está junto a su programa de chat o teléfono y muestra al cliente cuando se ofrece una interacción.
first-picture = Screenpop está junto a su programa de chat, busca al cliente en su CRM y abre el registro en su navegador
first-try = Pruébelo ahora, sin conectar
first-try_text = Un CRM de pruebas con clientes inventados. Nada sale de este equipo.
first-sandbox_start = Iniciar las pruebas
first-no_sandbox = Su administrador ha desactivado el CRM de pruebas.
first-crm = Conecte su CRM
first-crm_text = Inicie sesión con el navegador o con un token.
first-source = Conecte sus interacciones
first-source_text = Su programa de chat o teléfono envía eventos firmados a este equipo.
first-source_on = Escuchando en { $address }
first-no_listener = Su administrador ha desactivado la escucha.
first-source_switch = Empezar a escuchar
first-settings = Ajustes

audit-title = Registro de auditoría
audit-text = Lo que se hizo en este equipo: lo leído, abierto y escrito
audit-where = Se guarda en sus descargas y nombra registros de clientes. Entréguelo solo a su equipo de seguridad.
audit-write = Exportar
audit-whole =
    { $n ->
        [one] { $n } línea, sin cambios y completa
       *[other] { $n } líneas, sin cambios y completas
    }
audit-broken =
    { $n ->
        [one] { $n } línea; algo se cambió o falta. Avise a su administrador.
       *[other] { $n } líneas; algo se cambió o falta. Avise a su administrador.
    }
