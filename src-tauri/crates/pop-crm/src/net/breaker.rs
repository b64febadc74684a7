//! The breaker of one origin: a CRM that fails again and again is left alone for a while.
//!
//! Security rule B4. Pure: the time comes in, the decision goes out. What counts as a failure is
//! the caller's business: no answer, or an answer that says the server is unwell.

use std::collections::VecDeque;
use std::time::Duration;

use pop_core::moment::Moment;

/// Failures in a row that open the breaker.
const IN_A_ROW: u32 = 5;
/// The time over which the share of failures is counted.
const WINDOW: Duration = Duration::from_secs(30);
/// Calls within the window before their share says anything.
const ENOUGH: usize = 10;
/// Calls that are remembered; more than this in 30 seconds tell nothing new.
const REMEMBERED: usize = 200;
/// How long an open breaker stays open at least.
const PAUSE: Duration = Duration::from_secs(15);
/// How much longer at most, so that many desktops do not come back together.
const SPREAD: Duration = Duration::from_secs(5);
/// A probe that has not come back by then was abandoned.
const PROBE_LIMIT: Duration = Duration::from_secs(10);

/// Whether an origin is asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BreakerState {
    /// Everything is asked.
    #[default]
    Closed,
    /// Nothing is asked until then.
    Open {
        /// When the next call is let through.
        until: Moment,
    },
    /// One call is on its way to see whether the origin is well again.
    Probing {
        /// When it went out.
        since: Moment,
    },
}

#[derive(Debug)]
pub(crate) struct Breaker {
    state: BreakerState,
    in_a_row: u32,
    calls: VecDeque<(Moment, bool)>,
}

impl Default for Breaker {
    fn default() -> Self {
        Self {
            state: BreakerState::Closed,
            in_a_row: 0,
            calls: VecDeque::new(),
        }
    }
}

impl Breaker {
    pub(crate) fn state(&self) -> BreakerState {
        self.state
    }

    /// When the next call may go out, if none may now; asking does not change anything.
    pub(crate) fn closed_until(&self, now: Moment) -> Option<Moment> {
        let (until, longest) = match self.state {
            BreakerState::Closed => return None,
            BreakerState::Open { until } => (until, PAUSE + SPREAD),
            BreakerState::Probing { since } => (since.after(PROBE_LIMIT), PROBE_LIMIT),
        };
        let left = until.since(now);
        // More than the longest pause is left only if somebody has set the clock back.
        (!left.is_zero() && left <= longest).then_some(until)
    }

    /// Whether a call may go out now; if not, when one may.
    pub(crate) fn ask(&mut self, now: Moment) -> Result<(), Moment> {
        if let Some(until) = self.closed_until(now) {
            return Err(until);
        }
        if self.state != BreakerState::Closed {
            self.state = BreakerState::Probing { since: now };
        }
        Ok(())
    }

    pub(crate) fn succeeded(&mut self, now: Moment) {
        match self.state {
            // An answer to a call that went out before the breaker opened proves nothing new.
            BreakerState::Open { .. } => {}
            BreakerState::Probing { .. } => *self = Self::default(),
            BreakerState::Closed => {
                self.in_a_row = 0;
                self.remember(now, true);
            }
        }
    }

    /// Counts a failure; `spread` is a number between 0 and 1 that differs between desktops.
    pub(crate) fn failed(&mut self, now: Moment, spread: f64) {
        match self.state {
            BreakerState::Open { .. } => return,
            BreakerState::Probing { .. } => return self.open(now, spread),
            BreakerState::Closed => {}
        }
        self.in_a_row += 1;
        self.remember(now, false);
        let failures = self.calls.iter().filter(|(_, well)| !well).count();
        let half = self.calls.len() >= ENOUGH && failures * 2 >= self.calls.len();
        if self.in_a_row >= IN_A_ROW || half {
            self.open(now, spread);
        }
    }

    fn open(&mut self, now: Moment, spread: f64) {
        let until = now
            .after(PAUSE)
            .after(SPREAD.mul_f64(spread.clamp(0.0, 1.0)));
        *self = Self {
            state: BreakerState::Open { until },
            ..Self::default()
        };
    }

    fn remember(&mut self, now: Moment, well: bool) {
        self.calls.push_back((now, well));
        while self.calls.len() > REMEMBERED
            || self
                .calls
                .front()
                .is_some_and(|(at, _)| now.since(*at) > WINDOW)
        {
            self.calls.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Moment {
        Moment::from_millis(seconds * 1_000)
    }

    #[test]
    fn five_failures_in_a_row_open_it_and_one_success_between_does_not() {
        let mut breaker = Breaker::default();
        for _ in 0..4 {
            breaker.failed(at(0), 0.0);
        }
        breaker.succeeded(at(0));
        breaker.failed(at(0), 0.0);
        assert_eq!(
            breaker.ask(at(0)),
            Ok(()),
            "four, a success, one: not five in a row"
        );
        for _ in 0..4 {
            breaker.failed(at(1), 1.0);
        }
        assert_eq!(
            breaker.ask(at(1)),
            Err(at(21)),
            "15 seconds and the whole spread of 5"
        );
    }

    #[test]
    fn half_of_ten_calls_within_thirty_seconds_open_it() {
        let alternating = |seconds_apart: i64| {
            let mut breaker = Breaker::default();
            for call in 0..5 {
                breaker.succeeded(at(call * seconds_apart * 2));
                breaker.failed(at(call * seconds_apart * 2 + seconds_apart), 0.0);
            }
            breaker.state()
        };
        assert!(
            matches!(alternating(1), BreakerState::Open { .. }),
            "10 calls in 9 seconds"
        );
        assert_eq!(
            alternating(4),
            BreakerState::Closed,
            "10 calls, but never 10 in 30 seconds"
        );
    }

    #[test]
    fn after_the_pause_one_probe_decides() {
        let mut breaker = Breaker::default();
        for _ in 0..5 {
            breaker.failed(at(0), 0.0);
        }
        assert_eq!(breaker.ask(at(14)), Err(at(15)), "still paused");
        assert_eq!(breaker.ask(at(15)), Ok(()), "the probe");
        assert_eq!(breaker.ask(at(15)), Err(at(25)), "one at a time");
        breaker.failed(at(16), 0.0);
        assert_eq!(
            breaker.ask(at(16)),
            Err(at(31)),
            "the probe failed: paused again"
        );
        assert_eq!(breaker.ask(at(31)), Ok(()));
        breaker.succeeded(at(32));
        assert_eq!(breaker.state(), BreakerState::Closed, "well again");
    }

    #[test]
    fn a_probe_that_never_comes_back_does_not_keep_it_shut() {
        let mut breaker = Breaker::default();
        for _ in 0..5 {
            breaker.failed(at(0), 0.0);
        }
        assert_eq!(breaker.ask(at(15)), Ok(()));
        assert_eq!(breaker.ask(at(25)), Ok(()), "the first probe was abandoned");
    }

    #[test]
    fn a_clock_that_is_set_back_does_not_keep_it_shut() {
        let mut breaker = Breaker::default();
        for _ in 0..5 {
            breaker.failed(at(3_600), 0.0);
        }
        assert_eq!(breaker.ask(at(3_600)), Err(at(3_615)), "paused");
        assert_eq!(
            breaker.ask(at(0)),
            Ok(()),
            "an hour earlier nothing of that has happened"
        );
    }
}
