//! The connections of the settings, made as the app makes them, without its vault.
//!
//! The sign-ins of a person lie in the app's vault, whose key is in the keychain of that person's
//! desktop; an admin's tool has no keychain (rule K4). Who signs in here does it with a secret from
//! a file that nobody else may read. Nothing is written, in no CRM and on no disk.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use pop_core::link::LoopbackOrigin;
use pop_core::profile::ConnectionId;
use pop_core::secret::Secret;
use pop_core::settings;
use pop_core::tokens::MemoryTokens;
use pop_crm::{
    Account, AuthChoice, Budgets, ConnectFault, Connection, Definition, LoadFault, Overlay, Ports,
    ReqwestHttp, SystemClock, Traffic, built_in,
};
use zeroize::Zeroizing;

use crate::bundle::keys::is_open_to_others;
use crate::fault::Fault;
use crate::layers::InForce;

/// One connection of the settings.
pub(crate) struct Configured<'c> {
    pub(crate) name: &'c str,
    pub(crate) settings: &'c settings::Connection,
    pub(crate) in_force: &'c InForce,
}

impl Configured<'_> {
    /// Its definition: one that comes with the program, the bundle's, or this file.
    pub(crate) fn definition(
        &self,
        own: Option<&Path>,
    ) -> Result<Result<Definition, Vec<LoadFault>>, Fault> {
        let overlay = self.settings.overlay.as_ref().map(|text| Overlay {
            file: format!("connections.{}.overlay", self.name),
            text: text.clone(),
        });
        let overlays: Vec<_> = overlay.into_iter().collect();
        let id = &self.settings.definition;
        if let Some(path) = own {
            let text = content(path)?;
            let file = path.display().to_string();
            return Ok(Definition::load_own(&file, &text, &overlays));
        }
        let file = format!("{id}.toml");
        if let Some((_, text)) = built_in().iter().find(|(known, _)| known == id) {
            return Ok(Definition::load(&file, text, &overlays));
        }
        let bundle = self.in_force.bundle.as_ref();
        let brought = bundle.and_then(|bundle| bundle.definitions.get(id));
        let embedded = brought.ok_or_else(|| Fault::NoSuchDefinition(id.clone()))?;
        Ok(Definition::load_own(&file, &embedded.text, &overlays))
    }

    /// Its account, with the secret that signs it in.
    pub(crate) fn account(&self, definition: Definition, secret: Option<Secret>) -> Account {
        Account {
            id: ConnectionId(self.name.to_owned()),
            auth: AuthChoice::of(self.settings, &definition, secret),
            definition: Arc::new(definition),
            settings: self.settings.fields.clone(),
            phone_rules: self.in_force.settings.phone.rules(),
            loopback: self.loopback(),
            budgets: Budgets::default(),
        }
    }

    /// A way to its server.
    pub(crate) fn ports(&self) -> Result<Ports, Fault> {
        let http = ReqwestHttp::new(self.loopback());
        Ok(Ports {
            http: Arc::new(http.map_err(|fault| Fault::NoClient(fault.to_string()))?),
            clock: Arc::new(SystemClock),
            traffic: Arc::new(Traffic::default()),
            tokens: Arc::new(MemoryTokens::default()),
        })
    }

    /// The connection as far as it goes without anybody's answer.
    pub(crate) fn dry(&self, definition: Definition) -> Result<Connection, Fault> {
        let made = Connection::dry(
            &Arc::new(definition),
            &self.settings.fields,
            self.loopback(),
        );
        made.map_err(|faults| self.wrong(&faults))
    }

    /// What is wrong with it, for people.
    pub(crate) fn wrong(&self, faults: &[ConnectFault]) -> Fault {
        let faults = faults.iter().map(|fault| match fault {
            ConnectFault::Setting { name, expected } => {
                format!("its field {name} needs {expected}")
            }
            ConnectFault::Auth { method, expected } => {
                format!("its way to sign in, {method}, needs {expected}")
            }
            ConnectFault::Definition(fault) => fault.to_string(),
        });
        Fault::Connection {
            name: self.name.to_owned(),
            why: faults.collect::<Vec<_>>().join("; "),
        }
    }

    /// The plain-http origins on this computer that machine policy permits (rule N5).
    fn loopback(&self) -> Vec<LoopbackOrigin> {
        if !self.in_force.settings.security.allow_loopback_http {
            return Vec::new();
        }
        let texts = self.settings.fields.values();
        let texts = texts.filter_map(serde_json::Value::as_str);
        texts
            .filter_map(LoopbackOrigin::permitted_by_machine_policy)
            .collect()
    }
}

/// Reads a token, key or password from a file that nobody else may read (rule K4).
pub(crate) fn secret(path: &Path) -> Result<Secret, Fault> {
    let file = |source| Fault::File {
        path: path.to_owned(),
        source,
    };
    if is_open_to_others(path).map_err(file)? {
        return Err(Fault::KeyIsOpen(path.to_owned()));
    }
    let text = Zeroizing::new(fs::read_to_string(path).map_err(file)?);
    Ok(Secret::new(text.trim_end().to_owned()))
}

pub(crate) fn content(path: &Path) -> Result<String, Fault> {
    fs::read_to_string(path).map_err(|source| Fault::File {
        path: path.to_owned(),
        source,
    })
}
