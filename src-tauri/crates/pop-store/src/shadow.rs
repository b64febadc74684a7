//! Tables in memory that stand before those of the file while there is no key.
//!
//! SQLite looks for a name among its temporary tables first. So without a key the same statements
//! work on tables of the same shape that live in memory and die with the connection; only `seen`
//! and `meta` stay in the file. When the key comes, what they hold is sealed anew and goes into the
//! file in one transaction.

use pop_core::desk::SavedCopy;
use pop_core::flight::Step;
use pop_core::moment::Moment;
use rusqlite::Connection;

use crate::audit::{self, KeptAudit};
use crate::drafts::{self, Draft};
use crate::error::StoreError;
use crate::events::{self, PendingEvent};
use crate::flight;
use crate::history::{self, HistoryEntry, HistoryQuery};
use crate::item::{KeptItem, Wanted};
use crate::outbox;
use crate::pins::{self, Pin};
use crate::saved;
use crate::seal::Sealer;

/// Parents before children.
const TABLES: [&str; 10] = [
    "event",
    "history",
    "flight",
    "audit",
    "audit_end",
    "outbox",
    "try",
    "draft",
    "pin",
    "saved",
];

/// Everything that the tables hold, opened.
pub(crate) struct Carried {
    events: Vec<PendingEvent>,
    history: Vec<(HistoryEntry, Vec<Step>)>,
    audit: Vec<KeptAudit>,
    items: Vec<KeptItem>,
    drafts: Vec<Draft>,
    pins: Vec<Pin>,
    copies: Vec<SavedCopy>,
}

/// Puts empty tables in memory before those of the file.
pub(crate) fn raise(connection: &Connection) -> Result<(), StoreError> {
    let mut statement = connection
        .prepare("SELECT sql FROM main.sqlite_schema WHERE tbl_name = ?1 AND sql IS NOT NULL")?;
    let mut script = String::new();
    for table in TABLES {
        let shapes = statement.query_map([table], |row| row.get::<_, String>(0))?;
        for shape in shapes {
            let shape = shape?
                .replacen("CREATE TABLE ", "CREATE TEMP TABLE ", 1)
                .replacen("CREATE INDEX ", "CREATE INDEX temp.", 1);
            script.push_str(&shape);
            script.push_str(";\n");
        }
    }
    Ok(connection.execute_batch(&script)?)
}

/// Takes the tables in memory away, so that the names mean the file's again.
pub(crate) fn lower(connection: &Connection) -> Result<(), StoreError> {
    for table in TABLES.iter().rev() {
        connection.execute_batch(&format!("DROP TABLE temp.{table};"))?;
    }
    Ok(())
}

/// Reads everything that the names mean now.
pub(crate) fn take(connection: &Connection, sealer: &Sealer) -> Result<Carried, StoreError> {
    let all = HistoryQuery {
        since: Moment::from_micros(i64::MIN),
        limit: usize::MAX,
        text: None,
        channel: None,
    };
    let (mut entries, _) = history::find(connection, sealer, &all)?;
    entries.reverse();
    let mut with_marks = Vec::new();
    for entry in entries {
        let marks = match history::row_of(connection, sealer, &entry.key)? {
            Some(row) => flight::of(connection, row)?,
            None => Vec::new(),
        };
        with_marks.push((entry, marks));
    }
    Ok(Carried {
        events: events::pending(connection, sealer)?.0,
        history: with_marks,
        audit: audit::read(connection, sealer, 0, usize::MAX)?,
        items: outbox::list(connection, sealer, Wanted::Open, usize::MAX)?,
        drafts: drafts::all(connection, sealer)?.0,
        pins: pins::all(connection, sealer)?.0,
        copies: saved::all(connection, sealer)?.0,
    })
}

/// Writes everything into what the names mean now.
pub(crate) fn put(
    connection: &Connection,
    sealer: &Sealer,
    carried: Carried,
) -> Result<(), StoreError> {
    for event in &carried.events {
        events::insert(
            connection,
            sealer,
            event.id(),
            event.at.micros(),
            &event.event,
        )?;
    }
    for (entry, marks) in carried.history {
        let row = history::record(connection, sealer, &entry)?;
        flight::add(connection, row, marks)?;
    }
    for line in &carried.audit {
        audit::append_kept(connection, sealer, line)?;
    }
    for item in &carried.items {
        outbox::insert_kept(connection, sealer, item)?;
    }
    for draft in &carried.drafts {
        drafts::keep(connection, sealer, draft)?;
    }
    for pin in &carried.pins {
        pins::keep(connection, sealer, pin)?;
    }
    for copy in &carried.copies {
        saved::keep(connection, sealer, copy)?;
    }
    Ok(())
}
