### Words of what is written: forms, wrap-up, what waits to be sent.

kind-create_case = New case
kind-log_interaction = Log
kind-add_note = Note
kind-set_status = Status
kind-set_priority = Priority
kind-create_customer = New customer
kind-update_customer = Customer

form-new_case = New case
form-new_customer = New customer
form-update_customer = Change customer
form-note = Note
form-wrap_up = Wrap up
form-back = Back to the customer
form-draft = Draft saved
form-required = required
form-loading = Reading the form
form-failed = The form could not be read
form-again = Try again
form-none = Nothing chosen
form-cancel = Cancel
form-create = Create in { $where }
form-save = Save in { $where }
form-add_note = Add note
form-note_in = to { $where }
form-case = Case
# case: the number and the subject of a case.
form-similar = Similar and open: { $case }.
form-note_instead = Add a note there instead
form-open_after = Open the case in the browser after creating

status-change = Status: { $status }. Change
status-of = Status of { $number }
status-in = { $number } in { $where }
status-reading = Reading what can be chosen
priority-set = Priority: { $priority }

write-saving = saving
write-held = to send
write-waiting = to send
write-sending = sending
write-parked = not accepted
write-done = done
write-discarded = given up
write-not_saved = not saved
write-unsure = It may have been done all the same. Look in { $where } before you send it again.

wrote-held = { $what }: saved
wrote-not_kept = { $what }: not saved on this computer, to send
wrote-undo = Undo
wrote-undone = Taken back. What you typed is in the form.
wrote-case = Case { $number } created
wrote-case_plain = Case created
wrote-open = Open
wrote-look = Look
wrote-logged = Interaction logged

wrap-left = left of { $time }
wrap-left_label = Wrap-up time left
wrap-say_left =
    { $n ->
        [one] { $n } second left for the wrap-up.
       *[other] { $n } seconds left for the wrap-up.
    }
wrap-extend = More time
wrap-outcome = Outcome
wrap-note = Note
wrap-case = Case
wrap-no_case = No case
wrap-status = Set status to
wrap-keep_status = Leave as it is
wrap-follow_up = Follow up on
wrap-writes = Writes to
wrap-nowhere = Kept here only: no connected CRM takes it
wrap-log = Log interaction
wrap-later = Save for later
wrap-not_logged = Not logged in time. It waits here until you log it.

tab-wrap_up = Wrap-up
tab-not_logged = Not logged

action-new_case = New case
action-note = Note
action-wrap_up = Wrap up
action-group = Actions
action-new_customer = New customer
action-update_customer = Change customer
hint-wrap_up = wrap up

queue-title = To send
queue-count =
    { $n ->
        [one] { $n } to send
       *[other] { $n } to send
    }
queue-none = Nothing waits to be sent
queue-none_text = What you write is kept here until the CRM has it, also while you are offline.
queue-not_kept = This computer keeps nothing: what waits here is gone when the app ends.
queue-tries =
    { $n ->
        [one] { $n } try
       *[other] { $n } tries
    }
queue-next = next at { $time }
queue-since = since { $time }
queue-edit = Edit and send again
queue-send = Send again
queue-discard = Give up
queue-reason = Why it is given up
queue-keep = Keep it

told-title = Told to other systems
told-text = Messages to the addresses that your organisation has set, the latest first.
told-gone = Your organisation does not name this address any more.
told-none = Nothing was told yet
told-tries = Tries
told-try = { $time }:
told-sent = Body, SHA-256:
told-answer = Answer, SHA-256:
told-id = Message:

say-wrap_up = Wrap-up for { $name }
say-thirty = 30 seconds left to wrap up { $name }
