//! Several CRMs side by side: what is there is shown, and the more important one decides.

use pop_core::desk::{Answer, Command, Dropped, Effect, Input, Mark, Policy};
use pop_core::fault::{Fault, FaultKind};
use pop_core::identifier::Assurance::Claimed;

use crate::people::{START, accepted, bare, connection, customer, ended, offered};
use crate::stage::{Stage, asked, only_counted, policy};

#[test]
fn none_means_that_every_connection_answered() {
    let mut stage = Stage::asking(&["crm", "desk"]);
    stage.hears(offered("c1").record("7", Claimed));
    stage.finds_in("crm", "7", &[]);
    assert_eq!(stage.who("c1"), "looking", "one still looks");
    stage.finds_in("desk", "7", &[]);
    assert_eq!(stage.who("c1"), "none");

    let mut stage = Stage::asking(&["crm", "desk"]);
    stage.hears(offered("c1").record("7", Claimed));
    stage.finds_in("crm", "7", &[]);
    stage.fails_in("desk", "7", FaultKind::Unavailable);
    assert_eq!(
        stage.who("c1"),
        "failed",
        "nobody may say that the customer is unknown"
    );
}

#[test]
fn a_failed_connection_never_hides_a_good_one() {
    let mut stage = Stage::asking(&["crm", "desk"]);
    stage.hears(accepted("c1").record("7", Claimed));
    stage.fails_in("crm", "7", FaultKind::SignInNeeded);
    stage.finds_in("desk", "7", &[customer("d7")]);
    assert_eq!(stage.who("c1"), "one: desk/d7");
    assert_eq!(stage.opened_by_itself(), ["d7"]);
}

#[test]
fn one_that_a_part_of_the_connection_found_is_shown_and_never_opens_by_itself() {
    let mut stage = Stage::new();
    stage.hears(accepted("c1").record("7", Claimed));
    stage.finds_a_part("7", &[customer("ann")], FaultKind::Unavailable);
    assert_eq!(
        stage.line("c1"),
        "show #1: accepted · one: crm/ann, not sure · not opened · crm failed in part: unavailable",
        "another part may know somebody else"
    );
    let at = stage.at("c1");
    stage.does(Command::OpenRecord { at, case: None });
    assert_eq!(stage.opened_when_asked(), ["ann"], "the agent may");

    let mut stage = Stage::new();
    stage.hears(accepted("c1").record("7", Claimed));
    stage.finds("7", &[customer("ann")]);
    assert_eq!(stage.opened_by_itself(), ["ann"], "everything answered");
}

#[test]
fn a_connection_that_answers_whole_when_asked_again_makes_the_customer_sure() {
    let mut stage = Stage::new();
    stage.hears(accepted("c1").record("7", Claimed));
    stage.finds_a_part("7", &[customer("ann")], FaultKind::Unavailable);
    stage.does(Command::Retry {
        at: stage.at("c1"),
        connection: connection("crm"),
    });
    stage.finds("7", &[customer("ann")]);
    assert_eq!(stage.who("c1"), "one: crm/ann");
    assert_eq!(stage.opened_by_itself(), ["ann"]);

    let mut stage = Stage::new();
    stage.hears(accepted("c1").record("7", Claimed));
    stage.finds_a_part("7", &[customer("ann")], FaultKind::Unavailable);
    stage.does(Command::Retry {
        at: stage.at("c1"),
        connection: connection("crm"),
    });
    stage.finds("7", &[customer("ann"), customer("bob")]);
    assert_eq!(
        stage.who("c1"),
        "several: crm/ann, crm/bob",
        "the part that was silent knew somebody else"
    );
    assert!(stage.opened_by_itself().is_empty());
}

#[test]
fn a_part_without_a_way_to_ask_leaves_no_doubt() {
    let mut stage = Stage::new();
    stage.hears(accepted("c1").record("7", Claimed));
    stage.finds_a_part("7", &[customer("ann")], FaultKind::NotSupported);
    assert_eq!(stage.who("c1"), "one: crm/ann");
    assert_eq!(stage.opened_by_itself(), ["ann"]);
}

#[test]
fn a_customer_whom_the_agent_picks_is_sure_although_a_part_did_not_answer() {
    let mut stage = Stage::new();
    stage.hears(accepted("c1").record("7", Claimed));
    stage.finds_a_part("7", &[customer("ann")], FaultKind::Unavailable);
    stage.picks("c1", "ann");
    assert_eq!(stage.who("c1"), "one: crm/ann");
    assert_eq!(stage.opened_by_itself(), ["ann"]);
}

#[test]
fn nobody_found_by_a_part_is_a_failure() {
    let mut stage = Stage::new();
    stage.hears(accepted("c1").record("7", Claimed).external("x9", Claimed));
    stage.finds_a_part("7", &[], FaultKind::Unavailable);
    assert_eq!(
        stage.who("c1"),
        "failed",
        "neither is the customer unknown, nor is a weaker identifier asked"
    );
}

#[test]
fn a_less_important_connection_is_shown_at_once_and_opened_when_the_others_have_answered() {
    let mut stage = Stage::asking(&["crm", "desk"]);
    stage.hears(accepted("c1").record("7", Claimed));
    stage.finds_in("desk", "7", &[customer("d7")]);
    assert_eq!(stage.who("c1"), "one: desk/d7, not sure");
    assert!(
        stage.opened_by_itself().is_empty(),
        "the first may know better"
    );
    stage.finds_in("crm", "7", &[]);
    assert_eq!(stage.who("c1"), "one: desk/d7");
    assert_eq!(stage.opened_by_itself(), ["d7"]);
}

#[test]
fn a_more_important_connection_that_answers_later_turns_the_card() {
    let mut stage = Stage::asking(&["crm", "desk", "old"]);
    stage.hears(accepted("c1").record("7", Claimed));
    stage.finds_in("old", "7", &[customer("o7")]);
    let seen = stage.at("c1");
    stage.finds_in("desk", "7", &[customer("d7")]);
    assert_eq!(stage.who("c1"), "one: desk/d7, not sure");
    let late = stage.does(Command::OpenRecord {
        at: seen,
        case: None,
    });
    assert!(
        only_counted(&late, Dropped::StaleCommand),
        "the agent meant the customer who was shown before"
    );
    stage.finds_in("crm", "7", &[customer("7")]);
    assert_eq!(
        stage.who("c1"),
        "one: crm/7",
        "what the most important was asked before the card turned is still of use"
    );
    assert_eq!(
        stage.opened_by_itself(),
        ["7"],
        "one record, and the right one"
    );
}

#[test]
fn that_a_customer_became_sure_is_no_second_match() {
    let mut stage = Stage::asking(&["crm", "desk"]);
    stage.hears(accepted("c1").record("7", Claimed));
    stage.finds_in("desk", "7", &[customer("d7")]);
    let sure = stage.finds_in("crm", "7", &[]);
    let matched = |effect: &Effect| matches!(effect, Effect::Mark(_, Mark::MatchedOne));
    assert!(
        !sure.iter().any(matched),
        "the audit says once that it was read"
    );
    assert!(stage.effects.iter().any(matched));
}

#[test]
fn a_connection_that_can_be_asked_again_is_asked_for_every_card_that_lacks_it() {
    let mut stage = Stage::asking(&["crm", "desk"]);
    stage.hears(accepted("c1").record("7", Claimed));
    stage.fails_in("crm", "7", FaultKind::SignInNeeded);
    stage.finds_in("desk", "7", &[]);
    assert_eq!(stage.who("c1"), "failed");
    let other = stage.give(Input::Ready(connection("desk")));
    assert!(other.is_empty(), "the other one has answered");
    let again = stage.give(Input::Ready(connection("crm")));
    assert_eq!(asked(&again), ["who is id 7 (claimed)"]);
    stage.finds_in("crm", "7", &[customer("7")]);
    assert_eq!(stage.who("c1"), "one: crm/7");
    assert_eq!(stage.opened_by_itself(), ["7"]);
    let complete = stage.give(Input::Ready(connection("crm")));
    assert!(complete.is_empty(), "a complete card lacks nothing");
}

#[test]
fn a_part_that_failed_is_asked_for_when_its_connection_can_be_asked_again() {
    let mut stage = Stage::new();
    stage.hears(accepted("c1").record("7", Claimed));
    stage.finds("7", &[bare("ann")]);
    let ticket = stage.ask("cases of ann");
    let fault = Fault::new(FaultKind::SignInNeeded, START);
    stage.answers(&ticket, Answer::Cases(Err(fault)));
    let again = stage.give(Input::Ready(connection("crm")));
    assert_eq!(
        asked(&again),
        ["cases of ann", "activities of ann"],
        "who it is needs no second question"
    );
}

#[test]
fn a_connection_that_can_be_asked_again_changes_nothing_for_who_is_known_or_gone() {
    let mut stage = Stage::asking(&["crm", "desk"]);
    stage.hears(accepted("known").record("7", Claimed));
    stage.fails_in("crm", "7", FaultKind::SignInNeeded);
    stage.finds_in("desk", "7", &[customer("d7")]);
    stage.hears(accepted("over").record("8", Claimed));
    stage.fails_in("crm", "8", FaultKind::SignInNeeded);
    stage.finds_in("desk", "8", &[]);
    stage.hears(ended("over").seconds(9));
    stage.hears(accepted("picked").record("9", Claimed));
    stage.fails_in("crm", "9", FaultKind::SignInNeeded);
    stage.finds_in("desk", "9", &[]);
    stage.picks_in("desk", "picked", "d9");
    let ready = stage.give(Input::Ready(connection("crm")));
    assert!(ready.is_empty(), "{ready:?}");
    stage.hears(accepted("open").record("10", Claimed));
    stage.fails_in("crm", "10", FaultKind::SignInNeeded);
    stage.finds_in("desk", "10", &[]);
    let ready = stage.give(Input::Ready(connection("crm")));
    assert_eq!(
        asked(&ready),
        ["who is id 10 (claimed)"],
        "this one lacks it"
    );
}

#[test]
fn without_any_connection_nobody_looks() {
    let mut stage = Stage::asking(&[]);
    stage.hears(accepted("c1").record("7", Claimed));
    assert_eq!(stage.who("c1"), "failed");
    stage.give(Input::Policy(policy()));
    assert_eq!(stage.who("c1"), "looking", "one is connected meanwhile");
}

#[test]
fn a_connection_that_was_taken_away_is_the_least_important() {
    let mut stage = Stage::asking(&["crm"]);
    stage.hears(accepted("c1").record("7", Claimed));
    stage.finds_in("crm", "7", &[customer("7")]);
    stage.give(Input::Policy(Policy {
        connections: vec![connection("desk")],
        ..policy()
    }));
    assert_eq!(stage.who("c1"), "one: crm/7", "who is known stays");
    let at = stage.at("c1");
    stage.does(Command::Retry {
        at,
        connection: connection("desk"),
    });
    stage.finds_in("desk", "7", &[customer("d7")]);
    assert_eq!(stage.who("c1"), "one: desk/d7");
}
