//! Decides anew after each change who it is, and does what follows from it.

use crate::desk::Desk;
use crate::desk::asking::Lookup;
use crate::desk::beside::beside;
use crate::desk::matching::decide;
use crate::desk::pop::{CandidateRef, Matching, Part, Pop, RecordState};
use crate::desk::vocabulary::{At, Effect, Mark, Question};
use crate::moment::Moment;
use crate::profile::ConnectionId;

impl Desk {
    /// Decides anew who it is and does what follows: asks for the parts, opens, marks, shows.
    pub(super) fn settle(&mut self, at: At, now: Moment, effects: &mut Vec<Effect>) {
        let Some(pop) = self.pop(at.pop) else { return };
        let mut read = pop.on_card();
        let matching = decide(pop, &self.remembered);
        let Some(pop) = self.pop_mut(at.pop) else {
            return;
        };
        let before = std::mem::replace(&mut pop.matching, matching);
        let changed = before != pop.matching;
        let turned = before.one() != pop.matching.one();
        if turned {
            if before.one().is_some() {
                pop.turn_by_itself();
            }
            pop.forget_other_record();
        }
        let lacking = pop.stand_beside(turned);
        let mark = mark_of(&pop.matching).filter(|mark| turned || mark_of(&before) != Some(*mark));
        effects.extend(mark.map(|mark| Effect::Mark(at.pop, mark)));
        pop.note_read(&mut read, effects);
        if changed {
            effects.push(Effect::Keep(at.pop));
        }
        let at = pop.at();
        for connection in lacking {
            self.ask_parts(at, &connection, now, effects);
        }
        self.stand_in(at.pop);
        if let Some(pop) = self.pop(at.pop) {
            pop.note_read(&mut read, effects);
        }
        self.rule(at, now);
        self.maybe_open(at, now, effects);
        self.show(at.pop, effects);
    }

    /// Asks a connection for what a known customer's card lacks of it.
    pub(super) fn ask_parts(
        &mut self,
        at: At,
        connection: &ConnectionId,
        now: Moment,
        effects: &mut Vec<Effect>,
    ) {
        let Some(customer) = self
            .pop(at.pop)
            .and_then(|pop| pop.known_to(connection))
            .map(|hit| hit.customer.clone())
        else {
            return;
        };
        let Some(lookup) = self.lookup_mut(at, connection) else {
            return;
        };
        lookup.withdraw_parts();
        lookup.cases = customer.cases.clone().map_or(Part::Waiting, Part::Ready);
        lookup.activities = customer
            .activities
            .clone()
            .map_or(Part::Waiting, Part::Ready);
        let (ask_cases, ask_activities) = (
            lookup.cases == Part::Waiting,
            lookup.activities == Part::Waiting,
        );
        if ask_cases {
            let question = Question::Cases(Box::new(customer.clone()));
            self.ask(at, connection, question, now, effects);
        }
        if ask_activities {
            let question = Question::Activities(Box::new(customer));
            self.ask(at, connection, question, now, effects);
        }
    }
}

fn mark_of(matching: &Matching) -> Option<Mark> {
    match matching {
        Matching::One { .. } => Some(Mark::MatchedOne),
        Matching::Several { .. } => Some(Mark::MatchedSeveral),
        Matching::None => Some(Mark::MatchedNone),
        Matching::Failed => Some(Mark::MatchFailed),
        Matching::Nothing | Matching::Looking => None,
    }
}

impl Pop {
    /// Another answer replaced the customer: what is asked about who it is stays of use.
    fn turn_by_itself(&mut self) {
        self.generation += 1;
        for lookup in &mut self.lookups {
            lookup.withdraw_parts();
        }
    }

    /// Finds the same human's records in other connections anew; the connections whose parts have
    /// to be asked for.
    fn stand_beside(&mut self, turned: bool) -> Vec<ConnectionId> {
        let stood = std::mem::take(&mut self.beside);
        self.beside = beside(self);
        let known: Vec<ConnectionId> = self
            .records()
            .iter()
            .map(|(lookup, _)| lookup.connection.clone())
            .collect();
        for candidate in stood.iter().filter(|it| !known.contains(&it.connection)) {
            if let Some(lookup) = self.lookup_mut(&candidate.connection) {
                lookup.withdraw_parts();
            }
        }
        if turned {
            return known;
        }
        let joined = self.beside.iter().filter(|it| !stood.contains(it));
        joined.map(|it| it.connection.clone()).collect()
    }

    /// Says in the audit which records are on this card that were not.
    fn note_read(&self, read: &mut Vec<CandidateRef>, effects: &mut Vec<Effect>) {
        for record in self.on_card() {
            if !read.contains(&record) {
                effects.push(Effect::Read(self.id, record.record()));
                read.push(record);
            }
        }
    }

    /// What happened to another customer's record says nothing about this one's.
    fn forget_other_record(&mut self) {
        let Some(own) = self.matching.one().map(CandidateRef::record) else {
            return;
        };
        if self.record.of() != Some(&own) {
            self.record = RecordState::NotOpened;
            self.handed_over = None;
        }
    }
}

impl Pop {
    /// Whether a connection that could not answer would change what is on this card.
    pub(super) fn lacks_answer_of(&self, connection: &ConnectionId) -> bool {
        let chosen_elsewhere = self
            .chosen
            .as_ref()
            .is_some_and(|(chosen_in, _)| chosen_in != connection);
        let lookup = self.lookup(connection);
        let records = self.records();
        let failed = lookup.is_some_and(|lookup| lookup.fault.is_some());
        match records.first() {
            Some((decided, _)) => {
                let known = records.iter().any(|(it, _)| it.connection == *connection);
                // One that is more important would turn the card under the agent's eyes.
                let below = self.is_below(connection, &decided.connection);
                (known && lookup.is_some_and(Lookup::has_failed_part)) || (below && failed)
            }
            None => !chosen_elsewhere && failed,
        }
    }
}
