//! The main job: a signed event comes in, the customer is on screen, the record is open.

use pop_core::desk::{Matching, Part};
use serde_json::json;

use crate::office::Office;
use crate::sender::chat;

#[tokio::test]
async fn a_signed_event_is_shown_and_its_record_opened_once() {
    let office = Office::with_sandbox();
    let run = office.start().await;
    let sender = run.sender();
    let delivery = sender.request(&chat("c1", "accepted", "12345"));
    assert_eq!(sender.send(&delivery).await, 202);
    run.screen.customer("c1", "12345").await;
    let card = run.screen.record("c1").await;
    let (_, hit) = card.customer().expect("it is known who it is");
    assert_eq!(hit.customer.name.as_deref(), Some("Cesar Gonzalez"));

    assert_eq!(sender.send(&delivery).await, 202, "the same again");
    assert_eq!(sender.post(&chat("c1", "updated", "12345")).await, 202);
    assert_eq!(sender.post(&chat("c2", "accepted", "20001")).await, 202);
    run.screen.record("c2").await;
    let shown = run.screen.now();
    let pages: Vec<&str> = shown
        .opened
        .iter()
        .filter_map(|url| url.rsplit('/').next())
        .collect();
    assert_eq!(pages, ["12345", "20001"], "each record once");
    assert_eq!(shown.cards.len(), 2);
    run.stop().await;
}

#[tokio::test]
async fn the_card_completes_itself_with_cases_and_history() {
    let office = Office::with_sandbox();
    let run = office.start().await;
    run.sender().post(&chat("c1", "offered", "12345")).await;
    let card = run
        .screen
        .card("c1", |pop| {
            let lookup = pop.lookups.first();
            lookup.is_some_and(|lookup| !lookup.hits.is_empty() && !lookup.is_pending())
        })
        .await;
    let lookup = &card.lookups[0];
    assert!(matches!(&lookup.cases, Part::Ready(listed) if listed.items.len() == 2));
    assert!(matches!(&lookup.activities, Part::Ready(listed) if listed.total == Some(14)));
    assert!(
        run.screen.now().opened.is_empty(),
        "nothing opens before the agent accepts"
    );
    run.stop().await;
}

#[tokio::test]
async fn an_event_that_nobody_of_ours_signed_or_that_is_for_somebody_else_shows_nothing() {
    let office = Office::with_sandbox();
    office.set(&json!({ "sandbox": { "enabled": true }, "agent": { "id": "agent01" } }));
    let run = office.start().await;
    let sender = run.sender();
    let stranger = sender.stranger();
    assert_eq!(
        stranger.post(&chat("forged", "accepted", "12345")).await,
        401
    );
    let mut foreign = chat("foreign", "accepted", "12345");
    foreign["data"]["agent"]["id"] = json!("agent02");
    assert_eq!(sender.post(&foreign).await, 401);
    assert_eq!(sender.post(&chat("ours", "accepted", "12345")).await, 202);
    run.screen.record("ours").await;
    let shown = run.screen.now();
    assert_eq!(shown.cards.len(), 1, "the one that is ours");
    assert_eq!(shown.opened.len(), 1);
    assert_eq!(
        run.history().await.len(),
        1,
        "nothing of the others is kept"
    );
    run.stop().await;
}

#[tokio::test]
async fn a_customer_whom_nobody_knows_is_said_to_be_unknown() {
    let office = Office::with_sandbox();
    let run = office.start().await;
    run.sender()
        .post(&chat("c1", "accepted", "no-such-one"))
        .await;
    run.screen
        .card("c1", |pop| pop.matching == Matching::None)
        .await;
    assert!(run.screen.now().opened.is_empty());
    run.stop().await;
}
