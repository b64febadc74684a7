//! History: one row per interaction, with everything that tells of a person sealed.
//!
//! Rows are found again by keyed hashes of the interaction and of the customer's record; text is
//! searched after opening, because a day of one agent is a few hundred rows.

use pop_core::interaction::{Channel, Direction, InteractionKey};
use pop_core::life::FollowUp;
use pop_core::moment::Moment;
use pop_core::profile::{ConnectionId, RecordKind, RecordRef};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::error::StoreError;
use crate::history_sealed::Personal;
use crate::seal::Sealer;

const TABLE: &str = "history";

/// What an entry is read from, in this order.
const COLUMNS: &str =
    "key, at, channel, direction, phase, outcome, opened, offered, accepted, ended, sealed";

/// What is kept of one interaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryEntry {
    /// Which interaction.
    pub key: InteractionKey,
    /// When it was first heard of; a later version of the entry does not change it.
    pub at: Moment,
    /// How the customer reached the agent.
    pub channel: Channel,
    /// Who began it.
    pub direction: Direction,
    /// How far it has come.
    pub phase: Phase,
    /// What the search for the customer came to.
    pub outcome: MatchOutcome,
    /// Whether the record was opened.
    pub opened: bool,
    /// When it was offered.
    pub offered: Option<Moment>,
    /// When the agent took it.
    pub accepted: Option<Moment>,
    /// When it ended.
    pub ended: Option<Moment>,
    /// The name on the card.
    pub name: Option<String>,
    /// The customer's wish.
    pub reason: Option<String>,
    /// The queue.
    pub queue: Option<String>,
    /// The customer's record.
    pub record: Option<RecordRef>,
    /// The customer's only open case, if it was known: a note by rule goes there.
    pub case: Option<String>,
    /// The customer's tier, as rules read it.
    pub tier: Option<String>,
    /// The customer's language, as rules read it.
    pub language: Option<String>,
    /// Why somebody has to be called back, until the agent says that it is done.
    pub follow_up: Option<FollowUp>,
    /// Whether it is over and how it went was not said, although that is asked.
    pub not_logged: bool,
}

/// How far an interaction has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// It rings.
    Offered,
    /// The agent has it.
    Accepted,
    /// It was rejected, missed or withdrawn.
    Declined,
    /// It went to another agent.
    Transferred,
    /// It is over.
    Ended,
}

impl Phase {
    const ALL: [(Self, &'static str); 5] = [
        (Self::Offered, "offered"),
        (Self::Accepted, "accepted"),
        (Self::Declined, "declined"),
        (Self::Transferred, "transferred"),
        (Self::Ended, "ended"),
    ];
}

/// What the search for the customer came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MatchOutcome {
    /// It has not ended.
    Searching,
    /// Exactly one was found.
    One,
    /// Several were found, and the agent has not chosen.
    Several,
    /// The agent chose among several, or searched.
    Chosen,
    /// Nobody was found.
    Nobody,
    /// No CRM could say.
    Failed,
}

impl MatchOutcome {
    const ALL: [(Self, &'static str); 6] = [
        (Self::Searching, "searching"),
        (Self::One, "one"),
        (Self::Several, "several"),
        (Self::Chosen, "chosen"),
        (Self::Nobody, "nobody"),
        (Self::Failed, "failed"),
    ];
}

/// Which entries are wanted, newest first.
#[derive(Clone, Debug, Default)]
pub struct HistoryQuery {
    /// Only entries from this moment on.
    pub since: Moment,
    /// At most this many.
    pub limit: usize,
    /// Only entries with this text in name, reason, queue, or one of the ids; case does not matter.
    pub text: Option<String>,
    /// Only entries of this channel.
    pub channel: Option<Channel>,
}

/// An interaction that was there before the program started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecentKey {
    /// Which interaction.
    pub key: InteractionKey,
    /// How far it had come.
    pub phase: Phase,
    /// When it was over for this agent.
    pub ended: Option<Moment>,
    /// Whether its record was opened.
    pub opened: bool,
}

impl RecentKey {
    /// Of an entry that had its card or is over.
    pub(crate) fn of(entry: HistoryEntry) -> Option<Self> {
        let was_there = entry.offered.is_some() || entry.ended.is_some();
        was_there.then_some(Self {
            key: entry.key,
            phase: entry.phase,
            ended: entry.ended,
            opened: entry.opened,
        })
    }
}

pub(crate) fn record(
    connection: &Connection,
    sealer: &Sealer,
    entry: &HistoryEntry,
) -> Result<i64, StoreError> {
    let key = key_hash(sealer, &entry.key);
    let sealed = sealer.seal(TABLE, &key, &Personal::bytes_of(entry))?;
    let sql = "INSERT INTO history
        (key, record, at, channel, direction, phase, outcome, opened, offered, accepted, ended, sealed)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
        ON CONFLICT (key) DO UPDATE SET record = excluded.record, channel = excluded.channel,
        direction = excluded.direction, phase = excluded.phase, outcome = excluded.outcome,
        opened = excluded.opened, offered = excluded.offered, accepted = excluded.accepted,
        ended = excluded.ended, sealed = excluded.sealed
        RETURNING row";
    Ok(connection.prepare_cached(sql)?.query_row(
        params![
            key,
            entry
                .record
                .as_ref()
                .map(|record| record_hash(sealer, record)),
            entry.at.micros(),
            entry.channel.word(),
            entry.direction.word(),
            word(&Phase::ALL, entry.phase),
            word(&MatchOutcome::ALL, entry.outcome),
            entry.opened,
            entry.offered.map(Moment::micros),
            entry.accepted.map(Moment::micros),
            entry.ended.map(Moment::micros),
            sealed,
        ],
        |row| row.get(0),
    )?)
}

/// The entries that a query wants, and how many rows do not open any more.
pub(crate) fn find(
    connection: &Connection,
    sealer: &Sealer,
    query: &HistoryQuery,
) -> Result<(Vec<HistoryEntry>, u64), StoreError> {
    let wanted = query.text.as_ref().map(|text| text.to_lowercase());
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM history
         WHERE at >= ?1 AND (?2 IS NULL OR channel = ?2) ORDER BY at DESC, row DESC"
    ))?;
    let mut rows = statement.query(params![
        query.since.micros(),
        query.channel.map(Channel::word)
    ])?;
    let (mut entries, mut unopened) = (Vec::new(), 0);
    while entries.len() < query.limit
        && let Some(row) = rows.next()?
    {
        match read(row, sealer)? {
            Some(entry) if wanted.as_ref().is_none_or(|text| says(&entry, text)) => {
                entries.push(entry);
            }
            Some(_) => {}
            None => unopened += 1,
        }
    }
    Ok((entries, unopened))
}

/// The entry of one interaction; `None` too where its row does not open any more.
pub(crate) fn of(
    connection: &Connection,
    sealer: &Sealer,
    key: &InteractionKey,
) -> Result<Option<HistoryEntry>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM history WHERE key = ?1");
    let entry = connection
        .prepare_cached(&sql)?
        .query_row([key_hash(sealer, key)], |row| read(row, sealer))
        .optional()?;
    Ok(entry.flatten())
}

/// Deletes the entries whose customer this connection knew.
pub(crate) fn erase_connection(
    connection: &Connection,
    sealer: &Sealer,
    id: &ConnectionId,
) -> Result<(), StoreError> {
    let all = HistoryQuery {
        since: Moment::from_micros(i64::MIN),
        limit: usize::MAX,
        text: None,
        channel: None,
    };
    let (entries, _) = find(connection, sealer, &all)?;
    let is_of = |entry: &HistoryEntry| {
        let record = entry.record.as_ref();
        record.is_some_and(|record| record.connection == *id)
    };
    let mut statement = connection.prepare_cached("DELETE FROM history WHERE key = ?1")?;
    for entry in entries.iter().filter(|entry| is_of(entry)) {
        statement.execute([key_hash(sealer, &entry.key)])?;
    }
    Ok(())
}

/// The row of an interaction.
pub(crate) fn row_of(
    connection: &Connection,
    sealer: &Sealer,
    key: &InteractionKey,
) -> Result<Option<i64>, StoreError> {
    Ok(connection
        .prepare_cached("SELECT row FROM history WHERE key = ?1")?
        .query_row([key_hash(sealer, key)], |row| row.get(0))
        .optional()?)
}

pub(crate) fn key_hash(sealer: &Sealer, key: &InteractionKey) -> [u8; 32] {
    sealer.hash_of(&[b"interaction", key.source.as_bytes(), key.id.as_bytes()])
}

pub(crate) fn record_hash(sealer: &Sealer, record: &RecordRef) -> [u8; 32] {
    let kind: &[u8] = match record.kind {
        RecordKind::Customer => b"customer",
        RecordKind::Case => b"case",
        RecordKind::Account => b"account",
    };
    sealer.hash_of(&[
        b"record",
        record.connection.0.as_bytes(),
        kind,
        record.id.as_bytes(),
    ])
}

/// Reads a row; `None` when it does not open or says what no version of ours has written.
fn read(row: &Row<'_>, sealer: &Sealer) -> rusqlite::Result<Option<HistoryEntry>> {
    let key: [u8; 32] = row.get(0)?;
    let moment = |at: usize| -> rusqlite::Result<Option<Moment>> {
        Ok(row.get::<_, Option<i64>>(at)?.map(Moment::from_micros))
    };
    let text = |at: usize| {
        row.get_ref(at)
            .map(|value| value.as_str().unwrap_or_default())
    };
    let sealed = row.get_ref(10)?.as_blob().unwrap_or_default();
    let Some(personal) = sealer
        .open(TABLE, &key, sealed)
        .ok()
        .and_then(|bytes| Personal::read(&bytes))
    else {
        return Ok(None);
    };
    let (Some(channel), Some(direction), Some(phase), Some(outcome)) = (
        Channel::parse(text(2)?),
        Direction::parse(text(3)?),
        parse(&Phase::ALL, text(4)?),
        parse(&MatchOutcome::ALL, text(5)?),
    ) else {
        return Ok(None);
    };
    Ok(Some(HistoryEntry {
        key: InteractionKey {
            source: personal.source,
            id: personal.id,
        },
        at: Moment::from_micros(row.get(1)?),
        channel,
        direction,
        phase,
        outcome,
        opened: row.get(6)?,
        offered: moment(7)?,
        accepted: moment(8)?,
        ended: moment(9)?,
        name: personal.name,
        reason: personal.reason,
        queue: personal.queue,
        record: personal.record.map(RecordRef::from),
        case: personal.case,
        tier: personal.tier,
        language: personal.language,
        follow_up: personal
            .follow_up
            .and_then(|word| parse(&FollowUp::ALL, &word)),
        not_logged: personal.not_logged,
    }))
}

fn says(entry: &HistoryEntry, text: &str) -> bool {
    [
        entry.name.as_deref(),
        entry.reason.as_deref(),
        entry.queue.as_deref(),
        entry.record.as_ref().map(|record| record.id.as_str()),
        Some(entry.key.id.as_str()),
    ]
    .into_iter()
    .flatten()
    .any(|field| field.to_lowercase().contains(text))
}

pub(crate) fn word<T: Copy + PartialEq>(all: &[(T, &'static str)], wanted: T) -> &'static str {
    all.iter()
        .find(|(value, _)| *value == wanted)
        .map_or("", |(_, word)| *word)
}

pub(crate) fn parse<T: Copy>(all: &[(T, &'static str)], wanted: &str) -> Option<T> {
    all.iter()
        .find(|(_, word)| *word == wanted)
        .map(|(value, _)| *value)
}
