### What a fault means: what happened, and as .text the likely cause and the step that helps.
### $crm is what people call the system.

fault-sign_in_needed = A sua entrada em { $crm } expirou
    .text = O acesso falta, está errado ou já não é válido. Entre de novo; a ficha completa-se sozinha.
fault-keychain_locked = { $crm } espera pelo seu porta-chaves
    .text = A entrada está no porta-chaves, que está bloqueado. Desbloqueie-o; a ficha completa-se sozinha.
fault-forbidden = { $crm } não deixa você ver isto
    .text = Você entrou, mas falta uma permissão. Peça-a ao seu administrador.
fault-not_found = { $crm } não conhece este endereço
    .text = O registo foi removido, ou o endereço ou caminho do servidor está errado. Procure de novo ou fale com o seu administrador.
fault-ambiguous = { $crm } encontrou vários registos onde se esperava um
    .text = Um identificador que devia ser único não é. Procure o cliente pelo nome.
fault-invalid = { $crm } não aceitou o pedido
    .text = Pode faltar um campo ou estar mal mapeado. Dê o código abaixo ao seu administrador.
    .fields = Ele indica: { $fields }. O mapeamento de campos pode estar errado; dê o código abaixo ao seu administrador.
fault-conflict = { $crm } diz que outra pessoa alterou isto
    .text = O registo já existe ou foi alterado entretanto. Leia-o de novo e depois decida.
fault-rate_limited = { $crm } não permite mais pedidos por agora
    .text = Chegaram pedidos demais em pouco tempo. Espere um minuto e tente de novo.
    .wait = Chegaram pedidos demais em pouco tempo. Pede para esperar { $seconds } s; depois tente de novo.
fault-unavailable = { $crm } não está disponível
    .text = Responde, mas com uma falha própria: está em baixo ou sobrecarregado. Tente de novo daqui a pouco.
fault-answer_not_understood = Não foi possível ler a resposta de { $crm }
    .text = Não é o que a definição espera: uma página em vez de dados, ou uma interface alterada. Dê o código abaixo ao seu administrador.
fault-E_REDIRECT = { $crm } respondeu com um redirecionamento
    .text = Os redirecionamentos não são seguidos, porque poderiam levar o seu acesso para outro lugar. O endereço do servidor pode estar errado; fale com o seu administrador.
fault-E_ORIGIN = Um pedido a { $crm } teria saído do próprio endereço
    .text = Nada foi enviado. A definição ou o endereço do servidor está errado; fale com o seu administrador.
fault-missing_name = Falta um valor de que { $crm } precisa
    .text = “{ $name }” não tem valor aqui, por isso nada foi enviado. O mapeamento de campos pode estar errado; entregue isto ao seu administrador.
fault-E_QUERY_VALUE = { $crm } não pode ser consultado com este valor
    .text = Tem caracteres que não se podem escrever com segurança na sua linguagem de consulta. Procure o cliente pelo nome.
fault-timed_out = Sem resposta de { $crm } em 10 s
    .text = O CRM ou a rede está lento. O que se sabe continua na ficha; tente de novo.
fault-paused = { $crm } não é consultado durante alguns segundos
    .text = Vários pedidos seguidos falharam. Em breve tenta-se de novo automaticamente.
fault-not_supported = { $crm } não consegue fazer isto
    .text = A sua definição não tem esse pedido. Fale com o seu administrador.

fault-dns = Este computador não encontra { $crm }
    .text = O nome não tem endereço: um nome de servidor errado, sem rede, ou um servidor de nomes que não responde. Verifique a rede e depois o nome do servidor.
fault-refused = { $crm } recusa a ligação
    .text = O computador é alcançado, mas nada responde nessa porta: o servidor está parado ou a porta está errada.
fault-connect_timeout = Sem ligação a { $crm }
    .text = Nada voltou em 3 s: uma firewall pode descartar o tráfego, ou a rede está em baixo.
fault-answer_timeout = { $crm } está lento: sem resposta em 8 s
    .text = Está ligado, mas não respondeu a tempo. O que se sabe continua na ficha; tente de novo.
fault-cut = A ligação a { $crm } caiu
    .text = A resposta não chegou inteira: a rede, um proxy ou o servidor cortou-a. Tente de novo.
fault-tls = Este computador não confia em { $crm }
    .text = O certificado expirou, é para outro nome ou de um emissor desconhecido; ou algo o interceta no caminho. Fale com o seu administrador.
fault-proxy = O proxy não deixa este computador chegar a { $crm }
    .text = Pede uma autenticação ou proíbe o endereço. Fale com o seu administrador.
fault-E_ANSWER = A resposta de { $crm } é grande demais
    .text = Vieram mais de 2 MiB onde se esperava um cliente. A definição devia pedir menos campos ou linhas; fale com o seu administrador.
fault-bad_request = O pedido a { $crm } não pode ser enviado
    .text = Um endereço ou um cabeçalho está malformado. Peça ao seu administrador que verifique as definições da ligação.

## A part of a system failed, and another part of it found somebody all the same.

fault-of_a_part = Uma parte de { $crm } não respondeu
    .text = Também pode ser outra pessoa: verifique quem é antes de abrir o registo. { $why }
fault-nothing_connected = Nenhum CRM está ligado
    .text = Não se pôde perguntar a ninguém quem é. Ligue um CRM; a ficha completa-se sozinha.
fault-out_of_reach = Sem rota até os CRMs
    .one = Sem rota até { $crm }
    .text = { $why } Notas e encerramentos ficam guardados aqui e são enviados assim que vier uma resposta.
