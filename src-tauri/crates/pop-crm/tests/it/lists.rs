//! Cases and activities of a known customer, and who we are.

use pop_core::fault::FaultKind;
use pop_core::moment::Moment;
use pop_core::profile::{Customer, Priority};
use pop_crm::Context;
use serde_json::json;

use crate::support::{BY_ID, HEAD, Reply, customer, desk, id, text};

const LISTS: &str = r#"
[cases.open]
call  = "GET /cases"
query = { owner = "{customer.id}" }
each  = "body.items"
check = ["it.owner"]
[cases.count]
call  = "GET /people/{customer.id}/count"
total = "body.count"
[activities.all]
call  = "GET /people/{customer.id}/history"
each  = "body"
"#;

#[tokio::test]
async fn the_cases_of_a_stranger_are_never_shown() {
    let desk = desk(&text(&[HEAD, LISTS]), |seen, _| {
        match seen.path().as_str() {
            "/cases" => Reply::json(&json!({ "items": [
            { "id": "k1", "owner": "7", "subject": "Loan", "open": true },
            { "id": "k2", "owner": "8", "subject": "Divorce", "open": true },
            { "id": "k3", "subject": "Nobody's", "open": "1" },
        ] })),
            _ => Reply::json(&json!({ "count": 12 })),
        }
    });
    let cases = desk
        .connection
        .cases(&customer("7"), &Context::default())
        .await;
    let cases = cases.expect("an answer");
    let subjects = cases
        .items
        .iter()
        .map(|case| case.subject.as_deref().unwrap_or_default());
    assert_eq!(subjects.collect::<Vec<_>>(), ["Loan"]);
    assert_eq!(
        (cases.strangers, cases.total),
        (2, Some(12)),
        "and the count came beside"
    );
}

#[tokio::test]
async fn a_count_that_fails_leaves_the_list_and_a_list_that_fails_is_a_fault() {
    let no_count = desk(&text(&[HEAD, LISTS]), |seen, _| {
        match seen.path().as_str() {
            "/cases" => Reply::json(&json!({ "items": [] })),
            _ => Reply::status(403),
        }
    });
    let cases = no_count
        .connection
        .cases(&customer("7"), &Context::default())
        .await;
    assert_eq!(cases.map(|cases| cases.total), Ok(None));
    let no_list = desk(&text(&[HEAD, LISTS]), |seen, _| {
        match seen.path().as_str() {
            "/cases" => Reply::status(404),
            _ => Reply::json(&json!({ "count": 12 })),
        }
    });
    let cases = no_list
        .connection
        .cases(&customer("7"), &Context::default())
        .await;
    assert_eq!(
        cases.expect_err("404 is none for finds alone").kind,
        FaultKind::NotFound
    );
}

#[tokio::test]
async fn every_field_of_a_case_and_an_activity_is_read() {
    let maps = r#"
[cases.all]
call = "GET /people/{customer.id}/cases"
each = "body"
map  = { number = "it.no", status = "table.status[it.state]", priority = "it.prio", created = "it.created", updated = "it.updated", due = "it.due", owner = "it.who", link = "it.url", stamp = "it.version" }
[activities.all]
call = "GET /people/{customer.id}/history"
each = "body"
map  = { kind = "it.kind", subject = "it.subject", text = "it.text", outcome = "it.outcome", agent = "it.agent" }
[table]
status = { 1 = "New", 2 = "Waiting" }
"#;
    let desk = desk(&text(&[HEAD, maps]), |seen, _| match seen.path().as_str() {
        "/people/7/cases" => Reply::json(&json!([{
            "id": 41, "subject": "Loan", "open": "false", "no": "CS-41", "state": "2", "prio": "Urgent",
            "created": 1_788_257_472, "updated": "2026-09-01T10:11:12.000+0000", "due": "2026-09-02",
            "who": "Ann", "url": "https://crm.example/c/41", "version": 3,
        }])),
        _ => Reply::json(&json!([{
            "id": "a1", "at": "2026-09-01 10:11:12", "kind": "chat", "subject": "Loan", "text": "…",
            "outcome": "resolved", "agent": "Bob",
        }])),
    });
    let cases = desk
        .connection
        .cases(&customer("7"), &Context::default())
        .await
        .expect("an answer");
    let case = &cases.items[0];
    let time = Moment::parse("2026-09-01T10:11:12Z");
    assert_eq!(
        (case.id.as_str(), case.number.as_deref(), case.open),
        ("41", Some("CS-41"), false)
    );
    assert_eq!(
        (case.status.as_deref(), case.priority),
        (Some("Waiting"), Some(Priority::Urgent))
    );
    assert_eq!(
        (case.created, case.updated, case.due),
        (time, time, Moment::parse("2026-09-02T00:00:00Z"))
    );
    assert_eq!(
        (case.owner.as_deref(), case.stamp.as_deref()),
        (Some("Ann"), Some("3"))
    );
    let activities = desk
        .connection
        .activities(&customer("7"), &Context::default())
        .await;
    let activity = activities.expect("an answer").items.remove(0);
    assert_eq!(
        (activity.at, activity.kind.as_deref()),
        (time, Some("chat"))
    );
    assert_eq!(
        (activity.outcome.as_deref(), activity.agent.as_deref()),
        (Some("resolved"), Some("Bob"))
    );
}

#[tokio::test]
async fn what_a_hit_carries_is_not_asked_for() {
    let more = r#"
[find.id]
by    = "id"
call  = "GET /people/{id}"
each  = "[body]"
check = ["it.id"]
map   = { cases = "it.cases == null ? [] : it.cases.records" }
"#;
    let desk = desk(&text(&[HEAD, more, LISTS]), |seen, _| {
        match seen.path().as_str() {
            "/people/carries" => {
                Reply::json(&json!({ "id": "carries", "cases": { "records": [{ "id": "k1" }] } }))
            }
            "/people/empty" => Reply::json(&json!({ "id": "empty", "cases": null })),
            "/people/asks" => Reply::json(&json!({ "id": "asks" })),
            "/cases" => Reply::json(&json!({ "items": [{ "id": "k9", "owner": "asks" }] })),
            _ => Reply::json(&json!({ "count": 1 })),
        }
    });
    let mut found = Vec::new();
    for name in ["carries", "empty", "asks"] {
        let customer: Customer = desk
            .connection
            .find(&id(name), &Context::default())
            .await
            .expect("found")
            .customers
            .remove(0);
        let before = desk.crm.seen().len();
        let cases = desk
            .connection
            .cases(&customer, &Context::default())
            .await
            .expect("cases");
        let asked = desk.crm.seen().len() - before;
        found.push((cases.items.len(), asked));
    }
    assert_eq!(
        found,
        [(1, 0), (0, 0), (1, 2)],
        "null is an empty list, a missing key means ask"
    );
}

#[tokio::test]
async fn what_a_find_kept_steers_the_lists_and_is_never_shown() {
    let more = r#"
[find.id]
by    = "id"
call  = "GET /people/{id}"
each  = "[body]"
check = ["it.id"]
map   = { keep.tickets = "it.tickets.map(t, {'id': t})" }
[cases.listed]
when  = "size(customer.keep.tickets) > 0"
call  = "POST /tickets/read"
json  = { inputs = "{customer.keep.tickets}" }
each  = "body"
check = []
[cases.searched]
when  = "!has(customer.keep.tickets)"
call  = "POST /tickets/search"
json  = { who = "{customer.id}" }
each  = "body"
check = []
"#;
    let desk = desk(&text(&[HEAD, more]), |seen, _| match seen.path().as_str() {
        "/people/1" => Reply::json(&json!({ "id": "1", "tickets": ["t1", "t2"] })),
        "/people/2" => Reply::json(&json!({ "id": "2", "tickets": [] })),
        "/people/3" => Reply::json(&json!({ "id": "3" })),
        _ => Reply::json(&json!([{ "id": "t1" }])),
    });
    let mut asked = Vec::new();
    for name in ["1", "2", "3"] {
        let found = desk
            .connection
            .find(&id(name), &Context::default())
            .await
            .expect("found");
        let before = desk.crm.seen().len();
        let cases = desk
            .connection
            .cases(&found.customers[0], &Context::default())
            .await;
        assert!(cases.is_ok(), "{cases:?}");
        asked.push(
            desk.crm.seen()[before..]
                .iter()
                .map(|seen| format!("{} {}", seen.path(), seen.body))
                .collect::<Vec<_>>(),
        );
    }
    assert_eq!(
        asked[0],
        [r#"/tickets/read {"inputs":[{"id":"t1"},{"id":"t2"}]}"#]
    );
    assert!(asked[1].is_empty(), "it said that there are none");
    assert_eq!(
        asked[2],
        [r#"/tickets/search {"who":"3"}"#],
        "it did not say"
    );
}

#[tokio::test]
async fn a_connection_test_says_who_we_are() {
    let me = "[me]\ncall = \"GET /me\"\nok = \"body.id != 'anonymous'\"\nmap = { id = \"body.id\", name = \"body.name\", email = \"body.mail\" }\n";
    let known = desk(&text(&[HEAD, me]), |_, _| {
        Reply::json(&json!({ "id": 7, "name": "Ann", "mail": null }))
    });
    let who = known
        .connection
        .test(&Context::default())
        .await
        .expect("an answer");
    assert_eq!(
        (who.id.as_deref(), who.name.as_deref(), who.email),
        (Some("7"), Some("Ann"), None)
    );
    for (body, kind) in [
        (json!({ "id": "anonymous" }), FaultKind::AnswerNotUnderstood),
        (json!({}), FaultKind::AnswerNotUnderstood),
    ] {
        let desk = desk(&text(&[HEAD, me]), move |_, _| Reply::json(&body));
        let fault = desk
            .connection
            .test(&Context::default())
            .await
            .expect_err("nobody");
        assert_eq!(fault.kind, kind);
    }
    let without = desk(&text(&[HEAD, BY_ID]), |_, _| Reply::Silence);
    let fault = without
        .connection
        .test(&Context::default())
        .await
        .expect_err("no [me]");
    assert_eq!(fault.kind, FaultKind::NotSupported);
}
