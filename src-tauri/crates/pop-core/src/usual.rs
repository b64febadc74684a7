//! How long a connection's answers usually take: the middle one of its last answers.
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

/// The times of the last answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Usual(VecDeque<Duration>);

impl Usual {
    /// An answer took so long.
    pub fn note(&mut self, took: Duration) {
        if took < QUICKEST {
            return;
        }
        if self.0.len() == KEPT {
            self.0.pop_front();
        }
        self.0.push_back(took);
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
