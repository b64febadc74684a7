//! Notices that the computer slept, or that its clock was set: two clocks that do not agree.
//!
//! While a computer sleeps its clock on the wall goes on; the counter that programs wait by stands
//! still on most systems and goes on elsewhere, where it is seen that nobody looked for too long.

use std::time::Duration;

use pop_core::moment::Moment;

/// How often to look.
pub(super) const EVERY: Duration = Duration::from_secs(5);
/// What a busy computer or a correction by the time server is not.
const LEAP: Duration = Duration::from_secs(10);

/// The last look at both clocks.
#[derive(Clone, Copy, Debug)]
pub struct Wake {
    wall: Moment,
    counter: Duration,
}

impl Wake {
    /// Looks for the first time.
    pub fn new(wall: Moment, counter: Duration) -> Self {
        Self { wall, counter }
    }

    /// Looks again; whether the computer seems to have slept since the last look.
    pub fn look(&mut self, wall: Moment, counter: Duration) -> bool {
        let on_the_wall = wall.since(self.wall);
        let counted = counter.saturating_sub(self.counter);
        *self = Self { wall, counter };
        on_the_wall.saturating_sub(counted) >= LEAP || counted >= EVERY + LEAP
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(wall_after: i64, counter_after: u64) -> bool {
        let begun = Moment::from_millis(1_000_000);
        let mut wake = Wake::new(begun, Duration::from_secs(100));
        let wall = Moment::from_millis(1_000_000 + wall_after * 1_000);
        wake.look(wall, Duration::from_secs(100 + counter_after))
    }

    #[test]
    fn sleep_is_noticed_whether_the_counter_stands_still_or_not() {
        assert!(look(400, 5), "the counter stood still");
        assert!(look(400, 400), "the counter went on, and nobody looked");
        assert!(!look(5, 5), "the control: awake all the time");
        assert!(!look(9, 5), "a small correction is no sleep");
    }

    #[test]
    fn a_clock_that_is_set_back_is_no_sleep() {
        assert!(!look(-3_600, 5));
    }
}
