//! Events that come late, in another order, or with more than was known before.

use pop_core::desk::{Dropped, Effect, OpenPolicy, Phase};
use pop_core::identifier::Assurance;
use pop_core::identifier::Assurance::{Attached, Claimed};
use pop_core::interaction::What;

use crate::people::{accepted, customer, ended, key, offered, told};
use crate::stage::{Stage, asked, only_counted};

#[test]
fn acceptance_before_its_offer_is_one_accepted_card() {
    let mut stage = Stage::new();
    stage.hears(accepted("c1").seconds(3));
    let late = stage.hears(offered("c1").seconds(1));
    assert!(only_counted(&late, Dropped::Stale), "nothing new in it");
    assert_eq!(stage.card("c1").phase, Phase::Accepted);
    assert_eq!(stage.desk().pops().len(), 1);
}

#[test]
fn an_update_that_overtook_the_acceptance_does_not_hide_it() {
    let mut stage = Stage::new();
    stage.hears(offered("c1"));
    stage.hears(told(What::Updated, "c1").seconds(5).reason("loan"));
    stage.hears(accepted("c1").seconds(3));
    assert_eq!(stage.card("c1").phase, Phase::Accepted);
    stage.hears(told(What::Updated, "c1").seconds(20).reason("card"));
    stage.hears(ended("c1").seconds(15));
    assert_eq!(stage.card("c1").phase, Phase::Ended);
}

#[test]
fn a_decline_from_before_the_acceptance_does_not_end_it() {
    let mut stage = Stage::new();
    stage.hears(offered("c1"));
    stage.hears(accepted("c1").seconds(5));
    let late = stage.hears(told(What::Declined, "c1").seconds(2));
    assert!(only_counted(&late, Dropped::Stale));
    assert_eq!(stage.card("c1").phase, Phase::Accepted);
    stage.hears(told(What::Declined, "c1").seconds(8));
    assert_eq!(
        stage.card("c1").phase,
        Phase::Ended,
        "one from after it does"
    );
}

#[test]
fn an_older_event_fills_gaps_and_replaces_nothing() {
    let mut stage = Stage::new();
    stage.hears(offered("c1").seconds(1));
    stage.hears(told(What::Updated, "c1").seconds(9).reason("card"));
    stage.hears(
        told(What::Updated, "c1")
            .seconds(5)
            .reason("loan")
            .named("Ann"),
    );
    let card = stage.card("c1");
    assert_eq!(card.reason.as_deref(), Some("card"), "the newer words stay");
    assert_eq!(card.name.as_deref(), Some("Ann"), "a gap is filled");
    stage.hears(told(What::Updated, "c1").seconds(10).reason("loan"));
    assert_eq!(stage.card("c1").reason.as_deref(), Some("loan"));
}

#[test]
fn an_identifier_in_an_older_event_is_looked_up_too() {
    let mut stage = Stage::new();
    stage.hears(accepted("c1").seconds(5));
    let effects = stage.hears(offered("c1").seconds(1).record("7", Claimed));
    assert_eq!(asked(&effects), ["who is id 7 (claimed)"]);
}

#[test]
fn assurance_is_raised_and_never_lowered() {
    let mut stage = Stage::new();
    stage.hears(offered("c1").record("7", Attached));
    let weaker = stage.hears(told(What::Updated, "c1").seconds(1).record("7", Claimed));
    assert!(
        asked(&weaker).is_empty(),
        "what is known better stays known better"
    );
    assert_eq!(stage.card("c1").assurance(), Some(Attached));
    let stronger = stage.hears(
        told(What::Updated, "c1")
            .seconds(2)
            .record("7", Assurance::Authenticated),
    );
    assert_eq!(asked(&stronger), ["who is id 7 (authenticated)"]);
}

#[test]
fn a_late_offer_does_not_pop() {
    let mut stage = Stage::new();
    stage.waits(301.0);
    let late = stage.hears(offered("c1"));
    assert!(only_kept(&late), "nobody waits five minutes");
    stage.hears(offered("c2").seconds(290));
    assert_eq!(stage.desk().pops().len(), 1, "a fresh one does");
}

#[test]
fn an_event_that_has_expired_does_not_pop() {
    for what in [What::Offered, What::Accepted, What::Transferred] {
        let mut stage = Stage::new();
        stage.waits(46.0);
        let late = stage.hears(told(what, "c1").expires(45));
        assert!(only_kept(&late), "{what:?}");
        stage.hears(told(what, "c2").expires(47));
        assert_eq!(stage.desk().pops().len(), 1, "{what:?} in time");
    }
}

#[test]
fn an_acceptance_without_expiry_pops_however_old_because_the_talk_may_go_on() {
    let mut stage = Stage::new();
    stage.waits(600.0);
    stage.hears(accepted("c1"));
    assert_eq!(stage.desk().pops().len(), 1);
}

#[test]
fn an_offer_that_comes_after_the_end_does_not_pop() {
    let mut stage = Stage::new();
    let effects = stage.hears(ended("c1").seconds(5));
    let [Effect::KeepEnded(kept)] = effects.as_slice() else {
        panic!("the end is kept: {effects:?}");
    };
    assert_eq!(kept.key, key("c1"));
    let late = stage.hears(offered("c1").seconds(1));
    assert!(only_counted(&late, Dropped::Stale));
    stage.hears(offered("c2").seconds(1));
    assert_eq!(stage.desk().pops().len(), 1);
}

#[test]
fn a_transfer_away_ends_the_card_for_this_agent() {
    let mut stage = Stage::opening(OpenPolicy::Accept);
    stage.hears(offered("c1").record("7", Claimed));
    stage.hears(told(What::Transferred, "c1").seconds(3));
    stage.finds("7", &[customer("ann")]);
    stage.hears(accepted("c1").seconds(4));
    assert_eq!(stage.card("c1").phase, Phase::Transferred);
    assert!(
        stage.opened_by_itself().is_empty(),
        "it is a colleague's now"
    );

    stage.hears(offered("c2").record("8", Claimed));
    stage.finds("8", &[customer("bob")]);
    stage.hears(accepted("c2").seconds(4));
    assert_eq!(stage.opened_by_itself(), ["bob"]);
}

/// It is counted as late and goes to the history.
fn only_kept(effects: &[Effect]) -> bool {
    matches!(
        effects,
        [Effect::Count(Dropped::Late), Effect::KeepEnded(_)]
    )
}
