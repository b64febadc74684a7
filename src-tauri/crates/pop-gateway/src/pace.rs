//! How often somebody may ask: a burst at once, then one in each interval.
//!
//! Only the moment at which a full burst is earned again is kept per asker; time comes in, so that
//! a test needs none.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use pop_core::moment::Moment;

/// The most askers that are remembered.
const ASKERS: usize = 10_000;

/// A rate with a burst.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pace {
    /// One in each of these, in the long run.
    pub(crate) every: Duration,
    /// As many at once after a pause.
    pub(crate) burst: u32,
}

impl Pace {
    /// So many in a second, and twice as many at once.
    pub(crate) fn per_second(rate: u32) -> Self {
        Self {
            every: Duration::from_secs(1) / rate.max(1),
            burst: rate.max(1).saturating_mul(2),
        }
    }

    /// So many in a minute, and all of them at once.
    pub(crate) fn per_minute(rate: u32) -> Self {
        Self {
            every: Duration::from_mins(1) / rate.max(1),
            burst: rate.max(1),
        }
    }
}

/// What every asker has left.
pub(crate) struct Paces<K>(Mutex<HashMap<K, Moment>>);

impl<K> Default for Paces<K> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Eq + Hash> Paces<K> {
    /// Lets one through, or says how long to wait.
    pub(crate) fn take(&self, who: K, pace: Pace, now: Moment) -> Result<(), Duration> {
        let mut full_again = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if full_again.len() >= ASKERS {
            full_again.retain(|_, at| *at > now);
            // So many at once are not told apart: forgetting them is better than refusing others.
            if full_again.len() >= ASKERS {
                full_again.clear();
            }
        }
        let whole = pace.every * pace.burst;
        let at = full_again.entry(who).or_insert(now);
        // A clock that was set back locks nobody out for longer than a whole burst.
        *at = (*at).clamp(now, now.after(whole));
        let owed = at.since(now) + pace.every;
        match owed.checked_sub(whole) {
            None | Some(Duration::ZERO) => {
                *at = at.after(pace.every);
                Ok(())
            }
            Some(wait) => Err(wait),
        }
    }
}

/// Who asks, as far as an address says it: an IPv6 network counts as one.
pub(crate) fn asker(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => address.into(),
        IpAddr::V6(address) => {
            (std::net::Ipv6Addr::from_bits(address.to_bits() >> 64 << 64)).into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millis: i64) -> Moment {
        Moment::from_millis(1_000_000_000 + millis)
    }

    #[test]
    fn a_burst_passes_then_the_rate_holds_for_each_by_itself() {
        let paces = Paces::default();
        let pace = Pace::per_minute(6);
        for _ in 0..6 {
            paces.take("a", pace, at(0)).expect("the burst");
        }
        let ten = Duration::from_secs(10);
        assert_eq!(paces.take("a", pace, at(0)), Err(ten));
        paces.take("b", pace, at(0)).expect("another asker");
        assert!(paces.take("a", pace, at(9_999)).is_err());
        paces.take("a", pace, at(10_000)).expect("one more");
        assert!(paces.take("a", pace, at(10_000)).is_err(), "only one");
        for _ in 0..6 {
            paces.take("a", pace, at(3_600_000)).expect("an hour later");
        }
        assert!(paces.take("a", pace, at(3_600_000)).is_err());
    }

    #[test]
    fn a_clock_that_was_set_back_locks_nobody_out() {
        let paces = Paces::default();
        let pace = Pace {
            every: Duration::from_secs(1),
            burst: 1,
        };
        paces.take("a", pace, at(3_600_000)).expect("the first");
        assert!(
            paces.take("a", pace, at(0)).is_err(),
            "a whole burst is owed"
        );
        paces.take("a", pace, at(1_000)).expect("a second later");
    }

    #[test]
    fn neighbours_in_an_ipv6_network_are_one_asker() {
        let of = |text: &str| asker(text.parse().expect("an address"));
        assert_eq!(of("2001:db8:1:2:3::4"), of("2001:db8:1:2:ffff::1"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
        assert_ne!(of("192.0.2.1"), of("192.0.2.2"));
    }
}
