//! The outbox: what waits to be sent, kept until it is done.
//!
//! Rules Q1, Q3 and Q8 of the security page. An item is sealed with the vault's key and lies here
//! until the other side has done it, or a person gave it up; then its content goes at once, and its
//! row after a week. What is not sealed are times, words of closed lists and keyed hashes, so that
//! a long queue can be put in order without opening it.

use std::time::Duration;

use pop_core::moment::Moment;
use pop_core::write::WriteState;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::deliveries;
use crate::error::StoreError;
use crate::history::record_hash;
use crate::item::{Item, KeptItem, Progress, Queued, Try, Wanted};
use crate::item_sealed::{Last, item_bytes, item_from};
use crate::seal::Sealer;

pub(crate) const TABLE: &str = "outbox";
const LAST: &str = "outbox last";

/// The most items that wait.
const MOST_ITEMS: f64 = 50_000.0;

/// The most bytes of the file with which something new is taken.
const MOST_BYTES: f64 = 500.0 * 1024.0 * 1024.0;

/// Of many tries of one item the latest are kept.
const TRIES_KEPT: i64 = 50;

/// How long an item that has ended is listed.
pub(crate) const OVER_KEPT: Duration = Duration::from_hours(7 * 24);

pub(crate) const COLUMNS: &str =
    "row, id, line, target, state, asked, next, attempts, first_sent, changed,
     sealed, sealed_last";

/// Takes an item; what was there before is safe when it is refused.
pub(crate) fn insert(
    connection: &Connection,
    sealer: &Sealer,
    item: &Item,
) -> Result<(), StoreError> {
    require_room(connection)?;
    put(connection, sealer, item)
}

fn put(connection: &Connection, sealer: &Sealer, item: &Item) -> Result<(), StoreError> {
    let sealed = sealer.seal(TABLE, item.id().as_bytes(), &item_bytes(item))?;
    connection
        .prepare_cached(
            "INSERT INTO outbox (id, line, target, record, state, asked, next, attempts, changed, sealed)
             VALUES (?1, ?2, ?3, ?4, 'waiting', ?5, ?6, 0, ?5, ?7)",
        )?
        .execute(params![
            item.id(),
            line_hash(sealer, item),
            target_hash(sealer, item),
            item.record().map(|record| record_hash(sealer, &record)),
            item.asked().micros(),
            item.not_before().micros(),
            sealed,
        ])?;
    Ok(())
}

/// Puts another content in the place of an item that waits for a person; it waits anew.
pub(crate) fn edit(
    connection: &Connection,
    sealer: &Sealer,
    item: &Item,
    at: Moment,
    first_sent: Option<Moment>,
) -> Result<(), StoreError> {
    let sealed = sealer.seal(TABLE, item.id().as_bytes(), &item_bytes(item))?;
    let changed = connection
        .prepare_cached(
            "UPDATE outbox SET sealed = ?2, state = 'waiting', next = ?3, changed = ?3, attempts = 0,
             first_sent = ?4 WHERE id = ?1 AND state = 'parked'",
        )?
        .execute(params![
            item.id(),
            sealed,
            at.micros(),
            first_sent.map(Moment::micros)
        ])?;
    require_one(changed)
}

/// Notes that an item came further.
pub(crate) fn progress(
    connection: &Connection,
    sealer: &Sealer,
    progress: &Progress,
) -> Result<(), StoreError> {
    let over = progress.state.is_over();
    let rest = if over {
        deliveries::left_of(connection, sealer, &progress.id)?
    } else {
        None
    };
    let last = Last::of(progress);
    let last = last
        .map(|last| sealer.seal(LAST, progress.id.as_bytes(), &last.bytes()))
        .transpose()?;
    let (attempts, next) = match &progress.state {
        WriteState::Waiting { attempts, next, .. } => (Some(*attempts), Some(next.micros())),
        WriteState::Held
        | WriteState::Sending
        | WriteState::Parked(_)
        | WriteState::Done(_)
        | WriteState::Discarded
        | WriteState::NotSaved(_) => (None, None),
    };
    let changed = connection
        .prepare_cached(
            "UPDATE outbox SET state = ?2, changed = ?3, first_sent = ?4,
             attempts = coalesce(?5, attempts), next = coalesce(?6, next),
             sealed_last = coalesce(?7, sealed_last), sealed = CASE WHEN ?8 THEN ?9 ELSE sealed END
             WHERE id = ?1 AND state IN ('waiting', 'sending', 'parked')",
        )?
        .execute(params![
            progress.id,
            word(&progress.state),
            progress.at.micros(),
            progress.first_sent.map(Moment::micros),
            attempts,
            next,
            last,
            over,
            rest,
        ])?;
    require_one(changed)?;
    match &progress.tried {
        Some(tried) => log(connection, &progress.id, tried),
        None => Ok(()),
    }
}

/// What has not ended, in order, without opening it.
pub(crate) fn queued(connection: &Connection) -> Result<Vec<Queued>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT row, id, line, target, state, asked, next, attempts, first_sent FROM outbox
         WHERE state IN ('waiting', 'sending', 'parked') ORDER BY row",
    )?;
    let rows = statement.query_map([], read_queued)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// One item with everything that is kept of it.
pub(crate) fn item(
    connection: &Connection,
    sealer: &Sealer,
    id: &str,
) -> Result<Option<KeptItem>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM outbox WHERE id = ?1");
    let mut statement = connection.prepare_cached(&sql)?;
    let found = statement
        .query_row([id], |row| Ok(read(row, sealer)))
        .optional()?;
    let Some(found) = found else { return Ok(None) };
    let mut found = found?;
    found.tries = tries(connection, id)?;
    Ok(Some(found))
}

/// The items that are wanted, at most so many.
pub(crate) fn list(
    connection: &Connection,
    sealer: &Sealer,
    wanted: Wanted,
    limit: usize,
) -> Result<Vec<KeptItem>, StoreError> {
    let (states, order) = match wanted {
        Wanted::Open => ("'waiting', 'sending', 'parked'", "row"),
        Wanted::Over => ("'done', 'discarded'", "changed DESC, row DESC"),
    };
    let sql =
        format!("SELECT {COLUMNS} FROM outbox WHERE state IN ({states}) ORDER BY {order} LIMIT ?1");
    let mut statement = connection.prepare_cached(&sql)?;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut rows = statement.query([limit])?;
    let mut items = Vec::new();
    while let Some(row) = rows.next()? {
        items.push(read(row, sealer)?);
    }
    drop(rows);
    for item in &mut items {
        item.tries = tries(connection, &item.queued.id)?;
    }
    Ok(items)
}

/// How many items have not ended.
pub(crate) fn count(connection: &Connection) -> Result<u64, StoreError> {
    Ok(connection
        .prepare_cached(
            "SELECT count(*) FROM outbox WHERE state IN ('waiting', 'sending', 'parked')",
        )?
        .query_row([], |row| row.get(0))?)
}

/// Takes an item over that has not ended, as it was kept elsewhere.
pub(crate) fn insert_kept(
    connection: &Connection,
    sealer: &Sealer,
    kept: &KeptItem,
) -> Result<(), StoreError> {
    let Some(item) = &kept.item else {
        return Ok(());
    };
    put(connection, sealer, item)?;
    let queued = &kept.queued;
    let as_waiting = Progress {
        id: queued.id.clone(),
        at: kept.changed,
        state: WriteState::Waiting {
            attempts: queued.attempts,
            next: queued.next,
            last: None,
        },
        first_sent: queued.first_sent,
        tried: None,
        reason: None,
    };
    progress(connection, sealer, &as_waiting)?;
    let as_kept = Progress {
        state: kept.state.clone(),
        ..as_waiting
    };
    progress(connection, sealer, &as_kept)?;
    let mut tries = kept.tries.iter();
    tries.try_for_each(|tried| log(connection, &queued.id, tried))
}

/// Deletes what a connection would have got.
pub(crate) fn erase_connection(
    connection: &Connection,
    sealer: &Sealer,
    id: &pop_core::profile::ConnectionId,
) -> Result<(), StoreError> {
    let target = hash(sealer, &["connection".to_owned(), id.0.clone()]);
    connection.execute("DELETE FROM outbox WHERE target = ?1", [target])?;
    Ok(())
}

/// Deletes a customer's items; what has not ended only if that is wanted.
pub(crate) fn erase_customer(
    connection: &Connection,
    sealer: &Sealer,
    record: &pop_core::profile::RecordRef,
    unsent: bool,
) -> Result<(), StoreError> {
    connection.execute(
        "DELETE FROM outbox WHERE record = ?1
         AND (?2 OR state NOT IN ('waiting', 'sending', 'parked'))",
        params![record_hash(sealer, record), unsent],
    )?;
    Ok(())
}

/// How full it is, by items or by bytes, whichever is nearer; 1 is full.
pub(crate) fn fill(connection: &Connection) -> Result<f64, StoreError> {
    let pages: u32 = connection.pragma_query_value(None, "page_count", |row| row.get(0))?;
    let size: u32 = connection.pragma_query_value(None, "page_size", |row| row.get(0))?;
    let items = f64::from(u32::try_from(count(connection)?).unwrap_or(u32::MAX));
    let bytes = f64::from(pages) * f64::from(size);
    Ok((items / MOST_ITEMS).max(bytes / MOST_BYTES))
}

fn require_room(connection: &Connection) -> Result<(), StoreError> {
    if fill(connection)? >= 1.0 {
        return Err(StoreError::OutboxFull);
    }
    Ok(())
}

fn require_one(changed: usize) -> Result<(), StoreError> {
    match changed {
        0 => Err(StoreError::UnknownItem),
        _ => Ok(()),
    }
}

fn log(connection: &Connection, id: &str, tried: &Try) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO try (item, at, code, status, sent, answer) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            id,
            tried.at.micros(),
            tried.code,
            tried.status,
            tried.sent,
            tried.answer,
        ])?;
    connection
        .prepare_cached(
            "DELETE FROM try WHERE item = ?1 AND row NOT IN
             (SELECT row FROM try WHERE item = ?1 ORDER BY row DESC LIMIT ?2)",
        )?
        .execute(params![id, TRIES_KEPT])?;
    Ok(())
}

pub(crate) fn tries(connection: &Connection, id: &str) -> Result<Vec<Try>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT at, code, status, sent, answer FROM try WHERE item = ?1 ORDER BY row",
    )?;
    let tries = statement.query_map([id], |row| {
        Ok(Try {
            at: Moment::from_micros(row.get(0)?),
            code: row.get(1)?,
            status: row.get(2)?,
            sent: row.get(3)?,
            answer: row.get(4)?,
        })
    })?;
    Ok(tries.collect::<Result<_, _>>()?)
}

fn line_hash(sealer: &Sealer, item: &Item) -> [u8; 32] {
    hash(sealer, &item.line())
}

fn target_hash(sealer: &Sealer, item: &Item) -> [u8; 32] {
    // A line begins with its target.
    let line = item.line();
    hash(sealer, line.get(..2).unwrap_or(&line))
}

fn hash(sealer: &Sealer, parts: &[String]) -> [u8; 32] {
    let parts: Vec<&[u8]> = [b"outbox".as_slice()]
        .into_iter()
        .chain(parts.iter().map(String::as_bytes))
        .collect();
    sealer.hash_of(&parts)
}

fn word(state: &WriteState) -> &'static str {
    match state {
        WriteState::Held | WriteState::Waiting { .. } => "waiting",
        WriteState::Sending => "sending",
        WriteState::Parked(_) => "parked",
        WriteState::Done(_) => "done",
        WriteState::Discarded | WriteState::NotSaved(_) => "discarded",
    }
}

fn read_queued(row: &Row<'_>) -> rusqlite::Result<Queued> {
    let state: String = row.get("state")?;
    Ok(Queued {
        row: row.get("row")?,
        id: row.get("id")?,
        line: row.get("line")?,
        target: row.get("target")?,
        parked: state == "parked",
        sending: state == "sending",
        next: Moment::from_micros(row.get("next")?),
        attempts: row.get("attempts")?,
        first_sent: row
            .get::<_, Option<i64>>("first_sent")?
            .map(Moment::from_micros),
        asked: Moment::from_micros(row.get("asked")?),
    })
}

/// Reads a row, without its tries.
pub(crate) fn read(row: &Row<'_>, sealer: &Sealer) -> Result<KeptItem, StoreError> {
    let queued = read_queued(row)?;
    let state: String = row.get("state")?;
    let open = |table: &str, column: &str| -> Result<Option<Vec<u8>>, StoreError> {
        let sealed: Option<Vec<u8>> = row.get(column)?;
        let opened =
            sealed.and_then(|sealed| sealer.open(table, queued.id.as_bytes(), &sealed).ok());
        Ok(opened.map(|bytes| bytes.to_vec()))
    };
    let item = open(TABLE, "sealed")?.and_then(|bytes| item_from(&bytes));
    let last = open(LAST, "sealed_last")?.and_then(|bytes| Last::from_bytes(&bytes));
    let (state, reason) = Last::state(last, &state, &queued);
    Ok(KeptItem {
        item,
        state,
        changed: Moment::from_micros(row.get("changed")?),
        tries: Vec::new(),
        reason,
        queued,
    })
}
