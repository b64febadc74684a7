//! How many events a sender, and all senders together, may send (security rule L9).
//!
//! A bucket of tokens per sender and one for all. Time comes in, so that a test needs none.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use pop_core::moment::Moment;

/// A rate with a burst.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// Events per second in the long run.
    pub per_second: u32,
    /// Events at once after a pause.
    pub burst: u32,
}

/// The buckets of all senders.
pub(super) struct Paces {
    per_sender: Pace,
    all_senders: Pace,
    buckets: Mutex<Buckets>,
}

#[derive(Default)]
struct Buckets {
    all: Option<Bucket>,
    senders: HashMap<String, Bucket>,
}

/// Tokens in millionths, so that a microsecond at one per second is one.
#[derive(Clone, Copy)]
struct Bucket {
    millionths: u64,
    filled: Moment,
}

impl Paces {
    pub(super) fn new(per_sender: Pace, all_senders: Pace) -> Self {
        Self {
            per_sender,
            all_senders,
            buckets: Mutex::default(),
        }
    }

    /// Takes as many tokens as there are events from both buckets, or says how long to wait.
    ///
    /// A batch that is larger than a whole burst takes a whole burst, or it would never pass.
    pub(super) fn take(&self, sender: &str, events: usize, now: Moment) -> Result<(), Duration> {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        let own = filled(buckets.senders.get(sender).copied(), self.per_sender, now);
        let all = filled(buckets.all, self.all_senders, now);
        let events = u64::try_from(events).unwrap_or(u64::MAX);
        let events = events.clamp(1, u64::from(self.per_sender.burst.max(1)));
        let (own, all, outcome) = match (
            taken(own, self.per_sender, events),
            taken(all, self.all_senders, events),
        ) {
            (Ok(own), Ok(all)) => (own, all, Ok(())),
            (Err(wait), Ok(_)) | (Ok(_), Err(wait)) => (own, all, Err(wait)),
            (Err(one), Err(other)) => (own, all, Err(one.max(other))),
        };
        buckets.senders.insert(sender.to_owned(), own);
        buckets.all = Some(all);
        outcome
    }
}

const TOKEN: u64 = 1_000_000;

/// The bucket as it is now. A clock that was set back fills nothing and starts anew from there.
fn filled(bucket: Option<Bucket>, pace: Pace, now: Moment) -> Bucket {
    let full = u64::from(pace.burst) * TOKEN;
    let Some(bucket) = bucket else {
        return Bucket {
            millionths: full,
            filled: now,
        };
    };
    let micros = u64::try_from(now.since(bucket.filled).as_micros()).unwrap_or(u64::MAX);
    let gained = micros.saturating_mul(u64::from(pace.per_second));
    Bucket {
        millionths: bucket.millionths.saturating_add(gained).min(full),
        filled: now,
    }
}

fn taken(bucket: Bucket, pace: Pace, events: u64) -> Result<Bucket, Duration> {
    let price = events * TOKEN;
    if let Some(millionths) = bucket.millionths.checked_sub(price) {
        return Ok(Bucket {
            millionths,
            ..bucket
        });
    }
    let lacking = price.saturating_sub(bucket.millionths);
    Err(Duration::from_micros(
        lacking.div_ceil(u64::from(pace.per_second.max(1))),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paces() -> Paces {
        Paces::new(
            Pace {
                per_second: 50,
                burst: 100,
            },
            Pace {
                per_second: 2_000,
                burst: 2_000,
            },
        )
    }

    fn at(millis: i64) -> Moment {
        Moment::from_millis(1_000_000 + millis)
    }

    #[test]
    fn a_burst_passes_and_then_the_rate_holds() {
        let paces = paces();
        for _ in 0..100 {
            paces.take("a", 1, at(0)).expect("the burst is allowed");
        }
        assert_eq!(
            paces.take("a", 1, at(0)),
            Err(Duration::from_millis(20)),
            "one per 20 ms"
        );
        paces
            .take("b", 1, at(0))
            .expect("another sender has a burst of its own");
        paces
            .take("a", 1, at(20))
            .expect("after 20 ms one more fits");
        assert!(paces.take("a", 1, at(20)).is_err(), "but only one");
        paces
            .take("a", 100, at(3_600_000))
            .expect("an hour later the burst is back");
        assert!(
            paces.take("a", 1, at(3_600_000)).is_err(),
            "and no more than the burst"
        );
    }

    #[test]
    fn a_batch_counts_each_event_and_a_huge_one_a_whole_burst() {
        let paces = paces();
        paces.take("a", 99, at(0)).expect("99 of 100");
        assert!(
            paces.take("a", 2, at(0)).is_err(),
            "two do not fit into one"
        );
        paces
            .take("a", 1, at(0))
            .expect("a refused batch took nothing");
        paces
            .take("b", 5_000, at(0))
            .expect("larger than the burst passes when the bucket is full");
        assert!(paces.take("b", 1, at(0)).is_err(), "and empties it");
    }

    #[test]
    fn all_senders_together_have_a_limit() {
        let paces = paces();
        for sender in 0..20 {
            paces
                .take(&sender.to_string(), 100, at(0))
                .expect("2,000 in all");
        }
        assert!(
            paces.take("one more", 1, at(0)).is_err(),
            "the common bucket is empty"
        );
        paces
            .take("one more", 1, at(1))
            .expect("and fills by 2 per millisecond");
    }

    #[test]
    fn a_clock_that_was_set_back_does_not_lock_a_sender_out() {
        let paces = paces();
        paces.take("a", 100, at(3_600_000)).expect("the burst");
        assert!(
            paces.take("a", 1, at(0)).is_err(),
            "an hour back: still empty"
        );
        paces
            .take("a", 1, at(20))
            .expect("and fills from there at the usual rate");
    }
}
