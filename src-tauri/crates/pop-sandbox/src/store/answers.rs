//! Answers given to writes that carried an Idempotency-Key, so that a repeat gets the same answer.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

/// How long a key is remembered; a client that repeats later makes a second record.
const KEPT_SECONDS: i64 = 24 * 60 * 60;

/// An answer as it was sent.
pub(crate) struct Answer {
    /// The request it answered: method, path and body.
    pub(crate) request: String,
    pub(crate) status: u16,
    pub(crate) body: String,
}

/// Reads the answer that was given under a key.
pub(crate) fn get(
    connection: &Connection,
    key: &str,
    now: Timestamp,
) -> rusqlite::Result<Option<Answer>> {
    connection
        .prepare_cached("SELECT request, status, body FROM answers WHERE key = ? AND at > ?")?
        .query_row(params![key, now.as_second() - KEPT_SECONDS], |row| {
            Ok(Answer {
                request: row.get("request")?,
                status: row.get("status")?,
                body: row.get("body")?,
            })
        })
        .optional()
}

/// Keeps an answer under a key, and forgets those that are too old.
pub(crate) fn keep(
    connection: &Connection,
    key: &str,
    answer: &Answer,
    now: Timestamp,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached("DELETE FROM answers WHERE at <= ?")?
        .execute([now.as_second() - KEPT_SECONDS])?;
    connection
        .prepare_cached(
            "INSERT INTO answers (key, request, status, body, at) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![
            key,
            answer.request,
            answer.status,
            answer.body,
            now.as_second()
        ])?;
    Ok(())
}
