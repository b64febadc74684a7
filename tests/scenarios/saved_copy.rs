//! A copy of what CRMs told of a customer stands on the next card until they answer again; it
//! decides, opens and writes nothing.

use std::time::Duration;

use pop_core::desk::{Answer, Command, Effect, Input, Matching, Policy, SavedCopy};
use pop_core::fault::{Fault, FaultKind};
use pop_core::identifier::Assurance::{Attached, Authenticated, Claimed};
use pop_core::moment::Moment;
use pop_core::profile::Customer;
use pop_wire::{PartState, PopView, RecordStateView, SeverityView};

use crate::drawing::drawn;
use crate::people::{START, accepted, also, bare, case, connection, customer, ended};
use crate::stage::{Stage, policy};

/// Copies are kept for a quarter of an hour.
fn keeping() -> Policy {
    Policy {
        saved_copy: Some(Duration::from_mins(15)),
        ..policy()
    }
}

/// A customer with one case.
fn ann() -> Customer {
    Customer {
        cases: Some(case("k1")),
        ..customer("ann")
    }
}

/// Ann was in a chat that began at once and ended after ten seconds.
fn seen() -> Stage {
    let mut stage = Stage::with(keeping());
    stage.hears(accepted("c1").email("ann@example.com", Attached));
    stage.finds("ann@example.com", &[ann()]);
    stage.waits(10.0);
    stage.hears(ended("c1").seconds(10));
    stage
}

fn copies(effects: &[Effect]) -> Vec<&SavedCopy> {
    let mut copies = Vec::new();
    for effect in effects {
        if let Effect::KeepCopy(copy) = effect {
            copies.push(copy.as_ref());
        }
    }
    copies
}

fn case_ids(view: &PopView) -> Vec<&str> {
    view.cases
        .items
        .iter()
        .map(|case| case.id.as_str())
        .collect()
}

#[test]
fn what_was_known_is_there_at_once_and_said_to_be_a_copy() {
    let mut stage = seen();
    stage.hears(
        accepted("c2")
            .email("ann@example.com", Attached)
            .seconds(20),
    );
    let view = drawn(&stage, "c2");
    assert_eq!(view.title, "Customer ann");
    assert_eq!(view.saved.as_ref().map(|it| it.at), Some(START.millis()));
    assert_eq!(view.cases.as_of, Some(START.millis()));
    assert_eq!(case_ids(&view), ["k1"]);
    assert!(view.cases.items[0].copy, "it is neither opened nor changed");
    assert_eq!(
        stage.card("c2").matching,
        Matching::Looking,
        "who it is is open"
    );
    assert_eq!(view.record, RecordStateView::Nothing);
    assert!(!view.can_open);

    stage.finds("ann@example.com", &[ann()]);
    let view = drawn(&stage, "c2");
    assert_eq!(
        (view.saved, view.cases.as_of),
        (None, None),
        "the fresh answer"
    );
    assert!(!view.cases.items[0].copy);
    assert_eq!(
        stage.opened_by_itself(),
        ["ann", "ann"],
        "once per interaction"
    );
}

#[test]
fn a_crm_that_does_not_answer_leaves_the_copy_on_the_card_and_nothing_is_done_from_it() {
    let mut stage = seen();
    stage.hears(
        accepted("c2")
            .email("ann@example.com", Attached)
            .seconds(20),
    );
    stage.fails("ann@example.com", FaultKind::Unavailable);
    let view = drawn(&stage, "c2");
    assert_eq!(stage.card("c2").matching, Matching::Failed);
    assert_eq!(
        (view.title.as_str(), view.problems.len()),
        ("Customer ann", 1)
    );
    assert!(view.saved.is_some());
    assert_eq!(view.problems[0].severity, SeverityView::Caution);
    let at = stage.at("c2");
    stage.does(Command::OpenRecord { at, case: None });
    let case = Some((connection("crm"), "k1".to_owned()));
    stage.does(Command::OpenRecord { at, case });
    assert!(stage.opened_when_asked().is_empty());
    assert_eq!(stage.opened_by_itself(), ["ann"], "the first card's");
    assert!(
        view.writing.actions.is_empty(),
        "nobody knows whose it would be"
    );

    let unknown = accepted("c3").email("zoe@example.com", Attached);
    stage.hears(unknown.seconds(20));
    stage.fails("zoe@example.com", FaultKind::Unavailable);
    let alarm = drawn(&stage, "c3").problems[0].severity;
    assert_eq!(alarm, SeverityView::Critical, "control: without a copy");
}

#[test]
fn whom_the_crm_does_not_let_the_agent_see_or_does_not_know_any_more_is_not_shown() {
    let mut stage = seen();
    stage.hears(
        accepted("c2")
            .email("ann@example.com", Attached)
            .seconds(20),
    );
    stage.fails("ann@example.com", FaultKind::Forbidden);
    assert!(drawn(&stage, "c2").saved.is_none(), "it is forbidden");
    stage.hears(
        accepted("c3")
            .email("ann@example.com", Attached)
            .seconds(20),
    );
    assert!(drawn(&stage, "c3").saved.is_some(), "not answered yet");
    stage.finds("ann@example.com", &[]);
    assert!(
        drawn(&stage, "c3").saved.is_none(),
        "nobody has this address"
    );
    stage.hears(
        accepted("c4")
            .email("bob@example.com", Attached)
            .seconds(20),
    );
    assert!(drawn(&stage, "c4").saved.is_none(), "somebody else");
}

#[test]
fn identifiers_that_mean_different_people_bring_no_copy() {
    let mut stage = seen();
    stage.hears(accepted("c2").record("bob", Authenticated).seconds(20));
    stage.finds("bob", &[customer("bob")]);
    let both = accepted("c3").record("bob", Authenticated);
    stage.hears(both.email("ann@example.com", Claimed).seconds(30));
    assert!(drawn(&stage, "c3").saved.is_none());
    stage.hears(accepted("c4").record("bob", Authenticated).seconds(30));
    assert_eq!(drawn(&stage, "c4").title, "Customer bob", "the control");
}

#[test]
fn an_address_that_several_share_means_nobody_and_the_record_id_means_the_chosen_one() {
    let mut stage = Stage::with(keeping());
    stage.hears(accepted("c1").email("home@example.com", Attached));
    stage.finds("home@example.com", &[customer("ann"), customer("bob")]);
    stage.picks("c1", "ann");
    stage.hears(ended("c1").seconds(10));
    stage.hears(
        accepted("c2")
            .email("home@example.com", Attached)
            .seconds(20),
    );
    assert!(drawn(&stage, "c2").saved.is_none(), "it may be bob");
    stage.hears(accepted("c3").record("ann", Attached).seconds(20));
    assert!(drawn(&stage, "c3").saved.is_some());
}

#[test]
fn a_part_that_is_late_or_failed_is_shown_as_it_was() {
    let mut stage = Stage::with(keeping());
    for interaction in ["c1", "c2"] {
        stage.hears(accepted(interaction).record("ann", Attached));
        stage.finds("ann", &[bare("ann")]);
        if interaction == "c1" {
            let cases = stage.ask("cases of ann");
            stage.answers(&cases, Answer::Cases(Ok(case("k1"))));
            let before = stage.ask("activities of ann");
            stage.answers(
                &before,
                Answer::Activities(Ok(pop_core::profile::Listed::default())),
            );
        }
    }
    let view = drawn(&stage, "c2");
    assert_eq!(
        (view.cases.state, case_ids(&view)),
        (PartState::Ready, vec!["k1"])
    );
    assert!(view.saved.is_none(), "who it is has been told now");
    let cases = stage.ask("cases of ann");
    let fault = Fault::new(FaultKind::Unavailable, START);
    stage.answers(&cases, Answer::Cases(Err(fault)));
    let view = drawn(&stage, "c2");
    assert_eq!(
        (view.cases.as_of, case_ids(&view)),
        (Some(START.millis()), vec!["k1"])
    );
    assert_eq!(view.problems.len(), 1, "and that it failed is said");
}

#[test]
fn a_copy_is_kept_until_its_time_after_the_end_and_as_long_as_the_customer_is_there() {
    let mut stage = seen();
    let until = |seconds: u64| START.after(Duration::from_secs(seconds));
    let kept: Vec<Moment> = copies(&stage.effects).iter().map(|it| it.until).collect();
    assert_eq!(
        kept,
        [until(900), until(910)],
        "from the last that was heard"
    );
    let effects = stage.waits(899.0);
    assert!(!effects.iter().any(is_forgetting), "one second is left");
    let effects = stage.waits(1.0);
    assert!(effects.contains(&Effect::ForgetCopies(until(910))));
    stage.hears(
        accepted("c2")
            .email("ann@example.com", Attached)
            .seconds(911),
    );
    assert!(drawn(&stage, "c2").saved.is_none(), "its time is over");
    stage.finds("ann@example.com", &[ann()]);
    let effects = stage.waits(2000.0);
    assert!(
        copies(&effects).len() == 2,
        "it is kept on as long as the chat goes on"
    );
}

fn is_forgetting(effect: &Effect) -> bool {
    matches!(effect, Effect::ForgetCopies(_))
}

#[test]
fn a_copy_goes_with_the_sign_out_and_where_the_policy_wants_none() {
    let mut stage = seen();
    stage.give(Input::SignedOut(connection("crm")));
    stage.give(Input::Policy(keeping()));
    stage.hears(
        accepted("c2")
            .email("ann@example.com", Attached)
            .seconds(20),
    );
    assert!(drawn(&stage, "c2").saved.is_none(), "signed out");

    let mut stage = seen();
    let effects = stage.give(Input::Policy(policy()));
    assert!(effects.iter().any(is_forgetting), "the kept ones too");
    stage.hears(
        accepted("c2")
            .email("ann@example.com", Attached)
            .seconds(20),
    );
    assert!(drawn(&stage, "c2").saved.is_none(), "off");
    let effects = stage.finds("ann@example.com", &[ann()]);
    assert!(copies(&effects).is_empty(), "and none is made");
}

#[test]
fn copies_of_an_earlier_run_are_taken_over_without_what_acts() {
    let first = seen();
    let kept: Vec<SavedCopy> = copies(&first.effects).into_iter().cloned().collect();
    let case = kept[0].customer.cases.as_ref().expect("the cases").items[0].clone();
    assert_eq!((case.stamp, case.link), (None, None));
    let mut stage = Stage::with(keeping());
    stage.waits(30.0);
    stage.hears(accepted("c2").email("ann@example.com", Attached));
    assert!(drawn(&stage, "c2").saved.is_none(), "not yet");
    let over = SavedCopy {
        until: START,
        customer: also("old", "older"),
        ..kept[0].clone()
    };
    let effects = stage.give(Input::Copies([kept, vec![over]].concat()));
    assert!(drawn(&stage, "c2").saved.is_some());
    assert!(effects.iter().any(is_forgetting), "one was over its time");
}

#[test]
fn showing_a_copy_is_a_reading_that_is_audited_once() {
    let mut stage = seen();
    let reads = |effects: &[Effect]| {
        let is_read = |effect: &&Effect| matches!(effect, Effect::Read(..));
        effects.iter().filter(is_read).count()
    };
    let said = accepted("c2")
        .email("ann@example.com", Attached)
        .seconds(20);
    assert_eq!(reads(&stage.hears(said)), 1);
    assert_eq!(reads(&stage.finds("ann@example.com", &[ann()])), 0);
}
