### What a fault means: what happened, and as .text the likely cause and the step that helps.
### $crm is what people call the system.

fault-sign_in_needed = Su sesión en { $crm } ha caducado
    .text = El acceso falta, es incorrecto o ya no vale. Inicie sesión de nuevo; la ficha se completa sola.
fault-keychain_locked = { $crm } espera su llavero
    .text = La sesión está en el llavero, que está bloqueado. Desbloquéelo; la ficha se completa sola.
fault-forbidden = { $crm } no le deja ver esto
    .text = Ha iniciado sesión, pero falta un permiso. Pídalo a su administrador.
fault-not_found = { $crm } no conoce esta dirección
    .text = El registro se eliminó, o la dirección o la ruta del servidor no es correcta. Busque de nuevo o consulte a su administrador.
fault-ambiguous = { $crm } encontró varios registros donde se esperaba uno
    .text = Un identificador que debería ser único no lo es. Busque al cliente por su nombre.
fault-invalid = { $crm } no aceptó la petición
    .text = Puede faltar un campo o estar mal asignado. Dé el código de abajo a su administrador.
    .fields = Nombra: { $fields }. Puede que la asignación de campos no sea correcta; dé el código de abajo a su administrador.
fault-conflict = { $crm } indica que otra persona ha cambiado esto
    .text = El registro ya existe o se cambió entretanto. Léalo de nuevo y decida.
fault-rate_limited = { $crm } no permite más peticiones por ahora
    .text = Llegaron demasiadas peticiones en poco tiempo. Espere un minuto e inténtelo de nuevo.
    .wait = Llegaron demasiadas peticiones en poco tiempo. Pide esperar { $seconds } s; inténtelo después.
fault-unavailable = { $crm } no está disponible
    .text = Responde, pero con un fallo propio: está caído o sobrecargado. Inténtelo de nuevo en un momento.
fault-answer_not_understood = No se pudo leer la respuesta de { $crm }
    .text = No es lo que espera la definición: una página en lugar de datos, o una interfaz cambiada. Dé el código de abajo a su administrador.
fault-E_REDIRECT = { $crm } respondió con una redirección
    .text = Las redirecciones no se siguen, porque podrían llevar su acceso a otro sitio. Puede que la dirección del servidor no sea correcta; consulte a su administrador.
fault-E_ORIGIN = Una petición a { $crm } habría salido de su propia dirección
    .text = No se envió nada. La definición o la dirección del servidor no es correcta; consulte a su administrador.
fault-missing_name = Falta un valor que { $crm } necesita
    .text = «{ $name }» no tiene valor aquí, así que no se envió nada. Puede que la asignación de campos no sea correcta; comuníquelo a su administrador.
fault-E_QUERY_VALUE = No se puede consultar { $crm } con este valor
    .text = Tiene caracteres que no se pueden expresar con seguridad en su lenguaje de consulta. Busque al cliente por su nombre.
fault-timed_out = Sin respuesta de { $crm } en 10 s
    .text = El CRM o la red van lentos. Lo que se sabe sigue en la ficha; inténtelo de nuevo.
fault-paused = No se consulta { $crm } durante unos segundos
    .text = Fallaron varias peticiones seguidas. Pronto se intenta de nuevo por sí solo.
fault-not_supported = { $crm } no puede hacer esto
    .text = Su definición no tiene esa petición. Consulte a su administrador.

fault-dns = Este equipo no encuentra { $crm }
    .text = Su nombre no tiene dirección: un nombre de servidor incorrecto, sin red, o un servidor de nombres que no responde. Compruebe la red y después el nombre del servidor.
fault-refused = { $crm } rechaza la conexión
    .text = Se llega al equipo, pero nada responde en ese puerto: el servidor está parado o el puerto no es correcto.
fault-connect_timeout = Sin conexión con { $crm }
    .text = No volvió nada en 3 s: un cortafuegos puede descartar el tráfico, o la red está caída.
fault-answer_timeout = { $crm } va lento: sin respuesta en 8 s
    .text = Está conectado, pero no respondió a tiempo. Lo que se sabe sigue en la ficha; inténtelo de nuevo.
fault-cut = Se cortó la conexión con { $crm }
    .text = La respuesta no llegó entera: la red, un proxy o el servidor la cortó. Inténtelo de nuevo.
fault-tls = Este equipo no confía en { $crm }
    .text = El certificado ha caducado, es para otro nombre o de un emisor desconocido; o algo lo intercepta por el camino. Consulte a su administrador.
fault-proxy = El proxy no deja pasar este equipo hasta { $crm }
    .text = Pide una identificación o prohíbe la dirección. Consulte a su administrador.
fault-E_ANSWER = La respuesta de { $crm } es demasiado grande
    .text = Llegaron más de 2 MiB donde se esperaba un cliente. La definición debería pedir menos campos o filas; consulte a su administrador.
fault-bad_request = No se puede enviar la petición a { $crm }
    .text = Una dirección o una cabecera está mal formada. Pida a su administrador que revise los ajustes de la conexión.

## A part of a system failed, and another part of it found somebody all the same.

fault-of_a_part = Una parte de { $crm } no respondió
    .text = También podría ser otra persona: compruebe quién es antes de abrir el registro. { $why }
fault-nothing_connected = No hay ningún CRM conectado
    .text = No se pudo preguntar a nadie quién es. Conecte un CRM; la ficha se completa sola.
fault-out_of_reach = Sin conexión con los CRM
    .one = Sin conexión con { $crm }
    .text = { $why } Las notas y los cierres se guardan aquí y se envían en cuanto llegue una respuesta.
