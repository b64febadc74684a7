//! Writes an event as the `CloudEvent` that [`read`](super::read) makes the same event of.
//!
//! It is how events leave the gateway. Lengths are not looked at here: what a mapping or the reader
//! made has those of the schema already. Trust never rises on the way: an identifier whose
//! assurance the envelope cannot say is left out rather than written as something stronger.

use std::time::Duration;

use pop_core::identifier::{Assurance, Declared, Identifier, Kind, Trust, Value as Who};
use pop_core::interaction::{AgentRef, Event};
use pop_core::life::sequence;
use pop_core::moment::Moment;
use serde_json::{Map, Value, json};

use super::life;
use super::schema::ASSURANCES;
use super::{TYPE_PREFIX, TYPE_SUFFIX};

/// What stands beside the event in the envelope; our reader ignores it, other consumers need not.
#[derive(Clone, Copy, Debug)]
pub struct Beside<'a> {
    /// The id of the interaction from end to end, the same after a transfer (`correlationid`).
    pub correlation: &'a str,
    /// When we heard of it (`recordedtime`).
    pub recorded: Moment,
}

/// The body of the event in structured mode, `application/cloudevents+json`.
pub fn write(event: &Event, beside: Beside<'_>) -> Vec<u8> {
    let mut told = Told::default();
    told.text("specversion", "1.0");
    told.text("id", &event.id);
    told.text("source", &event.key.source);
    let word = event.what.word();
    told.text("type", &format!("{TYPE_PREFIX}{word}{TYPE_SUFFIX}"));
    told.text("subject", &event.key.id);
    told.text("time", &event.at.rfc3339_exact());
    told.text("datacontenttype", "application/json");
    told.maybe("expirytime", event.expires.map(Moment::rfc3339_exact));
    told.text("correlationid", beside.correlation);
    let wrapping_up = event.life.wrapping_up;
    let ours = || sequence(event.what, wrapping_up, event.at, 0);
    told.text("sequence", &event.sequence.clone().unwrap_or_else(ours));
    told.text("recordedtime", &beside.recorded.rfc3339_exact());
    told.maybe("traceparent", event.traceparent.clone());
    told.put("data", data(event));
    told.into_value().to_string().into_bytes()
}

fn data(event: &Event) -> Value {
    let mut told = Told::default();
    told.text("interactionId", &event.key.id);
    if !event.names_interaction {
        told.put("namesInteraction", Value::Bool(false));
    }
    told.text("state", life::state(event.what, &event.life));
    if !event.reports_acceptance {
        told.put("reportsAcceptance", Value::Bool(false));
    }
    told.text("channel", event.channel.word());
    told.text("direction", event.direction.word());
    told.put("agent", agent(&event.agent));
    if let Some(queue) = &event.queue {
        told.put("queue", json!({ "name": queue }));
    }
    told.put("customer", customer(event));
    told.maybe("language", event.language.clone());
    // A reason that is not there must not be read out of the attributes.
    let named = event.attributes.contains_key("reason");
    let reason = event.reason.clone();
    told.maybe("reason", reason.or_else(|| named.then(String::new)));
    if !event.attributes.is_empty() {
        told.put("attributes", json!(event.attributes));
    }
    told.maybe("summary", event.summary.clone());
    let timeout = event.offer_timeout.as_ref().map(Duration::as_secs);
    if let Some(seconds) = timeout.filter(|seconds| (1..=3_600).contains(seconds)) {
        told.put("offerTimeoutSeconds", json!(seconds));
    }
    for (name, value) in life::write(&event.life) {
        told.put(name, value);
    }
    told.into_value()
}

pub(super) fn agent(agent: &AgentRef) -> Value {
    let mut told = Told::default();
    told.maybe("id", agent.id.clone());
    told.maybe("platformId", agent.platform_id.clone());
    told.maybe("email", agent.email.clone());
    told.maybe("name", agent.name.clone());
    told.maybe("extension", agent.extension.clone());
    told.into_value()
}

fn customer(event: &Event) -> Value {
    let mut told = Told::default();
    let declared = declared(event);
    let said = |kind| Assurance::of(kind, event.channel, declared, Trust::Signed);
    for identifier in &event.identifiers {
        if said(identifier.kind()) > identifier.assurance {
            continue;
        }
        match &identifier.value {
            Who::RecordId(id) => told.text("customerId", id),
            Who::ExternalId(id) => told.text("externalId", id),
            Who::Email(email) => told.text("email", email.as_str()),
            Who::Phone(phone) => told.text("phone", phone.e164()),
        }
    }
    for refused in &event.refused {
        let name = match refused.kind {
            Kind::RecordId => "customerId",
            Kind::ExternalId => "externalId",
            Kind::Email => "email",
            Kind::Phone => "phoneRaw",
        };
        told.text(name, &refused.raw);
    }
    told.maybe("name", event.name.clone());
    let word = ASSURANCES
        .iter()
        .find(|(known, _)| Some(*known) == declared);
    told.maybe(
        "identityAssurance",
        word.map(|(_, word)| (*word).to_owned()),
    );
    told.into_value()
}

/// The assurance of the envelope that gives every identifier its own; a claim when none does.
fn declared(event: &Event) -> Option<Declared> {
    if event.authenticated {
        return Some(Declared::Authenticated);
    }
    let fits = |declared: &Option<Declared>| {
        let same = |identifier: &Identifier| {
            let kind = identifier.kind();
            Assurance::of(kind, event.channel, *declared, Trust::Signed) == identifier.assurance
        };
        event.identifiers.iter().all(same)
    };
    [Some(Declared::CallerNumber), None, Some(Declared::Claimed)]
        .into_iter()
        .find(fits)
        .unwrap_or(Some(Declared::Claimed))
}

/// The members of an object; what has no value is not there.
#[derive(Default)]
struct Told(Map<String, Value>);

impl Told {
    fn put(&mut self, name: &str, value: Value) {
        self.0.insert(name.to_owned(), value);
    }

    fn text(&mut self, name: &str, text: &str) {
        self.put(name, Value::String(text.to_owned()));
    }

    fn maybe(&mut self, name: &str, text: Option<String>) {
        if let Some(text) = text {
            self.put(name, Value::String(text));
        }
    }

    fn into_value(self) -> Value {
        Value::Object(self.0)
    }
}
