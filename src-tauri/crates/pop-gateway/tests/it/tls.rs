//! TLS by file, towards platforms and towards the broker.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;

use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

use crate::kit::{KEY, PATIENCE, Place, START, answer, metric_becomes, post, request, secret};
use crate::mosquitto::{Mosquitto, free_port};

fn post_over_tls(
    to: SocketAddr,
    trusted: &CertifiedKey<rcgen::KeyPair>,
) -> std::io::Result<String> {
    let mut roots = RootCertStore::empty();
    roots
        .add(trusted.cert.der().clone())
        .expect("a certificate");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from("localhost").expect("a name");
    let client = ClientConnection::new(Arc::new(config), name).expect("a client");
    let stream = TcpStream::connect(to)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    let mut stream = StreamOwned::new(client, stream);
    let key = format!("Authorization: {KEY}\r\n");
    stream.write_all(request("POST", "/glia", &key, START).as_bytes())?;
    let mut text = String::new();
    stream.read_to_string(&mut text)?;
    Ok(text)
}

fn certificate() -> CertifiedKey<rcgen::KeyPair> {
    generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn platforms_reach_it_over_tls_and_others_do_not() {
    let own = certificate();
    let listen = "address = \"127.0.0.1:0\"\ncertificate = \"own.pem\"\nkey = \"own-key\"";
    let place = Place::with(free_port(), listen, "");
    fs::write(place.folder.path().join("own.pem"), own.cert.pem()).expect("writes");
    secret(
        place.folder.path(),
        "own-key",
        &own.signing_key.serialize_pem(),
    );
    let gateway = place.start().await;
    let to = gateway.webhooks;
    let said = tokio::task::spawn_blocking(move || {
        let stranger = post_over_tls(to, &certificate());
        (post_over_tls(to, &own), stranger)
    });
    let (known, stranger) = said.await.expect("no panic");
    assert_eq!(answer(&known.expect("an answer")).status, 202);
    assert!(
        stranger.is_err(),
        "whoever trusts another certificate says nothing"
    );
    gateway.stop().await;
}

#[tokio::test]
async fn the_broker_is_reached_over_tls_by_an_authority_of_ones_own() {
    let own = certificate();
    let port = free_port();
    let keys = tempfile::tempdir().expect("a folder");
    let (cert, key) = (keys.path().join("cert.pem"), keys.path().join("key.pem"));
    fs::write(&cert, own.cert.pem()).expect("writes");
    fs::write(&key, own.signing_key.serialize_pem()).expect("writes");
    let settings = format!(
        "allow_anonymous true\ncertfile {}\nkeyfile {}\nuser root\n",
        cert.display(),
        key.display()
    );
    let _broker = Mosquitto::start_with(port, &settings);
    let place = Place::new(port);
    let text = fs::read_to_string(&place.config).expect("reads");
    let with_tls = format!("url = \"mqtts://localhost:{port}\"\nauthorities = \"broker.pem\"");
    let plain = format!("url = \"mqtt://127.0.0.1:{port}\"");
    fs::write(&place.config, text.replace(&plain, &with_tls)).expect("writes");
    fs::write(place.folder.path().join("broker.pem"), own.cert.pem()).expect("writes");
    let gateway = place.start().await;
    assert_eq!(post(gateway.webhooks, START).await, 202);
    // Nobody subscribes to this broker; it says so, which only somebody who is connected hears.
    metric_becomes(gateway.operations, "for_nobody_total", 1).await;
    gateway.stop().await;
}
