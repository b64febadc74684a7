//! One customer's local data goes because an admin asks for it (rule P4).

use std::time::Duration;

use pop_core::desk::Command;
use pop_core::write::WriteState;
use pop_store::erasing::{EraseAnswer, EraseRequest, Erased, answer_to, request};
use pop_store::{AuditAction, Chain, Wanted};

use crate::office::{Office, Run};
use crate::sender::chat;
use crate::training::serve;
use crate::writes::{TOKEN, case};

/// Longer than the app takes to look for requests.
const LOOK: Duration = Duration::from_secs(4);

async fn asked(office: &Office, id: &str, unsent: bool) -> Result<Erased, String> {
    let wanted = EraseRequest {
        id: id.to_owned(),
        connection: "the-bank".to_owned(),
        customer: "12345".to_owned(),
        unsent,
    };
    request(&office.data(), &wanted).expect("it can be asked");
    office.clock.forward(LOOK);
    let answered = async {
        loop {
            if let Some(answer) = answer_to(&office.data(), id).expect("it is read") {
                return answer;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let answered = tokio::time::timeout(Duration::from_secs(20), answered);
    let EraseAnswer { result, .. } = answered.await.expect("in time");
    result
}

async fn open_items(run: &Run) -> usize {
    let items = run.engine.outbox(Wanted::Open, 100).await;
    items.expect("it is read").len()
}

#[tokio::test]
async fn one_customer_is_erased_and_what_waits_only_when_that_is_wanted() {
    let (office, crm) = (Office::new(), serve(TOKEN).await);
    office.permit_plain_http();
    let run = office.start().await;
    run.connect(&crm, "The Bank", TOKEN).await;
    run.sender().post(&chat("c1", "accepted", "12345")).await;
    let pop = run.screen.customer("c1", "12345").await;
    run.sender().post(&chat("c2", "accepted", "20001")).await;
    run.screen.customer("c2", "20001").await;
    drop(crm);
    let written = run.engine.command(case(&pop, "w-1")).await;
    written.expect("it is taken");
    let is_kept = |state: &WriteState| *state == WriteState::Held;
    run.screen.wrote("w-1", is_kept).await;
    assert_eq!(
        asked(&office, "e-1", false).await,
        Err("on_card".to_owned())
    );
    assert_eq!(run.history().await.len(), 2, "control: nothing is erased");

    let pop = run.screen.customer("c1", "12345").await;
    run.engine
        .command(Command::Close(pop.id))
        .await
        .expect("it closes");
    let erased = asked(&office, "e-2", false).await.expect("it is erased");
    assert_eq!(erased.history, 1);
    assert!(erased.audit >= 1, "{erased:?}");
    let waits = [("w-1".to_owned(), "create_case".to_owned())];
    assert_eq!(erased.waits, waits, "named, and it stays");
    assert_eq!(open_items(&run).await, 1);
    let names: Vec<_> = run
        .history()
        .await
        .into_iter()
        .map(|past| past.name)
        .collect();
    assert_eq!(names.len(), 1, "the other customer stays: {names:?}");
    assert!(!names.contains(&Some("Cesar Gonzalez".to_owned())));

    let erased = asked(&office, "e-3", true).await.expect("it is erased");
    assert_eq!((erased.history, erased.discarded), (0, 1));
    assert_eq!(open_items(&run).await, 0, "given up");
    let (lines, chain) = run.engine.audit(0, 1_000).await.expect("it is read");
    assert!(matches!(chain, Chain::Whole(_)));
    let erasures = lines
        .iter()
        .filter(|line| line.action == AuditAction::Erased);
    assert_eq!(erasures.count(), 2, "each is in the audit");
    run.stop().await;

    let run = office.start().await;
    assert_eq!(run.history().await.len(), 1, "also after a restart");
    run.stop().await;
}
