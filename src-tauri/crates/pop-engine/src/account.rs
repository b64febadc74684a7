//! One connection's account, as its settings, its definition and its secret make it.
//!
//! Here is what goes into a connection and what can be wrong with it; which connections there are
//! and how each is reached is in `connections.rs`.

use pop_core::secret::Secret;
use pop_core::settings::{self, FileFault};
use pop_crm::{ConnectFault, Definition, LoadFault, SettingKind};

use crate::ports::Access;

/// The name of the sandbox's connection.
pub(crate) const SANDBOX: &str = "sandbox";

/// What the sandbox's connection is called, and the definition it speaks.
const SANDBOX_LABEL: &str = "Sandbox";
const SANDBOX_DEFINITION: &str = "rest";

/// The definition's name of the sandbox's way to sign in.
const SANDBOX_METHOD: &str = "token";

/// Why a connection could not be made.
#[derive(Default)]
pub(crate) struct NotConnected {
    /// Mistakes in the settings or the definition.
    pub(crate) files: Vec<FileFault>,
    /// What the way to sign in still needs.
    pub(crate) sign_in: Option<String>,
}

impl NotConnected {
    pub(crate) fn files(files: Vec<FileFault>) -> Self {
        Self {
            files,
            sign_in: None,
        }
    }

    pub(crate) fn of(name: &str, faults: Vec<ConnectFault>) -> Self {
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

/// What a form gives, as the settings keep it: yes and no are no words there.
pub(crate) fn typed(configured: &mut settings::Connection, definition: &Definition) {
    let switches = definition.settings().iter();
    for setting in switches.filter(|setting| setting.kind == SettingKind::Switch) {
        if let Some(value) = configured.fields.get_mut(&setting.name)
            && let Some(switch) = value.as_str().and_then(|text| text.parse::<bool>().ok())
        {
            *value = switch.into();
        }
    }
}

/// The sandbox's connection, with the address and token of this run if it runs.
pub(crate) fn sandbox(access: Option<&Access>) -> (settings::Connection, Option<Secret>) {
    let server = access.map(|access| ("server".to_owned(), access.origin.as_str().into()));
    // It knows a repetition by its key, over restarts too, and everything may be tried in it.
    let can = ["idempotent", "set_tier"].map(|name| (name.to_owned(), true.into()));
    let configured = settings::Connection {
        definition: SANDBOX_DEFINITION.to_owned(),
        label: SANDBOX_LABEL.to_owned(),
        fields: server.into_iter().chain(can).collect(),
        method: SANDBOX_METHOD.to_owned(),
        user: None,
        overlay: None,
        test_customer: None,
    };
    let token = access.map(|access| {
        let reason = "the sandbox's own token goes to the sandbox's connection";
        Secret::new(access.token.expose(reason).to_owned())
    });
    (configured, token)
}

/// The server's address as the settings give it: the first place the definition asks for.
pub(crate) fn address_of(definition: &Definition, configured: &settings::Connection) -> String {
    definition
        .settings()
        .iter()
        .filter(|setting| matches!(setting.kind, SettingKind::Origin | SettingKind::Host))
        .find_map(|setting| configured.fields.get(&setting.name)?.as_str())
        .unwrap_or_default()
        .to_owned()
}

/// What is wrong with a definition, as what is wrong with settings is shown.
pub(crate) fn faults_of(faults: Vec<LoadFault>) -> Vec<FileFault> {
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

pub(crate) fn fault(key: &str, found: String, expected: &str) -> FileFault {
    FileFault {
        file: "settings".to_owned(),
        line: 0,
        key: key.to_owned(),
        found,
        expected: expected.to_owned(),
    }
}
