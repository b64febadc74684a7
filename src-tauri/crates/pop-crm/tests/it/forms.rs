//! Forms of actions: what can be chosen, what is accepted, and whom a refusal is about.

use pop_core::action::{ActionKind, FieldFault, FieldKind, FieldProblem, Form, Next, Outcome};
use pop_core::fault::{Fault, FaultKind};
use pop_crm::{About, Context};
use serde_json::json;

use crate::actions::{about, act, answered, crm, failed, write};
use crate::support::{Desk, Reply, email, phone};

async fn form_of(desk: &Desk, kind: ActionKind, about: &About) -> Result<Option<Form>, Fault> {
    let context = Context::default();
    desk.connection.form(kind, about, &context).await
}

#[tokio::test]
async fn what_is_filled_in_wrongly_is_named_all_at_once_and_nothing_is_sent() {
    let desk = crm(|_, _| answered(201, &json!({ "id": "p1" })));
    let wrong = json!({
        "name": "two\nlines", "email": "no address", "phone": "12", "age": "ten",
        "born": "30.11.2026", "news": "maybe", "shoe": 4
    });
    let fault = failed(&desk, ActionKind::CreateCustomer, &write(&wrong)).await;
    let expected = [
        ("shoe", FieldProblem::NoField),
        ("name", FieldProblem::SeveralLines),
        ("email", FieldProblem::NotA(FieldKind::Email)),
        ("phone", FieldProblem::NotA(FieldKind::Phone)),
        ("age", FieldProblem::NotA(FieldKind::Number)),
        ("born", FieldProblem::NotA(FieldKind::Date)),
        ("news", FieldProblem::NotA(FieldKind::Switch)),
    ];
    let expected = expected.map(|(field, problem)| FieldFault {
        field: field.to_owned(),
        problem,
    });
    assert_eq!(fault.fields, expected);
    assert_eq!((fault.outcome, fault.next), (Outcome::NotDone, Next::Park));
    for (input, problem) in [
        (json!({}), FieldProblem::Required),
        (json!({ "subject": "\u{7}" }), FieldProblem::NoText),
        (
            json!({ "subject": "123456789012345678901" }),
            FieldProblem::TooLong(20),
        ),
        (json!({ "subject": 7 }), FieldProblem::NotA(FieldKind::Text)),
    ] {
        let fault = failed(&desk, ActionKind::CreateCase, &write(&input)).await;
        assert_eq!(
            fault.fields.first().map(|fault| fault.problem),
            Some(problem),
            "{input}"
        );
    }
    assert!(desk.crm.seen().is_empty(), "nothing was sent");
    let right = json!({
        "name": "Ann", "email": "Ann@Example.com", "phone": "600 012 345", "age": "10",
        "born": "2026-11-30", "news": "1"
    });
    act(&desk, ActionKind::CreateCustomer, &write(&right))
        .await
        .expect("all is right");
    let body: serde_json::Value = serde_json::from_str(&desk.crm.seen()[0].body).expect("JSON");
    assert_eq!(body["phone"], "+34600012345");
    assert_eq!(
        (&body["age"], &body["news"]),
        (&json!(10), &json!(true)),
        "with their types"
    );
}

#[tokio::test]
async fn a_choice_goes_back_with_the_type_it_came_with_and_nothing_else_is_accepted() {
    let desk = crm(|_, _| answered(200, &json!({})));
    let form = form_of(&desk, ActionKind::SetStatus, &about())
        .await
        .expect("nothing is asked")
        .expect("it is offered");
    let choices = form.fields[0]
        .choices
        .iter()
        .map(|choice| choice.value.as_str());
    assert_eq!(choices.collect::<Vec<_>>(), ["1", "3"]);
    act(
        &desk,
        ActionKind::SetStatus,
        &write(&json!({ "status": "3" })),
    )
    .await
    .expect("Done");
    assert_eq!(desk.crm.seen()[0].body, r#"{"status":3}"#);
    let fault = failed(
        &desk,
        ActionKind::SetStatus,
        &write(&json!({ "status": "2" })),
    )
    .await;
    assert_eq!(fault.fields[0].problem, FieldProblem::NoChoice);
}

#[tokio::test]
async fn a_form_shows_what_is_known_and_leaves_out_what_cannot_be_chosen() {
    let queues = json!({ "queues": [{ "value": "q1", "label": "First" }, "q2", { "label": "?" }] });
    let well = crm(move |_, _| answered(200, &queues));
    let known = About {
        name: Some("Ann".into()),
        identifiers: vec![email("ann@example.com"), phone("600012345")],
        ..about()
    };
    let form = form_of(&well, ActionKind::CreateCase, &known)
        .await
        .expect("choices")
        .expect("it is offered");
    assert_eq!(form.fields[0].default.as_deref(), Some("Ann"));
    assert_eq!(form.fields[1].lines, 3);
    let labels = form.fields[2]
        .choices
        .iter()
        .map(|choice| choice.label.as_str());
    assert_eq!(labels.collect::<Vec<_>>(), ["First", "q2"]);
    let form = form_of(&well, ActionKind::CreateCustomer, &known)
        .await
        .expect("nothing is asked")
        .expect("it is offered");
    let defaults = form
        .fields
        .iter()
        .filter_map(|field| field.default.as_deref());
    assert_eq!(
        defaults.collect::<Vec<_>>(),
        ["ann@example.com", "+34600012345"]
    );

    let ill = crm(|_, _| Reply::status(403));
    let form = form_of(&ill, ActionKind::CreateCase, &about())
        .await
        .expect("the rest is there")
        .expect("it is offered");
    assert_eq!(
        form.fields.len(),
        2,
        "what cannot be chosen is not asked for"
    );
    let none = form_of(&ill, ActionKind::UpdateCustomer, &about()).await;
    assert_eq!(none, Ok(None), "the definition has no such action");
}

#[test]
fn an_action_is_offered_where_its_condition_holds_and_its_case_is_there() {
    let desk = crm(|_, _| Reply::Silence);
    let all = desk.connection.capabilities().actions;
    assert_eq!(all.len(), 7, "{all:?}");
    assert!(
        desk.connection
            .actions(&about())
            .contains(&ActionKind::SetStatus)
    );
    let without_case = About {
        case: None,
        ..about()
    };
    let offered = desk.connection.actions(&without_case);
    assert!(
        !offered.contains(&ActionKind::SetStatus),
        "no case, no status: {offered:?}"
    );
    assert!(
        !offered.contains(&ActionKind::AddNote),
        "nor a note: {offered:?}"
    );
    assert!(offered.contains(&ActionKind::CreateCase), "{offered:?}");
    let mut ghost = about();
    if let Some(customer) = &mut ghost.customer {
        customer.kind = Some("ghost".into());
    }
    assert!(
        !desk
            .connection
            .actions(&ghost)
            .contains(&ActionKind::SetStatus)
    );
}

#[tokio::test]
async fn a_refused_field_of_the_crm_is_shown_at_the_field_it_was_written_from() {
    for (name, field) in [
        ("fields.Title__c", Some("subject")),
        ("Title__c", Some("subject")),
        ("title__C", Some("subject")),
        ("body", Some("text")),
        ("person", None),
        ("Owner", None),
    ] {
        let desk = crm(move |_, _| answered(422, &json!({ "fields": [name] })));
        let fault = failed(
            &desk,
            ActionKind::CreateCase,
            &write(&json!({ "subject": "x" })),
        )
        .await;
        let shown = fault.fields.first().map(|fault| fault.field.as_str());
        assert_eq!(shown, field, "{name}");
        assert_eq!(fault.fault.kind, FaultKind::Invalid(vec![name.to_owned()]));
        assert_eq!((fault.outcome, fault.next), (Outcome::NotDone, Next::Park));
    }
}
