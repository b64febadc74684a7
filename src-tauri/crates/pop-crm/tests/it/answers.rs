//! Answers: every kind of fault, error bodies of the usual shapes, and rules N2 to N4.

use std::time::Duration;

use pop_core::fault::{Fault, FaultKind};
use pop_core::http::HttpFault;
use pop_crm::Context;
use serde_json::json;

use crate::support::{BY_ID, HEAD, Reply, desk, id, text};

async fn fault_with(more: &str, reply: Reply) -> Fault {
    let desk = desk(&text(&[HEAD, BY_ID, more]), move |_, _| reply.clone());
    match desk.connection.find(&id("7"), &Context::default()).await {
        Err(fault) => fault,
        Ok(found) => panic!("{found:?} is no fault"),
    }
}

async fn fault(reply: Reply) -> Fault {
    fault_with("", reply).await
}

#[tokio::test]
async fn every_status_has_its_kind() {
    for (status, kind) in [
        (300, FaultKind::Ambiguous),
        (301, FaultKind::Redirect),
        (302, FaultKind::Redirect),
        (307, FaultKind::Redirect),
        (308, FaultKind::Redirect),
        (400, FaultKind::Invalid(Vec::new())),
        (401, FaultKind::SignInNeeded),
        (403, FaultKind::Forbidden),
        (407, FaultKind::Network(HttpFault::Proxy)),
        (408, FaultKind::Unavailable),
        (409, FaultKind::Conflict),
        (412, FaultKind::Conflict),
        (413, FaultKind::Invalid(Vec::new())),
        (422, FaultKind::Invalid(Vec::new())),
        (423, FaultKind::Conflict),
        (429, FaultKind::RateLimited),
        (500, FaultKind::Unavailable),
        (503, FaultKind::Unavailable),
        (599, FaultKind::Unavailable),
        (304, FaultKind::AnswerNotUnderstood),
        (199, FaultKind::AnswerNotUnderstood),
    ] {
        let fault = fault(Reply::status(status)).await;
        assert_eq!((fault.kind, fault.status), (kind, Some(status)));
    }
}

#[tokio::test]
async fn every_fault_of_the_network_is_kept_apart() {
    for network in [
        HttpFault::Dns,
        HttpFault::Refused,
        HttpFault::ConnectTimeout,
        HttpFault::AnswerTimeout,
        HttpFault::Cut,
        HttpFault::Tls,
        HttpFault::Proxy,
        HttpFault::TooLarge,
        HttpFault::BadRequest,
    ] {
        let fault = fault(Reply::Fault(network)).await;
        assert_eq!(
            (fault.kind, fault.status),
            (FaultKind::Network(network), None)
        );
    }
}

#[tokio::test]
async fn the_usual_error_bodies_are_read_without_being_told() {
    for (body, message, code) in [
        (
            json!({ "type": "https://x.example/no-right", "title": "Forbidden", "detail": "Not yours.", "status": 403 }),
            "Forbidden: Not yours.",
            Some("https://x.example/no-right"),
        ),
        (
            json!({ "type": "about:blank", "title": "Forbidden" }),
            "Forbidden",
            None,
        ),
        (
            json!({ "error": { "code": "NO_RIGHT", "message": "Not yours." } }),
            "Not yours.",
            Some("NO_RIGHT"),
        ),
        (
            json!({ "error": "no_right", "error_description": "Not yours." }),
            "Not yours.",
            Some("no_right"),
        ),
        (
            json!({ "message": "Not yours.", "code": 17 }),
            "Not yours.",
            Some("17"),
        ),
        (
            json!({ "errors": [{ "message": "Not yours.", "code": "E1" }] }),
            "Not yours.",
            Some("E1"),
        ),
        (json!([{ "message": "Not yours." }]), "Not yours.", None),
    ] {
        let kind = if body.get("title").is_some() {
            "application/problem+json"
        } else {
            "application/json"
        };
        let fault = fault(Reply::of(403, kind, &body.to_string())).await;
        assert_eq!(fault.kind, FaultKind::Forbidden, "{body}");
        assert_eq!(
            (fault.message.as_deref(), fault.code.as_deref()),
            (Some(message), code),
            "{body}"
        );
    }
    let plain = fault(Reply::of(
        503,
        "text/plain",
        "down for\r\n maintenance\u{202e}!",
    ))
    .await;
    assert_eq!(
        plain.message.as_deref(),
        Some("down for maintenance !"),
        "printable, on one line"
    );
    let page = fault(Reply::of(503, "text/html", "<html><b>Sleeping</b></html>")).await;
    assert_eq!(
        (page.kind, page.message),
        (FaultKind::Unavailable, None),
        "of a page the status"
    );
    let long = fault(Reply::of(500, "text/plain", &"word ".repeat(4_000))).await;
    assert_eq!(
        long.message.map(|words| words.chars().count()),
        Some(200),
        "cut"
    );
}

#[tokio::test]
async fn what_is_not_json_is_not_understood_and_never_a_panic() {
    for reply in [
        Reply::of(200, "text/html", "<html>sign in</html>"),
        Reply::of(200, "application/json", "<!DOCTYPE html>"),
        Reply::of(200, "application/json", "{\"id\":\"7\""),
        Reply::of(200, "application/json", "{\"id\":\"7\",\"id\":\"8\"}"),
        Reply::of(200, "text/plain", "{\"id\":\"7\"}"),
        Reply::of(200, "application/json", &"[".repeat(65)),
        Reply::of(200, "application/json", "\u{0}"),
        Reply::of(200, "application/json", ""),
        Reply::of(200, "text/html", ""),
        Reply::of(204, "application/json", ""),
        Reply::Answer {
            status: 200,
            headers: Vec::new(),
            body: "{\"id\":\"7\"}".into(),
        },
        Reply::of(200, "application/xml+json-not", "{\"id\":\"7\"}"),
    ] {
        let fault = fault(reply.clone()).await;
        assert_eq!(fault.kind, FaultKind::AnswerNotUnderstood, "{reply:?}");
    }
    for kind in [
        "application/json",
        "application/json; charset=utf-8",
        "Application/JSON",
        "application/hal+json",
    ] {
        let desk = desk(&text(&[HEAD, BY_ID]), move |_, _| {
            Reply::of(200, kind, "{\"id\":\"7\"}")
        });
        let found = desk.connection.find(&id("7"), &Context::default()).await;
        assert!(found.is_ok(), "{kind} is JSON: {found:?}");
    }
}

const ERRORS: &str = r#"
[error]
code    = "body[0].errorCode"
message = "body[0].message"
detail  = "body[0].hint"
fields  = "body[0].fields"
request = "headers['x-trace']"
[error.kind]
rate_limited   = "status == 403 && code == 'REQUEST_LIMIT_EXCEEDED'"
sign_in_needed = "code == 'INVALID_SESSION_ID'"
forbidden      = "code == 'INVALID_FIELD'"
ambiguous      = "code == 'SEVERAL'"
conflict       = "code == 'DUPLICATES_DETECTED'"
invalid        = "message.contains('required')"
not_found      = "code == 'GONE'"
unavailable    = "status == 200 && type(body) == string"
[error.wait]
rate_limited = "code == 'REQUEST_LIMIT_EXCEEDED' ? '90s' : ''"
"#;

fn vendor(status: u16, code: &str) -> Reply {
    let body = json!([{ "errorCode": code, "message": "required", "hint": "see docs", "fields": ["Email", "Phone"] }]);
    Reply::of(status, "application/json", &body.to_string()).with("x-trace", "t-1")
}

#[tokio::test]
async fn a_definition_says_what_its_vendors_codes_mean() {
    for (status, code, kind) in [
        (403, "REQUEST_LIMIT_EXCEEDED", FaultKind::RateLimited),
        (400, "INVALID_SESSION_ID", FaultKind::SignInNeeded),
        (400, "INVALID_FIELD", FaultKind::Forbidden),
        (400, "SEVERAL", FaultKind::Ambiguous),
        (400, "DUPLICATES_DETECTED", FaultKind::Conflict),
        (
            500,
            "ANYTHING",
            FaultKind::Invalid(vec!["Email".into(), "Phone".into()]),
        ),
    ] {
        let fault = fault_with(ERRORS, vendor(status, code)).await;
        assert_eq!((fault.kind, fault.code.as_deref()), (kind, Some(code)));
        assert_eq!(fault.message.as_deref(), Some("required: see docs"));
        assert_eq!(fault.request_id.as_deref(), Some("t-1"));
    }
    let limited = fault_with(ERRORS, vendor(403, "REQUEST_LIMIT_EXCEEDED")).await;
    assert_eq!(
        limited.retry_after,
        Some(Duration::from_secs(90)),
        "told by [error.wait]"
    );
    let asleep = fault_with(ERRORS, Reply::of(200, "text/html", "<html>asleep</html>")).await;
    assert_eq!(
        asleep.kind,
        FaultKind::Unavailable,
        "a page with 200 is what the vendor says"
    );
    let gone = json!([{ "errorCode": "GONE", "message": "archived" }]).to_string();
    let desk = desk(&text(&[HEAD, BY_ID, ERRORS]), move |_, _| {
        Reply::of(400, "application/json", &gone)
    });
    let found = desk.connection.find(&id("7"), &Context::default()).await;
    assert_eq!(
        found.map(|found| found.customers.len()),
        Ok(0),
        "their word for none"
    );
}

#[tokio::test]
async fn ok_stands_in_place_of_2xx_where_it_reads_the_status() {
    let with_ok = |ok: &str| {
        text(&[
            HEAD,
            &BY_ID.replace("each", &format!("ok = \"{ok}\"\neach")),
        ])
    };
    for (ok, reply, is_found) in [
        (
            "status == 412",
            Reply::of(412, "application/json", "{\"id\":\"7\"}"),
            true,
        ),
        ("status == 412", Reply::json(&json!({ "id": "7" })), false),
        (
            "body.id != 'anonymous'",
            Reply::json(&json!({ "id": "7" })),
            true,
        ),
        ("body.id != '7'", Reply::json(&json!({ "id": "7" })), false),
        (
            "body.id == '7'",
            Reply::of(500, "application/json", "{\"id\":\"7\"}"),
            false,
        ),
        (
            "headers['x-complete'] == 'yes'",
            Reply::json(&json!({ "id": "7" })).with("x-complete", "yes"),
            true,
        ),
        (
            "headers['x-complete'] == 'yes'",
            Reply::json(&json!({ "id": "7" })),
            false,
        ),
    ] {
        let answer = reply.clone();
        let desk = desk(&with_ok(ok), move |_, _| answer.clone());
        let found = desk.connection.find(&id("7"), &Context::default()).await;
        assert_eq!(found.is_ok(), is_found, "{ok}: {reply:?}: {found:?}");
    }
}

#[tokio::test]
async fn the_wait_and_the_request_id_are_read_from_headers() {
    for (name, value, wait) in [
        ("retry-after", "17", Some(17)),
        ("retry-after", "Fri, 20 Nov 2026 10:01:00 GMT", Some(60)),
        ("retry-after", "Fri, 20 Nov 2020 10:01:00 GMT", Some(0)),
        ("retry-after", "9999999", Some(3_600)),
        ("retry-after", "soon", None),
        ("ratelimit-reset", "30", Some(30)),
    ] {
        let reply = Reply::status(429)
            .with(name, value)
            .with("x-request-id", "r-1");
        let fault = fault(reply).await;
        assert_eq!(
            fault.retry_after,
            wait.map(Duration::from_secs),
            "{name}: {value}"
        );
        assert_eq!(fault.request_id.as_deref(), Some("r-1"));
    }
}
