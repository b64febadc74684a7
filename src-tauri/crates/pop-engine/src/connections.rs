//! The connected CRMs, built from the settings, the vault and the definitions.

use std::collections::BTreeMap;
use std::sync::Arc;

use pop_core::clock::Clock;
use pop_core::fault::{Fault, FaultKind};
use pop_core::http::Http;
use pop_core::link::LoopbackOrigin;
use pop_core::phone::PhoneRules;
use pop_core::profile::ConnectionId;
use pop_core::secret::Secret;
use pop_core::settings::{self, FileFault, Settings};
use pop_core::status::ConnectionStatus;
use pop_crm::{
    Account, AuthChoice, Budgets, ConnectFault, Connection, Definition, LoadFault, Overlay,
    SettingKind, Traffic,
};
use pop_store::Vault;

use crate::ports::{Access, Network};

/// The name of the sandbox's connection.
pub(crate) const SANDBOX: &str = "sandbox";

/// What the sandbox's connection is called, and the definition it speaks.
const SANDBOX_LABEL: &str = "Sandbox";
const SANDBOX_DEFINITION: &str = "rest";

/// The definition's name of the sandbox's way to sign in.
const SANDBOX_METHOD: &str = "token";

/// Everything that is connected.
#[derive(Default)]
pub(crate) struct Connections {
    by_id: BTreeMap<ConnectionId, Arc<Connection>>,
    pub(crate) order: Vec<ConnectionId>,
}

/// What connections are built from.
pub(crate) struct Parts<'p> {
    pub(crate) settings: &'p Settings,
    pub(crate) locked: &'p [String],
    pub(crate) vault: Option<&'p Vault>,
    pub(crate) sandbox: Option<&'p Access>,
    pub(crate) phone_rules: &'p PhoneRules,
    pub(crate) clock: &'p Arc<dyn Clock>,
    pub(crate) traffic: &'p Arc<Traffic>,
    pub(crate) network: &'p dyn Network,
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
    pub(crate) fn get(&self, id: &ConnectionId) -> Option<Arc<Connection>> {
        self.by_id.get(id).cloned()
    }

    pub(crate) fn all(&self) -> Vec<(ConnectionId, Arc<Connection>)> {
        self.order
            .iter()
            .filter_map(|id| Some((id.clone(), self.get(id)?)))
            .collect()
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
        let http = match self.network.client(loopback.clone()) {
            Ok(http) => http,
            Err(why) => {
                tracing::error!(%why, "there can be no HTTP client");
                return built;
            }
        };
        for (name, configured) in &self.settings.connections {
            let auth = self.auth_of(name, configured);
            self.add(name, configured, auth, &http, &loopback, &mut built);
        }
        if let Some(access) = self.sandbox {
            let (configured, auth) = sandbox(access);
            self.add(SANDBOX, &configured, auth, &http, &loopback, &mut built);
        }
        built
    }

    /// Builds one connection that is not in the settings yet, to test it.
    pub(crate) fn try_out(
        &self,
        configured: &settings::Connection,
        auth: AuthChoice,
    ) -> Result<Connection, NotConnected> {
        let mut loopback = self.loopback();
        loopback.extend(self.permitted(configured));
        let http = self.network.client(loopback.clone()).map_err(|why| {
            NotConnected::files(vec![fault("new", why, "a client for the network")])
        })?;
        let definition = load("new", configured).map_err(NotConnected::files)?;
        self.connect(
            "new",
            configured,
            Arc::new(definition),
            auth,
            http,
            loopback,
        )
    }

    fn add(
        &self,
        name: &str,
        configured: &settings::Connection,
        auth: AuthChoice,
        http: &Arc<dyn Http>,
        loopback: &[LoopbackOrigin],
        built: &mut Built,
    ) {
        let id = ConnectionId(name.to_owned());
        let prefix = format!("connections.{name}.");
        let mut status = ConnectionStatus {
            id: id.clone(),
            label: configured.label.clone(),
            crm: configured.definition.clone(),
            address: String::new(),
            sandbox: name == SANDBOX,
            managed: self.locked.iter().any(|locked| locked.starts_with(&prefix)),
            latency: None,
            slow: false,
            signed_in_as: None,
            fault: None,
        };
        match load(name, configured) {
            Ok(definition) => {
                definition.name().clone_into(&mut status.crm);
                status.address = address_of(&definition, configured);
                let (definition, http) = (Arc::new(definition), Arc::clone(http));
                match self.connect(name, configured, definition, auth, http, loopback.to_vec()) {
                    Ok(connection) => {
                        built
                            .connections
                            .by_id
                            .insert(id.clone(), Arc::new(connection));
                        built.connections.order.push(id.clone());
                    }
                    Err(not) => {
                        built.faults.extend(not.files);
                        let now = self.clock.now();
                        status.fault = Some(Fault::new(FaultKind::SignInNeeded, now))
                            .filter(|_| not.sign_in.is_some());
                    }
                }
            }
            Err(faults) => built.faults.extend(faults),
        }
        if !status.sandbox && status.address.starts_with("http://") {
            built.plain.push(id);
        }
        built.status.push(status);
    }

    fn connect(
        &self,
        name: &str,
        configured: &settings::Connection,
        definition: Arc<Definition>,
        auth: AuthChoice,
        http: Arc<dyn Http>,
        loopback: Vec<LoopbackOrigin>,
    ) -> Result<Connection, NotConnected> {
        let account = Account {
            id: ConnectionId(name.to_owned()),
            definition,
            settings: configured.fields.clone(),
            auth,
            phone_rules: self.phone_rules.clone(),
            loopback,
            budgets: Budgets::default(),
        };
        let ports = pop_crm::Ports {
            http,
            clock: Arc::clone(self.clock),
            traffic: Arc::clone(self.traffic),
        };
        Connection::open(account, ports).map_err(|faults| NotConnected::of(name, faults))
    }

    fn auth_of(&self, name: &str, configured: &settings::Connection) -> AuthChoice {
        let secret = self
            .vault
            .and_then(|vault| match vault.get(&account(name)) {
                Ok(secret) => secret,
                Err(error) => {
                    tracing::warn!(%error, "a connection's secret cannot be read");
                    None
                }
            });
        auth(configured, secret)
    }

    /// The origins that may be reached by plain http: the sandbox of this run, and what machine
    /// policy permits.
    fn loopback(&self) -> Vec<LoopbackOrigin> {
        let sandbox = self.sandbox.map(|access| access.origin.clone());
        let permitted = self
            .settings
            .connections
            .values()
            .flat_map(|configured| self.permitted(configured));
        sandbox.into_iter().chain(permitted).collect()
    }

    fn permitted(&self, configured: &settings::Connection) -> Vec<LoopbackOrigin> {
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

/// Why a connection could not be made.
#[derive(Default)]
pub(crate) struct NotConnected {
    /// Mistakes in the settings or the definition.
    pub(crate) files: Vec<FileFault>,
    /// What the way to sign in still needs.
    pub(crate) sign_in: Option<String>,
}

impl NotConnected {
    fn files(files: Vec<FileFault>) -> Self {
        Self {
            files,
            sign_in: None,
        }
    }

    fn of(name: &str, faults: Vec<ConnectFault>) -> Self {
        let mut not = Self::default();
        for found in faults {
            match found {
                ConnectFault::Setting {
                    name: field,
                    expected,
                } => {
                    let key = format!("connections.{name}.fields.{field}");
                    not.files.push(fault(
                        &key,
                        "a value that does not fit".to_owned(),
                        &expected,
                    ));
                }
                ConnectFault::Auth { expected, .. } => not.sign_in = Some(expected),
                ConnectFault::Definition(found) => not.files.extend(faults_of(vec![found])),
            }
        }
        not
    }
}

/// The name of a connection's secret in the vault.
pub(crate) fn account(connection: &str) -> String {
    format!("connection {connection}")
}

/// What a way to sign in needs, from the one secret that the vault keeps.
pub(crate) fn auth(configured: &settings::Connection, secret: Option<Secret>) -> AuthChoice {
    let mut secrets = BTreeMap::new();
    match (&configured.user, secret) {
        (Some(user), Some(secret)) => {
            secrets.insert("username".to_owned(), Secret::new(user.clone()));
            secrets.insert("password".to_owned(), secret);
        }
        (None, Some(secret)) => {
            secrets.insert("secret".to_owned(), secret);
        }
        (None | Some(_), None) => {}
    }
    AuthChoice {
        method: configured.method.clone(),
        secrets,
    }
}

fn sandbox(access: &Access) -> (settings::Connection, AuthChoice) {
    let configured = settings::Connection {
        definition: SANDBOX_DEFINITION.to_owned(),
        label: SANDBOX_LABEL.to_owned(),
        fields: [("server".to_owned(), access.origin.as_str().into())].into(),
        method: SANDBOX_METHOD.to_owned(),
        user: None,
        overlay: None,
    };
    let token = access
        .token
        .expose("the sandbox's own token goes to the sandbox's connection");
    let auth = auth(&configured, Some(Secret::new(token.to_owned())));
    (configured, auth)
}

fn load(name: &str, configured: &settings::Connection) -> Result<Definition, Vec<FileFault>> {
    let Some((id, text)) = pop_crm::built_in()
        .iter()
        .find(|(id, _)| *id == configured.definition)
    else {
        let known: Vec<&str> = pop_crm::built_in().iter().map(|(id, _)| *id).collect();
        let key = format!("connections.{name}.definition");
        let expected = format!("one of {}", known.join(", "));
        return Err(vec![fault(&key, configured.definition.clone(), &expected)]);
    };
    let overlays: Vec<Overlay> = configured
        .overlay
        .iter()
        .map(|text| Overlay {
            file: format!("connections.{name}.overlay"),
            text: text.clone(),
        })
        .collect();
    Definition::load(&format!("{id}.toml"), text, &overlays).map_err(faults_of)
}

/// The server's address as the settings give it: the first place the definition asks for.
fn address_of(definition: &Definition, configured: &settings::Connection) -> String {
    definition
        .settings()
        .iter()
        .filter(|setting| matches!(setting.kind, SettingKind::Origin | SettingKind::Host))
        .find_map(|setting| configured.fields.get(&setting.name)?.as_str())
        .unwrap_or_default()
        .to_owned()
}

fn faults_of(faults: Vec<LoadFault>) -> Vec<FileFault> {
    faults
        .into_iter()
        .map(|fault| FileFault {
            file: fault.file,
            line: u32::try_from(fault.line).unwrap_or(u32::MAX),
            key: fault.key,
            found: fault.found,
            expected: fault.expected,
        })
        .collect()
}

fn fault(key: &str, found: String, expected: &str) -> FileFault {
    FileFault {
        file: "settings".to_owned(),
        line: 0,
        key: key.to_owned(),
        found,
        expected: expected.to_owned(),
    }
}
