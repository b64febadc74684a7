### Why a card is as it is, and the steps of its way.

## Why a card is as it is. $crm is what people call the system, $by what the customer was found by.

explain-who = Why this customer
explain-people = Who was found
explain-opening = The record in the CRM
explain-rules = What rules did
explain-asked = Who was asked

explain-who-one = Exactly one customer fits
    .text = Found in { $crm } by { $by }.
explain-who-unsure = One customer fits, but it is not certain
    .text = Found in { $crm } by { $by }. Another CRM, or a part of this one, has not answered and might know somebody else; or you have ruled somebody out.
explain-who-chosen = You chose this customer
    .text = The record is in { $crm }. Your choice ranks them first next time; it never opens anything by itself.
explain-who-several =
    { $n ->
        [one] { $n } customer fits; the choice is yours
       *[other] { $n } customers fit; the choice is yours
    }
    .text = All were found by what can be trusted equally. Nothing opens and nothing is written until you choose.
explain-who-conflict = What came in points to different people
    .text = Identifiers that can be trusted differently found different people. Nothing opens and nothing is written until you choose.
explain-who-none = Nobody knows this customer
    .text = Every CRM answered, and none has a record for what came in.
explain-who-failed = It is not known who it is
    .text = A CRM that might know could not answer.
explain-who-looking = Still being looked up
    .text = Not every CRM has answered yet.
explain-who-nothing = Nothing came in to tell a customer by
    .text = A withheld, short or own number never matches anybody.
explain-came = Came in: { $by }
explain-refused = Not used, { $kind }: { $why }

explain-kind-id = record ID
explain-kind-external_id = customer number
explain-kind-email = e-mail address
explain-kind-phone = phone number
explain-by-authenticated = { $kind }, verified by the platform
explain-by-attached = { $kind }, attached by the platform
explain-by-claimed = { $kind }, claimed
explain-by-caller = { $kind }, from the telephone network, which can be forged

explain-person = { $why } { $crm }: { $by }
explain-person-meant = The customer on the card.
explain-person-same = The same person in another CRM.
explain-person-among = Can be meant.
explain-person-undecided = Not decided yet.
explain-person-weaker = Not meant: what can be trusted more found somebody else.
explain-person-rejected = Not meant: you said so.
explain-person-not_chosen = Not meant: you chose somebody else.
explain-person-less = Not meant: a more important CRM decides who it is.

explain-opening-browser = Opened in the browser
explain-opening-crm = Shown in the CRM’s own window
explain-opening-way = It is being opened
explain-opening-would = It would open
explain-opening-failed = It could not be opened
explain-opening-held_back = Held back
    .text = More than three records would have opened by themselves within ten seconds. Open it yourself.
explain-opening-pausing = Waiting for a pause in your typing
    .text = A browser that comes up takes the keyboard. It opens after eight seconds at the latest.
explain-opening-looking = Not opened: it is still being looked up who it is
explain-opening-nobody = Not opened: no customer is known
explain-opening-several = Not opened: several customers fit, and you decide
explain-opening-conflict = Not opened: what came in points to different people
explain-opening-not_sure = Not opened: somebody who has not answered might know another customer
explain-opening-used = Not opened again: it opened by itself once for this interaction
explain-opening-over = Not opened: the interaction is over
explain-opening-before_accept = Opens when you accept
explain-opening-never = Not opened: nothing opens by itself here
explain-opening-paused = Not opened: you paused pops
explain-opening-follower = Not opened: another device of yours leads
explain-opening-bundle = Not opened: your organisation’s settings have expired
explain-opening-no_record = Not opened: the customer has no record of the kind that is to open
explain-opening_by-setting = When it opens is a setting
explain-opening_by-outbound = When it opens is the setting for calls you make
explain-opening_by-rule = When it opens is said by the rule “{ $rule }”

explain-rule-none = No rule counted
explain-rule-by = Rule “{ $rule }”
explain-rule-silent = No card
explain-rule-offer = Opens when offered
explain-rule-accept = Opens when accepted
explain-rule-never = Never opens by itself
explain-rule-records = Which record opens
explain-rule-vip = Marked as VIP
explain-rule-priority = Priority: { $value }
explain-rule-queue = Queue: { $value }
explain-rule-language = Language: { $value }

explain-asked-found =
    { $n ->
        [one] { $crm } found { $n } customer
       *[other] { $crm } found { $n } customers
    }
explain-asked-waiting = { $crm } has not answered yet

## The steps of an interaction’s way, by the flight recorder’s words.

mark-received = Received
mark-verified = Signature verified
mark-mapped = Read as an event
mark-popped = Card made
mark-accepted = Accepted by the agent
mark-rule = Rule counted
mark-asked_who = Asked who it is
mark-asked_cases = Asked for cases
mark-asked_activities = Asked for history
mark-answered_who = Answered who it is
mark-answered_cases = Answered with cases
mark-answered_activities = Answered with history
mark-request = Request
mark-matched_one = One customer
mark-matched_several = Several customers
mark-matched_none = Nobody known
mark-match_failed = Could not be looked up
mark-link_chosen = Link chosen
mark-link_missing = No link can be made
mark-opened = Opened in the browser
mark-shown_in_crm = Shown in the CRM
mark-open_failed = Could not be opened
mark-held_back = Opening held back
mark-painted = Card on screen
mark-painted_complete = Complete on screen
mark-ended = Ended
mark-write_kept = Entry saved here
mark-write_waiting = Entry waits to be sent
mark-write_sent = Entry being sent
mark-write_failed = Sending failed, tried again later
mark-write_parked = Entry waits for a person
mark-written = Written to the CRM
mark-write_discarded = Entry taken back
mark-write_lost = Entry could not be kept
