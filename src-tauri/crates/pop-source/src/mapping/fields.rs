//! The keys of an event that a mapping file may read, and how a file says them.

use std::collections::BTreeMap;
use std::sync::Arc;

use pop_core::file::section::Section;

use crate::mapping::reading::{Position, Reading, reading};

/// The members of an event that a rule reads, by their keys.
pub(super) type Fields = BTreeMap<&'static str, Arc<Reading>>;

/// The keys of an event that may be read; a dot leads into a table.
const FIELDS: &[&str] = &[
    "source",
    "interaction",
    "id",
    "state",
    "what",
    "at",
    "expires",
    "channel",
    "direction",
    "queue",
    "reason",
    "language",
    "summary",
    "offer_timeout",
    "attributes",
    "assurance",
    "note",
    "previous",
    "parent",
    "parties",
    "unanswered",
    "voicemail",
    "held",
    "wrap_up",
];
pub(super) const AGENT: &[&str] = &[
    "agent.id",
    "agent.platform_id",
    "agent.email",
    "agent.name",
    "agent.extension",
];
/// A colleague on one side of a transfer.
const FROM: &[&str] = &[
    "from.id",
    "from.platform_id",
    "from.email",
    "from.name",
    "from.extension",
];
const TO: &[&str] = &[
    "to.id",
    "to.platform_id",
    "to.email",
    "to.name",
    "to.extension",
];
const CUSTOMER: &[&str] = &[
    "customer.id",
    "customer.external_id",
    "customer.email",
    "customer.phone",
    "customer.name",
];
/// Reads every key of an event that stands in a table.
pub(super) fn fields(section: &Section<'_>, position: Position) -> Fields {
    let mut fields = Fields::new();
    for key in FIELDS {
        if let Some(reading) = reading(section, key, position) {
            fields.insert(key, Arc::new(reading));
        }
    }
    let tables = [
        ("agent", AGENT),
        ("customer", CUSTOMER),
        ("from", FROM),
        ("to", TO),
    ];
    for (table, keys) in tables {
        let Some(inner) = section.section(table) else {
            continue;
        };
        for key in keys {
            let member = key.rsplit('.').next().unwrap_or(key);
            if let Some(reading) = reading(&inner, member, position) {
                fields.insert(key, Arc::new(reading));
            }
        }
        inner.finish();
    }
    fields
}
