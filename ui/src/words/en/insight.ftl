### What happened and why: the timeline, the reasons, trying an event, and the evidence.

flight-title = What happened
flight-back = Back
flight-again = Read again
flight-views = View
flight-why = Why
flight-way = Timeline
flight-trace = Trace
flight-copy_trace = Copy trace ID
flight-none = Nothing was recorded of this interaction.
flight-gone = The card is no longer on screen. Its timeline is still there.
flight-first = From the event to the card
flight-later = { $after } later
flight-step = Step
flight-bar = Duration
flight-at = After
flight-took = took { $time }
flight-ms = { $n } ms
flight-s = { $n } s
flight-legend = Where the time of a request went
flight-part_dns = Name (DNS)
flight-part_connect = Connection
flight-part_wait = Waiting
flight-part_body = Answer
flight-sign_for = Speaks for it
flight-sign_against = Speaks against
flight-sign_careful = Look here
flight-copy = Copy
flight-copied = Timeline copied
flight-save = Save JSON
flight-saved = Saved as { $path }
flight-evidence = Export evidence

dry-title = Try an event
dry-text = Shows what would happen. The CRMs are asked; nothing opens, is written or goes into the history.
dry-open = Try an event
dry-body = Event
dry-example = Paste the JSON that a platform sends
dry-mapping = Read as
dry-own = Screenpop event (CloudEvents or simple)
dry-go = Show what would happen
dry-read = The event was read
dry-unread = This is not an event.
dry-no_card = No card.
dry-card = Card: { $name }
dry-nobody = Card without a customer
dry-would = Would open

evidence-title = Export evidence
evidence-size = about { $n } KB
evidence-text = One ZIP file for your administrator or the vendor. You can read every line before you send it.
evidence-parts = What goes in
evidence-timeline = Timeline
evidence-timeline_text = This interaction, or the last 20, step by step
evidence-requests = Last requests to the CRMs
evidence-requests_text = Call, path, status, duration, names of fields. No values, no tokens
evidence-versions = Versions and settings
evidence-versions_text = App, system, bundle, connections, what the organisation has set
evidence-diagnosis = Check results
evidence-diagnosis_text = How each connection does, with cause and fix where a check was run
evidence-masked = Customer data is left out
evidence-masked_text = Names, numbers and notes are never recorded; what slips in is replaced
evidence-clean = Scanned: nothing personal or secret found
evidence-removed =
    { $n ->
        [one] { $n } find was replaced
       *[other] { $n } finds were replaced
    }
evidence-looked =
    { $n ->
        [one] { $n } name, number or secret was looked for, in six spellings
       *[other] { $n } names, numbers and secrets were looked for, each in six spellings
    }
evidence-preview = Preview
evidence-files = Files
evidence-remark = Add a remark
evidence-optional = optional
evidence-remark_hint = What did you see, and since when?
evidence-save = Save ZIP
evidence-saved = Saved as { $path }
evidence-copy = Copy summary
evidence-copied = Summary copied

menu-timeline = Show the timeline
today-timeline = Timeline of { $name }
