### Words of what is on screen besides the cards: compact bar, notice, curtain, questions.

bar-label = Barra compacta
bar-expand = Expandir
bar-show = Mostrar { $name }
bar-empty = Pronto
bar-more =
    { $n ->
        [one] mais { $n }
       *[other] mais { $n }
    }
bar-verified = Verificada
bar-cases =
    { $n ->
        [one] { $n } caso aberto
       *[other] { $n } casos abertos
    }
bar-severe = Urgente: { $subject }
bar-compact = Barra compacta
bar-pin = Manter na frente

notice-show = Mostrar
notice-open = Abrir registro
notice-cases =
    { $n ->
        [one] { $n } caso aberto
       *[other] { $n } casos abertos
    }
notice-more =
    { $n ->
        [one] mais { $n } espera
       *[other] mais { $n } esperam
    }
notice-hidden = Os nomes não são exibidos aqui.

curtain-title = Oculto
curtain-key = Você ocultou todos os dados de clientes. O que você digitou foi mantido.
curtain-idle = Oculto porque nada foi digitado por um tempo. O que você digitou foi mantido.
curtain-screen = Oculto enquanto a tela estiver bloqueada. O que você digitou foi mantido.
curtain-lift = Mostrar de novo

ask-close = O Screenpop continua em execução
ask-close_tray = Ele fica na bandeja do sistema e mostra a próxima interação. “Sair” está no menu da bandeja.
ask-close_bar = Ele fica na barra de tarefas e mostra a próxima interação.
ask-close_yes = Fechar a janela
ask-quit =
    { $n ->
        [one] { $n } item ainda não foi enviado
       *[other] { $n } itens ainda não foram enviados
    }
ask-quit_text = O que falta enviar fica guardado e é enviado no próximo início.
ask-quit_lost = Este computador não guarda nada depois de sair. Tenta-se mais uma vez agora; o que não chegar se perde.
ask-quit_yes = Sair mesmo assim
ask-no = Ficar

pause-text = Os pop-ups estão em pausa até { $time }.
pause-end = Retomar agora

masked-show = Mostrar: { $what }
masked-hidden = Oculto: { $what }

hotkey-no_keys = { $keys } não pode ser usado como atalho.
hotkey-no_modifier = { $keys } precisa de Ctrl ou Alt.
hotkey-twice = { $keys } está definido duas vezes.
hotkey-taken = Outro programa usa { $keys }.
hotkey-unsupported = Este ambiente de desktop não oferece atalhos aos programas.

settings-sound = Som
settings-sound_text = Só se esta janela não estiver à vista
settings-sound_tap = Toque suave
settings-sound_off = Nenhum
settings-shown_by = Quem mostra os avisos
settings-shown_by_screenpop = Screenpop
settings-shown_by_system = O sistema
settings-quiet = Silêncio
settings-quiet_text = Sem som e sem nomes nos avisos.
settings-quiet_blind = Este ambiente de desktop não informa quando você está apresentando: ligue você mesmo.
settings-notice_blind = Este ambiente de desktop só mostra os próprios avisos.
settings-dock = Encaixar em
settings-dock_free = Nenhuma borda
settings-dock_left = Borda esquerda
settings-dock_right = Borda direita
settings-place_blind = Este ambiente de desktop pode ignorar isso.
settings-start = Iniciar quando eu entrar no computador
settings-privacy = Privacidade
settings-lock_after = Minutos sem atividade até ocultar
settings-lock_after_text = 0 nunca oculta.
settings-lock_blind = Este ambiente de desktop não informa há quanto tempo nada é digitado.
settings-no_capture = Deixar esta janela fora das capturas de tela
settings-no_capture_blind = Este ambiente de desktop não consegue deixar uma janela de fora.
settings-mask = Oculto até passar o ponteiro
settings-mask_none = Nada
settings-mask_id = Número do cliente
settings-mask_quote = Palavras do cliente
settings-keys = Atalhos a partir de qualquer janela
settings-keys_text = Desligado até ser definido, por exemplo Ctrl+Alt+P
settings-key_show = Mostrar o Screenpop
settings-key_open = Abrir o registro
settings-key_case = Novo caso
settings-key_copy = Copiar o número do cliente
settings-key_curtain = Ocultar dados de clientes
settings-change = Pedir uma alteração
settings-change_copied = Pedido para o seu administrador copiado
settings-change_line = { $name }: { $value }
settings-minutes =
    { $n ->
        [one] { $n } minuto
       *[other] { $n } minutos
    }
