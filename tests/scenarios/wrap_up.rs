//! Wrap-up: how an interaction went is said after it, in its time, and nothing is thrown away.

use std::time::Duration;

use pop_core::action::ActionKind;
use pop_core::desk::{
    Command, Dropped, Effect, Input, Policy, WrapUp, WrapUpField, WrapUpPolicy, Wrapping,
};
use pop_core::identifier::Assurance::Attached;
use pop_core::write::{WriteId, WriteState};

use crate::people::{accepted, connection, customer, ended, offered};
use crate::stage::{Stage, only_counted, policy};
use crate::writing::{fields, written};

fn asked(required: &[WrapUpField]) -> Stage {
    Stage::with(Policy {
        wrap_up: WrapUpPolicy {
            outcomes: vec!["Answered".into()],
            required: required.to_vec(),
            time: Some(Duration::from_mins(2)),
        },
        ..policy()
    })
}

/// A chat that has just ended.
fn over(required: &[WrapUpField]) -> Stage {
    let mut stage = asked(required);
    stage.hears(accepted("c1").record("7", Attached));
    stage.finds("7", &[customer("7")]);
    stage.hears(ended("c1").seconds(1));
    stage
}

fn says(stage: &Stage, outcome: Option<&str>, note: &str) -> Wrapping {
    Wrapping {
        at: stage.at("c1"),
        log: WriteId("log".into()),
        status: WriteId("status".into()),
        connection: Some(connection("crm")),
        takes_outcome: false,
        outcome: outcome.map(str::to_owned),
        note: note.to_owned(),
        case: None,
        set_status: None,
        follow_up: None,
    }
}

fn wraps(said: Wrapping) -> Command {
    Command::WrapUp(Box::new(said))
}

#[test]
fn what_has_ended_is_to_be_wrapped_up() {
    let mut stage = asked(&[]);
    stage.hears(accepted("c1").record("7", Attached));
    assert_eq!(stage.card("c1").wrap_up, WrapUp::NotYet);
    stage.hears(ended("c1").seconds(1));
    let WrapUp::Due { ends, extended } = stage.card("c1").wrap_up else {
        panic!("it is due: {:?}", stage.card("c1").wrap_up);
    };
    assert!(ends.is_some() && !extended);

    let mut quiet = Stage::new();
    quiet.hears(accepted("c1").record("7", Attached));
    quiet.hears(ended("c1").seconds(1));
    assert_eq!(
        quiet.card("c1").wrap_up,
        WrapUp::NotYet,
        "if it is asked at all"
    );
}

#[test]
fn when_the_time_is_over_it_is_not_logged_but_nothing_is_lost() {
    let mut stage = over(&[]);
    let pop = stage.at("c1").pop;
    stage.does(Command::Draft {
        pop,
        form: "log_interaction".into(),
        fields: fields(&[("note", "Told him")]),
    });
    stage.waits(119.0);
    assert!(matches!(stage.card("c1").wrap_up, WrapUp::Due { .. }));
    stage.waits(2.0);
    assert_eq!(stage.card("c1").wrap_up, WrapUp::NotLogged);
    assert_eq!(stage.desk().drafts_of(stage.card("c1")).count(), 1);
    let effects = stage.does(wraps(says(&stage, None, "Told him")));
    assert_eq!(written(&effects).len(), 1, "it can still be logged");
}

#[test]
fn the_time_is_extended_once() {
    let mut stage = over(&[]);
    let pop = stage.at("c1").pop;
    assert_eq!(stage.does(Command::ExtendWrapUp(pop)), [Effect::Show(pop)]);
    assert_eq!(stage.does(Command::ExtendWrapUp(pop)), []);
    stage.waits(200.0);
    assert!(matches!(stage.card("c1").wrap_up, WrapUp::Due { .. }));
    stage.waits(41.0);
    assert_eq!(stage.card("c1").wrap_up, WrapUp::NotLogged);
}

#[test]
fn a_logged_card_goes_by_itself_and_the_log_is_written() {
    let mut stage = over(&[]);
    let said = Wrapping {
        follow_up: Some("2026-11-30".into()),
        ..says(&stage, Some("Answered"), " All well ")
    };
    let effects = stage.does(wraps(said));
    let [write] = written(&effects).try_into().expect("one write");
    assert_eq!(write.kind, ActionKind::LogInteraction);
    let note = "Outcome: Answered\nFollow up on: 2026-11-30\nAll well";
    assert_eq!(write.input, fields(&[("note", note)]));
    stage.waits(2.5);
    assert_eq!(
        stage.desk().pops().len(),
        1,
        "there is time to take it back"
    );
    stage.waits(1.0);
    assert!(stage.desk().pops().is_empty());
}

#[test]
fn a_crm_with_a_field_for_the_outcome_gets_it_there() {
    let mut stage = over(&[]);
    let said = Wrapping {
        takes_outcome: true,
        ..says(&stage, Some("Answered"), "All well")
    };
    let write = written(&stage.does(wraps(said))).remove(0);
    let expected = fields(&[("note", "All well"), ("outcome", "Answered")]);
    assert_eq!(write.input, expected);
}

#[test]
fn a_log_that_is_taken_back_is_due_again_with_what_was_said() {
    let mut stage = over(&[]);
    let effects = stage.does(wraps(says(&stage, Some("Answered"), "All well")));
    let write = written(&effects).remove(0);
    let wrote = |state| Input::Wrote {
        write: Box::new(write.clone()),
        state,
    };
    stage.give(wrote(WriteState::Held));
    stage.does(Command::Undo(write.id.clone()));
    stage.give(wrote(WriteState::Discarded));
    assert!(matches!(stage.card("c1").wrap_up, WrapUp::Due { .. }));
    let drafts: Vec<_> = stage.desk().drafts_of(stage.card("c1")).collect();
    let said = fields(&[("note", "All well"), ("outcome", "Answered")]);
    assert_eq!(drafts, [("log_interaction", &said)]);
    stage.waits(10.0);
    assert_eq!(stage.desk().pops().len(), 1, "and the card stays");
}

#[test]
fn what_is_required_must_be_said_before_the_card_is_closed() {
    let mut stage = over(&[WrapUpField::Outcome]);
    let pop = stage.at("c1").pop;
    let effects = stage.does(Command::Close(pop));
    assert!(only_counted(&effects, Dropped::NotDecided));
    let effects = stage.does(wraps(says(&stage, None, "All well")));
    assert!(only_counted(&effects, Dropped::NotDecided), "no outcome");
    stage.hears(offered("c2").record("8", Attached));
    assert_eq!(
        stage.desk().pops().len(),
        2,
        "the next interaction comes all the same"
    );
    let effects = stage.does(wraps(says(&stage, Some("Answered"), "")));
    assert_eq!(written(&effects).len(), 1);
    assert!(stage.does(Command::Close(pop)).contains(&Effect::Gone(pop)));

    let mut free = over(&[]);
    let pop = free.at("c1").pop;
    let effects = free.does(Command::Close(pop));
    assert!(
        effects.contains(&Effect::Gone(pop)),
        "where nothing is required"
    );
}

#[test]
fn what_is_logged_before_the_end_stays_until_the_end() {
    let mut stage = asked(&[]);
    stage.hears(accepted("c1").record("7", Attached));
    stage.finds("7", &[customer("7")]);
    stage.does(wraps(says(&stage, Some("Answered"), "")));
    stage.waits(60.0);
    assert_eq!(stage.desk().pops().len(), 1, "they still talk");
    stage.hears(ended("c1").seconds(61));
    stage.waits(4.0);
    assert!(stage.desk().pops().is_empty());
}

#[test]
fn what_no_crm_takes_is_logged_here() {
    let mut stage = over(&[]);
    let said = Wrapping {
        connection: None,
        ..says(&stage, Some("Answered"), "")
    };
    let effects = stage.does(wraps(said));
    assert_eq!(written(&effects), []);
    assert!(effects.contains(&Effect::Keep(stage.card("c1").id)));
    assert!(matches!(stage.card("c1").wrap_up, WrapUp::Logged { .. }));
}
