//! The documented Mosquitto keeps agents apart: what is granted, what is delivered, and who may
//! take whose place. The broker is the real one with the settings of `deploy/mosquitto`; the
//! clients speak to it byte by byte, as an attacker would.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::Arc;

use pop_doubles::mosquitto::{Account, GATEWAY, GATEWAY_PASSWORD, Mosquitto};
use pop_doubles::mqtt::{Client, Connect, NO_SUBSCRIBER, NOT_AUTHORIZED};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

use crate::kit::PATIENCE;

const GRANTED: u8 = 1;

fn broker() -> Mosquitto {
    Mosquitto::start().expect("the packages mosquitto and mosquitto-clients are installed")
}

fn device(broker: &Mosquitto, agent: &str) -> Account {
    broker.enrol(agent, "dev1").expect("the broker takes it")
}

fn as_device(account: &Account) -> Connect<'_> {
    Connect {
        id: &account.username,
        login: Some((&account.username, &account.password)),
        session: 300,
        will: None,
    }
}

fn connect(broker: &Mosquitto, connect: &Connect<'_>) -> Result<Client, u8> {
    Client::connect(broker.plain, connect).expect("the broker answers")
}

fn connected(broker: &Mosquitto, account: &Account) -> Client {
    let client = connect(broker, &as_device(account));
    client.unwrap_or_else(|code| panic!("{} is refused: {code:#x}", account.username))
}

/// A desktop that listens to its two topics.
fn listening(broker: &Mosquitto, account: &Account) -> Client {
    let mut client = connected(broker, account);
    let mine = [account.topic("interactions"), account.topic("control")];
    let codes = client.subscribe(&[&mine[0], &mine[1]]).expect("answers");
    assert_eq!(codes, [GRANTED, GRANTED], "what is its own it hears");
    client
}

fn gateway(broker: &Mosquitto) -> Client {
    let login = Some((GATEWAY, GATEWAY_PASSWORD));
    let as_gateway = Connect {
        id: GATEWAY,
        login,
        ..Connect::default()
    };
    connect(broker, &as_gateway).expect("the gateway's account")
}

fn said(client: &mut Client) -> String {
    String::from_utf8(client.hear().expect("a message").said).expect("text")
}

#[test]
fn a_neighbour_is_granted_nothing_and_hears_nothing() {
    let broker = broker();
    let (owner, neighbour) = (device(&broker, "a17"), device(&broker, "a18"));
    let mut hears = listening(&broker, &owner);
    let mut listens = listening(&broker, &neighbour);
    let theirs = owner.topic("interactions");
    let shared = format!("$share/group/{theirs}");
    let filters = [
        theirs.as_str(),
        "#",
        "+/#",
        "sp/v1/acme/agents/+/interactions",
        "sp/v1/acme/agents/a17/#",
        &shared,
        &owner.topic("control"),
        &owner.topic("ack"),
        &owner.topic("presence"),
        &neighbour.topic("ack"),
        "$SYS/#",
        "$CONTROL/#",
        "$CONTROL/dynamic-security/v1/response",
    ];
    let codes = listens.subscribe(&filters).expect("answers");
    for (filter, code) in filters.iter().zip(codes) {
        assert_eq!(code, NOT_AUTHORIZED, "{filter}");
    }

    let mut gateway = gateway(&broker);
    for what in ["interactions", "control"] {
        assert_eq!(
            gateway
                .publish(&owner.topic(what), "for a17", false)
                .expect("answers"),
            0
        );
    }
    let after = gateway.publish(&neighbour.topic("interactions"), "for a18", false);
    assert_eq!(after.expect("answers"), 0);
    assert_eq!(said(&mut hears), "for a17");
    assert_eq!(said(&mut hears), "for a17", "interactions and control");
    assert_eq!(said(&mut listens), "for a18", "nothing before it");
}

#[test]
fn a_filter_over_ones_own_topic_is_refused_and_brings_no_message_twice() {
    let broker = broker();
    let owner = device(&broker, "a17");
    let mut desktop = connected(&broker, &owner);
    let mine = owner.topic("interactions");
    let filters = [mine.as_str(), "#", "sp/v1/acme/agents/a17/+"];
    let codes = desktop.subscribe(&filters).expect("answers");
    assert_eq!(codes, [GRANTED, NOT_AUTHORIZED, NOT_AUTHORIZED]);
    let mut gateway = gateway(&broker);
    for text in ["first", "second"] {
        assert_eq!(gateway.publish(&mine, text, false).expect("answers"), 0);
    }
    assert_eq!(said(&mut desktop), "first");
    assert_eq!(said(&mut desktop), "second", "and not the first once more");
}

#[test]
fn a_stolen_client_id_disturbs_nobody() {
    let broker = broker();
    let (victim, thief) = (device(&broker, "a17"), device(&broker, "a18"));
    let mut desktop = listening(&broker, &victim);
    let wrong = Connect {
        login: Some((&victim.username, "guessed")),
        ..as_device(&victim)
    };
    let with_own_login = Connect {
        id: &victim.username,
        ..as_device(&thief)
    };
    let without_login = Connect {
        login: None,
        ..as_device(&victim)
    };
    let elsewhere = Connect {
        id: "acme.a17.other",
        ..as_device(&victim)
    };
    for (attempt, why) in [
        (wrong, "a wrong password"),
        (with_own_login, "one's own login with another's client id"),
        (without_login, "no login"),
        (elsewhere, "a client id that is not bound to the account"),
    ] {
        let refused = connect(&broker, &attempt).err();
        assert_eq!(refused, Some(NOT_AUTHORIZED), "{why}");
    }

    let mut gateway = gateway(&broker);
    let mine = victim.topic("interactions");
    assert_eq!(
        gateway
            .publish(&mine, "still here", false)
            .expect("answers"),
        0
    );
    assert_eq!(said(&mut desktop), "still here", "on the same connection");
    drop(desktop);
    assert_eq!(
        gateway.publish(&mine, "meanwhile", false).expect("answers"),
        0
    );
    let mut again = connected(&broker, &victim);
    assert!(again.session_present, "nobody took the session either");
    assert_eq!(said(&mut again), "meanwhile");
}

#[test]
fn a_desktop_says_only_what_is_its_own_to_say() {
    let broker = broker();
    let (owner, neighbour) = (device(&broker, "a17"), device(&broker, "a18"));
    let mut hears = listening(&broker, &owner);
    let mut desktop = listening(&broker, &neighbour);
    let mut gateway = gateway(&broker);
    let filter = "sp/v1/acme/agents/+/ack";
    assert_eq!(gateway.subscribe(&[filter]).expect("answers"), [GRANTED]);
    let not_theirs = [
        neighbour.topic("interactions"),
        neighbour.topic("control"),
        owner.topic("interactions"),
        owner.topic("control"),
        owner.topic("ack"),
        owner.topic("presence"),
        "$CONTROL/dynamic-security/v1".to_owned(),
        "$SYS/broker/version".to_owned(),
        "anything".to_owned(),
    ];
    for topic in not_theirs {
        for retain in [false, true] {
            let code = desktop.publish(&topic, "forged", retain).expect("answers");
            assert_eq!(code, NOT_AUTHORIZED, "{topic}, retain {retain}");
        }
    }
    let may = desktop.publish(&neighbour.topic("ack"), "received", false);
    assert_eq!(may.expect("answers"), 0, "its own acknowledgement");
    let heard = gateway.hear().expect("a message");
    assert_eq!(
        heard.topic,
        neighbour.topic("ack"),
        "and no forged one before it"
    );
    let may = desktop.publish(&neighbour.topic("presence"), "online", true);
    assert!(
        matches!(may.expect("answers"), 0 | NO_SUBSCRIBER),
        "its own presence"
    );

    let own = gateway.publish(&owner.topic("interactions"), "true", false);
    assert_eq!(own.expect("answers"), 0);
    assert_eq!(said(&mut hears), "true", "nothing forged came before it");
}

#[test]
fn a_last_will_for_somebody_elses_topic_is_not_carried_out() {
    let broker = broker();
    let (owner, neighbour) = (device(&broker, "a17"), device(&broker, "a18"));
    let mut hears = listening(&broker, &owner);
    let mut gateway = gateway(&broker);
    let filter = "sp/v1/acme/agents/+/presence";
    assert_eq!(gateway.subscribe(&[filter]).expect("answers"), [GRANTED]);
    let theirs = owner.topic("interactions");
    let forged = Connect {
        will: Some((&theirs, "forged")),
        ..as_device(&neighbour)
    };
    // Whether it is let in with such a will is the broker's business; what it says is not heard.
    drop(connect(&broker, &forged));
    let own = neighbour.topic("presence");
    let honest = Connect {
        will: Some((&own, "offline")),
        ..as_device(&neighbour)
    };
    drop(connect(&broker, &honest).expect("its own account"));
    assert_eq!(said(&mut gateway), "offline", "its own will is carried out");
    assert_eq!(gateway.publish(&theirs, "true", false).expect("answers"), 0);
    assert_eq!(said(&mut hears), "true", "nothing forged came before it");
}

#[test]
fn the_gateways_account_reaches_what_it_needs_and_no_more() {
    let broker = broker();
    let mut gateway = gateway(&broker);
    let agents = "sp/v1/acme/agents";
    let filters = [
        format!("{agents}/+/ack"),
        format!("{agents}/+/presence"),
        "$CONTROL/dynamic-security/v1/response".to_owned(),
        format!("{agents}/+/interactions"),
        "#".to_owned(),
        "$SYS/#".to_owned(),
        "sp/v1/other/agents/+/ack".to_owned(),
    ];
    let filters: Vec<_> = filters.iter().map(String::as_str).collect();
    let codes = gateway.subscribe(&filters).expect("answers");
    let no = NOT_AUTHORIZED;
    assert_eq!(codes, [GRANTED, GRANTED, GRANTED, no, no, no, no]);
    for (topic, code) in [
        ("sp/v1/acme/agents/a17/interactions", NO_SUBSCRIBER),
        ("sp/v1/acme/agents/a17/control", NO_SUBSCRIBER),
        ("sp/v1/acme/agents/a17/ack", NOT_AUTHORIZED),
        ("sp/v1/other/agents/a17/interactions", NOT_AUTHORIZED),
        ("anything", NOT_AUTHORIZED),
    ] {
        assert_eq!(
            gateway.publish(topic, "x", false).expect("answers"),
            code,
            "{topic}"
        );
    }
    let thief = Connect {
        id: GATEWAY,
        login: Some((GATEWAY, "guessed")),
        ..Connect::default()
    };
    assert_eq!(connect(&broker, &thief).err(), Some(NOT_AUTHORIZED));
    gateway
        .publish("sp/v1/acme/agents/a17/control", "x", false)
        .expect("still connected");
}

#[test]
fn desktops_come_over_tls_and_web_socket_at_the_addresses_that_were_given() {
    let broker = broker();
    let owner = device(&broker, "a17");
    let stream = over_tls(&broker, broker.tls);
    let client = Client::over(stream, &as_device(&owner)).expect("the broker answers");
    let mut desktop = client.unwrap_or_else(|code| panic!("refused: {code:#x}"));
    let mine = owner.topic("interactions");
    assert_eq!(desktop.subscribe(&[&mine]).expect("answers"), [GRANTED]);
    let mut gateway = gateway(&broker);
    assert_eq!(
        gateway.publish(&mine, "over TLS", false).expect("answers"),
        0
    );
    assert_eq!(desktop.hear().expect("a message").said, b"over TLS");

    let mut stream = over_tls(&broker, broker.web);
    let ask = "GET /mqtt HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\
        Sec-WebSocket-Protocol: mqtt\r\n\r\n";
    stream.write_all(ask.as_bytes()).expect("sends");
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte).expect("an answer");
        head.push(byte[0]);
    }
    let head = String::from_utf8(head).expect("text").to_lowercase();
    assert!(head.starts_with("http/1.1 101"), "{head}");
    assert!(head.contains("sec-websocket-protocol: mqtt"), "{head}");

    for port in [broker.plain, broker.tls, broker.web] {
        let elsewhere = TcpStream::connect(("127.0.0.2", port));
        assert!(elsewhere.is_err(), "{port} was to listen on 127.0.0.1 only");
    }
}

#[test]
fn without_socket_domain_the_web_socket_listens_everywhere() {
    let without = [("socket_domain ipv4\n", "")];
    let broker = Mosquitto::start_with(&without).expect("starts");
    TcpStream::connect(("127.0.0.2", broker.web)).expect("the trap that the settings close");
    let plain = TcpStream::connect(("127.0.0.2", broker.plain));
    assert!(plain.is_err(), "the other listeners do as they are told");
}

fn over_tls(broker: &Mosquitto, port: u16) -> StreamOwned<ClientConnection, TcpStream> {
    let mut roots = RootCertStore::empty();
    let trusted = CertificateDer::from_pem_file(broker.authority()).expect("a certificate");
    roots.add(trusted).expect("a certificate");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from("localhost").expect("a name");
    let client = ClientConnection::new(Arc::new(config), name).expect("a client");
    let stream = TcpStream::connect(("127.0.0.1", port)).expect("the broker listens");
    stream.set_read_timeout(Some(PATIENCE)).expect("sets");
    StreamOwned::new(client, stream)
}
