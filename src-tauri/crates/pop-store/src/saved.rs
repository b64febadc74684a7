//! Copies of what CRMs told of the customers of the last interactions, sealed (rule P4).
//!
//! How long one is kept is the desk's decision (`pop-core`); here lies what it decided. A copy that
//! cannot be read is of no use to anybody, so that its form may change with the program: such a row
//! is left out, and goes when its time is over.

use pop_core::desk::SavedCopy;
use pop_core::moment::Moment;
use pop_core::profile::{ConnectionId, RecordKind, RecordRef};
use rusqlite::{Connection, params};

use crate::error::StoreError;
use crate::history::record_hash;
use crate::seal::Sealer;

const TABLE: &str = "saved";

/// Keeps a copy, in the place of an earlier one of the same customer.
pub(crate) fn keep(
    connection: &Connection,
    sealer: &Sealer,
    copy: &SavedCopy,
) -> Result<(), StoreError> {
    let hash = hash_of(sealer, copy);
    // Texts, numbers and lists of them always have a form in JSON.
    let bytes = serde_json::to_vec(copy).unwrap_or_default();
    connection
        .prepare_cached(
            "INSERT INTO saved (record, until, sealed) VALUES (?1, ?2, ?3)
             ON CONFLICT (record) DO UPDATE SET until = excluded.until, sealed = excluded.sealed",
        )?
        .execute(params![
            hash,
            copy.until.micros(),
            sealer.seal(TABLE, &hash, &bytes)?
        ])?;
    Ok(())
}

/// Deletes the copies whose time is over, also those of the file behind tables in memory.
pub(crate) fn forget(
    connection: &Connection,
    now: Moment,
    shadowed: bool,
) -> Result<(), StoreError> {
    let schemas: &[&str] = if shadowed {
        &["temp", "main"]
    } else {
        &["main"]
    };
    for schema in schemas {
        let sql = format!("DELETE FROM {schema}.saved WHERE until <= ?1");
        connection.execute(&sql, [now.micros()])?;
    }
    Ok(())
}

/// All copies, and how many rows do not open any more.
pub(crate) fn all(
    connection: &Connection,
    sealer: &Sealer,
) -> Result<(Vec<SavedCopy>, u64), StoreError> {
    let mut statement = connection.prepare_cached("SELECT record, sealed FROM saved")?;
    let mut rows = statement.query([])?;
    let (mut copies, mut unopened) = (Vec::new(), 0);
    while let Some(row) = rows.next()? {
        let hash: [u8; 32] = row.get(0)?;
        let sealed = row.get_ref(1)?.as_blob().unwrap_or_default();
        let opened = sealer.open(TABLE, &hash, sealed).ok();
        match opened.and_then(|bytes| serde_json::from_slice(&bytes).ok()) {
            Some(copy) => copies.push(copy),
            None => unopened += 1,
        }
    }
    Ok((copies, unopened))
}

/// Deletes the copies of what a connection told.
pub(crate) fn erase_connection(
    connection: &Connection,
    sealer: &Sealer,
    of: &ConnectionId,
) -> Result<(), StoreError> {
    let (copies, _) = all(connection, sealer)?;
    let mut statement = connection.prepare_cached("DELETE FROM saved WHERE record = ?1")?;
    for copy in copies.iter().filter(|copy| copy.connection == *of) {
        statement.execute([hash_of(sealer, copy)])?;
    }
    Ok(())
}

fn hash_of(sealer: &Sealer, copy: &SavedCopy) -> [u8; 32] {
    let record = RecordRef {
        connection: copy.connection.clone(),
        kind: RecordKind::Customer,
        id: copy.customer.id.clone(),
    };
    record_hash(sealer, &record)
}
