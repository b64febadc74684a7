//! The flight recorder: the whole way of an interaction, and nothing that tells of a person.

use pop_core::desk::Matching;
use pop_core::flight::{Flight, Step};
use pop_engine::FlightOf;
use serde_json::json;

use crate::office::{Office, Run};
use crate::sender::chat;

async fn flight(run: &Run, interaction: &str) -> Flight {
    let pop = run.screen.card(interaction, |_| true).await.id;
    run.engine.flight(FlightOf::Card(pop)).await.expect("known")
}

fn marks<'f>(flight: &'f Flight, name: &str) -> Vec<&'f Step> {
    let marks = flight.steps.iter();
    marks.filter(|mark| mark.name == name).collect()
}

#[tokio::test]
async fn the_way_of_a_pop_is_recorded_step_by_step_with_its_requests() {
    let office = Office::with_sandbox();
    office.set(&json!({
        "sandbox": { "enabled": true },
        "rules": [{ "name": "chats first", "when": "interaction.channel == 'chat'", "vip": true }],
    }));
    let run = office.start().await;
    // What comes before the vault is open comes a second time out of the store, without its steps.
    run.sender().post(&chat("c0", "offered", "20001")).await;
    run.sender().post(&chat("c1", "accepted", "12345")).await;
    run.screen.record("c1").await;
    run.screen
        .card("c1", |pop| pop.lookups.iter().all(|it| !it.is_pending()))
        .await;
    let flight = flight(&run, "c1").await;
    let names: Vec<&str> = flight.steps.iter().map(|mark| mark.name.as_str()).collect();
    let mut at = 0;
    for step in [
        "received",
        "verified",
        "mapped",
        "popped",
        "asked_who",
        "request",
        "answered_who",
        "matched_one",
        "link_chosen",
    ] {
        let found = names.iter().skip(at).position(|name| *name == step);
        at += found.unwrap_or_else(|| panic!("{step} after {at} in {names:?}"));
    }
    let matched = marks(&flight, "matched_one")[0];
    assert_eq!(matched.code.as_deref(), Some("id"), "by which kind");
    let about = matched.about.as_ref().map(pop_core::flight::Named::as_str);
    assert_eq!(about, Some("sandbox"), "in which connection");
    let rule = marks(&flight, "rule")[0].about.clone();
    assert_eq!(
        rule.as_ref().map(pop_core::flight::Named::as_str),
        Some("chats first")
    );
    assert_eq!(
        marks(&flight, "link_chosen")[0].number,
        Some(1),
        "its number"
    );
    let request = marks(&flight, "request")[0].request.clone().expect("one");
    assert_eq!(request.status, Some(200));
    assert!(request.call.starts_with("find."), "{}", request.call);
    assert!(
        request.path.starts_with("/api/customers"),
        "{}",
        request.path
    );
    assert!(request.request.is_some(), "the CRM's own id of it");
    assert!(
        request.trace.is_some(),
        "a trace although the event brought none"
    );
    assert!(request.timing.wait.is_some(), "where the time went");
    let traces: std::collections::BTreeSet<_> = marks(&flight, "request")
        .iter()
        .filter_map(|mark| Some(mark.request.as_ref()?.trace.as_ref()?.as_str().to_owned()))
        .collect();
    assert_eq!(traces.len(), 1, "one trace for the whole pop");
    run.stop().await;
}

#[tokio::test]
async fn nothing_that_tells_of_the_customer_is_in_the_recorder() {
    let office = Office::with_sandbox();
    let run = office.start().await;
    let mut event = chat("c1", "accepted", "12345");
    event["data"]["customer"]["email"] = json!("cesar.gonzalez@example.com");
    event["data"]["customer"]["phone"] = json!("+34600012345");
    run.sender().post(&event).await;
    let card = run.screen.record("c1").await;
    let (_, hit) = card.customer().expect("known");
    let name = hit.customer.name.clone().expect("a name");
    let told = format!("{:?}", flight(&run, "c1").await.steps);
    for personal in [
        "12345\"",
        "cesar.gonzalez",
        "600012345",
        &name,
        "/customers/12345",
    ] {
        assert!(!told.contains(personal), "{personal} is in {told}");
    }
    assert!(
        told.contains('{'),
        "the path stands there with its names: {told}"
    );
    run.stop().await;
}

#[tokio::test]
async fn the_way_of_a_past_interaction_is_still_there_and_an_unknown_one_is_refused() {
    let office = Office::with_sandbox();
    let run = office.start().await;
    run.sender()
        .post(&chat("c1", "accepted", "no-such-one"))
        .await;
    run.screen
        .card("c1", |pop| pop.matching == Matching::None)
        .await;
    run.stop().await;
    let run = office.start().await;
    let past = run.history().await[0].number;
    let flight = run
        .engine
        .flight(FlightOf::Past(past))
        .await
        .expect("known");
    assert_eq!(marks(&flight, "matched_none").len(), 1);
    assert_eq!(marks(&flight, "answered_who")[0].number, Some(0), "nobody");
    let unknown = run.engine.flight(FlightOf::Past(past + 7)).await;
    assert_eq!(unknown.expect_err("nothing").code, "E_ARG");
    run.stop().await;
}
