//! What the agent wants done in a CRM: for whom it may be, what the card shows, how it ends.

use std::collections::BTreeMap;

use pop_core::action::{ActionKind, FieldFault, FieldProblem, Outcome};
use pop_core::desk::{Answer, At, Command, Dropped, Effect, Input, Part, Wish};
use pop_core::fault::{Fault, FaultKind};
use pop_core::identifier::Assurance::{Attached, CallerNumber, Claimed};
use pop_core::profile::{Case, Listed};
use pop_core::write::{Write, WriteFault, WriteId, WriteState, WrittenRecord};

use crate::people::{START, accepted, bare, connection, customer, offered};
use crate::stage::{Stage, dropped, only_counted};

/// A card whose one customer has one open case.
fn known() -> Stage {
    let mut stage = Stage::new();
    stage.hears(accepted("c1").record("7", Attached).reason("Card lost"));
    stage.finds("7", &[bare("7")]);
    let ticket = stage.ask("cases of 7");
    let cases = Listed {
        items: vec![Case {
            id: "k1".into(),
            number: Some("CS-1".into()),
            status: Some("Pending".into()),
            open: true,
            stamp: Some("v1".into()),
            ..Case::default()
        }],
        ..Listed::default()
    };
    stage.answers(&ticket, Answer::Cases(Ok(cases)));
    stage
}

fn wish(id: &str, at: At, kind: ActionKind, case: Option<&str>, input: &[(&str, &str)]) -> Wish {
    Wish {
        id: WriteId(id.into()),
        at,
        connection: connection("crm"),
        kind,
        case: case.map(str::to_owned),
        input: fields(input),
        shown: None,
        opens: false,
    }
}

pub(crate) fn fields(input: &[(&str, &str)]) -> BTreeMap<String, String> {
    let input = input.iter();
    input
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

fn new_case(id: &str, at: At) -> Command {
    let input = [("subject", "Card lost")];
    Command::Write(Box::new(wish(id, at, ActionKind::CreateCase, None, &input)))
}

fn status(id: &str, at: At) -> Command {
    let input = [("status", "solved")];
    Command::Write(Box::new(Wish {
        shown: Some("Solved".into()),
        ..wish(id, at, ActionKind::SetStatus, Some("k1"), &input)
    }))
}

/// The writes among these effects.
pub(crate) fn written(effects: &[Effect]) -> Vec<Write> {
    let writes = effects.iter().filter_map(|effect| {
        let Effect::Write(write) = effect else {
            return None;
        };
        Some(write.as_ref().clone())
    });
    writes.collect()
}

fn comes(stage: &mut Stage, write: &Write, state: WriteState) -> Vec<Effect> {
    let write = Box::new(write.clone());
    stage.give(Input::Wrote { write, state })
}

fn parked(field: &str) -> WriteState {
    WriteState::Parked(WriteFault {
        fault: Fault::new(FaultKind::Invalid(vec![field.into()]), START),
        fields: vec![FieldFault {
            field: field.into(),
            problem: FieldProblem::Refused,
        }],
        outcome: Outcome::NotDone,
    })
}

/// The status of the card's first case, as it was read or is done.
fn case_status(stage: &Stage) -> Option<String> {
    let Part::Ready(listed) = &stage.card("c1").lookups[0].cases else {
        return None;
    };
    listed.items.first().and_then(|case| case.status.clone())
}

#[test]
fn a_write_takes_along_all_that_doing_it_needs() {
    let mut stage = known();
    let at = stage.at("c1");
    let effects = stage.does(status("w1", at));
    let [write] = written(&effects).try_into().expect("one write");
    assert_eq!(write.customer.as_deref(), Some("7"));
    assert_eq!(write.case.as_deref(), Some("k1"));
    assert_eq!(write.expected.as_deref(), Some("Pending"), "as it was read");
    assert_eq!(write.facts.case_stamp.as_deref(), Some("v1"));
    assert_eq!(write.facts.channel.as_deref(), Some("chat"));
    assert_eq!(write.facts.reason.as_deref(), Some("Card lost"));
    assert!(write.not_before > write.asked, "it can be taken back");
    let known = stage.desk().writes_of(stage.card("c1")).next();
    assert!(
        known.is_some_and(|item| item.state.is_none()),
        "not kept yet"
    );
}

#[test]
fn nothing_is_written_while_several_may_be_meant() {
    let mut stage = Stage::new();
    stage.hears(offered("c1").external("n5", CallerNumber));
    stage.finds("n5", &[customer("ann"), customer("bob")]);
    let at = stage.at("c1");
    let effects = stage.does(new_case("w1", at));
    assert!(only_counted(&effects, Dropped::NotDecided));
    let person = wish("w2", at, ActionKind::CreateCustomer, None, &[]);
    let effects = stage.does(Command::Write(Box::new(person)));
    assert!(
        only_counted(&effects, Dropped::NotDecided),
        "nor a customer made"
    );
    stage.picks("c1", "ann");
    let effects = stage.does(new_case("w3", stage.at("c1")));
    assert_eq!(
        written(&effects).len(),
        1,
        "once the agent has chosen, it is"
    );
}

#[test]
fn a_write_for_the_customer_before_is_not_written_for_the_next() {
    let mut stage = Stage::new();
    stage.hears(accepted("c1").external("n5", CallerNumber));
    stage.finds("n5", &[customer("ann"), customer("bob")]);
    stage.picks("c1", "ann");
    let before = stage.at("c1");
    stage.picks("c1", "bob");
    let effects = stage.does(new_case("w1", before));
    assert!(only_counted(&effects, Dropped::StaleCommand));
    let effects = stage.does(new_case("w2", stage.at("c1")));
    assert_eq!(written(&effects)[0].customer.as_deref(), Some("bob"));
}

#[test]
fn a_write_of_the_customer_before_is_not_shown_on_the_next() {
    let mut stage = Stage::new();
    stage.hears(accepted("c1").external("n5", CallerNumber));
    stage.finds("n5", &[customer("ann"), customer("bob")]);
    stage.picks("c1", "ann");
    let effects = stage.does(new_case("w1", stage.at("c1")));
    let write = written(&effects).remove(0);
    assert_eq!(stage.desk().writes_of(stage.card("c1")).count(), 1);
    stage.picks("c1", "bob");
    assert_eq!(stage.desk().writes_of(stage.card("c1")).count(), 0);
    let record = WrittenRecord {
        id: Some("k9".into()),
        ..WrittenRecord::default()
    };
    comes(&mut stage, &write, WriteState::Done(record));
    let Part::Ready(listed) = &stage.card("c1").lookups[0].cases else {
        panic!("the cases of bob are there");
    };
    assert!(listed.items.is_empty(), "ann's case is not among bob's");
}

#[test]
fn a_case_is_only_changed_if_it_is_on_the_card() {
    let mut stage = known();
    let at = stage.at("c1");
    let foreign = wish("w1", at, ActionKind::AddNote, Some("k2"), &[("note", "x")]);
    let effects = stage.does(Command::Write(Box::new(foreign)));
    assert!(only_counted(&effects, Dropped::NotDecided));
    let own = wish("w2", at, ActionKind::AddNote, Some("k1"), &[("note", "x")]);
    assert_eq!(written(&stage.does(Command::Write(Box::new(own)))).len(), 1);
}

#[test]
fn nobody_known_may_become_a_customer_but_gets_no_case() {
    let mut stage = Stage::new();
    stage.hears(accepted("c1").record("7", Claimed).named("Ann"));
    stage.finds("7", &[]);
    let at = stage.at("c1");
    assert!(only_counted(
        &stage.does(new_case("w1", at)),
        Dropped::NotDecided
    ));
    let person = wish(
        "w2",
        at,
        ActionKind::CreateCustomer,
        None,
        &[("name", "Ann")],
    );
    let effects = stage.does(Command::Write(Box::new(person)));
    let [write] = written(&effects).try_into().expect("one write");
    assert_eq!(write.customer, None);
    assert_eq!(write.facts.name.as_deref(), Some("Ann"));
}

#[test]
fn what_is_done_stands_on_the_card_as_the_crm_has_it() {
    let mut stage = known();
    let effects = stage.does(status("w1", stage.at("c1")));
    let write = written(&effects).remove(0);
    assert_eq!(case_status(&stage).as_deref(), Some("Pending"), "not yet");
    comes(
        &mut stage,
        &write,
        WriteState::Done(WrittenRecord::default()),
    );
    assert_eq!(case_status(&stage).as_deref(), Some("Solved"));

    let effects = stage.does(new_case("w2", stage.at("c1")));
    let write = written(&effects).remove(0);
    let record = WrittenRecord {
        id: Some("k2".into()),
        number: Some("CS-2".into()),
        link: None,
    };
    comes(&mut stage, &write, WriteState::Done(record));
    let made = stage.card("c1").case(&connection("crm"), "k2");
    let made = made.expect("the new case is among the open ones");
    assert_eq!(made.subject.as_deref(), Some("Card lost"));
}

#[test]
fn what_is_refused_leaves_the_card_as_it_was_read() {
    let mut stage = known();
    let effects = stage.does(status("w1", stage.at("c1")));
    let write = written(&effects).remove(0);
    let effects = comes(&mut stage, &write, parked("status"));
    assert!(
        effects.contains(&Effect::Queue),
        "it is counted among what waits"
    );
    assert_eq!(case_status(&stage).as_deref(), Some("Pending"));
    let item = stage.desk().writes_of(stage.card("c1")).next();
    let state = item.and_then(|item| item.state.clone());
    assert_eq!(state, Some(parked("status")), "and says why");
}

#[test]
fn a_write_is_taken_back_only_while_nothing_was_sent() {
    let mut stage = known();
    let effects = stage.does(new_case("w1", stage.at("c1")));
    let write = written(&effects).remove(0);
    comes(&mut stage, &write, WriteState::Held);
    let id = write.id.clone();
    let effects = stage.does(Command::Undo(id.clone()));
    assert_eq!(effects, [Effect::Undo(id.clone())]);

    comes(&mut stage, &write, WriteState::Sending);
    let effects = stage.does(Command::Undo(id));
    assert!(
        only_counted(&effects, Dropped::StaleCommand),
        "now it is too late"
    );
}

#[test]
fn what_was_taken_back_stands_in_its_form_again() {
    let mut stage = known();
    let effects = stage.does(new_case("w1", stage.at("c1")));
    let write = written(&effects).remove(0);
    comes(&mut stage, &write, WriteState::Held);
    assert_eq!(stage.desk().drafts_of(stage.card("c1")).count(), 0);
    stage.does(Command::Undo(write.id.clone()));
    comes(&mut stage, &write, WriteState::Discarded);
    let drafts: Vec<_> = stage.desk().drafts_of(stage.card("c1")).collect();
    assert_eq!(drafts, [("create_case", &write.input)]);
}

#[test]
fn what_waits_is_sent_again_or_given_up_with_a_reason() {
    let mut stage = known();
    let effects = stage.does(new_case("w1", stage.at("c1")));
    let write = written(&effects).remove(0);
    let id = write.id.clone();
    let input = fields(&[("subject", "Card lost abroad")]);
    let again = Command::Resend {
        id: id.clone(),
        input: input.clone(),
        shown: None,
    };
    let up = |reason: &str| Command::Discard {
        id: write.id.clone(),
        reason: reason.to_owned(),
    };
    let effects = stage.does(again.clone());
    assert!(
        only_counted(&effects, Dropped::StaleCommand),
        "it is not kept yet"
    );
    comes(&mut stage, &write, parked("subject"));
    assert_eq!(
        stage.does(again),
        [Effect::Resend {
            id,
            input,
            shown: None
        }]
    );
    let effects = stage.does(up("  "));
    assert!(only_counted(&effects, Dropped::StaleCommand), "no reason");
    let effects = stage.does(up("told the customer"));
    assert!(matches!(&effects[..], [Effect::Discard { .. }]));
}

#[test]
fn a_double_click_is_one_write() {
    let mut stage = known();
    let at = stage.at("c1");
    assert_eq!(written(&stage.does(new_case("w1", at))).len(), 1);
    assert_eq!(written(&stage.does(new_case("w1", at))), []);
}

#[test]
fn a_write_goes_on_when_its_card_is_closed() {
    let mut stage = known();
    let effects = stage.does(new_case("w1", stage.at("c1")));
    let write = written(&effects).remove(0);
    let effects = stage.does(Command::Close(stage.at("c1").pop));
    assert!(dropped(&effects).is_empty());
    let effects = comes(
        &mut stage,
        &write,
        WriteState::Done(WrittenRecord::default()),
    );
    assert_eq!(effects, [Effect::Queue]);
    assert!(stage.desk().writes()[0].is_over());
}

#[test]
fn what_was_kept_before_the_start_finds_its_interaction_again() {
    let mut first = known();
    let effects = first.does(new_case("w1", first.at("c1")));
    let write = written(&effects).remove(0);

    let mut stage = Stage::new();
    comes(&mut stage, &write, WriteState::Held);
    stage.hears(accepted("c1").record("7", Attached));
    stage.finds("7", &[bare("7")]);
    assert_eq!(stage.desk().writes_of(stage.card("c1")).count(), 1);
    stage.hears(accepted("c2").record("7", Attached));
    stage.finds("7", &[bare("7")]);
    assert_eq!(stage.desk().writes_of(stage.card("c2")).count(), 0);
}

#[test]
fn what_is_typed_belongs_to_its_interaction_and_its_form() {
    let mut stage = known();
    stage.hears(accepted("c2").record("8", Attached));
    let (one, two) = (stage.at("c1").pop, stage.at("c2").pop);
    let types = |pop, text: &str| Command::Draft {
        pop,
        form: "add_note".into(),
        fields: fields(&[("note", text), ("case", "")]),
    };
    let effects = stage.does(types(one, "He"));
    assert!(matches!(
        &effects[..],
        [Effect::KeepDraft { .. }, Effect::Show(_)]
    ));
    assert_eq!(stage.does(types(one, "He")), [], "nothing new");
    stage.does(types(two, "She"));
    let text = |stage: &Stage, name: &str| {
        let drafts = stage.desk().drafts_of(stage.card(name));
        let notes = drafts.map(|(form, fields)| (form.to_owned(), fields["note"].clone()));
        notes.collect::<Vec<_>>()
    };
    assert_eq!(
        text(&stage, "c1"),
        [("add_note".to_owned(), "He".to_owned())]
    );
    assert_eq!(
        text(&stage, "c2"),
        [("add_note".to_owned(), "She".to_owned())]
    );
    stage.does(types(one, ""));
    assert_eq!(text(&stage, "c1"), [], "an empty form keeps nothing");
    assert_eq!(text(&stage, "c2").len(), 1);
}

#[test]
fn a_draft_comes_back_after_a_crash_and_goes_with_the_write() {
    let mut first = known();
    let pop = first.at("c1").pop;
    let typed = fields(&[("subject", "Half a sen")]);
    let effects = first.does(Command::Draft {
        pop,
        form: "create_case".into(),
        fields: typed.clone(),
    });
    let [
        Effect::KeepDraft {
            owner,
            form,
            fields,
        },
        Effect::Show(_),
    ] = &effects[..]
    else {
        panic!("it is kept: {effects:?}");
    };

    let mut stage = known();
    stage.give(Input::Drafted {
        owner: owner.clone(),
        form: form.clone(),
        fields: fields.clone(),
    });
    let drafts: Vec<_> = stage.desk().drafts_of(stage.card("c1")).collect();
    assert_eq!(drafts, [("create_case", &typed)]);
    let effects = stage.does(new_case("w1", stage.at("c1")));
    let gone = effects
        .iter()
        .any(|effect| matches!(effect, Effect::KeepDraft { fields, .. } if fields.is_empty()));
    assert!(gone, "what is written is no draft any more");
}
