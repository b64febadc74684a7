//! Links and command lines as a source: read and let pass at once, kept one after the other.
//!
//! How the window comes up is said before anything is kept, because the person waits for it. There
//! is nobody to answer: a link that cannot be kept is counted.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use pop_core::clock::Clock;
use pop_core::interaction::Event;
use pop_core::moment::Moment;
use pop_core::phone::PhoneRules;
use sha2::{Digest as _, Sha256};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;

use super::{Argument, E_LINK, LinkFault, LinkGate, LinkRefused, parse_arguments};
use crate::canonical::Framing;
use crate::source::{Accept, Accepted, Delivery, Health, Source, State, Steps};

/// Links that may wait to be kept: more than the gate lets pass in the time that a disk takes.
const WAITING: usize = 32;

/// As what a link that could not be kept is counted.
const NOT_KEPT: &str = "unavailable";

/// What a command line came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// The program was started without a window.
    Hidden,
    /// The program was started again, and may come to the front if `focus` says so.
    Window {
        /// Whether it may take the focus.
        focus: bool,
    },
    /// Somebody is to be looked up.
    Somebody,
}

/// Takes links and command lines.
pub struct LinkDoor {
    clock: Arc<dyn Clock>,
    rules: PhoneRules,
    since: Moment,
    seen: Arc<Mutex<Seen>>,
    deliveries: mpsc::Sender<Delivery>,
    closing: watch::Sender<bool>,
    task: Mutex<Option<JoinHandle<()>>>,
}

#[derive(Default)]
struct Seen {
    gate: LinkGate,
    accepted: u64,
    last: Option<Moment>,
    refused: BTreeMap<&'static str, u64>,
}

impl LinkDoor {
    /// Opens the door; what comes in goes to `sink`.
    pub fn open(clock: Arc<dyn Clock>, rules: PhoneRules, sink: Arc<dyn Accept>) -> Self {
        let seen = Arc::new(Mutex::new(Seen::default()));
        let (deliveries, queue) = mpsc::channel(WAITING);
        let (closing, closed) = watch::channel(false);
        let task = tokio::spawn(keep(queue, closed, sink, Arc::clone(&seen)));
        Self {
            since: clock.now(),
            clock,
            rules,
            seen,
            deliveries,
            closing,
            task: Mutex::new(Some(task)),
        }
    }

    /// Takes a command line (rules D1, D6); a clicked number only where `clicked` says so.
    pub fn take(&self, arguments: &[String], clicked: bool) -> Result<Taken, LinkRefused> {
        let now = self.clock.now();
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let read = parse_arguments(arguments, now, &self.rules);
        let allowed = read.and_then(|argument| match argument {
            Argument::Clicked(_) if !clicked => Err(LinkFault::Off.into()),
            Argument::None
            | Argument::Hidden
            | Argument::Link(_)
            | Argument::Caller(_)
            | Argument::Clicked(_) => Ok(argument),
        });
        match allowed.and_then(|argument| seen.gate.pass(argument, now)) {
            Ok(Argument::Hidden) => Ok(Taken::Hidden),
            Ok(Argument::None) => Ok(Taken::Window {
                focus: seen.gate.may_focus(now),
            }),
            Ok(Argument::Link(event) | Argument::Caller(event) | Argument::Clicked(event)) => {
                let sent = self.deliveries.try_send(delivery(*event, arguments, now));
                if sent.is_err() {
                    *seen.refused.entry(NOT_KEPT).or_default() += 1;
                }
                Ok(Taken::Somebody)
            }
            Err(refused) => {
                *seen.refused.entry(E_LINK).or_default() += 1;
                Err(refused)
            }
        }
    }
}

fn delivery(event: Event, arguments: &[String], received: Moment) -> Delivery {
    let raw = serde_json::to_vec(arguments).unwrap_or_default();
    Delivery {
        id: event.id.clone(),
        sender: event.key.source.clone(),
        body_hash: Sha256::digest(&raw).into(),
        events: vec![event],
        raw,
        framing: Framing::Arguments,
        traceparent: None,
        received,
        expires: None,
        steps: Steps::default(),
    }
}

async fn keep(
    mut queue: mpsc::Receiver<Delivery>,
    mut closed: watch::Receiver<bool>,
    sink: Arc<dyn Accept>,
    seen: Arc<Mutex<Seen>>,
) {
    loop {
        let delivery = tokio::select! {
            biased;
            delivery = queue.recv() => delivery,
            _ = closed.wait_for(|closed| *closed) => None,
        };
        let Some(delivery) = delivery else { return };
        let received = delivery.received;
        let accepted = sink.accept(delivery).await;
        let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
        match accepted {
            Accepted::New | Accepted::Repeated => {
                seen.accepted += 1;
                seen.last = Some(received);
            }
            Accepted::Conflict => *seen.refused.entry("conflict").or_default() += 1,
            Accepted::NotOurs => *seen.refused.entry("not_ours").or_default() += 1,
            Accepted::Unavailable => *seen.refused.entry(NOT_KEPT).or_default() += 1,
        }
    }
}

#[async_trait]
impl Source for LinkDoor {
    fn health(&self) -> Health {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        Health {
            state: State::Hearing {
                place: "screenpop:".to_owned(),
                since: self.since,
            },
            accepted: seen.accepted,
            last: seen.last,
            refused: seen.refused.clone(),
        }
    }

    async fn stop(&self) {
        // The receiver is gone only when the task is over already.
        let _ = self.closing.send(true);
        let task = self
            .task
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some(task) = task {
            // The task ends by itself; were it to panic, there would be nothing left to stop.
            let _ = task.await;
        }
    }
}
