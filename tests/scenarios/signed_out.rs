//! After signing out of a connection nothing that it told stays on a card.

use pop_core::desk::{Command, Effect, Input, Matching, Policy, RecordState};
use pop_core::identifier::Assurance::Claimed;

use crate::people::{accepted, bare, connection, customer, ended};
use crate::stage::{Stage, asked, policy};

#[test]
fn what_the_connection_told_leaves_the_card_and_the_others_stay() {
    let mut stage = Stage::asking(&["crm", "desk"]);
    stage.hears(accepted("c1").record("7", Claimed));
    stage.finds_in("crm", "7", &[customer("ann")]);
    stage.finds_in("desk", "7", &[customer("d7")]);
    stage.browser(Ok(()));
    stage.give(Input::SignedOut(connection("desk")));
    assert_eq!(stage.who("c1"), "one: crm/ann", "another CRM told that");
    stage.give(Input::SignedOut(connection("crm")));
    let card = stage.card("c1");
    assert_eq!(card.matching, Matching::Failed, "nobody is left to ask");
    assert!(card.lookups.is_empty());
    assert_eq!(card.record, RecordState::NotOpened, "not even its address");
}

#[test]
fn who_is_known_elsewhere_takes_the_card_over_and_opens_no_second_record() {
    let mut stage = Stage::asking(&["crm", "desk"]);
    stage.hears(accepted("c1").record("7", Claimed));
    stage.finds_in("crm", "7", &[customer("ann")]);
    stage.finds_in("desk", "7", &[customer("d7")]);
    let before = stage.at("c1");
    stage.give(Input::SignedOut(connection("crm")));
    assert_eq!(stage.who("c1"), "one: desk/d7");
    assert!(
        stage.at("c1").generation > before.generation,
        "commands for the customer before do nothing"
    );
    assert_eq!(stage.opened_by_itself(), ["ann"], "once per interaction");
}

#[test]
fn a_crm_that_came_when_somebody_knew_the_customer_is_asked_at_last() {
    let mut stage = Stage::new();
    stage.hears(accepted("c1").record("7", Claimed));
    stage.finds("7", &[customer("ann")]);
    stage.give(Input::Policy(Policy {
        connections: vec![connection("crm"), connection("desk")],
        ..policy()
    }));
    let effects = stage.give(Input::SignedOut(connection("crm")));
    assert_eq!(asked(&effects), ["who is id 7 (claimed)"]);
    stage.finds_in("desk", "7", &[customer("d7")]);
    assert_eq!(stage.who("c1"), "one: desk/d7");
}

#[test]
fn ended_cards_are_cleared_too_and_kept_without_the_customer() {
    let mut stage = Stage::new();
    stage.hears(accepted("c1").record("7", Claimed));
    stage.finds("7", &[customer("ann")]);
    stage.hears(ended("c1").seconds(9));
    let id = stage.card("c1").id;
    let effects = stage.give(Input::SignedOut(connection("crm")));
    assert!(stage.card("c1").customer().is_none());
    assert!(
        effects.contains(&Effect::Keep(id)),
        "the history is told that the customer is gone"
    );
}

#[test]
fn a_pick_in_the_connection_is_undone_and_not_remembered() {
    let mut stage = Stage::asking(&["crm", "desk"]);
    stage.hears(accepted("c1").record("7", Claimed));
    stage.picks_in("desk", "c1", "d9");
    stage.finds_in("desk", "d9", &[bare("d9")]);
    assert_eq!(stage.who("c1"), "one: desk/d9");
    let effects = stage.give(Input::SignedOut(connection("desk")));
    assert_eq!(
        asked(&effects),
        ["who is id 7 (claimed)"],
        "the pick had cut the other CRM short"
    );
    stage.finds_in("crm", "7", &[customer("ann")]);
    assert_eq!(stage.who("c1"), "one: crm/ann");
}

#[test]
fn a_card_made_by_hand_goes_with_its_connection() {
    let mut stage = Stage::asking(&["crm", "desk"]);
    for name in ["crm", "desk"] {
        stage.does(Command::Show {
            connection: connection(name),
            id: "9".into(),
        });
    }
    let effects = stage.give(Input::SignedOut(connection("desk")));
    let gone = |effect: &Effect| matches!(effect, Effect::Gone(_));
    assert!(effects.iter().any(gone));
    assert_eq!(stage.desk().pops().len(), 1, "the other CRM's stays");
}
