### What happened and why: the timeline, the reasons, trying an event, and the evidence.

flight-title = Qué ocurrió
flight-back = Atrás
flight-again = Leer de nuevo
flight-views = Vista
flight-why = Por qué
flight-way = Cronología
flight-trace = Traza
flight-copy_trace = Copiar ID de traza
flight-none = No se registró nada de esta interacción.
flight-gone = La ficha ya no está en pantalla. Su cronología sigue disponible.
flight-first = Del evento a la ficha
flight-later = { $after } después
flight-step = Paso
flight-bar = Duración
flight-at = Tras
flight-took = tardó { $time }
flight-ms = { $n } ms
flight-s = { $n } s
flight-legend = En qué se fue el tiempo de una solicitud
flight-part_dns = Nombre (DNS)
flight-part_connect = Conexión
flight-part_wait = Espera
flight-part_body = Respuesta
flight-sign_for = A favor
flight-sign_against = En contra
flight-sign_careful = Atención
flight-copy = Copiar
flight-copied = Cronología copiada
flight-save = Guardar JSON
flight-saved = Guardado como { $path }
flight-evidence = Exportar pruebas

dry-title = Probar un evento
dry-text = Muestra qué ocurriría. Se consulta a los CRM; nada se abre, se escribe ni entra en el historial.
dry-open = Probar un evento
dry-body = Evento
dry-example = Pegue el JSON que envía una plataforma
dry-mapping = Leer como
dry-own = Evento de Screenpop (CloudEvents o simple)
dry-go = Mostrar qué ocurriría
dry-read = El evento se leyó
dry-unread = Esto no es un evento.
dry-no_card = Sin ficha.
dry-card = Ficha: { $name }
dry-nobody = Ficha sin cliente
dry-would = Se abriría

evidence-title = Exportar pruebas
evidence-size = unos { $n } KB
evidence-text = Un archivo ZIP para su administrador o el fabricante. Puede leer cada línea antes de enviarlo.
evidence-parts = Qué se incluye
evidence-timeline = Cronología
evidence-timeline_text = Esta interacción, o las últimas 20, paso a paso
evidence-requests = Últimas solicitudes a los CRM
evidence-requests_text = Llamada, ruta, estado, duración, nombres de campos. Sin valores ni tokens
evidence-versions = Versiones y configuración
evidence-versions_text = App, sistema, paquete, conexiones, lo fijado por la organización
evidence-diagnosis = Resultados de las comprobaciones
evidence-diagnosis_text = Estado de cada conexión, con causa y solución donde se comprobó
evidence-masked = Los datos de clientes se omiten
evidence-masked_text = Nombres, números y notas nunca se registran; lo que se cuele se sustituye
evidence-clean = Analizado: nada personal ni secreto
evidence-removed =
    { $n ->
        [one] Se sustituyó { $n } hallazgo
       *[other] Se sustituyeron { $n } hallazgos
    }
evidence-looked =
    { $n ->
        [one] Se buscó { $n } nombre, número o secreto, en seis grafías
       *[other] Se buscaron { $n } nombres, números y secretos, cada uno en seis grafías
    }
evidence-preview = Vista previa
evidence-files = Archivos
evidence-remark = Añadir un comentario
evidence-optional = opcional
evidence-remark_hint = ¿Qué vio, y desde cuándo?
evidence-save = Guardar ZIP
evidence-saved = Guardado como { $path }
evidence-copy = Copiar resumen
evidence-copied = Resumen copiado

menu-timeline = Mostrar la cronología
today-timeline = Cronología de { $name }
