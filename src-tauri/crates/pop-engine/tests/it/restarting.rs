//! What a restart finds: accepted events that nobody handled, and interactions that had their card.

use pop_core::clock::Clock as _;
use pop_core::desk::Part;
use pop_core::phone::PhoneRules;
use pop_crm::SystemClock;
use pop_source::canonical::{Arrival, Framing, read};
use pop_source::source::Delivery;
use pop_store::{IncomingEvent, Keeping, KeyName, Store, Vault, VaultState};
use serde_json::{Value, json};

use crate::office::Office;
use crate::screen::Shown;
use crate::sender::chat;
use crate::telling::Other;
use crate::training::serve;
use crate::writes::{TOKEN, created};

#[tokio::test]
async fn an_event_that_was_accepted_and_not_handled_pops_once_at_the_next_start() {
    let office = Office::with_sandbox();
    office.start().await.stop().await;
    accept_and_die(&office, &chat("c1", "accepted", "12345"));
    let run = office.start().await;
    run.screen.record("c1").await;
    run.stop().await;

    let run = office.start().await;
    run.sender().post(&chat("c2", "accepted", "20001")).await;
    run.screen.record("c2").await;
    let shown = run.screen.now();
    assert!(shown.card("c1").is_none(), "it was handled");
    assert_eq!(shown.opened.len(), 1);
    run.stop().await;
}

#[tokio::test]
async fn a_rule_writes_once_although_the_program_died_right_after_the_end_was_accepted() {
    let (office, crm) = (Office::new(), serve(TOKEN).await);
    office.set_policy(&json!({ "automatic": [
        { "on": "ended", "do": "create_case", "input": { "subject": "After {interaction.id}" } }
    ] }));
    let run = office.start().await;
    run.connect(&crm, "The Bank", TOKEN).await;
    run.sender().post(&chat("c1", "accepted", "12345")).await;
    run.screen.customer("c1", "12345").await;
    run.stop().await;
    accept_and_die(&office, &chat("c1", "ended", "12345"));
    assert_eq!(created(&crm), 0, "control: it was accepted, and no more");

    let run = office.start().await;
    let made = || (created(&crm) == 1).then_some(());
    run.screen.until("a case", |_| made()).await;
    run.stop().await;
    accept_and_die(&office, &chat("c1", "ended", "12345"));
    let run = office.start().await;
    run.sender().post(&chat("c2", "accepted", "20001")).await;
    run.screen.customer("c2", "20001").await;
    run.stop().await;
    assert_eq!(created(&crm), 1, "heard again, it is the same");
}

#[tokio::test]
async fn what_ended_when_the_program_died_is_noted_by_rule_and_told_once() {
    let (office, crm) = (Office::new(), serve(TOKEN).await);
    let mut other = Other::saying(0, "").await;
    let mut policy = other.policy(&office, &["interaction.completed"], None);
    policy["automatic"] = json!([
        { "on": "ended", "do": "add_note", "input": { "note": "After {interaction.id}" } }
    ]);
    office.set_policy(&policy);
    let run = office.start().await;
    run.connect(&crm, "The Bank", TOKEN).await;
    // This customer has one open case, so it is clear where a note goes.
    run.sender().post(&chat("c1", "accepted", "88120")).await;
    let case = |shown: &Shown| {
        let lookup = shown.card("c1")?.lookups.first()?;
        matches!(lookup.cases, Part::Ready(_)).then_some(())
    };
    run.screen.until("the cases", case).await;
    run.stop().await;
    let noted = || {
        let requests = crm.requests();
        let noted = requests.iter().filter(|it| it.method == "POST");
        noted.filter(|it| it.path.contains("/notes")).count()
    };
    assert_eq!(noted(), 0, "control: it goes on");

    for _ in 0..2 {
        accept_and_die(&office, &chat("c1", "ended", "88120"));
        let run = office.start().await;
        let got = other.got(1).await;
        assert_eq!(got[0]["type"], "app.screenpop.interaction.completed.v1");
        assert_eq!(got[0]["data"]["customer"]["id"], "88120");
        run.screen
            .until("the note", |_| (noted() == 1).then_some(()))
            .await;
        run.stop().await;
    }
    assert_eq!(noted(), 1, "once");
    assert_eq!(other.got(1).await.len(), 1, "heard again, it is the same");
}

#[tokio::test]
async fn an_interaction_that_had_its_card_does_not_pop_again_after_a_restart() {
    let office = Office::with_sandbox();
    let run = office.start().await;
    run.sender().post(&chat("c1", "accepted", "12345")).await;
    run.screen.record("c1").await;
    run.stop().await;

    let run = office.start().await;
    let again = run.sender().post(&chat("c1", "accepted", "12345")).await;
    assert_eq!(again, 202, "under a new delivery id");
    run.sender().post(&chat("c2", "accepted", "20001")).await;
    run.screen.record("c2").await;
    assert!(run.screen.now().card("c1").is_none());
    let names: Vec<_> = run
        .history()
        .await
        .into_iter()
        .map(|past| past.name)
        .collect();
    assert_eq!(names.len(), 2, "both are in the history: {names:?}");
    assert!(names.contains(&Some("Cesar Gonzalez".to_owned())));
    run.stop().await;
}

/// What a program leaves that dies right after its 202.
fn accept_and_die(office: &Office, event: &Value) {
    let name = KeyName::of_vault("app.screenpop", "test", "default");
    let vault = Vault::open(&office.data(), &name, office.keychain.clone());
    let VaultState::Ready(vault) = vault else {
        panic!("the keychain is open");
    };
    let mut store =
        Store::open(&office.data(), Keeping::Sealed(vault.sealer())).expect("the store opens");
    let (raw, received) = (event.to_string().into_bytes(), SystemClock.now());
    let arrival = Arrival {
        received,
        delivery_id: Some("a-delivery"),
        traceparent: None,
    };
    let rules = PhoneRules::default();
    let delivery = Delivery {
        id: "a-delivery".to_owned(),
        sender: "local".to_owned(),
        body_hash: [7; 32],
        events: read(&Framing::Structured, &raw, arrival, &rules).expect("an event"),
        raw,
        framing: Framing::Structured,
        traceparent: None,
        received,
        expires: None,
        steps: pop_source::source::Steps::default(),
    };
    let incoming = IncomingEvent {
        sender: delivery.sender.clone(),
        id: delivery.id.clone(),
        body_hash: delivery.body_hash,
        event: delivery.kept(),
        at: received,
    };
    store.accept_event(&incoming).expect("it is kept");
}
