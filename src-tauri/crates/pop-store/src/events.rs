//! Accepted events: kept sealed until they are handled, and their ids kept for a day.
//!
//! Rules L8 and W4 of the security page. An id is a keyed hash of sender and id; the key lies in
//! the file (see [`crate::database::seen_key`]), so that ids are recognised in every mode and after
//! every restart. The event itself is sealed with the vault's key; without a vault it is in memory.

use std::time::Duration;

use pop_core::moment::Moment;
use rusqlite::{Connection, OptionalExtension, params};

use crate::error::StoreError;
use crate::seal::{Sealer, keyed_hash};

const TABLE: &str = "event";

/// How long an event's id is remembered (rule W4), and an event that nobody handled.
pub const EVENTS_KEPT: Duration = Duration::from_hours(24);

/// An event whose signature was found right.
#[derive(Clone, Debug)]
pub struct IncomingEvent {
    /// Whose key signed it.
    pub sender: String,
    /// The sender's id of the message.
    pub id: String,
    /// SHA-256 of the body as received.
    pub body_hash: [u8; 32],
    /// The event in the caller's own form, to be given back by `pending_events`.
    pub event: Vec<u8>,
    /// When it came.
    pub at: Moment,
}

/// What accepting an event came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accepted {
    /// It is new and on disk: handle it, then say so with this ticket.
    New(EventTicket),
    /// The same id with the same body was accepted before: nothing is to be done.
    Repeated,
    /// The same id was accepted with another body: refuse it.
    Conflict,
}

/// Names an accepted event until it is handled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct EventTicket([u8; 32]);

/// An event that was accepted and not handled before the program ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingEvent {
    /// Its ticket.
    pub ticket: EventTicket,
    /// The event, in the form it was given.
    pub event: Vec<u8>,
    /// When it came.
    pub at: Moment,
}

pub(crate) fn accept(
    connection: &mut Connection,
    sealer: &Sealer,
    seen_key: &[u8; 32],
    incoming: &IncomingEvent,
) -> Result<Accepted, StoreError> {
    let id = keyed_hash(
        seen_key,
        &[b"id", incoming.sender.as_bytes(), incoming.id.as_bytes()],
    );
    let body = keyed_hash(seen_key, &[b"body", &incoming.body_hash]);
    let known = connection
        .prepare_cached("SELECT body FROM main.seen WHERE id = ?1")?
        .query_row([id], |row| row.get::<_, [u8; 32]>(0))
        .optional()?;
    if let Some(known) = known {
        return Ok(if known == body {
            Accepted::Repeated
        } else {
            Accepted::Conflict
        });
    }
    let at = incoming.at.micros();
    let transaction = connection.transaction()?;
    transaction
        .prepare_cached("INSERT INTO main.seen (id, body, at) VALUES (?1, ?2, ?3)")?
        .execute(params![id, body, at])?;
    insert(&transaction, sealer, id, at, &incoming.event)?;
    transaction.commit()?;
    Ok(Accepted::New(EventTicket(id)))
}

pub(crate) fn insert(
    connection: &Connection,
    sealer: &Sealer,
    id: [u8; 32],
    at: i64,
    event: &[u8],
) -> Result<(), StoreError> {
    let sealed = sealer.seal(TABLE, &id, event)?;
    connection
        .prepare_cached("INSERT INTO event (id, at, sealed) VALUES (?1, ?2, ?3)")?
        .execute(params![id, at, sealed])?;
    Ok(())
}

/// The events that were not handled yet, oldest first, and how many do not open any more.
pub(crate) fn pending(
    connection: &Connection,
    sealer: &Sealer,
) -> Result<(Vec<PendingEvent>, u64), StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT id, at, sealed FROM event ORDER BY row")?;
    let mut rows = statement.query([])?;
    let (mut events, mut unopened) = (Vec::new(), 0);
    while let Some(row) = rows.next()? {
        let id: [u8; 32] = row.get(0)?;
        match sealer.open(TABLE, &id, row.get_ref(2)?.as_blob().unwrap_or_default()) {
            Ok(event) => events.push(PendingEvent {
                ticket: EventTicket(id),
                event: event.to_vec(),
                at: Moment::from_micros(row.get(1)?),
            }),
            Err(_) => unopened += 1,
        }
    }
    Ok((events, unopened))
}

pub(crate) fn handled(connection: &Connection, ticket: EventTicket) -> Result<(), StoreError> {
    connection
        .prepare_cached("DELETE FROM event WHERE id = ?1")?
        .execute([ticket.0])?;
    Ok(())
}

/// Forgets ids and events that came before this moment.
pub(crate) fn prune(
    connection: &mut Connection,
    schemas: &[&str],
    over: Moment,
) -> Result<(), StoreError> {
    let transaction = connection.transaction()?;
    transaction.execute("DELETE FROM main.seen WHERE at < ?1", [over.micros()])?;
    for schema in schemas {
        let sql = format!("DELETE FROM {schema}.event WHERE at < ?1");
        transaction.execute(&sql, [over.micros()])?;
    }
    Ok(transaction.commit()?)
}

impl PendingEvent {
    pub(crate) fn id(&self) -> [u8; 32] {
        self.ticket.0
    }
}
