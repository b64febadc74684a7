//! The gateway's broker as part of the engine: which account is used, when its client runs, and
//! what the window shows of it.
//!
//! How a device comes to its account is in `enrolling.rs`.

use std::sync::Arc;

use pop_core::desk::Input;
use pop_core::moment::Moment;
use pop_core::secret::Secret;
use pop_core::settings;
use pop_core::status::GatewayStatus;
use pop_core::stream::StreamFault;
use pop_crm::Ending;
use pop_source::broker::{Address, Broker, BrokerConfig, Proxy, Proxying, Topics};
use pop_source::source::{News, State};
use pop_store::Vault;
use serde::{Deserialize, Serialize};

use crate::room::{Room, Secrets};
use crate::sources::Running;

/// The names of the gateway's secrets in the vault.
pub(crate) const ACCOUNT: &str = "gateway account";
pub(crate) const PASSWORD: &str = "gateway password";
pub(crate) const PROXY: &str = "gateway proxy";

/// What is known of the account at the gateway's broker.
#[derive(Default)]
pub(crate) struct Enrolled {
    /// The agent and the name under which the device is known.
    who: Option<(Option<String>, String)>,
    /// Why nothing is heard although something is set up, and since when.
    fault: Option<(StreamFault, Moment)>,
    /// When the device must sign in again, where its token says so.
    pub(crate) ends: Option<Ending>,
    /// Whether the person is signing in.
    pub(crate) signing_in: bool,
    /// Whether the gateway ended the last sign-in.
    pub(crate) signed_out: bool,
    /// Whether another device of this agent leads: then nothing opens here by itself.
    pub(crate) follows: bool,
}

impl Enrolled {
    /// The gateway's id of the agent who is signed in there.
    pub(crate) fn agent(&self) -> Option<String> {
        self.who.as_ref().and_then(|(agent, _)| agent.clone())
    }
}

/// An account at a broker, as it lies in the vault.
#[derive(Deserialize, Serialize)]
pub(crate) struct Account {
    /// The gateway that gave it.
    pub(crate) gateway: String,
    pub(crate) agent: String,
    pub(crate) username: String,
    pub(crate) client_id: String,
    #[serde(with = "sealed")]
    pub(crate) password: Secret,
    /// The name under which the gateway tells this device from others; none with a broker alone.
    pub(crate) device: Option<String>,
    pub(crate) urls: Vec<String>,
    pub(crate) topics: settings::Topics,
}

/// A secret inside a document that goes into the vault whole and nowhere else.
mod sealed {
    use pop_core::secret::Secret;
    use serde::{Deserialize as _, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(secret: &Secret, into: S) -> Result<S::Ok, S::Error> {
        into.serialize_str(secret.expose("the vault seals the document"))
    }

    pub(super) fn deserialize<'d, D: Deserializer<'d>>(from: D) -> Result<Secret, D::Error> {
        String::deserialize(from).map(Secret::new)
    }
}

impl Account {
    /// The account of this gateway in the vault, if there is one.
    pub(crate) fn kept(vault: &Vault, gateway: &str) -> Option<Self> {
        let text = secret(vault, ACCOUNT)?;
        let text = text.expose("the account holds the broker's password");
        let account: Self = serde_json::from_str(text).ok()?;
        (account.gateway == gateway).then_some(account)
    }
}

pub(crate) fn secret(vault: &Vault, name: &str) -> Option<Secret> {
    vault.get(name).unwrap_or_else(|error| {
        tracing::warn!(%error, "a secret of the gateway cannot be read");
        None
    })
}

impl Room {
    /// Hears what the settings and the sign-in of now say, and no longer what they said before.
    pub(crate) async fn switch_gateway(&mut self) {
        if let Some(running) = self.sources.gateway.take() {
            running.stop().await;
        }
        self.enrolled.who = None;
        self.enrolled.fault = None;
        self.enrolled.ends = None;
        self.enrolled.follows = false;
        self.status.way_kept = self.way_kept();
        match self.broker() {
            Ok(None) => {}
            Ok(Some(config)) => {
                self.enrolled.ends = Ending::of_token(&config.password);
                self.enrolled.who = Some((config.agent.clone(), config.username.clone()));
                let (sink, open) = self.sink();
                let clock = Arc::clone(&self.ports.clock);
                let broker = Broker::start(config, clock, sink);
                self.sources.gateway = Some(Running::new(Arc::new(broker), open));
            }
            Err(fault) => self.enrolled.fault = Some((fault, self.ports.clock.now())),
        }
        self.note_gateway();
    }

    /// What the client of the broker needs; nothing where none is set up, or it is not known yet.
    fn broker(&self) -> Result<Option<BrokerConfig>, StreamFault> {
        let wanted = &self.status.settings.source.gateway;
        if wanted.broker.is_none() && wanted.url.is_none() {
            return Ok(None);
        }
        let vault = match &self.secrets {
            Secrets::Opening => return Ok(None),
            Secrets::Locked(_) => return Err(StreamFault::KeychainLocked),
            Secrets::Open { vault, .. } => vault,
        };
        let (account, agent) = match (&wanted.broker, &wanted.url) {
            (Some(broker), _) => (by_hand(broker, vault)?, None),
            (None, Some(url)) => {
                let account = Account::kept(vault, url).ok_or(self.not_signed_in())?;
                let agent = account.agent.clone();
                (account, Some(agent))
            }
            (None, None) => return Ok(None),
        };
        let loopback = self.status.settings.security.allow_loopback_http;
        let addresses = account.urls.iter();
        let addresses: Result<Vec<_>, _> = addresses
            .map(|text| Address::parse(text, loopback))
            .collect();
        let proxying = proxying(wanted.proxy.as_ref(), vault)?;
        let settings::Topics {
            interactions,
            control,
            ack,
            presence,
        } = account.topics;
        Ok(Some(BrokerConfig {
            addresses: addresses.map_err(|_| StreamFault::Settings)?,
            username: account.username,
            client_id: account.client_id,
            password: account.password,
            topics: Topics {
                interactions,
                control,
                ack,
                presence,
            },
            agent,
            device: account.device,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            trust: self.ports.network.trust()?,
            proxying,
            phone_rules: self.phone_rules.clone(),
            backoff: self.ports.network.backoff(),
        }))
    }

    fn not_signed_in(&self) -> StreamFault {
        if self.enrolled.signed_out {
            StreamFault::SignedOut
        } else {
            StreamFault::SignInNeeded
        }
    }

    /// Takes over what the broker's client says of itself.
    pub(crate) fn note_gateway(&mut self) {
        self.status.gateway = self.gateway_status();
    }

    fn gateway_status(&self) -> GatewayStatus {
        let wanted = &self.status.settings.source.gateway;
        let by_hand = wanted
            .broker
            .as_ref()
            .and_then(|broker| broker.urls.first());
        let Some(place) = by_hand.or(wanted.url.as_ref()).cloned() else {
            return GatewayStatus::Off;
        };
        if self.enrolled.signing_in {
            return GatewayStatus::SigningIn { gateway: place };
        }
        if let Some(running) = &self.sources.gateway {
            let health = running.source.health();
            let account = self.enrolled.who.as_ref().map(|(_, name)| name.clone());
            return match health.state {
                State::Connecting { place } => GatewayStatus::Connecting { broker: place },
                State::Hearing { place, since } => GatewayStatus::Connected {
                    broker: place,
                    account: account.unwrap_or_default(),
                    since,
                    accepted: health.accepted,
                    last: health.last,
                    follows: self.enrolled.follows,
                },
                State::Deaf {
                    place,
                    fault,
                    since,
                } => GatewayStatus::Broken {
                    place,
                    fault,
                    since,
                    signed_in: true,
                },
            };
        }
        match self.enrolled.fault {
            None => GatewayStatus::Connecting { broker: place },
            Some((fault, since)) => GatewayStatus::Broken {
                place,
                fault,
                since,
                signed_in: false,
            },
        }
    }

    /// Hears what a source says beside its events.
    pub(crate) async fn source_told(&mut self, news: News) {
        match news {
            News::Changed => {
                self.draw_status();
                let is_heard = matches!(self.status.gateway, GatewayStatus::Connected { .. });
                if !is_heard {
                    // In doubt every device shows and opens.
                    self.leads(true).await;
                }
            }
            News::Leads(leads) => self.leads(leads).await,
            News::Configuration => {
                self.reload().await;
                self.look_soon();
                self.look_for_bundle().await;
            }
            News::SignOut => {
                tracing::warn!("the gateway has signed this device out");
                self.enrolled.signed_out = true;
                if let Err(refused) = self.forget_gateway().await {
                    tracing::error!(why = %refused.why, "the sign-in could not be forgotten");
                }
            }
        }
    }

    /// Of an agent's devices one leads; nothing opens by itself on the others.
    async fn leads(&mut self, leads: bool) {
        if self.enrolled.follows == leads {
            self.enrolled.follows = !leads;
            self.desk_input(Input::Policy(self.desk_policy(Vec::new())))
                .await;
            self.draw_status();
        }
    }

    /// Tries to reach the broker now.
    pub(crate) fn hurry_gateway(&self) {
        if let Some(running) = &self.sources.gateway {
            running.source.hurry();
        }
    }
}

/// The account of a broker without enrolment.
fn by_hand(broker: &settings::Broker, vault: &Vault) -> Result<Account, StreamFault> {
    let password = secret(vault, PASSWORD).ok_or(StreamFault::SignInNeeded)?;
    let client_id = broker.client_id.as_ref().unwrap_or(&broker.username);
    Ok(Account {
        gateway: String::new(),
        agent: String::new(),
        username: broker.username.clone(),
        client_id: client_id.clone(),
        password,
        device: None,
        urls: broker.urls.clone(),
        topics: broker.topics.clone(),
    })
}

fn proxying(wanted: Option<&settings::Proxy>, vault: &Vault) -> Result<Proxying, StreamFault> {
    let Some(wanted) = wanted else {
        return Ok(Proxying::System);
    };
    if wanted.url.is_empty() {
        return Ok(Proxying::Direct);
    }
    let password = secret(vault, PROXY);
    let login = match (&wanted.user, &password) {
        (Some(user), Some(password)) => Some((user.as_str(), password)),
        (Some(_), None) => return Err(StreamFault::ProxySignIn),
        (None, _) => None,
    };
    let proxy = Proxy::parse(&wanted.url, login).ok_or(StreamFault::Settings)?;
    Ok(Proxying::By(proxy))
}
