//! One item's way: noted as sent, sent, and what came of it noted.
//!
//! The note comes first. If the program dies after it, the next run knows that the item may have
//! arrived, and asks before it sends again (rule Q4). What came of it is noted until that succeeds:
//! a full disk must not make a second case. What an earlier run has left is looked for before its
//! first try, where its CRM can be asked: the files may be those of a backup.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use pop_core::action::{Next, Outcome};
use pop_core::fault::{Fault, FaultKind};
use pop_core::moment::Moment;
use pop_core::profile::{RecordKind, RecordRef};
use pop_core::write::WriteState;
use pop_store::{
    AuditAction, AuditEntry, AuditItem, AuditObject, AuditOutcome, Change, Item, Progress, Queued,
    Store, StoreError, Try,
};

use crate::outbox::after::{After, after};
use crate::outbox::drain::Tools;
use crate::outbox::{NotSent, Report, Sends, Sent};

/// How long a disk that does not take anything is left alone.
const DISK_AGAIN: Duration = Duration::from_secs(5);

/// What the audit calls somebody without a name.
const SOMEBODY: &str = "desktop user";

/// How one item's way ended.
pub(super) struct Landing {
    /// The item as it left.
    pub(super) queued: Queued,
    /// How it waits again; `None`: it is over, or waits for a person.
    pub(super) again: Option<Queued>,
    /// Until when nothing is to be sent to its target.
    pub(super) rest: Option<Moment>,
    /// What is to be sent because of it.
    pub(super) follows: Vec<Queued>,
}

/// Which run of the program took an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// This one.
    ThisRun,
    /// An earlier one, or another computer's.
    EarlierRun,
}

/// Sends one item.
pub(super) async fn fly(
    tools: Tools,
    way: Arc<dyn Sends>,
    queued: Queued,
    origin: Origin,
) -> Landing {
    let begun = tools.clock.now();
    let marked = Progress {
        id: queued.id.clone(),
        at: begun,
        state: WriteState::Sending,
        first_sent: queued.first_sent.or(Some(begun)),
        tried: None,
        reason: None,
    };
    let id = queued.id.clone();
    let kept = tools.store.run(move |store| {
        store.apply(&[Change::Progress(Box::new(marked))])?;
        store.item(&id)
    });
    let item = match kept.await {
        Ok(kept) => kept.and_then(|kept| kept.item),
        Err(StoreError::UnknownItem) => return Landing::over(queued),
        Err(error) => {
            tracing::error!(%error, "nothing is sent, because it cannot be noted");
            return Landing::later(queued, begun.after(DISK_AGAIN));
        }
    };
    let sent = match &item {
        Some(item) => {
            report(&tools, item.clone(), WriteState::Sending).await;
            send(way.as_ref(), item, queued.first_sent, origin).await
        }
        None => unreadable(begun),
    };
    let now = tools.clock.now();
    let next = after(&queued, begun, now, &sent);
    let follows = note(&tools, &queued, item.as_ref(), &next, &sent).await;
    let again = match &next.state {
        WriteState::Waiting {
            attempts, next: at, ..
        } => Some(Queued {
            sending: false,
            next: *at,
            attempts: *attempts,
            first_sent: next.first_sent,
            ..queued.clone()
        }),
        WriteState::Held
        | WriteState::Sending
        | WriteState::Parked(_)
        | WriteState::Done(_)
        | WriteState::Discarded
        | WriteState::NotSaved(_) => None,
    };
    if let Some(item) = item {
        report(&tools, item, next.state).await;
    }
    Landing {
        queued,
        again,
        rest: next.rest,
        follows,
    }
}

async fn send(way: &dyn Sends, item: &Item, first_sent: Option<Moment>, origin: Origin) -> Sent {
    if origin == Origin::EarlierRun && first_sent.is_none() {
        match way.find(item).await {
            Ok(None) => {}
            Ok(Some(record)) => {
                return Sent {
                    result: Ok(record),
                    status: None,
                    body: None,
                    answer: None,
                };
            }
            Err(not) => return Sent::not(not),
        }
    }
    way.send(item, first_sent).await
}

/// Tells the engine; it may be ending.
pub(super) async fn report(tools: &Tools, item: Item, state: WriteState) {
    let report = Report {
        id: item.id().to_owned(),
        item: Some(item),
        state,
    };
    let _ = tools.reports.send(report).await;
}

/// Notes what came of it, with what follows from it, until the disk takes it; what follows, as it is
/// queued.
async fn note(
    tools: &Tools,
    queued: &Queued,
    item: Option<&Item>,
    next: &After,
    sent: &Sent,
) -> Vec<Queued> {
    let at = tools.clock.now();
    let progress = Progress {
        id: queued.id.clone(),
        at,
        state: next.state.clone(),
        first_sent: next.first_sent,
        tried: Some(Try {
            at,
            code: next.code.to_owned(),
            status: sent.status,
            sent: sent.body,
            answer: sent.answer,
        }),
        reason: None,
    };
    let mut changes = vec![Change::Progress(Box::new(progress))];
    if let (Some(outcome), Some(item)) = (next.outcome, item) {
        let code = (outcome != AuditOutcome::Done).then_some(next.code);
        let mut line = line_of(item, AuditAction::Wrote, outcome, at);
        line.code = code;
        "outbox".clone_into(&mut line.from);
        changes.push(Change::Audit(line));
    }
    let roads = Arc::clone(&tools.roads.borrow());
    let mut follows = item.map_or_else(Vec::new, |item| roads.follows(item, &next.state));
    loop {
        let (tried, also) = (changes.clone(), follows.clone());
        let noted = tools.store.run(move |store| keep_with(store, tried, also));
        match noted.await {
            Ok(queued) => return queued,
            // Erased meanwhile, because the agent signed out.
            Err(StoreError::UnknownItem | StoreError::Closed) => return Vec::new(),
            Err(StoreError::OutboxFull) if !follows.is_empty() => {
                tracing::error!("there is no room to tell other systems what came of it");
                follows.clear();
            }
            Err(error) => {
                tracing::error!(%error, "what was sent cannot be noted yet");
                tools.clock.sleep(DISK_AGAIN).await;
            }
        }
    }
}

/// Keeps what came of an item and what follows from it, all of it or nothing.
fn keep_with(
    store: &mut Store,
    mut changes: Vec<Change>,
    follows: Vec<(Item, AuditEntry)>,
) -> Result<Vec<Queued>, StoreError> {
    let mut ids = Vec::new();
    for (item, line) in follows {
        if store.item(item.id())?.is_none() {
            ids.push(item.id().to_owned());
            changes.push(Change::Queue(Box::new(item)));
            changes.push(Change::Audit(line));
        }
    }
    store.apply(&changes)?;
    let mut queued = Vec::new();
    for id in ids {
        queued.extend(store.item(&id)?.map(|kept| kept.queued));
    }
    Ok(queued)
}

/// An audit line about an item (rule G5).
pub(crate) fn line_of(
    item: &Item,
    action: AuditAction,
    outcome: AuditOutcome,
    at: Moment,
) -> AuditEntry {
    let (who, object, what) = match item {
        Item::Write(write) => {
            let record = |kind, id: &String| {
                AuditObject::Record(RecordRef {
                    connection: write.connection.clone(),
                    kind,
                    id: id.clone(),
                })
            };
            let case = write.case.as_ref().map(|id| record(RecordKind::Case, id));
            let customer = write.customer.as_ref();
            let object = case.or_else(|| customer.map(|id| record(RecordKind::Customer, id)));
            (write.agent.clone(), object, write.kind.word().to_owned())
        }
        Item::Message(message) => {
            let object = AuditObject::Named(message.to.clone());
            (None, Some(object), message.event.clone())
        }
    };
    AuditEntry {
        who: who.unwrap_or_else(|| SOMEBODY.to_owned()),
        action,
        at,
        from: "window".to_owned(),
        object,
        outcome,
        code: None,
        interaction: item.interaction().cloned(),
        item: Some(AuditItem {
            id: item.id().to_owned(),
            what,
        }),
    }
}

/// An item that does not open any more: a person must know.
pub(super) fn unreadable(at: Moment) -> Sent {
    Sent {
        result: Err(NotSent {
            fault: Fault::new(FaultKind::UnsafeValue, at),
            fields: Vec::new(),
            outcome: Outcome::Unknown,
            next: Next::Park,
        }),
        status: None,
        body: None,
        answer: None,
    }
}

/// The way of an item that does not open: nobody can say where it goes.
pub(super) struct Nowhere;

#[async_trait]
impl Sends for Nowhere {
    fn rests_until(&self, _: Moment) -> Option<Moment> {
        None
    }

    fn can_tell(&self, _: &Item, _: Moment) -> bool {
        false
    }

    async fn send(&self, item: &Item, _: Option<Moment>) -> Sent {
        unreadable(item.asked())
    }
}

impl Landing {
    fn over(queued: Queued) -> Self {
        Self {
            queued,
            again: None,
            rest: None,
            follows: Vec::new(),
        }
    }

    fn later(queued: Queued, next: Moment) -> Self {
        let again = Queued {
            next,
            ..queued.clone()
        };
        Self {
            queued,
            again: Some(again),
            rest: None,
            follows: Vec::new(),
        }
    }
}
