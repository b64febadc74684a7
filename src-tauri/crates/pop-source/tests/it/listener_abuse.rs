//! What the listener refuses, each with a control that it takes (security rules L3 to L9).

use std::time::Duration;

use pop_core::moment::Moment;
use pop_source::listener::Pace;
use tokio::io::AsyncWriteExt as _;

use crate::canonical::{offered, with};
use crate::testkit::{Bench, Recorder, Request, SIMPLE, noon, one_answer, rest, signed, status};

/// One thing changed in a good request.
type Change = Box<dyn FnOnce(&mut Request)>;

/// Sends good requests with one thing changed each; none has an effect, and the control has one.
async fn refused(cases: Vec<(&str, Change)>, expected: u16, slug: &str) {
    let bench = Bench::start().await;
    let count = u64::try_from(cases.len()).expect("few");
    for (name, change) in cases {
        assert_eq!(bench.status(change).await, expected, "{name}");
    }
    assert_eq!(bench.sink.count(), 0, "nothing happened");
    assert_eq!(
        bench.listener.counters().refused(slug),
        count,
        "{slug} is counted"
    );
    assert_eq!(bench.status(|_| {}).await, 202, "the control is taken");
    assert_eq!(bench.sink.count(), 1);
}

fn set(name: &'static str, value: &'static str) -> Change {
    Box::new(move |request| request.set(name, value))
}

fn add(name: &'static str, value: &'static str) -> Change {
    Box::new(move |request| request.add(name, value))
}

/// Replaces a part of the right `Host`.
fn host(part: &'static str, by: &'static str) -> Change {
    Box::new(move |request| request.fields[0].1 = request.fields[0].1.replace(part, by))
}

fn line(line: &'static str) -> Change {
    Box::new(move |request| line.clone_into(&mut request.line))
}

#[tokio::test]
async fn another_host_than_this_listener_is_misdirected() {
    let mut cases: Vec<(&str, Change)> = vec![
        ("missing", Box::new(|request| request.remove("host"))),
        (
            "twice",
            Box::new(|request| {
                let (_, host) = request.fields[0].clone();
                request.add("Host", host);
            }),
        ),
        ("with another", add("host", "attacker.example")),
        ("trailing dot", host("127.0.0.1", "127.0.0.1.")),
        ("name", host("127.0.0.1", "localhost")),
        ("other loopback", host("127.0.0.1", "127.0.0.2")),
        ("mapped", host("127.0.0.1", "[::ffff:127.0.0.1]")),
        (
            "user",
            Box::new(|request| request.fields[0].1.insert_str(0, "127.0.0.1@")),
        ),
    ];
    for host in [
        "",
        "127.0.0.1",
        "127.0.0.1:1",
        "localhost",
        "printer.local",
        "attacker.example",
        "127.0.0.1.attacker.example",
        "0.0.0.0",
    ] {
        cases.push((host, set("host", host)));
    }
    refused(cases, 421, "foreign_host").await;
    let bench = Bench::start().await;
    let six = format!("[::1]:{}", bench.port());
    assert_eq!(
        bench.status(|request| request.set("host", six)).await,
        202,
        "either literal"
    );
}

#[tokio::test]
async fn only_one_path_is_there() {
    let targets = [
        "POST / HTTP/1.1",
        "POST /v1/events/ HTTP/1.1",
        "POST /v1/events?token=x HTTP/1.1",
        "POST /v1//events HTTP/1.1",
        "POST /V1/EVENTS HTTP/1.1",
        "POST /v1/%65vents HTTP/1.1",
        "POST /../v1/events HTTP/1.1",
        "POST http://127.0.0.1/v1/events HTTP/1.1",
        "GET /favicon.ico HTTP/1.1",
        "GET / HTTP/1.1",
        "HEAD / HTTP/1.1",
        "OPTIONS * HTTP/1.1",
        "CONNECT example.com:443 HTTP/1.1",
        "DELETE /v1/settings HTTP/1.1",
    ];
    refused(
        targets.map(|target| (target, line(target))).into(),
        404,
        "no_such_path",
    )
    .await;
}

#[tokio::test]
async fn only_one_verb_has_an_effect() {
    let lines = [
        "GET /v1/events HTTP/1.1",
        "HEAD /v1/events HTTP/1.1",
        "PUT /v1/events HTTP/1.1",
        "PATCH /v1/events HTTP/1.1",
        "DELETE /v1/events HTTP/1.1",
        "OPTIONS /v1/events HTTP/1.1",
        "TRACE /v1/events HTTP/1.1",
        "post /v1/events HTTP/1.1",
        "PRI /v1/events HTTP/1.1",
    ];
    refused(
        lines.map(|text| (text, line(text))).into(),
        405,
        "wrong_method",
    )
    .await;
}

#[tokio::test]
async fn only_three_content_types_are_read() {
    let mut cases: Vec<_> = [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "",
        "application/jsonp",
        "application/json;charset=latin1",
        "application/cloudevents+avro",
    ]
    .map(|media| (media, set("content-type", media)))
    .into();
    cases.push((
        "missing",
        Box::new(|request| request.remove("content-type")),
    ));
    cases.push(("twice", add("content-type", "application/json")));
    refused(cases, 415, "wrong_type").await;
}

#[tokio::test]
async fn a_length_is_needed_and_bounded() {
    refused(
        vec![
            ("none", Box::new(|request| request.remove("content-length"))),
            (
                "chunked",
                Box::new(|request| {
                    request.remove("content-length");
                    request.add("transfer-encoding", "chunked");
                }),
            ),
        ],
        411,
        "no_length",
    )
    .await;
    refused(
        vec![
            ("one more", set("content-length", "65537")),
            ("huge", set("content-length", "18446744073709551617")),
        ],
        413,
        "body_too_large",
    )
    .await;
    let bench = Bench::start().await;
    let mut body = format!(
        "{{\"event\":\"chat_ended\",\"filler\":\"{}\"}}",
        "x".repeat(65_000)
    );
    body.insert_str(body.len() - 2, &"x".repeat(64 * 1_024 - body.len()));
    assert_eq!(body.len(), 64 * 1_024);
    let request = Request::simple(bench.port(), "msg_00000001", &body);
    assert_eq!(
        status(&bench.say(&request.bytes()).await),
        202,
        "64 KiB exactly"
    );
}

#[tokio::test]
async fn ambiguous_framing_closes_the_connection() {
    refused(
        vec![
            ("both", add("transfer-encoding", "chunked")),
            (
                "both, first",
                Box::new(|request| {
                    request
                        .fields
                        .insert(0, ("Transfer-Encoding".to_owned(), "chunked".to_owned()));
                }),
            ),
            ("both, disguised", add("Transfer-Encoding", "xchunked")),
            ("identity", add("Transfer-Encoding", "identity")),
            (
                "two equal lengths",
                Box::new(|request| {
                    let length = request.body.len().to_string();
                    request.add("Content-Length", length);
                }),
            ),
            ("two lengths", add("content-length", "5")),
            ("list", set("content-length", "64, 64")),
            ("plus", set("content-length", "+64")),
            ("minus", set("content-length", "-1")),
            ("hex", set("content-length", "0x40")),
            ("empty", set("content-length", "")),
            ("fraction", set("content-length", "64.0")),
        ],
        0,
        "framing_ambiguous",
    )
    .await;
}

#[tokio::test]
async fn a_smuggled_second_request_is_never_read() {
    let bench = Bench::start().await;
    let mut outer = Request::simple(bench.port(), "msg_00000001", SIMPLE);
    outer.remove("connection");
    outer.set("content-length", "4");
    outer.add("transfer-encoding", "chunked");
    outer.body = b"0\r\n\r\n".to_vec();
    let inner = Request::simple(bench.port(), "msg_00000002", SIMPLE).bytes();
    let answer = bench.say(&[outer.bytes(), inner.clone()].concat()).await;
    assert_eq!((answer.as_str(), bench.sink.count()), ("", 0));
    let mut outer = Request::simple(bench.port(), "msg_00000001", SIMPLE);
    outer.line = "GET /v1/events HTTP/1.1".to_owned();
    outer.remove("connection");
    let answer = bench.say(&[outer.head(), inner.clone()].concat()).await;
    assert_eq!(
        (status(&answer), bench.sink.count()),
        (405, 0),
        "a refusal ends the connection"
    );
    assert_eq!(
        status(&bench.say(&inner).await),
        202,
        "the control: on its own it is taken"
    );
}

#[tokio::test]
async fn a_head_that_is_not_http_1_1_closes_the_connection() {
    let bench = Bench::start().await;
    let good = String::from_utf8(bench.request(|_| {})).expect("ASCII");
    let bad = [
        good.replace("HTTP/1.1", "HTTP/1.0"),
        good.replace("HTTP/1.1", "HTTP/2.0"),
        good.replace("HTTP/1.1", "HTTP/1.1 "),
        good.replace(" HTTP/1.1", ""),
        good.replacen("\r\n", "\n", 2),
        good.replace("Content-Type:", "Content-Type :"),
        good.replace("Content-Type: ", "X: y\r\n folded: "),
        good.replace("Content-Type:", ":"),
        good.replace("Content-Type: application/json", "Content-Type"),
        good.replace("application/json", "application\0json"),
        good.replace("application/json", "application/json\rX: y"),
        good.replace("POST /v1", "POST  /v1"),
        good.replace("/v1/events", "/v1/\u{1}events"),
        "\u{16}\u{3}\u{1}\u{2}\0\u{1}\0\u{1}\u{fc}\u{3}\u{3}".to_owned(),
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_owned(),
    ];
    for text in &bad {
        assert_eq!(bench.say(text.as_bytes()).await, "", "{text}");
    }
    let count = u64::try_from(bad.len()).expect("few");
    assert_eq!(bench.listener.counters().refused("head_malformed"), count);
    assert_eq!(bench.sink.count(), 0);
    assert_eq!(
        status(&bench.say(good.as_bytes()).await),
        202,
        "the control is taken"
    );
}

#[tokio::test]
async fn a_head_has_at_most_8_kib_and_32_fields() {
    let bench = Bench::start().await;
    let filled = |bytes: usize| {
        bench.request(|request| {
            let lacking = bytes - request.head().len() - "x: \r\n".len();
            request.add("x", "y".repeat(lacking));
        })
    };
    assert_eq!(
        status(&bench.say(&filled(8 * 1_024)).await),
        202,
        "8 KiB exactly"
    );
    assert_eq!(status(&bench.say(&filled(8 * 1_024 + 1)).await), 431);
    let endless = [
        b"POST /v1/events HTTP/1.1\r\nx: ".as_slice(),
        &vec![b'y'; 20_000],
    ]
    .concat();
    assert_eq!(
        status(&bench.say(&endless).await),
        431,
        "without waiting for its end"
    );
    let fields = |count: usize| {
        bench.request(|request| {
            while request.fields.len() < count {
                request.add("x", "y");
            }
        })
    };
    assert_eq!(status(&bench.say(&fields(32)).await), 202, "32 fields");
    assert_eq!(status(&bench.say(&fields(33)).await), 431);
    assert_eq!(bench.listener.counters().refused("head_too_large"), 3);
}

#[tokio::test]
async fn a_slow_sender_is_told_so_and_dropped() {
    let bench = Bench::start().await;
    let request = Request::simple(bench.port(), "msg_00000001", SIMPLE);
    let (head, second) = (request.head(), Duration::from_secs(1));

    let mut stream = bench.connect().await;
    stream.write_all(&head[..20]).await.expect("it reads");
    bench.clock.until_somebody_waits(2 * second).await;
    bench.clock.turn(2 * second);
    assert_eq!(
        status(&rest(&mut stream).await),
        408,
        "the head has two seconds"
    );

    // The answer given, the listener waits for the other side to close.
    drop(stream);
    bench.clock.until_nobody_waits(3 * second).await;

    let mut stream = bench.connect().await;
    stream.write_all(&head).await.expect("it reads");
    stream
        .write_all(&request.body[..5])
        .await
        .expect("it reads");
    bench.clock.until_somebody_waits(3 * second).await;
    bench.clock.turn(3 * second);
    assert_eq!(
        status(&rest(&mut stream).await),
        408,
        "the body has three seconds"
    );

    let mut stream = bench.connect().await;
    bench.clock.until_somebody_waits(10 * second).await;
    bench.clock.turn(10 * second);
    assert_eq!(
        rest(&mut stream).await,
        "",
        "ten idle seconds close without a word"
    );

    let counters = bench.listener.counters();
    assert_eq!(
        (
            counters.refused("head_too_slow"),
            counters.refused("body_too_slow")
        ),
        (1, 1)
    );
    assert_eq!(bench.sink.count(), 0);
}

#[tokio::test]
async fn a_sender_that_is_slow_but_in_time_is_served() {
    let bench = Bench::start().await;
    let request = Request::simple(bench.port(), "msg_00000001", SIMPLE);
    let (head, second) = (request.head(), Duration::from_secs(1));
    let mut stream = bench.connect().await;
    bench.clock.until_somebody_waits(10 * second).await;
    bench.clock.turn(9 * second);
    stream.write_all(&head[..20]).await.expect("it reads");
    bench.clock.until_somebody_waits(2 * second).await;
    bench.clock.turn(Duration::from_millis(1_999));
    stream.write_all(&head[20..]).await.expect("it reads");
    bench.clock.until_somebody_waits(3 * second).await;
    bench.clock.turn(Duration::from_millis(2_999));
    stream.write_all(&request.body).await.expect("it reads");
    assert_eq!(status(&rest(&mut stream).await), 202);
    let received = bench.sink.deliveries.lock().expect("no panic")[0].received;
    assert_eq!(
        received,
        noon().after(Duration::from_millis(13_998)),
        "when the last byte came"
    );
}

#[tokio::test]
async fn a_sender_that_goes_away_inside_a_request_leaves_a_count_and_nothing_else() {
    let bench = Bench::start().await;
    let request = bench.request(|_| {});
    for cut in [1, 40, request.len() - 1] {
        let mut stream = bench.connect().await;
        stream.write_all(&request[..cut]).await.expect("it reads");
        stream.shutdown().await.expect("it ends");
        assert_eq!(rest(&mut stream).await, "", "cut at {cut}");
    }
    let mut silent = bench.connect().await;
    silent.shutdown().await.expect("it ends");
    assert_eq!(rest(&mut silent).await, "");
    assert_eq!(
        bench.listener.counters().refused("cut"),
        3,
        "saying nothing is no offence"
    );
    assert_eq!(bench.sink.count(), 0);
}

#[tokio::test]
async fn there_are_at_most_32_connections() {
    let bench = Bench::start().await;
    let mut held = Vec::new();
    let mut request = Request::simple(bench.port(), "msg_00000001", SIMPLE);
    request.remove("connection");
    for _ in 0..32 {
        let mut stream = bench.connect().await;
        stream.write_all(&request.bytes()).await.expect("it reads");
        assert_eq!(status(&one_answer(&mut stream).await), 202);
        held.push(stream);
    }
    assert_eq!(
        rest(&mut bench.connect().await).await,
        "",
        "one more is closed at once"
    );
    assert_eq!(bench.listener.counters().refused("too_many_connections"), 1);
    let mut last = held.pop().expect("32 are held");
    last.shutdown().await.expect("it ends");
    assert_eq!(rest(&mut last).await, "", "the listener has let go of it");
    assert_eq!(bench.status(|_| {}).await, 202, "and there is room again");
}

#[tokio::test]
async fn every_fault_of_the_signature_gets_the_same_answer() {
    let bench = Bench::start().await;
    let late = signed(
        "msg_00000001",
        Moment::from_millis(noon().millis() - 301_000),
        SIMPLE.as_bytes(),
    );
    let other = signed("msg_00000001", noon(), b"{}");
    let changes: Vec<(&str, Change)> = vec![
        (
            "signature_missing",
            Box::new(|request| request.remove("webhook-signature")),
        ),
        (
            "signature_missing",
            Box::new(|request| {
                for name in ["webhook-id", "webhook-timestamp", "webhook-signature"] {
                    request.remove(name);
                }
            }),
        ),
        ("signature_malformed", set("webhook-signature", "v1")),
        ("signature_malformed", add("webhook-id", "msg_00000001")),
        (
            "signature_wrong",
            Box::new(move |request| request.set("webhook-signature", other.signature)),
        ),
        ("signature_wrong", Box::new(|request| request.body[2] ^= 1)),
        (
            "signature_outside_window",
            Box::new(move |request| {
                request.set("webhook-timestamp", late.timestamp);
                request.set("webhook-signature", late.signature);
            }),
        ),
        (
            "signature_missing",
            Box::new(|request| {
                request.remove("webhook-signature");
                request.add(
                    "Authorization",
                    "Bearer whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                );
            }),
        ),
    ];
    let mut answers = Vec::new();
    for (slug, change) in changes {
        let before = bench.listener.counters().refused(slug);
        answers.push(bench.say(&bench.request(change)).await);
        assert_eq!(
            bench.listener.counters().refused(slug),
            before + 1,
            "{slug}"
        );
    }
    assert_eq!(status(&answers[0]), 401);
    answers.dedup();
    assert_eq!(answers.len(), 1, "a sender learns nothing from the answer");
    assert_eq!(bench.sink.count(), 0);
    assert_eq!(bench.status(|_| {}).await, 202, "the control is taken");
}

#[tokio::test]
async fn a_signature_is_checked_before_the_body_is_read_as_json() {
    let bench = Bench::start().await;
    let unsigned = bench.request(|request| {
        request.remove("webhook-signature");
        request.body = b"{".repeat(request.body.len());
    });
    assert_eq!(status(&bench.say(&unsigned).await), 401);
    let body = "{".repeat(60);
    let request = Request::simple(bench.port(), "msg_00000001", &body);
    assert_eq!(
        status(&bench.say(&request.bytes()).await),
        422,
        "signed, it is read"
    );
    assert_eq!(bench.listener.counters().refused("E_EVENT"), 1);
}

#[tokio::test]
async fn a_signed_body_that_is_no_event_is_refused() {
    let bench = Bench::start().await;
    let events = [
        with("type", "com.example.other".into()),
        with("data.attributes", serde_json::Value::from("x")),
        with("data.customer.phone", "not e164".into()),
    ];
    for event in events.map(|event| event.to_string()) {
        let media = "application/cloudevents+json";
        let request = Request::signed(bench.port(), "msg_00000001", media, event.as_bytes());
        assert_eq!(status(&bench.say(&request.bytes()).await), 422);
    }
    let deep = format!("{}{}", "[".repeat(33), "]".repeat(33));
    let long = format!(
        "{{\"event\":\"chat_ended\",\"summary\":\"{}\"}}",
        "x".repeat(16_385)
    );
    for body in [
        &deep,
        &long,
        "{\"event\":\"chat_ended\",\"event\":\"chat_ended\"}",
        "",
        "\u{feff}{}",
    ] {
        let request = Request::simple(bench.port(), "msg_00000001", body);
        assert_eq!(status(&bench.say(&request.bytes()).await), 422);
    }
    assert_eq!(bench.sink.count(), 0);
    let (event, media) = (offered().to_string(), "application/cloudevents+json");
    let request = Request::signed(bench.port(), "msg_00000001", media, event.as_bytes());
    assert_eq!(
        status(&bench.say(&request.bytes()).await),
        202,
        "the control is taken"
    );
}

#[tokio::test]
async fn a_flood_is_slowed_down_and_told_when_to_come_back() {
    let pace = Pace {
        per_second: 1,
        burst: 3,
    };
    let bench = Bench::with(
        |config| config.limits.per_sender = pace,
        Recorder::default(),
    )
    .await;
    for _ in 0..3 {
        assert_eq!(bench.status(|_| {}).await, 202);
    }
    let answer = bench.say(&bench.request(|_| {})).await;
    assert_eq!(status(&answer), 429);
    assert!(answer.contains("\r\nRetry-After: 1\r\n"), "{answer}");
    assert_eq!(bench.sink.count(), 3);
    let unsigned = |request: &mut Request| request.remove("webhook-signature");
    assert_eq!(
        bench.status(unsigned).await,
        401,
        "who is nobody has no share of the pace"
    );
    bench.clock.turn(Duration::from_secs(1));
    assert_eq!(
        bench.status(|_| {}).await,
        202,
        "a second later one more fits"
    );
    assert_eq!(bench.listener.counters().refused("too_fast"), 1);
}

#[tokio::test]
async fn each_event_of_a_batch_counts() {
    let pace = Pace {
        per_second: 1,
        burst: 3,
    };
    let bench = Bench::with(
        |config| config.limits.per_sender = pace,
        Recorder::default(),
    )
    .await;
    let media = "application/cloudevents-batch+json";
    let batch = |count: usize| {
        let body = serde_json::Value::from(vec![offered(); count]).to_string();
        Request::signed(bench.port(), "msg_00000001", media, body.as_bytes()).bytes()
    };
    assert_eq!(status(&bench.say(&batch(2)).await), 202);
    assert_eq!(status(&bench.say(&batch(2)).await), 429, "one is left");
    assert_eq!(status(&bench.say(&batch(1)).await), 202);
}

#[tokio::test]
async fn a_refusal_arrives_although_the_sender_goes_on_sending() {
    let bench = Bench::start().await;
    let mut request = Request::simple(bench.port(), "msg_00000001", SIMPLE);
    request.set("content-length", "65537");
    let mut stream = bench.connect().await;
    stream.write_all(&request.head()).await.expect("it reads");
    assert_eq!(status(&one_answer(&mut stream).await), 413);
    // The answer given, the listener throws away what still comes, for as long as a body may take.
    bench
        .clock
        .until_somebody_waits(Duration::from_secs(3))
        .await;
    stream
        .write_all(&vec![b'x'; 65_537])
        .await
        .expect("nothing is reset");
    stream.shutdown().await.expect("it ends");
    assert_eq!(rest(&mut stream).await, "");
    bench.clock.until_nobody_waits(Duration::from_secs(3)).await;
}

#[tokio::test]
async fn a_sender_that_never_stops_after_a_refusal_is_hung_up_on() {
    let bench = Bench::start().await;
    let mut request = Request::simple(bench.port(), "msg_00000001", SIMPLE);
    request.set("content-length", "65537");
    let mut stream = bench.connect().await;
    stream.write_all(&request.head()).await.expect("it reads");
    assert_eq!(status(&one_answer(&mut stream).await), 413);
    // Far more than what the system itself holds of a connection that nobody reads.
    let chunk = vec![b'x'; 65_536];
    let mut taken = 0;
    while taken < 1_024 && stream.write_all(&chunk).await.is_ok() {
        taken += 1;
    }
    assert!(
        taken < 1_024,
        "64 MiB were read of somebody who was refused"
    );
    bench.clock.until_nobody_waits(Duration::from_secs(3)).await;
    assert_eq!(
        bench.status(|_| {}).await,
        202,
        "the control: others are served"
    );
}
