//! The agent picks among several, or somebody else, and takes it back.

use pop_core::desk::{Answer, CandidateRef, Command, Dropped, Matching};
use pop_core::fault::FaultKind;
use pop_core::identifier::Assurance::{Attached, CallerNumber, Claimed};
use pop_core::interaction::What;

use crate::people::{accepted, connection, customer, offered, told};
use crate::stage::{Stage, asked, only_counted};

#[test]
fn with_several_nothing_opens_until_the_agent_picks() {
    let mut stage = Stage::new();
    stage.hears(accepted("c1").external("n5", CallerNumber));
    stage.finds("n5", &[customer("ann"), customer("bob")]);
    stage.waits(60.0);
    stage.hears(told(What::Updated, "c1").seconds(60).reason("loan"));
    assert_eq!(stage.who("c1"), "several: crm/ann, crm/bob");
    assert!(stage.opened_by_itself().is_empty(), "nothing opens");
    stage.picks("c1", "bob");
    assert_eq!(stage.who("c1"), "one: crm/bob");
    assert_eq!(
        stage.opened_by_itself(),
        ["bob"],
        "the policy follows the pick"
    );
}

#[test]
fn a_pick_is_remembered_as_rank_and_preselection_only() {
    let call = |name| accepted(name).external("n5", CallerNumber);
    let found = [customer("ann"), customer("bob")];
    let mut stage = Stage::new();
    stage.hears(call("c1"));
    stage.finds("n5", &found);
    assert_eq!(
        stage.who("c1"),
        "several: crm/ann, crm/bob",
        "as the CRM ranks"
    );
    stage.picks("c1", "bob");
    let opened = stage.opened_by_itself();

    stage.hears(call("c2"));
    stage.finds("n5", &found);
    assert_eq!(
        stage.who("c2"),
        "several: crm/bob, crm/ann",
        "bob was picked before"
    );
    let card = stage.card("c2");
    let chosen_before: Vec<bool> = candidates(&stage, "c2")
        .iter()
        .map(|candidate| stage.desk().was_chosen_before(card, candidate))
        .collect();
    assert_eq!(chosen_before, [true, false]);
    assert_eq!(
        stage.opened_by_itself(),
        opened,
        "but nothing opens by itself"
    );
    assert_eq!(stage.card("c2").chosen, None);

    stage.hears(accepted("c3").external("n6", CallerNumber));
    stage.finds("n6", &found);
    assert_eq!(
        stage.who("c3"),
        "several: crm/ann, crm/bob",
        "another number says nothing about the pick"
    );
}

#[test]
fn of_two_picks_for_one_number_the_latest_is_remembered() {
    let mut stage = Stage::new();
    let found = [customer("ann"), customer("bob")];
    for (name, pick) in [("c1", "ann"), ("c2", "bob")] {
        stage.hears(offered(name).external("n5", CallerNumber));
        stage.finds("n5", &found);
        stage.picks(name, pick);
    }
    stage.hears(offered("c3").external("n5", CallerNumber));
    stage.finds("n5", &found);
    assert_eq!(stage.who("c3"), "several: crm/bob, crm/ann");
    let card = stage.card("c3");
    let ann = &candidates(&stage, "c3")[1];
    assert!(
        !stage.desk().was_chosen_before(card, ann),
        "bob took her place"
    );
}

#[test]
fn a_name_or_a_reason_counts_less_than_an_earlier_pick() {
    let mut stage = Stage::new();
    let found = [customer("ann"), customer("bob")];
    stage.hears(accepted("c1").external("n5", CallerNumber));
    stage.finds("n5", &found);
    stage.picks("c1", "bob");
    stage.hears(
        accepted("c2")
            .external("n5", CallerNumber)
            .named("Customer ann"),
    );
    stage.finds("n5", &found);
    assert_eq!(stage.who("c2"), "several: crm/bob, crm/ann");
}

#[test]
fn not_this_person_takes_a_pick_back() {
    let call = |name| offered(name).external("n5", CallerNumber);
    let found = [customer("ann"), customer("bob")];
    let mut stage = Stage::new();
    stage.hears(call("c1"));
    stage.finds("n5", &found);
    stage.picks("c1", "bob");
    stage.does(Command::NotThisPerson(stage.at("c1")));
    assert_eq!(
        stage.who("c1"),
        "several: crm/ann, crm/bob",
        "the choice is back"
    );
    assert_eq!(stage.card("c1").chosen, None);

    stage.hears(call("c2"));
    stage.finds("n5", &found);
    assert_eq!(
        stage.who("c2"),
        "several: crm/ann, crm/bob",
        "and the pick is no longer remembered"
    );
}

#[test]
fn taking_a_pick_back_leaves_what_was_picked_for_other_numbers() {
    let mut stage = Stage::new();
    let found = [customer("ann"), customer("bob")];
    for (name, number) in [("c1", "n5"), ("c2", "n6")] {
        stage.hears(offered(name).external(number, CallerNumber));
        stage.finds(number, &found);
        stage.picks(name, "bob");
    }
    stage.does(Command::NotThisPerson(stage.at("c1")));
    stage.hears(offered("c3").external("n6", CallerNumber));
    stage.finds("n6", &found);
    assert_eq!(stage.who("c3"), "several: crm/bob, crm/ann");
}

#[test]
fn not_this_person_leaves_the_only_customer_out() {
    let mut stage = Stage::new();
    stage.hears(offered("c1").record("7", Claimed));
    stage.finds("7", &[customer("ann")]);
    stage.does(Command::NotThisPerson(stage.at("c1")));
    assert_eq!(stage.who("c1"), "none");
    stage.hears(accepted("c1").seconds(1));
    let at = stage.at("c1");
    stage.does(Command::Retry {
        at,
        connection: connection("crm"),
    });
    stage.finds("7", &[customer("ann")]);
    assert_eq!(stage.who("c1"), "none", "asking again does not unsay it");
    assert!(stage.opened_by_itself().is_empty());

    stage.picks("c1", "ann");
    assert_eq!(stage.who("c1"), "one: crm/ann", "choosing does");
    assert_eq!(stage.opened_by_itself(), ["ann"]);
}

#[test]
fn who_is_left_after_a_no_is_shown_and_never_opened_by_itself() {
    let mut stage = Stage::new();
    stage.hears(
        offered("c1")
            .record("7", Attached)
            .external("n5", CallerNumber),
    );
    stage.finds("7", &[customer("ann")]);
    stage.finds("n5", &[customer("ann"), customer("bob")]);
    assert_eq!(stage.who("c1"), "one: crm/ann");
    stage.does(Command::NotThisPerson(stage.at("c1")));
    stage.hears(accepted("c1").seconds(1));
    assert_eq!(stage.who("c1"), "one: crm/bob, not sure");
    assert!(
        stage.opened_by_itself().is_empty(),
        "the strongest identifier spoke for somebody else"
    );
    let at = stage.at("c1");
    stage.does(Command::OpenRecord { at, case: None });
    assert_eq!(stage.opened_when_asked(), ["bob"]);
}

#[test]
fn a_pick_of_the_only_customer_that_is_taken_back_leaves_them_out() {
    let mut stage = Stage::new();
    stage.hears(offered("c1").record("7", Claimed));
    stage.finds("7", &[customer("ann")]);
    stage.picks("c1", "ann");
    stage.does(Command::NotThisPerson(stage.at("c1")));
    assert_eq!(stage.who("c1"), "none");
}

#[test]
fn not_this_person_says_nothing_where_there_is_no_person() {
    let mut stage = Stage::new();
    stage.hears(offered("c1").record("7", Claimed));
    assert!(
        stage
            .does(Command::NotThisPerson(stage.at("c1")))
            .is_empty()
    );
    stage.finds("7", &[customer("ann")]);
    assert_eq!(stage.who("c1"), "one: crm/ann", "the search went on");
    assert!(
        !stage
            .does(Command::NotThisPerson(stage.at("c1")))
            .is_empty()
    );
}

#[test]
fn a_pick_by_hand_that_is_taken_back_brings_what_the_identifiers_found() {
    let mut stage = Stage::new();
    stage.hears(offered("c1").record("7", Claimed));
    stage.finds("7", &[customer("ann")]);
    stage.picks("c1", "bob");
    stage.finds("bob", &[customer("bob")]);
    let back = stage.does(Command::NotThisPerson(stage.at("c1")));
    assert_eq!(asked(&back), ["who is id 7 (claimed)"], "asked anew");
    stage.finds("7", &[customer("ann")]);
    assert_eq!(stage.who("c1"), "one: crm/ann");
}

#[test]
fn a_pick_by_hand_that_the_crm_does_not_know_can_be_taken_back() {
    let mut stage = Stage::new();
    stage.hears(offered("c1").record("7", Claimed));
    stage.finds("7", &[customer("ann"), customer("bob")]);
    stage.picks("c1", "eve");
    stage.finds("eve", &[]);
    assert_eq!(stage.who("c1"), "none");
    stage.does(Command::NotThisPerson(stage.at("c1")));
    stage.finds("7", &[customer("ann"), customer("bob")]);
    assert_eq!(stage.who("c1"), "several: crm/ann, crm/bob");
}

#[test]
fn a_record_picked_by_hand_is_never_taken_for_an_identifier_of_the_interaction() {
    let mut stage = Stage::asking(&["crm", "desk"]);
    stage.hears(accepted("c1").external("n5", CallerNumber));
    stage.finds_in("crm", "n5", &[]);
    stage.fails_in("desk", "n5", FaultKind::Unavailable);
    stage.picks("c1", "eve");
    stage.finds_in("crm", "eve", &[customer("eve")]);
    let at = stage.at("c1");
    let again = stage.does(Command::Retry {
        at,
        connection: connection("desk"),
    });
    assert_eq!(
        asked(&again),
        ["who is external_id n5 (caller number)"],
        "another CRM's record of the same id is somebody else's"
    );
    stage.finds_in("desk", "n5", &[customer("ann")]);
    stage.does(Command::NotThisPerson(stage.at("c1")));
    assert_eq!(
        stage.who("c1"),
        "one: desk/ann, not sure",
        "found by the number"
    );
    stage.finds_in("crm", "n5", &[]);
    assert_eq!(stage.who("c1"), "one: desk/ann");
}

#[test]
fn a_second_pick_taken_back_does_not_bring_the_first() {
    let mut stage = Stage::asking(&["crm", "desk"]);
    stage.hears(offered("c1").external("n5", CallerNumber));
    stage.finds_in("crm", "n5", &[]);
    stage.finds_in("desk", "n5", &[customer("ann"), customer("bob")]);
    stage.picks("c1", "eve");
    stage.finds_in("crm", "eve", &[customer("eve")]);
    stage.picks_in("desk", "c1", "ann");
    assert_eq!(stage.who("c1"), "one: desk/ann");
    stage.does(Command::NotThisPerson(stage.at("c1")));
    stage.finds_in("crm", "n5", &[]);
    assert_eq!(stage.who("c1"), "several: desk/ann, desk/bob");
}

#[test]
fn a_search_that_a_pick_cut_short_is_begun_anew_when_the_pick_is_taken_back() {
    let mut stage = Stage::new();
    stage.hears(
        accepted("c1")
            .record("7", Attached)
            .external("n5", CallerNumber),
    );
    stage.finds("n5", &[customer("bob")]);
    let unanswered = stage.ask("7");
    stage.picks("c1", "bob");
    assert_eq!(stage.opened_by_itself(), ["bob"]);
    let late = stage.answers(&unanswered, Answer::Found(Ok(vec![customer("ann")].into())));
    assert!(
        only_counted(&late, Dropped::StaleAnswer),
        "the agent has decided"
    );
    let back = stage.does(Command::NotThisPerson(stage.at("c1")));
    assert_eq!(asked(&back).len(), 2, "both identifiers are asked again");
    stage.finds("7", &[customer("ann")]);
    stage.finds("n5", &[customer("bob")]);
    assert_eq!(stage.who("c1"), "conflict: crm/ann, crm/bob");
}

fn candidates(stage: &Stage, interaction: &str) -> Vec<CandidateRef> {
    let Matching::Several { candidates, .. } = &stage.card(interaction).matching else {
        panic!("several candidates");
    };
    candidates.clone()
}
