//! The room's side of the outbox: what the desk wants written, and what became of it.
//!
//! Keeping, ordering and sending is the drain's (`outbox`); here its requests are made, its ways
//! out are kept up to date, and its reports go to the desk.

use std::collections::BTreeMap;
use std::sync::Arc;

use pop_core::clock::Clock;
use pop_core::desk::{DraftOwner, Input};
use pop_core::doctor;
use pop_core::fault::FaultKind;
use pop_core::interaction::AgentRef;
use pop_core::profile::{ConnectionId, RecordKind, RecordRef};
use pop_core::refusal::Refusal;
use pop_core::write::{Write, WriteId, WriteState};
use pop_store::{
    AuditAction, AuditEntry, AuditOutcome, Change, Draft, DraftOf, Item, KeptItem, Target, Wanted,
};
use tokio::sync::{mpsc, oneshot};

use crate::asks::answer;
use crate::connections::{Connections, Reach};
use crate::leaving::{LAST_TRY, WARNED_FOR};
use crate::outbox::{CrmWay, HookWay, Outbox, Report, Road, Roads, Unnamed, line_of};
use crate::room::Room;
use crate::telling::{Hooks, told_of_write};
use crate::tick::{Ask, Refused, Tick};

/// How many writes of earlier runs the desk is told of at the start; the drain sends all of them.
const MOST_TOLD: usize = 500;

/// The ways out of now.
pub(crate) struct Ways {
    pub(crate) connections: Connections,
    pub(crate) agent: AgentRef,
    pub(crate) hooks: Hooks,
    pub(crate) clock: Arc<dyn Clock>,
}

impl Roads for Ways {
    fn road(&self, target: &Target) -> Road {
        match target {
            Target::Connection(id) => match self.connections.reach(id) {
                Some(Reach::Ready(connection)) => {
                    Road::Open(Arc::new(CrmWay::new(connection, self.agent.clone())))
                }
                Some(Reach::Starting | Reach::Not(_)) | None => Road::Closed,
            },
            Target::Address(address) => self.hook(address),
        }
    }

    fn follows(&self, item: &Item, state: &WriteState) -> Vec<(Item, AuditEntry)> {
        match item {
            Item::Write(write) => told_of_write(&self.hooks.listed, write, state, self.clock.now()),
            Item::Message(_) => Vec::new(),
        }
    }
}

impl Ways {
    /// The way to another system; one that the policy does not name any more gets nothing.
    fn hook(&self, address: &String) -> Road {
        if !self.hooks.named.contains(address) {
            return Road::Open(Arc::new(Unnamed));
        }
        match (&self.hooks.http, self.hooks.keys.get(address)) {
            (Some(http), Some(keys)) => Road::Open(Arc::new(HookWay {
                http: Arc::clone(http),
                clock: Arc::clone(&self.clock),
                keys: Arc::clone(keys),
            })),
            (None, _) | (_, None) => Road::Closed,
        }
    }
}

/// Brings the drain's reports to the room.
pub(crate) fn forward(mut reports: mpsc::Receiver<Report>, ticks: mpsc::Sender<Tick>) {
    tokio::spawn(async move {
        while let Some(report) = reports.recv().await {
            if ticks.send(Tick::Wrote(Box::new(report))).await.is_err() {
                return;
            }
        }
    });
}

impl Room {
    /// Tells the drain which ways out there are now.
    pub(crate) fn open_roads(&mut self) {
        let (hooks, faults) = self.read_hooks();
        self.status.file_faults.extend(faults);
        let agent = &self.status.settings.agent;
        let roads: Arc<dyn Roads> = Arc::new(Ways {
            connections: self.connections.clone(),
            agent: AgentRef {
                id: agent.id.clone(),
                email: agent.email.clone(),
                ..AgentRef::default()
            },
            hooks,
            clock: Arc::clone(&self.ports.clock),
        });
        self.roads.send_replace(roads);
    }

    /// Keeps a write with its audit line, and sends it when its time has come.
    pub(crate) fn queue_write(&mut self, write: Box<Write>) {
        let now = self.ports.clock.now();
        let item = Item::Write(write);
        let mut line = line_of(&item, AuditAction::Asked, AuditOutcome::Done, now);
        line.who = self.who();
        if let Err(item) = self.outbox.queue(item, line)
            && let Item::Write(write) = *item
        {
            let state = WriteState::NotSaved(Refusal::TooMuch);
            self.at_once.push(Input::Wrote { write, state });
        }
    }

    pub(crate) fn undo_write(&self, id: WriteId) {
        self.outbox.undo(id.0, self.who());
    }

    pub(crate) fn resend_write(
        &self,
        id: WriteId,
        input: BTreeMap<String, String>,
        shown: Option<String>,
    ) {
        self.outbox.resend(id.0, input, shown, self.who());
    }

    pub(crate) fn discard_write(&self, id: WriteId, reason: String) {
        self.outbox.discard(id.0, reason, self.who());
    }

    /// Keeps what is half typed.
    pub(crate) fn draft(
        &self,
        owner: DraftOwner,
        form: String,
        fields: BTreeMap<String, String>,
    ) -> Change {
        let (of, record) = match owner {
            DraftOwner::Interaction(key) => {
                let pop = self.desk.pops().iter();
                let mut pop = pop.filter(|pop| pop.key.as_ref() == Some(&key));
                let known = pop.find_map(|pop| pop.customer());
                let record = known.map(|(connection, hit)| customer(connection, &hit.customer.id));
                (DraftOf::Interaction(key), record)
            }
            DraftOwner::Customer(connection, id) => {
                let record = customer(&connection, &id);
                (DraftOf::Customer(connection, id), Some(record))
            }
        };
        Change::Draft(Draft {
            of,
            form,
            at: self.ports.clock.now(),
            record,
            fields,
        })
    }

    /// An item came further.
    pub(crate) async fn wrote(&mut self, report: Report) {
        if let Some(Item::Write(write)) = report.item {
            let state = report.state;
            self.mark_write(&write, &state);
            if let Some(check) = doctor::of_write(&state, write.kind)
                && check.has_failed()
                && let WriteState::Parked(why) = &state
            {
                self.call_doctor(&write.connection, &why.fault);
            }
            if let WriteState::Waiting {
                last: Some(fault), ..
            } = &state
                && fault.kind == FaultKind::SignInNeeded
            {
                self.wants_sign_in(&write.connection, fault);
            }
            self.desk_input(Input::Wrote { write, state }).await;
        }
    }

    /// Tells the desk what earlier runs have left: what waits to be sent, and what is half typed.
    pub(crate) async fn take_over_writes(&mut self) {
        self.outbox.reload();
        let kept = self.store.run(|store| {
            let items = store.outbox(Wanted::Open, MOST_TOLD)?;
            Ok((items, store.drafts()?))
        });
        let (items, drafts) = match kept.await {
            Ok(kept) => kept,
            Err(error) => {
                tracing::error!(%error, "what earlier runs have left cannot be read");
                return;
            }
        };
        for KeptItem { item, state, .. } in items {
            if let Some(Item::Write(write)) = item {
                self.desk_input(Input::Wrote { write, state }).await;
            }
        }
        for draft in drafts {
            let owner = match draft.of {
                DraftOf::Interaction(key) => DraftOwner::Interaction(key),
                DraftOf::Customer(connection, id) => DraftOwner::Customer(connection, id),
            };
            let input = Input::Drafted {
                owner,
                form: draft.form,
                fields: draft.fields,
            };
            self.desk_input(input).await;
        }
    }

    /// Signs out of a connection: what waits for it is tried once more first, because it goes with
    /// everything else that is local.
    pub(crate) fn sign_out(
        &self,
        connection: ConnectionId,
        reply: oneshot::Sender<Result<(), Refused>>,
    ) {
        let (outbox, store) = (self.outbox.clone(), self.store.clone());
        let ticks = self.ticks.clone();
        tokio::spawn(async move {
            let target = Target::Connection(connection.clone());
            let tried = outbox.last_try(Some(target.clone()));
            // A CRM that takes longer is left; what is on its way is counted below.
            let _ = tokio::time::timeout(LAST_TRY, tried).await;
            let kept = store.run(|store| store.outbox(Wanted::Open, usize::MAX));
            let kept = kept.await.unwrap_or_default();
            let is_of = |kept: &&KeptItem| {
                let item = kept.item.as_ref();
                item.is_some_and(|item| item.target() == target)
            };
            let left = kept.iter().filter(is_of).count();
            let ask = Ask::SignOut {
                connection,
                left,
                reply,
            };
            // The engine may have ended meanwhile.
            let _ = ticks.send(Tick::Ask(ask)).await;
        });
    }

    /// Signs out unless something would be lost of which the agent was not warned.
    pub(crate) async fn signed_out(
        &mut self,
        connection: ConnectionId,
        left: usize,
        reply: oneshot::Sender<Result<(), Refused>>,
    ) {
        let now = self.ports.clock.now();
        let warned = self.warned.take();
        let knows = warned.is_some_and(|(of, at)| of == connection && now.since(at) < WARNED_FOR);
        if left > 0 && !knows {
            let label = self.status.label(&connection);
            let count = u64::try_from(left).unwrap_or(u64::MAX);
            let given = [("count", count.into()), ("crm", label.into())];
            let why = self.status.language().say("unsent-sign_out", &given);
            self.warned = Some((connection, now));
            return answer(reply, Err(self.refused(&Refusal::Unsent(why))));
        }
        let gone = self.forget(&connection).await;
        self.outbox.reload();
        answer(reply, gone);
    }
}

/// The drain of a room that starts.
pub(crate) fn start_outbox(
    store: &pop_store::StoreHandle,
    clock: &Arc<dyn Clock>,
    ticks: &mpsc::Sender<Tick>,
) -> (Outbox, tokio::sync::watch::Sender<Arc<dyn Roads>>) {
    let none: Arc<dyn Roads> = Arc::new(Ways {
        connections: Connections::default(),
        agent: AgentRef::default(),
        hooks: Hooks::default(),
        clock: Arc::clone(clock),
    });
    let (roads, seen) = tokio::sync::watch::channel(none);
    let (sender, reports) = mpsc::channel(REPORTS);
    forward(reports, ticks.clone());
    let (outbox, _) = Outbox::start(crate::outbox::Parts {
        store: store.clone(),
        clock: Arc::clone(clock),
        roads: seen,
        reports: sender,
    });
    (outbox, roads)
}

/// Reports that may wait for the room: each item makes two or three.
const REPORTS: usize = 64;

fn customer(connection: &ConnectionId, id: &str) -> RecordRef {
    RecordRef {
        connection: connection.clone(),
        kind: RecordKind::Customer,
        id: id.to_owned(),
    }
}
