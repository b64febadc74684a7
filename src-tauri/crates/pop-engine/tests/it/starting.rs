//! The first moments of a start: events are taken before the keychain and the embedded CRM are
//! there.

use pop_core::desk::Matching;
use pop_core::fault::FaultKind;
use pop_core::status::Banner;
use pop_engine::Connected;

use crate::keychain::Mood;
use crate::office::Office;
use crate::sender::chat;
use crate::training::serve;

const TOKEN: &str = "token-of-the-bank";

#[tokio::test]
async fn a_card_looks_while_the_embedded_crm_is_starting() {
    let office = Office::with_sandbox();
    office.training.hold();
    let run = office.start().await;
    run.sender().post(&chat("c1", "accepted", "12345")).await;
    let card = run.screen.card("c1", |_| true).await;
    assert_eq!(card.matching, Matching::Looking);
    office.training.release();
    run.screen.customer("c1", "12345").await;
    let marks = run.screen.record("c1").await;
    assert!(marks.lookups.iter().all(|lookup| lookup.fault.is_none()));
    run.stop().await;
}

#[tokio::test]
async fn without_any_connection_the_card_says_so_at_once() {
    let office = Office::new();
    let run = office.start().await;
    run.sender().post(&chat("c1", "accepted", "12345")).await;
    let card = run.screen.card("c1", |_| true).await;
    assert_eq!(card.matching, Matching::Failed);
    assert!(card.lookups.is_empty(), "nobody is asked");
    run.stop().await;
}

#[tokio::test]
async fn a_card_looks_and_its_sender_waits_until_the_keychain_answers() {
    let (office, crm) = (Office::new(), serve(TOKEN).await);
    office.permit_plain_http();
    let run = office.start().await;
    run.connect(&crm, "The Bank", TOKEN).await;
    run.stop().await;

    office.keychain.turn(Mood::Silent);
    let run = office.start().await;
    let sender = run.sender();
    let request = sender.request(&chat("c1", "accepted", "12345"));
    let sent = tokio::spawn(async move { sender.send(&request).await });
    let card = run.screen.card("c1", |_| true).await;
    assert_eq!(
        card.matching,
        Matching::Looking,
        "its sign-in may still come"
    );
    assert!(!sent.is_finished(), "it is not kept yet");
    office.keychain.turn(Mood::Open);
    assert_eq!(sent.await.expect("sent"), 202);
    run.screen.record("c1").await;
    run.stop().await;
}

#[tokio::test]
async fn an_event_that_was_not_kept_when_the_program_ended_is_refused() {
    let office = Office::with_sandbox();
    office.keychain.turn(Mood::Silent);
    let run = office.start().await;
    let sender = run.sender();
    let request = sender.request(&chat("c1", "accepted", "12345"));
    let sent = tokio::spawn(async move { sender.send(&request).await });
    run.screen.record("c1").await;
    run.stop().await;
    assert_eq!(sent.await.expect("sent"), 503, "its sender brings it again");
    office.keychain.turn(Mood::Open);
}

#[tokio::test]
async fn without_a_keychain_the_answer_does_not_wait_and_a_banner_says_why() {
    let office = Office::with_sandbox();
    office.keychain.turn(Mood::Absent);
    let run = office.start().await;
    assert_eq!(
        run.sender().post(&chat("c1", "accepted", "12345")).await,
        202
    );
    run.screen.record("c1").await;
    let banners = run.screen.now().status.expect("drawn").banners;
    assert!(
        matches!(banners[..], [Banner::MemoryOnly(_)]),
        "{banners:?}"
    );
    run.stop().await;
    assert!(
        !office.data().join("vault").exists(),
        "nothing secret is written"
    );
}

#[tokio::test]
async fn a_locked_keychain_is_the_reason_on_the_card_until_it_is_unlocked() {
    let (office, crm) = (Office::new(), serve(TOKEN).await);
    office.permit_plain_http();
    let run = office.start().await;
    run.connect(&crm, "The Bank", TOKEN).await;
    run.stop().await;

    office.keychain.turn(Mood::Locked);
    let run = office.start().await;
    assert_eq!(
        run.sender().post(&chat("c1", "accepted", "12345")).await,
        202
    );
    let card = run
        .screen
        .card("c1", |pop| pop.matching == Matching::Failed)
        .await;
    let fault = card.lookups[0].fault.as_ref().expect("said");
    assert_eq!(fault.kind, FaultKind::KeychainLocked);
    let found = run
        .engine
        .search("Cesar".to_owned())
        .await
        .expect("it runs");
    assert_eq!(found.faults[0].1.kind, FaultKind::KeychainLocked);
    let tested = run.engine.test(found.faults[0].0.clone()).await;
    assert!(matches!(
        tested,
        Ok(Connected::Failed { fault, .. }) if fault.kind == FaultKind::KeychainLocked
    ));

    office.keychain.turn(Mood::Open);
    run.engine.unlock().await;
    run.screen.record("c1").await;
    let found = run
        .engine
        .search("Cesar".to_owned())
        .await
        .expect("it runs");
    assert!(found.faults.is_empty() && !found.customers.is_empty());
    run.stop().await;
}
