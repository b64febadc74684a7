//! What is done in the CRM: once, whatever becomes of the answer.

use std::time::Duration;

use pop_core::action::{ActionKind, FieldProblem, Next, Outcome};
use pop_core::clock::Clock;
use pop_core::fault::FaultKind;
use pop_core::profile::{Case, Customer};
use pop_crm::{About, ActFault, Budgets, Context, SystemClock, Write, Written};
use pop_sandbox::{Fault, FaultRule};
use serde_json::json;

use crate::support::{Contract, Given, connected_with, id};

async fn honouring_keys() -> Contract {
    let given = Given {
        idempotent: true,
        ..Given::default()
    };
    connected_with(given).await
}

async fn cesar(contract: &Contract) -> Customer {
    let found = contract
        .connection
        .find(&id("12345"), &Context::default())
        .await;
    found.expect("he is known").customers.remove(0)
}

/// His cases, newest first as the CRM lists them, asked anew.
async fn cases(contract: &Contract) -> Vec<Case> {
    contract.connection.forget();
    let customer = cesar(contract).await;
    let cases = contract
        .connection
        .cases(&customer, &Context::default())
        .await;
    cases.expect("they are listed").items
}

async fn write(contract: &Contract, item: &str, input: serde_json::Value) -> Write {
    let customer = cesar(contract).await;
    let cases = contract
        .connection
        .cases(&customer, &Context::default())
        .await;
    Write {
        item_id: item.to_owned(),
        about: About {
            customer: Some(customer),
            case: cases.expect("they are listed").items.into_iter().next(),
            ..About::default()
        },
        input: input.as_object().cloned().unwrap_or_default(),
        ..Write::default()
    }
}

async fn act(contract: &Contract, kind: ActionKind, write: &Write) -> Result<Written, ActFault> {
    contract
        .connection
        .act(kind, write, &Context::default())
        .await
}

#[tokio::test]
async fn a_case_is_created_and_is_there() {
    let contract = honouring_keys().await;
    let before = cases(&contract).await.len();
    let input = json!({ "subject": "Card \"lost\" & found", "description": "Two\nlines", "priority": "urgent" });
    let write = write(&contract, "w-1", input).await;
    let written = act(&contract, ActionKind::CreateCase, &write)
        .await
        .expect("it is done");
    let id = written.id.expect("the CRM says its id");
    let link = written.link.expect("the CRM says its address");
    assert_eq!(
        link.as_str(),
        format!("{}/cases/{id}", contract.sandbox.origin())
    );
    let after = cases(&contract).await;
    assert_eq!(after.len(), before + 1);
    let case = after.iter().find(|case| case.id == id);
    let case = case.expect("it is one of his");
    assert_eq!(case.subject.as_deref(), Some("Card \"lost\" & found"));
    assert_eq!(case.number, written.number);
}

#[tokio::test]
async fn a_write_whose_answer_is_lost_is_done_once_however_often_it_is_sent() {
    let contract = connected_with(Given {
        idempotent: true,
        budgets: Budgets {
            write: Duration::from_millis(400),
            ..Budgets::default()
        },
        ..Given::default()
    })
    .await;
    for (at, fault) in [
        Fault::Cut,
        Fault::TruncatedJson,
        Fault::EmptyBody,
        Fault::Slow { millis: 900 },
    ]
    .into_iter()
    .enumerate()
    {
        let before = cases(&contract).await.len();
        let item = format!("w-{at}");
        let mut write = write(&contract, &item, json!({ "subject": item })).await;
        let rule = FaultRule::always(fault.clone()).on("/api/cases").times(1);
        contract.sandbox.set_fault(Some(rule));
        let lost = act(&contract, ActionKind::CreateCase, &write).await;
        let lost = lost.expect_err("the answer is lost");
        assert_eq!(
            (lost.outcome, lost.next),
            (Outcome::Unknown, Next::Retry),
            "{fault:?}"
        );
        contract.sandbox.set_fault(None);
        write.sent = Some(SystemClock.now());
        let first = act(&contract, ActionKind::CreateCase, &write).await;
        let again = act(&contract, ActionKind::CreateCase, &write).await;
        let (first, again) = (first.expect("it is there"), again.expect("still"));
        assert_eq!(first.id, again.id, "{fault:?}: the same record");
        assert_eq!(
            cases(&contract).await.len(),
            before + 1,
            "{fault:?}: one more, and no second one"
        );
    }
}

#[tokio::test]
async fn without_a_key_a_write_of_which_nobody_knows_waits_for_a_person() {
    let contract = connected_with(Given::default()).await;
    let mut write = write(&contract, "w-1", json!({ "subject": "Card" })).await;
    contract
        .sandbox
        .set_fault(Some(FaultRule::always(Fault::Cut).on("/api/cases")));
    let lost = act(&contract, ActionKind::CreateCase, &write).await;
    let lost = lost.expect_err("the answer is lost");
    assert_eq!((lost.outcome, lost.next), (Outcome::Unknown, Next::Park));
    contract.sandbox.set_fault(None);
    let before = cases(&contract).await.len();
    write.sent = Some(SystemClock.now());
    let again = act(&contract, ActionKind::CreateCase, &write).await;
    let again = again.expect_err("it would be a second one");
    assert_eq!((again.outcome, again.next), (Outcome::Unknown, Next::Park));
    assert_eq!(cases(&contract).await.len(), before, "nothing was sent");
    write.sent = None;
    let control = act(&contract, ActionKind::CreateCase, &write).await;
    assert!(control.is_ok(), "a person decides to send it: {control:?}");
}

#[tokio::test]
async fn a_refused_value_is_shown_at_its_field_and_nothing_is_created() {
    let contract = honouring_keys().await;
    let before = cases(&contract).await.len();
    let long = json!({ "subject": "x".repeat(201) });
    let mut write = write(&contract, "w-1", long).await;
    let refused = act(&contract, ActionKind::CreateCase, &write).await;
    let refused = refused.expect_err("two hundred characters at most");
    assert_eq!(refused.fields.len(), 1, "{refused:?}");
    assert_eq!(refused.fields[0].field, "subject");
    assert_eq!(refused.fields[0].problem, FieldProblem::Refused);
    assert_eq!(
        (refused.outcome, refused.next),
        (Outcome::NotDone, Next::Park)
    );
    assert!(refused.fault.request_id.is_some(), "for support");
    assert_eq!(cases(&contract).await.len(), before);
    write.input.insert("subject".into(), json!("shorter"));
    let corrected = act(&contract, ActionKind::CreateCase, &write).await;
    assert!(
        corrected.is_ok(),
        "the same write, corrected: {corrected:?}"
    );
}

#[tokio::test]
async fn what_is_refused_for_now_may_be_tried_again() {
    let contract = honouring_keys().await;
    let write = write(&contract, "w-1", json!({ "subject": "Card" })).await;
    for (fault, kind, next) in [
        (
            Fault::RateLimited { retry_after: 1 },
            FaultKind::RateLimited,
            Next::Retry,
        ),
        (Fault::Unauthorized, FaultKind::SignInNeeded, Next::Retry),
        (Fault::Forbidden, FaultKind::Forbidden, Next::Park),
        (Fault::Conflict, FaultKind::Conflict, Next::Park),
    ] {
        let rule = FaultRule::always(fault.clone()).on("/api/cases");
        contract.sandbox.set_fault(Some(rule));
        let refused = act(&contract, ActionKind::CreateCase, &write).await;
        let refused = refused.expect_err("it is refused");
        assert_eq!(refused.fault.kind, kind, "{fault:?}");
        assert_eq!(
            (refused.outcome, refused.next),
            (Outcome::NotDone, next),
            "{fault:?}"
        );
    }
    contract.sandbox.set_fault(None);
    let done = act(&contract, ActionKind::CreateCase, &write).await;
    assert!(done.is_ok(), "after the wait that was asked for: {done:?}");
}

#[tokio::test]
async fn status_priority_note_and_log_arrive() {
    let contract = honouring_keys().await;
    let status = write(&contract, "w-1", json!({ "status": "pending" })).await;
    let case = status.about.case.clone().expect("he has open cases");
    let priority = write(&contract, "w-2", json!({ "priority": "low" })).await;
    let note = write(&contract, "w-3", json!({ "note": "Called back" })).await;
    let log = write(
        &contract,
        "w-4",
        json!({ "note": "Talked", "outcome": "resolved" }),
    )
    .await;
    for (kind, write) in [
        (ActionKind::SetStatus, &status),
        (ActionKind::SetPriority, &priority),
        (ActionKind::AddNote, &note),
        (ActionKind::LogInteraction, &log),
    ] {
        let done = act(&contract, kind, write).await;
        assert!(done.is_ok(), "{kind:?}: {done:?}");
    }
    let after = cases(&contract).await;
    let changed = after.iter().find(|known| known.id == case.id);
    let changed = changed.expect("it is still open");
    assert_eq!(changed.status.as_deref(), Some("Pending"));
    let activities = contract
        .connection
        .activities(&cesar(&contract).await, &Context::default())
        .await;
    let activities = activities.expect("they are listed").items;
    assert_eq!(activities[0].subject.as_deref(), Some("Talked"));
    assert_eq!(activities[0].outcome.as_deref(), Some("resolved"));
    let closed = write(&contract, "w-5", json!({ "status": "closed" })).await;
    act(&contract, ActionKind::SetStatus, &closed)
        .await
        .expect("a set can be repeated");
    let left = cases(&contract).await;
    assert_eq!(left.len(), after.len() - 1, "a closed case is open no more");
}
