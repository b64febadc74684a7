//! What the agent says about a card: who it is, who it is not, ask again, show somebody.

use crate::desk::Desk;
use crate::desk::matching::decide;
use crate::desk::pop::{CandidateRef, Phase, Pop, RecordState};
use crate::desk::vocabulary::{At, Effect, PopId};
use crate::identifier::{Assurance, Identifier, Value};
use crate::moment::Moment;
use crate::profile::ConnectionId;

impl Desk {
    /// The agent looks at a card.
    pub(super) fn seen(&mut self, id: PopId, effects: &mut Vec<Effect>) {
        let Some(pop) = self.pop_mut(id).filter(|pop| pop.unseen) else {
            return;
        };
        pop.unseen = false;
        self.show(id, effects);
    }

    /// The agent says who it is.
    pub(super) fn choose(
        &mut self,
        at: At,
        connection: ConnectionId,
        id: String,
        now: Moment,
        effects: &mut Vec<Effect>,
    ) {
        let candidate = CandidateRef { connection, id };
        let Some(pop) = self.pop_mut(at.pop) else {
            return;
        };
        let confirms = pop.matching.one() == Some(&candidate);
        let at = if confirms { at } else { pop.turn() };
        pop.chosen = Some((candidate.connection.clone(), candidate.id.clone()));
        let known = pop.hit(&candidate).is_some();
        let identifiers = pop.identifiers.clone();
        if pop.key.is_some() {
            self.remembered.keep(&identifiers, &candidate);
        }
        if !known {
            self.ask_for_record(at, candidate, now, effects);
        }
        self.settle(at, now, effects);
    }

    /// The agent says that it is not this person: a choice is undone, anybody else is left out.
    ///
    /// A card that the agent made by hand is about nobody else, so nothing can be undone there.
    pub(super) fn not_this_person(&mut self, at: At, now: Moment, effects: &mut Vec<Effect>) {
        let Some(pop) = self.pop_mut(at.pop).filter(|pop| pop.key.is_some()) else {
            return;
        };
        let shown = pop.matching.one().cloned();
        let beside = pop.beside.clone();
        let chosen = pop.chosen.take();
        if shown.is_none() && chosen.is_none() {
            return;
        }
        let at = pop.turn();
        pop.record = RecordState::NotOpened;
        pop.handed_over = None;
        let identifiers = pop.identifiers.clone();
        let incomplete: Vec<ConnectionId> = pop
            .lookups
            .iter()
            .filter(|lookup| lookup.incomplete)
            .map(|lookup| lookup.connection.clone())
            .collect();
        if let Some((connection, id)) = &chosen {
            let candidate = CandidateRef {
                connection: connection.clone(),
                id: id.clone(),
            };
            self.remembered.forget(&identifiers, &candidate);
        }
        for connection in incomplete {
            self.ask_who(at, connection, &identifiers, now, effects);
        }
        self.reject(at, shown, beside);
        self.settle(at, now, effects);
    }

    /// Leaves a customer out if the card would show them again by itself, and with them the same
    /// human's records in other connections.
    fn reject(&mut self, at: At, shown: Option<CandidateRef>, beside: Vec<CandidateRef>) {
        let again = self
            .pop(at.pop)
            .and_then(|pop| decide(pop, &self.remembered).one().cloned());
        if again.is_some()
            && again == shown
            && let Some(pop) = self.pop_mut(at.pop)
        {
            pop.rejected.extend(shown);
            pop.rejected.extend(beside);
        }
    }

    /// Asks a connection again: who it is, or for the parts when that is known.
    pub(super) fn retry(
        &mut self,
        at: At,
        connection: ConnectionId,
        now: Moment,
        effects: &mut Vec<Effect>,
    ) {
        let Some(pop) = self.pop(at.pop) else { return };
        let known = pop
            .records()
            .iter()
            .any(|(lookup, _)| lookup.connection == connection);
        let failed = pop
            .lookup(&connection)
            .is_none_or(|lookup| lookup.fault.is_some());
        if known && !failed {
            self.ask_parts(at, &connection, now, effects);
            self.stand_in(at.pop);
            self.show(at.pop, effects);
            return;
        }
        match pop.chosen.clone() {
            Some((chosen_in, id)) if chosen_in == connection => {
                self.ask_for_record(at, CandidateRef { connection, id }, now, effects);
            }
            Some(_) | None => {
                let identifiers = pop.identifiers.clone();
                self.ask_who(at, connection, &identifiers, now, effects);
            }
        }
        self.settle(at, now, effects);
    }

    /// Shows a customer whom the agent found by hand, on a card of its own.
    pub(super) fn show_by_hand(
        &mut self,
        connection: ConnectionId,
        id: String,
        now: Moment,
        effects: &mut Vec<Effect>,
    ) {
        let pop = Pop {
            identifiers: vec![typed(&id)],
            chosen: Some((connection.clone(), id.clone())),
            ..Pop::blank(self.next_id(), Phase::LookedUp, now)
        };
        let at = pop.at();
        self.pops.push(pop);
        self.ask_for_record(at, CandidateRef { connection, id }, now, effects);
        self.settle(at, now, effects);
        self.drop_surplus(now, effects);
    }

    /// Asks for one record alone, which says nothing about the interaction's own identifiers.
    fn ask_for_record(
        &mut self,
        at: At,
        record: CandidateRef,
        now: Moment,
        effects: &mut Vec<Effect>,
    ) {
        let CandidateRef { connection, id } = record;
        self.ask_who(at, connection.clone(), &[typed(&id)], now, effects);
        if let Some(lookup) = self.lookup_mut(at, &connection) {
            lookup.incomplete = true;
        }
    }
}

/// A record id that the agent picked by hand.
fn typed(id: &str) -> Identifier {
    Identifier {
        value: Value::RecordId(id.to_owned()),
        assurance: Assurance::Claimed,
    }
}
