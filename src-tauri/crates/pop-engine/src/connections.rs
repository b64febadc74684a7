//! The connected CRMs, built from the settings, the vault and the definitions.
//!
//! One that the settings name is known from the start, even if it cannot be asked: see [`Reach`].

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use pop_core::clock::Clock;
use pop_core::fault::{Fault, FaultKind};
use pop_core::http::{Http, HttpFault};
use pop_core::link::LoopbackOrigin;
use pop_core::phone::PhoneRules;
use pop_core::profile::ConnectionId;
use pop_core::secret::Secret;
use pop_core::settings::{self, FileFault, Settings};
use pop_core::status::ConnectionStatus;
use pop_core::tokens::Tokens;
use pop_crm::{Account, AuthChoice, Budgets, Connection, Definition, Traffic};
use pop_store::Vault;

use crate::account::{NotConnected, SANDBOX, account, address_of, fault, sandbox};
use crate::definitions::Definitions;
use crate::grants::VaultTokens;
use crate::making::Making;
use crate::policy::allowed;
use crate::ports::{Access, Network};

/// Everything that is connected.
#[derive(Clone, Default)]
pub(crate) struct Connections {
    by_id: BTreeMap<ConnectionId, Reach>,
    /// What each is made of, so that one of which nothing changed stays the same.
    made_of: BTreeMap<ConnectionId, Making>,
    pub(crate) order: Vec<ConnectionId>,
}

/// Whether a connection can be asked.
#[derive(Clone)]
pub(crate) enum Reach {
    /// It can.
    Ready(Arc<Connection>),
    /// Not yet: the vault or the embedded CRM is starting.
    Starting,
    /// It cannot, and why.
    Not(Fault),
}

/// The embedded CRM.
pub(crate) enum Sandbox {
    Off,
    Starting,
    Running(Access),
    Failed,
}

/// What connections are built from.
pub(crate) struct Parts<'p> {
    pub(crate) settings: &'p Settings,
    pub(crate) definitions: &'p Definitions,
    pub(crate) locked: &'p [String],
    pub(crate) vault: Option<&'p Arc<Vault>>,
    /// How a connection is reached whose sign-in is not there.
    pub(crate) unsigned: Reach,
    pub(crate) sandbox: &'p Sandbox,
    pub(crate) phone_rules: &'p PhoneRules,
    pub(crate) clock: &'p Arc<dyn Clock>,
    pub(crate) traffic: &'p Arc<Traffic>,
    pub(crate) network: &'p dyn Network,
    /// Those of now, which stay where nothing of them changes.
    pub(crate) before: &'p Connections,
}

/// What came of building them.
pub(crate) struct Built {
    pub(crate) connections: Connections,
    pub(crate) status: Vec<ConnectionStatus>,
    pub(crate) faults: Vec<FileFault>,
    /// Connections that go to plain http on this computer.
    pub(crate) plain: Vec<ConnectionId>,
}

impl Connections {
    pub(crate) fn reach(&self, id: &ConnectionId) -> Option<Reach> {
        self.by_id.get(id).cloned()
    }

    /// A connection, if it can be asked.
    pub(crate) fn get(&self, id: &ConnectionId) -> Option<Arc<Connection>> {
        match self.by_id.get(id) {
            Some(Reach::Ready(connection)) => Some(Arc::clone(connection)),
            Some(Reach::Starting | Reach::Not(_)) | None => None,
        }
    }

    /// A connection that stays as it is, if it is made of just this.
    fn as_it_is(&self, id: &ConnectionId, making: &Making) -> Option<Arc<Connection>> {
        let is_same = self.made_of.get(id) == Some(making);
        self.get(id)
            .filter(|connection| is_same && !connection.needs_sign_in())
    }

    /// Lets a connection be made anew the next time: somebody signed in.
    pub(crate) fn renew(&mut self, id: &ConnectionId) {
        self.made_of.remove(id);
    }

    /// Those that can be asked, the most important first.
    pub(crate) fn all(&self) -> Vec<(ConnectionId, Arc<Connection>)> {
        let all = self.order.iter();
        all.filter_map(|id| Some((id.clone(), self.get(id)?)))
            .collect()
    }

    /// Those that cannot be asked, and why; what is only starting is none of them.
    pub(crate) fn not_ready(&self) -> Vec<(ConnectionId, Fault)> {
        self.order
            .iter()
            .filter_map(|id| Some((id.clone(), self.by_id.get(id)?.fault()?.clone())))
            .collect()
    }

    /// Those that can be asked now and could not be asked before.
    pub(crate) fn ready_since(&self, before: &Self) -> Vec<ConnectionId> {
        let ready = |connections: &Self| -> BTreeSet<ConnectionId> {
            connections.all().into_iter().map(|(id, _)| id).collect()
        };
        ready(self).difference(&ready(before)).cloned().collect()
    }
}

impl Parts<'_> {
    /// Builds every connection that can be built, and says what is wrong with the others.
    pub(crate) fn build(&self) -> Built {
        let mut built = Built {
            connections: Connections::default(),
            status: Vec::new(),
            faults: Vec::new(),
            plain: Vec::new(),
        };
        let loopback = self.loopback();
        let http = self.network.client(loopback.clone());
        if let Err(why) = &http {
            tracing::error!(%why, "there can be no HTTP client");
            let expected = "a client for the network";
            built.faults.push(fault("network", why.clone(), expected));
        }
        let http = http.ok();
        for (name, configured) in &self.settings.connections {
            let secret = self.kept_secret(name);
            let made = self.make(name, configured, secret, http.as_ref(), &loopback);
            self.add(name, configured, made, &mut built);
        }
        self.add_sandbox(http.as_ref(), &loopback, &mut built);
        built
    }

    /// Loads the definition of a connection that has this name in the settings.
    pub(crate) fn load(
        &self,
        name: &str,
        configured: &settings::Connection,
    ) -> Result<Definition, Vec<FileFault>> {
        let key = format!("connections.{name}.definition");
        let is_managed = self.locked.contains(&key);
        self.definitions.load(name, configured, is_managed)
    }

    /// Loads the definition and connects, as far as that is possible.
    fn make(
        &self,
        name: &str,
        configured: &settings::Connection,
        secret: Option<Secret>,
        http: Option<&Arc<dyn Http>>,
        loopback: &[LoopbackOrigin],
    ) -> Made {
        let definition = match self.load(name, configured) {
            Ok(definition) => Arc::new(definition),
            Err(faults) => {
                return Made {
                    reach: self.cannot_be_asked(),
                    faults,
                    definition: None,
                    making: None,
                };
            }
        };
        let making = self.making(name, configured, secret.as_ref(), loopback);
        if let Some(connection) = self
            .before
            .as_it_is(&ConnectionId(name.to_owned()), &making)
        {
            return Made {
                reach: Reach::Ready(connection),
                faults: Vec::new(),
                definition: Some(definition),
                making: Some(making),
            };
        }
        let connected = http.map(|http| {
            let shared = Arc::clone(&definition);
            let account = Account {
                auth: AuthChoice::of(configured, &definition, secret),
                ..self.account(name, configured, shared, loopback.to_vec())
            };
            let tokens = Arc::new(VaultTokens(self.vault.cloned()));
            self.connect(account, Arc::clone(http), tokens)
        });
        let (reach, faults) = match connected {
            Some(Ok(connection)) if connection.needs_sign_in() => {
                (self.unsigned.clone(), Vec::new())
            }
            Some(Ok(connection)) => (Reach::Ready(Arc::new(connection)), Vec::new()),
            Some(Err(not)) if not.files.is_empty() => (self.unsigned.clone(), Vec::new()),
            Some(Err(not)) => (self.cannot_be_asked(), not.files),
            None => (self.cannot_be_asked(), Vec::new()),
        };
        Made {
            reach,
            faults,
            definition: Some(definition),
            making: Some(making),
        }
    }

    fn add(&self, name: &str, configured: &settings::Connection, made: Made, built: &mut Built) {
        let id = ConnectionId(name.to_owned());
        let (prefix, definition) = (format!("connections.{name}."), made.definition.as_deref());
        let can = match &made.reach {
            Reach::Ready(connection) => Some(connection.capabilities()),
            Reach::Starting | Reach::Not(_) => None,
        };
        let status = ConnectionStatus {
            id: id.clone(),
            label: configured.label.clone(),
            crm: definition
                .map_or(&*configured.definition, Definition::name)
                .to_owned(),
            address: definition
                .map(|definition| address_of(definition, configured))
                .unwrap_or_default(),
            sandbox: name == SANDBOX,
            managed: self.locked.iter().any(|locked| locked.starts_with(&prefix)),
            latency: None,
            slow: false,
            heard: None,
            sign_in_ends: None,
            signed_in_as: None,
            next_try: None,
            opens_search: can.as_ref().is_some_and(|can| can.search_page),
            opens_accounts: can.as_ref().is_some_and(|can| can.accounts),
            actions: can.map_or_else(Vec::new, |can| allowed(self.settings, can.actions)),
            waits_until: None,
            allowances: Vec::new(),
            fault: made
                .reach
                .fault()
                .filter(|_| made.faults.is_empty())
                .cloned(),
        };
        if !status.sandbox && status.address.starts_with("http://") {
            built.plain.push(id.clone());
        }
        built.faults.extend(made.faults);
        if let Some(making) = made.making {
            built.connections.made_of.insert(id.clone(), making);
        }
        built.connections.by_id.insert(id.clone(), made.reach);
        built.connections.order.push(id);
        built.status.push(status);
    }

    /// The embedded CRM's connection: known as soon as it is switched on.
    fn add_sandbox(
        &self,
        http: Option<&Arc<dyn Http>>,
        loopback: &[LoopbackOrigin],
        built: &mut Built,
    ) {
        let not_running = |reach| {
            let made = Made {
                reach,
                faults: Vec::new(),
                definition: None,
                making: None,
            };
            (sandbox(None).0, made)
        };
        let (configured, made) = match self.sandbox {
            Sandbox::Off => return,
            Sandbox::Starting => not_running(Reach::Starting),
            Sandbox::Failed => not_running(self.not(FaultKind::Network(HttpFault::Refused))),
            Sandbox::Running(access) => {
                let (configured, token) = sandbox(Some(access));
                let made = self.make(SANDBOX, &configured, token, http, loopback);
                (configured, made)
            }
        };
        self.add(SANDBOX, &configured, made, built);
    }

    fn cannot_be_asked(&self) -> Reach {
        self.not(FaultKind::Network(HttpFault::BadRequest))
    }

    fn not(&self, kind: FaultKind) -> Reach {
        Reach::Not(Fault::new(kind, self.clock.now()))
    }

    /// An account as the settings say it, without its secrets.
    pub(crate) fn account(
        &self,
        name: &str,
        configured: &settings::Connection,
        definition: Arc<Definition>,
        loopback: Vec<LoopbackOrigin>,
    ) -> Account {
        Account {
            id: ConnectionId(name.to_owned()),
            definition,
            settings: configured.fields.clone(),
            auth: AuthChoice {
                method: configured.method.clone(),
                secrets: BTreeMap::new(),
            },
            phone_rules: self.phone_rules.clone(),
            loopback,
            budgets: Budgets::default(),
        }
    }

    pub(crate) fn connect(
        &self,
        account: Account,
        http: Arc<dyn Http>,
        tokens: Arc<dyn Tokens>,
    ) -> Result<Connection, NotConnected> {
        let name = account.id.0.clone();
        let ports = pop_crm::Ports {
            http,
            clock: Arc::clone(self.clock),
            traffic: Arc::clone(self.traffic),
            tokens,
        };
        Connection::open(account, ports).map_err(|faults| NotConnected::of(&name, faults))
    }

    /// The secret that the vault keeps for a connection.
    pub(crate) fn kept_secret(&self, name: &str) -> Option<Secret> {
        let kept = self.vault?.get(&account(name));
        kept.unwrap_or_else(|error| {
            tracing::warn!(%error, "a connection's secret cannot be read");
            None
        })
    }

    /// The origins that may be reached by plain http: the sandbox of this run, and what machine
    /// policy permits.
    pub(crate) fn loopback(&self) -> Vec<LoopbackOrigin> {
        let sandbox = match self.sandbox {
            Sandbox::Running(access) => Some(access.origin.clone()),
            Sandbox::Off | Sandbox::Starting | Sandbox::Failed => None,
        };
        let permitted = self
            .settings
            .connections
            .values()
            .flat_map(|configured| self.permitted(configured));
        sandbox.into_iter().chain(permitted).collect()
    }

    pub(crate) fn permitted(&self, configured: &settings::Connection) -> Vec<LoopbackOrigin> {
        if !self.settings.security.allow_loopback_http {
            return Vec::new();
        }
        configured
            .fields
            .values()
            .filter_map(serde_json::Value::as_str)
            .filter_map(LoopbackOrigin::permitted_by_machine_policy)
            .collect()
    }
}

/// What came of making one connection.
struct Made {
    reach: Reach,
    faults: Vec<FileFault>,
    definition: Option<Arc<Definition>>,
    making: Option<Making>,
}

impl Reach {
    fn fault(&self) -> Option<&Fault> {
        match self {
            Self::Not(fault) => Some(fault),
            Self::Ready(_) | Self::Starting => None,
        }
    }
}
