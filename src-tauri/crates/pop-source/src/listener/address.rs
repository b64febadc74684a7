//! Where the listener may listen, and which pages may speak to it.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};

use super::ListenerFault;

/// A loopback address: the literal `127.0.0.1` or `::1`, nothing else in any spelling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListenAddress(SocketAddr);

impl ListenAddress {
    /// `127.0.0.1` with a port; 0 lets the system choose one.
    pub fn ipv4(port: u16) -> Self {
        Self((Ipv4Addr::LOCALHOST, port).into())
    }

    /// `::1` with a port; 0 lets the system choose one.
    pub fn ipv6(port: u16) -> Self {
        Self((Ipv6Addr::LOCALHOST, port).into())
    }

    /// Reads the host of a setting.
    pub fn parse(host: &str, port: u16) -> Result<Self, ListenerFault> {
        match host {
            "127.0.0.1" => Ok(Self::ipv4(port)),
            "::1" | "[::1]" => Ok(Self::ipv6(port)),
            _ => Err(ListenerFault::RefusedAddress),
        }
    }

    pub(super) fn socket(self) -> SocketAddr {
        self.0
    }
}

/// The origin of a page that may send from a browser, exactly as browsers write it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageOrigin(String);

impl PageOrigin {
    /// Reads an origin such as `https://chat.example.com`; `null` and patterns are refused.
    pub fn parse(text: &str) -> Result<Self, ListenerFault> {
        let url = url::Url::parse(text).map_err(|_| ListenerFault::RefusedOrigin)?;
        let web = matches!(url.scheme(), "https" | "http");
        if !web || url.origin().ascii_serialization() != text || text.contains('*') {
            return Err(ListenerFault::RefusedOrigin);
        }
        Ok(Self(text.to_owned()))
    }

    pub(super) fn is(&self, sent: &[u8]) -> bool {
        self.0.as_bytes() == sent
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}
