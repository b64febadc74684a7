//! What an agent does in a card reaches the CRM, once, and says what it needs.

use pop_core::action::{ActionKind, Choice, Field, FieldKind, FieldProblem, Form, Next, Outcome};
use pop_core::clock::Clock as _;
use pop_core::interaction::InteractionKey;
use pop_core::moment::Moment;
use pop_core::profile::{Case, Customer};
use pop_crm::{About, ActFault, Context, InteractionFacts, NewRecord, SystemClock, Write, Written};
use pop_doubles::Act;
use pop_tests::connections::{Server, Subject, email, fresh, id};
use serde_json::{Map, Value};

use crate::checks::{Check, check};

pub(crate) fn checks() -> Vec<Check> {
    vec![
        check!("Writing", creates_cases, a_created_case_is_there_at_once),
        check!(
            "Writing",
            creates_cases,
            a_case_is_created_once_however_often_it_is_sent
        ),
        check!(
            "Writing",
            creates_cases,
            a_case_whose_answer_was_lost_is_not_created_twice
        ),
        check!(
            "Writing",
            creates_cases,
            a_missing_field_is_named_before_anything_is_sent
        ),
        check!(
            "Writing",
            creates_cases,
            hostile_words_arrive_as_they_were_typed
        ),
        check!("Writing", notes, a_note_is_added_to_a_case),
        check!("Writing", statuses, a_case_gets_another_status),
        check!("Writing", priorities, a_case_gets_another_priority),
        check!("Writing", logs, an_interaction_is_logged_once),
        check!(
            "Writing",
            creates_customers,
            a_created_customer_is_found_at_once
        ),
        check!("Writing", tiers, a_customer_gets_another_tier),
    ]
}

fn can(subject: &Subject, kind: ActionKind) -> bool {
    subject.connection.capabilities().actions.contains(&kind)
}

pub(crate) fn creates_cases(subject: &Subject) -> bool {
    can(subject, ActionKind::CreateCase)
}

fn notes(subject: &Subject) -> bool {
    can(subject, ActionKind::AddNote)
}

fn statuses(subject: &Subject) -> bool {
    can(subject, ActionKind::SetStatus)
}

fn priorities(subject: &Subject) -> bool {
    can(subject, ActionKind::SetPriority)
}

fn logs(subject: &Subject) -> bool {
    can(subject, ActionKind::LogInteraction)
}

fn creates_customers(subject: &Subject) -> bool {
    can(subject, ActionKind::CreateCustomer)
}

fn tiers(subject: &Subject) -> bool {
    can(subject, ActionKind::UpdateCustomer)
}

async fn a_created_case_is_there_at_once(subject: Subject) {
    let jurgen = subject.pop(&id(&subject.cast.jurgen.id)).await.customer;
    let write = filled(&subject, ActionKind::CreateCase, about(&jurgen), "w-1").await;
    let written = done(&subject, ActionKind::CreateCase, &write).await;
    let made = written.id.expect("a case has an id");
    let cases = subject.connection.cases(&jurgen, &fresh()).await;
    let cases = cases.unwrap_or_else(|fault| panic!("{fault:?}"));
    assert!(
        cases.items.iter().any(|case| case.id == made),
        "{made}: {cases:?}"
    );
}

async fn a_case_is_created_once_however_often_it_is_sent(subject: Subject) {
    let jurgen = subject.pop(&id(&subject.cast.jurgen.id)).await.customer;
    let mut write = filled(&subject, ActionKind::CreateCase, about(&jurgen), "w-1").await;
    let first = done(&subject, ActionKind::CreateCase, &write).await;
    write.sent = Some(SystemClock.now());
    let again = subject
        .connection
        .act(ActionKind::CreateCase, &write, &context())
        .await;
    match again {
        Ok(again) => assert_eq!(again.id, first.id, "the same case"),
        Err(fault) => assert_eq!(fault.next, Next::Park, "nobody knows: {fault:?}"),
    }
    assert_eq!(cases_of(&subject, &jurgen).await, 1);
    // Control: another write makes another case.
    let other = filled(&subject, ActionKind::CreateCase, about(&jurgen), "w-2").await;
    done(&subject, ActionKind::CreateCase, &other).await;
    assert_eq!(cases_of(&subject, &jurgen).await, 2);
}

async fn a_case_whose_answer_was_lost_is_not_created_twice(subject: Subject) {
    let jurgen = subject.pop(&id(&subject.cast.jurgen.id)).await.customer;
    let mut write = filled(&subject, ActionKind::CreateCase, about(&jurgen), "w-1").await;
    let sent = SystemClock.now();
    subject.server.act(Act::LostAfterStoring);
    let lost = subject
        .connection
        .act(ActionKind::CreateCase, &write, &context())
        .await;
    subject.server.heal();
    let lost = lost.expect_err("the answer was lost");
    assert_eq!(lost.outcome, Outcome::Unknown, "{lost:?}");
    assert_eq!(
        cases_of(&subject, &jurgen).await,
        1,
        "the server did it: {lost:?}"
    );
    write.sent = Some(sent);
    if lost.next != Next::Park {
        let again = done(&subject, ActionKind::CreateCase, &write).await;
        assert!(again.id.is_some(), "{again:?}");
    }
    assert_eq!(cases_of(&subject, &jurgen).await, 1, "and did it once");
}

async fn a_missing_field_is_named_before_anything_is_sent(subject: Subject) {
    let jurgen = subject.pop(&id(&subject.cast.jurgen.id)).await.customer;
    let mut write = filled(&subject, ActionKind::CreateCase, about(&jurgen), "w-1").await;
    let form = form(&subject, ActionKind::CreateCase, &write.about).await;
    let required: Vec<_> = form.fields.iter().filter(|field| field.required).collect();
    assert!(!required.is_empty(), "a case needs something: {form:?}");
    write.input = Map::new();
    subject.wire.forget();
    let refused = subject
        .connection
        .act(ActionKind::CreateCase, &write, &context())
        .await;
    let refused = refused.expect_err("nothing was filled in");
    let named = |field: &&&Field| {
        let mut faults = refused.fields.iter();
        faults.any(|fault| fault.field == field.name && fault.problem == FieldProblem::Required)
    };
    assert!(required.iter().all(|field| named(&field)), "{refused:?}");
    let sent = subject.wire.sent();
    assert!(
        sent.iter().all(|sent| sent.line.starts_with("GET ")),
        "{sent:?}"
    );
    assert_eq!(cases_of(&subject, &jurgen).await, 0);
}

async fn hostile_words_arrive_as_they_were_typed(subject: Subject) {
    let words = "O'Neil \"said\" \\ ^ % _ {customer.id} * <b>&amp;</b> 🙂";
    let jurgen = subject.pop(&id(&subject.cast.jurgen.id)).await.customer;
    let mut write = filled(&subject, ActionKind::CreateCase, about(&jurgen), "w-1").await;
    let form = form(&subject, ActionKind::CreateCase, &write.about).await;
    let text = |field: &&Field| field.kind == FieldKind::Text && field.required;
    let field = form.fields.iter().find(text).expect("a case has words");
    write.input.insert(field.name.clone(), words.into());
    let written = done(&subject, ActionKind::CreateCase, &write).await;
    let cases = subject.connection.cases(&jurgen, &fresh()).await;
    let cases = cases.unwrap_or_else(|fault| panic!("{fault:?}"));
    let case = cases
        .items
        .iter()
        .find(|case| Some(&case.id) == written.id.as_ref());
    assert_eq!(
        case.and_then(|case| case.subject.as_deref()),
        Some(words),
        "{cases:?}"
    );
    // The same words in the address of a new case stay words.
    let link = subject
        .connection
        .link_to_new(NewRecord::Case, &write.about, &write.input);
    if let Ok(link) = link {
        assert!(!link.as_str().contains(['"', '<', '\\', ' ']), "{link:?}");
    }
}

async fn a_note_is_added_to_a_case(subject: Subject) {
    let (about, _) = about_anns_case(&subject).await;
    let write = filled(&subject, ActionKind::AddNote, about, "w-1").await;
    done(&subject, ActionKind::AddNote, &write).await;
    // The embedded CRM keeps no bodies; its own test reads the note back.
    if let Server::Double(double) = &subject.server {
        let words = typed_words(&write);
        let mut sent = double.recorded().into_iter();
        let body = |body: &[u8]| String::from_utf8_lossy(body).contains(&words);
        assert!(sent.any(|sent| body(&sent.call.body)), "the note: {words}");
    }
}

async fn a_case_gets_another_status(subject: Subject) {
    let kind = ActionKind::SetStatus;
    let (about, case) = about_anns_case(&subject).await;
    let field = choice_of(&subject, kind, &about).await;
    let other = |choice: &&Choice| Some(&choice.label) != case.status.as_ref();
    let choice = field.choices.iter().find(other);
    let choice = choice.expect("there is another status");
    let mut write = filled(&subject, kind, about, "w-1").await;
    write.input.insert(field.name, choice.value.clone().into());
    done(&subject, kind, &write).await;
    let popped = subject.pop(&id(&subject.cast.ann.id)).await;
    let now = popped.cases.items.iter().find(|now| now.id == case.id);
    assert!(
        now.is_none_or(|now| now.status != case.status),
        "{choice:?}: {now:?}"
    );
}

async fn a_case_gets_another_priority(subject: Subject) {
    let kind = ActionKind::SetPriority;
    let (about, case) = about_anns_case(&subject).await;
    let field = choice_of(&subject, kind, &about).await;
    let mut changed = false;
    for (turn, choice) in field.choices.iter().enumerate() {
        let mut write = filled(&subject, kind, about.clone(), &format!("w-{turn}")).await;
        let value = choice.value.clone();
        write.input.insert(field.name.clone(), value.into());
        let (_, now) = ann_case(&subject, &case.id).await;
        write.about.case = Some(now);
        done(&subject, kind, &write).await;
        let (_, now) = ann_case(&subject, &case.id).await;
        changed |= now.priority != case.priority;
    }
    assert!(
        changed,
        "one of {:?} is another than {:?}",
        field.choices, case.priority
    );
}

async fn a_customer_gets_another_tier(subject: Subject) {
    let kind = ActionKind::UpdateCustomer;
    let ann = subject.pop(&id(&subject.cast.ann.id)).await.customer;
    let field = choice_of(&subject, kind, &about(&ann)).await;
    let other = |choice: &&Choice| Some(&choice.value) != ann.tier.as_ref();
    let choice = field.choices.iter().find(other);
    let choice = choice.expect("there is another tier");
    let mut write = filled(&subject, kind, about(&ann), "w-1").await;
    write.input.insert(field.name, choice.value.clone().into());
    done(&subject, kind, &write).await;
    let now = subject.pop(&id(&subject.cast.ann.id)).await.customer;
    assert_eq!(now.tier.as_ref(), Some(&choice.value), "read anew: {now:?}");
}

async fn an_interaction_is_logged_once(subject: Subject) {
    let kind = ActionKind::LogInteraction;
    let (about, _) = about_anns_case(&subject).await;
    let mut write = filled(&subject, kind, about, "w-1").await;
    let first = done(&subject, kind, &write).await;
    write.sent = Some(SystemClock.now());
    let again = subject.connection.act(kind, &write, &context()).await;
    match again {
        Ok(again) => assert_eq!(again.id, first.id, "the same record"),
        Err(fault) => assert_eq!(fault.next, Next::Park, "nobody knows: {fault:?}"),
    }
}

async fn a_created_customer_is_found_at_once(subject: Subject) {
    let kind = ActionKind::CreateCustomer;
    let address = email("new.customer@example.com");
    let about = About {
        identifiers: vec![address.clone()],
        name: Some("Nell Newcomer".to_owned()),
        ..About::default()
    };
    let mut write = filled(&subject, kind, about.clone(), "w-1").await;
    let form = form(&subject, kind, &about).await;
    let addresses = form
        .fields
        .iter()
        .filter(|field| field.kind == FieldKind::Email);
    for field in addresses {
        write.input.insert(field.name.clone(), typed(field));
    }
    let written = done(&subject, kind, &write).await;
    let found = subject.connection.find(&address, &Context::default()).await;
    let found = found.unwrap_or_else(|fault| panic!("{fault:?}"));
    let ids: Vec<_> = found
        .customers
        .iter()
        .map(|customer| Some(customer.id.clone()))
        .collect();
    assert_eq!(ids, [written.id], "{found:?}");
}

/// Ann with her urgent case, and the case.
async fn about_anns_case(subject: &Subject) -> (About, Case) {
    let cases = subject.cast.ann.cases.iter();
    let mut urgent = cases.filter(|case| case.open && case.urgent);
    let urgent = urgent.next().expect("Ann has one");
    let (customer, case) = ann_case(subject, &urgent.id).await;
    let about = About {
        case: Some(case.clone()),
        ..about(&customer)
    };
    (about, case)
}

/// The field of a form in which something is chosen.
async fn choice_of(subject: &Subject, kind: ActionKind, about: &About) -> Field {
    let fields = form(subject, kind, about).await.fields.into_iter();
    let mut choices = fields.filter(|field| field.kind == FieldKind::Choice);
    choices.next().expect("something is chosen")
}

async fn ann_case(subject: &Subject, wanted: &str) -> (Customer, Case) {
    let popped = subject.pop(&id(&subject.cast.ann.id)).await;
    let case = popped
        .cases
        .items
        .into_iter()
        .find(|case| case.id == wanted);
    (popped.customer, case.expect("it is open"))
}

/// How many open cases the CRM itself tells of; what this computer remembers of its own writes does
/// not count.
async fn cases_of(subject: &Subject, customer: &Customer) -> usize {
    subject.connection.forget();
    subject.pop(&id(&customer.id)).await.cases.items.len()
}

pub(crate) fn about(customer: &Customer) -> About {
    About {
        customer: Some(customer.clone()),
        ..About::default()
    }
}

async fn form(subject: &Subject, kind: ActionKind, about: &About) -> Form {
    let form = subject.connection.form(kind, about, &context()).await;
    let form = form.unwrap_or_else(|fault| panic!("{fault:?}; {:?}", subject.wire.sent()));
    form.unwrap_or_else(|| panic!("{kind:?} is not offered"))
}

/// A write with every required field filled in, as an agent might.
pub(crate) async fn filled(subject: &Subject, kind: ActionKind, about: About, item: &str) -> Write {
    let form = form(subject, kind, &about).await;
    let needed = form.fields.iter().filter(|field| field.required);
    let input = needed.map(|field| (field.name.clone(), typed(field)));
    Write {
        item_id: format!("{item}-{}", subject.cast.ann.id.len()),
        input: input.collect(),
        about,
        ..Write::default()
    }
}

/// The first words that were filled in.
fn typed_words(write: &Write) -> String {
    let words = write.input.values().find_map(Value::as_str);
    words.expect("something was written").to_owned()
}

fn typed(field: &Field) -> Value {
    if let Some(default) = &field.default {
        return default.clone().into();
    }
    match field.kind {
        FieldKind::Choice => field
            .choices
            .first()
            .expect("something to choose")
            .value
            .clone()
            .into(),
        FieldKind::Email => "new.customer@example.com".into(),
        FieldKind::Phone => "+14155550188".into(),
        FieldKind::Number => 1.into(),
        FieldKind::Switch => true.into(),
        FieldKind::Date => "2026-11-30".into(),
        FieldKind::Text => "Asked about a loan".into(),
    }
}

async fn done(subject: &Subject, kind: ActionKind, write: &Write) -> Written {
    let written: Result<Written, ActFault> = subject.connection.act(kind, write, &context()).await;
    written.unwrap_or_else(|fault| panic!("{kind:?}: {fault:?}; {:?}", subject.wire.sent()))
}

/// The interaction that all this is for.
pub(crate) fn context() -> Context {
    Context {
        interaction: Some(InteractionFacts {
            key: InteractionKey {
                source: "contract".to_owned(),
                id: "i-1".to_owned(),
            },
            channel: "call",
            direction: "inbound",
            queue: Some("Cards".to_owned()),
            at: Moment::parse("2026-09-21T10:00:00Z").expect("a time"),
            title: "Card blocked abroad".to_owned(),
            reason: Some("Card blocked abroad".to_owned()),
            language: None,
            summary: Some("The customer called about a blocked card.".to_owned()),
            seconds: Some(240),
        }),
        ..fresh()
    }
}
