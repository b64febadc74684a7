//! Whole courses of interactions, compared line by line.

use insta::assert_snapshot;
use pop_core::desk::{Answer, Command, OpenPolicy};
use pop_core::fault::FaultKind;
use pop_core::identifier::Assurance::{Attached, Authenticated, CallerNumber, Claimed};
use pop_core::interaction::{Channel, What};
use pop_core::profile::Listed;

use crate::people::{accepted, bare, case, connection, customer, ended, offered, told};
use crate::stage::Stage;

#[test]
fn a_chat_from_offer_to_end() {
    let mut stage = Stage::new();
    stage.hears(
        offered("chat")
            .record("12345", Authenticated)
            .reason("Loan"),
    );
    stage.waits(0.2);
    stage.finds("12345", &[bare("12345")]);
    stage.waits(0.2);
    let ticket = stage.ask("cases of 12345");
    stage.answers(&ticket, Answer::Cases(Ok(case("k1"))));
    let ticket = stage.ask("activities of 12345");
    stage.answers(&ticket, Answer::Activities(Ok(Listed::default())));
    stage.waits(2.0);
    stage.hears(accepted("chat").seconds(3));
    stage.browser(Ok(()));
    stage.waits(60.0);
    stage.hears(ended("chat").seconds(63));
    let id = stage.card("chat").id;
    stage.does(Command::Close(id));
    stage.hears(ended("chat").seconds(63));
    assert_snapshot!(stage.story());
}

#[test]
fn a_shared_number_and_a_pick() {
    let mut stage = Stage::new();
    stage.hears(
        offered("call")
            .by(Channel::Voice)
            .external("n5", CallerNumber),
    );
    stage.finds("n5", &[customer("ann"), customer("bob")]);
    stage.hears(accepted("call").seconds(1));
    stage.picks("call", "bob");
    stage.browser(Ok(()));
    stage.does(Command::NotThisPerson(stage.at("call")));
    stage.picks("call", "ann");
    assert_snapshot!(stage.story());
}

#[test]
fn a_claim_that_contradicts_the_sign_in() {
    let mut stage = Stage::opening(OpenPolicy::Offer);
    stage.hears(
        offered("chat")
            .email("ann@example.com", Authenticated)
            .record("99", Claimed),
    );
    stage.finds("99", &[customer("eve")]);
    stage.finds("ann@example.com", &[customer("ann")]);
    assert_snapshot!(stage.story());
}

#[test]
fn a_crm_that_is_slow_then_silent_then_well() {
    let mut stage = Stage::asking(&["crm", "desk"]);
    stage.hears(accepted("chat").record("7", Attached));
    stage.fails_in("desk", "7", FaultKind::SignInNeeded);
    stage.waits(11.0);
    let at = stage.at("chat");
    stage.does(Command::Retry {
        at,
        connection: connection("crm"),
    });
    stage.finds_in("crm", "7", &[customer("ann")]);
    assert_snapshot!(stage.story());
}

#[test]
fn a_call_that_is_missed_and_rings_again() {
    let mut stage = Stage::new();
    stage.hears(offered("call").record("7", Attached));
    stage.finds("7", &[customer("ann")]);
    stage.waits(20.0);
    stage.hears(told(What::Declined, "call").seconds(20));
    stage.waits(13.0);
    stage.hears(offered("call").seconds(33).record("7", Attached));
    stage.finds("7", &[customer("ann")]);
    stage.hears(accepted("call").seconds(36));
    assert_snapshot!(stage.story());
}

#[test]
fn two_interactions_whose_answers_come_crosswise() {
    let mut stage = Stage::new();
    stage.hears(accepted("first").record("7", Attached));
    stage.hears(accepted("second").record("8", Attached));
    let first = stage.ask("7");
    stage.finds("8", &[customer("bob")]);
    let id = stage.card("first").id;
    stage.does(Command::Close(id));
    stage.answers(&first, Answer::Found(Ok(vec![customer("ann")].into())));
    assert_snapshot!(stage.story());
}
