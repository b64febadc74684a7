//! The members of one event, read and checked by the lengths of the event's schema.
//!
//! What an event cannot do without is a fault of the delivery when it is not there. What it can do
//! without is left out when it does not fit, because a pop with one attribute less is better than
//! none; a member that was left out is named in [`Read`](crate::mapping::Read).

use std::time::Duration;

use pop_core::expr::Scope;
use pop_core::identifier::{Declared, Trust};
use pop_core::interaction::{AgentRef, Channel, Direction, Event, InteractionKey, What};
use pop_core::moment::Moment;

use crate::canonical::trace_parent;
use crate::identify::{Said, Standing, identify};
use crate::mapping::language::{ASSURANCES, Rule};
use crate::mapping::read::Reader;
use crate::mapping::{Unreadable, value};

/// Lengths of the schema.
pub(super) const ID: usize = 256;
const SOURCE: usize = 512;
pub(super) const NAME: usize = 256;
const EMAIL: usize = 320;
const PHONE: usize = 128;
const LANGUAGE: usize = 35;
const REASON: usize = 1_024;
const SUMMARY: usize = 16_384;

/// An event and what decides whether it counts.
pub(super) struct Made {
    pub(super) event: Event,
    /// The id that the platform gives the event.
    pub(super) id: Option<String>,
    /// The state it brings its interaction into, where the file dedupes by state.
    pub(super) state: Option<String>,
}

/// Reads one event.
pub(super) fn make(
    reader: &mut Reader<'_>,
    rule: &Rule,
    scope: &Scope,
) -> Result<Made, Unreadable> {
    let mut of = Members {
        reader,
        rule,
        scope,
    };
    let source = of.source()?;
    let interaction = of.id("interaction")?;
    if interaction.is_none() && !of.reader.language.unnamed {
        return Err(of.fault("interaction", "no id of the interaction"));
    }
    let what = of.needed_word("what", &What::ALL)?;
    let channel = of.needed_word("channel", &Channel::ALL)?;
    let direction = of.word("direction", &Direction::ALL)?;
    let declared = of.assurance()?;
    let agent = of.agent()?;
    let received = of.reader.delivery.received;
    let at = of.moment("at").unwrap_or(received);
    let offer_timeout = of.offer_timeout();
    let expires = of.moment("expires").or_else(|| {
        offer_timeout
            .filter(|_| what == What::Offered)
            .map(|timeout| at.after(timeout))
    });
    let texts = [
        of.text("customer.id", ID),
        of.text("customer.external_id", ID),
        of.text("customer.email", EMAIL),
        of.text("customer.phone", PHONE),
    ];
    let [record_id, external_id, email, phone] = &texts;
    let said = Said {
        record_id: record_id.as_deref(),
        external_id: external_id.as_deref(),
        email: email.as_deref(),
        phone: phone.as_deref(),
    };
    let standing = Standing {
        channel,
        declared,
        trust: Trust::Signed,
    };
    let (identifiers, refused) = identify(said, standing, of.reader.rules);
    let id = of.id("id")?;
    let state = of.id("state")?;
    let event = Event {
        id: String::new(),
        key: InteractionKey {
            source,
            id: interaction.clone().unwrap_or_default(),
        },
        names_interaction: interaction.is_some(),
        what,
        at,
        expires,
        reports_acceptance: of.reader.language.reports_acceptance,
        channel,
        direction: direction.unwrap_or(Direction::Unknown),
        agent,
        queue: of.told("queue", NAME),
        identifiers,
        refused,
        name: of.told("customer.name", NAME),
        authenticated: declared == Some(Declared::Authenticated),
        reason: of.told("reason", REASON),
        language: of.told("language", LANGUAGE),
        attributes: of.attributes(),
        summary: of.told("summary", SUMMARY),
        offer_timeout,
        traceparent: of.traceparent(),
        sequence: None,
        life: of.life(what)?,
    };
    Ok(Made { event, id, state })
}

/// The members of one event while they are read.
pub(super) struct Members<'m, 'r> {
    reader: &'m mut Reader<'r>,
    rule: &'m Rule,
    scope: &'m Scope,
}

impl Members<'_, '_> {
    fn fault(&self, key: &'static str, why: impl Into<String>) -> Unreadable {
        let reading = self.rule.fields.get(key);
        Unreadable {
            key: reading.map_or_else(
                || format!("delivery.{}.{key}", self.rule.name),
                |reading| reading.key.clone(),
            ),
            line: reading.map_or(self.rule.line, |reading| reading.line),
            why: why.into(),
        }
    }

    pub(super) fn value(&mut self, key: &'static str) -> Option<serde_json::Value> {
        let reading = self.rule.fields.get(key)?;
        self.reader.value(reading, self.scope)
    }

    pub(super) fn leave_out(&mut self, key: &'static str, why: impl Into<String>) {
        if let Some(reading) = self.rule.fields.get(key) {
            self.reader.leave_out(reading, why);
        }
    }

    /// A text that the event can do without.
    pub(super) fn text(&mut self, key: &'static str, longest: usize) -> Option<String> {
        match value::text(&self.value(key)?) {
            Ok(Some(text)) if text.chars().count() > longest => {
                self.leave_out(key, format!("longer than {longest} characters"));
                None
            }
            Ok(text) => text,
            Err(expected) => {
                self.leave_out(key, format!("expected {expected}"));
                None
            }
        }
    }

    /// A text that says something.
    pub(super) fn told(&mut self, key: &'static str, longest: usize) -> Option<String> {
        self.text(key, longest)
            .filter(|text| !text.trim().is_empty())
    }

    /// An id, which is never cut short nor left out when it does not fit.
    pub(super) fn id(&mut self, key: &'static str) -> Result<Option<String>, Unreadable> {
        let Some(value) = self.value(key) else {
            return Ok(None);
        };
        match value::text(&value) {
            Ok(Some(text)) if text.chars().count() > ID => {
                Err(self.fault(key, format!("longer than {ID} characters")))
            }
            Ok(text) => Ok(text.filter(|text| !text.trim().is_empty())),
            Err(expected) => Err(self.fault(key, format!("expected {expected}"))),
        }
    }

    fn source(&mut self) -> Result<String, Unreadable> {
        let expected = "a place such as /glia/sites/1, at most 512 characters without spaces";
        let source = self.value("source").as_ref().map(value::text);
        match source {
            Some(Ok(Some(text)))
                if text.len() <= SOURCE && text.bytes().all(|byte| byte.is_ascii_graphic()) =>
            {
                Ok(text)
            }
            Some(_) | None => Err(self.fault("source", format!("expected {expected}"))),
        }
    }

    pub(super) fn word<T: Copy>(
        &mut self,
        key: &'static str,
        words: &[(T, &'static str)],
    ) -> Result<Option<T>, Unreadable> {
        let Some(value) = self.value(key) else {
            return Ok(None);
        };
        let known = words
            .iter()
            .find(|(_, word)| value.as_str() == Some(word))
            .map(|(item, _)| *item);
        known.map(Some).ok_or_else(|| {
            let words: Vec<_> = words.iter().map(|(_, word)| *word).collect();
            self.fault(key, format!("expected one of {}", words.join(", ")))
        })
    }

    fn needed_word<T: Copy>(
        &mut self,
        key: &'static str,
        words: &[(T, &'static str)],
    ) -> Result<T, Unreadable> {
        self.word(key, words)?.ok_or_else(|| {
            let words: Vec<_> = words.iter().map(|(_, word)| *word).collect();
            let why = format!("no value; expected one of {}", words.join(", "));
            self.fault(key, why)
        })
    }

    /// How far the identifiers are to be trusted; what the file does not say is a claim.
    fn assurance(&mut self) -> Result<Option<Declared>, Unreadable> {
        let Some(value) = self.value("assurance") else {
            return Ok(Some(Declared::Claimed));
        };
        match value.as_str() {
            Some("attached") => Ok(None),
            Some(word) if ASSURANCES.contains(&word) => Ok(Declared::parse(word)),
            Some(_) | None => {
                let why = format!("expected one of {}", ASSURANCES.join(", "));
                Err(self.fault("assurance", why))
            }
        }
    }

    fn agent(&mut self) -> Result<AgentRef, Unreadable> {
        let agent = AgentRef {
            id: self.id("agent.id")?,
            platform_id: self.id("agent.platform_id")?,
            email: self.id("agent.email")?,
            extension: self.id("agent.extension")?,
            name: self.told("agent.name", NAME),
        };
        let named = [
            &agent.id,
            &agent.platform_id,
            &agent.email,
            &agent.extension,
        ];
        if named.iter().all(|name| name.is_none()) {
            return Err(Unreadable {
                key: format!("delivery.{}.agent", self.rule.name),
                line: self.rule.line,
                why: "no agent: no platform_id, email, id or extension has a value".to_owned(),
            });
        }
        Ok(agent)
    }

    fn moment(&mut self, key: &'static str) -> Option<Moment> {
        match value::moment(&self.value(key)?) {
            Ok(moment) => moment,
            Err(expected) => {
                self.leave_out(key, format!("expected {expected}"));
                None
            }
        }
    }

    fn offer_timeout(&mut self) -> Option<Duration> {
        match value::seconds(&self.value("offer_timeout")?) {
            Ok(seconds) => seconds.map(Duration::from_secs),
            Err(expected) => {
                self.leave_out("offer_timeout", format!("expected {expected}"));
                None
            }
        }
    }

    fn attributes(&mut self) -> std::collections::BTreeMap<String, String> {
        let Some(value) = self.value("attributes") else {
            return std::collections::BTreeMap::new();
        };
        match value::attributes(&value) {
            Ok((attributes, 0)) => attributes,
            Ok((attributes, left_out)) => {
                let why = format!("{left_out} too long, too many, twice, or no plain value");
                self.leave_out("attributes", why);
                attributes
            }
            Err(expected) => {
                self.leave_out("attributes", format!("expected {expected}"));
                std::collections::BTreeMap::new()
            }
        }
    }

    fn traceparent(&self) -> Option<String> {
        let value = self.reader.delivery.header("traceparent").next()?;
        let text = std::str::from_utf8(value).ok()?;
        trace_parent(text).map(str::to_owned)
    }
}
