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
