### Why a card is as it is, and the steps of its way.

## Why a card is as it is. $crm is what people call the system, $by what the customer was found by.

explain-who = Por que este cliente
explain-people = Quem foi encontrado
explain-opening = O registro no CRM
explain-rules = O que as regras fizeram
explain-asked = Quem foi consultado

explain-who-one = Exatamente um cliente corresponde
    .text = Encontrado em { $crm } por { $by }.
explain-who-unsure = Um cliente corresponde, mas não é certo
    .text = Encontrado em { $crm } por { $by }. Outro CRM, ou parte deste, não respondeu e pode conhecer outra pessoa; ou você descartou alguém.
explain-who-chosen = Você escolheu este cliente
    .text = O registro está em { $crm }. Sua escolha virá primeiro da próxima vez; nunca abre nada sozinha.
explain-who-several =
    { $n ->
        [one] { $n } cliente corresponde; a escolha é sua
       *[other] { $n } clientes correspondem; a escolha é sua
    }
    .text = Todos foram encontrados por dados igualmente confiáveis. Nada abre e nada é gravado até você escolher.
explain-who-conflict = O que chegou aponta para pessoas diferentes
    .text = Identificadores de confiança diferente encontraram pessoas diferentes. Nada abre e nada é gravado até você escolher.
explain-who-none = Ninguém conhece este cliente
    .text = Todos os CRMs responderam, e nenhum tem um registro do que chegou.
explain-who-failed = Não se sabe quem é
    .text = Um CRM que poderia saber não conseguiu responder.
explain-who-looking = Ainda em busca
    .text = Nem todos os CRMs responderam ainda.
explain-who-nothing = Não chegou nada que identifique um cliente
    .text = Um número oculto, curto ou próprio nunca corresponde a ninguém.
explain-came = Recebido: { $by }
explain-refused = Não usado, { $kind }: { $why }

explain-kind-id = ID do registro
explain-kind-external_id = número do cliente
explain-kind-email = endereço de e-mail
explain-kind-phone = número de telefone
explain-by-authenticated = { $kind }, verificado pela plataforma
explain-by-attached = { $kind }, anexado pela plataforma
explain-by-claimed = { $kind }, declarado
explain-by-caller = { $kind }, da rede telefônica, falsificável

explain-person = { $why } { $crm }: { $by }
explain-person-meant = O cliente do cartão.
explain-person-same = A mesma pessoa em outro CRM.
explain-person-among = Pode ser esta pessoa.
explain-person-undecided = Ainda não decidido.
explain-person-weaker = Não é: um dado mais confiável encontrou outra pessoa.
explain-person-rejected = Não é: você disse.
explain-person-not_chosen = Não é: você escolheu outra pessoa.
explain-person-less = Não é: um CRM mais importante decide.

explain-opening-browser = Aberto no navegador
explain-opening-crm = Mostrado na janela do CRM
explain-opening-way = Sendo aberto
explain-opening-would = Abriria
explain-opening-failed = Não foi possível abrir
explain-opening-held_back = Retido
    .text = Mais de três registros teriam aberto sozinhos em dez segundos. Abra-o você mesmo.
explain-opening-pausing = Aguardando uma pausa na digitação
    .text = Um navegador que abre toma o teclado. Abre no máximo após oito segundos.
explain-opening-looking = Não aberto: ainda se busca quem é
explain-opening-nobody = Não aberto: nenhum cliente conhecido
explain-opening-several = Não aberto: vários correspondem, e você decide
explain-opening-conflict = Não aberto: o que chegou aponta para pessoas diferentes
explain-opening-not_sure = Não aberto: quem não respondeu pode conhecer outro cliente
explain-opening-used = Não aberto de novo: já abriu uma vez nesta interação
explain-opening-over = Não aberto: a interação terminou
explain-opening-before_accept = Abre quando você aceitar
explain-opening-never = Não aberto: nada abre sozinho aqui
explain-opening-paused = Não aberto: você pausou as janelas
explain-opening-follower = Não aberto: outro dispositivo seu lidera
explain-opening-bundle = Não aberto: as configurações da organização expiraram
explain-opening-no_record = Não aberto: o cliente não tem registro do tipo previsto
explain-opening_by-setting = Quando abre é uma configuração
explain-opening_by-outbound = Quando abre é a configuração das chamadas feitas
explain-opening_by-rule = Quando abre é definido pela regra “{ $rule }”

explain-rule-none = Nenhuma regra se aplicou
explain-rule-by = Regra “{ $rule }”
explain-rule-silent = Sem cartão
explain-rule-offer = Abre na oferta
explain-rule-accept = Abre ao aceitar
explain-rule-never = Nunca abre sozinho
explain-rule-records = Qual registro abre
explain-rule-vip = Marcado como VIP
explain-rule-priority = Prioridade: { $value }
explain-rule-queue = Fila: { $value }
explain-rule-language = Idioma: { $value }

explain-asked-found =
    { $n ->
        [one] { $crm } encontrou { $n } cliente
       *[other] { $crm } encontrou { $n } clientes
    }
explain-asked-waiting = { $crm } ainda não respondeu

## The steps of an interaction’s way, by the flight recorder’s words.

mark-received = Recebido
mark-verified = Assinatura verificada
mark-mapped = Lido como evento
mark-popped = Cartão criado
mark-accepted = Aceito pelo agente
mark-rule = Regra aplicada
mark-asked_who = Perguntado quem é
mark-asked_cases = Pedidos os casos
mark-asked_activities = Pedido o histórico
mark-answered_who = Respondido quem é
mark-answered_cases = Casos recebidos
mark-answered_activities = Histórico recebido
mark-request = Solicitação
mark-matched_one = Um cliente
mark-matched_several = Vários clientes
mark-matched_none = Ninguém conhecido
mark-match_failed = Não foi possível buscar
mark-link_chosen = Link escolhido
mark-link_missing = Nenhum link possível
mark-opened = Aberto no navegador
mark-shown_in_crm = Mostrado no CRM
mark-open_failed = Não abriu
mark-held_back = Abertura retida
mark-painted = Cartão na tela
mark-painted_complete = Completo na tela
mark-ended = Encerrado
mark-write_kept = Entrada salva aqui
mark-write_waiting = Entrada aguarda envio
mark-write_sent = Entrada sendo enviada
mark-write_failed = Envio falhou, nova tentativa depois
mark-write_parked = Entrada aguarda uma pessoa
mark-written = Gravado no CRM
mark-write_discarded = Entrada retirada
mark-write_lost = Entrada não pôde ser salva
