//! The main job in the real window: a signed event arrives, the customer is found and painted,
//! the record is opened.

use pop_tests::signed::{call, chat};

use crate::app::Place;

/// The customer whom the guide knows.
const CESAR: &str = "12345";

#[tokio::test]
async fn an_accepted_chat_pops_the_customer_and_opens_the_record_once() {
    let place = Place::new();
    let app = place.open().await;
    assert_eq!(
        app.sender.post(&chat("i-1", "offered", CESAR)).unwrap(),
        202
    );
    app.read("main h1", "Cesar Gonzalez").await;
    assert!(
        place.desktop.opener().calls().unwrap().is_empty(),
        "while it rings nothing opens: the policy is “on accept”"
    );

    assert_eq!(
        app.sender.post(&chat("i-1", "accepted", CESAR)).unwrap(),
        202
    );
    let calls = place.desktop.opener().wait_for_calls(1).unwrap();
    assert_eq!(calls[0].len(), 1, "the address is one argument: {calls:?}");
    let url = &calls[0][0];
    assert!(
        url.starts_with("http://127.0.0.1:") && url.ends_with("/customers/12345"),
        "the record of the customer in the sandbox: {url}"
    );

    app.read("main", "Home loan: proof of income missing").await;
    let repeated = chat("i-1", "accepted", CESAR);
    assert_eq!(app.sender.post(&repeated).unwrap(), 202);
    assert_eq!(
        app.sender
            .post(&chat("i-2", "accepted", "no-such-customer"))
            .unwrap(),
        202
    );
    app.read("nav", "no-such-customer").await;
    assert_eq!(
        place.desktop.opener().calls().unwrap().len(),
        1,
        "a repeated event and an unknown customer open nothing"
    );
    assert_eq!(
        app.count("[role=tab]").await,
        2,
        "and a repeated event makes no second card"
    );
    app.close().await;
}

#[tokio::test]
async fn a_shared_number_is_a_choice_and_opens_only_what_the_agent_picks() {
    let place = Place::new();
    let app = place.open().await;
    assert_eq!(
        app.sender
            .post(&call("i-1", "accepted", "+34600012777"))
            .unwrap(),
        202
    );
    app.read("main h1", "3 customers").await;
    assert_eq!(
        app.count("main [role=option]").await,
        3,
        "each of them is offered"
    );
    assert!(
        place.desktop.opener().calls().unwrap().is_empty(),
        "nothing opens until the agent picks"
    );

    let window = place.desktop.wait_for_window("Screenpop.*").unwrap();
    place.desktop.activate(&window).unwrap();
    app.see("main [role=option]").await.click().await.unwrap();
    place.desktop.press("2").unwrap();
    place.desktop.press("Return").unwrap();
    let calls = place.desktop.opener().wait_for_calls(1).unwrap();
    let title = app.text("main h1").await;
    assert!(
        !title.contains("3 customers"),
        "the picked customer is on the card: {title}"
    );
    assert!(
        calls[0][0].contains("/customers/"),
        "their record was opened: {calls:?}"
    );
    app.close().await;
}

#[tokio::test]
async fn after_a_restart_the_history_is_there_and_nothing_pops_again() {
    let place = Place::new();
    let app = place.open().await;
    let accepted = app.sender.deliver(&chat("i-1", "accepted", CESAR)).unwrap();
    assert_eq!(accepted.send(app.sender.port()).unwrap(), 202);
    app.read("main h1", "Cesar Gonzalez").await;
    place.desktop.opener().wait_for_calls(1).unwrap();
    app.close().await;

    let app = place.open().await;
    app.read("main", "Cesar Gonzalez").await;
    assert_eq!(
        app.count("[role=tab]").await,
        0,
        "a past interaction has no card"
    );
    assert_eq!(
        app.sender.post(&chat("i-1", "accepted", CESAR)).unwrap(),
        202
    );
    assert_eq!(
        app.sender.post(&chat("i-9", "offered", CESAR)).unwrap(),
        202,
        "the control"
    );
    app.see("[role=tab]").await;
    assert_eq!(
        app.count("[role=tab]").await,
        1,
        "only the new interaction has a card"
    );
    app.close().await;
}

#[tokio::test]
async fn what_is_wrongly_signed_replayed_or_sent_by_a_page_has_no_effect() {
    let place = Place::new();
    let app = place.open().await;
    let port = app.sender.port();
    let stranger = app.sender.stranger().unwrap();
    assert_eq!(
        stranger.post(&chat("i-1", "offered", CESAR)).unwrap(),
        401,
        "a wrong signature"
    );
    let from_a_page = app
        .sender
        .deliver(&chat("i-2", "offered", CESAR))
        .unwrap()
        .with("origin", "https://evil.example");
    assert_eq!(from_a_page.send(port).unwrap(), 403, "a page's request");

    let right = app.sender.deliver(&chat("i-3", "offered", CESAR)).unwrap();
    assert_eq!(
        right.send(port).unwrap(),
        202,
        "the control: the same, rightly sent"
    );
    app.read("main h1", "Cesar Gonzalez").await;
    assert_eq!(
        right.send(port).unwrap(),
        202,
        "a replay is answered as before"
    );
    assert_eq!(
        app.sender
            .post(&call("i-4", "offered", "+34600012777"))
            .unwrap(),
        202
    );
    app.read("nav", "+34").await;
    assert_eq!(
        app.count("[role=tab]").await,
        2,
        "only the two rightly sent have cards"
    );
    app.close().await;
}

#[tokio::test]
async fn a_pop_never_takes_the_keyboard_from_another_window() {
    let place = Place::new();
    let app = place.open().await;
    let other = place.desktop.open_bystander("Chat tool").unwrap();
    place.desktop.activate(other.window()).unwrap();
    place.desktop.type_text("Dear cust").unwrap();
    assert_eq!(
        app.sender.post(&chat("i-1", "offered", CESAR)).unwrap(),
        202
    );
    app.read("main h1", "Cesar Gonzalez").await;
    place.desktop.type_text("omer, hello").unwrap();
    other.wait_for_text("Dear customer, hello").unwrap();
    let active = place.desktop.active_window().unwrap();
    assert_eq!(
        active.as_ref(),
        Some(other.window()),
        "the agent still types where they typed"
    );

    let own = place.desktop.wait_for_window("Screenpop.*").unwrap();
    place.desktop.activate(&own).unwrap();
    let active = place.desktop.active_window().unwrap();
    assert_eq!(
        active,
        Some(own),
        "the control: the window can have the focus"
    );
    app.close().await;
}

#[tokio::test]
async fn every_page_opens_by_its_key() {
    let place = Place::new();
    let app = place.open().await;
    let window = place.desktop.wait_for_window("Screenpop.*").unwrap();
    place.desktop.activate(&window).unwrap();
    for (key, title) in [
        ("ctrl+h", "Today"),
        ("ctrl+d", "Health"),
        ("ctrl+comma", "Settings"),
        ("ctrl+h", "Today"),
    ] {
        place.desktop.press(key).unwrap();
        app.read("h1", title).await;
    }
    app.close().await;
}
