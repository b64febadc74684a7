### Words of the pages: idle, today, search, health, settings, first run.

idle-title = Pronto
idle-text = O próximo cliente aparece aqui.
idle-deaf = Ainda não chegam interações
idle-deaf_text = Sua ferramenta de chat ou telefone envia eventos assinados a este computador.
idle-no_crm = Nenhum CRM está conectado
idle-connect = Conectar um CRM
idle-listen = Começar a escutar
idle-listening = Escutando
idle-not_listening = Sem escutar
idle-last = Último evento { $when }
idle-handled = Atendidas hoje
idle-to_log = A registrar
idle-typical = Tempo habitual
idle-see_all = Ver tudo
idle-find = Procurar um cliente

simulate-title = Simular uma interação
simulate-note = Clientes inventados

scene-one = Uma correspondência
scene-vip = VIP com um caso urgente
scene-several = Várias correspondências
scene-none = Nenhuma correspondência
scene-slow = CRM lento
scene-expired = Sessão expirada
scene-offline = CRM inacessível

today-title = Hoje
today-sub =
    { $n ->
        [one] { $date } · { $n } interação
       *[other] { $date } · { $n } interações
    }
today-none = Nada ainda hoje
today-none_text = Cada interação do dia aparece aqui.
today-all = Todas { $n }
today-filter = Filtrar por canal
today-earlier = Mostrar dias anteriores
today-outcome = Filtrar por resultado
today-none_such = Nada deste tipo
today-filter_channel = { $channel }: { $n }
today-call_back = A retornar { $n }
today-not_logged = Não registradas { $n }
today-unlogged =
    { $n ->
        [one] { $n } interação ainda não foi registrada
       *[other] { $n } interações ainda não foram registradas
    }
today-log = Registrar { $name }
today-none_open = Ninguém aguarda retorno
today-none_open_text = Chamadas perdidas e mensagens de voz aparecem aqui até você retornar a chamada.
today-show = Mostrar { $name } de novo

history-offered = Em andamento
history-accepted = Em andamento
history-ended = Encerrada
history-held = Em andamento
history-withdrawn = Retirada
history-missed = Perdida
history-wrap_up = Finalização
history-transferred = Transferida
history-looked_up = Consultada

follow_up-missed = Perdida
follow_up-voicemail = Mensagem de voz
follow_up-done = { $name }: chamada retornada

search-title = Busca
search-label = Procurar clientes
search-placeholder = Nome, e-mail, telefone ou número do cliente
search-clear = Limpar
search-results = Resultados
search-none = Nenhum cliente para “{ $words }”
search-none_text = Confira a grafia, ou tente um e-mail ou um número.
search-for = Para { $name }
search-pinned = Afixados
search-recent = Recentes
search-all = Todos os CRMs
search-show = mostrar
search-link = vincular à interação
search-back = voltar
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
health-check_all = Verificar tudo
health-checking = Verificando
health-crm = CRM
health-no_crm = Nenhum CRM está conectado ainda.
health-signed_in = { $who } · conectado
health-not_checked = Ainda não verificado
health-answers = Responde
health-is_slow = Lento
health-sign_in = Entre de novo
health-problem = Não responde
health-checked = Verificado { $when }
health-sign_in_ends = A sessão termina: { $when }
health-allowance = { $label }: restam { $left } de { $limit } às { $time }
health-allowance_open = { $label }: restam { $left } às { $time }
health-waits = { $name } não aceita mais solicitações até { $time }
health-interactions = Interações
health-listener = Escuta neste computador
health-listener_on = { $address } · último evento { $when }
health-listener_quiet = { $address } · nenhum evento ainda
health-listener_off = Desligada
health-listener_failed = Não pôde iniciar
health-heard =
    { $n ->
        [one] { $n } evento
       *[other] { $n } eventos
    }
gateway-title = Gateway
gateway-off = Nenhum gateway configurado
gateway-signing_in = Entre pelo navegador; depois continua sozinho
gateway-connecting = Conectando a { $place }
gateway-quiet = { $place } · conectado desde { $time } · nenhum evento ainda
gateway-heard = { $place } · conectado desde { $time } · último evento { $when }
gateway-broken = { $place } · nada chega desde { $time }
gateway-sign_in = Entrar
gateway-sign_out = Sair
gateway-sign_out_sure = Sair do gateway? Este dispositivo não recebe mais interações dele até que alguém entre de novo.
gateway-leave = Sair agora
gateway-stay = Continuar conectado
gateway-try = Tentar agora
gateway-follows = Outro dos seus dispositivos lidera: os registros abrem sozinhos lá, não aqui.

way-title = Caminho até o gateway
way-open = Proxy e broker
way-proxy_enter = Inserir a senha do proxy
way-password_enter = Inserir a senha
way-back = Voltar às configurações
way-proxy = Proxy
way-proxy_text = A conexão que traz as interações passa por ele.
way-proxy_which = Qual proxy
way-proxy_system = O do sistema
way-proxy_none = Nenhum
way-proxy_own = Este
way-address = Endereço
way-broker = Um broker sem gateway
way-broker_text = Só onde sua organização tem um broker e nenhum gateway faz seu login.
way-addresses = Endereços
way-addresses_text = Um por linha, tentados em ordem, como wss://broker.example.com/mqtt
way-client_id = ID do cliente
way-interactions = Tópico das interações
way-control = Tópico dos pedidos do gateway
way-ack = Tópico do destino dos eventos
way-presence = Tópico de presença
way-locked = Sua organização definiu isto; só a senha é sua.
way-save = Salvar
way-remove = Remover
way-saved = Salvo. O Screenpop usa agora este caminho.

health-refused = Eventos recusados
health-refused_none = Nenhum evento foi recusado desde o início.
health-times =
    { $n ->
        [one] { $n } vez
       *[other] { $n } vezes
    }
health-files = Arquivos com um erro
health-files_text = A última versão correta continua em vigor até o arquivo ser corrigido.
health-line = Linha { $n }
health-key = Chave
health-found = Encontrado
health-expected = Esperado
health-notices = Avisos
health-version = Screenpop { $version }
health-test = Verificar { $name }

settings-title = Configurações
settings-locked = Definido pela sua organização
settings-locked_row = Definido pela sua organização, não pode ser mudado aqui
settings-arrival = Quando chega uma interação
settings-window = Janela
settings-listening = Interações
settings-crms = CRMs
settings-open = Abrir o registro do CRM
settings-open_offer = Quando é oferecida
settings-open_accept = Quando eu aceito
settings-open_never = Só quando eu peço
settings-open_cost = Ao abrir, o teclado passa para o navegador.
settings-notify = Mostrar um aviso na tela
settings-notify_name = Dizer o nome do cliente no aviso
settings-announce = Anunciar a leitores de tela
settings-on_top = Manter na frente
settings-theme = Aparência
settings-theme_system = Igual ao sistema
settings-theme_light = Claro
settings-theme_dark = Escuro
settings-language = Idioma
settings-language_system = Igual ao sistema
settings-density = Densidade
settings-density_comfortable = Confortável
settings-density_compact = Compacta
settings-listener = Escutar neste computador
settings-listener_text = Eventos assinados por HTTP, só deste computador.
settings-port = Porta
settings-port_any = Qualquer porta livre
settings-port_text = 0 usa qualquer porta livre.
settings-region = Região dos números sem código do país
settings-region_text = Duas letras, como ES.
settings-gateway = Gateway
settings-gateway_text = O endereço dele, https://… Ele traz as interações da plataforma.
settings-agent = Meu identificador na central
settings-on = Ligado
settings-off = Desligado
settings-unset = Não definido
settings-forget = Desconectar
settings-forget_sure = Desconectar { $name }? O acesso dele é apagado deste computador.
settings-forget_label = Desconectar { $name }
settings-keep = Manter
settings-managed = Gerenciado
settings-add = Conectar um CRM
settings-empty = Nenhum CRM está conectado ainda.

connect-title = Conectar um CRM
connect-again = Entrar de novo em { $name }
connect-which = CRM
connect-label = Nome
connect-label_text = Como se chama nesta janela.
connect-method = Entrar com
connect-user = Nome de usuário
connect-secret = Token ou chave
connect-password = Senha
connect-secret_text = Vai para o chaveiro deste computador e nunca mais é exibido.
connect-secret_kept = Deixe vazio para manter o que está guardado.
connect-browser_text = Seu navegador abre para a entrada. Nenhuma senha é digitada nesta janela.
connect-waiting = Aguardando o navegador
connect-waiting_text = Entre por lá; esta janela continua sozinha. Ela espera dois minutos.
connect-more =
    { $n ->
        [one] mais { $n } configuração
       *[other] mais { $n } configurações
    }
connect-optional = opcional
connect-example = Por exemplo { $example }
connect-go = Conectar
connect-going = Conectando
connect-cancel = Cancelar
connect-needed = Este dado é necessário.
connect-done = Conectado a { $name }
connect-done_as = Conectado a { $name } como { $who }
connect-failed = Não conectado
connect-none = Nenhum CRM pode ser conectado. Um arquivo de definição falta ou tem um erro; veja Estado.

first-title = Saiba quem é antes do olá
first-text = O Screenpop fica ao lado da sua ferramenta de chat ou telefone e mostra o cliente quando uma interação é oferecida.
first-picture = O Screenpop fica ao lado da sua ferramenta de chat, procura o cliente no seu CRM e abre o registro no seu navegador
first-try = Experimente agora, sem conectar
first-try_text = Um CRM de testes com clientes inventados. Nada sai deste computador.
first-sandbox_start = Iniciar os testes
first-no_sandbox = Seu administrador desligou o CRM de testes.
first-crm = Conecte seu CRM
first-crm_text = Entre com o navegador ou com um token.
first-source = Conecte suas interações
first-source_text = Sua ferramenta de chat ou telefone envia eventos assinados a este computador.
first-source_on = Escutando em { $address }
first-no_listener = Seu administrador desligou a escuta.
first-source_switch = Começar a escutar
first-settings = Configurações

audit-title = Registro de auditoria
audit-text = O que foi feito neste computador: lido, aberto e escrito
audit-where = É gravado em seus downloads e nomeia registros de clientes. Entregue-o somente à sua equipe de segurança.
audit-write = Exportar
audit-whole =
    { $n ->
        [one] { $n } linha, sem alteração e completa
       *[other] { $n } linhas, sem alteração e completas
    }
audit-broken =
    { $n ->
        [one] { $n } linha; algo foi alterado ou está faltando. Avise o administrador.
       *[other] { $n } linhas; algo foi alterado ou está faltando. Avise o administrador.
    }
