//! The way through an HTTP proxy: `CONNECT`, with Basic where the proxy wants to know who we are.
//!
//! Negotiate, NTLM and Kerberos are not spoken; a proxy that wants one of them is named as such.

use std::fmt::Write as _;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hyper_util::client::proxy::matcher::Matcher;
use pop_core::secret::Secret;
use pop_core::stream::StreamFault;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use url::Url;

/// The longest head of a proxy's answer.
const LONGEST_HEAD: usize = 8 * 1_024;
const MOST_FIELDS: usize = 64;
const DEFAULT_PORT: u16 = 80;

/// Which proxy is used.
#[derive(Clone, Default)]
pub enum Proxying {
    /// The one that the system or the environment names for this address, if any.
    #[default]
    System,
    /// None.
    Direct,
    /// This one.
    By(Proxy),
}

/// An HTTP proxy.
#[derive(Clone)]
pub struct Proxy {
    pub(super) host: String,
    pub(super) port: u16,
    /// What goes out in `Proxy-Authorization`.
    login: Option<Arc<Secret>>,
}

impl Proxy {
    /// Reads `http://host:port`; the login is not part of it. `None` when it is none.
    pub fn parse(text: &str, login: Option<(&str, &Secret)>) -> Option<Self> {
        let url = Url::parse(text).ok()?;
        let is_plain = url.scheme() == "http"
            && url.username().is_empty()
            && url.password().is_none()
            && matches!(url.path(), "" | "/")
            && url.query().is_none()
            && url.fragment().is_none();
        let login = login.map(|(user, password)| {
            let password = password.expose("the proxy asks for it");
            Arc::new(Secret::new(format!(
                "Basic {}",
                STANDARD.encode(format!("{user}:{password}"))
            )))
        });
        is_plain.then(|| {
            Some(Self {
                host: url.host_str()?.trim_matches(['[', ']']).to_owned(),
                port: url.port().unwrap_or(DEFAULT_PORT),
                login,
            })
        })?
    }

    /// Asks for a tunnel.
    pub(super) async fn tunnel<S>(
        &self,
        stream: &mut S,
        host: &str,
        port: u16,
    ) -> Result<(), StreamFault>
    where
        S: AsyncRead + AsyncWrite + Unpin,
    {
        let mut request = format!("CONNECT {host}:{port} HTTP/1.1\r\nHost: {host}:{port}\r\n");
        if let Some(login) = &self.login {
            let login = login.expose("the proxy asks for it");
            // Writing into a string cannot fail.
            let _ = write!(request, "Proxy-Authorization: {login}\r\n");
        }
        request.push_str("\r\n");
        let sent = stream.write_all(request.as_bytes()).await;
        sent.map_err(|_| StreamFault::ProxyUnreachable)?;
        let head = head(stream).await?;
        judge(&head)
    }
}

impl Proxying {
    /// The proxy for a server, if there is one.
    pub(super) fn of(&self, host: &str, port: u16) -> Option<Proxy> {
        match self {
            Self::Direct => None,
            Self::By(proxy) => Some(proxy.clone()),
            Self::System => {
                let server = format!("https://{host}:{port}/").parse().ok()?;
                let found = Matcher::from_system().intercept(&server)?;
                let uri = found.uri();
                let login = found.basic_auth().and_then(|login| login.to_str().ok());
                // Only plain HTTP is spoken to a proxy; what goes through the tunnel is TLS.
                (uri.scheme_str() == Some("http")).then(|| {
                    Some(Proxy {
                        host: uri.host()?.trim_matches(['[', ']']).to_owned(),
                        port: uri.port_u16().unwrap_or(DEFAULT_PORT),
                        login: login.map(|login| Arc::new(Secret::new(login.to_owned()))),
                    })
                })?
            }
        }
    }
}

/// Reads up to the end of the head, byte by byte: what follows belongs to the tunnel.
async fn head<S: AsyncRead + Unpin>(stream: &mut S) -> Result<Vec<u8>, StreamFault> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        if head.len() >= LONGEST_HEAD {
            return Err(StreamFault::ProxyRefused);
        }
        let byte = stream.read_u8().await;
        head.push(byte.map_err(|_| StreamFault::ProxyUnreachable)?);
    }
    Ok(head)
}

fn judge(head: &[u8]) -> Result<(), StreamFault> {
    let mut fields = [httparse::EMPTY_HEADER; MOST_FIELDS];
    let mut answer = httparse::Response::new(&mut fields);
    let is_whole = answer.parse(head).is_ok_and(|parsed| parsed.is_complete());
    match (is_whole, answer.code) {
        (true, Some(200..=299)) => Ok(()),
        (true, Some(407)) => {
            let mut schemes = answer
                .headers
                .iter()
                .filter(|field| field.name.eq_ignore_ascii_case("proxy-authenticate"))
                .filter_map(|field| std::str::from_utf8(field.value).ok())
                .filter_map(|value| value.split_whitespace().next());
            Err(
                if schemes.any(|scheme| scheme.eq_ignore_ascii_case("basic")) {
                    StreamFault::ProxySignIn
                } else {
                    StreamFault::ProxyScheme
                },
            )
        }
        (_, _) => Err(StreamFault::ProxyRefused),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_proxy_answers_is_named_by_its_cause() {
        for (head, told) in [
            ("HTTP/1.1 200 Connection established\r\n\r\n", Ok(())),
            (
                "HTTP/1.1 407 x\r\nProxy-Authenticate: Negotiate\r\nProxy-Authenticate: NTLM\r\n\r\n",
                Err(StreamFault::ProxyScheme),
            ),
            (
                "HTTP/1.1 407 x\r\nProxy-Authenticate: Negotiate\r\nproxy-authenticate: Basic realm=\"x\"\r\n\r\n",
                Err(StreamFault::ProxySignIn),
            ),
            ("HTTP/1.1 403 no\r\n\r\n", Err(StreamFault::ProxyRefused)),
            ("SSH-2.0-x\r\n\r\n", Err(StreamFault::ProxyRefused)),
        ] {
            assert_eq!(judge(head.as_bytes()), told, "{head}");
        }
    }

    #[test]
    fn a_proxy_has_no_password_in_its_address() {
        for text in [
            "http://user:secret@proxy.acme.example:3128",
            "https://proxy.acme.example",
            "socks5://proxy.acme.example",
            "proxy.acme.example:3128",
        ] {
            assert!(Proxy::parse(text, None).is_none(), "{text}");
        }
        let proxy = Proxy::parse("http://proxy.acme.example:3128", None).expect("a proxy");
        assert_eq!(
            (proxy.host.as_str(), proxy.port),
            ("proxy.acme.example", 3128)
        );
    }
}
