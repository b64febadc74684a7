//! The whole way, everything real: a platform's webhook, the gateway, a Mosquitto with its
//! dynamic-security plugin, an issuer of sign-ins, and the desktop's engine, over TLS. What the
//! person does in the browser, the test does.

use std::fs;
use std::time::Duration;

use pop_core::stream::StreamFault;
use pop_doubles::issuer::Issuer;
use pop_doubles::mosquitto::Mosquitto;
use pop_doubles::mqtt::{Client, Connect};
use pop_engine::{EnrolFault, Enrolling};
use pop_gateway::Running;
use serde_json::json;

use crate::computer::{Computer, Run};
use crate::faults::{ringing_since, until};
use crate::kit::{Place, metric, metric_becomes, post};

/// A visitor whom the page calls by the number of a customer whom the CRM knows.
pub(crate) fn visit(engagement: &str) -> String {
    visit_of(engagement, "12345")
}

fn visit_of(engagement: &str, customer: &str) -> String {
    json!({
        "version": "v1", "export_type": "engagement_start", "engagement_id": engagement,
        "site_id": "site-1", "platform": "omnicore", "source": "button_embed",
        "queue_wait_time": 0, "queues": [{ "id": "q1", "name": "Loans" }],
        "operator": { "id": "op-1", "name": "Jordan Green", "email": "jordan.green@example.com" },
        "visitor": { "id": "v1", "name": "Cesar Gonzalez" },
        "custom_fields": [{ "key": "customerId", "value": customer }],
    })
    .to_string()
}

/// All but the desktop.
pub(crate) struct Stage {
    pub(crate) broker: Mosquitto,
    pub(crate) issuer: Issuer,
    pub(crate) place: Place,
}

impl Stage {
    pub(crate) async fn new() -> Self {
        Self::reached_by(None).await
    }

    /// Desktops reach the broker's TLS listener by this port.
    pub(crate) async fn reached_by(way: Option<u16>) -> Self {
        let broker = Mosquitto::start().expect("mosquitto is installed");
        let issuer = Issuer::start(&[]).await.expect("a port");
        issuer.signs_in("jordan.green@example.com");
        let place = Place::enrolling(broker.plain, &issuer.url, "");
        let text = fs::read_to_string(&place.config).expect("reads");
        let port = way.unwrap_or(broker.tls);
        let here = format!("mqtts://localhost:{port}");
        let text = text.replace("wss://broker.acme.example/mqtt", &here);
        fs::write(&place.config, text).expect("writes");
        Self {
            broker,
            issuer,
            place,
        }
    }

    pub(crate) async fn gateway(&self) -> Running {
        let gateway = self.place.start().await;
        metric_becomes(gateway.operations, "broker_connected", 1).await;
        metric_becomes(gateway.operations, "control_connected", 1).await;
        gateway
    }

    pub(crate) fn computer(&self, gateway: &str) -> Computer {
        Computer::new(gateway, &self.broker.authority())
    }

    /// A computer on which the agent has just signed in.
    pub(crate) async fn signed_in(&self, gateway: &Running) -> (Computer, Run) {
        let computer = self.computer(&format!("http://{}", gateway.webhooks));
        let run = computer.start();
        run.sign_in().await;
        (computer, run)
    }
}

pub(crate) fn acks(what: &str) -> String {
    format!("acks_total{{what=\"{what}\"}}")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_webhook_pops_once_at_the_agent_who_signed_in_and_the_gateway_hears_of_it() {
    let stage = Stage::new().await;
    let gateway = stage.gateway().await;
    let computer = stage.computer(&format!("http://{}", gateway.webhooks));
    let run = computer.start();
    stage.issuer.refuse_next_sign_in();
    let Enrolling::No { why, .. } = run.try_to_sign_in().await else {
        panic!("who says no is not signed in");
    };
    assert!(matches!(why, EnrolFault::Browser(_)), "{why:?}");
    let account = run.sign_in().await;
    assert!(account.starts_with("acme.agent01."), "{account}");
    assert!(stage.broker.accounts().contains(&account), "it is entered");
    metric_becomes(gateway.operations, "devices_online", 1).await;

    assert_eq!(post(gateway.webhooks, &visit("eng-1")).await, 202);
    run.screen.customer("eng-1", "12345").await;
    run.screen.records(1).await;
    metric_becomes(gateway.operations, &acks("received"), 1).await;
    metric_becomes(gateway.operations, &acks("popped"), 1).await;

    assert_eq!(post(gateway.webhooks, &visit("eng-1")).await, 202, "again");
    let (offer, _) = ringing_since(0, "int-1");
    assert_eq!(post(gateway.webhooks, &offer).await, 202);
    run.screen.card("presence:int-1").await;
    let other = visit_of("eng-2", "20001");
    assert_eq!(post(gateway.webhooks, &other).await, 202);
    run.screen.records(2).await;
    let shown = run.screen.now();
    assert_eq!(shown.pops("eng-1"), 1, "once");
    assert_eq!(shown.opened.len(), 2, "each that was accepted, once");

    run.engine.sign_out_gateway().await.expect("signs out");
    run.screen
        .is_deaf("signed out", StreamFault::SignInNeeded)
        .await;
    metric_becomes(
        gateway.operations,
        "enrolments_total{outcome=\"removed\"}",
        1,
    )
    .await;
    let accounts = stage.broker.accounts();
    assert!(!accounts.contains(&account), "its record is gone");
    run.stop().await;
    gateway.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_came_while_the_desktop_was_off_pops_once_unless_it_is_over() {
    let stage = Stage::new().await;
    let gateway = stage.gateway().await;
    let (computer, run) = stage.signed_in(&gateway).await;
    assert_eq!(post(gateway.webhooks, &visit("eng-1")).await, 202);
    run.screen.records(1).await;
    metric_becomes(gateway.operations, &acks("popped"), 1).await;
    run.stop().await;
    metric_becomes(gateway.operations, "devices_online", 0).await;

    let (offer, over) = ringing_since(43, "int-1");
    assert_eq!(post(gateway.webhooks, &offer).await, 202);
    assert_eq!(post(gateway.webhooks, &visit("eng-2")).await, 202);
    metric_becomes(gateway.operations, "published_total", 3).await;
    // A broker counts whole seconds, from the one in which it took the message.
    until(over.after(Duration::from_secs(2))).await;
    let run = computer.start();
    run.hears().await;
    run.screen.customer("eng-2", "12345").await;
    run.screen.records(1).await;
    let (offer, _) = ringing_since(0, "int-2");
    assert_eq!(post(gateway.webhooks, &offer).await, 202);
    run.screen.card("presence:int-2").await;
    let shown = run.screen.now();
    assert_eq!(shown.pops("presence:int-1"), 0, "it rings no more");
    assert_eq!(shown.pops("eng-1"), 0, "it was handled before");
    assert_eq!(shown.pops("eng-2"), 1);
    metric_becomes(gateway.operations, &acks("popped"), 3).await;
    run.stop().await;

    let run = computer.start();
    run.hears().await;
    assert_eq!(post(gateway.webhooks, &visit("eng-3")).await, 202);
    run.screen.records(1).await;
    assert_eq!(run.screen.now().ever.len(), 1, "and nothing once more");
    run.stop().await;
    gateway.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_desktop_that_died_is_missed_after_its_will() {
    let stage = Stage::new().await;
    let gateway = stage.gateway().await;
    let (computer, run) = stage.signed_in(&gateway).await;
    run.stop().await;
    metric_becomes(gateway.operations, "devices_online", 0).await;
    // A process of its own, as far as the broker can tell: it ends without a word.
    let life = tokio::runtime::Runtime::new().expect("a runtime");
    let living = life.spawn(async move {
        let run = computer.start();
        run.hears().await;
        (computer, run)
    });
    let (_computer, run) = living.await.expect("it starts");
    metric_becomes(gateway.operations, "devices_online", 1).await;
    let killed = std::time::Instant::now();
    drop(run);
    life.shutdown_background();
    metric_becomes(gateway.operations, "devices_online", 0).await;
    let missed = killed.elapsed();
    assert!(
        missed > Duration::from_secs(10),
        "it may come back: {missed:?}"
    );
    gateway.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_an_agents_two_devices_the_first_opens_and_the_second_shows() {
    let stage = Stage::new().await;
    let gateway = stage.gateway().await;
    let control = "sp/v1/acme/agents/agent01/control";
    let rights = [
        ("subscribeLiteral", control),
        ("publishClientReceive", control),
    ];
    stage
        .broker
        .allow("ear", "its-password", &rights)
        .expect("a login");
    let connect = Connect {
        id: "ear",
        login: Some(("ear", "its-password")),
        ..Connect::default()
    };
    let ear = Client::connect(stage.broker.plain, &connect).expect("the broker answers");
    let mut ear = ear.unwrap_or_else(|code| panic!("refused: {code:#x}"));
    assert_eq!(ear.subscribe(&[control]).expect("answers"), [1]);

    let (_first_computer, first) = stage.signed_in(&gateway).await;
    metric_becomes(gateway.operations, "devices_online", 1).await;
    let (_second_computer, second) = stage.signed_in(&gateway).await;
    let told = ear.hear().expect("the devices are told who leads").said;
    assert!(String::from_utf8_lossy(&told).contains("leader"));
    assert_eq!(post(gateway.webhooks, &visit("eng-1")).await, 202);
    first.screen.records(1).await;
    second.screen.customer("eng-1", "12345").await;
    metric_becomes(gateway.operations, &acks("popped"), 2).await;
    assert_eq!(second.screen.now().opened.len(), 0, "the other one leads");

    first.stop().await;
    let told = ear.hear().expect("and when the leader leaves").said;
    assert!(String::from_utf8_lossy(&told).contains("leader"));
    assert_eq!(post(gateway.webhooks, &visit("eng-2")).await, 202);
    second.screen.records(1).await;
    assert_eq!(metric(gateway.operations, "devices_online").await, 1);
    second.stop().await;
    gateway.stop().await;
}
