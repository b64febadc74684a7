//! What the desk is allowed and told to do; it comes from the settings.

use std::time::Duration;

use crate::desk::wrap_up::WrapUpPolicy;
use crate::interaction::{AgentRef, InteractionKey};
use crate::profile::ConnectionId;
use crate::ruling::Rules;

/// What the desk is allowed and told to do.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    /// When the record opens by itself.
    pub open: OpenPolicy,
    /// When it does for what the agent began, such as a call that the agent makes.
    pub open_outbound: OpenPolicy,
    /// The agent's id in the contact centre; `None`: this desktop takes every event.
    pub agent_id: Option<String>,
    /// The agent's work e-mail address.
    pub agent_email: Option<String>,
    /// Everything that is connected, the most important first: also what cannot be asked now, so
    /// that nobody counts as unknown to a CRM that has not answered.
    pub connections: Vec<ConnectionId>,
    /// Interactions that already had their card, before the program was started.
    pub already: Vec<InteractionKey>,
    /// What is asked when an interaction is over.
    pub wrap_up: WrapUpPolicy,
    /// How long after an interaction a copy of what connections told of its customer is kept;
    /// `None`: no copy is.
    pub saved_copy: Option<Duration>,
    /// What is special about interactions and customers.
    pub rules: Rules,
}

impl Policy {
    /// Whether an event is for the agent of this desktop (rule P2).
    ///
    /// Without an id and an address of our own every event is; with one, an event that names an
    /// agent must name this one.
    pub fn is_mine(&self, agent: &AgentRef) -> bool {
        self.names_me(agent).unwrap_or_else(|| {
            let unknown_here = self.agent_id.is_none() && self.agent_email.is_none();
            unknown_here || (agent.id.is_none() && agent.email.is_none())
        })
    }

    /// Whether this names the agent of this desktop; `None` when there is nothing to compare.
    pub fn names_me(&self, agent: &AgentRef) -> Option<bool> {
        let same = |ours: Option<&String>, theirs: Option<&String>| {
            ours.zip(theirs)
                .map(|(ours, theirs)| ours.eq_ignore_ascii_case(theirs))
        };
        let by_id = same(self.agent_id.as_ref(), agent.id.as_ref());
        let by_email = same(self.agent_email.as_ref(), agent.email.as_ref());
        match (by_id, by_email) {
            (Some(false), _) | (_, Some(false)) => Some(false),
            (Some(true), _) | (_, Some(true)) => Some(true),
            (None, None) => None,
        }
    }
}

/// When the record opens by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenPolicy {
    /// When the interaction is offered.
    Offer,
    /// When the agent accepts it.
    Accept,
    /// Never.
    Never,
}
