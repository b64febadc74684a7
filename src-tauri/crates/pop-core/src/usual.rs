//! How long a connection's answers usually take: the middle one of its last answers; and how long
//! one may take until it is called slow.
//!
//! Nothing is usual before some answers have come, and what was answered from memory here, which is
//! a matter of microseconds, says nothing about the connection.

use std::collections::VecDeque;
use std::time::Duration;

/// So many of the last answers count.
const KEPT: usize = 25;

/// With fewer answers nothing is usual yet.
const ENOUGH: usize = 5;

/// No answer over a network is quicker.
const QUICKEST: Duration = Duration::from_millis(1);

/// None is waited for longer (rule B3): the computer slept meanwhile.
const LONGEST: Duration = Duration::from_secs(15);

/// An answer that takes longer is slow in any case (rule B2).
pub const SLOW_AFTER: Duration = Duration::from_secs(3);

/// And so is one that takes this many times the usual time,
const TIMES_USUAL: u32 = 5;

/// but nobody is warned of what takes less than this: five times 20 ms is no wait for a person.
const NOTICED: Duration = Duration::from_secs(1);

/// The times of the last answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Usual(VecDeque<Duration>);

impl Usual {
    /// Whether a time says something about a connection: not one over which the computer slept.
    pub fn is_told_by(took: Duration) -> bool {
        took <= LONGEST
    }

    /// An answer took so long.
    pub fn note(&mut self, took: Duration) {
        if took < QUICKEST || !Self::is_told_by(took) {
            return;
        }
        if self.0.len() == KEPT {
            self.0.pop_front();
        }
        self.0.push_back(took);
    }

    /// How long an answer may take until it is called slow.
    pub fn slow_after(&self) -> Duration {
        let times = self.time().map(|usual| usual.saturating_mul(TIMES_USUAL));
        times.map_or(SLOW_AFTER, |times| times.clamp(NOTICED, SLOW_AFTER))
    }

    /// The usual time, as soon as there is one.
    pub fn time(&self) -> Option<Duration> {
        if self.0.len() < ENOUGH {
            return None;
        }
        let mut times: Vec<Duration> = self.0.iter().copied().collect();
        times.sort_unstable();
        times.get(times.len() / 2).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(times: &[u64]) -> Option<Duration> {
        let mut usual = Usual::default();
        for ms in times {
            usual.note(Duration::from_millis(*ms));
        }
        usual.time()
    }

    #[test]
    fn nothing_is_usual_before_there_are_enough_answers() {
        assert_eq!(after(&[200, 200, 200, 200]), None);
        assert_eq!(after(&[0, 0, 0, 0, 0, 0]), None, "answers from memory");
        assert_eq!(after(&[200; 5]), Some(Duration::from_millis(200)));
        let asleep = [200, 200, 200, 3_600_000, 3_600_000, 3_600_000, 200];
        assert_eq!(after(&asleep), None, "answers that came after a night");
    }

    #[test]
    fn slow_is_five_times_the_usual_but_from_one_second_on_and_in_any_case_after_three() {
        for (usual, slow) in [(20, 1_000), (200, 1_000), (400, 2_000), (900, 3_000)] {
            let mut times = Usual::default();
            assert_eq!(times.slow_after(), SLOW_AFTER, "nothing is usual yet");
            for _ in 0..ENOUGH {
                times.note(Duration::from_millis(usual));
            }
            let slow = Duration::from_millis(slow);
            assert_eq!(times.slow_after(), slow, "usually {usual} ms");
        }
    }

    #[test]
    fn one_slow_answer_is_not_usual_and_what_is_long_ago_is_forgotten() {
        let usual = after(&[180, 9_000, 200, 210, 190]);
        assert_eq!(usual, Some(Duration::from_millis(200)));
        let mut times = vec![5_000; 30];
        times.extend([300; 25]);
        assert_eq!(after(&times), Some(Duration::from_millis(300)));
    }
}
