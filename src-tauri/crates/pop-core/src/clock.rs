//! The clock as a port: what time it is, and waiting.
//!
//! The machine's clock is in `pop-crm` beside the HTTP client; a test or a simulation brings its
//! own, so that a lookup that takes ten seconds takes none there.

use std::time::Duration;

use async_trait::async_trait;

use crate::moment::Moment;

/// Tells the time and waits.
#[async_trait]
pub trait Clock: Send + Sync {
    /// The time now.
    fn now(&self) -> Moment;

    /// Returns when `wait` has passed.
    async fn sleep(&self, wait: Duration);
}
