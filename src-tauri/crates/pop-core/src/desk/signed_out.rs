//! Takes back what a connection told when the agent signs out of it (rule P4).

use crate::desk::Desk;
use crate::desk::pop::{Phase, Pop, RecordState};
use crate::desk::vocabulary::{At, Effect, PopId};
use crate::moment::Moment;
use crate::profile::ConnectionId;

impl Desk {
    /// Clears every card of what the connection told; a card that only showed its customer goes.
    pub(super) fn signed_out(
        &mut self,
        connection: &ConnectionId,
        now: Moment,
        effects: &mut Vec<Effect>,
    ) {
        self.policy.connections.retain(|known| known != connection);
        self.remembered.forget_connection(connection);
        self.copies.forget_connection(connection);
        let told: Vec<At> = self
            .pops
            .iter()
            .filter(|pop| pop.lookup(connection).is_some() || pop.is_chosen_in(connection))
            .map(Pop::at)
            .collect();
        for at in told {
            if self.pop(at.pop).is_some_and(Pop::was_made_by_hand) {
                self.remove(at.pop, now, effects);
            } else {
                self.clear_of(at.pop, connection, now, effects);
            }
        }
    }

    fn clear_of(
        &mut self,
        id: PopId,
        connection: &ConnectionId,
        now: Moment,
        effects: &mut Vec<Effect>,
    ) {
        let Some(pop) = self.pop_mut(id) else { return };
        pop.lookups
            .retain(|lookup| lookup.connection != *connection);
        pop.rejected.retain(|other| other.connection != *connection);
        if pop
            .record
            .of()
            .is_some_and(|record| record.connection == *connection)
        {
            pop.record = RecordState::NotOpened;
            pop.handed_over = None;
        }
        let mut cut_short = Vec::new();
        if pop.is_chosen_in(connection) {
            pop.chosen = None;
            let others = pop.lookups.iter().filter(|lookup| lookup.incomplete);
            cut_short.extend(others.map(|lookup| lookup.connection.clone()));
        }
        let (at, identifiers, is_open) = (
            pop.at(),
            pop.identifiers.clone(),
            pop.phase.is_live() && pop.chosen.is_none(),
        );
        for other in cut_short {
            self.ask_who(at, other, &identifiers, now, effects);
        }
        self.settle(at, now, effects);
        if is_open {
            self.ask_the_others(id, now, effects);
        }
    }

    /// Asks those who were never asked, because somebody knew the customer when they came.
    fn ask_the_others(&mut self, id: PopId, now: Moment, effects: &mut Vec<Effect>) {
        let Some(pop) = self.pop(id).filter(|pop| pop.customer().is_none()) else {
            return;
        };
        let (at, identifiers) = (pop.at(), pop.identifiers.clone());
        let mut others = self.policy.connections.clone();
        others.retain(|connection| pop.lookup(connection).is_none());
        if others.is_empty() {
            return;
        }
        for connection in others {
            self.ask_who(at, connection, &identifiers, now, effects);
        }
        self.settle(at, now, effects);
    }
}

impl Pop {
    fn is_chosen_in(&self, connection: &ConnectionId) -> bool {
        let chosen = self.chosen.as_ref();
        chosen.is_some_and(|(chosen_in, _)| chosen_in == connection)
    }

    fn was_made_by_hand(&self) -> bool {
        self.phase == Phase::LookedUp
    }
}
