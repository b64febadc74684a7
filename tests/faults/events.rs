//! Events that do not arrive: refused at the listener, or never brought by the broker.

use std::net::SocketAddr;
use std::time::Duration;

use pop_core::doctor::Report;
use pop_core::secret::Secret;
use pop_core::settings::{Broker, Topics};
use pop_core::status::{GatewayStatus, Status};
use pop_engine::Way;
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::Row;
use crate::computer::{looked, row, until};
use crate::office::{Office, Run};
use crate::sender::chat;
use crate::stage::server;
use crate::tls::of_nobody;

/// Waits until something was refused.
async fn refused(run: &Run) {
    until(run, "a refusal", |it| !it.refusals.is_empty()).await;
}

async fn wrong_signature() -> Report {
    let office = Office::new();
    let run = office.start().await;
    let event = chat("c1", "accepted", "12345");
    assert_eq!(run.sender().stranger().post(&event).await, 401);
    refused(&run).await;
    looked(run).await
}

async fn wrong_clock() -> Report {
    let office = Office::new();
    let run = office.start().await;
    office.clock.forward(Duration::from_mins(10));
    let event = chat("c1", "accepted", "12345");
    assert_eq!(run.sender().post(&event).await, 401);
    refused(&run).await;
    looked(run).await
}

async fn unreadable() -> Report {
    let office = Office::new();
    let run = office.start().await;
    let event = json!({ "specversion": "1.0", "id": "e1", "data": { "chat": "c1" } });
    assert_eq!(run.sender().post(&event).await, 422);
    refused(&run).await;
    looked(run).await
}

async fn wrong_path() -> Report {
    let office = Office::new();
    let run = office.start().await;
    let sender = run.sender();
    let request = sender.request(&chat("c1", "accepted", "12345"));
    let request = String::from_utf8(request).expect("text");
    let request = request.replacen("/v1/events", "/webhooks/screenpop", 1);
    assert_eq!(sender.send(request.as_bytes()).await, 404);
    refused(&run).await;
    looked(run).await
}

/// A broker at this address, reached with a password that is kept.
async fn broker(url: String) -> Report {
    let office = Office::new();
    office.permit_plain_http();
    let run = office.start().await;
    let broker = Broker {
        urls: vec![url],
        username: "acme.a17".to_owned(),
        client_id: None,
        topics: Topics {
            interactions: "sp/v1/acme/agents/a17/interactions".to_owned(),
            control: None,
            ack: None,
            presence: None,
        },
    };
    let secret = Secret::new("password".to_owned());
    let wrong = run.engine.set_way(Way::Broker(Some(broker)), Some(secret));
    assert_eq!(wrong.await.expect("it is kept"), []);
    let broken = |it: &Status| matches!(it.gateway, GatewayStatus::Broken { .. });
    until(&run, "a broken stream", broken).await;
    looked(run).await
}

async fn unknown_authority() -> Report {
    let port = of_nobody().await.port();
    broker(format!("mqtts://localhost:{port}")).await
}

/// A broker that refuses this account (CONNACK with reason 0x87, MQTT 5 section 3.2.2.2).
async fn refuses() -> Report {
    let at: SocketAddr = server(|mut stream: TcpStream| async move {
        let mut connect = [0; 1_024];
        let _ = stream.read(&mut connect).await;
        let _ = stream.write_all(&[0x20, 3, 0, 0x87, 0]).await;
    })
    .await;
    broker(format!("mqtt://{at}")).await
}

pub(crate) fn rows() -> Vec<Row> {
    vec![
        row(
            "Webhook: wrong signature (scenario 4)",
            &["events_refused"],
            wrong_signature(),
        ),
        row(
            "Webhook: this computer's clock is ten minutes ahead",
            &["clock_off"],
            wrong_clock(),
        ),
        row(
            "Webhook: a body that is not understood (data not syncing)",
            &["events_refused"],
            unreadable(),
        ),
        row(
            "Webhook: wrong URL (scenario 4)",
            &["events_refused"],
            wrong_path(),
        ),
        row(
            "Broker: its name is not found",
            &["dns"],
            broker("mqtts://broker.meridian.invalid:8883".to_owned()),
        ),
        row(
            "Broker: certificate of an unknown issuer (scenario 4)",
            &["certificate_untrusted"],
            unknown_authority(),
        ),
        row(
            "Broker: the device's sign-in is not taken (scenario 4)",
            &["not_authorised"],
            refuses(),
        ),
    ]
}
