//! The app and the system around it: keychain, settings file, notifications.

use std::fs;

use pop_tests::desktop::Keychain;
use pop_tests::programs::built;
use pop_tests::signed::chat;
use serde_json::{Value, json};

use crate::app::{Place, SETTINGS};

#[tokio::test]
async fn without_a_keychain_nothing_is_kept_and_a_banner_says_so() {
    let place = Place::with(Keychain::Absent, SETTINGS);
    let app = place.open().await;
    app.read("[data-code=memory_only]", "keychain").await;
    assert_eq!(
        app.sender.post(&chat("i-1", "accepted", "12345")).unwrap(),
        202
    );
    app.read("main h1", "Cesar Gonzalez").await;
    app.close().await;
    assert!(
        !place.profile().join("data/vault").exists(),
        "no vault was written"
    );

    let place = Place::new();
    let app = place.open().await;
    assert_eq!(
        app.sender.post(&chat("i-1", "accepted", "12345")).unwrap(),
        202
    );
    app.read("main h1", "Cesar Gonzalez").await;
    let banners = app.count("[data-code=memory_only]").await;
    assert_eq!(
        banners, 0,
        "the control: with a keychain there is no banner"
    );
    app.close().await;
}

#[tokio::test]
async fn a_mistake_in_the_settings_is_named_with_its_place_and_the_last_good_ones_hold() {
    let place = Place::new();
    let app = place.open().await;
    let broken =
        "{\n  \"agent\": { \"id\": \"agent01\" },\n  \"listener\": { \"port\": \"high\" }\n}\n";
    fs::write(place.profile().join("settings.jsonc"), broken).unwrap();
    let client = app.browser.client();
    client
        .find(fantoccini::Locator::Css(".status .conn"))
        .await
        .unwrap()
        .click()
        .await
        .unwrap();
    let text = app.read("main", "listener.port").await;
    assert!(text.contains('3'), "the line is named: {text}");
    assert_eq!(
        app.sender.post(&chat("i-1", "offered", "12345")).unwrap(),
        202,
        "the listener of the last good settings still listens"
    );
    app.close().await;
}

#[tokio::test]
async fn nothing_secret_or_personal_lies_open_in_the_profile() {
    let place = Place::new();
    let app = place.open().await;
    assert_eq!(
        app.sender.post(&chat("i-1", "accepted", "12345")).unwrap(),
        202
    );
    app.read("main h1", "Cesar Gonzalez").await;
    place.desktop.opener().wait_for_calls(1).unwrap();
    app.close().await;
    let data = place.profile().join("data");
    let mut scanned = 0;
    for entry in fs::read_dir(&data).unwrap() {
        let path = entry.unwrap().path();
        let made_up = path
            .file_name()
            .is_some_and(|name| name.to_string_lossy().contains("sandbox"));
        if path.is_dir() || made_up {
            continue;
        }
        scanned += 1;
        let bytes = fs::read(&path).unwrap();
        let found = bytes.windows(8).any(|window| window == b"Gonzalez");
        assert!(!found, "{} names the customer", path.display());
    }
    assert!(scanned >= 2, "vault and store were looked at");
    let control = fs::read(data.join("sandbox.db")).unwrap();
    let found = control.windows(8).any(|window| window == b"Gonzalez");
    assert!(
        found,
        "the control: the sandbox's own database does name the customer"
    );
}

#[tokio::test]
async fn the_organisations_page_about_a_finding_opens_and_no_other_does() {
    let place = Place::new();
    place.set_policy(&json!({ "help": { "diagnosis": "https://wiki.example/screenpop" } }));
    let app = place.open().await;
    let diagnose = json!({ "connection": "sandbox", "again": true });
    let diagnosis = app.command("diagnose", &diagnose).await;
    assert_eq!(diagnosis["explained"], true, "{diagnosis}");
    let refused = app.command("open_help", &json!({ "code": "a/../b" })).await;
    assert!(refused["fault"].is_object(), "{refused}");
    assert_eq!(
        place.desktop.opener().calls().unwrap(),
        Vec::<Vec<String>>::new()
    );
    let opened = app.command("open_help", &json!({ "code": "dns" })).await;
    assert_eq!(opened, Value::Null);
    let calls = place.desktop.opener().wait_for_calls(1).unwrap();
    assert_eq!(calls[0], ["https://wiki.example/screenpop#dns"]);
    app.close().await;

    let place = Place::new();
    let app = place.open().await;
    let diagnosis = app.command("diagnose", &diagnose).await;
    assert_eq!(diagnosis["explained"], false, "the control: no page is set");
    let refused = app.command("open_help", &json!({ "code": "dns" })).await;
    assert!(refused["fault"].is_object(), "{refused}");
    app.close().await;
}

#[tokio::test]
async fn one_customer_is_erased_from_a_shell_while_the_window_runs() {
    let place = Place::new();
    let app = place.open().await;
    let accepted = chat("i-1", "accepted", "12345");
    assert_eq!(app.sender.post(&accepted).unwrap(), 202);
    app.read("main h1", "Cesar Gonzalez").await;
    let erase = || {
        let admin = built("screenpop-admin", "-p pop-admin").unwrap();
        let mut command = place.desktop.command(&admin);
        command.args(["erase", "--connection", "sandbox", "--customer", "12345"]);
        command.arg("--data").arg(place.profile().join("data"));
        command.output().unwrap()
    };
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let refused = erase();
    let why = text(&refused.stderr);
    assert_eq!(refused.status.code(), Some(13), "{why}");
    assert!(why.contains("close it first"), "{why}");
    let kept = app.command("history", &json!({ "since": 0 })).await;
    assert_eq!(kept["items"].as_array().unwrap().len(), 1, "{kept}");

    let panel = place.desktop.wait_for_window("Screenpop").unwrap();
    place.desktop.activate(&panel).unwrap();
    place.desktop.press("ctrl+w").unwrap();
    app.read("body", "No live interactions").await;
    let erased = erase();
    let said = text(&erased.stdout);
    assert_eq!(erased.status.code(), Some(0), "{}", text(&erased.stderr));
    assert!(said.contains("1  interactions in the history"), "{said}");
    let left = app.command("history", &json!({ "since": 0 })).await;
    assert_eq!(left["items"], json!([]), "{left}");
    app.close().await;
}
