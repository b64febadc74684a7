//! The grammar of `screenpop://v1/pop?…`: a closed set of keys, each once.
//!
//! No library reads the link: a URL parser repairs what it reads (case, dots, tabs, backslashes),
//! and here nothing is repaired.

use pop_core::email::Email;
use pop_core::interaction::{Channel, Direction, Event, What};
use pop_core::moment::Moment;
use pop_core::phone::PhoneRules;

use super::{LinkFault, Said, Told, caller, is_id};
use crate::percent;

/// What makes an argument a link.
pub(super) const SCHEME: &str = "screenpop:";

/// What every link begins with.
const START: &str = "screenpop://v1/pop?";

/// The most bytes of a link.
const MAX_LINK: usize = 2_048;

const SOURCE: &str = "/local/deeplink";

/// The events a link may report; the others need a signature.
const EVENTS: [(What, &str); 3] = [
    (What::Offered, "offered"),
    (What::Accepted, "accepted"),
    (What::Ended, "ended"),
];

/// The value of each key, decoded.
#[derive(Default)]
pub(super) struct Values {
    phone: Option<String>,
    email: Option<String>,
    customer_id: Option<String>,
    external_id: Option<String>,
    interaction_id: Option<String>,
    channel: Option<String>,
    direction: Option<String>,
    event: Option<String>,
    agent: Option<String>,
}

/// Reads a link.
pub(super) fn parse(link: &str, now: Moment, rules: &PhoneRules) -> Result<Event, LinkFault> {
    if link.len() > MAX_LINK {
        return Err(LinkFault::TooLong);
    }
    if !link.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(LinkFault::Characters);
    }
    let query = link.strip_prefix(START).ok_or(LinkFault::Address)?;
    let values = Values::read(query)?;
    let told = values.told(SOURCE, link, rules)?;
    Ok(told.event(now, rules))
}

impl Values {
    fn read(query: &str) -> Result<Self, LinkFault> {
        let mut values = Self::default();
        for pair in query.split('&') {
            let (key, raw) = pair.split_once('=').ok_or(LinkFault::Address)?;
            if raw.contains(['=', '#', '?', '/', '\\']) {
                return Err(LinkFault::Address);
            }
            let slot = values.slot(key).ok_or(LinkFault::Key)?;
            if slot.replace(decoded(raw)?).is_some() {
                return Err(LinkFault::Twice);
            }
        }
        Ok(values)
    }

    /// Where the value of a key is kept; `None` when there is no such key.
    pub(super) fn slot(&mut self, key: &str) -> Option<&mut Option<String>> {
        match key {
            "phone" => Some(&mut self.phone),
            "email" => Some(&mut self.email),
            "customerId" => Some(&mut self.customer_id),
            "externalId" => Some(&mut self.external_id),
            "interactionId" => Some(&mut self.interaction_id),
            "channel" => Some(&mut self.channel),
            "direction" => Some(&mut self.direction),
            "event" => Some(&mut self.event),
            "agent" => Some(&mut self.agent),
            _ => None,
        }
    }

    /// Checks each value against its key. A phone of no signs, where nothing else says who it is, is
    /// a number that is withheld: a softphone that fills in a template has nothing to fill in.
    pub(super) fn told<'t>(
        &'t self,
        source: &'static str,
        words: &'t str,
        rules: &PhoneRules,
    ) -> Result<Told<'t>, LinkFault> {
        let (phone, email) = (self.phone.as_deref(), self.email.as_deref());
        let ids = [
            &self.customer_id,
            &self.external_id,
            &self.interaction_id,
            &self.agent,
        ];
        let [customer_id, external_id, interaction, agent] = ids.map(Option::as_deref);
        let alone = [email, customer_id, external_id]
            .iter()
            .all(Option::is_none);
        let is_phone = |phone: &str| phone.is_empty() && alone || caller::is_caller(phone, rules);
        let fits = [customer_id, external_id, interaction, agent]
            .into_iter()
            .flatten()
            .all(is_id)
            && phone.is_none_or(is_phone)
            && email.is_none_or(|email| Email::parse(email).is_ok());
        if !fits {
            return Err(LinkFault::Value);
        }
        let somebody = [phone, email, customer_id, external_id, interaction];
        if somebody.into_iter().all(|value| value.is_none()) {
            return Err(LinkFault::Nobody);
        }
        let silent = if phone.is_some() {
            Channel::Voice
        } else {
            Channel::Other
        };
        let (event, direction) = (self.event.as_deref(), self.direction.as_deref());
        Ok(Told {
            source,
            words,
            interaction,
            what: word(event, &EVENTS)?.unwrap_or(What::Offered),
            reports_acceptance: event.is_some(),
            channel: word(self.channel.as_deref(), &Channel::ALL)?.unwrap_or(silent),
            direction: word(direction, &Direction::ALL)?.unwrap_or(Direction::Unknown),
            agent,
            said: Said {
                record_id: customer_id,
                external_id,
                email,
                phone,
            },
        })
    }
}

fn word<T: Copy>(text: Option<&str>, words: &[(T, &str)]) -> Result<Option<T>, LinkFault> {
    let Some(text) = text else { return Ok(None) };
    let found = words.iter().find(|(_, word)| *word == text);
    found.map(|(item, _)| Some(*item)).ok_or(LinkFault::Value)
}

/// Decodes a value once. What would decode again was encoded twice, and is refused.
fn decoded(raw: &str) -> Result<String, LinkFault> {
    let value = percent::decode(raw).ok_or(LinkFault::Encoding)?;
    if !value
        .bytes()
        .all(|byte| byte == b' ' || byte.is_ascii_graphic())
    {
        return Err(LinkFault::Characters);
    }
    if value.contains('%') {
        return Err(LinkFault::Encoding);
    }
    Ok(value)
}
