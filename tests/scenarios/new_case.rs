//! A new case: the open one that it would repeat, its draft, and opening it once the CRM has it.

use std::collections::BTreeMap;

use pop_core::action::{ActionKind, Outcome};
use pop_core::desk::{Answer, Command, Effect, Input, Wish};
use pop_core::fault::{Fault, FaultKind};
use pop_core::identifier::Assurance::Attached;
use pop_core::profile::{Case, Listed};
use pop_core::write::{Write, WriteFault, WriteId, WriteState, WrittenRecord};

use crate::people::{START, accepted, bare, connection};
use crate::stage::Stage;
use crate::writing::{fields, written};

/// A card whose one customer has these cases.
fn with_cases(cases: Vec<Case>) -> Stage {
    let mut stage = Stage::new();
    stage.hears(accepted("c1").record("7", Attached));
    stage.finds("7", &[bare("7")]);
    let ticket = stage.ask("cases of 7");
    let items = cases;
    let listed = Listed {
        items,
        ..Listed::default()
    };
    stage.answers(&ticket, Answer::Cases(Ok(listed)));
    stage
}

fn case(id: &str, subject: &str) -> Case {
    Case {
        id: id.into(),
        subject: Some(subject.into()),
        open: true,
        ..Case::default()
    }
}

fn loans() -> Stage {
    with_cases(vec![
        case("k1", "Replacement card not delivered"),
        case("k2", "Home loan: proof of income missing"),
        Case {
            open: false,
            ..case("k3", "Home loan: loan status")
        },
        Case {
            subject: None,
            ..case("k4", "")
        },
    ])
}

fn similar(stage: &Stage, subject: &str) -> Option<String> {
    let found = stage.card("c1").similar_case(subject, |_| true);
    found.map(|(_, case)| case.id.clone())
}

#[test]
fn the_open_case_that_a_new_one_would_repeat_is_found_by_its_subject() {
    let stage = loans();
    let found = |subject| similar(&stage, subject);
    let same = found("Home loan: asked about loan status");
    assert_eq!(same.as_deref(), Some("k2"), "the closed one is over");
    assert_eq!(found("CARD NOT DELIVERED").as_deref(), Some("k1"));
    for other in ["", "  ", "Standing order", "About the branch"] {
        assert_eq!(found(other), None, "{other:?} is no guess");
    }
}

#[test]
fn a_case_is_not_offered_where_nothing_can_be_added_to_it() {
    let stage = loans();
    let card = stage.card("c1");
    let of = |name: &str| {
        let name = connection(name);
        let found = card.similar_case("Home loan", |known| *known == name);
        found.map(|(_, case)| case.id.clone())
    };
    assert_eq!(of("crm").as_deref(), Some("k2"));
    assert_eq!(of("desk"), None);
}

#[test]
fn a_customer_who_is_not_known_has_no_similar_case() {
    let mut stage = loans();
    stage.hears(accepted("c2").record("8", Attached));
    let found = stage.card("c2").similar_case("Home loan", |_| true);
    assert_eq!(found, None, "another card's cases are not this customer's");
}

#[test]
fn what_is_typed_stands_in_the_form_when_it_is_opened_again() {
    let mut stage = loans();
    let at = stage.at("c1");
    let effects = stage.does(Command::Draft {
        pop: at.pop,
        form: "create_case".into(),
        fields: fields(&[("subject", "Half a sen")]),
    });
    assert!(effects.contains(&Effect::Show(at.pop)), "{effects:?}");
}

/// The agent wants a case, and wants it opened or not.
fn wants(stage: &mut Stage, opens: bool) -> Write {
    let effects = stage.does(Command::Write(Box::new(Wish {
        id: WriteId("w1".into()),
        at: stage.at("c1"),
        connection: connection("crm"),
        kind: ActionKind::CreateCase,
        case: None,
        input: BTreeMap::from([("subject".into(), "Card lost".into())]),
        shown: None,
        opens,
    })));
    written(&effects).remove(0)
}

fn comes(stage: &mut Stage, write: &Write, state: WriteState) {
    let write = Box::new(write.clone());
    stage.give(Input::Wrote { write, state });
}

fn done() -> WriteState {
    WriteState::Done(WrittenRecord {
        id: Some("k9".into()),
        ..WrittenRecord::default()
    })
}

fn not_done(outcome: Outcome) -> WriteState {
    WriteState::Parked(WriteFault {
        fault: Fault::new(FaultKind::TimedOut, START),
        fields: Vec::new(),
        outcome,
    })
}

#[test]
fn a_new_case_opens_once_the_crm_has_it_if_the_agent_wished_it() {
    for (opens, opened) in [(true, vec!["k9".to_owned()]), (false, vec![])] {
        let mut stage = loans();
        let write = wants(&mut stage, opens);
        for state in [WriteState::Held, WriteState::Sending] {
            comes(&mut stage, &write, state);
            assert_eq!(stage.opened_when_asked(), [] as [&str; 0], "not before");
        }
        comes(&mut stage, &write, done());
        assert_eq!(stage.opened_when_asked(), opened);
        comes(&mut stage, &write, done());
        assert_eq!(stage.opened_when_asked(), opened, "told twice, opened once");
    }
}

#[test]
fn nothing_opens_while_it_is_not_known_what_became_of_it() {
    for state in [
        not_done(Outcome::Unknown),
        not_done(Outcome::NotDone),
        WriteState::Discarded,
        WriteState::Done(WrittenRecord::default()),
    ] {
        let mut stage = loans();
        let write = wants(&mut stage, true);
        comes(&mut stage, &write, WriteState::Sending);
        comes(&mut stage, &write, state.clone());
        assert_eq!(stage.opened_when_asked(), [] as [&str; 0], "{state:?}");
    }
}

#[test]
fn a_case_that_comes_late_waits_for_a_click() {
    for (seconds, opened) in [(29.0, 1), (31.0, 0)] {
        let mut stage = loans();
        let write = wants(&mut stage, true);
        comes(&mut stage, &write, WriteState::Sending);
        stage.waits(seconds);
        comes(&mut stage, &write, done());
        assert_eq!(stage.opened_when_asked().len(), opened, "after {seconds} s");
    }
}

#[test]
fn nothing_opens_for_a_card_that_has_turned_or_gone() {
    let mut stage = loans();
    let write = wants(&mut stage, true);
    let pop = stage.at("c1").pop;
    stage.does(Command::Close(pop));
    comes(&mut stage, &write, done());
    assert_eq!(stage.opened_when_asked(), [] as [&str; 0], "it is closed");

    let mut stage = loans();
    let write = wants(&mut stage, true);
    stage.picks("c1", "8");
    comes(&mut stage, &write, done());
    let opened = stage.opened_when_asked();
    assert!(
        !opened.contains(&"k9".to_owned()),
        "it is another customer's"
    );
}
