//! The machine's clock, which can be put forward and set back.

use std::time::Duration;

use async_trait::async_trait;
use pop_core::clock::Clock;
use pop_core::moment::Moment;
use pop_crm::SystemClock;
use tokio::sync::watch;

/// The system's time and a little more.
pub(crate) struct ShiftedClock(watch::Sender<Shift>);

#[derive(Clone, Copy, Default)]
struct Shift {
    forward: Duration,
    back: Duration,
}

impl ShiftedClock {
    pub(crate) fn new() -> Self {
        Self(watch::Sender::default())
    }

    /// Puts the clock forward; whoever sleeps until then wakes up.
    pub(crate) fn forward(&self, by: Duration) {
        self.0.send_modify(|shift| shift.forward += by);
    }

    /// Sets the clock back, as somebody does who finds it wrong; whoever sleeps sleeps no longer.
    pub(crate) fn back(&self, by: Duration) {
        self.0.send_modify(|shift| shift.back += by);
    }

    /// What has passed, by a clock that nobody sets.
    fn passed(&self) -> Moment {
        SystemClock.now().after(self.0.borrow().forward)
    }
}

#[async_trait]
impl Clock for ShiftedClock {
    fn now(&self) -> Moment {
        self.passed().before(self.0.borrow().back)
    }

    async fn sleep(&self, wait: Duration) {
        let until = self.passed().after(wait);
        let mut shift = self.0.subscribe();
        while self.passed() < until {
            tokio::select! {
                () = tokio::time::sleep(until.since(self.passed())) => {}
                _ = shift.changed() => {}
            }
        }
    }
}
