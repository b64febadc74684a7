//! The drain's one loop: what is asked, what lands, and whose time has come.

mod decided;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use pop_core::clock::Clock;
use pop_core::moment::Moment;
use pop_core::refusal::Refusal;
use pop_core::write::WriteState;
use pop_store::{AuditEntry, Change, Item, KeptItem, Queued, StoreError, StoreHandle, Target};
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinSet;

use crate::outbox::flight::{Landing, Nowhere, Origin, fly, report};
use crate::outbox::lanes::Lanes;
use crate::outbox::{Ask, Parts, Report, Road, Roads};
use crate::turned_back::ClockWatch;

/// The longest the loop sleeps: after a computer's sleep, or when its clock was set, it looks anew.
const LOOK_AGAIN: Duration = Duration::from_secs(15);

/// How long a disk that does not answer is left alone.
const DISK_AGAIN: Duration = Duration::from_secs(5);

/// What every item on its way needs.
#[derive(Clone)]
pub(super) struct Tools {
    pub(super) store: StoreHandle,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) reports: mpsc::Sender<Report>,
    pub(super) roads: watch::Receiver<Arc<dyn Roads>>,
}

/// The drain. It owns the order of what waits; the store owns the items.
pub(super) struct Drain {
    tools: Tools,
    roads: watch::Receiver<Arc<dyn Roads>>,
    asks: mpsc::Receiver<Ask>,
    lanes: Lanes,
    /// What is on its way, and with which ways out it began.
    flights: JoinSet<(u64, Landing)>,
    /// How often the ways out have changed.
    ways: u64,
    /// Targets by what the store calls them.
    targets: HashMap<[u8; 32], Target>,
    /// What this run has taken and not brought to an end.
    taken: HashSet<String>,
    last_tries: Vec<LastTry>,
    stopping: Option<oneshot::Sender<()>>,
    clock: ClockWatch,
}

struct LastTry {
    target: Option<[u8; 32]>,
    since: Moment,
    reply: oneshot::Sender<usize>,
}

impl Drain {
    pub(super) fn new(parts: Parts, asks: mpsc::Receiver<Ask>) -> Self {
        Self {
            clock: ClockWatch::new(parts.clock.now()),
            tools: Tools {
                store: parts.store,
                clock: parts.clock,
                reports: parts.reports,
                roads: parts.roads.clone(),
            },
            roads: parts.roads,
            asks,
            lanes: Lanes::default(),
            flights: JoinSet::new(),
            ways: 0,
            targets: HashMap::new(),
            taken: HashSet::new(),
            last_tries: Vec::new(),
            stopping: None,
        }
    }

    /// Runs until it is stopped, or nobody holds a way to it any more.
    pub(super) async fn run(mut self) {
        self.reload().await;
        loop {
            self.start_due().await;
            self.answer_last_tries();
            if self.flights.is_empty()
                && let Some(done) = self.stopping.take()
            {
                // Whoever asked may be gone.
                let _ = done.send(());
                return;
            }
            let now = self.tools.clock.now();
            let until = self.lanes.next().map_or(LOOK_AGAIN, |next| next.since(now));
            let clock = Arc::clone(&self.tools.clock);
            tokio::select! {
                biased;
                Some(landing) = self.flights.join_next(), if !self.flights.is_empty() => match landing {
                    Ok((ways, landing)) => self.landed(ways, landing),
                    Err(error) => {
                        tracing::error!(%error, "an item's way did not end");
                        self.reload().await;
                    }
                },
                ask = self.asks.recv() => match ask {
                    Some(ask) => self.take(ask).await,
                    None => return,
                },
                Ok(()) = self.roads.changed() => {
                    self.ways += 1;
                    self.lanes.wake();
                }
                () = clock.sleep(until.min(LOOK_AGAIN)) => {}
            }
            self.look_at_the_clock();
        }
    }

    async fn take(&mut self, ask: Ask) {
        match ask {
            Ask::Queue(item, line) => self.queue(*item, *line).await,
            Ask::Undo { id, who } => self.undo(&id, &who).await,
            Ask::Discard { id, reason, who } => self.discard(&id, reason, &who).await,
            Ask::Resend {
                id,
                input,
                shown,
                who,
            } => self.resend(&id, input, shown, &who).await,
            Ask::Reload => self.reload().await,
            Ask::Answered(target) => {
                if let Some(hash) = self.hash_of(&target) {
                    self.lanes.open(&hash);
                }
            }
            Ask::Kept(reply) => drop(reply.send(())),
            Ask::LastTry { target, reply } => match target.map(|target| self.hash_of(&target)) {
                Some(None) => drop(reply.send(0)),
                hash => self.hurry(hash.flatten(), reply),
            },
            Ask::Stop(done) => self.stopping = Some(done),
        }
    }

    /// Reads what waits from the store.
    async fn reload(&mut self) {
        let now = self.tools.clock.now();
        match self.tools.store.run(|store| store.queued()).await {
            Ok(queued) => self.lanes.load(queued, now),
            Err(error) => tracing::error!(%error, "what waits to be sent cannot be read"),
        }
    }

    /// Keeps an item with its audit line; only then it is told that it is kept (rule Q1).
    async fn queue(&mut self, item: Item, line: AuditEntry) {
        let id = item.id().to_owned();
        let changes = [Change::Queue(Box::new(item.clone())), Change::Audit(line)];
        let kept = self.tools.store.run(move |store| {
            // By its id: what happens by itself is heard again after a crash, and is one item.
            if store.item(&id)?.is_none() {
                store.apply(&changes)?;
            }
            store.item(&id)
        });
        let state = match kept.await {
            Ok(Some(kept))
                if self.lanes.knows(&kept.queued.id)
                    || kept.queued.parked
                    || kept.state.is_over() =>
            {
                return self.tell(&kept.queued.id).await;
            }
            Ok(Some(kept)) => {
                let now = self.tools.clock.now();
                self.targets.insert(kept.queued.target, item.target());
                self.taken.insert(kept.queued.id.clone());
                self.lanes.put(kept.queued, now);
                if item.not_before() > now {
                    WriteState::Held
                } else {
                    kept.state
                }
            }
            Ok(None) => WriteState::NotSaved(Refusal::Disk(StoreError::UnknownItem.to_string())),
            Err(error) => {
                tracing::error!(%error, "an item could not be kept");
                WriteState::NotSaved(Refusal::Disk(error.to_string()))
            }
        };
        report(&self.tools, item, state).await;
    }

    /// Whether the way to an item's target can tell; if it cannot be asked, nothing is risked.
    fn can_tell(&self, item: &Item, first_sent: Moment) -> bool {
        match self.roads.borrow().road(&item.target()) {
            Road::Open(way) => way.can_tell(item, first_sent),
            Road::Closed => true,
        }
    }

    /// Tells how far an item has come.
    async fn tell(&self, id: &str) {
        if self.lanes.is_flying(id) {
            // Its way tells it.
            return;
        }
        let Some(kept) = self.kept(id).await else {
            return;
        };
        if let Some(item) = kept.item {
            report(&self.tools, item, kept.state).await;
        }
    }

    async fn kept(&self, id: &str) -> Option<KeptItem> {
        let id = id.to_owned();
        let kept = self.tools.store.run(move |store| store.item(&id)).await;
        kept.unwrap_or_else(|error| {
            tracing::error!(%error, "an item cannot be read");
            None
        })
    }

    /// Starts everything whose time has come.
    async fn start_due(&mut self) {
        if self.stopping.is_some() {
            return;
        }
        let now = self.tools.clock.now();
        while let Some(queued) = self.lanes.due(now).cloned() {
            let way = match self.target_of(&queued).await {
                Ok(Some(target)) => self.roads.borrow().road(&target),
                Ok(None) => Road::Open(Arc::new(Nowhere)),
                Err(error) => {
                    tracing::error!(%error, "an item cannot be read");
                    self.lanes.rest(&queued.target, now.after(DISK_AGAIN));
                    continue;
                }
            };
            let Road::Open(way) = way else {
                self.lanes.close(&queued.target);
                continue;
            };
            if let Some(until) = way.rests_until(now).filter(|until| *until > now) {
                self.lanes.rest(&queued.target, until);
                continue;
            }
            self.lanes.fly(&queued);
            let origin = if self.taken.contains(&queued.id) {
                Origin::ThisRun
            } else {
                Origin::EarlierRun
            };
            let (ways, tools) = (self.ways, self.tools.clone());
            let flight = async move { (ways, fly(tools, way, queued, origin).await) };
            self.flights.spawn(flight);
        }
    }

    fn landed(&mut self, ways: u64, landing: Landing) {
        let now = self.tools.clock.now();
        // Who has signed in meanwhile does not wait because nobody was when it left.
        if let Some(rest) = landing.rest.filter(|_| ways == self.ways) {
            self.lanes.rest(&landing.queued.target, rest);
        }
        if landing.again.is_none() {
            self.taken.remove(&landing.queued.id);
        }
        self.lanes.land(&landing.queued, landing.again, now);
        for queued in landing.follows {
            if !self.lanes.knows(&queued.id) {
                self.taken.insert(queued.id.clone());
                self.lanes.put(queued, now);
            }
        }
    }

    /// Where an item goes; one of each target is opened to know it, and one that does not open
    /// goes nowhere.
    async fn target_of(&mut self, queued: &Queued) -> Result<Option<Target>, StoreError> {
        if let Some(known) = self.targets.get(&queued.target) {
            return Ok(Some(known.clone()));
        }
        let id = queued.id.clone();
        let kept = self.tools.store.run(move |store| store.item(&id)).await?;
        let target = kept.and_then(|kept| kept.item).map(|item| item.target());
        if let Some(target) = &target {
            self.targets.insert(queued.target, target.clone());
        }
        Ok(target)
    }

    fn hash_of(&self, target: &Target) -> Option<[u8; 32]> {
        let mut known = self.targets.iter();
        known
            .find(|(_, known)| *known == target)
            .map(|(hash, _)| *hash)
    }

    fn hurry(&mut self, target: Option<[u8; 32]>, reply: oneshot::Sender<usize>) {
        let since = self.tools.clock.now();
        self.lanes.hurry(target.as_ref(), since);
        self.last_tries.push(LastTry {
            target,
            since,
            reply,
        });
    }

    fn answer_last_tries(&mut self) {
        let now = self.tools.clock.now();
        for last in std::mem::take(&mut self.last_tries) {
            if self.lanes.is_working(last.target.as_ref(), last.since, now) {
                self.last_tries.push(last);
            } else {
                // Whoever asked may be gone.
                let _ = last.reply.send(self.lanes.count(last.target.as_ref()));
            }
        }
    }

    fn look_at_the_clock(&mut self) {
        let now = self.tools.clock.now();
        if let Some(by) = self.clock.set_back(now) {
            self.lanes.turn_back(now, by);
        }
    }
}
