//! The end of an interaction that never had a card here: what follows from it all the same.

use std::time::Duration;

use pop_sandbox::Sandbox;
use pop_store::{AuditAction, AuditObject};
use serde_json::{Value, json};

use crate::office::{Office, Run};
use crate::screen::Shown;
use crate::sender::{chat, chat_of};
use crate::telling::Other;
use crate::training::serve;
use crate::writes::{TOKEN, created};

/// Longer than anybody can take something back.
const LATER: Duration = Duration::from_secs(6);

/// A number that three customers share.
const SHARED: &str = "+34600012777";

fn office() -> Office {
    let office = Office::new();
    office.set_policy(&json!({ "automatic": [
        { "on": "ended", "do": "create_case",
          "input": { "subject": "After {interaction.id}", "description": "{interaction.summary?}" } }
    ] }));
    office
}

/// The guide's simple form, which names no interaction.
fn completed(customer: &str) -> Value {
    json!({ "event": "chat_completed", "customerId": customer, "agent": "agent01",
        "summary": "Asked about the loan" })
}

async fn counted(run: &Run, code: &str) {
    let counted = |shown: &Shown| {
        let refusals = &shown.status.as_ref()?.refusals;
        refusals.get(code).map(|_| ())
    };
    run.screen.until(code, counted).await;
}

async fn made(run: &Run, crm: &Sandbox, count: usize) {
    let made = || (created(crm) == count).then_some(());
    run.screen.until("the cases", |_| made()).await;
}

#[tokio::test]
async fn an_end_without_a_card_is_written_once_for_the_customer_and_shows_nothing() {
    let (office, crm) = (office(), serve(TOKEN).await);
    let run = office.start().await;
    run.connect(&crm, "The Bank", TOKEN).await;
    assert_eq!(run.sender().post(&chat("c1", "ended", "12345")).await, 202);
    made(&run, &crm, 1).await;
    assert_eq!(run.sender().post(&chat("c1", "ended", "12345")).await, 202);
    assert_eq!(run.sender().post(&completed("20001")).await, 202);
    made(&run, &crm, 2).await;

    let shown = run.screen.now();
    assert!(shown.cards.is_empty(), "no card");
    assert!(shown.opened.is_empty(), "nothing opens");
    let history = run.history().await;
    let names: Vec<_> = history.iter().map(|past| past.name.as_deref()).collect();
    assert!(names.contains(&Some("Cesar Gonzalez")), "{names:?}");
    let (lines, _) = run.engine.audit(0, 100).await.expect("it is read");
    let read = lines.iter().filter(|line| {
        let object = line.told.as_ref().and_then(|told| told.object.as_ref());
        line.action == AuditAction::Read
            && matches!(object, Some(AuditObject::Record(it)) if it.id == "12345")
    });
    assert_eq!(read.count(), 1, "that the record was read is in the audit");

    run.sender().post(&chat("c2", "accepted", "20001")).await;
    run.screen.customer("c2", "20001").await;
    run.screen.record("c2").await;
    assert_eq!(run.screen.now().cards.len(), 1, "control: a card");
    run.stop().await;
    assert_eq!(created(&crm), 2, "heard again, it is the same");
}

#[tokio::test]
async fn an_end_of_several_customers_or_of_nobody_is_counted_and_writes_nothing() {
    let (office, crm) = (office(), serve(TOKEN).await);
    let run = office.start().await;
    run.connect(&crm, "The Bank", TOKEN).await;
    let shared = json!({ "phone": SHARED, "identityAssurance": "ani" });
    run.sender().post(&chat_of("c1", "ended", &shared)).await;
    counted(&run, "end_several").await;
    run.sender().post(&chat("c2", "ended", "no-such-one")).await;
    counted(&run, "end_nobody").await;
    run.sender().post(&chat_of("c3", "ended", &json!({}))).await;
    assert_eq!(created(&crm), 0);

    run.sender().post(&chat("c4", "ended", "12345")).await;
    made(&run, &crm, 1).await;
    run.stop().await;
    assert_eq!(created(&crm), 1, "control: the certain one");
}

#[tokio::test]
async fn an_end_waits_for_its_crm_also_over_a_restart() {
    let (office, crm) = (office(), serve(TOKEN).await);
    let run = office.start().await;
    run.sender().post(&chat("c1", "ended", "12345")).await;
    counted(&run, "end_waits").await;
    run.stop().await;

    let run = office.start().await;
    counted(&run, "end_waits").await;
    assert_eq!(created(&crm), 0, "nobody can be asked");
    run.connect(&crm, "The Bank", TOKEN).await;
    made(&run, &crm, 1).await;
    run.stop().await;

    let run = office.start().await;
    run.sender().post(&chat("c2", "accepted", "20001")).await;
    run.screen.customer("c2", "20001").await;
    let refusals = run.screen.now().status.expect("drawn").refusals;
    assert!(!refusals.contains_key("end_waits"), "it is handled");
    run.stop().await;
    assert_eq!(created(&crm), 1, "once");
}

/// An end that waits for a CRM, and a start after the computer was off for so long.
async fn off_for(office: &Office, hours: u64) -> Run {
    let run = office.start().await;
    run.sender().post(&chat("c1", "ended", "12345")).await;
    counted(&run, "end_waits").await;
    run.stop().await;
    office.clock.forward(Duration::from_hours(hours));
    office.start().await
}

#[tokio::test]
async fn an_end_that_waited_while_the_computer_was_off_for_days_is_counted_once() {
    let (office, crm) = (office(), serve(TOKEN).await);
    let run = off_for(&office, 72).await;
    counted(&run, "end_unasked").await;
    run.connect(&crm, "The Bank", TOKEN).await;
    run.stop().await;
    assert_eq!(created(&crm), 0, "it is too late for it");
    let run = office.start().await;
    run.connect(&crm, "The Other Bank", TOKEN).await;
    let refusals = run.screen.now().status.expect("drawn").refusals;
    assert!(!refusals.contains_key("end_unasked"), "it was said");
    run.stop().await;

    let (office, crm) = (self::office(), serve(TOKEN).await);
    let run = off_for(&office, 20).await;
    run.connect(&crm, "The Bank", TOKEN).await;
    made(&run, &crm, 1).await;
    let refusals = run.screen.now().status.expect("drawn").refusals;
    assert!(!refusals.contains_key("end_unasked"), "control: in time");
    run.stop().await;
}

#[tokio::test]
async fn what_the_agent_declined_or_missed_runs_no_rules_with_a_card_or_without() {
    let (office, crm) = (office(), serve(TOKEN).await);
    let run = office.start().await;
    run.connect(&crm, "The Bank", TOKEN).await;
    let missed = |interaction: &str| {
        let mut missed = chat(interaction, "declined", "12345");
        missed["data"]["declineReason"] = "timeout".into();
        missed
    };
    run.sender().post(&chat("c1", "declined", "12345")).await;
    run.sender().post(&missed("c2")).await;
    for (interaction, end) in [
        ("c3", chat("c3", "declined", "12345")),
        ("c4", missed("c4")),
    ] {
        let offered = chat(interaction, "offered", "12345");
        assert_eq!(run.sender().post(&offered).await, 202);
        run.screen.customer(interaction, "12345").await;
        run.sender().post(&end).await;
    }
    run.sender().post(&chat("c5", "accepted", "20001")).await;
    run.screen.customer("c5", "20001").await;
    run.sender().post(&chat("c5", "ended", "20001")).await;
    // Nothing waits any more for somebody to take it back.
    for _ in 0..10 {
        office.clock.forward(LATER);
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    made(&run, &crm, 1).await;
    run.stop().await;
    assert_eq!(created(&crm), 1, "control: the one that the agent had");
}

#[tokio::test]
async fn an_end_that_names_no_interaction_is_not_written_beside_one_that_is_known() {
    let (office, crm) = (office(), serve(TOKEN).await);
    let run = office.start().await;
    run.connect(&crm, "The Bank", TOKEN).await;
    run.sender().post(&chat("c1", "accepted", "12345")).await;
    run.screen.customer("c1", "12345").await;
    run.sender().post(&chat("c1", "ended", "12345")).await;
    run.sender().post(&completed("12345")).await;
    counted(&run, "end_repeats").await;
    run.sender().post(&completed("20001")).await;
    made(&run, &crm, 1).await;
    office.clock.forward(LATER);
    made(&run, &crm, 2).await;
    run.stop().await;
    assert_eq!(created(&crm), 2, "one of each customer");
}

#[tokio::test]
async fn other_systems_are_told_of_an_end_without_a_card() {
    let (office, crm) = (Office::new(), serve(TOKEN).await);
    let mut other = Other::saying(0, "").await;
    let body = json!({ "event": "chat_completed", "customerId": "{customer.id}",
        "seconds": "{interaction.seconds?}" });
    office.set_policy(&other.policy(&office, &["interaction.completed"], Some(body)));
    let run = office.start().await;
    run.connect(&crm, "The Bank", TOKEN).await;
    run.sender().post(&chat("c1", "ended", "12345")).await;
    let got = other.got(1).await;
    assert_eq!(got[0]["customerId"], "12345");
    assert_eq!(got[0].get("seconds"), None, "nobody knows when it began");
    run.stop().await;
    assert_eq!(created(&crm), 0, "no rule writes");
}
