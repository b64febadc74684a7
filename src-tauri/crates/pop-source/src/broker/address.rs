//! Where a broker is: `mqtts://host[:8883]` or `wss://host[:443][/path]` (rules N1, N3 and N5).

use std::fmt;

use url::{Host, Url};

/// The address of a broker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    pub(super) scheme: Scheme,
    pub(super) host: String,
    pub(super) port: u16,
    /// The path of a WebSocket; empty for plain MQTT.
    pub(super) path: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scheme {
    Mqtts,
    Wss,
    /// Without TLS, on this computer only.
    Mqtt,
    Ws,
}

/// What each scheme is called, and its port.
const SCHEMES: [(Scheme, &str, Option<u16>); 4] = [
    (Scheme::Mqtts, "mqtts", Some(8_883)),
    (Scheme::Wss, "wss", Some(443)),
    (Scheme::Mqtt, "mqtt", None),
    (Scheme::Ws, "ws", None),
];

/// Why a text is no address of a broker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "expected mqtts://host:port or wss://host:port/path with a name, no user and no password; \
     without TLS only 127.0.0.1 or localhost where machine policy allows it"
)]
pub struct AddressFault;

impl Address {
    /// Reads an address; one without TLS only on this computer, and where machine policy vouches
    /// for it.
    pub fn parse(text: &str, allow_loopback: bool) -> Result<Self, AddressFault> {
        let url = Url::parse(text).map_err(|_| AddressFault)?;
        let mut schemes = SCHEMES.into_iter();
        let (scheme, _, port) = schemes
            .find(|(_, name, _)| *name == url.scheme())
            .ok_or(AddressFault)?;
        let is_web = matches!(scheme, Scheme::Wss | Scheme::Ws);
        let path = if is_web { url.path() } else { "" };
        let has_more = !url.username().is_empty()
            || url.password().is_some()
            || url.query().is_some()
            || url.fragment().is_some()
            || (!is_web && !matches!(url.path(), "" | "/"));
        // The parser knows hosts of web schemes only; any other is text to it.
        let host = url.host_str().unwrap_or_default();
        let host = Host::parse(host).map_err(|_| AddressFault)?;
        let is_loopback = match &host {
            Host::Domain(name) => name == "localhost",
            Host::Ipv4(address) => *address == std::net::Ipv4Addr::LOCALHOST,
            Host::Ipv6(_) => false,
        };
        let is_safe = match scheme {
            Scheme::Mqtts | Scheme::Wss => {
                matches!(&host, Host::Domain(name) if !name.ends_with('.'))
            }
            Scheme::Mqtt | Scheme::Ws => is_loopback && allow_loopback,
        };
        let port = url.port().or(port).filter(|port| *port != 0);
        match port {
            Some(port) if is_safe && !has_more => Ok(Self {
                scheme,
                host: host.to_string(),
                port,
                path: path.to_owned(),
            }),
            Some(_) | None => Err(AddressFault),
        }
    }

    /// Whether the connection is made with TLS.
    pub(super) fn is_secure(&self) -> bool {
        matches!(self.scheme, Scheme::Mqtts | Scheme::Wss)
    }

    /// Whether MQTT goes over a WebSocket.
    pub(super) fn is_web(&self) -> bool {
        matches!(self.scheme, Scheme::Wss | Scheme::Ws)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut schemes = SCHEMES.iter();
        let name = schemes
            .find(|(scheme, _, _)| *scheme == self.scheme)
            .map_or("", |(_, name, _)| name);
        let Self {
            host, port, path, ..
        } = self;
        write!(formatter, "{name}://{host}:{port}{path}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_as_they_stand_and_shown_whole() {
        for (text, shown) in [
            ("mqtts://mq.acme.example", "mqtts://mq.acme.example:8883"),
            ("mqtts://mq.acme.example:993", "mqtts://mq.acme.example:993"),
            (
                "wss://mq.acme.example/mqtt",
                "wss://mq.acme.example:443/mqtt",
            ),
            ("wss://mq.acme.example:8443/", "wss://mq.acme.example:8443/"),
        ] {
            let address = Address::parse(text, false).expect(text);
            assert_eq!(address.to_string(), shown);
        }
    }

    #[test]
    fn nothing_leaves_without_tls_and_no_secret_stands_in_an_address() {
        for text in [
            "mqtt://mq.acme.example:1883",
            "ws://mq.acme.example/mqtt",
            "mqtt://127.0.0.1:1883",
            "https://mq.acme.example",
            "mqtts://user:secret@mq.acme.example",
            "mqtts://10.0.0.1:8883",
            "wss://[::1]:443/mqtt",
            "mqtts://mq.acme.example./",
            "mqtts://mq.acme.example/mqtt",
            "wss://mq.acme.example/mqtt?token=1",
            "mqtts://",
            "mq.acme.example:8883",
            "",
        ] {
            assert_eq!(Address::parse(text, false), Err(AddressFault), "{text}");
        }
        for text in ["mqtt://127.0.0.1:1883", "ws://localhost:9001/mqtt"] {
            Address::parse(text, true).expect("where policy vouches for this computer");
        }
        for text in ["mqtt://mq.acme.example:1883", "mqtt://10.0.0.1:1883"] {
            assert_eq!(Address::parse(text, true), Err(AddressFault), "{text}");
        }
    }
}
