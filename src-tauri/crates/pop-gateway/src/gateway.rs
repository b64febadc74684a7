//! The gateway as a whole: started in order, stopped in order.

use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, RwLock};
use std::thread;
use std::time::{Duration, SystemTime};

use pop_core::moment::Moment;
use pop_core::phone;
use pop_store::{Relay, StoreError};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::broker::{self, control::Control};
use crate::config::Config;
use crate::desktops::Desktops;
use crate::enrolment::leavers;
use crate::listen;
use crate::metrics::Metrics;
use crate::pace::Paces;
use crate::queue::Queue;
use crate::server::{Server, operations, webhooks};

/// How often what is over is forgotten.
const PRUNE: Duration = Duration::from_secs(15);

/// Why the gateway did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartFault {
    /// The queue cannot be used.
    #[error("the queue cannot be used: {0}")]
    Store(#[from] StoreError),
    /// An address cannot be listened on.
    #[error("{address} cannot be listened on: {source}")]
    Address {
        /// The address.
        address: SocketAddr,
        /// What the system says.
        source: io::Error,
    },
}

/// A gateway that runs.
pub struct Running {
    /// Where platforms reach it.
    pub webhooks: SocketAddr,
    /// Where health and counters are.
    pub operations: SocketAddr,
    pub(crate) server: Arc<Server>,
    pub(crate) tls: watch::Sender<Option<Arc<rustls::ServerConfig>>>,
    stop_listening: watch::Sender<bool>,
    stop_publishing: watch::Sender<bool>,
    listeners: Vec<JoinHandle<()>>,
    publisher: JoinHandle<()>,
    control: JoinHandle<()>,
    pruner: JoinHandle<()>,
    leavers: JoinHandle<()>,
    queue: thread::JoinHandle<()>,
}

/// Starts a gateway; when this returns, it listens.
pub async fn start(mut config: Config) -> Result<Running, StartFault> {
    let metrics = Arc::new(Metrics::default());
    let outside = bind(config.listen.address).await?;
    let inside = bind(config.operations).await?;
    let (webhooks_at, operations_at) = (
        local(&outside, config.listen.address)?,
        local(&inside, config.operations)?,
    );
    let relay = Relay::open(&config.store.folder, &config.store.key)?;
    let most_waiting = config.store.most_waiting;
    let (queue, thread) = Queue::start(relay, most_waiting, Arc::clone(&metrics), now)?;
    let (stop_listening, listening) = watch::channel(false);
    let (stop_publishing, publishing) = watch::channel(false);
    let (tls, shown) = watch::channel(config.listen.tls.take());
    let (_, plain) = watch::channel(None);
    let config = Arc::new(config);
    let rules = Arc::clone(&config);
    // Numbering plans take a while to load: the first caller shall not wait for them.
    tokio::task::spawn_blocking(move || phone::warm(&rules.rules));
    let desktops = Arc::new(Desktops::new(Arc::clone(&metrics), now));
    let control = Control::new(Arc::clone(&metrics), Arc::clone(&desktops));
    let server = Arc::new(Server {
        settings: RwLock::new(Arc::clone(&config)),
        queue: queue.clone(),
        metrics: Arc::clone(&metrics),
        clock: now,
        stopping: AtomicBool::new(false),
        control: control.clone(),
        desktops,
        deliveries: Paces::default(),
        enrolments: Paces::default(),
        callers: Paces::default(),
        entering: tokio::sync::Mutex::default(),
        directory_read: tokio::sync::Notify::new(),
    });
    server.directory_read.notify_one();
    let leavers = tokio::spawn(leavers::remove(Arc::clone(&server)));
    let outer = webhooks(Arc::clone(&server));
    let inner = operations(Arc::clone(&server));
    let listeners = vec![
        tokio::spawn(listen::serve(outside, shown, outer, listening.clone())),
        tokio::spawn(listen::serve(inside, plain, inner, listening)),
    ];
    let control = tokio::spawn(control.run(Arc::clone(&config), publishing.clone()));
    let publisher = tokio::spawn(broker::publish(
        config,
        queue.clone(),
        metrics,
        now,
        publishing,
    ));
    let pruner = tokio::spawn(async move {
        let mut tick = tokio::time::interval(PRUNE);
        loop {
            tick.tick().await;
            queue.prune().await;
        }
    });
    Ok(Running {
        webhooks: webhooks_at,
        operations: operations_at,
        server,
        tls,
        stop_listening,
        stop_publishing,
        listeners,
        publisher,
        control,
        pruner,
        leavers,
        queue: thread,
    })
}

impl Running {
    /// Stops in order: takes nothing new, answers what was begun, publishes what waits as far as
    /// the broker takes it within seconds, and closes the queue. What is left is sent next time.
    pub async fn stop(self) {
        self.server.stopping.store(true, Ordering::Relaxed);
        // Those who do not listen any more have stopped already; so below.
        let _ = self.stop_listening.send(true);
        for listener in self.listeners {
            let _ = listener.await;
        }
        self.leavers.abort();
        let _ = self.leavers.await;
        let _ = self.stop_publishing.send(true);
        let _ = self.publisher.await;
        let _ = self.control.await;
        self.pruner.abort();
        let _ = self.pruner.await;
        drop(self.server);
        let queue = self.queue;
        // The queue's thread ends with the last way to it.
        let _ = tokio::task::spawn_blocking(move || queue.join()).await;
    }
}

/// Returns when it is time to stop; whoever dropped the gateway wants that too.
pub(crate) async fn told(stop: &mut watch::Receiver<bool>) {
    // An error means that nobody is left who could say it.
    let _ = stop.wait_for(|stop| *stop).await;
}

async fn bind(address: SocketAddr) -> Result<TcpListener, StartFault> {
    TcpListener::bind(address)
        .await
        .map_err(|source| StartFault::Address { address, source })
}

fn local(listener: &TcpListener, address: SocketAddr) -> Result<SocketAddr, StartFault> {
    listener
        .local_addr()
        .map_err(|source| StartFault::Address { address, source })
}

fn now() -> Moment {
    Moment::default().after(SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default())
}
