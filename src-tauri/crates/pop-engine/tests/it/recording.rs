//! Interactions are recorded for rehearsals where the organisation wants it, and nobody is named.

use std::time::Duration;

use pop_core::bundle::Recorded;
use serde_json::json;

use crate::office::{Office, Run};
use crate::sender::chat;

async fn talk(run: &Run, interaction: &str, customer: &str) {
    run.sender()
        .post(&chat(interaction, "accepted", customer))
        .await;
    run.screen.record(interaction).await;
    let is_complete = |pop: &pop_core::desk::Pop| pop.lookups.iter().all(|it| !it.is_pending());
    run.screen.card(interaction, is_complete).await;
    run.sender()
        .post(&chat(interaction, "ended", customer))
        .await;
}

/// The recording, as soon as there is one.
async fn recorded(office: &Office) -> String {
    let path = office.data().join("recorded.jsonl");
    let waited = tokio::time::timeout(Duration::from_secs(20), async {
        loop {
            match std::fs::read_to_string(&path) {
                Ok(text) if text.ends_with('\n') => return text,
                Ok(_) | Err(_) => tokio::task::yield_now().await,
            }
        }
    });
    waited.await.expect("it is recorded")
}

#[tokio::test]
async fn what_an_interaction_looked_like_is_recorded_and_not_who_it_was() {
    let office = Office::new();
    office.set(&json!({ "sandbox": { "enabled": true }, "history": { "recorded": 100 } }));
    let run = office.start().await;
    talk(&run, "c1", "12345").await;
    let text = recorded(&office).await;
    run.stop().await;
    let line: Recorded = serde_json::from_str(&text).expect("a recorded interaction");
    assert_eq!(line.interaction.channel.as_deref(), Some("chat"));
    let customer = line.customer.expect("somebody was found");
    assert_eq!(customer.id.len(), 5, "the shape of the id stays: {text}");
    assert_eq!(line.cases.len(), 2, "{text}");
    for personal in ["12345", "Gonzalez", "Cesar", "CS-20417", "c1"] {
        assert!(!text.contains(personal), "{personal} is in {text}");
    }
}

#[tokio::test]
async fn nothing_is_recorded_unless_it_is_wanted() {
    let office = Office::with_sandbox();
    let run = office.start().await;
    talk(&run, "c1", "12345").await;
    run.stop().await;
    assert!(!office.data().join("recorded.jsonl").exists());
}
