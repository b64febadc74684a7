//! The computer's clock is set back: what waits for a moment would wait that much longer than it was
//! meant to, and what was done a while ago would seem to be still to come.

use std::time::Duration;

use pop_core::moment::Moment;

use crate::room::Room;

/// The clock was set back if it is this much behind what it said before: less is no harm.
const SET_BACK: Duration = Duration::from_secs(30);

/// What the clock said last.
pub(crate) struct ClockWatch(Moment);

impl ClockWatch {
    /// Begins to look.
    pub(crate) fn new(now: Moment) -> Self {
        Self(now)
    }

    /// How far the clock was set back since the last look.
    pub(crate) fn set_back(&mut self, now: Moment) -> Option<Duration> {
        let by = self.0.since(now);
        self.0 = now;
        (by > SET_BACK).then_some(by)
    }
}

impl Room {
    /// Everything that the room does again after a while goes by the clock as it is now.
    pub(crate) fn look_at_the_clock(&mut self, now: Moment) {
        let Some(by) = self.clock.set_back(now) else {
            return;
        };
        tracing::info!(seconds = by.as_secs(), "the clock was set back");
        self.status.paused = self.status.paused.map(|until| until.before(by));
        self.settle_at = self.settle_at.map(|at| at.before(by));
        self.prune_at = self.prune_at.before(by);
        self.bundle.turn_back(by);
        self.fleet.turn_back(by);
        self.probes.turn_back(by);
        self.unseen.turn_back(by);
    }
}
