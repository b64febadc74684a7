### What is said of the product itself: permanent notices, refused events, refused commands.

banner-memory_only = Nothing is kept beyond this session: { $why }. You sign in again at each start.
banner-keychain_locked = The keychain is locked. Pops go on; sign-in and history wait until you unlock it.
banner-secrets_refused = The kept sign-ins could not be opened and were set aside. Sign in again.
banner-loopback_http = { $crm } is reached without encryption on this computer.
banner-nothing_kept = History cannot be kept: { $why }. Pops go on.
banner-sign_in_ends = Your sign-in at { $name } ends in { $days ->
    [one] one day
   *[other] { $days } days
}. Sign in again before, when it suits you.
banner-sign_in_ends_today = Your sign-in at { $name } ends today. Sign in again when it suits you.
banner-gateway = the gateway

## Events that were refused or dropped, by code

refusal-too_many_connections = More programs called at once than are let in.
refusal-head_malformed = A request was not proper HTTP. Check the program that sends.
refusal-framing_ambiguous = A request was not proper HTTP. Check the program that sends.
refusal-cut = A request was not proper HTTP. Check the program that sends.
refusal-head_too_large = A request’s head was too large. Send fewer header fields.
refusal-head_too_slow = A request came too slowly and was ended.
refusal-body_too_slow = A request came too slowly and was ended.
refusal-foreign_host = A request was meant for another host name. A web page may have tried.
refusal-foreign_page = A web page tried to send an event. Pages are not let in.
refusal-no_such_path = A request went to another path. Events go to /v1/events.
refusal-wrong_method = A request was not a POST. Events are posted.
refusal-wrong_type = The content type was not one of CloudEvents or JSON.
refusal-no_length = A request had no length. Send Content-Length.
refusal-body_too_large = An event was larger than 64 KiB.
refusal-signature_missing = An event was not signed. Sign it by Standard Webhooks.
refusal-signature_malformed = An event’s signature was not in the form of Standard Webhooks.
refusal-signature_outside_window = An event’s time was more than 5 minutes off. Check both clocks.
refusal-signature_wrong = An event’s signature did not match. Check the sender’s secret.
refusal-too_fast = A sender sent more events than it may.
refusal-E_EVENT = A signed event was not in the expected form. Check the sender’s mapping.
refusal-conflict = An id was used again for another event.
refusal-not_ours = An event was for another agent.
refusal-foreign_agent = An event was for another agent.
refusal-by_rule = An interaction has no card by a rule of your organisation.
refusal-unavailable = An event could not be kept, so the sender was asked to try again.
refusal-late = An offer had expired when it came.
refusal-stale_event = An event came after the interaction was over, or out of order.
refusal-stale_answer = A CRM answered a question that was no longer open.
refusal-stale_command = A click was meant for a card as it no longer was.
refusal-not_decided = Something was to be written while it was not clear whose record it was for.
refusal-rule_without_facts = At the end of an interaction a rule wrote nothing, because what it needs is not known.
refusal-end_waits = An interaction without a card ended. Its rules wait until its customer can be looked up: a CRM did not answer.
refusal-end_unasked = An interaction without a card ended, and for a day its customer could not be looked up. No rule wrote anything.
refusal-end_several = An interaction without a card ended, and it may be of several customers. No rule wrote anything.
refusal-end_nobody = An interaction without a card ended, and no CRM knows its customer. No rule wrote anything.
refusal-end_repeats = The end of an interaction did not say which one, and may be of one that is known. No rule wrote anything.
refusal-E_LINK = A link or command line was not in the expected form.
refusal-other = Refused.

wrong-required = Fill this in
wrong-too_long = At most { $most } characters
wrong-several_lines = One line only
wrong-no_text = This has characters that are no text
wrong-no_choice = The CRM no longer offers this. Choose another
wrong-no_field = The CRM’s form no longer has this field
wrong-refused = The CRM did not accept this
wrong-text = Write text
wrong-choice = Choose one
wrong-email = Write an e-mail address, such as name@example.com
wrong-phone = Write a telephone number with its country code, such as +34 600 012 345
wrong-number = Write a number
wrong-switch = Choose yes or no
wrong-date = Write a day, such as 2026-11-30

not-saved = This could not be saved
    .text = { $why }. Nothing was sent; what you typed is still in the form.
