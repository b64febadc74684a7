//! Cases: listed for a customer, found by words, opened and changed.

use jiff::Timestamp;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params, params_from_iter};

use super::{Case, Found, Page};
use crate::fold::fold;
use crate::words::{CaseStatus, Priority};

/// The first number given to a case that somebody opens; generated ones stand below.
const FIRST_NEW: i64 = 70_001;

/// Which of a customer's cases are wanted.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Which {
    /// All of them.
    All,
    /// All that are not closed.
    NotClosed,
    /// Those in one state.
    In(CaseStatus),
}

/// Which fields of a case are to be changed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Change {
    pub(crate) status: Option<CaseStatus>,
    pub(crate) priority: Option<Priority>,
}

/// Reads one case.
pub(crate) fn get(connection: &Connection, id: i64) -> rusqlite::Result<Option<Case>> {
    let sql = format!("SELECT {} FROM cases WHERE id = ?", Case::COLUMNS);
    connection
        .prepare_cached(&sql)?
        .query_row([id], Case::read)
        .optional()
}

/// Reads the case that a person or program names by its id or its number.
pub(crate) fn named(connection: &Connection, name: &str) -> rusqlite::Result<Option<Case>> {
    let digits = name.strip_prefix("CS-").unwrap_or(name);
    match digits.parse() {
        Ok(id) if digits.bytes().all(|byte| byte.is_ascii_digit()) => get(connection, id),
        _ => Ok(None),
    }
}

/// Lists a customer's cases: open before closed, the most severe and the soonest due first.
pub(crate) fn of_customer(
    connection: &Connection,
    customer_id: &str,
    which: Which,
    page: Page,
) -> rusqlite::Result<Found<Case>> {
    let (condition, state) = match which {
        Which::All => ("?2 = ''", ""),
        Which::NotClosed => ("status <> ?2", CaseStatus::Closed.word()),
        Which::In(status) => ("status = ?2", status.word()),
    };
    let count = format!("SELECT count(*) FROM cases WHERE customer_id = ?1 AND {condition}");
    let total = connection
        .prepare_cached(&count)?
        .query_row(params![customer_id, state], |row| row.get(0))?;
    let sql = format!(
        "SELECT {} FROM cases WHERE customer_id = ?1 AND {condition} \
         ORDER BY status = 'closed', severity IS NULL, severity, due_at IS NULL, due_at, id \
         LIMIT ?3 OFFSET ?4",
        Case::COLUMNS
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let items = statement
        .query_map(
            params![customer_id, state, page.limit, page.offset],
            Case::read,
        )?
        .collect::<Result<_, _>>()?;
    Ok(Found { items, total })
}

/// Finds cases whose number or subject holds all the words, the latest first.
pub(crate) fn search(
    connection: &Connection,
    words: &str,
    page: Page,
) -> rusqlite::Result<Found<Case>> {
    let words: Vec<String> = fold(words).split_whitespace().map(str::to_owned).collect();
    let condition = vec!["instr(folded, ?) > 0"; words.len()].join(" AND ");
    let count = format!("SELECT count(*) FROM cases WHERE {condition}");
    let total = connection
        .prepare_cached(&count)?
        .query_row(params_from_iter(&words), |row| row.get(0))?;
    let sql = format!(
        "SELECT {} FROM cases WHERE {condition} ORDER BY updated_at DESC, id LIMIT ? OFFSET ?",
        Case::COLUMNS
    );
    let part: [Value; 2] = [page.limit.into(), page.offset.into()];
    let values = words.into_iter().map(Value::from).chain(part);
    let mut statement = connection.prepare_cached(&sql)?;
    let items = statement
        .query_map(params_from_iter(values), Case::read)?
        .collect::<Result<_, _>>()?;
    Ok(Found { items, total })
}

/// Writes a case of the seed, under the number it brings.
pub(crate) fn insert_seeded(connection: &Connection, case: &Case) -> rusqlite::Result<()> {
    insert(connection, case, true)
}

/// Opens a case under the next free number, which it returns with the case.
pub(crate) fn open(connection: &Connection, case: Case) -> rusqlite::Result<Case> {
    let id = connection
        .prepare_cached("SELECT max(coalesce(max(id), 0) + 1, ?) FROM cases")?
        .query_row([FIRST_NEW], |row| row.get(0))?;
    let case = Case { id, ..case };
    insert(connection, &case, false)?;
    Ok(case)
}

/// Changes a case and answers it as it is then; `None` if there is none.
pub(crate) fn change(
    connection: &Connection,
    id: i64,
    change: Change,
    now: Timestamp,
) -> rusqlite::Result<Option<Case>> {
    connection
        .prepare_cached(
            "UPDATE cases SET status = coalesce(?2, status), priority = coalesce(?3, priority), \
             updated_at = ?4, seeded = 0 WHERE id = ?1",
        )?
        .execute(params![id, change.status, change.priority, now.as_second()])?;
    get(connection, id)
}

/// Marks a case as touched now.
pub(crate) fn touch(connection: &Connection, id: i64, now: Timestamp) -> rusqlite::Result<()> {
    connection
        .prepare_cached("UPDATE cases SET updated_at = ?2, seeded = 0 WHERE id = ?1")?
        .execute(params![id, now.as_second()])?;
    Ok(())
}

fn insert(connection: &Connection, case: &Case, seeded: bool) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO cases (id, customer_id, subject, description, status, priority, \
             severity, channel, reference, owner, created_at, updated_at, due_at, folded, seeded) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
        )?
        .execute(params![
            case.id,
            case.customer_id,
            case.subject,
            case.description,
            case.status,
            case.priority,
            case.severity,
            case.channel,
            case.reference,
            case.owner,
            case.created_at.as_second(),
            case.updated_at.as_second(),
            case.due_at.map(Timestamp::as_second),
            fold(&format!("{} {}", case.number(), case.subject)),
            seeded,
        ])?;
    Ok(())
}
