//! A body that somebody pastes or hands over in a file: read as a source would read it, without the
//! signature that only a delivery has.
//!
//! Who tries an event often does not know which mapping reads it: [`by_any`] says which one does,
//! and guesses nothing where several do.

use pop_core::interaction::Event;
use pop_core::moment::Moment;
use pop_core::phone::PhoneRules;

use crate::canonical::{self, Arrival, EventFault, Framing};
use crate::delivery::Delivery;
use crate::mapping::{Ignored, LeftOut, Mapping, Notes, Unreadable, Why};

/// What a body holds, and who read it.
#[derive(Clone, Debug, PartialEq)]
pub struct Pasted {
    /// Who read it.
    pub by: ReadBy,
    /// What happened, in the order of the body.
    pub events: Vec<Event>,
    /// Parts of it that hold nothing for us, and why.
    pub ignored: Vec<Ignored>,
    /// Members of events that could not be used.
    pub left_out: Vec<LeftOut>,
}

/// Who read a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadBy {
    /// It is in our own form.
    Own(Framing),
    /// A platform's mapping.
    Mapping {
        /// Its name in settings.
        id: String,
        /// The platform's name, for people.
        name: String,
    },
}

/// Why nobody is sure to read a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotRead {
    /// Nobody reads an event from it: who tried, and why not.
    ByNobody(Vec<(String, String)>),
    /// Several read events from it.
    BySeveral(Vec<String>),
}

/// Reads a body in our own form.
///
/// # Errors
/// Where the body is not as the event's schema says.
pub fn by_own_form(body: &str, rules: &PhoneRules, now: Moment) -> Result<Pasted, EventFault> {
    let arrival = Arrival {
        received: now,
        delivery_id: Some("dry-run"),
        traceparent: None,
    };
    let framing = framing(body);
    let events = canonical::read(&framing, body.as_bytes(), arrival, rules)?;
    Ok(Pasted {
        by: ReadBy::Own(framing),
        events,
        ignored: Vec::new(),
        left_out: Vec::new(),
    })
}

/// Reads a delivery by a platform's mapping, as the first that ever came.
///
/// # Errors
/// Where the delivery has no meaning in the file.
pub fn by_mapping(
    mapping: &Mapping,
    delivery: &Delivery<'_>,
    rules: &PhoneRules,
) -> Result<Pasted, Unreadable> {
    let read = mapping.read(delivery, &Notes::default(), rules)?;
    Ok(Pasted {
        by: ReadBy::Mapping {
            id: mapping.id().to_owned(),
            name: mapping.name().to_owned(),
        },
        events: read.events,
        ignored: read.ignored,
        left_out: read.left_out,
    })
}

/// Reads a delivery in our own form, or else by the one mapping that reads an event from it.
///
/// # Errors
/// When nobody does, or several do.
pub fn by_any(
    mappings: &[Mapping],
    delivery: &Delivery<'_>,
    rules: &PhoneRules,
) -> Result<Pasted, NotRead> {
    let mut refused = Vec::new();
    match std::str::from_utf8(delivery.body).map(|body| by_own_form(body, rules, delivery.received))
    {
        Ok(Ok(pasted)) => return Ok(pasted),
        Ok(Err(fault)) => refused.push(("our own form".to_owned(), fault.to_string())),
        Err(error) => refused.push(("our own form".to_owned(), error.to_string())),
    }
    let mut read = Vec::new();
    for mapping in mappings {
        match by_mapping(mapping, delivery, rules) {
            Ok(pasted) if pasted.events.is_empty() => {
                let why = pasted.ignored.first().map_or("it holds no event", nothing);
                refused.push((mapping.id().to_owned(), why.to_owned()));
            }
            Ok(pasted) => read.push(pasted),
            Err(unreadable) => refused.push((mapping.id().to_owned(), unreadable.to_string())),
        }
    }
    if read.len() > 1 {
        let ids = read.iter().map(|pasted| pasted.by.id().to_owned());
        return Err(NotRead::BySeveral(ids.collect()));
    }
    read.pop().ok_or(NotRead::ByNobody(refused))
}

/// Why a part holds nothing for us.
fn nothing(ignored: &Ignored) -> &str {
    match &ignored.why {
        Why::Said(words) => words,
        Why::NotMeant | Why::Repeat | Why::Late => ignored.why.word(),
    }
}

impl ReadBy {
    /// A short stable word: the mapping's name in settings, or that of our own form.
    pub fn id(&self) -> &str {
        match self {
            Self::Own(Framing::Structured) => "cloudevents",
            Self::Own(Framing::Batch) => "cloudevents-batch",
            Self::Own(Framing::Binary(_)) => "cloudevents-binary",
            Self::Own(Framing::Simple) => "simple-form",
            Self::Own(Framing::Arguments) => "arguments",
            Self::Mapping { id, .. } => id,
        }
    }
}

/// How a body holds its events, by what stands in it.
fn framing(body: &str) -> Framing {
    let value: Option<serde_json::Value> = serde_json::from_str(body).ok();
    match value {
        Some(serde_json::Value::Array(_)) => Framing::Batch,
        Some(value) if value.get("specversion").is_some() => Framing::Structured,
        Some(_) | None => Framing::Simple,
    }
}
