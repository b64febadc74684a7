//! Transfers: which way one goes, seen from this agent, and what happens when one comes back.

use std::time::Duration;

use crate::desk::Desk;
use crate::desk::policy::Policy;
use crate::desk::pop::Phase;
use crate::desk::vocabulary::{Effect, Mark, PopId};
use crate::identifier::{Assurance, Identifier};
use crate::interaction::{AgentRef, Event, What};
use crate::moment::Moment;

/// What comes back within this time is the same matter to the agent: no second notice.
const SAME_MATTER: Duration = Duration::from_secs(30);

/// Which way a transfer goes, seen from this agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// To this agent.
    In,
    /// From this agent to somebody else.
    Out,
}

impl Policy {
    /// Whether an event is for the agent of this desktop (rule P2): by its addressee, or because a
    /// transfer names this agent on one of its sides.
    pub fn concerns_me(&self, event: &Event) -> bool {
        let is_named = |agent: &Option<AgentRef>| {
            agent
                .as_ref()
                .is_some_and(|agent| self.names_me(agent) == Some(true))
        };
        let by_transfer = event.what == What::Transferred
            && event
                .life
                .transfer
                .as_ref()
                .is_some_and(|transfer| is_named(&transfer.from) || is_named(&transfer.to));
        by_transfer || self.is_mine(&event.agent)
    }

    /// Whether an event says in so many words that the interaction is this agent's now.
    pub(super) fn is_surely_mine(&self, event: &Event) -> bool {
        match event.what {
            What::Transferred => self.way(event) == Some(Way::In),
            What::Offered | What::Accepted => self.names_me(&event.agent) == Some(true),
            What::Updated | What::Declined | What::Ended => false,
        }
    }

    /// Whether this agent has an interaction no more after an event, whatever came before.
    pub fn leaves_me(&self, event: &Event) -> bool {
        match event.what {
            What::Ended | What::Declined => true,
            What::Transferred => self.way(event) != Some(Way::In),
            What::Offered | What::Accepted | What::Updated => false,
        }
    }

    /// Which way a transfer goes; `None` when it does not say, or is none.
    pub(super) fn way(&self, event: &Event) -> Option<Way> {
        let transfer = event
            .life
            .transfer
            .as_ref()
            .filter(|_| event.what == What::Transferred)?;
        let me = |agent: &Option<AgentRef>| self.names_me(agent.as_ref()?);
        by_sides(me(&transfer.from), me(&transfer.to)).or_else(|| {
            // This desktop knows no name of its agent, or another than the platform uses: the
            // addressee is this agent then.
            let addressed = |agent: &Option<AgentRef>| agent.as_ref()?.is_same(&event.agent);
            by_sides(addressed(&transfer.from), addressed(&transfer.to))
        })
    }
}

/// Which way it goes, by whether this agent is the one it comes from and the one it goes to.
fn by_sides(from_me: Option<bool>, to_me: Option<bool>) -> Option<Way> {
    match (from_me, to_me) {
        (_, Some(true)) | (Some(false), None) => Some(Way::In),
        (Some(true), _) | (_, Some(false)) => Some(Way::Out),
        (None, None) => None,
    }
}

impl Desk {
    /// Whether an event brings back what went to a colleague.
    pub(super) fn comes_back(&self, id: PopId, event: &Event, way: Option<Way>) -> bool {
        let went = self
            .pop(id)
            .filter(|pop| pop.phase == Phase::Transferred && !pop.over)
            .is_some_and(|pop| event.order().is_after(&pop.state_told));
        went && way != Some(Way::Out) && self.policy.is_surely_mine(event)
    }

    /// Takes an interaction that comes back from a colleague on its card.
    ///
    /// What the connections answered is used again if the same is known of the customer. That they
    /// were verified before says nothing now, unless the source says so again.
    pub(super) fn take_back(
        &mut self,
        id: PopId,
        event: &Event,
        now: Moment,
        effects: &mut Vec<Effect>,
    ) {
        let Some(pop) = self.pop_mut(id) else { return };
        let quiet = now.since(pop.phase_since) < SAME_MATTER;
        let known = pop.identifiers.clone();
        pop.identifiers = told_anew(&known, event);
        let is_same = pop.identifiers == known;
        pop.begin_anew(event, now);
        pop.learn(event);
        pop.transfer.clone_from(&event.life.transfer);
        pop.unseen = true;
        let (at, accepted) = (pop.at(), pop.phase == Phase::Accepted);
        if accepted {
            effects.push(Effect::Mark(id, Mark::Accepted));
        }
        effects.push(Effect::Keep(id));
        if !quiet {
            effects.push(Effect::Notify(id));
        }
        if is_same {
            self.settle(at, now, effects);
        } else {
            self.identify(at, now, effects);
        }
    }
}

/// What is known of the customer after a transfer: what the event says, or else what was known,
/// without anybody vouching for it.
fn told_anew(known: &[Identifier], event: &Event) -> Vec<Identifier> {
    if !event.identifiers.is_empty() {
        return event.identifiers.clone();
    }
    let mut claimed: Vec<Identifier> = known
        .iter()
        .map(|identifier| Identifier {
            value: identifier.value.clone(),
            assurance: identifier.assurance.min(Assurance::Claimed),
        })
        .collect();
    Identifier::sort(&mut claimed);
    claimed
}
