//! Keeps the CRM's records in SQLite: opening, the schema, and the one connection.
//!
//! What is asked of the database stands in the modules below, one per kind of record, as functions
//! over a connection, so that a request can put several of them into one transaction.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Connection, ErrorCode, TransactionBehavior};

use crate::seed;

pub(crate) mod answers;
pub(crate) mod cases;
pub(crate) mod customers;
pub(crate) mod interactions;
pub(crate) mod notes;
mod records;

pub(crate) use records::{Case, Customer, Found, Interaction, Note, Page, Phone};

/// Marks a database file as a sandbox's ("SPSB"), so that no other program's file is written to.
const APPLICATION_ID: i32 = 0x5350_5342;
/// The version of `schema.sql`.
const SCHEMA_VERSION: i32 = 1;
/// How long a second process on the same file waits for the first; generation takes far less.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// Why the database could not be opened or filled.
#[derive(Debug, thiserror::Error)]
pub(crate) enum OpenError {
    /// The file belongs to another program.
    #[error("the file is not a sandbox database")]
    Foreign,
    /// The file was written by a newer release.
    #[error("the file has version {found}, this program knows up to {SCHEMA_VERSION}")]
    Newer {
        /// The version in the file.
        found: i32,
    },
    /// SQLite refused.
    #[error(transparent)]
    Sqlite(#[from] rusqlite::Error),
}

/// The records, behind one connection that is shared by all requests.
#[derive(Clone)]
pub(crate) struct Store(Arc<Mutex<Connection>>);

impl Store {
    /// Opens the file, or memory, and fills it if it is empty.
    pub(crate) fn open(
        database: Option<&Path>,
        plan: seed::Plan,
        now: Timestamp,
    ) -> Result<Self, OpenError> {
        let mut connection = match database {
            Some(path) => Connection::open(path)?,
            None => Connection::open_in_memory()?,
        };
        connection.busy_timeout(BUSY_TIMEOUT)?;
        prepare(&mut connection, plan, now)?;
        Ok(Self(Arc::new(Mutex::new(connection))))
    }

    /// Runs work on the connection, off the threads that answer requests.
    pub(crate) async fn run<T, E>(
        &self,
        work: impl FnOnce(&mut Connection) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<tokio::task::JoinError> + Send + 'static,
    {
        let connection = Arc::clone(&self.0);
        tokio::task::spawn_blocking(move || {
            work(&mut connection.lock().unwrap_or_else(PoisonError::into_inner))
        })
        .await?
    }
}

fn prepare(connection: &mut Connection, plan: seed::Plan, now: Timestamp) -> Result<(), OpenError> {
    refuse_other_files(connection)?;
    // Answers with the new mode as a row, which an in-memory database leaves at "memory".
    connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
    connection.execute_batch("PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;")?;

    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Asked again inside the transaction: another process may just have made it.
    if pragma(&transaction, "user_version")? == 0 {
        transaction.execute_batch(include_str!("schema.sql"))?;
        seed::fill(&transaction, plan, now)?;
        transaction.execute_batch(include_str!("indexes.sql"))?;
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.pragma_update(None, "user_version", SCHEMA_VERSION)?;
    } else {
        keep_ages(&transaction, now)?;
    }
    transaction.commit()?;
    Ok(())
}

fn refuse_other_files(connection: &Connection) -> Result<(), OpenError> {
    let application = match pragma(connection, "application_id") {
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::NotADatabase) => {
            return Err(OpenError::Foreign);
        }
        application => application?,
    };
    let found = pragma(connection, "user_version")?;
    let tables: i32 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    match (application, found, tables) {
        (APPLICATION_ID, found, _) if found > SCHEMA_VERSION => Err(OpenError::Newer { found }),
        (APPLICATION_ID, _, _) | (0, 0, 0) => Ok(()),
        _ => Err(OpenError::Foreign),
    }
}

/// Moves the untouched generated rows along with the clock, so that what was due tomorrow when the
/// file was made is due tomorrow in every lesson.
fn keep_ages(connection: &Connection, now: Timestamp) -> rusqlite::Result<()> {
    let anchor: i64 = connection.query_row("SELECT anchor FROM origin", [], |row| row.get(0))?;
    let passed = now.as_second() - anchor;
    connection.execute("UPDATE origin SET anchor = ?", [now.as_second()])?;
    connection.execute(
        "UPDATE cases SET created_at = created_at + ?1, updated_at = updated_at + ?1, \
         due_at = due_at + ?1 WHERE seeded = 1",
        [passed],
    )?;
    connection.execute(
        "UPDATE interactions SET at = at + ?1 WHERE seeded = 1",
        [passed],
    )?;
    Ok(())
}

fn pragma(connection: &Connection, name: &str) -> rusqlite::Result<i32> {
    connection.pragma_query_value(None, name, |row| row.get(0))
}
