### Why a request of the person was not carried out.

refused-managed = A sua organização definiu isto. Pergunte ao administrador
refused-switched_off = A sua organização desativou isto
refused-keychain_locked = O porta-chaves está bloqueado; desbloqueie-o primeiro
refused-card_changed = A ficha mudou entretanto; veja de novo
refused-not_in_history = Essa interação já não está no histórico
refused-nobody_to_call = Ninguém precisa de uma chamada de volta por isso
refused-no_form = Não há formulário para isto
refused-cannot_be_asked = { $crm } não pode ser consultado agora
refused-not_offered = { $crm } não oferece isto para este cliente
refused-reason = Indique um motivo com 1 a 200 caracteres
refused-no_link = Não há endereço deste registo: { $why }
refused-clipboard = A área de transferência não está disponível
refused-sandbox_off = O ambiente de teste está desligado. Ligue-o nas definições
refused-too_much = Está a escrever-se demasiado de uma vez; tente de novo daqui a pouco
refused-setting = A definição não foi alterada: { $why }
refused-disk = Não foi possível guardar neste computador: { $why }
refused-vault = O porta-chaves recusou: { $why }
refused-system = O sistema recusou: { $why }
refused-ending = O programa está a terminar
