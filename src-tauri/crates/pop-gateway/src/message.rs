//! An event as a message of the broker: its topic, how long it is of use, and the form in which it
//! waits in the queue.

use std::fmt::Write as _;
use std::time::Duration;

use pop_core::interaction::{Event, What};
use pop_core::moment::Moment;
use pop_source::canonical::{Beside, MAX_BODY, write};
use pop_store::Outgoing;
use uuid::Uuid;

/// How long an offer rings when the platform does not say.
const RINGS: Duration = Duration::from_secs(45);
/// No platform lets it ring longer: what says so has a wrong clock.
const LONGEST: Duration = Duration::from_hours(1);

/// A message that waits for the broker.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Message {
    pub(crate) topic: String,
    pub(crate) traceparent: String,
    pub(crate) correlation: String,
    pub(crate) body: Vec<u8>,
}

impl Message {
    /// The form in the queue: three lines, then the body.
    fn kept(&self) -> Vec<u8> {
        let head = [&self.topic, &self.traceparent, &self.correlation];
        let mut kept = Vec::new();
        for line in head {
            kept.extend_from_slice(line.as_bytes());
            kept.push(b'\n');
        }
        kept.extend_from_slice(&self.body);
        kept
    }

    /// Reads [`Message::kept`].
    pub(crate) fn read(kept: &[u8]) -> Option<Self> {
        let mut parts = kept.splitn(4, |byte| *byte == b'\n');
        let mut line = || Some(std::str::from_utf8(parts.next()?).ok()?.to_owned());
        let (topic, traceparent, correlation) = (line()?, line()?, line()?);
        Some(Self {
            topic,
            traceparent,
            correlation,
            body: parts.next()?.to_vec(),
        })
    }
}

/// What an agent's topics are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Topic {
    /// Events, to the desktop.
    Interactions,
    /// What else a desktop is told.
    Control,
    /// What became of an event, from the desktop.
    Ack,
    /// Whether a desktop is there.
    Presence,
}

/// A topic of an agent; `+` stands for every agent.
pub(crate) fn topic(tenant: &str, agent: &str, which: Topic) -> String {
    let which = match which {
        Topic::Interactions => "interactions",
        Topic::Control => "control",
        Topic::Ack => "ack",
        Topic::Presence => "presence",
    };
    format!("sp/v1/{tenant}/agents/{agent}/{which}")
}

/// The message of an event for an agent; `None` when nobody has use for it any more.
pub(crate) fn outgoing(
    mut event: Event,
    tenant: &str,
    agent: &str,
    received: Moment,
) -> Option<Outgoing> {
    let expires = expires(&event, received);
    if expires <= received {
        return None;
    }
    event.expires = Some(expires);
    agent.clone_into(event.agent.id.get_or_insert_default());
    let traceparent = event.traceparent.get_or_insert_with(new_trace).clone();
    let correlation = correlation(&event);
    let id = [&event.key.source, &event.id, event.what.word(), agent].join("\n");
    let message = Message {
        topic: topic(tenant, agent, Topic::Interactions),
        body: body(&mut event, &correlation, received),
        traceparent,
        correlation,
    };
    Some(Outgoing {
        id: id.into_bytes(),
        expires,
        message: message.kept(),
    })
}

/// The body within what a desktop takes: a pop without the summary is better than none.
fn body(event: &mut Event, correlation: &str, recorded: Moment) -> Vec<u8> {
    let beside = Beside {
        correlation,
        recorded,
    };
    let body = write(event, beside);
    if body.len() <= MAX_BODY {
        return body;
    }
    event.summary = None;
    let body = write(event, beside);
    if body.len() <= MAX_BODY {
        return body;
    }
    event.attributes.clear();
    write(event, beside)
}

/// An offer is of use while it rings; what else happened, as long as somebody may care.
fn expires(event: &Event, received: Moment) -> Moment {
    let seconds = match event.what {
        What::Offered => {
            let rings = event.offer_timeout.unwrap_or(RINGS);
            // By the platform's clock, as the desktop counts.
            let ends = event.expires.unwrap_or_else(|| event.at.after(rings));
            return ends.min(received.after(LONGEST));
        }
        What::Accepted | What::Updated => 120,
        What::Transferred | What::Declined => 60,
        What::Ended => 300,
    };
    received.after(Duration::from_secs(seconds))
}

/// The same for every event of an interaction, whoever has it.
fn correlation(event: &Event) -> String {
    let name = format!("{}\n{}", event.key.source, event.key.id);
    Uuid::new_v5(&Uuid::NAMESPACE_URL, name.as_bytes()).to_string()
}

/// A trace that begins here, because the platform sent none.
fn new_trace() -> String {
    let mut random = [0_u8; 24];
    // Without random numbers the trace is a poor one; the event still counts.
    let _ = getrandom::fill(&mut random);
    let mut text = "00-".to_owned();
    for (at, byte) in random.iter().enumerate() {
        if at == 16 {
            text.push('-');
        }
        // The standard forbids a trace and a span of nothing but zeros.
        let byte = if matches!(at, 15 | 23) {
            byte | 1
        } else {
            *byte
        };
        let _ = write!(text, "{byte:02x}");
    }
    text.push_str("-01");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kept_message_is_read_as_it_was() {
        let message = Message {
            topic: topic("acme", "agent01", Topic::Interactions),
            traceparent: new_trace(),
            correlation: "0b8f1c1e-6d0a-5a58-9a55-3c0b7b7f7a10".to_owned(),
            body: b"{\"a\":\n1}".to_vec(),
        };
        assert_eq!(Message::read(&message.kept()), Some(message));
        assert_eq!(Message::read(b"something else"), None);
    }

    #[test]
    fn a_new_trace_has_the_form_of_the_standard() {
        let trace = new_trace();
        let parts: Vec<_> = trace.split('-').map(str::len).collect();
        assert_eq!(parts, [2, 32, 16, 2], "{trace}");
        assert_ne!(trace, new_trace());
    }
}
