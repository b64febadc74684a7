//! What follows from a try: done, parked, or when it is tried again.
//!
//! Rules Q6 and Q7 of the security page. Pure: the time comes in, and chance comes from the item's
//! random id, so that many desktops do not come back together.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::Duration;

use pop_core::action::{Next, Outcome};
use pop_core::fault::{Fault, FaultKind};
use pop_core::moment::Moment;
use pop_core::write::{WriteFault, WriteState};
use pop_store::{AuditOutcome, Queued};

use crate::outbox::{NotSent, Sent};

/// The first delay, doubled with every try.
const BASE: Duration = Duration::from_secs(1);

/// The longest delay of our own.
const CAP: Duration = Duration::from_mins(5);

/// The longest wait that a server can ask for.
pub(super) const LONGEST_WAIT: Duration = Duration::from_hours(1);

/// How long what fails again and again is tried before a person is asked.
const GIVEN_UP: Duration = Duration::from_hours(72);

/// How often a missing sign-in is looked at when nothing changes; usually a change wakes it.
const SIGN_IN_AGAIN: Duration = Duration::from_mins(5);

/// How long a request can be on its way (rule B3): sooner nobody can see that it did not arrive.
pub(super) const ARRIVES_WITHIN: Duration = Duration::from_secs(15);

/// What follows from a try.
pub(super) struct After {
    pub(super) state: WriteState,
    pub(super) first_sent: Option<Moment>,
    /// The outcome for the audit, when it has come to an end of its own.
    pub(super) outcome: Option<AuditOutcome>,
    /// The word of what it came to.
    pub(super) code: &'static str,
    /// Until when nothing at all is to be sent to this target.
    pub(super) rest: Option<Moment>,
}

/// What follows from a try that began at a time and ended now.
pub(super) fn after(queued: &Queued, begun: Moment, now: Moment, sent: &Sent) -> After {
    let not = match &sent.result {
        Ok(record) => {
            return After {
                state: WriteState::Done(record.clone()),
                first_sent: None,
                outcome: Some(AuditOutcome::Done),
                code: "done",
                rest: None,
            };
        }
        Err(not) => not,
    };
    let first_sent = match not.outcome {
        Outcome::NotDone => None,
        Outcome::Unknown => Some(queued.first_sent.unwrap_or(begun)),
    };
    let code = not.fault.slug();
    let waiting = |attempts, next, rest| After {
        state: WriteState::Waiting {
            attempts,
            next,
            last: Some(not.fault.clone()),
        },
        first_sent,
        outcome: None,
        code,
        rest,
    };
    if waits_for_a_person_to_sign_in(not) {
        let next = now.after(SIGN_IN_AGAIN);
        return waiting(queued.attempts, now, Some(next));
    }
    if not.fault.kind == FaultKind::Paused && not.next != Next::Park {
        // It was not asked at all; until when it rests is asked before the next try.
        return waiting(queued.attempts, now.after(BASE), None);
    }
    let attempts = queued.attempts.saturating_add(1);
    if not.next == Next::Park || now.since(queued.asked) > GIVEN_UP {
        return After {
            state: WriteState::Parked(WriteFault {
                fault: not.fault.clone(),
                fields: not.fields.clone(),
                outcome: not.outcome,
            }),
            first_sent,
            outcome: Some(refused_or_failed(&not.fault)),
            code,
            rest: None,
        };
    }
    let asked_to_wait = not.fault.retry_after.map(|wait| wait.min(LONGEST_WAIT));
    let delay = delay(attempts, &not.fault, spread(&queued.id, attempts));
    let rest = asked_to_wait.map(|wait| now.after(wait));
    let next = now.after(delay);
    match not.next {
        Next::LookFirst => waiting(attempts, next.max(begun.after(ARRIVES_WITHIN)), rest),
        Next::Retry | Next::Park => waiting(attempts, next, rest),
    }
}

/// Full jitter; equal jitter with the server's own wish as the floor where it is overloaded.
fn delay(attempts: u32, fault: &Fault, spread: f64) -> Duration {
    let doubled = BASE.saturating_mul(
        1_u32
            .checked_shl(attempts.saturating_sub(1))
            .unwrap_or(u32::MAX),
    );
    let top = doubled.min(CAP);
    let overloaded = fault.kind == FaultKind::RateLimited || fault.status == Some(503);
    if !overloaded && fault.retry_after.is_none() {
        return top.mul_f64(spread);
    }
    let wish = fault.retry_after.unwrap_or_default().min(LONGEST_WAIT);
    wish.max(top / 2) + (top / 2).mul_f64(spread)
}

/// A number from 0 to 1 that is always the same for one try of one item.
fn spread(id: &str, attempts: u32) -> f64 {
    let mut hasher = DefaultHasher::new();
    (id, attempts).hash(&mut hasher);
    let [first, second, third, fourth, ..] = hasher.finish().to_be_bytes();
    f64::from(u32::from_be_bytes([first, second, third, fourth])) / f64::from(u32::MAX)
}

fn waits_for_a_person_to_sign_in(not: &NotSent) -> bool {
    let may_be_tried_again = not.next != Next::Park;
    let was_not_sent = not.outcome == Outcome::NotDone;
    (not.fault.kind == FaultKind::SignInNeeded && may_be_tried_again)
        || (not.fault.kind == FaultKind::KeychainLocked && was_not_sent)
}

fn refused_or_failed(fault: &Fault) -> AuditOutcome {
    match fault.status {
        Some(400..=499) => AuditOutcome::Refused,
        Some(_) | None => AuditOutcome::Failed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Moment {
        Moment::from_millis(1_800_000_000_000 + seconds * 1_000)
    }

    fn queued(attempts: u32) -> Queued {
        Queued {
            row: 1,
            id: "w-1".to_owned(),
            line: [0; 32],
            target: [0; 32],
            parked: false,
            sending: false,
            next: at(0),
            attempts,
            first_sent: None,
            asked: at(0),
        }
    }

    fn failed(kind: FaultKind, outcome: Outcome, next: Next) -> Sent {
        Sent {
            result: Err(NotSent {
                fault: Fault::new(kind, at(0)),
                fields: Vec::new(),
                outcome,
                next,
            }),
            status: None,
            body: None,
            answer: None,
        }
    }

    #[test]
    fn delays_double_up_to_five_minutes_and_are_spread_over_their_whole_length() {
        let fault = Fault::new(FaultKind::Unavailable, at(0));
        let longest = |attempts| delay(attempts, &fault, 1.0);
        assert_eq!(longest(1), Duration::from_secs(1));
        assert_eq!(longest(4), Duration::from_secs(8));
        assert_eq!(longest(40), CAP, "and no longer");
        assert_eq!(delay(4, &fault, 0.0), Duration::ZERO, "full jitter");
        let apart = (spread("w-1", 1) - spread("w-2", 1)).abs();
        assert!(apart > 0.0, "two items part");
    }

    #[test]
    fn what_a_server_asks_for_is_the_floor_and_an_hour_the_most() {
        let mut fault = Fault::new(FaultKind::RateLimited, at(0));
        assert_eq!(delay(1, &fault, 0.0), BASE / 2, "equal jitter");
        fault.retry_after = Some(Duration::from_secs(90));
        assert_eq!(delay(1, &fault, 0.0), Duration::from_secs(90));
        fault.retry_after = Some(Duration::from_hours(48));
        assert_eq!(delay(1, &fault, 0.0), LONGEST_WAIT, "an absurd wish");
    }

    #[test]
    fn a_missing_sign_in_counts_as_no_try_and_parks_nothing() {
        let sent = failed(FaultKind::SignInNeeded, Outcome::NotDone, Next::Retry);
        let late = at(80 * 3_600);
        let after = after(&queued(2), at(0), late, &sent);
        let waits = matches!(after.state, WriteState::Waiting { attempts: 2, .. });
        assert!(waits, "{:?}", after.state);
        assert!(after.rest.is_some(), "the CRM is left alone meanwhile");
    }

    #[test]
    fn three_days_of_failing_ask_a_person_and_two_do_not() {
        let sent = failed(FaultKind::Unavailable, Outcome::NotDone, Next::Retry);
        let state = |hours: i64| after(&queued(9), at(0), at(hours * 3_600), &sent).state;
        assert!(matches!(
            state(48),
            WriteState::Waiting { attempts: 10, .. }
        ));
        let last = matches!(state(72), WriteState::Waiting { .. });
        assert!(last, "to the hour");
        assert!(
            matches!(state(73), WriteState::Parked(_)),
            "never dropped, but shown"
        );
    }

    #[test]
    fn an_unclear_outcome_remembers_when_it_was_sent_first() {
        let unclear = failed(FaultKind::TimedOut, Outcome::Unknown, Next::LookFirst);
        assert_eq!(
            after(&queued(0), at(1), at(3), &unclear).first_sent,
            Some(at(1))
        );
        let clear = failed(FaultKind::Unavailable, Outcome::NotDone, Next::Retry);
        assert_eq!(after(&queued(0), at(1), at(3), &clear).first_sent, None);
    }

    #[test]
    fn an_overloaded_server_is_left_alone_for_half_of_the_delay_at_least() {
        let mut overloaded = Fault::new(FaultKind::Unavailable, at(0));
        assert_eq!(delay(4, &overloaded, 0.0), Duration::ZERO, "the control");
        overloaded.status = Some(503);
        let limited = Fault::new(FaultKind::RateLimited, at(0));
        let mut asking = Fault::new(FaultKind::Unavailable, at(0));
        asking.retry_after = Some(Duration::from_secs(1));
        for fault in [&overloaded, &limited, &asking] {
            assert_eq!(delay(4, fault, 0.0), Duration::from_secs(4), "{fault:?}");
            assert_eq!(delay(4, fault, 1.0), Duration::from_secs(8), "{fault:?}");
        }
    }

    #[test]
    fn many_desktops_spread_over_the_whole_delay() {
        let spreads = (0..400).map(|number| spread(&format!("w-{number}"), 1));
        let mut tenths = [0; 10];
        for spread in spreads {
            assert!((0.0..=1.0).contains(&spread), "{spread}");
            let tenth = (1..10).filter(|tenth| spread >= f64::from(*tenth) / 10.0);
            tenths[tenth.count()] += 1;
        }
        assert!(tenths.iter().all(|count| *count > 10), "{tenths:?}");
    }

    /// What follows from a try that took a second, of an item that was tried twice before.
    fn third(kind: FaultKind, outcome: Outcome, next: Next) -> After {
        after(&queued(2), at(9), at(10), &failed(kind, outcome, next))
    }

    #[test]
    fn a_locked_keychain_counts_as_no_try_only_if_nothing_was_sent() {
        let waits = |outcome| {
            let after = third(FaultKind::KeychainLocked, outcome, Next::Retry);
            let WriteState::Waiting { attempts, .. } = after.state else {
                panic!("it waits");
            };
            (attempts, after.rest)
        };
        assert_eq!(waits(Outcome::NotDone), (2, Some(at(310))));
        assert_eq!(waits(Outcome::Unknown), (3, None));
    }

    #[test]
    fn what_must_not_be_tried_again_is_parked_whatever_it_is() {
        for kind in [
            FaultKind::SignInNeeded,
            FaultKind::Paused,
            FaultKind::Invalid(Vec::new()),
        ] {
            let after = third(kind.clone(), Outcome::NotDone, Next::Park);
            assert!(matches!(after.state, WriteState::Parked(_)), "{kind:?}");
            assert_eq!(after.rest, None, "{kind:?}");
        }
        let mut refused = failed(FaultKind::NotFound, Outcome::NotDone, Next::Park);
        let outcome = |sent: &Sent| after(&queued(0), at(9), at(10), sent).outcome;
        assert_eq!(outcome(&refused), Some(AuditOutcome::Failed), "no answer");
        for (status, expected) in [
            (399, AuditOutcome::Failed),
            (400, AuditOutcome::Refused),
            (499, AuditOutcome::Refused),
            (500, AuditOutcome::Failed),
        ] {
            if let Err(not) = &mut refused.result {
                not.fault.status = Some(status);
            }
            assert_eq!(outcome(&refused), Some(expected), "{status}");
        }
    }

    #[test]
    fn what_was_not_asked_at_all_comes_again_in_a_second_and_counts_as_no_try() {
        let after = third(FaultKind::Paused, Outcome::NotDone, Next::Retry);
        let WriteState::Waiting { attempts, next, .. } = after.state else {
            panic!("it waits");
        };
        assert_eq!((attempts, next, after.rest), (2, at(11), None));
    }

    #[test]
    fn nobody_looks_whether_it_arrived_before_it_can_have_arrived() {
        for outcome in [Outcome::NotDone, Outcome::Unknown] {
            let after = third(FaultKind::Unavailable, outcome, Next::LookFirst);
            let WriteState::Waiting { next, .. } = after.state else {
                panic!("it waits");
            };
            assert!(next >= at(24), "{outcome:?}: {next:?}");
        }
    }

    #[test]
    fn the_whole_target_rests_as_long_as_its_server_asks_for_and_an_hour_at_most() {
        let mut sent = failed(FaultKind::RateLimited, Outcome::NotDone, Next::Retry);
        let mut rest = |wait: u64| {
            if let Err(not) = &mut sent.result {
                not.fault.retry_after = Some(Duration::from_secs(wait));
            }
            after(&queued(0), at(9), at(10), &sent).rest
        };
        assert_eq!(rest(60), Some(at(70)));
        assert_eq!(rest(90_000), Some(at(3_610)));
    }
}
