//! Accepts connections and serves each, until told to stop.
//!
//! Not `axum::serve`: that waits at the end for clients to hang up, and a client in the middle of a
//! slow answer would hold up the end of the app.

use std::convert::Infallible;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinSet;

/// More connections wait in the system's queue; one client with its pool needs a handful.
const MOST_CONNECTIONS: usize = 128;
/// How long a connection may rest: longer than clients keep theirs, so that it is the client who
/// hangs up and no request meets a closing connection.
const REST: Duration = Duration::from_mins(2);
/// How long to wait when the system has no more sockets to give.
const BREATHER: Duration = Duration::from_millis(50);

/// Serves until `stop` is sent or dropped; then ends every connection at once.
pub(crate) async fn serve(
    listener: TcpListener,
    router: Router,
    mut stop: oneshot::Receiver<Infallible>,
) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept(), if connections.len() < MOST_CONNECTIONS => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(connection(stream, router.clone()));
                }
                Err(_) => tokio::time::sleep(BREATHER).await,
            },
            Some(_) = connections.join_next() => {}
            _ = &mut stop => break,
        }
    }
    drop(listener);
    connections.shutdown().await;
}

async fn connection(stream: TcpStream, router: Router) {
    // Answers are small and awaited; holding them back to fill packets would only cost time.
    let _ = stream.set_nodelay(true);
    let service = TowerToHyperService::new(router);
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(REST)
        .serve_connection(TokioIo::new(stream), service)
        .await;
    // A connection that breaks is the client's business, or the fault that was asked for.
    drop(served);
}
