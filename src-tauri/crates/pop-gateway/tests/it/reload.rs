//! New settings while it runs, and how often a source may deliver.

use std::fs;

use pop_gateway::{Config, NotReloaded, Running};

use crate::kit::{Desktop, Place, event, metric, metric_becomes, post, send, start_of};
use crate::mosquitto::{Mosquitto, free_port};

pub(crate) fn change(place: &Place, from: &str, to: &str) {
    let text = fs::read_to_string(&place.config).expect("reads");
    assert!(text.contains(from), "{from} is in the settings");
    fs::write(&place.config, text.replace(from, to)).expect("writes");
}

pub(crate) fn reload(place: &Place, gateway: &Running) -> Result<(), NotReloaded> {
    let config = Config::load(&place.config, &place.secrets());
    gateway.reload(config.unwrap_or_else(|faults| panic!("{faults:#?}")))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_agent_who_is_entered_is_reached_and_what_waited_is_still_brought() {
    let port = free_port();
    let place = Place::new(port);
    let gateway = place.start().await;
    assert_eq!(post(gateway.webhooks, &start_of("eng-1")).await, 202);
    let kim = |engagement| {
        start_of(engagement)
            .replace("op-1", "op-3")
            .replace("jordan", "kim")
    };
    assert_eq!(post(gateway.webhooks, &kim("eng-2")).await, 202);
    let unknown = "unreached_total{source=\"glia\",why=\"unknown\"}";
    assert_eq!(metric(gateway.operations, unknown).await, 1);

    change(&place, "platform_id.glia = \"op-1\"", "");
    change(&place, "Jordan.Green@example.com", "another@example.com");
    change(&place, "\"op-22\"", "\"op-3\"");
    reload(&place, &gateway).expect("taken");
    assert_eq!(post(gateway.webhooks, &kim("eng-3")).await, 202);
    assert_eq!(post(gateway.webhooks, &start_of("eng-4")).await, 202);
    assert_eq!(
        metric(gateway.operations, unknown).await,
        2,
        "by the new directory"
    );
    assert_eq!(metric(gateway.operations, "waiting").await, 2);
    let _broker = Mosquitto::start(port);
    let _both = (
        Desktop::of(port, "agent01").await,
        Desktop::of(port, "agent02").await,
    );
    metric_becomes(gateway.operations, "published_total", 2).await;
    gateway.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_only_a_start_can_change_is_named_and_the_old_settings_stay() {
    let place = Place::new(free_port());
    let gateway = place.start().await;
    change(&place, "path = \"/glia\"", "path = \"/elsewhere\"");
    change(&place, "folder = \"queue\"", "folder = \"another\"");
    change(&place, "tenant = \"acme\"", "tenant = \"other\"");
    let refused = reload(&place, &gateway).expect_err("a start is needed");
    assert_eq!(refused.0, ["tenant", "store"]);
    assert_eq!(post(gateway.webhooks, &start_of("eng-1")).await, 202);
    change(&place, "folder = \"another\"", "folder = \"queue\"");
    change(&place, "tenant = \"other\"", "tenant = \"acme\"");
    reload(&place, &gateway).expect("taken");
    assert_eq!(
        post(gateway.webhooks, &start_of("eng-2")).await,
        404,
        "moved"
    );
    gateway.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_source_that_delivers_too_often_is_told_when_to_come_back() {
    let place = Place::new(free_port());
    change(
        &place,
        "path = \"/glia\"",
        "path = \"/glia\"\nper_second = 1",
    );
    let gateway = place.start().await;
    for _ in 0..5 {
        let answer = send(gateway.webhooks, "POST", "/glia", "", "{}").await;
        assert_eq!(answer.status, 401, "a stranger's requests count for nobody");
    }
    let field = format!("Authorization: {}\r\n", crate::kit::KEY);
    let mut refused = 0;
    for number in 0..100 {
        let delivery = start_of(&format!("eng-{number}"));
        let answer = send(gateway.webhooks, "POST", "/glia", &field, &delivery).await;
        if answer.status == 429 {
            assert!(answer.head.to_lowercase().contains("retry-after: 1"));
            refused += 1;
        } else {
            assert_eq!(answer.status, 202);
        }
    }
    assert!(refused > 0, "a hundred in less than a hundred seconds");
    let name = "deliveries_total{source=\"glia\",outcome=\"too_often\"}";
    assert_eq!(metric(gateway.operations, name).await, refused);
    gateway.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_desktops_say_is_measured_and_desktops_can_be_told() {
    let broker = Mosquitto::start(free_port());
    let place = Place::new(broker.port);
    let gateway = place.start().await;
    metric_becomes(gateway.operations, "control_connected", 1).await;
    let mut desktop = Desktop::of(broker.port, "agent01").await;
    assert_eq!(post(gateway.webhooks, &start_of("eng-1")).await, 202);
    let came = event(&desktop.message().await.payload);
    for device in ["one", "two"] {
        let online = format!(
            r#"{{"protocol":1,"state":"online","device":"{device}","version":"0.1.0","since":"2026-01-06T15:57:41Z"}}"#
        );
        desktop.say("presence", &online).await;
    }
    metric_becomes(gateway.operations, "devices_online", 2).await;
    assert_eq!(metric(gateway.operations, "agents_online").await, 1);
    let leader = desktop.letter().await;
    assert_eq!(leader, r#"{"protocol":1,"kind":"leader","leader":"one"}"#);
    let ack = format!(
        r#"{{"protocol":1,"source":"{}","id":"{}","what":"popped","at":"2026-01-06T15:57:41Z"}}"#,
        came.key.source, came.id
    );
    desktop.say("ack", &ack).await;
    metric_becomes(gateway.operations, "acks_total{what=\"popped\"}", 1).await;
    let measured = "delivery_seconds_count{what=\"popped\"}";
    assert_eq!(metric(gateway.operations, measured).await, 1);

    let ask = async |body: &str| {
        let answer = send(gateway.operations, "POST", "/control", "", body).await;
        (answer.status, answer.body)
    };
    let told = ask(r#"{"kind":"sync","agent":"agent01"}"#).await;
    assert_eq!(told, (202, r#"{"told":1}"#.to_owned()));
    assert_eq!(desktop.letter().await, r#"{"protocol":1,"kind":"sync"}"#);
    let all = ask(r#"{"kind":"configuration"}"#).await;
    assert_eq!(all, (202, r#"{"told":2}"#.to_owned()));
    assert_eq!(
        desktop.letter().await,
        r#"{"protocol":1,"kind":"configuration"}"#
    );
    for wrong in [
        r#"{"kind":"sign_out"}"#,
        r#"{"kind":"sync","agent":"agent99"}"#,
        r#"{"kind":"reboot"}"#,
    ] {
        assert_eq!(ask(wrong).await.0, 422, "{wrong}");
    }
    gateway.stop().await;
}
