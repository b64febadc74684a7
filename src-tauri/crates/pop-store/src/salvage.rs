//! Saving what can be read from a damaged file.
//!
//! Rule Q9 of the security page. The damaged file is moved aside and read row by row: from the
//! front, from the back, and, between the two places where reading fails, number by number. Rows
//! that the new file's own checks refuse are lost; sealed contents are checked when they are
//! opened, because a changed byte in them is a byte that no check of SQLite can see.

use std::fs;
use std::path::{Path, PathBuf};

use pop_core::moment::Moment;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use crate::database;
use crate::error::StoreError;

/// Parents before children; `meta` first, because it holds the key of `seen`.
const TABLES: [&str; 12] = [
    "meta",
    "seen",
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

/// A gap of damaged rows is tried number by number up to this width; a wider one is given up, so
/// that a row number that was damaged to a huge value cannot keep us busy for ever.
const WIDEST_GAP: i64 = 1_000_000;

/// What salvaging came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Salvaged {
    /// Rows that are in the new file.
    pub rows: u64,
    /// Rows that were found and could not be taken over.
    pub lost: u64,
}

/// Moves a damaged file aside and copies into a new one what can be read. No connection may be open.
pub(crate) fn salvage(path: &Path) -> Result<Salvaged, StoreError> {
    let aside = set_aside(path)?;
    let mut found = Salvaged::default();
    // A file whose first page is gone opens, and then every read of it fails: nothing to save.
    if let Ok(old) = database::open_as_is(&aside)
        && let Ok(version) = database::version(&old)
    {
        let new = database::open_at(path, version)?;
        // A child whose parent is lost is refused, like any other row that does not fit.
        for table in TABLES {
            copy(&old, &new, table, &mut found)?;
        }
    }
    drop(database::open(path)?);
    Ok(found)
}

/// Deletes the file that was moved aside once it is older than the history may be.
pub(crate) fn forget_old(path: &Path, before: Moment) -> Result<(), StoreError> {
    let aside = aside(path);
    let Ok(found) = fs::metadata(&aside) else {
        return Ok(());
    };
    let written = found
        .modified()?
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap_or_default();
    let written = Moment::from_micros(0).after(written);
    if written < before {
        forget(path)
    } else {
        Ok(())
    }
}

/// Deletes the file that was moved aside.
pub(crate) fn forget(path: &Path) -> Result<(), StoreError> {
    let aside = aside(path);
    for part in parts(&aside) {
        remove(&part)?;
    }
    Ok(())
}

fn set_aside(path: &Path) -> Result<PathBuf, StoreError> {
    let aside = aside(path);
    for (from, to) in parts(path).into_iter().zip(parts(&aside)) {
        remove(&to)?;
        match fs::rename(from, to) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            Ok(()) | Err(_) => {}
        }
    }
    Ok(aside)
}

fn aside(path: &Path) -> PathBuf {
    path.with_extension("damaged")
}

fn parts(path: &Path) -> [PathBuf; 3] {
    ["", "-wal", "-shm"].map(|end| {
        let mut name = path.as_os_str().to_owned();
        name.push(end);
        PathBuf::from(name)
    })
}

fn remove(path: &Path) -> Result<(), StoreError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        Ok(()) | Err(_) => Ok(()),
    }
}

fn copy(
    old: &Connection,
    new: &Connection,
    table: &str,
    found: &mut Salvaged,
) -> Result<(), StoreError> {
    let columns = columns(new, table)?;
    if columns.is_empty() {
        return Ok(());
    }
    let list = columns.join(", ");
    let marks = vec!["?"; columns.len()].join(", ");
    let insert = format!("INSERT OR IGNORE INTO {table} ({list}) VALUES ({marks})");
    let transaction = new.unchecked_transaction()?;
    let mut unread = 0;
    {
        let mut insert = transaction.prepare(&insert)?;
        let mut keep = |row: Vec<Value>| {
            // A row that breaks a rule of the table is damaged; other failures come back at commit.
            match insert.execute(params_from_iter(row)) {
                Ok(1) => found.rows += 1,
                Ok(_) | Err(_) => found.lost += 1,
            }
        };
        let first = walk(
            old,
            &format!("SELECT rowid, {list} FROM {table} ORDER BY rowid"),
            &mut keep,
        );
        if let Some(first) = first {
            let last = back(old, &list, table, first, &mut keep);
            unread = gap(old, &list, table, first, last, &mut keep);
        }
    }
    found.lost += unread;
    transaction.commit()?;
    Ok(())
}

fn columns(connection: &Connection, table: &str) -> Result<Vec<String>, StoreError> {
    let mut statement = connection.prepare("SELECT name FROM pragma_table_info(?1)")?;
    let names = statement.query_map([table], |row| row.get(0))?;
    Ok(names.collect::<Result<_, _>>()?)
}

/// Walks rows until the end (`None`) or until reading fails (the last number that was read).
fn walk(old: &Connection, sql: &str, keep: &mut impl FnMut(Vec<Value>)) -> Option<i64> {
    let mut last = i64::MIN;
    let Ok(mut statement) = old.prepare(sql) else {
        return Some(last);
    };
    let columns = statement.column_count();
    let Ok(mut rows) = statement.query([]) else {
        return Some(last);
    };
    loop {
        match rows.next() {
            Ok(None) => return None,
            Err(_) => return Some(last),
            Ok(Some(row)) => {
                let Ok(number) = row.get(0) else {
                    return Some(last);
                };
                match (1..columns).map(|at| row.get(at)).collect() {
                    Ok(values) => keep(values),
                    Err(_) => return Some(last),
                }
                last = number;
            }
        }
    }
}

/// Walks from the back down to the first number that was already read.
fn back(
    old: &Connection,
    list: &str,
    table: &str,
    first: i64,
    keep: &mut impl FnMut(Vec<Value>),
) -> i64 {
    let sql =
        format!("SELECT rowid, {list} FROM {table} WHERE rowid > {first} ORDER BY rowid DESC");
    walk(old, &sql, keep).unwrap_or(first)
}

/// Tries every number between the two places where reading failed; how many cannot be read.
fn gap(
    old: &Connection,
    list: &str,
    table: &str,
    first: i64,
    last: i64,
    keep: &mut impl FnMut(Vec<Value>),
) -> u64 {
    // Nothing was read from one of the ends: row numbers of ours begin at 1.
    let from = first.max(0);
    let mut lost = 0;
    if last <= from || last - from > WIDEST_GAP {
        return lost;
    }
    for number in from + 1..last {
        let sql = format!("SELECT rowid, {list} FROM {table} WHERE rowid = {number}");
        if walk(old, &sql, keep).is_some() {
            lost += 1;
        }
    }
    lost
}
