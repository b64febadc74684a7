### Why a request of the person was not carried out.

refused-managed = Su organización lo ha fijado. Pregunte a su administrador
refused-switched_off = Su organización ha desactivado esto
refused-keychain_locked = El llavero está bloqueado; desbloquéelo primero
refused-card_changed = La ficha ha cambiado entretanto; vuelva a mirar
refused-not_in_history = Esa interacción ya no está en el historial
refused-nobody_to_call = No hay que devolver la llamada a nadie por eso
refused-no_form = No hay formulario para esto
refused-cannot_be_asked = Ahora no se puede consultar { $crm }
refused-not_offered = { $crm } no ofrece esto para este cliente
refused-reason = Dé un motivo de 1 a 200 caracteres
refused-no_link = No hay ninguna dirección de este registro: { $why }
refused-clipboard = El portapapeles no está disponible
refused-sandbox_off = El entorno de prueba está desactivado. Actívelo en los ajustes
refused-too_much = Se escribe demasiado a la vez; inténtelo de nuevo en un momento
refused-setting = El ajuste no se cambió: { $why }
refused-disk = No se pudo guardar en este equipo: { $why }
refused-vault = El llavero lo ha rechazado: { $why }
refused-system = El sistema lo ha rechazado: { $why }
refused-ending = El programa se está cerrando
