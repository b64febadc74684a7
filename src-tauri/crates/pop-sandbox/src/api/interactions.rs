//! Interactions: listed for a customer, and logged.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
use jiff::Timestamp;
use rusqlite::Connection;

use super::cases::existing_customer;
use super::fields::Fields;
use super::once::Write;
use super::parameters::Parameters;
use super::shapes::{InteractionShape, List};
use super::{AGENT, now};
use crate::problem::Problem;
use crate::routes::Crm;
use crate::store::{Interaction, cases, interactions};

const LONGEST_TEXT: usize = 8_000;
const LONGEST_WORD: usize = 128;
/// A day; no interaction lasts longer.
const MOST_SECONDS: i64 = 24 * 60 * 60;

pub(crate) async fn of_customer(
    State(crm): State<Crm>,
    Path(id): Path<String>,
    parameters: Parameters,
) -> Result<Json<List<InteractionShape>>, Problem> {
    let page = parameters.only(&[])?.page()?;
    crm.store
        .run(move |connection| {
            let customer = existing_customer(connection, &id)?;
            let found = interactions::of_customer(connection, &customer.id, page)?;
            Ok(Json(List::of(found, InteractionShape::of)))
        })
        .await
}

pub(crate) async fn log(
    State(crm): State<Crm>,
    Path(id): Path<String>,
    write: Write,
    fields: Fields,
) -> Result<Response, Problem> {
    // A wrap-up calls it a note, a list calls it a summary.
    let summary = match fields.text("summary", LONGEST_TEXT)? {
        Some(summary) => Some(summary),
        None => fields.text("note", LONGEST_TEXT)?,
    };
    let case_id = fields.text("caseId", LONGEST_WORD)?;
    let interaction = Interaction {
        id: 0,
        customer_id: id,
        case_id: None,
        channel: fields.text("channel", LONGEST_WORD)?,
        summary,
        outcome: fields.text("outcome", LONGEST_WORD)?,
        agent: fields
            .text("agent", LONGEST_WORD)?
            .unwrap_or_else(|| AGENT.to_owned()),
        seconds: fields.number("seconds", 0..=MOST_SECONDS)?,
        reference: fields.text("reference", LONGEST_WORD)?,
        at: moment(&fields)?.unwrap_or_else(now),
    };
    let work = move |connection: &Connection| {
        let customer = existing_customer(connection, &interaction.customer_id)?;
        let case_id = match case_id {
            Some(case_id) => Some(case_of(connection, &customer.id, &case_id)?),
            None => None,
        };
        let logged = interactions::log(
            connection,
            Interaction {
                case_id,
                ..interaction
            },
        )?;
        Ok(InteractionShape::of(logged))
    };
    write.once(&crm, &fields, work).await
}

fn case_of(connection: &Connection, customer_id: &str, case_id: &str) -> Result<i64, Problem> {
    let case = cases::named(connection, case_id)?;
    let case = case
        .filter(|case| case.customer_id == customer_id)
        .ok_or_else(|| {
            let detail = format!("Customer {customer_id} has no case {case_id}.");
            Problem::invalid("caseId", detail)
        })?;
    Ok(case.id)
}

fn moment(fields: &Fields) -> Result<Option<Timestamp>, Problem> {
    let Some(text) = fields.text("at", LONGEST_WORD)? else {
        return Ok(None);
    };
    match text.parse::<Timestamp>() {
        Ok(at) => Ok(Timestamp::from_second(at.as_second()).ok()),
        Err(_) => Err(Problem::invalid(
            "at",
            "at must be a time such as 2026-11-15T09:30:00Z.",
        )),
    }
}
