//! The customers whom the search offers before a word is typed.

use pop_core::desk::{At, Pop};
use pop_core::profile::ConnectionId;

use crate::keychain::Mood;
use crate::office::{Office, Run};
use crate::sender::chat;
use crate::training::serve;
use crate::writes::TOKEN;

const CESAR: &str = "Cesar Gonzalez";

fn of(pop: &Pop) -> At {
    At {
        pop: pop.id,
        generation: pop.generation,
    }
}

/// Waits until these are offered: pinned ones and recent ones.
async fn offered(run: &Run, pinned: &[&str], recent: &[&str]) {
    let is_shown = |shown: &crate::screen::Shown| {
        let status = shown.status.as_ref()?;
        let names = |known: &[pop_core::status::AtHand]| -> Vec<String> {
            known.iter().map(|known| known.name.clone()).collect()
        };
        let fits = names(&status.pinned) == pinned && names(&status.recent) == recent;
        fits.then_some(())
    };
    run.screen.until("who is at hand", is_shown).await;
}

#[tokio::test]
async fn a_new_customer_who_is_there_already_is_known_by_address_and_number_typed_to_the_end() {
    let (office, crm) = (Office::new(), serve(TOKEN).await);
    office.permit_plain_http();
    let run = office.start().await;
    run.connect(&crm, "The Bank", TOKEN).await;
    run.sender().post(&chat("c1", "accepted", "12345")).await;
    let pop = run.screen.customer("c1", "12345").await;
    let (_, hit) = pop.customer().expect("it is known");
    let known = hit.customer.emails.iter().chain(&hit.customer.phones);
    let mut asked = 0;
    for typed in known {
        let found = run.engine.already_there(format!(" {typed} ")).await;
        let (_, customer) = found.expect("it runs").expect("this is somebody's");
        assert_eq!(customer.id, "12345", "{typed}");
        asked += 1;
    }
    assert!(asked >= 2, "an address and a number");
    for typed in ["", "cesar", "cesar@", "+34", "nobody@nowhere.example"] {
        let found = run.engine.already_there(typed.to_owned()).await;
        assert_eq!(found.expect("it runs"), None, "{typed:?}");
    }
    run.stop().await;
}

#[tokio::test]
async fn a_pinned_customer_is_offered_after_a_restart_and_goes_with_the_sign_out() {
    let (office, crm) = (Office::new(), serve(TOKEN).await);
    office.permit_plain_http();
    let run = office.start().await;
    run.connect(&crm, "The Bank", TOKEN).await;
    run.sender().post(&chat("c1", "accepted", "12345")).await;
    let pop = run.screen.customer("c1", "12345").await;
    offered(&run, &[], &[CESAR]).await;
    run.engine.pin(of(&pop), true).await.expect("it is kept");
    offered(&run, &[CESAR], &[]).await;
    let stale = At {
        generation: pop.generation + 1,
        ..of(&pop)
    };
    let refused = run.engine.pin(stale, false).await;
    refused.expect_err("another card than the agent saw");
    run.stop().await;

    let run = office.start().await;
    offered(&run, &[CESAR], &[]).await;
    run.sender().post(&chat("c2", "accepted", "12345")).await;
    let pop = run.screen.customer("c2", "12345").await;
    run.engine.pin(of(&pop), false).await.expect("it is let go");
    offered(&run, &[], &[CESAR]).await;
    run.engine.pin(of(&pop), true).await.expect("it is kept");
    let bank = ConnectionId("the-bank".to_owned());
    run.engine.forget(bank).await.expect("it signs out");
    offered(&run, &[], &[]).await;
    run.stop().await;
}

#[tokio::test]
async fn a_search_finds_known_cases_and_the_day_beside_customers_and_asks_for_none_of_them() {
    let (office, crm) = (Office::new(), serve(TOKEN).await);
    office.permit_plain_http();
    let run = office.start().await;
    run.connect(&crm, "The Bank", TOKEN).await;
    let before = run.engine.search("gonzález".to_owned()).await;
    let before = before.expect("it runs");
    assert!(!before.customers.is_empty());
    assert!(before.cases.is_empty() && before.today.is_empty());

    run.sender().post(&chat("c1", "accepted", "12345")).await;
    let pop = run.screen.customer("c1", "12345").await;
    let is_read = |pop: &Pop| pop.lookups[0].cases.ready().is_some();
    run.screen.card("c1", is_read).await;
    let found = run.engine.search("gonzález".to_owned()).await;
    let found = found.expect("it runs");
    let cases: Vec<_> = found.cases.iter().map(|known| &known.customer.id).collect();
    assert_eq!(cases, ["12345", "12345"], "both of Cesar's cases");
    assert_eq!(found.today[0].pop, Some(pop.id), "his chat is on screen");
    let by_subject = run.engine.search("home loan".to_owned()).await;
    let by_subject = by_subject.expect("it runs");
    assert_eq!(by_subject.cases.len(), 1);
    let nobody = run.engine.search("zzzz".to_owned()).await.expect("it runs");
    assert!(nobody.cases.is_empty() && nobody.today.is_empty());
    run.stop().await;
}

#[tokio::test]
async fn without_a_keychain_a_pin_lasts_until_the_end() {
    let office = Office::with_sandbox();
    office.keychain.turn(Mood::Absent);
    let run = office.start().await;
    run.sender().post(&chat("c1", "accepted", "12345")).await;
    let pop = run.screen.customer("c1", "12345").await;
    run.engine.pin(of(&pop), true).await.expect("it is kept");
    offered(&run, &[CESAR], &[]).await;
    run.stop().await;
    let run = office.start().await;
    offered(&run, &[], &[]).await;
    run.stop().await;
}

#[tokio::test]
async fn the_link_to_pass_on_is_the_one_that_opens() {
    let office = Office::with_sandbox();
    let run = office.start().await;
    run.sender().post(&chat("c1", "accepted", "12345")).await;
    let pop = run.screen.record("c1").await;
    let link = run.engine.link(of(&pop)).await.expect("an address");
    assert_eq!(run.screen.now().opened, [link.as_str()]);
    run.stop().await;
}
