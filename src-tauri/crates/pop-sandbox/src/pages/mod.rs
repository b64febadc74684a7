//! The CRM's own pages: what a browser shows when a record is opened.
//!
//! No script, no form, no picture, and no token either: a browser opened by the desktop has none,
//! and the server is reached from this computer only. Every value is escaped by the template
//! engine; `bdi` keeps a name that runs from right to left from turning its neighbours round.

use axum::extract::{Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use maud::{DOCTYPE, Markup, html};

use crate::problem::Problem;
use crate::routes::Crm;
use crate::store::cases::{self, Which};
use crate::store::{Page, customers, interactions, notes};

mod case;
mod customer;

/// How many rows of a list a page shows.
const ROWS: Page = Page {
    limit: 20,
    offset: 0,
};

/// Shows one customer.
pub(crate) async fn customer(
    State(crm): State<Crm>,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    crm.store
        .run(move |connection| {
            let Some(customer) = customers::get(connection, &id)? else {
                return Ok(not_found("customer", &id));
            };
            let cases = cases::of_customer(connection, &id, Which::All, ROWS)?;
            let interactions = interactions::of_customer(connection, &id, ROWS)?;
            Ok(page(
                StatusCode::OK,
                &customer.name,
                customer::record(&customer, &cases, &interactions),
            ))
        })
        .await
}

/// Shows one case.
pub(crate) async fn case(
    State(crm): State<Crm>,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    crm.store
        .run(move |connection| {
            let Some(case) = cases::named(connection, &id)? else {
                return Ok(not_found("case", &id));
            };
            let customer = customers::get(connection, &case.customer_id)?;
            let notes = notes::of_case(connection, case.id)?;
            let record = case::record(&case, customer.as_ref(), &notes);
            Ok(page(StatusCode::OK, &case.number(), record))
        })
        .await
}

/// The stylesheet, in a file of its own because the policy allows none inside a page.
pub(crate) async fn stylesheet() -> Response {
    let css = HeaderValue::from_static("text/css; charset=utf-8");
    ([(CONTENT_TYPE, css)], include_str!("record.css")).into_response()
}

fn not_found(what: &str, id: &str) -> Response {
    let record = html! {
        header.record {
            p.kind { (what) }
            h1 { "No such record" }
        }
        p { "There is no " (what) " " bdi { (id) } " in this CRM. It may have been removed." }
    };
    page(StatusCode::NOT_FOUND, "No such record", record)
}

fn page(status: StatusCode, title: &str, record: Markup) -> Response {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " · Sandbox CRM" }
                link rel="stylesheet" href="/assets/record.css";
            }
            body {
                div.bar {
                    strong { "Sandbox CRM" }
                    span { "Training data. No real customers." }
                }
                main { (record) }
            }
        }
    };
    let html = HeaderValue::from_static("text/html; charset=utf-8");
    (status, [(CONTENT_TYPE, html)], page.into_string()).into_response()
}

/// A point in time, in words and for programs.
fn time(at: Timestamp) -> Markup {
    html! { time datetime=(at) { (at.strftime("%-d %b %Y, %H:%M UTC")) } }
}

/// A row of a list of facts; nothing when the fact is unknown.
fn fact(label: &str, value: Option<impl maud::Render>) -> Markup {
    html! {
        @if let Some(value) = value {
            div { dt { (label) } dd dir="auto" { (value) } }
        }
    }
}
