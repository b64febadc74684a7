//! What the contact-centre platforms tell us, in our own words.
//!
//! How an event arrives, is verified and is mapped is `pop-source`'s business; what it leads to is
//! the desk's.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::identifier::{Identifier, Kind};
use crate::life::{Life, Order};
use crate::moment::Moment;

/// Which interaction: the place it comes from and its id there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InteractionKey {
    /// The CloudEvents `source`, such as `/glia/sites/1` or `/local/argv`.
    pub source: String,
    /// The platform's own id of the interaction.
    pub id: String,
}

/// How the customer reaches the agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Channel {
    /// A telephone call.
    Voice,
    /// A video call.
    Video,
    /// A chat on a web page or in an app.
    Chat,
    /// A messenger.
    Messaging,
    /// A text message.
    Sms,
    /// An e-mail.
    Email,
    /// A social network.
    Social,
    /// A call that was asked for.
    Callback,
    /// Shared browsing.
    Cobrowse,
    /// Anything else.
    Other,
}

impl Channel {
    /// Every channel, with its word in events, links and on the command line.
    pub const ALL: [(Self, &'static str); 10] = [
        (Self::Voice, "voice"),
        (Self::Video, "video"),
        (Self::Chat, "chat"),
        (Self::Messaging, "messaging"),
        (Self::Sms, "sms"),
        (Self::Email, "email"),
        (Self::Social, "social"),
        (Self::Callback, "callback"),
        (Self::Cobrowse, "cobrowse"),
        (Self::Other, "other"),
    ];

    /// Reads the word of a channel; `None` when there is no such channel.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|(_, name)| *name == word)
            .map(|(channel, _)| channel)
    }

    /// The word of this channel.
    pub fn word(self) -> &'static str {
        Self::ALL
            .into_iter()
            .find(|(channel, _)| *channel == self)
            .map_or("other", |(_, w)| w)
    }

    /// Whether the customer's number comes from the telephone network.
    pub fn is_telephone(self) -> bool {
        matches!(self, Self::Voice | Self::Sms | Self::Callback)
    }
}

/// Who began it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// The customer.
    Inbound,
    /// The agent.
    Outbound,
    /// A colleague.
    Internal,
    /// The platform does not say.
    Unknown,
}

impl Direction {
    /// Every direction, with its word.
    pub const ALL: [(Self, &'static str); 4] = [
        (Self::Inbound, "inbound"),
        (Self::Outbound, "outbound"),
        (Self::Internal, "internal"),
        (Self::Unknown, "unknown"),
    ];

    /// Reads the word of a direction; `None` when there is no such direction.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|(_, name)| *name == word)
            .map(|(direction, _)| direction)
    }

    /// The word of this direction.
    pub fn word(self) -> &'static str {
        Self::ALL
            .into_iter()
            .find(|(direction, _)| *direction == self)
            .map_or("unknown", |(_, w)| w)
    }
}

/// What happened to the interaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// It rings at the agent.
    Offered,
    /// The agent took it.
    Accepted,
    /// Something about it became known; its state did not change.
    Updated,
    /// The agent rejected it, missed it, or it was withdrawn.
    Declined,
    /// It went from one agent to another: each of them is told.
    Transferred,
    /// It is over.
    Ended,
}

impl What {
    /// Every kind of event, with its word in `app.screenpop.interaction.<word>.v1`.
    pub const ALL: [(Self, &'static str); 6] = [
        (Self::Offered, "offered"),
        (Self::Accepted, "accepted"),
        (Self::Updated, "updated"),
        (Self::Declined, "declined"),
        (Self::Transferred, "transferred"),
        (Self::Ended, "ended"),
    ];

    /// Reads the word of a kind of event; `None` when there is no such kind.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|(_, name)| *name == word)
            .map(|(what, _)| what)
    }

    /// The word of this kind of event.
    pub fn word(self) -> &'static str {
        Self::ALL
            .into_iter()
            .find(|(what, _)| *what == self)
            .map_or("updated", |(_, w)| w)
    }
}

/// The agent an event is for, as far as the platform says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AgentRef {
    /// The agent's id in the contact centre.
    pub id: Option<String>,
    /// The platform's own id of the agent.
    pub platform_id: Option<String>,
    /// The agent's work e-mail address.
    pub email: Option<String>,
    /// The agent's name.
    pub name: Option<String>,
    /// The agent's telephone extension.
    pub extension: Option<String>,
}

impl AgentRef {
    /// What people call the agent: the name, or the best that was told.
    pub fn display(&self) -> Option<&str> {
        [
            &self.name,
            &self.id,
            &self.email,
            &self.extension,
            &self.platform_id,
        ]
        .into_iter()
        .find_map(|word| word.as_deref().filter(|word| !word.trim().is_empty()))
    }

    /// Whether two references say the same; `None` when they have nothing in common to compare.
    pub fn is_same(&self, other: &Self) -> Option<bool> {
        let pairs = [
            (&self.id, &other.id),
            (&self.platform_id, &other.platform_id),
            (&self.email, &other.email),
            (&self.extension, &other.extension),
        ];
        let mut compared = pairs
            .into_iter()
            .filter_map(|(own, other)| Some(own.as_ref()?.eq_ignore_ascii_case(other.as_ref()?)));
        let first = compared.next()?;
        Some(first && compared.all(|same| same))
    }
}

/// One thing that happened to one interaction, verified and mapped.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// The id of the event itself; with the key's source it is the key of duplicates.
    pub id: String,
    /// Which interaction.
    pub key: InteractionKey,
    /// Whether the platform named the interaction; if not, `key.id` was made from the event.
    pub names_interaction: bool,
    /// What happened.
    pub what: What,
    /// When it happened, by the platform's clock.
    pub at: Moment,
    /// After this moment an offer is of no use.
    pub expires: Option<Moment>,
    /// Whether this source ever reports acceptance; if not, ringing counts as accepted.
    pub reports_acceptance: bool,
    /// How the customer reaches the agent.
    pub channel: Channel,
    /// Who began it.
    pub direction: Direction,
    /// The agent it is for.
    pub agent: AgentRef,
    /// The queue's name.
    pub queue: Option<String>,
    /// Who the customer is said to be, strongest first.
    pub identifiers: Vec<Identifier>,
    /// Identifiers that were sent but never match anything, with the reason.
    pub refused: Vec<RefusedIdentifier>,
    /// The customer's name as the platform gives it.
    pub name: Option<String>,
    /// Whether the platform vouches for who it is.
    pub authenticated: bool,
    /// The title of the customer's wish.
    pub reason: Option<String>,
    /// The customer's language, BCP 47.
    pub language: Option<String>,
    /// What else the platform sent.
    pub attributes: BTreeMap<String, String>,
    /// A summary of what was said, usually at the end.
    pub summary: Option<String>,
    /// How long an offer waits for an answer.
    pub offer_timeout: Option<Duration>,
    /// The W3C trace parent, passed on to the CRM.
    pub traceparent: Option<String>,
    /// Where the sender says that it stands among the events of its source: greater is later.
    pub sequence: Option<String>,
    /// What else is told of the interaction's course.
    pub life: Life,
}

impl Event {
    /// Where it stands among the events of its interaction.
    pub fn order(&self) -> Order {
        let wrapping_up = self.life.wrapping_up;
        Order::of(self.what, wrapping_up, self.at, self.sequence.clone())
    }
}

/// An identifier that never matches anything: blank, withheld, short, own number, or malformed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedIdentifier {
    /// What it was sent as.
    pub kind: Kind,
    /// What was sent, such as `anonymous`.
    pub raw: String,
    /// Why it is not used, in words for people.
    pub reason: &'static str,
}
