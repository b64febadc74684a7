//! What is over its time goes by itself, every day.

use std::time::Duration;

use crate::keychain::Mood;
use crate::office::{Office, Run};
use crate::sender::chat;

const DAY: Duration = Duration::from_hours(24);

#[tokio::test]
async fn history_goes_after_its_time_as_long_as_the_program_runs() {
    goes_after_its_time(Mood::Open).await;
}

#[tokio::test]
async fn history_in_memory_goes_after_its_time_too() {
    goes_after_its_time(Mood::Absent).await;
}

/// History is kept for 30 days.
async fn goes_after_its_time(mood: Mood) {
    let office = Office::with_sandbox();
    office.keychain.turn(mood);
    let run = office.start().await;
    run.sender().post(&chat("c1", "accepted", "12345")).await;
    run.screen.record("c1").await;
    let later = |days: u32| {
        office.clock.forward(DAY * days);
        looked(&run)
    };
    later(29).await;
    assert_eq!(run.history().await.len(), 1, "not before its time");
    later(2).await;
    assert!(run.history().await.is_empty(), "after its time");
    run.stop().await;
}

/// Waits until the engine has looked around, which it does every few seconds.
async fn looked(run: &Run) {
    let drawn = |run: &Run| run.screen.now().status.map_or(0, |status| status.seq);
    let before = drawn(run);
    run.screen
        .until("a look around", |shown| {
            let status = shown.status.as_ref()?;
            (status.seq > before).then_some(())
        })
        .await;
}
