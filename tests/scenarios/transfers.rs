//! Transfers to this agent and away from it, and what comes back.

use pop_core::desk::{Command, Dropped, Effect, OpenPolicy, Phase, Policy};
use pop_core::identifier::Assurance::{Authenticated, Claimed};
use pop_core::interaction::What;

use crate::people::{Told, accepted, customer, ended, offered, told};
use crate::stage::{Stage, asked, notified, only_counted, policy};

/// The desktop of agent17, whose record opens when the agent has the interaction.
fn mine() -> Stage {
    Stage::with(Policy {
        agent_id: Some("agent17".into()),
        ..policy()
    })
}

fn transferred(interaction: &str) -> Told {
    told(What::Transferred, interaction)
}

fn to_me(interaction: &str) -> Told {
    transferred(interaction)
        .agent("agent17")
        .moves(Some("agent22"), Some("agent17"))
}

fn to_a_colleague(interaction: &str) -> Told {
    transferred(interaction)
        .agent("agent17")
        .moves(Some("agent17"), Some("agent22"))
}

#[test]
fn what_is_transferred_to_this_agent_pops_with_the_colleague_and_the_note() {
    let mut stage = mine();
    let effects = stage.hears(to_me("c1").record("7", Claimed).note("Wants a date"));
    assert_eq!(notified(&effects).len(), 1);
    let card = stage.card("c1");
    assert_eq!(
        card.phase,
        Phase::Accepted,
        "a transfer that is told is done"
    );
    let transfer = card.transfer.as_ref().expect("it came by a transfer");
    let by = transfer.from.as_ref().and_then(|agent| agent.display());
    assert_eq!(by, Some("agent22"));
    assert_eq!(transfer.note.as_deref(), Some("Wants a date"));
    stage.finds("7", &[customer("ann")]);
    assert_eq!(stage.opened_by_itself(), ["ann"]);
}

#[test]
fn a_transfer_that_still_rings_is_an_offer_with_a_colleague() {
    let mut stage = mine();
    stage.hears(
        offered("c1")
            .agent("agent17")
            .moves(Some("agent22"), Some("agent17"))
            .record("7", Claimed),
    );
    stage.finds("7", &[customer("ann")]);
    assert_eq!(stage.card("c1").phase, Phase::Offered);
    assert!(stage.card("c1").transfer.is_some());
    assert!(stage.opened_by_itself().is_empty(), "it still rings");
    stage.hears(accepted("c1").agent("agent17").seconds(2));
    assert_eq!(stage.opened_by_itself(), ["ann"]);
}

#[test]
fn a_transfer_between_colleagues_is_not_for_this_agent() {
    let mut stage = mine();
    let foreign = stage.hears(
        transferred("c1")
            .agent("agent23")
            .moves(Some("agent22"), Some("agent23")),
    );
    assert!(only_counted(&foreign, Dropped::ForeignAgent));
    let both_sides = stage.hears(
        transferred("c2")
            .agent("agent22")
            .moves(Some("agent22"), Some("agent17")),
    );
    assert_eq!(
        notified(&both_sides).len(),
        1,
        "one event for both agents names this one on its side"
    );
}

#[test]
fn what_this_agent_transfers_stays_for_a_short_wrap_up() {
    let mut stage = mine();
    stage.hears(accepted("c1").agent("agent17").record("7", Claimed));
    stage.hears(to_a_colleague("c1").seconds(9));
    let card = stage.card("c1");
    assert_eq!(card.phase, Phase::Transferred);
    let to = card.transfer.as_ref().and_then(|it| it.to.as_ref());
    assert_eq!(to.and_then(|agent| agent.display()), Some("agent22"));
    stage.waits(60.0);
    assert_eq!(stage.card("c1").phase, Phase::Transferred, "it waits");
    let late = stage.hears(accepted("c1").agent("agent17").seconds(5));
    assert!(only_counted(&late, Dropped::Stale), "from before");
}

#[test]
fn a_transfer_away_that_comes_before_its_offer_pops_nothing() {
    let mut stage = mine();
    let away = stage.hears(to_a_colleague("c1").seconds(9));
    assert!(only_counted(&away, Dropped::Stale));
    let late = stage.hears(offered("c1").agent("agent17").seconds(1));
    assert!(only_counted(&late, Dropped::Stale));
    stage.hears(offered("c2").agent("agent17").seconds(1));
    assert_eq!(stage.desk().pops().len(), 1, "another one pops");
}

#[test]
fn what_comes_back_takes_its_tab_again_and_asks_nobody_twice() {
    let mut stage = mine();
    stage.hears(accepted("c1").agent("agent17").record("7", Claimed));
    stage.finds("7", &[customer("ann")]);
    let tab = stage.card("c1").id;
    stage.hears(to_a_colleague("c1").seconds(9));
    stage.waits(120.0);
    let back = stage.hears(to_me("c1").seconds(129).record("7", Claimed).note("Yours"));
    assert!(asked(&back).is_empty(), "the same is known of the customer");
    assert_eq!(notified(&back).len(), 1, "the agent is told");
    let card = stage.card("c1");
    assert_eq!((card.id, card.phase), (tab, Phase::Accepted));
    assert_eq!(stage.who("c1"), "one: crm/ann");
    assert_eq!(stage.opened_by_itself(), ["ann"], "opened once");
}

#[test]
fn what_comes_back_within_half_a_minute_is_quiet() {
    let back_after = |seconds: u32| {
        let mut stage = mine();
        stage.hears(accepted("c1").agent("agent17"));
        stage.hears(to_a_colleague("c1").seconds(1));
        stage.waits(f64::from(seconds));
        notified(&stage.hears(to_me("c1").seconds(u64::from(seconds) + 1))).len()
    };
    assert_eq!(back_after(29), 0);
    assert_eq!(back_after(31), 1);
}

#[test]
fn what_comes_back_after_its_card_was_closed_pops_without_another_opening() {
    let mut stage = mine();
    stage.hears(accepted("c1").agent("agent17").record("7", Claimed));
    stage.finds("7", &[customer("ann")]);
    stage.hears(to_a_colleague("c1").seconds(9));
    let id = stage.card("c1").id;
    stage.does(Command::Close(id));
    let repeated = stage.hears(accepted("c1").agent("agent17").seconds(5));
    assert!(only_counted(&repeated, Dropped::Stale), "from before");
    stage.hears(to_me("c1").seconds(60).record("7", Claimed));
    stage.finds("7", &[customer("ann")]);
    assert_eq!(stage.card("c1").phase, Phase::Accepted);
    assert_eq!(stage.opened_by_itself(), ["ann"], "opened once");
}

#[test]
fn the_colleague_s_acceptance_does_not_bring_it_back() {
    // This desktop does not know its agent's name, so it hears what the colleague does.
    let mut stage = Stage::new();
    stage.hears(accepted("c1"));
    stage.hears(transferred("c1").seconds(5));
    stage.hears(accepted("c1").seconds(7));
    assert_eq!(stage.card("c1").phase, Phase::Transferred);
    let id = stage.card("c1").id;
    stage.does(Command::Close(id));
    let later = stage.hears(accepted("c1").seconds(9));
    assert!(only_counted(&later, Dropped::Stale));

    let mut named = mine();
    named.hears(accepted("c1").agent("agent17"));
    named.hears(to_a_colleague("c1").seconds(5));
    named.hears(accepted("c1").agent("agent17").seconds(7));
    assert_eq!(
        named.card("c1").phase,
        Phase::Accepted,
        "an event that names this agent does"
    );
}

#[test]
fn a_transfer_inherits_no_verified_identity_unless_the_source_vouches_again() {
    let back = |event: Told| {
        let mut stage = mine();
        stage.hears(accepted("c1").agent("agent17").record("7", Authenticated));
        stage.finds("7", &[customer("ann")]);
        assert_eq!(stage.card("c1").assurance(), Some(Authenticated));
        stage.hears(to_a_colleague("c1").seconds(9));
        let effects = stage.hears(event.seconds(20));
        (stage.card("c1").assurance(), asked(&effects).len())
    };
    assert_eq!(back(to_me("c1")), (Some(Claimed), 1), "nobody vouches");
    let weaker = back(to_me("c1").record("7", Claimed));
    assert_eq!(weaker, (Some(Claimed), 1), "the page says so");
    let vouched = back(to_me("c1").record("7", Authenticated));
    assert_eq!(
        vouched,
        (Some(Authenticated), 0),
        "the source vouches again"
    );
}

#[test]
fn a_new_interaction_made_by_a_transfer_inherits_nothing() {
    let mut stage = mine();
    stage.hears(accepted("c1").agent("agent17").record("7", Authenticated));
    stage.finds("7", &[customer("ann")]);
    stage.hears(to_a_colleague("c1").seconds(3));
    stage.hears(
        accepted("c2")
            .agent("agent17")
            .seconds(9)
            .record("7", Claimed),
    );
    assert_eq!(stage.card("c2").assurance(), Some(Claimed));
    assert_eq!(stage.card("c1").assurance(), Some(Authenticated));
}

#[test]
fn the_end_of_what_went_away_is_final() {
    let mut stage = mine();
    stage.hears(accepted("c1").agent("agent17"));
    stage.hears(to_a_colleague("c1").seconds(3));
    stage.hears(ended("c1").agent("agent17").seconds(9));
    assert_eq!(stage.card("c1").phase, Phase::Transferred);
    let id = stage.card("c1").id;
    stage.does(Command::Close(id));
    let after = stage.hears(to_me("c1").seconds(20));
    assert!(only_counted(&after, Dropped::Stale));
}

#[test]
fn a_record_opens_when_a_transfer_is_told_and_never_when_the_policy_says_never() {
    let opened = |open| {
        let mut stage = Stage::opening(open);
        stage.hears(transferred("c1").record("7", Claimed));
        stage.finds("7", &[customer("ann")]);
        stage.opened_by_itself().len()
    };
    assert_eq!(opened(OpenPolicy::Accept), 1);
    assert_eq!(opened(OpenPolicy::Never), 0);
}

#[test]
fn a_transfer_away_ends_the_notice() {
    let mut stage = mine();
    stage.hears(offered("c1").agent("agent17"));
    let effects = stage.hears(to_a_colleague("c1").seconds(2));
    let id = stage.card("c1").id;
    assert!(effects.contains(&Effect::Hush(id)));
}
