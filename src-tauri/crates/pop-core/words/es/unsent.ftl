### What is said of writes that wait: their room, and what would be lost by quitting or signing out.

banner-outbox_filling = Lo que espera para enviarse ocupa el { $percent } % de su espacio. Avise a su administrador antes de que se llene.
banner-outbox_full = Lo que espera para enviarse ocupa todo su espacio: no se puede guardar nada nuevo hasta que se envíe una parte. Lo guardado está a salvo.

banner-unsent =
    { $count ->
        [one] 1 registro no ha llegado al CRM y este equipo lo olvidaría. Se ha intentado una vez más. Salga de nuevo para renunciar a él.
       *[other] { $count } registros no han llegado al CRM y este equipo los olvidaría. Se han intentado una vez más. Salga de nuevo para renunciar a ellos.
    }
unsent-sign_out =
    { $count ->
        [one] 1 registro no ha llegado a { $crm } y se perdería. Se ha intentado una vez más. Cierre la sesión de nuevo para renunciar a él.
       *[other] { $count } registros no han llegado a { $crm } y se perderían. Se han intentado una vez más. Cierre la sesión de nuevo para renunciar a ellos.
    }
