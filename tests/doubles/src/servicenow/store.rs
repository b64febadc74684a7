//! The rows of an instance, and how somebody sees them: not every row, not every field.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use super::schema::{Kind, display_field, is_a, kind};

/// Every value is a text.
pub(super) type Row = BTreeMap<String, String>;

/// The time of every change after the seed.
pub(super) const NOW: &str = "2026-09-15 12:00:00";

#[derive(Default)]
pub(super) struct Store {
    pub(super) rows: Vec<Row>,
    pub(super) host: String,
    /// Ids of rows that access rules hide.
    pub(super) hidden_rows: Vec<String>,
    /// Fields that access rules hide, in every table.
    pub(super) hidden_fields: Vec<String>,
}

impl Store {
    /// Adds a row under a new id.
    pub(super) fn add(&mut self, class: &str, mut row: Row) -> String {
        let seed = format!("{class}/{}", self.rows.len());
        let digest = Sha256::digest(seed);
        let number = digest.iter().take(16);
        let number = number.fold(0_u128, |number, byte| number << 8 | u128::from(*byte));
        let id = format!("{number:032x}");
        row.insert("sys_id".into(), id.clone());
        row.insert("sys_class_name".into(), class.into());
        for field in ["sys_created_on", "sys_updated_on"] {
            row.entry(field.into()).or_insert_with(|| NOW.into());
        }
        self.rows.push(row);
        id
    }

    pub(super) fn row(&self, table: &str, id: &str) -> Option<&Row> {
        let mut rows = self.rows.iter();
        rows.find(|row| is_a(text(row, "sys_class_name"), table) && text(row, "sys_id") == id)
    }

    pub(super) fn row_mut(&mut self, table: &str, id: &str) -> Option<&mut Row> {
        let mut rows = self.rows.iter_mut();
        rows.find(|row| is_a(text(row, "sys_class_name"), table) && text(row, "sys_id") == id)
    }

    /// The rows of a table and of those that extend it.
    pub(super) fn of<'s>(&'s self, table: &'s str) -> impl Iterator<Item = &'s Row> {
        let rows = self.rows.iter();
        rows.filter(move |row| is_a(text(row, "sys_class_name"), table))
    }

    pub(super) fn is_visible(&self, row: &Row) -> bool {
        !self.hidden_rows.iter().any(|id| id == text(row, "sys_id"))
    }
}

/// A field's value; empty when it has none.
pub(super) fn text<'r>(row: &'r Row, field: &str) -> &'r str {
    row.get(field).map(String::as_str).unwrap_or_default()
}

/// What `sysparm_display_value` asks for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    Raw,
    Label,
    Both,
}

/// Reads rows as one user.
#[derive(Clone, Copy)]
pub(super) struct Reader<'s>(pub(super) &'s Store);

impl<'s> Reader<'s> {
    /// The kind of a field that may stand behind references; `None` when there is none to be seen.
    pub(super) fn kind(self, table: &str, path: &str) -> Option<Kind> {
        let (name, rest) = path
            .split_once('.')
            .map_or((path, None), |(name, rest)| (name, Some(rest)));
        if self.0.hidden_fields.iter().any(|hidden| hidden == name) {
            return None;
        }
        match (kind(table, name)?, rest) {
            (kind, None) => Some(kind),
            (Kind::Ref(target), Some(rest)) => self.kind(&target, rest),
            (Kind::Text | Kind::Bool | Kind::Time | Kind::Journal | Kind::Choice(_), Some(_)) => {
                None
            }
        }
    }

    /// The raw value at the end of a path.
    pub(super) fn raw(self, row: &'s Row, path: &str) -> String {
        match path.split_once('.') {
            None => text(row, path).to_owned(),
            Some((name, rest)) => {
                let target = self.target(text(row, name));
                target.map(|row| self.raw(row, rest)).unwrap_or_default()
            }
        }
    }

    fn target(self, id: &str) -> Option<&'s Row> {
        let mut rows = self.0.rows.iter();
        rows.find(|row| !id.is_empty() && text(row, "sys_id") == id)
    }

    /// A row as it is written out; a field that there is not, or that is hidden, is left out.
    pub(super) fn record(
        self,
        table: &str,
        row: &'s Row,
        names: &[String],
        shown: Shown,
        links: bool,
    ) -> Value {
        let mut record = Map::new();
        for name in names {
            if let Some(kind) = self.kind(table, name) {
                record.insert(
                    name.clone(),
                    self.value(&kind, &self.raw(row, name), row, shown, links),
                );
            }
        }
        Value::Object(record)
    }

    fn value(self, kind: &Kind, raw: &str, row: &Row, shown: Shown, links: bool) -> Value {
        let label = self.label(kind, raw, row);
        let raw = if *kind == Kind::Journal { "" } else { raw };
        let link = match kind {
            Kind::Ref(table) if links && !raw.is_empty() => Some(format!(
                "https://{}/api/now/table/{table}/{raw}",
                self.0.host
            )),
            Kind::Ref(_)
            | Kind::Text
            | Kind::Bool
            | Kind::Time
            | Kind::Journal
            | Kind::Choice(_) => None,
        };
        match (shown, link) {
            (Shown::Raw, None) => json!(raw),
            (Shown::Raw, Some(link)) => json!({ "link": link, "value": raw }),
            (Shown::Label, None) => json!(label),
            (Shown::Label, Some(link)) => json!({ "display_value": label, "link": link }),
            (Shown::Both, None) => json!({ "display_value": label, "value": raw }),
            (Shown::Both, Some(link)) => {
                json!({ "display_value": label, "value": raw, "link": link })
            }
        }
    }

    /// What a person is shown: labels, names, and times the user's way.
    fn label(self, kind: &Kind, raw: &str, row: &Row) -> String {
        match kind {
            Kind::Text | Kind::Bool => raw.to_owned(),
            Kind::Journal if raw.is_empty() => String::new(),
            Kind::Journal => format!(
                "{} - Sam Agent (Work notes)\n{raw}\n\n",
                text(row, "sys_updated_on")
            ),
            Kind::Time => shown_time(raw),
            Kind::Choice(choices) => {
                let mut choices = choices.iter();
                let label = choices.find(|(value, _)| value == raw);
                label.map_or(raw, |(_, label)| label).to_owned()
            }
            Kind::Ref(_) => self
                .target(raw)
                .map(|row| text(row, display_field(text(row, "sys_class_name"))).to_owned())
                .unwrap_or_default(),
        }
    }
}

/// `2026-09-15 12:00:00` as `15/09/2026 14:00:00` would be shown: day first.
fn shown_time(raw: &str) -> String {
    let (date, time) = raw.split_once(' ').unwrap_or((raw, ""));
    let parts = date.split('-').rev().collect::<Vec<_>>();
    format!("{} {time}", parts.join("/")).trim().to_owned()
}
