### The tray and the system's notifications.

tray-show = Mostrar o painel
tray-quit = Sair
tray-compact = Barra compacta
tray-pause = Pausar os pop-ups por 15 min
tray-simulate = Simular uma interação
tray-scene-one = Uma correspondência
tray-scene-vip = VIP com um caso urgente
tray-scene-several = Várias correspondências
tray-scene-none = Nenhuma correspondência
tray-scene-slow = CRM lento
tray-scene-expired = Sessão expirada
tray-scene-offline = CRM inacessível
tray-health = Estado
tray-settings = Configurações
notice-show = Mostrar
notice-open = Abrir registro

## Nothing personal stands in these; the name comes below, where the policy allows it.

notice-offered =
    { $channel ->
        [voice] Chamada oferecida
        [video] Chamada de vídeo oferecida
        [chat] Chat oferecido
        [messaging] Mensagem oferecida
        [sms] SMS oferecido
        [email] E-mail oferecido
        [social] Mensagem social oferecida
        [callback] Retorno de chamada oferecido
        [cobrowse] Navegação conjunta oferecida
       *[other] Interação oferecida
    }
notice-accepted =
    { $channel ->
        [voice] Chamada aceita
        [video] Chamada de vídeo aceita
        [chat] Chat aceito
        [messaging] Mensagem aceita
        [sms] SMS aceito
        [email] E-mail aceito
        [social] Mensagem social aceita
        [callback] Retorno de chamada aceito
        [cobrowse] Navegação conjunta aceita
       *[other] Interação aceita
    }
