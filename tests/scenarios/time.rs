//! Slow, ended and asked again; answers that come too late; what goes by itself.

use pop_core::desk::{Answer, Command, Dropped, Effect, Input, Phase, Policy};
use pop_core::fault::{Fault, FaultKind};
use pop_core::identifier::Assurance::{Attached, Claimed};
use pop_core::interaction::What;
use pop_core::profile::Listed;

use crate::people::{START, accepted, bare, connection, customer, offered, told};
use crate::stage::{Stage, asked, only_counted, policy};
use crate::telling;

#[test]
fn a_lookup_is_slow_at_three_seconds_and_ended_at_ten() {
    let mut stage = Stage::new();
    stage.hears(accepted("c1").record("7", Claimed));
    stage.waits(2.9);
    assert_eq!(stage.line("c1"), "show #1: accepted · looking · not opened");
    stage.waits(0.1);
    assert_eq!(
        stage.line("c1"),
        "show #1: accepted · looking · not opened · crm is slow"
    );
    stage.waits(6.9);
    assert_eq!(stage.who("c1"), "looking");
    let unanswered = stage.ask("7");
    stage.waits(0.1);
    assert_eq!(
        stage.line("c1"),
        "show #1: accepted · failed · not opened · crm failed: timed_out"
    );
    let late = stage.answers(&unanswered, Answer::Found(Ok(vec![customer("ann")].into())));
    assert!(
        only_counted(&late, Dropped::StaleAnswer),
        "the lookup has ended"
    );

    let at = stage.at("c1");
    let again = stage.does(Command::Retry {
        at,
        connection: connection("crm"),
    });
    assert_eq!(asked(&again), ["who is id 7 (claimed)"]);
    stage.finds("7", &[customer("ann")]);
    assert_eq!(
        stage.line("c1"),
        "show #1: accepted · one: crm/ann · opening crm/ann"
    );
}

#[test]
fn identifiers_asked_one_after_the_other_share_the_ten_seconds() {
    let mut stage = Stage::new();
    stage.hears(accepted("c1").record("7", Claimed).external("x9", Claimed));
    stage.waits(8.0);
    stage.finds("7", &[]);
    assert_eq!(stage.who("c1"), "looking");
    stage.waits(1.9);
    assert_eq!(stage.who("c1"), "looking");
    stage.waits(0.1);
    assert_eq!(
        stage.who("c1"),
        "failed",
        "the lookup has had its ten seconds"
    );
}

#[test]
fn a_connection_that_is_usually_quick_is_slow_at_one_second() {
    let mut stage = Stage::new();
    for known in ["1", "2", "3", "4", "5"] {
        stage.hears(accepted(&format!("u{known}")).record(known, Claimed));
        stage.finds(known, &[bare(known)]);
    }
    stage.hears(accepted("c1").record("7", Claimed));
    let usual = stage.desk().usual(&connection("crm")).time();
    assert_eq!(usual.map(|usual| usual.as_millis()), Some(40));
    let is_slow = |stage: &Stage| stage.card("c1").lookups[0].slow;
    stage.waits(0.9);
    assert!(!is_slow(&stage), "five times 40 ms is no wait for a person");
    stage.waits(0.1);
    assert!(is_slow(&stage));
    stage.waits(8.9);
    assert_eq!(
        stage.who("c1"),
        "looking",
        "it ends at ten seconds all the same"
    );
}

#[test]
fn what_failed_says_nothing_of_how_long_answers_usually_take() {
    let mut stage = Stage::new();
    for known in ["1", "2", "3", "4", "5"] {
        stage.hears(accepted(&format!("u{known}")).record(known, Claimed));
        stage.fails(known, FaultKind::Unavailable);
    }
    let usual = stage.desk().usual(&connection("crm")).time();
    assert_eq!(usual, None);
}

#[test]
fn a_lookup_that_has_answered_is_no_longer_slow() {
    let mut stage = Stage::new();
    stage.hears(accepted("c1").record("7", Attached).external("x9", Claimed));
    stage.waits(5.0);
    stage.finds("7", &[customer("ann")]);
    assert!(
        stage.card("c1").lookups[0].slow,
        "the other identifier is still asked"
    );
    stage.finds("x9", &[bare("ann")]);
    assert!(!stage.card("c1").lookups[0].slow);
}

#[test]
fn one_slow_connection_does_not_slow_the_others() {
    let mut stage = Stage::asking(&["crm", "desk"]);
    stage.hears(accepted("c1").record("7", Claimed));
    stage.finds_in("crm", "7", &[customer("ann")]);
    assert_eq!(
        stage.opened_by_itself(),
        ["ann"],
        "nobody waits for the desk"
    );
    stage.waits(10.0);
    assert_eq!(
        stage.line("c1"),
        "show #1: accepted · one: crm/ann · opening crm/ann · desk failed: timed_out"
    );
}

#[test]
fn the_parts_of_the_card_have_their_own_ten_seconds() {
    let mut stage = Stage::new();
    stage.hears(accepted("c1").record("7", Claimed));
    stage.waits(8.0);
    stage.finds("7", &[bare("ann")]);
    stage.waits(9.0);
    let ticket = stage.ask("activities of ann");
    stage.answers(&ticket, Answer::Activities(Ok(Listed::default())));
    stage.waits(1.0);
    let lookup = &stage.card("c1").lookups[0];
    assert_eq!(telling::part(&lookup.cases), "timed_out");
    assert_eq!(telling::part(&lookup.activities), "0 ready");
    assert_eq!(stage.who("c1"), "one: crm/ann", "the customer stays");
}

#[test]
fn parts_that_the_crm_does_not_have_are_not_failures() {
    let mut stage = Stage::new();
    stage.hears(accepted("c1").record("7", Claimed));
    stage.finds("7", &[bare("ann")]);
    let unsupported = || {
        let at = START;
        Fault::new(FaultKind::NotSupported, at)
    };
    let ticket = stage.ask("cases of ann");
    stage.answers(&ticket, Answer::Cases(Err(unsupported())));
    let ticket = stage.ask("activities of ann");
    stage.answers(&ticket, Answer::Activities(Err(unsupported())));
    let lookup = &stage.card("c1").lookups[0];
    assert_eq!(telling::part(&lookup.cases), "off");
    assert_eq!(telling::part(&lookup.activities), "off");
}

#[test]
fn an_answer_of_an_earlier_generation_is_dropped_and_counted() {
    let mut stage = Stage::new();
    stage.hears(accepted("c1").record("7", Claimed));
    let early = stage.ask("7");
    stage.hears(told(What::Updated, "c1").seconds(1).record("8", Attached));
    let late = stage.answers(&early, Answer::Found(Ok(vec![customer("ann")].into())));
    assert!(only_counted(&late, Dropped::StaleAnswer));
    assert_eq!(stage.who("c1"), "looking");
    stage.finds("8", &[customer("bob")]);
    stage.finds("7", &[customer("bob")]);
    assert_eq!(
        stage.who("c1"),
        "one: crm/bob",
        "those of the present one count"
    );
}

#[test]
fn a_doubled_or_forged_answer_is_dropped_and_counted() {
    let mut stage = Stage::new();
    stage.hears(accepted("c1").record("7", Claimed));
    let ticket = stage.ask("7");
    let found = |id| Answer::Found(Ok(vec![customer(id)].into()));
    let mut other_generation = ticket.clone();
    other_generation.generation += 1;
    let mut other_connection = ticket.clone();
    other_connection.connection = connection("desk");
    let mut other_number = ticket.clone();
    other_number.number += 1;
    for forged in [other_generation, other_connection, other_number] {
        let effects = stage.answers(&forged, found("eve"));
        assert!(only_counted(&effects, Dropped::StaleAnswer), "{forged:?}");
    }
    let another_question = stage.answers(&ticket, Answer::Cases(Ok(Listed::default())));
    assert!(only_counted(&another_question, Dropped::StaleAnswer));
    stage.answers(&ticket, found("ann"));
    assert_eq!(stage.who("c1"), "one: crm/ann", "the answer itself counts");
    let doubled = stage.answers(&ticket, found("eve"));
    assert!(only_counted(&doubled, Dropped::StaleAnswer));
    assert_eq!(stage.who("c1"), "one: crm/ann");
}

#[test]
fn an_answer_for_a_closed_card_is_dropped_and_counted() {
    let mut stage = Stage::new();
    stage.hears(accepted("c1").record("7", Claimed));
    stage.hears(accepted("c2").record("8", Claimed));
    let ticket = stage.ask("7");
    let id = stage.card("c1").id;
    stage.does(Command::Close(id));
    let late = stage.answers(&ticket, Answer::Found(Ok(vec![customer("ann")].into())));
    assert!(only_counted(&late, Dropped::StaleAnswer));
    assert_eq!(
        stage.who("c2"),
        "looking",
        "and never lands on the next card"
    );
}

#[test]
fn a_withdrawn_card_goes_after_three_seconds() {
    let mut stage = Stage::new();
    stage.hears(offered("c1"));
    stage.hears(offered("c2"));
    stage.hears(told(What::Declined, "c1").seconds(1));
    let id = stage.card("c1").id;
    assert_eq!(stage.card("c1").phase, Phase::Withdrawn);
    assert!(stage.waits(2.9).is_empty(), "it stays to be read");
    assert_eq!(stage.waits(0.1), [Effect::Gone(id)]);
    assert_eq!(stage.desk().pops().len(), 1, "the one that rings stays");
}

#[test]
fn a_quiet_desk_wants_no_waking() {
    let mut stage = Stage::new();
    stage.hears(accepted("c1").record("7", Claimed));
    assert!(stage.desk().next_deadline().is_some(), "somebody is asked");
    stage.finds("7", &[customer("ann")]);
    assert_eq!(stage.desk().next_deadline(), None);
}

#[test]
fn new_connections_are_asked_for_live_cards_without_a_customer() {
    let mut stage = Stage::new();
    stage.hears(accepted("known").record("7", Claimed));
    stage.finds("7", &[customer("ann")]);
    stage.hears(accepted("unknown").record("8", Claimed));
    stage.finds("8", &[]);
    stage.hears(accepted("picked").record("9", Claimed));
    stage.finds("9", &[]);
    stage.picks("picked", "eve");
    stage.finds("eve", &[]);
    let more = Policy {
        connections: vec![connection("crm"), connection("desk")],
        ..policy()
    };
    let effects = stage.give(Input::Policy(more.clone()));
    assert_eq!(
        asked(&effects),
        ["who is id 8 (claimed)", "who is id 8 (claimed)"],
        "both CRMs, for the unknown customer whom nobody has picked"
    );
    let effects = stage.give(Input::Policy(more));
    assert!(effects.is_empty(), "the same connections are no news");
}
