//! A delivery in the form in which it is kept until it is handled, and read again after a crash.
//!
//! It holds what [`canonical::read`] needs: the body as it came, the framing, the id and the time.
//! Sealing it is the store's business.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use pop_core::interaction::Event;
use pop_core::moment::Moment;
use pop_core::phone::PhoneRules;
use serde::{Deserialize, Serialize};

use crate::canonical::{self, Arrival, Framing};
use crate::source::Delivery;

/// The form, as JSON.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    id: String,
    received_us: i64,
    traceparent: Option<String>,
    framing: KeptFraming,
    body: String,
    /// When its events are over, where the way here knew it better than they do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    expires_us: Option<i64>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum KeptFraming {
    Structured,
    Batch,
    Binary(Vec<(String, String)>),
    Simple,
    Arguments,
}

impl Delivery {
    /// The bytes to keep; [`read`] turns them into events again.
    pub fn kept(&self) -> Vec<u8> {
        let kept = Kept {
            id: self.id.clone(),
            received_us: self.received.micros(),
            traceparent: self.traceparent.clone(),
            framing: match &self.framing {
                Framing::Structured => KeptFraming::Structured,
                Framing::Batch => KeptFraming::Batch,
                Framing::Simple => KeptFraming::Simple,
                Framing::Arguments => KeptFraming::Arguments,
                Framing::Binary(fields) => KeptFraming::Binary(
                    fields
                        .iter()
                        .map(|(name, value)| (name.clone(), STANDARD.encode(value)))
                        .collect(),
                ),
            },
            body: STANDARD.encode(&self.raw),
            expires_us: self.expires.map(Moment::micros),
        };
        serde_json::to_vec(&kept).unwrap_or_default()
    }
}

/// Reads kept bytes; `None` when they are not what [`Delivery::kept`] makes, or hold no event by
/// the rules of now.
pub fn read(bytes: &[u8], rules: &PhoneRules) -> Option<Vec<Event>> {
    let kept: Kept = serde_json::from_slice(bytes).ok()?;
    let framing = match kept.framing {
        KeptFraming::Structured => Framing::Structured,
        KeptFraming::Batch => Framing::Batch,
        KeptFraming::Simple => Framing::Simple,
        KeptFraming::Arguments => Framing::Arguments,
        KeptFraming::Binary(fields) => Framing::Binary(
            fields
                .into_iter()
                .map(|(name, value)| Some((name, STANDARD.decode(value).ok()?)))
                .collect::<Option<_>>()?,
        ),
    };
    let arrival = Arrival {
        received: Moment::from_micros(kept.received_us),
        delivery_id: Some(&kept.id),
        traceparent: kept.traceparent.as_deref(),
    };
    let body = STANDARD.decode(kept.body).ok()?;
    let mut events = canonical::read(&framing, &body, arrival, rules).ok()?;
    if let Some(expires) = kept.expires_us {
        for event in &mut events {
            event.expires = Some(Moment::from_micros(expires));
        }
    }
    Some(events)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Steps;

    #[test]
    fn a_kept_delivery_is_read_as_the_same_events() {
        let body = br#"{"event":"chat_incoming","customerId":"12345","agent":"agent01"}"#;
        let rules = PhoneRules::default();
        let received = Moment::from_millis(1_767_715_061_252);
        let arrival = Arrival {
            received,
            delivery_id: Some("msg_1"),
            traceparent: None,
        };
        let framing = Framing::Simple;
        let events = canonical::read(&framing, body, arrival, &rules).expect("a simple event");
        let delivery = Delivery {
            id: "msg_1".into(),
            sender: "local".into(),
            body_hash: [0; 32],
            events: events.clone(),
            raw: body.to_vec(),
            framing,
            traceparent: None,
            received,
            expires: None,
            steps: Steps::default(),
        };
        assert_eq!(
            read(&delivery.kept(), &rules),
            Some(events),
            "nothing is lost by keeping"
        );
        let over = received.after(std::time::Duration::from_secs(9));
        let corrected = Delivery {
            expires: Some(over),
            ..delivery
        };
        let again = read(&corrected.kept(), &rules).expect("events");
        let ends: Vec<_> = again.iter().map(|event| event.expires).collect();
        assert_eq!(ends, [Some(over)], "what the way here knew is kept too");
        assert_eq!(
            read(b"something else", &rules),
            None,
            "other bytes hold no event"
        );
    }
}
