//! Pages of somebody else, open in real browsers on the agent's computer: they reach neither the
//! listener nor the gateway nor the window's commands.
//!
//! Each page tries the same ways on a server that welcomes everybody. What does not arrive or
//! cannot be read there says nothing about us.

use std::collections::BTreeMap;
use std::time::Duration;

use fantoccini::Locator;
use pop_tests::desktop::{Keychain, wait_until};
use pop_tests::gateway::{Relay, agree};
use pop_tests::glia::started;
use pop_tests::signed::{Delivery, chat};
use pop_tests::site::{Page, REPORT, Site};
use pop_tests::surfer::{Engine, Surfer};
use serde_json::{Value, json};

use crate::app::{Open, Place, SHOWN_LIMIT};

const ATTACK: &str = include_str!("pages/attack.html");
const WAYS: &str = include_str!("pages/ways.js");
const REBOUND: &str = include_str!("pages/rebound.html");

/// A browser starts within seconds, and a page gives up each way after three.
const REPORT_LIMIT: Duration = Duration::from_mins(1);

/// What a page can read across origins where it is welcome, in every engine.
const READING: &[&str] = &[
    "fetch-signed",
    "fetch-json",
    "fetch-plain",
    "fetch-credentials",
    "fetch-get",
    "fetch-put",
    "fetch-delete",
    "xhr",
];

/// What arrives besides, in every engine.
const ARRIVING: &[&str] = &[
    "fetch-no-cors",
    "fetch-keepalive",
    "fetch-no-referrer",
    "fetch-get-no-cors",
    "beacon",
    "beacon-json",
    "ping",
    "form-plain",
    "form-encoded",
    "form-parts",
    "frame",
    "image",
    "script",
    "style",
    "object",
    "media",
    "worker",
    "events",
    "websocket",
];

/// Everything that pages may not reach, while it runs.
struct Stage {
    place: Place,
    app: Open,
    relay: Relay,
}

/// What one browser's pages told.
struct Told {
    /// By target, what was read by each way.
    read: BTreeMap<String, BTreeMap<String, String>>,
    /// By port and path, the status of the answer to a page whose name was rebound.
    rebound: Vec<(u64, String, u64)>,
}

impl Stage {
    /// The app with its listener, signed in at a gateway.
    async fn set() -> Self {
        let relay = Relay::start().await.unwrap();
        let settings = json!({
            "agent": { "id": "agent01" },
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
        Self { place, app, relay }
    }

    fn listener(&self) -> String {
        format!("http://127.0.0.1:{}/v1/events", self.app.sender.port())
    }

    /// What pages try to reach, with the best that they could know: a delivery that was signed
    /// for us, a platform's body, the question of a telephone system, a word to desktops.
    fn targets(&self, witness: &Site, delivery: &Delivery) -> Value {
        let (webhooks, operations) = (
            format!("http://{}", self.relay.gateway.webhooks),
            format!("http://{}", self.relay.gateway.operations),
        );
        let target = |url: String, body: String, witness: bool| json!({ "url": url, "body": body, "fields": delivery.fields(), "witness": witness });
        json!([
            target(
                format!("{}/v1/events", witness.url()),
                delivery.body(),
                true
            ),
            target(self.listener(), delivery.body(), false),
            target(format!("{webhooks}/glia"), platform().to_string(), false),
            target(
                format!("{webhooks}/v1/route"),
                question().to_string(),
                false
            ),
            target(format!("{webhooks}/v1/enrolment"), "{}".into(), false),
            target(
                format!("{operations}/control"),
                sign_out().to_string(),
                false
            ),
            target(format!("{operations}/metrics"), String::new(), false),
            target(format!("{operations}/unreached"), String::new(), false),
        ])
    }

    /// By port, what a page of the same origin asks.
    fn same_origin(&self, delivery: &Delivery) -> Vec<(u16, Value)> {
        let post = |path: &str, fields: Value, body: String| json!({ "path": path, "method": "POST", "headers": fields, "body": body });
        let json = || json!({ "content-type": "application/json" });
        let gateway = &self.relay.gateway;
        vec![
            (
                self.app.sender.port(),
                json!([
                    post("/v1/events", delivery.fields(), delivery.body()),
                    { "path": "/v1/events" },
                ]),
            ),
            (
                gateway.webhooks.port(),
                json!([
                    post("/glia", json(), platform().to_string()),
                    post("/v1/route", json(), question().to_string()),
                    { "path": "/metrics" },
                ]),
            ),
            (
                gateway.operations.port(),
                json!([
                    post("/control", json(), sign_out().to_string()),
                    { "path": "/metrics" },
                    { "path": "/unreached" },
                ]),
            ),
        ]
    }
}

fn platform() -> Value {
    started("eng-1", "12345", "Cesar Gonzalez")
}

fn question() -> Value {
    json!({ "channel": "voice", "customer": { "phone": "+34600012777" } })
}

fn sign_out() -> Value {
    json!({ "kind": "sign_out", "agent": "agent01" })
}

/// Opens the pages in a browser and waits until they have told everything.
fn visit(stage: &Stage, engine: Engine, witness: &Site, delivery: &Delivery) -> Told {
    let rebound = stage.same_origin(delivery);
    let page = |path: String, kind, text: String| Page { path, kind, text };
    let mut pages = vec![
        page("/attack".into(), "text/html", ATTACK.into()),
        page("/ways.js".into(), "text/javascript", WAYS.into()),
        page("/rebound".into(), "text/html", REBOUND.into()),
    ];
    let names = rebound
        .iter()
        .map(|(port, _)| format!("http://rebound.example:{port}/rebound"));
    let plan = json!({
        "targets": stage.targets(witness, delivery),
        "rebound": names.collect::<Vec<_>>(),
    });
    pages.push(page("/plan".into(), "application/json", plan.to_string()));
    for (port, requests) in &rebound {
        let plan = json!({ "requests": requests }).to_string();
        pages.push(page(format!("/plan{port}"), "application/json", plan));
    }
    let site = Site::start(pages).unwrap();
    let url = format!("{}/attack", site.url());
    let _surfer = Surfer::open(&stage.place.desktop, engine, &site, &url).unwrap();
    let reports = wait_until(&format!("what {engine:?} tells"), REPORT_LIMIT, || {
        let reports: Vec<_> = site
            .seen()
            .into_iter()
            .filter(|it| it.path == REPORT)
            .collect();
        Ok((reports.len() == 1 + rebound.len()).then_some(reports))
    });
    told(
        reports
            .unwrap()
            .iter()
            .map(|report| serde_json::from_str(&report.body).unwrap()),
    )
}

fn told(reports: impl Iterator<Item = Value>) -> Told {
    let mut told = Told {
        read: BTreeMap::new(),
        rebound: Vec::new(),
    };
    for report in reports {
        let Some(port) = report["port"].as_str() else {
            told.read = serde_json::from_value(report).unwrap();
            continue;
        };
        for found in report["found"].as_array().unwrap() {
            told.rebound.push((
                port.parse().unwrap(),
                found["path"].as_str().unwrap().to_owned(),
                found["status"].as_u64().unwrap(),
            ));
        }
    }
    told
}

// The issuer and the proxy answer beside the test, which waits.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_page_of_somebody_else_reaches_the_listener_or_the_gateway() {
    let stage = Stage::set().await;
    let delivery = stage
        .app
        .sender
        .deliver(&chat("i-1", "accepted", "12345"))
        .unwrap();
    for engine in [Engine::Chromium, Engine::WebKit] {
        let witness = Site::start(Vec::new()).unwrap();
        let told = visit(&stage, engine, &witness, &delivery);
        welcomed(engine, &witness, &told);
        for (target, read) in &told.read {
            let read: Vec<_> = read.iter().filter(|(_, read)| !read.is_empty()).collect();
            let own = target.starts_with(&witness.url());
            assert!(own || read.is_empty(), "{engine:?} read {target}: {read:?}");
        }
        let refused = |status: u64| matches!(status, 401 | 403 | 404 | 405 | 421);
        for (port, path, status) in &told.rebound {
            assert!(
                refused(*status),
                "{engine:?}, rebound: {path} of {port} answered {status}"
            );
        }
    }
    nothing_happened(&stage).await;
    the_same_sent_properly_counts(&stage, &delivery).await;
    stage.app.close().await;
}

/// The control of the ways: each arrives where it is welcome, and what can be read is read.
fn welcomed(engine: Engine, witness: &Site, told: &Told) {
    let asked = witness.seen();
    for way in READING.iter().chain(ARRIVING) {
        let path = format!("/v1/events?{way}");
        let arrived = asked.iter().any(|seen| seen.path == path);
        assert!(
            arrived,
            "{engine:?}: {way} did not arrive even where it is welcome"
        );
    }
    let read = &told.read[&format!("{}/v1/events", witness.url())];
    for way in READING {
        assert!(
            !read[*way].is_empty(),
            "{engine:?}: {way} could not even read where it may"
        );
    }
}

async fn nothing_happened(stage: &Stage) {
    assert_eq!(
        stage.app.count("[role=tab]").await,
        0,
        "no page made a card"
    );
    let gateway = &stage.relay.gateway;
    let accepted = "deliveries_total{source=\"glia\",outcome=\"accepted\"}";
    assert!(
        gateway.metric(accepted).unwrap().abs() < 0.5,
        "no page's delivery was accepted"
    );
    assert_eq!(
        stage.app.count(".gateway[data-state=connected]").await,
        1,
        "no page signed the agent out"
    );
}

async fn the_same_sent_properly_counts(stage: &Stage, delivery: &Delivery) {
    let (app, relay) = (&stage.app, &stage.relay);
    assert_eq!(
        relay.ask(&question()).unwrap(),
        200,
        "the telephone system is answered"
    );
    assert_eq!(relay.tell(&sign_out()).unwrap(), 202);
    app.see(".gateway[data-state=broken]").await;
    assert_eq!(
        delivery.send(app.sender.port()).unwrap(),
        202,
        "the very delivery that pages had"
    );
    app.read("main h1", "Cesar Gonzalez").await;
    assert_eq!(relay.post(&platform()).unwrap(), 202);
}

#[tokio::test]
async fn whatever_gets_into_the_window_reaches_nobody_and_only_its_own_commands() {
    let place = Place::new();
    let app = place.open().await;
    let witness = Site::start(Vec::new()).unwrap();
    let url = format!("{}/v1/events", witness.url());
    let target = json!({ "url": url, "body": "a=b", "fields": {}, "witness": true });
    let every_way = format!("{WAYS}\nconst [target, done] = arguments; tryAll(target).then(done);");
    let read = app.run(&every_way, vec![target]).await;
    let tried = read.as_object().unwrap().len();
    assert!(tried >= READING.len() + ARRIVING.len(), "{read}");
    let scheme = app.run(LEAVE, vec![json!(url)]).await;
    assert_eq!(scheme, "tauri:", "the window is where it was");
    assert_eq!(witness.seen(), [], "nothing left the window");

    for command in [
        "notice_show",
        "plugin:shell|open",
        "plugin:event|listen",
        "eval",
    ] {
        assert_eq!(
            invoke(&app, command, false).await,
            false,
            "{command} is not this window's"
        );
    }
    assert_eq!(invoke(&app, "definitions", true).await, true, "the control");
    // The only other page that the window may show is an empty one, on its way out.
    let client = app.browser.client();
    client
        .execute("location.assign('about:blank')", vec![])
        .await
        .unwrap();
    let blank = Locator::Css("html:not([lang])");
    client
        .wait()
        .at_most(SHOWN_LIMIT)
        .for_element(blank)
        .await
        .unwrap();
    assert_eq!(
        invoke(&app, "definitions", false).await,
        false,
        "not from another page"
    );
    app.close().await;
}

const LEAVE: &str = "const [url, done] = arguments; open(url); location.assign(url); \
    setTimeout(() => done(location.protocol), 500);";

/// What is kept from the core is not answered at all, or refused by it.
const INVOKE: &str = "const [command, wait, done] = arguments; \
    const late = new Promise((_, no) => setTimeout(no, wait)); \
    Promise.race([late, window.__TAURI_INTERNALS__.invoke(command, {})]) \
      .then(() => done(true), () => done(false));";

/// Whether the core does what the page in the window asks for. What is done is done within 20 s,
/// what is not answered is not waited for as long.
async fn invoke(app: &Open, command: &str, may: bool) -> Value {
    let wait = if may { 20_000 } else { 1_500 };
    app.run(INVOKE, vec![json!(command), json!(wait)]).await
}
