//! What a write makes of what is kept: created records are known at once, changed
//! ones asked anew; and what looking again makes of it.

use pop_core::action::ActionKind;
use pop_core::fault::FaultKind;
use pop_crm::{About, ActFault, Context, Found, Write, Written};
use serde_json::json;

use crate::support::{
    BY_EMAIL, BY_ID, Desk, HEAD, Reply, Seen, customer, desk, email, id, ids, text,
};

const ACTIONS: &str = r#"
[cases.open]
call = "GET /people/{customer.id}/cases"
each = "body"
[action.create_case]
form.subject = { label = "Subject", required = true }
call   = "POST /cases"
json   = { person = "{customer.id}", title = "{input.subject}" }
resend = "always"
result = { id = "body.id", number = "body.number" }
[action.create_customer]
form.name  = { label = "Name", required = true }
form.email = { label = "E-mail", kind = "email" }
form.tel   = { label = "Telephone", kind = "phone" }
call   = "POST /people"
json   = { name = "{input.name}", email = "{input.email?}", tel = "{input.tel?}" }
resend = "always"
result = { id = "body.id" }
"#;

async fn find(desk: &Desk) -> Result<Found, FaultKind> {
    let context = Context::default();
    let found = desk.connection.find(&email("a@b.example"), &context).await;
    found.map_err(|fault| fault.kind)
}

fn acts(answer: impl Fn(&Seen) -> Reply + Send + Sync + 'static) -> Desk {
    let text = text(&[HEAD, BY_EMAIL, ACTIONS]);
    desk(&text, move |seen, _| match seen.line.split_once(' ') {
        Some(("POST", _)) => answer(seen),
        _ if seen.path() == "/people" => Reply::json(&json!({ "items": [] })),
        _ => Reply::json(&json!([{ "id": "k1" }])),
    })
}

async fn act(
    desk: &Desk,
    kind: ActionKind,
    input: &serde_json::Value,
) -> Result<Written, ActFault> {
    let write = Write {
        item_id: "w1".into(),
        about: About {
            customer: (kind == ActionKind::CreateCase).then(|| customer("7")),
            ..About::default()
        },
        input: input.as_object().cloned().unwrap_or_default(),
        ..Write::default()
    };
    desk.connection.act(kind, &write, &Context::default()).await
}

async fn cases_of(desk: &Desk, id: &str) -> Vec<(String, Option<String>)> {
    let cases = desk
        .connection
        .cases(&customer(id), &Context::default())
        .await;
    let cases = cases.expect("an answer").items.into_iter();
    cases.map(|case| (case.id, case.subject)).collect()
}

#[tokio::test]
async fn a_created_case_is_among_the_open_ones_although_the_list_lags() {
    let desk = acts(|_| Reply::json(&json!({ "id": "k2", "number": "00002" })));
    let old = ("k1".to_owned(), None);
    assert_eq!(cases_of(&desk, "7").await, std::slice::from_ref(&old));
    let input = json!({ "subject": "Card blocked" });
    let written = act(&desk, ActionKind::CreateCase, &input).await;
    assert!(written.is_ok(), "{written:?}");
    let new = ("k2".to_owned(), Some("Card blocked".to_owned()));
    assert_eq!(cases_of(&desk, "7").await, [new, old.clone()]);
    assert_eq!(cases_of(&desk, "8").await, [old], "control: nobody else's");
}

#[tokio::test]
async fn a_write_that_may_have_been_done_drops_what_is_kept_and_one_that_was_not_does_not() {
    for (status, asks) in [(502, 2), (422, 1)] {
        let desk = acts(move |_| Reply::status(status));
        let _ = cases_of(&desk, "7").await;
        let input = json!({ "subject": "Card blocked" });
        let fault = act(&desk, ActionKind::CreateCase, &input).await;
        assert!(fault.is_err(), "{fault:?}");
        assert_eq!(cases_of(&desk, "7").await.len(), 1, "nothing is made up");
        let seen = desk.crm.seen().into_iter();
        let reads = seen.filter(|seen| seen.path() == "/people/7/cases");
        assert_eq!(reads.count(), asks, "{status}");
    }
}

#[tokio::test]
async fn a_created_customer_is_found_by_what_was_filled_in() {
    let desk = acts(|_| Reply::json(&json!({ "id": "9" })));
    assert_eq!(find(&desk).await.map(|found| found.customers.len()), Ok(0));
    let input = json!({ "name": "Ann", "email": "a@b.example" });
    let written = act(&desk, ActionKind::CreateCustomer, &input).await;
    assert!(written.is_ok(), "{written:?}");
    let found = find(&desk).await.expect("she was just created");
    assert_eq!(ids(&found.customers), ["9"]);
    assert_eq!(found.customers[0].name.as_deref(), Some("Ann"));
    let context = Context::default();
    let other = desk.connection.find(&email("x@b.example"), &context).await;
    assert!(
        other.is_ok_and(|found| found.customers.is_empty()),
        "control"
    );
}

#[tokio::test]
async fn whoever_looks_again_gets_the_lists_anew_too() {
    let desk = desk(&text(&[HEAD, BY_ID, ACTIONS]), |seen, _| {
        match seen.path().as_str() {
            "/people/7" => Reply::json(&json!({ "id": "7" })),
            _ => Reply::json(&json!([])),
        }
    });
    for (fresh, requests) in [(false, 2), (false, 2), (true, 4)] {
        let context = Context {
            fresh,
            ..Context::default()
        };
        assert!(desk.connection.find(&id("7"), &context).await.is_ok());
        assert_eq!(cases_of(&desk, "7").await, []);
        assert_eq!(desk.crm.seen().len(), requests, "{fresh}");
    }
}
