//! How long to wait before each try (security rule B5), from random numbers that are passed in.
//!
//! Thousands of desktops lose the broker at the same moment and must not come back at the same
//! moment: every wait is random over its whole span.

use std::time::Duration;

/// The first try after a start or a lost connection comes within this time.
pub const FIRST: Duration = Duration::from_secs(5);
/// The second within this, and each later one within twice the span of the one before.
pub const STEP: Duration = Duration::from_secs(8);
/// No span is longer.
pub const CAP: Duration = Duration::from_secs(30);
/// After sleep, and when the network is another one.
pub const WOKEN: Duration = Duration::from_secs(2);
/// A connection that held this long was a good one: the next wait is a first one again.
const GOOD: Duration = Duration::from_secs(20);

/// The waits of one client.
pub struct Backoff {
    random: Box<dyn FnMut() -> f64 + Send + Sync>,
    tries: u32,
    is_woken: bool,
    needs_somebody: bool,
}

impl Default for Backoff {
    fn default() -> Self {
        Self::new(system_random)
    }
}

impl Backoff {
    /// Takes its random numbers, at least 0 and below 1, from `random`.
    pub fn new(random: impl FnMut() -> f64 + Send + Sync + 'static) -> Self {
        Self {
            random: Box::new(random),
            tries: 0,
            is_woken: false,
            needs_somebody: false,
        }
    }

    /// How long to wait before the next try.
    pub fn wait(&mut self) -> Duration {
        let share = (self.random)().clamp(0.0, 1.0);
        if std::mem::take(&mut self.is_woken) {
            return WOKEN.mul_f64(share);
        }
        // Somebody has to do something before a try can help: no earlier than the longest span.
        let least = if std::mem::take(&mut self.needs_somebody) {
            CAP
        } else {
            Duration::ZERO
        };
        let span = match self.tries {
            0 => FIRST,
            tries => STEP
                .saturating_mul(1_u32.checked_shl(tries - 1).unwrap_or(u32::MAX))
                .min(CAP),
        };
        self.tries = self.tries.saturating_add(1);
        least + span.mul_f64(share)
    }

    /// Hears that a connection ended that had lasted so long.
    pub fn ended_after(&mut self, lasted: Duration) {
        if lasted >= GOOD {
            self.tries = 0;
        }
    }

    /// Hears that trying again soon cannot help.
    pub fn needs_somebody(&mut self) {
        self.needs_somebody = true;
    }

    /// Hears that the computer woke, the network is another one, or the person asks.
    pub fn woken(&mut self) {
        self.is_woken = true;
        self.needs_somebody = false;
    }
}

/// A random number of the system; without one, the middle, so that the wait is neither long nor
/// nothing.
fn system_random() -> f64 {
    let mut bytes = [0; 4];
    match getrandom::fill(&mut bytes) {
        Ok(()) => f64::from(u32::from_ne_bytes(bytes)) / (f64::from(u32::MAX) + 1.0),
        Err(_) => 0.5,
    }
}
