### The tray and the system's notifications.

tray-show = Mostrar el panel
tray-quit = Salir
tray-compact = Barra compacta
tray-pause = Pausar las ventanas emergentes 15 min
tray-simulate = Simular una interacción
tray-scene-one = Una coincidencia
tray-scene-vip = VIP con un caso urgente
tray-scene-several = Varias coincidencias
tray-scene-none = Ninguna coincidencia
tray-scene-slow = CRM lento
tray-scene-expired = Sesión caducada
tray-scene-offline = CRM inaccesible
tray-health = Estado
tray-settings = Ajustes
notice-show = Mostrar
notice-open = Abrir registro

## Nothing personal stands in these; the name comes below, where the policy allows it.

notice-offered =
    { $channel ->
        [voice] Llamada ofrecida
        [video] Videollamada ofrecida
        [chat] Chat ofrecido
        [messaging] Mensaje ofrecido
        [sms] SMS ofrecido
        [email] Correo ofrecido
        [social] Mensaje social ofrecido
        [callback] Devolución de llamada ofrecida
        [cobrowse] Navegación conjunta ofrecida
       *[other] Interacción ofrecida
    }
notice-accepted =
    { $channel ->
        [voice] Llamada aceptada
        [video] Videollamada aceptada
        [chat] Chat aceptado
        [messaging] Mensaje aceptado
        [sms] SMS aceptado
        [email] Correo aceptado
        [social] Mensaje social aceptado
        [callback] Devolución de llamada aceptada
        [cobrowse] Navegación conjunta aceptada
       *[other] Interacción aceptada
    }
