//! A write: something the agent wants done in a CRM, as it waits, leaves and ends.
//!
//! A write holds all that doing it needs, because the card may be gone, and the program started
//! anew, before the CRM can be reached. What it sends is the definition's business (`pop-crm`);
//! keeping it and trying again is the engine's and the store's; how it looks is the desk's.

use crate::refusal::Refusal;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::action::{ActionKind, FieldFault, Outcome};
use crate::fault::Fault;
use crate::interaction::InteractionKey;
use crate::moment::Moment;
use crate::profile::ConnectionId;

/// A write's own id: made once by the engine when the agent decides it, and its key in the CRM.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WriteId(pub String);

/// Something to be done in a CRM.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Write {
    /// Its id.
    pub id: WriteId,
    /// The interaction it belongs to: writes of one interaction leave in order.
    pub interaction: Option<InteractionKey>,
    /// Where it is to be done.
    pub connection: ConnectionId,
    /// What is to be done.
    pub kind: ActionKind,
    /// The id of the customer's record there.
    pub customer: Option<String>,
    /// The id of the case.
    pub case: Option<String>,
    /// What was filled in, by the names of the form.
    pub input: BTreeMap<String, String>,
    /// What the agent saw when it was decided: the case's status as it was read.
    pub expected: Option<String>,
    /// The agent who decided it.
    pub agent: Option<String>,
    /// When it was decided.
    pub asked: Moment,
    /// Not sent before this moment, so that it can be undone.
    pub not_before: Moment,
    /// What else requests may need of the card.
    pub facts: Facts,
}

/// What the card knew when a write was decided, as far as requests read it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// The CRM's type of the customer's record.
    pub customer_kind: Option<String>,
    /// The customer's name, for the list of what waits.
    pub customer_name: Option<String>,
    /// Other ids of the same human in this CRM.
    pub also: Vec<String>,
    /// The account the customer belongs to.
    pub account: Option<String>,
    /// The number of the case that people use.
    pub case_number: Option<String>,
    /// The subject of the case.
    pub case_subject: Option<String>,
    /// The version of the case that was read.
    pub case_stamp: Option<String>,
    /// The customer's e-mail address.
    pub email: Option<String>,
    /// The customer's telephone number.
    pub phone: Option<String>,
    /// Another system's number of the customer.
    pub external_id: Option<String>,
    /// The customer's name as the platform gave it.
    pub name: Option<String>,
    /// The word of the channel.
    pub channel: Option<String>,
    /// The word of the direction.
    pub direction: Option<String>,
    /// The queue.
    pub queue: Option<String>,
    /// When the interaction began, in microseconds since 1970.
    pub began: Option<i64>,
    /// How long the agent and the customer had talked, in whole seconds.
    pub seconds: Option<u64>,
    /// The title of the customer's wish.
    pub reason: Option<String>,
    /// The customer's language.
    pub language: Option<String>,
    /// What was said, as the platform sums it up.
    pub summary: Option<String>,
    /// The W3C trace parent.
    pub traceparent: Option<String>,
    /// What was chosen, in the CRM's own words, for the card.
    pub shown: Option<String>,
}

/// How far a write has come. Every state but `Done` and `Discarded` is kept until it ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WriteState {
    /// Kept; its time to be undone is not over.
    Held,
    /// Kept, and waiting for its turn or its next try.
    Waiting {
        /// How often it was tried.
        attempts: u32,
        /// When it is tried next, if nothing changes before.
        next: Moment,
        /// What the last try came to.
        last: Option<Fault>,
    },
    /// On its way.
    Sending,
    /// It waits for a person.
    Parked(WriteFault),
    /// The CRM has done it.
    Done(WrittenRecord),
    /// A person took it back, or gave it up; it was not done.
    Discarded,
    /// It could not be kept, so nothing of it is anywhere; why.
    NotSaved(Refusal),
}

impl WriteState {
    /// Whether it has ended, one way or the other.
    pub fn is_over(&self) -> bool {
        match self {
            Self::Done(_) | Self::Discarded | Self::NotSaved(_) => true,
            Self::Held | Self::Waiting { .. } | Self::Sending | Self::Parked(_) => false,
        }
    }
}

/// Why a write waits for a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WriteFault {
    /// What went wrong.
    pub fault: Fault,
    /// The fields of the form that it is about.
    pub fields: Vec<FieldFault>,
    /// Whether the CRM may have done it.
    pub outcome: Outcome,
}

/// What the CRM says of something that is done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WrittenRecord {
    /// The record's id.
    pub id: Option<String>,
    /// The number that people use.
    pub number: Option<String>,
    /// The record's own page, as text: opened only after the link rules have passed it.
    pub link: Option<String>,
}
