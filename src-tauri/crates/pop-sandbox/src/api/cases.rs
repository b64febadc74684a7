//! Cases: listed, read, opened, changed, annotated.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
use rusqlite::Connection;

use super::fields::Fields;
use super::once::Write;
use super::parameters::Parameters;
use super::shapes::{CaseShape, List, NoteShape};
use super::{AGENT, now};
use crate::problem::Problem;
use crate::routes::Crm;
use crate::store::cases::{self, Change, Which};
use crate::store::{Case, Customer, customers, notes};
use crate::words::{CaseStatus, Priority};

const LONGEST_SUBJECT: usize = 200;
const LONGEST_TEXT: usize = 8_000;
const LONGEST_WORD: usize = 128;

pub(crate) async fn of_customer(
    State(crm): State<Crm>,
    Path(id): Path<String>,
    parameters: Parameters,
) -> Result<Json<List<CaseShape>>, Problem> {
    let parameters = parameters.only(&["status"])?;
    let page = parameters.page()?;
    let which = which(parameters.text("status"))?;
    let origin = crm.origin.clone();
    crm.store
        .run(move |connection| {
            let customer = existing_customer(connection, &id)?;
            let found = cases::of_customer(connection, &customer.id, which, page)?;
            Ok(Json(List::of(found, |case| CaseShape::of(case, &origin))))
        })
        .await
}

pub(crate) async fn one(
    State(crm): State<Crm>,
    Path(id): Path<String>,
) -> Result<Json<CaseShape>, Problem> {
    let origin = crm.origin.clone();
    crm.store
        .run(move |connection| {
            let case = existing_case(connection, &id)?;
            let notes = notes::of_case(connection, case.id)?;
            Ok(Json(CaseShape::of(case, &origin).with_notes(notes)))
        })
        .await
}

pub(crate) async fn open(
    State(crm): State<Crm>,
    write: Write,
    fields: Fields,
) -> Result<Response, Problem> {
    let case = Case {
        id: 0,
        customer_id: fields.required_text("customerId", LONGEST_WORD)?,
        subject: fields.required_text("subject", LONGEST_SUBJECT)?,
        description: fields.text("description", LONGEST_TEXT)?,
        status: status(&fields)?.unwrap_or(CaseStatus::Open),
        priority: priority(&fields)?.unwrap_or(Priority::Normal),
        severity: fields.number("severity", 1..=4)?,
        channel: fields.text("channel", LONGEST_WORD)?,
        reference: fields.text("reference", LONGEST_WORD)?,
        owner: fields
            .text("owner", LONGEST_WORD)?
            .unwrap_or_else(|| AGENT.to_owned()),
        created_at: now(),
        updated_at: now(),
        due_at: None,
    };
    let origin = crm.origin.clone();
    let work = move |connection: &Connection| {
        if customers::get(connection, &case.customer_id)?.is_none() {
            let detail = format!("There is no customer {}.", case.customer_id);
            return Err(Problem::invalid("customerId", detail));
        }
        Ok(CaseShape::of(cases::open(connection, case)?, &origin))
    };
    write.once(&crm, &fields, work).await
}

pub(crate) async fn change(
    State(crm): State<Crm>,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Json<CaseShape>, Problem> {
    let change = Change {
        status: status(&fields)?,
        priority: priority(&fields)?,
    };
    if change.status.is_none() && change.priority.is_none() {
        return Err(Problem::missing("status"));
    }
    let origin = crm.origin.clone();
    crm.store
        .run(move |connection| {
            let case = existing_case(connection, &id)?;
            let changed = cases::change(connection, case.id, change, now())?;
            let case = changed.ok_or_else(|| Problem::no_record("case", &id))?;
            Ok(Json(CaseShape::of(case, &origin)))
        })
        .await
}

pub(crate) async fn add_note(
    State(crm): State<Crm>,
    Path(id): Path<String>,
    write: Write,
    fields: Fields,
) -> Result<Response, Problem> {
    let text = fields.required_text("text", LONGEST_TEXT)?;
    let author = fields
        .text("author", LONGEST_WORD)?
        .unwrap_or_else(|| AGENT.to_owned());
    let work = move |connection: &Connection| {
        let case = existing_case(connection, &id)?;
        Ok(NoteShape::of(notes::add(
            connection,
            case.id,
            &text,
            &author,
            now(),
        )?))
    };
    write.once(&crm, &fields, work).await
}

/// Reads the filter, in which `open` means everything that is not closed.
fn which(filter: Option<&str>) -> Result<Which, Problem> {
    match filter {
        None => Ok(Which::All),
        Some("open") => Ok(Which::NotClosed),
        Some(word) => match CaseStatus::read(word) {
            Some(status) => Ok(Which::In(status)),
            None => Err(Problem::invalid(
                "status",
                format!("There is no status {word}."),
            )),
        },
    }
}

fn status(fields: &Fields) -> Result<Option<CaseStatus>, Problem> {
    fields.word(
        "status",
        CaseStatus::read,
        CaseStatus::ALL.iter().map(|status| status.word()),
    )
}

fn priority(fields: &Fields) -> Result<Option<Priority>, Problem> {
    fields.word(
        "priority",
        Priority::read,
        Priority::ALL.iter().map(|word| word.word()),
    )
}

/// Finds the case of a path, which may say the id or the number.
pub(crate) fn existing_case(connection: &Connection, id: &str) -> Result<Case, Problem> {
    let case = cases::named(connection, id)?;
    case.ok_or_else(|| Problem::no_record("case", id))
}

/// Finds the customer of a path.
pub(crate) fn existing_customer(connection: &Connection, id: &str) -> Result<Customer, Problem> {
    customers::get(connection, id)?.ok_or_else(|| Problem::no_record("customer", id))
}
