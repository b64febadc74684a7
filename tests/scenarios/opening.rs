//! When a record opens by itself: policy, once, limits, the same customer twice, failures.

use pop_core::desk::{
    Answer, Command, Dropped, Effect, Input, Mark, OpenPolicy, Phase, Place, RecordState,
};
use pop_core::identifier::Assurance::{CallerNumber, Claimed};
use pop_core::interaction::{Channel, What};
use pop_core::profile::{Customer, RecordKind};

use crate::people::{accepted, bare, case, connection, customer, ended, offered, told};
use crate::stage::{Stage, dropped, only_counted};

#[test]
fn on_accept_the_record_opens_when_the_agent_accepts() {
    let mut stage = Stage::opening(OpenPolicy::Accept);
    stage.hears(offered("c1").record("7", Claimed));
    stage.finds("7", &[customer("ann")]);
    assert!(stage.opened_by_itself().is_empty(), "it only rings");
    stage.hears(accepted("c1").seconds(2));
    assert_eq!(stage.opened_by_itself(), ["ann"]);
}

#[test]
fn on_accept_a_customer_who_is_found_later_opens_when_found() {
    let mut stage = Stage::opening(OpenPolicy::Accept);
    stage.hears(accepted("c1").record("7", Claimed));
    assert!(stage.opened_by_itself().is_empty(), "nobody is known yet");
    stage.finds("7", &[customer("ann")]);
    assert_eq!(stage.opened_by_itself(), ["ann"]);
}

#[test]
fn on_offer_the_record_opens_while_it_rings() {
    let mut stage = Stage::opening(OpenPolicy::Offer);
    stage.hears(offered("c1").record("7", Claimed));
    stage.finds("7", &[customer("ann")]);
    assert_eq!(stage.opened_by_itself(), ["ann"]);
}

#[test]
fn never_means_that_only_the_agent_opens() {
    let mut stage = Stage::opening(OpenPolicy::Never);
    stage.hears(accepted("c1").record("7", Claimed));
    stage.finds("7", &[customer("ann")]);
    assert!(stage.opened_by_itself().is_empty());
    let at = stage.at("c1");
    stage.does(Command::OpenRecord { at, case: None });
    assert_eq!(stage.opened_when_asked(), ["ann"]);
}

#[test]
fn a_source_that_reports_no_acceptance_counts_as_accepted_when_it_rings() {
    let mut stage = Stage::opening(OpenPolicy::Accept);
    stage.hears(offered("c1").record("7", Claimed).without_acceptance());
    stage.finds("7", &[customer("ann")]);
    assert_eq!(stage.opened_by_itself(), ["ann"]);

    let mut stage = Stage::opening(OpenPolicy::Never);
    stage.hears(offered("c1").record("7", Claimed).without_acceptance());
    stage.finds("7", &[customer("ann")]);
    assert!(stage.opened_by_itself().is_empty(), "never stays never");
}

#[test]
fn an_interaction_opens_its_record_by_itself_once() {
    let mut stage = Stage::new();
    stage.hears(accepted("c1").record("7", Claimed));
    stage.finds("7", &[customer("ann")]);
    stage.browser(Ok(()));
    stage.hears(accepted("c1").seconds(1));
    stage.hears(
        told(What::Updated, "c1")
            .seconds(2)
            .external("x9", CallerNumber),
    );
    stage.finds("7", &[customer("ann")]);
    stage.finds("x9", &[customer("ann")]);
    assert_eq!(stage.opened_by_itself(), ["ann"]);
    assert_eq!(
        stage.line("c1"),
        "show #1: accepted · one: crm/ann · opened crm/ann",
        "and is still known to be open after the customer was looked up anew"
    );

    stage.hears(accepted("c2").record("8", Claimed));
    stage.finds("8", &[customer("bob")]);
    assert_eq!(
        stage.opened_by_itself(),
        ["ann", "bob"],
        "the next opens its own"
    );
}

#[test]
fn an_opening_by_the_agent_uses_up_the_automatic_one() {
    let mut stage = Stage::new();
    stage.hears(offered("c1").record("7", Claimed));
    stage.finds("7", &[customer("ann")]);
    let at = stage.at("c1");
    stage.does(Command::OpenRecord { at, case: None });
    stage.hears(accepted("c1").seconds(1));
    assert!(stage.opened_by_itself().is_empty(), "it is open already");
    assert_eq!(stage.opened_when_asked(), ["ann"]);
}

#[test]
fn more_than_three_openings_in_ten_seconds_become_buttons() {
    let mut stage = Stage::new();
    for number in 0..4 {
        pops_and_is_found(&mut stage, number);
    }
    assert_eq!(stage.opened_by_itself().len(), 3);
    assert_eq!(
        stage.card("c3").record,
        RecordState::HeldBack,
        "the fourth waits"
    );
    let at = stage.at("c3");
    stage.does(Command::OpenRecord { at, case: None });
    assert_eq!(stage.opened_when_asked(), ["p3"], "for the agent's button");

    stage.waits(9.9);
    pops_and_is_found(&mut stage, 4);
    assert_eq!(
        stage.opened_by_itself().len(),
        3,
        "still within ten seconds"
    );
    stage.waits(0.1);
    pops_and_is_found(&mut stage, 5);
    assert_eq!(stage.opened_by_itself().len(), 4);
    assert_eq!(
        stage.card("c4").record,
        RecordState::HeldBack,
        "what was held back does not open later by itself"
    );
}

#[test]
fn a_flood_never_opens_more_than_twenty_records_in_a_minute() {
    let mut stage = Stage::new();
    let mut opened_at = Vec::new();
    for second in 0..180 {
        let before = stage.opened_by_itself().len();
        pops_and_is_found(&mut stage, second);
        if stage.opened_by_itself().len() > before {
            opened_at.push(second);
        }
        let id = stage.card(&format!("c{second}")).id;
        stage.does(Command::Close(id));
        stage.waits(1.0);
    }
    for second in 0..180 {
        let within = |span| {
            let span = second..second + span;
            opened_at.iter().filter(|at| span.contains(*at)).count()
        };
        assert!(within(10) <= 3, "in the ten seconds from {second}");
        assert!(within(60) <= 20, "in the minute from {second}");
    }
    assert_eq!(opened_at.len(), 54, "and what is allowed does open");
}

#[test]
fn the_same_customer_in_two_channels_is_opened_once() {
    let chat = || accepted("chat").record("7", Claimed);
    let call = || accepted("call").record("7", Claimed).by(Channel::Voice);
    for browser_is_quick in [true, false] {
        let mut stage = Stage::new();
        stage.hears(chat());
        stage.finds("7", &[customer("ann")]);
        if browser_is_quick {
            stage.browser(Ok(()));
        }
        stage.hears(call());
        stage.finds("7", &[customer("ann")]);
        assert_eq!(stage.desk().pops().len(), 2, "two cards");
        assert_eq!(stage.opened_by_itself(), ["ann"], "one record");
        if !browser_is_quick {
            stage.browser(Ok(()));
        }
        for card in ["chat", "call"] {
            assert!(
                matches!(stage.card(card).record, RecordState::Opened(..)),
                "{card} knows that it is open"
            );
        }
    }

    let mut stage = Stage::new();
    stage.hears(chat());
    stage.finds("7", &[customer("ann")]);
    stage.hears(call());
    stage.finds("7", &[customer("bob")]);
    assert_eq!(
        stage.opened_by_itself(),
        ["ann", "bob"],
        "two customers, two records"
    );
}

#[test]
fn what_failed_to_open_for_one_card_failed_for_every_card_that_waited_for_it() {
    let mut stage = Stage::new();
    for name in ["chat", "call"] {
        stage.hears(accepted(name).record("7", Claimed));
        stage.finds("7", &[customer("ann")]);
    }
    stage.browser(Err("no browser".into()));
    for card in ["chat", "call"] {
        assert_eq!(
            stage.card(card).record,
            RecordState::Failed("no browser".into())
        );
    }
}

#[test]
fn a_customer_who_comes_back_after_the_end_is_opened_again() {
    let mut stage = Stage::new();
    stage.hears(accepted("c1").record("7", Claimed));
    stage.finds("7", &[customer("ann")]);
    stage.browser(Ok(()));
    stage.hears(ended("c1").seconds(1));
    stage.hears(accepted("c2").record("7", Claimed));
    stage.finds("7", &[customer("ann")]);
    assert_eq!(
        stage.opened_by_itself(),
        ["ann", "ann"],
        "the agent may have closed the page since"
    );
}

#[test]
fn what_is_over_does_not_open_any_more() {
    for what in [What::Ended, What::Declined, What::Transferred] {
        let mut stage = Stage::opening(OpenPolicy::Offer);
        stage.hears(offered("c1").record("7", Claimed));
        stage.hears(told(what, "c1").seconds(1));
        stage.finds("7", &[customer("ann")]);
        assert_eq!(
            stage.who("c1"),
            "one: crm/ann",
            "{what:?}: the card is complete"
        );
        assert!(
            stage.opened_by_itself().is_empty(),
            "{what:?}: but nothing opens"
        );
    }
}

#[test]
fn what_failed_to_open_says_why_and_can_be_opened_again() {
    let mut stage = Stage::new();
    stage.hears(accepted("c1").record("7", Claimed));
    stage.finds("7", &[customer("ann")]);
    stage.browser(Err("the link misses {accountId}".into()));
    assert_eq!(
        stage.line("c1"),
        "show #1: accepted · one: crm/ann · not opened: the link misses {accountId}"
    );
    let at = stage.at("c1");
    stage.does(Command::OpenRecord { at, case: None });
    stage.browser(Ok(()));
    assert_eq!(
        stage.line("c1"),
        "show #1: accepted · one: crm/ann · opened crm/ann"
    );
}

#[test]
fn the_browser_s_answer_for_an_earlier_customer_says_nothing_about_the_next() {
    for outcome in [Ok(()), Err("no browser".to_owned())] {
        let mut stage = Stage::new();
        stage.hears(accepted("c1").record("7", Claimed));
        stage.finds("7", &[customer("ann")]);
        stage.picks("c1", "bob");
        stage.finds("bob", &[customer("bob")]);
        let late = stage.browser(outcome);
        assert!(only_counted(&late, Dropped::StaleAnswer));
        assert_eq!(
            stage.line("c1"),
            "show #1: accepted · one: crm/bob · not opened",
            "nobody opened bob's record"
        );
    }
}

#[test]
fn the_browser_s_answer_counts_when_the_same_customer_was_looked_up_anew() {
    let mut stage = Stage::new();
    stage.hears(accepted("c1").record("7", Claimed));
    stage.finds("7", &[customer("ann")]);
    stage.hears(
        told(What::Updated, "c1")
            .seconds(1)
            .external("x9", CallerNumber),
    );
    stage.browser(Ok(()));
    stage.finds("7", &[customer("ann")]);
    stage.finds("x9", &[]);
    assert_eq!(
        stage.line("c1"),
        "show #1: accepted · one: crm/ann · opened crm/ann"
    );
}

#[test]
fn a_case_on_the_card_is_opened_when_asked_and_no_other() {
    let mut stage = Stage::opening(OpenPolicy::Never);
    stage.hears(accepted("c1").record("7", Claimed));
    stage.finds("7", &[bare("ann")]);
    let ticket = stage.ask("cases of ann");
    stage.answers(&ticket, Answer::Cases(Ok(case("k1"))));
    let at = stage.at("c1");
    for (place, id) in [("crm", "k2"), ("desk", "k1")] {
        let other = Some((connection(place), id.to_owned()));
        let effects = stage.does(Command::OpenRecord { at, case: other });
        assert!(
            only_counted(&effects, Dropped::StaleCommand),
            "{place}/{id}"
        );
    }
    let own = Some((connection("crm"), "k1".to_owned()));
    stage.does(Command::OpenRecord { at, case: own });
    assert_eq!(stage.opened_when_asked(), ["k1"]);
    assert_eq!(
        stage.card("c1").record,
        RecordState::NotOpened,
        "the customer's own record was not"
    );
}

#[test]
fn a_customer_found_by_hand_opens_only_when_asked() {
    let mut stage = Stage::opening(OpenPolicy::Offer);
    stage.does(Command::Show {
        connection: connection("crm"),
        id: "ann".into(),
    });
    stage.finds("ann", &[customer("ann")]);
    let card = stage.desk().pops()[0].clone();
    assert_eq!(card.phase, Phase::LookedUp);
    assert!(stage.opened_by_itself().is_empty());
    let at = card.at();
    stage.does(Command::OpenRecord { at, case: None });
    assert_eq!(stage.opened_when_asked(), ["ann"]);
}

#[test]
fn without_one_customer_there_is_no_record_to_open() {
    let mut stage = Stage::new();
    stage.hears(accepted("c1").record("7", Claimed));
    stage.finds("7", &[customer("ann"), customer("bob")]);
    let at = stage.at("c1");
    let effects = stage.does(Command::OpenRecord { at, case: None });
    assert!(only_counted(&effects, Dropped::StaleCommand));
    stage.picks("c1", "ann");
    let at = stage.at("c1");
    let effects = stage.does(Command::OpenRecord { at, case: None });
    assert!(dropped(&effects).is_empty());
    assert_eq!(stage.opened_when_asked(), ["ann"]);
}

#[test]
fn it_is_said_whether_the_crm_or_the_browser_has_the_record() {
    for (place, mark) in [
        (Place::Crm, Mark::ShownInCrm),
        (Place::Browser, Mark::Opened),
    ] {
        let mut stage = Stage::new();
        stage.hears(accepted("c1").record("7", Claimed));
        stage.finds("7", &[customer("ann")]);
        let (at, outcome) = (stage.at("c1"), Ok(place));
        let effects = stage.give(Input::Opened { at, outcome });
        let mut marks = Vec::new();
        for effect in &effects {
            if let Effect::Mark(_, mark) = effect {
                marks.push(*mark);
            }
        }
        assert_eq!(marks, [mark]);
        let record = &stage.card("c1").record;
        assert!(matches!(record, RecordState::Opened(_, known) if *known == place));
    }
}

#[test]
fn the_company_of_the_customer_opens_when_the_agent_asks_and_only_if_there_is_one() {
    let mut stage = Stage::new();
    stage.hears(offered("c1").record("7", Claimed));
    let ann = Customer {
        account_id: Some("northwind".to_owned()),
        ..customer("ann")
    };
    stage.finds("7", &[ann]);
    let effects = stage.does(Command::OpenAccount(stage.at("c1")));
    let [Effect::Open { record, asked, .. }] = effects.as_slice() else {
        panic!("it opens: {effects:?}");
    };
    assert_eq!(
        (record.kind, record.id.as_str(), *asked),
        (RecordKind::Account, "northwind", true)
    );
    assert_eq!(
        stage.card("c1").record,
        RecordState::NotOpened,
        "the customer's is not open"
    );

    stage.hears(offered("c2").record("8", Claimed));
    stage.finds("8", &[customer("bob")]);
    let effects = stage.does(Command::OpenAccount(stage.at("c2")));
    assert!(
        only_counted(&effects, Dropped::StaleCommand),
        "he has no company"
    );
}

#[test]
fn an_outcome_for_a_card_that_is_gone_is_counted() {
    let mut stage = Stage::new();
    stage.hears(accepted("c1").record("7", Claimed));
    stage.finds("7", &[customer("ann")]);
    let at = stage.at("c1");
    stage.does(Command::Close(at.pop));
    let effects = stage.give(Input::Opened {
        at,
        outcome: Ok(Place::Browser),
    });
    assert!(only_counted(&effects, Dropped::StaleAnswer));
}

fn pops_and_is_found(stage: &mut Stage, number: u32) {
    let id = format!("i{number}");
    stage.hears(accepted(&format!("c{number}")).record(&id, Claimed));
    stage.finds(&id, &[customer(&format!("p{number}"))]);
}
