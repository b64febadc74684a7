### Why nobody was signed in with the browser: what happened, and as .text what helps.
### $crm is what people call the system; what it says itself follows in its own words.

signin-not_accepted = { $crm } did not accept the sign-in
    .client = It does not know the app: the client id or secret is wrong, or the app is not installed in your organisation. Ask your administrator.
    .redirect = The address of this computer is not registered with the app. Ask your administrator.
    .text = The code it gave was not taken. Try again; if it stays, ask your administrator.
signin-not_taken = { $crm } does not take the new sign-in
    .text = You signed in, but its interface refuses you. The permission to use the API may be missing; ask your administrator.
signin-declined = The sign-in to { $crm } was declined
    .text = You or your organisation said no in the browser. Try again, or ask your administrator to allow Screenpop.
signin-refused = { $crm } did not let you sign in
    .text = The app may not be allowed or installed in your organisation. Ask your administrator.
signin-timed_out = The browser did not come back from { $crm }
    .text = Nobody signed in within two minutes, or the CRM sent the browser elsewhere. Try again; if it stays, your administrator should check that { $redirect } is registered as a redirect address.
signin-ports_taken = Another program is in the way of the sign-in
    .text = The browser would come back to a port of this computer ({ $ports }), and another program has taken it. Close that program, then try again.
signin-no_window = The browser could not be opened
    .text = { $why }
signin-wrong_state = An answer came that belongs to no sign-in
    .text = It may be from an older tab, or another page tried to step in. Nobody was signed in; try again.
signin-wrong_issuer = The answer did not come from { $crm }
    .text = It names another sign-in server than the one that was asked. Nobody was signed in; tell your administrator.
signin-foreign_server = { $crm } named a server that is not one of its own
    .text = Nobody was signed in, and nothing was sent there. Give this to your administrator.
signin-not_kept = The sign-in could not be kept
    .text = The keychain is locked or the disk is full, so nobody was signed in. Unlock the keychain or make room, then try again.
signin-no_listener = This computer does not let the browser come back
    .text = A page on this computer could not be offered. A security program may forbid it; ask your administrator.
signin-no_browser = { $crm } is not signed in to with the browser
    .text = Choose another way to sign in.

# $text is one of the sentences above, $reason what the system says.
signin-with_reason = { $text } It says: “{ $reason }”.
