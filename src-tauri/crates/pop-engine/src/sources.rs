//! The sources of interactions as part of the engine: whatever they listen to, their deliveries
//! are kept before they are answered, and their events come to the loop.
//!
//! When the listener runs is in `listening.rs`, when the gateway's broker is in `gateway.rs`; the
//! door for links is always open.

use std::collections::BTreeMap;
use std::sync::Arc;

use async_trait::async_trait;
use pop_core::desk::Policy;
use pop_source::link::LinkDoor;
use pop_source::source::{Accept, Accepted, Delivery, News, Source};
use pop_store::{IncomingEvent, StoreHandle};
use tokio::sync::{mpsc, watch};

use crate::room::Room;
use crate::tick::Tick;

/// Every source that runs.
#[derive(Default)]
pub(crate) struct Sources {
    pub(crate) listener: Option<Running>,
    pub(crate) gateway: Option<Running>,
    links: Option<Running>,
    /// The door for links, to give it the command lines that the engine gets.
    pub(crate) door: Option<Arc<LinkDoor>>,
}

/// A source that runs, and the door through which its deliveries come.
pub(crate) struct Running {
    pub(crate) source: Arc<dyn Source>,
    /// Dropped when it stops, so that no delivery is waited for any more.
    open: watch::Sender<()>,
}

impl Running {
    pub(crate) fn new(source: Arc<dyn Source>, open: watch::Sender<()>) -> Self {
        Self { source, open }
    }

    pub(crate) async fn stop(self) {
        drop(self.open);
        self.source.stop().await;
    }
}

impl Sources {
    fn all(&self) -> impl Iterator<Item = &dyn Source> {
        [&self.listener, &self.gateway, &self.links]
            .into_iter()
            .flatten()
            .map(|running| &*running.source)
    }

    /// Tells every source that an event has its card.
    pub(crate) fn popped(&self, place: &str, event: &str) {
        for source in self.all() {
            source.popped(place, event);
        }
    }

    /// Refusals by code since each source was started.
    pub(crate) fn refusals(&self, into: &mut BTreeMap<&'static str, u64>) {
        for (code, count) in self.all().flat_map(|source| source.health().refused) {
            *into.entry(code).or_default() += count;
        }
    }

    /// Ends them all.
    pub(crate) async fn stop(&mut self) {
        self.door = None;
        let running = [self.listener.take(), self.gateway.take(), self.links.take()];
        for running in running.into_iter().flatten() {
            running.stop().await;
        }
    }
}

impl Room {
    /// Opens the door for links anew: how numbers are read may be another way now.
    pub(crate) async fn switch_links(&mut self) {
        if let Some(links) = self.sources.links.take() {
            links.stop().await;
        }
        let (sink, open) = self.sink();
        let clock = Arc::clone(&self.ports.clock);
        let door = Arc::new(LinkDoor::open(clock, self.phone_rules.clone(), sink));
        self.sources.links = Some(Running::new(Arc::clone(&door) as _, open));
        self.sources.door = Some(door);
    }

    /// Where a source hands its deliveries, and what keeps that open.
    pub(crate) fn sink(&self) -> (Arc<dyn Accept>, watch::Sender<()>) {
        let (open, is_open) = watch::channel(());
        let sink = Sink {
            store: self.store.clone(),
            settled: self.settled.subscribe(),
            is_open,
            policy: self.policy.subscribe(),
            ticks: self.ticks.clone(),
        };
        (Arc::new(sink), open)
    }
}

/// Keeps each delivery and passes its events on; the answer waits until it is kept as it will be
/// (rule L8).
struct Sink {
    store: StoreHandle,
    /// Whether the vault has answered: until then nothing is on disk.
    settled: watch::Receiver<bool>,
    /// Ends when the source stops.
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
        // To the end, even when the source does not wait for it: what is kept must also be shown.
        let keeping = tokio::spawn(keep(self.store.clone(), self.ticks.clone(), delivery));
        let accepted = keeping.await.unwrap_or(Accepted::Unavailable);
        match accepted {
            // The event is on its way to the screen; only the sender waits. The source limits how
            // long, and a repetition has no second effect.
            Accepted::New | Accepted::Repeated => self.when_settled(accepted).await,
            Accepted::Conflict | Accepted::NotOurs | Accepted::Unavailable => accepted,
        }
    }

    async fn told(&self, news: News) {
        let ticks = self.ticks.clone();
        // The source must not wait for the loop, which may be waiting for the source's end.
        tokio::spawn(async move {
            // The engine may have ended meanwhile.
            let _ = ticks.send(Tick::Source(news)).await;
        });
    }
}

async fn keep(store: StoreHandle, ticks: mpsc::Sender<Tick>, delivery: Delivery) -> Accepted {
    let incoming = IncomingEvent {
        sender: delivery.sender.clone(),
        id: delivery.id.clone(),
        body_hash: delivery.body_hash,
        event: delivery.kept(),
        at: delivery.received,
    };
    let kept = store.run(move |store| store.accept_event(&incoming)).await;
    match kept {
        Ok(pop_store::Accepted::New(ticket)) => {
            let tick = Tick::Events {
                events: delivery.events,
                ticket: Some(ticket),
                received: delivery.received,
                steps: delivery.steps,
            };
            // When the engine has ended, the event is kept and taken at the next start.
            let _ = ticks.send(tick).await;
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
