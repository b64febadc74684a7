//! What other systems were told is listed with every try, and a person decides about what they did
//! not take.

use std::time::Duration;

use pop_core::write::WriteState;
use pop_engine::Endpoint;
use pop_store::{Item, KeptItem};

use crate::office::{Office, Run};
use crate::telling::{Other, connected};
use crate::training::serve;
use crate::writes::TOKEN;

const EVENTS: [&str; 1] = ["interaction.popped"];

/// The one system that is told, as soon as its newest message has come so far.
async fn told(run: &Run, is_there: fn(&WriteState) -> bool) -> Endpoint {
    let listed = async {
        loop {
            let mut endpoints = run.engine.deliveries().await.expect("it runs");
            let newest = endpoints.first().and_then(|one| one.deliveries.first());
            if newest.is_some_and(|kept| is_there(&kept.state)) {
                return endpoints.remove(0);
            }
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), listed)
        .await
        .expect("in time")
}

fn is_done(state: &WriteState) -> bool {
    matches!(state, WriteState::Done(_))
}

fn is_parked(state: &WriteState) -> bool {
    matches!(state, WriteState::Parked(_))
}

fn body_of(kept: &KeptItem) -> &str {
    let Some(Item::Message(message)) = &kept.item else {
        panic!("a message");
    };
    &message.body
}

#[tokio::test]
async fn every_try_of_a_message_is_listed_with_its_answer_and_hashes_and_its_body_goes_when_it_is_over()
 {
    let (office, crm) = (Office::new(), serve(TOKEN).await);
    let mut other = Other::saying(1, "410 Gone").await;
    office.set_policy(&other.policy(&office, &EVENTS, None));
    let run = connected(&office, &crm).await;
    other.got(1).await;
    let endpoint = told(&run, is_parked).await;
    assert_eq!((&endpoint.address, endpoint.named), (&other.url, true));
    let kept = &endpoint.deliveries[0];
    assert!(body_of(kept).contains("interaction.popped"), "it waits");
    assert_eq!(kept.tries.len(), 1);

    run.engine
        .resend_delivery(kept.queued.id.clone())
        .await
        .expect("it waits for a person");
    let endpoint = told(&run, is_done).await;
    let kept = &endpoint.deliveries[0];
    let statuses: Vec<_> = kept.tries.iter().map(|tried| tried.status).collect();
    assert_eq!(statuses, [Some(410), Some(204)]);
    let sent: Vec<_> = kept.tries.iter().map(|tried| tried.sent).collect();
    assert!(sent[0].is_some() && sent[0] == sent[1], "the same body");
    assert!(kept.tries.iter().all(|tried| tried.answer.is_some()));
    assert_eq!(body_of(kept), "", "it is over");
    let again = run.engine.resend_delivery(kept.queued.id.clone()).await;
    assert!(again.is_err(), "nor is it sent again");
    run.stop().await;
}

#[tokio::test]
async fn a_message_that_is_not_taken_can_be_given_up_and_a_write_is_no_message() {
    let (office, crm) = (Office::new(), serve(TOKEN).await);
    let mut other = Other::saying(9, "410 Gone").await;
    office.set_policy(&other.policy(&office, &EVENTS, None));
    let run = connected(&office, &crm).await;
    other.got(1).await;
    let kept = told(&run, is_parked).await.deliveries.remove(0);
    let unknown = run.engine.discard_delivery("w-1".into(), "no".into()).await;
    assert!(unknown.is_err(), "there is none of this id");
    run.engine
        .discard_delivery(kept.queued.id, "That system is gone".into())
        .await
        .expect("it waits for a person");
    let endpoint = told(&run, |state| *state == WriteState::Discarded).await;
    let reason = endpoint.deliveries[0].reason.as_deref();
    assert_eq!(reason, Some("That system is gone"));
    run.stop().await;

    office.set_policy(&serde_json::json!({}));
    let run = office.start().await;
    let endpoint = told(&run, |_| true).await;
    assert!(!endpoint.named, "the policy does not name it any more");
    run.stop().await;
}
