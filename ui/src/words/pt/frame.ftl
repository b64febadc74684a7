### Words of the frame: strip, status, toasts, keys, and what is said aloud.

app-name = Screenpop
app-lost = A janela perdeu o aplicativo
app-lost_text = Nada de novo aparece aqui. Feche a janela e inicie o Screenpop de novo.

strip-label = Interações em andamento
strip-empty = Nenhuma interação em andamento
strip-more = +{ $n }
strip-more_label =
    { $n ->
        [one] mais { $n } interação
       *[other] mais { $n } interações
    }

tab-name = { $name }, { $channel }, { $phase }

nav-label = Visões
nav-search = Busca
nav-today = Hoje
nav-health = Estado
nav-settings = Configurações
nav-back = Voltar ao cliente

status-label = Conexões
status-connected =
    { $n ->
        [one] { $n } conectada
       *[other] { $n } conectadas
    }
status-sign_in = { $name }: entre de novo
status-problem = { $name }: problema
status-unreachable = CRMs inacessíveis
status-since = desde { $when }
status-slow = { $name } lento
status-events = Ao vivo
status-events_failed = Os eventos não chegam
status-none = Nenhum CRM conectado

banner-unlock = Desbloquear

toast-label = O que aconteceu
toast-arrived = { $what }: { $name }
toast-view = Ver
toast-close = Fechar este aviso
toast-more =
    { $n ->
        [one] mais { $n } espera
       *[other] mais { $n } esperam
    }

copy-done = Copiado: { $what }
copy-link = Ligação copiada
pin-done = Afixado na pesquisa
pin-undone = Já não está afixado
copy-failed = A área de transferência não está disponível. Selecione o texto e copie à mão.
copy-what = Copiar: { $what }
copy-details = Detalhes copiados
copy-request = Pedido para o seu administrador copiado

key-ctrl = Ctrl
key-shift = Shift
key-enter = Enter
key-esc = Esc

title-key = { $what } ({ $key })

say-arrived = { $what }. { $who }, { $identity }.
say-vip = VIP.
say-reason = { $reason }.
say-found = { $name }.
say-found_tier = { $name }, { $tier }.
say-cases =
    { $n ->
        [one] { $n } caso aberto.
       *[other] { $n } casos abertos.
    }
say-several =
    { $n ->
        [one] { $n } cliente possível. Escolha-o.
       *[other] { $n } clientes possíveis. Escolha um. { $name } é o primeiro.
    }
# time: a time of day or a date.
say-saved = Cópia guardada de { $time }, ainda não confirmada.
say-none = Nenhum cliente encontrado. Procure, ou siga sem cliente.
say-nothing = Nada a consultar.
say-withdrawn = { $name }: retirada.
say-missed = { $name }: perdida. Guardada para retorno.
say-transferred_by = Transferida por { $who }.
say-transferred = { $name }: transferida.
say-ended = { $name }: encerrada.
say-problem = { $title }.
say-urgent = Caso urgente aberto: { $subject }.
say-urgent_due = Caso urgente aberto: { $subject }, restam { $time }.

hidden-char = Caractere oculto { $code }

unit-ms = { $n } ms
unit-s = { $n } s
unit-seconds = s
