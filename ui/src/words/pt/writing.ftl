### Words of what is written: forms, wrap-up, what waits to be sent.

kind-create_case = Novo caso
kind-log_interaction = Registro
kind-add_note = Nota
kind-set_status = Status
kind-set_priority = Prioridade
kind-create_customer = Novo cliente
kind-update_customer = Cliente

form-new_case = Novo caso
form-new_customer = Novo cliente
form-update_customer = Alterar cliente
form-note = Nota
form-wrap_up = Finalizar
form-back = Voltar ao cliente
form-draft = Rascunho salvo
form-required = obrigatório
form-loading = Lendo o formulário
form-failed = Não foi possível ler o formulário
form-again = Tentar de novo
form-none = Nada escolhido
form-cancel = Cancelar
form-create = Criar em { $where }
form-save = Salvar em { $where }
form-add_note = Adicionar nota
form-note_in = a { $where }
form-case = Caso
form-similar = Semelhante e aberto: { $case }.
form-note_instead = Adicionar lá uma nota em vez disso
form-open_after = Abrir o caso no navegador depois de criar

status-change = Status: { $status }. Alterar
status-of = Status de { $number }
status-in = { $number } em { $where }
status-reading = Lendo as opções
priority-set = Prioridade: { $priority }

write-saving = salvando
write-held = a enviar
write-waiting = a enviar
write-sending = enviando
write-parked = não aceito
write-done = feito
write-discarded = abandonado
write-not_saved = não salvo
write-unsure = Pode ter sido feito mesmo assim. Veja em { $where } antes de enviar de novo.

wrote-held = { $what }: salvo
wrote-not_kept = { $what }: não salvo neste computador, a enviar
wrote-undo = Desfazer
wrote-undone = Desfeito. O que você digitou está no formulário.
wrote-case = Caso { $number } criado
wrote-case_plain = Caso criado
wrote-open = Abrir
wrote-look = Ver
wrote-logged = Interação registrada

wrap-left = restante de { $time }
wrap-left_label = Tempo de finalização restante
wrap-say_left =
    { $n ->
        [one] Falta { $n } segundo para a finalização.
       *[other] Faltam { $n } segundos para a finalização.
    }
wrap-extend = Mais tempo
wrap-outcome = Resultado
wrap-note = Nota
wrap-case = Caso
wrap-no_case = Nenhum caso
wrap-status = Mudar o status para
wrap-keep_status = Deixar como está
wrap-follow_up = Retomar em
wrap-writes = Grava em
wrap-nowhere = Guardado só aqui: nenhum CRM conectado aceita
wrap-log = Registrar interação
wrap-later = Salvar para depois
wrap-not_logged = Não registrada a tempo. Ela espera aqui até você registrar.

tab-wrap_up = Finalização
tab-not_logged = Não registrada

action-new_case = Novo caso
action-note = Nota
action-wrap_up = Finalizar
action-group = Ações
action-new_customer = Novo cliente
action-update_customer = Alterar cliente
hint-wrap_up = finalizar

queue-title = A enviar
queue-count =
    { $n ->
        [one] { $n } a enviar
       *[other] { $n } a enviar
    }
queue-none = Nada espera ser enviado
queue-none_text = O que você escreve fica aqui até o CRM receber, mesmo sem conexão.
queue-not_kept = Este computador não guarda nada: o que espera aqui se perde quando o aplicativo fecha.
queue-tries =
    { $n ->
        [one] { $n } tentativa
       *[other] { $n } tentativas
    }
queue-next = próxima às { $time }
queue-since = desde { $time }
queue-edit = Editar e enviar de novo
queue-send = Enviar de novo
queue-discard = Abandonar
queue-reason = Por que é abandonado
queue-keep = Manter

told-title = Comunicado a outros sistemas
told-text = Mensagens para os endereços definidos pela sua organização, a mais recente primeiro.
told-gone = A sua organização não indica mais este endereço.
told-none = Nada foi comunicado ainda
told-tries = Tentativas
told-try = { $time }:
told-sent = Conteúdo, SHA-256:
told-answer = Resposta, SHA-256:
told-id = Mensagem:

say-wrap_up = Finalização de { $name }
say-thirty = Restam 30 segundos para finalizar { $name }
