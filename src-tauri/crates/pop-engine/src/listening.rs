//! The loopback listener as part of the engine: switched by the settings, its deliveries kept
//! before they are answered.

use std::sync::Arc;

use async_trait::async_trait;
use pop_core::desk::Policy;
use pop_core::moment::Moment;
use pop_core::secret::Secret;
use pop_core::status::ListenerStatus;
use pop_source::listener::{Accept, Accepted, Delivery, ListenAddress, Listener, ListenerConfig};
use pop_source::runtime_file::{Published, RuntimeFile};
use pop_source::signature::{Sender, SenderKeys, VerifyKey, new_secret};
use pop_store::{IncomingEvent, StoreHandle};
use tokio::sync::{mpsc, watch};

use crate::ports::Places;
use crate::room::Room;
use crate::tick::Tick;

/// The name under which this user's own tools send.
const OWN_TOOLS: &str = "local";

/// A listener that listens, with the file that tells where.
pub(crate) struct Listening {
    listener: Listener,
    /// Dropped when it stops, so that no delivery is waited for any more.
    open: watch::Sender<()>,
    _published: Option<Published>,
}

impl Room {
    /// Listens as the settings say, and no longer as they said before.
    pub(crate) async fn switch_listener(&mut self) {
        if let Some(listening) = self.listening.take() {
            listening.stop().await;
        }
        if !self.status.settings.listener.enabled {
            self.status.listener = ListenerStatus::Off;
            return;
        }
        match self.listen().await {
            Ok(listening) => {
                self.status.listener = listening.status(self.last_event);
                self.listening = Some(listening);
            }
            Err(why) => {
                tracing::warn!(%why, "the listener does not listen");
                self.status.listener = ListenerStatus::Failed(why);
            }
        }
    }

    /// Starts to listen with a secret made for this run.
    async fn listen(&mut self) -> Result<Listening, String> {
        let secret = new_secret().map_err(|fault| fault.to_string())?;
        let key = VerifyKey::parse(&secret).map_err(|fault| fault.to_string())?;
        let sender = Sender::new(OWN_TOOLS, vec![key]).map_err(|fault| fault.to_string())?;
        let keys = SenderKeys::new(vec![sender]).map_err(|fault| fault.to_string())?;
        let address = ListenAddress::ipv4(self.status.settings.listener.port);
        let config = ListenerConfig::new(address, keys, self.phone_rules.clone());
        let (open, is_open) = watch::channel(());
        let sink = Sink {
            store: self.store.clone(),
            settled: self.settled.subscribe(),
            is_open,
            policy: self.policy.subscribe(),
            ticks: self.ticks.clone(),
        };
        let listener = Listener::start(config, Arc::clone(&self.ports.clock), Arc::new(sink))
            .await
            .map_err(|fault| fault.to_string())?;
        let published = publish(listener.address().port(), secret, &self.places)?;
        Ok(Listening {
            listener,
            open,
            _published: published,
        })
    }
}

impl Listening {
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
        drop(self.open);
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

/// Keeps each delivery and passes its events on; the answer waits until it is kept as it will be
/// (rule L8).
struct Sink {
    store: StoreHandle,
    /// Whether the vault has answered: until then nothing is on disk.
    settled: watch::Receiver<bool>,
    /// Ends when the listener stops.
    is_open: watch::Receiver<()>,
    policy: watch::Receiver<Policy>,
    ticks: mpsc::Sender<Tick>,
}

#[async_trait]
impl Accept for Sink {
    async fn accept(&self, delivery: Delivery) -> Accepted {
        let mine = {
            let policy = self.policy.borrow();
            delivery
                .events
                .iter()
                .any(|event| policy.concerns_me(event))
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
        let accepted = match self
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
        };
        match accepted {
            // The event is on its way to the screen; only the sender waits. The listener limits how
            // long, and a repetition has no second effect.
            Accepted::New | Accepted::Repeated => self.when_settled(accepted).await,
            Accepted::Conflict | Accepted::NotOurs | Accepted::Unavailable => accepted,
        }
    }
}

impl Sink {
    async fn when_settled(&self, accepted: Accepted) -> Accepted {
        let (mut settled, mut is_open) = (self.settled.clone(), self.is_open.clone());
        tokio::select! {
            biased;
            Ok(_) = settled.wait_for(|settled| *settled) => accepted,
            // It stops, or the engine has ended: the sender brings it again.
            _ = is_open.changed() => Accepted::Unavailable,
        }
    }
}
