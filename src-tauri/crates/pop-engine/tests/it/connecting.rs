//! A CRM connected by the form: tested, kept when it answers, asked from then on.

use pop_core::desk::{Command, Matching, Pop};
use pop_core::fault::{Fault, FaultKind};
use pop_core::profile::ConnectionId;
use pop_engine::Connected;

use crate::office::{Office, Run, settings_of};
use crate::sender::chat;
use crate::training::serve;

const TOKEN: &str = "token-of-the-bank";

#[tokio::test]
async fn a_crm_that_the_form_connects_is_asked_for_the_next_event() {
    let (office, crm) = (Office::new(), serve(TOKEN).await);
    office.permit_plain_http();
    let run = office.start().await;
    let connected = run.connect(&crm, "The Bank", TOKEN).await;
    let Connected::Yes {
        connection,
        signed_in_as,
    } = connected
    else {
        panic!("it answers");
    };
    assert_eq!(connection, ConnectionId("the-bank".to_owned()));
    let who = "Sandbox Agent (agent07@example.com)";
    assert_eq!(signed_in_as.as_deref(), Some(who));

    run.sender().post(&chat("c1", "accepted", "12345")).await;
    run.screen.customer("c1", "12345").await;
    run.screen.record("c1").await;
    let page = format!("{}/customers/12345", crm.origin());
    assert_eq!(run.screen.now().opened, [page]);

    assert!(settings_of(&office).contains("the-bank"), "it is kept");
    run.stop().await;
    let run = office.start().await;
    run.sender().post(&chat("c2", "accepted", "12345")).await;
    run.screen.record("c2").await;
    run.stop().await;
    assert!(!office.on_disk().contains(TOKEN), "its secret is sealed");
}

#[tokio::test]
async fn an_agent_who_looks_again_gets_what_is_so_now() {
    let (office, crm) = (Office::new(), serve(TOKEN).await);
    office.permit_plain_http();
    let run = office.start().await;
    run.connect(&crm, "The Bank", TOKEN).await;
    let is_unknown = |pop: &Pop| pop.matching == Matching::None;
    run.sender().post(&chat("c1", "accepted", "nobody")).await;
    let card = run.screen.card("c1", is_unknown).await;
    let before = crm.requests().len();
    run.sender().post(&chat("c2", "accepted", "nobody")).await;
    run.screen.card("c2", is_unknown).await;
    assert_eq!(crm.requests().len(), before, "it was asked a moment ago");

    let look_again = Command::Retry {
        at: card.at(),
        connection: ConnectionId("the-bank".to_owned()),
    };
    let taken = run.engine.command(look_again).await;
    assert!(taken.is_ok(), "the card is still there");
    let is_asked = || (crm.requests().len() > before).then_some(());
    run.screen.until("a question", |_| is_asked()).await;
    run.stop().await;
}

#[tokio::test]
async fn plain_http_needs_the_machine_policy() {
    let (office, crm) = (Office::new(), serve(TOKEN).await);
    let run = office.start().await;
    let connected = run.connect(&crm, "The Bank", TOKEN).await;
    let Connected::Refused(fields) = connected else {
        panic!("the policy does not permit it");
    };
    assert_eq!(fields[0].0, "server", "the field is named");
    assert!(crm.requests().is_empty(), "nothing was sent");
    assert!(!settings_of(&office).contains("the-bank"));
    run.stop().await;
}

#[tokio::test]
async fn a_wrong_token_is_named_as_the_cause_and_nothing_is_kept() {
    let (office, crm) = (Office::new(), serve(TOKEN).await);
    office.permit_plain_http();
    let run = office.start().await;
    let connected = run.connect(&crm, "The Bank", "another-token").await;
    let Connected::Failed { label, fault } = connected else {
        panic!("the token is wrong");
    };
    assert_eq!(label, "The Bank");
    assert_eq!(
        (fault.kind, fault.status),
        (FaultKind::SignInNeeded, Some(401))
    );
    assert!(!settings_of(&office).contains("the-bank"));
    let right = run.connect(&crm, "The Bank", TOKEN).await;
    assert!(matches!(right, Connected::Yes { .. }));
    assert!(settings_of(&office).contains("the-bank"));
    run.stop().await;
}

#[tokio::test]
async fn a_card_whose_sign_in_had_expired_completes_itself_after_the_new_one() {
    let (office, crm) = (Office::new(), serve(TOKEN).await);
    office.permit_plain_http();
    let run = office.start().await;
    run.connect(&crm, "The Bank", TOKEN).await;
    crm.renew_token("token-of-tomorrow").expect("a token");
    run.sender().post(&chat("c1", "accepted", "12345")).await;
    let card = run
        .screen
        .card("c1", |pop| pop.matching == Matching::Failed)
        .await;
    let fault = card.lookups[0].fault.as_ref().expect("said");
    assert_eq!(fault.kind, FaultKind::SignInNeeded);
    assert!(run.screen.now().opened.is_empty());
    let dark = run
        .engine
        .set("appearance.theme".to_owned(), "dark".into())
        .await;
    dark.expect("a setting");
    assert!(
        health(&run).is_some(),
        "another setting changes nothing of it"
    );

    let bank = ConnectionId("the-bank".to_owned());
    run.connect_again(Some(bank), &crm, "The Bank", "token-of-tomorrow")
        .await;
    run.screen.record("c1").await;
    assert_eq!(health(&run), None, "it is well again");
    run.stop().await;
}

#[tokio::test]
async fn a_kept_secret_is_never_carried_to_another_server() {
    let (office, crm) = (Office::new(), serve(TOKEN).await);
    office.permit_plain_http();
    let run = office.start().await;
    run.connect(&crm, "The Bank", TOKEN).await;
    let bank = || Some(ConnectionId("the-bank".to_owned()));
    let stays = run.connect_again(bank(), &crm, "Our Bank", "").await;
    assert!(
        matches!(stays, Connected::Yes { .. }),
        "control: the same server gets it again"
    );

    let other = serve(TOKEN).await;
    let led_away = run.connect_again(bank(), &other, "The Bank", "").await;
    let Connected::Refused(fields) = led_away else {
        panic!("the secret is asked for again");
    };
    assert_eq!(fields[0].0, "secret", "the field is named");
    assert!(other.requests().is_empty(), "nothing was sent there");
    run.stop().await;
}

/// What is wrong with the only connection.
fn health(run: &Run) -> Option<Fault> {
    let status = run.screen.now().status.expect("drawn");
    status.connections[0].fault.clone()
}
