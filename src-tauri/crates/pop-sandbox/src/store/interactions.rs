//! Interactions of the past: listed for a customer, and logged.

use rusqlite::{Connection, params};

use super::{Found, Interaction, Page};

/// Lists a customer's interactions, the latest first.
pub(crate) fn of_customer(
    connection: &Connection,
    customer_id: &str,
    page: Page,
) -> rusqlite::Result<Found<Interaction>> {
    let total = connection
        .prepare_cached("SELECT count(*) FROM interactions WHERE customer_id = ?")?
        .query_row([customer_id], |row| row.get(0))?;
    let sql = format!(
        "SELECT {} FROM interactions WHERE customer_id = ?1 ORDER BY at DESC, id DESC \
         LIMIT ?2 OFFSET ?3",
        Interaction::COLUMNS
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let items = statement
        .query_map(
            params![customer_id, page.limit, page.offset],
            Interaction::read,
        )?
        .collect::<Result<_, _>>()?;
    Ok(Found { items, total })
}

/// Writes an interaction of the seed.
pub(crate) fn insert_seeded(
    connection: &Connection,
    interaction: &Interaction,
) -> rusqlite::Result<()> {
    insert(connection, interaction, true)
}

/// Logs an interaction and answers it with its number.
pub(crate) fn log(
    connection: &Connection,
    interaction: Interaction,
) -> rusqlite::Result<Interaction> {
    insert(connection, &interaction, false)?;
    Ok(Interaction {
        id: connection.last_insert_rowid(),
        ..interaction
    })
}

/// The database gives the number; the one in the record is not used.
fn insert(
    connection: &Connection,
    interaction: &Interaction,
    seeded: bool,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO interactions (customer_id, case_id, channel, summary, outcome, agent, \
             seconds, reference, at, seeded) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?
        .execute(params![
            interaction.customer_id,
            interaction.case_id,
            interaction.channel,
            interaction.summary,
            interaction.outcome,
            interaction.agent,
            interaction.seconds,
            interaction.reference,
            interaction.at.as_second(),
            seeded,
        ])?;
    Ok(())
}
