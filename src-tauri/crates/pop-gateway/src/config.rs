//! The one settings file, read whole: everything that is wrong is said at once, with its place.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use pop_core::file::fault::{Faults, LoadFault};
use pop_core::file::section::{Section, Spot};
use pop_core::file::tree::{self, join};
use pop_core::phone::{E164, PhoneRules, Region};
use pop_core::secret::Secret;
use pop_store::Key;

use crate::directory::{Directory, is_opaque};
use crate::secrets::Secrets;
use crate::source::{Source, sources};
use crate::tls;

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
}

/// Where platforms reach us.
pub(crate) struct Listen {
    pub(crate) address: SocketAddr,
    /// The address as platforms know it, without path: some sign it.
    pub(crate) url: String,
    pub(crate) tls: Option<Arc<rustls::ServerConfig>>,
}

/// Where the queue lies.
pub(crate) struct Store {
    pub(crate) folder: PathBuf,
    pub(crate) key: Key,
    pub(crate) most_waiting: usize,
}

/// The broker that agents are reached through.
pub(crate) struct Broker {
    pub(crate) host: String,
    pub(crate) port: u16,
    pub(crate) tls: Option<Arc<rustls::ClientConfig>>,
    pub(crate) client_id: String,
    pub(crate) login: Option<(String, Secret)>,
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
    let listen = needed(root, "listen", |section| listen(section, folder, secrets));
    let operations = operations(root);
    let store = needed(root, "store", |section| store(section, folder, secrets));
    let broker = needed(root, "broker", |section| broker(section, folder, secrets));
    let sources = sources(root, folder, secrets);
    // Those with faults are sources all the same: their names are no fault of an agent.
    let names: Vec<_> = root
        .node("source")
        .and_then(tree::Node::table)
        .map(|table| table.iter().map(|(name, _)| name).collect())
        .unwrap_or_default();
    let directory = Directory::read(root, &names);
    let rules = phone(root);
    Some(Config {
        tenant: tenant?,
        listen: listen?,
        operations: operations?,
        store: store?,
        broker: broker?,
        sources,
        directory,
        rules,
    })
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

fn address(section: &Section<'_>, spot: Spot<'_>) -> Option<SocketAddr> {
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

fn listen(section: &Section<'_>, folder: &Path, secrets: &Secrets) -> Option<Listen> {
    let spot = section.need_text("address");
    let address = spot.and_then(|spot| address(section, spot));
    let url = section.need_text("url").and_then(|spot| {
        let fits = spot.text.split_once("://").is_some_and(|(scheme, rest)| {
            matches!(scheme, "https" | "http") && !rest.is_empty() && !rest.contains(['/', '?'])
        });
        if !fits {
            let expected = "the address that platforms call, such as https://hooks.example.com";
            section.refuse(spot, "url", expected);
        }
        fits.then(|| spot.text.to_owned())
    });
    let certificate = section.text("certificate");
    let key = section.text("key");
    let tls = match (certificate, key) {
        (Some(certificate), Some(key)) => {
            Some(server_tls(section, folder, secrets, certificate, key)?)
        }
        (None, None) => {
            if let (Some(spot), Some(address)) = (spot, address)
                && !address.ip().is_loopback()
            {
                let expected = "127.0.0.1 (behind a TLS proxy), or `certificate` and `key`";
                section.refuse(spot, "address", expected);
            }
            None
        }
        (Some(_), None) => {
            section.missing("key", "the name of the certificate's key among the secrets");
            None
        }
        (None, Some(_)) => {
            section.missing("certificate", "the path of the certificate chain in PEM");
            None
        }
    };
    Some(Listen {
        address: address?,
        url: url?,
        tls,
    })
}

fn server_tls(
    section: &Section<'_>,
    folder: &Path,
    secrets: &Secrets,
    certificate: Spot<'_>,
    key: Spot<'_>,
) -> Option<Arc<rustls::ServerConfig>> {
    let chain = fs::read(folder.join(certificate.text));
    let Ok(chain) = chain else {
        section.refuse(certificate, "certificate", "a file that can be read");
        return None;
    };
    let secret = secret(section, "key", key, secrets)?;
    let tls = tls::server(&chain, &secret);
    if let Err(expected) = tls {
        section.refuse(certificate, "certificate", expected);
    }
    tls.ok()
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

fn broker(section: &Section<'_>, folder: &Path, secrets: &Secrets) -> Option<Broker> {
    let place = section.need_text("url").and_then(|spot| {
        let place = broker_place(spot.text);
        if place.is_none() {
            let expected = "mqtts://host or mqtts://host:port; mqtt:// on this computer only";
            section.refuse(spot, "url", expected);
        }
        place
    });
    let client_id = section.text("client_id");
    let client_id =
        client_id.map_or_else(|| "screenpop-gateway".into(), |spot| spot.text.to_owned());
    let user = section.text("username");
    let password = section
        .text("password")
        .map(|spot| secret(section, "password", spot, secrets));
    if user.is_some() != password.is_some() {
        section.missing("password", "`username` and `password`, or neither");
    }
    let authorities = match section.text("authorities") {
        Some(spot) => {
            let read = fs::read(folder.join(spot.text)).ok();
            if read.is_none() {
                section.refuse(spot, "authorities", "a file in PEM that can be read");
            }
            Some(read?)
        }
        None => None,
    };
    let (host, port, with_tls) = place?;
    let tls = match with_tls.then(|| tls::client(authorities.as_deref())) {
        Some(Ok(tls)) => Some(tls),
        Some(Err(expected)) => {
            section.missing("authorities", expected);
            return None;
        }
        None => None,
    };
    let login = match (user, password) {
        (Some(user), Some(password)) => Some((user.text.to_owned(), password?)),
        (_, _) => None,
    };
    Some(Broker {
        host,
        port,
        tls,
        client_id,
        login,
    })
}

/// Host, port and whether TLS; plain only on this computer (security rules N1 and N5).
fn broker_place(text: &str) -> Option<(String, u16, bool)> {
    let (scheme, rest) = text.split_once("://")?;
    let tls = match scheme {
        "mqtts" => true,
        "mqtt" => false,
        _ => return None,
    };
    let default = if tls { 8883 } else { 1883 };
    let (host, port) = match rest.rsplit_once(':') {
        Some((host, port)) => (host, port.parse().ok()?),
        None => (rest, default),
    };
    let named = !host.is_empty()
        && host
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'));
    let near = matches!(host, "127.0.0.1" | "localhost");
    (named && (tls || near)).then(|| (host.to_owned(), port, tls))
}

fn secret(section: &Section<'_>, key: &str, name: Spot<'_>, secrets: &Secrets) -> Option<Secret> {
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
