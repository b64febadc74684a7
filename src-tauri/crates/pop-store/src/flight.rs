//! The flight recorder: what happened in an interaction, when, and with which result.
//!
//! No personal data by construction: names and codes are words of the program itself
//! (`&'static str`), what it was about is a name from the configuration, a request is known by what
//! the definition calls it, and everything else is a number or an id that a pattern has passed.

use std::time::Duration;

use pop_core::flight::{Exchange, Named, RequestId, Step, TraceId};
use pop_core::http::{Method, Timing};
use pop_core::moment::Moment;
use rusqlite::{Connection, params};
use serde_json::{Map, Value, json};

use crate::error::StoreError;

/// Marks of one interaction beyond this number are dropped: a platform that repeats an update
/// without end must not fill the disk, and the first marks tell the story.
const PER_INTERACTION: i64 = 256;

/// Marks in all; beyond it the oldest go. A mark takes some 200 bytes, so this is 20 MB at most.
const IN_ALL: i64 = 100_000;

/// One mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// What happened, such as `accepted`.
    pub name: &'static str,
    /// When, in microseconds.
    pub at: Moment,
    /// The result's code, such as `not_found`.
    pub code: Option<&'static str>,
    /// A count, size or duration, as the name says.
    pub number: Option<i64>,
    /// The connection or rule that it is about.
    pub about: Option<Named>,
    /// The request that it is about.
    pub request: Option<Box<Exchange>>,
}

impl Mark {
    /// A mark with nothing but its name and time.
    pub fn new(name: &'static str, at: Moment) -> Self {
        Self {
            name,
            at,
            code: None,
            number: None,
            about: None,
            request: None,
        }
    }
}

impl From<&Mark> for Step {
    fn from(mark: &Mark) -> Self {
        Self {
            name: mark.name.to_owned(),
            at: mark.at,
            code: mark.code.map(str::to_owned),
            number: mark.number,
            about: mark.about.clone(),
            request: mark.request.clone(),
        }
    }
}

pub(crate) fn add(
    connection: &Connection,
    history: i64,
    marks: impl IntoIterator<Item = Step>,
) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO flight (history, at, name, code, number, about, request)
         SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7
         WHERE (SELECT count(*) FROM flight WHERE history = ?1) < ?8",
    )?;
    for mark in marks {
        statement.execute(params![
            history,
            mark.at.micros(),
            mark.name,
            mark.code,
            mark.number,
            mark.about.as_ref().map(Named::as_str),
            mark.request.as_deref().map(written),
            PER_INTERACTION
        ])?;
    }
    Ok(())
}

/// The marks of a history row, in the order they were added.
pub(crate) fn of(connection: &Connection, history: i64) -> Result<Vec<Step>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT name, at, code, number, about, request FROM flight WHERE history = ?1 ORDER BY row",
    )?;
    let marks = statement.query_map([history], |row| {
        let about: Option<String> = row.get(4)?;
        let request: Option<String> = row.get(5)?;
        Ok(Step {
            name: row.get(0)?,
            at: Moment::from_micros(row.get(1)?),
            code: row.get(2)?,
            number: row.get(3)?,
            about: about.as_deref().map(Named::kept),
            request: request.as_deref().and_then(read).map(Box::new),
        })
    })?;
    Ok(marks.collect::<Result<_, _>>()?)
}

/// Drops the oldest marks where there are too many.
pub(crate) fn prune(connection: &Connection, schema: &str) -> Result<(), StoreError> {
    keep_newest(connection, schema, IN_ALL)
}

fn keep_newest(connection: &Connection, schema: &str, most: i64) -> Result<(), StoreError> {
    let sql = format!(
        "DELETE FROM {schema}.flight WHERE row <= (SELECT max(row) FROM {schema}.flight) - ?1"
    );
    connection.execute(&sql, [most])?;
    Ok(())
}

/// A request as the column holds it.
fn written(request: &Exchange) -> String {
    let mut told = Map::new();
    told.insert("call".to_owned(), json!(request.call));
    told.insert("method".to_owned(), json!(request.method.word()));
    told.insert("path".to_owned(), json!(request.path));
    told.insert("took".to_owned(), micros(request.took));
    let timing = request.timing;
    let parts = [
        ("dns", timing.dns.map(micros)),
        ("connect", timing.connect.map(micros)),
        ("wait", timing.wait.map(micros)),
        ("body", timing.body.map(micros)),
        ("status", request.status.map(Value::from)),
        (
            "request",
            request.request.as_ref().map(|id| json!(id.as_str())),
        ),
        ("trace", request.trace.as_ref().map(|id| json!(id.as_str()))),
    ];
    let parts = parts.into_iter();
    told.extend(parts.filter_map(|(name, value)| Some((name.to_owned(), value?))));
    Value::Object(told).to_string()
}

fn read(text: &str) -> Option<Exchange> {
    let told: Value = serde_json::from_str(text).ok()?;
    let text = |name: &str| told.get(name).and_then(Value::as_str);
    let span = |name: &str| told.get(name)?.as_u64().map(Duration::from_micros);
    let status = told.get("status").and_then(Value::as_u64);
    Some(Exchange {
        call: text("call")?.to_owned(),
        method: Method::parse(text("method")?)?,
        path: text("path")?.to_owned(),
        status: status.and_then(|status| u16::try_from(status).ok()),
        request: text("request").and_then(RequestId::parse),
        trace: text("trace").and_then(TraceId::parse),
        took: span("took")?,
        timing: Timing {
            dns: span("dns"),
            connect: span("connect"),
            wait: span("wait"),
            body: span("body"),
        },
    })
}

fn micros(span: Duration) -> Value {
    u64::try_from(span.as_micros()).unwrap_or(u64::MAX).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::database::{in_memory, open, open_at, version};

    fn step(at: i64) -> Step {
        Step {
            name: "accepted".to_owned(),
            at: Moment::from_micros(at),
            code: None,
            number: None,
            about: None,
            request: None,
        }
    }

    #[test]
    fn beyond_the_cap_the_oldest_marks_go_and_the_newest_stay() {
        let connection = in_memory().expect("a database");
        connection
            .execute_batch("PRAGMA foreign_keys = OFF")
            .expect("marks without their history");
        add(&connection, 1, (0..10).map(step)).expect("kept");
        keep_newest(&connection, "main", 20).expect("pruned");
        assert_eq!(of(&connection, 1).expect("read").len(), 10, "below the cap");
        keep_newest(&connection, "main", 4).expect("pruned");
        let left: Vec<i64> = of(&connection, 1)
            .expect("read")
            .iter()
            .map(|step| step.at.micros())
            .collect();
        assert_eq!(left, [6, 7, 8, 9], "the newest are the ones that help");
    }

    #[test]
    fn one_interaction_never_fills_the_recorder() {
        let connection = in_memory().expect("a database");
        connection
            .execute_batch("PRAGMA foreign_keys = OFF")
            .expect("marks without their history");
        add(&connection, 1, (0..PER_INTERACTION + 50).map(step)).expect("kept");
        add(&connection, 2, [step(1)]).expect("kept");
        let kept = of(&connection, 1).expect("read").len();
        assert_eq!(i64::try_from(kept), Ok(PER_INTERACTION));
        assert_eq!(
            of(&connection, 2).expect("read").len(),
            1,
            "another has its own room"
        );
    }

    #[test]
    fn marks_of_a_file_from_before_requests_were_recorded_are_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("store.db");
        let old = open_at(&path, 2).expect("the format before");
        old.execute_batch(
            "PRAGMA foreign_keys = OFF;
             INSERT INTO flight (history, at, name, code, number)
             VALUES (1, 5, 'answered_who', 'not_found', 7)",
        )
        .expect("an old mark");
        drop(old);
        let connection = open(&path).expect("brought forward");
        assert!(version(&connection).expect("read") >= 3);
        connection
            .execute_batch("PRAGMA foreign_keys = OFF")
            .expect("marks without their history");
        let marks = of(&connection, 1).expect("read");
        assert_eq!(marks.len(), 1);
        assert_eq!(
            (marks[0].code.as_deref(), marks[0].number),
            (Some("not_found"), Some(7))
        );
        assert_eq!((&marks[0].about, &marks[0].request), (&None, &None));
        add(&connection, 1, [step(6)]).expect("new marks go in");
        assert_eq!(of(&connection, 1).expect("read").len(), 2);
    }
}
