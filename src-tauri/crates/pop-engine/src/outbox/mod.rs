//! The outbox's drain: sends what the store keeps, exactly once, whatever dies in between.
//!
//! It needs the store, the time and ways out, and nothing else of the engine: a small program of
//! these parts alone is killed again and again by the tests. The order of one line, waiting and
//! retrying are here (`lanes`, `after`); what a CRM has done, and what may be done next, is
//! said by `pop-crm`; what becomes of an item goes back to the engine's loop as a [`Report`].

mod after;
mod crm;
#[cfg(test)]
mod crm_tests;
mod drain;
mod flight;
mod hook;
mod lanes;

use std::collections::BTreeMap;
use std::sync::Arc;

use async_trait::async_trait;
use pop_core::action::{FieldFault, Next, Outcome};
use pop_core::clock::Clock;
use pop_core::fault::Fault;
use pop_core::moment::Moment;
use pop_core::write::{WriteState, WrittenRecord};
use pop_store::{AuditEntry, Item, StoreHandle, Target};
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinHandle;

pub use crm::CrmWay;
pub(crate) use crm::about;
pub(crate) use flight::line_of;
pub use hook::{HookWay, Unnamed};

/// Requests that may wait: an agent makes one in seconds, and each takes one commit.
const WAITING: usize = 1_024;

/// What the drain works with.
pub struct Parts {
    /// Keeps the items.
    pub store: StoreHandle,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// The ways out of now; a change wakes what waits for one.
    pub roads: watch::Receiver<Arc<dyn Roads>>,
    /// Where it is told what becomes of the items.
    pub reports: mpsc::Sender<Report>,
}

/// The ways out.
pub trait Roads: Send + Sync {
    /// The way to a target.
    fn road(&self, target: &Target) -> Road;

    /// What is to be sent because an item has come so far, with the audit's lines: it is kept in
    /// the same commit.
    fn follows(&self, _item: &Item, _state: &WriteState) -> Vec<(Item, AuditEntry)> {
        Vec::new()
    }
}

/// Whether a target can be reached.
pub enum Road {
    /// It can.
    Open(Arc<dyn Sends>),
    /// Not before the ways out change: it is starting, nobody is signed in, or it is gone.
    Closed,
}

/// Sends items to one target.
#[async_trait]
pub trait Sends: Send + Sync {
    /// Until when the target is to be left alone.
    fn rests_until(&self, now: Moment) -> Option<Moment>;

    /// Whether it can be found out what became of an item that was sent at a time, or need not be
    /// known, because it cannot be done twice.
    fn can_tell(&self, item: &Item, first_sent: Moment) -> bool;

    /// Looks whether an item that an earlier run of the program left is done already: the files may
    /// be those of a backup. `None`: it is not, or that cannot be asked.
    ///
    /// # Errors
    /// When it could not be looked for; nothing was sent.
    async fn find(&self, _item: &Item) -> Result<Option<WrittenRecord>, NotSent> {
        Ok(None)
    }

    /// Sends one item, or finds out that an earlier try has done it; `first_sent` is when it was
    /// sent first, if nobody knows whether that was done.
    async fn send(&self, item: &Item, first_sent: Option<Moment>) -> Sent;
}

/// What a try came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// Done, or why not.
    pub result: Result<WrittenRecord, NotSent>,
    /// The HTTP status of the answer, if there was one.
    pub status: Option<u16>,
    /// SHA-256 of the body that was sent, where it is known.
    pub body: Option<[u8; 32]>,
    /// SHA-256 of the answer's body, where it is known.
    pub answer: Option<[u8; 32]>,
}

impl Sent {
    /// A try that did not succeed, with what its fault knows of the answer.
    pub(crate) fn not(not: NotSent) -> Self {
        Self {
            status: not.fault.status,
            body: None,
            answer: not.fault.answer,
            result: Err(not),
        }
    }
}

/// Why a try did not succeed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotSent {
    /// What went wrong.
    pub fault: Fault,
    /// The fields of the form that it is about.
    pub fields: Vec<FieldFault>,
    /// What became of it.
    pub outcome: Outcome,
    /// What may be done next.
    pub next: Next,
}

/// An item came further.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Its id.
    pub id: String,
    /// The item, as far as it is known.
    pub item: Option<Item>,
    /// How far it has come.
    pub state: WriteState,
}

/// A request to the drain.
pub(crate) enum Ask {
    /// Keep an item with its audit line, and send it.
    Queue(Box<Item>, Box<AuditEntry>),
    /// Take an item back of which nothing was sent.
    Undo { id: String, who: String },
    /// Give an item up.
    Discard {
        id: String,
        reason: String,
        who: String,
    },
    /// Send what waits for a person, with other input.
    Resend {
        id: String,
        input: BTreeMap<String, String>,
        shown: Option<String>,
        who: String,
    },
    /// Read the store again: it holds other items than before.
    Reload,
    /// Go on with a target that has answered again.
    Answered(Target),
    /// Say when everything that was asked before is kept.
    Kept(oneshot::Sender<()>),
    /// Try everything for a target once more, now; `None`: for all. How many are left is answered.
    LastTry {
        target: Option<Target>,
        reply: oneshot::Sender<usize>,
    },
    /// End when what is on its way has landed.
    Stop(oneshot::Sender<()>),
}

/// A way to the drain.
#[derive(Clone)]
pub struct Outbox {
    asks: mpsc::Sender<Ask>,
}

impl Outbox {
    /// Starts the drain; its task ends with [`Outbox::stop`] or when the last handle is dropped.
    pub fn start(parts: Parts) -> (Self, JoinHandle<()>) {
        let (asks, queue) = mpsc::channel(WAITING);
        let task = tokio::spawn(drain::Drain::new(parts, queue).run());
        (Self { asks }, task)
    }

    /// Keeps an item with its audit line in one commit, then sends it when its time has come.
    ///
    /// # Errors
    /// Gives the item back when too much is asked at once.
    pub fn queue(&self, item: Item, line: AuditEntry) -> Result<(), Box<Item>> {
        match self.asks.try_reserve() {
            Ok(place) => {
                place.send(Ask::Queue(Box::new(item), Box::new(line)));
                Ok(())
            }
            Err(_) => Err(Box::new(item)),
        }
    }

    /// Takes an item back of which nothing was sent; its state is reported, unless it has ended.
    pub fn undo(&self, id: String, who: String) {
        self.ask(Ask::Undo { id, who });
    }

    /// Gives an item up; its state is reported, unless it had ended before.
    pub fn discard(&self, id: String, reason: String, who: String) {
        self.ask(Ask::Discard { id, reason, who });
    }

    /// Sends what waits for a person, with other input; its state is reported in any case.
    pub fn resend(
        &self,
        id: String,
        input: BTreeMap<String, String>,
        shown: Option<String>,
        who: String,
    ) {
        self.ask(Ask::Resend {
            id,
            input,
            shown,
            who,
        });
    }

    /// Reads the store again, because it holds other items than before.
    pub fn reload(&self) {
        self.ask(Ask::Reload);
    }

    /// Goes on with a target that has answered again, whatever it was left alone for.
    pub fn answered(&self, target: Target) {
        self.ask(Ask::Answered(target));
    }

    /// Waits until everything that was asked before is kept, or was refused.
    pub async fn kept(&self) {
        let (reply, kept) = oneshot::channel();
        // A drain that has ended keeps nothing more.
        if self.asks.send(Ask::Kept(reply)).await.is_ok() {
            let _ = kept.await;
        }
    }

    /// Tries everything for a target once more, now; how many items are left.
    pub async fn last_try(&self, target: Option<Target>) -> usize {
        let (reply, left) = oneshot::channel();
        self.ask(Ask::LastTry { target, reply });
        left.await.unwrap_or_default()
    }

    /// Ends when what is on its way has landed.
    pub async fn stop(&self) {
        let (done, ended) = oneshot::channel();
        // A drain that has ended already is as good.
        if self.asks.send(Ask::Stop(done)).await.is_ok() {
            let _ = ended.await;
        }
    }

    fn ask(&self, ask: Ask) {
        if self.asks.try_send(ask).is_err() {
            tracing::error!("the outbox takes no more requests");
        }
    }
}
