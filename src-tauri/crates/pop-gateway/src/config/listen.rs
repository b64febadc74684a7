//! `[listen]`: where platforms reach us, and whose word about an address counts.

use std::fs;
use std::net::{IpAddr, SocketAddr};
use std::path::Path;
use std::sync::Arc;

use axum::http::HeaderMap;
use pop_core::file::section::{Section, Spot};

use crate::config::{address, secret};
use crate::secrets::Secrets;
use crate::tls;

/// Where platforms reach us.
pub(crate) struct Listen {
    pub(crate) address: SocketAddr,
    /// The address as platforms know it, without path: some sign it.
    pub(crate) url: String,
    pub(crate) tls: Option<Arc<rustls::ServerConfig>>,
    /// Those in front of us whose word about an address counts.
    pub(crate) proxies: Vec<IpAddr>,
}

impl Listen {
    /// The address that asks: the last one that a proxy of ours saw and that is no proxy of ours.
    pub(crate) fn asker(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        if !self.proxies.contains(&peer) {
            return peer;
        }
        let fields = headers.get_all("x-forwarded-for").iter();
        let texts: Vec<_> = fields.filter_map(|field| field.to_str().ok()).collect();
        let seen = texts.iter().flat_map(|text| text.split(',')).rev();
        let mut seen = seen.map_while(|text| text.trim().parse().ok());
        seen.find(|address| !self.proxies.contains(address))
            .unwrap_or(peer)
    }
}

pub(super) fn read(section: &Section<'_>, folder: &Path, secrets: &Secrets) -> Option<Listen> {
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
    let mut proxies = Vec::new();
    for spot in section.texts("proxies").unwrap_or_default() {
        match spot.text.parse() {
            Ok(address) => proxies.push(address),
            Err(_) => section.refuse(spot, "proxies", "addresses such as 127.0.0.1"),
        }
    }
    Some(Listen {
        address: address?,
        url: url?,
        tls,
        proxies,
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
