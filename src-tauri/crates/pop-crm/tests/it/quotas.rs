//! How much may still be asked, and what happens when it was too much.

use std::time::Duration;

use pop_core::clock::Clock;
use pop_core::fault::{Fault, FaultKind};
use pop_crm::{Context, Found, Quota, built_in};
use serde_json::json;

use crate::support::{BY_ID, Desk, HEAD, Reply, Seen, customer, desk, email, faults_of, id, text};
use crate::vendors::filled_in;

const QUOTAS: &str = r#"
[http.quota.day]
label = "Calls a day"
used  = "headers['x-usage'].split('=')[1].split('/')[0]"
limit = "headers['x-usage'].split('=')[1].split('/')[1]"
[http.quota.burst]
left  = "headers['x-burst-left']"
[error.kind]
rate_limited = "status == 403 && code == 'LIMIT'"
[error.wait]
rate_limited = "'60s'"
"#;

fn well() -> Reply {
    Reply::json(&json!({ "id": "7" }))
}

fn asks(more: &str, handler: impl Fn(&Seen, usize) -> Reply + Send + Sync + 'static) -> Desk {
    desk(&text(&[HEAD, BY_ID, more]), handler)
}

async fn find(desk: &Desk, seconds: u64) -> Result<Found, Fault> {
    let context = Context {
        deadline: Some(desk.clock.now().after(Duration::from_secs(seconds))),
        fresh: true,
        ..Context::default()
    };
    desk.connection.find(&id("7"), &context).await
}

fn left(desk: &Desk) -> Vec<(String, Option<u64>, Option<u64>)> {
    let quotas = desk.connection.state().quotas.into_iter();
    quotas
        .map(|quota: Quota| (quota.label, quota.left, quota.limit))
        .collect()
}

#[tokio::test]
async fn what_is_left_is_read_where_the_definition_says() {
    let desk = asks(QUOTAS, |_, count| {
        let usage = format!("api={}/5000", count * 10);
        match count {
            1 => well().with("x-usage", &usage).with("x-burst-left", "7.5"),
            // An answer that fails tells it too, and one that says nothing changes nothing.
            2 => Reply::status(404).with("x-usage", &usage),
            _ => well().with("x-usage", "unlimited"),
        }
    });
    assert_eq!(left(&desk), [], "nothing is known before");
    assert!(find(&desk, 10).await.is_ok());
    let day = |left: u64| ("Calls a day".to_owned(), Some(left), Some(5_000));
    let burst = || ("burst".to_owned(), Some(7), None);
    assert_eq!(left(&desk), [day(4_990), burst()]);
    assert!(find(&desk, 10).await.is_ok());
    assert_eq!(left(&desk), [burst(), day(4_980)]);
    assert!(find(&desk, 10).await.is_ok());
    assert_eq!(left(&desk), [burst(), day(4_980)]);
    desk.connection.forget();
    assert_eq!(left(&desk), [], "the next one to sign in has other limits");
}

#[tokio::test]
async fn the_usual_headers_are_known_without_being_told() {
    for (remaining, limit) in [
        ("ratelimit-remaining", "ratelimit-limit"),
        ("x-ratelimit-remaining", "x-ratelimit-limit"),
        ("x-rate-limit-remaining", "x-rate-limit"),
    ] {
        let desk = asks("", move |_, _| {
            well().with(remaining, "699").with(limit, "700")
        });
        assert!(find(&desk, 10).await.is_ok());
        assert_eq!(left(&desk), [("Requests".to_owned(), Some(699), Some(700))]);
    }
    let silent = asks("", |_, _| well());
    assert!(find(&silent, 10).await.is_ok());
    assert_eq!(left(&silent), []);
}

#[tokio::test]
async fn a_wait_that_one_call_was_told_is_kept_by_all() {
    let busy = || Reply::of(403, "application/json", r#"{"code":"LIMIT"}"#);
    let desk = asks(
        QUOTAS,
        move |_, count| if count == 1 { busy() } else { well() },
    );
    let first = find(&desk, 10).await.expect_err("it was too much");
    assert_eq!(
        (first.kind, first.retry_after),
        (FaultKind::RateLimited, Some(Duration::from_mins(1)))
    );
    desk.clock.jump(Duration::from_secs(20));
    let second = find(&desk, 10).await.expect_err("it still is");
    assert_eq!(
        (second.kind, second.retry_after),
        (FaultKind::RateLimited, Some(Duration::from_secs(40)))
    );
    assert_eq!(desk.crm.seen().len(), 1, "and is not asked for nothing");
    let state = desk.connection.state();
    let waits = state.waits_until.map(|until| until.since(desk.clock.now()));
    assert_eq!(waits, Some(Duration::from_secs(40)), "which can be shown");

    desk.clock.jump(Duration::from_secs(35));
    let before = desk.clock.now();
    assert!(find(&desk, 10).await.is_ok(), "who has the time waits");
    assert_eq!(
        desk.clock.now().since(before),
        Duration::from_secs(5),
        "as long as it was told"
    );
    assert_eq!(desk.connection.state().waits_until, None);

    let forbidden = asks(QUOTAS, |_, count| match count {
        1 => Reply::status(403),
        _ => well(),
    });
    assert!(find(&forbidden, 10).await.is_err());
    assert!(find(&forbidden, 10).await.is_ok(), "control: another 403");
}

#[tokio::test]
async fn retry_after_is_kept_by_all_calls_too() {
    let limited = Reply::status(429).with("retry-after", "3");
    let desk = asks("", move |_, count| match count {
        1 => limited.clone(),
        _ => well(),
    });
    let first = find(&desk, 2).await;
    assert!(first.is_err(), "it has no time to wait");
    let before = desk.clock.now();
    assert!(find(&desk, 10).await.is_ok());
    assert_eq!(desk.clock.now().since(before), Duration::from_secs(3));
}

#[tokio::test]
async fn a_part_that_was_too_much_makes_all_calls_wait() {
    let more = r#"
[batch]
call   = "POST /batch"
json   = { all = "{parts}" }
part   = { ref = "{part.name}", verb = "{part.method}", url = "{part.url}" }
each   = "body"
answer = { name = "it.ref", status = "it.status", body = "it.body" }
[activities.a]
call = "GET /people/{customer.id}/a"
each = "body"
[activities.b]
call = "GET /people/{customer.id}/b"
each = "body"
"#;
    let limited = json!([
        { "ref": "p1", "status": 200, "body": [] },
        { "ref": "p2", "status": 403, "body": { "code": "LIMIT" } },
    ]);
    let desk = asks(&text(&[QUOTAS, more]), move |_, _| Reply::json(&limited));
    let activities = desk
        .connection
        .activities(&customer("7"), &Context::default())
        .await;
    let fault = activities.expect_err("a part of it was too much");
    assert_eq!(fault.kind, FaultKind::RateLimited);
    let after = find(&desk, 10).await.expect_err("so the rest waits");
    assert_eq!(after.kind, FaultKind::RateLimited);
    assert_eq!(desk.crm.seen().len(), 1);
}

#[tokio::test]
async fn what_the_headers_say_of_limits_is_kept_for_support() {
    let reply = Reply::status(429)
        .with("retry-after", "120")
        .with("x-vendor-ratelimit-left", "0\u{7}")
        .with("x-other", "1");
    let desk = asks("", move |_, _| reply.clone());
    let fault = find(&desk, 10).await.expect_err("too much");
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(
        fault.limits,
        [
            pair("retry-after", "120"),
            pair("x-vendor-ratelimit-left", "0")
        ]
    );
}

#[tokio::test]
async fn a_reset_is_a_number_of_seconds_or_a_time() {
    let now = 1_795_168_800; // 2026-11-20T10:00:00Z
    for (reset, wait) in [("90".to_owned(), 90), ((now + 45).to_string(), 45)] {
        let limited = Reply::status(429).with("x-ratelimit-reset", &reset);
        let desk = asks("", move |_, _| limited.clone());
        let fault = find(&desk, 10).await.expect_err("too much");
        assert_eq!(
            fault.retry_after,
            Some(Duration::from_secs(wait)),
            "{reset}"
        );
    }
}

#[tokio::test]
async fn the_built_in_definitions_read_what_their_vendors_tell() {
    let quota = |label: &str, left: u64, limit: u64| (label.to_owned(), Some(left), Some(limit));
    for (id, headers, quotas) in [
        (
            "salesforce",
            vec![("sforce-limit-info", "api-usage=18/5000, api-bursts=1/750")],
            vec![quota("API calls in 24 hours", 4_982, 5_000)],
        ),
        (
            "salesforce",
            vec![(
                "sforce-limit-info",
                "api-usage=18/5000; per-app-api-usage=17/250(appName=x)",
            )],
            vec![quota("API calls in 24 hours", 4_982, 5_000)],
        ),
        (
            "hubspot",
            vec![
                ("x-hubspot-ratelimit-daily", "250000"),
                ("x-hubspot-ratelimit-daily-remaining", "249999"),
                ("x-hubspot-ratelimit-max", "100"),
                ("x-hubspot-ratelimit-remaining", "99"),
            ],
            vec![
                quota("API calls a day", 249_999, 250_000),
                quota("API calls in 10 seconds", 99, 100),
            ],
        ),
        (
            "zendesk",
            vec![("x-rate-limit", "700"), ("x-rate-limit-remaining", "699")],
            vec![quota("Requests", 699, 700)],
        ),
    ] {
        let (_, text) = built_in()
            .iter()
            .find(|(known, _)| *known == id)
            .expect("it is built in");
        let told = headers.clone();
        let desk = filled_in(id, text, move |_, _| {
            let answer = Reply::status(404);
            told.iter()
                .fold(answer, |answer, (name, value)| answer.with(name, value))
        });
        let context = Context::default();
        let _ = desk.connection.find(&email("a@b.example"), &context).await;
        assert!(!desk.crm.seen().is_empty(), "{id} was asked");
        assert_eq!(left(&desk), quotas, "{id}: {headers:?}");
    }
}

#[test]
fn a_quota_that_says_nothing_is_refused_at_load() {
    for (quota, key, says) in [
        ("label = \"x\"", "http.quota.day.left", "used and limit"),
        ("used = \"1\"", "http.quota.day.left", "used and limit"),
        ("left = \"body.left\"", "http.quota.day.left", "headers"),
        ("left = \"1\"\nrest = \"1\"", "http.quota.day.rest", "limit"),
    ] {
        let faults = faults_of(&text(&[HEAD, BY_ID, "[http.quota.day]\n", quota]));
        let is_told = |line: &str| line.contains(key) && line.contains(says);
        assert!(faults.lines().any(is_told), "{quota}: {faults}");
    }
}
