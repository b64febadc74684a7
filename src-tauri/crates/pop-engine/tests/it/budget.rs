//! What a CRM says about how much may still be asked, as the status shows it.

use pop_core::clock::Clock as _;
use pop_core::status::ConnectionStatus;
use pop_crm::SystemClock;
use pop_doubles::{Act, Trouble};

use crate::help_desk::{HelpDesk, help_desk};
use crate::sender::chat;

/// Waits until the connection's status is as it should be.
async fn status(desk: &HelpDesk, is: impl Fn(&ConnectionStatus) -> bool) -> ConnectionStatus {
    let found = desk.run.screen.until("a status", |shown| {
        let status = shown.status.as_ref()?.connections.first()?;
        is(status).then(|| status.clone())
    });
    found.await
}

#[tokio::test]
async fn the_status_says_how_much_may_still_be_asked() {
    let desk = help_desk(true).await;
    desk.account.set_requests_left(500);
    desk.ann_calls("c1").await;
    let is_told = |status: &ConnectionStatus| status.allowances.iter().any(|it| it.left < 500);
    let status = status(&desk, is_told).await;
    let [allowance] = status.allowances.as_slice() else {
        panic!("one: {:?}", status.allowances);
    };
    assert_eq!(allowance.limit, Some(700));
    assert!(allowance.left > 450, "{allowance:?}");
    assert_eq!(status.waits_until, None, "it may be asked");
    desk.run.stop().await;
}

#[tokio::test]
async fn the_status_says_until_when_the_crm_wants_to_be_left_alone() {
    let desk = help_desk(true).await;
    desk.double.each_on("", Act::Trouble(Trouble::RateLimited));
    let event = chat("c1", "accepted", &desk.ann());
    desk.run.sender().post(&event).await;
    let waits = status(&desk, |status| status.waits_until.is_some()).await;
    assert!(waits.waits_until > Some(SystemClock.now()), "{waits:?}");
    desk.run.stop().await;
}
