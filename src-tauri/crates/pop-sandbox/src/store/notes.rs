//! Notes on a case: listed, and added.

use jiff::Timestamp;
use rusqlite::{Connection, params};

use super::{Note, cases};

/// Lists the notes of a case, the latest first.
pub(crate) fn of_case(connection: &Connection, case_id: i64) -> rusqlite::Result<Vec<Note>> {
    connection
        .prepare_cached(
            "SELECT id, case_id, text, author, at FROM notes WHERE case_id = ? \
             ORDER BY at DESC, id DESC",
        )?
        .query_map([case_id], Note::read)?
        .collect()
}

/// Adds a note, which also counts as a change of the case.
pub(crate) fn add(
    connection: &Connection,
    case_id: i64,
    text: &str,
    author: &str,
    now: Timestamp,
) -> rusqlite::Result<Note> {
    connection
        .prepare_cached("INSERT INTO notes (case_id, text, author, at) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![case_id, text, author, now.as_second()])?;
    let id = connection.last_insert_rowid();
    cases::touch(connection, case_id, now)?;
    Ok(Note {
        id,
        case_id,
        text: text.to_owned(),
        author: author.to_owned(),
        at: now,
    })
}
