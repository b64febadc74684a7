//! What is half typed, sealed, so that it comes back after a crash.

use std::collections::BTreeMap;

use pop_core::interaction::InteractionKey;
use pop_core::moment::Moment;
use pop_core::profile::{ConnectionId, RecordKind, RecordRef};
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};

use crate::error::StoreError;
use crate::history::record_hash;
use crate::seal::Sealer;

const TABLE: &str = "draft";

/// What is typed into one form of one card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The card.
    pub of: DraftOf,
    /// The form, such as `create_case`.
    pub form: String,
    /// When it was typed.
    pub at: Moment,
    /// The customer it is about, so that it goes with them.
    pub record: Option<RecordRef>,
    /// What stands in the fields, by their names; nothing: the draft goes.
    pub fields: BTreeMap<String, String>,
}

/// The card of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DraftOf {
    /// An interaction's.
    Interaction(InteractionKey),
    /// A customer's, who was looked up by hand.
    Customer(ConnectionId, String),
}

#[derive(Serialize, Deserialize)]
struct Sealed {
    interaction: Option<(String, String)>,
    customer: Option<(String, String)>,
    /// Connection and id of the customer it is about.
    record: Option<(String, String)>,
    form: String,
    fields: BTreeMap<String, String>,
}

/// Keeps a draft in the place of an earlier one of the same form.
pub(crate) fn keep(
    connection: &Connection,
    sealer: &Sealer,
    draft: &Draft,
) -> Result<(), StoreError> {
    let id = hash(sealer, draft);
    if draft.fields.values().all(String::is_empty) {
        connection
            .prepare_cached("DELETE FROM draft WHERE id = ?1")?
            .execute([id])?;
        return Ok(());
    }
    let (interaction, customer) = match &draft.of {
        DraftOf::Interaction(key) => (Some((key.source.clone(), key.id.clone())), None),
        DraftOf::Customer(connection, id) => (None, Some((connection.0.clone(), id.clone()))),
    };
    let sealed = Sealed {
        interaction,
        customer,
        record: draft
            .record
            .as_ref()
            .map(|record| (record.connection.0.clone(), record.id.clone())),
        form: draft.form.clone(),
        fields: draft.fields.clone(),
    };
    // Texts always have a form in JSON.
    let bytes = serde_json::to_vec(&sealed).unwrap_or_default();
    let sealed = sealer.seal(TABLE, &id, &bytes)?;
    let record = draft.record.as_ref();
    connection
        .prepare_cached(
            "INSERT INTO draft (id, record, at, sealed) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (id) DO UPDATE SET record = excluded.record, at = excluded.at,
             sealed = excluded.sealed",
        )?
        .execute(params![
            id,
            record.map(|record| record_hash(sealer, record)),
            draft.at.micros(),
            sealed
        ])?;
    Ok(())
}

/// All drafts, the oldest first, and how many rows do not open any more.
pub(crate) fn all(
    connection: &Connection,
    sealer: &Sealer,
) -> Result<(Vec<Draft>, u64), StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT id, at, sealed FROM draft ORDER BY at, row")?;
    let mut rows = statement.query([])?;
    let (mut drafts, mut unopened) = (Vec::new(), 0);
    while let Some(row) = rows.next()? {
        let id: [u8; 32] = row.get(0)?;
        let sealed = row.get_ref(2)?.as_blob().unwrap_or_default();
        let opened = sealer.open(TABLE, &id, sealed).ok();
        let read = opened.and_then(|bytes| serde_json::from_slice::<Sealed>(&bytes).ok());
        let Some(read) = read else {
            unopened += 1;
            continue;
        };
        let of = match (read.interaction, read.customer) {
            (Some((source, id)), _) => DraftOf::Interaction(InteractionKey { source, id }),
            (None, customer) => {
                let (connection, id) = customer.unwrap_or_default();
                DraftOf::Customer(ConnectionId(connection), id)
            }
        };
        drafts.push(Draft {
            of,
            form: read.form,
            at: Moment::from_micros(row.get(1)?),
            record: read.record.map(|(connection, id)| RecordRef {
                connection: ConnectionId(connection),
                kind: RecordKind::Customer,
                id,
            }),
            fields: read.fields,
        });
    }
    Ok((drafts, unopened))
}

/// Deletes the drafts about a connection's customers.
pub(crate) fn erase_connection(
    connection: &Connection,
    sealer: &Sealer,
    id: &ConnectionId,
) -> Result<(), StoreError> {
    let (drafts, _) = all(connection, sealer)?;
    let is_of = |draft: &&Draft| {
        let record = draft.record.as_ref();
        record.is_some_and(|record| record.connection == *id)
    };
    for draft in drafts.iter().filter(is_of) {
        connection
            .prepare_cached("DELETE FROM draft WHERE id = ?1")?
            .execute([hash(sealer, draft)])?;
    }
    Ok(())
}

fn hash(sealer: &Sealer, draft: &Draft) -> [u8; 32] {
    let of: [&[u8]; 3] = match &draft.of {
        DraftOf::Interaction(key) => [b"interaction", key.source.as_bytes(), key.id.as_bytes()],
        DraftOf::Customer(connection, id) => [b"customer", connection.0.as_bytes(), id.as_bytes()],
    };
    let [kind, first, second] = of;
    sealer.hash_of(&[b"draft", kind, first, second, draft.form.as_bytes()])
}
