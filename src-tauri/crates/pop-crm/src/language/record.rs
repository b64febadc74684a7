//! What one hit means to us: `[customer]`, `[case]`, `[activity]` and the `map` of one request.
//!
//! How values are read into our types is in `run::record`.

use std::sync::Arc;

use crate::file::section::Section;
use crate::file::tree::{Node, Place, Table, join};
use crate::language::names::{Needs, Reach};
use crate::language::reading::Reading;

/// The keys of `[customer]`.
pub(crate) const CUSTOMER: &[&str] = &[
    "id",
    "type",
    "name",
    "emails",
    "phones",
    "company",
    "account.id",
    "tier",
    "vip",
    "language",
    "region",
    "owner",
    "link",
    "open_cases",
    "also",
    "cases",
    "activities",
];
/// The keys of `[case]`.
pub(crate) const CASE: &[&str] = &[
    "id", "number", "subject", "status", "open", "priority", "created", "updated", "due", "owner",
    "link", "stamp",
];
/// The keys of `[activity]`.
pub(crate) const ACTIVITY: &[&str] = &["id", "kind", "subject", "at", "text", "outcome", "agent"];

/// How one kind of record is read from one hit.
#[derive(Clone, Debug, Default)]
pub(crate) struct RecordMap {
    pub(crate) fields: Vec<(&'static str, Arc<Reading>)>,
    pub(crate) extra: Vec<Arc<Extra>>,
    pub(crate) keep: Vec<(String, Arc<Reading>)>,
}

/// A further fact of a customer.
#[derive(Debug)]
pub(crate) struct Extra {
    pub(crate) name: String,
    pub(crate) label: String,
    pub(crate) masked: bool,
    pub(crate) value: Reading,
}

impl RecordMap {
    pub(crate) fn get(&self, key: &str) -> Option<&Reading> {
        self.fields
            .iter()
            .find(|(name, _)| *name == key)
            .map(|(_, reading)| reading.as_ref())
    }

    /// This map with the keys of a section added or replaced.
    pub(crate) fn with(
        &self,
        section: Section<'_>,
        keys: &'static [&'static str],
        reach: &Reach<'_>,
    ) -> Self {
        let mut map = self.clone();
        let row = reach.and(&["it"]);
        for key in keys {
            let reading = match key.split_once('.') {
                None => Reading::at(&section, key, &row),
                Some((outer, inner)) => section.section(outer).and_then(|section| {
                    let reading = Reading::at(&section, inner, &row);
                    section.finish();
                    reading
                }),
            };
            if let Some(reading) = reading {
                map.set(key, Arc::new(reading));
            }
        }
        if keys.contains(&"also") {
            map.read_extra(&section, &row);
            map.read_keep(&section, &row);
        }
        section.finish();
        map
    }

    fn set(&mut self, key: &'static str, reading: Arc<Reading>) {
        match self.fields.iter_mut().find(|(name, _)| *name == key) {
            Some((_, old)) => *old = reading,
            None => self.fields.push((key, reading)),
        }
    }

    fn read_extra(&mut self, section: &Section<'_>, row: &Reach<'_>) {
        let Some(section) = section.section("extra") else {
            return;
        };
        for (name, section) in section.sections() {
            let value = section
                .need_text("value")
                .and_then(|spot| Reading::within(&section, "value", spot, row));
            let label = section
                .text("label")
                .map_or(name, |spot| spot.text)
                .to_owned();
            let masked = section.switch("mask").unwrap_or(false);
            section.finish();
            if let Some(value) = value {
                self.extra.retain(|extra| extra.name != name);
                self.extra.push(Arc::new(Extra {
                    name: name.to_owned(),
                    label,
                    masked,
                    value,
                }));
            }
        }
    }

    fn read_keep(&mut self, section: &Section<'_>, row: &Reach<'_>) {
        let Some(section) = section.section("keep") else {
            return;
        };
        for (name, _) in section.members() {
            let Some(reading) = Reading::at(&section, name, row) else {
                continue;
            };
            self.keep.retain(|(known, _)| known != name);
            self.keep.push((name.to_owned(), Arc::new(reading)));
        }
    }

    pub(crate) fn needs(&self, reach: &Reach<'_>) -> Needs {
        let fields = self.fields.iter().map(|(_, reading)| reading.as_ref());
        let keep = self.keep.iter().map(|(_, reading)| reading.as_ref());
        let extra = self.extra.iter().map(|extra| &extra.value);
        reach.needs(fields.chain(keep).chain(extra).flat_map(Reading::paths))
    }

    /// Every key that this map fills, as an example counts them, with its place.
    pub(crate) fn keys(&self) -> Vec<(String, Place)> {
        let fields = self
            .fields
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.place));
        let extra = self
            .extra
            .iter()
            .map(|extra| (join("extra", &extra.name), extra.value.place));
        let keep = self
            .keep
            .iter()
            .map(|(name, value)| (join("keep", name), value.place));
        fields.chain(extra).chain(keep).collect()
    }
}

/// The names that `[customer]` and every find's `map` keep for later requests.
pub(crate) fn kept_names(root: &Table) -> Vec<String> {
    let customer = root.get("customer").and_then(Node::table);
    let maps = ["find", "search"]
        .iter()
        .filter_map(|family| root.get(family)?.table());
    let maps = maps
        .flat_map(Table::iter)
        .filter_map(|(_, find)| find.table()?.get("map")?.table());
    customer
        .into_iter()
        .chain(maps)
        .filter_map(|map| map.get("keep")?.table())
        .flat_map(|keep| keep.iter().map(|(name, _)| name.to_owned()))
        .collect()
}
