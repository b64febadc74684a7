//! What an event changes on its card: what becomes known, and where the interaction stands.

use crate::desk::pop::{Phase, Pop};
use crate::desk::transferring::Way;
use crate::desk::vocabulary::PopId;
use crate::desk::wrap_up::WrapUp;
use crate::identifier::{Identifier, Value};
use crate::interaction::{Event, What};
use crate::moment::Moment;

/// What an event added to a card.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Learnt {
    Nothing,
    Words,
    Identifier,
}

impl Pop {
    /// The card of an interaction's first event.
    pub(super) fn of(event: Event, id: PopId, now: Moment) -> Self {
        let order = event.order();
        Self {
            rings: event.what == What::Offered,
            rings_until: rings_until(&event),
            key: Some(event.key),
            channel: event.channel,
            direction: event.direction,
            told: order.clone(),
            state_told: order,
            reports_acceptance: event.reports_acceptance,
            identifiers: event.identifiers,
            refused: event.refused,
            name: event.name,
            reason: event.reason,
            quote: event.summary,
            queue: event.queue,
            language: event.language,
            traceparent: event.traceparent,
            transfer: event.life.transfer,
            parties: event.life.parties.unwrap_or_default(),
            held: event.life.held.unwrap_or(false),
            unseen: true,
            ..Self::blank(id, phase_of(event.what), now)
        }
    }

    /// Turns a card whose offer nobody took to the next interaction with the same contact.
    pub(super) fn begin_anew(&mut self, event: &Event, now: Moment) {
        self.phase = phase_of(event.what);
        self.phase_since = now;
        self.told = event.order();
        self.state_told = event.order();
        self.rings = event.what == What::Offered;
        self.rings_until = rings_until(event);
        self.voicemail = false;
        self.over = false;
        self.wrap_up = WrapUp::NotYet;
    }

    /// Whether an event is not older than what the card shows.
    pub(super) fn is_newest(&self, event: &Event) -> bool {
        !event.names_interaction || !self.told.is_later(&event.order())
    }

    /// Takes over what an event adds; an older event only fills gaps.
    pub(super) fn learn(&mut self, event: &Event) -> Learnt {
        let is_newest = self.is_newest(event);
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
        if self.learn_course(event, is_newest) {
            learnt = Learnt::Words;
        }
        for identifier in &event.identifiers {
            if self.learn_identifier(identifier) {
                learnt = Learnt::Identifier;
            }
        }
        Identifier::sort(&mut self.identifiers);
        learnt
    }

    /// Takes over from whom it came and who takes part.
    fn learn_course(&mut self, event: &Event, is_newest: bool) -> bool {
        let life = &event.life;
        let mut learnt = false;
        if let Some(transfer) = &life.transfer
            && self.transfer.as_ref() != Some(transfer)
            && (is_newest || self.transfer.is_none())
        {
            self.transfer = Some(transfer.clone());
            learnt = true;
        }
        if let Some(parties) = &life.parties
            && *parties != self.parties
            && is_newest
        {
            self.parties.clone_from(parties);
            learnt = true;
        }
        if life.voicemail && !self.voicemail {
            self.voicemail = true;
            learnt = true;
        }
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

    /// Moves the phase forward. It never goes back, except that what nobody took may be offered
    /// anew, and an event from before the present phase does not move it.
    pub(super) fn advance(&mut self, event: &Event, way: Option<Way>, now: Moment) {
        let order = event.order();
        if event.what == What::Updated {
            return;
        }
        // An end is final whatever its time says: clocks of platforms differ from each other.
        let is_over = event.what == What::Ended;
        if event.names_interaction && !is_over && self.state_told.is_after(&order) {
            return;
        }
        if self.over && !is_over {
            return;
        }
        // What the agent has not got is not wrapped up by the agent: that end is the last word.
        self.over |= is_over && !(event.life.wrapping_up && self.phase.is_live());
        let is_later = order.is_later(&self.state_told);
        self.state_told = self.state_told.clone().max(order);
        let next = match (event.what, self.phase) {
            (What::Offered, Phase::Withdrawn | Phase::Missed) if is_later => Phase::Offered,
            (What::Accepted, Phase::Withdrawn | Phase::Missed) if is_later => Phase::Accepted,
            (What::Accepted, Phase::Offered) => Phase::Accepted,
            (What::Declined, Phase::Offered | Phase::Withdrawn) if event.life.is_missed() => {
                Phase::Missed
            }
            (What::Declined, Phase::Offered) => Phase::Withdrawn,
            (What::Ended, Phase::Offered | Phase::Accepted) if event.life.wrapping_up => {
                Phase::WrapUp
            }
            (What::Declined, Phase::Accepted)
            | (What::Ended, Phase::Offered | Phase::Accepted | Phase::WrapUp) => Phase::Ended,
            (What::Transferred, Phase::Offered | Phase::Accepted) => match way {
                Some(Way::In) => Phase::Accepted,
                Some(Way::Out) | None => Phase::Transferred,
            },
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
        if next == self.phase {
            return;
        }
        if next == Phase::Offered {
            self.rings = true;
            self.rings_until = rings_until(event);
        }
        if next == Phase::Transferred {
            self.transfer.clone_from(&event.life.transfer);
        }
        self.phase = next;
        self.phase_since = now;
        if !next.is_live() {
            self.held = false;
            self.parties.clear();
            self.side_calls.clear();
        }
    }

    /// Takes over whether the customer waits on hold; the time in that state begins anew.
    pub(super) fn hold(&mut self, event: &Event, now: Moment) -> bool {
        let Some(held) = event.life.held else {
            return false;
        };
        let applies = self.phase == Phase::Accepted && self.is_newest(event);
        if !applies || self.held == held {
            return false;
        }
        self.held = held;
        self.phase_since = now;
        true
    }

    /// When the ringing is over, as far as it is known.
    pub(super) fn rings_until(&self) -> Option<Moment> {
        self.rings_until.filter(|_| self.rings)
    }

    /// Rings no more; whether it did.
    pub(super) fn stop_ringing(&mut self) -> bool {
        std::mem::take(&mut self.rings)
    }
}

/// A transfer that is told is done, so that the agent has it: what still rings is `offered`.
fn phase_of(what: What) -> Phase {
    match what {
        What::Accepted | What::Transferred => Phase::Accepted,
        What::Offered | What::Updated | What::Declined | What::Ended => Phase::Offered,
    }
}

fn rings_until(event: &Event) -> Option<Moment> {
    let timeout = || Some(event.at.after(event.offer_timeout?));
    (event.what == What::Offered)
        .then(|| event.expires.or_else(timeout))
        .flatten()
}
