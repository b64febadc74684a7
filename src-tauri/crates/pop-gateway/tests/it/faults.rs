//! What goes wrong between a platform and a desktop: a broker that lost its memory, outages that
//! are longer than a ring, clocks that are wrong. Nothing accepted is lost, nothing stale arrives.
//! The broker is the documented Mosquitto, the desktop a session that outlives its connection.

use std::fs;
use std::time::{Duration, SystemTime};

use pop_core::interaction::What;
use pop_core::moment::Moment;
use pop_doubles::mosquitto::{Account, GATEWAY, GATEWAY_PASSWORD, Mosquitto};
use pop_doubles::mqtt::{Client, Connect};
use pop_gateway::Running;

use crate::kit::{Place, event, metric, metric_becomes, post, secret, start_of};

fn now() -> Moment {
    let since = SystemTime::UNIX_EPOCH.elapsed().expect("after 1970");
    Moment::default().after(since)
}

/// An offer that began to ring so many seconds ago; it rings for 45.
pub(crate) fn ringing_since(seconds: i64, engagement: &str) -> (String, Moment) {
    let began = Moment::from_micros(now().micros() - seconds * 1_000_000);
    let at = began.rfc3339();
    let body = format!(
        r#"{{"action":"user_presence_update","sent_at":"{at}","events":[{{
"valid_from":"{at}","user_id":"op-1","account_id":"a1",
"status":{{"value":"available","changed_at":"{at}"}},"availability":"available",
"capacity":{{"media":[],"media_before_interactions":["chat"],"unavailable_after_interactions":false,"change_reason":null}},
"activity":{{"level":"interacting","only_after_call_work":false,"interactions":[{{
"id":"{engagement}","status":"alerting","status_changed_at":"{at}","role":"host","media":["chat"],"initial_request_direction":"reactive"}}]}}}}]}}"#
    );
    (body, began.after(Duration::from_secs(45)))
}

pub(crate) async fn until(moment: Moment) {
    while now() <= moment {
        tokio::time::sleep(moment.since(now()) + Duration::from_millis(1)).await;
    }
}

/// A broker, a device of the agent, and a gateway in between that is not started.
pub(crate) struct Stage {
    pub(crate) broker: Mosquitto,
    pub(crate) device: Account,
    pub(crate) place: Place,
}

impl Stage {
    pub(crate) fn new() -> Self {
        let broker = Mosquitto::start().expect("the broker starts");
        let device = broker.enrol("agent01", "dev1").expect("a device");
        let place = Place::new(broker.plain);
        secret(place.folder.path(), "broker", GATEWAY_PASSWORD);
        let settings = fs::read_to_string(&place.config).expect("reads");
        let login = format!("[broker]\nusername = \"{GATEWAY}\"\npassword = \"broker\"\n");
        fs::write(&place.config, settings.replace("[broker]\n", &login)).expect("writes");
        Self {
            broker,
            device,
            place,
        }
    }

    pub(crate) async fn gateway(&self) -> Running {
        let gateway = self.place.start().await;
        metric_becomes(gateway.operations, "broker_connected", 1).await;
        gateway
    }

    /// The desktop connects, and asks for its topic when the broker does not know it any more.
    pub(crate) fn desktop(&self) -> Client {
        let connect = Connect {
            id: &self.device.username,
            login: Some((&self.device.username, &self.device.password)),
            session: 300,
            will: None,
        };
        let client = Client::connect(self.broker.plain, &connect).expect("the broker answers");
        let mut client = client.unwrap_or_else(|code| panic!("refused: {code:#x}"));
        if !client.session_present {
            let topic = self.device.topic("interactions");
            assert_eq!(client.subscribe(&[&topic]).expect("answers"), [1]);
        }
        client
    }
}

fn hears(desktop: &mut Client) -> String {
    event(&desktop.hear().expect("a message").said).key.id
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_broker_that_forgot_every_session_loses_nothing_that_was_accepted() {
    let mut stage = Stage::new();
    let mut desktop = stage.desktop();
    let gateway = stage.gateway().await;
    assert_eq!(post(gateway.webhooks, &start_of("eng-1")).await, 202);
    assert_eq!(hears(&mut desktop), "eng-1");
    metric_becomes(gateway.operations, "waiting", 0).await;

    stage.broker.forget_sessions().expect("it is killed");
    metric_becomes(gateway.operations, "broker_connected", 0).await;
    assert_eq!(post(gateway.webhooks, &start_of("eng-2")).await, 202);
    stage.broker.start_again().expect("it comes back");
    metric_becomes(gateway.operations, "broker_connected", 1).await;
    // The gateway is back before the desktop, and what it publishes reaches nobody.
    while metric(gateway.operations, "for_nobody_total").await == 0 {}
    let mut desktop = stage.desktop();
    assert!(!desktop.session_present, "the broker forgot");
    assert_eq!(hears(&mut desktop), "eng-2", "and eng-1 not once more");
    assert_eq!(post(gateway.webhooks, &start_of("eng-3")).await, 202);
    assert_eq!(hears(&mut desktop), "eng-3", "and eng-2 not once more");
    metric_becomes(gateway.operations, "waiting", 0).await;
    gateway.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_broker_that_is_killed_keeps_what_waited_for_a_desktop_that_was_away() {
    let mut stage = Stage::new();
    drop(stage.desktop());
    let gateway = stage.gateway().await;
    assert_eq!(post(gateway.webhooks, &start_of("eng-1")).await, 202);
    metric_becomes(gateway.operations, "published_total", 1).await;
    // It writes its sessions down once a second.
    stage.broker.wait_until_kept(b"eng-1").expect("it is kept");
    stage.broker.kill().expect("it ran");
    stage.broker.start_again().expect("it comes back");
    let mut desktop = stage.desktop();
    assert!(desktop.session_present, "the session was kept");
    assert_eq!(hears(&mut desktop), "eng-1");
    gateway.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_stopped_ringing_during_an_outage_is_not_brought_and_what_is_still_of_use_is() {
    let mut stage = Stage::new();
    let gateway = stage.gateway().await;
    drop(stage.desktop());
    stage.broker.kill().expect("it ran");
    metric_becomes(gateway.operations, "broker_connected", 0).await;
    let (offer, over) = ringing_since(43, "int-1");
    assert_eq!(post(gateway.webhooks, &offer).await, 202);
    assert_eq!(post(gateway.webhooks, &start_of("eng-1")).await, 202);
    assert_eq!(metric(gateway.operations, "waiting").await, 2, "both wait");

    until(over).await;
    stage.broker.start_again().expect("it comes back");
    let mut desktop = stage.desktop();
    assert_eq!(hears(&mut desktop), "eng-1", "and no ring that is over");
    assert_eq!(metric(gateway.operations, "expired_total").await, 1);
    gateway.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_desktop_that_was_away_hears_what_is_still_of_use_and_how_long() {
    let stage = Stage::new();
    drop(stage.desktop());
    let gateway = stage.gateway().await;
    let (offer, over) = ringing_since(43, "int-1");
    assert_eq!(post(gateway.webhooks, &offer).await, 202);
    assert_eq!(post(gateway.webhooks, &start_of("eng-1")).await, 202);
    metric_becomes(gateway.operations, "published_total", 2).await;

    // A broker counts whole seconds, from the one in which it took the message.
    until(over.after(Duration::from_secs(2))).await;
    let mut desktop = stage.desktop();
    assert!(desktop.session_present, "it was away for seconds only");
    let first = desktop.hear().expect("a message");
    assert_eq!(
        event(&first.said).key.id,
        "eng-1",
        "and no ring that is over"
    );
    let left = first.expiry.expect("an expiry");
    assert!(left < 120, "{left} s are left of 120");
    gateway.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_platform_whose_clock_is_hours_ahead_does_not_make_a_ring_of_hours() {
    let stage = Stage::new();
    let mut desktop = stage.desktop();
    let gateway = stage.gateway().await;
    let (ahead, _) = ringing_since(-3 * 3_600, "int-1");
    assert_eq!(post(gateway.webhooks, &ahead).await, 202);
    let message = desktop.hear().expect("a message");
    assert_eq!(event(&message.said).what, What::Offered);
    let left = message.expiry.expect("an expiry");
    assert!(left <= 3_600, "{left} s: an hour at most");
    gateway.stop().await;
}
