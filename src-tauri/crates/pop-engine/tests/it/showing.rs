//! Where a record opens: in the tab in which the agent has the CRM open, or by its address.

use std::time::Duration;

use pop_core::desk::{Part, Place, Pop, RecordState};
use pop_doubles::Act;

use crate::help_desk::help_desk;
use crate::sender::chat;

#[tokio::test]
async fn a_record_is_shown_in_the_tab_in_which_the_agent_has_the_crm_open() {
    let desk = help_desk(true).await;
    let card = desk.ann_calls("c1").await;
    assert!(matches!(card.record, RecordState::Opened(_, Place::Crm)));
    let page = format!("users/{}", desk.ann());
    assert_eq!(desk.account.displayed(), [page.as_str()]);

    let with_cases = |pop: &Pop| matches!(pop.lookups[0].cases, Part::Ready(_));
    let card = desk.run.screen.card("c1", with_cases).await;
    let Part::Ready(cases) = &card.lookups[0].cases else {
        panic!("they are there");
    };
    desk.opens(&card, Some(&cases.items[0].id)).await;
    let ticket = format!("tickets/{}", cases.items[0].id);
    let shown = async {
        while desk.account.displayed().len() < 2 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), shown)
        .await
        .expect("the case is shown");
    assert_eq!(desk.account.displayed(), [page, ticket]);
    desk.run.stop().await;
}

#[tokio::test]
async fn a_record_that_the_crm_cannot_show_is_opened_by_its_address_once() {
    let desk = help_desk(false).await;
    let card = desk.ann_calls("c1").await;
    assert!(matches!(
        card.record,
        RecordState::Opened(_, Place::Browser)
    ));
    assert_eq!(desk.asked_to_show(), 1, "it was asked first");
    assert!(desk.account.displayed().is_empty());
    let opened = desk.opened();
    assert_eq!(opened.len(), 1);
    assert!(opened[0].ends_with(&format!("/users/{}", desk.ann())));
    desk.run.stop().await;
}

#[tokio::test]
async fn a_crm_that_takes_its_time_holds_nothing_up_and_is_asked_once() {
    let desk = help_desk(true).await;
    let slow = Act::Slow(Duration::from_millis(400));
    desk.double.each_on("/display", slow);
    let ann = desk.ann();
    desk.run.sender().post(&chat("c1", "accepted", &ann)).await;
    let card = desk.run.screen.customer("c1", &ann).await;
    desk.opens(&card, None).await;
    desk.run
        .sender()
        .post(&chat("c2", "offered", "no-such-one"))
        .await;
    desk.run.screen.card("c2", |_| true).await;
    let first = desk.run.screen.now().card("c1").cloned();
    assert!(
        matches!(first.expect("a card").record, RecordState::Opening(_)),
        "the next card is on screen first"
    );
    let card = desk.run.screen.record("c1").await;
    assert!(matches!(card.record, RecordState::Opened(_, Place::Crm)));
    assert_eq!(
        desk.asked_to_show(),
        1,
        "the impatient click opened nothing"
    );

    desk.account.set_tab_open(false);
    desk.opens(&card, None).await;
    let is_opened = |shown: &crate::screen::Shown| shown.opened.first().cloned();
    desk.run.screen.until("the browser", is_opened).await;
    assert_eq!(desk.asked_to_show(), 2, "a click after that opens it again");
    desk.run.stop().await;
}
