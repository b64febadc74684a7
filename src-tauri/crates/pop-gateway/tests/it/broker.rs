//! An outage of the broker, and what it refuses.

use crate::kit::{Desktop, Place, metric, metric_becomes, post, send, start_of};
use crate::mosquitto::{Mosquitto, Way, free_port};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_came_during_an_outage_is_brought_afterwards_in_its_order() {
    let broker = Mosquitto::start(free_port());
    let mut desktop = Desktop::of(broker.port, "agent01").await;
    let port = free_port();
    let place = Place::new(port);
    let gateway = place.start().await;
    let ready = send(gateway.operations, "GET", "/readyz", "", "")
        .await
        .status;
    assert_eq!(ready, 200, "an outage is waited out");
    let mut sent = 0;
    let mut more = async || {
        for _ in 0..5 {
            sent += 1;
            let delivery = start_of(&format!("eng-{sent}"));
            assert_eq!(post(gateway.webhooks, &delivery).await, 202);
        }
    };
    more().await;
    assert_eq!(metric(gateway.operations, "waiting").await, 5);
    let near = broker.port;
    let way = Way::open(port, near);
    metric_becomes(gateway.operations, "published_total", 5).await;
    way.cut();
    metric_becomes(gateway.operations, "broker_connected", 0).await;
    more().await;
    let way = Way::open(port, near);
    metric_becomes(gateway.operations, "published_total", 10).await;
    metric_becomes(gateway.operations, "waiting", 0).await;

    for number in 1..=10 {
        let id = desktop.event().await.key.id;
        assert_eq!(id, format!("eng-{number}"), "in order, once");
    }
    gateway.stop().await;
    drop(way);
}

#[tokio::test]
async fn a_broker_that_is_restarted_loses_nothing_that_was_accepted() {
    let port = free_port();
    let first = Mosquitto::start(port);
    let desktop = Desktop::of(port, "agent01").await;
    let place = Place::new(port);
    let gateway = place.start().await;
    assert_eq!(post(gateway.webhooks, &start_of("eng-1")).await, 202);
    metric_becomes(gateway.operations, "published_total", 1).await;
    drop((first, desktop));
    metric_becomes(gateway.operations, "broker_connected", 0).await;
    assert_eq!(post(gateway.webhooks, &start_of("eng-2")).await, 202);
    assert_eq!(metric(gateway.operations, "waiting").await, 1);
    let _second = Mosquitto::start(port);
    metric_becomes(gateway.operations, "broker_connected", 1).await;
    let mut desktop = Desktop::of(port, "agent01").await;
    assert_eq!(
        desktop.event().await.key.id,
        "eng-2",
        "it waited for the desktop"
    );
    metric_becomes(gateway.operations, "published_total", 2).await;
    metric_becomes(gateway.operations, "waiting", 0).await;
    gateway.stop().await;
}

#[tokio::test]
async fn what_the_broker_refuses_stays_and_holds_nobody_else_up() {
    let port = free_port();
    let folder = tempfile::tempdir().expect("a folder");
    let rights = folder.path().join("acl");
    let allowed = "topic readwrite sp/v1/acme/agents/agent02/interactions\n";
    std::fs::write(&rights, allowed).expect("writes");
    let settings = format!("allow_anonymous true\nacl_file {}\n", rights.display());
    let broker = Mosquitto::start_with(port, &settings);
    let mut desktop = Desktop::of(broker.port, "agent02").await;
    let place = Place::new(port);
    let gateway = place.start().await;
    assert_eq!(post(gateway.webhooks, &start_of("eng-1")).await, 202);
    let other = start_of("eng-2")
        .replace("op-1", "op-2")
        .replace("jordan.green", "kim");
    assert_eq!(post(gateway.webhooks, &other).await, 202);
    assert_eq!(desktop.event().await.key.id, "eng-2");
    // Answers are counted in the order of the messages.
    metric_becomes(gateway.operations, "published_total", 1).await;
    assert!(metric(gateway.operations, "broker_refused_total").await >= 1);
    gateway.stop().await;
    drop(broker);
    let gateway = place.start().await;
    assert_eq!(
        metric(gateway.operations, "waiting").await,
        1,
        "only what was refused"
    );
    gateway.stop().await;
}
