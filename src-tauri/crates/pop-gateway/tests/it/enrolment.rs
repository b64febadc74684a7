//! Devices are let in: a real issuer, and a real Mosquitto with its dynamic-security plugin.

use std::fs;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use pop_doubles::issuer::{Issuer, Key, encoded, unsigned};
use pop_gateway::Running;
use rumqttc::mqttbytes::v5::SubscribeReasonCode;
use rumqttc::{AsyncClient, Event, EventLoop, Incoming, MqttOptions, QoS};
use serde_json::{Value, json};

use crate::kit::{Answer, PATIENCE, Place, event, metric, post, send, start_of};
use crate::mosquitto::{Mosquitto, free_port};

const TOPIC: &str = "sp/v1/acme/agents/agent01";

/// A gateway that lets devices in, and what it needs.
pub(crate) struct Office {
    pub(crate) gateway: Running,
    issuer: Issuer,
    key: Key,
    pub(crate) broker: pop_doubles::mosquitto::Mosquitto,
    pub(crate) place: Place,
}

impl Office {
    pub(crate) async fn open() -> Self {
        Self::open_with("").await
    }

    async fn open_with(more: &str) -> Self {
        let broker = pop_doubles::mosquitto::Mosquitto::start().expect("mosquitto is installed");
        let key = p256();
        let issuer = Issuer::start(&[("k1", &key)]).await.expect("a port");
        let place = Place::enrolling(broker.plain, &issuer.url, more);
        let gateway = place.start().await;
        broker_is_reached(&gateway).await;
        Self {
            gateway,
            issuer,
            key,
            broker,
            place,
        }
    }

    fn token(&self) -> String {
        let claims = self.issuer.claims("jordan.green@example.com");
        signed(&self.key, "k1", &claims)
    }

    async fn enrol(&self, token: &str, device: &str) -> Answer {
        let body = json!({ "protocol": 1, "device": device, "version": "0.1.0" });
        self.enrol_with(token, &body).await
    }

    async fn enrol_with(&self, token: &str, body: &Value) -> Answer {
        let field = format!("Authorization: Bearer {token}\r\n");
        let to = self.gateway.webhooks;
        send(to, "POST", "/v1/enrolment", &field, &body.to_string()).await
    }

    pub(crate) async fn enrolled(&self, device: &str) -> Value {
        let answer = self.enrol(&self.token(), device).await;
        assert_eq!(answer.status, 201, "{}", answer.body);
        serde_json::from_str(&answer.body).expect("JSON")
    }

    async fn leave(&self, username: &str, password: &str) -> u16 {
        let field = STANDARD.encode(format!("{username}:{password}"));
        let field = format!("Authorization: Basic {field}\r\n");
        let to = self.gateway.webhooks;
        send(to, "DELETE", "/v1/enrolment", &field, "").await.status
    }
}

fn p256() -> Key {
    Key::p256().expect("a key")
}

fn ed25519() -> Key {
    Key::ed25519().expect("a key")
}

fn signed(key: &Key, id: &str, claims: &Value) -> String {
    key.token(id, claims).expect("signs")
}

/// Until the gateway's second connection stands too, its answers are 503.
async fn broker_is_reached(gateway: &Running) {
    let begun = std::time::Instant::now();
    while metric(gateway.operations, "control_connected").await == 0 {
        assert!(begun.elapsed() < PATIENCE, "the broker is never reached");
    }
}

fn cause(answer: &Answer) -> (u16, String, String) {
    let problem: Value = serde_json::from_str(&answer.body).expect("a problem in JSON");
    let word = |name: &str| problem[name].as_str().unwrap_or_default().to_owned();
    (answer.status, word("code"), word("cause"))
}

fn problem(status: u16, code: &str, cause: &str) -> (u16, String, String) {
    (status, code.to_owned(), cause.to_owned())
}

/// A device at the broker.
pub(crate) struct Device {
    client: AsyncClient,
    events: EventLoop,
}

impl Device {
    async fn connect(port: u16, id: &str, username: &str, password: &str) -> Option<Self> {
        let mut options = MqttOptions::new(id.to_owned(), ("127.0.0.1", port));
        options.set_credentials(username.to_owned(), password.to_owned());
        let (client, mut events) = AsyncClient::builder(options).capacity(16).build();
        loop {
            match events.poll().await {
                Ok(Event::Incoming(Incoming::ConnAck(_))) => return Some(Self { client, events }),
                Ok(_) => {}
                Err(_) => return None,
            }
        }
    }

    pub(crate) async fn of(port: u16, enrolled: &Value) -> Option<Self> {
        let text = |name: &str| enrolled[name].as_str().expect("a text").to_owned();
        let (id, username) = (text("client_id"), text("username"));
        Self::connect(port, &id, &username, &text("password")).await
    }

    async fn subscribe(&mut self, topic: &str) -> SubscribeReasonCode {
        let asked = self.client.subscribe(topic, QoS::AtLeastOnce).await;
        asked.expect("asks");
        loop {
            let heard = self.events.poll().await.expect("the broker is there");
            if let Event::Incoming(Incoming::SubAck(answer)) = heard {
                return answer.return_codes[0];
            }
        }
    }

    async fn next(&mut self) -> String {
        loop {
            let heard = self.events.poll().await.expect("the broker is there");
            if let Event::Incoming(Incoming::Publish(publish)) = heard {
                return event(&publish.payload).key.id;
            }
        }
    }
}

const GRANTED: SubscribeReasonCode = SubscribeReasonCode::Success(QoS::AtLeastOnce);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_signs_in_gets_a_device_for_the_own_topics_and_no_other() {
    let office = Office::open().await;
    let offer = send(office.gateway.webhooks, "GET", "/v1/enrolment", "", "").await;
    let offer: Value = serde_json::from_str(&offer.body).expect("JSON");
    let said = json!({ "protocol": 1, "tenant": "acme", "issuer": office.issuer.url,
        "client_id": "screenpop-desktop", "scopes": ["openid", "email"] });
    assert_eq!(offer, said);

    let enrolled = office.enrolled("laptop-1").await;
    assert_eq!(enrolled["username"], "acme.agent01.laptop-1");
    assert_eq!(enrolled["client_id"], "acme.agent01.laptop-1");
    assert_eq!(enrolled["urls"], json!(["wss://broker.acme.example/mqtt"]));
    assert_eq!(enrolled["topics"]["ack"], format!("{TOPIC}/ack"));
    let port = office.broker.plain;
    let mut device = Device::of(port, &enrolled).await.expect("let in");
    for own in ["interactions", "control"] {
        let answer = device.subscribe(&format!("{TOPIC}/{own}")).await;
        assert_eq!(answer, GRANTED, "{own}");
    }
    for foreign in [
        "sp/v1/acme/agents/agent02/interactions",
        "sp/v1/acme/agents/+/interactions",
        "#",
        "sp/v1/acme/agents/agent01/#",
        "sp/v1/acme/agents/agent01/presence",
        "$CONTROL/dynamic-security/v1/response",
    ] {
        let answer = device.subscribe(foreign).await;
        assert_eq!(answer, SubscribeReasonCode::NotAuthorized, "{foreign}");
    }
    assert_eq!(post(office.gateway.webhooks, &start_of("eng-1")).await, 202);
    assert_eq!(device.next().await, "eng-1");

    let password = enrolled["password"].as_str().expect("a password");
    let stolen = Device::connect(
        port,
        "acme.agent02.laptop-9",
        "acme.agent01.laptop-1",
        password,
    );
    assert!(stolen.await.is_none(), "the client id is bound to the name");
    assert_eq!(post(office.gateway.webhooks, &start_of("eng-2")).await, 202);
    assert_eq!(device.next().await, "eng-2", "still connected");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_device_that_enrols_again_has_a_new_password_and_one_that_leaves_has_none() {
    let office = Office::open_with("devices = 2").await;
    let port = office.broker.plain;
    let first = office.enrolled("laptop-1").await;
    let again = office.enrolled("laptop-1").await;
    assert!(Device::of(port, &first).await.is_none(), "the old password");
    assert!(Device::of(port, &again).await.is_some(), "the new one");
    let other = office.enrolled("laptop-2").await;
    let third = office.enrol(&office.token(), "laptop-3").await;
    assert_eq!(cause(&third), problem(409, "too_many_devices", ""));

    let name = "acme.agent01.laptop-1";
    let password = again["password"].as_str().expect("a password");
    assert_eq!(office.leave(name, "another").await, 401);
    assert!(Device::of(port, &again).await.is_some(), "still there");
    assert_eq!(office.leave("acme.agent01.laptop-2", password).await, 401);
    assert_eq!(office.leave(name, password).await, 204);
    assert!(Device::of(port, &again).await.is_none(), "removed");
    assert!(Device::of(port, &other).await.is_some(), "nobody else");
    office.enrolled("laptop-3").await;
    let outcome = |word: &str| format!("enrolments_total{{outcome=\"{word}\"}}");
    let operations = office.gateway.operations;
    assert_eq!(metric(operations, &outcome("enrolled")).await, 4);
    assert_eq!(metric(operations, &outcome("removed")).await, 1);
    assert_eq!(metric(operations, &outcome("too_many_devices")).await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_that_is_not_the_issuers_for_us_now_is_refused_with_its_cause() {
    let office = Office::open().await;
    let good = office.issuer.claims("jordan.green@example.com");
    let with = |name: &str, value: Value| {
        let mut claims = good.clone();
        claims[name] = value;
        signed(&office.key, "k1", &claims)
    };
    let expires = good["exp"].as_u64().expect("a time");
    let header = |algorithm: &str| json!({ "alg": algorithm, "kid": "k1" });
    let unsigned_token = format!("{}.", unsigned(&header("none"), &good));
    let confused = format!(
        "{}.{}",
        unsigned(&header("HS256"), &good),
        encoded(&[7; 32])
    );
    let without_name = {
        let mut claims = good.clone();
        claims.as_object_mut().expect("claims").remove("exp");
        signed(&office.key, "k1", &claims)
    };
    let whole = signed(&office.key, "k1", &good);
    let other = office.issuer.claims("kim@example.com");
    let (text, signature) = whole.rsplit_once('.').expect("three parts");
    let header_text = text.split('.').next().expect("a header");
    let changed = format!(
        "{header_text}.{}.{signature}",
        encoded(other.to_string().as_bytes())
    );
    let cases = [
        (signed(&p256(), "k1", &good), "signature"),
        (changed, "signature"),
        (signed(&p256(), "k2", &good), "key"),
        (signed(&ed25519(), "k1", &good), "key"),
        (unsigned_token, "malformed"),
        (confused, "algorithm"),
        (with("iss", json!("https://login.evil.example")), "issuer"),
        (with("aud", json!("another-program")), "audience"),
        (
            with("aud", json!(["screenpop-desktop", "another"])),
            "audience",
        ),
        (with("azp", json!("another-program")), "audience"),
        (with("exp", json!(expires - 300 - 61)), "expired"),
        (with("exp", json!("never")), "claims"),
        (with("nbf", json!(expires)), "not_yet"),
        (without_name, "claims"),
        ("a.b".to_owned(), "malformed"),
        (String::new(), "missing"),
    ];
    for (token, why) in cases {
        let answer = office.enrol(&token, "laptop-1").await;
        assert_eq!(cause(&answer), problem(401, "token", why), "{token}");
        assert!(answer.head.contains("application/problem+json"));
    }
    let both = with("aud", json!(["another", "screenpop-desktop"]));
    assert_eq!(office.enrol(&both, "laptop-1").await.status, 401, "no azp");
    let late = with("exp", json!(expires - 300 - 30));
    assert_eq!(
        office.enrol(&late, "laptop-1").await.status,
        201,
        "clocks differ"
    );
    assert_eq!(office.enrol(&whole, "laptop-1").await.status, 201);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_issuers_keys_may_be_of_three_kinds_and_may_change() {
    let office = Office::open().await;
    let claims = office.issuer.claims("Jordan.Green@Example.com");
    assert_eq!(office.enrol(&office.token(), "laptop-1").await.status, 201);
    assert_eq!(office.enrol(&office.token(), "laptop-1").await.status, 201);
    assert_eq!(office.issuer.asked(), 1, "keys are kept");
    for (id, key) in [("rsa", Key::rsa().expect("a key")), ("ed", ed25519())] {
        office.issuer.shows(&[(id, &key)]);
        let second = office.place.beside();
        let another = second.start().await;
        broker_is_reached(&another).await;
        let field = format!("Authorization: Bearer {}\r\n", signed(&key, id, &claims));
        let body = r#"{"protocol":1,"device":"laptop-1","version":"0.1.0"}"#;
        let answer = send(another.webhooks, "POST", "/v1/enrolment", &field, body).await;
        assert_eq!(answer.status, 201, "{}: {}", key.algorithm(), answer.body);
        another.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_wrong_with_a_request_is_named() {
    let office = Office::open_with("per_minute = 9").await;
    let unknown = office.issuer.claims("nobody@example.com");
    let unknown = signed(&office.key, "k1", &unknown);
    let answer = office.enrol(&unknown, "laptop-1").await;
    assert_eq!(cause(&answer), problem(403, "unknown_agent", ""));
    let mut unchecked = office.issuer.claims("jordan.green@example.com");
    unchecked["email_verified"] = json!(false);
    let unchecked = signed(&office.key, "k1", &unchecked);
    let answer = office.enrol(&unchecked, "laptop-1").await;
    assert_eq!(cause(&answer), problem(403, "unknown_agent", ""));
    let token = office.token();
    let newer = json!({ "protocol": 2, "device": "laptop-1" });
    let answer = office.enrol_with(&token, &newer).await;
    assert_eq!(cause(&answer), problem(426, "protocol", ""));
    for device in ["", "a.b", "a/b", "#", &"x".repeat(33)] {
        let answer = office.enrol(&token, device).await;
        assert_eq!(cause(&answer), problem(422, "body", ""), "{device}");
    }
    assert_eq!(
        office.enrol(&token, "laptop-1").await.status,
        201,
        "the ninth"
    );
    let tenth = office.enrol(&token, "laptop-1").await;
    assert_eq!(cause(&tenth), problem(429, "too_often", ""));
    assert!(
        tenth.head.to_lowercase().contains("retry-after: "),
        "{}",
        tenth.head
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_broker_that_answers_nobody_is_let_in() {
    let broker = Mosquitto::start(free_port());
    let key = p256();
    let issuer = Issuer::start(&[("k1", &key)]).await.expect("a port");
    let place = Place::enrolling(broker.port, &issuer.url, "");
    let gateway = place.start().await;
    broker_is_reached(&gateway).await;
    let token = signed(&key, "k1", &issuer.claims("jordan.green@example.com"));
    let field = format!("Authorization: Bearer {token}\r\n");
    let body = r#"{"protocol":1,"device":"laptop-1"}"#;
    let ask = async || send(gateway.webhooks, "POST", "/v1/enrolment", &field, body).await;
    assert_eq!(cause(&ask().await), problem(503, "broker", "silent"));
    drop(broker);
    let begun = std::time::Instant::now();
    while metric(gateway.operations, "control_connected").await == 1 {
        assert!(begun.elapsed() < PATIENCE, "the loss is never noticed");
    }
    assert_eq!(cause(&ask().await), problem(503, "broker", "away"));
    gateway.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_the_token_is_the_password_a_device_gets_none() {
    let broker = Mosquitto::start(free_port());
    let key = p256();
    let issuer = Issuer::start(&[("k1", &key)]).await.expect("a port");
    let place = Place::enrolling(broker.port, &issuer.url, "claim = \"employee\"");
    let text = fs::read_to_string(&place.config).expect("reads");
    let text = text.replace("enrol = \"mosquitto\"", "enrol = \"none\"");
    let text = text.replace("[agent.agent02]", "[agent.agent02]\nlogin = \"e-17\"");
    fs::write(&place.config, text).expect("writes");
    let gateway = place.start().await;
    let mut claims = issuer.claims("jordan.green@example.com");
    claims["employee"] = json!("e-17");
    let field = format!("Authorization: Bearer {}\r\n", signed(&key, "k1", &claims));
    let body = r#"{"protocol":1,"device":"laptop-1"}"#;
    let answer = send(gateway.webhooks, "POST", "/v1/enrolment", &field, body).await;
    assert_eq!(answer.status, 201, "{}", answer.body);
    let answer: Value = serde_json::from_str(&answer.body).expect("JSON");
    assert_eq!(answer["agent"], "agent02", "by the claim of the settings");
    assert_eq!(answer.get("password"), None);
    gateway.stop().await;
}
