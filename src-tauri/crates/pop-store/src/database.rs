//! The SQLite file: safe settings, each read back, and a format that only ever grows.
//!
//! Rule Q2 of the security page. The tables are in `schema/`, one file per version.

use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use crate::error::{StoreError, is_damage};
use crate::place;
use crate::seal::SealError;

/// One step per version: the first makes version 1 out of an empty file.
pub(crate) const STEPS: &[&str] = &[
    include_str!("schema/1.sql"),
    include_str!("schema/2.sql"),
    include_str!("schema/3.sql"),
    include_str!("schema/4.sql"),
    include_str!("schema/5.sql"),
];

/// What safety rests on: name, value, and what SQLite must then say.
const SETTINGS: [(&str, &str, Value); 9] = [
    ("synchronous", "FULL", Value::Integer(2)),
    ("fullfsync", "ON", Value::Integer(1)),
    ("checkpoint_fullfsync", "ON", Value::Integer(1)),
    ("foreign_keys", "ON", Value::Integer(1)),
    ("trusted_schema", "OFF", Value::Integer(0)),
    ("cell_size_check", "ON", Value::Integer(1)),
    ("secure_delete", "ON", Value::Integer(1)),
    // Sorting and the tables of memory-only mode must never reach a disk.
    ("temp_store", "MEMORY", Value::Integer(2)),
    ("recursive_triggers", "OFF", Value::Integer(0)),
];

/// Bytes of a page of a new file. The whole schema lies in the first page, so that damage anywhere
/// else never makes every table unreadable at once; 4,096 bytes became too few for it.
const PAGE: u32 = 8_192;

/// How long a statement waits for the background check to let go of the file.
pub(crate) const BUSY: Duration = Duration::from_secs(2);

/// Opens the file, or makes it, in the newest format.
pub(crate) fn open(path: &Path) -> Result<Connection, StoreError> {
    open_steps(path, STEPS)
}

/// Opens a file as it is, without changing its format; for reading a damaged one.
pub(crate) fn open_as_is(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY)?;
    Ok(connection)
}

/// Makes a new file in the format of a version, for rows of that version to be copied into.
pub(crate) fn open_at(path: &Path, version: u32) -> Result<Connection, StoreError> {
    let steps = STEPS.get(..version as usize).unwrap_or(STEPS);
    open_steps(path, steps)
}

/// A database in memory in the newest format.
pub(crate) fn in_memory() -> Result<Connection, StoreError> {
    let mut connection = Connection::open_in_memory()?;
    make_safe(&connection, "memory")?;
    migrate(&mut connection, STEPS)?;
    Ok(connection)
}

/// The format of a file; 0 is an empty one.
pub(crate) fn version(connection: &Connection) -> Result<u32, StoreError> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

pub(crate) fn open_steps(path: &Path, steps: &[&str]) -> Result<Connection, StoreError> {
    // The side files take the rights of this one.
    drop(place::open_own(path)?);
    let mut connection = open_as_is(path)?;
    refuse_newer(&connection, steps)?;
    make_safe(&connection, "wal")?;
    migrate(&mut connection, steps)?;
    Ok(connection)
}

pub(crate) fn refuse_newer(connection: &Connection, steps: &[&str]) -> Result<(), StoreError> {
    let file = version(connection)?;
    let program = u32::try_from(steps.len()).unwrap_or(u32::MAX);
    if file > program {
        Err(StoreError::NewerFile { file, program })
    } else {
        Ok(())
    }
}

fn make_safe(connection: &Connection, journal: &str) -> Result<(), StoreError> {
    // The first is heard by a new file only.
    connection.execute_batch(&format!(
        "PRAGMA page_size = {PAGE}; PRAGMA journal_mode = WAL;"
    ))?;
    let said: String = connection.pragma_query_value(None, "journal_mode", |row| row.get(0))?;
    if said != journal {
        return Err(StoreError::SettingRefused("journal_mode"));
    }
    for (name, value, expected) in SETTINGS {
        connection.execute_batch(&format!("PRAGMA {name} = {value};"))?;
        let said: Value = connection.pragma_query_value(None, name, |row| row.get(0))?;
        if said != expected {
            return Err(StoreError::SettingRefused(name));
        }
    }
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    Ok(())
}

/// Brings a file to the newest format; each version in a transaction of its own.
fn migrate(connection: &mut Connection, steps: &[&str]) -> Result<(), StoreError> {
    let start = version(connection)?;
    for (done, step) in steps.iter().enumerate().skip(start as usize) {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute_batch(step)?;
        transaction.pragma_update(None, "user_version", done + 1)?;
        transaction.commit()?;
    }
    Ok(())
}

/// The key for hashing ids of events, made with the file.
///
/// It lies in the file itself, which only its owner can read, and not in the vault: ids must be
/// recognised after a restart even when there is no keychain (rules L8 and W4). It guards nothing
/// but the senders' random message ids; whatever tells of a person is sealed with the vault's key.
pub(crate) fn seen_key(connection: &Connection) -> Result<[u8; 32], StoreError> {
    let mut fresh = [0; 32];
    getrandom::fill(&mut fresh).map_err(|_| SealError::NoRandom)?;
    connection.execute(
        "INSERT INTO main.meta (name, value) VALUES ('seen_key', ?1) ON CONFLICT DO NOTHING",
        [fresh],
    )?;
    let sql = "SELECT value FROM main.meta WHERE name = 'seen_key'";
    Ok(connection.query_row(sql, [], |row| row.get(0))?)
}

/// Makes sure that a commit which failed is not found at the next start.
///
/// Where only its flush failed, all of it stands at the end of the log already, and whoever reads
/// the log next takes it for done. One more change is written over its beginning, which cuts off
/// the rest; without a flush, because that is what the disk does not do now.
pub(crate) fn unsay(connection: &Connection) -> Result<(), StoreError> {
    connection.execute_batch("PRAGMA main.synchronous = OFF;")?;
    let written = connection.execute(
        "INSERT INTO main.meta (name, value) VALUES ('unsaid', randomblob(8))
         ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        [],
    );
    // A setting of the connection, which no disk can refuse.
    connection.execute_batch("PRAGMA main.synchronous = FULL;")?;
    written?;
    Ok(())
}

/// Takes what was overwritten in the file out of its log.
pub(crate) fn empty_log(connection: &Connection) -> Result<(), StoreError> {
    let sql = "PRAGMA main.wal_checkpoint(TRUNCATE)";
    Ok(connection.query_row(sql, [], |_| Ok(()))?)
}

/// Whether the file's structure is whole, read over a connection of its own.
pub(crate) fn is_whole(path: &Path) -> Result<bool, StoreError> {
    let connection = open_as_is(path)?;
    connection.execute_batch("PRAGMA query_only = ON; PRAGMA cell_size_check = ON;")?;
    match connection.pragma_query_value(None, "quick_check", |row| row.get::<_, String>(0)) {
        Ok(said) => Ok(said == "ok"),
        Err(error) if is_damage(&error) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO: &[&str] = &[
        "CREATE TABLE item (name TEXT) STRICT; INSERT INTO item VALUES ('kept');",
        "ALTER TABLE item ADD COLUMN size INTEGER NOT NULL DEFAULT 7;",
    ];

    fn item(connection: &Connection) -> (String, i64) {
        connection
            .query_row("SELECT name, size FROM item", [], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .expect("the row of version 1 is there")
    }

    #[test]
    fn an_older_file_is_brought_forward_and_keeps_its_rows() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("store.db");
        drop(open_steps(&path, &TWO[..1]).expect("makes version 1"));
        let connection = open_steps(&path, TWO).expect("migrates");
        assert_eq!(version(&connection).expect("reads"), 2, "the newest format");
        assert_eq!(
            item(&connection),
            ("kept".to_owned(), 7),
            "the row came along"
        );
    }

    #[test]
    fn a_step_that_fails_leaves_the_file_as_it_was() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("store.db");
        drop(open_steps(&path, &TWO[..1]).expect("makes version 1"));
        let broken = [TWO[0], "DELETE FROM item; SELECT no_such_function();"];
        open_steps(&path, &broken).expect_err("the second step fails");
        let connection = open_steps(&path, TWO).expect("the sound step goes through afterwards");
        assert_eq!(
            item(&connection),
            ("kept".to_owned(), 7),
            "nothing was deleted"
        );
    }

    #[test]
    fn a_newer_file_is_refused_with_both_versions_and_not_touched() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("store.db");
        drop(open_steps(&path, TWO).expect("makes version 2"));
        let before = std::fs::read(&path).expect("reads");
        let refused = open_steps(&path, &TWO[..1]).expect_err("an older program");
        assert!(
            matches!(
                refused,
                StoreError::NewerFile {
                    file: 2,
                    program: 1
                }
            ),
            "{refused}"
        );
        assert_eq!(
            std::fs::read(&path).expect("reads"),
            before,
            "not a byte has changed"
        );
    }

    #[test]
    fn an_open_file_is_as_safe_as_rule_q2_wants_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let connection = open(&folder.path().join("store.db")).expect("opens");
        let said = |name: &str| -> Value {
            connection
                .pragma_query_value(None, name, |row| row.get(0))
                .expect("reads")
        };
        assert_eq!(said("journal_mode"), Value::Text("wal".to_owned()));
        assert_eq!(
            said("synchronous"),
            Value::Integer(2),
            "FULL: every commit is flushed"
        );
        for on in [
            "fullfsync",
            "checkpoint_fullfsync",
            "foreign_keys",
            "cell_size_check",
            "secure_delete",
        ] {
            assert_eq!(said(on), Value::Integer(1), "{on}");
        }
        assert_eq!(said("trusted_schema"), Value::Integer(0));
        assert_eq!(
            said("temp_store"),
            Value::Integer(2),
            "MEMORY: memory-only mode rests on it"
        );
        let defensive = connection
            .db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE)
            .expect("reads");
        assert!(defensive, "no statement may write past the tables");
    }

    #[test]
    fn a_setting_that_does_not_hold_is_noticed() {
        let connection = Connection::open_in_memory().expect("opens");
        assert!(
            matches!(
                make_safe(&connection, "wal"),
                Err(StoreError::SettingRefused("journal_mode"))
            ),
            "a database in memory has no write-ahead log, and that does not pass"
        );
        make_safe(&connection, "memory").expect("everything else holds there too");
        for (name, _, expected) in SETTINGS {
            let said: Value = connection
                .pragma_query_value(None, name, |row| row.get(0))
                .expect("reads");
            assert_eq!(said, expected, "{name}");
        }
    }
}
