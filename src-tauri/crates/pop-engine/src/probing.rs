//! Asks connections of which nothing was heard for a while who we are, so that green in the health
//! view means that a pop would work now, and says when a sign-in is about to end.
//!
//! A probe is the cheapest request that a definition knows, never a search. None goes out where it
//! could do harm: to a CRM that wants to be left alone, to one that soon allows no more requests,
//! or with a sign-in that was refused, because repeating that can lock an account. A connection
//! whose vault is locked cannot be asked and is not.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use pop_core::desk::Input;
use pop_core::fault::Fault;
use pop_core::moment::Moment;
use pop_core::profile::ConnectionId;
use pop_core::status::Banner;
use pop_crm::{BreakerState, Connection, Context};
use pop_store::Target;

use crate::room::Room;
use crate::tick::Tick;

/// After so long without an answer, what the last one said is no longer known to be so.
const QUIET: Duration = Duration::from_mins(5);

/// One that failed is asked again this soon, so that it is not red when it is well again.
pub(crate) const AGAIN: Duration = Duration::from_mins(1);

/// Below this part of what a CRM allows, nothing is spent on probes.
const SPARE: u64 = 10;

/// A day of a warning.
const DAY: u64 = 24 * 60 * 60;

/// When each connection was heard of last, and which are being asked.
#[derive(Default)]
pub(crate) struct Probes {
    heard: BTreeMap<ConnectionId, Moment>,
    under_way: BTreeSet<ConnectionId>,
    /// Those that are well again, for the cards that lack an answer of them.
    well_again: BTreeSet<ConnectionId>,
    /// When cards were last completed with them.
    completed: BTreeMap<ConnectionId, Moment>,
}

impl Probes {
    /// A connection answered, or could not.
    pub(crate) fn heard(&mut self, connection: &ConnectionId, now: Moment) {
        self.under_way.remove(connection);
        self.heard.insert(connection.clone(), now);
    }

    /// The clock was set back by so much.
    pub(crate) fn turn_back(&mut self, by: Duration) {
        for at in self.heard.values_mut().chain(self.completed.values_mut()) {
            *at = at.before(by);
        }
    }

    /// A connection that could not answer did.
    pub(crate) fn is_well_again(&mut self, connection: &ConnectionId) {
        self.well_again.insert(connection.clone());
    }

    /// Those with which cards are completed now: each at most as often as it is probed, because a
    /// part of it may go on failing while another answers.
    fn completing(&mut self, now: Moment) -> Vec<ConnectionId> {
        let completed = &mut self.completed;
        let mut is_due = |id: &ConnectionId| {
            let last = completed.get(id);
            let due = last.is_none_or(|last| now.since(*last) >= AGAIN);
            if due {
                completed.insert(id.clone(), now);
            }
            due
        };
        self.well_again.extract_if(.., |id| is_due(id)).collect()
    }

    /// Whether it is time to ask; one of which nothing was ever heard gets its time from now on.
    fn is_due(&mut self, connection: &ConnectionId, after: Duration, now: Moment) -> bool {
        let heard = *self.heard.entry(connection.clone()).or_insert(now);
        !self.under_way.contains(connection) && now.since(heard) >= after
    }
}

impl Room {
    /// Asks each quiet connection who we are; the answer counts as any other.
    pub(crate) fn probe(&mut self) {
        let now = self.ports.clock.now();
        for (id, connection) in self.connections.all() {
            let status = self.status.connection(&id);
            let fault = status.and_then(|status| status.fault.as_ref());
            let after = if fault.is_some() { AGAIN } else { QUIET };
            if !may_be_asked(&connection, fault, now) || !self.probes.is_due(&id, after, now) {
                continue;
            }
            self.probes.under_way.insert(id.clone());
            let (ticks, clock) = (self.ticks.clone(), self.ports.clock.clone());
            tokio::spawn(async move {
                let context = Context {
                    fresh: true,
                    ..Context::default()
                };
                let fault = connection.test(&context).await.err();
                let answered = Tick::Answered {
                    connection: id,
                    took: clock.now().since(now),
                    fault,
                    pop: None,
                };
                // The engine may have ended meanwhile.
                let _ = ticks.send(answered).await;
            });
        }
    }

    /// Asks connections that are well again for what cards lack of them, and goes on writing there.
    pub(crate) async fn complete_cards(&mut self) {
        let now = self.ports.clock.now();
        for connection in self.probes.completing(now) {
            self.outbox.answered(Target::Connection(connection.clone()));
            self.desk_input(Input::Ready(connection)).await;
        }
    }

    /// Takes over when each sign-in ends, and tells the agent of the one that is over next.
    pub(crate) fn note_endings(&mut self) {
        let now = self.ports.clock.now();
        let mut endings = Vec::new();
        for status in &mut self.status.connections {
            let connection = self.connections.get(&status.id);
            let ending = connection.and_then(|connection| connection.sign_in_ends());
            status.sign_in_ends = ending.map(|ending| ending.at);
            endings.extend(ending.map(|ending| (ending, Some(status.id.clone()))));
        }
        endings.extend(self.enrolled.ends.map(|ending| (ending, None)));
        let near = endings
            .into_iter()
            .filter(|(ending, _)| ending.is_near(now));
        let next = near.min_by_key(|(ending, _)| ending.at);
        let ending = next.map(|(ending, of)| Banner::SignInEnds {
            of,
            days: u32::try_from(ending.at.since(now).as_secs() / DAY).unwrap_or(u32::MAX),
        });
        if std::mem::replace(&mut self.ending, ending.clone()) != ending {
            self.redraw_banners();
        }
    }
}

/// Whether asking does no harm and tells something: what is wrong for good, such as a permission of
/// the search that is missing, does not get well because somebody knows who we are.
fn may_be_asked(connection: &Connection, fault: Option<&Fault>, now: Moment) -> bool {
    let state = connection.state();
    let is_let_through = match state.breaker {
        BreakerState::Closed => true,
        BreakerState::Open { until } => until <= now,
        BreakerState::Probing { .. } => false,
    };
    let spare = state.quotas.iter().all(|quota| {
        let known = quota.left.zip(quota.limit);
        known.is_none_or(|(left, limit)| left.saturating_mul(SPARE) >= limit)
    });
    connection.capabilities().test
        && fault.is_none_or(Fault::may_pass)
        && !connection.needs_sign_in()
        && is_let_through
        && state.waits_until.is_none()
        && spare
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cards_are_completed_at_once_and_then_once_a_minute_however_often_a_part_answers() {
        let (id, begin) = (ConnectionId("crm".to_owned()), Moment::default());
        let mut probes = Probes::default();
        let mut completing = |seconds, answers: bool| {
            if answers {
                probes.is_well_again(&id);
            }
            let now = begin.after(Duration::from_secs(seconds));
            probes.completing(now).len()
        };
        assert_eq!(completing(0, false), 0, "nothing was wrong");
        assert_eq!(completing(0, true), 1);
        for second in 1..60 {
            assert_eq!(completing(second, true), 0, "after {second} s");
        }
        assert_eq!(completing(60, false), 1, "and then it is not forgotten");
        assert_eq!(completing(180, false), 0, "once");
    }
}
