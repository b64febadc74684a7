//! Origins: which scheme, host and port a request may go to.
//!
//! Security rules N3 and N5. Which origins a connection has is in its definition (`http.within`)
//! and settings; the entries are `pop_core`'s host patterns, as for links. A plain-http origin
//! exists only as a `LoopbackOrigin` that somebody vouched for.

use pop_core::link::{HostPattern, LoopbackOrigin};
use url::{Host, Url};

/// Scheme, host and port of an address that a request may be sent to.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Origin(String);

impl Origin {
    /// The origin of an address: https with a name as its host, or a loopback origin.
    pub(crate) fn of(url: &Url, loopback: &[LoopbackOrigin]) -> Option<Self> {
        if !url.username().is_empty() || url.password().is_some() {
            return None;
        }
        let origin = Self(url.origin().ascii_serialization());
        if url.scheme() == "http" {
            return loopback
                .iter()
                .any(|allowed| allowed.as_str() == origin.0)
                .then_some(origin);
        }
        let is_named = matches!(url.host(), Some(Host::Domain(name)) if !name.ends_with('.'));
        (url.scheme() == "https" && is_named).then_some(origin)
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Reads one entry of a `within` list: an origin, a host, `host:port`, or `*.` and a name.
pub(crate) fn entry(text: &str, loopback: &[LoopbackOrigin]) -> Option<HostPattern> {
    if text.starts_with("http://") {
        let allowed = loopback.iter().find(|allowed| allowed.as_str() == text);
        return allowed.cloned().map(HostPattern::from);
    }
    let host = text.strip_prefix("https://").unwrap_or(text);
    HostPattern::parse(host)
}

/// Whether a text is a host name in small letters: no address of a machine, nothing to decode.
pub(crate) fn is_host(text: &str) -> bool {
    let is_plain = !text.contains([':', '*']) && HostPattern::parse(text).is_some();
    is_plain && matches!(Host::parse(text), Ok(Host::Domain(_)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn loopback() -> Vec<LoopbackOrigin> {
        vec![LoopbackOrigin::of_own_sandbox(4000)]
    }

    fn allowed(within: &str, url: &str) -> bool {
        let within = entry(within, &loopback()).expect("a readable entry");
        let url = Url::parse(url).expect("a readable address");
        Origin::of(&url, &loopback()).is_some() && within.allows(&url)
    }

    #[test]
    fn hosts_match_by_whole_labels() {
        assert!(allowed("*.crm.example", "https://eu.crm.example/x"));
        assert!(allowed("crm.example", "https://crm.example/x"));
        assert!(allowed(
            "https://crm.example:8443",
            "https://crm.example:8443/x"
        ));
        for (within, url) in [
            ("*.crm.example", "https://crm.example/"),
            ("*.crm.example", "https://evilcrm.example/"),
            ("*.crm.example", "https://eu.crm.example.evil.test/"),
            ("*.crm.example", "https://eu.crm.example:8443/"),
            ("crm.example", "https://crm.example.evil.test/"),
            ("crm.example", "https://crm.example:444/"),
            ("crm.example", "https://user@crm.example/"),
            ("crm.example", "http://crm.example/"),
            ("crm.example", "https://crm.example./"),
            ("crm.example", "https://evil.test/?crm.example"),
        ] {
            assert!(!allowed(within, url), "{within} must not allow {url}");
        }
    }

    #[test]
    fn addresses_of_machines_are_no_hosts() {
        let loopback = loopback();
        for url in [
            "https://10.0.0.1/",
            "https://2130706433/",
            "https://[::1]/",
            "https://0x7f.1/",
        ] {
            let url = Url::parse(url).expect("the parser reads it as an address");
            assert_eq!(Origin::of(&url, &loopback), None, "{url} is an address");
        }
        for text in [
            "10.0.0.1",
            "crm.example:80",
            "*.crm.example",
            "CRM.example",
            "crm.example.",
        ] {
            assert!(!is_host(text), "{text} is no host name");
        }
        assert!(is_host("crm.example"), "the usual form");
    }

    #[test]
    fn plain_http_goes_only_where_somebody_vouched_for_it() {
        assert!(allowed(
            "http://127.0.0.1:4000",
            "http://127.0.0.1:4000/api"
        ));
        let other = Url::parse("http://127.0.0.1:4001/").expect("a readable address");
        assert_eq!(
            Origin::of(&other, &loopback()),
            None,
            "another port is another origin"
        );
        assert_eq!(
            entry("http://127.0.0.1:4001", &loopback()),
            None,
            "not vouched for"
        );
        assert_eq!(
            entry("http://crm.example", &loopback()),
            None,
            "never outside"
        );
    }
}
