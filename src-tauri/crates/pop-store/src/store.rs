//! The store: one file, one owner, and every change in a transaction that is on disk when it
//! returns.
//!
//! Calls block for as long as the disk takes; [`crate::StoreHandle`] runs them on a thread of their
//! own. Without a key the store keeps history, events, flight marks and audit in memory only, and
//! in the file nothing but keyed hashes of the ids of events; when the key comes,
//! [`Store::settle`] puts everything into the file. Time comes in as a value.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use pop_core::flight::Step;
use pop_core::interaction::InteractionKey;
use pop_core::moment::Moment;
use rusqlite::Connection;

use crate::audit::{self, Chain, KeptAudit};
use crate::change::{self, Change};
use crate::database;
use crate::error::StoreError;
use crate::events::{self, Accepted, IncomingEvent, PendingEvent};
use crate::flight;
use crate::history::{self, HistoryEntry, HistoryQuery, RecentKey};
use crate::opened;
use crate::outbox;
use crate::place::{self, WriterLock};
use crate::salvage::{self, Salvaged};
use crate::seal::Sealer;
use crate::shadow;

/// Where what is secret or personal is kept.
pub enum Keeping {
    /// In the file, sealed with the vault's key.
    Sealed(Arc<Sealer>),
    /// In memory until exit, because there is no key or it has not come yet.
    MemoryOnly,
}

/// How long things are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retention {
    /// History, with its flight marks.
    pub history: Duration,
}

/// What is in the store.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Whether everything is in memory only.
    pub memory_only: bool,
    /// Ids of events that are remembered.
    pub seen: u64,
    /// Events that are not handled.
    pub events: u64,
    /// Interactions in the history.
    pub history: u64,
    /// Flight marks.
    pub marks: u64,
    /// Items that wait to be sent, or for a person.
    pub outbox: u64,
    /// Lines of the audit.
    pub audit: u64,
    /// Rows that did not open since the start, because they are damaged.
    pub unopened: u64,
    /// What was saved from a damaged file since the start.
    pub salvaged: Option<Salvaged>,
}

/// The store. It belongs to one thread.
pub struct Store {
    // Fields are dropped in this order: the file is closed before the lock is given back.
    pub(crate) connection: Connection,
    pub(crate) sealer: Arc<Sealer>,
    seen_key: [u8; 32],
    place: Place,
    pub(crate) unopened: u64,
    salvaged: Option<Salvaged>,
}

enum Place {
    File {
        path: PathBuf,
        lock: WriterLock,
        unclean: bool,
        shadowed: bool,
    },
    Memory,
}

impl Store {
    /// Opens the store in a profile's folder. What can be saved from a damaged file is saved.
    pub fn open(folder: &Path, keeping: Keeping) -> Result<Self, StoreError> {
        place::prepare_folder(folder)?;
        place::require_local(folder)?;
        let (lock, unclean) = WriterLock::take(&folder.join("store.lock"))?;
        let path = folder.join("store.db");
        let sealer = match &keeping {
            Keeping::Sealed(sealer) => Some(sealer),
            Keeping::MemoryOnly => None,
        };
        let (opened, salvaged) = match opened::begin(&path, sealer) {
            Err(StoreError::Damaged) => {
                let salvaged = salvage::salvage(&path)?;
                (opened::begin(&path, sealer)?, Some(salvaged))
            }
            opened => (opened?, None),
        };
        Ok(Self {
            seen_key: opened.seen_key,
            connection: opened.connection,
            place: Place::File {
                path,
                lock,
                unclean,
                shadowed: sealer.is_none(),
            },
            sealer: opened.sealer,
            unopened: 0,
            salvaged,
        })
    }

    /// A store that touches no disk at all, for when the folder cannot be used.
    pub fn in_memory() -> Result<Self, StoreError> {
        let connection = database::in_memory()?;
        Ok(Self {
            seen_key: database::seen_key(&connection)?,
            connection,
            sealer: Arc::new(Sealer::ephemeral()?),
            place: Place::Memory,
            unopened: 0,
            salvaged: None,
        })
    }

    /// The key has come: everything that was in memory goes into the file, sealed.
    ///
    /// Events that were pending from before the start can be asked for afterwards. A key that comes
    /// in place of another one, because everything was forgotten, finds nothing of the other's.
    pub fn settle(&mut self, sealer: Arc<Sealer>) -> Result<(), StoreError> {
        let Place::File { shadowed, .. } = &mut self.place else {
            return Ok(());
        };
        let transaction = self.connection.transaction()?;
        if !*shadowed {
            opened::adopt(&transaction, &sealer)?;
            transaction.commit()?;
            self.sealer = sealer;
            return Ok(());
        }
        let carried = shadow::take(&transaction, &self.sealer)?;
        shadow::lower(&transaction)?;
        opened::adopt(&transaction, &sealer)?;
        shadow::put(&transaction, &sealer, carried)?;
        transaction.commit()?;
        *shadowed = false;
        self.sealer = sealer;
        Ok(())
    }

    /// Accepts an event: when it returns, event and id are on disk.
    pub fn accept_event(&mut self, incoming: &IncomingEvent) -> Result<Accepted, StoreError> {
        events::accept(&mut self.connection, &self.sealer, &self.seen_key, incoming)
    }

    /// The accepted events that nobody handled, oldest first.
    pub fn pending_events(&mut self) -> Result<Vec<PendingEvent>, StoreError> {
        let (events, unopened) = events::pending(&self.connection, &self.sealer)?;
        self.unopened += unopened;
        Ok(events)
    }

    /// Makes changes, all of them or none. They are on disk when it returns.
    pub fn apply(&mut self, changes: &[Change]) -> Result<(), StoreError> {
        let transaction = self.connection.transaction()?;
        let mut erased = false;
        for change in changes {
            erased |= change::make(&transaction, &self.sealer, change, self.place.is_shadowed())?;
        }
        if let Err(error) = transaction.commit() {
            // Whatever is called not kept must not be there after a crash.
            if let Err(error) = database::unsay(&self.connection) {
                tracing::error!(%error, "a commit that failed may be found at the next start");
            }
            return Err(error.into());
        }
        if erased {
            self.wipe_leftovers()?;
        } else if changes.iter().any(Change::ends_copies) {
            database::empty_log(&self.connection)?;
        }
        Ok(())
    }

    /// The entries of the history that a query wants, newest first.
    pub fn history(&mut self, query: &HistoryQuery) -> Result<Vec<HistoryEntry>, StoreError> {
        let (entries, unopened) = history::find(&self.connection, &self.sealer, query)?;
        self.unopened += unopened;
        Ok(entries)
    }

    /// The history's entry of one interaction.
    pub fn entry(&self, key: &InteractionKey) -> Result<Option<HistoryEntry>, StoreError> {
        history::of(&self.connection, &self.sealer, key)
    }

    /// The interactions since a moment that had their card or are over, so that none of them pops
    /// again after a restart. One whose offer came too late for a card may still be accepted.
    pub fn recent_keys(&mut self, since: Moment) -> Result<Vec<RecentKey>, StoreError> {
        let query = HistoryQuery {
            since,
            limit: usize::MAX,
            text: None,
            channel: None,
        };
        let entries = self.history(&query)?.into_iter();
        Ok(entries.filter_map(RecentKey::of).collect())
    }

    /// The flight marks of an interaction, in the order they were made.
    pub fn marks(&self, key: &InteractionKey) -> Result<Vec<Step>, StoreError> {
        match history::row_of(&self.connection, &self.sealer, key)? {
            Some(row) => flight::of(&self.connection, row),
            None => Ok(Vec::new()),
        }
    }

    /// The lines of the audit after a number, oldest first.
    pub fn audit(&self, after: i64, limit: usize) -> Result<Vec<KeptAudit>, StoreError> {
        audit::read(&self.connection, &self.sealer, after, limit)
    }

    /// Checks that no line of the audit was changed, removed or added by anybody else.
    pub fn verify_chain(&self) -> Result<Chain, StoreError> {
        audit::verify(&self.connection)
    }

    /// Deletes what is older than it may be.
    pub fn prune(&mut self, now: Moment, retention: &Retention) -> Result<(), StoreError> {
        let transaction = self.connection.transaction()?;
        let history = before(now, retention.history);
        for schema in self.place.schemas() {
            let sql = format!("DELETE FROM {schema}.history WHERE at < ?1");
            transaction.execute(&sql, [history.micros()])?;
            let over = before(now, outbox::OVER_KEPT).micros();
            let sql = format!(
                "DELETE FROM {schema}.outbox WHERE state IN ('done', 'discarded') AND changed < ?1"
            );
            transaction.execute(&sql, [over])?;
            let sql = format!("DELETE FROM {schema}.draft WHERE at < ?1");
            transaction.execute(&sql, [over])?;
            let sql = format!("DELETE FROM {schema}.pin WHERE at < ?1");
            transaction.execute(&sql, [history.micros()])?;
            flight::prune(&transaction, schema)?;
        }
        transaction.commit()?;
        match &self.place {
            Place::File { path, .. } => salvage::forget_old(path, history),
            Place::Memory => Ok(()),
        }
    }

    /// Forgets the ids of events after [`events::EVENTS_KEPT`], and what nobody handled until then. What is
    /// lost with it is the caller's to say, before: see [`Store::pending_events`].
    pub fn prune_events(&mut self, now: Moment) -> Result<(), StoreError> {
        let over = before(now, events::EVENTS_KEPT);
        events::prune(&mut self.connection, self.place.schemas(), over)
    }

    /// What is in the store.
    pub fn stats(&self) -> Result<Stats, StoreError> {
        let count = |table: &str| -> Result<u64, StoreError> {
            let sql = format!("SELECT count(*) FROM {table}");
            Ok(self.connection.query_row(&sql, [], |row| row.get(0))?)
        };
        Ok(Stats {
            memory_only: matches!(self.place, Place::Memory) || self.place.is_shadowed(),
            seen: count("main.seen")?,
            events: count("event")?,
            history: count("history")?,
            marks: count("flight")?,
            outbox: outbox::count(&self.connection)?,
            audit: count("audit")?,
            unopened: self.unopened,
            salvaged: self.salvaged,
        })
    }

    /// The check that is due after the last program did not leave in order; run it elsewhere.
    pub fn due_check(&self) -> Option<FileCheck> {
        match &self.place {
            Place::File {
                path,
                unclean: true,
                ..
            } => Some(FileCheck(path.clone())),
            Place::File { .. } | Place::Memory => None,
        }
    }

    /// Moves a damaged file aside and goes on with a new one that holds what could be read.
    pub fn recover(&mut self) -> Result<Salvaged, StoreError> {
        let Place::File { path, shadowed, .. } = &self.place else {
            return Ok(Salvaged::default());
        };
        let carried = shadowed
            .then(|| shadow::take(&self.connection, &self.sealer))
            .transpose()?;
        let path = path.clone();
        // Closes the file. Until it is open again there are no tables, so that every call fails
        // instead of keeping something where it would be lost.
        self.connection = Connection::open_in_memory()?;
        self.note_whole(false);
        let salvaged = salvage::salvage(&path)?;
        let opened = opened::begin(&path, carried.is_none().then_some(&self.sealer))?;
        if let Some(carried) = carried {
            self.sealer = opened.sealer;
            shadow::put(&opened.connection, &self.sealer, carried)?;
        }
        self.seen_key = opened.seen_key;
        self.connection = opened.connection;
        self.salvaged = Some(salvaged);
        self.note_whole(true);
        Ok(salvaged)
    }

    /// Notes that the due check found the file whole.
    pub fn checked(&mut self) {
        self.note_whole(true);
    }

    fn note_whole(&mut self, whole: bool) {
        match &mut self.place {
            Place::File { unclean, .. } => *unclean = !whole,
            Place::Memory => {}
        }
    }

    /// Erased rows are overwritten in the file; this takes them out of its log and its old copy too.
    fn wipe_leftovers(&self) -> Result<(), StoreError> {
        database::empty_log(&self.connection)?;
        match &self.place {
            Place::File { path, .. } => salvage::forget(path),
            Place::Memory => Ok(()),
        }
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        // A file whose check is still due is left as it was found, so that the next start checks it.
        if let Place::File {
            lock,
            unclean: false,
            ..
        } = &mut self.place
            && let Err(error) = lock.leave()
        {
            tracing::warn!(%error, "the store could not note that it was closed in order");
        }
    }
}

/// A check of the file that reads it over a connection of its own.
pub struct FileCheck(PathBuf);

impl FileCheck {
    /// Whether the file is whole; if not, [`Store::recover`] is due.
    pub fn run(self) -> Result<bool, StoreError> {
        database::is_whole(&self.0)
    }
}

impl Place {
    fn is_shadowed(&self) -> bool {
        matches!(self, Self::File { shadowed: true, .. })
    }

    fn schemas(&self) -> &'static [&'static str] {
        if self.is_shadowed() {
            &["temp", "main"]
        } else {
            &["main"]
        }
    }
}

fn before(now: Moment, age: Duration) -> Moment {
    Moment::from_micros(
        now.micros()
            .saturating_sub(i64::try_from(age.as_micros()).unwrap_or(i64::MAX)),
    )
}
