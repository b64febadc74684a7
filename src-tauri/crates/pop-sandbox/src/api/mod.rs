//! The API: one file per kind of record, over three small readers of requests.

pub(crate) mod cases;
pub(crate) mod control;
pub(crate) mod customers;
pub(crate) mod description;
mod fields;
pub(crate) mod interactions;
pub(crate) mod me;
mod once;
mod parameters;
pub(crate) mod search;
mod shapes;

use jiff::Timestamp;

/// The name under which the sandbox writes what a request does not sign.
const AGENT: &str = "agent07";

/// The time in whole seconds, as the database keeps it.
fn now() -> Timestamp {
    let now = Timestamp::now();
    Timestamp::from_second(now.as_second()).unwrap_or(now)
}
