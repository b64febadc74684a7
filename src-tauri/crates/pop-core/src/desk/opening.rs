//! Decides whether and when a record opens by itself (rules U7 and P3 of the security page).

use std::collections::VecDeque;
use std::time::Duration;

use crate::desk::Desk;
use crate::desk::pop::{Matching, Phase, Pop, RecordState};
use crate::desk::vocabulary::{At, Dropped, Effect, Mark, OpenPolicy};
use crate::moment::Moment;
use crate::profile::{ConnectionId, RecordKind, RecordRef};

/// At most this many automatic openings within each time.
const LIMITS: [(usize, Duration); 2] = [(3, Duration::from_secs(10)), (20, Duration::from_mins(1))];

impl Desk {
    /// Opens the record if the policy says so, at most once for each interaction.
    pub(super) fn maybe_open(&mut self, at: At, now: Moment, effects: &mut Vec<Effect>) {
        let Some(pop) = self.pop(at.pop) else { return };
        let Some(record) = self.wanted(pop) else {
            return;
        };
        let at = pop.at();
        let open_elsewhere = self
            .pops
            .iter()
            .any(|other| other.id != at.pop && other.record == RecordState::Opened(record.clone()));
        let allowed = open_elsewhere || self.openings.allow(now);
        let Some(pop) = self.pop_mut(at.pop) else {
            return;
        };
        pop.auto_opened = true;
        if open_elsewhere {
            pop.record = RecordState::Opened(record);
        } else if allowed {
            pop.record = RecordState::Opening(record.clone());
            effects.push(Effect::Open {
                at,
                record,
                asked: false,
            });
        } else {
            pop.record = RecordState::HeldBack;
            effects.push(Effect::Mark(at.pop, Mark::HeldBack));
        }
    }

    /// The record the policy wants open now, if any.
    fn wanted(&self, pop: &Pop) -> Option<RecordRef> {
        let Matching::One {
            customer,
            sure: true,
        } = &pop.matching
        else {
            return None;
        };
        if pop.auto_opened || !pop.phase.may_open() {
            return None;
        }
        let counts_as_accepted = pop.phase == Phase::Accepted || !pop.reports_acceptance;
        let now_is_the_time = match self.policy.open {
            OpenPolicy::Offer => true,
            OpenPolicy::Accept => counts_as_accepted,
            OpenPolicy::Never => false,
        };
        now_is_the_time.then(|| RecordRef {
            connection: customer.connection.clone(),
            kind: RecordKind::Customer,
            id: customer.id.clone(),
        })
    }

    /// The agent asks for a record of the card.
    pub(super) fn open_record(
        &mut self,
        at: At,
        case: Option<(ConnectionId, String)>,
        effects: &mut Vec<Effect>,
    ) {
        let Some(pop) = self.pop_mut(at.pop) else {
            return;
        };
        let Some(record) = pop.record_of(case) else {
            effects.push(Effect::Count(Dropped::StaleCommand));
            return;
        };
        if record.kind == RecordKind::Customer {
            pop.record = RecordState::Opening(record.clone());
            pop.auto_opened = true;
        }
        effects.push(Effect::Open {
            at,
            record,
            asked: true,
        });
        self.show(at.pop, effects);
    }

    /// The system took, or did not take, the address.
    pub(super) fn opened(
        &mut self,
        at: At,
        outcome: Result<(), String>,
        effects: &mut Vec<Effect>,
    ) {
        let Some(pop) = self
            .pop_mut(at.pop)
            .filter(|pop| pop.generation == at.generation)
        else {
            effects.push(Effect::Count(Dropped::StaleAnswer));
            return;
        };
        let mark = match (outcome, pop.record.clone()) {
            (Ok(()), RecordState::Opening(record)) => {
                pop.record = RecordState::Opened(record);
                Mark::Opened
            }
            (Ok(()), _) => Mark::Opened,
            (Err(why), _) => {
                pop.record = RecordState::Failed(why);
                Mark::OpenFailed
            }
        };
        effects.push(Effect::Mark(at.pop, mark));
        effects.push(Effect::Keep(at.pop));
        self.show(at.pop, effects);
    }
}

impl Pop {
    /// The record of a case on this card, or of its customer.
    fn record_of(&self, case: Option<(ConnectionId, String)>) -> Option<RecordRef> {
        let Some((connection, id)) = case else {
            let (connection, hit) = self.customer()?;
            let (connection, id) = (connection.clone(), hit.customer.id.clone());
            return Some(RecordRef {
                connection,
                kind: RecordKind::Customer,
                id,
            });
        };
        self.case(&connection, &id)?;
        Some(RecordRef {
            connection,
            kind: RecordKind::Case,
            id,
        })
    }
}

/// The latest automatic openings.
#[derive(Clone, Debug, Default)]
pub(super) struct Openings(VecDeque<Moment>);

impl Openings {
    /// Whether one more may follow now; if so, it is counted.
    fn allow(&mut self, now: Moment) -> bool {
        let within = |span: Duration| {
            self.0
                .iter()
                .filter(|opened| now.since(**opened) < span)
                .count()
        };
        if LIMITS.iter().any(|(most, span)| within(*span) >= *most) {
            return false;
        }
        self.0.push_back(now);
        while self.0.len() > LIMITS.iter().map(|(most, _)| *most).max().unwrap_or(0) {
            self.0.pop_front();
        }
        true
    }
}
