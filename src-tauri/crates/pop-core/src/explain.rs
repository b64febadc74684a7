//! Why a card is as it is, as values: why this customer, why this record, what the rules did.
//!
//! The desk fills it in from its own state (`desk::explaining`); the sentences are in `lines`.

mod dry;
mod lines;

use crate::desk::Place;
use crate::fault::Fault;
use crate::identifier::{Assurance, Kind};
use crate::profile::ConnectionId;
use crate::ruling::Given;

pub use dry::DryRun;
pub use lines::{Line, Section, Sign, Telling};

/// Why a card is as it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// What came in to tell the customer by, strongest first.
    pub identifiers: Vec<(Kind, Assurance)>,
    /// What came in and never matches, and why.
    pub refused: Vec<(Kind, &'static str)>,
    /// Why this customer, or none.
    pub customer: WhyCustomer,
    /// Everybody who was found, and what became of them.
    pub people: Vec<Person>,
    /// How each connection answered.
    pub asked: Vec<(ConnectionId, Asked)>,
    /// Why the record opened, or did not.
    pub opening: WhyOpening,
    /// Who says when it opens.
    pub opening_by: OpeningBy,
    /// What the organisation's rules brought about.
    pub rules: Vec<Given>,
}

/// Why this customer, or none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WhyCustomer {
    /// Nothing came in that identifies anybody.
    NothingToLookFor,
    /// Still being asked.
    Looking,
    /// Only one fits.
    Only {
        /// Who knows them.
        connection: ConnectionId,
        /// By what, strongest first.
        by: Vec<(Kind, Assurance)>,
        /// Whether nobody else can be meant.
        sure: bool,
    },
    /// The agent said so.
    Chosen(ConnectionId),
    /// Several fit.
    Several {
        /// How many.
        count: usize,
        /// Whether identifiers contradict each other.
        conflict: bool,
    },
    /// Everybody answered, and nobody knows them.
    Nobody,
    /// Somebody could not answer.
    NobodyAnswered,
}

/// Somebody who was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// By whom.
    pub connection: ConnectionId,
    /// The name.
    pub name: Option<String>,
    /// By what, strongest first.
    pub by: Vec<(Kind, Assurance)>,
    /// What became of them.
    pub verdict: Verdict,
}

/// What became of somebody who was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The card's customer.
    Meant,
    /// One of several who can be meant.
    Among,
    /// The same human in another CRM.
    SameHuman,
    /// An identifier that can be trusted more found somebody else.
    Weaker,
    /// The agent said that it is not they.
    Rejected,
    /// The agent chose somebody else.
    NotChosen,
    /// A more important CRM decides who it is.
    LessImportant,
    /// Not decided yet.
    Undecided,
}

/// How a connection answered who it is.
#[derive(Clone, Debug, PartialEq)]
pub enum Asked {
    /// It found so many.
    Found(usize),
    /// It found so many, and a part of it failed.
    Partly(usize, Box<Fault>),
    /// It could not answer.
    Failed(Box<Fault>),
    /// It has not answered yet.
    Waiting,
}

/// Why the record opened, or did not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WhyOpening {
    /// It is open.
    Opened(Place),
    /// It was handed over, and no answer came yet.
    OnItsWay,
    /// It could not be opened; why, in words.
    Failed(String),
    /// Too many opened by themselves in a short time.
    HeldBack,
    /// It waits until nobody types.
    Pausing,
    /// It is not to open by itself.
    Not(NotOpening),
}

/// Why no record opens by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotOpening {
    /// Who it is is being asked.
    Looking,
    /// Nobody is known.
    Nobody,
    /// Several can be meant.
    Several,
    /// Identifiers contradict each other.
    Conflict,
    /// One is found, but somebody has not answered who might know another.
    NotSure,
    /// A record opened by itself for this interaction before.
    Used,
    /// The interaction is over.
    Over,
    /// The agent has not accepted yet.
    BeforeAccept,
    /// The policy opens nothing.
    Never,
    /// The customer has none of the records that are to open, or they are still on their way.
    NoRecord,
}

/// Who says when the record opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpeningBy {
    /// The setting.
    Setting,
    /// The setting for what the agent began.
    Outbound,
    /// A rule of the organisation.
    Rule(String),
}

/// What keeps every record from opening by itself, whatever the policy says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// The agent paused pops.
    Paused,
    /// Another device of this agent leads.
    Follower,
    /// The organisation's bundle has expired.
    BundleOver,
}
