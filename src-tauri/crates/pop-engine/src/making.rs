//! What a connection is made of: two that are made of the same need not be made twice, so a change of
//! settings leaves alone what it does not concern, with its tokens and all it has learned.

use std::sync::Arc;

use pop_core::link::LoopbackOrigin;
use pop_core::secret::Secret;
use pop_core::settings;
use sha2::{Digest as _, Sha256};

use crate::connections::Parts;

/// What a connection is made of, as a hash.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Making([u8; 32]);

impl Parts<'_> {
    /// What a connection of the settings would be made of.
    pub(crate) fn making(
        &self,
        name: &str,
        configured: &settings::Connection,
        secret: Option<&Secret>,
        loopback: &[LoopbackOrigin],
    ) -> Making {
        let mut hash = Sha256::new();
        let mut add = |part: &[u8]| {
            hash.update(part.len().to_le_bytes());
            hash.update(part);
        };
        add(name.as_bytes());
        add(&serde_json::to_vec(configured).unwrap_or_default());
        add(self.definitions.text_of(&configured.definition).as_bytes());
        add(format!("{:?}", self.phone_rules).as_bytes());
        for origin in loopback {
            add(origin.as_str().as_bytes());
        }
        // Tokens are kept in the vault; another one keeps others.
        let vault = self.vault.map_or(0, |vault| Arc::as_ptr(vault) as usize);
        add(&vault.to_le_bytes());
        let reason = "only its hash is kept, to see whether it is another one";
        add(secret.map_or("", |secret| secret.expose(reason)).as_bytes());
        Making(hash.finalize().into())
    }
}
