//! The other connection to the broker: what desktops say comes in by it, and what is said to
//! desktops and to the broker itself goes out.
//!
//! Nothing here is kept: who asked while the broker was away is told so, and asks again. What must
//! not be lost goes the other way ([`super::publish`]).

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rumqttc::mqttbytes::v5::{Publish, PublishProperties, SubscribeFilter, SubscribeReasonCode};
use rumqttc::{AsyncClient, Event, Incoming, MqttOptions, PublishOptions, QoS};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::{oneshot, watch};
use tokio::time::{sleep, timeout};
use uuid::Uuid;

use crate::broker::line::{self, Pauses};
use crate::config::{Config, Enrols};
use crate::desktops::Desktops;
use crate::gateway::told;
use crate::message::{Topic, topic};
use crate::metrics::Metrics;

/// Requests that the client holds.
const CAPACITY: usize = 1_024;
/// An answer about an agent with all devices fits many times.
const LARGEST_PACKET: u32 = 256 * 1024;
/// How long the broker may take to answer a command.
const ANSWER: Duration = Duration::from_secs(5);

/// How long a word to a desktop is of use.
const CONTROL_EXPIRES: u32 = 300;

/// Where the dynamic-security plugin takes commands, and where it answers.
const COMMANDS: &str = "$CONTROL/dynamic-security/v1";
const RESPONSES: &str = "$CONTROL/dynamic-security/v1/response";

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoAnswer {
    /// The broker is not reached.
    Away,
    /// It did not answer in time: there is no plugin, or no right to ask it.
    Silent,
}

impl NoAnswer {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Away => "away",
            Self::Silent => "silent",
        }
    }
}

/// What the plugin says to one command.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Said {
    pub(crate) command: String,
    /// What was wrong; absent when it was done.
    pub(crate) error: Option<String>,
    #[serde(default)]
    pub(crate) data: Value,
    #[serde(rename = "correlationData")]
    correlation: Option<String>,
}

#[derive(Deserialize)]
struct Responses {
    responses: Vec<Said>,
}

/// A way to the connection.
#[derive(Clone)]
pub(crate) struct Control(Arc<Inner>);

struct Inner {
    metrics: Arc<Metrics>,
    desktops: Arc<Desktops>,
    /// There while the broker is reached.
    client: Mutex<Option<AsyncClient>>,
    /// Who waits for an answer of the plugin.
    asked: Mutex<HashMap<String, oneshot::Sender<Vec<Said>>>>,
}

impl Control {
    pub(crate) fn new(metrics: Arc<Metrics>, desktops: Arc<Desktops>) -> Self {
        Self(Arc::new(Inner {
            metrics,
            desktops,
            client: Mutex::default(),
            asked: Mutex::default(),
        }))
    }

    /// Gives commands to the dynamic-security plugin; what it says to each comes back in order.
    pub(crate) async fn ask(&self, mut commands: Vec<Value>) -> Result<Vec<Said>, NoAnswer> {
        let correlation = correlation();
        for command in &mut commands {
            if let Some(command) = command.as_object_mut() {
                command.insert("correlationData".to_owned(), correlation.clone().into());
            }
        }
        let (reply, answer) = oneshot::channel();
        self.asked().insert(correlation.clone(), reply);
        let body = json!({ "commands": commands }).to_string();
        // At most once: a command that is repeated later would undo what was done meanwhile.
        let options = PublishOptions::new(QoS::AtMostOnce);
        let sent = self.send(COMMANDS.to_owned(), body, options);
        let answer = match sent {
            Ok(()) => timeout(ANSWER, answer).await.map_err(|_| NoAnswer::Silent),
            Err(away) => Err(away),
        };
        self.asked().remove(&correlation);
        answer?.map_err(|_| NoAnswer::Away)
    }

    /// Says something to a desktop; waits while much is said at once.
    pub(crate) async fn tell(&self, topic: String, document: &Value) -> Result<(), NoAnswer> {
        let client = self.client().clone().ok_or(NoAnswer::Away)?;
        let sent = client.publish(topic, document.to_string(), letter()).await;
        sent.map_err(|_| NoAnswer::Away)
    }

    fn send(&self, topic: String, body: String, options: PublishOptions) -> Result<(), NoAnswer> {
        let client = self.client().clone().ok_or(NoAnswer::Away)?;
        client
            .try_publish(topic, body, options)
            .map_err(|_| NoAnswer::Away)
    }

    fn client(&self) -> MutexGuard<'_, Option<AsyncClient>> {
        // A holder that panicked has left a whole client or none; so below.
        self.0.client.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn asked(&self) -> MutexGuard<'_, HashMap<String, oneshot::Sender<Vec<Said>>>> {
        self.0.asked.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn hear(&self, config: &Config, publish: &Publish) {
        let topic = std::str::from_utf8(&publish.topic).unwrap_or_default();
        if topic == RESPONSES {
            return self.answered(publish);
        }
        let prefix = format!("sp/v1/{}/agents/", config.tenant);
        let Some((agent, what)) = topic
            .strip_prefix(&prefix)
            .and_then(|rest| rest.split_once('/'))
        else {
            return;
        };
        match what {
            "ack" => self.0.desktops.acked(agent, &publish.payload),
            "presence" => {
                if let Some(leader) = self.0.desktops.presence(agent, &publish.payload) {
                    let letter = json!({ "protocol": 1, "kind": "leader", "leader": leader });
                    self.mark_leader(&config.tenant, agent, &letter);
                }
            }
            _ => {}
        }
    }

    /// A desktop that is not told shows what comes, as one does that is alone.
    fn mark_leader(&self, tenant: &str, agent: &str, mark: &Value) {
        let topic = topic(tenant, agent, Topic::Control);
        let _ = self.send(topic, mark.to_string(), letter());
    }

    fn answered(&self, publish: &Publish) {
        let Ok(Responses { responses }) = serde_json::from_slice(&publish.payload) else {
            return;
        };
        // Others may ask the plugin too; what is not ours has no asker here.
        let first = responses.first().and_then(|it| it.correlation.as_deref());
        let asker = first.and_then(|correlation| self.asked().remove(correlation));
        if let Some(asker) = asker {
            // Whoever asked may have given up.
            let _ = asker.send(responses);
        }
    }

    /// Stays connected until it is told to stop.
    pub(crate) async fn run(self, config: Arc<Config>, mut stop: watch::Receiver<bool>) {
        let mut pauses = Pauses::default();
        loop {
            let (client, events) = AsyncClient::builder(options(&config))
                .capacity(CAPACITY)
                .build();
            let ended = tokio::select! {
                ended = self.session(&config, client.clone(), events) => ended,
                () = told(&mut stop) => {
                    let _ = client.try_disconnect();
                    return;
                }
            };
            self.client().take();
            self.0.metrics.set_control_connected(false);
            // Those who wait for an answer of this connection will have none.
            self.asked().clear();
            if ended.was_connected {
                pauses = Pauses::default();
                tracing::warn!(code = ended.why, "the broker's other connection is lost");
            }
            tokio::select! {
                () = sleep(pauses.next()) => {}
                () = told(&mut stop) => return,
            }
        }
    }

    async fn session(
        &self,
        config: &Config,
        client: AsyncClient,
        mut events: rumqttc::EventLoop,
    ) -> Ended {
        let mut was_connected = false;
        loop {
            match events.poll().await {
                Ok(Event::Incoming(Incoming::ConnAck(_))) => {
                    was_connected = true;
                    if client.try_subscribe_many(filters(config)).is_err() {
                        let why = "subscribe";
                        return Ended { was_connected, why };
                    }
                }
                Ok(Event::Incoming(Incoming::SubAck(answer))) => {
                    let granted = |code: &SubscribeReasonCode| {
                        matches!(code, SubscribeReasonCode::Success(_))
                    };
                    if !answer.return_codes.iter().all(granted) {
                        tracing::error!(
                            code = "subscription_refused",
                            "the broker does not let the gateway hear everything it should"
                        );
                    }
                    *self.client() = Some(client.clone());
                    self.0.metrics.set_control_connected(true);
                }
                Ok(Event::Incoming(Incoming::Publish(publish))) => self.hear(config, &publish),
                Ok(Event::Incoming(_) | Event::Outgoing(_) | Event::Auth(_)) => {}
                Err(error) => {
                    let why = line::word(&error);
                    return Ended { was_connected, why };
                }
            }
        }
    }
}

struct Ended {
    was_connected: bool,
    why: &'static str,
}

fn options(config: &Config) -> MqttOptions {
    let name = format!("{}-control", config.broker.client_id);
    let mut options = line::options(&config.broker, name);
    options.set_max_packet_size(Some(LARGEST_PACKET));
    options
}

fn filters(config: &Config) -> Vec<SubscribeFilter> {
    let tenant = &config.tenant;
    let mut filters: Vec<_> = [Topic::Ack, Topic::Presence]
        .map(|which| SubscribeFilter::new(topic(tenant, "+", which), QoS::AtLeastOnce))
        .into();
    if config.broker.enrols == Enrols::Mosquitto {
        filters.push(SubscribeFilter::new(RESPONSES, QoS::AtLeastOnce));
    }
    filters
}

/// How a word to a desktop is sent.
fn letter() -> PublishOptions {
    PublishOptions::new(QoS::AtLeastOnce).properties(PublishProperties {
        payload_format_indicator: Some(1),
        message_expiry_interval: Some(CONTROL_EXPIRES),
        content_type: Some("application/json".to_owned()),
        ..PublishProperties::default()
    })
}

/// Something that nobody else who asks the plugin says.
fn correlation() -> String {
    let mut random = [0_u8; 16];
    // Without random numbers two askers could take each other's answer; the plugin's own order of
    // answers then still is the order of questions.
    let _ = getrandom::fill(&mut random);
    Uuid::from_bytes(random).to_string()
}
