### Words of an interaction's card.

channel-voice = Call
channel-video = Video call
channel-chat = Chat
channel-messaging = Message
channel-sms = Text message
channel-email = E-mail
channel-social = Social message
channel-callback = Callback
channel-cobrowse = Co-browsing
channel-other = Interaction

offered-voice = Call offered
offered-video = Video call offered
offered-chat = Chat offered
offered-messaging = Message offered
offered-sms = Text message offered
offered-email = E-mail offered
offered-social = Social message offered
offered-callback = Callback offered
offered-cobrowse = Co-browsing offered
offered-other = Interaction offered

phase-offered = Offered
phase-accepted = accepted
phase-held = on hold
phase-withdrawn = withdrawn
phase-missed = missed
phase-wrap_up = wrap-up
phase-transferred = transferred
phase-ended = ended
phase-looked_up = Looked up

tab-withdrawn = Withdrawn
tab-missed = Missed
tab-transferred = Transferred
tab-ended = Ended

outbound-voice = You are calling
outbound-other = You are writing

# channel: one of the channels above. who: a colleague.
transfer-by = { $channel } · transferred by { $who }
transfer-to = { $channel } · transferred to { $who }
state-voicemail = { $channel } · left a voicemail

party-consulted = Asking { $name }
party-consulted_unnamed = Asking a colleague
party-conference = With { $name }
party-conference_unnamed = Conference
party-supervisor = { $name } listens in
party-supervisor_unnamed = A supervisor listens in
# channel: one of the channels above. n: the place of its tab.
also-on = Also live: { $channel }, tab { $n }

answer-voice = Answer in your phone tool
answer-other = Answer in your chat tool

record-opened = Opened in browser
record-shown = Shown in your CRM
record-not_opened = Record not opened
record-not_yet = Record not opened yet
record-held_back = Not opened by itself
record-nothing = Nothing opened
record-failed = Record could not be opened

# when: a time of day or a date.
saved-copy = Saved copy, { $when }
saved-text = What you see was read at { $when } and may have changed since. Records open and notes are written as soon as the CRM answers.

identity-verified = Identity verified
identity-attached = Unverified, sent by your contact centre
identity-claimed = Unverified, as typed
identity-caller_number = Unverified, caller ID only
identity-unknown = Unverified

short-verified = identity verified
short-unverified = unverified

advice-voice = Verify who is calling before you share account details.
advice-other = Verify who is writing before you share account details.

mark-vip = VIP
mark-sandbox = Sandbox
mark-urgent = urgent case open
mark-status_unknown = Status unknown

id-label = ID
id-copy = Copy customer ID { $id }
id-copy_known = Copy { $what }

hint-priority = Priority
hint-queue = Queue
hint-language = Language
hint-region = Region

hints-label = Routing

# Before a colleague's note.
quote-by = { $who }:
quote-open = “
quote-close = ”

cases-title = Open cases
cases-none = No open cases
cases-open = Open case
cases-all = Show all { $n }
cases-fewer = Show fewer
cases-more = { $n } more in { $source }
cases-new = { $n } new, show

case-age_today = today
case-due = due { $when }
case-overdue = overdue since { $when }
case-left = { $time } left
case-status = Status { $status }

priority-urgent = Urgent
priority-high = High priority
priority-normal = Normal priority
priority-low = Low priority

activities-title = Previous interactions
activities-none = First contact

# when: a time of day or a date.
part-as_of = as of { $when }
part-missing = { $source } · not available
part-missing_text = They load by themselves as soon as { $source } answers again.
part-missing_any = not available
part-missing_any_text = They load by themselves as soon as the CRM answers again.

facts-label = Contact details

facts-disputed = Not the same everywhere

fact-name = Name
fact-tier = Tier
fact-phone = Phone
fact-email = E-mail
fact-company = Company
fact-open = Open { $name }
fact-owner = Relationship manager
fact-extra = More

beside-title = Also in
beside-open = Open the record in { $source }
beside-else = Found elsewhere, perhaps somebody else

several-phone =
    { $n ->
        [one] { $n } customer has this number
       *[other] { $n } customers share this number
    }
several-other =
    { $n ->
        [one] { $n } possible customer
       *[other] { $n } possible customers
    }
several-who_voice = Who is calling?
several-who_other = Who is writing?
several-ask = Ask before you choose
several-conflict = The details point to different people. Ask before you choose.
several-more =
    { $n ->
        [one] { $n } more was found
       *[other] { $n } more were found
    }
several-search = Search another name
several-calm = Nothing opens in the CRM until you choose.
several-use = Use { $name }
several-choose = choose

candidate-cases =
    { $n ->
        [one] { $n } open case
       *[other] { $n } open cases
    }
candidate-no_cases = No open cases

reason-record_id = Customer ID
reason-external_id = External ID
reason-email = E-mail
reason-phone = Phone
reason-name = Name
reason-chosen_before = Chosen before
reason-against = Not: { $reason }

none-title_voice = Unknown caller
none-title_other = Unknown customer
none-phone = No customer has this number
none-other = No customer found
none-found = { $n } found
none-found_in = { $n } found · { $ms } ms
none-search = Search by name, e-mail or number
none-linked = The customer you choose is linked to this interaction.
none-created_in = Created in { $where }
none-already = Already there: { $name } { $id }.
none-use = Use this customer
none-create = Create and link
none-without = Without customer
none-without_title = Continue without a customer

nothing-title = Nothing to look up
nothing-text = No customer ID, e-mail or number came with it.

failed-title = The customer could not be looked up

action-open = Open record
action-copy_link = Copy link
action-open_later = Open record, as soon as the customer is found
action-other = Other customer
action-find = Find the customer
action-close = Close
action-more = More actions

menu-copy_id = Copy customer ID
menu-copy_link = Copy link to the record
menu-pin = Pin in the search
menu-unpin = Unpin from the search
menu-refresh = Refresh from the CRMs
menu-other = Choose another customer
menu-why = Why this pop?
menu-close = Close this interaction

hint-record = record
hint-find = find

slow-title = { $source } is slow: { $time } so far
slow-title_usual = { $source } is slow: { $time } so far, usually { $usual }
slow-text = We stop at 10 s. What other systems know is shown meanwhile.
slow-search = Search in the browser

# title: what happened. when: a time of day or a date.
offline-saved = { $title }: copy saved at { $when }
offline-changed = Values may have changed since.
# n: how many writes wait.
offline-waiting = { $n } waiting to send
offline-again = trying again in { $time }
offline-now = trying again now

problem-retry = Try again now
problem-diagnose = Run diagnosis
problem-search_page = Open search in CRM
problem-sign_in = Sign in again
problem-copy_for_admin = Copy request for admin
problem-search = Search again
problem-connect = Connect a CRM
problem-details = Copy details
problem-request = Request { $id }
