### Why nobody was signed in with the browser: what happened, and as .text what helps.
### $crm is what people call the system; what it says itself follows in its own words.

signin-not_accepted = { $crm } no aceptó el inicio de sesión
    .client = No conoce la aplicación: el identificador o el secreto de cliente no es correcto, o la aplicación no está instalada en su organización. Consulte a su administrador.
    .redirect = La dirección de este equipo no está registrada en la aplicación. Consulte a su administrador.
    .text = El código que dio no fue aceptado. Inténtelo de nuevo; si continúa, consulte a su administrador.
signin-not_taken = { $crm } no admite el nuevo inicio de sesión
    .text = Inició sesión, pero su interfaz le rechaza. Puede faltar el permiso para usar la API; consulte a su administrador.
signin-declined = Se rechazó el inicio de sesión en { $crm }
    .text = Usted o su organización dijeron que no en el navegador. Inténtelo de nuevo o pida a su administrador que permita Screenpop.
signin-refused = { $crm } no le dejó iniciar sesión
    .text = Puede que la aplicación no esté permitida o instalada en su organización. Consulte a su administrador.
signin-timed_out = El navegador no volvió de { $crm }
    .text = Nadie inició sesión en dos minutos, o el CRM envió el navegador a otro sitio. Inténtelo de nuevo; si continúa, su administrador debería comprobar que { $redirect } está registrada como dirección de retorno.
signin-ports_taken = Otro programa impide el inicio de sesión
    .text = El navegador volvería a un puerto de este equipo ({ $ports }) que otro programa ha ocupado. Cierre ese programa e inténtelo de nuevo.
signin-no_window = No se pudo abrir el navegador
    .text = { $why }
signin-wrong_state = Llegó una respuesta que no pertenece a ningún inicio de sesión
    .text = Puede ser de una pestaña anterior, o de otra página que quiso intervenir. Nadie inició sesión; inténtelo de nuevo.
signin-wrong_issuer = La respuesta no vino de { $crm }
    .text = Nombra otro servidor de inicio de sesión que el consultado. Nadie inició sesión; avise a su administrador.
signin-foreign_server = { $crm } nombró un servidor que no es suyo
    .text = Nadie inició sesión y no se envió nada allí. Comuníquelo a su administrador.
signin-not_kept = No se pudo guardar el inicio de sesión
    .text = El llavero está bloqueado o el disco está lleno, así que nadie inició sesión. Desbloquee el llavero o libere espacio e inténtelo de nuevo.
signin-no_listener = Este equipo no deja volver al navegador
    .text = No se pudo ofrecer una página en este equipo. Puede que un programa de seguridad lo prohíba; consulte a su administrador.
signin-no_browser = En { $crm } no se inicia sesión con el navegador
    .text = Elija otra forma de iniciar sesión.

# $text is one of the sentences above, $reason what the system says.
signin-with_reason = { $text } Dice: «{ $reason }».
