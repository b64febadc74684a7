//! Reads the event of a message. One that cannot be read now never can be: it is counted and
//! acknowledged, so that it does not come again for ever.

use pop_core::moment::Moment;
use pop_core::phone::PhoneRules;
use sha2::{Digest as _, Sha256};

use super::client::Message;
use super::expiry::Expiry;
use crate::canonical::{self, Arrival, Framing};
use crate::source::{Delivery, Steps};

/// Messages without a content type are read as ours: not every broker passes it on.
const OURS: &str = "application/cloudevents+json";

/// Reads messages of one agent's topic.
pub(super) struct Reader {
    agent: Option<String>,
    rules: PhoneRules,
    expiry: Expiry,
}

impl Reader {
    pub(super) fn new(agent: Option<String>, rules: PhoneRules) -> Self {
        Self {
            agent,
            rules,
            expiry: Expiry::default(),
        }
    }

    /// The delivery of a message, or the code under which it is refused.
    pub(super) fn read(
        &mut self,
        message: &Message,
        received: Moment,
    ) -> Result<Delivery, &'static str> {
        if message.body.len() > canonical::MAX_BODY {
            return Err("body_too_large");
        }
        let content = message.content_type.as_deref().unwrap_or(OURS);
        if Framing::of([("content-type", content.as_bytes())]) != Some(Framing::Structured) {
            return Err("content_type");
        }
        let arrival = Arrival {
            received,
            delivery_id: None,
            traceparent: message.traceparent.as_deref(),
        };
        let read = canonical::read(&Framing::Structured, &message.body, arrival, &self.rules);
        let mut events = read.unwrap_or_default().into_iter();
        let mut event = events.next().ok_or("E_EVENT")?;
        // Rule P2: the topic is this agent's, and so must be what is in it.
        let named = event.agent.id.as_ref();
        if let Some(ours) = &self.agent
            && named.is_none_or(|named| !named.eq_ignore_ascii_case(ours))
        {
            return Err("not_ours");
        }
        event.expires = self.expiry.of(event.expires, message.remaining, received);
        Ok(Delivery {
            id: event.id.clone(),
            sender: format!("gateway {}", event.key.source),
            body_hash: Sha256::digest(&message.body).into(),
            expires: event.expires,
            events: vec![event],
            raw: message.body.clone(),
            framing: Framing::Structured,
            traceparent: message.traceparent.clone(),
            received,
            steps: Steps::default(),
        })
    }
}
