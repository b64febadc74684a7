//! New settings while it runs: read whole, and taken whole or not at all.
//!
//! What was accepted lies in the queue with its topic and is published whatever the new settings
//! say; a request that has begun ends with the settings that it began with.

use std::sync::{Arc, PoisonError};

use crate::config::Config;
use crate::gateway::Running;

/// Why new settings were not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("these settings count from the next start only: {}", .0.join(", "))]
pub struct NotReloaded(pub Vec<&'static str>);

impl Running {
    /// Takes new settings; the old ones stay when something differs that only a start can change.
    pub fn reload(&self, mut config: Config) -> Result<(), NotReloaded> {
        let now = self.server.config();
        let differs: Vec<_> = (now.fixed.iter().zip(&config.fixed))
            .filter(|((_, old), (_, new))| old != new)
            .map(|((name, _), _)| *name)
            .collect();
        if !differs.is_empty() {
            return Err(NotReloaded(differs));
        }
        self.tls.send_replace(config.listen.tls.take());
        let settings = self.server.settings.write();
        *settings.unwrap_or_else(PoisonError::into_inner) = Arc::new(config);
        self.server.directory_read.notify_one();
        Ok(())
    }
}
