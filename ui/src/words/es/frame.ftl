### Words of the frame: strip, status, toasts, keys, and what is said aloud.

app-name = Screenpop
app-lost = La ventana ha perdido la aplicación
app-lost_text = Aquí no aparece nada nuevo. Cierre la ventana e inicie Screenpop de nuevo.

strip-label = Interacciones en curso
strip-empty = Sin interacciones en curso
strip-more = +{ $n }
strip-more_label =
    { $n ->
        [one] { $n } interacción más
       *[other] { $n } interacciones más
    }

tab-name = { $name }, { $channel }, { $phase }

nav-label = Vistas
nav-search = Buscar
nav-today = Hoy
nav-health = Estado
nav-settings = Ajustes
nav-back = Volver al cliente

status-label = Conexiones
status-connected =
    { $n ->
        [one] { $n } conectada
       *[other] { $n } conectadas
    }
status-sign_in = { $name }: inicie sesión de nuevo
status-problem = { $name }: problema
status-unreachable = CRM inaccesibles
status-since = desde { $when }
status-slow = { $name } lento
status-events = En vivo
status-events_failed = No llegan eventos
status-none = Ningún CRM conectado

banner-unlock = Desbloquear

toast-label = Lo sucedido
toast-arrived = { $what }: { $name }
toast-view = Ver
toast-close = Cerrar este aviso
toast-more =
    { $n ->
        [one] { $n } más espera
       *[other] { $n } más esperan
    }

copy-done = Copiado: { $what }
copy-link = Enlace copiado
pin-done = Fijado en la búsqueda
pin-undone = Ya no está fijado
copy-failed = El portapapeles no está disponible. Seleccione el texto y cópielo a mano.
copy-what = Copiar: { $what }
copy-details = Detalles copiados
copy-request = Solicitud para su administrador copiada

key-ctrl = Ctrl
key-shift = Mayús
key-enter = Intro
key-esc = Esc

title-key = { $what } ({ $key })

say-arrived = { $what }. { $who }, { $identity }.
say-vip = VIP.
say-reason = { $reason }.
say-found = { $name }.
say-found_tier = { $name }, { $tier }.
say-cases =
    { $n ->
        [one] { $n } caso abierto.
       *[other] { $n } casos abiertos.
    }
say-several =
    { $n ->
        [one] { $n } cliente posible. Elíjalo.
       *[other] { $n } clientes posibles. Elija uno. El primero es { $name }.
    }
# time: a time of day or a date.
say-saved = Copia guardada de { $time }, aún sin confirmar.
say-none = Ningún cliente encontrado. Busque, o siga sin cliente.
say-nothing = Nada que consultar.
say-withdrawn = { $name }: retirada.
say-missed = { $name }: perdida. Queda pendiente devolver la llamada.
say-transferred_by = Transferida por { $who }.
say-transferred = { $name }: transferida.
say-ended = { $name }: terminada.
say-problem = { $title }.
say-urgent = Caso urgente abierto: { $subject }.
say-urgent_due = Caso urgente abierto: { $subject }, quedan { $time }.

hidden-char = Carácter oculto { $code }

unit-ms = { $n } ms
unit-s = { $n } s
unit-seconds = s
