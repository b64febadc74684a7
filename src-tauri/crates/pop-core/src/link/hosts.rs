//! Which hosts may be opened: security rules U3, U4 and N5.

use std::fmt;

use url::{Host, Url};

/// A host that may be opened: exactly one, all below a registered name, or a server on this
/// machine.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct HostPattern(Listed);

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Listed {
    /// One host as it stands in an address, with the port where that is not 443.
    Exact {
        host: String,
        port: Option<u16>,
    },
    /// Every host below this name, but not the name itself.
    Below(String),
    Loopback(LoopbackOrigin),
}

impl HostPattern {
    /// Reads `host`, `host:port` or `*.name.tld`, in small ASCII letters.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(name) = text.strip_prefix("*.") {
            return is_registrable(name).then(|| Self(Listed::Below(name.to_owned())));
        }
        let url = Url::parse(&format!("https://{text}/")).ok()?;
        let is_plain = text == authority(&url)? && !has_stray_label(&url.host()?);
        let host = url.host_str()?.to_owned();
        is_plain.then(|| {
            Self(Listed::Exact {
                host,
                port: url.port(),
            })
        })
    }

    /// Whether an address is on a host of this pattern. The address is already in plain form.
    pub fn allows(&self, url: &Url) -> bool {
        match &self.0 {
            Listed::Exact { host, port } => {
                url.scheme() == "https" && url.host_str() == Some(host) && url.port() == *port
            }
            Listed::Below(name) => {
                url.scheme() == "https"
                    && url.port().is_none()
                    && url.host().is_some_and(|host| is_below(&host, name))
            }
            Listed::Loopback(origin) => url.origin().ascii_serialization() == origin.as_str(),
        }
    }

    /// The origin of a server on this machine, if the pattern is one.
    pub(super) fn loopback(&self) -> Option<&str> {
        match &self.0 {
            Listed::Loopback(origin) => Some(origin.as_str()),
            Listed::Exact { .. } | Listed::Below(_) => None,
        }
    }
}

impl From<LoopbackOrigin> for HostPattern {
    fn from(origin: LoopbackOrigin) -> Self {
        Self(Listed::Loopback(origin))
    }
}

impl fmt::Display for HostPattern {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Listed::Exact { host, port: None } => formatter.write_str(host),
            Listed::Exact {
                host,
                port: Some(port),
            } => write!(formatter, "{host}:{port}"),
            Listed::Below(name) => write!(formatter, "*.{name}"),
            Listed::Loopback(origin) => formatter.write_str(origin.as_str()),
        }
    }
}

/// A server on this machine: `http://127.0.0.1:<port>` or `http://localhost:<port>`.
///
/// It can be made in two ways only, which are the two exceptions of security rule N5; whoever
/// calls one of them vouches for its condition.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct LoopbackOrigin(String);

impl LoopbackOrigin {
    /// The sandbox that this very process started, by its port.
    pub fn of_own_sandbox(port: u16) -> Self {
        Self(format!("http://127.0.0.1:{port}"))
    }

    /// An origin that a person configured, on a machine whose policy says `allow_loopback_http`.
    pub fn permitted_by_machine_policy(text: &str) -> Option<Self> {
        let port = ["http://127.0.0.1:", "http://localhost:"]
            .iter()
            .find_map(|prefix| text.strip_prefix(prefix))?;
        let is_plain = port
            .parse::<u16>()
            .is_ok_and(|number| number != 0 && number != 80 && number.to_string() == port);
        is_plain.then(|| Self(text.to_owned()))
    }

    /// The origin, `http://` included.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Host and port as the address parser writes them, or nothing where there is no host.
pub(super) fn authority(url: &Url) -> Option<String> {
    let host = url.host_str().filter(|host| !host.is_empty())?;
    Some(
        url.port()
            .map_or_else(|| host.to_owned(), |port| format!("{host}:{port}")),
    )
}

fn is_below(host: &Host<&str>, name: &str) -> bool {
    let Host::Domain(domain) = host else {
        return false;
    };
    let is_encoded = domain.split('.').any(|label| label.starts_with("xn--"));
    let labels = domain
        .strip_suffix(name)
        .and_then(|rest| rest.strip_suffix('.'));
    !is_encoded && !has_stray_label(host) && labels.is_some_and(|labels| !labels.is_empty())
}

/// Labels that no registered name has: empty ones (`a..b`, `a.`), and ones that begin or end with
/// a hyphen.
fn has_stray_label(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(domain) => domain.split('.').any(|label| {
            label.is_empty()
                || label.starts_with('-')
                || label.ends_with('-')
                || !label
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        }),
        Host::Ipv4(_) | Host::Ipv6(_) => false,
    }
}

/// Whether everybody below the name belongs to one organisation, as far as the list of public
/// suffixes knows.
fn is_registrable(name: &str) -> bool {
    let is_plain = Url::parse(&format!("https://{name}/")).is_ok_and(|url| {
        matches!(url.host(), Some(Host::Domain(domain)) if domain == name)
            && url.host().is_some_and(|host| !has_stray_label(&host))
            && url.port().is_none()
    });
    is_plain && name.contains('.') && !name.contains("xn--") && psl::suffix_str(name) != Some(name)
}
