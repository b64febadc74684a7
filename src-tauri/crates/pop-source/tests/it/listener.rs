//! The loopback listener does what it is for, and stops when told.

use std::net::TcpListener;
use std::time::Duration;

use pop_core::interaction::{Channel, What};
use pop_source::listener::{LastRefusal, ListenAddress, ListenerConfig, ListenerFault, Refusal};
use pop_source::signature::{Sender, SenderKeys};
use pop_source::source::{Accepted, Source as _};
use sha2::{Digest as _, Sha256};
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;

use crate::canonical::offered;
use crate::testkit::{
    Bench, HandClock, Recorder, Request, SECRET, SIMPLE, noon, one_answer, one_sender, rest, rules,
    start, status, verify_key,
};

const SECOND: &str = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

#[tokio::test]
async fn a_signed_event_is_handed_on_and_answered_with_an_empty_202() {
    let bench = Bench::start().await;
    let answer = bench.say(&bench.request(|_| {})).await;
    assert_eq!(
        answer,
        "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\nCache-Control: no-store\r\n\
         Connection: close\r\n\r\n",
    );
    let deliveries = bench.sink.deliveries.lock().expect("no panic");
    let [delivery] = deliveries.as_slice() else {
        panic!("one delivery")
    };
    assert_eq!(
        (delivery.id.as_str(), delivery.sender.as_str()),
        ("msg_00000001", "desk-tool")
    );
    assert_eq!(delivery.raw, SIMPLE.as_bytes());
    assert_eq!(delivery.body_hash, <[u8; 32]>::from(Sha256::digest(SIMPLE)));
    assert_eq!(delivery.received, noon());
    let [event] = delivery.events.as_slice() else {
        panic!("one event")
    };
    assert_eq!((event.what, event.channel), (What::Accepted, Channel::Chat));
    assert_eq!(event.id, "msg_00000001");
    let counters = bench.listener.counters();
    assert_eq!(
        (counters.accepted, counters.repeated, counters.refused.len()),
        (1, 0, 0)
    );
}

#[tokio::test]
async fn all_three_modes_of_cloudevents_come_in() {
    let bench = Bench::start().await;
    let one = offered().to_string();
    let two = format!("[{one},{one}]");
    let data = offered()["data"].to_string();
    let media = "application/cloudevents+json; charset=utf-8";
    let structured = Request::signed(bench.port(), "msg_structured", media, one.as_bytes());
    let media = "application/cloudevents-batch+json";
    let batch = Request::signed(bench.port(), "msg_00batch", media, two.as_bytes());
    let media = "application/json";
    let mut binary = Request::signed(bench.port(), "msg_0binary", media, data.as_bytes());
    binary.add("ce-specversion", "1.0");
    binary.add("ce-id", "WR1:reservation.created:1");
    binary.add("ce-source", "/twilio/AC1/WS1");
    binary.add("ce-type", "app.screenpop.interaction.offered.v1");
    for request in [&structured, &batch, &binary] {
        assert_eq!(status(&bench.say(&request.bytes()).await), 202);
    }
    binary.set("ce-id", "another");
    bench.say(&binary.bytes()).await;
    let deliveries = bench.sink.deliveries.lock().expect("no panic");
    let counts: Vec<_> = deliveries
        .iter()
        .map(|delivery| delivery.events.len())
        .collect();
    assert_eq!(counts, [1, 2, 1, 1]);
    assert_ne!(
        deliveries[2].body_hash, deliveries[3].body_hash,
        "the signature does not cover the ce- fields, so the hash must"
    );
}

#[tokio::test]
async fn what_the_sink_says_is_the_answer() {
    let answers = [
        (Accepted::New, 202),
        (Accepted::Repeated, 202),
        (Accepted::Conflict, 409),
        (Accepted::NotOurs, 401),
        (Accepted::Unavailable, 503),
    ];
    let recorder = Recorder::default();
    recorder
        .answers
        .lock()
        .expect("no panic")
        .extend(answers.map(|(answer, _)| answer));
    let bench = Bench::with(|_| {}, recorder).await;
    for (accepted, expected) in answers {
        assert_eq!(bench.status(|_| {}).await, expected, "{accepted:?}");
    }
    let counters = bench.listener.counters();
    assert_eq!((counters.accepted, counters.repeated), (1, 1));
    for slug in ["conflict", "not_ours", "unavailable"] {
        assert_eq!(counters.refused(slug), 1, "{slug}");
    }
}

#[tokio::test]
async fn a_sink_that_does_not_answer_in_time_is_unavailable() {
    let bench = Bench::with(
        |_| {},
        Recorder {
            stuck: true,
            ..Recorder::default()
        },
    )
    .await;
    let mut stream = bench.connect().await;
    stream
        .write_all(&bench.request(|_| {}))
        .await
        .expect("it reads");
    bench
        .clock
        .until_somebody_waits(Duration::from_secs(5))
        .await;
    bench.clock.turn(Duration::from_secs(5));
    let answer = rest(&mut stream).await;
    assert_eq!(status(&answer), 503);
    assert!(
        answer.contains("Retry-After: 1\r\n"),
        "the sender keeps it and comes back: {answer}"
    );
}

#[tokio::test]
async fn a_connection_serves_one_request_after_the_other_also_when_they_come_at_once() {
    let bench = Bench::start().await;
    let keep = |id: &str| {
        let mut request = Request::simple(bench.port(), id, SIMPLE);
        request.remove("connection");
        request.bytes()
    };
    let mut stream = bench.connect().await;
    for id in ["msg_00000001", "msg_00000002"] {
        stream.write_all(&keep(id)).await.expect("it reads");
        assert_eq!(status(&one_answer(&mut stream).await), 202, "{id}");
    }
    let both = [keep("msg_00000003"), keep("msg_00000004")].concat();
    stream.write_all(&both).await.expect("it reads");
    assert_eq!(status(&one_answer(&mut stream).await), 202);
    assert_eq!(status(&one_answer(&mut stream).await), 202);
    let mut wrong = Request::simple(bench.port(), "msg_00000005", SIMPLE);
    wrong.remove("connection");
    wrong.set("webhook-id", "msg_00000006");
    stream.write_all(&wrong.bytes()).await.expect("it reads");
    assert_eq!(
        status(&one_answer(&mut stream).await),
        401,
        "a refusal after the body"
    );
    stream
        .write_all(&keep("msg_00000007"))
        .await
        .expect("it reads");
    assert_eq!(
        status(&one_answer(&mut stream).await),
        202,
        "leaves the connection good"
    );
    assert_eq!(bench.sink.count(), 5);
}

#[tokio::test]
async fn a_sender_that_waits_for_a_word_before_its_body_gets_it() {
    let bench = Bench::start().await;
    let mut request = Request::simple(bench.port(), "msg_00000001", SIMPLE);
    request.add("Expect", "100-continue");
    let mut stream = bench.connect().await;
    stream.write_all(&request.head()).await.expect("it reads");
    assert_eq!(
        one_answer(&mut stream).await,
        "HTTP/1.1 100 Continue\r\n\r\n"
    );
    stream.write_all(&request.body).await.expect("it reads");
    assert_eq!(status(&rest(&mut stream).await), 202);
}

#[tokio::test]
async fn either_active_key_of_a_sender_and_each_sender_by_name() {
    let keys = || {
        let one = Sender::new("gateway", vec![verify_key(SECRET), verify_key(SECOND)]);
        SenderKeys::new(vec![one.expect("two keys")]).expect("one sender")
    };
    let bench = Bench::with(|config| config.keys = keys(), Recorder::default()).await;
    assert_eq!(bench.status(|_| {}).await, 202);
    assert_eq!(
        bench.sink.deliveries.lock().expect("no panic")[0].sender,
        "gateway"
    );
}

#[tokio::test]
async fn only_the_two_loopback_literals_are_addresses() {
    for host in ["127.0.0.1", "::1", "[::1]"] {
        ListenAddress::parse(host, 7_391).expect("a loopback literal");
    }
    for host in [
        "",
        "0",
        "0.0",
        "0.0.0.0",
        "::",
        "[::]",
        "localhost",
        "LOCALHOST",
        "localhost.",
        "127.1",
        "127.0.0.2",
        "127.000.000.001",
        "0177.0.0.1",
        "0x7f.1",
        "2130706433",
        "::ffff:127.0.0.1",
        "[::ffff:7f00:1]",
        "0:0:0:0:0:0:0:1",
        "::1%lo",
        "192.168.1.10",
        "10.0.0.1",
        "example.com",
        " 127.0.0.1",
        "127.0.0.1 ",
        "127.0.0.1:80",
        "*",
        "+",
        "１２７.0.0.1",
    ] {
        let fault = ListenAddress::parse(host, 7_391).expect_err(host);
        assert_eq!(fault.to_string(), "listener: refused address", "{host}");
    }
}

#[tokio::test]
async fn a_port_that_is_taken_is_not_replaced_by_another() {
    let squatter = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = squatter.local_addr().expect("bound").port();
    let config = || ListenerConfig::new(ListenAddress::ipv4(port), one_sender(), rules());
    let (clock, sink) = (HandClock::new(), std::sync::Arc::new(Recorder::default()));
    let fault = start(config(), &clock, &sink).await.err().expect("taken");
    assert!(matches!(fault, ListenerFault::PortInUse), "{fault}");
    assert_eq!(fault.to_string(), "listener: port in use");
    drop(squatter);
    let first = start(config(), &clock, &sink)
        .await
        .expect("the control: free again");
    assert_eq!(first.address().port(), port);
    let second = start(config(), &clock, &sink)
        .await
        .err()
        .expect("a second listener");
    assert!(
        matches!(second, ListenerFault::PortInUse),
        "no two listeners share a port"
    );
}

#[tokio::test]
async fn nothing_listens_after_it_has_stopped() {
    let bench = Bench::start().await;
    let address = bench.listener.address();
    let idle = TcpStream::connect(address).await.expect("it listens");
    let mut half = TcpStream::connect(address).await.expect("it listens");
    half.write_all(b"POST /v1/ev").await.expect("it reads");
    assert_eq!(bench.status(|_| {}).await, 202);
    bench.listener.stop().await;
    TcpStream::connect(address)
        .await
        .expect_err("nobody is there");
    for mut stream in [idle, half] {
        assert_eq!(rest(&mut stream).await, "", "open connections are closed");
    }
}

#[tokio::test]
async fn a_delivery_that_is_being_kept_is_answered_before_the_listener_is_gone() {
    let bench = Bench::with(
        |_| {},
        Recorder {
            stuck: true,
            ..Recorder::default()
        },
    )
    .await;
    let mut stream = bench.connect().await;
    let mut request = Request::simple(bench.port(), "msg_00000001", SIMPLE);
    request.remove("connection");
    stream.write_all(&request.bytes()).await.expect("it reads");
    bench
        .clock
        .until_somebody_waits(Duration::from_secs(5))
        .await;
    let Bench {
        listener, clock, ..
    } = bench;
    let stopping = tokio::spawn(async move { listener.stop().await });
    clock.turn(Duration::from_secs(5));
    assert_eq!(
        status(&rest(&mut stream).await),
        503,
        "it was answered, then closed"
    );
    stopping.await.expect("it stops");
}

#[tokio::test]
async fn the_second_loopback_address_serves_the_same() {
    let address = |config: &mut ListenerConfig| config.address = ListenAddress::ipv6(0);
    let (clock, sink) = (HandClock::new(), std::sync::Arc::new(Recorder::default()));
    let mut config = ListenerConfig::new(ListenAddress::ipv4(0), one_sender(), rules());
    address(&mut config);
    let listener = match start(config, &clock, &sink).await {
        Ok(listener) => listener,
        // This machine has no IPv6: then that is what it says.
        Err(fault) => return assert!(matches!(fault, ListenerFault::System(_)), "{fault}"),
    };
    let port = listener.address().port();
    let mut request = Request::simple(port, "msg_00000001", SIMPLE);
    request.set("host", format!("[::1]:{port}"));
    let mut stream = TcpStream::connect(listener.address())
        .await
        .expect("it listens");
    stream.write_all(&request.bytes()).await.expect("it reads");
    assert_eq!(status(&rest(&mut stream).await), 202);
}

#[tokio::test]
async fn the_health_view_learns_why_an_event_was_not_understood() {
    let bench = Bench::start().await;
    let body = r#"{"event":"chat_exploded","customerId":"SECRET-ID"}"#;
    let request = Request::simple(bench.port(), "msg_00000001", body);
    let answer = bench.say(&request.bytes()).await;
    assert_eq!(status(&answer), 422);
    assert!(answer.ends_with("\r\n\r\n"), "no body says why");
    let last = bench
        .listener
        .counters()
        .last_refusal
        .expect("it was refused");
    let LastRefusal {
        at,
        refusal: Refusal::NotAnEvent(fault),
    } = last
    else {
        panic!("not an event")
    };
    assert_eq!(at, noon());
    assert!(
        fault.expected.contains("hangup") && !fault.to_string().contains("SECRET"),
        "{fault}"
    );
    assert_eq!(bench.sink.count(), 0);
}
