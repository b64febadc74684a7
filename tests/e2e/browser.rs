//! What the window has the browser open besides the record of an arrival.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use pop_tests::signed::{call, chat};
use pop_tests::site::Site;
use serde_json::json;

use crate::app::Place;

/// The customer whom the guide knows.
const CESAR: &str = "12345";

const PHONE: &str = "+34600987123";

/// The plain REST CRM, which has a page of its own for what it finds.
const MERIDIAN: &str = include_str!("../../src-tauri/crates/pop-crm/definitions/rest.toml");

#[tokio::test]
async fn a_new_case_opens_once_the_crm_has_it_if_the_agent_wants_that() {
    let place = Place::new();
    let app = place.open().await;
    assert_eq!(
        app.sender.post(&chat("i-1", "accepted", CESAR)).unwrap(),
        202
    );
    app.read("main h1", "Cesar Gonzalez").await;
    place.desktop.opener().wait_for_calls(1).unwrap();
    for (subject, wanted) in [("Card lost", false), ("Card found", true)] {
        app.click("button[aria-label='New case']").await;
        let field = app.see(".pane:not([hidden]) form input[type=text]").await;
        field.clear().await.unwrap();
        field.send_keys(subject).await.unwrap();
        if wanted {
            app.click(".pane:not([hidden]) form input[type=checkbox]")
                .await;
        }
        app.click(".pane:not([hidden]) button[type=submit]").await;
        app.read("main .cases", subject).await;
    }
    let calls = place.desktop.opener().wait_for_calls(2).unwrap();
    assert!(calls[0][0].ends_with("/customers/12345"), "{calls:?}");
    assert!(calls[1][0].contains("/cases/"), "{calls:?}");
    assert_eq!(calls.len(), 2, "the first case was not wanted: {calls:?}");
    app.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_a_crm_does_not_answer_its_own_search_is_a_click_away() {
    let place = Place::new();
    place.set_policy(&json!({ "security": { "allow_loopback_http": true } }));
    let definitions = place.profile().join("definitions");
    fs::create_dir_all(&definitions).unwrap();
    let definition = MERIDIAN.replace("\"rest\"", "\"meridian\"").replace(
        "[link]\n",
        "[link]\nsearch = [\"{setting.server}/find?q={words}\"]\n",
    );
    fs::write(definitions.join("meridian.toml"), definition).unwrap();
    let answers = Arc::new(AtomicBool::new(true));
    let is_well = Arc::clone(&answers);
    let server = Site::answering(move |asked| {
        if !is_well.load(Ordering::SeqCst) {
            return Some(("text/html", "<h1>Back soon</h1>".to_owned()));
        }
        let me = json!({ "id": "a1", "name": "Jordan", "email": "j@example.com" });
        let nobody = json!({ "items": [], "total": 0 });
        let answer = if asked.path == "/api/me" { me } else { nobody };
        Some(("application/json", answer.to_string()))
    })
    .unwrap();
    let app = place.open().await;
    let request = json!({
        "again": null, "definition": "meridian", "label": "Meridian", "method": "token",
        "fields": { "server": server.url() }, "user": null, "secret": "tok-1",
    });
    let answer = app.command("connect", &request).await;
    assert_eq!(answer["kind"], "connected", "{answer}");

    let search = "//button[contains(., 'Open search in CRM')]";
    let offers = async || {
        app.browser
            .client()
            .find(fantoccini::Locator::XPath(search))
            .await
    };
    assert_eq!(
        app.sender.post(&call("i-1", "accepted", PHONE)).unwrap(),
        202
    );
    app.read("main h1", "Unknown caller").await;
    assert!(offers().await.is_err(), "the control: it has answered");

    answers.store(false, Ordering::SeqCst);
    assert_eq!(
        app.sender
            .post(&call("i-2", "accepted", "+34600987124"))
            .unwrap(),
        202
    );
    app.see("#tab-2").await.click().await.unwrap();
    app.see(".pane:not([hidden]) .problem").await;
    offers().await.unwrap().click().await.unwrap();
    let calls = place.desktop.opener().wait_for_calls(1).unwrap();
    let expected = format!("{}/find?q=%2B34600987124", server.url());
    assert_eq!(calls, [[expected]]);
    app.close().await;
}
