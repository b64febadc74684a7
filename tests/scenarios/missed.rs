//! What nobody took: missed, left as a message, withdrawn, and offered again.

use std::time::Duration;

use pop_core::desk::{Command, Dropped, Effect, Input, Left, OpenPolicy, Phase};
use pop_core::identifier::Assurance::{Authenticated, CallerNumber, Claimed};
use pop_core::interaction::{Channel, What};
use pop_core::life::Unanswered;

use crate::people::{START, Told, accepted, customer, ended, key, offered, told};
use crate::stage::{Stage, asked, notified, only_counted};

fn declined(interaction: &str) -> Told {
    told(What::Declined, interaction)
}

fn call(interaction: &str) -> Told {
    offered(interaction)
        .by(Channel::Voice)
        .external("n5", CallerNumber)
}

fn is_kept(effects: &[Effect]) -> bool {
    matches!(effects, [Effect::KeepEnded(_)])
}

#[test]
fn what_rang_until_its_time_was_over_is_missed_and_goes_by_itself() {
    for (reason, phase) in [
        (Unanswered::Timeout, Phase::Missed),
        (Unanswered::Canceled, Phase::Missed),
        (Unanswered::Rejected, Phase::Withdrawn),
        (Unanswered::AnsweredElsewhere, Phase::Withdrawn),
        (Unanswered::Error, Phase::Withdrawn),
        (Unanswered::Unknown, Phase::Withdrawn),
    ] {
        let mut stage = Stage::new();
        stage.hears(call("c1"));
        stage.hears(declined("c1").seconds(20).because(reason));
        assert_eq!(stage.card("c1").phase, phase, "{reason:?}");
        stage.waits(3.0);
        assert!(stage.desk().pops().is_empty(), "{reason:?}");
    }
}

#[test]
fn what_left_before_the_start_rings_when_it_is_offered_after_that() {
    let mut stage = Stage::new();
    let left = ["c1", "c2"].map(|interaction| Left {
        key: key(interaction),
        at: START.after(Duration::from_secs(5)),
        opened: false,
    });
    stage.give(Input::Left(left.into()));
    let old = stage.hears(call("c1").seconds(4));
    assert!(only_counted(&old, Dropped::Stale));
    stage.hears(call("c1").seconds(6));
    assert_eq!(stage.card("c1").phase, Phase::Offered);
    let again = stage.hears(declined("c2").seconds(6));
    assert!(only_counted(&again, Dropped::Stale), "it left before");
}

#[test]
fn a_message_left_behind_is_kept_for_a_call_back() {
    let mut stage = Stage::new();
    stage.hears(call("c1"));
    stage.hears(declined("c1").seconds(20).voicemail());
    let card = stage.card("c1");
    assert!(card.voicemail);
    assert_eq!(card.phase, Phase::Missed);
    stage.waits(3.0);
    assert!(stage.desk().pops().is_empty());
}

#[test]
fn a_message_that_is_told_after_the_card_went_is_kept_and_pops_nothing() {
    let mut stage = Stage::new();
    stage.hears(call("c1"));
    stage.hears(declined("c1").seconds(20).because(Unanswered::Timeout));
    stage.waits(25.0);
    assert!(is_kept(
        &stage.hears(declined("c1").seconds(40).voicemail())
    ));
    let plain = stage.hears(declined("c1").seconds(41).because(Unanswered::Timeout));
    assert!(only_counted(&plain, Dropped::Stale), "that is known");
    stage.hears(ended("c1").seconds(42));
    let after_the_end = stage.hears(declined("c1").seconds(50).voicemail());
    assert!(is_kept(&after_the_end), "also after the end");
    assert!(stage.desk().pops().is_empty());
}

#[test]
fn what_was_missed_while_nobody_was_here_is_kept() {
    let mut stage = Stage::new();
    let missed = stage.hears(declined("c1").seconds(20).because(Unanswered::Timeout));
    assert!(is_kept(&missed));
    let again = stage.hears(declined("c1").seconds(20).because(Unanswered::Timeout));
    assert!(only_counted(&again, Dropped::Stale), "once");
    let rejected = stage.hears(declined("c2").seconds(20).because(Unanswered::Rejected));
    assert!(only_counted(&rejected, Dropped::Stale), "nobody waits");
}

#[test]
fn a_ring_that_is_over_ends_its_notice() {
    for over in [
        accepted("c1").seconds(2),
        declined("c1").seconds(2),
        declined("c1").seconds(2).because(Unanswered::Timeout),
        told(What::Transferred, "c1").seconds(2),
        ended("c1").seconds(2),
    ] {
        let mut stage = Stage::new();
        stage.hears(call("c1"));
        let id = stage.card("c1").id;
        let word = over.0.what;
        let effects = stage.hears(over.clone());
        assert!(effects.contains(&Effect::Hush(id)), "{word:?}");
        let again = stage.hears(over);
        assert!(!again.contains(&Effect::Hush(id)), "{word:?}: once");
    }
    let mut stage = Stage::new();
    stage.hears(call("c1"));
    let update = stage.hears(told(What::Updated, "c1").seconds(2).reason("loan"));
    let id = stage.card("c1").id;
    assert!(!update.contains(&Effect::Hush(id)), "it rings on");
    let closed = stage.does(Command::Close(id));
    assert!(closed.contains(&Effect::Hush(id)), "the agent closed it");
}

#[test]
fn a_ring_whose_time_is_over_ends_its_notice_and_keeps_its_card() {
    let mut stage = Stage::new();
    stage.hears(call("c1").rings_for(20));
    let id = stage.card("c1").id;
    assert!(!stage.waits(19.0).contains(&Effect::Hush(id)));
    assert!(stage.card("c1").rings);
    assert!(stage.waits(1.0).contains(&Effect::Hush(id)));
    let card = stage.card("c1");
    assert!(!card.rings);
    assert_eq!(
        card.phase,
        Phase::Offered,
        "only the platform knows whether the agent took it"
    );
    stage.hears(accepted("c1").by(Channel::Voice).seconds(19));
    assert_eq!(stage.card("c1").phase, Phase::Accepted);
}

#[test]
fn an_offer_of_the_same_contact_takes_the_tab_of_the_one_that_nobody_took() {
    let mut stage = Stage::opening(OpenPolicy::Offer);
    stage.hears(call("c1"));
    stage.finds("n5", &[customer("ann")]);
    let tab = stage.card("c1").id;
    stage.hears(declined("c1").seconds(20).because(Unanswered::Timeout));
    stage.waits(2.0);
    let again = stage.hears(call("c2").seconds(22));
    assert!(notified(&again).is_empty(), "nobody is told twice");
    assert!(asked(&again).is_empty(), "nobody is asked twice");
    assert!(again.contains(&Effect::Settled(key("c1"))));
    assert_eq!(stage.card("c2").id, tab);
    assert_eq!(stage.desk().pops().len(), 1);
    assert_eq!(stage.opened_by_itself(), ["ann"], "no second opening");
    stage.waits(60.0);
    assert_eq!(stage.desk().pops().len(), 1, "it stays while it rings");
    let old = stage.hears(offered("c1").seconds(5).by(Channel::Voice));
    assert!(only_counted(&old, Dropped::Stale));
}

#[test]
fn an_offer_of_the_same_contact_within_half_a_minute_is_quiet() {
    let rings_again_after = |seconds: u32| {
        let mut stage = Stage::opening(OpenPolicy::Offer);
        stage.hears(call("c1"));
        stage.finds("n5", &[customer("ann")]);
        stage.hears(declined("c1").seconds(1).because(Unanswered::Timeout));
        stage.waits(3.0 + f64::from(seconds));
        assert!(stage.desk().pops().is_empty());
        let again = stage.hears(call("c2").seconds(u64::from(seconds) + 4));
        stage.finds("n5", &[customer("ann")]);
        (
            notified(&again).len(),
            again.contains(&Effect::Settled(key("c1"))),
            stage.opened_by_itself().len(),
        )
    };
    assert_eq!(rings_again_after(29), (0, true, 1), "the same matter");
    assert_eq!(rings_again_after(31), (1, false, 2), "a new one");
}

#[test]
fn another_contact_or_one_known_otherwise_has_a_tab_of_its_own() {
    for other in [
        call("c2").external("n6", CallerNumber),
        offered("c2").external("n5", CallerNumber),
        offered("c2").by(Channel::Voice).external("n5", Claimed),
        offered("c2").by(Channel::Voice),
        call("c2").outbound(),
    ] {
        let mut stage = Stage::new();
        stage.hears(call("c1"));
        stage.hears(declined("c1").seconds(1));
        let effects = stage.hears(other.seconds(2));
        assert_eq!(notified(&effects).len(), 1);
        assert_eq!(stage.desk().pops().len(), 2);
    }
}

#[test]
fn an_offer_of_the_same_contact_inherits_no_verified_identity() {
    let mut stage = Stage::new();
    stage.hears(offered("c1").record("7", Authenticated));
    stage.finds("7", &[customer("ann")]);
    stage.hears(declined("c1").seconds(1));
    stage.hears(offered("c2").seconds(2).record("7", Claimed));
    assert_eq!(stage.card("c2").assurance(), Some(Claimed));
    assert_ne!(stage.card("c1").id, stage.card("c2").id);
}

#[test]
fn what_ended_after_it_was_not_taken_never_rings_again_whoever_still_wraps_it_up() {
    for end in [ended("c1"), ended("c1").wrapping_up()] {
        let mut stage = Stage::new();
        stage.hears(offered("c1"));
        stage.hears(declined("c1").seconds(20));
        stage.hears(end.seconds(30));
        stage.hears(offered("c1").seconds(40));
        assert!(!stage.card("c1").phase.is_live());
    }
    let mut control = Stage::new();
    control.hears(offered("c1"));
    control.hears(declined("c1").seconds(20));
    control.hears(offered("c1").seconds(40));
    assert!(control.card("c1").phase.is_live(), "offered anew, it rings");
}
