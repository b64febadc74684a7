//! The log of deliveries: what other systems were told, how often it was tried, and what they said.
//!
//! It is read from the outbox. A message that has ended loses its body and its interaction and
//! keeps its address and the word of its event, sealed, for as long as the outbox lists what has
//! ended. How it is sent and tried again is `outbox`'s and the engine's.

use rusqlite::{Connection, OptionalExtension, params};

use crate::error::StoreError;
use crate::item::{Item, KeptItem, Message};
use crate::item_sealed::{item_bytes, item_from};
use crate::outbox::{COLUMNS, TABLE, read, tries};
use crate::seal::Sealer;

/// What stays of an item that has ended: of a message all but what it told, of a write nothing.
pub(crate) fn left_of(
    connection: &Connection,
    sealer: &Sealer,
    id: &str,
) -> Result<Option<Vec<u8>>, StoreError> {
    let sealed: Option<Option<Vec<u8>>> = connection
        .prepare_cached("SELECT sealed FROM outbox WHERE id = ?1")?
        .query_row([id], |row| row.get(0))
        .optional()?;
    let item = sealed.flatten().and_then(|sealed| {
        let opened = sealer.open(TABLE, id.as_bytes(), &sealed).ok()?;
        item_from(&opened)
    });
    let Some(Item::Message(message)) = item else {
        return Ok(None);
    };
    let left = Item::Message(Message {
        interaction: None,
        body: String::new(),
        ..message
    });
    Ok(Some(sealer.seal(
        TABLE,
        id.as_bytes(),
        &item_bytes(&left),
    )?))
}

/// The latest messages to each address, at most so many of each, with their tries.
pub(crate) fn latest(
    connection: &Connection,
    sealer: &Sealer,
    each: usize,
) -> Result<Vec<KeptItem>, StoreError> {
    let each = i64::try_from(each).unwrap_or(i64::MAX);
    let sql = format!(
        "SELECT {COLUMNS} FROM outbox WHERE target = ?1 AND sealed IS NOT NULL
         ORDER BY row DESC LIMIT ?2"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut latest = Vec::new();
    for target in addresses(connection, sealer)? {
        let mut rows = statement.query(params![target, each])?;
        while let Some(row) = rows.next()? {
            let mut kept = read(row, sealer)?;
            kept.tries = tries(connection, &kept.queued.id)?;
            latest.push(kept);
        }
    }
    Ok(latest)
}

/// The targets that are addresses. Whatever goes to one target is of one kind, so the newest item
/// of each says which.
fn addresses(connection: &Connection, sealer: &Sealer) -> Result<Vec<[u8; 32]>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM outbox WHERE row IN
         (SELECT max(row) FROM outbox WHERE sealed IS NOT NULL GROUP BY target) ORDER BY row"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query([])?;
    let mut addresses = Vec::new();
    while let Some(row) = rows.next()? {
        let kept = read(row, sealer)?;
        if matches!(kept.item, Some(Item::Message(_))) {
            addresses.push(kept.queued.target);
        }
    }
    Ok(addresses)
}
