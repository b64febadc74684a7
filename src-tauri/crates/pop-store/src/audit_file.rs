//! The audit of a profile, read beside the running program: for an admin who ships it or checks it.
//!
//! Nothing is written and no lock is taken. The chain can be checked without the key; what the
//! lines tell of people can be read with it only.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use crate::audit::{self, Chain, KeptAudit};
use crate::database;
use crate::error::StoreError;
use crate::seal::Sealer;

/// The audit of a profile.
pub struct AuditFile(Connection);

impl AuditFile {
    /// Opens the audit in a profile's data folder.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(folder.join("store.db"), flags)?;
        connection.busy_timeout(database::BUSY)?;
        database::refuse_newer(&connection, database::STEPS)?;
        Ok(Self(connection))
    }

    /// Checks that no line was changed, removed or added by anybody else.
    pub fn verify(&self) -> Result<Chain, StoreError> {
        audit::verify(&self.0)
    }

    /// The lines after a number, oldest first; without the key they tell of nobody.
    pub fn lines(
        &self,
        sealer: Option<&Sealer>,
        after: i64,
        limit: usize,
    ) -> Result<Vec<KeptAudit>, StoreError> {
        match sealer {
            Some(sealer) => audit::read(&self.0, sealer, after, limit),
            None => audit::read(&self.0, &Sealer::ephemeral()?, after, limit),
        }
    }
}
