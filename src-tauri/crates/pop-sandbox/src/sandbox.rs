//! Starting and stopping the CRM, and the switches its owner has.

use std::convert::Infallible;
use std::fmt;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use tokio::net::TcpListener;
use tokio::sync::{Mutex, oneshot};
use tokio::task::JoinHandle;

use crate::fault::FaultRule;
use crate::gate::Gate;
use crate::requests::RecordedRequest;
use crate::store::{OpenError, Store};
use crate::{routes, seed, server, token};

/// How many customers a sandbox has beside the known ones, unless told otherwise.
const CUSTOMERS: usize = 5_000;
/// The seed unless told otherwise; the people of the documentation come from it.
const SEED: u64 = 20_411;

/// How a sandbox is set up.
#[derive(Clone)]
pub struct Options {
    /// The port on 127.0.0.1; without it, a free one.
    pub port: Option<u16>,
    /// The bearer token that requests must bring: visible ASCII.
    pub token: String,
    /// The database file; without it, everything is in memory and gone at the end.
    pub database: Option<PathBuf>,
    /// How many customers are generated, beside the known ones. Counts for an empty database only.
    pub customers: usize,
    /// Who is generated. Counts for an empty database only.
    pub seed: u64,
}

impl Options {
    /// A free port, memory, and the usual customers.
    pub fn new(token: impl Into<String>) -> Self {
        Self {
            port: None,
            token: token.into(),
            database: None,
            customers: CUSTOMERS,
            seed: SEED,
        }
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Options")
            .field("port", &self.port)
            .field("token", &"[redacted]")
            .field("database", &self.database)
            .field("customers", &self.customers)
            .field("seed", &self.seed)
            .finish()
    }
}

/// Why a sandbox did not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SandboxError {
    /// The token is empty or holds something else than visible ASCII.
    #[error("a token is visible ASCII and not empty")]
    Token,
    /// The port could not be had.
    #[error("port {port} on 127.0.0.1 could not be opened")]
    Port {
        /// The port asked for; 0 for any.
        port: u16,
        /// What the system said.
        source: io::Error,
    },
    /// The database file belongs to another program; it was left as it is.
    #[error("{} is not a sandbox database", .database.display())]
    ForeignDatabase {
        /// The file.
        database: PathBuf,
    },
    /// The database file was written by a newer release; it was left as it is.
    #[error("{} has version {found}, which is newer than this program", .database.display())]
    NewerDatabase {
        /// The file.
        database: PathBuf,
        /// Its version.
        found: i32,
    },
    /// The database could not be opened or filled.
    #[error("the sandbox's database could not be opened")]
    Database(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// A CRM that runs in this process, and ends with this value.
pub struct Sandbox {
    origin: String,
    gate: Arc<Gate>,
    running: Mutex<Option<Running>>,
}

struct Running {
    /// Never sent: dropping it stops the server.
    stop: oneshot::Sender<Infallible>,
    task: JoinHandle<()>,
}

impl Sandbox {
    /// Opens the database, fills it if it is empty, and serves on 127.0.0.1.
    pub async fn start(options: Options) -> Result<Self, SandboxError> {
        if !token::is_token(&options.token) {
            return Err(SandboxError::Token);
        }
        let port = options.port.unwrap_or(0);
        let no_port = |source| SandboxError::Port { port, source };
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let listener = TcpListener::bind(address).await.map_err(no_port)?;
        let port = listener.local_addr().map_err(no_port)?.port();

        let now = Timestamp::now();
        let Options {
            token,
            database,
            customers,
            seed,
            ..
        } = options;
        let store = open_store(database, seed::Plan { seed, customers }, now).await?;
        let origin = format!("http://127.0.0.1:{port}");
        let gate = Arc::new(Gate::new(token, port, now.as_second()));
        let router = routes::router(routes::Crm {
            origin: origin.as_str().into(),
            gate: Arc::clone(&gate),
            store,
        });
        let (stop, stopped) = oneshot::channel();
        let task = tokio::spawn(server::serve(listener, router, stopped));
        Ok(Self {
            origin,
            gate,
            running: Mutex::new(Some(Running { stop, task })),
        })
    }

    /// Returns the address, such as `http://127.0.0.1:49152`.
    pub fn origin(&self) -> String {
        self.origin.clone()
    }

    /// Switches a fault on, in the place of the one before, or off.
    pub fn set_fault(&self, rule: Option<FaultRule>) {
        self.gate.faults.set(rule);
    }

    /// Returns the fault that is switched on, with the count that is left.
    pub fn fault(&self) -> Option<FaultRule> {
        self.gate.faults.get()
    }

    /// Puts a new token in force; requests with the one before are told that it has expired.
    pub fn renew_token(&self, token: impl Into<String>) -> Result<(), SandboxError> {
        let token = token.into();
        if !token::is_token(&token) {
            return Err(SandboxError::Token);
        }
        self.gate.tokens.renew(token);
        Ok(())
    }

    /// Returns the latest thousand requests, oldest first, without those to the controls.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.gate.requests.all()
    }

    /// Forgets the requests so far.
    pub fn forget_requests(&self) {
        self.gate.requests.forget();
    }

    /// Stops serving: open connections are cut, and the port is free when this returns.
    pub async fn stop(&self) {
        if let Some(Running { stop, task }) = self.running.lock().await.take() {
            drop(stop);
            // The task ends in no other way than by returning.
            let _ = task.await;
        }
    }
}

impl fmt::Debug for Sandbox {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Sandbox")
            .field("origin", &self.origin)
            .finish_non_exhaustive()
    }
}

async fn open_store(
    database: Option<PathBuf>,
    plan: seed::Plan,
    now: Timestamp,
) -> Result<Store, SandboxError> {
    let opened = tokio::task::spawn_blocking(move || {
        let store = Store::open(database.as_deref(), plan, now);
        (store, database.unwrap_or_default())
    });
    let (store, database) = opened
        .await
        .map_err(|error| SandboxError::Database(error.into()))?;
    store.map_err(|error| match error {
        OpenError::Foreign => SandboxError::ForeignDatabase { database },
        OpenError::Newer { found } => SandboxError::NewerDatabase { database, found },
        OpenError::Sqlite(error) => SandboxError::Database(error.into()),
    })
}
