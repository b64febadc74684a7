### Words of an interaction's card.

channel-voice = Chamada
channel-video = Chamada de vídeo
channel-chat = Chat
channel-messaging = Mensagem
channel-sms = SMS
channel-email = E-mail
channel-social = Mensagem social
channel-callback = Retorno de chamada
channel-cobrowse = Navegação conjunta
channel-other = Interação

offered-voice = Chamada oferecida
offered-video = Chamada de vídeo oferecida
offered-chat = Chat oferecido
offered-messaging = Mensagem oferecida
offered-sms = SMS oferecido
offered-email = E-mail oferecido
offered-social = Mensagem social oferecida
offered-callback = Retorno de chamada oferecido
offered-cobrowse = Navegação conjunta oferecida
offered-other = Interação oferecida

phase-offered = Oferecida
phase-accepted = aceita
phase-held = em espera
phase-withdrawn = retirada
phase-missed = perdida
phase-wrap_up = finalização
phase-transferred = transferida
phase-ended = encerrada
phase-looked_up = Consultada

tab-withdrawn = Retirada
tab-missed = Perdida
tab-transferred = Transferida
tab-ended = Encerrada

outbound-voice = Você está ligando
outbound-other = Você está escrevendo

transfer-by = { $channel } · transferida por { $who }
transfer-to = { $channel } · transferida para { $who }
state-voicemail = { $channel } · deixou uma mensagem de voz

party-consulted = Consultando { $name }
party-consulted_unnamed = Consultando um colega
party-conference = Com { $name }
party-conference_unnamed = Conferência
party-supervisor = { $name } está ouvindo
party-supervisor_unnamed = Um supervisor está ouvindo
also-on = Também em andamento: { $channel }, aba { $n }

answer-voice = Atenda na sua ferramenta de telefone
answer-other = Atenda na sua ferramenta de chat

record-opened = Aberto no navegador
record-shown = Exibido no seu CRM
record-not_opened = Registro não aberto
record-not_yet = Registro ainda não aberto
record-held_back = Não aberto sozinho
record-nothing = Nada aberto
record-failed = Não foi possível abrir o registro

# when: a time of day or a date.
saved-copy = Cópia guardada, { $when }
saved-text = O que vê foi lido às { $when } e pode ter mudado desde então. Os registos abrem-se e as notas são escritas assim que o CRM responder.

identity-verified = Identidade verificada
identity-attached = Não verificada, enviada pela sua central
identity-claimed = Não verificada, como digitada
identity-caller_number = Não verificada, só o número
identity-unknown = Não verificada

short-verified = identidade verificada
short-unverified = não verificada

advice-voice = Confirme quem está ligando antes de informar dados da conta.
advice-other = Confirme quem está escrevendo antes de informar dados da conta.

mark-vip = VIP
mark-sandbox = Testes
mark-urgent = caso urgente aberto
mark-status_unknown = Status desconhecido

id-label = N.º
id-copy = Copiar o N.º { $id } do cliente
id-copy_known = Copiar { $what }

hint-priority = Prioridade
hint-queue = Fila
hint-language = Idioma
hint-region = Região
hint-record = registro
hint-find = procurar

hints-label = Roteamento

quote-by = { $who }:
quote-open = “
quote-close = ”

cases-title = Casos abertos
cases-none = Nenhum caso aberto
cases-open = Abrir o caso
cases-all = Mostrar todos os { $n }
cases-fewer = Mostrar menos
cases-more =
    { $n ->
        [one] mais { $n } em { $source }
       *[other] mais { $n } em { $source }
    }
cases-new =
    { $n ->
        [one] { $n } novo, mostrar
       *[other] { $n } novos, mostrar
    }

case-age_today = hoje
case-due = vence { $when }
case-overdue = vencido desde { $when }
case-left = restam { $time }
case-status = Status { $status }

priority-urgent = Urgente
priority-high = Prioridade alta
priority-normal = Prioridade normal
priority-low = Prioridade baixa

activities-title = Interações anteriores
activities-none = Primeiro contato

# when: a time of day or a date.
part-as_of = dados de { $when }
part-missing = { $source } · indisponível
part-missing_text = Elas carregam sozinhas assim que { $source } responder de novo.
part-missing_any = indisponível
part-missing_any_text = Elas carregam sozinhas assim que o CRM responder de novo.

facts-label = Dados de contato

facts-disputed = Não é igual em todos os sistemas

fact-name = Nome
fact-tier = Categoria
fact-phone = Telefone
fact-email = E-mail
fact-company = Empresa
fact-open = Abrir { $name }
fact-owner = Gerente da conta
fact-extra = Mais

beside-title = Também em
beside-open = Abrir o registro em { $source }
beside-else = Encontrado em outro sistema, talvez outra pessoa

several-phone =
    { $n ->
        [one] { $n } cliente tem este número
       *[other] { $n } clientes têm este número
    }
several-other =
    { $n ->
        [one] { $n } cliente possível
       *[other] { $n } clientes possíveis
    }
several-who_voice = Quem está ligando?
several-who_other = Quem está escrevendo?
several-ask = Pergunte antes de escolher
several-conflict = Os dados apontam para pessoas diferentes. Pergunte antes de escolher.
several-more =
    { $n ->
        [one] Mais { $n } encontrado
       *[other] Mais { $n } encontrados
    }
several-search = Procurar outro nome
several-calm = Nada abre no CRM até você escolher.
several-use = Usar { $name }
several-choose = escolher

candidate-cases =
    { $n ->
        [one] { $n } caso aberto
       *[other] { $n } casos abertos
    }
candidate-no_cases = Nenhum caso aberto

reason-record_id = Número do cliente
reason-external_id = Número externo
reason-email = E-mail
reason-phone = Telefone
reason-name = Nome
reason-chosen_before = Escolhido antes
reason-against = Não: { $reason }

none-title_voice = Chamada desconhecida
none-title_other = Cliente desconhecido
none-phone = Nenhum cliente tem este número
none-other = Nenhum cliente encontrado
none-found =
    { $n ->
        [one] { $n } encontrado
       *[other] { $n } encontrados
    }
none-found_in =
    { $n ->
        [one] { $n } encontrado · { $ms } ms
       *[other] { $n } encontrados · { $ms } ms
    }
none-search = Procurar por nome, e-mail ou número
none-linked = O cliente escolhido fica vinculado a esta interação.
none-created_in = Criado em { $where }
none-already = Já existe: { $name } { $id }.
none-use = Usar este cliente
none-create = Criar e vincular
none-without = Sem cliente
none-without_title = Continuar sem cliente

nothing-title = Nada a consultar
nothing-text = Não vieram número do cliente, e-mail nem telefone.

failed-title = Não foi possível consultar o cliente

action-open = Abrir registro
action-copy_link = Copiar link
action-open_later = Abrir o registro assim que o cliente for encontrado
action-other = Outro cliente
action-find = Procurar o cliente
action-close = Fechar
action-more = Mais ações

menu-copy_id = Copiar o número do cliente
menu-copy_link = Copiar ligação do registo
menu-pin = Afixar na pesquisa
menu-unpin = Remover da pesquisa
menu-refresh = Atualizar a partir dos CRMs
menu-other = Escolher outro cliente
menu-why = Por que este cartão?
menu-close = Fechar esta interação

slow-title = { $source } está lento: { $time } até agora
slow-title_usual = { $source } está lento: { $time } até agora, normalmente { $usual }
slow-text = Paramos em 10 s. Enquanto isso, aparece o que os outros sistemas sabem.
slow-search = Pesquisar no navegador

offline-saved = { $title }: cópia salva às { $when }
offline-changed = Os valores podem ter mudado desde então.
offline-waiting = { $n } a enviar
offline-again = nova tentativa em { $time }
offline-now = tentando de novo

problem-retry = Tentar de novo agora
problem-diagnose = Executar diagnóstico
problem-search_page = Abrir a pesquisa no CRM
problem-sign_in = Entrar de novo
problem-copy_for_admin = Copiar pedido para o administrador
problem-search = Procurar de novo
problem-connect = Conectar um CRM
problem-details = Copiar os detalhes
problem-request = Solicitação { $id }
