//! What the day's list says of interactions that are over: whether it was said how they went.

use pop_core::desk::{Phase, WrapUp, Wrapping};
use serde_json::json;

use crate::office::Office;
use crate::screen::Shown;
use crate::sender::chat;
use crate::training::serve;
use crate::writes::TOKEN;

/// Whether the only interaction of the day is still to be logged.
fn to_log(shown: &Shown) -> Option<bool> {
    let [past] = &shown.status.as_ref()?.today[..] else {
        return None;
    };
    Some(past.not_logged)
}

#[tokio::test]
async fn an_interaction_that_ended_is_to_be_logged_until_the_agent_says_how_it_went() {
    let (office, crm) = (Office::new(), serve(TOKEN).await);
    office.set_policy(&json!({ "wrap_up": { "outcomes": ["Answered"] } }));
    let run = office.start().await;
    run.connect(&crm, "The Bank", TOKEN).await;
    run.sender().post(&chat("c1", "accepted", "12345")).await;
    run.screen.customer("c1", "12345").await;
    let is = |wanted| move |shown: &Shown| to_log(shown).filter(|it| *it == wanted);
    run.screen.until("it goes on", is(false)).await;

    run.sender().post(&chat("c1", "ended", "12345")).await;
    run.screen.until("it is to be logged", is(true)).await;
    let over = |pop: &pop_core::desk::Pop| pop.phase == Phase::Ended;
    let pop = run.screen.card("c1", over).await;
    assert!(matches!(pop.wrap_up, WrapUp::Due { .. }));

    let said = Wrapping {
        at: pop.at(),
        log: run.engine.new_write(),
        status: run.engine.new_write(),
        connection: None,
        takes_outcome: false,
        outcome: Some("Answered".to_owned()),
        note: String::new(),
        case: None,
        set_status: None,
        follow_up: None,
    };
    run.engine.wrap_up(said).await.expect("it is said");
    run.screen.until("it is logged", is(false)).await;
    run.stop().await;
}

#[tokio::test]
async fn where_nothing_is_asked_nothing_is_to_be_logged() {
    let (office, crm) = (Office::new(), serve(TOKEN).await);
    let nothing = json!({ "outcomes": [], "required": [], "seconds": 0 });
    office.set_policy(&json!({ "wrap_up": nothing }));
    let run = office.start().await;
    run.connect(&crm, "The Bank", TOKEN).await;
    run.sender().post(&chat("c1", "accepted", "12345")).await;
    run.screen.customer("c1", "12345").await;
    run.sender().post(&chat("c1", "ended", "12345")).await;
    let over = |pop: &pop_core::desk::Pop| pop.phase == Phase::Ended;
    run.screen.card("c1", over).await;
    let listed = run.screen.until("the day's list", to_log).await;
    assert!(!listed);
    run.stop().await;
}
