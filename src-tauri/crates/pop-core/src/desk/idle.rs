//! Waits with an opening “on offer” until the agent's hands rest.
//!
//! A browser that comes up takes the keyboard with it. On acceptance the agent has just acted; on
//! offer they are typing somewhere else. So an opening on offer waits for a pause in the input, for
//! a bounded time, and only where the system can tell. Which record is opened is `opening.rs`.

use std::time::Duration;

use crate::desk::Desk;
use crate::desk::policy::OpenPolicy;
use crate::desk::pop::{Phase, Pop};
use crate::desk::vocabulary::{Effect, PopId};
use crate::moment::Moment;

/// So long without input counts as a pause.
pub const PAUSE: Duration = Duration::from_millis(1_500);

/// An opening waits for a pause at most so long.
pub const LONGEST_WAIT: Duration = Duration::from_secs(8);

/// The cards whose record waits for a pause.
#[derive(Clone, Debug, Default)]
pub(super) struct Waiting(Vec<Wait>);

#[derive(Clone, Copy, Debug)]
struct Wait {
    pop: PopId,
    /// When it opens in any case.
    until: Moment,
    /// When to look again; `until` while an answer is awaited, so that no answer holds it up.
    next: Moment,
}

impl Waiting {
    pub(super) fn next_deadline(&self) -> Option<Moment> {
        self.0.iter().map(|wait| wait.next).min()
    }

    /// Whether a card's record waits.
    pub(super) fn has(&self, pop: PopId) -> bool {
        self.0.iter().any(|wait| wait.pop == pop)
    }

    pub(super) fn forget(&mut self, pop: PopId) {
        self.0.retain(|wait| wait.pop != pop);
    }
}

impl Desk {
    /// Whether the record must wait for a pause: if so, the wait begins unless it has begun.
    pub(super) fn waits_for_pause(
        &mut self,
        id: PopId,
        now: Moment,
        effects: &mut Vec<Effect>,
    ) -> bool {
        let by_offer = self.pop(id).is_some_and(|pop| {
            self.open_policy(pop) == OpenPolicy::Offer && !pop.counts_as_accepted()
        });
        if !by_offer {
            self.waiting.forget(id);
            return false;
        }
        if self.waiting.0.iter().any(|wait| wait.pop == id) {
            return true;
        }
        let until = now.after(LONGEST_WAIT);
        self.waiting.0.push(Wait {
            pop: id,
            until,
            next: until,
        });
        ask_once(effects);
        true
    }

    /// The system told how long nothing was typed or clicked; `None`: it cannot tell.
    pub(super) fn idle_told(
        &mut self,
        idle: Option<Duration>,
        now: Moment,
        effects: &mut Vec<Effect>,
    ) {
        let rests = idle.is_none_or(|idle| idle >= PAUSE);
        let left = PAUSE.saturating_sub(idle.unwrap_or_default());
        let mut open = Vec::new();
        for wait in &mut self.waiting.0 {
            if rests || wait.until <= now {
                open.push(wait.pop);
            } else {
                wait.next = now.after(left).min(wait.until);
            }
        }
        self.open_after_wait(&open, now, effects);
    }

    /// Time passed: what has waited long enough opens, what is due is looked at again.
    pub(super) fn check_waits(&mut self, now: Moment, effects: &mut Vec<Effect>) {
        let mut open = Vec::new();
        let mut ask = false;
        for wait in &mut self.waiting.0 {
            if wait.until <= now {
                open.push(wait.pop);
            } else if wait.next <= now {
                wait.next = wait.until;
                ask = true;
            }
        }
        self.open_after_wait(&open, now, effects);
        if ask {
            ask_once(effects);
        }
    }

    fn open_after_wait(&mut self, pops: &[PopId], now: Moment, effects: &mut Vec<Effect>) {
        for id in pops {
            self.waiting.forget(*id);
            self.open_now(*id, now, effects);
            self.show(*id, effects);
        }
    }
}

impl Pop {
    /// Whether the agent has accepted, or the source never tells and it counts as accepted.
    pub(super) fn counts_as_accepted(&self) -> bool {
        self.phase == Phase::Accepted || !self.reports_acceptance
    }
}

fn ask_once(effects: &mut Vec<Effect>) {
    if !effects.contains(&Effect::AskIdle) {
        effects.push(Effect::AskIdle);
    }
}
