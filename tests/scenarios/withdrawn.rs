//! An offer that the platform took back, and may make anew.

use pop_core::desk::{Dropped, OpenPolicy, Phase};
use pop_core::identifier::Assurance::Claimed;
use pop_core::interaction::What;

use crate::people::{customer, ended, offered, told};
use crate::stage::{Stage, notified, only_counted};

#[test]
fn an_offer_that_comes_after_its_withdrawal_does_not_pop() {
    let mut stage = Stage::new();
    let early = stage.hears(told(What::Declined, "c1").seconds(5));
    assert!(only_counted(&early, Dropped::Stale));
    let late = stage.hears(offered("c1").seconds(1));
    assert!(
        only_counted(&late, Dropped::Stale),
        "it was withdrawn since"
    );
    let anew = stage.hears(offered("c1").seconds(6));
    assert_eq!(
        notified(&anew).len(),
        1,
        "a new offer of it is a new matter"
    );
}

#[test]
fn a_withdrawn_interaction_that_rings_again_at_once_keeps_its_card() {
    let mut stage = Stage::opening(OpenPolicy::Offer);
    stage.hears(offered("c1").record("7", Claimed));
    stage.finds("7", &[customer("ann")]);
    let id = stage.card("c1").id;
    stage.hears(told(What::Declined, "c1").seconds(20));
    stage.waits(2.0);
    let again = stage.hears(offered("c1").seconds(22).record("7", Claimed));
    assert!(notified(&again).is_empty());
    assert_eq!(stage.card("c1").phase, Phase::Offered);
    assert_eq!(stage.card("c1").id, id);
    stage.waits(60.0);
    assert_eq!(stage.desk().pops().len(), 1, "it stays while it rings");
    assert_eq!(
        stage.opened_by_itself(),
        ["ann"],
        "and its record opened once"
    );
}

#[test]
fn a_withdrawn_interaction_that_rings_again_within_half_a_minute_pops_quietly() {
    let rings_again_after = |seconds: u32| {
        let mut stage = Stage::opening(OpenPolicy::Offer);
        stage.hears(offered("c1").record("7", Claimed));
        stage.finds("7", &[customer("ann")]);
        stage.hears(told(What::Declined, "c1").seconds(1));
        stage.waits(3.0 + f64::from(seconds));
        assert!(stage.desk().pops().is_empty(), "the withdrawn card went");
        let again = stage.hears(offered("c1").seconds(2).record("7", Claimed));
        stage.finds("7", &[customer("ann")]);
        assert_eq!(stage.who("c1"), "one: crm/ann", "the agent sees who rings");
        assert_eq!(
            stage.opened_by_itself(),
            ["ann"],
            "the record is not opened again"
        );
        notified(&again).len()
    };
    assert_eq!(rings_again_after(29), 0, "the same offer to the agent");
    assert_eq!(rings_again_after(31), 1, "a new one");
}

#[test]
fn an_offer_from_before_the_withdrawal_does_not_bring_the_card_back() {
    let mut stage = Stage::new();
    stage.hears(offered("c1").seconds(1));
    stage.hears(told(What::Declined, "c1").seconds(5));
    for seconds in [1, 5] {
        stage.hears(offered("c1").seconds(seconds));
        assert_eq!(stage.card("c1").phase, Phase::Withdrawn, "from {seconds} s");
    }
    stage.waits(3.0);
    let late = stage.hears(offered("c1").seconds(5));
    assert!(
        only_counted(&late, Dropped::Stale),
        "a repetition, not a new offer"
    );
    let ended = stage.hears(ended("c1").seconds(6));
    assert!(only_counted(&ended, Dropped::Stale));
    let after_the_end = stage.hears(offered("c1").seconds(7));
    assert!(
        only_counted(&after_the_end, Dropped::Stale),
        "the end is final"
    );
}

#[test]
fn an_end_that_follows_the_withdrawal_is_final() {
    let mut stage = Stage::new();
    stage.hears(offered("c1"));
    stage.hears(told(What::Declined, "c1").seconds(1));
    stage.hears(ended("c1").seconds(1));
    assert_eq!(
        stage.card("c1").phase,
        Phase::Withdrawn,
        "nobody has to wrap it up"
    );
    stage.hears(offered("c1").seconds(2));
    assert_eq!(
        stage.card("c1").phase,
        Phase::Withdrawn,
        "it is over, also while its card is still there"
    );
    stage.waits(3.0);
    assert!(stage.desk().pops().is_empty());
    let again = stage.hears(offered("c1").seconds(2));
    assert!(only_counted(&again, Dropped::Stale));
}
