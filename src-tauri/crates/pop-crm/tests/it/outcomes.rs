//! What a write that did not succeed leaves open, and what the same write does when it comes again.

use std::time::Duration;

use pop_core::action::{ActionKind, Next, Outcome};
use pop_core::clock::Clock;
use pop_core::http::HttpFault;
use pop_core::moment::Moment;
use pop_crm::Write;
use serde_json::json;

use crate::actions::{act, answered, crm, failed, lines, write};
use crate::support::Reply;

/// The same write, after a try of which nobody knows.
fn again(write: &Write, first: Moment) -> Write {
    Write {
        sent: Some(first),
        ..write.clone()
    }
}

#[tokio::test]
async fn every_failure_says_what_became_of_the_write_and_what_may_be_done() {
    let (done, unknown) = (Outcome::NotDone, Outcome::Unknown);
    for (reply, outcome, once, key) in [
        // Never sent.
        (
            Reply::Fault(HttpFault::Refused),
            done,
            Next::Retry,
            Next::Retry,
        ),
        (Reply::Fault(HttpFault::Dns), done, Next::Retry, Next::Retry),
        (
            Reply::Fault(HttpFault::BadRequest),
            done,
            Next::Park,
            Next::Park,
        ),
        // Sent, and nobody knows.
        (
            Reply::Fault(HttpFault::Cut),
            unknown,
            Next::LookFirst,
            Next::Retry,
        ),
        (
            Reply::Fault(HttpFault::AnswerTimeout),
            unknown,
            Next::LookFirst,
            Next::Retry,
        ),
        (
            Reply::Fault(HttpFault::TooLarge),
            unknown,
            Next::LookFirst,
            Next::Retry,
        ),
        (Reply::status(500), unknown, Next::LookFirst, Next::Retry),
        (Reply::status(503), unknown, Next::LookFirst, Next::Retry),
        (Reply::status(408), unknown, Next::LookFirst, Next::Retry),
        (
            Reply::of(200, "text/html", "<html>"),
            unknown,
            Next::LookFirst,
            Next::Retry,
        ),
        (
            Reply::of(201, "application/json", ""),
            unknown,
            Next::LookFirst,
            Next::Retry,
        ),
        (
            Reply::of(201, "application/json", "{\"id\":"),
            unknown,
            Next::LookFirst,
            Next::Retry,
        ),
        (
            Reply::of(201, "application/json", "{}"),
            unknown,
            Next::LookFirst,
            Next::Retry,
        ),
        // Refused.
        (
            Reply::status(503).with("retry-after", "30"),
            done,
            Next::Retry,
            Next::Retry,
        ),
        (
            Reply::status(429).with("retry-after", "30"),
            done,
            Next::Retry,
            Next::Retry,
        ),
        (Reply::status(401), done, Next::Retry, Next::Retry),
        (Reply::status(400), done, Next::Park, Next::Park),
        (Reply::status(403), done, Next::Park, Next::Park),
        (Reply::status(404), done, Next::Park, Next::Park),
        (Reply::status(409), done, Next::Park, Next::Park),
        (Reply::status(302), done, Next::Park, Next::Park),
    ] {
        let given = reply.clone();
        for (kind, input, next) in [
            (ActionKind::CreateCase, json!({ "subject": "x" }), once),
            (ActionKind::LogInteraction, json!({}), key),
        ] {
            let given = given.clone();
            let desk = crm(move |_, _| given.clone());
            let fault = failed(&desk, kind, &write(&input)).await;
            assert_eq!(
                (fault.outcome, fault.next),
                (outcome, next),
                "{kind:?} {reply:?}"
            );
            assert_eq!(
                desk.crm.seen().len(),
                1,
                "{reply:?}: sent once and never again by itself"
            );
        }
    }
}

#[tokio::test]
async fn before_a_second_try_the_crm_is_asked_whether_it_has_the_first() {
    let desk = crm(|seen, _| {
        if seen.line.starts_with("GET") {
            let rows = json!([{ "id": "k7", "key": "w-77" }, { "id": "k8" }, { "id": "k9", "key": "w-1" }]);
            Reply::json(&json!({ "items": rows }))
        } else {
            answered(201, &json!({ "id": "k10" }))
        }
    });
    let write = write(&json!({ "subject": "x" }));
    let earlier = again(&write, desk.clock.now());
    let found = act(&desk, ActionKind::CreateCase, &earlier)
        .await
        .expect("it was done");
    assert_eq!((found.id.as_deref(), found.earlier), (Some("k9"), true));
    assert_eq!(
        lines(&desk),
        ["GET /cases?key=w-1"],
        "nothing is written twice"
    );

    // A server that ignores the condition: strangers are not ours, so it is sent.
    let other = Write {
        item_id: "w-2".into(),
        ..earlier
    };
    let made = act(&desk, ActionKind::CreateCase, &other)
        .await
        .expect("it is sent");
    assert_eq!((made.id.as_deref(), made.earlier), (Some("k10"), false));
    assert_eq!(lines(&desk)[1..], ["GET /cases?key=w-2", "POST /cases"]);
}

#[tokio::test]
async fn when_nobody_can_look_nothing_is_sent() {
    for (reply, next) in [
        (Reply::status(500), Next::LookFirst),
        (Reply::Fault(HttpFault::Cut), Next::LookFirst),
        (Reply::status(403), Next::Park),
        (Reply::of(200, "application/json", "{}"), Next::Park),
    ] {
        let given = reply.clone();
        let desk = crm(move |_, _| given.clone());
        let earlier = again(&write(&json!({ "subject": "x" })), desk.clock.now());
        let fault = failed(&desk, ActionKind::CreateCase, &earlier).await;
        assert_eq!(
            (fault.outcome, fault.next),
            (Outcome::Unknown, next),
            "{reply:?}"
        );
        let written = lines(&desk)
            .iter()
            .filter(|line| line.starts_with("POST"))
            .count();
        assert_eq!(written, 0, "{reply:?}");
    }
}

#[tokio::test]
async fn a_key_is_trusted_as_long_as_the_crm_keeps_it() {
    let desk = crm(|_, _| answered(201, &json!({ "id": "l1" })));
    let first = desk.clock.now();
    let write = again(&write(&json!({ "note": "x" })), first);
    act(&desk, ActionKind::LogInteraction, &write)
        .await
        .expect("sent again");
    assert_eq!(desk.crm.seen()[0].headers["idempotency-key"], "w-1");
    desk.clock
        .jump(Duration::from_hours(2) - Duration::from_secs(20));
    act(&desk, ActionKind::LogInteraction, &write)
        .await
        .expect("just in time");
    desk.clock.jump(Duration::from_secs(10));
    let fault = failed(&desk, ActionKind::LogInteraction, &write).await;
    assert_eq!((fault.outcome, fault.next), (Outcome::Unknown, Next::Park));
    assert_eq!(desk.crm.seen().len(), 2, "it might be done a second time");
}

#[tokio::test]
async fn a_refusal_of_a_second_try_says_nothing_about_the_first() {
    for (status, next) in [(429, Next::Retry), (422, Next::Park)] {
        let desk = crm(move |_, _| Reply::status(status));
        let write = again(&write(&json!({})), desk.clock.now());
        let fault = failed(&desk, ActionKind::LogInteraction, &write).await;
        assert_eq!(
            (fault.outcome, fault.next),
            (Outcome::Unknown, next),
            "{status}"
        );
    }
}
