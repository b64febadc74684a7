//! The grants of sign-ins, in the vault: what `pop_core::tokens` asks for.

use std::sync::Arc;

use pop_core::profile::ConnectionId;
use pop_core::secret::Secret;
use pop_core::tokens::{NotKept, Tokens};
use pop_store::{Vault, VaultError};

/// Grants in the vault; while it is not open none can be read or kept.
pub(crate) struct VaultTokens(pub(crate) Option<Arc<Vault>>);

impl VaultTokens {
    fn with<T>(
        &self,
        connection: &ConnectionId,
        does: impl FnOnce(&Vault, &str) -> Result<T, VaultError>,
    ) -> Result<T, NotKept> {
        let locked = || NotKept("the vault is not open".to_owned());
        let vault = self.0.as_ref().ok_or_else(locked)?;
        does(vault, &place(connection)).map_err(|error| NotKept(error.to_string()))
    }
}

impl Tokens for VaultTokens {
    fn load(&self, connection: &ConnectionId) -> Result<Option<Secret>, NotKept> {
        match &self.0 {
            Some(_) => self.with(connection, Vault::get),
            None => Ok(None),
        }
    }

    fn store(&self, connection: &ConnectionId, grant: &Secret) -> Result<(), NotKept> {
        self.with(connection, |vault, place| vault.put(place, grant))
    }

    fn forget(&self, connection: &ConnectionId) -> Result<(), NotKept> {
        self.with(connection, Vault::forget)
    }
}

/// The name of a connection's grant in the vault.
pub(crate) fn place(connection: &ConnectionId) -> String {
    format!("grant {}", connection.0)
}
