//! A running double: the listener, what it was asked, and what it is told to do wrong.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::call::{Answer, Call};
use crate::cast::Cast;
use crate::oauth::OAuth;
use crate::script::{Act, Script, Trouble, target};

mod outgoing;
mod server;

/// A vendor's CRM, as far as its documentation tells.
pub trait Vendor: Send + Sync + 'static {
    /// The hosts it answers for; the first is the one its records live on.
    fn hosts(&self) -> Vec<String>;
    /// The people it knows.
    fn cast(&self) -> Cast;
    /// Who may sign in, and with what.
    fn oauth(&self) -> &OAuth;
    /// Answers one request.
    fn answer(&self, call: &Call) -> Answer;
    /// Refuses one request in the vendor's own words.
    fn trouble(&self, trouble: &Trouble) -> Answer;
}

/// One request that a double got.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// Which request it was, counted from 1.
    pub number: u64,
    /// The request.
    pub call: Call,
    /// When it had arrived, in microseconds since the double started.
    pub arrived_us: u64,
    /// When its answer was ready to leave; `None` while it is not, and for one that never got any.
    pub answered_us: Option<u64>,
    /// The status of the answer.
    pub status: Option<u16>,
    /// Which connection it came by, counted from 1.
    pub connection: u64,
}

impl Recorded {
    /// Method, host, path and query in one line.
    pub fn line(&self) -> String {
        target(&self.call)
    }
}

/// A running double. It ends when it is dropped.
pub struct Double {
    address: SocketAddr,
    shared: Arc<Shared>,
    _stop: oneshot::Sender<Infallible>,
}

struct Shared {
    vendor: Box<dyn Vendor>,
    hosts: Vec<String>,
    started: Instant,
    state: Mutex<State>,
    connections: AtomicU64,
}

#[derive(Default)]
struct State {
    recorded: Vec<Recorded>,
    requests: u64,
    script: Script,
    request_latency: Duration,
    connection_latency: Duration,
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now_us(&self) -> u64 {
        u64::try_from(self.started.elapsed().as_micros()).unwrap_or(u64::MAX)
    }
}

impl Double {
    /// Starts to listen on a free port of the loopback address.
    pub async fn start(vendor: impl Vendor) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            hosts: vendor.hosts(),
            vendor: Box::new(vendor),
            started: Instant::now(),
            state: Mutex::default(),
            connections: AtomicU64::new(0),
        });
        let (stop, stopped) = oneshot::channel();
        tokio::spawn(server::serve(listener, Arc::clone(&shared), stopped));
        Ok(Self {
            address,
            shared,
            _stop: stop,
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The vendor's hosts it answers for; the first is the one its records live on.
    pub fn hosts(&self) -> &[String] {
        &self.shared.hosts
    }

    /// The people it knows, under its ids.
    pub fn cast(&self) -> Cast {
        self.shared.vendor.cast()
    }

    /// Who may sign in, and with what.
    pub fn oauth(&self) -> &OAuth {
        self.shared.vendor.oauth()
    }

    /// How long every request waits before it is answered.
    pub fn set_latency(&self, latency: Duration) {
        self.shared.state().request_latency = latency;
    }

    /// How long a new connection waits before its first request: name, TCP and TLS of a far server.
    pub fn set_connection_latency(&self, latency: Duration) {
        self.shared.state().connection_latency = latency;
    }

    /// Everything it was asked, in the order of arrival.
    pub fn recorded(&self) -> Vec<Recorded> {
        self.shared.state().recorded.clone()
    }

    /// How many requests it got, those for tokens included.
    pub fn count(&self) -> usize {
        self.shared.state().recorded.len()
    }

    /// How many requests it got whose `METHOD host/path?query` holds this text.
    pub fn count_of(&self, part: &str) -> usize {
        let state = self.shared.state();
        let lines = state.recorded.iter().map(Recorded::line);
        lines.filter(|line| line.contains(part)).count()
    }

    /// How many connections were opened to it.
    pub fn connections(&self) -> u64 {
        self.shared.connections.load(Ordering::Relaxed)
    }

    /// Forgets what it was asked.
    pub fn forget(&self) {
        self.shared.state().recorded.clear();
    }

    /// The next request meets this.
    pub fn next(&self, act: Act) {
        self.next_on("", act);
    }

    /// The next request whose `METHOD host/path?query` holds this text meets this.
    pub fn next_on(&self, part: &str, act: Act) {
        self.shared.state().script.add(part, Some(1), act);
    }

    /// Every request whose `METHOD host/path?query` holds this text meets this, until [`Self::heal`].
    pub fn each_on(&self, part: &str, act: Act) {
        self.shared.state().script.add(part, None, act);
    }

    /// Takes back every act that waits for its request.
    pub fn heal(&self) {
        self.shared.state().script.clear();
    }
}
