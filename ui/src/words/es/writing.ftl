### Words of what is written: forms, wrap-up, what waits to be sent.

kind-create_case = Nuevo caso
kind-log_interaction = Registro
kind-add_note = Nota
kind-set_status = Estado
kind-set_priority = Prioridad
kind-create_customer = Nuevo cliente
kind-update_customer = Cliente

form-new_case = Nuevo caso
form-new_customer = Nuevo cliente
form-update_customer = Cambiar cliente
form-note = Nota
form-wrap_up = Cerrar contacto
form-back = Volver al cliente
form-draft = Borrador guardado
form-required = obligatorio
form-loading = Leyendo el formulario
form-failed = No se pudo leer el formulario
form-again = Intentar de nuevo
form-none = Nada elegido
form-cancel = Cancelar
form-create = Crear en { $where }
form-save = Guardar en { $where }
form-add_note = Añadir nota
form-note_in = a { $where }
form-case = Caso
form-similar = Similar y abierto: { $case }.
form-note_instead = Añadir allí una nota en su lugar
form-open_after = Abrir el caso en el navegador después de crearlo

status-change = Estado: { $status }. Cambiar
status-of = Estado de { $number }
status-in = { $number } en { $where }
status-reading = Leyendo las opciones
priority-set = Prioridad: { $priority }

write-saving = guardando
write-held = por enviar
write-waiting = por enviar
write-sending = enviando
write-parked = no aceptado
write-done = hecho
write-discarded = abandonado
write-not_saved = no guardado
write-unsure = Puede que se haya hecho de todos modos. Mire en { $where } antes de enviarlo de nuevo.

wrote-held = { $what }: guardado
wrote-not_kept = { $what }: no guardado en este equipo, por enviar
wrote-undo = Deshacer
wrote-undone = Retirado. Lo que escribió está en el formulario.
wrote-case = Caso { $number } creado
wrote-case_plain = Caso creado
wrote-open = Abrir
wrote-look = Mirar
wrote-logged = Interacción registrada

wrap-left = quedan de { $time }
wrap-left_label = Tiempo de cierre restante
wrap-say_left =
    { $n ->
        [one] Queda { $n } segundo para el cierre.
       *[other] Quedan { $n } segundos para el cierre.
    }
wrap-extend = Más tiempo
wrap-outcome = Resultado
wrap-note = Nota
wrap-case = Caso
wrap-no_case = Ningún caso
wrap-status = Cambiar estado a
wrap-keep_status = Dejar como está
wrap-follow_up = Seguimiento el
wrap-writes = Escribe en
wrap-nowhere = Solo se guarda aquí: ningún CRM conectado lo admite
wrap-log = Registrar interacción
wrap-later = Guardar para después
wrap-not_logged = No se registró a tiempo. Espera aquí hasta que la registre.

tab-wrap_up = Cierre
tab-not_logged = Sin registrar

action-new_case = Nuevo caso
action-note = Nota
action-wrap_up = Cerrar contacto
action-group = Acciones
action-new_customer = Nuevo cliente
action-update_customer = Cambiar cliente
hint-wrap_up = cerrar

queue-title = Por enviar
queue-count =
    { $n ->
        [one] { $n } por enviar
       *[other] { $n } por enviar
    }
queue-none = Nada espera ser enviado
queue-none_text = Lo que escribe se guarda aquí hasta que el CRM lo tenga, también sin conexión.
queue-not_kept = Este equipo no guarda nada: lo que espera aquí se pierde al cerrar la aplicación.
queue-tries =
    { $n ->
        [one] { $n } intento
       *[other] { $n } intentos
    }
queue-next = próximo a las { $time }
queue-since = desde { $time }
queue-edit = Editar y enviar de nuevo
queue-send = Enviar de nuevo
queue-discard = Abandonar
queue-reason = Por qué se abandona
queue-keep = Conservar

told-title = Comunicado a otros sistemas
told-text = Mensajes a las direcciones que ha fijado su organización, el más reciente primero.
told-gone = Su organización ya no indica esta dirección.
told-none = Aún no se ha comunicado nada
told-tries = Intentos
told-try = { $time }:
told-sent = Contenido, SHA-256:
told-answer = Respuesta, SHA-256:
told-id = Mensaje:

say-wrap_up = Cierre de { $name }
say-thirty = Quedan 30 segundos para cerrar { $name }
