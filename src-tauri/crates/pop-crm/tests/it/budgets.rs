//! Time budgets, second tries and the breaker: security rules B2 and B4.

use std::time::Duration;

use futures_util::FutureExt;
use pop_core::clock::Clock;
use pop_core::fault::FaultKind;
use pop_core::http::HttpFault;
use pop_core::moment::Moment;
use pop_crm::{BreakerState, Context};
use serde_json::json;

use crate::support::{BY_ID, Desk, HEAD, Reply, Seen, desk, external_id, id, text};

fn asks(handler: impl Fn(&Seen, usize) -> Reply + Send + Sync + 'static) -> Desk {
    desk(&text(&[HEAD, BY_ID]), handler)
}

fn well() -> Reply {
    Reply::json(&json!({ "id": "7" }))
}

async fn kind(desk: &Desk) -> Option<FaultKind> {
    // Nothing is kept from one question to the next.
    let context = Context {
        fresh: true,
        ..Context::default()
    };
    desk.connection
        .find(&id("7"), &context)
        .await
        .err()
        .map(|fault| fault.kind)
}

#[tokio::test]
async fn what_may_pass_is_tried_once_more_after_a_short_pause() {
    for trouble in [
        Reply::status(500),
        Reply::status(502),
        Reply::status(503),
        Reply::Fault(HttpFault::Dns),
        Reply::Fault(HttpFault::Refused),
        Reply::Fault(HttpFault::ConnectTimeout),
        Reply::Fault(HttpFault::Cut),
        Reply::status(429).with("retry-after", "2"),
    ] {
        let first = trouble.clone();
        let helped = asks(move |_, count| if count == 1 { first.clone() } else { well() });
        let start = helped.clock.now();
        assert_eq!(
            kind(&helped).await,
            None,
            "{trouble:?}: the second try is good"
        );
        let pause = helped.clock.now().since(start);
        let asked_for = if matches!(&trouble, Reply::Answer { status: 429, .. }) {
            2_000
        } else {
            100
        };
        assert!(
            pause >= Duration::from_millis(asked_for),
            "{trouble:?}: {pause:?}"
        );
        assert!(
            pause <= Duration::from_millis(asked_for.max(400)),
            "{trouble:?}: {pause:?}"
        );

        let always = trouble.clone();
        let hopeless = asks(move |_, _| always.clone());
        assert!(kind(&hopeless).await.is_some(), "{trouble:?} stays a fault");
        assert_eq!(
            hopeless.crm.seen().len(),
            2,
            "{trouble:?}: at most two tries"
        );
    }
}

#[tokio::test]
async fn what_cannot_pass_by_itself_is_not_tried_again() {
    for trouble in [
        Reply::status(400),
        Reply::status(401),
        Reply::status(403),
        Reply::status(409),
        Reply::status(422),
        Reply::status(429),
        Reply::status(429).with("retry-after", "60"),
        Reply::status(302),
        Reply::Fault(HttpFault::Tls),
        Reply::Fault(HttpFault::Proxy),
        Reply::Fault(HttpFault::TooLarge),
        Reply::of(200, "text/html", "<html>"),
    ] {
        let answer = trouble.clone();
        let desk = asks(move |_, _| answer.clone());
        assert!(kind(&desk).await.is_some(), "{trouble:?} is a fault");
        assert_eq!(desk.crm.seen().len(), 1, "{trouble:?}: one try");
    }
}

#[tokio::test]
async fn a_try_ends_after_eight_seconds_and_a_lookup_after_ten() {
    let desk = asks(|_, _| Reply::Silence);
    let start = desk.clock.now();
    assert_eq!(kind(&desk).await, Some(FaultKind::TimedOut));
    let took = desk.clock.now().since(start);
    assert_eq!(
        took,
        Duration::from_secs(10),
        "the whole budget and not more"
    );
    let limits = desk
        .crm
        .seen()
        .iter()
        .map(|seen| seen.limit)
        .collect::<Vec<_>>();
    assert_eq!(limits[0], Duration::from_secs(8), "one try");
    assert!(
        limits[1] <= Duration::from_millis(1_900),
        "the second has what is left: {limits:?}"
    );
    assert!(
        limits[1] >= Duration::from_secs(1),
        "and is worth it: {limits:?}"
    );
}

#[tokio::test]
async fn with_less_than_a_second_left_there_is_no_second_try() {
    let desk = asks(|_, _| Reply::Silence);
    let deadline = desk.clock.now().after(Duration::from_millis(8_900));
    let context = Context {
        deadline: Some(deadline),
        ..Context::default()
    };
    let fault = desk
        .connection
        .find(&id("7"), &context)
        .await
        .expect_err("nothing came");
    assert_eq!(
        fault.kind,
        FaultKind::Network(HttpFault::AnswerTimeout),
        "the try ended first"
    );
    assert_eq!(desk.crm.seen().len(), 1);
}

#[tokio::test]
async fn a_deadline_of_the_caller_counts_if_it_is_earlier() {
    let desk = asks(|_, _| Reply::Silence);
    let now = desk.clock.now();
    let context = Context {
        deadline: Some(now.after(Duration::from_secs(2))),
        ..Context::default()
    };
    let fault = desk
        .connection
        .find(&id("7"), &context)
        .await
        .expect_err("nothing came");
    assert_eq!(fault.kind, FaultKind::TimedOut);
    assert_eq!(desk.crm.seen()[0].limit, Duration::from_secs(2));
    let later = Context {
        deadline: Some(Moment::from_millis(i64::MAX / 2_000)),
        ..Context::default()
    };
    let fault = desk
        .connection
        .find(&id("7"), &later)
        .await
        .expect_err("nothing came");
    assert_eq!(fault.kind, FaultKind::TimedOut, "a later one does not");
}

#[tokio::test]
async fn five_failures_in_a_row_pause_the_origin_and_a_probe_ends_the_pause() {
    let desk = asks(|_, count| {
        if count <= 5 {
            Reply::status(500)
        } else {
            well()
        }
    });
    for _ in 0..3 {
        assert!(kind(&desk).await.is_some(), "it fails");
    }
    assert_eq!(
        desk.crm.seen().len(),
        5,
        "two, two, and the fifth opens the breaker"
    );
    assert!(matches!(
        desk.connection.state().breaker,
        BreakerState::Open { .. }
    ));
    let fault = desk
        .connection
        .find(&id("7"), &Context::default())
        .await
        .expect_err("paused");
    assert_eq!(fault.kind, FaultKind::Paused, "at once, with the reason");
    assert!(
        fault
            .retry_after
            .is_some_and(|wait| wait <= Duration::from_secs(20)),
        "{fault:?}"
    );
    assert_eq!(desk.crm.seen().len(), 5, "nothing was sent");
    desk.clock.jump(Duration::from_secs(20));
    assert_eq!(kind(&desk).await, None, "the probe is good");
    assert_eq!(desk.connection.state().breaker, BreakerState::Closed);
}

#[tokio::test]
async fn an_answer_that_refuses_is_no_sign_of_illness() {
    let desk = asks(|_, _| Reply::status(403));
    for _ in 0..12 {
        assert_eq!(kind(&desk).await, Some(FaultKind::Forbidden));
    }
    assert_eq!(
        desk.connection.state().breaker,
        BreakerState::Closed,
        "it answers every time"
    );
}

#[tokio::test]
async fn the_state_tells_how_long_answers_take() {
    let desk = asks(|_, _| well());
    assert_eq!(
        desk.connection.state().last_latency,
        None,
        "nothing is known yet"
    );
    assert_eq!(kind(&desk).await, None);
    assert_eq!(
        desk.connection.state().last_latency,
        Some(Duration::ZERO),
        "by the test's clock"
    );
}

const MANY: &str = r#"
[find.key]
by    = "external_id"
each  = "step.person.map(a, a.body)"
check = []
[find.key.step.hits]
call  = "GET /ids"
[find.key.step.person]
for  = "step.hits.body"
max  = 9
call = "GET /people/{one}"
"#;

/// How many requests are under way when nobody is answered.
fn under_way(text: &str) -> usize {
    let desk = desk(text, |seen, _| match seen.path().as_str() {
        "/ids" => Reply::json(&json!(["1", "2", "3", "4", "5", "6", "7", "8", "9"])),
        _ => Reply::Silence,
    });
    desk.clock.stop();
    let identifier = external_id("k");
    let context = Context::default();
    let waiting = desk.connection.find(&identifier, &context).now_or_never();
    assert_eq!(waiting, None, "it waits");
    desk.crm.seen().len() - 1
}

#[test]
fn six_calls_go_out_at_once_and_the_seventh_waits_for_a_place() {
    assert_eq!(under_way(&text(&[HEAD, MANY])), 6);
    let two = text(&[HEAD, MANY]).replace("[ids]", "at_once = 2\n[ids]");
    assert_eq!(under_way(&two), 2, "a definition may ask for fewer");
}

#[tokio::test]
async fn calls_keep_the_gap_that_the_definition_asks_for() {
    let gap = text(&[HEAD, BY_ID]).replace("[ids]", "gap = \"250ms\"\n[ids]");
    let desk = desk(&gap, |_, _| well());
    let start = desk.clock.now();
    for _ in 0..3 {
        assert_eq!(kind(&desk).await, None);
    }
    assert_eq!(
        desk.clock.now().since(start),
        Duration::from_millis(500),
        "two gaps between three"
    );
}
