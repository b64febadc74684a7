//! Where the time of a request goes that is not the HTTP library's: our own queue, the CRM's wish
//! to be left alone. What the library measures is added, so that one look tells the whole way.
//!
//! It is kept for whoever runs a request inside [`watched`]; everybody else pays nothing.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use pop_core::doctor::{Part, Spent};
use pop_core::http::Timing;

tokio::task_local! {
    static SPENT: Arc<Mutex<Spent>>;
}

/// Runs `work`, and tells where its time went.
pub(crate) async fn watched<F: Future>(work: F) -> (F::Output, Spent) {
    let spent = Arc::new(Mutex::new(Spent::default()));
    let done = SPENT.scope(Arc::clone(&spent), work).await;
    let spent = *spent.lock().unwrap_or_else(PoisonError::into_inner);
    (done, spent)
}

/// Notes time that a part took.
pub(crate) fn note(part: Part, time: Duration) {
    // Nobody watches most requests.
    let _ = SPENT.try_with(|spent| {
        let mut spent = spent.lock().unwrap_or_else(PoisonError::into_inner);
        spent.add(part, time);
    });
}

/// Notes what the library measured.
pub(crate) fn note_timing(timing: Timing) {
    let parts = [
        (Part::Name, timing.dns),
        (Part::Connect, timing.connect),
        (Part::Answer, timing.wait),
        (Part::Body, timing.body),
    ];
    for (part, time) in parts {
        note(part, time.unwrap_or_default());
    }
}
