//! Every way in which the sandbox can be made to fail.

use std::time::{Duration, Instant};

use pop_sandbox::{Fault, FaultRule};
use serde_json::json;

use crate::support::{Broken, Crm, TOKEN};

const CUSTOMER: &str = "/api/customers/12345";

#[tokio::test]
async fn a_refusing_fault_refuses_and_does_nothing() {
    let crm = Crm::start().await;
    let faults = [
        (Fault::Unauthorized, 401, "token_expired", None),
        (Fault::Forbidden, 403, "forbidden", None),
        (Fault::NotFound, 404, "not_found", None),
        (Fault::Conflict, 409, "conflict", None),
        (Fault::Unprocessable, 422, "invalid_field", Some("subject")),
        (
            Fault::RateLimited { retry_after: 30 },
            429,
            "rate_limited",
            None,
        ),
        (
            Fault::ServerError { status: 503 },
            503,
            "server_error",
            None,
        ),
        (
            Fault::ServerError { status: 599 },
            599,
            "server_error",
            None,
        ),
        (
            Fault::ServerError { status: 200 },
            500,
            "server_error",
            None,
        ),
    ];
    for (fault, status, code, field) in faults {
        crm.sandbox
            .set_fault(Some(FaultRule::always(fault.clone())));
        let body = json!({ "customerId": "12345", "subject": "Refused" });
        let answer = crm.post("/api/cases", body).await;
        answer.refused(status, code, field);
        let retry_after = if status == 429 { "30" } else { "" };
        assert_eq!(answer.header("retry-after"), retry_after, "{fault:?}");
        assert_eq!(
            answer.header("www-authenticate").is_empty(),
            status != 401,
            "{fault:?}"
        );
        crm.sandbox.set_fault(None);
        let answer = crm.get(CUSTOMER).await;
        assert_eq!(answer.json()["openCases"], 2, "{fault:?} opened no case");
    }
}

#[tokio::test]
async fn a_slow_answer_comes_late_and_the_work_is_done() {
    let crm = Crm::start().await;
    crm.sandbox.set_fault(Some(
        FaultRule::always(Fault::Slow { millis: 120 }).times(1),
    ));
    let begun = Instant::now();
    let body = json!({ "customerId": "12345", "subject": "Late" });
    let answer = crm.post("/api/cases", body).await;
    assert!(
        begun.elapsed() >= Duration::from_millis(120),
        "{:?}",
        begun.elapsed()
    );
    assert_eq!(answer.status, 201, "late, but right");
    assert_eq!(crm.get(CUSTOMER).await.json()["openCases"], 3);
}

#[tokio::test]
async fn who_does_not_wait_for_a_slow_answer_has_written_all_the_same() {
    let crm = Crm::start().await;
    let rule = FaultRule::always(Fault::Slow { millis: 60_000 });
    crm.sandbox.set_fault(Some(rule.on("/api/cases").times(1)));
    let body = json!({ "customerId": "12345", "subject": "Unknown outcome" });
    let late = crm.post_with_key("/api/cases", "k", body.clone());
    let opened = async { while crm.get(CUSTOMER).await.json()["openCases"] != 3 {} };
    tokio::select! {
        _ = late => panic!("the answer comes in a minute"),
        () = opened => {}
    }
    let again = crm.post_with_key("/api/cases", "k", body).await;
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!(
        crm.get(CUSTOMER).await.json()["openCases"],
        3,
        "one case, not two"
    );
}

#[tokio::test]
async fn a_cut_connection_ends_in_the_middle_of_the_answer_and_the_work_is_done() {
    let crm = Crm::start().await;
    crm.sandbox
        .set_fault(Some(FaultRule::always(Fault::Cut).times(1)));
    let token = format!("Bearer {TOKEN}");
    let headers = [
        ("authorization", token.as_str()),
        ("content-type", "application/json"),
    ];
    let body = json!({ "customerId": "12345", "subject": "Cut" }).to_string();
    let broken = crm
        .send("POST", "/api/cases", &headers, Some(body))
        .await
        .err();
    assert!(
        matches!(broken, Some(Broken::InBody(status)) if status == 201),
        "{broken:?}"
    );
    assert_eq!(crm.get(CUSTOMER).await.json()["openCases"], 3);
}

#[tokio::test]
async fn an_answer_can_be_spoiled_in_other_ways() {
    let crm = Crm::start().await;
    let whole = crm.get(CUSTOMER).await;
    let with = |fault| {
        crm.sandbox.set_fault(Some(FaultRule::always(fault)));
        crm.get(CUSTOMER)
    };
    let half = with(Fault::TruncatedJson).await;
    assert_eq!(
        (half.status.as_u16(), half.header("content-type")),
        (200, "application/json")
    );
    assert_eq!(half.body, whole.body[..whole.body.len() / 2]);
    assert!(serde_json::from_slice::<serde_json::Value>(&half.body).is_err());

    let empty = with(Fault::EmptyBody).await;
    assert_eq!(
        (empty.status.as_u16(), empty.header("content-type")),
        (200, "application/json")
    );
    assert!(empty.body.is_empty());

    let html = with(Fault::Html).await;
    assert_eq!(html.status, 200);
    assert_eq!(html.header("content-type"), "text/html; charset=utf-8");
    assert!(html.text().starts_with("<!doctype html>"));

    let huge = with(Fault::HugeBody).await;
    assert_eq!(huge.status, 200);
    assert_eq!(
        huge.header("content-length"),
        "",
        "it does not say so beforehand"
    );
    assert!(huge.body.len() > 16 * 1024 * 1024);
    assert!(huge.json()["filler"].is_string(), "large, and still JSON");

    crm.sandbox.set_fault(None);
    assert_eq!(
        crm.get(CUSTOMER).await.body,
        whole.body,
        "control: without a fault, as before"
    );
}

#[tokio::test]
async fn a_rule_can_be_narrowed_to_a_path_and_to_a_number_of_requests() {
    let crm = Crm::start().await;
    let rule = FaultRule::always(Fault::Forbidden)
        .on("/api/customers/12345/cases")
        .times(2);
    crm.sandbox.set_fault(Some(rule));
    let cases = format!("{CUSTOMER}/cases");
    assert_eq!(crm.get(CUSTOMER).await.status, 200, "another path");
    assert_eq!(crm.get(&cases).await.status, 403);
    assert_eq!(crm.sandbox.fault().unwrap().count, Some(1));
    assert_eq!(crm.get(&cases).await.status, 403);
    assert_eq!(crm.sandbox.fault(), None, "used up");
    assert_eq!(crm.get(&cases).await.status, 200);
    crm.sandbox
        .set_fault(Some(FaultRule::always(Fault::Forbidden).times(0)));
    assert_eq!(
        crm.get(&cases).await.status,
        200,
        "no request is no request"
    );
}

#[tokio::test]
async fn without_a_path_a_rule_goes_for_the_api_only() {
    let crm = Crm::start().await;
    crm.sandbox
        .set_fault(Some(FaultRule::always(Fault::ServerError { status: 502 })));
    assert_eq!(crm.get("/api/me").await.status, 502);
    assert_eq!(crm.get("/customers/12345").await.status, 200);
    assert_eq!(crm.get("/openapi.json").await.status, 200);
    crm.sandbox
        .set_fault(Some(FaultRule::always(Fault::NotFound).on("/customers")));
    assert_eq!(crm.get("/customers/12345").await.status, 404);
    assert_eq!(crm.get("/api/me").await.status, 200);
}

#[tokio::test]
async fn a_fault_is_switched_over_http_too() {
    let crm = Crm::start().await;
    let put = |body: serde_json::Value| {
        let crm = &crm;
        async move {
            crm.call("PUT", "/control/fault", &[], Some(body.to_string()))
                .await
        }
    };
    let rule = json!({ "fault": { "kind": "rate_limited", "retryAfter": 7 }, "path": "/api/me" });
    let answer = put(rule.clone()).await;
    assert_eq!((answer.status.as_u16(), answer.json()), (200, rule));
    let expected = FaultRule::always(Fault::RateLimited { retry_after: 7 }).on("/api/me");
    assert_eq!(crm.sandbox.fault(), Some(expected));
    assert_eq!(crm.get("/api/me").await.header("retry-after"), "7");

    // The switch itself never fails, or nobody could switch it off.
    put(json!({ "fault": { "kind": "cut" }, "path": "/" })).await;
    assert_eq!(
        crm.call("DELETE", "/control/fault", &[], None).await.status,
        204
    );
    assert_eq!(crm.get("/api/me").await.status, 200);

    for wrong in [
        json!({}),
        json!({ "fault": { "kind": "fire" } }),
        json!({ "fault": { "kind": "slow" } }),
    ] {
        put(wrong)
            .await
            .refused(422, "invalid_field", Some("fault"));
    }
    assert_eq!(crm.sandbox.fault(), None);
}
