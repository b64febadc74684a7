//! The loopback listener as part of the engine: switched by the settings, its deliveries kept
//! before they are answered.

use std::sync::Arc;

use async_trait::async_trait;
use pop_core::clock::Clock;
use pop_core::desk::Policy;
use pop_core::moment::Moment;
use pop_core::phone::PhoneRules;
use pop_core::secret::Secret;
use pop_core::settings::Settings;
use pop_core::status::ListenerStatus;
use pop_source::listener::{Accept, Accepted, Delivery, ListenAddress, Listener, ListenerConfig};
use pop_source::runtime_file::{Published, RuntimeFile};
use pop_source::signature::{Sender, SenderKeys, VerifyKey, new_secret};
use pop_store::{IncomingEvent, StoreHandle};
use tokio::sync::{mpsc, watch};

use crate::ports::Places;
use crate::tick::Tick;

/// The name under which this user's own tools send.
const OWN_TOOLS: &str = "local";

/// A listener that listens, with the file that tells where.
pub(crate) struct Listening {
    listener: Listener,
    _published: Option<Published>,
}

impl Listening {
    /// Starts to listen with a secret made for this run.
    pub(crate) async fn start(
        settings: &Settings,
        phone_rules: &PhoneRules,
        places: &Places,
        clock: Arc<dyn Clock>,
        sink: Sink,
    ) -> Result<Self, String> {
        let secret = new_secret().map_err(|fault| fault.to_string())?;
        let key = VerifyKey::parse(&secret).map_err(|fault| fault.to_string())?;
        let sender = Sender::new(OWN_TOOLS, vec![key]).map_err(|fault| fault.to_string())?;
        let keys = SenderKeys::new(vec![sender]).map_err(|fault| fault.to_string())?;
        let address = ListenAddress::ipv4(settings.listener.port);
        let config = ListenerConfig::new(address, keys, phone_rules.clone());
        let listener = Listener::start(config, clock, Arc::new(sink))
            .await
            .map_err(|fault| fault.to_string())?;
        let published = publish(listener.address().port(), secret, places)?;
        Ok(Self {
            listener,
            _published: published,
        })
    }

    /// What the window shows.
    pub(crate) fn status(&self, last: Option<Moment>) -> ListenerStatus {
        ListenerStatus::On {
            address: self.listener.address().to_string(),
            accepted: self.listener.counters().accepted,
            last,
        }
    }

    /// Refusals by code since it started.
    pub(crate) fn refusals(&self) -> std::collections::BTreeMap<&'static str, u64> {
        self.listener.counters().refused
    }

    /// Stops listening and removes the file.
    pub(crate) async fn stop(self) {
        self.listener.stop().await;
    }
}

fn publish(port: u16, secret: Secret, places: &Places) -> Result<Option<Published>, String> {
    let Some(path) = &places.runtime else {
        return Ok(None);
    };
    RuntimeFile { port, secret }
        .publish(path)
        .map(Some)
        .map_err(|fault| fault.to_string())
}

/// Keeps each delivery before it is answered (rule L8), then passes its events on.
pub(crate) struct Sink {
    pub(crate) store: StoreHandle,
    pub(crate) policy: watch::Receiver<Policy>,
    pub(crate) ticks: mpsc::Sender<Tick>,
}

#[async_trait]
impl Accept for Sink {
    async fn accept(&self, delivery: Delivery) -> Accepted {
        let mine = {
            let policy = self.policy.borrow();
            delivery
                .events
                .iter()
                .any(|event| policy.is_mine(&event.agent))
        };
        if !mine {
            return Accepted::NotOurs;
        }
        let incoming = IncomingEvent {
            sender: delivery.sender.clone(),
            id: delivery.id.clone(),
            body_hash: delivery.body_hash,
            event: delivery.kept(),
            at: delivery.received,
        };
        match self
            .store
            .run(move |store| store.accept_event(&incoming))
            .await
        {
            Ok(pop_store::Accepted::New(ticket)) => {
                let tick = Tick::Events {
                    events: delivery.events,
                    ticket: Some(ticket),
                    received: delivery.received,
                };
                // When the engine has ended, the event is kept and taken at the next start.
                let _ = self.ticks.send(tick).await;
                Accepted::New
            }
            Ok(pop_store::Accepted::Repeated) => Accepted::Repeated,
            Ok(pop_store::Accepted::Conflict) => Accepted::Conflict,
            Err(error) => {
                tracing::error!(%error, "an event could not be kept");
                Accepted::Unavailable
            }
        }
    }
}
