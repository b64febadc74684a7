//! The latest requests to CRMs, in memory: which call, what came of it, and the shapes of what was
//! sent and answered. Values are never kept, and nothing of it is written to disk from here.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use pop_core::flight::Exchange;
use pop_core::interaction::InteractionKey;
use pop_core::moment::Moment;
use pop_core::profile::ConnectionId;
use serde_json::Value;

/// How many requests are remembered: a pop makes two to five, so these are the last dozens of pops.
const MOST: usize = 200;

/// One request, as it is remembered.
#[derive(Clone, Debug)]
pub struct Logged {
    /// Grows by one with every request of this run.
    pub number: u64,
    /// The connection that asked.
    pub connection: ConnectionId,
    /// The interactions it was for; several where questions travelled together.
    pub interactions: Vec<InteractionKey>,
    /// When it was sent.
    pub at: Moment,
    /// What came of it: `ok`, or the fault's code.
    pub outcome: &'static str,
    /// Which request it was.
    pub exchange: Exchange,
    /// The shape of what was sent: the names of the query, and the body.
    pub asked: Value,
    /// The shape of the answer's body, if there was an answer that could be read.
    pub answered: Option<Value>,
}

/// The latest requests.
#[derive(Default)]
pub struct RequestLog(Mutex<Log>);

#[derive(Default)]
struct Log {
    next: u64,
    latest: VecDeque<Logged>,
}

impl RequestLog {
    /// The requests after a number, oldest first; 0 gives all that are remembered.
    pub fn after(&self, number: u64) -> Vec<Logged> {
        let log = self.log();
        let new = log.latest.iter().filter(|logged| logged.number > number);
        new.cloned().collect()
    }

    /// Forgets what a connection was asked, because its user signs out.
    pub fn forget(&self, connection: &ConnectionId) {
        self.log()
            .latest
            .retain(|logged| logged.connection != *connection);
    }

    pub(crate) fn add(&self, logged: Logged) {
        let mut log = self.log();
        log.next += 1;
        let number = log.next;
        log.latest.push_back(Logged { number, ..logged });
        if log.latest.len() > MOST {
            log.latest.pop_front();
        }
    }

    fn log(&self) -> MutexGuard<'_, Log> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
