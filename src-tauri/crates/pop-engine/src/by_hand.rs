//! What a person fills in for the way to the broker: a broker without enrolment, and the proxy.
//!
//! What is said of them goes into the user's settings, and the secret into the vault. What the
//! organisation has set stays as it is: then only the secret is the person's to give.

use pop_core::refusal::Refusal;
use pop_core::secret::Secret;
use pop_core::settings::{self, Broker, Proxy, Topics};
use pop_core::status::WayKept;
use pop_source::broker::{self, Address};
use pop_store::AuditAction;

use crate::files;
use crate::gateway::{PASSWORD, PROXY, secret};
use crate::room::Room;
use crate::tick::Refused;

/// A part of the way to the broker; nothing removes it, and its secret with it.
pub enum Way {
    /// A broker without enrolment.
    Broker(Option<Broker>),
    /// The proxy before it.
    Proxy(Option<Proxy>),
}

impl Way {
    /// The name of its secret in the vault, and of its table in the settings.
    fn names(&self) -> (&'static str, &'static str) {
        match self {
            Self::Broker(_) => (PASSWORD, "source.gateway.broker"),
            Self::Proxy(_) => (PROXY, "source.gateway.proxy"),
        }
    }

    /// Whether it is of use only with a secret.
    fn signs_in(&self) -> bool {
        match self {
            Self::Broker(broker) => broker.is_some(),
            Self::Proxy(proxy) => proxy.as_ref().is_some_and(|proxy| proxy.user.is_some()),
        }
    }

    /// What does not fit: the field, and the name of what is said about it.
    fn faults(&self, allow_loopback: bool) -> Vec<(&'static str, &'static str)> {
        match self {
            Self::Broker(None) | Self::Proxy(None) => Vec::new(),
            Self::Broker(Some(broker)) => of_broker(broker, allow_loopback),
            Self::Proxy(Some(proxy)) => {
                let fits = proxy.url.is_empty() || broker::Proxy::parse(&proxy.url, None).is_some();
                let wrong = (!fits).then_some(("url", "way-proxy_address"));
                wrong.into_iter().collect()
            }
        }
    }
}

fn of_broker(broker: &Broker, allow_loopback: bool) -> Vec<(&'static str, &'static str)> {
    let Broker {
        urls,
        username,
        client_id: _,
        topics,
    } = broker;
    let Topics {
        interactions,
        control,
        ack,
        presence,
    } = topics;
    let is_address = |text: &String| Address::parse(text, allow_loopback).is_ok();
    let is_topic = |text: &String| !text.is_empty() && !text.contains(['#', '+']);
    let is_name = |topic: &Option<String>| topic.as_ref().is_none_or(is_topic);
    let checks = [
        (
            "urls",
            !urls.is_empty() && urls.iter().all(is_address),
            "way-broker_address",
        ),
        ("username", !username.trim().is_empty(), "way-needed"),
        ("interactions", is_topic(interactions), "way-topic"),
        ("control", is_name(control), "way-topic"),
        ("ack", is_name(ack), "way-topic"),
        ("presence", is_name(presence), "way-topic"),
    ];
    let wrong = checks.into_iter().filter(|(_, fits, _)| !fits);
    wrong.map(|(field, _, why)| (field, why)).collect()
}

impl Room {
    /// Takes what was filled in, and goes that way; or says what is wrong with which field.
    /// Without a secret the kept one stays.
    pub(crate) async fn set_way(
        &mut self,
        way: Way,
        given: Option<Secret>,
    ) -> Result<Vec<(&'static str, String)>, Refused> {
        let Some(vault) = self.secrets.vault().cloned() else {
            return Err(self.refused(&Refusal::KeychainLocked));
        };
        let (name, table) = way.names();
        let way = self.as_organised(way, table);
        let given = given.filter(|secret| !secret.is_empty());
        let mut faults = way.faults(self.status.settings.security.allow_loopback_http);
        if way.signs_in() && given.is_none() && secret(&vault, name).is_none() {
            faults.push(("secret", "way-needed"));
        }
        if !way.signs_in() && given.is_some() {
            faults.push(("user", "way-needed"));
        }
        if !faults.is_empty() {
            let language = self.status.language();
            let told = faults.into_iter();
            return Ok(told
                .map(|(field, why)| (field, language.say(why, &[])))
                .collect());
        }
        if !self.is_organised(table) {
            let text = files::user_text(&self.places);
            let text = match &way {
                Way::Broker(broker) => settings::set_broker(&text, broker.as_ref()),
                Way::Proxy(proxy) => settings::set_proxy(&text, proxy.as_ref()),
            };
            let text = text.map_err(|fault| self.refused(&Refusal::Setting(fault.to_string())))?;
            self.write_settings(&text)?;
        }
        let kept = match given {
            Some(secret) => vault.put(name, &secret),
            None if way.signs_in() => Ok(()),
            None => vault.forget(name),
        };
        kept.map_err(|error| self.refused(&Refusal::Vault(error.to_string())))?;
        self.reload().await;
        self.switch_gateway().await;
        self.hurry_gateway();
        self.audit(AuditAction::Configured, table).await;
        self.draw_status();
        Ok(Vec::new())
    }

    /// What the organisation has set, in place of what was filled in.
    fn as_organised(&self, way: Way, table: &str) -> Way {
        if !self.is_organised(table) {
            return way;
        }
        let wanted = &self.status.settings.source.gateway;
        match way {
            Way::Broker(_) => Way::Broker(wanted.broker.clone()),
            Way::Proxy(_) => Way::Proxy(wanted.proxy.clone()),
        }
    }

    fn is_organised(&self, table: &str) -> bool {
        self.status.locks(table)
    }

    /// Which secrets of the way are kept.
    pub(crate) fn way_kept(&self) -> WayKept {
        let Some(vault) = self.secrets.vault() else {
            return WayKept::default();
        };
        WayKept {
            broker: secret(vault, PASSWORD).is_some(),
            proxy: secret(vault, PROXY).is_some(),
        }
    }
}
