//! What a bundle says of CRMs: its definitions, what it lays over others, and the links that come
//! of them.
//!
//! Everything is loaded and run as the app would, without a network: definitions with their
//! examples, connections with the settings they are given. The rest of a bundle is `pop-core`'s.

use std::collections::BTreeMap;
use std::sync::Arc;

use pop_core::bundle::{Bundle, Embedded, Wanted};
use pop_core::link::{LinkFault, LoopbackOrigin, RecordUrl};
use pop_core::profile::{Case, ConnectionId, Customer, RecordKind};
use pop_core::settings;
use serde_json::Value;

use crate::built_in::built_in;
use crate::file::fault::LoadFault;
use crate::file::overlay::Overlay;
use crate::language::definition::Definition;
use crate::run::connection::{ConnectFault, Connection};

/// The CRMs of a bundle, as far as they can be tried without any network.
#[derive(Default)]
pub struct DryCrms {
    connections: BTreeMap<ConnectionId, Connection>,
    definitions: BTreeMap<ConnectionId, Arc<Definition>>,
}

impl DryCrms {
    /// Tries everything that a bundle says of CRMs; what is wrong, with its place in the bundle.
    pub fn of(bundle: &Bundle) -> (Self, Vec<LoadFault>) {
        let mut faults = Vec::new();
        for (id, embedded) in &bundle.definitions {
            let file = format!("{id}.toml");
            let found = match Definition::load_own(&file, &embedded.text, &[]) {
                Ok(definition) => Arc::new(definition).run_examples(),
                Err(found) => found,
            };
            let key = format!("definitions.{id}");
            faults.extend(
                found
                    .into_iter()
                    .map(|fault| within(bundle, embedded, &key, fault)),
            );
        }
        let mut crms = Self::default();
        let connections = bundle
            .settings
            .get("connections")
            .and_then(Value::as_object);
        for (name, value) in connections.into_iter().flatten() {
            let Ok(configured) = serde_json::from_value(value.clone()) else {
                // The schema has said so.
                continue;
            };
            match open(bundle, name, &configured) {
                Ok((definition, connection)) => {
                    let id = ConnectionId(name.clone());
                    crms.connections.insert(id.clone(), connection);
                    crms.definitions.insert(id, definition);
                }
                Err(found) => faults.extend(found),
            }
        }
        if faults.is_empty() {
            faults = bundle.play(&|wanted: Wanted<'_>| crms.address(wanted));
        }
        (crms, faults)
    }

    /// The definition of a connection, with what the bundle lays over it.
    pub fn definition(&self, connection: &ConnectionId) -> Option<&Arc<Definition>> {
        self.definitions.get(connection)
    }

    /// The address of a record that a play wants to open, as a text.
    ///
    /// # Errors
    /// Why there is none, in words.
    pub fn address(&self, wanted: Wanted<'_>) -> Result<String, String> {
        let record = wanted.record;
        let link = self.link(
            &record.connection,
            record.kind,
            wanted.customer,
            wanted.case,
        );
        link.map(|link| link.as_str().to_owned())
            .map_err(|fault| fault.to_string())
    }

    /// The address of a record in a CRM's own pages.
    ///
    /// # Errors
    /// Why there is none; `Missing` where there is no such connection.
    pub fn link(
        &self,
        connection: &ConnectionId,
        kind: RecordKind,
        customer: &Customer,
        case: Option<&Case>,
    ) -> Result<RecordUrl, LinkFault> {
        let known = self.connections.get(connection);
        let known = known.ok_or_else(|| LinkFault::Missing {
            name: connection.0.clone(),
        })?;
        known.link(kind, customer, case)
    }
}

fn open(
    bundle: &Bundle,
    name: &str,
    configured: &settings::Connection,
) -> Result<(Arc<Definition>, Connection), Vec<LoadFault>> {
    let definition = Arc::new(load(bundle, name, configured)?);
    let mut faults = Vec::new();
    let methods = definition.auth_methods();
    if !methods
        .iter()
        .any(|method| method.name == configured.method)
    {
        let known: Vec<&str> = methods.iter().map(|method| method.name.as_str()).collect();
        faults.push(bundle.fault(
            &["connections", name, "method"],
            format!("{:?}", configured.method),
            format!("one of {}", known.join(", ")),
        ));
    }
    // Plain http on this computer is machine policy's to allow, and it may.
    let texts = configured.fields.values().filter_map(Value::as_str);
    let loopback = texts
        .filter_map(LoopbackOrigin::permitted_by_machine_policy)
        .collect();
    let connection = Connection::dry(&definition, &configured.fields, loopback).map_err(|found| {
        let found = found.into_iter().filter_map(|fault| match fault {
            // What the bundle leaves open, each person fills in.
            ConnectFault::Setting {
                name: field,
                expected,
            } => {
                let value = configured.fields.get(&field)?;
                let path = ["connections", name, "fields", &field];
                Some(bundle.fault(&path, value.to_string(), expected))
            }
            ConnectFault::Auth { expected, .. } => Some(bundle.fault(
                &["connections", name, "method"],
                format!("{:?}", configured.method),
                expected,
            )),
            ConnectFault::Definition(fault) => Some(placed(bundle, name, fault)),
        });
        found.collect::<Vec<_>>()
    });
    match connection {
        Ok(connection) if faults.is_empty() => {
            let foreign = connection.foreign_links().into_iter();
            let faults = foreign.map(|template| {
                let path = ["connections", name, "overlay"];
                let expected = "an address whose host `link.within` lists".to_owned();
                bundle.fault(&path, format!("{template:?}"), expected)
            });
            let faults: Vec<LoadFault> = faults.collect();
            if faults.is_empty() {
                Ok((definition, connection))
            } else {
                Err(faults)
            }
        }
        Ok(_) => Err(faults),
        Err(found) => {
            faults.extend(found);
            Err(faults)
        }
    }
}

fn load(
    bundle: &Bundle,
    name: &str,
    configured: &settings::Connection,
) -> Result<Definition, Vec<LoadFault>> {
    let id = &configured.definition;
    let overlays: Vec<Overlay> = configured
        .overlay
        .iter()
        .map(|text| Overlay {
            file: overlay_key(name),
            text: text.clone(),
        })
        .collect();
    let known = built_in().iter();
    let loaded = if let Some((_, text)) = known.clone().find(|(known, _)| known == id) {
        Definition::load(&format!("{id}.toml"), text, &overlays)
    } else if let Some(embedded) = bundle.definitions.get(id) {
        Definition::load_own(&format!("{id}.toml"), &embedded.text, &overlays)
    } else {
        let known = known.map(|(id, _)| *id);
        let known: Vec<&str> = known
            .chain(bundle.definitions.keys().map(String::as_str))
            .collect();
        let expected = format!("one of {}", known.join(", "));
        let path = ["connections", name, "definition"];
        return Err(vec![bundle.fault(&path, format!("{id:?}"), expected)]);
    };
    loaded.map_err(|faults| {
        faults
            .into_iter()
            .map(|fault| placed(bundle, name, fault))
            .collect()
    })
}

/// A fault of a connection's definition, at its place in the bundle.
fn placed(bundle: &Bundle, name: &str, fault: LoadFault) -> LoadFault {
    let key = overlay_key(name);
    if fault.file == key
        && let Some(embedded) = bundle.embedded(&["connections", name, "overlay"])
    {
        return within(bundle, &embedded, &key, fault);
    }
    let id = fault.file.trim_end_matches(".toml");
    match bundle.definitions.get(id) {
        Some(embedded) => within(bundle, embedded, &format!("definitions.{id}"), fault),
        None => fault,
    }
}

fn within(bundle: &Bundle, embedded: &Embedded, key: &str, fault: LoadFault) -> LoadFault {
    LoadFault {
        file: bundle.file().to_owned(),
        line: embedded.line + fault.line.saturating_sub(1),
        key: format!("{key}: {}", fault.key),
        found: fault.found,
        expected: fault.expected,
    }
}

fn overlay_key(name: &str) -> String {
    format!("connections.{name}.overlay")
}
