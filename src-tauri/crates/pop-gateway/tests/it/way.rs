//! What a person fills in for the way to the broker: a proxy that wants a password, and a broker
//! without enrolment. The secrets go to the vault and into no file.

use std::fs;
use std::net::SocketAddr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use pop_core::secret::Secret;
use pop_core::settings::{Broker, Proxy, Topics};
use pop_core::stream::StreamFault;
use pop_engine::Way;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};

use crate::computer::{Computer, Run};
use crate::kit::post;
use crate::whole::{Stage, visit};

const PASSWORD: &str = "correct horse battery staple";

/// A proxy that makes tunnels for Jordan alone.
async fn proxy() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(tunnel(stream));
        }
    });
    address
}

async fn tunnel(stream: TcpStream) -> Option<()> {
    let login = format!("Basic {}", STANDARD.encode(format!("jordan:{PASSWORD}")));
    let mut stream = BufReader::new(stream);
    let (mut there, mut let_in) = (None, false);
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await.ok()?;
        match line.trim_end().split_once(' ') {
            Some(("CONNECT", rest)) => there = rest.split(' ').next().map(str::to_owned),
            Some((name, said)) if name.eq_ignore_ascii_case("proxy-authorization:") => {
                let_in = said == login;
            }
            Some(_) => {}
            None => break,
        }
    }
    if !let_in {
        let refusal = "HTTP/1.1 407 x\r\nProxy-Authenticate: Basic realm=\"acme\"\r\n\r\n";
        stream.write_all(refusal.as_bytes()).await.ok()?;
        return Some(());
    }
    let mut broker = TcpStream::connect(there?).await.ok()?;
    stream.write_all(b"HTTP/1.1 200 x\r\n\r\n").await.ok()?;
    copy_bidirectional(&mut stream, &mut broker).await.ok()?;
    Some(())
}

async fn fill_in(run: &Run, way: Way, secret: &str) -> Vec<&'static str> {
    let secret = Some(Secret::new(secret.to_owned()));
    let faults = run.engine.set_way(way, secret).await.expect("it is kept");
    faults.into_iter().map(|(field, _)| field).collect()
}

fn nothing_lies_open(computer: &Computer, secret: &str) {
    let mut folders = vec![computer.folder().to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = fs::read(&path).expect("a file");
            let mut parts = bytes.windows(secret.len());
            let holds = parts.any(|part| part == secret.as_bytes());
            assert!(!holds, "{} tells the password", path.display());
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_proxy_that_wants_a_password_is_passed_once_a_person_enters_it() {
    let stage = Stage::new().await;
    let gateway = stage.gateway().await;
    let (computer, run) = stage.signed_in(&gateway).await;
    let proxy = proxy().await;
    let way = |user: Option<&str>| {
        Way::Proxy(Some(Proxy {
            url: format!("http://{proxy}"),
            user: user.map(str::to_owned),
        }))
    };
    assert_eq!(fill_in(&run, way(Some("jordan")), "").await, ["secret"]);
    run.hears().await;

    assert!(fill_in(&run, way(None), "").await.is_empty());
    let wanted = StreamFault::ProxySignIn;
    run.screen.is_deaf("nobody is named", wanted).await;
    assert!(fill_in(&run, way(Some("jordan")), "wrong").await.is_empty());
    run.screen.is_deaf("the password is wrong", wanted).await;
    assert!(
        fill_in(&run, way(Some("jordan")), PASSWORD)
            .await
            .is_empty()
    );
    run.hears().await;
    assert_eq!(post(gateway.webhooks, &visit("eng-1")).await, 202);
    run.screen.customer("eng-1", "12345").await;
    run.stop().await;
    nothing_lies_open(&computer, PASSWORD);

    let run = computer.start();
    run.hears().await;
    assert!(fill_in(&run, Way::Proxy(None), "").await.is_empty());
    run.hears().await;
    run.stop().await;
    gateway.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_broker_without_enrolment_is_heard_once_everything_about_it_is_right() {
    let stage = Stage::new().await;
    let gateway = stage.gateway().await;
    let account = stage.broker.enrol("agent01", "dev").expect("an account");
    let computer = stage.computer(&format!("http://{}", gateway.webhooks));
    let run = computer.start();
    let nobody = StreamFault::SignInNeeded;
    run.screen.is_deaf("the vault is open", nobody).await;
    let broker = |url: String, interactions: &str| {
        Way::Broker(Some(Broker {
            urls: vec![url],
            username: account.username.clone(),
            client_id: None,
            topics: Topics {
                interactions: interactions.to_owned(),
                control: None,
                ack: None,
                presence: None,
            },
        }))
    };
    let here = format!("mqtts://localhost:{}", stage.broker.tls);
    let wrong = broker("http://localhost".to_owned(), "sp/v1/acme/#");
    let faults = fill_in(&run, wrong, "").await;
    assert_eq!(faults, ["urls", "interactions", "secret"]);
    let topic = "sp/v1/acme/agents/agent01/interactions";
    let right = fill_in(&run, broker(here, topic), &account.password).await;
    assert!(right.is_empty(), "{right:?}");
    run.hears().await;
    assert_eq!(post(gateway.webhooks, &visit("eng-1")).await, 202);
    run.screen.customer("eng-1", "12345").await;
    run.stop().await;
    nothing_lies_open(&computer, &account.password);
    gateway.stop().await;
}
