### Words of what is on screen besides the cards: compact bar, notice, curtain, questions.

bar-label = Barra compacta
bar-expand = Ampliar
bar-show = Mostrar a { $name }
bar-empty = Listo
bar-more =
    { $n ->
        [one] { $n } más
       *[other] { $n } más
    }
bar-verified = Verificada
bar-cases =
    { $n ->
        [one] { $n } caso abierto
       *[other] { $n } casos abiertos
    }
bar-severe = Urgente: { $subject }
bar-compact = Barra compacta
bar-pin = Mantener encima

notice-show = Mostrar
notice-open = Abrir registro
notice-cases =
    { $n ->
        [one] { $n } caso abierto
       *[other] { $n } casos abiertos
    }
notice-more =
    { $n ->
        [one] { $n } más espera
       *[other] { $n } más esperan
    }
notice-hidden = Aquí no se muestran nombres.

curtain-title = Oculto
curtain-key = Usted ocultó todos los datos de clientes. Lo que escribió se conserva.
curtain-idle = Oculto porque no se escribió nada durante un rato. Lo que escribió se conserva.
curtain-screen = Oculto mientras la pantalla esté bloqueada. Lo que escribió se conserva.
curtain-lift = Mostrar de nuevo

ask-close = Screenpop sigue en marcha
ask-close_tray = Permanece en la bandeja del sistema y muestra la próxima interacción. «Salir» está en el menú de la bandeja.
ask-close_bar = Permanece en la barra de tareas y muestra la próxima interacción.
ask-close_yes = Cerrar la ventana
ask-quit =
    { $n ->
        [one] { $n } elemento aún no se ha enviado
       *[other] { $n } elementos aún no se han enviado
    }
ask-quit_text = Lo pendiente se conserva y se envía en el próximo inicio.
ask-quit_lost = Este equipo no guarda nada al cerrar la aplicación. Ahora se intenta una vez más; lo que no llegue se pierde.
ask-quit_yes = Salir de todos modos
ask-no = Quedarse

pause-text = Las ventanas emergentes están en pausa hasta las { $time }.
pause-end = Reanudar ahora

masked-show = Mostrar: { $what }
masked-hidden = Oculto: { $what }

hotkey-no_keys = { $keys } no se puede usar como atajo.
hotkey-no_modifier = { $keys } necesita Ctrl o Alt.
hotkey-twice = { $keys } está asignado dos veces.
hotkey-taken = Otro programa usa { $keys }.
hotkey-unsupported = Este entorno de escritorio no ofrece atajos a los programas.

settings-sound = Sonido
settings-sound_text = Solo si esta ventana no está a la vista
settings-sound_tap = Toque suave
settings-sound_off = Ninguno
settings-shown_by = Los avisos los muestra
settings-shown_by_screenpop = Screenpop
settings-shown_by_system = El sistema
settings-quiet = Silencio
settings-quiet_text = Sin sonido y sin nombres en los avisos.
settings-quiet_blind = Este entorno de escritorio no indica cuándo está presentando: actívelo usted.
settings-notice_blind = Este entorno de escritorio solo muestra sus propios avisos.
settings-dock = Acoplar a
settings-dock_free = Ningún borde
settings-dock_left = Borde izquierdo
settings-dock_right = Borde derecho
settings-place_blind = Es posible que este entorno de escritorio no lo respete.
settings-start = Iniciar cuando inicio sesión en el equipo
settings-privacy = Privacidad
settings-lock_after = Minutos sin actividad hasta ocultar
settings-lock_after_text = 0 no oculta nunca.
settings-lock_blind = Este entorno de escritorio no indica cuánto tiempo lleva sin actividad.
settings-no_capture = Excluir esta ventana de las capturas de pantalla
settings-no_capture_blind = Este entorno de escritorio no puede excluir ventanas.
settings-mask = Oculto hasta señalarlo con el puntero
settings-mask_none = Nada
settings-mask_id = Número de cliente
settings-mask_quote = Palabras del cliente
settings-keys = Atajos desde cualquier ventana
settings-keys_text = Desactivado hasta definirlo; por ejemplo, Ctrl+Alt+P
settings-key_show = Mostrar Screenpop
settings-key_open = Abrir el registro
settings-key_case = Nuevo caso
settings-key_copy = Copiar el número de cliente
settings-key_curtain = Ocultar los datos de clientes
settings-change = Solicitar un cambio
settings-change_copied = Solicitud para su administrador copiada
settings-change_line = { $name }: { $value }
settings-minutes =
    { $n ->
        [one] { $n } minuto
       *[other] { $n } minutos
    }
