//! Turns the body of an HTTP request into events: CloudEvents 1.0 in its three modes, and the
//! simple form.
//!
//! The bytes are verified before they get here. Everything is read by the schema of the event
//! ([`event_schema`]): unknown members are ignored, known ones have their type and length, and one
//! that has not refuses the whole delivery. A fault names the place and what belongs there, never
//! what stood there. How an event travels elsewhere (a broker) is not known here, but its body is
//! the same.

mod envelope;
mod life;
mod members;
mod schema;
mod simple;
mod write;

use std::borrow::Cow;

use pop_core::interaction::Event;
use pop_core::json::{self, Limits};
use pop_core::moment::Moment;
use pop_core::phone::PhoneRules;
use serde_json::Value;

pub use write::{Beside, write};

use crate::link;
use envelope::Envelope;
pub(crate) use envelope::trace_parent;
pub(crate) use life::NOTE;

/// What every type of ours begins with; after it come the word of a [`What`] and `.v1`.
///
/// [`What`]: pop_core::interaction::What
pub const TYPE_PREFIX: &str = "app.screenpop.interaction.";

/// What every type of ours ends with.
pub const TYPE_SUFFIX: &str = ".v1";

/// The most bytes of one body (security rule L6).
pub const MAX_BODY: usize = Limits::EVENT.max_bytes;

/// The JSON Schema of a structured event, for the documentation and for senders.
pub fn event_schema() -> &'static str {
    include_str!("canonical/event.schema.json")
}

/// How a body holds its events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Framing {
    /// One `CloudEvent`, envelope and data in the body.
    Structured,
    /// A list of CloudEvents.
    Batch,
    /// The data in the body, the envelope in these `ce-` fields (name without `ce-`, value).
    Binary(Vec<(String, Vec<u8>)>),
    /// `{"event":"chat_completed",…}`, made into a `CloudEvent` here.
    Simple,
    /// A command line or a link, as a list of its arguments; it never comes over HTTP.
    Arguments,
}

impl Framing {
    /// Reads the framing from the header fields; `None` when the content type is not one of ours.
    pub fn of<'h>(fields: impl IntoIterator<Item = (&'h str, &'h [u8])>) -> Option<Self> {
        let mut media = None;
        let mut attributes = Vec::new();
        for (name, value) in fields {
            let name = name.to_ascii_lowercase();
            if name == "content-type" {
                if media.replace(value).is_some() {
                    return None;
                }
            } else if let Some(attribute) = name.strip_prefix("ce-") {
                attributes.push((attribute.to_owned(), value.to_vec()));
            }
        }
        match media_type(std::str::from_utf8(media?).ok()?)?.as_str() {
            "application/cloudevents+json" => Some(Self::Structured),
            "application/cloudevents-batch+json" => Some(Self::Batch),
            "application/json" if attributes.is_empty() => Some(Self::Simple),
            "application/json" => Some(Self::Binary(attributes)),
            _ => None,
        }
    }
}

/// The type and subtype in lower case; `None` for any other charset than UTF-8.
fn media_type(text: &str) -> Option<String> {
    let mut parts = text.split(';');
    let media = parts.next()?.trim_matches([' ', '\t']).to_ascii_lowercase();
    for parameter in parts {
        let (name, value) = parameter.split_once('=')?;
        let charset = name
            .trim_matches([' ', '\t'])
            .eq_ignore_ascii_case("charset");
        let value = value.trim_matches([' ', '\t', '"']);
        if charset && !value.eq_ignore_ascii_case("utf-8") {
            return None;
        }
    }
    Some(media)
}

/// What is known about a delivery beside its body.
#[derive(Clone, Copy, Debug)]
pub struct Arrival<'a> {
    /// When its last byte came in.
    pub received: Moment,
    /// The id of the delivery, which names a simple event that has no id of its own.
    pub delivery_id: Option<&'a str>,
    /// The `traceparent` field, for a simple event.
    pub traceparent: Option<&'a str>,
}

/// Why a body holds no event: the code is `E_EVENT`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("E_EVENT at {at}: expected {expected}")]
pub struct EventFault {
    /// Where, in the names of the schema, such as `data.customer.phone`; or line and column.
    pub at: String,
    /// What belongs there.
    pub expected: Cow<'static, str>,
}

impl EventFault {
    fn new(at: impl Into<String>, expected: impl Into<Cow<'static, str>>) -> Self {
        Self {
            at: at.into(),
            expected: expected.into(),
        }
    }
}

/// Reads every event of a body whose signature holds; one bad event refuses them all.
pub fn read(
    framing: &Framing,
    body: &[u8],
    arrival: Arrival<'_>,
    rules: &PhoneRules,
) -> Result<Vec<Event>, EventFault> {
    if *framing == Framing::Arguments {
        let event = link::read_again(body, arrival.received, rules);
        return event
            .map(|event| vec![event])
            .ok_or_else(|| EventFault::new("the arguments", "a link or a caller"));
    }
    let value = parse(body)?;
    let from_envelope = |envelope: Envelope| schema::event(&envelope, arrival.received, rules);
    match framing {
        Framing::Structured => Envelope::structured(value, "")
            .and_then(from_envelope)
            .map(|event| vec![event]),
        Framing::Batch => {
            let Value::Array(values) = value else {
                return Err(EventFault::new("the body", "a list of CloudEvents"));
            };
            let place = |(index, value)| Envelope::structured(value, &format!("[{index}]."));
            values
                .into_iter()
                .enumerate()
                .map(|item| place(item).and_then(from_envelope))
                .collect()
        }
        Framing::Binary(attributes) => Envelope::binary(attributes, value)
            .and_then(from_envelope)
            .map(|event| vec![event]),
        Framing::Simple | Framing::Arguments => {
            simple::event(&value, body, arrival, rules).map(|event| vec![event])
        }
    }
}

fn parse(body: &[u8]) -> Result<Value, EventFault> {
    json::parse(body, Limits::EVENT).map_err(|error| {
        let place = format!("line {}, column {}", error.line, error.column);
        EventFault::new(place, format!("JSON, but {}", error.fault))
    })
}
