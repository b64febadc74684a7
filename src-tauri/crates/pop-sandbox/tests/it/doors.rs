//! Who is let in, and what every answer carries.

use serde_json::json;

use crate::support::{Crm, TOKEN};

#[tokio::test]
async fn without_the_token_nothing_is_told() {
    let crm = Crm::start().await;
    let cases: [(&[(&str, &str)], &str); 6] = [
        (&[], "token_missing"),
        (
            &[("authorization", "Basic dGVzdC10b2tlbg==")],
            "token_missing",
        ),
        (&[("authorization", "Bearer")], "token_missing"),
        (
            &[("authorization", "Bearer "), ("x-other", "1")],
            "token_missing",
        ),
        (&[("authorization", "Bearer test-tokem")], "token_unknown"),
        (
            &[("authorization", "Bearer test-token-and-more")],
            "token_unknown",
        ),
    ];
    for path in [
        "/api/me",
        "/api/customers/12345",
        "/api/nowhere",
        "/api",
        "/control/fault",
    ] {
        for (headers, code) in cases {
            let answer = crm.send("GET", path, headers, None).await.unwrap();
            answer.refused(401, code, None);
            let challenge = answer.header("www-authenticate");
            assert!(challenge.starts_with("Bearer realm="), "{challenge}");
        }
    }
    let twice = [
        ("authorization", "Bearer test-token"),
        ("authorization", "Bearer other"),
    ];
    let answer = crm.send("GET", "/api/me", &twice, None).await.unwrap();
    answer.refused(401, "token_missing", None);
    let control = [("authorization", "bearer test-token")];
    let answer = crm.send("GET", "/api/me", &control, None).await.unwrap();
    assert_eq!(
        answer.status, 200,
        "control: with the token it is, in either case of the scheme"
    );
    assert_eq!(
        answer.json(),
        json!({ "id": "agent07", "name": "Sandbox Agent", "email": "agent07@example.com" })
    );
}

#[tokio::test]
async fn a_renewed_token_lets_the_one_before_expire() {
    let crm = Crm::start().await;
    crm.sandbox.renew_token("next-token").unwrap();
    let answer = crm.get("/api/me").await;
    answer.refused(401, "token_expired", None);
    assert!(
        answer
            .header("www-authenticate")
            .contains("error=\"invalid_token\"")
    );
    let headers = [("authorization", "Bearer next-token")];
    let answer = crm.send("GET", "/api/me", &headers, None).await.unwrap();
    assert_eq!(answer.status, 200, "control: the new token is good");
    assert!(crm.sandbox.renew_token("with space").is_err());
}

#[tokio::test]
async fn a_request_id_is_echoed_or_made() {
    let crm = Crm::start().await;
    let echoed = crm
        .call("GET", "/api/me", &[("x-request-id", "trace-77/a")], None)
        .await;
    assert_eq!(echoed.header("x-request-id"), "trace-77/a");
    let first = crm.get("/api/me").await;
    let second = crm.get("/api/nowhere").await;
    assert!(first.header("x-request-id").starts_with("sandbox-"));
    assert_ne!(first.header("x-request-id"), second.header("x-request-id"));
    for unusable in ["", "two words", &"x".repeat(129)] {
        let answer = crm
            .call("GET", "/api/me", &[("x-request-id", unusable)], None)
            .await;
        assert!(
            answer.header("x-request-id").starts_with("sandbox-"),
            "{unusable:?}"
        );
    }
}

#[tokio::test]
async fn another_name_for_this_computer_is_refused() {
    let crm = Crm::start().await;
    let port = crm.sandbox.origin().rsplit_once(':').unwrap().1.to_owned();
    for path in ["/api/me", "/customers/12345", "/openapi.json"] {
        for host in [
            "evil.example",
            "127.0.0.1",
            "127.0.0.1:1",
            &format!("evil.example:{port}"),
        ] {
            let answer = crm.call("GET", path, &[("host", host)], None).await;
            answer.refused(421, "wrong_host", None);
        }
        let answer = crm
            .call("GET", path, &[("host", &format!("localhost:{port}"))], None)
            .await;
        assert_eq!(answer.status, 200, "control: localhost is this computer");
    }
}

#[tokio::test]
async fn what_does_not_exist_is_a_problem_that_says_so() {
    let crm = Crm::start().await;
    for path in [
        "/api/customers/99",
        "/api/customers/99/cases",
        "/api/customers/99/interactions",
    ] {
        crm.get(path).await.refused(404, "not_found", None);
    }
    for path in [
        "/api/cases/1",
        "/api/cases/CS-1",
        "/api/cases/+20481",
        "/api/cases/x",
        "/api/x",
        "/",
    ] {
        crm.get(path).await.refused(404, "not_found", None);
    }
    let answer = crm.call("DELETE", "/api/cases/20481", &[], None).await;
    answer.refused(405, "method_not_allowed", None);
    assert_eq!(answer.header("allow"), "GET,HEAD,PATCH");
    assert_eq!(
        crm.get("/api/cases/20481").await.status,
        200,
        "control: the case is still there"
    );
    assert_eq!(
        crm.get("/api/cases/CS-20481").await.json()["caseId"],
        "20481"
    );
}

#[tokio::test]
async fn no_foreign_page_is_invited_and_nothing_is_stored_by_a_browser() {
    let crm = Crm::start().await;
    let origin = [("origin", "https://evil.example")];
    let answer = crm
        .call("OPTIONS", "/api/customers/12345", &origin, None)
        .await;
    assert_eq!(answer.status, 405);
    for answer in [
        answer,
        crm.call("GET", "/api/customers/12345", &origin, None).await,
    ] {
        assert!(
            !answer
                .headers
                .keys()
                .any(|name| name.as_str().starts_with("access-control"))
        );
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
    }
}

#[tokio::test]
async fn requests_are_recorded_without_their_secrets() {
    let crm = Crm::start().await;
    assert!(crm.sandbox.requests().is_empty(), "nothing was asked yet");
    crm.call(
        "GET",
        "/api/customers?email=a%40b",
        &[("cookie", "c=1"), ("traceparent", "00-1")],
        None,
    )
    .await;
    crm.call("DELETE", "/control/fault", &[], None).await;
    let requests = crm.sandbox.requests();
    let [request] = requests.as_slice() else {
        panic!("one, without the control: {requests:?}")
    };
    assert_eq!(
        (request.method.as_str(), request.path.as_str()),
        ("GET", "/api/customers")
    );
    assert_eq!(request.query.as_deref(), Some("email=a%40b"));
    assert_eq!(request.header("traceparent"), Some("00-1"));
    assert_eq!(request.header("authorization"), Some("[redacted]"));
    assert!(!format!("{requests:?}").contains(TOKEN));
    assert!(!format!("{requests:?}").contains("c=1"));
    crm.sandbox.forget_requests();
    assert!(crm.sandbox.requests().is_empty());
}

#[tokio::test]
async fn only_the_latest_thousand_requests_are_kept() {
    let crm = Crm::start().await;
    for number in 0..1005 {
        crm.get(&format!("/openapi.json?{number}")).await;
    }
    let requests = crm.sandbox.requests();
    assert_eq!(requests.len(), 1000);
    assert_eq!(requests[0].query.as_deref(), Some("5"));
}
