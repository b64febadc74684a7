//! The members of an event's data that tell of the interaction's course: transfer, parties, why
//! nobody took it, hold, wrap-up, voicemail. Read and written here, so that both stay one.

use pop_core::interaction::{AgentRef, What};
use pop_core::life::{Life, Party, Role, Transfer, Unanswered};
use serde_json::{Value, json};

use super::EventFault;
use super::members::{Length, Members};
use super::schema::{NAME, agent_members, told};

/// The most parties of one event.
const MOST_PARTIES: usize = 16;
/// The most characters of a colleague's note.
pub(crate) const NOTE: usize = 4_096;

const TRANSFER_KINDS: [((), &str); 4] = [
    ((), "blind"),
    ((), "attended"),
    ((), "queue"),
    ((), "unknown"),
];

/// Reads what the data says; `held` and `wrapping_up` are also states of their own.
pub(super) fn read(data: &Members<'_>, held: bool, wrapping_up: bool) -> Result<Life, EventFault> {
    let parent = data.text("parentInteractionId", Length::ID)?;
    let voicemail = data.switch("voicemail")?.unwrap_or(false);
    Ok(Life {
        parent: parent.map(str::to_owned),
        transfer: transfer(data)?,
        parties: parties(data)?,
        unanswered: data.word("declineReason", &Unanswered::ALL)?,
        voicemail,
        held: data.switch("held")?.or(held.then_some(true)),
        wrapping_up,
    })
}

fn transfer(data: &Members<'_>) -> Result<Option<Transfer>, EventFault> {
    let Some(members) = data.object("transfer")? else {
        return Ok(None);
    };
    members.word("kind", &TRANSFER_KINDS)?;
    members.object("toQueue")?;
    let previous = members.text("previousInteractionId", Length::ID)?;
    let note = members.text("note", Length::up_to(NOTE))?;
    let transfer = Transfer {
        from: colleague(&members, "fromAgent")?,
        to: colleague(&members, "toAgent")?,
        note: note.and_then(told),
        previous: previous.map(str::to_owned),
    };
    Ok((transfer != Transfer::default()).then_some(transfer))
}

/// An agent who may be known by name alone.
fn colleague(members: &Members<'_>, name: &str) -> Result<Option<AgentRef>, EventFault> {
    let Some(inner) = members.object(name)? else {
        return Ok(None);
    };
    let agent = agent_members(&inner)?;
    if agent == AgentRef::default() {
        let expected = "an id, or one of platformId, email, extension, name";
        return Err(inner.fault("id", expected));
    }
    Ok(Some(agent))
}

fn parties(data: &Members<'_>) -> Result<Option<Vec<Party>>, EventFault> {
    let Some(items) = data.objects("parties", MOST_PARTIES)? else {
        return Ok(None);
    };
    let party = |members: Members<'_>| {
        Ok(Party {
            name: members.needed_text("name", NAME)?.to_owned(),
            role: members.needed_word("role", &Role::ALL)?,
        })
    };
    items
        .into_iter()
        .map(party)
        .collect::<Result<_, _>>()
        .map(Some)
}

/// The state of an event's data.
pub(super) fn state(what: What, life: &Life) -> &'static str {
    match what {
        What::Offered => "offered",
        What::Updated if life.held == Some(true) => "held",
        // An update says nothing about the state; the reader takes any.
        What::Accepted | What::Updated => "accepted",
        What::Declined => "declined",
        What::Transferred => "transferred",
        What::Ended if life.wrapping_up => "wrapup",
        What::Ended => "ended",
    }
}

/// The members that say it, by their names.
pub(super) fn write(life: &Life) -> Vec<(&'static str, Value)> {
    let mut told = Vec::new();
    if let Some(parent) = &life.parent {
        told.push(("parentInteractionId", json!(parent)));
    }
    if let Some(transfer) = &life.transfer {
        told.push(("transfer", written_transfer(transfer)));
    }
    if let Some(parties) = &life.parties {
        let parties: Vec<Value> = parties
            .iter()
            .map(|party| json!({ "name": party.name, "role": party.role.word() }))
            .collect();
        told.push(("parties", json!(parties)));
    }
    if let Some(reason) = life.unanswered {
        told.push(("declineReason", json!(reason.word())));
    }
    if life.voicemail {
        told.push(("voicemail", json!(true)));
    }
    if let Some(held) = life.held {
        told.push(("held", json!(held)));
    }
    told
}

fn written_transfer(transfer: &Transfer) -> Value {
    let mut told = serde_json::Map::new();
    let agents = [("fromAgent", &transfer.from), ("toAgent", &transfer.to)];
    for (name, agent) in agents {
        if let Some(agent) = agent {
            told.insert(name.to_owned(), super::write::agent(agent));
        }
    }
    let texts = [
        ("note", &transfer.note),
        ("previousInteractionId", &transfer.previous),
    ];
    for (name, text) in texts {
        if let Some(text) = text {
            told.insert(name.to_owned(), json!(text));
        }
    }
    Value::Object(told)
}
