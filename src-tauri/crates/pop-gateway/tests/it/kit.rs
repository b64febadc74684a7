//! A desktop that listens, a platform that calls, and the settings between them.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use pop_core::interaction::Event;
use pop_core::moment::Moment;
use pop_core::phone::PhoneRules;
use pop_gateway::{Config, Running, Secrets, start};
use pop_source::canonical::{Arrival, Framing, read};
use rumqttc::mqttbytes::v5::{Publish, SubscribeFilter};
use rumqttc::{AsyncClient, Event as Heard, EventLoop, Incoming, MqttOptions, PublishOptions, QoS};
use tempfile::TempDir;

use pop_doubles::mosquitto::{GATEWAY, GATEWAY_PASSWORD};

pub(crate) const KEY: &str = "a-long-random-value-of-glia";
/// Everything here takes milliseconds; only a failing test waits this long.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) const START: &str = r#"{"version":"v1","export_type":"engagement_start","engagement_id":"eng-1",
"site_id":"site-1","platform":"omnicore","source":"button_embed","queue_wait_time":0,
"queues":[{"id":"q1","name":"Billing"}],
"operator":{"id":"op-1","name":"Jordan Green","email":"jordan.green@example.com"},
"visitor":{"id":"v1","name":"Ann O'Neil","email":"ann.o'neil@example.com","phone":"+14155550100"},
"custom_fields":[{"key":"VIP","value":"true"}]}"#;

/// Another engagement, otherwise the same.
pub(crate) fn start_of(engagement: &str) -> String {
    START.replace("eng-1", engagement)
}

/// Tries until there is something, and fails when there is nothing for too long.
pub(crate) fn wait_for<T>(what: &str, mut attempt: impl FnMut() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(value) = attempt() {
            return value;
        }
        assert!(
            begun.elapsed() < PATIENCE,
            "{what}: not within {PATIENCE:?}"
        );
        std::thread::yield_now();
    }
}

/// Somebody who listens to an agent's topic.
pub(crate) struct Desktop {
    client: AsyncClient,
    agent: String,
    events: EventLoop,
}

impl Desktop {
    pub(crate) async fn of(port: u16, agent: &str) -> Self {
        let options = MqttOptions::new(format!("desktop-{agent}-{port}"), ("127.0.0.1", port));
        let (client, mut events) = AsyncClient::builder(options).capacity(16).build();
        let topics = ["interactions", "control"]
            .map(|which| format!("sp/v1/acme/agents/{agent}/{which}"))
            .map(|topic| SubscribeFilter::new(topic, QoS::AtLeastOnce));
        client.subscribe_many(topics).await.expect("asks");
        let subscribed = async {
            loop {
                let heard = events.poll().await.expect("the broker is there");
                if matches!(heard, Heard::Incoming(Incoming::SubAck(_))) {
                    return;
                }
            }
        };
        tokio::time::timeout(PATIENCE, subscribed)
            .await
            .expect("subscribed");
        Self {
            client,
            agent: agent.to_owned(),
            events,
        }
    }

    /// The next message as it came.
    pub(crate) async fn message(&mut self) -> Publish {
        let next = async {
            loop {
                let heard = self.events.poll().await.expect("the broker is there");
                if let Heard::Incoming(Incoming::Publish(publish)) = heard {
                    return publish;
                }
            }
        };
        tokio::time::timeout(PATIENCE, next)
            .await
            .expect("a message")
    }

    /// Publishes as the agent's desktop does.
    pub(crate) async fn say(&mut self, which: &str, body: &str) {
        let topic = format!("sp/v1/acme/agents/{}/{which}", self.agent);
        let options = PublishOptions::new(QoS::AtLeastOnce);
        let said = self.client.publish(topic, body.to_owned(), options).await;
        said.expect("says");
        loop {
            let heard = self.events.poll().await.expect("the broker is there");
            if matches!(heard, Heard::Incoming(Incoming::PubAck(_))) {
                return;
            }
        }
    }

    /// The next message as text.
    pub(crate) async fn letter(&mut self) -> String {
        String::from_utf8(self.message().await.payload.to_vec()).expect("text")
    }

    /// The next message as the desktop's reader reads it.
    pub(crate) async fn event(&mut self) -> Event {
        event(&self.message().await.payload)
    }
}

pub(crate) fn event(body: &[u8]) -> Event {
    let arrival = Arrival {
        received: Moment::default(),
        delivery_id: None,
        traceparent: None,
    };
    let events = read(&Framing::Structured, body, arrival, &PhoneRules::default());
    events.expect("the desktop reads it").remove(0)
}

/// A folder with the settings of a gateway and its secrets.
pub(crate) struct Place {
    pub(crate) folder: TempDir,
    pub(crate) config: PathBuf,
}

impl Place {
    /// Settings for Glia, one agent, and a broker at this port.
    pub(crate) fn new(broker: u16) -> Self {
        Self::with(broker, "address = \"127.0.0.1:0\"", "")
    }

    pub(crate) fn with(broker: u16, listen: &str, more: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        secret(folder.path(), "glia", KEY);
        secret(folder.path(), "store", &"5e".repeat(32));
        let config = folder.path().join("gateway.toml");
        let text = format!(
            r#"
tenant = "acme"

[listen]
{listen}
url = "https://hooks.acme.example"

[operations]
address = "127.0.0.1:0"

[store]
folder = "queue"
key = "store"

[broker]
url = "mqtt://127.0.0.1:{broker}"

[source.glia]
path = "/glia"
mapping = "glia"
verify = "header"
header = "authorization"
secrets = ["glia"]

[agent.agent01]
email = "Jordan.Green@example.com"
platform_id.glia = "op-1"

[agent.agent02]
platform_id.glia = ["op-2", "op-22"]
{more}
"#
        );
        fs::write(&config, text).expect("writes");
        Self { folder, config }
    }

    /// Settings that let devices in, with more of `[enrolment]`.
    pub(crate) fn enrolling(broker: u16, issuer: &str, more: &str) -> Self {
        let place = Self::new(broker);
        secret(place.folder.path(), "broker", GATEWAY_PASSWORD);
        let text = fs::read_to_string(&place.config).expect("reads");
        let url = format!("url = \"mqtt://127.0.0.1:{broker}\"");
        let login = format!("username = \"{GATEWAY}\"\npassword = \"broker\"");
        let urls = "urls = [\"wss://broker.acme.example/mqtt\"]";
        let enrolling = format!(
            "{url}\n{login}\nenrol = \"mosquitto\"\n\n\
             [enrolment]\nissuer = \"{issuer}\"\n{urls}\n{more}"
        );
        fs::write(&place.config, text.replace(&url, &enrolling)).expect("writes");
        place
    }

    /// The same settings for a second gateway, with a queue of its own.
    pub(crate) fn beside(&self) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["glia", "store", "broker"] {
            let from = self.folder.path().join(name);
            fs::copy(from, folder.path().join(name)).expect("copies");
        }
        let config = folder.path().join("gateway.toml");
        let text = fs::read_to_string(&self.config).expect("reads");
        let other = "[broker]\nclient_id = \"second\"";
        fs::write(&config, text.replace("[broker]", other)).expect("writes");
        Self { folder, config }
    }

    pub(crate) fn secrets(&self) -> Secrets {
        Secrets::in_folder(self.folder.path())
    }

    pub(crate) async fn start(&self) -> Running {
        let config = Config::load(&self.config, &self.secrets());
        let config = config.unwrap_or_else(|faults| panic!("{faults:#?}"));
        start(config).await.expect("the gateway starts")
    }
}

/// Writes a secret as only its owner can read it.
pub(crate) fn secret(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::write(&path, text).expect("writes");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).expect("sets");
}

/// What a server answers.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

/// Posts a body as Glia does.
pub(crate) async fn post(to: SocketAddr, body: &str) -> u16 {
    let key = format!("Authorization: {KEY}\r\n");
    send(to, "POST", "/glia", &key, body).await.status
}

/// The same; nothing when the gateway dies before it answers.
pub(crate) async fn try_to_post(to: SocketAddr, body: &str) -> Option<u16> {
    let request = request("POST", "/glia", &format!("Authorization: {KEY}\r\n"), body);
    let exchange = tokio::task::spawn_blocking(move || {
        let mut stream = TcpStream::connect(to).ok()?;
        stream.write_all(request.as_bytes()).ok()?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).ok()?;
        answer.contains("\r\n\r\n").then_some(answer)
    });
    let text = exchange.await.expect("no panic")?;
    Some(answer(&text).status)
}

/// Sends a request over a connection of its own.
pub(crate) async fn send(
    to: SocketAddr,
    method: &str,
    path: &str,
    fields: &str,
    body: &str,
) -> Answer {
    let request = request(method, path, fields, body);
    let exchange = tokio::task::spawn_blocking(move || {
        let mut stream = TcpStream::connect(to).expect("the gateway listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("sets");
        stream.write_all(request.as_bytes()).expect("sends");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        answer
    });
    answer(&exchange.await.expect("no panic"))
}

pub(crate) fn request(method: &str, path: &str, fields: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\
         Content-Type: application/json\r\nContent-Length: {length}\r\n{fields}\r\n{body}"
    )
}

pub(crate) fn answer(text: &str) -> Answer {
    let (head, body) = text.split_once("\r\n\r\n").expect("a head");
    let status = head.split(' ').nth(1).expect("a status");
    Answer {
        status: status.parse().expect("a number"),
        head: head.to_owned(),
        body: body.to_owned(),
    }
}

/// The value of a counter or a gauge; 0 while it has none.
pub(crate) async fn metric(operations: SocketAddr, name: &str) -> u64 {
    let page = send(operations, "GET", "/metrics", "", "").await.body;
    let name = format!("screenpop_gateway_{name} ");
    let line = page.lines().find_map(|line| line.strip_prefix(&name));
    line.map_or(0, |value| value.parse().expect("a number"))
}

/// Waits until a counter has a value.
pub(crate) async fn metric_becomes(operations: SocketAddr, name: &str, value: u64) {
    let begun = Instant::now();
    while metric(operations, name).await != value {
        assert!(begun.elapsed() < PATIENCE, "{name} never became {value}");
    }
}
