//! Doing something in a CRM: once, with its key, and with a word on what a failure leaves open.

use std::time::Duration;

use pop_core::action::{ActionKind, FieldProblem, Next, Outcome};
use pop_core::clock::Clock;
use pop_core::fault::FaultKind;
use pop_core::http::HttpFault;
use pop_core::profile::{Case, Customer, RecordKind};
use pop_crm::{About, ActFault, Context, Shown, Write, Written};
use serde_json::json;

use crate::support::{Desk, HEAD, Reply, Seen, customer, desk, text};

const ACTIONS: &str = r#"
[action.create_case]
form.subject = { label = "Subject", required = true, max = 20, default = "interaction.name" }
form.text    = { label = "Text", lines = 3 }
form.queue   = { label = "Queue", choices = "ref.queues" }
call   = "POST /cases"
json   = { fields = { Title__c = "{input.subject}", body = "{input.text?}", queue = "{input.queue?}" }, person = "{customer.id}", key = "{item.id}", guid = "{item.uuid}" }
result = { id = "body.id", number = "body.number" }
[action.create_case.look_first]
call   = "GET /cases"
query  = { key = "{item.id}" }
each   = "body.items"
check  = ["it.key"]
result = { id = "it.id" }

[action.log_interaction]
form.note = { label = "Note", lines = 3 }
call    = "POST /log"
headers = { Idempotency-Key = "{item.id}" }
json    = { note = "{input.note?}", from = "{phone.e164?}", mail = "{email?}", name = "{interaction.name?}" }
result  = { id = "body.id" }
resend  = "2h"

[action.add_note]
form.note = { label = "Note", required = true }
[action.add_note.step.read]
call = "GET /cases/{case.id}"
[action.add_note.step.write]
call = "PUT /cases/{case.id}"
json = { note = "{input.note}", stamp = "{step.read.body.stamp}" }

[action.set_status]
when        = "customer.type != 'ghost'"
form.status = { label = "Status", required = true, choices = "table.states" }
call        = "PATCH /cases/{case.id}"
json        = { status = "{input.status}" }
resend      = "always"

[action.create_customer]
form.name  = { label = "Name", required = true }
form.email = { label = "E-mail", kind = "email", default = "email" }
form.phone = { label = "Phone", kind = "phone", default = "phone.e164" }
form.age   = { label = "Age", kind = "number" }
form.born  = { label = "Born", kind = "date" }
form.news  = { label = "News", kind = "switch" }
call   = "POST /people"
json   = { name = "{input.name}", email = "{input.email?}", phone = "{input.phone?}", age = "{input.age?}", born = "{input.born?}", news = "{input.news?}" }
result = { id = "body.id" }

[action.set_priority]
form.priority = { label = "Priority" }
[action.set_priority.step.case]
when = "has(case.id)"
call = "PATCH /cases/{case.id}"
json = { priority = "{input.priority?}" }

[action.show_in_crm]
call = "POST /show/{customer.id}"

[table]
states = [{ value = 1, label = "New" }, { value = 3, label = "Done" }]

[ref.queues]
call  = "GET /queues"
value = "body.queues"

[link]
within   = ["{setting.server}"]
customer = ["{setting.server}/people/{customer.id}"]
case     = ["{setting.server}/cases/{case.id}"]

[error]
fields = "body.fields"
"#;

pub(crate) fn crm(handler: impl Fn(&Seen, usize) -> Reply + Send + Sync + 'static) -> Desk {
    desk(&text(&[HEAD, ACTIONS]), handler)
}

pub(crate) fn answered(status: u16, body: &serde_json::Value) -> Reply {
    Reply::of(status, "application/json", &body.to_string())
}

pub(crate) fn about() -> About {
    About {
        customer: Some(Customer {
            kind: Some("person".into()),
            ..customer("a-1")
        }),
        case: Some(Case {
            id: "k1".into(),
            ..Case::default()
        }),
        ..About::default()
    }
}

pub(crate) fn write(input: &serde_json::Value) -> Write {
    Write {
        item_id: "w-1".into(),
        about: about(),
        input: input.as_object().cloned().unwrap_or_default(),
        ..Write::default()
    }
}

pub(crate) async fn act(desk: &Desk, kind: ActionKind, write: &Write) -> Result<Written, ActFault> {
    desk.connection.act(kind, write, &Context::default()).await
}

pub(crate) async fn failed(desk: &Desk, kind: ActionKind, write: &Write) -> ActFault {
    act(desk, kind, write)
        .await
        .expect_err("it does not succeed")
}

pub(crate) fn lines(desk: &Desk) -> Vec<String> {
    let seen = desk.crm.seen();
    let lines = seen
        .iter()
        .map(|seen| seen.line.replace("https://crm.example/v1", ""));
    lines.collect()
}

#[tokio::test]
async fn a_write_sends_what_was_filled_in_with_its_own_id_as_key() {
    let desk = crm(|_, _| answered(201, &json!({ "id": "k9", "number": 17 })));
    let write = write(&json!({ "subject": "Loan \"x\"", "text": " ", "unused": null }));
    let unknown = failed(&desk, ActionKind::CreateCase, &write).await;
    assert_eq!(unknown.fields[0].problem, FieldProblem::NoField);
    let mut write = write;
    write.input.remove("unused");
    let written = act(&desk, ActionKind::CreateCase, &write)
        .await
        .expect("it is done");
    assert_eq!(written.id.as_deref(), Some("k9"));
    assert_eq!(written.number.as_deref(), Some("17"));
    assert_eq!(written.round_trips, 1);
    let link = written.link.expect("where it can be seen");
    assert_eq!(link.as_str(), "https://crm.example/cases/k9");
    let seen = desk.crm.seen();
    assert_eq!(seen.len(), 1, "one write, one request");
    let body: serde_json::Value = serde_json::from_str(&seen[0].body).expect("JSON");
    assert_eq!(
        body["fields"],
        json!({ "Title__c": "Loan \"x\"" }),
        "blank is not sent"
    );
    assert_eq!(body["key"], "w-1");
    let guid = body["guid"].as_str().expect("a uuid").to_owned();
    assert_eq!(guid.len(), 36, "{guid}");
    act(&desk, ActionKind::CreateCase, &write)
        .await
        .expect("the CRM does not mind");
    let twice: serde_json::Value = serde_json::from_str(&desk.crm.seen()[1].body).expect("JSON");
    assert_eq!(twice["guid"], guid, "the same write has the same uuid");
}

#[tokio::test]
async fn a_stamp_is_read_before_the_write_and_a_conflict_changes_nothing() {
    let desk = crm(|seen, _| {
        if seen.line.starts_with("GET") {
            Reply::json(&json!({ "stamp": "s4" }))
        } else {
            answered(409, &json!({}))
        }
    });
    let write = write(&json!({ "note": "x" }));
    let fault = failed(&desk, ActionKind::AddNote, &write).await;
    assert_eq!(fault.fault.kind, FaultKind::Conflict);
    assert_eq!((fault.outcome, fault.next), (Outcome::NotDone, Next::Park));
    assert_eq!(lines(&desk), ["GET /cases/k1", "PUT /cases/k1"]);
    let body: serde_json::Value = serde_json::from_str(&desk.crm.seen()[1].body).expect("JSON");
    assert_eq!(body["stamp"], "s4");
    let unread = crm(|_, _| Reply::status(404));
    let fault = failed(&unread, ActionKind::AddNote, &write).await;
    assert_eq!(fault.outcome, Outcome::NotDone, "only a read failed");
    assert_eq!(lines(&unread), ["GET /cases/k1"]);
}

#[tokio::test]
async fn a_write_has_fifteen_seconds_and_an_empty_204_is_done() {
    let desk = crm(|_, _| Reply::of(204, "text/plain", ""));
    act(
        &desk,
        ActionKind::SetStatus,
        &write(&json!({ "status": "1" })),
    )
    .await
    .expect("done");
    assert_eq!(desk.crm.seen()[0].limit, Duration::from_secs(15));
    let late = Context {
        deadline: Some(desk.clock.now()),
        ..Context::default()
    };
    let write = write(&json!({ "status": "1" }));
    let fault = desk
        .connection
        .act(ActionKind::SetStatus, &write, &late)
        .await;
    let fault = fault.expect_err("no time is left");
    assert_eq!((fault.outcome, fault.next), (Outcome::NotDone, Next::Retry));
    assert_eq!(desk.crm.seen().len(), 1, "so it was not sent");
}

#[tokio::test]
async fn ids_that_the_definition_does_not_know_go_nowhere() {
    let desk = crm(|_, _| answered(201, &json!({ "id": "../../k" })));
    for (item, id) in [
        ("", "a-1"),
        ("a/b", "a-1"),
        ("..", "a-1"),
        ("w-1", "../x"),
        ("w-1", "a b"),
    ] {
        let write = Write {
            item_id: item.into(),
            about: About {
                customer: Some(customer(id)),
                ..About::default()
            },
            ..write(&json!({ "subject": "x" }))
        };
        let fault = failed(&desk, ActionKind::CreateCase, &write).await;
        assert_eq!(fault.fault.kind, FaultKind::UnsafeValue, "{item} {id}");
    }
    assert!(desk.crm.seen().is_empty(), "nothing was sent");
    let fault = failed(
        &desk,
        ActionKind::CreateCase,
        &write(&json!({ "subject": "x" })),
    )
    .await;
    assert_eq!(
        fault.fault.kind,
        FaultKind::AnswerNotUnderstood,
        "nor come back"
    );
    assert_eq!(fault.outcome, Outcome::Unknown);
}

#[tokio::test]
async fn a_record_is_shown_where_the_crm_is_open_and_by_its_link_otherwise() {
    let link = "https://crm.example/people/a-1";
    for (reply, in_crm) in [
        (Reply::of(200, "application/json", "{}"), true),
        (Reply::status(404), false),
        (Reply::status(500), false),
        (Reply::Fault(HttpFault::Cut), false),
    ] {
        let given = reply.clone();
        let desk = crm(move |_, _| given.clone());
        let (ann, context) = (customer("a-1"), Context::default());
        let shown = desk
            .connection
            .show(RecordKind::Customer, &ann, None, &context)
            .await;
        match shown.expect("there is always the link") {
            Shown::InCrm => assert!(in_crm, "{reply:?}"),
            Shown::Link(url) => assert_eq!((in_crm, url.as_str()), (false, link), "{reply:?}"),
        }
        assert_eq!(lines(&desk), ["POST /show/a-1"]);
        assert_eq!(
            desk.crm.seen()[0].limit,
            Duration::from_secs(2),
            "a person waits"
        );
    }
}

#[tokio::test]
async fn an_action_that_sends_nothing_is_not_done() {
    let desk = crm(|_, _| answered(200, &json!({})));
    let with_case = write(&json!({ "priority": "high" }));
    let without = Write {
        about: About {
            case: None,
            ..about()
        },
        ..with_case.clone()
    };
    let fault = failed(&desk, ActionKind::SetPriority, &without).await;
    assert_eq!(fault.fault.kind, FaultKind::NotSupported);
    assert_eq!((fault.outcome, fault.next), (Outcome::NotDone, Next::Park));
    assert!(desk.crm.seen().is_empty(), "there is no case to change");
    let control = act(&desk, ActionKind::SetPriority, &with_case).await;
    assert!(control.is_ok(), "with one it is: {control:?}");
}
