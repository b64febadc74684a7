//! An interaction pops once: repeated, reordered, late, foreign, after its end, after a restart.

use pop_core::desk::{Command, Dropped, Effect, Input, Mark, Phase, Policy};
use pop_core::identifier::Assurance::{CallerNumber, Claimed};
use pop_core::interaction::{Channel, What};

use crate::people::{accepted, customer, ended, key, offered, told};
use crate::stage::{Stage, asked, dropped, notified, only_counted, policy};

#[test]
fn a_repeated_offer_is_the_same_card() {
    let mut stage = Stage::new();
    let first = stage.hears(offered("c1").record("7", Claimed));
    assert_eq!(notified(&first).len(), 1);
    let again = stage.hears(offered("c1").record("7", Claimed).reason("loan"));
    assert!(notified(&again).is_empty(), "nobody is told twice");
    assert!(asked(&again).is_empty(), "nobody is asked twice");
    assert_eq!(stage.desk().pops().len(), 1);
    assert_eq!(
        stage.card("c1").reason.as_deref(),
        Some("loan"),
        "a repeated event updates the card"
    );

    stage.hears(offered("c2").record("7", Claimed));
    assert_eq!(
        stage.desk().pops().len(),
        2,
        "another interaction has its own"
    );
}

#[test]
fn the_same_id_from_another_source_is_another_interaction() {
    let mut stage = Stage::new();
    stage.hears(offered("c1"));
    let mut other = offered("c1");
    other.0.key.source = "/genesys/orgs/2".into();
    stage.hears(other);
    assert_eq!(stage.desk().pops().len(), 2);
}

#[test]
fn an_event_for_another_agent_does_nothing() {
    let mine = || {
        Stage::with(Policy {
            agent_id: Some("agent22".into()),
            agent_email: Some("ann@meridian.example".into()),
            ..policy()
        })
    };
    for foreign in [
        offered("c1").agent("agent23"),
        offered("c1").agent_email("bob@meridian.example"),
        offered("c1")
            .agent("agent22")
            .agent_email("bob@meridian.example"),
    ] {
        let mut stage = mine();
        let effects = stage.hears(foreign);
        assert!(only_counted(&effects, Dropped::ForeignAgent));
    }
    for own in [
        offered("c1").agent("AGENT22"),
        offered("c1").agent_email("Ann@Meridian.example"),
        offered("c1"),
    ] {
        let mut stage = mine();
        stage.hears(own);
        assert_eq!(stage.desk().pops().len(), 1);
    }
}

#[test]
fn an_agent_who_is_named_in_a_way_that_cannot_be_compared_is_another_agent() {
    let mine = || {
        Stage::with(Policy {
            agent_id: Some("agent22".into()),
            ..policy()
        })
    };
    let effects = mine().hears(offered("c1").agent_email("ann@meridian.example"));
    assert!(only_counted(&effects, Dropped::ForeignAgent));

    let mut both = mine();
    both.hears(
        offered("c1")
            .agent("agent22")
            .agent_email("ann@meridian.example"),
    );
    assert_eq!(both.desk().pops().len(), 1, "the id is enough");
    let mut anybody = Stage::new();
    anybody.hears(offered("c1").agent_email("ann@meridian.example"));
    assert_eq!(
        anybody.desk().pops().len(),
        1,
        "a desktop without a name takes all"
    );
}

#[test]
fn a_foreign_event_cannot_touch_the_card_of_this_agent() {
    let mut stage = Stage::with(Policy {
        agent_id: Some("agent22".into()),
        ..policy()
    });
    stage.hears(accepted("c1").agent("agent22"));
    stage.hears(ended("c1").seconds(5).agent("agent23"));
    assert_eq!(stage.card("c1").phase, Phase::Accepted);
    stage.hears(ended("c1").seconds(5).agent("agent22"));
    assert_eq!(stage.card("c1").phase, Phase::Ended);
}

#[test]
fn after_its_card_was_closed_an_interaction_does_not_pop_again() {
    let mut stage = Stage::new();
    stage.hears(accepted("c1"));
    let id = stage.card("c1").id;
    stage.does(Command::Close(id));
    for late in [
        offered("c1"),
        accepted("c1").seconds(9),
        told(What::Updated, "c1").seconds(9),
        ended("c1").seconds(9),
    ] {
        let effects = stage.hears(late);
        assert!(only_counted(&effects, Dropped::Stale));
    }
    stage.hears(accepted("c2"));
    assert_eq!(stage.desk().pops().len(), 1, "the next one pops");
}

#[test]
fn after_a_restart_an_interaction_that_had_its_card_does_not_pop_again() {
    let mut stage = Stage::with(Policy {
        already: vec![key("c1")],
        ..policy()
    });
    let again = stage.hears(offered("c1"));
    assert!(only_counted(&again, Dropped::Stale));
    stage.hears(offered("c2"));
    assert_eq!(stage.desk().pops().len(), 1, "one that had none does");

    let mut stage = Stage::new();
    stage.give(Input::Policy(Policy {
        already: vec![key("c1")],
        ..policy()
    }));
    let again = stage.hears(offered("c1"));
    assert!(
        only_counted(&again, Dropped::Stale),
        "history that is read later counts too"
    );
}

#[test]
fn a_simple_end_without_interaction_ends_the_only_live_card_of_that_customer_and_channel() {
    let mut stage = Stage::new();
    stage.hears(accepted("c1").record("7", Claimed));
    stage.hears(accepted("c2").record("8", Claimed));
    stage.hears(ended("e1").unnamed().record("7", Claimed));
    assert_eq!(stage.card("c1").phase, Phase::Ended);
    assert_eq!(
        stage.card("c2").phase,
        Phase::Accepted,
        "another customer's stays"
    );
}

#[test]
fn a_simple_end_that_fits_no_card_or_two_is_only_kept() {
    let end = || ended("e1").unnamed().record("7", Claimed);
    let kept = |effects: &[Effect]| matches!(effects, [Effect::KeepEnded(_)]);

    let mut nobody = Stage::new();
    assert!(kept(&nobody.hears(end())));

    let mut two = Stage::new();
    two.hears(accepted("c1").record("7", Claimed));
    two.hears(accepted("c2").record("7", Claimed));
    assert!(kept(&two.hears(end())));
    assert_eq!(two.card("c1").phase, Phase::Accepted);

    let mut other_channel = Stage::new();
    other_channel.hears(accepted("c1").record("7", Claimed).by(Channel::Voice));
    assert!(kept(&other_channel.hears(end())));

    let mut already_over = Stage::new();
    already_over.hears(accepted("c1").record("7", Claimed));
    already_over.hears(ended("c1").seconds(1));
    assert!(kept(&already_over.hears(end())));

    let mut only = Stage::new();
    only.hears(accepted("c1").record("7", Claimed));
    only.hears(end());
    assert_eq!(only.card("c1").phase, Phase::Ended, "with one it ends it");
}

#[test]
fn a_repeated_simple_end_does_not_end_the_next_interaction_of_the_customer() {
    let mut stage = Stage::new();
    stage.hears(accepted("c1").record("7", Claimed));
    stage.hears(ended("e1").unnamed().record("7", Claimed));
    stage.hears(accepted("c2").record("7", Claimed));
    let repeated = stage.hears(ended("e1").unnamed().record("7", Claimed));
    assert!(only_counted(&repeated, Dropped::Stale));
    assert_eq!(stage.card("c2").phase, Phase::Accepted);
    stage.hears(ended("e2").unnamed().record("7", Claimed));
    assert_eq!(stage.card("c2").phase, Phase::Ended, "its own end does");
}

#[test]
fn a_repeated_event_without_interaction_does_not_pop_after_its_card_was_closed() {
    let takes = |name| accepted(name).unnamed().record("7", Claimed);
    let mut stage = Stage::new();
    stage.hears(offered("e1").unnamed().record("7", Claimed));
    stage.hears(takes("e2"));
    assert_eq!(stage.card("e1").phase, Phase::Accepted, "one card for both");
    let id = stage.card("e1").id;
    stage.does(Command::Close(id));
    let repeated = stage.hears(takes("e2"));
    assert!(only_counted(&repeated, Dropped::Stale));
    stage.hears(takes("e3"));
    assert_eq!(
        stage.desk().pops().len(),
        1,
        "another event is another matter"
    );
}

#[test]
fn an_update_or_a_decline_alone_does_not_pop() {
    let mut stage = Stage::new();
    for what in [What::Updated, What::Declined] {
        let effects = stage.hears(told(what, "c1").record("7", Claimed));
        assert_eq!(dropped(&effects), [Dropped::Stale], "{what:?}");
    }
    assert!(stage.desk().pops().is_empty());
    stage.hears(told(What::Transferred, "c2").record("7", Claimed));
    assert_eq!(
        stage.desk().pops().len(),
        1,
        "a transfer to this agent does"
    );
}

#[test]
fn each_step_leaves_one_mark() {
    let mut stage = Stage::new();
    stage.hears(offered("c1").external("n5", CallerNumber));
    stage.hears(offered("c1"));
    stage.finds("n5", &[customer("ann")]);
    stage.hears(accepted("c1").seconds(1));
    stage.hears(accepted("c1").seconds(1));
    stage.browser(Ok(()));
    stage.hears(ended("c1").seconds(2));
    stage.hears(ended("c1").seconds(2));
    let marks: Vec<Mark> = stage
        .effects
        .iter()
        .filter_map(|effect| {
            let Effect::Mark(_, mark) = effect else {
                return None;
            };
            Some(*mark)
        })
        .collect();
    assert_eq!(
        marks,
        [
            Mark::Popped,
            Mark::MatchedOne,
            Mark::Accepted,
            Mark::Opened,
            Mark::Ended
        ]
    );
}

#[test]
fn of_more_than_forty_cards_the_oldest_finished_one_goes_first() {
    let mut stage = Stage::new();
    for number in 0..40 {
        stage.hears(accepted(&format!("c{number}")));
    }
    stage.hears(ended("c5").seconds(1));
    stage.hears(ended("c3").seconds(1));
    assert_eq!(stage.desk().pops().len(), 40, "forty stay");
    stage.hears(accepted("c40"));
    let left = |stage: &Stage, name: &str| {
        let key = key(name);
        !stage
            .desk()
            .pops()
            .iter()
            .any(|pop| pop.key.as_ref() == Some(&key))
    };
    assert!(left(&stage, "c3"), "finished, and older than c5");
    assert!(!left(&stage, "c0") && !left(&stage, "c5"));
    let again = stage.hears(accepted("c3").seconds(9));
    assert!(only_counted(&again, Dropped::Stale), "it had its card");
}
