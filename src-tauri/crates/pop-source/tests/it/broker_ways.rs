//! The ways to a broker: TLS, WebSocket, proxies, and everything that can be wrong on the way.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use pop_core::secret::Secret;
use pop_core::stream::StreamFault;
use pop_doubles::mosquitto::{Account, Mosquitto, free_port};
use pop_source::broker::{Address, BrokerConfig, Proxy, Proxying, Trust};
use pop_source::source::{Source as _, State};
use rcgen::{CertificateParams, KeyPair, date_time_ymd};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::sync::Arc;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};

use crate::broker_kit::{Desk, Gateway, config, offer, plain, trusting, trusting_broker};

fn nobody() -> Account {
    Account {
        agent: "a17".to_owned(),
        username: "acme.a17.dev".to_owned(),
        password: "none".to_owned(),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tls_and_websocket_lead_to_the_same_events() {
    let broker = Mosquitto::start().expect("a broker");
    let account = broker.enrol("a17", "dev").expect("an account");
    let gateway = Gateway::at(&broker).await;
    let ways = [
        format!("mqtts://localhost:{}", broker.tls),
        format!("wss://localhost:{}/mqtt", broker.web),
    ];
    for (number, way) in ways.iter().enumerate() {
        let config = BrokerConfig {
            trust: trusting_broker(&broker),
            ..config(&account, way)
        };
        let desk = Desk::start(config);
        desk.hears().await;
        let id = format!("e-{number}");
        gateway.publish(&account, &offer(&id, "a17"), 300).await;
        assert_eq!(desk.ear.heard(1).await, [id], "{way}");
        desk.broker.stop().await;
    }
    let stranger = config(&account, &ways[0]);
    let desk = Desk::start(stranger);
    assert_eq!(desk.is_deaf().await, StreamFault::CertificateUntrusted);
    desk.broker.stop().await;
}

/// A server with a certificate for this name and time, which ends each connection after TLS.
async fn server(name: &str, until: i32) -> (u16, Trust) {
    let mut params = CertificateParams::new(vec![name.to_owned()]).expect("a name");
    params.not_before = date_time_ymd(2020, 1, 1);
    params.not_after = date_time_ymd(until, 1, 1);
    let key = KeyPair::generate().expect("a key");
    let certificate = params.self_signed(&key).expect("a certificate");
    let certificate: CertificateDer<'static> = certificate.der().clone();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(
            vec![certificate.clone()],
            PrivateKeyDer::Pkcs8(key.serialize_der().into()),
        )
        .expect("a certificate");
    let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let acceptor = acceptor.clone();
            tokio::spawn(async move { acceptor.accept(stream).await.map(drop) });
        }
    });
    (port, trusting(&[certificate]))
}

#[tokio::test]
async fn each_fault_of_the_certificate_has_its_name() {
    for (name, until, expected) in [
        ("elsewhere.example", 4_000, StreamFault::CertificateName),
        ("localhost", 2_021, StreamFault::CertificateTime),
        ("localhost", 4_000, StreamFault::Protocol),
    ] {
        let (port, trust) = server(name, until).await;
        let desk = Desk::start(BrokerConfig {
            trust,
            ..config(&nobody(), &format!("mqtts://localhost:{port}"))
        });
        assert_eq!(desk.is_deaf().await, expected, "{name} until {until}");
        desk.broker.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_fault_of_the_way_has_its_name() {
    let broker = Mosquitto::start().expect("a broker");
    let closed = free_port().expect("a port");
    for (address, expected) in [
        ("mqtts://nobody.invalid".to_owned(), StreamFault::Dns),
        (format!("mqtts://localhost:{closed}"), StreamFault::Refused),
        (
            format!("mqtts://localhost:{}", broker.plain),
            StreamFault::Tls,
        ),
        (
            format!("ws://127.0.0.1:{}/mqtt", broker.plain),
            StreamFault::WebSocket,
        ),
    ] {
        let desk = Desk::start(config(&nobody(), &address));
        assert_eq!(desk.is_deaf().await, expected, "{address}");
        desk.broker.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_next_address_is_tried_when_one_is_not_reached() {
    let broker = Mosquitto::start().expect("a broker");
    let account = broker.enrol("a17", "dev").expect("an account");
    let closed = free_port().expect("a port");
    let mut config = config(&account, &format!("mqtt://localhost:{closed}"));
    let second = Address::parse(&plain(&broker), true).expect("an address");
    config.addresses.push(second.clone());
    let desk = Desk::start(config);
    let place = desk.until("there", |state| match state {
        State::Hearing { place, .. } => Some(place.clone()),
        State::Connecting { .. } | State::Deaf { .. } => None,
    });
    assert_eq!(place.await, second.to_string());
    desk.broker.stop().await;
}

/// A real proxy: it makes tunnels for whoever knows the password, and refuses in its own way.
async fn proxy(refusal: &'static str) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let login = format!("Basic {}", STANDARD.encode("ann:secret"));
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(tunnel(stream, login.clone(), refusal));
        }
    });
    port
}

async fn tunnel(stream: TcpStream, login: String, refusal: &'static str) {
    let mut near = BufReader::new(stream);
    let mut head = Vec::new();
    loop {
        let mut line = String::new();
        near.read_line(&mut line).await.expect("a line");
        if line.trim().is_empty() {
            break;
        }
        head.push(line.trim().to_owned());
    }
    let target = head[0].split(' ').nth(1).expect("a target").to_owned();
    let is_known = head
        .iter()
        .any(|line| *line == format!("Proxy-Authorization: {login}"));
    if !is_known {
        let answer = format!("HTTP/1.1 {refusal}\r\nContent-Length: 0\r\n\r\n");
        near.write_all(answer.as_bytes()).await.expect("it reads");
        return;
    }
    let mut far = TcpStream::connect(target).await.expect("the broker");
    let opened = b"HTTP/1.1 200 Connection established\r\n\r\n";
    near.write_all(opened).await.expect("it reads");
    // However the tunnel ends.
    let _ = copy_bidirectional(&mut near, &mut far).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_proxy_makes_the_tunnel_for_who_knows_its_password() {
    const BASIC: &str = "407 no\r\nProxy-Authenticate: Basic realm=\"proxy\"";
    const OTHER: &str = "407 no\r\nProxy-Authenticate: Negotiate\r\nProxy-Authenticate: NTLM";
    let broker = Mosquitto::start().expect("a broker");
    let account = broker.enrol("a17", "dev").expect("an account");
    let through = |port: u16, login: Option<(&str, &Secret)>, way: String| BrokerConfig {
        trust: trusting_broker(&broker),
        proxying: Proxying::By(
            Proxy::parse(&format!("http://127.0.0.1:{port}"), login).expect("a proxy"),
        ),
        ..config(&account, &way)
    };
    let (tls, web) = (
        format!("mqtts://localhost:{}", broker.tls),
        format!("wss://localhost:{}/mqtt", broker.web),
    );
    let password = Secret::new("secret".to_owned());
    let port = proxy(BASIC).await;
    for way in [&tls, &web] {
        let desk = Desk::start(through(port, Some(("ann", &password)), way.clone()));
        desk.hears().await;
        desk.broker.stop().await;
    }
    for (refusal, expected) in [
        (BASIC, StreamFault::ProxySignIn),
        (OTHER, StreamFault::ProxyScheme),
        ("403 no", StreamFault::ProxyRefused),
    ] {
        let desk = Desk::start(through(proxy(refusal).await, None, tls.clone()));
        assert_eq!(desk.is_deaf().await, expected, "{refusal}");
        desk.broker.stop().await;
    }
    let closed = free_port().expect("a port");
    let desk = Desk::start(through(closed, None, tls));
    assert_eq!(desk.is_deaf().await, StreamFault::ProxyUnreachable);
    desk.broker.stop().await;
}
