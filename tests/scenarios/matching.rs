//! Who is meant: assurance and kind, conflicts, rows of one human.

use pop_core::desk::Command;
use pop_core::fault::FaultKind;
use pop_core::identifier::Assurance::{Attached, Authenticated, CallerNumber, Claimed};
use pop_core::interaction::What;

use crate::people::{accepted, also, customer, offered, told};
use crate::stage::{Stage, asked};

#[test]
fn assurance_ranks_before_kind() {
    let mut stage = Stage::new();
    stage.hears(
        accepted("c1")
            .record("7", Claimed)
            .email("ann@example.com", Authenticated),
    );
    stage.finds("7", &[customer("ann"), customer("bob")]);
    stage.finds("ann@example.com", &[customer("ann")]);
    assert_eq!(
        stage.who("c1"),
        "one: crm/ann",
        "the authenticated address decides among those whom the claimed id finds"
    );
    assert_eq!(stage.opened_by_itself(), ["ann"]);

    let mut stage = Stage::new();
    stage.hears(
        accepted("c1")
            .record("7", Claimed)
            .email("ann@example.com", Claimed),
    );
    stage.finds("7", &[customer("ann"), customer("bob")]);
    assert_eq!(
        stage.who("c1"),
        "several: crm/ann, crm/bob",
        "of one assurance the id is stronger, and the address is not asked"
    );
}

#[test]
fn within_one_assurance_the_kinds_rank_record_external_id_and_e_mail() {
    let mut stage = Stage::new();
    let all = accepted("c1")
        .email("ann@example.com", Claimed)
        .external("x9", Claimed)
        .record("7", Claimed);
    let first = stage.hears(all);
    assert_eq!(asked(&first), ["who is id 7 (claimed)"]);
    let second = stage.finds("7", &[]);
    assert_eq!(asked(&second), ["who is external_id x9 (claimed)"]);
    let third = stage.finds("x9", &[]);
    assert_eq!(asked(&third), ["who is email ann@example.com (claimed)"]);
    stage.finds("ann@example.com", &[customer("ann")]);
    assert_eq!(stage.who("c1"), "one: crm/ann");
}

#[test]
fn a_weaker_identifier_is_asked_only_after_the_stronger_found_nobody() {
    let both = || accepted("c1").record("7", Claimed).external("x9", Claimed);
    let mut stage = Stage::new();
    stage.hears(both());
    let after = stage.finds("7", &[customer("ann")]);
    assert!(asked(&after).is_empty(), "the record id found somebody");

    let mut stage = Stage::new();
    stage.hears(both());
    let after = stage.finds("7", &[]);
    assert_eq!(asked(&after), ["who is external_id x9 (claimed)"]);
}

#[test]
fn the_next_identifier_is_one_of_the_same_assurance() {
    let mut stage = Stage::new();
    stage.hears(
        accepted("c1")
            .record("7", Attached)
            .record("8", Claimed)
            .external("x9", Claimed),
    );
    let after = stage.finds("7", &[]);
    assert!(
        asked(&after).is_empty(),
        "the claimed id is still being asked"
    );
    let after = stage.finds("8", &[]);
    assert_eq!(asked(&after), ["who is external_id x9 (claimed)"]);
}

#[test]
fn identifiers_of_different_assurance_are_asked_side_by_side() {
    let mut stage = Stage::new();
    let effects = stage.hears(
        offered("c1")
            .record("7", Authenticated)
            .external("x9", Attached)
            .email("ann@example.com", Claimed)
            .external("n5", CallerNumber),
    );
    assert_eq!(asked(&effects).len(), 4, "one for each assurance");
    stage.finds("x9", &[customer("ann")]);
    stage.finds("ann@example.com", &[customer("ann")]);
    stage.finds("n5", &[customer("ann")]);
    assert_eq!(
        stage.who("c1"),
        "looking",
        "the strongest may still contradict"
    );
    stage.finds("7", &[customer("ann")]);
    assert_eq!(stage.who("c1"), "one: crm/ann");
}

#[test]
fn identifiers_of_different_assurance_that_find_different_people_are_a_conflict() {
    let event = || {
        accepted("c1")
            .record("7", Attached)
            .external("n5", CallerNumber)
    };
    let mut stage = Stage::new();
    stage.hears(event());
    stage.finds("7", &[customer("ann")]);
    stage.finds("n5", &[customer("bob")]);
    assert_eq!(
        stage.who("c1"),
        "conflict: crm/ann, crm/bob",
        "both are shown, the better known first"
    );
    assert!(stage.opened_by_itself().is_empty(), "nothing opens");
    assert_eq!(stage.card("c1").chosen, None, "nobody is chosen");
    assert!(stage.card("c1").customer().is_none());

    let mut stage = Stage::new();
    stage.hears(event());
    stage.finds("7", &[customer("ann")]);
    stage.finds("n5", &[customer("ann"), customer("bob")]);
    assert_eq!(
        stage.who("c1"),
        "one: crm/ann",
        "a shared number does not contradict"
    );
    assert_eq!(stage.opened_by_itself(), ["ann"]);
}

#[test]
fn a_conflict_below_the_strongest_identifier_is_a_conflict_too() {
    let mut stage = Stage::new();
    stage.hears(
        accepted("c1")
            .record("7", Attached)
            .external("x9", Claimed)
            .external("n5", CallerNumber),
    );
    stage.finds("7", &[customer("ann")]);
    stage.finds("x9", &[customer("ann"), customer("bob")]);
    stage.finds("n5", &[customer("bob")]);
    assert_eq!(stage.who("c1"), "conflict: crm/ann, crm/bob");
}

#[test]
fn among_several_of_the_strongest_the_one_with_more_reasons_is_ranked_first() {
    let mut stage = Stage::new();
    stage.hears(
        accepted("c1")
            .record("7", Attached)
            .external("n5", CallerNumber),
    );
    stage.finds("7", &[customer("ann"), customer("bob")]);
    stage.finds("n5", &[customer("bob")]);
    assert_eq!(stage.who("c1"), "several: crm/bob, crm/ann");

    let mut stage = Stage::new();
    stage.hears(accepted("c1").record("7", Attached).named("Customer bob"));
    stage.finds("7", &[customer("ann"), customer("bob")]);
    assert_eq!(
        stage.who("c1"),
        "several: crm/bob, crm/ann",
        "a name that fits counts"
    );
}

#[test]
fn a_failed_stronger_lookup_leaves_a_weaker_hit_shown_but_unopened() {
    let event = || {
        accepted("c1")
            .record("7", Attached)
            .external("n5", CallerNumber)
    };
    let mut stage = Stage::new();
    stage.hears(event());
    stage.fails("7", FaultKind::Unavailable);
    stage.finds("n5", &[customer("ann")]);
    assert_eq!(
        stage.who("c1"),
        "one: crm/ann, not sure",
        "a good hit is shown"
    );
    assert!(
        stage.opened_by_itself().is_empty(),
        "the stronger might have found somebody else"
    );
    let at = stage.at("c1");
    stage.does(Command::OpenRecord { at, case: None });
    assert_eq!(stage.opened_when_asked(), ["ann"], "the agent may open it");

    let mut stage = Stage::new();
    stage.hears(event());
    stage.finds("7", &[]);
    stage.finds("n5", &[customer("ann")]);
    assert_eq!(stage.who("c1"), "one: crm/ann");
    assert_eq!(stage.opened_by_itself(), ["ann"]);
}

#[test]
fn a_failed_lookup_is_no_reason_to_ask_a_weaker_identifier_of_the_same_assurance() {
    let both = || accepted("c1").record("7", Claimed).external("x9", Claimed);
    let mut stage = Stage::new();
    stage.hears(both());
    let after = stage.fails("7", FaultKind::Unavailable);
    assert!(asked(&after).is_empty());
    assert_eq!(stage.who("c1"), "failed");

    for kind in [FaultKind::NotSupported, FaultKind::UnsafeValue] {
        let mut stage = Stage::new();
        stage.hears(both());
        stage.fails("7", kind);
        stage.finds("x9", &[customer("ann")]);
        assert_eq!(
            stage.who("c1"),
            "one: crm/ann",
            "a CRM that cannot be asked by an id has not failed"
        );
    }
}

#[test]
fn without_an_identifier_there_is_nothing_to_look_for() {
    let mut stage = Stage::new();
    let effects = stage.hears(accepted("c1").withheld());
    assert!(asked(&effects).is_empty(), "a withheld number asks nobody");
    assert_eq!(stage.who("c1"), "nothing to look for");
    assert!(stage.opened_by_itself().is_empty());

    let effects = stage.hears(accepted("c2").withheld().external("x9", Claimed));
    assert_eq!(asked(&effects), ["who is external_id x9 (claimed)"]);
}

#[test]
fn rows_of_the_same_human_are_one_candidate_in_any_order() {
    let event = || {
        accepted("c1")
            .record("7", Attached)
            .external("n5", CallerNumber)
    };
    let mut by_record_first = Stage::new();
    by_record_first.hears(event());
    by_record_first.finds("7", &[customer("contact")]);
    by_record_first.finds("n5", &[also("lead", "contact")]);
    assert_eq!(by_record_first.who("c1"), "one: crm/contact");
    assert_eq!(by_record_first.opened_by_itself(), ["contact"]);

    let mut by_number_first = Stage::new();
    by_number_first.hears(event());
    by_number_first.finds("n5", &[also("lead", "contact")]);
    by_number_first.finds("7", &[customer("contact")]);
    assert_eq!(
        by_number_first.who("c1"),
        "one: crm/contact",
        "whom the stronger identifier found, not who came first"
    );

    let mut strangers = Stage::new();
    strangers.hears(event());
    strangers.finds("7", &[customer("contact")]);
    strangers.finds("n5", &[customer("lead")]);
    assert_eq!(strangers.who("c1"), "conflict: crm/contact, crm/lead");
}

#[test]
fn the_reasons_of_a_hit_are_listed_strongest_first_in_any_order() {
    let mut stage = Stage::new();
    stage.hears(
        accepted("c1")
            .record("7", Attached)
            .external("n5", CallerNumber),
    );
    stage.finds("n5", &[customer("ann")]);
    stage.finds("7", &[customer("ann")]);
    let (_, hit) = stage.card("c1").customer().expect("one customer");
    let assurances: Vec<_> = hit.by.iter().map(|(_, assurance)| *assurance).collect();
    assert_eq!(assurances, [Attached, CallerNumber]);
    assert_eq!(
        stage.card("c1").assurance(),
        Some(Attached),
        "the card is as sure as its strongest reason"
    );
}

#[test]
fn only_what_the_source_sent_decides_how_sure_the_identity_is() {
    let mut stage = Stage::new();
    stage.hears(accepted("c1").external("n5", CallerNumber));
    stage.finds("n5", &[customer("ann"), customer("bob")]);
    stage.picks("c1", "ann");
    assert_eq!(
        stage.card("c1").assurance(),
        Some(CallerNumber),
        "a pick does not make a caller's number more than that"
    );
    stage.hears(
        told(What::Updated, "c1")
            .seconds(5)
            .record("ann", Authenticated),
    );
    stage.does(Command::NotThisPerson(stage.at("c1")));
    stage.finds("n5", &[customer("ann")]);
    stage.finds("ann", &[customer("ann")]);
    assert_eq!(stage.card("c1").assurance(), Some(Authenticated));
}
