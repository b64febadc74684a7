//! What waits to be sent: an item, how far it has come, and what its tries came to.
//!
//! How an item lies in the file is in `outbox.rs`; when it is sent, and what an answer means, is
//! decided in `pop-engine`.

use pop_core::interaction::InteractionKey;
use pop_core::moment::Moment;
use pop_core::profile::{ConnectionId, RecordKind, RecordRef};
use pop_core::write::{Write, WriteState};

/// Something that is to be sent exactly once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// Something to be done in a CRM.
    Write(Box<Write>),
    /// A message to another system.
    Message(Message),
}

/// A message to another system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Its own id, made once; the other system knows a repetition by it.
    pub id: String,
    /// The address it goes to.
    pub to: String,
    /// The word of what it tells, such as `case.created`.
    pub event: String,
    /// The interaction it belongs to: messages of one interaction to one address leave in order.
    pub interaction: Option<InteractionKey>,
    /// When that happened.
    pub asked: Moment,
    /// The type of the body, as a header says it.
    pub content_type: String,
    /// The body, as it is sent.
    pub body: String,
}

/// Where an item goes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// A CRM.
    Connection(ConnectionId),
    /// Another system's address.
    Address(String),
}

impl Item {
    /// Its id.
    pub fn id(&self) -> &str {
        match self {
            Self::Write(write) => &write.id.0,
            Self::Message(message) => &message.id,
        }
    }

    /// Where it goes.
    pub fn target(&self) -> Target {
        match self {
            Self::Write(write) => Target::Connection(write.connection.clone()),
            Self::Message(message) => Target::Address(message.to.clone()),
        }
    }

    /// The interaction it belongs to.
    pub fn interaction(&self) -> Option<&InteractionKey> {
        match self {
            Self::Write(write) => write.interaction.as_ref(),
            Self::Message(message) => message.interaction.as_ref(),
        }
    }

    /// When it was decided.
    pub fn asked(&self) -> Moment {
        match self {
            Self::Write(write) => write.asked,
            Self::Message(message) => message.asked,
        }
    }

    /// When it may be sent at the earliest.
    pub fn not_before(&self) -> Moment {
        match self {
            Self::Write(write) => write.not_before,
            Self::Message(message) => message.asked,
        }
    }

    /// The customer's record it is about.
    pub(crate) fn record(&self) -> Option<RecordRef> {
        match self {
            Self::Write(write) => Some(RecordRef {
                connection: write.connection.clone(),
                kind: RecordKind::Customer,
                id: write.customer.clone()?,
            }),
            Self::Message(_) => None,
        }
    }

    /// What leaves in order with it: the interaction at one target; without one, the customer; the
    /// item alone otherwise.
    pub(crate) fn line(&self) -> Vec<String> {
        let to = match self.target() {
            Target::Connection(connection) => ["connection".to_owned(), connection.0],
            Target::Address(address) => ["address".to_owned(), address],
        };
        let customer = self.record().map(|record| record.id);
        let order = match (self.interaction(), customer) {
            (Some(key), _) => vec!["interaction".into(), key.source.clone(), key.id.clone()],
            (None, Some(customer)) => vec!["customer".into(), customer],
            (None, None) => vec!["item".into(), self.id().to_owned()],
        };
        to.into_iter().chain(order).collect()
    }
}

/// One try, for the list of what was tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Try {
    /// When it ended.
    pub at: Moment,
    /// What it came to: `done` or a fault's code.
    pub code: String,
    /// The HTTP status, if there was an answer.
    pub status: Option<u16>,
    /// SHA-256 of the body that was sent, where the sender knows it.
    pub sent: Option<[u8; 32]>,
    /// SHA-256 of the answer's body.
    pub answer: Option<[u8; 32]>,
}

/// An item comes further.
#[derive(Clone, Debug)]
pub struct Progress {
    /// Which item.
    pub id: String,
    /// When.
    pub at: Moment,
    /// How far it has come. [`WriteState::Held`] counts as waiting.
    pub state: WriteState,
    /// When it was sent first, if nobody knows whether that was done.
    pub first_sent: Option<Moment>,
    /// The try that brought it there.
    pub tried: Option<Try>,
    /// Why it was given up, in the words of whoever did.
    pub reason: Option<String>,
}

/// What is known of an item without opening it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Queued {
    /// Its place in the order.
    pub row: i64,
    /// Its id.
    pub id: String,
    /// Items of the same line leave one after the other.
    pub line: [u8; 32],
    /// Items of the same target have the same value here.
    pub target: [u8; 32],
    /// Whether it is parked: then it waits for a person and holds nothing up.
    pub parked: bool,
    /// Whether it was on its way when the program ended.
    pub sending: bool,
    /// When it may be sent.
    pub next: Moment,
    /// How often it was tried.
    pub attempts: u32,
    /// When it was sent first, if nobody knows whether that was done.
    pub first_sent: Option<Moment>,
    /// When it was decided.
    pub asked: Moment,
}

/// An item as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptItem {
    /// What is known without opening it.
    pub queued: Queued,
    /// The item; `None` once it is over, and when it does not open any more. Of a message that is
    /// over only its body and its interaction are gone.
    pub item: Option<Item>,
    /// How far it has come.
    pub state: WriteState,
    /// Since when.
    pub changed: Moment,
    /// Its tries, the latest last; of many only the latest.
    pub tries: Vec<Try>,
    /// Why it was given up.
    pub reason: Option<String>,
}

/// Which items are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// What has not ended, the oldest first.
    Open,
    /// What has ended and is still kept, the latest first.
    Over,
}
