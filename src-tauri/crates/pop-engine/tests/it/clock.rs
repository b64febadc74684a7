//! The machine's clock, which can be put forward.

use std::time::Duration;

use async_trait::async_trait;
use pop_core::clock::Clock;
use pop_core::moment::Moment;
use pop_crm::SystemClock;
use tokio::sync::watch;

/// The system's time and a little more.
pub(crate) struct ShiftedClock(watch::Sender<Duration>);

impl ShiftedClock {
    pub(crate) fn new() -> Self {
        Self(watch::Sender::new(Duration::ZERO))
    }

    /// Puts the clock forward; whoever sleeps until then wakes up.
    pub(crate) fn forward(&self, by: Duration) {
        self.0.send_modify(|shift| *shift += by);
    }
}

#[async_trait]
impl Clock for ShiftedClock {
    fn now(&self) -> Moment {
        SystemClock.now().after(*self.0.borrow())
    }

    async fn sleep(&self, wait: Duration) {
        let until = self.now().after(wait);
        let mut shift = self.0.subscribe();
        while self.now() < until {
            tokio::select! {
                () = tokio::time::sleep(until.since(self.now())) => {}
                _ = shift.changed() => {}
            }
        }
    }
}
