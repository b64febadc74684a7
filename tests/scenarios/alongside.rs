//! What goes on alongside an interaction: colleagues, holding, wrap-up, the same customer elsewhere,
//! and what the agent begins.

use pop_core::desk::OpenPolicy::{Accept, Never, Offer};
use pop_core::desk::{Dropped, Effect, Phase, Policy, Pop};
use pop_core::identifier::Assurance::Claimed;
use pop_core::interaction::{Channel, What};
use pop_core::life::Role;

use crate::people::{accepted, customer, ended, offered, told};
use crate::stage::{Stage, notified, only_counted, policy};

fn others(pop: &Pop) -> Vec<String> {
    pop.others()
        .map(|party| format!("{} {}", party.role.word(), party.name))
        .collect()
}

#[test]
fn a_conference_stays_on_one_tab_and_says_who_takes_part() {
    let mut stage = Stage::new();
    stage.hears(accepted("c1"));
    stage.hears(
        told(What::Updated, "c1")
            .seconds(5)
            .with(&[("Sam Blue", Role::Conference)]),
    );
    assert_eq!(others(stage.card("c1")), ["conference Sam Blue"]);
    let older = stage.hears(
        told(What::Updated, "c1")
            .seconds(3)
            .with(&[("Kim Red", Role::Consulted)]),
    );
    assert!(only_counted(&older, Dropped::Stale), "from before");
    stage.hears(told(What::Updated, "c1").seconds(9).with(&[]));
    assert!(others(stage.card("c1")).is_empty(), "nobody any more");
    assert_eq!(stage.desk().pops().len(), 1);
}

#[test]
fn a_side_call_to_a_colleague_stays_on_the_tab_of_its_interaction() {
    let mut stage = Stage::new();
    stage.hears(accepted("c1"));
    let beside = stage.hears(
        offered("leg2")
            .side_call_of("c1")
            .named("Sam Blue")
            .seconds(5),
    );
    assert!(notified(&beside).is_empty());
    assert_eq!(stage.desk().pops().len(), 1, "no second tab");
    assert_eq!(others(stage.card("c1")), ["consulted Sam Blue"]);
    stage.hears(accepted("leg2").side_call_of("c1").seconds(7));
    assert_eq!(others(stage.card("c1")), ["consulted Sam Blue"]);
    stage.hears(ended("leg2").side_call_of("c1").seconds(30));
    assert!(others(stage.card("c1")).is_empty());
    assert_eq!(stage.card("c1").phase, Phase::Accepted, "the talk goes on");
    let late = stage.hears(offered("leg2").seconds(5));
    assert!(only_counted(&late, Dropped::Stale), "it is over");
}

#[test]
fn a_side_call_of_something_that_is_not_here_pops_like_any_other() {
    let mut stage = Stage::new();
    let consulted = stage.hears(offered("leg2").side_call_of("c1").named("Sam Blue"));
    assert_eq!(notified(&consulted).len(), 1, "this agent is asked");
    let mut over = Stage::new();
    over.hears(accepted("c1"));
    over.hears(ended("c1").seconds(1));
    over.hears(offered("leg2").side_call_of("c1").seconds(2));
    assert_eq!(
        over.desk().pops().len(),
        2,
        "what is over has no side calls"
    );
}

#[test]
fn holding_is_a_state_of_its_own_with_its_own_time() {
    let mut stage = Stage::new();
    stage.hears(accepted("c1"));
    stage.waits(10.0);
    stage.hears(told(What::Updated, "c1").seconds(10).held(true));
    let since = stage.card("c1").phase_since;
    assert!(stage.card("c1").held);
    stage.waits(10.0);
    stage.hears(told(What::Updated, "c1").seconds(12).held(true));
    assert_eq!(stage.card("c1").phase_since, since, "it waits all the time");
    let older = stage.hears(told(What::Updated, "c1").seconds(11).held(false));
    assert!(only_counted(&older, Dropped::Stale), "from before");
    stage.hears(told(What::Updated, "c1").seconds(20).held(false));
    assert!(!stage.card("c1").held);
    stage.hears(told(What::Updated, "c1").seconds(21).held(true));
    stage.hears(ended("c1").seconds(22));
    assert!(!stage.card("c1").held, "over");
}

#[test]
fn nothing_that_still_rings_is_on_hold() {
    let mut stage = Stage::new();
    stage.hears(offered("c1"));
    stage.hears(told(What::Updated, "c1").seconds(1).held(true));
    assert!(!stage.card("c1").held);
    stage.hears(accepted("c1").seconds(2));
    stage.hears(told(What::Updated, "c1").seconds(3).held(true));
    assert!(stage.card("c1").held);
}

#[test]
fn wrap_up_comes_before_the_end_and_the_end_is_final() {
    let mut stage = Stage::new();
    stage.hears(accepted("c1"));
    stage.hears(ended("c1").seconds(60).wrapping_up());
    assert_eq!(stage.card("c1").phase, Phase::WrapUp);
    stage.hears(ended("c1").seconds(90));
    assert_eq!(stage.card("c1").phase, Phase::Ended);
    let back = stage.hears(ended("c1").seconds(60).wrapping_up());
    assert!(only_counted(&back, Dropped::Stale));
    assert_eq!(stage.card("c1").phase, Phase::Ended, "not back");
    let ends = stage.effects.iter();
    let ends = ends.filter(|effect| matches!(effect, Effect::Mark(_, pop_core::desk::Mark::Ended)));
    assert_eq!(ends.count(), 1, "it ended once");
}

#[test]
fn an_end_counts_whatever_the_platform_s_clock_says() {
    let mut stage = Stage::new();
    stage.hears(accepted("c1").seconds(60));
    stage.hears(ended("c1").seconds(1));
    assert_eq!(stage.card("c1").phase, Phase::Ended);
}

#[test]
fn the_sender_s_sequence_decides_where_it_is_told() {
    let mut stage = Stage::new();
    stage.hears(offered("c1").sequence("0001"));
    stage.hears(accepted("c1").sequence("0003"));
    let late = stage.hears(told(What::Declined, "c1").seconds(9).sequence("0002"));
    assert!(only_counted(&late, Dropped::Stale), "later, but before");
    assert_eq!(stage.card("c1").phase, Phase::Accepted);
    stage.hears(told(What::Declined, "c1").sequence("0004"));
    assert_eq!(stage.card("c1").phase, Phase::Ended, "a larger one counts");
}

#[test]
fn at_the_same_time_what_usually_comes_first_comes_first() {
    let mut stage = Stage::new();
    stage.hears(accepted("c1").seconds(5));
    stage.hears(told(What::Declined, "c1").seconds(5));
    assert_eq!(stage.card("c1").phase, Phase::Accepted, "it rang before");
    stage.hears(told(What::Declined, "c1").seconds(6));
    assert_eq!(stage.card("c1").phase, Phase::Ended, "later it counts");
}

#[test]
fn a_customer_in_two_channels_is_named_on_both_cards() {
    let mut stage = Stage::new();
    stage.hears(accepted("call").by(Channel::Voice).record("7", Claimed));
    stage.finds("7", &[customer("ann")]);
    stage.hears(accepted("chat").record("7", Claimed));
    assert!(stage.card("chat").also.is_empty(), "not known yet");
    stage.finds("7", &[customer("ann")]);
    let (call, chat) = (stage.card("call").id, stage.card("chat").id);
    assert_eq!(stage.card("call").also, [chat]);
    assert_eq!(stage.card("chat").also, [call]);
    assert_eq!(stage.opened_by_itself(), ["ann"], "opened once");
    let over = stage.hears(ended("chat").seconds(5));
    assert!(
        over.contains(&Effect::Show(call)),
        "the other card is drawn"
    );
    assert!(stage.card("call").also.is_empty());

    let mut two = Stage::new();
    two.hears(accepted("call").by(Channel::Voice).record("7", Claimed));
    two.finds("7", &[customer("ann")]);
    two.hears(accepted("chat").record("8", Claimed));
    two.finds("8", &[customer("bob")]);
    assert!(two.card("call").also.is_empty(), "two customers");
}

#[test]
fn what_the_agent_begins_opens_by_its_own_policy() {
    let opened = |open, open_outbound, outbound: bool| {
        let mut stage = Stage::with(Policy {
            open,
            open_outbound,
            ..policy()
        });
        let call = offered("c1").by(Channel::Voice).record("7", Claimed);
        stage.hears(if outbound { call.outbound() } else { call });
        stage.finds("7", &[customer("ann")]);
        assert_eq!(stage.who("c1"), "one: crm/ann", "looked up and shown");
        stage.opened_by_itself().len()
    };
    assert_eq!(opened(Accept, Offer, true), 1);
    assert_eq!(opened(Accept, Offer, false), 0, "somebody calls");
    assert_eq!(opened(Offer, Never, true), 0);
    assert_eq!(opened(Offer, Never, false), 1, "somebody calls");
}
