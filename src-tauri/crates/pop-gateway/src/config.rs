//! The one settings file, read whole: everything that is wrong is said at once, with its place.

mod broker;
mod listen;

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use pop_core::file::fault::{Faults, LoadFault};
use pop_core::file::section::{Section, Spot};
use pop_core::file::tree::{self, join};
use pop_core::phone::{E164, PhoneRules, Region};
use pop_core::secret::Secret;
use pop_store::Key;
use serde_json::Value;

pub(crate) use crate::config::broker::{Broker, Enrols};
pub(crate) use crate::config::listen::Listen;
use crate::directory::{Directory, is_opaque};
use crate::enrolment::{self, settings::Enrolment};
use crate::route::{self, settings::Route};
use crate::secrets::Secrets;
use crate::source::{Source, sources};

/// How many messages may wait before deliveries are put off.
const MOST_WAITING: usize = 100_000;

/// The settings of a gateway.
pub struct Config {
    pub(crate) tenant: String,
    pub(crate) listen: Listen,
    pub(crate) operations: SocketAddr,
    pub(crate) store: Store,
    pub(crate) broker: Broker,
    pub(crate) sources: Vec<Source>,
    pub(crate) directory: Directory,
    pub(crate) rules: PhoneRules,
    pub(crate) enrolment: Option<Enrolment>,
    pub(crate) route: Option<Route>,
    /// What stands in the file and only a start can change.
    pub(crate) fixed: Vec<(&'static str, Value)>,
}

/// Where the queue lies.
pub(crate) struct Store {
    pub(crate) folder: PathBuf,
    pub(crate) key: Key,
    pub(crate) most_waiting: usize,
}

impl Config {
    /// Reads a settings file and the secrets it names.
    pub fn load(path: &Path, secrets: &Secrets) -> Result<Self, Vec<LoadFault>> {
        let name = path.display().to_string();
        let faults = Faults::new(vec![name.clone()]);
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) => {
                let place = tree::Place { file: 0, line: 0 };
                faults.add(place, "the file", error.to_string(), "a settings file");
                return Err(faults.into_list());
            }
        };
        let table = tree::read(0, &text, &faults);
        let root = Section::root(&table, &faults);
        let folder = path.parent().unwrap_or(Path::new("."));
        let config = read(&root, folder, secrets);
        root.finish();
        match config {
            Some(config) if faults.is_empty() => Ok(config),
            Some(_) | None => Err(faults.into_list()),
        }
    }
}

fn read(root: &Section<'_>, folder: &Path, secrets: &Secrets) -> Option<Config> {
    let tenant = root.need_text("tenant").and_then(|spot| {
        let fits = is_opaque(spot.text);
        if !fits {
            root.refuse(spot, "tenant", "1 to 64 of A-Z a-z 0-9 _ -");
        }
        fits.then(|| spot.text.to_owned())
    });
    let listen = needed(root, "listen", |section| {
        listen::read(section, folder, secrets)
    });
    let operations = operations(root);
    let store = needed(root, "store", |section| store(section, folder, secrets));
    let broker = needed(root, "broker", |section| {
        broker::read(section, folder, secrets)
    });
    let sources = sources(root, folder, secrets);
    // Those with faults are sources all the same: their names are no fault of an agent.
    let names: Vec<_> = root
        .node("source")
        .and_then(tree::Node::table)
        .map(|table| table.iter().map(|(name, _)| name).collect())
        .unwrap_or_default();
    let directory = Directory::read(root, &names);
    let rules = phone(root);
    let enrolment = enrolment::settings::read(root);
    let route = route::settings::read(root, folder, secrets, &rules);
    Some(Config {
        tenant: tenant?,
        listen: listen?,
        operations: operations?,
        store: store?,
        broker: broker?,
        sources,
        directory,
        rules,
        enrolment,
        route,
        fixed: fixed(root),
    })
}

fn fixed(root: &Section<'_>) -> Vec<(&'static str, Value)> {
    let keys = ["tenant", "operations", "store", "broker"];
    let value = |key: &str| root.table.get(key).map_or(Value::Null, tree::Node::json);
    let mut fixed: Vec<_> = keys.into_iter().map(|key| (key, value(key))).collect();
    let listen = value("listen");
    let address = listen.get("address").cloned();
    fixed.push(("listen.address", address.unwrap_or_default()));
    fixed
}

fn needed<T>(
    root: &Section<'_>,
    key: &str,
    read: impl FnOnce(&Section<'_>) -> Option<T>,
) -> Option<T> {
    if !root.has(key) {
        root.missing(key, "a table");
    }
    let section = root.section(key)?;
    let value = read(&section);
    section.finish();
    value
}

pub(super) fn address(section: &Section<'_>, spot: Spot<'_>) -> Option<SocketAddr> {
    let address = spot.text.parse().ok();
    if address.is_none() {
        section.refuse(
            spot,
            "address",
            "an address and a port such as 0.0.0.0:8443",
        );
    }
    address
}

fn operations(root: &Section<'_>) -> Option<SocketAddr> {
    let Some(section) = root.section("operations") else {
        return Some(SocketAddr::from(([127, 0, 0, 1], 9464)));
    };
    let address = section
        .need_text("address")
        .and_then(|spot| address(&section, spot));
    section.finish();
    address
}

fn store(section: &Section<'_>, folder: &Path, secrets: &Secrets) -> Option<Store> {
    let place = section.need_text("folder");
    let most_waiting = section.count("most_waiting").unwrap_or(MOST_WAITING);
    let name = section.need_text("key")?;
    let text = secret(section, "key", name, secrets)?;
    let key = Key::from_text(&text);
    if key.is_none() {
        let expected = "64 hexadecimal digits, such as `openssl rand -hex 32` makes";
        let path = join(&section.path, "key");
        section
            .faults
            .add(name.place, path, "another text", expected);
    }
    Some(Store {
        folder: folder.join(place?.text),
        key: key?,
        most_waiting,
    })
}

pub(super) fn secret(
    section: &Section<'_>,
    key: &str,
    name: Spot<'_>,
    secrets: &Secrets,
) -> Option<Secret> {
    let read = secrets.read(name.text);
    if let Err(found) = read {
        // The name is not repeated: somebody may have put the secret itself there.
        let path = join(&section.path, key);
        let expected =
            "the name of a systemd credential, or the path of a file only its owner can read";
        section.faults.add(name.place, path, found, expected);
    }
    read.ok()
}

fn phone(root: &Section<'_>) -> PhoneRules {
    let mut rules = PhoneRules::default();
    let Some(section) = root.section("phone") else {
        return rules;
    };
    if let Some(spot) = section.text("region") {
        rules.default_region = Region::parse(spot.text);
        if rules.default_region.is_none() {
            section.refuse(spot, "region", "a region such as DE or US");
        }
    }
    for spot in section.texts("own_numbers").unwrap_or_default() {
        match E164::parse(spot.text) {
            Some(number) => rules.own_numbers.push(number),
            None => section.refuse(spot, "own_numbers", "numbers such as +4930901820"),
        }
    }
    section.finish();
    rules
}
