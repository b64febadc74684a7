//! The customers whom the agent keeps at hand, sealed.
//!
//! A pin that was not used for as long as history is kept goes with it: a list of favourites must
//! not keep a customer's name for ever.

use pop_core::moment::Moment;
use pop_core::profile::{ConnectionId, RecordKind, RecordRef};
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};

use crate::error::StoreError;
use crate::history::record_hash;
use crate::seal::Sealer;

const TABLE: &str = "pin";

/// A customer whom the agent keeps at hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pin {
    /// The connection that knows the customer.
    pub connection: ConnectionId,
    /// The id there.
    pub id: String,
    /// The name, as it was last seen.
    pub name: String,
    /// What tells the customer from others of that name.
    pub line: String,
    /// When the customer was last on a card.
    pub used: Moment,
}

impl Pin {
    fn record(&self) -> RecordRef {
        customer(&self.connection, &self.id)
    }
}

/// The record of a customer.
fn customer(connection: &ConnectionId, id: &str) -> RecordRef {
    RecordRef {
        connection: connection.clone(),
        kind: RecordKind::Customer,
        id: id.to_owned(),
    }
}

#[derive(Serialize, Deserialize)]
struct Sealed {
    connection: String,
    id: String,
    name: String,
    line: String,
}

/// Keeps a pin, in the place of an earlier one of the same customer.
pub(crate) fn keep(connection: &Connection, sealer: &Sealer, pin: &Pin) -> Result<(), StoreError> {
    let hash = record_hash(sealer, &pin.record());
    let sealed = Sealed {
        connection: pin.connection.0.clone(),
        id: pin.id.clone(),
        name: pin.name.clone(),
        line: pin.line.clone(),
    };
    // Texts always have a form in JSON.
    let bytes = serde_json::to_vec(&sealed).unwrap_or_default();
    connection
        .prepare_cached(
            "INSERT INTO pin (record, at, sealed) VALUES (?1, ?2, ?3)
             ON CONFLICT (record) DO UPDATE SET at = excluded.at, sealed = excluded.sealed",
        )?
        .execute(params![
            hash,
            pin.used.micros(),
            sealer.seal(TABLE, &hash, &bytes)?
        ])?;
    Ok(())
}

/// Takes a customer's pin away.
pub(crate) fn drop_one(
    connection: &Connection,
    sealer: &Sealer,
    of: &ConnectionId,
    id: &str,
) -> Result<(), StoreError> {
    connection
        .prepare_cached("DELETE FROM pin WHERE record = ?1")?
        .execute([record_hash(sealer, &customer(of, id))])?;
    Ok(())
}

/// All pins, the last used first, and how many rows do not open any more.
pub(crate) fn all(connection: &Connection, sealer: &Sealer) -> Result<(Vec<Pin>, u64), StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT record, at, sealed FROM pin ORDER BY at DESC, row")?;
    let mut rows = statement.query([])?;
    let (mut pins, mut unopened) = (Vec::new(), 0);
    while let Some(row) = rows.next()? {
        let hash: [u8; 32] = row.get(0)?;
        let sealed = row.get_ref(2)?.as_blob().unwrap_or_default();
        let opened = sealer.open(TABLE, &hash, sealed).ok();
        let read = opened.and_then(|bytes| serde_json::from_slice::<Sealed>(&bytes).ok());
        let Some(read) = read else {
            unopened += 1;
            continue;
        };
        pins.push(Pin {
            connection: ConnectionId(read.connection),
            id: read.id,
            name: read.name,
            line: read.line,
            used: Moment::from_micros(row.get(1)?),
        });
    }
    Ok((pins, unopened))
}

/// Deletes the pins of a connection's customers.
pub(crate) fn erase_connection(
    connection: &Connection,
    sealer: &Sealer,
    of: &ConnectionId,
) -> Result<(), StoreError> {
    let (pins, _) = all(connection, sealer)?;
    for pin in pins.iter().filter(|pin| pin.connection == *of) {
        drop_one(connection, sealer, of, &pin.id)?;
    }
    Ok(())
}
