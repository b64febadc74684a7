### What happened and why: the timeline, the reasons, trying an event, and the evidence.

flight-title = O que aconteceu
flight-back = Voltar
flight-again = Ler de novo
flight-views = Visão
flight-why = Por quê
flight-way = Linha do tempo
flight-trace = Rastreamento
flight-copy_trace = Copiar ID de rastreamento
flight-none = Nada foi registrado desta interação.
flight-gone = O cartão não está mais na tela. Sua linha do tempo continua disponível.
flight-first = Do evento ao cartão
flight-later = { $after } depois
flight-step = Etapa
flight-bar = Duração
flight-at = Após
flight-took = levou { $time }
flight-ms = { $n } ms
flight-s = { $n } s
flight-legend = Onde foi o tempo de uma solicitação
flight-part_dns = Nome (DNS)
flight-part_connect = Conexão
flight-part_wait = Espera
flight-part_body = Resposta
flight-sign_for = A favor
flight-sign_against = Contra
flight-sign_careful = Atenção
flight-copy = Copiar
flight-copied = Linha do tempo copiada
flight-save = Salvar JSON
flight-saved = Salvo como { $path }
flight-evidence = Exportar evidências

dry-title = Testar um evento
dry-text = Mostra o que aconteceria. Os CRMs são consultados; nada abre, é gravado ou entra no histórico.
dry-open = Testar um evento
dry-body = Evento
dry-example = Cole o JSON que uma plataforma envia
dry-mapping = Ler como
dry-own = Evento do Screenpop (CloudEvents ou simples)
dry-go = Mostrar o que aconteceria
dry-read = O evento foi lido
dry-unread = Isto não é um evento.
dry-no_card = Sem cartão.
dry-card = Cartão: { $name }
dry-nobody = Cartão sem cliente
dry-would = Abriria

evidence-title = Exportar evidências
evidence-size = cerca de { $n } KB
evidence-text = Um arquivo ZIP para o administrador ou o fornecedor. Você pode ler cada linha antes de enviar.
evidence-parts = O que entra
evidence-timeline = Linha do tempo
evidence-timeline_text = Esta interação, ou as últimas 20, passo a passo
evidence-requests = Últimas solicitações aos CRMs
evidence-requests_text = Chamada, caminho, status, duração, nomes de campos. Sem valores nem tokens
evidence-versions = Versões e configurações
evidence-versions_text = App, sistema, pacote, conexões, o que a organização definiu
evidence-diagnosis = Resultados das verificações
evidence-diagnosis_text = Estado de cada conexão, com causa e solução onde houve verificação
evidence-masked = Dados de clientes ficam de fora
evidence-masked_text = Nomes, números e notas nunca são registrados; o que escapar é substituído
evidence-clean = Verificado: nada pessoal ou secreto
evidence-removed =
    { $n ->
        [one] { $n } ocorrência substituída
       *[other] { $n } ocorrências substituídas
    }
evidence-looked =
    { $n ->
        [one] { $n } nome, número ou segredo procurado, em seis grafias
       *[other] { $n } nomes, números e segredos procurados, cada um em seis grafias
    }
evidence-preview = Prévia
evidence-files = Arquivos
evidence-remark = Adicionar observação
evidence-optional = opcional
evidence-remark_hint = O que você viu, e desde quando?
evidence-save = Salvar ZIP
evidence-saved = Salvo como { $path }
evidence-copy = Copiar resumo
evidence-copied = Resumo copiado

menu-timeline = Mostrar a linha do tempo
today-timeline = Linha do tempo de { $name }
