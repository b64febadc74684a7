//! Writing a request: names into the places of a path, a query, headers and JSON.
//!
//! Security rules T4, T5, T7 and T9. The place decides how a value is escaped; nothing in a
//! definition can. A name without a value gives no request, and says which name.

use std::collections::BTreeSet;
use std::sync::Arc;

use pop_core::template::{self, Name, Part, Template};
use pop_core::text::check_value;
use serde_json::{Map, Value};

use crate::language::dialect::{Bare, Dialect};
use crate::language::json::Json;
use crate::language::text::Text;
use crate::run::names::Names;
use crate::run::values;

/// Why something cannot be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Unwritten {
    /// A name has no value.
    Missing(String),
    /// A value cannot be said in this place.
    Unsafe,
}

/// Writes with the names and texts that are in reach.
pub(crate) struct Writer<'w> {
    pub(crate) names: &'w Names,
    /// Texts of the request, of what it belongs to, of the definition: nearest first.
    pub(crate) texts: [&'w [(String, Text)]; 3],
    /// Names of fields, which go into a query language as they are.
    pub(crate) fields: &'w BTreeSet<String>,
}

/// A written text, and which language it is in.
struct Piece<'w> {
    text: String,
    dialect: Option<&'w Arc<Dialect>>,
}

/// Names whose values have passed `[ids].pattern`, and the uuid, which is ours.
const IDS: &[&str] = &["id", "customer.id", "case.id", "account.id", "item.uuid"];
/// Names whose values are digits.
const DIGITS: &[&str] = &[
    "phone.digits",
    "phone.national",
    "phone.last7",
    "phone.last10",
];

impl<'w> Writer<'w> {
    /// A template whose values go in as they are; `None` when an optional name has no value.
    pub(crate) fn plain(&self, template: &Template) -> Result<Option<String>, Unwritten> {
        let mut text = String::new();
        for part in template.parts() {
            match part {
                Part::Text(fixed) => text.push_str(fixed),
                Part::Name(name) => match self.value_text(name.path()) {
                    Ok(value) => text.push_str(&value),
                    Err(Unwritten::Missing(_)) if name.is_optional() => return Ok(None),
                    Err(fault) => return Err(fault),
                },
            }
        }
        Ok(Some(text))
    }

    /// A text, as the value of a query parameter or a form field.
    pub(crate) fn text(&self, text: &'w Text) -> Result<Option<String>, Unwritten> {
        Ok(self.piece(text, 0)?.map(|piece| piece.text))
    }

    /// A path: every value is part of one segment.
    pub(crate) fn path(&self, parts: &[Part]) -> Result<String, Unwritten> {
        let mut path = String::new();
        for part in parts {
            match part {
                Part::Text(fixed) => path.push_str(fixed),
                Part::Name(name) => {
                    let value = self.value_text(name.path())?;
                    check_value(&value).map_err(|_| Unwritten::Unsafe)?;
                    template::encode_into(&mut path, &value);
                }
            }
        }
        Ok(path)
    }

    /// `name=value` pairs, encoded; a pair whose optional name has no value is left out.
    pub(crate) fn pairs(&self, pairs: &'w [(String, Text)]) -> Result<Vec<String>, Unwritten> {
        let mut written = Vec::new();
        for (name, text) in pairs {
            if let Some(value) = self.text(text)? {
                let (name, value) = (template::encode(name), template::encode(&value));
                written.push(format!("{name}={value}"));
            }
        }
        Ok(written)
    }

    /// A JSON tree; `None` when the member is to be left out.
    pub(crate) fn json(&self, json: &Json) -> Result<Option<Value>, Unwritten> {
        match json {
            Json::Fixed(value) => Ok(Some(value.clone())),
            Json::Text(template) => Ok(self.plain(template)?.map(Value::String)),
            Json::Place(name) => self.placed(name),
            Json::Object(members) => {
                let mut object = Map::new();
                for (key, json) in members {
                    if let Some(value) = self.json(json)? {
                        object.insert(key.clone(), value);
                    }
                }
                Ok(Some(Value::Object(object)))
            }
            Json::List(items) => {
                let mut list = Vec::new();
                for json in items {
                    list.extend(self.json(json)?);
                }
                Ok(Some(Value::Array(list)))
            }
        }
    }

    fn placed(&self, name: &Name) -> Result<Option<Value>, Unwritten> {
        let value = if name.root() == "text" {
            self.value_text(name.path()).map(Value::String)
        } else {
            self.value(name.path()).cloned()
        };
        match value {
            Ok(value) => Ok(Some(value)),
            Err(Unwritten::Missing(_)) if name.is_optional() => Ok(None),
            Err(fault) => Err(fault),
        }
    }

    /// The value of a name as text: numbers keep their digits, lists and objects have no text.
    pub(crate) fn value_text(&self, path: &str) -> Result<String, Unwritten> {
        if path.starts_with("text.") {
            return self.shared(path, 0).map(|piece| piece.text);
        }
        match self.value(path)? {
            Value::String(text) => Ok(text.clone()),
            Value::Number(number) => Ok(number.to_string()),
            Value::Bool(switch) => Ok(switch.to_string()),
            Value::Null | Value::Array(_) | Value::Object(_) => Err(Unwritten::Unsafe),
        }
    }

    /// Checks every value that these names place through texts; the name of one that holds what
    /// may not stand in a link.
    pub(crate) fn check_within_texts<'n>(
        &self,
        names: impl Iterator<Item = &'n Name>,
    ) -> Result<(), String> {
        let mut left = names.map(|name| name.path().to_owned()).collect::<Vec<_>>();
        let mut seen = BTreeSet::new();
        while let Some(path) = left.pop() {
            if !seen.insert(path.clone()) {
                continue;
            }
            if let Some(name) = path.strip_prefix("text.") {
                let text = self
                    .texts
                    .into_iter()
                    .flatten()
                    .find(|(known, _)| known == name);
                let names = text.into_iter().flat_map(|(_, text)| text.names());
                left.extend(names.map(|name| name.path().to_owned()));
                continue;
            }
            let texts = self.value(&path).map(values::texts).unwrap_or_default();
            if texts.iter().any(|text| check_value(text).is_err()) {
                return Err(path);
            }
        }
        Ok(())
    }

    fn value(&self, path: &str) -> Result<&'w Value, Unwritten> {
        self.names
            .get(path)
            .ok_or_else(|| Unwritten::Missing(path.to_owned()))
    }

    fn shared(&self, path: &str, depth: usize) -> Result<Piece<'w>, Unwritten> {
        let missing = || Unwritten::Missing(path.to_owned());
        let name = path.strip_prefix("text.").ok_or_else(missing)?;
        let texts = self.texts.into_iter().flatten();
        let (_, text) = texts
            .into_iter()
            .find(|(known, _)| known == name)
            .ok_or_else(missing)?;
        // Circles are refused at load; this only keeps a mistake of ours from being endless.
        if depth > 32 {
            return Err(missing());
        }
        self.piece(text, depth + 1)?.ok_or_else(missing)
    }

    fn piece(&self, text: &'w Text, depth: usize) -> Result<Option<Piece<'w>>, Unwritten> {
        match text {
            Text::Plain(template) => Ok(self.plain(template)?.map(|text| Piece {
                text,
                dialect: None,
            })),
            Text::Query(dialect, template) => {
                let text = self.in_dialect(dialect, template, depth)?;
                Ok(text.map(|text| Piece {
                    text,
                    dialect: Some(dialect),
                }))
            }
            Text::Members(dialect, members) => {
                let mut written = Vec::new();
                for (name, template) in members {
                    let value = self.in_dialect(dialect, template, depth)?;
                    written.extend(value.map(|value| format!("{name}={value}")));
                }
                let join = dialect.join.as_deref().unwrap_or_default();
                Ok(Some(Piece {
                    text: written.join(join),
                    dialect: Some(dialect),
                }))
            }
            Text::Address { path, query } => {
                let mut text = self.path(path.parts())?;
                let pairs = self.pairs(query)?;
                if !pairs.is_empty() {
                    text.push('?');
                    text.push_str(&pairs.join("&"));
                }
                Ok(Some(Piece {
                    text,
                    dialect: None,
                }))
            }
        }
    }

    fn in_dialect(
        &self,
        dialect: &'w Arc<Dialect>,
        template: &Template,
        depth: usize,
    ) -> Result<Option<String>, Unwritten> {
        let mut text = String::new();
        for part in template.parts() {
            let name = match part {
                Part::Text(fixed) => {
                    text.push_str(fixed);
                    continue;
                }
                Part::Name(name) => name,
            };
            match self.literal(dialect, name.path(), depth) {
                Ok(literal) => text.push_str(&literal),
                Err(Unwritten::Missing(_)) if name.is_optional() => return Ok(None),
                Err(fault) => return Err(fault),
            }
        }
        Ok(Some(text))
    }

    fn literal(
        &self,
        dialect: &'w Arc<Dialect>,
        path: &str,
        depth: usize,
    ) -> Result<String, Unwritten> {
        if path.starts_with("text.") {
            let piece = self.shared(path, depth)?;
            let is_same = piece.dialect.is_some_and(|own| own.name == dialect.name);
            return if is_same {
                Ok(piece.text)
            } else {
                dialect
                    .write(&Value::String(piece.text), None)
                    .map_err(|_| Unwritten::Unsafe)
            };
        }
        if self.fields.contains(path) {
            return self.value_text(path);
        }
        let bare = if IDS.contains(&path) {
            Some(Bare::Id)
        } else if DIGITS.contains(&path) {
            Some(Bare::Digits)
        } else {
            None
        };
        dialect
            .write(self.value(path)?, bare)
            .map_err(|_| Unwritten::Unsafe)
    }
}
