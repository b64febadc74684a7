### Why nobody was signed in with the browser: what happened, and as .text what helps.
### $crm is what people call the system; what it says itself follows in its own words.

signin-not_accepted = { $crm } não aceitou a entrada
    .client = Ele não conhece a aplicação: o identificador ou o segredo do cliente está errado, ou a aplicação não está instalada na sua organização. Fale com o seu administrador.
    .redirect = O endereço deste computador não está registado na aplicação. Fale com o seu administrador.
    .text = O código que ele deu não foi aceite. Tente de novo; se continuar, fale com o seu administrador.
signin-not_taken = { $crm } não admite a nova entrada
    .text = Você entrou, mas a interface recusa-o. Pode faltar a permissão para usar a API; fale com o seu administrador.
signin-declined = A entrada em { $crm } foi recusada
    .text = Você ou a sua organização recusou no navegador. Tente de novo ou peça ao seu administrador que autorize o Screenpop.
signin-refused = { $crm } não deixou você entrar
    .text = A aplicação pode não estar autorizada ou instalada na sua organização. Fale com o seu administrador.
signin-timed_out = O navegador não voltou de { $crm }
    .text = Ninguém entrou em dois minutos, ou o CRM enviou o navegador para outro lugar. Tente de novo; se continuar, o seu administrador deve verificar se { $redirect } está registado como endereço de retorno.
signin-ports_taken = Outro programa impede a entrada
    .text = O navegador voltaria a uma porta deste computador ({ $ports }) que outro programa ocupou. Feche esse programa e tente de novo.
signin-no_window = Não foi possível abrir o navegador
    .text = { $why }
signin-wrong_state = Chegou uma resposta que não pertence a nenhuma entrada
    .text = Pode ser de um separador antigo, ou outra página tentou intrometer-se. Ninguém entrou; tente de novo.
signin-wrong_issuer = A resposta não veio de { $crm }
    .text = Ela indica outro servidor de entrada, não o que foi consultado. Ninguém entrou; avise o seu administrador.
signin-foreign_server = { $crm } indicou um servidor que não é dele
    .text = Ninguém entrou e nada foi enviado para lá. Entregue isto ao seu administrador.
signin-not_kept = Não foi possível guardar a entrada
    .text = O porta-chaves está bloqueado ou o disco está cheio, por isso ninguém entrou. Desbloqueie o porta-chaves ou liberte espaço e tente de novo.
signin-no_listener = Este computador não deixa o navegador voltar
    .text = Não foi possível oferecer uma página neste computador. Um programa de segurança pode proibi-lo; fale com o seu administrador.
signin-no_browser = Em { $crm } não se entra pelo navegador
    .text = Escolha outra forma de entrar.

# $text is one of the sentences above, $reason what the system says.
signin-with_reason = { $text } Ele diz: “{ $reason }”.
