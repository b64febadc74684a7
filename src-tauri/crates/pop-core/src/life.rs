//! What a platform tells of an interaction's course, beside the kind of the event: where it came
//! from, who else takes part, why nobody took it, and where the event stands in the order of things.
//!
//! What the desk makes of it is the desk's business; how it is written in an event is
//! `pop-source`'s.

use crate::interaction::{AgentRef, What};
use crate::moment::Moment;

/// What an event says of its interaction's course. Whatever is absent was not told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Life {
    /// The interaction, of the same source, that this one is a side call of: a colleague is asked
    /// while the customer waits.
    pub parent: Option<String>,
    /// From whom it came or to whom it went.
    pub transfer: Option<Transfer>,
    /// Who takes part beside the agent and the customer. An empty list: nobody does any more.
    pub parties: Option<Vec<Party>>,
    /// Why an offer was not taken.
    pub unanswered: Option<Unanswered>,
    /// Whether the customer left a message because nobody answered.
    pub voicemail: bool,
    /// Whether the customer waits on hold.
    pub held: Option<bool>,
    /// Whether the talk is over and the platform waits for the agent's wrap-up.
    pub wrapping_up: bool,
}

impl Life {
    /// Whether somebody should call back: it rang until nobody was there any more, or the customer
    /// left a message.
    pub fn is_missed(&self) -> bool {
        self.voicemail
            || match self.unanswered {
                Some(Unanswered::Timeout | Unanswered::Canceled) => true,
                Some(
                    Unanswered::Rejected
                    | Unanswered::AnsweredElsewhere
                    | Unanswered::Error
                    | Unanswered::Unknown,
                )
                | None => false,
            }
    }
}

/// A transfer, as far as the platform tells of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Transfer {
    /// Who had it.
    pub from: Option<AgentRef>,
    /// Who has it now.
    pub to: Option<AgentRef>,
    /// What the one who had it says about it.
    pub note: Option<String>,
    /// What the interaction was called before, where a transfer makes a new one.
    pub previous: Option<String>,
}

/// Somebody who takes part beside the agent and the customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// What people call them.
    pub name: String,
    /// What they do there.
    pub role: Role,
}

/// What somebody does in a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// A colleague who is asked while the customer waits.
    Consulted,
    /// Somebody who talks with the agent and the customer together.
    Conference,
    /// Somebody who listens, or helps the agent.
    Supervisor,
}

impl Role {
    /// Every role, with its word in events.
    pub const ALL: [(Self, &'static str); 3] = [
        (Self::Consulted, "consulted"),
        (Self::Conference, "conference"),
        (Self::Supervisor, "supervisor"),
    ];

    /// Reads the word of a role; `None` when there is no such role.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|(_, name)| *name == word)
            .map(|(role, _)| role)
    }

    /// The word of this role.
    pub fn word(self) -> &'static str {
        match self {
            Self::Consulted => "consulted",
            Self::Conference => "conference",
            Self::Supervisor => "supervisor",
        }
    }
}

/// Why an offer was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unanswered {
    /// The agent rejected it.
    Rejected,
    /// It rang until its time was over.
    Timeout,
    /// The customer gave up.
    Canceled,
    /// Somebody else took it.
    AnsweredElsewhere,
    /// It could not be put through.
    Error,
    /// The platform does not say.
    Unknown,
}

impl Unanswered {
    /// Every reason, with its word in events.
    pub const ALL: [(Self, &'static str); 6] = [
        (Self::Rejected, "rejected"),
        (Self::Timeout, "timeout"),
        (Self::Canceled, "canceled"),
        (Self::AnsweredElsewhere, "answered_elsewhere"),
        (Self::Error, "error"),
        (Self::Unknown, "unknown"),
    ];

    /// Reads the word of a reason; `None` when there is no such reason.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|(_, name)| *name == word)
            .map(|(reason, _)| reason)
    }

    /// The word of this reason.
    pub fn word(self) -> &'static str {
        match self {
            Self::Rejected => "rejected",
            Self::Timeout => "timeout",
            Self::Canceled => "canceled",
            Self::AnsweredElsewhere => "answered_elsewhere",
            Self::Error => "error",
            Self::Unknown => "unknown",
        }
    }
}

/// Why somebody has to be called back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FollowUp {
    /// Nobody answered.
    Missed,
    /// The customer left a message.
    Voicemail,
}

impl FollowUp {
    /// Every reason, with its word in what is kept.
    pub const ALL: [(Self, &'static str); 2] =
        [(Self::Missed, "missed"), (Self::Voicemail, "voicemail")];

    /// What is to be done about an interaction that nobody took.
    pub fn of(is_missed: bool, voicemail: bool) -> Option<Self> {
        if voicemail {
            Some(Self::Voicemail)
        } else {
            is_missed.then_some(Self::Missed)
        }
    }
}

/// Where an event stands among those of its interaction.
///
/// Two events that both carry a `sequence` are compared by it, as text; others by their time, and
/// at the same time by what usually follows on what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    at: Moment,
    rank: u8,
    sequence: Option<String>,
}

impl Order {
    /// The place of an event.
    pub fn of(what: What, wrapping_up: bool, at: Moment, sequence: Option<String>) -> Self {
        Self {
            at,
            rank: rank(what, wrapping_up),
            sequence,
        }
    }

    /// Before everything that happens from this moment on.
    pub fn before(at: Moment) -> Self {
        Self {
            at,
            rank: 0,
            sequence: None,
        }
    }

    /// Whether it comes after another.
    pub fn is_after(&self, other: &Self) -> bool {
        match (&self.sequence, &other.sequence) {
            (Some(own), Some(other)) => own > other,
            (None | Some(_), _) => (self.at, self.rank) > (other.at, other.rank),
        }
    }

    /// Whether it happened after another, whatever is usual at the same time.
    pub fn is_later(&self, other: &Self) -> bool {
        match (&self.sequence, &other.sequence) {
            (Some(own), Some(other)) => own > other,
            (None | Some(_), _) => self.at > other.at,
        }
    }

    /// The later of two.
    #[must_use]
    pub fn max(self, other: Self) -> Self {
        if other.is_after(&self) { other } else { self }
    }
}

/// The text that sorts as the events of one source happened (`CloudEvents` extension `sequence`):
/// milliseconds, what usually follows on what, and the platform's own counter.
pub fn sequence(what: What, wrapping_up: bool, at: Moment, counter: u64) -> String {
    let millis = at.millis().max(0);
    let rank = rank(what, wrapping_up);
    format!("{millis:013}-{rank:02}-{counter:010}")
}

fn rank(what: What, wrapping_up: bool) -> u8 {
    match what {
        What::Offered => 1,
        What::Declined => 2,
        What::Accepted => 3,
        What::Updated => 4,
        What::Transferred => 5,
        What::Ended if wrapping_up => 8,
        What::Ended => 9,
    }
}
