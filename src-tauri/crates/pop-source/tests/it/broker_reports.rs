//! What a desktop tells the gateway, and what it is told.

use pop_doubles::mosquitto::Mosquitto;
use pop_source::source::{Accepted, News, Source as _};
use serde_json::json;

use crate::broker_kit::{Desk, Ear, Gateway, config, offer, plain};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_says_that_it_is_there_and_that_it_leaves() {
    let broker = Mosquitto::start().expect("a broker");
    let account = broker.enrol("a17", "dev").expect("an account");
    let mut gateway = Gateway::at(&broker).await;
    let desk = Desk::start(config(&account, &plain(&broker)));
    let said = gateway.hear("presence").await;
    assert_eq!(said["state"], "online");
    assert_eq!(said["version"], "0.1.0");
    assert_eq!(said["protocol"], 1);
    desk.hears().await;
    gateway
        .tell(&account, &json!({"protocol": 1, "kind": "sync"}))
        .await;
    assert_eq!(gateway.hear("presence").await["state"], "online", "asked");
    desk.broker.stop().await;
    assert_eq!(gateway.hear("presence").await["state"], "offline");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_reports_what_became_of_each_event() {
    let broker = Mosquitto::start().expect("a broker");
    let account = broker.enrol("a17", "dev").expect("an account");
    let mut gateway = Gateway::at(&broker).await;
    let desk = Desk::start(config(&account, &plain(&broker)));
    desk.hears().await;
    gateway.publish(&account, &offer("e-1", "a17"), 300).await;
    let report = gateway.hear("ack").await;
    assert_eq!(report["what"], "received");
    assert_eq!(
        (&report["source"], &report["id"]),
        (&json!("/test/platform"), &json!("e-1"))
    );
    // Of an event that came another way the gateway knows nothing.
    desk.broker.popped("/local/link", "e-0");
    desk.broker.popped("/test/platform", "e-1");
    let report = gateway.hear("ack").await;
    assert_eq!(
        (&report["what"], &report["id"]),
        (&json!("popped"), &json!("e-1"))
    );
    desk.broker.stop().await;

    let ear = Ear::new(Some(Accepted::Unavailable));
    let desk = Desk::hearing(config(&account, &plain(&broker)), ear);
    desk.hears().await;
    gateway.publish(&account, &offer("e-2", "a17"), 300).await;
    assert_eq!(gateway.hear("ack").await["what"], "failed");
    desk.broker.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_passes_on_what_the_gateway_wants_and_passes_over_what_it_does_not_know() {
    let broker = Mosquitto::start().expect("a broker");
    let account = broker.enrol("a17", "dev").expect("an account");
    let gateway = Gateway::at(&broker).await;
    let desk = Desk::start(config(&account, &plain(&broker)));
    desk.hears().await;
    for kind in ["dance", "configuration", "sign_out"] {
        let letter = json!({"protocol": 1, "kind": kind, "of a later release": true});
        gateway.tell(&account, &letter).await;
    }
    desk.ear.told(News::Configuration).await;
    desk.ear.told(News::SignOut).await;
    desk.broker.stop().await;
}
