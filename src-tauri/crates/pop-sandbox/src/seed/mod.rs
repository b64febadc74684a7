//! Fills an empty database: the records that lessons and tests rely on, then generated customers.
//!
//! Who a customer is depends on the seed and the customers before, not on how many follow. Times
//! are counted back from the moment of filling.

use jiff::{SignedDuration, Timestamp};
use rusqlite::Connection;

use crate::store::customers;

mod countries;
mod dice;
mod history;
mod known;
#[rustfmt::skip] // Lists of names stay lists, not columns of one name each.
mod names;
mod people;
mod wording;

use history::History;
use people::People;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// How much to generate, and from which seed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan {
    pub(crate) seed: u64,
    pub(crate) customers: usize,
}

/// Writes everything; the caller holds the transaction.
pub(crate) fn fill(connection: &Connection, plan: Plan, now: Timestamp) -> rusqlite::Result<()> {
    let count = i64::try_from(plan.customers).unwrap_or(i64::MAX);
    connection.execute(
        "INSERT INTO origin (anchor, seed, customers) VALUES (?, ?, ?)",
        (now.as_second(), plan.seed.cast_signed(), count),
    )?;
    known::fill(connection, now)?;
    let mut people = People::new(plan.seed);
    let mut history = History::new(connection, now);
    for _ in 0..plan.customers {
        let (customer, mut dice) = people.next();
        customers::insert(connection, &customer)?;
        history.write(&customer, &mut dice)?;
    }
    Ok(())
}

/// The moment so many seconds before.
fn ago(now: Timestamp, seconds: i64) -> Timestamp {
    now.checked_sub(SignedDuration::from_secs(seconds))
        .unwrap_or(now)
}
