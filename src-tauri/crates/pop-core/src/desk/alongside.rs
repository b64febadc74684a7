//! What goes on alongside an interaction: side calls to colleagues, which stay on its card, and the
//! same customer in another channel.

use crate::desk::Desk;
use crate::desk::pop::{Pop, SideCall};
use crate::desk::vocabulary::{Effect, PopId};
use crate::interaction::{Event, InteractionKey, What};
use crate::life::{Party, Role};
use crate::moment::Moment;

impl Desk {
    /// The live card that an event is a side call of.
    pub(super) fn card_of_side_call(&self, event: &Event) -> Option<PopId> {
        let parent = InteractionKey {
            source: event.key.source.clone(),
            id: event.life.parent.clone()?,
        };
        let id = self.card_of(&parent)?;
        self.pop(id)
            .is_some_and(|pop| pop.phase.is_live())
            .then_some(id)
    }

    /// Takes an event of a side call: it has no card of its own.
    pub(super) fn alongside(
        &mut self,
        id: PopId,
        event: Event,
        now: Moment,
        effects: &mut Vec<Effect>,
    ) {
        let Some(pop) = self.pop_mut(id) else { return };
        pop.side_call(&event);
        let at = pop.at();
        if matches!(event.what, What::Ended | What::Transferred | What::Declined) {
            self.remember_done(event.key);
        }
        effects.push(Effect::Keep(id));
        self.settle(at, now, effects);
    }

    /// Notes on every card which other live cards are about the same customer.
    pub(super) fn note_the_same_customer(&mut self, effects: &mut Vec<Effect>) {
        let whose: Vec<_> = self
            .pops
            .iter()
            .filter(|pop| pop.phase.is_live())
            .filter_map(|pop| Some((pop.id, pop.matching.one()?.clone())))
            .collect();
        let mut changed = Vec::new();
        for pop in &mut self.pops {
            let own = whose.iter().find(|(id, _)| *id == pop.id);
            let also: Vec<PopId> = own.map_or_else(Vec::new, |(own, customer)| {
                let others = whose.iter();
                others
                    .filter(|(id, other)| id != own && other == customer)
                    .map(|(id, _)| *id)
                    .collect()
            });
            if also != pop.also {
                pop.also = also;
                changed.push(pop.id);
            }
        }
        for id in changed {
            self.show(id, effects);
        }
    }
}

impl Pop {
    /// Who takes part beside the agent and the customer, side calls included.
    pub fn others(&self) -> impl Iterator<Item = &Party> {
        let side_calls = self.side_calls.iter().map(|call| &call.party);
        self.parties.iter().chain(side_calls)
    }

    fn side_call(&mut self, event: &Event) {
        let known = self
            .side_calls
            .iter()
            .position(|call| call.id == event.key.id);
        if matches!(event.what, What::Ended | What::Transferred | What::Declined) {
            if let Some(place) = known {
                self.side_calls.remove(place);
            }
            return;
        }
        let told = event.life.parties.as_ref().and_then(|all| all.first());
        let party = told.cloned().or_else(|| {
            let name = event.name.clone()?;
            let role = Role::Consulted;
            Some(Party { name, role })
        });
        let party = party.unwrap_or(Party {
            name: String::new(),
            role: Role::Consulted,
        });
        match known.and_then(|place| self.side_calls.get_mut(place)) {
            Some(call) if !party.name.is_empty() => call.party = party,
            Some(_) => {}
            None => self.side_calls.push(SideCall {
                id: event.key.id.clone(),
                party,
            }),
        }
    }
}
