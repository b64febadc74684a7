//! What every source of interactions has in common, whatever it listens to.
//!
//! A source hands each delivery to an [`Accept`] and tells its other end "taken" only when that
//! says it is kept: the listener answers 202, the broker's client acknowledges. Whoever runs a
//! source needs nothing else of it than its health, a nudge, and its end, so that a platform's own
//! stream for each user can join without anybody else learning of it.

use std::collections::BTreeMap;

use async_trait::async_trait;
use pop_core::interaction::Event;
use pop_core::moment::Moment;
use pop_core::stream::StreamFault;

use crate::canonical::Framing;

/// Takes what sources hear.
#[async_trait]
pub trait Accept: Send + Sync {
    /// Keeps a delivery, or says why not; returns only when it is on disk.
    async fn accept(&self, delivery: Delivery) -> Accepted;

    /// Hears what a source has to say beside its events.
    async fn told(&self, _news: News) {}
}

/// A source that is running.
#[async_trait]
pub trait Source: Send + Sync {
    /// How it is doing, and what it has heard.
    fn health(&self) -> Health;

    /// Hears that an event of this id, from this place, has its card on screen. A source whose
    /// other end wants to know passes it on.
    fn popped(&self, _place: &str, _event: &str) {}

    /// Tries again soon: the person asks for it, or the network is another one.
    fn hurry(&self) {}

    /// Ends it; what was taken is kept, and nothing else is taken when this returns.
    async fn stop(&self);
}

/// One delivery.
#[derive(Clone, Debug, PartialEq)]
pub struct Delivery {
    /// The id that the sender gave it.
    pub id: String,
    /// The name of the sender; with the id it is the key of duplicates.
    pub sender: String,
    /// SHA-256 of everything that makes its events: the body, and in binary mode the `ce-` fields,
    /// which a signature does not cover.
    pub body_hash: [u8; 32],
    /// Its events, in order.
    pub events: Vec<Event>,
    /// The body as it came.
    pub raw: Vec<u8>,
    /// How the body holds its events.
    pub framing: Framing,
    /// The `traceparent` field.
    pub traceparent: Option<String>,
    /// When the last byte of the body had been read.
    pub received: Moment,
    /// When its events are of no use any more, where the way here knows it better than they do.
    pub expires: Option<Moment>,
    /// When it had come how far; not kept.
    pub steps: Steps,
}

/// When a delivery had come how far; a step that does not happen on its way has no time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Steps {
    /// Its signature was good.
    pub verified: Option<Moment>,
    /// It was read as events.
    pub mapped: Option<Moment>,
}

/// What became of a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accepted {
    /// It is kept and will have its effect.
    New,
    /// It was kept before, with the same content; nothing happens again.
    Repeated,
    /// Its id was used before for other content.
    Conflict,
    /// It is for somebody else: another tenant, user or endpoint.
    NotOurs,
    /// It cannot be kept now; the sender may try again.
    Unavailable,
}

/// What a source says beside its events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// Its health is another one now.
    Changed,
    /// Its other end wants this device signed out.
    SignOut,
    /// Its other end says that there are new settings.
    Configuration,
    /// Whether this device leads the others of the agent.
    Leads(bool),
}

/// How a source is doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Health {
    /// Whether it hears.
    pub state: State,
    /// Deliveries that were kept.
    pub accepted: u64,
    /// When the last of them came.
    pub last: Option<Moment>,
    /// Refusals by code.
    pub refused: BTreeMap<&'static str, u64>,
}

/// Whether a source hears.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// It is on the way there for the first time.
    Connecting {
        /// Where to.
        place: String,
    },
    /// It hears.
    Hearing {
        /// Where.
        place: String,
        /// Since when.
        since: Moment,
    },
    /// It hears nothing, and tries again by itself.
    Deaf {
        /// Where it tries.
        place: String,
        /// Why.
        fault: StreamFault,
        /// Since when.
        since: Moment,
    },
}
