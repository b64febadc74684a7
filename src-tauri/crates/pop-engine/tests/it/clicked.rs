//! Command lines: what a softphone starts, and numbers that somebody clicks.

use pop_core::interaction::Direction;
use serde_json::json;

use crate::office::{Office, Run};
use crate::screen::Shown;

async fn start(run: &Run, arguments: &[&str]) {
    let arguments = arguments.iter().map(|it| (*it).to_owned()).collect();
    run.engine.arguments(arguments).await;
}

/// How many cards of a source there are.
fn cards_of(shown: &Shown, source: &str) -> usize {
    let keys = shown.cards.values().filter_map(|pop| pop.key.as_ref());
    keys.filter(|key| key.source == source).count()
}

#[tokio::test]
async fn a_clicked_number_is_looked_up_only_where_the_setting_says_so() {
    let office = Office::with_sandbox();
    let run = office.start().await;
    start(&run, &["--look-up", "tel:+14155550123"]).await;
    // What comes after it is shown, so that it would be by now.
    start(&run, &["--phone=+14155550124", "--event=offered"]).await;
    let called = |shown: &Shown| (cards_of(shown, "/local/argv") == 1).then_some(());
    run.screen.until("the call", called).await;
    let shown = run.screen.now();
    assert_eq!(
        cards_of(&shown, "/local/tel"),
        0,
        "the softphone's business"
    );
    run.stop().await;

    office.set(&json!({ "sandbox": { "enabled": true }, "links": { "tel": true } }));
    let run = office.start().await;
    start(&run, &["--look-up", "tel:+14155550123"]).await;
    let clicked = |shown: &Shown| {
        let mut cards = shown.cards.values();
        let card = cards.find(|pop| {
            let key = pop.key.as_ref();
            key.is_some_and(|key| key.source == "/local/tel")
        });
        card.map(|pop| pop.direction)
    };
    let direction = run.screen.until("the clicked number", clicked).await;
    assert_eq!(direction, Direction::Outbound, "nobody calls");
    assert!(run.screen.now().opened.is_empty(), "looked up, not opened");
    run.stop().await;
}
