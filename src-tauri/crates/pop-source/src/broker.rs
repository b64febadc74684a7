//! The client of a gateway's broker: this agent's interactions, pushed over MQTT 5.
//!
//! TLS or WebSocket over TLS, through an HTTP proxy where there is one. The session lives on at
//! the broker for [`SESSION`] after the connection is lost, also across a restart of the program,
//! so that what comes meanwhile is delivered afterwards; what is over by then never pops. A message
//! is acknowledged when the store has it, and not before.
//!
//! The MQTT library stands behind a trait (`client`): it is one author's, and pinned. How the
//! device came to its account (enrolment) is the engine's business.

mod address;
mod backoff;
mod client;
mod dial;
mod expiry;
mod letters;
mod proxy;
mod reading;
mod route;
mod rumqtt;
mod session;
#[cfg(test)]
mod session_tests;
mod wake;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use pop_core::clock::Clock;
use pop_core::moment::Moment;
use pop_core::phone::PhoneRules;
use pop_core::secret::Secret;
use pop_core::stream::StreamFault;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;

pub use address::{Address, AddressFault};
pub use backoff::{Backoff, CAP, FIRST, STEP, WOKEN};
pub use dial::Trust;
pub use expiry::Expiry;
pub use letters::{Letter, What as Reported};
pub use proxy::{Proxy, Proxying};
pub use wake::Wake;

use crate::source::{Accept, Health, Source, State};
use rumqtt::Rumqtt;
use session::Session;

/// How long the broker keeps the session of a device that is away: a Wi-Fi drop, a closed lid or
/// an update, and not the night.
pub const SESSION: Duration = Duration::from_mins(5);

/// Less than the 60 s after which proxies and load balancers cut a silent connection.
const KEEP_ALIVE: Duration = Duration::from_secs(30);

/// Messages that the broker may send before the first of them is acknowledged.
const RECEIVE_MAXIMUM: u16 = 16;

/// The largest packet that is taken.
const LARGEST_PACKET: u32 = 256 * 1_024;

/// How long the broker waits before it tells others that this device is gone.
const WILL_DELAY: Duration = Duration::from_secs(15);

/// Reports and nudges that may wait; with more than this the gateway does without some reports.
const WAITING: usize = 256;

/// What a broker's client needs to know.
pub struct BrokerConfig {
    /// Where the broker is; tried in this order.
    pub addresses: Vec<Address>,
    /// The user name.
    pub username: String,
    /// The client id; the broker binds it to the user.
    pub client_id: String,
    /// The password or token.
    pub password: Secret,
    /// What is heard and told under which name.
    pub topics: Topics,
    /// Whom events must name; without one, the policy alone decides whose they are.
    pub agent: Option<String>,
    /// The name under which the gateway tells this device from the agent's others.
    pub device: Option<String>,
    /// The version that the presence tells.
    pub version: String,
    /// Whom the certificate may be from.
    pub trust: Trust,
    /// The way out of the company's network.
    pub proxying: Proxying,
    /// How numbers are read.
    pub phone_rules: PhoneRules,
    /// How long to wait before each try.
    pub backoff: Backoff,
}

/// The topics of one agent. Only the first must be there: a broker without our gateway has no use
/// for the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topics {
    /// Events come here.
    pub interactions: String,
    /// What the gateway wants of the desktop.
    pub control: Option<String>,
    /// What became of events.
    pub ack: Option<String>,
    /// Whether the desktop is there.
    pub presence: Option<String>,
}

/// A client that stays connected until it is stopped or dropped.
pub struct Broker {
    shared: Arc<Shared>,
    orders: mpsc::Sender<Order>,
    stopping: watch::Sender<bool>,
    task: Mutex<Option<JoinHandle<()>>>,
}

/// What the session tells those who look.
struct Shared(Mutex<Health>);

/// What the session is asked to do.
enum Order {
    Popped { place: String, event: String },
    Hurry,
}

impl Broker {
    /// Starts to connect; what is heard goes to `sink`.
    pub fn start(config: BrokerConfig, clock: Arc<dyn Clock>, sink: Arc<dyn Accept>) -> Self {
        let first = config.addresses.first();
        let shared = Arc::new(Shared(Mutex::new(Health {
            state: State::Connecting {
                place: first.map(Address::to_string).unwrap_or_default(),
            },
            accepted: 0,
            last: None,
            refused: BTreeMap::new(),
        })));
        let (orders, queue) = mpsc::channel(WAITING);
        let (stopping, stopped) = watch::channel(false);
        let session = Session::new(
            config,
            session::World {
                clock,
                sink,
                client: Arc::new(Rumqtt),
                shared: Arc::clone(&shared),
            },
            queue,
            stopped,
        );
        Self {
            shared,
            orders,
            stopping,
            task: Mutex::new(Some(tokio::spawn(session.run()))),
        }
    }
}

#[async_trait]
impl Source for Broker {
    fn health(&self) -> Health {
        self.shared.lock().clone()
    }

    fn popped(&self, place: &str, event: &str) {
        let order = Order::Popped {
            place: place.to_owned(),
            event: event.to_owned(),
        };
        // A report is of use to whoever measures; nobody waits for it.
        let _ = self.orders.try_send(order);
    }

    fn hurry(&self) {
        // When so much waits, it is awake.
        let _ = self.orders.try_send(Order::Hurry);
    }

    async fn stop(&self) {
        // The receiver is gone only when the task is over already.
        let _ = self.stopping.send(true);
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

impl Drop for Broker {
    fn drop(&mut self) {
        let task = self.task.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(task) = &*task {
            task.abort();
        }
    }
}

impl Shared {
    fn lock(&self) -> std::sync::MutexGuard<'_, Health> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn accepted(&self, at: Moment) {
        let mut health = self.lock();
        health.accepted += 1;
        health.last = Some(at);
    }

    fn refused(&self, code: &'static str) {
        *self.lock().refused.entry(code).or_default() += 1;
    }

    fn hears(&self, place: String, since: Moment) {
        self.lock().state = State::Hearing { place, since };
    }

    /// Notes why nothing is heard; since when, if it is the same as before, stays.
    fn deaf(&self, place: String, fault: StreamFault, now: Moment) {
        let mut health = self.lock();
        let since = match health.state {
            State::Deaf { since, .. } => since,
            State::Connecting { .. } | State::Hearing { .. } => now,
        };
        health.state = State::Deaf {
            place,
            fault,
            since,
        };
    }
}
