//! The store on a thread of its own, for callers that must not wait on a disk.

use std::io;
use std::thread::{self, JoinHandle};

use tokio::sync::{mpsc, oneshot};

use crate::error::StoreError;
use crate::store::{FileCheck, Store};

/// Jobs that may wait. An event is at most one or two of them, and a disk does hundreds a second:
/// when this many wait, the disk hangs, and whoever accepts events must feel it.
const WAITING: usize = 256;

type Job = Box<dyn FnOnce(&mut Store) + Send>;

/// A way to the store's thread. The thread ends when the last handle is gone.
#[derive(Clone)]
pub struct StoreHandle {
    jobs: mpsc::Sender<Job>,
}

impl StoreHandle {
    /// Gives the store a thread of its own; joining it waits until everything is closed in order.
    ///
    /// If the last program did not leave in order, the file is checked in the background, and a
    /// damaged one is replaced by what can be read of it.
    pub fn start(store: Store) -> io::Result<(Self, JoinHandle<()>)> {
        let (jobs, queue) = mpsc::channel(WAITING);
        let check = store.due_check();
        let thread = thread::Builder::new()
            .name("store".to_owned())
            .spawn(|| work(store, queue))?;
        if let Some(check) = check {
            // A weak way in: the check must not keep the store open when everybody else has left.
            let jobs = jobs.downgrade();
            thread::Builder::new()
                .name("store-check".to_owned())
                .spawn(|| examine(check, jobs))?;
        }
        Ok((Self { jobs }, thread))
    }

    /// Runs work on the store, after everything that was asked for before.
    ///
    /// A file that turns out to be damaged is recovered before the error comes back: trying once
    /// more is worth while.
    pub async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Store) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (sender, answer) = oneshot::channel();
        let job = Box::new(move |store: &mut Store| {
            let result = work(store);
            if matches!(result, Err(StoreError::Damaged)) {
                recover(store);
            }
            // Whoever asked may have gone meanwhile; the work is done all the same.
            let _ = sender.send(result);
        });
        self.jobs.send(job).await.map_err(|_| StoreError::Closed)?;
        answer.await.map_err(|_| StoreError::Closed)?
    }
}

fn work(mut store: Store, mut queue: mpsc::Receiver<Job>) {
    while let Some(job) = queue.blocking_recv() {
        job(&mut store);
    }
}

fn examine(check: FileCheck, jobs: mpsc::WeakSender<Job>) {
    let job: Job = match check.run() {
        Ok(true) => Box::new(Store::checked),
        Ok(false) => Box::new(recover),
        Err(error) => {
            tracing::warn!(%error, "the store's file could not be checked");
            return;
        }
    };
    if let Some(jobs) = jobs.upgrade() {
        // A closed queue means that the program ends; the next start checks again.
        let _ = jobs.blocking_send(job);
    }
}

fn recover(store: &mut Store) {
    match store.recover() {
        Ok(salvaged) => tracing::warn!(
            rows = salvaged.rows,
            lost = salvaged.lost,
            "the store's file was damaged and was replaced"
        ),
        Err(error) => tracing::error!(%error, "the store's damaged file could not be replaced"),
    }
}
