//! Takes events of interactions: a card is made once, and no event ever makes a second one.

use std::time::Duration;

use crate::desk::pop::{Matching, Phase, Pop, RecordState};
use crate::desk::vocabulary::{At, Dropped, Effect, Mark, PopId};
use crate::desk::{Desk, MOST_POPS};
use crate::identifier::{Identifier, Value};
use crate::interaction::{Event, InteractionKey, What};
use crate::moment::Moment;

/// How many finished interactions are remembered, so that a late event does not pop again.
const MOST_DONE: usize = 5_000;

/// An offer without an expiry of its own is of no use after this time.
const OFFER_LIVES: Duration = Duration::from_mins(5);

impl Desk {
    pub(super) fn event(&mut self, event: Event, now: Moment, effects: &mut Vec<Effect>) {
        if !self.policy.is_mine(&event.agent) {
            effects.push(Effect::Count(Dropped::ForeignAgent));
            return;
        }
        if let Some(id) = self.card_of(&event) {
            self.follow(id, event, now, effects);
        } else if self.done.contains(&event.key) {
            effects.push(Effect::Count(Dropped::Stale));
        } else {
            self.first(event, now, effects);
        }
    }

    /// The card an event belongs to. An event that does not name its interaction belongs to the
    /// only live card of the same channel and customer.
    fn card_of(&self, event: &Event) -> Option<PopId> {
        let named = self
            .pops
            .iter()
            .find(|pop| pop.key.as_ref() == Some(&event.key));
        if let Some(pop) = named {
            return Some(pop.id);
        }
        if event.names_interaction {
            return None;
        }
        let mut same = self.pops.iter().filter(|pop| {
            pop.phase.is_live()
                && pop.channel == event.channel
                && pop.identifiers.iter().any(|known| {
                    event
                        .identifiers
                        .iter()
                        .any(|identifier| identifier.value == known.value)
                })
        });
        match (same.next(), same.next()) {
            (Some(only), None) => Some(only.id),
            (None | Some(_), _) => None,
        }
    }

    fn first(&mut self, event: Event, now: Moment, effects: &mut Vec<Effect>) {
        match event.what {
            What::Offered | What::Accepted | What::Transferred => {
                if is_late(&event, now) {
                    effects.push(Effect::Count(Dropped::Late));
                    return;
                }
                let accepted = event.what == What::Accepted;
                let id = self.make_card(event, now);
                effects.push(Effect::Mark(id, Mark::Popped));
                if accepted {
                    effects.push(Effect::Mark(id, Mark::Accepted));
                }
                effects.push(Effect::Keep(id));
                effects.push(Effect::Notify(id));
                if let Some(at) = self.pop(id).map(Pop::at) {
                    self.look_up(at, now, effects);
                }
                self.drop_surplus(effects);
            }
            What::Ended => {
                self.remember_done(event.key.clone());
                effects.push(Effect::KeepEnded(Box::new(event)));
            }
            What::Updated | What::Declined => effects.push(Effect::Count(Dropped::Stale)),
        }
    }

    fn make_card(&mut self, event: Event, now: Moment) -> PopId {
        let id = self.next_id();
        let phase = if event.what == What::Accepted {
            Phase::Accepted
        } else {
            Phase::Offered
        };
        self.pops.push(Pop {
            id,
            seq: 0,
            generation: 1,
            key: Some(event.key),
            channel: event.channel,
            direction: event.direction,
            phase,
            phase_since: now,
            received: now,
            told: event.at,
            reports_acceptance: event.reports_acceptance,
            identifiers: event.identifiers,
            refused: event.refused,
            name: event.name,
            reason: event.reason,
            quote: event.summary,
            queue: event.queue,
            language: event.language,
            traceparent: event.traceparent,
            lookups: Vec::new(),
            matching: Matching::Looking,
            chosen: None,
            rejected: Vec::new(),
            record: RecordState::NotOpened,
            auto_opened: false,
            unseen: true,
        });
        id
    }

    /// Takes a further event of an interaction that has its card.
    fn follow(&mut self, id: PopId, event: Event, now: Moment, effects: &mut Vec<Effect>) {
        let Some(pop) = self.pop_mut(id) else { return };
        let learnt = pop.learn(&event);
        let older = event.names_interaction && event.at < pop.told;
        let before = pop.phase;
        if !older {
            pop.told = event.at;
            pop.advance(event.what, now);
        } else if !learnt {
            effects.push(Effect::Count(Dropped::Stale));
            return;
        }
        let (at, phase) = (pop.at(), pop.phase);
        if phase != before {
            if phase == Phase::Accepted {
                effects.push(Effect::Mark(id, Mark::Accepted));
            } else {
                effects.push(Effect::Mark(id, Mark::Ended));
            }
        }
        effects.push(Effect::Keep(id));
        let undecided = self.pop(id).is_some_and(|pop| pop.chosen.is_none());
        if learnt && phase.is_live() && undecided {
            self.turn(at, now, effects);
        } else {
            self.settle(at, now, effects);
        }
    }

    /// Looks the customer up anew, as another generation of the card.
    fn turn(&mut self, at: At, now: Moment, effects: &mut Vec<Effect>) {
        let Some(pop) = self.pop_mut(at.pop) else {
            return;
        };
        pop.generation += 1;
        let at = pop.at();
        self.look_up(at, now, effects);
    }

    pub(super) fn remember_done(&mut self, key: InteractionKey) {
        if self.done.contains(&key) {
            return;
        }
        self.done.push_back(key);
        while self.done.len() > MOST_DONE {
            self.done.pop_front();
        }
    }

    /// Keeps the number of cards bounded: finished ones go first, the oldest before the newer.
    fn drop_surplus(&mut self, effects: &mut Vec<Effect>) {
        while self.pops.len() > MOST_POPS {
            let oldest = self
                .pops
                .iter()
                .position(|pop| !pop.phase.is_live())
                .unwrap_or(0);
            let id = self.pops.get(oldest).map(|pop| pop.id);
            if let Some(id) = id {
                self.remove(id, effects);
            }
        }
    }
}

fn is_late(event: &Event, now: Moment) -> bool {
    if event.what != What::Offered {
        return false;
    }
    let ends = event
        .expires
        .unwrap_or_else(|| event.at.after(event.offer_timeout.unwrap_or(OFFER_LIVES)));
    ends < now
}

impl Pop {
    /// Takes over what an event adds; whether it brought another identifier.
    fn learn(&mut self, event: &Event) -> bool {
        fn fill(known: &mut Option<String>, new: Option<&String>) {
            if let Some(new) = new {
                *known = Some(new.clone());
            }
        }
        fill(&mut self.name, event.name.as_ref());
        fill(&mut self.reason, event.reason.as_ref());
        fill(&mut self.quote, event.summary.as_ref());
        fill(&mut self.queue, event.queue.as_ref());
        fill(&mut self.language, event.language.as_ref());
        let mut learnt = false;
        for identifier in &event.identifiers {
            learnt |= self.learn_identifier(identifier);
        }
        Identifier::sort(&mut self.identifiers);
        learnt
    }

    /// Adds an identifier, or raises its assurance; never lowers it.
    fn learn_identifier(&mut self, identifier: &Identifier) -> bool {
        let same = |value: &Value| *value == identifier.value;
        match self.identifiers.iter_mut().find(|known| same(&known.value)) {
            Some(known) if known.assurance >= identifier.assurance => false,
            Some(known) => {
                known.assurance = identifier.assurance;
                true
            }
            None => {
                self.identifiers.push(identifier.clone());
                true
            }
        }
    }

    /// Moves the phase forward; it never goes back.
    fn advance(&mut self, what: What, now: Moment) {
        let next = match (what, self.phase) {
            (What::Accepted, Phase::Offered) => Phase::Accepted,
            (What::Declined, Phase::Offered) => Phase::Withdrawn,
            (What::Declined | What::Ended, Phase::Accepted) | (What::Ended, Phase::Offered) => {
                Phase::Ended
            }
            (What::Transferred, Phase::Offered | Phase::Accepted) => Phase::Transferred,
            (
                What::Offered
                | What::Accepted
                | What::Updated
                | What::Declined
                | What::Transferred
                | What::Ended,
                _,
            ) => return,
        };
        self.phase = next;
        self.phase_since = now;
    }
}
