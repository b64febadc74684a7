//! The flight recorder: what happened in an interaction, when, and with which result.
//!
//! No personal data by construction: names and codes are words of the program itself
//! (`&'static str`), and everything else is a number.

use pop_core::moment::Moment;
use rusqlite::{Connection, params};

use crate::error::StoreError;

/// Marks of one interaction beyond this number are dropped: a platform that repeats an update
/// without end must not fill the disk, and the first marks tell the story.
const PER_INTERACTION: i64 = 256;

/// One mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// What happened, such as `event.accepted`.
    pub name: &'static str,
    /// When, in microseconds.
    pub at: Moment,
    /// The result's code, such as `not_found`.
    pub code: Option<&'static str>,
    /// A count, size or duration, as the name says.
    pub number: Option<i64>,
}

/// A mark as it was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptMark {
    /// What happened.
    pub name: String,
    /// When, in microseconds.
    pub at: Moment,
    /// The result's code.
    pub code: Option<String>,
    /// A count, size or duration, as the name says.
    pub number: Option<i64>,
}

impl From<&Mark> for KeptMark {
    fn from(mark: &Mark) -> Self {
        Self {
            name: mark.name.to_owned(),
            at: mark.at,
            code: mark.code.map(str::to_owned),
            number: mark.number,
        }
    }
}

pub(crate) fn add(
    connection: &Connection,
    history: i64,
    marks: impl IntoIterator<Item = KeptMark>,
) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO flight (history, at, name, code, number) SELECT ?1, ?2, ?3, ?4, ?5
         WHERE (SELECT count(*) FROM flight WHERE history = ?1) < ?6",
    )?;
    for mark in marks {
        let KeptMark {
            name,
            at,
            code,
            number,
        } = mark;
        statement.execute(params![
            history,
            at.micros(),
            name,
            code,
            number,
            PER_INTERACTION
        ])?;
    }
    Ok(())
}

/// The marks of a history row, in the order they were added.
pub(crate) fn of(connection: &Connection, history: i64) -> Result<Vec<KeptMark>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT name, at, code, number FROM flight WHERE history = ?1 ORDER BY row",
    )?;
    let marks = statement.query_map([history], |row| {
        Ok(KeptMark {
            name: row.get(0)?,
            at: Moment::from_micros(row.get(1)?),
            code: row.get(2)?,
            number: row.get(3)?,
        })
    })?;
    Ok(marks.collect::<Result<_, _>>()?)
}
