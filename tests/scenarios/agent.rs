//! What the agent's commands do, and that a command to a card as it no longer is does nothing.

use pop_core::desk::{Answer, Command, Dropped, Effect, Phase};
use pop_core::fault::{Fault, FaultKind};
use pop_core::identifier::Assurance::{Attached, CallerNumber, Claimed};
use pop_core::interaction::What;
use pop_core::profile::Listed;

use crate::people::{START, accepted, also, bare, case, connection, customer, offered, told};
use crate::stage::{Stage, asked, only_counted};
use crate::telling;

#[test]
fn a_command_at_an_old_generation_does_nothing() {
    let commands = |at| {
        [
            Command::Choose {
                at,
                connection: connection("crm"),
                id: "bob".into(),
            },
            Command::NotThisPerson(at),
            Command::Retry {
                at,
                connection: connection("crm"),
            },
            Command::OpenRecord { at, case: None },
        ]
    };
    for number in 0..4 {
        let mut stage = Stage::new();
        stage.hears(offered("c1").external("n5", CallerNumber));
        stage.finds("n5", &[customer("ann"), customer("bob")]);
        let old = stage.at("c1");
        stage.picks("c1", "ann");
        let before = stage.line("c1");
        let [choose, no, retry, open] = commands(old);
        let command = [choose, no, retry, open][number].clone();
        let effects = stage.does(command.clone());
        assert!(only_counted(&effects, Dropped::StaleCommand), "{command:?}");
        assert_eq!(stage.line("c1"), before, "{command:?}");

        let [choose, no, retry, open] = commands(stage.at("c1"));
        let command = [choose, no, retry, open][number].clone();
        let effects = stage.does(command.clone());
        assert!(
            effects.contains(&Effect::Show(stage.card("c1").id)),
            "at the present generation it does: {command:?}"
        );
    }
}

#[test]
fn a_command_to_a_card_that_is_gone_does_nothing() {
    let mut stage = Stage::new();
    stage.hears(accepted("c1").record("7", Claimed));
    let at = stage.at("c1");
    assert_eq!(stage.does(Command::Seen(at.pop)), [Effect::Show(at.pop)]);
    assert_eq!(stage.does(Command::Close(at.pop)), [Effect::Gone(at.pop)]);
    for command in [
        Command::Seen(at.pop),
        Command::Close(at.pop),
        Command::NotThisPerson(at),
        Command::OpenRecord { at, case: None },
    ] {
        let effects = stage.does(command);
        assert!(only_counted(&effects, Dropped::StaleCommand));
    }
}

#[test]
fn a_customer_found_by_hand_is_asked_for_and_shown() {
    let mut stage = Stage::new();
    stage.hears(accepted("c1").record("7", Claimed));
    stage.finds("7", &[]);
    let effects = stage.picks("c1", "bob");
    assert_eq!(asked(&effects), ["who is id bob (claimed)"]);
    stage.finds("bob", &[bare("bob")]);
    assert_eq!(stage.who("c1"), "one: crm/bob");
    assert_eq!(
        stage.waiting(),
        ["crm: cases of bob", "crm: activities of bob"],
        "and the rest of the card is asked for"
    );
}

#[test]
fn a_customer_found_by_hand_may_have_another_id_in_the_crm() {
    let mut stage = Stage::new();
    stage.hears(accepted("c1").withheld());
    stage.picks("c1", "short");
    stage.finds("short", &[also("long", "short")]);
    assert_eq!(stage.who("c1"), "one: crm/long");
    assert_eq!(stage.opened_by_itself(), ["long"]);
}

#[test]
fn confirming_the_customer_keeps_what_is_on_its_way() {
    let mut stage = Stage::new();
    stage.hears(offered("c1").record("7", Claimed));
    stage.finds("7", &[bare("ann")]);
    let before = stage.at("c1");
    let effects = stage.picks("c1", "ann");
    assert!(asked(&effects).is_empty(), "nothing is asked twice");
    assert_eq!(stage.at("c1"), before, "it is the same customer");
    let ticket = stage.ask("activities of ann");
    stage.answers(&ticket, Answer::Activities(Ok(Listed::default())));
    let ticket = stage.ask("cases of ann");
    stage.answers(&ticket, Answer::Cases(Err(fault())));
    let lookup = &stage.card("c1").lookups[0];
    assert_eq!(telling::part(&lookup.activities), "0 ready");
    assert_eq!(telling::part(&lookup.cases), "unavailable");
}

#[test]
fn what_the_agent_chose_stays_when_more_becomes_known() {
    let mut stage = Stage::new();
    stage.hears(offered("c1").external("n5", CallerNumber));
    stage.finds("n5", &[customer("ann"), customer("bob")]);
    stage.picks("c1", "bob");
    let effects = stage.hears(told(What::Updated, "c1").seconds(1).record("7", Attached));
    assert!(asked(&effects).is_empty());
    assert_eq!(stage.who("c1"), "one: crm/bob");
    let back = stage.does(Command::NotThisPerson(stage.at("c1")));
    assert_eq!(
        asked(&back),
        [
            "who is id 7 (attached)",
            "who is external_id n5 (caller number)"
        ],
        "it is asked when the choice is taken back"
    );

    let mut stage = Stage::new();
    stage.hears(offered("c1").external("n5", CallerNumber));
    stage.finds("n5", &[customer("ann")]);
    let effects = stage.hears(told(What::Updated, "c1").seconds(1).record("7", Attached));
    assert_eq!(
        asked(&effects).len(),
        2,
        "without a choice it is asked at once"
    );
}

#[test]
fn asking_again_brings_the_parts_of_a_known_customer() {
    let mut stage = Stage::new();
    stage.hears(offered("c1").record("7", Claimed));
    stage.finds("7", &[bare("ann")]);
    let old = stage.ask("cases of ann");
    stage.answers(&old, Answer::Cases(Err(fault())));
    let at = stage.at("c1");
    stage.does(Command::Retry {
        at,
        connection: connection("crm"),
    });
    let new = stage.ask("cases of ann");
    stage.answers(&new, Answer::Cases(Ok(Listed::default())));
    assert_eq!(telling::part(&stage.card("c1").lookups[0].cases), "0 ready");
    assert_eq!(stage.who("c1"), "one: crm/ann");
}

#[test]
fn asking_again_outdates_what_is_on_its_way() {
    let mut stage = Stage::new();
    stage.hears(offered("c1").record("7", Claimed));
    stage.finds("7", &[bare("ann")]);
    let old = stage.ask("cases of ann");
    let at = stage.at("c1");
    stage.does(Command::Retry {
        at,
        connection: connection("crm"),
    });
    let late = stage.answers(&old, Answer::Cases(Ok(Listed::default())));
    assert!(
        only_counted(&late, Dropped::StaleAnswer),
        "a newer one is asked for"
    );
    let new = stage.ask("cases of ann");
    stage.answers(&new, Answer::Cases(Ok(case("k1"))));
    assert_eq!(telling::part(&stage.card("c1").lookups[0].cases), "1 ready");
}

#[test]
fn a_card_made_by_hand_has_nobody_to_go_back_to() {
    let mut stage = Stage::asking(&["crm", "desk"]);
    stage.does(Command::Show {
        connection: connection("desk"),
        id: "ann".into(),
    });
    assert_eq!(
        stage.waiting(),
        ["desk: who is id ann (claimed)"],
        "only that CRM"
    );
    stage.finds("ann", &[customer("ann")]);
    let card = stage.desk().pops()[0].clone();
    assert_eq!(telling::matching(&card), "one: desk/ann");
    let effects = stage.does(Command::NotThisPerson(card.at()));
    assert!(effects.is_empty(), "nobody else is looked for");

    stage.hears(offered("c1").record("ann", Claimed));
    stage.finds_in("desk", "ann", &[customer("ann")]);
    let effects = stage.does(Command::NotThisPerson(stage.at("c1")));
    assert!(!effects.is_empty(), "the card of an interaction has");
}

#[test]
fn a_card_made_by_hand_teaches_nothing_about_interactions() {
    let mut stage = Stage::new();
    stage.does(Command::Show {
        connection: connection("crm"),
        id: "ann".into(),
    });
    stage.finds("ann", &[customer("ann")]);
    let at = stage.desk().pops()[0].at();
    stage.does(Command::Choose {
        at,
        connection: connection("crm"),
        id: "bob".into(),
    });
    for name in ["c1", "c2"] {
        stage.hears(offered(name).record("ann", Claimed));
        stage.finds("ann", &[customer("ann"), customer("bob")]);
    }
    assert_eq!(stage.who("c1"), "several: crm/ann, crm/bob");
    stage.picks("c1", "bob");
    stage.hears(offered("c3").record("ann", Claimed));
    stage.finds("ann", &[customer("ann"), customer("bob")]);
    assert_eq!(
        stage.who("c3"),
        "several: crm/bob, crm/ann",
        "a pick there does"
    );
}

#[test]
fn cards_made_by_hand_are_counted_like_all_others() {
    let mut stage = Stage::new();
    for number in 0..41 {
        stage.does(Command::Show {
            connection: connection("crm"),
            id: format!("p{number}"),
        });
    }
    assert_eq!(stage.desk().pops().len(), 40, "the oldest went");
    let newest = stage.desk().pops()[39].chosen.clone();
    assert_eq!(newest, Some((connection("crm"), "p40".into())));
}

#[test]
fn closing_and_seeing_touch_no_other_card() {
    let mut stage = Stage::new();
    stage.hears(accepted("c1"));
    stage.hears(accepted("c2"));
    let id = stage.card("c1").id;
    stage.does(Command::Seen(id));
    assert!(!stage.card("c1").unseen && stage.card("c2").unseen);
    assert!(stage.does(Command::Seen(id)).is_empty(), "seen is seen");
    stage.does(Command::Close(id));
    assert_eq!(stage.card("c2").phase, Phase::Accepted);
    assert_eq!(stage.desk().pops().len(), 1);
}

fn fault() -> Fault {
    Fault::new(FaultKind::Unavailable, START)
}
