//! Web pages cannot speak to the listener, unless a page is listed (security rule L4).

use pop_source::listener::{ListenerFault, PageOrigin};

use crate::testkit::{Bench, Recorder, Request, SIMPLE, status};

const PAGE: &str = "https://chat.example.com";

/// What browsers send in each way a page can reach a local address.
fn browser_requests() -> Vec<(&'static str, Vec<(&'static str, &'static str)>)> {
    vec![
        (
            "fetch",
            vec![
                ("Origin", "https://evil.example"),
                ("Sec-Fetch-Mode", "cors"),
            ],
        ),
        (
            "fetch without cors",
            vec![("Origin", "null"), ("Sec-Fetch-Mode", "no-cors")],
        ),
        (
            "form",
            vec![
                ("Origin", "https://evil.example"),
                ("Referer", "https://evil.example/"),
            ],
        ),
        (
            "image",
            vec![
                ("Referer", "https://evil.example/"),
                ("Sec-Fetch-Dest", "image"),
            ],
        ),
        (
            "iframe",
            vec![("Sec-Fetch-Dest", "iframe"), ("Sec-Fetch-Mode", "navigate")],
        ),
        (
            "top-level",
            vec![("Sec-Fetch-Site", "none"), ("Sec-Fetch-User", "?1")],
        ),
        (
            "websocket",
            vec![("Origin", "https://evil.example"), ("Upgrade", "websocket")],
        ),
        ("referer only", vec![("Referer", "")]),
        ("origin only", vec![("origin", "")]),
        ("same origin", vec![("Origin", "http://127.0.0.1")]),
        (
            "look-alike",
            vec![("Origin", "https://chat.example.com.evil.example")],
        ),
        ("other scheme", vec![("Origin", "http://chat.example.com")]),
        (
            "other port",
            vec![("Origin", "https://chat.example.com:8443")],
        ),
        ("upper case", vec![("Origin", "https://CHAT.example.com")]),
        (
            "trailing slash",
            vec![("Origin", "https://chat.example.com/")],
        ),
        (
            "twice",
            vec![("Origin", PAGE), ("Origin", "https://evil.example")],
        ),
        (
            "unknown sec-fetch",
            vec![("SEC-FETCH-STORAGE-ACCESS", "active")],
        ),
    ]
}

async fn with_page() -> Bench {
    let page = PageOrigin::parse(PAGE).expect("an origin");
    Bench::with(
        |config| config.allowed_origins = vec![page],
        Recorder::default(),
    )
    .await
}

#[tokio::test]
async fn whatever_a_page_sends_is_refused_without_a_cors_field() {
    for bench in [Bench::start().await, with_page().await] {
        for verb in ["POST", "GET", "OPTIONS", "HEAD"] {
            for (way, fields) in browser_requests() {
                let answer = bench
                    .say(&bench.request(|request| {
                        request.line = format!("{verb} /v1/events HTTP/1.1");
                        for (name, value) in fields {
                            request.add(name, value);
                        }
                    }))
                    .await;
                assert_eq!(status(&answer), 403, "{verb} {way}");
                assert!(!answer.contains("Access-Control"), "{verb} {way}: {answer}");
            }
        }
        assert_eq!(bench.sink.count(), 0);
        assert_eq!(
            bench.status(|_| {}).await,
            202,
            "the control, from no page, is taken"
        );
    }
}

#[tokio::test]
async fn a_listed_page_may_ask_and_send() {
    let bench = with_page().await;
    let ask = format!(
        "OPTIONS /v1/events HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nOrigin: {PAGE}\r\n\
         Access-Control-Request-Method: POST\r\nAccess-Control-Request-Private-Network: true\r\n\
         Sec-Fetch-Mode: cors\r\nReferer: {PAGE}/\r\nConnection: close\r\n\r\n",
        bench.port()
    );
    let answer = bench.say(ask.as_bytes()).await;
    assert_eq!(
        answer,
        format!(
            "HTTP/1.1 204 No Content\r\nCache-Control: no-store\r\nConnection: close\r\n\
             Access-Control-Allow-Methods: POST\r\nAccess-Control-Allow-Headers: content-type, \
             webhook-id, webhook-timestamp, webhook-signature\r\n\
             Access-Control-Allow-Private-Network: true\r\n\
             Access-Control-Allow-Origin: {PAGE}\r\nVary: Origin\r\n\r\n"
        )
    );
    let from_page = |request: &mut Request| {
        request.add("Origin", PAGE);
        request.add("Sec-Fetch-Mode", "cors");
    };
    let answer = bench.say(&bench.request(from_page)).await;
    assert_eq!(status(&answer), 202);
    assert!(
        answer.contains(&format!("Access-Control-Allow-Origin: {PAGE}\r\n")),
        "{answer}"
    );
    let unsigned = |request: &mut Request| {
        from_page(request);
        request.remove("webhook-signature");
    };
    assert_eq!(
        bench.status(unsigned).await,
        401,
        "a listed page signs like everybody"
    );
    let get = |request: &mut Request| {
        from_page(request);
        request.line = "GET /v1/events HTTP/1.1".to_owned();
    };
    assert_eq!(bench.status(get).await, 405);
    assert_eq!(bench.sink.count(), 1);
}

#[tokio::test]
async fn a_rebinding_page_is_refused_by_its_host_whatever_else_it_sends() {
    let bench = with_page().await;
    let mut request = Request::simple(bench.port(), "msg_00000001", SIMPLE);
    request.set("Host", "rebound.example");
    request.add("Origin", PAGE);
    assert_eq!(status(&bench.say(&request.bytes()).await), 421);
}

#[test]
fn an_origin_is_written_as_browsers_write_it() {
    for good in [
        PAGE,
        "https://chat.example.com:8443",
        "http://intranet",
        "https://10.0.0.1",
    ] {
        PageOrigin::parse(good).unwrap_or_else(|fault| panic!("{good}: {fault}"));
    }
    for bad in [
        "",
        "null",
        "*",
        "https://*.example.com",
        "https://chat.example.com/",
        "chat.example.com",
        "https://chat.example.com:443",
        "https://CHAT.example.com",
        "https://user@chat.example.com",
        "file://",
        "chrome-extension://abcdef",
        "https://chat.example.com/path",
        "https://",
        "javascript:alert(1)",
        "https://chat.example.com\n",
        " https://chat.example.com",
    ] {
        let fault = PageOrigin::parse(bad).expect_err(bad);
        assert!(matches!(fault, ListenerFault::RefusedOrigin), "{bad}");
    }
}
