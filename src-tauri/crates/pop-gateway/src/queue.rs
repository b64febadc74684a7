//! The queue on a thread of its own, for callers that must not wait on a disk.
//!
//! Whatever came while the disk was busy is committed together: that is what makes thousands of
//! durable deliveries a second possible. An answer means that it is on disk.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};

use pop_core::moment::Moment;
use pop_source::mapping::{KEEP, Memory};
use pop_store::{Committed, Intake, Relay, StoreError, Taken, Waiting};
use tokio::sync::{Notify, mpsc, oneshot};

use crate::fresh::Fresh;
use crate::metrics::Metrics;

/// Jobs that may wait: when this many do, the disk hangs, and platforms must feel it.
const JOBS: usize = 4_096;
/// The most jobs of one commit.
const BATCH: usize = 512;
/// As many delivered messages are forgotten in a commit of their own; fewer wait for the next
/// delivery, or for the pruning. Who is killed meanwhile publishes them once more.
const FORGET: usize = 64;
/// The most letters without an addressee that are shown.
const LETTERS: usize = 1_000;

/// Why a delivery was not taken: the platform tries again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotTaken {
    /// Too many messages wait for the broker.
    Full,
    /// The disk failed.
    Store,
}

impl NotTaken {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Store => "store",
        }
    }
}

type Letters = Vec<(Moment, Vec<u8>)>;

enum Job {
    Take(Intake, oneshot::Sender<Result<Taken, NotTaken>>),
    Delivered(Vec<i64>),
    Waiting(
        i64,
        usize,
        oneshot::Sender<Result<Vec<Waiting>, StoreError>>,
    ),
    Dead(oneshot::Sender<Letters>),
    Prune,
}

/// A way to the queue. Its thread ends when the last one is gone.
#[derive(Clone)]
pub(crate) struct Queue {
    jobs: mpsc::Sender<Job>,
    notes: Arc<Notes>,
    fresh: Arc<Fresh>,
    news: Arc<Notify>,
}

/// What is remembered, as it is on disk.
#[derive(Default)]
struct Notes(Mutex<HashMap<String, (String, Moment)>>);

impl Notes {
    fn map(&self) -> MutexGuard<'_, HashMap<String, (String, Moment)>> {
        // A holder that panicked has not left a note half written.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The memory of mappings at one moment.
pub(crate) struct Remembered<'q>(&'q Notes, Moment);

impl Memory for Remembered<'_> {
    fn recall(&self, key: &str) -> Option<String> {
        let notes = self.0.map();
        let (is, at) = notes.get(key)?;
        (*at >= self.1).then(|| is.clone())
    }
}

impl Queue {
    /// Gives the queue a thread; joining it waits until the file is closed in order.
    pub(crate) fn start(
        mut relay: Relay,
        most_waiting: usize,
        metrics: Arc<Metrics>,
        clock: fn() -> Moment,
    ) -> Result<(Self, JoinHandle<()>), StoreError> {
        let remembered = relay.notes(since(clock()))?;
        let notes = Notes::default();
        for (key, is, at) in remembered {
            notes.map().insert(key, (is, at));
        }
        let waiting = relay.count()?;
        metrics.set_waiting(waiting);
        let (jobs, work) = mpsc::channel(JOBS);
        let (notes, news) = (Arc::new(notes), Arc::new(Notify::new()));
        let fresh = Arc::new(Fresh::new(relay.newest()?));
        let worker = Worker {
            relay,
            delivered: Vec::new(),
            waiting,
            most_waiting: u64::try_from(most_waiting).unwrap_or(u64::MAX),
            metrics,
            clock,
            notes: Arc::clone(&notes),
            fresh: Arc::clone(&fresh),
            news: Arc::clone(&news),
        };
        let thread = thread::Builder::new()
            .name("queue".to_owned())
            .spawn(move || worker.run(work))?;
        let queue = Self {
            jobs,
            notes,
            fresh,
            news,
        };
        Ok((queue, thread))
    }

    /// What mappings remember at this moment.
    pub(crate) fn remembered(&self, now: Moment) -> Remembered<'_> {
        Remembered(&self.notes, since(now))
    }

    /// Takes a delivery: when this returns, it is on disk.
    pub(crate) async fn take(&self, intake: Intake) -> Result<Taken, NotTaken> {
        let (reply, answer) = oneshot::channel();
        let job = Job::Take(intake, reply);
        self.jobs.send(job).await.map_err(|_| NotTaken::Store)?;
        answer.await.map_err(|_| NotTaken::Store)?
    }

    /// Forgets what the broker has taken.
    pub(crate) async fn delivered(&self, rows: Vec<i64>) {
        // A closed queue means that the program ends; then they are published once more.
        let _ = self.jobs.send(Job::Delivered(rows)).await;
    }

    /// What waits after a row; `None` when it cannot be read.
    pub(crate) async fn waiting(&self, after: i64, limit: usize) -> Option<Vec<Waiting>> {
        if let Some(fresh) = self.fresh.take(after, limit) {
            return Some(fresh);
        }
        let (reply, answer) = oneshot::channel();
        let job = Job::Waiting(after, limit, reply);
        self.jobs.send(job).await.ok()?;
        answer
            .await
            .ok()?
            .inspect_err(|error| tracing::error!(code = code(error), "the queue was not read"))
            .ok()
    }

    /// The letters without an addressee, newest first.
    pub(crate) async fn dead(&self) -> Letters {
        let (reply, answer) = oneshot::channel();
        // A closed queue has no letters to show.
        let _ = self.jobs.send(Job::Dead(reply)).await;
        answer.await.unwrap_or_default()
    }

    /// Forgets what is over.
    pub(crate) async fn prune(&self) {
        // A closed queue means that the program ends; the next start prunes.
        let _ = self.jobs.send(Job::Prune).await;
    }

    /// Returns when something new may wait.
    pub(crate) async fn news(&self) {
        self.news.notified().await;
    }

    /// Whether the thread still works.
    pub(crate) fn works(&self) -> bool {
        !self.jobs.is_closed()
    }
}

fn since(now: Moment) -> Moment {
    let keep = i64::try_from(KEEP.as_micros()).unwrap_or(i64::MAX);
    Moment::from_micros(now.micros().saturating_sub(keep))
}

struct Worker {
    relay: Relay,
    /// What the broker has taken and the file still has.
    delivered: Vec<i64>,
    waiting: u64,
    most_waiting: u64,
    metrics: Arc<Metrics>,
    clock: fn() -> Moment,
    notes: Arc<Notes>,
    fresh: Arc<Fresh>,
    news: Arc<Notify>,
}

/// What one commit takes.
#[derive(Default)]
struct Batch {
    intakes: Vec<Intake>,
    replies: Vec<oneshot::Sender<Result<Taken, NotTaken>>>,
}

impl Worker {
    fn run(mut self, mut work: mpsc::Receiver<Job>) {
        while let Some(first) = work.blocking_recv() {
            let mut batch = Batch::default();
            self.add(first, &mut batch);
            for _ in 1..BATCH {
                let Ok(job) = work.try_recv() else { break };
                self.add(job, &mut batch);
            }
            if !batch.intakes.is_empty() || self.delivered.len() >= FORGET {
                self.commit(batch);
            }
        }
        self.commit(Batch::default());
        if let Err(error) = self.relay.close() {
            tracing::warn!(code = code(&error), "the queue was not closed in order");
        }
    }

    /// Adds a job to the next commit; what reads comes after everything that was asked for before.
    fn add(&mut self, job: Job, batch: &mut Batch) {
        match job {
            Job::Take(intake, reply) => {
                if self.waiting >= self.most_waiting && !intake.messages.is_empty() {
                    // Whoever asked may have gone meanwhile; so below.
                    let _ = reply.send(Err(NotTaken::Full));
                    return;
                }
                batch.intakes.push(intake);
                batch.replies.push(reply);
            }
            Job::Delivered(rows) => {
                self.waiting = self.waiting.saturating_sub(rows.len() as u64);
                self.metrics.set_waiting(self.waiting);
                self.delivered.extend(rows);
            }
            Job::Waiting(after, limit, reply) => {
                self.commit(std::mem::take(batch));
                let _ = reply.send(self.relay.waiting(after, limit));
            }
            Job::Dead(reply) => {
                self.commit(std::mem::take(batch));
                let _ = reply.send(self.relay.dead(LETTERS).unwrap_or_default());
            }
            Job::Prune => {
                self.commit(std::mem::take(batch));
                self.prune();
            }
        }
    }

    fn commit(&mut self, batch: Batch) {
        let Batch { intakes, replies } = batch;
        if intakes.is_empty() && self.delivered.is_empty() {
            return;
        }
        let since = since((self.clock)());
        match self.relay.commit(&intakes, &self.delivered, since) {
            Ok(Committed { taken, fresh }) => {
                self.remember(&intakes, &taken);
                let new = fresh.len() as u64;
                self.fresh.push(fresh);
                self.delivered.clear();
                self.waiting += new;
                self.metrics.set_waiting(self.waiting);
                if new > 0 {
                    self.news.notify_one();
                }
                for (reply, taken) in replies.into_iter().zip(taken) {
                    let _ = reply.send(Ok(taken));
                }
            }
            Err(error) => {
                tracing::error!(code = code(&error), "nothing could be committed");
                for reply in replies {
                    let _ = reply.send(Err(NotTaken::Store));
                }
            }
        }
    }

    /// Shows what is on disk now to whoever reads the next delivery.
    fn remember(&self, intakes: &[Intake], taken: &[Taken]) {
        let mut notes = self.notes.map();
        for (intake, taken) in intakes.iter().zip(taken) {
            if *taken == Taken::Outdated {
                continue;
            }
            for note in &intake.notes {
                notes.insert(note.key.clone(), (note.is.clone(), intake.at));
            }
        }
    }

    fn prune(&mut self) {
        let now = (self.clock)();
        match self.relay.prune(now, since(now)) {
            Ok(pruned) => {
                let expired = pruned.expired as u64;
                if expired > 0 {
                    self.metrics.count("expired_total", &[], expired);
                }
                self.waiting = self.relay.count().unwrap_or(self.waiting);
                self.metrics.set_waiting(self.waiting);
                self.notes.map().retain(|_, (_, at)| *at >= since(now));
            }
            Err(error) => tracing::error!(code = code(&error), "nothing could be pruned"),
        }
    }
}

/// A word for logs: what an error says may hold a path, which is no outside text but long.
pub(crate) fn code(error: &StoreError) -> &'static str {
    match error {
        StoreError::NetworkFolder(_) => "network_folder",
        StoreError::OtherWriter => "other_writer",
        StoreError::NewerFile { .. } => "newer_file",
        StoreError::Damaged => "damaged",
        StoreError::DiskFull => "disk_full",
        StoreError::SettingRefused(_) => "setting_refused",
        StoreError::UnknownInteraction => "unknown_interaction",
        StoreError::OutboxFull => "outbox_full",
        StoreError::UnknownItem => "unknown_item",
        StoreError::Closed => "closed",
        StoreError::Seal(_) => "seal",
        StoreError::Disk(_) => "disk",
        StoreError::Sqlite(_) => "sqlite",
    }
}
