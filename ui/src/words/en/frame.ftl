### Words of the frame: strip, status, toasts, keys, and what is said aloud.

app-name = Screenpop
app-lost = The window has lost the app
app-lost_text = Nothing new is shown here. Close the window and start Screenpop again.

strip-label = Live interactions
strip-empty = No live interactions
strip-more = +{ $n }
strip-more_label =
    { $n ->
        [one] { $n } more interaction
       *[other] { $n } more interactions
    }

tab-name = { $name }, { $channel }, { $phase }

nav-label = Views
nav-search = Search
nav-today = Today
nav-health = Health
nav-settings = Settings
nav-back = Back to the customer

status-label = Connections
status-connected = { $n } connected
status-sign_in = { $name }: sign in again
status-problem = { $name }: problem
status-unreachable = CRMs unreachable
status-since = since { $when }
status-slow = { $name } slow
status-events = Live
status-events_failed = Events are not heard
status-none = No CRM connected

banner-unlock = Unlock

toast-label = What happened
toast-arrived = { $what }: { $name }
toast-view = View
toast-close = Close this notice
toast-more =
    { $n ->
        [one] { $n } more waits
       *[other] { $n } more wait
    }

copy-done = Copied { $what }
copy-link = Copied the link
pin-done = Pinned in the search
pin-undone = No longer pinned
copy-failed = The clipboard is not available. Select the text and copy it by hand.
copy-what = Copy: { $what }
copy-details = Copied the details
copy-request = Copied the request for your administrator

key-ctrl = Ctrl
key-shift = Shift
key-enter = Enter
key-esc = Esc

title-key = { $what } ({ $key })

say-arrived = { $what }. { $who }, { $identity }.
say-vip = VIP.
say-reason = { $reason }.
say-found = { $name }.
say-found_tier = { $name }, { $tier }.
say-cases =
    { $n ->
        [one] { $n } open case.
       *[other] { $n } open cases.
    }
say-several =
    { $n ->
        [one] { $n } possible customer. Choose one.
       *[other] { $n } possible customers. Choose one. { $name } is first.
    }
# time: a time of day or a date.
say-saved = Saved copy from { $time }, not confirmed yet.
say-none = No customer found. Search, or go on without.
say-nothing = Nothing to look up.
say-withdrawn = { $name }: withdrawn.
say-missed = { $name }: missed. Kept for a call back.
say-transferred_by = Transferred by { $who }.
say-transferred = { $name }: transferred.
say-ended = { $name }: ended.
say-problem = { $title }.
say-urgent = Urgent case open: { $subject }.
say-urgent_due = Urgent case open: { $subject }, { $time } left.

hidden-char = Hidden character { $code }

unit-ms = { $n } ms
unit-s = { $n } s
unit-seconds = s
