//! A broker, a desktop that listens, a platform that calls, and the settings between them.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::{Duration, Instant};

use pop_core::interaction::Event;
use pop_core::moment::Moment;
use pop_core::phone::PhoneRules;
use pop_gateway::{Config, Running, Secrets, start};
use pop_source::canonical::{Arrival, Framing, read};
use rumqttc::mqttbytes::v5::Publish;
use rumqttc::{AsyncClient, Event as Heard, EventLoop, Incoming, MqttOptions, QoS};
use tempfile::TempDir;

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

/// A port that nobody has; a broker that comes later takes it. It lies below those that the system
/// gives away by itself, so that no connection of another test takes it meanwhile.
pub(crate) fn free_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let first = 20_000 + u16::try_from(std::process::id() % 200).expect("below 200") * 50;
    loop {
        let port = first + NEXT.fetch_add(1, Ordering::Relaxed);
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}

/// A Mosquitto of its own; it ends with the test.
pub(crate) struct Mosquitto {
    pub(crate) port: u16,
    process: Child,
    _folder: TempDir,
}

impl Mosquitto {
    pub(crate) fn start(port: u16) -> Self {
        Self::start_with(port, "allow_anonymous true\n")
    }

    pub(crate) fn start_with(port: u16, settings: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("mosquitto.conf");
        fs::write(&path, format!("listener {port} 127.0.0.1\n{settings}")).expect("writes");
        let process = Command::new("/usr/sbin/mosquitto")
            .arg("-c")
            .arg(&path)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the package mosquitto is installed");
        wait_for("the broker listens", || {
            TcpStream::connect(("127.0.0.1", port)).ok()
        });
        Self {
            port,
            process,
            _folder: folder,
        }
    }
}

impl Drop for Mosquitto {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The way to a broker, which can be cut: what connects to its port is passed on while it stands.
pub(crate) struct Way {
    listener: TcpListener,
    streams: Vec<TcpStream>,
}

impl Way {
    /// Passes on one connection to the broker, when it comes.
    pub(crate) fn open(port: u16, broker: u16) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", port)).expect("nobody took the port");
        let (near, _) = listener.accept().expect("the gateway comes");
        let far = TcpStream::connect(("127.0.0.1", broker)).expect("the broker listens");
        let both = |stream: &TcpStream| stream.try_clone().expect("a second handle");
        let streams = vec![both(&near), both(&far)];
        for (mut from, mut to) in [(both(&near), both(&far)), (far, near)] {
            std::thread::spawn(move || std::io::copy(&mut from, &mut to));
        }
        Self { listener, streams }
    }

    /// Cuts it without a word.
    pub(crate) fn cut(self) {
        drop(self.listener);
        for stream in self.streams {
            // The other side may have left already.
            let _ = stream.shutdown(Shutdown::Both);
        }
    }
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
    _client: AsyncClient,
    events: EventLoop,
}

impl Desktop {
    pub(crate) async fn of(port: u16, agent: &str) -> Self {
        let options = MqttOptions::new(format!("desktop-{agent}-{port}"), ("127.0.0.1", port));
        let (client, mut events) = AsyncClient::builder(options).capacity(16).build();
        let topic = format!("sp/v1/acme/agents/{agent}/interactions");
        client
            .subscribe(topic, QoS::AtLeastOnce)
            .await
            .expect("asks");
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
            _client: client,
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
        "{method} {path} HTTP/1.1\r\nHost: hooks.acme.example\r\nConnection: close\r\n\
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
