//! What was known of a customer a moment ago, in another run and while their CRM is away.

use pop_core::desk::Matching;

use crate::office::Office;
use crate::sender::chat;
use crate::training::serve;
use crate::writes::TOKEN;

#[tokio::test]
async fn a_customer_of_the_last_run_is_shown_as_a_copy_while_the_crm_is_away() {
    let (office, crm) = (Office::new(), serve(TOKEN).await);
    office.permit_plain_http();
    let run = office.start().await;
    run.connect(&crm, "The Bank", TOKEN).await;
    run.sender().post(&chat("c1", "accepted", "12345")).await;
    let known = |pop: &pop_core::desk::Pop| {
        let mut records = pop.records().into_iter();
        records.any(|(lookup, _)| lookup.cases.ready().is_some() && !lookup.is_pending())
    };
    run.screen.card("c1", known).await;
    run.stop().await;
    drop(crm);

    let run = office.start().await;
    run.sender().post(&chat("c2", "accepted", "12345")).await;
    run.sender().post(&chat("c3", "accepted", "12346")).await;
    let has_failed = |pop: &pop_core::desk::Pop| pop.matching == Matching::Failed;
    let pop = run.screen.card("c2", has_failed).await;
    let shown = pop.shown();
    let (_, hit) = shown.first().expect("the copy");
    assert_eq!(hit.customer.name.as_deref(), Some("Cesar Gonzalez"));
    assert!(pop.is_saved_copy());
    let link = run.engine.link(pop.at()).await;
    let link = link.expect("the copy says which record it is");
    assert!(link.as_str().ends_with("/customers/12345"), "{link:?}");
    let other = run.screen.card("c3", has_failed).await;
    run.engine
        .link(other.at())
        .await
        .expect_err("nobody is known");
    assert!(other.shown().is_empty(), "nobody has seen this one");
    let opened = run.screen.now().opened;
    assert!(opened.is_empty(), "nothing opens from a copy: {opened:?}");
    run.stop().await;
}
