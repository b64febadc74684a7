//! Where the time of one exchange goes: the parts that happen inside the HTTP library.
//!
//! The library resolves names and connects somewhere below the request. What is measured there
//! reaches the request through a value of its task; a connection that another request began is
//! not counted, because this request did not wait for all of it.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use pop_core::http::Timing;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

tokio::task_local! {
    static PARTS: Parts;
}

/// The parts measured so far.
#[derive(Clone, Default)]
pub(crate) struct Parts(Arc<Mutex<Timing>>);

impl Parts {
    /// Runs `work` with these parts within its reach.
    pub(crate) async fn during<F: Future>(self, work: F) -> F::Output {
        PARTS.scope(self, work).await
    }

    pub(crate) fn read(&self) -> Timing {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn note(change: impl FnOnce(&mut Timing)) {
    // Outside a request nobody waits for the connection, so nobody counts it.
    let _ = PARTS.try_with(|parts| {
        change(&mut parts.0.lock().unwrap_or_else(PoisonError::into_inner));
    });
}

/// Measures how long it takes to connect; resolving the name is taken out.
pub(crate) async fn connecting<F: Future>(connection: F) -> F::Output {
    let start = Instant::now();
    let connected = connection.await;
    let whole = start.elapsed();
    note(|parts| parts.connect = Some(whole.saturating_sub(parts.dns.unwrap_or_default())));
    connected
}

/// The system's resolver, with a watch.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TimedResolver;

impl Resolve for TimedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let start = Instant::now();
            // The port is replaced by the one of the request.
            let found = tokio::net::lookup_host((name.as_str(), 0)).await;
            let elapsed: Duration = start.elapsed();
            note(|parts| parts.dns = Some(elapsed));
            let addresses = found?.collect::<Vec<_>>();
            Ok(Box::new(addresses.into_iter()) as Addrs)
        })
    }
}
