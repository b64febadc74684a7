//! Asking a proxy for a way through: `CONNECT`, and what its answer means.

use std::fmt::Write as _;

use pop_core::doctor::Cause;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::doctor::looking::Proxy;

/// The longest head of a proxy's answer.
const LONGEST_HEAD: usize = 8 * 1_024;

/// The status of a proxy that wants to know who we are.
const WANTS_SIGN_IN: u16 = 407;

impl Proxy {
    pub(crate) fn called(&self) -> String {
        format!("{}:{}", self.host, self.port)
    }

    /// Asks for a tunnel; the status of the answer, or the cause.
    pub(crate) async fn tunnel(
        &self,
        stream: &mut TcpStream,
        host: &str,
        port: u16,
    ) -> Result<u16, (Cause, String)> {
        let proxy = self.called();
        let gone = |_| {
            let proxy = proxy.clone();
            (Cause::ProxyUnreachable { proxy }, "it hung up".to_owned())
        };
        let mut request = format!("CONNECT {host}:{port} HTTP/1.1\r\nHost: {host}:{port}\r\n");
        if let Some(login) = self.login.as_ref().and_then(|login| login.to_str().ok()) {
            // Writing into a string cannot fail.
            let _ = write!(request, "Proxy-Authorization: {login}\r\n");
        }
        request.push_str("\r\n");
        stream.write_all(request.as_bytes()).await.map_err(gone)?;
        let mut head = Vec::new();
        // Byte by byte: what follows belongs to the tunnel.
        while !head.ends_with(b"\r\n\r\n") && head.len() < LONGEST_HEAD {
            head.push(stream.read_u8().await.map_err(gone)?);
        }
        self.judge(&String::from_utf8_lossy(&head))
    }

    fn judge(&self, head: &str) -> Result<u16, (Cause, String)> {
        let proxy = self.called();
        let status = head.split_whitespace().nth(1);
        let status = status.and_then(|status| status.parse::<u16>().ok());
        let Some(status) = status else {
            return Err((Cause::ProxyRefused { proxy }, "no HTTP".to_owned()));
        };
        if (200..300).contains(&status) {
            return Ok(status);
        }
        let came = status.to_string();
        if status != WANTS_SIGN_IN {
            return Err((Cause::ProxyRefused { proxy }, came));
        }
        let offered = head.lines().filter_map(|line| {
            let (name, value) = line.split_once(':')?;
            let is_offer = name.eq_ignore_ascii_case("proxy-authenticate");
            is_offer.then(|| value.split_whitespace().next().unwrap_or_default())
        });
        let offered: Vec<_> = offered.collect();
        let came = format!("{came} {}", offered.join(", "));
        let speaks_basic = offered
            .iter()
            .any(|scheme| scheme.eq_ignore_ascii_case("basic"));
        if speaks_basic || offered.is_empty() {
            Err((Cause::ProxySignIn { proxy }, came))
        } else {
            Err((Cause::ProxyScheme { proxy }, came))
        }
    }
}
