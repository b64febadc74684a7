//! Takes events of interactions: a card is made once, and no event ever makes a second one.

use std::time::Duration;

use crate::desk::Desk;
use crate::desk::pop::{Phase, Pop};
use crate::desk::vocabulary::{At, Dropped, Effect, Mark, PopId};
use crate::desk::withdrawn::Offer;
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
        let named = self
            .pops
            .iter()
            .find(|pop| pop.key.as_ref() == Some(&event.key))
            .map(|pop| pop.id);
        if let Some(id) = named {
            self.follow(id, event, now, effects);
        } else if self.done.contains(&event.key) {
            effects.push(Effect::Count(Dropped::Stale));
        } else if let Some(id) = self.card_of_unnamed(&event) {
            // The key is the event's own, so this keeps a repetition from the next interaction.
            self.remember_done(event.key.clone());
            self.follow(id, event, now, effects);
        } else {
            self.first(event, now, effects);
        }
    }

    /// The card of an event that does not name its interaction: the only live one of the same
    /// channel and customer.
    fn card_of_unnamed(&self, event: &Event) -> Option<PopId> {
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
                self.pop_up(event, now, effects);
            }
            What::Ended => {
                self.remember_done(event.key.clone());
                if self.withdrawn.has(&event.key) {
                    effects.push(Effect::Count(Dropped::Stale));
                } else {
                    effects.push(Effect::KeepEnded(Box::new(event)));
                }
            }
            What::Declined => {
                // Its offer may still be on the way.
                self.withdrawn.keep(event.key, event.at, None);
                effects.push(Effect::Count(Dropped::Stale));
            }
            What::Updated => effects.push(Effect::Count(Dropped::Stale)),
        }
    }

    /// Makes the card of an interaction, unless its offer is over.
    fn pop_up(&mut self, event: Event, now: Moment, effects: &mut Vec<Effect>) {
        if is_late(&event, now) {
            effects.push(Effect::Count(Dropped::Late));
            return;
        }
        let (quiet, auto_opened) = match self.withdrawn.offer(&event.key, event.at, now) {
            Offer::First => (false, false),
            Offer::Anew { quiet, auto_opened } => (quiet, auto_opened),
            Offer::Outdated => {
                effects.push(Effect::Count(Dropped::Stale));
                return;
            }
        };
        let pop = Pop {
            auto_opened,
            ..Pop::of(event, self.next_id(), now)
        };
        let (at, accepted) = (pop.at(), pop.phase == Phase::Accepted);
        self.pops.push(pop);
        effects.push(Effect::Mark(at.pop, Mark::Popped));
        if accepted {
            effects.push(Effect::Mark(at.pop, Mark::Accepted));
        }
        effects.push(Effect::Keep(at.pop));
        if !quiet {
            effects.push(Effect::Notify(at.pop));
        }
        self.look_up(at, now, effects);
        self.drop_surplus(now, effects);
    }

    /// Takes a further event of an interaction that has its card.
    fn follow(&mut self, id: PopId, event: Event, now: Moment, effects: &mut Vec<Effect>) {
        let Some(pop) = self.pop_mut(id) else { return };
        let before = pop.phase;
        let learnt = pop.learn(&event);
        pop.advance(&event, now);
        let (at, phase) = (pop.at(), pop.phase);
        let is_newest = !event.names_interaction || event.at >= pop.told;
        pop.told = pop.told.max(event.at);
        if event.what == What::Ended {
            self.remember_done(event.key);
        }
        if !is_newest && learnt == Learnt::Nothing && phase == before {
            effects.push(Effect::Count(Dropped::Stale));
            return;
        }
        if phase != before {
            effects.extend(mark_of(phase).map(|mark| Effect::Mark(id, mark)));
        }
        effects.push(Effect::Keep(id));
        if learnt == Learnt::Identifier && phase.is_live() {
            self.identify(at, now, effects);
        } else {
            self.settle(at, now, effects);
        }
    }

    /// Looks the customer up anew, unless the agent has said who it is.
    fn identify(&mut self, at: At, now: Moment, effects: &mut Vec<Effect>) {
        let Some(pop) = self.pop_mut(at.pop) else {
            return;
        };
        if pop.chosen.is_none() {
            let at = pop.turn();
            self.look_up(at, now, effects);
            return;
        }
        for lookup in &mut pop.lookups {
            lookup.incomplete = true;
        }
        self.settle(at, now, effects);
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
}

fn is_late(event: &Event, now: Moment) -> bool {
    let ends = match (event.expires, event.what) {
        (Some(expires), _) => expires,
        (None, What::Offered) => event.at.after(event.offer_timeout.unwrap_or(OFFER_LIVES)),
        (
            None,
            What::Accepted | What::Updated | What::Declined | What::Transferred | What::Ended,
        ) => return false,
    };
    ends < now
}

/// What a change of phase leaves in the flight recorder.
fn mark_of(phase: Phase) -> Option<Mark> {
    match phase {
        Phase::Accepted => Some(Mark::Accepted),
        Phase::Withdrawn | Phase::Transferred | Phase::Ended => Some(Mark::Ended),
        Phase::LookedUp | Phase::Offered => None,
    }
}

/// What an event added to a card.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Learnt {
    Nothing,
    Words,
    Identifier,
}

impl Pop {
    /// The card of an interaction's first event.
    fn of(event: Event, id: PopId, now: Moment) -> Self {
        let phase = if event.what == What::Accepted {
            Phase::Accepted
        } else {
            Phase::Offered
        };
        Self {
            key: Some(event.key),
            channel: event.channel,
            direction: event.direction,
            told: event.at,
            state_told: event.at,
            reports_acceptance: event.reports_acceptance,
            identifiers: event.identifiers,
            refused: event.refused,
            name: event.name,
            reason: event.reason,
            quote: event.summary,
            queue: event.queue,
            language: event.language,
            traceparent: event.traceparent,
            unseen: true,
            ..Self::blank(id, phase, now)
        }
    }

    /// Takes over what an event adds; an older event only fills gaps.
    fn learn(&mut self, event: &Event) -> Learnt {
        let is_newest = !event.names_interaction || event.at >= self.told;
        let mut learnt = Learnt::Nothing;
        for (known, new) in [
            (&mut self.name, &event.name),
            (&mut self.reason, &event.reason),
            (&mut self.quote, &event.summary),
            (&mut self.queue, &event.queue),
            (&mut self.language, &event.language),
        ] {
            if new.is_some() && new != known && (is_newest || known.is_none()) {
                known.clone_from(new);
                learnt = Learnt::Words;
            }
        }
        for identifier in &event.identifiers {
            if self.learn_identifier(identifier) {
                learnt = Learnt::Identifier;
            }
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

    /// Moves the phase forward. It never goes back, except that what was withdrawn may be offered
    /// anew, and an event from before the present phase does not move it.
    fn advance(&mut self, event: &Event, now: Moment) {
        if event.what == What::Updated {
            return;
        }
        if event.names_interaction && event.at < self.state_told {
            return;
        }
        let is_newer = event.at > self.state_told;
        self.state_told = self.state_told.max(event.at);
        let next = match (event.what, self.phase) {
            (What::Offered, Phase::Withdrawn) if is_newer => Phase::Offered,
            (What::Accepted, Phase::Withdrawn) if is_newer => Phase::Accepted,
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
