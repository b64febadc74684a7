//! A sender of signed events, as a platform or a tool on this computer is one.
//!
//! Plain sockets and headers of its own, because some tests must send what no client library
//! would.

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use pop_core::moment::Moment;
use pop_core::secret::Secret;
use pop_source::runtime_file::RuntimeFile;
use pop_source::signature::{SigningKey, new_delivery_id, new_secret, sign};
use serde_json::{Value, json};

/// The listener answers at once; the rest is for a machine that is busy building.
const ANSWER_LIMIT: Duration = Duration::from_secs(10);

/// What a sender knows of a running app.
pub struct Sender {
    port: u16,
    secret: Secret,
}

/// A delivery that can be sent more than once.
#[derive(Debug, Clone)]
pub struct Delivery {
    body: Vec<u8>,
    headers: Vec<(String, String)>,
}

impl Sender {
    /// Reads where the app listens, as this user's own tools do.
    pub fn of(runtime: &Path) -> io::Result<Self> {
        let file = RuntimeFile::read(&runtime.join("screenpop/listener.json"))
            .map_err(io::Error::other)?;
        Ok(Self {
            port: file.port,
            secret: file.secret,
        })
    }

    /// The same place, with a secret that nobody gave us.
    pub fn stranger(&self) -> io::Result<Self> {
        Ok(Self {
            port: self.port,
            secret: new_secret().map_err(io::Error::other)?,
        })
    }

    /// The port the app listens on.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Signs an event.
    pub fn deliver(&self, event: &Value) -> io::Result<Delivery> {
        let body = event.to_string().into_bytes();
        let key = SigningKey::parse(&self.secret).map_err(io::Error::other)?;
        let id = new_delivery_id().map_err(io::Error::other)?;
        let signed = sign(&[key], &id, now(), &body).map_err(io::Error::other)?;
        let mut headers: Vec<(String, String)> = signed
            .fields()
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        headers.push(("content-type".into(), "application/cloudevents+json".into()));
        Ok(Delivery { body, headers })
    }

    /// Signs and sends an event; the status it was answered with.
    pub fn post(&self, event: &Value) -> io::Result<u16> {
        self.deliver(event)?.send(self.port)
    }
}

impl Delivery {
    /// Adds a header field, as a browser would.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// What is signed.
    pub fn body(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The signature and the other header fields.
    pub fn fields(&self) -> Value {
        let fields = self.headers.iter();
        fields
            .map(|(name, value)| (name.clone(), json!(value)))
            .collect()
    }

    /// Sends it; the status it was answered with.
    pub fn send(&self, port: u16) -> io::Result<u16> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
        stream.set_read_timeout(Some(ANSWER_LIMIT))?;
        let mut head = format!(
            "POST /v1/events HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\ncontent-length: {}\r\n",
            self.body.len()
        );
        for (name, value) in &self.headers {
            head.extend([name, ": ", value, "\r\n"]);
        }
        head.push_str("connection: close\r\n\r\n");
        stream.write_all(head.as_bytes())?;
        stream.write_all(&self.body)?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        answer
            .split(' ')
            .nth(1)
            .and_then(|status| status.parse().ok())
            .ok_or_else(|| io::Error::other("no status in the answer"))
    }
}

/// An event of a chat with a customer whom the platform vouches for.
pub fn chat(interaction: &str, what: &str, customer: &str) -> Value {
    event(
        interaction,
        what,
        json!({
            "channel": "chat",
            "direction": "inbound",
            "agent": { "id": "agent01" },
            "queue": { "name": "Loans" },
            "customer": { "customerId": customer, "identityAssurance": "authenticated" },
        }),
    )
}

/// An event of a call of which only the number is known.
pub fn call(interaction: &str, what: &str, phone: &str) -> Value {
    event(
        interaction,
        what,
        json!({
            "channel": "voice",
            "direction": "inbound",
            "agent": { "id": "agent01" },
            "queue": { "name": "Cards" },
            "customer": { "phone": phone, "identityAssurance": "ani" },
        }),
    )
}

fn event(interaction: &str, what: &str, mut data: Value) -> Value {
    if let Value::Object(data) = &mut data {
        data.insert("interactionId".into(), json!(interaction));
        data.insert("state".into(), json!(what));
        data.insert("platform".into(), json!({ "name": "test" }));
    }
    json!({
        "specversion": "1.0",
        "id": format!("{interaction}:{what}"),
        "source": "/test/platform",
        "type": format!("app.screenpop.interaction.{what}.v1"),
        "subject": interaction,
        "time": now().rfc3339(),
        "datacontenttype": "application/json",
        "data": data,
    })
}

fn now() -> Moment {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    Moment::from_micros(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
}
