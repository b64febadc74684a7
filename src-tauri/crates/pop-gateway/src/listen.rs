//! Connections of platforms: TLS, HTTP/1.1, and bounds for whoever is slow.
//!
//! `axum::serve` has no bounds for a slow head and would let one TLS handshake hold up the others.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use hyper_util::service::TowerToHyperService;
use rustls::ServerConfig;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;

use crate::gateway::told;

/// Who asks.
#[derive(Clone, Copy)]
pub(crate) struct Peer(pub(crate) IpAddr);

/// Connections at once; more wait to be accepted.
const CONNECTIONS: usize = 4_096;
/// How long a TLS handshake, and the head of a request, may take.
const SLOW: Duration = Duration::from_secs(10);
/// How long a shutdown waits for answers that are being made.
const FINISH: Duration = Duration::from_secs(10);

/// Answers until it is told to stop; then finishes what it has begun.
pub(crate) async fn serve(
    listener: TcpListener,
    tls: watch::Receiver<Option<Arc<ServerConfig>>>,
    router: Router,
    mut stop: watch::Receiver<bool>,
) {
    let graceful = GracefulShutdown::new();
    let room = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        let Ok(seat) = Arc::clone(&room).acquire_owned().await else {
            return;
        };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = told(&mut stop) => break,
        };
        let Ok((stream, peer)) = accepted else {
            // Out of file handles, most likely: those that are open must end first.
            tokio::time::sleep(Duration::from_millis(100)).await;
            continue;
        };
        // A certificate that was renewed counts for whoever comes now.
        let acceptor = tls.borrow().clone().map(TlsAcceptor::from);
        let router = router.clone();
        let watcher = graceful.watcher();
        let peer = Peer(peer.ip());
        tokio::spawn(async move {
            let _seat = seat;
            // An answer must not wait for the next packet; where that fails, it is only slower.
            let _ = stream.set_nodelay(true);
            match acceptor {
                None => answer(stream, router, peer, watcher).await,
                Some(acceptor) => {
                    if let Ok(Ok(stream)) = timeout(SLOW, acceptor.accept(stream)).await {
                        answer(stream, router, peer, watcher).await;
                    }
                }
            }
        });
    }
    drop(listener);
    // Whoever is slower than this has no answer and comes back.
    let _ = timeout(FINISH, graceful.shutdown()).await;
}

async fn answer<S>(stream: S, router: Router, peer: Peer, watcher: Watcher)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let router = TowerToHyperService::new(router);
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(peer);
        router.call(request)
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(SLOW)
        .serve_connection(TokioIo::new(stream), service);
    // A connection that breaks concerns nobody but its platform.
    let _ = watcher.watch(connection).await;
}
