//! The open file and the key that its rows belong to.

use std::path::Path;
use std::sync::Arc;

use rusqlite::Connection;

use crate::change;
use crate::database;
use crate::error::StoreError;
use crate::seal::Sealer;
use crate::shadow;

/// An open file with the tables that belong before it.
pub(crate) struct Opened {
    pub(crate) connection: Connection,
    pub(crate) sealer: Arc<Sealer>,
    pub(crate) seen_key: [u8; 32],
}

/// Opens the file: with a key for its own tables, without one for tables in memory before them.
pub(crate) fn begin(path: &Path, sealer: Option<&Arc<Sealer>>) -> Result<Opened, StoreError> {
    let connection = database::open(path)?;
    let sealer = if let Some(sealer) = sealer {
        adopt(&connection, sealer)?;
        Arc::clone(sealer)
    } else {
        shadow::raise(&connection)?;
        Arc::new(Sealer::ephemeral()?)
    };
    Ok(Opened {
        seen_key: database::seen_key(&connection)?,
        connection,
        sealer,
    })
}

/// Makes sure that the file's sealed rows belong to this key; rows of a lost key are of no use.
pub(crate) fn adopt(connection: &Connection, sealer: &Sealer) -> Result<(), StoreError> {
    let key = sealer.keyed_hash("key", b"");
    let sql = "SELECT 1 FROM main.meta WHERE name = 'key' AND value <> ?1";
    if connection.prepare(sql)?.exists([key])? {
        change::erase_everybody(connection, "main")?;
    }
    connection.execute(
        "INSERT INTO main.meta (name, value) VALUES ('key', ?1)
         ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE value <> excluded.value",
        [key],
    )?;
    Ok(())
}
