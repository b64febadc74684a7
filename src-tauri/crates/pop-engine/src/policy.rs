//! What the desk may do, by the settings, the bundle and the connections of now.

use pop_core::action::ActionKind;
use pop_core::desk::{OpenPolicy, Policy};
use pop_core::explain::Held;
use pop_core::ruling::Rules;
use pop_core::settings::Settings;
use pop_core::status::Status;

use crate::room::Room;

impl Room {
    /// What the desk may do, by the settings and connections of now.
    pub(crate) fn desk_policy(
        &self,
        already: Vec<pop_core::interaction::InteractionKey>,
    ) -> Policy {
        let settings = &self.status.settings;
        let stops = self.held().is_some();
        let (open, open_outbound) = if stops {
            (OpenPolicy::Never, OpenPolicy::Never)
        } else {
            (settings.pop.open.into(), settings.pop.open_outbound())
        };
        Policy {
            open,
            open_outbound,
            // Who signed in to the gateway is who sits here.
            agent_id: self.enrolled.agent().or_else(|| settings.agent.id.clone()),
            agent_email: settings.agent.email.clone(),
            connections: self.connections.order.clone(),
            already,
            wrap_up: (&settings.wrap_up).into(),
            saved_copy: settings.history.saved_copy(),
            rules: self.rules(stops),
        }
    }

    /// What keeps every record from opening by itself now.
    pub(crate) fn held(&self) -> Option<Held> {
        if self.bundle.stops_opening(self.ports.clock.now()) {
            Some(Held::BundleOver)
        } else if self.status.paused.is_some() {
            Some(Held::Paused)
        } else {
            self.enrolled.follows.then_some(Held::Follower)
        }
    }

    /// The organisation's rules; while nothing opens by itself, none opens anything.
    fn rules(&self, stops: bool) -> Rules {
        let Status {
            settings,
            locked,
            by_bundle,
            ..
        } = &self.status;
        let rules = Rules::in_force(settings, locked, by_bundle);
        if stops {
            rules.without_opening()
        } else {
            rules
        }
    }
}

/// What of this the organisation lets agents do.
pub(crate) fn allowed(settings: &Settings, mut actions: Vec<ActionKind>) -> Vec<ActionKind> {
    actions.retain(|action| settings.features.allows(*action));
    actions
}
