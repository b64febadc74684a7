//! Reads that travel together: what goes into the envelope, and what each part gets back.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use futures_util::future::{join, join3};
use pop_core::fault::FaultKind;
use pop_crm::{Context, Found};
use serde_json::{Value, json};

use crate::support::{Desk, HEAD, Reply, Seen, customer, desk, email, ids, text};

pub(crate) const ENVELOPE: &str = r#"
[batch]
call   = "POST /batch"
json   = { all = false, requests = "{parts}" }
part   = { ref = "{part.name}", verb = "{part.method}", url = "{part.url}", body = "{part.json?}" }
max    = 3
refuse = ['!\{']
each   = "body.answers"
answer = { name = "it.ref", status = "it.status", body = "it.body" }
"#;

/// Two finds for an address and two lists.
pub(crate) const ASKS: &str = r#"
[find.email]
by    = "email"
call  = "GET /people"
query = { email = "{email}" }
each  = "body.items"
check = ["it.email"]
[find.lead]
by    = "email"
call  = "POST /leads"
json  = { mail = "{email}" }
each  = "body.items"
check = ["it.email"]
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

fn batching(handler: impl Fn(&Seen, usize) -> Reply + Send + Sync + 'static) -> Desk {
    desk(&text(&[HEAD, ENVELOPE, ASKS]), handler)
}

fn parts(seen: &Seen) -> Vec<Value> {
    let body = serde_json::from_str::<Value>(&seen.body).expect("an envelope is JSON");
    body["requests"].as_array().cloned().unwrap_or_default()
}

/// An envelope's answer, from what each part's address answers.
fn answered(seen: &Seen, answer: impl Fn(&str) -> (u16, Value)) -> Reply {
    let parts = parts(seen);
    let answers = parts.iter().rev().map(|part| {
        let (status, body) = answer(part["url"].as_str().unwrap_or_default());
        json!({ "ref": part["ref"], "status": status, "body": body })
    });
    Reply::json(&json!({ "answers": answers.collect::<Vec<_>>() }))
}

fn person(id: &str) -> Value {
    json!({ "items": [{ "id": id, "email": "a@b.example", "phone": "1" }] })
}

async fn find(desk: &Desk) -> Result<Found, FaultKind> {
    let (address, context) = (email("a@b.example"), Context::default());
    let found = desk.connection.find(&address, &context).await;
    found.map_err(|fault| fault.kind)
}

#[tokio::test]
async fn finds_that_are_ready_together_travel_as_one_request() {
    let desk = batching(|seen, _| {
        answered(seen, |url| match url {
            "/v1/leads" => (200, person("9")),
            _ => (200, person("7")),
        })
    });
    let found = find(&desk).await.expect("both answer");
    assert_eq!(ids(&found.customers), ["7", "9"], "each got its own answer");
    assert_eq!(found.round_trips, 1, "one after another there was one");
    let seen = desk.crm.seen();
    let lines = seen.iter().map(|seen| seen.line.as_str());
    assert_eq!(
        lines.collect::<Vec<_>>(),
        ["POST https://crm.example/v1/batch"]
    );
    assert_eq!(seen[0].headers["authorization"], "Bearer s3cret");
    let sent = serde_json::from_str::<Value>(&seen[0].body).expect("JSON");
    let expected = json!({ "all": false, "requests": [
        { "ref": "p1", "verb": "GET", "url": "/v1/people?email=a%40b.example" },
        { "ref": "p2", "verb": "POST", "url": "/v1/leads", "body": { "mail": "a@b.example" } },
    ] });
    assert_eq!(sent, expected, "addresses are encoded, bodies are data");
}

#[tokio::test]
async fn lists_asked_for_by_two_callers_travel_together_too() {
    let desk = batching(|seen, _| {
        answered(seen, |url| match url {
            "/v1/people/7/history" => (200, json!([{ "id": "h1" }])),
            "/v1/people/7/count" => (200, json!({ "count": 4 })),
            _ => (200, json!({ "items": [{ "id": "k1", "owner": "7" }] })),
        })
    });
    let (ann, context) = (customer("7"), Context::default());
    let (cases, activities) = join(
        desk.connection.cases(&ann, &context),
        desk.connection.activities(&ann, &context),
    )
    .await;
    let cases = cases.expect("an answer");
    assert_eq!((cases.items.len(), cases.total), (1, Some(4)));
    assert_eq!(activities.expect("an answer").items[0].id, "h1");
    assert_eq!(desk.crm.seen().len(), 1, "one request for all three");
}

#[tokio::test]
async fn one_left_over_goes_without_the_envelope() {
    let desk = batching(|_, _| Reply::json(&json!([{ "id": "h1" }])));
    let activities = desk
        .connection
        .activities(&customer("7"), &Context::default())
        .await;
    assert_eq!(activities.expect("an answer").items.len(), 1);
    assert_eq!(desk.crm.seen()[0].path(), "/people/7/history");

    let crowded = batching(|seen, _| match seen.path().as_str() {
        "/batch" => answered(seen, |_| (200, json!([]))),
        _ => Reply::json(&json!([])),
    });
    let asked = ["1", "2", "3", "4"].map(customer);
    let context = Context::default();
    let all = asked
        .iter()
        .map(|customer| crowded.connection.activities(customer, &context));
    let all = futures_util::future::join_all(all).await;
    assert!(all.iter().all(Result::is_ok), "{all:?}");
    let seen = crowded.crm.seen();
    let paths = seen.iter().map(Seen::path).collect::<Vec<_>>();
    assert_eq!(paths, ["/batch", "/people/4/history"], "three fit into one");
    assert_eq!(parts(&seen[0]).len(), 3);
}

#[tokio::test]
async fn a_parts_status_and_error_are_its_own() {
    let desk = batching(|seen, _| {
        answered(seen, |url| match url {
            "/v1/leads" => (
                403,
                json!({ "code": "NO_LEADS", "message": "Not for you." }),
            ),
            _ => (200, person("7")),
        })
    });
    let found = find(&desk).await.expect("one of them answers");
    assert_eq!(ids(&found.customers), ["7"]);
    let fault = found.incomplete.expect("the other says why not");
    assert_eq!(fault.kind, FaultKind::Forbidden);
    assert_eq!(
        (fault.status, fault.code.as_deref()),
        (Some(403), Some("NO_LEADS"))
    );

    let nobody = batching(|seen, _| answered(seen, |_| (404, json!({ "message": "Nobody." }))));
    let found = find(&nobody).await.expect("a 404 on a find is none");
    assert_eq!(found.customers, []);
}

#[tokio::test]
async fn a_fault_of_the_envelope_is_the_fault_of_each_part() {
    for (reply, kind) in [
        (Reply::status(403), FaultKind::Forbidden),
        // That the address of the envelope is not there does not mean that nobody is.
        (Reply::status(404), FaultKind::NotFound),
        (
            Reply::json(&json!({ "answers": "many" })),
            FaultKind::AnswerNotUnderstood,
        ),
        // A part that is not answered was not understood, and is not nobody.
        (
            Reply::json(&json!({ "answers": [] })),
            FaultKind::AnswerNotUnderstood,
        ),
        (
            Reply::json(
                &json!({ "answers": [{ "ref": "p1", "status": 200 }, { "ref": "p2", "status": "x", "body": {} }] }),
            ),
            FaultKind::AnswerNotUnderstood,
        ),
    ] {
        let answer = reply.clone();
        let desk = batching(move |_, _| answer.clone());
        assert_eq!(find(&desk).await.err(), Some(kind), "{reply:?}");
    }
}

#[tokio::test]
async fn the_envelope_is_tried_once_more_like_any_read() {
    let desk = batching(|seen, count| match count {
        1 => Reply::status(503),
        _ => answered(seen, |_| (200, person("7"))),
    });
    let found = find(&desk).await.expect("the second try is good");
    assert_eq!(ids(&found.customers), ["7"], "the same one twice is one");
    assert_eq!(desk.crm.seen().len(), 2);
}

#[tokio::test]
async fn what_the_server_would_read_as_its_own_goes_alone() {
    let desk = batching(|seen, _| match seen.path().as_str() {
        "/batch" => answered(seen, |_| (200, json!({ "items": [] }))),
        _ => Reply::json(&json!({ "items": [] })),
    });
    let hostile = email("a!{p1.id}@b.example");
    let found = desk.connection.find(&hostile, &Context::default()).await;
    assert!(found.is_ok(), "{found:?}");
    let seen = desk.crm.seen();
    let paths = seen.iter().map(Seen::path).collect::<Vec<_>>();
    assert_eq!(paths, ["/people", "/leads"], "neither is in an envelope");

    assert!(find(&desk).await.is_ok(), "control: others are");
    assert_eq!(desk.crm.seen()[2].path(), "/batch");
}

#[tokio::test]
async fn whoever_sends_and_goes_away_does_not_take_the_others_along() {
    let desk = batching(|seen, count| match count {
        1 => Reply::Silence,
        _ => match seen.path().as_str() {
            "/batch" => answered(seen, |_| (200, json!([]))),
            _ => Reply::json(&json!([])),
        },
    });
    desk.clock.stop();
    let (one, other, context) = (customer("1"), customer("2"), Context::default());
    let mut first = Box::pin(desk.connection.activities(&one, &context));
    let mut second = Box::pin(desk.connection.activities(&other, &context));
    let turns = async {
        for _ in 0..50 {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        biased;
        _ = &mut first => panic!("nobody answers the first request"),
        _ = &mut second => panic!("nor the one that travels with it"),
        () = turns => {}
    }
    assert_eq!(desk.crm.seen().len(), 1, "they travel together");
    drop(first);
    assert!(second.await.is_ok(), "it asks again by itself");
    let seen = desk.crm.seen();
    assert_eq!(seen.len(), 2);
    assert_eq!(seen[1].path(), "/people/2/history");
}

#[tokio::test]
async fn requests_that_a_part_cannot_say_go_alone() {
    let own_header = "[activities.notes]\ncall = \"GET /notes/{customer.id}\"\nheaders = { X-Kind = \"n\" }\neach = \"body\"\n";
    let form = "[search.a]\ncall = \"POST /search\"\nform = { q = \"{words}\" }\neach = \"body\"\n\
                [search.b]\ncall = \"POST /search\"\njson = { q = \"{words}\" }\neach = \"body\"\n";
    let no_bodies = ENVELOPE.replace(", body = \"{part.json?}\"", "");
    let desk = desk(
        &text(&[HEAD, &no_bodies, ASKS, own_header, form]),
        |_, _| Reply::json(&json!([])),
    );
    let (ann, context) = (customer("7"), Context::default());
    let (activities, found) = join(
        desk.connection.activities(&ann, &context),
        desk.connection.search("x", &context),
    )
    .await;
    assert!(
        activities.is_ok() && found.is_ok(),
        "{activities:?} {found:?}"
    );
    let mut paths = desk.crm.seen().iter().map(Seen::path).collect::<Vec<_>>();
    paths.sort();
    assert_eq!(
        paths,
        ["/notes/7", "/people/7/history", "/search", "/search"]
    );
}

/// Answers as texts in Base64, statuses as texts, as one large vendor has it.
#[tokio::test]
async fn answers_can_be_taken_out_of_base64() {
    let packed = ENVELOPE
        .replace("body.answers", "body.serviced")
        .replace("\"it.status\"", "\"string(it.status_code)\"")
        .replace(
            "\"it.body\"",
            "\"from_json(string(base64.decode(it.body)))\"",
        );
    let desk = desk(&text(&[HEAD, &packed, ASKS]), |seen, _| {
        let parts = parts(seen);
        let serviced = parts.iter().map(|part| {
            let body = STANDARD.encode(person("7").to_string());
            json!({ "ref": part["ref"], "status_code": 200, "body": body })
        });
        Reply::json(&json!({ "serviced": serviced.collect::<Vec<_>>() }))
    });
    let found = find(&desk).await.expect("an answer");
    assert_eq!(ids(&found.customers), ["7"]);
    assert_eq!(desk.crm.seen().len(), 1);
}

#[tokio::test]
async fn what_is_learned_beside_travels_in_the_same_request() {
    let text = text(&[HEAD, ENVELOPE, ASKS]).replace(
        "id      = \"it.id\"\nsubject",
        "status = \"ref.states[it.state]\"\nid      = \"it.id\"\nsubject",
    );
    let states = "[ref.states]\ncall = \"GET /states\"\nvalue = \"body\"\nkeep = \"24h\"\n";
    let desk = desk(&(text + states), |seen, _| {
        answered(seen, |url| match url {
            "/v1/states" => (200, json!({ "n": "New" })),
            "/v1/people/7/count" => (200, json!({ "count": 1 })),
            _ => (
                200,
                json!({ "items": [{ "id": "k1", "owner": "7", "state": "n" }] }),
            ),
        })
    });
    let cases = desk
        .connection
        .cases(&customer("7"), &Context::default())
        .await;
    let cases = cases.expect("an answer");
    assert_eq!(cases.items[0].status.as_deref(), Some("New"));
    let seen = desk.crm.seen();
    assert_eq!((seen.len(), parts(&seen[0]).len()), (1, 3), "{seen:?}");
}

#[tokio::test]
async fn without_the_part_everything_goes_by_itself() {
    let desk = desk(&text(&[HEAD, ASKS]), |_, _| Reply::json(&person("7")));
    let (ann, context) = (customer("7"), Context::default());
    let _ = join3(
        find(&desk),
        desk.connection.cases(&ann, &context),
        desk.connection.activities(&ann, &context),
    )
    .await;
    assert_eq!(desk.crm.seen().len(), 5);
}
