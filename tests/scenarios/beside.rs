//! One customer whom two CRMs know: one card, each part with its source, and never two people.

use pop_core::desk::{Answer, Command, Dropped, Effect, Input};
use pop_core::fault::{Fault, FaultKind};
use pop_core::identifier::Assurance::{Attached, CallerNumber, Claimed};
use pop_core::profile::{Case, Customer, Listed};
use pop_core::status::ConnectionStatus;
use pop_wire::{FactName, PartState, PopView, WriteKind};

use crate::drawing::{drawn_with, named as labelled, status};
use crate::people::{START, Told, accepted, bare, case, connection, customer};
use crate::stage::{Stage, asked, only_counted};

#[test]
fn a_customer_whom_two_crms_know_by_the_same_number_is_one_card_with_the_cases_of_both() {
    let first = with_cases("c7", case("11"));
    let stage = both(&[first], &[with_cases("d7", case("22"))]);
    assert_eq!(stage.who("c1"), "one: crm/c7");
    assert_eq!(records(&stage), ["crm/c7", "desk/d7"]);
    let view = drawn(&stage);
    let cases: Vec<_> = view
        .cases
        .items
        .iter()
        .map(|case| (case.id.as_str(), case.source.as_deref()))
        .collect();
    assert_eq!(cases, [("11", Some("Meridian")), ("22", Some("Helpline"))]);
    assert_eq!(view.cases.total, Some(2));
    assert_eq!(stage.opened_by_itself(), ["c7"], "one record opens");

    let alone = both(&[with_cases("c7", case("11"))], &[]);
    assert_eq!(records(&alone), ["crm/c7"]);
    assert_eq!(
        drawn(&alone).cases.items[0].source,
        None,
        "no source to tell"
    );
}

#[test]
fn the_second_crm_is_asked_for_its_parts_and_its_failure_hides_nothing() {
    let mut stage = both(&[with_cases("c7", case("11"))], &[bare("d7")]);
    assert_eq!(
        stage.waiting(),
        ["desk: cases of d7", "desk: activities of d7"]
    );
    assert_eq!(
        states(&drawn(&stage)),
        [
            ("Meridian", PartState::Ready),
            ("Helpline", PartState::Waiting)
        ]
    );
    let ticket = stage.ask("cases of d7");
    let fault = Fault::new(FaultKind::Unavailable, START);
    stage.answers(&ticket, Answer::Cases(Err(fault)));
    let view = drawn(&stage);
    assert_eq!(view.cases.state, PartState::Ready);
    assert_eq!(view.cases.items.len(), 1, "what the first has stays");
    assert_eq!(
        states(&view),
        [
            ("Meridian", PartState::Ready),
            ("Helpline", PartState::Failed)
        ]
    );
    let again = stage.does(Command::Retry {
        at: stage.at("c1"),
        connection: connection("desk"),
    });
    assert!(
        asked(&again).contains(&"cases of d7".to_owned()),
        "its own retry"
    );
}

#[test]
fn several_in_the_second_crm_are_not_on_the_card() {
    let stage = both(&[customer("c7")], &[customer("d7"), customer("d8")]);
    assert_eq!(records(&stage), ["crm/c7"]);
    let others = drawn(&stage).somebody_else;
    assert_eq!(others.len(), 2, "but they are said");
}

#[test]
fn a_telephone_number_joins_no_two_names() {
    let found = |second: &str| {
        let mut stage = Stage::asking(&["crm", "desk"]);
        stage.hears(Told::phone(accepted("c1"), "+34600012777", CallerNumber));
        stage.finds_in("crm", "+34 600 01 27 77", &[named("c7", "Carmen Ruiz")]);
        stage.finds_in("desk", "+34 600 01 27 77", &[named("d7", second)]);
        stage
    };
    let stage = found("Bob Weiss");
    assert_eq!(records(&stage), ["crm/c7"]);
    assert_eq!(drawn(&stage).somebody_else[0].name, "Bob Weiss");
    let stage = found("Ruiz, Carmen");
    assert_eq!(records(&stage), ["crm/c7", "desk/d7"], "the same words");
}

#[test]
fn a_record_id_of_one_crm_says_nothing_in_another() {
    let by_record = |first: Customer, second: Customer| {
        let mut stage = Stage::asking(&["crm", "desk"]);
        stage.hears(accepted("c1").record("7", Claimed));
        stage.finds_in("crm", "7", &[first]);
        stage.finds_in("desk", "7", &[second]);
        records(&stage)
    };
    assert_eq!(by_record(customer("7"), customer("7")), ["crm/7"]);
    let mail = |name: &str| with_address("7", name, "Ann@Example.com ");
    assert_eq!(
        by_record(
            mail("Ann O'Neil"),
            with_address("7", "A. O.", "ann@example.com")
        ),
        ["crm/7", "desk/7"],
        "both records carry the same address"
    );
}

#[test]
fn what_the_two_contradict_each_other_in_is_shown_first_with_both_sources() {
    let first = Customer {
        tier: Some("Premium".into()),
        owner: Some("M. Ortega".into()),
        phones: vec!["+34 600 012 345".into(), "600 99 88 77".into()],
        ..named("c7", "Ann O'Neil")
    };
    let second = Customer {
        tier: Some("Standard".into()),
        owner: Some("m. ortega".into()),
        phones: vec!["+34600012345".into()],
        ..named("d7", "Ann O'Neil")
    };
    let view = drawn(&both(&[first], &[second]));
    let facts: Vec<_> = view
        .facts
        .iter()
        .map(|fact| (fact.name, fact.value.as_str(), fact.disputed))
        .collect();
    assert_eq!(
        facts,
        [
            (FactName::Tier, "Premium", true),
            (FactName::Tier, "Standard", true),
            (FactName::Phone, "+34 600 01 23 45", false),
            (FactName::Phone, "600 99 88 77", false),
            (FactName::Owner, "M. Ortega", false),
        ],
        "what both say is said once, and a number without its country stays as it is"
    );
    let copied = view.facts[2].copy.as_deref();
    assert_eq!(copied, Some("+34 600 012 345"), "as the CRM has it");
    let sources: Vec<_> = view
        .facts
        .iter()
        .map(|fact| fact.source.as_deref())
        .collect();
    assert_eq!(&sources[..2], [Some("Meridian"), Some("Helpline")]);
    assert_eq!(view.tier.as_deref(), Some("Premium"), "the first decides");
}

#[test]
fn the_record_and_the_cases_of_the_second_crm_open_when_asked_and_only_there() {
    let mut stage = both(&[customer("c7")], &[with_cases("d7", case("22"))]);
    let at = stage.at("c1");
    let desk = connection("desk");
    stage.does(Command::OpenBeside {
        at,
        connection: desk.clone(),
    });
    stage.does(Command::OpenRecord {
        at,
        case: Some((desk.clone(), "22".into())),
    });
    assert_eq!(stage.opened_when_asked(), ["d7", "22"]);

    let mut alone = both(&[customer("c7")], &[]);
    let none = alone.does(Command::OpenBeside {
        at: alone.at("c1"),
        connection: desk,
    });
    assert!(only_counted(&none, Dropped::StaleCommand));
}

#[test]
fn a_case_is_written_to_in_its_own_crm_and_a_new_one_goes_where_the_customer_was_decided() {
    use pop_core::action::ActionKind::{CreateCase, SetStatus};
    let offering = |id, label| ConnectionStatus {
        actions: vec![CreateCase, SetStatus],
        ..labelled(connection(id), label)
    };
    let status = status(vec![
        offering("crm", "Meridian"),
        offering("desk", "Helpline"),
    ]);
    let offered = |stage: &Stage| -> Vec<_> {
        let view = drawn_with(stage, "c1", &status);
        let actions = view.writing.actions.into_iter();
        actions.map(|it| (it.label, it.kind)).collect()
    };
    let both = both(&[customer("c7")], &[with_cases("d7", case("22"))]);
    let first = [
        ("Meridian".to_owned(), WriteKind::CreateCase),
        ("Meridian".to_owned(), WriteKind::SetStatus),
    ];
    let second = ("Helpline".to_owned(), WriteKind::SetStatus);
    assert_eq!(offered(&both), [&first[..], &[second]].concat());

    let alone = self::both(&[customer("c7")], &[]);
    assert_eq!(offered(&alone), first);
}

#[test]
fn another_pick_or_no_takes_the_second_crm_s_rows_away() {
    let mut stage = both(&[customer("c7")], &[with_cases("d7", case("22"))]);
    stage.does(Command::NotThisPerson(stage.at("c1")));
    assert_eq!(
        stage.who("c1"),
        "none",
        "neither CRM's record is this person"
    );

    let mut stage = both(&[customer("c7")], &[with_cases("d7", case("22"))]);
    stage.give(Input::SignedOut(connection("desk")));
    assert_eq!(records(&stage), ["crm/c7"]);
    assert!(
        drawn(&stage).cases.items.is_empty(),
        "nothing stays readable"
    );
}

#[test]
fn a_crm_that_comes_late_joins_without_turning_the_card() {
    let mut stage = Stage::asking(&["crm", "desk"]);
    stage.hears(accepted("c1").external("7", Attached));
    stage.finds_in("crm", "7", &[customer("c7")]);
    let seen = stage.at("c1");
    stage.fails_in("desk", "7", FaultKind::Unavailable);
    let ready = stage.give(Input::Ready(connection("desk")));
    assert_eq!(asked(&ready), ["who is external_id 7 (attached)"]);
    stage.finds_in("desk", "7", &[customer("d7")]);
    assert_eq!(records(&stage), ["crm/c7", "desk/d7"]);
    assert_eq!(stage.at("c1"), seen, "what the agent does goes on");
    let opened = |effect: &&Effect| matches!(effect, Effect::Open { .. });
    assert_eq!(stage.effects.iter().filter(opened).count(), 1);
}

fn named(id: &str, name: &str) -> Customer {
    Customer {
        name: Some(name.into()),
        ..customer(id)
    }
}

fn with_cases(id: &str, cases: Listed<Case>) -> Customer {
    Customer {
        cases: Some(cases),
        ..named(id, "Ann O'Neil")
    }
}

fn with_address(id: &str, name: &str, address: &str) -> Customer {
    Customer {
        emails: vec![address.into()],
        ..named(id, name)
    }
}

/// Both CRMs were asked for the customer number 7 and found these.
fn both(first: &[Customer], second: &[Customer]) -> Stage {
    let mut stage = Stage::asking(&["crm", "desk"]);
    stage.hears(accepted("c1").external("7", Attached));
    stage.finds_in("crm", "7", first);
    stage.finds_in("desk", "7", second);
    stage
}

/// The records that make up the card.
fn records(stage: &Stage) -> Vec<String> {
    let records = stage.card("c1").records();
    let named = |(lookup, hit): &(&pop_core::desk::Lookup, &pop_core::desk::Hit)| {
        format!("{}/{}", lookup.connection.0, hit.customer.id)
    };
    records.iter().map(named).collect()
}

fn drawn(stage: &Stage) -> PopView {
    let connections = vec![
        labelled(connection("crm"), "Meridian"),
        labelled(connection("desk"), "Helpline"),
    ];
    drawn_with(stage, "c1", &status(connections))
}

/// How each connection's cases stand.
fn states(view: &PopView) -> Vec<(&str, PartState)> {
    let sources = view.cases.sources.iter();
    sources
        .map(|source| (source.label.as_str(), source.state))
        .collect()
}
