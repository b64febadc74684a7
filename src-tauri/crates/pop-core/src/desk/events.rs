//! Takes events of interactions: a card is made once, and no event ever makes a second one.
//!
//! What an event changes on its card is in `learning`, which way a transfer goes in `transferring`,
//! side calls and the same customer in two channels in `alongside`.

use std::time::Duration;

use crate::desk::Desk;
use crate::desk::learning::Learnt;
use crate::desk::pop::{Phase, Pop};
use crate::desk::transferring::Way;
use crate::desk::vocabulary::{At, Dropped, Effect, Mark, PopId};
use crate::desk::withdrawn::{Contact, Offer};
use crate::interaction::{Event, InteractionKey, What};
use crate::moment::Moment;

/// How many finished interactions are remembered, so that a late event does not pop again.
const MOST_DONE: usize = 5_000;

/// An offer without an expiry of its own is of no use after this time.
const OFFER_LIVES: Duration = Duration::from_mins(5);

impl Desk {
    pub(super) fn event(&mut self, event: Event, now: Moment, effects: &mut Vec<Effect>) {
        if !self.policy.concerns_me(&event) {
            effects.push(Effect::Count(Dropped::ForeignAgent));
            return;
        }
        if let Some(id) = self.card_of(&event.key) {
            self.follow(id, event, now, effects);
        } else if let Some(id) = self.card_of_side_call(&event) {
            self.alongside(id, event, now, effects);
        } else if self.done.contains(&event.key) {
            after_the_end(event, effects);
        } else if let Some(id) = self.card_of_unnamed(&event) {
            // The key is the event's own, so this keeps a repetition from the next interaction.
            self.remember_done(event.key.clone());
            self.follow(id, event, now, effects);
        } else {
            self.first(event, now, effects);
        }
    }

    pub(super) fn card_of(&self, key: &InteractionKey) -> Option<PopId> {
        let mut pops = self.pops.iter();
        pops.find(|pop| pop.key.as_ref() == Some(key))
            .map(|pop| pop.id)
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
            What::Transferred if self.policy.way(&event) == Some(Way::Out) => {
                self.withdrawn.keep(&event, true);
                effects.push(Effect::Count(Dropped::Stale));
            }
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
                let is_news = event.life.voicemail || !self.withdrawn.has(&event.key);
                // Its offer may still be on the way.
                self.withdrawn.keep(&event, false);
                if is_news && event.life.is_missed() {
                    effects.push(Effect::KeepEnded(Box::new(event)));
                } else {
                    effects.push(Effect::Count(Dropped::Stale));
                }
            }
            What::Updated => effects.push(Effect::Count(Dropped::Stale)),
        }
    }

    /// Makes the card of an interaction, unless its offer is over: that is only kept.
    fn pop_up(&mut self, event: Event, now: Moment, effects: &mut Vec<Effect>) {
        if is_late(&event, now) {
            effects.push(Effect::Count(Dropped::Late));
            effects.push(Effect::KeepEnded(Box::new(event)));
            return;
        }
        let offer = self.withdrawn.offer(&event, now);
        let (quiet, auto_opened) = match offer {
            Offer::First => match self.card_of_same_contact(&event) {
                Some(id) => return self.ring_again(id, event, now, effects),
                None => (false, false),
            },
            Offer::Anew { quiet, auto_opened } => (quiet, auto_opened),
            Offer::Back { auto_opened } if self.policy.is_surely_mine(&event) => {
                (false, auto_opened)
            }
            Offer::Same { key, auto_opened } => {
                effects.push(Effect::Settled(key));
                (true, auto_opened)
            }
            Offer::Outdated | Offer::Back { .. } => {
                effects.push(Effect::Count(Dropped::Stale));
                return;
            }
        };
        let pop = Pop {
            auto_opened,
            ..Pop::of(event, self.next_id(), now)
        };
        if self.policy.ruling(&pop, now).silent {
            effects.push(Effect::Count(Dropped::ByRule));
            return;
        }
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

    /// The card, still on screen, of an offer to the same contact that nobody took.
    fn card_of_same_contact(&self, event: &Event) -> Option<PopId> {
        let contact = Contact::of_event(event)?;
        let mut pops = self.pops.iter();
        pops.find(|pop| pop.phase.was_not_taken() && Contact::of(pop).as_ref() == Some(&contact))
            .map(|pop| pop.id)
    }

    /// Takes the offer of another interaction with the same contact on the card that is there:
    /// the same matter to the agent, so that nobody is told again.
    fn ring_again(&mut self, id: PopId, event: Event, now: Moment, effects: &mut Vec<Effect>) {
        let Some(pop) = self.pop_mut(id) else { return };
        let told = pop.state_told.clone();
        pop.begin_anew(&event, now);
        effects.push(Effect::Mark(id, Mark::Popped));
        if pop.phase == Phase::Accepted {
            effects.push(Effect::Mark(id, Mark::Accepted));
        }
        if let Some(before) = pop.key.replace(event.key.clone()) {
            self.withdrawn.keep_key(before.clone(), told);
            effects.push(Effect::Settled(before));
        }
        self.follow(id, event, now, effects);
    }

    /// Takes a further event of an interaction that has its card.
    pub(super) fn follow(
        &mut self,
        id: PopId,
        event: Event,
        now: Moment,
        effects: &mut Vec<Effect>,
    ) {
        let way = self.policy.way(&event);
        if self.comes_back(id, &event, way) {
            self.take_back(id, &event, now, effects);
            return;
        }
        let Some(pop) = self.pop_mut(id) else { return };
        let before = pop.phase;
        let is_newest = pop.is_newest(&event);
        let mut learnt = pop.learn(&event);
        pop.advance(&event, way, now);
        if pop.hold(&event, now) {
            learnt = learnt.max(Learnt::Words);
        }
        pop.told = pop.told.clone().max(event.order());
        let (at, phase) = (pop.at(), pop.phase);
        if event.what == What::Ended {
            self.remember_done(event.key);
        }
        if !is_newest && learnt == Learnt::Nothing && phase == before {
            effects.push(Effect::Count(Dropped::Stale));
            return;
        }
        self.moved(id, before, effects);
        effects.push(Effect::Keep(id));
        if learnt == Learnt::Identifier && phase.is_live() {
            self.identify(at, now, effects);
        } else {
            self.settle(at, now, effects);
        }
    }

    /// Says what a change of phase means to others: a mark, and an end of the ringing.
    fn moved(&mut self, id: PopId, before: Phase, effects: &mut Vec<Effect>) {
        let Some(pop) = self.pop_mut(id) else { return };
        let phase = pop.phase;
        if phase == before {
            return;
        }
        let mark = match phase {
            Phase::Accepted => Some(Mark::Accepted),
            Phase::Withdrawn
            | Phase::Missed
            | Phase::Transferred
            | Phase::WrapUp
            | Phase::Ended => before.is_live().then_some(Mark::Ended),
            Phase::LookedUp | Phase::Offered => None,
        };
        effects.extend(mark.map(|mark| Effect::Mark(id, mark)));
        if phase != Phase::Offered && pop.stop_ringing() {
            effects.push(Effect::Hush(id));
        }
    }

    /// Ends the notices of offers whose time is over; the cards stay, because only the platform
    /// knows whether the agent took them.
    pub(super) fn check_ringing(&mut self, now: Moment, effects: &mut Vec<Effect>) {
        let over: Vec<PopId> = self
            .pops
            .iter_mut()
            .filter(|pop| pop.rings_until().is_some_and(|until| until <= now))
            .filter_map(|pop| pop.stop_ringing().then_some(pop.id))
            .collect();
        for id in over {
            effects.push(Effect::Hush(id));
            self.show(id, effects);
        }
    }

    /// Looks the customer up anew, unless the agent has said who it is.
    pub(super) fn identify(&mut self, at: At, now: Moment, effects: &mut Vec<Effect>) {
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

/// An interaction that is over stays over; that the customer left a message is still kept.
fn after_the_end(event: Event, effects: &mut Vec<Effect>) {
    if event.what == What::Declined && event.life.voicemail {
        effects.push(Effect::KeepEnded(Box::new(event)));
    } else {
        effects.push(Effect::Count(Dropped::Stale));
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
