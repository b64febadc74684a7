//! Points in time as the product counts them: microseconds since the Unix epoch, UTC.
//!
//! The clock itself is elsewhere (the engine's ports): everything here takes time as a value, so
//! that a whole shift can run from a seed.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// A point in time, in microseconds since 1970-01-01T00:00:00Z.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Moment(i64);

impl Moment {
    /// Makes a moment from microseconds since the Unix epoch.
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// Makes a moment from milliseconds since the Unix epoch.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis.saturating_mul(1_000))
    }

    /// Reads an RFC 3339 time such as `2026-01-06T15:57:41.252Z`; `None` when it is not one.
    pub fn parse(text: &str) -> Option<Self> {
        text.parse::<jiff::Timestamp>()
            .ok()
            .map(|time| Self(time.as_microsecond()))
    }

    /// Microseconds since the Unix epoch.
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// Milliseconds since the Unix epoch, rounded down.
    pub const fn millis(self) -> i64 {
        self.0.div_euclid(1_000)
    }

    /// Whole seconds since the Unix epoch, rounded down.
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(1_000_000)
    }

    /// The time that has passed since `earlier`; zero when `earlier` lies ahead.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_micros(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }

    /// The moment `wait` later.
    #[must_use]
    pub fn after(self, wait: Duration) -> Self {
        Self(
            self.0
                .saturating_add(i64::try_from(wait.as_micros()).unwrap_or(i64::MAX)),
        )
    }

    /// The moment `wait` earlier.
    #[must_use]
    pub fn before(self, wait: Duration) -> Self {
        Self(
            self.0
                .saturating_sub(i64::try_from(wait.as_micros()).unwrap_or(i64::MAX)),
        )
    }

    /// The time as RFC 3339 in UTC to the microsecond, so that reading it gives the same moment; the
    /// epoch for times beyond the calendar.
    pub fn rfc3339_exact(self) -> String {
        let time = jiff::Timestamp::from_microsecond(self.0).unwrap_or_default();
        format!("{time:.6}")
    }

    /// The time as RFC 3339 in UTC with milliseconds; the epoch for times beyond the calendar.
    pub fn rfc3339(self) -> String {
        let time = jiff::Timestamp::from_microsecond(self.0).unwrap_or_default();
        format!("{time:.3}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_read_and_written_back() {
        let moment = Moment::parse("2026-01-06T15:57:41.252Z").expect("a valid RFC 3339 time");
        assert_eq!(
            moment.rfc3339(),
            "2026-01-06T15:57:41.252Z",
            "milliseconds survive"
        );
        assert_eq!(Moment::parse("yesterday"), None, "words are not times");
    }

    #[test]
    fn waiting_never_runs_backwards() {
        let (early, late) = (Moment::from_millis(5), Moment::from_millis(9));
        assert_eq!(
            late.since(early),
            Duration::from_millis(4),
            "the later minus the earlier"
        );
        assert_eq!(
            early.since(late),
            Duration::ZERO,
            "a clock set back is no negative wait"
        );
    }
}
