//! Where the grants of signed-in connections are kept, as a port.
//!
//! A grant is what a browser sign-in leaves behind: with it new access tokens are fetched without
//! asking anybody. What is in it is `pop-crm`'s affair; where it lies (the vault) is the engine's.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::profile::ConnectionId;
use crate::secret::Secret;

/// Keeps the grant of each connection.
pub trait Tokens: Send + Sync {
    /// The grant of a connection, as it was stored.
    fn load(&self, connection: &ConnectionId) -> Result<Option<Secret>, NotKept>;

    /// Stores a grant over the older one. When this returns without a fault it survives a crash;
    /// after a fault the older one is still there.
    fn store(&self, connection: &ConnectionId, grant: &Secret) -> Result<(), NotKept>;

    /// Forgets a grant; forgetting what is not there is no fault.
    fn forget(&self, connection: &ConnectionId) -> Result<(), NotKept>;
}

/// Why a grant could not be read, stored or forgotten.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotKept(pub String);

/// Keeps grants until exit and nowhere else.
#[derive(Default)]
pub struct MemoryTokens {
    grants: Mutex<BTreeMap<ConnectionId, Secret>>,
}

impl MemoryTokens {
    fn grants(&self) -> MutexGuard<'_, BTreeMap<ConnectionId, Secret>> {
        self.grants.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Tokens for MemoryTokens {
    fn load(&self, connection: &ConnectionId) -> Result<Option<Secret>, NotKept> {
        Ok(self.grants().get(connection).map(copy))
    }

    fn store(&self, connection: &ConnectionId, grant: &Secret) -> Result<(), NotKept> {
        self.grants().insert(connection.clone(), copy(grant));
        Ok(())
    }

    fn forget(&self, connection: &ConnectionId) -> Result<(), NotKept> {
        self.grants().remove(connection);
        Ok(())
    }
}

fn copy(grant: &Secret) -> Secret {
    let text = grant.expose("memory keeps a copy of its own");
    Secret::new(text.to_owned())
}
