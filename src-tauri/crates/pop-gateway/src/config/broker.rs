//! `[broker]`: how the broker is reached, and who keeps the logins of desktops.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use pop_core::file::section::Section;
use pop_core::secret::Secret;

use crate::config::secret;
use crate::secrets::Secrets;
use crate::tls;

/// The broker that agents are reached through.
pub(crate) struct Broker {
    pub(crate) host: String,
    pub(crate) port: u16,
    pub(crate) tls: Option<Arc<rustls::ClientConfig>>,
    pub(crate) client_id: String,
    pub(crate) login: Option<(String, Secret)>,
    pub(crate) enrols: Enrols,
}

/// Who keeps the logins of desktops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Enrols {
    /// Nobody: the broker takes the issuer's token for a password.
    Nothing,
    /// Mosquitto's dynamic-security plugin.
    Mosquitto,
}

impl Enrols {
    fn parse(word: &str) -> Option<Self> {
        match word {
            "none" => Some(Self::Nothing),
            "mosquitto" => Some(Self::Mosquitto),
            _ => None,
        }
    }
}

pub(super) fn read(section: &Section<'_>, folder: &Path, secrets: &Secrets) -> Option<Broker> {
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
    let enrols = section.text("enrol").map_or(Some(Enrols::Nothing), |spot| {
        let enrols = Enrols::parse(spot.text);
        if enrols.is_none() {
            section.refuse(spot, "enrol", "mosquitto or none");
        }
        enrols
    });
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
        enrols: enrols?,
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
