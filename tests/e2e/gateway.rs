//! The window of an agent who signs in at a gateway: a real gateway with a real broker, and the
//! platform's webhooks.

use pop_tests::desktop::Keychain;
use pop_tests::gateway::{Relay, agree};
use pop_tests::glia::{ended, started};
use serde_json::json;

use crate::app::Place;

// The issuer answers beside the test, which waits.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_platforms_webhook_pops_once_for_the_agent_who_signed_in_at_the_gateway() {
    let relay = Relay::start().await.unwrap();
    let settings = json!({
        "sandbox": { "enabled": true },
        "listener": { "enabled": true, "port": 0 },
        "source": relay.source(),
    });
    let place = Place::with(Keychain::Unlocked, &settings.to_string());
    place.set_policy(&json!({ "security": { "allow_loopback_http": true } }));
    let app = place.open().await;
    let window = place.desktop.wait_for_window("Screenpop.*").unwrap();
    place.desktop.activate(&window).unwrap();
    place.desktop.press("ctrl+d").unwrap();
    app.click(".gateway[data-state=broken] .do button").await;
    let calls = place.desktop.opener().wait_for_calls(1).unwrap();
    agree(&calls[0][0]).await.unwrap();
    app.see(".gateway[data-state=connected]").await;

    let start = started("eng-1", "12345", "Cesar Gonzalez");
    assert_eq!(relay.post(&start).unwrap(), 202);
    app.see("[role=tab]").await;
    let calls = place.desktop.opener().wait_for_calls(2).unwrap();
    assert!(calls[1][0].contains("/customers/"), "{calls:?}");
    assert_eq!(relay.post(&start).unwrap(), 202, "a repetition");
    assert_eq!(relay.post(&ended("eng-1", "Cesar Gonzalez")).unwrap(), 202);
    let other = started("eng-2", "20001", "Somebody");
    assert_eq!(relay.post(&other).unwrap(), 202, "the control");
    place.desktop.opener().wait_for_calls(3).unwrap();
    assert_eq!(app.count("[role=tab]").await, 2, "one card each");

    place.desktop.press("ctrl+d").unwrap();
    app.click(".gateway button[aria-expanded]").await;
    app.click(".gateway .sure button").await;
    app.see(".gateway[data-state=broken]").await;
    app.close().await;
}
