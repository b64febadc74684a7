//! When an event is over, without trusting this computer's clock.
//!
//! The broker says with each message how long it may still live, which needs no clock of ours. The
//! body says it by the gateway's clock. Both together tell how far the two clocks lie apart, and so
//! what the body says in our time.

use std::time::Duration;

use pop_core::moment::Moment;

/// How far the clocks may seem to move from one message to the next: whole seconds are counted,
/// and a message takes its time. What is more is a clock that was set.
const SLACK: i64 = 5_000_000;

/// What is known of the way from the gateway's clock to ours.
#[derive(Clone, Copy, Debug, Default)]
pub struct Expiry {
    /// The smallest difference seen, in microseconds: the one with the least delay in it.
    ahead: Option<i64>,
}

impl Expiry {
    /// When the event of a message is over, by our clock: what the broker says, and never later
    /// than what the body says.
    pub fn of(
        &mut self,
        body: Option<Moment>,
        remaining: Option<Duration>,
        received: Moment,
    ) -> Option<Moment> {
        let by_broker = remaining.map(|remaining| received.after(remaining));
        if let (Some(body), Some(by_broker)) = (body, by_broker) {
            let seems = by_broker.micros().saturating_sub(body.micros());
            let known = self
                .ahead
                .filter(|known| seems.saturating_sub(*known) <= SLACK);
            self.ahead = Some(known.map_or(seems, |known| known.min(seems)));
        }
        let ahead = self.ahead.unwrap_or(0);
        let by_body = body.map(|body| Moment::from_micros(body.micros().saturating_add(ahead)));
        match (by_broker, by_body) {
            (Some(broker), Some(body)) => Some(broker.min(body)),
            (one, other) => one.or(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Moment {
        Moment::from_millis(seconds * 1_000)
    }

    const fn secs(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn what_the_broker_says_counts_whatever_our_clock_shows() {
        for ours in [0_i64, 7_200, -7_200] {
            // By the gateway's clock it is 1,000 and the offer rings until 1,045.
            let ends = Expiry::default().of(Some(at(1_045)), Some(secs(45)), at(1_000 + ours));
            assert_eq!(ends, Some(at(1_045 + ours)), "our clock is {ours} s ahead");
        }
    }

    #[test]
    fn a_body_that_is_over_earlier_wins_by_the_corrected_clock() {
        let mut expiry = Expiry::default();
        expiry.of(Some(at(1_045)), Some(secs(45)), at(8_200));
        // A broker that was told 300 s for an offer that rings 30 s: from 1,010 to 1,040.
        let ends = expiry.of(Some(at(1_040)), Some(secs(300)), at(8_210));
        assert_eq!(ends, Some(at(8_510)), "a second message alone cannot tell");
        let mut expiry = Expiry::default();
        expiry.of(Some(at(1_045)), Some(secs(45)), at(8_200));
        let ends = expiry.of(Some(at(1_047)), Some(secs(50)), at(8_200));
        assert_eq!(
            ends,
            Some(at(8_247)),
            "within the slack the body is earlier"
        );
    }

    #[test]
    fn a_clock_that_was_set_is_learnt_anew() {
        let mut expiry = Expiry::default();
        expiry.of(Some(at(1_045)), Some(secs(45)), at(1_000));
        let ends = expiry.of(Some(at(1_105)), Some(secs(45)), at(1_660));
        assert_eq!(ends, Some(at(1_705)), "ten minutes ahead, and still fresh");
        let ends = expiry.of(Some(at(1_165)), Some(secs(45)), at(1_120));
        assert_eq!(ends, Some(at(1_165)), "set back again");
    }

    #[test]
    fn without_a_word_of_the_broker_the_body_counts_by_what_is_known() {
        let mut expiry = Expiry::default();
        assert_eq!(expiry.of(Some(at(60)), None, at(0)), Some(at(60)));
        assert_eq!(expiry.of(None, None, at(0)), None);
        expiry.of(Some(at(1_045)), Some(secs(45)), at(1_600));
        assert_eq!(expiry.of(Some(at(1_090)), None, at(1_605)), Some(at(1_690)));
        assert_eq!(expiry.of(None, Some(secs(9)), at(2_000)), Some(at(2_009)));
    }
}
