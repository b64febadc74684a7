//! Writes inputs, effects and cards as short lines that a person can compare.

use pop_core::desk::{
    Answer, Command, Desk, Effect, Input, Matching, Part, Phase, Place, Pop, PopId, Question,
    RecordState, Ticket,
};
use pop_core::fault::Fault;
use pop_core::identifier::{Assurance, Identifier};
use pop_core::profile::{ConnectionId, RecordKind, RecordRef};
use pop_core::write::WriteState;

pub(crate) fn input(input: &Input) -> String {
    match input {
        Input::Event(event) => {
            let who: Vec<String> = event.identifiers.iter().map(identifier).collect();
            let who = if who.is_empty() {
                "nobody".to_owned()
            } else {
                who.join(", ")
            };
            format!("{} {}: {who}", event.what.word(), event.key.id)
        }
        Input::Answered { ticket, answer, .. } => {
            format!("{} answers {}", from(ticket), what(answer))
        }
        Input::Opened { at, outcome } => match outcome {
            Ok(Place::Browser) => format!("the browser took the record of {}", card(at.pop)),
            Ok(Place::Crm) => format!("the CRM shows the record of {}", card(at.pop)),
            Err(why) => format!(
                "the browser did not take the record of {}: {why}",
                card(at.pop)
            ),
        },
        Input::Command(command) => format!("the agent {}", said(command)),
        Input::Policy(policy) => format!("policy: {:?}", policy.open),
        Input::Ready(connection) => format!("{} can be asked", connection.0),
        Input::SignedOut(connection) => format!("the agent signs out of {}", connection.0),
        Input::Wrote { write, state } => format!("write {} is {}", write.id.0, write_state(state)),
        Input::Drafted { form, .. } => format!("a draft of {form} is found"),
        Input::Left(left) => format!("{} left before the start", left.len()),
        Input::Idle(None) => "the system cannot tell when the agent rests".to_owned(),
        Input::Idle(Some(idle)) => format!("nothing typed for {} ms", idle.as_millis()),
        Input::Copies(copies) => format!("{} copies are found", copies.len()),
        Input::Tick => "time passes".to_owned(),
    }
}

fn said(command: &Command) -> String {
    match command {
        Command::Seen(id) => format!("sees {}", card(*id)),
        Command::Close(id) => format!("closes {}", card(*id)),
        Command::Choose { at, connection, id } => {
            format!("picks {} for {}", whose(connection, id), card(at.pop))
        }
        Command::NotThisPerson(at) => {
            format!("says that it is not this person on {}", card(at.pop))
        }
        Command::Retry { at, connection } => {
            format!("asks {} again for {}", connection.0, card(at.pop))
        }
        Command::OpenRecord { at, case: None } => format!("opens the record of {}", card(at.pop)),
        Command::OpenRecord {
            at,
            case: Some((connection, id)),
        } => format!("opens case {} of {}", whose(connection, id), card(at.pop)),
        Command::OpenBeside { at, connection } => {
            format!("opens the record of {} in {}", card(at.pop), connection.0)
        }
        Command::OpenAccount(at) => format!("opens the company of {}", card(at.pop)),
        Command::Show { connection, id } => format!("shows {}", whose(connection, id)),
        Command::Write(wish) => format!("wants {} for {}", wish.kind.word(), card(wish.at.pop)),
        Command::Undo(id) => format!("takes {} back", id.0),
        Command::Resend { id, .. } => format!("sends {} again", id.0),
        Command::Discard { id, .. } => format!("gives {} up", id.0),
        Command::Draft { pop, form, .. } => format!("types in {form} of {}", card(*pop)),
        Command::WrapUp(said) => format!("wraps {} up", card(said.at.pop)),
        Command::ExtendWrapUp(id) => format!("wants more time for {}", card(*id)),
    }
}

/// How far a write has come, in a word.
fn write_state(state: &WriteState) -> &'static str {
    match state {
        WriteState::Held => "held",
        WriteState::Waiting { .. } => "waiting",
        WriteState::Sending => "being sent",
        WriteState::Parked(_) => "parked",
        WriteState::Done(_) => "done",
        WriteState::Discarded => "given up",
        WriteState::NotSaved(_) => "not kept",
    }
}

pub(crate) fn effect(effect: &Effect, desk: &Desk) -> String {
    match effect {
        Effect::Ask { ticket, question } => format!("ask {}: {}", from(ticket), asked(question)),
        Effect::Show(id) => desk
            .pop(*id)
            .map_or_else(|| format!("show {}", card(*id)), state),
        Effect::Gone(id) => format!("gone {}", card(*id)),
        Effect::Open { at, record, asked } => {
            let why = if *asked { "asked" } else { "policy" };
            format!("OPEN {} of {} ({why})", place(record), card(at.pop))
        }
        Effect::Notify(id) => format!("notify {}", card(*id)),
        Effect::Hush(id) => format!("hush {}", card(*id)),
        Effect::Settled(key) => format!("settled {}", key.id),
        Effect::AskIdle => "ask when the agent rests".to_owned(),
        Effect::Keep(id) => format!("keep {}", card(*id)),
        Effect::KeepEnded(event) => format!("keep the end of {}", event.key.id),
        Effect::Read(id, record) => format!("read {} {}", card(*id), record.id),
        Effect::Mark(id, mark) => format!("mark {} {}", card(*id), mark.word()),
        Effect::Count(dropped) => format!("dropped: {}", dropped.word()),
        Effect::Write(write) => format!("write {} {}", write.id.0, write.kind.word()),
        Effect::Undo(id) => format!("undo {}", id.0),
        Effect::Resend { id, .. } => format!("send again {}", id.0),
        Effect::Discard { id, reason } => format!("give up {}: {reason}", id.0),
        Effect::KeepDraft { form, .. } => format!("keep the draft of {form}"),
        Effect::KeepCopy(copy) => format!("keep a copy of {}", copy.customer.id),
        Effect::ForgetCopies(_) => "forget the copies whose time is over".to_owned(),
        Effect::Queue => "draw what waits".to_owned(),
    }
}

/// A card in one line: where it stands, who it is, what happened to the record.
pub(crate) fn state(pop: &Pop) -> String {
    let mut parts = vec![
        format!("show {}: {}", card(pop.id), phase(pop.phase)),
        matching(pop),
        record(&pop.record),
    ];
    for lookup in &pop.lookups {
        if lookup.slow {
            parts.push(format!("{} is slow", lookup.connection.0));
        }
        if let Some(fault) = &lookup.fault {
            let what = if lookup.is_partial() {
                "failed in part"
            } else {
                "failed"
            };
            parts.push(format!("{} {what}: {}", lookup.connection.0, fault.slug()));
        }
    }
    parts.join(" · ")
}

pub(crate) fn matching(pop: &Pop) -> String {
    match &pop.matching {
        Matching::Nothing => "nothing to look for".into(),
        Matching::Looking => "looking".into(),
        Matching::One { customer, sure } => {
            let doubt = if *sure { "" } else { ", not sure" };
            format!("one: {}{doubt}", whose(&customer.connection, &customer.id))
        }
        Matching::Several {
            candidates,
            conflict,
        } => {
            let who: Vec<String> = candidates
                .iter()
                .map(|candidate| whose(&candidate.connection, &candidate.id))
                .collect();
            let kind = if *conflict { "conflict" } else { "several" };
            format!("{kind}: {}", who.join(", "))
        }
        Matching::None => "none".into(),
        Matching::Failed => "failed".into(),
    }
}

pub(crate) fn asked(question: &Question) -> String {
    match question {
        Question::Find(who) => format!("who is {}", identifier(who)),
        Question::Cases(customer) => format!("cases of {}", customer.id),
        Question::Activities(customer) => format!("activities of {}", customer.id),
    }
}

/// How much of a part is there.
pub(crate) fn part<T>(part: &Part<T>) -> String {
    match part {
        Part::Off => "off".into(),
        Part::Waiting => "waiting".into(),
        Part::Ready(listed) => format!("{} ready", listed.items.len()),
        Part::Failed(fault) => fault.slug().into(),
    }
}

fn what(answer: &Answer) -> String {
    let fault = |fault: &Fault| fault.slug().to_owned();
    match answer {
        Answer::Found(Ok(found)) => {
            let mut ids: Vec<&str> = found.customers.iter().map(|one| one.id.as_str()).collect();
            ids.extend(found.customers.is_empty().then_some("nobody"));
            ids.extend(found.missed.as_ref().map(|_| "and not all could look"));
            ids.join(", ")
        }
        Answer::Cases(Ok(listed)) => format!("{} cases", listed.items.len()),
        Answer::Activities(Ok(listed)) => format!("{} activities", listed.items.len()),
        Answer::Found(Err(why)) | Answer::Cases(Err(why)) | Answer::Activities(Err(why)) => {
            fault(why)
        }
    }
}

fn identifier(identifier: &Identifier) -> String {
    let assurance = match identifier.assurance {
        Assurance::CallerNumber => "caller number",
        Assurance::Claimed => "claimed",
        Assurance::Attached => "attached",
        Assurance::Authenticated => "authenticated",
    };
    let kind = identifier.kind().word();
    format!("{kind} {} ({assurance})", identifier.display())
}

fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::LookedUp => "looked up",
        Phase::Offered => "offered",
        Phase::Accepted => "accepted",
        Phase::Withdrawn => "withdrawn",
        Phase::Missed => "missed",
        Phase::WrapUp => "wrap-up",
        Phase::Transferred => "transferred",
        Phase::Ended => "ended",
    }
}

fn record(record: &RecordState) -> String {
    match record {
        RecordState::NotOpened => "not opened".into(),
        RecordState::Opening(record) => format!("opening {}", place(record)),
        RecordState::Opened(record, Place::Browser) => format!("opened {}", place(record)),
        RecordState::Opened(record, Place::Crm) => format!("shown {}", place(record)),
        RecordState::HeldBack => "held back".into(),
        RecordState::Failed(why) => format!("not opened: {why}"),
    }
}

fn place(record: &RecordRef) -> String {
    let kind = match record.kind {
        RecordKind::Customer => "",
        RecordKind::Case => "case ",
        RecordKind::Account => "company ",
    };
    format!("{kind}{}", whose(&record.connection, &record.id))
}

fn whose(connection: &ConnectionId, id: &str) -> String {
    format!("{}/{id}", connection.0)
}

fn from(ticket: &Ticket) -> String {
    ticket.connection.0.clone()
}

fn card(id: PopId) -> String {
    format!("#{}", id.0)
}
