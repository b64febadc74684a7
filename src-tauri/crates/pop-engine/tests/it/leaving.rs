//! What is said of writes that wait: before a computer forgets them, and when their room fills.

use pop_core::desk::Pop;
use pop_core::status::Banner;
use pop_core::write::WriteState;
use pop_sandbox::{Fault, FaultRule, Sandbox};

use crate::keychain::Mood;
use crate::office::{Office, Run};
use crate::sender::chat;
use crate::training::serve;
use crate::writes::{TOKEN, case, created};

async fn with_a_write(office: &Office, crm: &Sandbox) -> Run {
    office.permit_plain_http();
    let run = office.start().await;
    run.connect(crm, "The Bank", TOKEN).await;
    run.sender().post(&chat("c1", "accepted", "12345")).await;
    let pop: Pop = run.screen.customer("c1", "12345").await;
    let down = Fault::RateLimited { retry_after: 600 };
    crm.set_fault(Some(FaultRule::always(down).on("/api/cases")));
    run.engine.command(case(&pop, "w-1")).await.expect("taken");
    let held = |state: &WriteState| *state == WriteState::Held;
    run.screen.wrote("w-1", held).await;
    run
}

#[tokio::test]
async fn quitting_a_computer_that_forgets_tries_once_more_and_warns_before_anything_is_lost() {
    let (office, crm) = (Office::new(), serve(TOKEN).await);
    office.keychain.turn(Mood::Absent);
    let run = with_a_write(&office, &crm).await;
    let refused = run.engine.leave().await.expect_err("it would be lost");
    assert_eq!(refused.code, "E_UNSENT", "{}", refused.why);
    assert_eq!(created(&crm), 1, "it was tried once more");
    run.banner(&Banner::Unsent(1)).await;
    run.engine.leave().await.expect("the agent knows now");
    run.stop().await;
}

#[tokio::test]
async fn quitting_a_computer_that_forgets_sends_what_can_be_sent_and_says_nothing() {
    let (office, crm) = (Office::new(), serve(TOKEN).await);
    office.keychain.turn(Mood::Absent);
    let run = with_a_write(&office, &crm).await;
    crm.set_fault(None);
    run.engine.leave().await.expect("nothing is lost");
    assert_eq!(
        created(&crm),
        1,
        "it was sent before its time to undo was over"
    );
    run.stop().await;
}

#[tokio::test]
async fn quitting_a_computer_that_keeps_everything_asks_nothing() {
    let (office, crm) = (Office::new(), serve(TOKEN).await);
    let run = with_a_write(&office, &crm).await;
    run.engine.leave().await.expect("it is kept");
    assert_eq!(created(&crm), 0, "it can still be undone at the next start");
    run.stop().await;
}

#[tokio::test]
async fn a_warning_is_shown_before_there_is_no_more_room() {
    let office = Office::with_sandbox();
    let filling = |run: &Run| {
        let now = run.screen.now();
        let banners = now.status.map(|status| status.banners).unwrap_or_default();
        let mut filling = banners.into_iter();
        filling.find(|banner| matches!(banner, Banner::OutboxFilling(_)))
    };
    let run = office.start().await;
    assert_eq!(filling(&run), None, "control: there is room");
    run.stop().await;

    office.swell_store(430 * 1_024 * 1_024);
    let run = office.start().await;
    run.banner(&Banner::OutboxFilling(86)).await;
    run.stop().await;
}
