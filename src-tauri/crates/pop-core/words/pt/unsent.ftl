### What is said of writes that wait: their room, and what would be lost by quitting or signing out.

banner-outbox_filling = O que espera para ser enviado ocupa { $percent } % do seu espaço. Fale com o administrador antes que fique cheio.
banner-outbox_full = O que espera para ser enviado ocupa todo o seu espaço: nada de novo pode ser salvo até que algo seja enviado. O que foi salvo está seguro.

banner-unsent =
    { $count ->
        [one] { $count } registro não chegou ao CRM e seria esquecido por este computador. Foi tentado mais uma vez. Saia de novo para desistir dele.
       *[other] { $count } registros não chegaram ao CRM e seriam esquecidos por este computador. Foram tentados mais uma vez. Saia de novo para desistir deles.
    }
unsent-sign_out =
    { $count ->
        [one] { $count } registro não chegou a { $crm } e seria perdido. Foi tentado mais uma vez. Encerre a sessão de novo para desistir dele.
       *[other] { $count } registros não chegaram a { $crm } e seriam perdidos. Foram tentados mais uma vez. Encerre a sessão de novo para desistir deles.
    }
