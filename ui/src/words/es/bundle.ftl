### Words of the organisation's bundle: which one is in force, and why a newer is not.

bundle-title = Configuración de su organización
bundle-none = Todavía no se ha recibido ninguna.
bundle-version = Versión { $version } para { $tenant }
bundle-for_all = Para todos
bundle-for_some = Para { $percent } de cada cien personas, usted entre ellas
bundle-since = En vigor desde
bundle-from = Procede de
bundle-ends = Válida hasta
bundle-signed = Firmada con la clave
bundle-checked = Última consulta
bundle-probation = Nueva: se retira por sí sola si funciona peor que la anterior.
bundle-note = Novedades
bundle-soon =
    { $days ->
        [one] Hay que renovarla en { $days } día. Avise a su administrador.
        [many] Hay que renovarla en { $days } de días. Avise a su administrador.
       *[other] Hay que renovarla en { $days } días. Avise a su administrador.
    }
bundle-over =
    { $days ->
        [one] Ha caducado y sigue valiendo { $days } día más. Avise a su administrador.
        [many] Ha caducado y sigue valiendo { $days } de días más. Avise a su administrador.
       *[other] Ha caducado y sigue valiendo { $days } días más. Avise a su administrador.
    }
bundle-ended = Ha caducado. Los registros ya no se abren por sí solos hasta que su administrador la renueve.
bundle-waits = La versión { $version } es primero para { $percent } de cada cien personas; usted la recibirá más tarde.
bundle-locked_why = Para cambiar algo de esto, consulte a su administrador e indique la versión { $version }.
bundle-trouble_reach = Ahora mismo no se puede obtener la configuración más reciente.
bundle-trouble_signature = Lo obtenido no está firmado por su organización. No se ha aplicado.
bundle-trouble_rollback = Lo encontrado es más antiguo que lo que estaba en vigor. No se ha aplicado.
bundle-trouble_time = Lo obtenido no es válido hoy. No se ha aplicado.
bundle-trouble_not_for_us = Lo obtenido es para otra organización u otra versión de Screenpop. No se ha aplicado.
bundle-trouble_content = Lo obtenido contiene errores. No se ha aplicado; en Estado se indica dónde están.
bundle-trouble_worse = Lo obtenido funciona peor que lo que está en vigor. No se ha aplicado.
bundle-trouble_back = La versión { $version } funcionaba peor que la anterior y se ha retirado.
bundle-trouble_damaged = La configuración guardada en este equipo está dañada. Nada se abre por sí solo hasta que se obtenga de nuevo.
bundle-goes_on = Todo sigue como antes.
bundle-off = Desactivado

join-title = Configuración de su organización
join-text = Su administrador le da una dirección y la huella de una clave. Verá lo que configura antes de aceptarlo.
join-from = Dirección
join-from_text = Una dirección https o la ruta de un archivo en un recurso compartido.
join-key = Huella de la clave
join-key_text = 32 letras y cifras. Pídala en persona o por teléfono, no en el mismo mensaje que la dirección.
join-look = Ver
join-found = { $tenant } configuraría este equipo
join-locked =
    { $n ->
        [one] { $n } ajuste lo podrá cambiar entonces solo la organización.
        [many] { $n } de ajustes los podrá cambiar entonces solo la organización.
       *[other] { $n } ajustes los podrá cambiar entonces solo la organización.
    }
join-crm = Conecta
join-gateway = Las interacciones vienen de
join-report = Este equipo informa de su estado a
join-take = Confiar y aceptar
join-taken = La configuración de { $tenant } rige en cuanto se compruebe
join-open = Usar la configuración de su organización
join-leave = Dejar de usarla
join-leave_sure = Entonces dejará de regir. Lo que usted ha ajustado se mantiene.

feature-search = buscar clientes
feature-simulate = interacciones simuladas
feature-create_customer = crear clientes
feature-update_customer = modificar clientes
feature-create_case = crear casos
feature-add_note = notas en los casos
feature-set_status = estado de los casos
