//! What a restart finds: accepted events that nobody handled, and interactions that had their card.

use std::time::Duration;

use pop_core::clock::Clock as _;
use pop_core::desk::{Part, Phase};
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

/// A rule that makes a case of every end, and a system that is told of it.
fn by_rule(office: &Office, other: &Other) {
    let mut policy = other.policy(office, &["interaction.completed"], None);
    policy["automatic"] = json!([
        { "on": "ended", "when": "interaction.channel == 'chat'", "do": "create_case",
          "input": { "subject": "After {interaction.id} of {customer.name}" } }
    ]);
    office.set_policy(&policy);
}

#[tokio::test]
async fn an_end_that_is_heard_after_a_restart_is_written_by_rule_and_told_once() {
    let (office, crm) = (Office::new(), serve(TOKEN).await);
    let mut other = Other::saying(0, "").await;
    by_rule(&office, &other);
    let run = office.start().await;
    run.connect(&crm, "The Bank", TOKEN).await;
    run.sender().post(&chat("c1", "accepted", "12345")).await;
    run.screen.customer("c1", "12345").await;
    run.stop().await;
    assert_eq!(created(&crm), 0, "control: it goes on");

    let run = office.start().await;
    assert_eq!(run.sender().post(&chat("c1", "ended", "12345")).await, 202);
    let got = other.got(1).await;
    assert_eq!(got[0]["type"], "app.screenpop.interaction.completed.v1");
    let made = || (created(&crm) == 1).then_some(());
    run.screen.until("a case", |_| made()).await;
    let over = |shown: &Shown| {
        let mut today = shown.status.as_ref()?.today.iter();
        today.any(|past| past.phase == Phase::Ended).then_some(())
    };
    run.screen
        .until("its end in the list of the day", over)
        .await;
    run.sender().post(&chat("c1", "ended", "12345")).await;
    run.stop().await;
    let run = office.start().await;
    run.sender().post(&chat("c1", "ended", "12345")).await;
    run.sender().post(&chat("c2", "accepted", "20001")).await;
    run.screen.customer("c2", "20001").await;
    run.stop().await;
    assert_eq!(created(&crm), 1, "heard again, it is the same");
    assert_eq!(other.got(1).await.len(), 1, "told once");
}

#[tokio::test]
async fn what_follows_an_offer_of_an_earlier_run_leads_to_its_end() {
    let (office, crm) = (Office::new(), serve(TOKEN).await);
    let other = Other::saying(0, "").await;
    by_rule(&office, &other);
    let run = office.start().await;
    run.connect(&crm, "The Bank", TOKEN).await;
    run.sender().post(&chat("c1", "offered", "12345")).await;
    run.screen.customer("c1", "12345").await;
    run.stop().await;

    let run = office.start().await;
    run.sender().post(&chat("c1", "accepted", "12345")).await;
    let accepted = |shown: &Shown| {
        let mut today = shown.status.as_ref()?.today.iter();
        today
            .any(|past| past.phase == Phase::Accepted)
            .then_some(())
    };
    run.screen
        .until("it in the list of the day", accepted)
        .await;
    assert_eq!(created(&crm), 0, "control: it goes on");
    run.sender().post(&chat("c1", "ended", "12345")).await;
    let made = || (created(&crm) == 1).then_some(());
    run.screen.until("a case", |_| made()).await;
    run.stop().await;
}

#[tokio::test]
async fn an_end_without_an_interaction_finds_the_customers_only_one_of_an_earlier_run() {
    let (office, crm) = (Office::new(), serve(TOKEN).await);
    let other = Other::saying(0, "").await;
    by_rule(&office, &other);
    let run = office.start().await;
    run.connect(&crm, "The Bank", TOKEN).await;
    run.sender().post(&chat("c1", "accepted", "12345")).await;
    run.screen.customer("c1", "12345").await;
    run.stop().await;

    let run = office.start().await;
    let end = json!({ "event": "chat_completed", "customerId": "12345", "agent": "agent01",
        "summary": "Asked about the loan" });
    assert_eq!(run.sender().post(&end).await, 202);
    let made = || (created(&crm) == 1).then_some(());
    run.screen.until("a case", |_| made()).await;
    let over = |shown: &Shown| {
        let mut today = shown.status.as_ref()?.today.iter();
        today.any(|past| past.phase == Phase::Ended).then_some(())
    };
    run.screen.until("its end", over).await;
    assert_eq!(run.history().await.len(), 1, "no other one than c1");
    run.stop().await;
}

#[tokio::test]
async fn the_end_of_what_nobody_knows_writes_nothing_by_rule_and_that_is_counted() {
    let (office, crm) = (Office::new(), serve(TOKEN).await);
    office.set_policy(&json!({ "automatic": [
        { "on": "ended", "do": "create_case", "input": { "subject": "{interaction.reason}" } }
    ] }));
    let run = office.start().await;
    run.connect(&crm, "The Bank", TOKEN).await;
    run.sender().post(&chat("c1", "accepted", "12345")).await;
    run.screen.customer("c1", "12345").await;
    run.stop().await;

    let run = office.start().await;
    run.sender().post(&chat("c1", "ended", "12345")).await;
    let counted = |shown: &Shown| {
        let refusals = &shown.status.as_ref()?.refusals;
        refusals.contains_key("rule_without_facts").then_some(())
    };
    run.screen.until("the count", counted).await;
    run.stop().await;
    assert_eq!(created(&crm), 0);
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

#[tokio::test]
async fn what_nobody_took_before_a_restart_pops_when_it_is_offered_anew() {
    let office = Office::with_sandbox();
    let run = office.start().await;
    let offered = chat("c1", "offered", "12345");
    run.sender().post(&offered).await;
    run.screen.card("c1", |_| true).await;
    run.sender().post(&chat("c1", "declined", "12345")).await;
    run.screen.card("c1", |pop| pop.phase.was_not_taken()).await;
    run.stop().await;

    let run = office.start().await;
    run.sender().post(&offered).await;
    run.sender().post(&chat("c2", "accepted", "20001")).await;
    run.screen.record("c2").await;
    let old = run.screen.now().card("c1").is_some();
    assert!(!old, "control: the same offer again is no new one");
    run.sender().post(&chat("c1", "offered", "12345")).await;
    run.screen.card("c1", |pop| pop.phase.is_live()).await;
    assert_eq!(run.history().await.len(), 2, "it is one interaction");
    run.stop().await;
}

#[tokio::test]
async fn what_was_offered_too_late_for_a_card_has_one_when_it_is_accepted_after_a_restart() {
    let office = Office::with_sandbox();
    let run = office.start().await;
    let mut late = chat("c1", "offered", "12345");
    let offered = SystemClock.now().before(Duration::from_mins(10));
    late["time"] = offered.rfc3339().into();
    run.sender().post(&late).await;
    run.sender().post(&chat("c2", "accepted", "20001")).await;
    run.screen.record("c2").await;
    assert!(run.screen.now().card("c1").is_none(), "control: too late");
    run.stop().await;

    let run = office.start().await;
    run.sender().post(&chat("c1", "accepted", "12345")).await;
    run.screen.record("c1").await;
    assert_eq!(run.history().await.len(), 2, "it is one interaction");
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
