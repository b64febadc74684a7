//! Opening and changing cases, logging interactions, and doing so once.

use serde_json::json;

use crate::support::{Crm, ids};

async fn open_cases(crm: &Crm) -> i64 {
    crm.get("/api/customers/12345").await.json()["openCases"]
        .as_i64()
        .unwrap()
}

#[tokio::test]
async fn a_case_is_opened_and_is_there() {
    let crm = Crm::start().await;
    let body = json!({
        "customerId": "12345", "subject": " Card lost ", "description": "On a train.",
        "channel": "chat", "reference": "int-9", "unknown": { "is": "ignored" }
    });
    let answer = crm.post("/api/cases", body).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    let case = answer.json();
    assert_eq!(case["subject"], "Card lost");
    assert_eq!(case["status"], "open");
    assert_eq!(case["priority"], "normal");
    assert_eq!(case["reference"], "int-9");
    assert_eq!(case["owner"], "agent07");
    let id = case["caseId"].as_str().unwrap();
    assert_eq!(case["url"], format!("{}/cases/{id}", crm.sandbox.origin()));
    let read = crm.get(&format!("/api/cases/{id}")).await.json();
    assert_eq!(read["createdAt"], case["createdAt"]);
    assert_eq!(read["description"], "On a train.");
    assert_eq!(read["notes"], json!([]));
    assert_eq!(open_cases(&crm).await, 3);
}

#[tokio::test]
async fn what_is_missing_or_wrong_in_a_case_is_named() {
    let crm = Crm::start().await;
    for (body, field) in [
        (json!({ "subject": "x" }), "customerId"),
        (json!({ "customerId": "12345" }), "subject"),
        (json!({ "customerId": "12345", "subject": null }), "subject"),
        (
            json!({ "customerId": "12345", "subject": "   " }),
            "subject",
        ),
    ] {
        let answer = crm.post("/api/cases", body).await;
        answer.refused(400, "missing_field", Some(field));
    }
    for (body, field) in [
        (json!({ "customerId": "99", "subject": "x" }), "customerId"),
        (json!({ "customerId": 12345, "subject": "x" }), "customerId"),
        (
            json!({ "customerId": "12345", "subject": ["x"] }),
            "subject",
        ),
        (
            json!({ "customerId": "12345", "subject": "x".repeat(201) }),
            "subject",
        ),
        (
            json!({ "customerId": "12345", "subject": "x", "priority": "asap" }),
            "priority",
        ),
        (
            json!({ "customerId": "12345", "subject": "x", "severity": 0 }),
            "severity",
        ),
    ] {
        let answer = crm.post("/api/cases", body).await;
        answer.refused(422, "invalid_field", Some(field));
    }
    assert_eq!(open_cases(&crm).await, 2, "nothing was opened");
}

#[tokio::test]
async fn a_body_that_is_no_json_object_is_refused() {
    let crm = Crm::start().await;
    for body in [
        "",
        "{",
        "{\"customerId\":\"12345\",}",
        "[]",
        "null",
        "\u{feff}{}",
    ] {
        let answer = crm
            .call("POST", "/api/cases", &[], Some(body.to_owned()))
            .await;
        answer.refused(400, "invalid_json", None);
    }
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let answer = crm
        .call("POST", "/api/cases", &form, Some("subject=x".to_owned()))
        .await;
    answer.refused(415, "not_json", None);
    let large = json!({ "customerId": "12345", "subject": "x", "filler": "x".repeat(70_000) });
    crm.post("/api/cases", large)
        .await
        .refused(413, "too_large", None);
    assert_eq!(open_cases(&crm).await, 2, "nothing was opened");
}

#[tokio::test]
async fn a_case_changes_its_status_and_priority() {
    let crm = Crm::start().await;
    let patch = |body: serde_json::Value| {
        let crm = &crm;
        async move {
            crm.call("PATCH", "/api/cases/20481", &[], Some(body.to_string()))
                .await
        }
    };
    let closed = patch(json!({ "status": "closed" })).await;
    assert_eq!(closed.status, 200);
    assert_eq!(closed.json()["status"], "closed");
    assert_eq!(
        closed.json()["priority"],
        "high",
        "what was not named stays"
    );
    assert_eq!(open_cases(&crm).await, 1);
    let reopened = patch(json!({ "status": "in_progress", "priority": "urgent" }))
        .await
        .json();
    assert_eq!(
        (&reopened["status"], &reopened["priority"]),
        (&json!("in_progress"), &json!("urgent"))
    );
    assert_ne!(reopened["updatedAt"], reopened["createdAt"]);
    assert_eq!(open_cases(&crm).await, 2);

    patch(json!({}))
        .await
        .refused(400, "missing_field", Some("status"));
    let answer = patch(json!({ "status": "Closed" })).await;
    answer.refused(422, "invalid_field", Some("status"));
    assert!(
        answer.json()["detail"]
            .as_str()
            .unwrap()
            .contains("in_progress"),
        "says what is good"
    );
    let answer = crm
        .call(
            "PATCH",
            "/api/cases/1",
            &[],
            Some(r#"{"status":"open"}"#.into()),
        )
        .await;
    answer.refused(404, "not_found", None);
}

#[tokio::test]
async fn an_interaction_is_logged_and_comes_first() {
    let crm = Crm::start().await;
    // What a wrap-up without a word sends.
    let bare = crm
        .post(
            "/api/customers/12345/interactions",
            json!({ "seconds": 40 }),
        )
        .await;
    assert_eq!(bare.status, 201, "{}", bare.text());
    assert!(bare.json().get("summary").is_none());
    let body = json!({
        "caseId": "CS-20481", "note": "Pay slips promised", "channel": "call", "outcome": "Resolved",
        "agent": "agent22", "seconds": 312
    });
    let logged = crm
        .post("/api/customers/12345/interactions", body)
        .await
        .json();
    assert_eq!(logged["summary"], "Pay slips promised");
    assert_eq!(logged["caseId"], "20481");
    let past = crm.get("/api/customers/12345/interactions").await.json();
    assert_eq!(past["total"], 16);
    assert_eq!(past["items"][0]["id"], logged["id"]);

    let old = json!({ "summary": "Long ago", "at": "2001-02-03T04:05:06.7+01:00" });
    let old = crm
        .post("/api/customers/12345/interactions", old)
        .await
        .json();
    assert_eq!(old["at"], "2001-02-03T03:05:06Z");
    for (body, field) in [
        (json!({ "caseId": "20533" }), "caseId"),
        (json!({ "caseId": "x" }), "caseId"),
        (json!({ "seconds": -1 }), "seconds"),
        (json!({ "at": "yesterday" }), "at"),
    ] {
        let answer = crm.post("/api/customers/12345/interactions", body).await;
        answer.refused(422, "invalid_field", Some(field));
    }
    let answer = crm
        .post("/api/customers/99/interactions", json!({ "note": "x" }))
        .await;
    answer.refused(404, "not_found", None);
}

#[tokio::test]
async fn a_note_is_added_to_its_case() {
    let crm = Crm::start().await;
    let note = crm
        .post("/api/cases/20481/notes", json!({ "text": "Called back" }))
        .await;
    assert_eq!(note.status, 201);
    assert_eq!(note.json()["caseId"], "20481");
    let notes = crm.get("/api/cases/20481").await.json()["notes"].clone();
    assert_eq!(ids(&notes, "text"), ["Called back"]);
    let answer = crm.post("/api/cases/20481/notes", json!({})).await;
    answer.refused(400, "missing_field", Some("text"));
    let answer = crm.post("/api/cases/1/notes", json!({ "text": "x" })).await;
    answer.refused(404, "not_found", None);
}

#[tokio::test]
async fn a_repeat_with_the_same_key_writes_nothing_and_gets_the_first_answer() {
    let crm = Crm::start().await;
    let paths = [
        "/api/cases",
        "/api/customers/12345/interactions",
        "/api/cases/20481/notes",
    ];
    let body = json!({ "customerId": "12345", "subject": "Once", "text": "Once", "note": "Once" });
    for path in paths {
        let first = crm.post_with_key(path, path, body.clone()).await;
        let again = crm.post_with_key(path, path, body.clone()).await;
        assert_eq!(
            (first.status, again.status),
            (hyper::StatusCode::CREATED, first.status)
        );
        assert_eq!(first.body, again.body, "{path}");
        assert_eq!(first.header("idempotency-replayed"), "");
        assert_eq!(again.header("idempotency-replayed"), "true");
        let other = crm
            .post_with_key(path, &format!("{path}-2"), body.clone())
            .await;
        assert_ne!(
            other.body, first.body,
            "control: another key is another write"
        );
    }
    assert_eq!(open_cases(&crm).await, 4);
}

#[tokio::test]
async fn a_key_belongs_to_one_request() {
    let crm = Crm::start().await;
    let body = |subject: &str| json!({ "customerId": "12345", "subject": subject });
    let wrong = json!({ "customerId": "12345" });
    let answer = crm.post_with_key("/api/cases", "k", wrong).await;
    answer.refused(400, "missing_field", Some("subject"));
    let first = crm.post_with_key("/api/cases", "k", body("One")).await;
    assert_eq!(first.status, 201, "a refused request leaves its key free");
    let answer = crm.post_with_key("/api/cases", "k", body("Two")).await;
    answer.refused(422, "key_reused", Some("Idempotency-Key"));
    let answer = crm
        .post_with_key("/api/cases/20481/notes", "k", json!({ "text": "x" }))
        .await;
    answer.refused(422, "key_reused", Some("Idempotency-Key"));
    let answer = crm
        .post_with_key("/api/cases", &"k".repeat(256), body("Three"))
        .await;
    answer.refused(400, "invalid_key", Some("Idempotency-Key"));
    assert_eq!(open_cases(&crm).await, 3);
}
