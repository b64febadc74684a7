//! Opening on offer: the browser comes up when the agent's hands rest, and not before.

use std::time::Duration;

use pop_core::desk::{Command, Input, LONGEST_WAIT, OpenPolicy, PAUSE, Policy};
use pop_core::identifier::Assurance::Claimed;

use crate::people::{accepted, customer, offered};
use crate::stage::{Stage, policy};

const TYPING: Option<Duration> = Some(Duration::ZERO);

/// Opens on offer, while the agent types.
fn typing() -> Stage {
    let mut stage = Stage::opening(OpenPolicy::Offer);
    stage.idle = TYPING;
    stage.hears(offered("c1").record("7", Claimed));
    stage.finds("7", &[customer("ann")]);
    assert!(stage.opened_by_itself().is_empty(), "somebody types");
    stage
}

#[test]
fn an_opening_on_offer_waits_for_a_pause() {
    let mut stage = typing();
    stage.waits(1.0);
    assert!(
        stage.opened_by_itself().is_empty(),
        "still within the pause"
    );
    stage.idle = Some(PAUSE);
    stage.waits(0.6);
    assert_eq!(
        stage.opened_by_itself(),
        ["ann"],
        "the pause was long enough"
    );
}

#[test]
fn it_looks_again_when_the_pause_could_be_over() {
    let mut stage = typing();
    stage.idle = Some(Duration::from_millis(700));
    stage.waits(1.5);
    assert!(stage.opened_by_itself().is_empty(), "a key came meanwhile");
    stage.idle = Some(PAUSE);
    stage.waits(0.8);
    assert_eq!(stage.opened_by_itself(), ["ann"], "0.8 s later it was one");
}

#[test]
fn somebody_who_never_rests_is_interrupted_after_the_longest_wait() {
    let mut stage = typing();
    stage.waits(LONGEST_WAIT.as_secs_f64() - 0.1);
    assert!(stage.opened_by_itself().is_empty(), "nobody rested");
    stage.waits(0.2);
    assert_eq!(stage.opened_by_itself(), ["ann"]);
}

#[test]
fn where_the_system_cannot_tell_or_the_agent_rests_nothing_waits() {
    for idle in [None, Some(PAUSE)] {
        let mut stage = Stage::opening(OpenPolicy::Offer);
        stage.idle = idle;
        stage.hears(offered("c1").record("7", Claimed));
        stage.finds("7", &[customer("ann")]);
        assert_eq!(stage.opened_by_itself(), ["ann"], "{idle:?}");
    }
}

#[test]
fn on_acceptance_it_opens_at_once_because_the_agent_just_acted() {
    let mut stage = typing();
    stage.hears(accepted("c1").record("7", Claimed));
    assert_eq!(stage.opened_by_itself(), ["ann"]);
    stage.waits(20.0);
    assert_eq!(stage.opened_by_itself(), ["ann"], "and only once");

    for open in [OpenPolicy::Accept, OpenPolicy::Offer] {
        let mut stage = Stage::opening(open);
        stage.idle = TYPING;
        stage.hears(accepted("c1").record("7", Claimed));
        stage.finds("7", &[customer("ann")]);
        assert_eq!(stage.opened_by_itself(), ["ann"], "{open:?}");
    }
}

#[test]
fn a_source_without_acceptance_counts_as_accepted_and_does_not_wait() {
    let mut stage = Stage::opening(OpenPolicy::Offer);
    stage.idle = TYPING;
    stage.hears(offered("c1").record("7", Claimed).without_acceptance());
    stage.finds("7", &[customer("ann")]);
    assert_eq!(stage.opened_by_itself(), ["ann"]);
}

#[test]
fn what_is_closed_or_forbidden_meanwhile_is_not_opened() {
    let mut closed = typing();
    let at = closed.at("c1");
    closed.does(Command::Close(at.pop));
    closed.waits(20.0);
    assert!(closed.opened_by_itself().is_empty(), "the card is gone");

    let mut forbidden = typing();
    let open = OpenPolicy::Never;
    forbidden.give(Input::Policy(Policy { open, ..policy() }));
    forbidden.waits(20.0);
    assert!(
        forbidden.opened_by_itself().is_empty(),
        "the policy changed"
    );

    let mut control = typing();
    control.waits(20.0);
    assert_eq!(control.opened_by_itself(), ["ann"], "the control");
}

#[test]
fn a_system_that_never_answers_holds_nothing_up() {
    let mut stage = Stage::opening(OpenPolicy::Offer);
    stage.silent = true;
    stage.hears(offered("c1").record("7", Claimed));
    stage.finds("7", &[customer("ann")]);
    assert!(stage.opened_by_itself().is_empty(), "the answer is awaited");
    stage.waits(LONGEST_WAIT.as_secs_f64());
    assert_eq!(stage.opened_by_itself(), ["ann"]);
}
