### What is said of the product itself: permanent notices, refused events, refused commands.

banner-memory_only = No se guarda nada después de esta sesión: { $why }. Tendrá que iniciar sesión en cada arranque.
banner-keychain_locked = El llavero está bloqueado. Las fichas siguen llegando; el inicio de sesión y el historial esperan hasta que lo desbloquee.
banner-secrets_refused = No se pudieron abrir los inicios de sesión guardados y se apartaron. Inicie sesión de nuevo.
banner-loopback_http = Se accede a { $crm } sin cifrado en este equipo.
banner-nothing_kept = No se puede guardar el historial: { $why }. Las fichas siguen llegando.
banner-sign_in_ends = Su sesión en { $name } termina en { $days ->
    [one] un día
   *[other] { $days } días
}. Vuelva a iniciarla antes, cuando le convenga.
banner-sign_in_ends_today = Su sesión en { $name } termina hoy. Vuelva a iniciarla cuando le convenga.
banner-gateway = la pasarela

## Events that were refused or dropped, by code

refusal-too_many_connections = Llamaron a la vez más programas de los que se admiten.
refusal-head_malformed = Una petición no era HTTP correcto. Revise el programa que envía.
refusal-framing_ambiguous = Una petición no era HTTP correcto. Revise el programa que envía.
refusal-cut = Una petición no era HTTP correcto. Revise el programa que envía.
refusal-head_too_large = La cabecera de una petición era demasiado grande. Envíe menos campos de cabecera.
refusal-head_too_slow = Una petición llegó demasiado despacio y se terminó.
refusal-body_too_slow = Una petición llegó demasiado despacio y se terminó.
refusal-foreign_host = Una petición era para otro nombre de equipo. Puede que lo intentara una página web.
refusal-foreign_page = Una página web intentó enviar un evento. No se admiten páginas.
refusal-no_such_path = Una petición fue a otra ruta. Los eventos van a /v1/events.
refusal-wrong_method = Una petición no era POST. Los eventos se envían con POST.
refusal-wrong_type = El tipo de contenido no era de CloudEvents ni JSON.
refusal-no_length = Una petición no tenía longitud. Envíe Content-Length.
refusal-body_too_large = Un evento superaba los 64 KiB.
refusal-signature_missing = Un evento no estaba firmado. Fírmelo según Standard Webhooks.
refusal-signature_malformed = La firma de un evento no tenía la forma de Standard Webhooks.
refusal-signature_outside_window = La hora de un evento difería en más de 5 minutos. Revise ambos relojes.
refusal-signature_wrong = La firma de un evento no coincidía. Revise el secreto del emisor.
refusal-too_fast = Un emisor envió más eventos de los permitidos.
refusal-E_EVENT = Un evento firmado no tenía la forma esperada. Revise la asignación del emisor.
refusal-conflict = Se reutilizó un identificador para otro evento.
refusal-not_ours = Un evento era para otro agente.
refusal-foreign_agent = Un evento era para otro agente.
refusal-by_rule = Una interacción no tiene tarjeta por una regla de su organización.
refusal-unavailable = No se pudo guardar un evento, así que se pidió al emisor que lo intentara de nuevo.
refusal-late = Una oferta ya había caducado cuando llegó.
refusal-stale_event = Un evento llegó cuando la interacción había terminado, o fuera de orden.
refusal-stale_answer = Un CRM respondió a una pregunta que ya no estaba abierta.
refusal-stale_command = Un clic era para una ficha que ya había cambiado.
refusal-not_decided = Se iba a escribir algo cuando no estaba claro en el registro de quién.
refusal-rule_without_facts = Al final de una interacción una regla no escribió nada, porque no se sabe lo que necesita.
refusal-end_waits = Terminó una interacción sin tarjeta. Sus reglas esperan hasta que se pueda buscar al cliente: un CRM no respondió.
refusal-end_unasked = Terminó una interacción sin tarjeta y durante un día no se pudo buscar al cliente. Ninguna regla escribió nada.
refusal-end_several = Terminó una interacción sin tarjeta y puede ser de varios clientes. Ninguna regla escribió nada.
refusal-end_nobody = Terminó una interacción sin tarjeta y ningún CRM conoce al cliente. Ninguna regla escribió nada.
refusal-end_repeats = El final de una interacción no decía de cuál y puede ser de una ya conocida. Ninguna regla escribió nada.
refusal-E_LINK = Un enlace o una línea de órdenes no tenía la forma esperada.
refusal-other = Rechazado.

wrong-required = Rellene este campo
wrong-too_long = Como máximo { $most } caracteres
wrong-several_lines = Una sola línea
wrong-no_text = Contiene caracteres que no son texto
wrong-no_choice = El CRM ya no ofrece esto. Elija otra cosa
wrong-no_field = El formulario del CRM ya no tiene este campo
wrong-refused = El CRM no aceptó esto
wrong-text = Escriba un texto
wrong-choice = Elija una opción
wrong-email = Escriba una dirección de correo, por ejemplo nombre@example.com
wrong-phone = Escriba un número de teléfono con el prefijo del país, por ejemplo +34 600 012 345
wrong-number = Escriba un número
wrong-switch = Elija sí o no
wrong-date = Escriba un día, por ejemplo 2026-11-30

not-saved = Esto no se pudo guardar
    .text = { $why }. No se envió nada; lo que escribió sigue en el formulario.
