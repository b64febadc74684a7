//! Servers with bad certificates, and those that are slow or dumb before anything is said.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use pop_core::doctor::Report;
use pop_crm::Proxying;
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    date_time_ymd,
};
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::ServerCertVerifier;
use rustls::crypto::ring;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use rustls::{RootCertStore, ServerConfig};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;

use crate::Row;
use crate::stage::{Given, HOST, Names, played, says, server, silent};

const GROUP: &str = "Network: TLS";

/// An authority, made for one fault.
struct Authority {
    issuer: Issuer<'static, KeyPair>,
    der: CertificateDer<'static>,
}

impl Authority {
    fn new(name: &str) -> Self {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        (params.not_before, params.not_after) =
            (date_time_ymd(2020, 1, 1), date_time_ymd(2090, 1, 1));
        let key = KeyPair::generate().expect("a key");
        let der = params
            .self_signed(&key)
            .expect("a certificate")
            .der()
            .clone();
        Self {
            issuer: Issuer::new(params, key),
            der,
        }
    }

    fn trust(&self) -> Arc<dyn ServerCertVerifier> {
        let mut roots = RootCertStore::empty();
        roots.add(self.der.clone()).expect("an authority");
        verifier(roots)
    }

    fn signs(&self, leaf: &Leaf) -> CertifiedKey {
        let mut params = CertificateParams::new(vec![leaf.name.clone()]).expect("a name");
        params
            .distinguished_name
            .push(DnType::CommonName, leaf.name.clone());
        params.extended_key_usages = vec![leaf.purpose.clone()];
        (params.not_before, params.not_after) = (
            date_time_ymd(leaf.years.0, 1, 1),
            date_time_ymd(leaf.years.1, 1, 1),
        );
        let key = KeyPair::generate().expect("a key");
        let signed = params.signed_by(&key, &self.issuer).expect("a certificate");
        certified(signed.der().clone(), &key)
    }
}

fn certified(der: CertificateDer<'static>, key: &KeyPair) -> CertifiedKey {
    let key = PrivateKeyDer::try_from(key.serialize_der()).expect("a key");
    let key = ring::sign::any_supported_type(&key).expect("a key for signing");
    CertifiedKey::new(vec![der], key)
}

fn verifier(roots: RootCertStore) -> Arc<dyn ServerCertVerifier> {
    let provider = Arc::new(ring::default_provider());
    WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider)
        .build()
        .expect("a verifier")
}

/// Trusts an authority that signs nothing here.
pub(crate) fn nobody() -> Arc<dyn ServerCertVerifier> {
    Authority::new("Nobody's authority").trust()
}

/// What a certificate says.
struct Leaf {
    name: String,
    years: (i32, i32),
    purpose: ExtendedKeyUsagePurpose,
}

impl Leaf {
    fn good() -> Self {
        Self {
            name: HOST.to_owned(),
            years: (2020, 2090),
            purpose: ExtendedKeyUsagePurpose::ServerAuth,
        }
    }
}

/// Shows one certificate, or makes one for whatever name is asked for.
struct Shows {
    one: Option<Arc<CertifiedKey>>,
    makes: Option<Authority>,
}

impl std::fmt::Debug for Shows {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Shows")
    }
}

impl ResolvesServerCert for Shows {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        if let Some(makes) = &self.makes {
            let name = hello.server_name()?.to_owned();
            return Some(Arc::new(makes.signs(&Leaf {
                name,
                ..Leaf::good()
            })));
        }
        self.one.clone()
    }
}

async fn shows(shows: Shows, waits: Duration) -> SocketAddr {
    let provider = Arc::new(ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("the usual versions")
        .with_no_client_auth()
        .with_cert_resolver(Arc::new(shows));
    let acceptor = TlsAcceptor::from(Arc::new(config));
    server(move |stream| {
        let acceptor = acceptor.clone();
        async move {
            tokio::time::sleep(waits).await;
            let Ok(mut stream) = acceptor.accept(stream).await else {
                return;
            };
            let mut begun = [0; 1_024];
            let _ = stream.read(&mut begun).await;
            let answer = b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n";
            let _ = stream.write_all(answer).await;
            let _ = stream.flush().await;
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    })
    .await
}

pub(crate) fn rows() -> Vec<Row> {
    let row = |fault: &str, expected, inject| Row {
        group: GROUP,
        fault: fault.to_owned(),
        expected,
        inject,
    };
    let leaf = Leaf::good;
    vec![
        row(
            "Certificate: expired",
            &["certificate_expired"],
            Box::pin(signed(
                Leaf {
                    years: (2020, 2024),
                    ..leaf()
                },
                0,
            )),
        ),
        row(
            "Certificate: not valid yet",
            &["clock_off"],
            Box::pin(signed(
                Leaf {
                    years: (2080, 2090),
                    ..leaf()
                },
                0,
            )),
        ),
        row(
            "Clock: years behind, so a good certificate is not valid yet",
            &["clock_off"],
            Box::pin(signed(leaf(), -10 * 365 * 86_400)),
        ),
        row(
            "Certificate: for another name",
            &["certificate_name"],
            Box::pin(signed(
                Leaf {
                    name: "other.example".to_owned(),
                    ..leaf()
                },
                0,
            )),
        ),
        row(
            "Certificate: not for servers",
            &["certificate_unfit"],
            Box::pin(signed(
                Leaf {
                    purpose: ExtendedKeyUsagePurpose::ClientAuth,
                    ..leaf()
                },
                0,
            )),
        ),
        row(
            "Certificate: unknown issuer",
            &["certificate_untrusted"],
            Box::pin(untrusted()),
        ),
        row(
            "Certificate: signed by itself",
            &["certificate_untrusted"],
            Box::pin(self_signed()),
        ),
        row(
            "TLS intercepted: a certificate is made for every name",
            &["intercepted"],
            Box::pin(intercepted()),
        ),
        row(
            "TLS: the port speaks plain HTTP",
            &["not_tls"],
            Box::pin(dumb(
                "HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n",
            )),
        ),
        row("TLS: the server hangs up", &["cut"], Box::pin(dumb(""))),
        row("TLS: silence", &["answer_timeout"], Box::pin(mute())),
        row("Slow: TLS takes 1.2 s", &["slow_tls"], Box::pin(slow_tls())),
        row(
            "Slow: the proxy takes 1.2 s",
            &["slow_proxy"],
            Box::pin(slow_proxy()),
        ),
    ]
}

async fn at(address: SocketAddr, trust: Option<Arc<dyn ServerCertVerifier>>, clock: i64) -> Report {
    let names = Names {
        to: vec![address],
        ..Names::default()
    };
    played(Given {
        names,
        trust,
        clock,
        secure: true,
        ..Given::default()
    })
    .await
}

async fn signed(leaf: Leaf, clock: i64) -> Report {
    let authority = Authority::new("Meridian authority");
    let one = Some(Arc::new(authority.signs(&leaf)));
    let address = shows(Shows { one, makes: None }, Duration::ZERO).await;
    at(address, Some(authority.trust()), clock).await
}

async fn untrusted() -> Report {
    at(of_nobody().await, None, 0).await
}

/// A server whose certificate is from an authority that nobody trusts.
pub(crate) async fn of_nobody() -> SocketAddr {
    let one = Some(Arc::new(
        Authority::new("Private authority").signs(&Leaf::good()),
    ));
    shows(Shows { one, makes: None }, Duration::ZERO).await
}

async fn self_signed() -> Report {
    let key = KeyPair::generate().expect("a key");
    let params = CertificateParams::new(vec![HOST.to_owned()]).expect("a name");
    let der = params
        .self_signed(&key)
        .expect("a certificate")
        .der()
        .clone();
    let one = Some(Arc::new(certified(der, &key)));
    at(
        shows(Shows { one, makes: None }, Duration::ZERO).await,
        None,
        0,
    )
    .await
}

async fn intercepted() -> Report {
    let makes = Some(Authority::new("Traffic Inspection CA"));
    at(
        shows(Shows { one: None, makes }, Duration::ZERO).await,
        None,
        0,
    )
    .await
}

async fn dumb(text: &'static str) -> Report {
    at(says(text).await, None, 0).await
}

async fn mute() -> Report {
    at(silent().await, None, 0).await
}

async fn slow_tls() -> Report {
    let authority = Authority::new("Meridian authority");
    let one = Some(Arc::new(authority.signs(&Leaf::good())));
    let address = shows(Shows { one, makes: None }, Duration::from_millis(1_200)).await;
    let names = Names {
        to: vec![address],
        ..Names::default()
    };
    let trust = Some(authority.trust());
    played(Given {
        names,
        trust,
        secure: true,
        ..Given::default()
    })
    .await
}

async fn slow_proxy() -> Report {
    let authority = Authority::new("Meridian authority");
    let one = Some(Arc::new(authority.signs(&Leaf::good())));
    let behind = shows(Shows { one, makes: None }, Duration::ZERO).await;
    let proxy = server(move |stream| tunnel(stream, behind)).await;
    let proxying = Proxying::By {
        host: "127.0.0.1".to_owned(),
        port: proxy.port(),
    };
    let trust = Some(authority.trust());
    played(Given {
        proxying,
        trust,
        secure: true,
        ..Given::default()
    })
    .await
}

async fn tunnel(mut stream: TcpStream, behind: SocketAddr) {
    let mut begun = [0; 1_024];
    let _ = stream.read(&mut begun).await;
    tokio::time::sleep(Duration::from_millis(1_200)).await;
    let Ok(mut server) = TcpStream::connect(behind).await else {
        return;
    };
    let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await;
    let _ = tokio::io::copy_bidirectional(&mut stream, &mut server).await;
}
