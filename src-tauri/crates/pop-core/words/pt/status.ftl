### What is said of the product itself: permanent notices, refused events, refused commands.

banner-memory_only = Nada é guardado além desta sessão: { $why }. Você entra de novo a cada início.
banner-keychain_locked = O porta-chaves está bloqueado. As fichas continuam a chegar; a entrada e o histórico esperam até que o desbloqueie.
banner-secrets_refused = As entradas guardadas não puderam ser abertas e foram postas de lado. Entre de novo.
banner-loopback_http = { $crm } é acedido sem encriptação neste computador.
banner-nothing_kept = O histórico não pode ser guardado: { $why }. As fichas continuam a chegar.
banner-sign_in_ends = Sua sessão em { $name } termina em { $days ->
    [one] um dia
   *[other] { $days } dias
}. Entre de novo antes, quando for conveniente.
banner-sign_in_ends_today = Sua sessão em { $name } termina hoje. Entre de novo quando for conveniente.
banner-gateway = gateway

## Events that were refused or dropped, by code

refusal-too_many_connections = Mais programas chamaram ao mesmo tempo do que os admitidos.
refusal-head_malformed = Um pedido não era HTTP correto. Verifique o programa que envia.
refusal-framing_ambiguous = Um pedido não era HTTP correto. Verifique o programa que envia.
refusal-cut = Um pedido não era HTTP correto. Verifique o programa que envia.
refusal-head_too_large = O cabeçalho de um pedido era grande demais. Envie menos campos de cabeçalho.
refusal-head_too_slow = Um pedido chegou devagar demais e foi encerrado.
refusal-body_too_slow = Um pedido chegou devagar demais e foi encerrado.
refusal-foreign_host = Um pedido era para outro nome de máquina. Uma página web pode ter tentado.
refusal-foreign_page = Uma página web tentou enviar um evento. Páginas não são admitidas.
refusal-no_such_path = Um pedido foi para outro caminho. Os eventos vão para /v1/events.
refusal-wrong_method = Um pedido não era POST. Os eventos são enviados com POST.
refusal-wrong_type = O tipo de conteúdo não era de CloudEvents nem JSON.
refusal-no_length = Um pedido não tinha comprimento. Envie Content-Length.
refusal-body_too_large = Um evento era maior do que 64 KiB.
refusal-signature_missing = Um evento não estava assinado. Assine-o segundo Standard Webhooks.
refusal-signature_malformed = A assinatura de um evento não tinha a forma de Standard Webhooks.
refusal-signature_outside_window = A hora de um evento diferia mais de 5 minutos. Verifique os dois relógios.
refusal-signature_wrong = A assinatura de um evento não correspondia. Verifique o segredo do remetente.
refusal-too_fast = Um remetente enviou mais eventos do que pode.
refusal-E_EVENT = Um evento assinado não tinha a forma esperada. Verifique o mapeamento do remetente.
refusal-conflict = Um identificador foi reutilizado para outro evento.
refusal-not_ours = Um evento era para outro agente.
refusal-foreign_agent = Um evento era para outro agente.
refusal-by_rule = Uma interação não tem cartão por uma regra da sua organização.
refusal-unavailable = Um evento não pôde ser guardado, e pediu-se ao remetente que tentasse de novo.
refusal-late = Uma oferta já tinha expirado quando chegou.
refusal-stale_event = Um evento chegou depois de a interação terminar, ou fora de ordem.
refusal-stale_answer = Um CRM respondeu a uma pergunta que já não estava aberta.
refusal-stale_command = Um clique era para uma ficha que já tinha mudado.
refusal-not_decided = Ia ser escrito algo sem estar claro no registo de quem.
refusal-rule_without_facts = No fim de uma interação, uma regra não escreveu nada, porque não se sabe o que ela precisa.
refusal-end_waits = Uma interação sem cartão terminou. As suas regras esperam até que o cliente possa ser procurado: um CRM não respondeu.
refusal-end_unasked = Uma interação sem cartão terminou e durante um dia não foi possível procurar o cliente. Nenhuma regra escreveu nada.
refusal-end_several = Uma interação sem cartão terminou e pode ser de vários clientes. Nenhuma regra escreveu nada.
refusal-end_nobody = Uma interação sem cartão terminou e nenhum CRM conhece o cliente. Nenhuma regra escreveu nada.
refusal-end_repeats = O fim de uma interação não dizia de qual e pode ser de uma já conhecida. Nenhuma regra escreveu nada.
refusal-E_LINK = Uma ligação ou linha de comando não tinha a forma esperada.
refusal-other = Recusado.

wrong-required = Preencha este campo
wrong-too_long = No máximo { $most } caracteres
wrong-several_lines = Apenas uma linha
wrong-no_text = Há aqui caracteres que não são texto
wrong-no_choice = O CRM já não oferece isto. Escolha outra opção
wrong-no_field = O formulário do CRM já não tem este campo
wrong-refused = O CRM não aceitou isto
wrong-text = Escreva um texto
wrong-choice = Escolha uma opção
wrong-email = Escreva um endereço de e-mail, por exemplo nome@example.com
wrong-phone = Escreva um número de telefone com o indicativo do país, por exemplo +34 600 012 345
wrong-number = Escreva um número
wrong-switch = Escolha sim ou não
wrong-date = Escreva um dia, por exemplo 2026-11-30

not-saved = Não foi possível guardar isto
    .text = { $why }. Nada foi enviado; o que você escreveu continua no formulário.
