//! What the desk may do and how numbers are read, by the settings, the bundle and the connections
//! of now.

use pop_core::desk::{OpenPolicy, Policy};
use pop_core::explain::Held;
use pop_core::phone::{E164, PhoneRules, Region};
use pop_core::ruling::Rules;
use pop_core::settings::Settings;

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

    /// The organisation's rules; where machine policy says when records open, no rule says
    /// otherwise (rule C1), and while nothing opens by itself, none opens anything.
    fn rules(&self, stops: bool) -> Rules {
        let rules = Rules::of(&self.status.settings.rules);
        let set = |names: &[String]| names.iter().any(|name| name == "pop.open");
        if stops || (set(&self.status.locked) && !set(&self.status.by_bundle)) {
            return rules.without_opening();
        }
        rules
    }
}

/// How numbers are read, by the settings.
pub(crate) fn phone_rules(settings: &Settings) -> PhoneRules {
    PhoneRules {
        default_region: settings
            .phone
            .default_region
            .as_deref()
            .and_then(Region::parse),
        own_numbers: settings
            .phone
            .own_numbers
            .iter()
            .filter_map(|raw| E164::parse(raw))
            .collect(),
    }
}
