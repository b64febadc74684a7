//! What other systems were told, for whoever wants to see it, and what a person decides about a
//! message that was not taken.
//!
//! What is told, and when, is `telling`'s; sending it and trying it again is the outbox's.

use std::collections::{BTreeMap, BTreeSet};

use pop_core::refusal::Refusal;
use pop_store::{Item, KeptItem};
use tokio::sync::oneshot;

use crate::asks::answer;
use crate::engine::Engine;
use crate::room::Room;
use crate::tick::{Ask, Refused};

/// Messages that are listed of each system: a shift's interactions.
const EACH: usize = 100;

/// Another system, and what it was told of late.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// Its address.
    pub address: String,
    /// Whether the policy names it still.
    pub named: bool,
    /// What it was told, the latest first.
    pub deliveries: Vec<KeptItem>,
}

/// A request about deliveries.
pub(crate) enum DeliveryAsk {
    /// Tell what other systems were told.
    List(oneshot::Sender<Result<Vec<Endpoint>, Refused>>),
    /// Send a message again that waits for a person.
    Again {
        id: String,
        reply: oneshot::Sender<Result<(), Refused>>,
    },
    /// Give a message up.
    GiveUp {
        id: String,
        reason: String,
        reply: oneshot::Sender<Result<(), Refused>>,
    },
}

impl Engine {
    /// What other systems were told of late, with every try, by system.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn deliveries(&self) -> Result<Vec<Endpoint>, Refused> {
        self.ask(|reply| Ask::Delivery(DeliveryAsk::List(reply)))
            .await?
    }

    /// Sends a message again that another system did not take.
    ///
    /// # Errors
    /// When there is no such message.
    pub async fn resend_delivery(&self, id: String) -> Result<(), Refused> {
        self.ask(|reply| Ask::Delivery(DeliveryAsk::Again { id, reply }))
            .await?
    }

    /// Gives a message up that another system did not take.
    ///
    /// # Errors
    /// When there is no such message.
    pub async fn discard_delivery(&self, id: String, reason: String) -> Result<(), Refused> {
        self.ask(|reply| Ask::Delivery(DeliveryAsk::GiveUp { id, reason, reply }))
            .await?
    }
}

impl Room {
    pub(crate) fn delivery(&self, ask: DeliveryAsk) {
        match ask {
            DeliveryAsk::List(reply) => {
                let hooks = self.status.settings.webhooks.iter();
                let named: Vec<String> = hooks.map(|hook| hook.url.clone()).collect();
                self.read_kept(reply, move |store| {
                    Ok(by_address(named, store.deliveries(EACH)?))
                });
            }
            DeliveryAsk::Again { id, reply } => {
                let (outbox, who) = (self.outbox.clone(), self.who());
                self.decide(id, reply, move |id| {
                    outbox.resend(id, BTreeMap::new(), None, who);
                });
            }
            DeliveryAsk::GiveUp { id, reason, reply } => {
                let (outbox, who) = (self.outbox.clone(), self.who());
                self.decide(id, reply, move |id| outbox.discard(id, reason, who));
            }
        }
    }

    /// Does what a person decided about a message, and answers when that is kept.
    fn decide(
        &self,
        id: String,
        reply: oneshot::Sender<Result<(), Refused>>,
        decision: impl FnOnce(String) + Send + 'static,
    ) {
        let (outbox, store) = (self.outbox.clone(), self.store.clone());
        let language = self.status.language();
        tokio::spawn(async move {
            let wanted = id.clone();
            let known = match store.run(move |store| store.item(&wanted)).await {
                Ok(Some(kept)) if is_open_message(&kept) => Ok(()),
                Ok(Some(_) | None) => Err(Refusal::CardChanged),
                Err(error) => Err(Refusal::Disk(error.to_string())),
            };
            if known.is_ok() {
                decision(id);
                outbox.kept().await;
            }
            let decided = known.map_err(|refusal| Refused::because(&refusal, language));
            answer(reply, decided);
        });
    }
}

fn is_open_message(kept: &KeptItem) -> bool {
    matches!(kept.item, Some(Item::Message(_))) && !kept.state.is_over()
}

/// What each system was told: those that the policy names in its order, then those that it named.
fn by_address(named: Vec<String>, deliveries: Vec<KeptItem>) -> Vec<Endpoint> {
    let mut by_address: BTreeMap<String, Vec<KeptItem>> = BTreeMap::new();
    for kept in deliveries {
        if let Some(Item::Message(message)) = &kept.item {
            by_address.entry(message.to.clone()).or_default().push(kept);
        }
    }
    let mut listed = BTreeSet::new();
    let mut endpoints = Vec::new();
    for address in named {
        if listed.insert(address.clone()) {
            endpoints.push(Endpoint {
                deliveries: by_address.remove(&address).unwrap_or_default(),
                named: true,
                address,
            });
        }
    }
    let gone = by_address.into_iter();
    endpoints.extend(gone.map(|(address, deliveries)| Endpoint {
        address,
        named: false,
        deliveries,
    }));
    endpoints
}
