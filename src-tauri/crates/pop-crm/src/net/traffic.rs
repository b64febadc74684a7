//! How often an origin may be asked, and how it has answered so far.
//!
//! Security rules B2 and B4: at most six calls at once, retries only while they are a small part
//! of all calls, a breaker. One [`Traffic`] serves all connections, so that two of them to one
//! CRM share its limits.

use std::collections::{BTreeMap, VecDeque};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use pop_core::moment::Moment;
use pop_core::profile::ConnectionId;
use tokio::sync::Semaphore;

use crate::net::breaker::{Breaker, BreakerState};
use crate::net::log::RequestLog;
use crate::net::origin::Origin;
use crate::run::quota::Quota;

/// Calls that are under way to one origin at once.
const AT_ONCE: u32 = 6;
/// What one call adds to the budget of retries: one retry for ten calls.
const EARNED: f64 = 0.1;
/// The most retries that can be saved up, and what there is at the start.
const SAVED: f64 = 5.0;
/// How many answers the typical latency is taken from.
const TYPICAL_OF: usize = 31;
/// The longest that a server can ask to be left alone.
pub(crate) const LONGEST_WAIT: Duration = Duration::from_hours(1);
/// Origins that are remembered; `http.within` keeps their number small in any case.
const ORIGINS: usize = 64;

/// The state of all origins that are asked.
#[derive(Default)]
pub struct Traffic {
    lanes: Mutex<BTreeMap<Origin, Arc<Lane>>>,
    log: RequestLog,
    renewals: Mutex<BTreeMap<ConnectionId, Arc<tokio::sync::Mutex<()>>>>,
}

/// How an origin answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Health {
    /// Whether it is asked.
    pub breaker: BreakerState,
    /// How long the last answer took.
    pub last_latency: Option<Duration>,
    /// How long an answer usually takes: the median of the last ones.
    pub typical_latency: Option<Duration>,
    /// Until when it asked to be left alone, because it was asked too often.
    pub waits_until: Option<Moment>,
    /// How much may still be asked, as far as the CRM says so.
    pub quotas: Vec<Quota>,
}

impl Traffic {
    /// The latest requests of all connections.
    pub fn log(&self) -> &RequestLog {
        &self.log
    }

    pub(crate) fn lane(&self, origin: &Origin) -> Arc<Lane> {
        let mut lanes = self.lanes.lock().unwrap_or_else(PoisonError::into_inner);
        if lanes.len() >= ORIGINS && !lanes.contains_key(origin) {
            lanes.pop_first();
        }
        Arc::clone(lanes.entry(origin.clone()).or_default())
    }

    /// What lets one renewal of a connection's sign-in run at a time, also while the connection
    /// is being made anew.
    pub(crate) fn renewal(&self, connection: &ConnectionId) -> Arc<tokio::sync::Mutex<()>> {
        let renewals = self.renewals.lock();
        let mut renewals = renewals.unwrap_or_else(PoisonError::into_inner);
        Arc::clone(renewals.entry(connection.clone()).or_default())
    }
}

/// One origin.
pub(crate) struct Lane {
    pub(crate) places: Semaphore,
    state: Mutex<State>,
    turns: AtomicU64,
}

struct State {
    breaker: Breaker,
    retries: f64,
    latencies: VecDeque<Duration>,
    free_at: Moment,
    waits_until: Moment,
    /// How long the wait was that it asked for last.
    wait: Duration,
}

impl Default for Lane {
    fn default() -> Self {
        let state = State {
            breaker: Breaker::default(),
            retries: SAVED,
            latencies: VecDeque::new(),
            free_at: Moment::default(),
            waits_until: Moment::default(),
            wait: Duration::ZERO,
        };
        Self {
            places: Semaphore::new(AT_ONCE as usize),
            state: Mutex::new(state),
            turns: AtomicU64::new(0),
        }
    }
}

impl Lane {
    /// When the next call may go out, if none may now.
    pub(crate) fn paused_until(&self, now: Moment) -> Option<Moment> {
        self.state().breaker.closed_until(now)
    }

    /// Leaves the origin alone for as long as it asked for: every call to it waits.
    pub(crate) fn leave_alone(&self, now: Moment, wait: Duration) {
        let mut state = self.state();
        let until = now.after(wait.min(LONGEST_WAIT));
        if until >= state.waits_until {
            state.waits_until = until;
            state.wait = until.since(now);
        }
    }

    /// How long the origin is still left alone.
    pub(crate) fn left_alone(&self, now: Moment) -> Option<Duration> {
        let mut state = self.state();
        // More than was asked for is left only if somebody has set the clock back: it begins anew.
        if state.waits_until.since(now) > state.wait {
            state.waits_until = now.after(state.wait);
        }
        let left = state.waits_until.since(now);
        (!left.is_zero()).then_some(left)
    }

    /// Whether a call may go out now; if not, when one may.
    pub(crate) fn ask(&self, now: Moment) -> Result<(), Moment> {
        let mut state = self.state();
        state.breaker.ask(now)?;
        state.retries = (state.retries + EARNED).min(SAVED);
        Ok(())
    }

    /// Takes one retry from the budget, if there is one.
    pub(crate) fn spend_retry(&self) -> bool {
        let mut state = self.state();
        let may = state.retries >= 1.0;
        if may {
            state.retries -= 1.0;
        }
        may
    }

    /// How long to wait so that two calls lie at least `gap` apart; the next place is then taken.
    pub(crate) fn wait_for_gap(&self, now: Moment, gap: Duration) -> Duration {
        let mut state = self.state();
        // Whoever waits holds a place; a longer queue is a clock that somebody has set back.
        let is_queue = state.free_at.since(now) <= gap * AT_ONCE;
        let start = if is_queue {
            state.free_at.max(now)
        } else {
            now
        };
        state.free_at = start.after(gap);
        start.since(now)
    }

    pub(crate) fn answered(&self, now: Moment, latency: Duration) {
        let mut state = self.state();
        state.breaker.succeeded(now);
        state.latencies.push_back(latency);
        if state.latencies.len() > TYPICAL_OF {
            state.latencies.pop_front();
        }
    }

    pub(crate) fn failed(&self, now: Moment) {
        let spread = self.jitter(now);
        self.state().breaker.failed(now, spread);
    }

    pub(crate) fn health(&self, now: Moment) -> Health {
        let waits_until = self.left_alone(now).map(|left| now.after(left));
        let state = self.state();
        let mut sorted = state.latencies.iter().copied().collect::<Vec<_>>();
        sorted.sort_unstable();
        Health {
            breaker: state.breaker.state(),
            last_latency: state.latencies.back().copied(),
            typical_latency: sorted.get(sorted.len() / 2).copied(),
            waits_until,
            quotas: Vec::new(),
        }
    }

    /// A number between 0 and 1 that differs from call to call and from desktop to desktop: the
    /// microseconds of the clock, mixed. With a simulated clock it is the same in each run.
    pub(crate) fn jitter(&self, now: Moment) -> f64 {
        let turn = self.turns.fetch_add(1, Ordering::Relaxed);
        let mut mixed = now
            .micros()
            .cast_unsigned()
            .wrapping_add(turn.wrapping_mul(0x9E37_79B9));
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        let top = u32::try_from(mixed >> 32).unwrap_or_default();
        f64::from(top) / f64::from(u32::MAX)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retries_are_a_small_part_of_all_calls() {
        let lane = Lane::default();
        let mut spent = 0;
        while lane.spend_retry() {
            spent += 1;
        }
        assert_eq!(spent, 5, "what is saved up at the start");
        for _ in 0..9 {
            assert_eq!(lane.ask(Moment::default()), Ok(()));
        }
        assert!(!lane.spend_retry(), "nine calls do not earn a retry");
        for _ in 0..2 {
            assert_eq!(lane.ask(Moment::default()), Ok(()));
        }
        assert!(lane.spend_retry(), "eleven do");
    }

    #[test]
    fn calls_keep_the_gap_that_the_definition_asks_for() {
        let lane = Lane::default();
        let gap = Duration::from_millis(250);
        let now = Moment::from_millis(1_000);
        let waits = [(); 3].map(|()| lane.wait_for_gap(now, gap));
        assert_eq!(
            waits,
            [Duration::ZERO, gap, gap * 2],
            "each waits for the one before"
        );
        let later = Moment::from_millis(5_000);
        assert_eq!(
            lane.wait_for_gap(later, gap),
            Duration::ZERO,
            "a pause has passed by itself"
        );
    }

    #[test]
    fn a_wait_is_as_long_as_it_was_asked_for_also_when_the_clock_is_set_back() {
        let lane = Lane::default();
        let (now, wait) = (Moment::from_millis(9_000_000), Duration::from_secs(20));
        lane.leave_alone(now, wait);
        let later = now.after(Duration::from_secs(5));
        assert_eq!(lane.left_alone(later), Some(Duration::from_secs(15)));
        let back = now.before(Duration::from_mins(30));
        assert_eq!(lane.left_alone(back), Some(wait), "it begins anew");
        let after = back.after(Duration::from_secs(19));
        assert_eq!(lane.left_alone(after), Some(Duration::from_secs(1)));
        assert_eq!(lane.left_alone(back.after(wait)), None);
    }

    #[test]
    fn the_typical_latency_is_not_moved_by_one_slow_answer() {
        let lane = Lane::default();
        for millis in [100, 110, 90, 9_000, 105] {
            lane.answered(Moment::default(), Duration::from_millis(millis));
        }
        let health = lane.health(Moment::default());
        assert_eq!(health.typical_latency, Some(Duration::from_millis(105)));
        assert_eq!(health.last_latency, Some(Duration::from_millis(105)));
    }

    #[test]
    fn pauses_differ() {
        let lane = Lane::default();
        let now = Moment::from_millis(1);
        let (one, other) = (lane.jitter(now), lane.jitter(now));
        assert!(
            (0.0..=1.0).contains(&one) && (0.0..=1.0).contains(&other),
            "within the range"
        );
        assert!(
            (one - other).abs() > f64::EPSILON,
            "two calls at one moment differ"
        );
    }
}
