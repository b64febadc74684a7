### What a fault means: what happened, and as .text the likely cause and the step that helps.
### $crm is what people call the system.

fault-sign_in_needed = Your { $crm } sign-in has expired
    .text = The token is missing, wrong or no longer valid. Sign in again; the card completes itself.
fault-keychain_locked = { $crm } waits for your keychain
    .text = The sign-in lies in the keychain, which is locked. Unlock it; the card completes itself.
fault-forbidden = { $crm } does not let you see this
    .text = You are signed in, but a permission or scope is missing. Ask your administrator for it.
fault-not_found = { $crm } does not know this address
    .text = The record was removed, or the server’s address or path is wrong. Search again, or ask your administrator.
fault-ambiguous = { $crm } found several records where one was expected
    .text = An identifier that should be unique is not. Search for the customer by name.
fault-invalid = { $crm } did not accept the request
    .text = A field may be missing or mapped wrongly. Give the code below to your administrator.
    .fields = It names: { $fields }. The field mapping may be wrong; give the code below to your administrator.
fault-conflict = { $crm } says that somebody else changed this
    .text = The record exists already or was changed meanwhile. Read it again, then decide.
fault-rate_limited = { $crm } allows no more requests for now
    .text = Too many requests came in a short time. Wait a minute, then try again.
    .wait = Too many requests came in a short time. It asks to wait { $seconds } s; then try again.
fault-unavailable = { $crm } is not available
    .text = It answers, but with a failure of its own: it is down or overloaded. Try again in a moment.
fault-answer_not_understood = The answer of { $crm } could not be read
    .text = It is not what the definition expects: a page in place of data, or a changed interface. Give the code below to your administrator.
fault-E_REDIRECT = { $crm } answered with a redirect
    .text = Redirects are not followed, because they could carry your token elsewhere. The server’s address may be wrong; ask your administrator.
fault-E_ORIGIN = A request to { $crm } would have left its own address
    .text = Nothing was sent. The definition or the server’s address is wrong; ask your administrator.
fault-missing_name = A value that { $crm } needs is missing
    .text = “{ $name }” has no value here, so nothing was sent. The field mapping may be wrong; give this to your administrator.
fault-E_QUERY_VALUE = { $crm } cannot be asked with this value
    .text = It has characters that cannot be said safely in its query language. Search for the customer by name.
fault-timed_out = No answer from { $crm } within 10 s
    .text = The CRM or the network is slow. What is known stays on the card; try again.
fault-paused = { $crm } is not asked for a few seconds
    .text = Several requests in a row failed. It is tried again by itself soon.
fault-not_supported = { $crm } cannot do this
    .text = Its definition has no such request. Ask your administrator.

fault-dns = This computer cannot find { $crm }
    .text = Its name has no address: a wrong server name, no network, or a name server that does not answer. Check the network, then the server’s name.
fault-refused = { $crm } refuses the connection
    .text = The computer is reached, but nothing answers at that port: the server is stopped, or the port is wrong.
fault-connect_timeout = No connection to { $crm }
    .text = Nothing came back within 3 s: a firewall may drop the traffic, or the network is down.
fault-answer_timeout = { $crm } is slow: no answer within 8 s
    .text = It is connected, but did not answer in time. What is known stays on the card; try again.
fault-cut = The connection to { $crm } broke
    .text = The answer did not arrive whole: the network, a proxy or the server cut it. Try again.
fault-tls = This computer does not trust { $crm }
    .text = The certificate is expired, for another name, or from an unknown issuer; or something on the way intercepts it. Ask your administrator.
fault-proxy = The proxy does not let this computer through to { $crm }
    .text = It wants a sign-in or forbids the address. Ask your administrator.
fault-E_ANSWER = The answer of { $crm } is too large
    .text = More than 2 MiB came where a customer was expected. The definition should ask for fewer fields or rows; ask your administrator.
fault-bad_request = The request to { $crm } cannot be sent
    .text = An address or a header is malformed. Ask your administrator to check the connection’s settings.

## A part of a system failed, and another part of it found somebody all the same.

fault-of_a_part = A part of { $crm } did not answer
    .text = Somebody else may fit as well: check who it is before you open the record. { $why }
fault-nothing_connected = No CRM is connected
    .text = Nobody could be asked who this is. Connect a CRM; the card completes itself.
fault-out_of_reach = No route to the CRMs
    .one = No route to { $crm }
    .text = { $why } Notes and wrap-ups are kept here and sent as soon as an answer comes.
