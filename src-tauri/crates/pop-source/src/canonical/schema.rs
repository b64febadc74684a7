//! The data of an event by its schema, and the event it becomes.

use std::collections::BTreeMap;
use std::time::Duration;

use pop_core::identifier::{Declared, Trust};
use pop_core::interaction::{AgentRef, Channel, Direction, Event, InteractionKey, What};
use pop_core::moment::Moment;
use pop_core::phone::PhoneRules;

use super::EventFault;
use super::envelope::Envelope;
use super::life;
use super::members::{Length, Members};
use crate::identify::{Said, Standing, identify};

/// The state of an interaction in the schema; finer than what happened.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Offered,
    Accepted,
    Held,
    Declined,
    Transferred,
    WrapUp,
    Ended,
}

const STATES: [(State, &str); 7] = [
    (State::Offered, "offered"),
    (State::Accepted, "accepted"),
    (State::Held, "held"),
    (State::Declined, "declined"),
    (State::Transferred, "transferred"),
    (State::WrapUp, "wrapup"),
    (State::Ended, "ended"),
];

pub(super) const ASSURANCES: [(Declared, &str); 4] = [
    (Declared::Authenticated, "authenticated"),
    (Declared::Claimed, "claimed"),
    (Declared::CallerNumber, "ani"),
    (Declared::None, "none"),
];

/// Lengths of the schema, shared with the simple form.
pub(super) const NAME: Length = Length::up_to(256);
pub(super) const EMAIL: Length = Length::up_to(320);
pub(super) const PHONE_RAW: Length = Length::up_to(128);
pub(super) const LANGUAGE: Length = Length::up_to(35);
pub(super) const REASON: Length = Length::up_to(1_024);
pub(super) const SUMMARY: Length = Length::up_to(16_384);
pub(super) const ATTRIBUTE: Length = Length::up_to(4_096);
pub(super) const MOST_ATTRIBUTES: usize = 100;

/// Makes the event of an envelope whose data fits the schema.
pub(super) fn event(
    envelope: &Envelope,
    received: Moment,
    rules: &PhoneRules,
) -> Result<Event, EventFault> {
    let data = Members::of(&envelope.data, &format!("{}data.", envelope.at))?;
    check_what_is_not_kept(&data)?;
    let state = data.needed_word("state", &STATES)?;
    if !agree(envelope.what, state) {
        let word = envelope.what.word();
        return Err(data.fault(
            "state",
            format!("a state that agrees with the type, {word}"),
        ));
    }
    let channel = data.needed_word("channel", &Channel::ALL)?;
    let customer = Customer::read(data.object("customer")?.as_ref())?;
    let standing = Standing {
        channel,
        declared: customer.declared,
        trust: Trust::Signed,
    };
    let (identifiers, refused) = identify(customer.said, standing, rules);
    let attributes: BTreeMap<_, _> = data
        .texts("attributes", MOST_ATTRIBUTES, ATTRIBUTE)?
        .into_iter()
        .collect();
    let reason = data
        .text("reason", REASON)?
        .or(attributes.get("reason").map(String::as_str));
    Ok(Event {
        id: envelope.id.clone(),
        key: InteractionKey {
            source: envelope.source.clone(),
            id: data.needed_text("interactionId", Length::ID)?.to_owned(),
        },
        names_interaction: data.switch("namesInteraction")?.unwrap_or(true),
        what: envelope.what,
        at: envelope.time.unwrap_or(received),
        expires: envelope.expires,
        reports_acceptance: data.switch("reportsAcceptance")?.unwrap_or(true),
        channel,
        direction: data.needed_word("direction", &Direction::ALL)?,
        agent: addressee(&data)?,
        queue: queue(&data)?,
        identifiers,
        refused,
        name: customer.name.and_then(told),
        authenticated: customer.declared == Some(Declared::Authenticated),
        reason: reason.and_then(told),
        language: data.text("language", LANGUAGE)?.and_then(told),
        summary: data.text("summary", SUMMARY)?.and_then(told),
        offer_timeout: data
            .integer("offerTimeoutSeconds", 1, 3_600)?
            .map(Duration::from_secs),
        traceparent: envelope.traceparent.clone(),
        sequence: envelope.sequence.clone(),
        life: life::read(&data, state == State::Held, state == State::WrapUp)?,
        attributes,
    })
}

/// A text that says something; blank ones say nothing.
pub(super) fn told(text: &str) -> Option<String> {
    (!text.trim().is_empty()).then(|| text.to_owned())
}

fn agree(what: What, state: State) -> bool {
    match what {
        What::Offered => state == State::Offered,
        What::Accepted => state == State::Accepted,
        What::Updated => true,
        What::Declined => state == State::Declined,
        What::Transferred => state == State::Transferred,
        What::Ended => matches!(state, State::Ended | State::WrapUp),
    }
}

#[derive(Default)]
struct Customer<'v> {
    said: Said<'v>,
    name: Option<&'v str>,
    declared: Option<Declared>,
}

impl<'v> Customer<'v> {
    fn read(members: Option<&Members<'v>>) -> Result<Self, EventFault> {
        let Some(members) = members else {
            return Ok(Self::default());
        };
        members.text("visitorId", Length::ID)?;
        let phone = members.text("phone", Length::ANY)?;
        if phone.is_some_and(|phone| !is_e164(phone)) {
            return Err(members.fault("phone", "+ and 2 to 15 digits (phoneRaw takes any form)"));
        }
        let phone_raw = members.text("phoneRaw", PHONE_RAW)?;
        Ok(Self {
            said: Said {
                record_id: members.text("customerId", Length::ID)?,
                external_id: members.text("externalId", Length::ID)?,
                email: members.text("email", EMAIL)?,
                phone: phone.or(phone_raw),
            },
            name: members.text("name", NAME)?,
            declared: members.word("identityAssurance", &ASSURANCES)?,
        })
    }
}

fn is_e164(text: &str) -> bool {
    text.strip_prefix('+').is_some_and(|digits| {
        (2..=15).contains(&digits.len())
            && !digits.starts_with('0')
            && digits.bytes().all(|byte| byte.is_ascii_digit())
    })
}

fn addressee(data: &Members<'_>) -> Result<AgentRef, EventFault> {
    match data.object("agent")? {
        Some(own) => agent(&own),
        None => Err(data.fault("agent", "an object")),
    }
}

fn agent(members: &Members<'_>) -> Result<AgentRef, EventFault> {
    let agent = agent_members(members)?;
    let named = agent.id.is_some()
        || agent.platform_id.is_some()
        || agent.email.is_some()
        || agent.extension.is_some();
    if !named {
        return Err(members.fault("id", "an id, or one of platformId, email, extension"));
    }
    Ok(agent)
}

/// The members of an agent, whichever there are.
pub(super) fn agent_members(members: &Members<'_>) -> Result<AgentRef, EventFault> {
    let text = |name, length| {
        members
            .text(name, length)
            .map(|text| text.map(str::to_owned))
    };
    Ok(AgentRef {
        id: text("id", Length::ID)?,
        platform_id: text("platformId", Length::ANY)?,
        email: text("email", Length::ANY)?,
        name: text("name", Length::ANY)?,
        extension: text("extension", Length::ANY)?,
    })
}

fn queue(data: &Members<'_>) -> Result<Option<String>, EventFault> {
    let Some(queue) = data.object("queue")? else {
        return Ok(None);
    };
    let (id, name) = (
        queue.text("id", Length::ANY)?,
        queue.text("name", Length::ANY)?,
    );
    Ok(name.and_then(told).or_else(|| id.and_then(told)))
}

/// Members that lead to nothing yet, but whose form the schema promises to later readers.
fn check_what_is_not_kept(data: &Members<'_>) -> Result<(), EventFault> {
    data.list_of_texts("media", 8)?;
    for name in ["startedAt", "offeredAt", "acceptedAt", "endedAt"] {
        data.time(name)?;
    }
    data.text("endReason", Length::up_to(128))?;
    if let Some(dialed) = data.object("dialed")? {
        for name in ["phone", "phoneRaw", "name"] {
            dialed.text(name, Length::ANY)?;
        }
    }
    if let Some(platform) = data.object("platform")? {
        platform.needed_text("name", Length::ANY)?;
        data.texts("platform", usize::MAX, Length::ANY)?;
    }
    Ok(())
}
