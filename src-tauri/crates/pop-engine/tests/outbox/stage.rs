//! The store with the drain, a clock that does not keep anybody waiting, and writes to send.

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use pop_core::action::ActionKind;
use pop_core::clock::Clock;
use pop_core::interaction::InteractionKey;
use pop_core::moment::Moment;
use pop_core::profile::ConnectionId;
use pop_core::write::{Facts, Write, WriteId, WriteState, WrittenRecord};
use pop_crm::SystemClock;
use pop_engine::outbox::{NotSent, Outbox, Parts, Report, Road, Roads, Sends};
use pop_store::{
    AuditAction, AuditEntry, AuditOutcome, Item, Keeping, Key, Sealer, Store, StoreHandle, Target,
};
use tokio::sync::{mpsc, watch};

/// A clock whose waits are over at once: the time jumps ahead instead.
#[derive(Default)]
pub(crate) struct Hasty {
    ahead: AtomicI64,
    stands: AtomicBool,
}

impl Hasty {
    /// Sets the clock, ahead or back.
    pub(crate) fn set(&self, seconds: i64) {
        self.ahead.fetch_add(seconds * 1_000_000, Ordering::SeqCst);
    }

    /// From now on no wait is ever over.
    pub(crate) fn stand(&self) {
        self.stands.store(true, Ordering::SeqCst);
    }
}

#[async_trait]
impl Clock for Hasty {
    fn now(&self) -> Moment {
        let ahead = self.ahead.load(Ordering::SeqCst);
        Moment::from_micros(SystemClock.now().micros() + ahead)
    }

    async fn sleep(&self, wait: Duration) {
        if self.stands.load(Ordering::SeqCst) {
            std::future::pending::<()>().await;
        }
        // Long enough for others to have their turn.
        tokio::time::sleep(wait.min(Duration::from_millis(1))).await;
        let wait = i64::try_from(wait.as_micros()).unwrap();
        self.ahead.fetch_add(wait, Ordering::SeqCst);
    }
}

/// One way to everything, or none.
pub(crate) struct OneRoad(pub(crate) Option<Arc<dyn Sends>>);

impl Roads for OneRoad {
    fn road(&self, _: &Target) -> Road {
        match &self.0 {
            Some(way) => Road::Open(Arc::clone(way)),
            None => Road::Closed,
        }
    }
}

/// The store with the drain.
pub(crate) struct Stage {
    pub(crate) outbox: Outbox,
    pub(crate) store: StoreHandle,
    pub(crate) reports: mpsc::Receiver<Report>,
    pub(crate) roads: watch::Sender<Arc<dyn Roads>>,
    pub(crate) clock: Arc<Hasty>,
}

impl Stage {
    pub(crate) fn open(folder: &Path, way: Option<Arc<dyn Sends>>) -> Self {
        Self::over(Store::open(folder, Keeping::Sealed(sealer())).unwrap(), way)
    }

    pub(crate) fn over(store: Store, way: Option<Arc<dyn Sends>>) -> Self {
        let (store, _) = StoreHandle::start(store).unwrap();
        let (sender, reports) = mpsc::channel(64);
        let road: Arc<dyn Roads> = Arc::new(OneRoad(way));
        let (roads, seen) = watch::channel(road);
        let clock = Arc::new(Hasty::default());
        let (outbox, _) = Outbox::start(Parts {
            store: store.clone(),
            clock: Arc::<Hasty>::clone(&clock),
            roads: seen,
            reports: sender,
        });
        Self {
            outbox,
            store,
            reports,
            roads,
            clock,
        }
    }

    pub(crate) fn queue(&self, write: Write) {
        let line = asked(&write);
        assert!(
            self.outbox
                .queue(Item::Write(Box::new(write)), line)
                .is_ok()
        );
    }

    pub(crate) fn write(&self, id: &str, interaction: &str) -> Write {
        write(id, interaction, self.clock.now())
    }

    pub(crate) fn open_road(&self, way: Option<Arc<dyn Sends>>) {
        let road: Arc<dyn Roads> = Arc::new(OneRoad(way));
        self.roads.send_replace(road);
    }

    /// Waits until an item has come so far.
    pub(crate) async fn until(
        &mut self,
        id: &str,
        is_there: fn(&WriteState) -> bool,
    ) -> WriteState {
        loop {
            let report = self.reports.recv().await.expect("the drain runs");
            if report.id == id && is_there(&report.state) {
                return report.state;
            }
        }
    }

    /// Waits until so many items have ended or wait for a person.
    pub(crate) async fn ended(&mut self, count: usize) -> Vec<(String, WriteState)> {
        let mut ended = Vec::new();
        while ended.len() < count {
            let report = self.reports.recv().await.expect("the drain runs");
            if is_over(&report.state) || is_parked(&report.state) {
                ended.push((report.id, report.state));
            }
        }
        ended
    }
}

/// A way that notes what is sent, and answers what it is told to, in turn; then it succeeds.
#[derive(Default)]
pub(crate) struct Scripted {
    pub(crate) sent: Mutex<Vec<(String, Option<Moment>)>>,
    pub(crate) answers: Mutex<Vec<pop_engine::outbox::Sent>>,
    pub(crate) rests: Mutex<Option<Moment>>,
    /// Whether it can tell what became of what was sent.
    pub(crate) tells: bool,
    /// What was looked for.
    pub(crate) looked: Mutex<Vec<String>>,
}

impl Scripted {
    pub(crate) fn answering(mut answers: Vec<pop_engine::outbox::Sent>) -> Arc<Self> {
        answers.reverse();
        Arc::new(Self {
            answers: Mutex::new(answers),
            ..Self::default()
        })
    }

    pub(crate) fn ids(&self) -> Vec<String> {
        let sent = self.sent.lock().unwrap();
        sent.iter().map(|(id, _)| id.clone()).collect()
    }
}

#[async_trait]
impl Sends for Scripted {
    fn rests_until(&self, _: Moment) -> Option<Moment> {
        *self.rests.lock().unwrap()
    }

    fn can_tell(&self, _: &Item, _: Moment) -> bool {
        self.tells
    }

    async fn find(&self, item: &Item) -> Result<Option<WrittenRecord>, NotSent> {
        self.looked.lock().unwrap().push(item.id().to_owned());
        Ok(None)
    }

    async fn send(&self, item: &Item, first_sent: Option<Moment>) -> pop_engine::outbox::Sent {
        self.sent
            .lock()
            .unwrap()
            .push((item.id().to_owned(), first_sent));
        let answer = self.answers.lock().unwrap().pop();
        answer.unwrap_or(pop_engine::outbox::Sent {
            result: Ok(pop_core::write::WrittenRecord::default()),
            status: Some(201),
            body: None,
            answer: None,
        })
    }
}

pub(crate) fn is_over(state: &WriteState) -> bool {
    state.is_over()
}

pub(crate) fn is_parked(state: &WriteState) -> bool {
    matches!(state, WriteState::Parked(_))
}

pub(crate) fn is_kept(state: &WriteState) -> bool {
    matches!(state, WriteState::Held | WriteState::Waiting { .. })
}

pub(crate) fn write(id: &str, interaction: &str, at: Moment) -> Write {
    Write {
        id: WriteId(id.to_owned()),
        interaction: Some(InteractionKey {
            source: "/glia".to_owned(),
            id: interaction.to_owned(),
        }),
        connection: ConnectionId("crm".to_owned()),
        kind: ActionKind::CreateCase,
        customer: Some("12345".to_owned()),
        case: None,
        input: [("subject".to_owned(), format!("Case {id}"))].into(),
        expected: None,
        agent: Some("agent01".to_owned()),
        asked: at,
        not_before: at,
        facts: Facts::default(),
    }
}

pub(crate) fn asked(write: &Write) -> AuditEntry {
    AuditEntry {
        who: "agent01".to_owned(),
        action: AuditAction::Asked,
        at: write.asked,
        from: "window".to_owned(),
        object: None,
        outcome: AuditOutcome::Done,
        code: None,
        interaction: write.interaction.clone(),
        item: None,
    }
}

/// The same key in every run.
pub(crate) fn sealer() -> Arc<Sealer> {
    Arc::new(Sealer::from_root(&Key::from_bytes(&[7; 32]).unwrap()))
}
