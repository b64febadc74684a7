//! What is sealed of the history's entries: whatever tells of a person.
//!
//! Fields that came later are optional, so that what an older version sealed still opens.

use pop_core::life::FollowUp;
use pop_core::profile::{ConnectionId, RecordKind, RecordRef};
use serde::{Deserialize, Serialize};

use crate::history::{HistoryEntry, word};

/// What is sealed of an entry.
#[derive(Serialize, Deserialize)]
pub(crate) struct Personal {
    pub(crate) source: String,
    pub(crate) id: String,
    pub(crate) name: Option<String>,
    pub(crate) reason: Option<String>,
    pub(crate) queue: Option<String>,
    pub(crate) record: Option<PersonalRecord>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) case: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) tier: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) language: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) follow_up: Option<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) not_logged: bool,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct PersonalRecord {
    connection: String,
    pub(crate) case: bool,
    #[serde(default)]
    account: bool,
    pub(crate) id: String,
}

impl Personal {
    pub(crate) fn bytes_of(entry: &HistoryEntry) -> Vec<u8> {
        let personal = Self {
            source: entry.key.source.clone(),
            id: entry.key.id.clone(),
            name: entry.name.clone(),
            reason: entry.reason.clone(),
            queue: entry.queue.clone(),
            record: entry.record.as_ref().map(|record| PersonalRecord {
                connection: record.connection.0.clone(),
                case: record.kind == RecordKind::Case,
                account: record.kind == RecordKind::Account,
                id: record.id.clone(),
            }),
            case: entry.case.clone(),
            tier: entry.tier.clone(),
            language: entry.language.clone(),
            follow_up: entry
                .follow_up
                .map(|why| word(&FollowUp::ALL, why).to_owned()),
            not_logged: entry.not_logged,
        };
        // Texts and flags always have a form in JSON.
        serde_json::to_vec(&personal).unwrap_or_default()
    }

    /// Reads it; `None` when no version of ours has written it.
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }
}

impl From<PersonalRecord> for RecordRef {
    fn from(record: PersonalRecord) -> Self {
        Self {
            connection: ConnectionId(record.connection),
            kind: if record.case {
                RecordKind::Case
            } else if record.account {
                RecordKind::Account
            } else {
                RecordKind::Customer
            },
            id: record.id,
        }
    }
}
