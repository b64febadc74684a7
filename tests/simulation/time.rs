//! Virtual time: it stands until it is moved, and whoever waits wakes exactly then.
//!
//! What passes and what the computer's clock shows are two things: a clock that is put ahead or back
//! wakes nobody.

use std::collections::BTreeMap;
use std::future::poll_fn;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Poll, Waker};
use std::time::Duration;

use async_trait::async_trait;
use pop_core::clock::Clock;
use pop_core::moment::Moment;

/// When every shift begins, by the computer's clock.
const START: Moment = Moment::from_millis(1_767_715_200_000);

#[derive(Default)]
pub(crate) struct Time {
    waiting: Mutex<Waiting>,
    /// How much has passed.
    passed: AtomicI64,
    /// How far the computer's clock is ahead of that.
    ahead: AtomicI64,
}

#[derive(Default)]
struct Waiting {
    last: u64,
    by_due: BTreeMap<(i64, u64), Option<Waker>>,
}

/// Takes its place among those who wait back when nobody waits for it any more.
struct Wait<'t> {
    time: &'t Time,
    place: (i64, u64),
}

impl Time {
    /// What has passed, in microseconds.
    pub(crate) fn passed(&self) -> i64 {
        self.passed.load(Ordering::SeqCst)
    }

    /// When the next one who waits wakes.
    pub(crate) fn next(&self) -> Option<i64> {
        let waiting = self.waiting.lock().unwrap();
        waiting.by_due.keys().next().map(|(due, _)| *due)
    }

    /// Moves on; whoever waited until then wakes.
    pub(crate) fn move_to(&self, passed: i64) {
        self.passed.fetch_max(passed, Ordering::SeqCst);
        let mut waiting = self.waiting.lock().unwrap();
        for (_, waker) in waiting.by_due.range_mut(..=(passed, u64::MAX)) {
            if let Some(waker) = waker.take() {
                waker.wake();
            }
        }
    }

    /// Puts the computer's clock ahead or back.
    pub(crate) fn jump(&self, by: i64) {
        self.ahead.fetch_add(by, Ordering::SeqCst);
    }

    /// How far the computer's clock is ahead.
    pub(crate) fn ahead(&self) -> i64 {
        self.ahead.load(Ordering::SeqCst)
    }
}

impl Drop for Wait<'_> {
    fn drop(&mut self) {
        let mut waiting = self.time.waiting.lock().unwrap();
        waiting.by_due.remove(&self.place);
    }
}

#[async_trait]
impl Clock for Time {
    fn now(&self) -> Moment {
        Moment::from_micros(START.micros() + self.passed() + self.ahead())
    }

    async fn sleep(&self, wait: Duration) {
        let wait = i64::try_from(wait.as_micros()).unwrap_or(i64::MAX / 4);
        let due = self.passed() + wait;
        let place = {
            let mut waiting = self.waiting.lock().unwrap();
            waiting.last += 1;
            let place = (due, waiting.last);
            waiting.by_due.insert(place, None);
            place
        };
        let _wait = Wait { time: self, place };
        poll_fn(|context| {
            if self.passed() >= due {
                return Poll::Ready(());
            }
            let mut waiting = self.waiting.lock().unwrap();
            waiting.by_due.insert(place, Some(context.waker().clone()));
            Poll::Pending
        })
        .await;
    }
}

pub(crate) const fn seconds(seconds: i64) -> i64 {
    seconds * 1_000_000
}

pub(crate) type SharedTime = Arc<Time>;
