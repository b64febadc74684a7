//! The world of the interleavings: what can happen, and what each CRM has.

use pop_core::identifier::{Assurance, Identifier, Value};
use pop_core::interaction::What;
use pop_core::profile::{ConnectionId, Customer};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::people::{bare, customer};

/// The CRMs, the most important first.
pub(crate) const CONNECTIONS: [&str; 2] = ["crm", "desk"];

/// The assurances that the identifiers of an interaction have, in their order.
const ASSURANCES: [Assurance; 3] = [
    Assurance::Authenticated,
    Assurance::Claimed,
    Assurance::CallerNumber,
];

#[derive(Clone, Debug)]
pub(crate) enum Step {
    Event {
        interaction: u8,
        what: What,
        at: u8,
        /// Which of the interaction's identifiers it carries.
        carries: [bool; 3],
        course: Course,
    },
    Answer {
        ticket: Index,
        fails: Fails,
        again: bool,
    },
    Browser {
        opening: Index,
        fails: bool,
    },
    Pick {
        card: Index,
        customer: u8,
        stale: bool,
    },
    No {
        card: Index,
    },
    Retry {
        card: Index,
        second: bool,
    },
    Open {
        card: Index,
    },
    Close {
        card: Index,
    },
    /// The agent looks at a card, and may act on what was seen much later.
    Look {
        card: Index,
        second: bool,
    },
    /// The agent wants something written because of what was seen.
    Wish {
        seen: Index,
        kind: u8,
    },
    /// The agent opens the record that was seen.
    OpenSeen {
        seen: Index,
    },
    /// A write comes further; also one that had already ended.
    Wrote {
        write: Index,
        state: u8,
    },
    Undo {
        write: Index,
    },
    Wait(u16),
}

/// What an event says of its interaction's course.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Course {
    Plain,
    ToMe,
    ToAColleague,
    Missed,
    Voicemail,
    Held(bool),
    WrapUp,
    SideCall,
}

fn course() -> impl Strategy<Value = Course> {
    prop_oneof![
        6 => Just(Course::Plain),
        2 => Just(Course::ToMe),
        2 => Just(Course::ToAColleague),
        1 => Just(Course::Missed),
        1 => Just(Course::Voicemail),
        1 => any::<bool>().prop_map(Course::Held),
        1 => Just(Course::WrapUp),
        1 => Just(Course::SideCall),
    ]
}

/// How much of an answer fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fails {
    Not,
    InPart,
    Whole,
}

pub(crate) fn step() -> impl Strategy<Value = Step> {
    let what = prop_oneof![
        4 => Just(What::Offered),
        5 => Just(What::Accepted),
        3 => Just(What::Updated),
        1 => Just(What::Declined),
        2 => Just(What::Transferred),
        1 => Just(What::Ended),
    ];
    let fails = prop_oneof![
        7 => Just(Fails::Not),
        1 => Just(Fails::InPart),
        1 => Just(Fails::Whole),
    ];
    let index = any::<Index>;
    prop_oneof![
        8 => (0..5_u8, what, 0..20_u8, any::<[bool; 3]>(), course()).prop_map(
            |(interaction, what, at, carries, course)| {
                Step::Event { interaction, what, at, carries, course }
            }
        ),
        16 => (index(), fails, prop::bool::weighted(0.3)).prop_map(
            |(ticket, fails, again)| Step::Answer { ticket, fails, again }
        ),
        2 => (index(), any::<bool>()).prop_map(|(opening, fails)| Step::Browser { opening, fails }),
        2 => (index(), 0..9_u8, prop::bool::weighted(0.3)).prop_map(
            |(card, customer, stale)| Step::Pick { card, customer, stale }
        ),
        2 => index().prop_map(|card| Step::No { card }),
        2 => (index(), any::<bool>()).prop_map(|(card, second)| Step::Retry { card, second }),
        1 => index().prop_map(|card| Step::Open { card }),
        1 => index().prop_map(|card| Step::Close { card }),
        6 => (index(), any::<bool>()).prop_map(|(card, second)| Step::Look { card, second }),
        5 => (index(), 0..4_u8).prop_map(|(seen, kind)| Step::Wish { seen, kind }),
        1 => index().prop_map(|seen| Step::OpenSeen { seen }),
        3 => (index(), 0..4_u8).prop_map(|(write, state)| Step::Wrote { write, state }),
        1 => index().prop_map(|write| Step::Undo { write }),
        3 => (0..4_000_u16).prop_map(Step::Wait),
    ]
}

/// Whom a CRM finds: a fixed world with shared numbers, rows of one human and strangers.
pub(crate) fn world(connection: &ConnectionId, value: &Value) -> Vec<Customer> {
    let (Value::RecordId(id) | Value::ExternalId(id)) = value else {
        return Vec::new();
    };
    let mine = |id: &str| format!("{}-{id}", connection.0);
    match (id.as_str(), connection.0.as_str()) {
        ("a0" | "a1", _) | ("b0", "desk") => vec![bare(&mine("0"))],
        ("b0" | "n0" | "n1", _) => vec![customer(&mine("0")), customer(&mine("1"))],
        ("a2", "crm") => vec![customer(&mine("2"))],
        ("b2", "crm") => vec![customer(&mine("6"))],
        ("a4", _) => vec![bare(&mine("5"))],
        ("b4", "crm") => vec![bare(&mine("8"))],
        ("b1" | "b3" | "n3", "desk") => vec![bare(&mine("4"))],
        (picked, _) if picked.starts_with(&mine("")) => vec![bare(picked)],
        _ => Vec::new(),
    }
}

/// The id of a customer's case, by which anybody sees whose it is.
pub(crate) fn case_of(customer: &str) -> String {
    format!("k-{customer}")
}

pub(crate) fn identifier(interaction: u8, which: usize) -> Identifier {
    let prefix = ["a", "b", "n"][which];
    Identifier {
        value: Value::ExternalId(format!("{prefix}{interaction}")),
        assurance: ASSURANCES[which],
    }
}
