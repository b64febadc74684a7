//! The simple form, `{"event":"chat_completed","customerId":"12345","agent":"agent01",…}`: one flat
//! object that a script can write by hand.
//!
//! Its `event` is `<channel>_<verb>`. A word that is not in the tables is refused with the list of
//! those that are, never passed over. Anybody's page may have filled it in, so what it says about
//! the customer is claimed, whoever signed it. `null` stands for a member that is not there.

use pop_core::identifier::Trust;
use pop_core::interaction::{AgentRef, Channel, Direction, Event, InteractionKey, What};
use pop_core::life::{Life, Transfer, Unanswered};
use pop_core::phone::PhoneRules;
use serde_json::Value;

use super::envelope::trace_parent;
use super::life::NOTE;
use super::members::{Length, Members};
use super::schema::{
    ATTRIBUTE, EMAIL, LANGUAGE, MOST_ATTRIBUTES, NAME, PHONE_RAW, REASON, SUMMARY, told,
};
use super::{Arrival, EventFault};
use crate::identify::{Said, Standing, identify};
use crate::made_id::made_id;

/// Where simple events come from.
const SOURCE: &str = "/webhook/simple";

const CHANNELS: [(Channel, &str); 10] = [
    (Channel::Chat, "chat"),
    (Channel::Voice, "call"),
    (Channel::Voice, "voice"),
    (Channel::Voice, "phone"),
    (Channel::Messaging, "message"),
    (Channel::Messaging, "messaging"),
    (Channel::Sms, "sms"),
    (Channel::Email, "email"),
    (Channel::Video, "video"),
    (Channel::Callback, "callback"),
];

/// What a verb says beside the kind of the event.
#[derive(Clone, Copy)]
enum Course {
    Plain,
    Not(Unanswered),
    Voicemail,
    Held(bool),
    WrapUp,
}

const VERBS: [((What, Course), &str); 26] = [
    ((What::Offered, Course::Plain), "incoming"),
    ((What::Offered, Course::Plain), "offered"),
    ((What::Offered, Course::Plain), "ringing"),
    ((What::Offered, Course::Plain), "assigned"),
    ((What::Offered, Course::Plain), "alerting"),
    ((What::Accepted, Course::Plain), "started"),
    ((What::Accepted, Course::Plain), "accepted"),
    ((What::Accepted, Course::Plain), "answered"),
    ((What::Accepted, Course::Plain), "connected"),
    ((What::Accepted, Course::Plain), "joined"),
    ((What::Declined, Course::Not(Unanswered::Timeout)), "missed"),
    (
        (What::Declined, Course::Not(Unanswered::Rejected)),
        "rejected",
    ),
    (
        (What::Declined, Course::Not(Unanswered::Rejected)),
        "declined",
    ),
    (
        (What::Declined, Course::Not(Unanswered::Canceled)),
        "abandoned",
    ),
    (
        (What::Declined, Course::Not(Unanswered::Timeout)),
        "timeout",
    ),
    ((What::Declined, Course::Voicemail), "voicemail"),
    ((What::Transferred, Course::Plain), "transferred"),
    ((What::Ended, Course::Plain), "completed"),
    ((What::Ended, Course::Plain), "ended"),
    ((What::Ended, Course::Plain), "closed"),
    ((What::Ended, Course::Plain), "hangup"),
    ((What::Ended, Course::Plain), "resolved"),
    ((What::Ended, Course::WrapUp), "wrapup"),
    ((What::Updated, Course::Plain), "updated"),
    ((What::Updated, Course::Held(true)), "held"),
    ((What::Updated, Course::Held(false)), "resumed"),
];

/// Makes the event of a simple body.
pub(super) fn event(
    value: &Value,
    body: &[u8],
    arrival: Arrival<'_>,
    rules: &PhoneRules,
) -> Result<Event, EventFault> {
    let members = Members::of(value, "")?.with_null_as_absent();
    let (channel, (what, course)) = channel_and_what(&members)?;
    members.text("visitorId", Length::ID)?;
    members.time("startedAt")?;
    let said = Said {
        record_id: members.text("customerId", Length::up_to(256))?,
        external_id: members.text("externalId", Length::up_to(256))?,
        email: members.text("email", EMAIL)?,
        phone: members.text("phone", PHONE_RAW)?,
    };
    let standing = Standing {
        channel,
        declared: None,
        trust: Trust::Simple,
    };
    let (identifiers, refused) = identify(said, standing, rules);
    let id = match (members.text("id", Length::ID)?, arrival.delivery_id) {
        (Some(id), _) | (None, Some(id)) => id.to_owned(),
        (None, None) => made_id(body, arrival.received),
    };
    let interaction = members.text("interactionId", Length::ID)?;
    let agent = members.text("agent", Length::ID)?.map(str::to_owned);
    Ok(Event {
        key: InteractionKey {
            source: SOURCE.to_owned(),
            id: interaction.unwrap_or(&id).to_owned(),
        },
        id,
        names_interaction: interaction.is_some(),
        what,
        at: arrival.received,
        expires: None,
        reports_acceptance: true,
        channel,
        direction: members
            .word("direction", &Direction::ALL)?
            .unwrap_or(Direction::Unknown),
        agent: AgentRef {
            id: agent,
            ..AgentRef::default()
        },
        queue: members.text("queue", NAME)?.and_then(told),
        identifiers,
        refused,
        name: members.text("name", NAME)?.and_then(told),
        authenticated: false,
        reason: members.text("reason", REASON)?.and_then(told),
        language: members.text("language", LANGUAGE)?.and_then(told),
        attributes: members
            .texts("attributes", MOST_ATTRIBUTES, ATTRIBUTE)?
            .into_iter()
            .collect(),
        summary: members.text("summary", SUMMARY)?.and_then(told),
        offer_timeout: None,
        traceparent: arrival
            .traceparent
            .and_then(trace_parent)
            .map(str::to_owned),
        sequence: None,
        life: Life {
            transfer: transfer(&members)?,
            ..life(course)
        },
    })
}

fn life(course: Course) -> Life {
    let plain = Life::default();
    match course {
        Course::Plain => plain,
        Course::Not(reason) => Life {
            unanswered: Some(reason),
            ..plain
        },
        Course::Voicemail => Life {
            voicemail: true,
            ..plain
        },
        Course::Held(held) => Life {
            held: Some(held),
            ..plain
        },
        Course::WrapUp => Life {
            wrapping_up: true,
            ..plain
        },
    }
}

/// From whom to whom, by the agents' ids, and what the one who had it says.
fn transfer(members: &Members<'_>) -> Result<Option<Transfer>, EventFault> {
    let agent = |name| -> Result<Option<AgentRef>, EventFault> {
        let id = members.text(name, Length::ID)?.map(str::to_owned);
        Ok(id.map(|id| AgentRef {
            id: Some(id),
            ..AgentRef::default()
        }))
    };
    let transfer = Transfer {
        from: agent("fromAgent")?,
        to: agent("toAgent")?,
        note: members.text("note", Length::up_to(NOTE))?.and_then(told),
        previous: None,
    };
    Ok((transfer != Transfer::default()).then_some(transfer))
}

fn channel_and_what(members: &Members<'_>) -> Result<(Channel, (What, Course)), EventFault> {
    if members.has("specversion") && !members.has("event") {
        let expected = "the content type application/cloudevents+json for a CloudEvent";
        return Err(members.fault("event", expected));
    }
    members
        .text("event", Length::ANY)?
        .and_then(|event| event.split_once('_'))
        .and_then(|(channel, verb)| Some((find(&CHANNELS, channel)?, find(&VERBS, verb)?)))
        .ok_or_else(|| {
            let expected = format!("<channel>_<verb>: {}; {}", list(&CHANNELS), list(&VERBS));
            members.fault("event", expected)
        })
}

fn find<T: Copy>(words: &[(T, &str)], wanted: &str) -> Option<T> {
    words
        .iter()
        .find(|(_, word)| *word == wanted)
        .map(|(item, _)| *item)
}

fn list<T>(words: &[(T, &str)]) -> String {
    words
        .iter()
        .map(|(_, word)| *word)
        .collect::<Vec<_>>()
        .join(", ")
}
