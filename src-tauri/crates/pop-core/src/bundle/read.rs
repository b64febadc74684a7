//! Reads a bundle's text, and says everything that is wrong with it at once, each with its line.
//!
//! What can be told from the text alone is told here: grammar, schema, rules, names, secrets. The
//! definitions in it are read by `pop-crm`, under the line numbers that [`Embedded`] gives.

use std::collections::BTreeMap;

use jsonschema::error::ValidationErrorKind;
use serde_json::{Map, Value};

use crate::bundle::schema::{NOT_IN_A_BUNDLE, known_keys};
use crate::bundle::{Example, MOST_BYTES, Manifest, PublicKey, Wanted, secrets};
use crate::file::fault::{Faults, LoadFault};
use crate::file::tree::{self, Data, Place, Table};
use crate::moment::Moment;
use crate::settings;

/// A bundle that fits its schema and whose rules can be read.
#[derive(Clone, Debug)]
pub struct Bundle {
    /// What it says of itself.
    pub manifest: Manifest,
    /// The settings that it sets, as a settings file would say them.
    pub settings: Value,
    /// The CRMs that it brings along, by id.
    pub definitions: BTreeMap<String, Embedded>,
    /// What must come out of what.
    pub examples: Vec<Example>,
    file: String,
    table: Table,
    text: String,
}

/// A file inside the bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Embedded {
    /// Its text.
    pub text: String,
    /// The line of the bundle on which the text begins.
    pub line: usize,
}

impl Bundle {
    /// Reads a bundle.
    ///
    /// # Errors
    /// Every mistake at once, each with file, line, key, found and expected.
    pub fn read(file: &str, text: &str) -> Result<Self, Vec<LoadFault>> {
        let faults = Faults::new(vec![file.to_owned()]);
        if text.len() > MOST_BYTES {
            let found = format!("{} bytes", text.len());
            faults.add(
                Place::default(),
                "(file)",
                found,
                format!("at most {MOST_BYTES} bytes"),
            );
            return Err(faults.into_list());
        }
        let table = tree::read(0, text, &faults);
        let value = Value::Object(
            table
                .iter()
                .map(|(key, node)| (key.to_owned(), node.json()))
                .collect::<Map<_, _>>(),
        );
        let reader = Reader {
            table: &table,
            faults: &faults,
        };
        let settings = reader.check(&value);
        if !faults.is_empty() {
            return Err(faults.into_list());
        }
        let manifest = value
            .get("bundle")
            .cloned()
            .map(serde_json::from_value::<Manifest>);
        let Some(Ok(manifest)) = manifest else {
            // The schema has just said otherwise.
            reader.add(&["bundle"], "a table that cannot be read", "a bundle");
            return Err(faults.into_list());
        };
        let examples = value.get("example").cloned().map(serde_json::from_value);
        let examples = match examples.transpose() {
            Ok(examples) => examples.unwrap_or_default(),
            Err(error) => {
                reader.add(&["example"], error.to_string(), "examples");
                return Err(faults.into_list());
            }
        };
        let mut bundle = Self {
            manifest,
            settings,
            definitions: BTreeMap::new(),
            examples,
            file: file.to_owned(),
            table,
            text: text.to_owned(),
        };
        let definitions = value.get("definitions").and_then(Value::as_object);
        for id in definitions.into_iter().flat_map(Map::keys) {
            if let Some(embedded) = bundle.embedded(&["definitions", id]) {
                bundle.definitions.insert(id.clone(), embedded);
            }
        }
        Ok(bundle)
    }

    /// The name of the file, for messages.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// Every setting, as they are where this bundle alone is in force.
    ///
    /// # Errors
    /// What a settings file of this content would be refused for.
    pub fn in_force(&self) -> Result<settings::Settings, Vec<settings::FileFault>> {
        settings::load_over(None, Some(self), None).map(|loaded| loaded.settings)
    }

    /// Plays every example with the settings that the bundle makes; what comes out otherwise.
    pub fn play(&self, address: &dyn Fn(Wanted<'_>) -> Result<String, String>) -> Vec<LoadFault> {
        let Ok(settings) = self.in_force() else {
            return vec![self.fault(
                &[],
                "settings that do not load".to_owned(),
                "others".to_owned(),
            )];
        };
        let mut faults = Vec::new();
        for (number, example) in self.examples.iter().enumerate() {
            for (key, found, expected) in example.play(&settings, address) {
                let path = ["example", &number.to_string(), "expect", key];
                let expected = format!("{expected}, as “{}” says", example.name);
                faults.push(self.fault(&path, found, expected));
            }
        }
        faults
    }

    /// A text of the bundle that is a file of its own, with the line on which it begins.
    pub fn embedded(&self, path: &[&str]) -> Option<Embedded> {
        let node = path.iter().try_fold(None::<&tree::Node>, |node, key| {
            let table = node.map_or(Some(&self.table), tree::Node::table)?;
            table.get(key).map(Some)
        })??;
        let first = self.text.lines().nth(node.place.line.saturating_sub(1));
        let first = first.unwrap_or_default().trim_end();
        let begins_below = first.ends_with("'''") || first.ends_with("\"\"\"");
        Some(Embedded {
            text: node.text()?.to_owned(),
            line: node.place.line + usize::from(begins_below),
        })
    }

    /// A mistake that is found later, at this path or at the nearest part of it that is there.
    pub fn fault(&self, path: &[&str], found: String, expected: String) -> LoadFault {
        LoadFault {
            file: self.file.clone(),
            line: place_of(&self.table, path).line,
            key: path.join("."),
            found,
            expected,
        }
    }
}

struct Reader<'r> {
    table: &'r Table,
    faults: &'r Faults,
}

impl Reader<'_> {
    fn add(&self, path: &[impl AsRef<str>], found: impl Into<String>, expected: impl Into<String>) {
        let path: Vec<&str> = path.iter().map(AsRef::as_ref).collect();
        self.faults
            .add(place_of(self.table, &path), path.join("."), found, expected);
    }

    /// Checks everything; the settings alone come back.
    fn check(&self, value: &Value) -> Value {
        let mut checked = value.clone();
        if let Some(members) = checked.as_object_mut() {
            for (name, expected) in NOT_IN_A_BUNDLE {
                if members.remove(name).is_some() {
                    self.add(&[name], "a setting", expected);
                }
            }
        }
        self.schema(&checked);
        for (path, what) in secrets::found(value) {
            self.add(
                &path,
                what,
                "no secret: it is kept in each person's vault (E_CFG_SECRET)",
            );
        }
        if let Some(manifest) = value.get("bundle") {
            self.manifest(manifest);
        }
        let mut settings = checked;
        if let Some(members) = settings.as_object_mut() {
            for name in ["bundle", "definitions", "example"] {
                members.remove(name);
            }
        }
        for (path, found, expected) in settings::mistakes(&settings) {
            self.add(&path, found, expected);
        }
        settings
    }

    fn schema(&self, value: &Value) {
        let schema = super::schema();
        let validator = match jsonschema::validator_for(&schema) {
            Ok(validator) => validator,
            Err(error) => return self.add(&["(schema)"], error.to_string(), "a right schema"),
        };
        for error in validator.iter_errors(value) {
            let path: Vec<String> = error
                .instance_path()
                .as_str()
                .split('/')
                .skip(1)
                .map(|part| part.replace("~1", "/").replace("~0", "~"))
                .collect();
            if let ValidationErrorKind::AdditionalProperties { unexpected } = error.kind() {
                let known = known_keys(&schema, error.schema_path().as_str()).join(", ");
                for key in unexpected {
                    let path: Vec<&str> = path.iter().map(String::as_str).chain([&**key]).collect();
                    self.add(&path, "an unknown key", format!("one of {known}"));
                }
                continue;
            }
            if let ValidationErrorKind::Required { property } = error.kind() {
                let key = property.as_str().unwrap_or_default();
                let path: Vec<&str> = path.iter().map(String::as_str).chain([key]).collect();
                self.add(&path, "nothing", "a value");
                continue;
            }
            let found = match &**error.instance() {
                Value::Object(_) => "a table".to_owned(),
                Value::Array(_) => "a list".to_owned(),
                plain @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) => {
                    plain.to_string()
                }
            };
            self.add(&path, found, error.to_string());
        }
    }

    fn manifest(&self, manifest: &Value) {
        let text = |key: &str| manifest.get(key).and_then(Value::as_str);
        for key in ["not_before", "expires"] {
            if let Some(time) = text(key).filter(|time| Moment::parse(time).is_none()) {
                self.add(
                    &["bundle", key],
                    format!("{time:?}"),
                    "a time such as 2026-01-31T00:00:00Z",
                );
            }
        }
        let time = |key: &str| text(key).and_then(Moment::parse);
        if let (Some(begins), Some(ends)) = (time("not_before"), time("expires"))
            && ends <= begins
        {
            self.add(
                &["bundle", "expires"],
                "a time before `not_before`",
                "a later one",
            );
        }
        let list = |key: &str| {
            let items = manifest.get(key).and_then(Value::as_array);
            items.into_iter().flatten().filter_map(Value::as_str)
        };
        for key in ["personal", "locked"] {
            for name in list(key).filter(|name| !settings::is_setting(name)) {
                let expected = "the dotted name of a setting, or of a group of them";
                self.add(&["bundle", key], format!("{name:?}"), expected);
            }
        }
        for key in list("trust") {
            if let Err(fault) = PublicKey::parse(key) {
                self.add(&["bundle", "trust"], format!("{key:?}"), fault.to_string());
            }
        }
    }
}

/// The place of a path, or of the nearest part of it that is there.
fn place_of(table: &Table, path: &[&str]) -> Place {
    let mut place = Place { file: 0, line: 1 };
    let mut members = Some(table);
    let mut items: Option<&[tree::Node]> = None;
    for step in path {
        let listed = items.and_then(|items| items.get(step.parse::<usize>().ok()?));
        let Some(node) = members.and_then(|table| table.get(step)).or(listed) else {
            break;
        };
        place = node.place;
        (members, items) = match &node.data {
            Data::Table(table) => (Some(table), None),
            Data::List(list) => (None, Some(list.as_slice())),
            Data::Text(_) | Data::Whole(_) | Data::Real(_) | Data::Switch(_) => (None, None),
        };
    }
    place
}
