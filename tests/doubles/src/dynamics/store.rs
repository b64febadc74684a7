//! The rows of an environment.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use super::fault::Fault;
use super::schema::{Entity, entities};

pub(super) type Row = Map<String, Value>;

/// The time of every change after the seed.
pub(super) const NOW: &str = "2026-09-15T12:00:00Z";
/// Which version of a row this is; never shown under this name.
pub(super) const VERSION: &str = "#version";
/// Which table a lookup's value is of: stands behind the lookup's name.
pub(super) const TABLE_OF: &str = "#table";

pub(super) struct Store {
    pub(super) entities: Vec<Entity>,
    rows: BTreeMap<&'static str, Vec<Row>>,
    changes: u64,
    pub(super) agent: String,
}

impl Default for Store {
    fn default() -> Self {
        Self {
            entities: entities(),
            rows: BTreeMap::new(),
            changes: 0,
            agent: String::new(),
        }
    }
}

impl Store {
    pub(super) fn entity(&self, name: &str) -> Option<&Entity> {
        self.entities.iter().find(|entity| entity.name == name)
    }

    pub(super) fn of_set(&self, set: &str) -> Result<&Entity, Fault> {
        let mut entities = self.entities.iter();
        let found = entities.find(|entity| entity.set == set);
        found.ok_or_else(|| Fault::no_set(set))
    }

    /// The rows of a table; the pointers are the rows of all kinds of activity.
    pub(super) fn rows<'s>(&'s self, entity: &'s Entity) -> Box<dyn Iterator<Item = &'s Row> + 's> {
        if entity.name == "activitypointer" {
            let kinds = self.entities.iter().filter(|kind| kind.is_activity());
            let rows = kinds.filter_map(|kind| self.rows.get(kind.name));
            return Box::new(rows.flatten());
        }
        Box::new(self.rows.get(entity.name).into_iter().flatten())
    }

    pub(super) fn row<'s>(&'s self, entity: &'s Entity, id: &str) -> Option<&'s Row> {
        let mut rows = self.rows(entity);
        rows.find(|row| text(row, entity.key).eq_ignore_ascii_case(id))
    }

    /// The row that has this value in its alternate key.
    pub(super) fn row_by_key<'s>(&'s self, entity: &'s Entity, value: &str) -> Option<&'s Row> {
        let mut rows = self.rows(entity);
        rows.find(|row| text(row, entity.alternate_key).eq_ignore_ascii_case(value))
    }

    /// Adds a row, under its own id if it has one.
    pub(super) fn add(&mut self, entity: &str, mut row: Row) -> String {
        self.changes += 1;
        let Some(entity) = self.entities.iter().find(|known| known.name == entity) else {
            return String::new();
        };
        let (name, key, is_activity) = (entity.name, entity.key, entity.is_activity());
        let id = match text(&row, key) {
            "" => guid(&format!("{name}/{}", self.changes)),
            own => own.to_lowercase(),
        };
        row.insert(key.into(), json!(id));
        row.insert(VERSION.into(), json!(self.changes));
        if is_activity {
            row.insert("activitytypecode".into(), json!(name));
        }
        for column in ["createdon", "modifiedon"] {
            row.entry(column).or_insert_with(|| json!(NOW));
        }
        self.rows.entry(name).or_default().push(row);
        id
    }

    /// Changes a row and makes it a new version.
    pub(super) fn change(&mut self, entity: &str, id: &str, changes: Row) {
        self.changes += 1;
        let key = self.entity(entity).map_or("", |entity| entity.key);
        let version = self.changes;
        let rows = self.rows.iter_mut().filter(|(name, _)| **name == entity);
        let mut rows = rows.flat_map(|(_, rows)| rows);
        if let Some(row) = rows.find(|row| text(row, key).eq_ignore_ascii_case(id)) {
            row.extend(changes);
            row.insert("modifiedon".into(), json!(NOW));
            row.insert(VERSION.into(), json!(version));
        }
    }
}

/// A column's text; empty when it has none.
pub(super) fn text<'r>(row: &'r Row, column: &str) -> &'r str {
    row.get(column).and_then(Value::as_str).unwrap_or_default()
}

/// The tag of a row's version.
pub(super) fn etag(row: &Row) -> String {
    let version = row.get(VERSION).and_then(Value::as_u64).unwrap_or_default();
    format!("W/\"{version}\"")
}

fn guid(seed: &str) -> String {
    let digest = Sha256::digest(seed);
    let number = digest.iter().take(16);
    let number = number.fold(0_u128, |number, byte| number << 8 | u128::from(*byte));
    let hex = format!("{number:032x}");
    let part = |from: usize, to: usize| hex.get(from..to).unwrap_or_default();
    format!(
        "{}-{}-4{}-8{}-{}",
        part(0, 8),
        part(8, 12),
        part(13, 16),
        part(17, 20),
        part(20, 32)
    )
}
