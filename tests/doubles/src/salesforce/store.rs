//! The org's records.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

pub(super) type Row = Map<String, Value>;

#[derive(Clone, Default)]
pub(super) struct Store {
    rows: BTreeMap<String, Vec<Row>>,
    made: u64,
    /// What the search index has not seen yet.
    fresh: BTreeSet<String>,
}

/// The time of every change after the seed.
pub(super) const NOW: &str = "2026-09-15T12:00:00.000+0000";

impl Store {
    pub(super) fn rows(&self, object: &str) -> impl Iterator<Item = &Row> {
        self.rows.get(object).into_iter().flatten()
    }

    pub(super) fn row(&self, object: &str, id: &str) -> Option<&Row> {
        self.rows(object)
            .find(|row| is_same_id(&text(row, "Id"), id))
    }

    pub(super) fn row_mut(&mut self, object: &str, id: &str) -> Option<&mut Row> {
        let mut rows = self.rows.get_mut(object).into_iter().flatten();
        rows.find(|row| is_same_id(&text(row, "Id"), id))
    }

    /// Adds a record under a new id.
    pub(super) fn add(&mut self, object: &str, prefix: &str, mut row: Row) -> String {
        self.made += 1;
        let id = long_id(&format!(
            "{prefix}5g00000{:02}A{:02}",
            self.made / 100,
            self.made % 100
        ));
        row.insert("Id".into(), json!(id));
        for field in ["CreatedDate", "LastModifiedDate"] {
            row.entry(field).or_insert_with(|| json!(NOW));
        }
        self.rows.entry(object.to_owned()).or_default().push(row);
        self.fresh.insert(id.clone());
        id
    }

    pub(super) fn is_indexed(&self, row: &Row) -> bool {
        !self.fresh.contains(&text(row, "Id"))
    }

    /// Lets the search index see everything.
    pub(super) fn index(&mut self) {
        self.fresh.clear();
    }

    pub(super) fn made(&self) -> u64 {
        self.made
    }
}

/// A field's text; empty when it has none.
pub(super) fn text(row: &Row, field: &str) -> String {
    let value = row.get(field).and_then(Value::as_str);
    value.unwrap_or_default().to_owned()
}

/// Ids of 15 and 18 signs name the same record.
pub(super) fn is_same_id(one: &str, other: &str) -> bool {
    one.get(..15).is_some() && one.get(..15) == other.get(..15)
}

/// Whether a text has the form of an id.
pub(super) fn is_id(text: &str) -> bool {
    matches!(text.len(), 15 | 18) && text.chars().all(|sign| sign.is_ascii_alphanumeric())
}

/// The long form of an id: three more signs that tell which letters are capitals.
fn long_id(short: &str) -> String {
    const SIGNS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
    let check = short.as_bytes().chunks(5).filter_map(|chunk| {
        let bits = chunk.iter().enumerate();
        let capitals = bits.filter(|(_, sign)| sign.is_ascii_uppercase());
        let at = capitals.map(|(bit, _)| 1_usize << bit).sum::<usize>();
        SIGNS.get(at).map(|sign| char::from(*sign))
    });
    format!("{short}{}", check.collect::<String>())
}
