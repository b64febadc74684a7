//! The audit: who did what, when, to which object, with what outcome; a chain of hashes.
//!
//! Rule G5 of the security page. The chain covers the plain columns and keyed hashes of person,
//! object and interaction; what they were is sealed beside it. So one customer can be erased
//! without breaking the chain, and the chain can be checked without the key.

use pop_core::interaction::InteractionKey;
use pop_core::moment::Moment;
use pop_core::profile::{ConnectionId, RecordRef};
use rusqlite::{Connection, OptionalExtension, Row, params};
use sha2::{Digest, Sha256};

use crate::audit_words::{AuditAction, AuditOutcome};
use crate::error::StoreError;
use crate::history::{key_hash, parse, record_hash, word};
use crate::seal::Sealer;

const TABLE: &str = "audit";

/// One line of the audit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// Who: the signed-in user, or the name of a part of the product that acted by itself.
    pub who: String,
    /// What was done.
    pub action: AuditAction,
    /// When.
    pub at: Moment,
    /// Where it came from, such as `window`, `listener` or `policy`.
    pub from: String,
    /// To what.
    pub object: Option<AuditObject>,
    /// How it ended.
    pub outcome: AuditOutcome,
    /// The code of the outcome, such as `forbidden`.
    pub code: Option<&'static str>,
    /// In which interaction.
    pub interaction: Option<InteractionKey>,
    /// Which item of the outbox it is about.
    pub item: Option<AuditItem>,
}

/// An item of the outbox, as the audit names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditItem {
    /// Its id, by which its lines are found.
    pub id: String,
    /// What was to be done, such as `create_case`.
    pub what: String,
}

/// To what something was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AuditObject {
    /// A record in a CRM.
    Record(RecordRef),
    /// Something with a name of our own, such as a connection or a setting.
    Named(String),
}

/// A line as it was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptAudit {
    /// Its number, from 1.
    pub number: i64,
    /// When.
    pub at: Moment,
    /// What was done.
    pub action: AuditAction,
    /// How it ended.
    pub outcome: AuditOutcome,
    /// The code of the outcome.
    pub code: Option<String>,
    /// Who, where from, to what and in which interaction; `None` after that was erased.
    pub told: Option<Told>,
}

/// The part of a line that tells of people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Who.
    pub who: String,
    /// Where from.
    pub from: String,
    /// To what.
    pub object: Option<AuditObject>,
    /// In which interaction.
    pub interaction: Option<InteractionKey>,
    /// Which item of the outbox.
    pub item: Option<AuditItem>,
}

/// What checking the chain came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chain {
    /// Every line is there, as it was written; how many there are.
    Whole(u64),
    /// The first line that was changed or is missing.
    Broken(i64),
}

/// What the chain covers of one line.
struct Line {
    row: i64,
    at: i64,
    action: String,
    outcome: String,
    code: Option<String>,
    who: [u8; 32],
    object: Option<[u8; 32]>,
    interaction: Option<[u8; 32]>,
}

pub(crate) fn append(
    connection: &Connection,
    sealer: &Sealer,
    entry: &AuditEntry,
) -> Result<(), StoreError> {
    let kept = KeptAudit {
        number: 0,
        at: entry.at,
        action: entry.action,
        outcome: entry.outcome,
        code: entry.code.map(str::to_owned),
        told: Some(Told {
            who: entry.who.clone(),
            from: entry.from.clone(),
            object: entry.object.clone(),
            interaction: entry.interaction.clone(),
            item: entry.item.clone(),
        }),
    };
    append_kept(connection, sealer, &kept)
}

/// Appends a line under the next number; its own number does not count.
pub(crate) fn append_kept(
    connection: &Connection,
    sealer: &Sealer,
    kept: &KeptAudit,
) -> Result<(), StoreError> {
    let (last, before) = end(connection)?;
    let told = kept.told.as_ref();
    let line = Line {
        row: last + 1,
        at: kept.at.micros(),
        action: word(&AuditAction::ALL, kept.action).to_owned(),
        outcome: word(&AuditOutcome::ALL, kept.outcome).to_owned(),
        code: kept.code.clone(),
        who: sealer.hash_of(&[b"who", told.map_or("", |told| &told.who).as_bytes()]),
        object: told
            .and_then(|told| told.object.as_ref())
            .map(|object| object.hash(sealer)),
        interaction: told
            .and_then(|told| told.interaction.as_ref())
            .map(|interaction| key_hash(sealer, interaction)),
    };
    let hash = line.hash(&before);
    let sealed = told
        .map(|told| sealer.seal(TABLE, &hash, &told.bytes()))
        .transpose()?;
    connection
        .prepare_cached(
            "INSERT INTO audit (row, at, action, outcome, code, who, object, interaction, hash, sealed)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?
        .execute(params![
            line.row,
            line.at,
            line.action,
            line.outcome,
            line.code,
            line.who,
            line.object,
            line.interaction,
            hash,
            sealed,
        ])?;
    connection
        .prepare_cached(
            "INSERT INTO audit_end (one, row, hash) VALUES (1, ?1, ?2)
             ON CONFLICT (one) DO UPDATE SET row = excluded.row, hash = excluded.hash",
        )?
        .execute(params![line.row, hash])?;
    Ok(())
}

/// The lines after a number, oldest first.
pub(crate) fn read(
    connection: &Connection,
    sealer: &Sealer,
    after: i64,
    limit: usize,
) -> Result<Vec<KeptAudit>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT row, at, action, outcome, code, hash, sealed FROM audit
         WHERE row > ?1 ORDER BY row LIMIT ?2",
    )?;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let lines = statement.query_map([after, limit], |row| kept(row, sealer))?;
    Ok(lines
        .collect::<Result<Vec<_>, _>>()?
        .into_iter()
        .flatten()
        .collect())
}

pub(crate) fn verify(connection: &Connection) -> Result<Chain, StoreError> {
    let mut statement = connection.prepare(
        "SELECT row, at, action, outcome, code, who, object, interaction, hash FROM audit ORDER BY row",
    )?;
    let mut rows = statement.query([])?;
    let (mut last, mut before) = (0, [0; 32]);
    while let Some(row) = rows.next()? {
        let Ok((line, hash)) = Line::read(row) else {
            return Ok(Chain::Broken(last + 1));
        };
        // The hash covers the number and the line before: a missing line is noticed here too.
        if line.hash(&before) != hash {
            return Ok(Chain::Broken(last + 1));
        }
        (last, before) = (line.row, hash);
    }
    if end(connection)? == (last, before) {
        Ok(Chain::Whole(u64::try_from(last).unwrap_or_default()))
    } else {
        Ok(Chain::Broken(last + 1))
    }
}

/// Erases what the lines about a record tell, and leaves the lines.
pub(crate) fn erase_record(
    connection: &Connection,
    sealer: &Sealer,
    record: &RecordRef,
) -> Result<(), StoreError> {
    let object = AuditObject::Record(record.clone()).hash(sealer);
    connection.execute("UPDATE audit SET sealed = NULL WHERE object = ?1", [object])?;
    Ok(())
}

/// Erases what the lines about a connection's records tell, and leaves the lines.
pub(crate) fn erase_connection(
    connection: &Connection,
    sealer: &Sealer,
    id: &ConnectionId,
) -> Result<(), StoreError> {
    let is_of = |line: &KeptAudit| match line.told.as_ref().and_then(|told| told.object.as_ref()) {
        Some(AuditObject::Record(record)) => record.connection == *id,
        Some(AuditObject::Named(_)) | None => false,
    };
    let lines = read(connection, sealer, 0, usize::MAX)?;
    let mut statement =
        connection.prepare_cached("UPDATE audit SET sealed = NULL WHERE row = ?1")?;
    for line in lines.iter().filter(|line| is_of(line)) {
        statement.execute([line.number])?;
    }
    Ok(())
}

fn end(connection: &Connection) -> Result<(i64, [u8; 32]), StoreError> {
    Ok(connection
        .prepare_cached("SELECT row, hash FROM audit_end")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?
        .unwrap_or((0, [0; 32])))
}

fn kept(row: &Row<'_>, sealer: &Sealer) -> rusqlite::Result<Option<KeptAudit>> {
    let (Some(action), Some(outcome)) = (
        parse(
            &AuditAction::ALL,
            row.get_ref(2)?.as_str().unwrap_or_default(),
        ),
        parse(
            &AuditOutcome::ALL,
            row.get_ref(3)?.as_str().unwrap_or_default(),
        ),
    ) else {
        return Ok(None);
    };
    let hash: [u8; 32] = row.get(5)?;
    let sealed: Option<Vec<u8>> = row.get(6)?;
    let told = sealed
        .and_then(|sealed| sealer.open(TABLE, &hash, &sealed).ok())
        .and_then(|bytes| Told::from_bytes(&bytes));
    Ok(Some(KeptAudit {
        number: row.get(0)?,
        at: Moment::from_micros(row.get(1)?),
        action,
        outcome,
        code: row.get(4)?,
        told,
    }))
}

impl Line {
    fn read(row: &Row<'_>) -> rusqlite::Result<(Self, [u8; 32])> {
        let line = Self {
            row: row.get(0)?,
            at: row.get(1)?,
            action: row.get(2)?,
            outcome: row.get(3)?,
            code: row.get(4)?,
            who: row.get(5)?,
            object: row.get(6)?,
            interaction: row.get(7)?,
        };
        Ok((line, row.get(8)?))
    }

    fn hash(&self, before: &[u8; 32]) -> [u8; 32] {
        let row = self.row.to_be_bytes();
        let at = self.at.to_be_bytes();
        let parts: [Option<&[u8]>; 9] = [
            Some(before),
            Some(&row),
            Some(&at),
            Some(self.action.as_bytes()),
            Some(self.outcome.as_bytes()),
            self.code.as_deref().map(str::as_bytes),
            Some(&self.who),
            self.object.as_ref().map(<[u8; 32]>::as_slice),
            self.interaction.as_ref().map(<[u8; 32]>::as_slice),
        ];
        let mut hash = Sha256::new();
        for part in parts {
            // Length plus one, so that nothing and an empty text differ.
            hash.update(part.map_or(0, |bytes| bytes.len() as u64 + 1).to_be_bytes());
            hash.update(part.unwrap_or_default());
        }
        hash.finalize().into()
    }
}

impl AuditObject {
    pub(crate) fn hash(&self, sealer: &Sealer) -> [u8; 32] {
        match self {
            Self::Record(record) => record_hash(sealer, record),
            Self::Named(name) => sealer.hash_of(&[b"named", name.as_bytes()]),
        }
    }
}
