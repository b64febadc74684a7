//! The sealed part of a line of the audit, as JSON; and a whole line, as it is written out.
//!
//! The types of the audit itself are deliberately not serialisable: this form is the file's and
//! changes only with its version.

use pop_core::interaction::InteractionKey;
use pop_core::profile::{ConnectionId, RecordKind, RecordRef};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::audit::{AuditItem, AuditObject, KeptAudit, Told};

#[derive(Serialize, Deserialize)]
struct Sealed {
    who: String,
    from: String,
    object: Option<SealedObject>,
    interaction: Option<(String, String)>,
    /// Not in lines of version 1.
    #[serde(default)]
    item: Option<(String, String)>,
}

#[derive(Serialize, Deserialize)]
enum SealedObject {
    Customer(String, String),
    Case(String, String),
    Account(String, String),
    Named(String),
}

impl Told {
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let sealed = Sealed {
            who: self.who.clone(),
            from: self.from.clone(),
            object: self.object.as_ref().map(SealedObject::from),
            interaction: self
                .interaction
                .as_ref()
                .map(|key| (key.source.clone(), key.id.clone())),
            item: self
                .item
                .as_ref()
                .map(|item| (item.id.clone(), item.what.clone())),
        };
        // Texts always have a form in JSON.
        serde_json::to_vec(&sealed).unwrap_or_default()
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice::<Sealed>(bytes).ok().map(Self::from)
    }
}

impl KeptAudit {
    /// The line as it is written out for other programs.
    pub fn json(&self) -> Value {
        let told = self.told.as_ref();
        let interaction = told.and_then(|told| told.interaction.as_ref());
        let item = told.and_then(|told| told.item.as_ref());
        let object = told.and_then(|told| told.object.as_ref());
        json!({
            "number": self.number,
            "at": self.at.rfc3339(),
            "action": self.action.word(),
            "outcome": self.outcome.word(),
            "code": self.code,
            "who": told.map(|told| &told.who),
            "from": told.map(|told| &told.from),
            "object": object.map(written_out),
            "interaction": interaction.map(|key| json!({ "source": key.source, "id": key.id })),
            "item": item.map(|item| json!({ "id": item.id, "what": item.what })),
        })
    }
}

fn written_out(object: &AuditObject) -> Value {
    match object {
        AuditObject::Named(name) => json!({ "kind": "named", "id": name }),
        AuditObject::Record(record) => {
            let kind = match record.kind {
                RecordKind::Customer => "customer",
                RecordKind::Case => "case",
                RecordKind::Account => "account",
            };
            json!({ "kind": kind, "connection": record.connection.0, "id": record.id })
        }
    }
}

impl From<Sealed> for Told {
    fn from(sealed: Sealed) -> Self {
        Self {
            who: sealed.who,
            from: sealed.from,
            object: sealed.object.map(AuditObject::from),
            interaction: sealed
                .interaction
                .map(|(source, id)| InteractionKey { source, id }),
            item: sealed.item.map(|(id, what)| AuditItem { id, what }),
        }
    }
}

impl From<&AuditObject> for SealedObject {
    fn from(object: &AuditObject) -> Self {
        match object {
            AuditObject::Named(name) => Self::Named(name.clone()),
            AuditObject::Record(record) => {
                let (connection, id) = (record.connection.0.clone(), record.id.clone());
                match record.kind {
                    RecordKind::Customer => Self::Customer(connection, id),
                    RecordKind::Case => Self::Case(connection, id),
                    RecordKind::Account => Self::Account(connection, id),
                }
            }
        }
    }
}

impl From<SealedObject> for AuditObject {
    fn from(object: SealedObject) -> Self {
        let record = |kind, connection, id| {
            Self::Record(RecordRef {
                connection: ConnectionId(connection),
                kind,
                id,
            })
        };
        match object {
            SealedObject::Customer(connection, id) => record(RecordKind::Customer, connection, id),
            SealedObject::Case(connection, id) => record(RecordKind::Case, connection, id),
            SealedObject::Account(connection, id) => record(RecordKind::Account, connection, id),
            SealedObject::Named(name) => Self::Named(name),
        }
    }
}
