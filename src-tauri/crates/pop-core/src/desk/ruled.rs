//! What the organisation's rules change on a card: whether there is one, what it shows, and which
//! record opens, with the next one where the first has no address.

use crate::desk::Desk;
use crate::desk::policy::Policy;
use crate::desk::pop::{CandidateRef, Part, Pop, RecordState};
use crate::desk::vocabulary::{At, Effect};
use crate::moment::Moment;
use crate::profile::{Case, Priority, RecordKind, RecordRef};
use crate::ruling::Ruling;

impl Policy {
    /// What the rules come to for a card.
    pub(super) fn ruling(&self, pop: &Pop, now: Moment) -> Ruling {
        self.rules.ruling(pop, self.agent_id.as_deref(), now)
    }
}

impl Desk {
    /// Decides anew what the rules come to; to be done whenever something new is known.
    pub(super) fn rule(&mut self, at: At, now: Moment) {
        let Some(ruling) = self.pop(at.pop).map(|pop| self.policy.ruling(pop, now)) else {
            return;
        };
        if let Some(pop) = self.pop_mut(at.pop) {
            pop.ruling = ruling;
        }
    }

    /// Opens the next record of the rules in place of one that opened by itself and could not.
    pub(super) fn open_next(
        &mut self,
        at: At,
        failed: &RecordRef,
        now: Moment,
        effects: &mut Vec<Effect>,
    ) {
        let Some(pop) = self.pop_mut(at.pop) else {
            return;
        };
        let was_by_itself = pop.tried.last() == Some(&failed.kind);
        if !was_by_itself || pop.left_to_try().next().is_none() {
            return;
        }
        let failure = std::mem::replace(&mut pop.record, RecordState::NotOpened);
        pop.auto_opened = false;
        // The first one has waited for a pause already.
        self.open_now(at.pop, now, effects);
        if let Some(pop) = self.pop_mut(at.pop)
            && pop.record == RecordState::NotOpened
        {
            pop.record = failure;
            pop.auto_opened = true;
        }
        self.show(at.pop, effects);
    }
}

impl Pop {
    /// The first record of the rules that there is; nothing while the cases are still on their way
    /// and stand first.
    pub(super) fn first_record(&self, customer: &CandidateRef) -> Option<RecordRef> {
        if self.ruling.records.is_empty() {
            return Some(customer.record());
        }
        for kind in self.left_to_try() {
            match kind {
                RecordKind::Customer => return Some(customer.record()),
                RecordKind::Account => {
                    if let Some(account) = self.account() {
                        return Some(account);
                    }
                }
                RecordKind::Case => match self.lookup(&customer.connection).map(|it| &it.cases) {
                    Some(Part::Waiting) => return None,
                    Some(Part::Ready(listed)) => {
                        if let Some(case) = most_urgent(&listed.items) {
                            return Some(RecordRef {
                                connection: customer.connection.clone(),
                                kind: RecordKind::Case,
                                id: case.id.clone(),
                            });
                        }
                    }
                    Some(Part::Off | Part::Failed(_)) | None => {}
                },
            }
        }
        None
    }

    fn left_to_try(&self) -> impl Iterator<Item = RecordKind> {
        let records = self.ruling.records.iter().copied();
        records.filter(|kind| !self.tried.contains(kind))
    }
}

/// The most urgent open case; of several, the one the CRM names first.
fn most_urgent(cases: &[Case]) -> Option<&Case> {
    let urgency = |case: &Case| case.priority.unwrap_or(Priority::Normal);
    let open = cases.iter().filter(|case| case.open);
    open.fold(None, |best: Option<&Case>, case| match best {
        Some(best) if urgency(best) >= urgency(case) => Some(best),
        Some(_) | None => Some(case),
    })
}
