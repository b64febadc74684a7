### Words of the pages: idle, today, search, health, settings, first run.

idle-title = Ready
idle-text = The next customer appears here.
idle-deaf = No interactions are heard yet
idle-deaf_text = Your chat or phone tool sends signed events to this computer.
idle-no_crm = No CRM is connected
idle-connect = Connect a CRM
idle-listen = Start listening
idle-listening = Listening
idle-not_listening = Not listening
idle-last = Last event { $when }
idle-handled = Handled today
idle-to_log = To log
idle-typical = Typical pop
idle-see_all = See all
idle-find = Find a customer

simulate-title = Simulate an interaction
simulate-note = Made-up customers

scene-one = One match
scene-vip = VIP with an urgent case
scene-several = Several matches
scene-none = No match
scene-slow = Slow CRM
scene-expired = Sign-in expired
scene-offline = CRM not reachable

today-title = Today
today-sub =
    { $n ->
        [one] { $date } · { $n } interaction
       *[other] { $date } · { $n } interactions
    }
today-none = Nothing yet today
today-none_text = Every interaction of the day is listed here.
today-all = All { $n }
today-filter = Filter by channel
today-earlier = Show earlier days
today-outcome = Filter by outcome
today-none_such = Nothing of this kind
today-filter_channel = { $channel }: { $n }
today-call_back = To call back { $n }
today-not_logged = Not logged { $n }
today-unlogged =
    { $n ->
        [one] { $n } interaction is not logged yet
       *[other] { $n } interactions are not logged yet
    }
today-log = Log { $name }
today-none_open = Nobody waits for a call back
today-none_open_text = Missed calls and voicemails are listed here until you have called back.
today-show = Show { $name } again

history-offered = Live
history-accepted = Live
history-ended = Ended
history-held = Live
history-withdrawn = Withdrawn
history-missed = Missed
history-wrap_up = Wrap-up
history-transferred = Transferred
history-looked_up = Looked up

follow_up-missed = Missed
follow_up-voicemail = Voicemail
# Said after one of the two: what the button does.
follow_up-done = { $name }: called back

search-title = Search
search-label = Search customers
search-placeholder = Name, e-mail, number or customer ID
search-clear = Clear
search-results = Results
search-none = No customer for “{ $words }”
search-none_text = Check the spelling, or try an e-mail or a number.
search-for = For { $name }
search-pinned = Pinned
search-recent = Recent
search-all = All CRMs
search-show = show
search-link = link to the interaction
search-back = back
search-found =
    { $n ->
        [one] { $n } customer found
       *[other] { $n } customers found
    }
search-found_all =
    { $n ->
        [one] { $n } result
       *[other] { $n } results
    }
search-customers = Customers

health-title = Health
health-check_all = Check all
health-checking = Checking
health-crm = CRM
health-no_crm = No CRM is connected yet.
health-signed_in = { $who } · signed in
health-not_checked = Not checked yet
health-answers = Answers
health-is_slow = Slow
health-sign_in = Sign in again
health-problem = Does not answer
health-checked = Checked { $when }
health-sign_in_ends = Sign-in ends: { $when }
health-allowance = { $label }: { $left } of { $limit } left at { $time }
health-allowance_open = { $label }: { $left } left at { $time }
health-waits = { $name } allows no more requests until { $time }
health-interactions = Interactions
health-listener = Listener on this computer
health-listener_on = { $address } · last event { $when }
health-listener_quiet = { $address } · no event yet
health-listener_off = Switched off
health-listener_failed = Could not start
health-heard =
    { $n ->
        [one] { $n } event
       *[other] { $n } events
    }
gateway-title = Gateway
gateway-off = No gateway is set up
gateway-signing_in = Sign in in the browser; this goes on by itself
gateway-connecting = Connecting to { $place }
gateway-quiet = { $place } · connected since { $time } · no event yet
gateway-heard = { $place } · connected since { $time } · last event { $when }
gateway-broken = { $place } · nothing heard since { $time }
gateway-sign_in = Sign in
gateway-sign_out = Sign out
gateway-sign_out_sure = Sign out of the gateway? This device hears of no interaction from it until somebody signs in again.
gateway-leave = Sign out now
gateway-stay = Stay signed in
gateway-try = Try now
gateway-follows = Another of your devices leads: records open by themselves there, not here.

way-title = Way to the gateway
way-open = Proxy and broker
way-proxy_enter = Enter the proxy’s password
way-password_enter = Enter the password
way-back = Back to the settings
way-proxy = Proxy
way-proxy_text = The connection that brings interactions goes through it.
way-proxy_which = Which proxy
way-proxy_system = The system’s
way-proxy_none = None
way-proxy_own = This one
way-address = Address
way-broker = A broker without a gateway
way-broker_text = Only where your organisation runs a broker and no gateway signs you in.
way-addresses = Addresses
way-addresses_text = One per line, tried in order, such as wss://broker.example.com/mqtt
way-client_id = Client id
way-interactions = Topic of interactions
way-control = Topic of the gateway’s wishes
way-ack = Topic of what became of events
way-presence = Topic of presence
way-locked = Your organisation has set this; only the password is yours to enter.
way-save = Save
way-remove = Remove
way-saved = Saved. Screenpop goes this way now.

health-refused = Refused events
health-refused_none = No event was refused since the start.
health-times =
    { $n ->
        [one] { $n } time
       *[other] { $n } times
    }
health-files = Files with a mistake
health-files_text = The last good version stays in force until the file is corrected.
health-line = Line { $n }
health-key = Key
health-found = Found
health-expected = Expected
health-notices = Notices
health-version = Screenpop { $version }
health-test = Check { $name }

settings-title = Settings
settings-locked = Set by your organisation
settings-locked_row = Set by your organisation, cannot be changed here
settings-arrival = When an interaction arrives
settings-window = Window
settings-listening = Interactions
settings-crms = CRMs
settings-open = Open the CRM record
settings-open_offer = When it is offered
settings-open_accept = When I accept
settings-open_never = Only when I ask
settings-open_cost = Opening takes the keyboard to the browser.
settings-notify = Show a notice on screen
settings-notify_name = Name the customer in the notice
settings-announce = Announce to screen readers
settings-on_top = Keep on top
settings-theme = Appearance
settings-theme_system = Same as system
settings-theme_light = Light
settings-theme_dark = Dark
settings-language = Language
settings-language_system = Same as system
settings-density = Density
settings-density_comfortable = Comfortable
settings-density_compact = Compact
settings-listener = Listen on this computer
settings-listener_text = Signed events over HTTP, from this computer only.
settings-port = Port
settings-port_any = Any free port
settings-port_text = 0 takes any free port.
settings-region = Region of numbers without a country code
settings-region_text = Two letters, such as ES.
settings-gateway = Gateway
settings-gateway_text = Its address, https://… It brings the platform’s interactions.
settings-agent = My ID in the contact centre
settings-on = On
settings-off = Off
settings-unset = Not set
settings-forget = Disconnect
settings-forget_sure = Disconnect { $name }? Its sign-in is deleted from this computer.
settings-forget_label = Disconnect { $name }
settings-keep = Keep
settings-managed = Managed
settings-add = Connect a CRM
settings-empty = No CRM is connected yet.

connect-title = Connect a CRM
connect-again = Sign in to { $name } again
connect-which = CRM
connect-label = Name
connect-label_text = How it is called in this window.
connect-method = Sign in with
connect-user = User name
connect-secret = Token or key
connect-password = Password
connect-secret_text = It goes to the keychain of this computer and is never shown again.
connect-secret_kept = Leave it empty to keep the one that is stored.
connect-browser_text = Your browser opens for the sign-in. No password is typed into this window.
connect-waiting = Waiting for the browser
connect-waiting_text = Sign in there; this window goes on by itself. It waits for two minutes.
connect-more =
    { $n ->
        [one] { $n } more setting
       *[other] { $n } more settings
    }
connect-optional = optional
connect-example = For example { $example }
connect-go = Connect
connect-going = Connecting
connect-cancel = Cancel
connect-needed = This is needed.
connect-done = Connected to { $name }
connect-done_as = Connected to { $name } as { $who }
connect-failed = Not connected
connect-none = No CRM can be connected. A definition file is missing or has a mistake; see Health.

first-title = Know who it is before hello
first-text = Screenpop stays beside your chat or phone tool and shows the customer when an interaction is offered.
first-picture = Screenpop sits beside your chat tool, looks the customer up in your CRM and opens the record in your browser
first-try = Try it now, without connecting
first-try_text = A sandbox CRM with made-up customers. Nothing leaves this computer.
first-sandbox_start = Start the sandbox
first-no_sandbox = Your administrator has switched the sandbox off.
first-crm = Connect your CRM
first-crm_text = Sign in with the browser, or with a token.
first-source = Connect your interactions
first-source_text = Your chat or phone tool sends signed events to this computer.
first-source_on = Listening on { $address }
first-no_listener = Your administrator has switched listening off.
first-source_switch = Start listening
first-settings = Settings

audit-title = Audit
audit-text = What was done on this computer: what was read, opened and written
audit-where = It is written to your downloads and names customers’ records. Give it to your security team only.
audit-write = Write out
audit-whole =
    { $n ->
        [one] { $n } line, not changed and none missing
       *[other] { $n } lines, none changed and none missing
    }
audit-broken =
    { $n ->
        [one] { $n } line; some were changed or are missing. Tell your administrator.
       *[other] { $n } lines; some were changed or are missing. Tell your administrator.
    }
