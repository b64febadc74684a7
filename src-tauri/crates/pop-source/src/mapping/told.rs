//! An event in the words of a mapping file: what samples expect and what the admin's tool prints.
//!
//! Whatever has no value is left out, so that a sample says what there is and nothing else.

use pop_core::identifier::{Assurance, Identifier, Value as Who};
use pop_core::interaction::{AgentRef, Event};
use pop_core::life::{Life, Party};
use serde_json::{Map, Value, json};

use crate::mapping::memory::agent_to_json;

/// The event as a sample of a mapping file tells it.
pub fn told(event: &Event) -> Value {
    let mut told = Map::new();
    let mut tell = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            told.insert(name.to_owned(), value);
        }
    };
    let text = |text: &str| Some(Value::String(text.to_owned()));
    let of = |text: &Option<String>| text.clone().map(Value::String);
    tell("what", text(event.what.word()));
    tell("id", text(&event.id));
    tell("source", text(&event.key.source));
    tell(
        "interaction",
        event.names_interaction.then(|| event.key.id.clone().into()),
    );
    tell("at", text(&event.at.rfc3339()));
    tell("expires", event.expires.map(|at| at.rfc3339().into()));
    tell("channel", text(event.channel.word()));
    tell("direction", text(event.direction.word()));
    tell("agent", Some(named(&event.agent)));
    tell("queue", of(&event.queue));
    tell("name", of(&event.name));
    let identifiers: Vec<_> = event.identifiers.iter().map(identifier).collect();
    tell("identifiers", list(identifiers));
    let refused = event
        .refused
        .iter()
        .map(|refused| format!("{}: {}", refused.raw, refused.reason))
        .collect();
    tell("refused", list(refused));
    tell("authenticated", event.authenticated.then_some(true.into()));
    tell("reason", of(&event.reason));
    tell("language", of(&event.language));
    tell("summary", of(&event.summary));
    let timeout = event.offer_timeout.map(|timeout| timeout.as_secs().into());
    tell("offer_timeout", timeout);
    let attributes = &event.attributes;
    tell(
        "attributes",
        (!attributes.is_empty()).then(|| json!(attributes)),
    );
    tell("traceparent", of(&event.traceparent));
    told.extend(course(&event.life));
    Value::Object(told)
}

/// What is told of the interaction's course, by the keys of a mapping file.
fn course(life: &Life) -> Map<String, Value> {
    let mut told = Map::new();
    let mut tell = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            told.insert(name.to_owned(), value);
        }
    };
    let text = |text: &Option<String>| text.clone().map(Value::String);
    let transfer = life.transfer.clone().unwrap_or_default();
    tell("from", transfer.from.as_ref().map(named));
    tell("to", transfer.to.as_ref().map(named));
    tell("note", text(&transfer.note));
    tell("previous", text(&transfer.previous));
    tell("parent", text(&life.parent));
    let parties = life.parties.as_ref().map(|parties| {
        let party = |party: &Party| format!("{} ({})", party.name, party.role.word());
        json!(parties.iter().map(party).collect::<Vec<_>>())
    });
    tell("parties", parties);
    tell("unanswered", life.unanswered.map(|why| json!(why.word())));
    tell("voicemail", life.voicemail.then_some(true.into()));
    tell("held", life.held.map(Value::Bool));
    tell("wrap_up", life.wrapping_up.then_some(true.into()));
    told
}

fn named(agent: &AgentRef) -> Value {
    let mut told = agent_to_json(agent);
    if let (Some(members), Some(name)) = (told.as_object_mut(), &agent.name) {
        members.insert("name".to_owned(), Value::String(name.clone()));
    }
    told
}

fn list(texts: Vec<String>) -> Option<Value> {
    (!texts.is_empty()).then(|| json!(texts))
}

fn identifier(identifier: &Identifier) -> String {
    let value = match &identifier.value {
        Who::RecordId(id) | Who::ExternalId(id) => id.clone(),
        Who::Email(email) => email.as_str().to_owned(),
        Who::Phone(phone) => phone.e164().to_owned(),
    };
    let assurance = match identifier.assurance {
        Assurance::Authenticated => "authenticated",
        Assurance::Attached => "attached",
        Assurance::Claimed => "claimed",
        Assurance::CallerNumber => "caller number",
    };
    format!("{} {value} ({assurance})", identifier.kind().word())
}
