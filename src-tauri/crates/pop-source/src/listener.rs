//! The loopback listener: signed events over HTTP from programs on this computer (security rules L).
//!
//! HTTP/1.1 is read here on top of `httparse`, the parser inside hyper, and not through hyper
//! itself: hyper drops `Content-Length` when `Transfer-Encoding` is there and folds repeated
//! lengths into one before its caller sees them, answers 400 and 431 in its own words, and closes
//! without an answer where the rules say 408. What is left to do is little, because there is one
//! path, one verb, one framing and no body in any answer.
//!
//! The port is bound without `SO_REUSEPORT` (and, outside Unix, without `SO_REUSEADDR`), so a second
//! listener of ours fails. The `SO_EXCLUSIVEADDRUSE` that rule L1 wants on Windows can only be set
//! with code that this workspace forbids (`socket2` does not offer it): there a hostile program of
//! the same user could still bind beside us, learns signed events, and cannot forge any.
//!
//! What a delivery means is not decided here: it goes to an [`Accept`], and the sender is told 202
//! only when that says it is kept.

mod address;
mod answer;
mod connection;
mod counters;
mod fingerprint;
mod head;
mod pace;

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use pop_core::clock::Clock;
use pop_core::moment::Moment;
use pop_core::phone::PhoneRules;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

pub use address::{ListenAddress, PageOrigin};
pub use answer::Refusal;
pub use counters::{Counters, LastRefusal};
pub use pace::Pace;

use crate::canonical;
use crate::signature::{MAX_WINDOW, SenderKeys};
use crate::source::{Accept, Health, Source, State};
use counters::Tally;
use fingerprint::Fingerprint;
use pace::Paces;

/// The path that events are posted to.
pub const PATH: &str = "/v1/events";

/// How the listener is set up.
pub struct ListenerConfig {
    /// Where it listens.
    pub address: ListenAddress,
    /// Whose deliveries count.
    pub keys: SenderKeys,
    /// How numbers are read.
    pub phone_rules: PhoneRules,
    /// Pages that may send from a browser; usually none.
    pub allowed_origins: Vec<PageOrigin>,
    /// How far a timestamp may lie from our clock; at most [`MAX_WINDOW`].
    pub window: Duration,
    /// Sizes, times and rates.
    pub limits: Limits,
}

impl ListenerConfig {
    /// The usual set-up: no pages, and the limits of the security rules.
    pub fn new(address: ListenAddress, keys: SenderKeys, phone_rules: PhoneRules) -> Self {
        Self {
            address,
            keys,
            phone_rules,
            allowed_origins: Vec::new(),
            window: MAX_WINDOW,
            limits: Limits::default(),
        }
    }
}

/// Sizes, times and rates; the defaults are those of rules L6 and L9.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a request's head.
    pub head_bytes: usize,
    /// Bytes of a body.
    pub body_bytes: usize,
    /// From the first byte of a head to its last.
    pub head_within: Duration,
    /// From the end of the head to the end of the body, and for an answer to be taken.
    pub body_within: Duration,
    /// How long a connection may say nothing.
    pub idle: Duration,
    /// How long keeping a delivery may take: a commit is quick or the disk is in trouble.
    pub accept_within: Duration,
    /// Connections at the same time.
    pub connections: usize,
    /// Events of one sender.
    pub per_sender: Pace,
    /// Events of all senders.
    pub all_senders: Pace,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            head_bytes: 8 * 1_024,
            body_bytes: canonical::MAX_BODY,
            head_within: Duration::from_secs(2),
            body_within: Duration::from_secs(3),
            idle: Duration::from_secs(10),
            accept_within: Duration::from_secs(5),
            connections: 32,
            per_sender: Pace {
                per_second: 50,
                burst: 100,
            },
            all_senders: Pace {
                per_second: 2_000,
                burst: 2_000,
            },
        }
    }
}

/// Why the listener does not listen.
#[derive(Debug, thiserror::Error)]
pub enum ListenerFault {
    /// The address is not the literal `127.0.0.1` or `::1`.
    #[error("listener: refused address")]
    RefusedAddress,
    /// Another program listens there. It does not move to another port by itself (rule L2).
    #[error("listener: port in use")]
    PortInUse,
    /// A page's origin is not written as a browser writes it.
    #[error("listener: refused origin")]
    RefusedOrigin,
    /// The system gave no random bytes.
    #[error("listener: no random bytes")]
    NoRandomness,
    /// The system refused for another reason.
    #[error("listener: {0}")]
    System(#[source] io::Error),
}

/// A listener that listens until it is stopped or dropped.
pub struct Listener {
    address: SocketAddr,
    since: Moment,
    room: Arc<Room>,
    closing: watch::Sender<bool>,
    task: Mutex<Option<JoinHandle<()>>>,
}

/// What all connections share.
struct Room {
    address: SocketAddr,
    config: ListenerConfig,
    clock: Arc<dyn Clock>,
    sink: Arc<dyn Accept>,
    paces: Paces,
    tally: Tally,
    fingerprint: Fingerprint,
}

impl Listener {
    /// Starts to listen.
    pub async fn start(
        config: ListenerConfig,
        clock: Arc<dyn Clock>,
        sink: Arc<dyn Accept>,
    ) -> Result<Self, ListenerFault> {
        let socket = TcpListener::bind(config.address.socket())
            .await
            .map_err(|error| {
                if error.kind() == io::ErrorKind::AddrInUse {
                    ListenerFault::PortInUse
                } else {
                    ListenerFault::System(error)
                }
            })?;
        let address = socket.local_addr().map_err(ListenerFault::System)?;
        let room = Arc::new(Room {
            address,
            paces: Paces::new(config.limits.per_sender, config.limits.all_senders),
            tally: Tally::default(),
            fingerprint: Fingerprint::new()?,
            config,
            clock,
            sink,
        });
        let since = room.clock.now();
        let (closing, closed) = watch::channel(false);
        let task = tokio::spawn(listen(socket, Arc::clone(&room), closed));
        Ok(Self {
            address,
            since,
            room,
            closing,
            task: Mutex::new(Some(task)),
        })
    }

    /// Where it listens, with the port the system chose if none was given.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What came in and what was refused since it started, for the health view.
    pub fn counters(&self) -> Counters {
        self.room.tally.counters()
    }
}

#[async_trait]
impl Source for Listener {
    fn health(&self) -> Health {
        let counters = self.counters();
        Health {
            state: State::Hearing {
                place: self.address.to_string(),
                since: self.since,
            },
            accepted: counters.accepted,
            last: counters.last,
            refused: counters.refused,
        }
    }

    /// Stops listening, lets requests that have begun finish, and returns when all are over.
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

impl Drop for Listener {
    fn drop(&mut self) {
        let task = self.task.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(task) = &*task {
            task.abort();
        }
    }
}

async fn listen(socket: TcpListener, room: Arc<Room>, mut closed: watch::Receiver<bool>) {
    let mut connections = JoinSet::new();
    loop {
        let stream = tokio::select! {
            accepted = socket.accept() => match accepted {
                Ok((stream, _)) => stream,
                // Out of handles, or the peer is gone: later ones may do better.
                Err(error) => {
                    tracing::warn!(kind = ?error.kind(), "listener could not take a connection");
                    room.clock.sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
            Some(_) = connections.join_next() => continue,
            _ = closed.changed() => break,
        };
        if connections.len() >= room.config.limits.connections {
            room.refuse(Refusal::TooManyConnections, b"");
            continue;
        }
        connections.spawn(connection::serve(stream, Arc::clone(&room), closed.clone()));
    }
    drop(socket);
    while connections.join_next().await.is_some() {}
}

impl Room {
    /// Counts and logs a refusal: its code, length and fingerprint, never the input.
    fn refuse(&self, refusal: Refusal, input: &[u8]) {
        self.count(refusal, &self.seen(input));
    }

    fn seen(&self, input: &[u8]) -> Seen {
        Seen {
            length: input.len(),
            fingerprint: self.fingerprint.of(input),
        }
    }

    fn count(&self, refusal: Refusal, seen: &Seen) {
        let Seen {
            length,
            fingerprint,
        } = seen;
        tracing::warn!(code = refusal.slug(), length, input = %fingerprint, "event refused");
        self.tally.refused(self.clock.now(), refusal);
    }
}

/// What may be said about an input that was refused.
struct Seen {
    length: usize,
    fingerprint: String,
}
