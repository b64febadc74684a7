//! Signing out takes the secret and everything that the CRM told.

use pop_core::desk::Matching;
use pop_core::profile::ConnectionId;
use pop_core::status::Banner;

use crate::keychain::Mood;
use crate::office::{Office, Run, settings_of};
use crate::sender::chat;
use crate::training::serve;

const TOKEN: &str = "token-of-the-bank";

fn bank() -> ConnectionId {
    ConnectionId("the-bank".to_owned())
}

async fn names(run: &Run) -> Vec<Option<String>> {
    let history = run.history().await;
    history.into_iter().map(|past| past.name).collect()
}

#[tokio::test]
async fn the_last_sign_out_leaves_neither_secret_nor_key_nor_customer() {
    let (office, crm) = (Office::new(), serve(TOKEN).await);
    office.permit_plain_http();
    let run = office.start().await;
    run.connect(&crm, "The Bank", TOKEN).await;
    run.sender().post(&chat("c1", "accepted", "12345")).await;
    run.screen.record("c1").await;
    let known = Some("Cesar Gonzalez".to_owned());
    assert_eq!(
        names(&run).await,
        std::slice::from_ref(&known),
        "there before"
    );
    let keys = office.keychain.keys();
    assert_eq!(keys.len(), 1);

    run.engine.forget(bank()).await.expect("it signs out");
    let card = run.screen.card("c1", |pop| pop.lookups.is_empty()).await;
    assert_eq!(card.matching, Matching::Failed, "nobody is left to ask");
    assert!(!names(&run).await.contains(&known), "not in the history");
    assert!(!settings_of(&office).contains("the-bank"));
    // The next event is answered when the new vault is there.
    run.sender().post(&chat("c2", "accepted", "12345")).await;
    assert_ne!(office.keychain.keys(), keys, "the key is another one");
    run.stop().await;

    let run = office.start().await;
    assert!(!names(&run).await.contains(&known), "not after a restart");
    assert_eq!(run.history().await.len(), 2, "what came since is kept");
    run.stop().await;
}

#[tokio::test]
async fn signing_out_of_one_crm_leaves_what_the_others_told() {
    let (office, one, other) = (Office::new(), serve(TOKEN).await, serve(TOKEN).await);
    office.permit_plain_http();
    let run = office.start().await;
    run.connect(&one, "The Bank", TOKEN).await;
    run.sender().post(&chat("c1", "accepted", "12345")).await;
    run.screen.record("c1").await;
    run.connect(&other, "Another", TOKEN).await;
    run.sender().post(&chat("c2", "accepted", "20001")).await;
    let card = run.screen.record("c2").await;
    let (asked, _) = card.customer().expect("known");
    assert_eq!(asked.0, "another", "by name, the first");
    let keys = office.keychain.keys();

    run.engine.forget(bank()).await.expect("it signs out");
    run.screen
        .card("c1", |pop| {
            let customer = pop.customer();
            customer.is_some_and(|(connection, _)| connection.0 == "another")
        })
        .await;
    run.screen.customer("c2", "20001").await;
    assert_eq!(office.keychain.keys(), keys, "the other's secret needs it");
    assert!(settings_of(&office).contains("another"));
    run.sender().post(&chat("c3", "accepted", "20002")).await;
    run.screen.customer("c3", "20002").await;
    run.stop().await;
}

#[tokio::test]
async fn nobody_signs_out_while_the_keychain_is_locked_because_the_secret_would_stay() {
    let (office, crm) = (Office::new(), serve(TOKEN).await);
    office.permit_plain_http();
    let run = office.start().await;
    run.connect(&crm, "The Bank", TOKEN).await;
    run.stop().await;

    office.keychain.turn(Mood::Locked);
    let run = office.start().await;
    run.banner(&Banner::KeychainLocked).await;
    let refused = run.engine.forget(bank()).await.expect_err("it is locked");
    assert!(refused.why.contains("unlock"), "{}", refused.why);
    assert!(settings_of(&office).contains("the-bank"), "nothing is done");
    office.keychain.turn(Mood::Open);
    run.engine.unlock().await;
    run.sender().post(&chat("c1", "accepted", "12345")).await;
    run.screen.record("c1").await;
    run.engine.forget(bank()).await.expect("it signs out");
    assert!(!settings_of(&office).contains("the-bank"));
    run.stop().await;
}
