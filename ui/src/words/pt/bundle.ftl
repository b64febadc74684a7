### Words of the organisation's bundle: which one is in force, and why a newer is not.

bundle-title = Definições da sua organização
bundle-none = Ainda não foi recebida nenhuma.
bundle-version = Versão { $version } para { $tenant }
bundle-for_all = Para todos
bundle-for_some = Para { $percent } em cada cem pessoas, incluindo você
bundle-since = Em vigor desde
bundle-from = Vem de
bundle-ends = Válida até
bundle-signed = Assinada com a chave
bundle-checked = Última verificação
bundle-probation = Nova: é retirada por si própria se funcionar pior do que a anterior.
bundle-note = Novidades
bundle-soon =
    { $days ->
        [one] Tem de ser renovada dentro de { $days } dia. Avise o seu administrador.
        [many] Tem de ser renovada dentro de { $days } de dias. Avise o seu administrador.
       *[other] Tem de ser renovada dentro de { $days } dias. Avise o seu administrador.
    }
bundle-over =
    { $days ->
        [one] Expirou e continua a valer por mais { $days } dia. Avise o seu administrador.
        [many] Expirou e continua a valer por mais { $days } de dias. Avise o seu administrador.
       *[other] Expirou e continua a valer por mais { $days } dias. Avise o seu administrador.
    }
bundle-ended = Expirou. Os registos deixam de abrir por si próprios até o seu administrador a renovar.
bundle-waits = A versão { $version } é primeiro para { $percent } em cada cem pessoas; recebe-a mais tarde.
bundle-locked_why = Para alterar uma destas definições, fale com o seu administrador e indique a versão { $version }.
bundle-trouble_reach = Neste momento não é possível obter as definições mais recentes.
bundle-trouble_signature = O que foi obtido não está assinado pela sua organização. Não foi aplicado.
bundle-trouble_rollback = O que foi encontrado é mais antigo do que o que estava em vigor. Não foi aplicado.
bundle-trouble_time = O que foi obtido não é válido hoje. Não foi aplicado.
bundle-trouble_not_for_us = O que foi obtido é para outra organização ou outra versão do Screenpop. Não foi aplicado.
bundle-trouble_content = O que foi obtido contém erros. Não foi aplicado; em Estado indica-se onde estão.
bundle-trouble_worse = O que foi obtido funciona pior do que o que está em vigor. Não foi aplicado.
bundle-trouble_back = A versão { $version } funcionava pior do que a anterior e foi retirada.
bundle-trouble_damaged = As definições guardadas neste computador estão danificadas. Nada abre por si próprio até serem obtidas de novo.
bundle-goes_on = Tudo continua como antes.
bundle-off = Desativado

join-title = Definições da sua organização
join-text = O seu administrador dá-lhe um endereço e a impressão digital de uma chave. Vê o que definem antes de as aceitar.
join-from = Endereço
join-from_text = Um endereço https ou o caminho de um ficheiro numa partilha.
join-key = Impressão digital da chave
join-key_text = 32 letras e algarismos. Peça-a pessoalmente ou por telefone, não na mesma mensagem que o endereço.
join-look = Ver
join-found = { $tenant } configuraria este computador
join-locked =
    { $n ->
        [one] { $n } definição passa a poder ser alterada só pela organização.
        [many] { $n } de definições passam a poder ser alteradas só pela organização.
       *[other] { $n } definições passam a poder ser alteradas só pela organização.
    }
join-crm = Liga a
join-gateway = As interações vêm de
join-report = Este computador comunica o seu estado a
join-take = Confiar e aceitar
join-taken = As definições de { $tenant } ficam em vigor assim que forem verificadas
join-open = Usar as definições da sua organização
join-leave = Deixar de as usar
join-leave_sure = Deixam então de vigorar. O que definiu por si mantém-se.

feature-search = procurar clientes
feature-simulate = interações simuladas
feature-create_customer = criar clientes
feature-update_customer = alterar clientes
feature-create_case = criar casos
feature-add_note = notas nos casos
feature-set_status = estado dos casos
