//! A gateway's side of the broker, a sink that listens, and a desktop's client between them.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use pop_core::clock::Clock;
use pop_core::moment::Moment;
use pop_core::secret::Secret;
use pop_core::stream::StreamFault;
use pop_doubles::mosquitto::{Account, GATEWAY, GATEWAY_PASSWORD, Mosquitto};
use pop_source::broker::{Address, Backoff, Broker, BrokerConfig, Proxying, Topics, Trust};
use pop_source::source::{Accept, Accepted, Delivery, News, Source as _, State};
use rumqttc::mqttbytes::v5::PublishProperties;
use rumqttc::{AsyncClient, Event, Incoming, MqttOptions, PublishOptions, QoS};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};
use serde_json::{Value, json};
use tokio::sync::{mpsc, watch};

use crate::testkit::rules;

/// Everything here takes milliseconds; only a failing test waits this long.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// The machine's clock, which can be put forward.
pub(crate) struct Wall(watch::Sender<Duration>);

impl Wall {
    pub(crate) fn new() -> Arc<Self> {
        Arc::new(Self(watch::Sender::new(Duration::ZERO)))
    }

    pub(crate) fn forward(&self, by: Duration) {
        self.0.send_modify(|shift| *shift += by);
    }
}

#[async_trait]
impl Clock for Wall {
    fn now(&self) -> Moment {
        let since = std::time::UNIX_EPOCH.elapsed().expect("after 1970");
        let micros = i64::try_from(since.as_micros()).expect("before the end");
        Moment::from_micros(micros).after(*self.0.borrow())
    }

    async fn sleep(&self, wait: Duration) {
        let until = self.now().after(wait);
        let mut shift = self.0.subscribe();
        while self.now() < until {
            tokio::select! {
                () = tokio::time::sleep(until.since(self.now())) => {}
                _ = shift.changed() => {}
            }
        }
    }
}

/// Hears deliveries and news; answers as told, or never.
pub(crate) struct Ear {
    heard: watch::Sender<Vec<Delivery>>,
    news: watch::Sender<Vec<News>>,
    answer: Mutex<Option<Accepted>>,
}

impl Ear {
    pub(crate) fn new(answer: Option<Accepted>) -> Arc<Self> {
        Arc::new(Self {
            heard: watch::Sender::default(),
            news: watch::Sender::default(),
            answer: Mutex::new(answer),
        })
    }

    /// Waits until so many deliveries were heard; the ids of all.
    pub(crate) async fn heard(&self, count: usize) -> Vec<String> {
        let deliveries = self.deliveries(count).await;
        deliveries.into_iter().map(|delivery| delivery.id).collect()
    }

    pub(crate) async fn deliveries(&self, count: usize) -> Vec<Delivery> {
        let mut heard = self.heard.subscribe();
        let enough = heard.wait_for(|heard| heard.len() >= count);
        let heard = within("deliveries", enough).await;
        heard.expect("the ear is there").clone()
    }

    /// Waits until something was told beside events.
    pub(crate) async fn told(&self, wanted: News) {
        let mut news = self.news.subscribe();
        let told = news.wait_for(|news| news.contains(&wanted));
        within("news", told).await.expect("the ear is there");
    }

    pub(crate) fn answer(&self, answer: Accepted) {
        *self.answer.lock().expect("no panic") = Some(answer);
    }
}

#[async_trait]
impl Accept for Ear {
    async fn accept(&self, delivery: Delivery) -> Accepted {
        let answer = *self.answer.lock().expect("no panic");
        self.heard.send_modify(|heard| heard.push(delivery));
        match answer {
            Some(answer) => answer,
            None => std::future::pending().await,
        }
    }

    async fn told(&self, news: News) {
        self.news.send_modify(|told| told.push(news));
    }
}

pub(crate) async fn within<T>(what: &str, happens: impl Future<Output = T>) -> T {
    tokio::time::timeout(PATIENCE, happens)
        .await
        .unwrap_or_else(|_| panic!("not in time: {what}"))
}

/// A broker's settings for an account, at an address of it.
pub(crate) fn config(account: &Account, address: &str) -> BrokerConfig {
    BrokerConfig {
        addresses: vec![Address::parse(address, true).expect("an address")],
        username: account.username.clone(),
        client_id: account.username.clone(),
        password: Secret::new(account.password.clone()),
        topics: Topics {
            interactions: account.topic("interactions"),
            control: Some(account.topic("control")),
            ack: Some(account.topic("ack")),
            presence: Some(account.topic("presence")),
        },
        agent: Some(account.agent.clone()),
        device: Some("dev".to_owned()),
        version: "0.1.0".to_owned(),
        trust: trusting(&[]),
        proxying: Proxying::Direct,
        phone_rules: rules(),
        // Soon, and not at once: a broker that is not there must not keep the machine busy.
        backoff: Backoff::new(|| 0.01),
    }
}

/// The broker without TLS, on this computer.
pub(crate) fn plain(broker: &Mosquitto) -> String {
    format!("mqtt://127.0.0.1:{}", broker.plain)
}

/// A client, and what it hears.
pub(crate) struct Desk {
    pub(crate) broker: Broker,
    pub(crate) ear: Arc<Ear>,
    pub(crate) wall: Arc<Wall>,
}

impl Desk {
    pub(crate) fn start(config: BrokerConfig) -> Self {
        Self::hearing(config, Ear::new(Some(Accepted::New)))
    }

    pub(crate) fn hearing(config: BrokerConfig, ear: Arc<Ear>) -> Self {
        let wall = Wall::new();
        let broker = Broker::start(config, Arc::clone(&wall) as _, Arc::clone(&ear) as _);
        Self { broker, ear, wall }
    }

    pub(crate) async fn until<T>(&self, what: &str, find: impl Fn(&State) -> Option<T>) -> T {
        let mut news = self.ear.news.subscribe();
        let found = async {
            loop {
                news.mark_unchanged();
                if let Some(found) = find(&self.broker.health().state) {
                    return found;
                }
                news.changed().await.expect("the ear is there");
            }
        };
        let found = tokio::time::timeout(PATIENCE, found).await;
        found.unwrap_or_else(|_| panic!("never {what}: {:?}", self.broker.health()))
    }

    /// Waits until it hears; since when.
    pub(crate) async fn hears(&self) -> Moment {
        self.until("hears", |state| match state {
            State::Hearing { since, .. } => Some(*since),
            State::Connecting { .. } | State::Deaf { .. } => None,
        })
        .await
    }

    /// Waits until it hears nothing; why.
    pub(crate) async fn is_deaf(&self) -> StreamFault {
        self.until("deaf", |state| match state {
            State::Deaf { fault, .. } => Some(*fault),
            State::Connecting { .. } | State::Hearing { .. } => None,
        })
        .await
    }
}

/// The gateway's side.
pub(crate) struct Gateway {
    client: AsyncClient,
    heard: mpsc::Receiver<(String, Value)>,
}

impl Gateway {
    /// Connects as the gateway, and listens to what desktops say.
    pub(crate) async fn at(broker: &Mosquitto) -> Self {
        let mut options = MqttOptions::new(GATEWAY, ("127.0.0.1", broker.plain));
        options.set_credentials(GATEWAY, GATEWAY_PASSWORD);
        let (client, mut events) = AsyncClient::builder(options).capacity(64).build();
        let (tell, heard) = mpsc::channel(64);
        for what in ["ack", "presence"] {
            let topic = format!("sp/v1/acme/agents/+/{what}");
            client
                .subscribe(topic, QoS::AtLeastOnce)
                .await
                .expect("asks");
        }
        let (ready, mut is_ready) = watch::channel(0);
        tokio::spawn(async move {
            while let Ok(event) = events.poll().await {
                match event {
                    Event::Incoming(Incoming::SubAck(_)) => ready.send_modify(|count| *count += 1),
                    Event::Incoming(Incoming::Publish(publish)) => {
                        let topic = String::from_utf8_lossy(&publish.topic).into_owned();
                        let said = serde_json::from_slice(&publish.payload).expect("JSON");
                        if tell.send((topic, said)).await.is_err() {
                            return;
                        }
                    }
                    Event::Incoming(_) | Event::Outgoing(_) | Event::Auth(_) => {}
                }
            }
        });
        let both = is_ready.wait_for(|count| *count == 2);
        within("subscriptions", both).await.expect("it runs");
        Self { client, heard }
    }

    /// Publishes an event for an agent; returns when the broker has it.
    pub(crate) async fn publish(&self, account: &Account, event: &Value, lives: u32) {
        let topic = account.topic("interactions");
        self.send(topic, event.to_string(), Some(lives)).await;
    }

    pub(crate) async fn tell(&self, account: &Account, letter: &Value) {
        let topic = account.topic("control");
        self.send(topic, letter.to_string(), Some(300)).await;
    }

    pub(crate) async fn send(&self, topic: String, body: String, lives: Option<u32>) {
        let properties = PublishProperties {
            payload_format_indicator: Some(1),
            message_expiry_interval: lives,
            ..PublishProperties::default()
        };
        let options = PublishOptions::new(QoS::AtLeastOnce).properties(properties);
        let notice = self.client.publish_tracked(topic, body, options);
        let notice = notice.await.expect("the client is there");
        // A broker that nobody listens at takes it too.
        let _ = within("the broker takes it", notice.wait_completion_async()).await;
    }

    /// The next thing that a desktop said on such a topic.
    pub(crate) async fn hear(&mut self, what: &str) -> Value {
        let next = async {
            loop {
                let (topic, said) = self.heard.recv().await.expect("the client is there");
                if topic.ends_with(what) {
                    return said;
                }
            }
        };
        within(what, next).await
    }
}

/// An offer of an interaction that goes on for a while.
pub(crate) fn offer(id: &str, agent: &str) -> Value {
    json!({
        "specversion": "1.0",
        "id": id,
        "source": "/test/platform",
        "type": "app.screenpop.interaction.offered.v1",
        "subject": id,
        "time": Wall::new().now().rfc3339(),
        "datacontenttype": "application/json",
        "data": {
            "interactionId": id,
            "state": "offered",
            "platform": { "name": "test" },
            "channel": "chat",
            "direction": "inbound",
            "agent": { "id": agent },
            "customer": { "customerId": "12345", "identityAssurance": "authenticated" },
        },
    })
}

/// Trust in these certificates and nothing else.
pub(crate) fn trusting(certificates: &[CertificateDer<'static>]) -> Trust {
    let mut roots = RootCertStore::empty();
    for certificate in certificates {
        roots.add(certificate.clone()).expect("a certificate");
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    Trust::by(config)
}

/// Trust in a broker's own certificate.
pub(crate) fn trusting_broker(broker: &Mosquitto) -> Trust {
    let certificate = CertificateDer::from_pem_file(broker.authority()).expect("a certificate");
    trusting(&[certificate])
}
