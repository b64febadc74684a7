//! A sender of signed events, as a tool of this user is one.

use std::net::Ipv4Addr;
use std::path::Path;

use pop_core::clock::Clock as _;
use pop_core::moment::Moment;
use pop_core::secret::Secret;
use pop_crm::SystemClock;
use pop_source::runtime_file::RuntimeFile;
use pop_source::signature::{SigningKey, new_delivery_id, new_secret, sign};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// What a sender knows of a running listener.
pub(crate) struct Sender {
    port: u16,
    secret: Secret,
}

impl Sender {
    pub(crate) fn of(runtime: &Path) -> Self {
        let file = RuntimeFile::read(runtime).expect("the listener has said where it is");
        Self {
            port: file.port,
            secret: file.secret,
        }
    }

    /// The same place, with a secret that nobody gave us.
    pub(crate) fn stranger(&self) -> Self {
        Self {
            port: self.port,
            secret: new_secret().expect("random bytes"),
        }
    }

    /// Sends an event; the status of the answer.
    pub(crate) async fn post(&self, event: &Value) -> u16 {
        let request = self.request(event);
        self.send(&request).await
    }

    /// A signed request, which can be sent more than once.
    pub(crate) fn request(&self, event: &Value) -> Vec<u8> {
        self.request_at(SystemClock.now(), event)
    }

    /// A request that was signed at this moment.
    pub(crate) fn request_at(&self, now: Moment, event: &Value) -> Vec<u8> {
        let body = event.to_string();
        let key = SigningKey::parse(&self.secret).expect("a secret");
        let id = new_delivery_id().expect("random bytes");
        let signed = sign(&[key], &id, now, body.as_bytes()).expect("signed");
        let form = match event.get("specversion") {
            Some(_) => "application/cloudevents+json",
            None => "application/json",
        };
        let mut request = format!(
            "POST /v1/events HTTP/1.1\r\nhost: 127.0.0.1:{}\r\ncontent-length: {}\r\n\
             content-type: {form}\r\nconnection: close\r\n",
            self.port,
            body.len()
        );
        for (name, value) in signed.fields() {
            request.extend([name, ": ", value, "\r\n"]);
        }
        request.push_str("\r\n");
        request.push_str(&body);
        request.into_bytes()
    }

    /// Sends a request; the status of the answer.
    pub(crate) async fn send(&self, request: &[u8]) -> u16 {
        let answer = self.answer(request).await;
        let status = answer.split(' ').nth(1);
        status
            .and_then(|status| status.parse().ok())
            .unwrap_or_else(|| panic!("no status: {answer}"))
    }

    /// Sends a request; everything that comes back until the connection is closed.
    pub(crate) async fn answer(&self, request: &[u8]) -> String {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))
            .await
            .expect("it listens");
        stream.write_all(request).await.expect("it reads");
        let mut answer = String::new();
        stream
            .read_to_string(&mut answer)
            .await
            .expect("it answers");
        answer
    }
}

/// A chat of a customer whom the platform vouches for.
///
/// What happens is also its state, except that an update tells nothing new of it.
pub(crate) fn chat(interaction: &str, what: &str, customer: &str) -> Value {
    let customer = json!({ "customerId": customer, "identityAssurance": "authenticated" });
    chat_of(interaction, what, &customer)
}

/// A chat of somebody, as the platform describes them.
pub(crate) fn chat_of(interaction: &str, what: &str, customer: &Value) -> Value {
    json!({
        "specversion": "1.0",
        "id": format!("{interaction}:{what}"),
        "source": "/test/platform",
        "type": format!("app.screenpop.interaction.{what}.v1"),
        "subject": interaction,
        "time": SystemClock.now().rfc3339(),
        "datacontenttype": "application/json",
        "data": {
            "interactionId": interaction,
            "state": if what == "updated" { "accepted" } else { what },
            "platform": { "name": "test" },
            "channel": "chat",
            "direction": "inbound",
            "agent": { "id": "agent01" },
            "customer": customer,
        },
    })
}
