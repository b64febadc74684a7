//! Puts the layers together, and names every mistake with its place.

use jsonc_parser::ast::{ObjectPropName, Value as Ast};
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use serde_json::{Map, Value};

use crate::bundle::Bundle;
use crate::settings::{DEFAULTS, Settings, rules, said, schema, scope};

/// The longest file that is read, in bytes.
const MOST_BYTES: usize = 1 << 20;

/// One settings file.
#[derive(Clone, Copy, Debug)]
pub struct Layer<'a> {
    /// The file's name, for messages.
    pub file: &'a str,
    /// Its text.
    pub text: &'a str,
}

/// The settings in force and which of them nobody here may change.
#[derive(Clone, Debug, PartialEq)]
pub struct Loaded {
    /// The settings in force.
    pub settings: Settings,
    /// Dotted names of the settings that the machine policy or the bundle has set.
    pub locked: Vec<String>,
    /// Those of them that the bundle has set, or does not leave to anybody.
    pub by_bundle: Vec<String>,
}

/// A mistake in a file: where, what was found, and what was expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileFault {
    /// The file's name.
    pub file: String,
    /// The line, from 1; 0 when the whole file is meant.
    pub line: u32,
    /// The dotted key.
    pub key: String,
    /// What was found.
    pub found: String,
    /// What was expected.
    pub expected: String,
}

/// Reads the user's file and the machine policy over the defaults.
///
/// # Errors
/// Every mistake of both files at once, each with file, line, key, found and expected.
pub fn load(user: Option<Layer<'_>>, managed: Option<Layer<'_>>) -> Result<Loaded, Vec<FileFault>> {
    load_over(user, None, managed)
}

/// Reads the user's file, the organisation's bundle and the machine policy over the defaults.
///
/// # Errors
/// Every mistake of both files at once, each with file, line, key, found and expected.
pub fn load_over(
    user: Option<Layer<'_>>,
    bundle: Option<&Bundle>,
    managed: Option<Layer<'_>>,
) -> Result<Loaded, Vec<FileFault>> {
    let defaults = Layer {
        file: "defaults.jsonc",
        text: DEFAULTS,
    };
    let mut faults = Vec::new();
    let mut values = [Some(defaults), user, managed].map(|layer| {
        let value = layer.map(read).transpose();
        value.unwrap_or_else(|found| {
            faults.extend(found);
            None
        })
    });
    if let (Some(user), [_, Some(value), _]) = (user, &mut values) {
        faults.extend(take_policy_only(value, user));
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let [known, mut user, policy] = values;
    let known = known.unwrap_or_default();
    let mut merged = known.clone();
    let (mut locked, mut by_bundle) = (Vec::new(), Vec::new());
    if let (Some(user), Some(policy)) = (&mut user, &policy)
        && policy.get("distribution").is_some()
    {
        // Nobody mixes a key of their own with the policy's address (rule C1).
        scope::take(user, "distribution");
        scope::names(&known, "distribution", &mut locked);
    }
    if let Some(bundle) = bundle {
        let manifest = &bundle.manifest;
        let (personal, rest) = scope::split(&bundle.settings, &manifest.personal);
        if let Some(user) = &mut user {
            for name in &manifest.locked {
                scope::take(user, name);
            }
        }
        merge(&mut merged, personal);
        merge(&mut merged, user.take().unwrap_or_default());
        drop_overlays(&mut merged, &rest, &mut by_bundle);
        leaves(&rest, "", &mut by_bundle);
        for name in &manifest.locked {
            scope::names(&known, name, &mut by_bundle);
        }
        merge(&mut merged, rest);
    }
    if let Some(user) = user {
        merge(&mut merged, user);
    }
    if let Some(policy) = policy {
        drop_overlays(&mut merged, &policy, &mut locked);
        leaves(&policy, "", &mut locked);
        merge(&mut merged, policy);
    }
    by_bundle.retain(|name| !locked.contains(name));
    locked.extend(by_bundle.iter().cloned());
    let settings = serde_json::from_value(merged).map_err(|error| {
        vec![FileFault {
            file: defaults.file.to_owned(),
            line: 0,
            key: String::new(),
            found: error.to_string(),
            expected: "settings that fit their schema".to_owned(),
        }]
    })?;
    Ok(Loaded {
        settings,
        locked,
        by_bundle,
    })
}

/// What a user cannot allow: only machine policy may (rules C1, N5).
fn take_policy_only(value: &mut Value, layer: Layer<'_>) -> Vec<FileFault> {
    let Some(object) = value.as_object_mut() else {
        return Vec::new();
    };
    let found = ["security", "webhooks", "fleet", "help"].map(|key| (key, object.remove(key)));
    let found = found.into_iter().filter_map(|(key, found)| {
        Some(FileFault {
            file: layer.file.to_owned(),
            line: line_of(layer.text, &[key.to_owned()]),
            key: key.to_owned(),
            found: shorten(&found?.to_string()),
            expected: "nothing here: the organisation alone sets it".to_owned(),
        })
    });
    found.collect()
}

/// A user's overlay over a connection that the policy sets up is ignored and locked: it could move
/// the hosts that get credentials (rule C1).
fn drop_overlays(merged: &mut Value, policy: &Value, locked: &mut Vec<String>) {
    let set_up = policy.get("connections").and_then(Value::as_object);
    for name in set_up.into_iter().flat_map(Map::keys) {
        let connection = merged
            .get_mut("connections")
            .and_then(|all| all.get_mut(name));
        if let Some(connection) = connection.and_then(Value::as_object_mut) {
            connection.remove("overlay");
        }
        if policy
            .pointer(&format!("/connections/{name}/overlay"))
            .is_none()
        {
            locked.push(format!("connections.{name}.overlay"));
        }
    }
}

fn read(layer: Layer<'_>) -> Result<Value, Vec<FileFault>> {
    let fault = |line: u32, key: &str, found: String, expected: String| FileFault {
        file: layer.file.to_owned(),
        line,
        key: key.to_owned(),
        found,
        expected,
    };
    if layer.text.len() > MOST_BYTES {
        let found = format!("{} bytes", layer.text.len());
        return Err(vec![fault(
            0,
            "",
            found,
            format!("at most {MOST_BYTES} bytes"),
        )]);
    }
    let parsed = parse_to_ast(
        layer.text,
        &CollectOptions::default(),
        &ParseOptions::default(),
    )
    .map_err(|error| {
        let line = line_at(layer.text, error.range().start);
        vec![fault(
            line,
            "",
            error.kind().to_string(),
            "JSON with comments".to_owned(),
        )]
    })?;
    let value: Value = match parsed.value {
        Some(ast) => ast.into(),
        None => Value::Object(Map::new()),
    };
    let schema = schema();
    let validator = jsonschema::validator_for(&schema)
        .map_err(|error| vec![fault(0, "", error.to_string(), "a valid schema".to_owned())])?;
    let refused = validator.iter_errors(&value);
    let faults: Vec<FileFault> = refused
        .flat_map(|error| said::mistakes(&schema, &error))
        .map(|(path, found, expected)| {
            let line = line_of(layer.text, &path);
            fault(line, &path.join("."), shorten(&found), shorten(&expected))
        })
        .collect();
    if !faults.is_empty() {
        return Err(faults);
    }
    let faults: Vec<FileFault> = rules::mistakes(&value)
        .into_iter()
        .map(|(path, found, expected)| {
            let line = line_of(layer.text, &path);
            fault(line, &path.join("."), shorten(&found), expected)
        })
        .collect();
    if faults.is_empty() {
        Ok(value)
    } else {
        Err(faults)
    }
}

fn shorten(text: &str) -> String {
    const MOST: usize = 200;
    if text.chars().count() <= MOST {
        return text.to_owned();
    }
    text.chars().take(MOST).chain(['…']).collect()
}

fn merge(into: &mut Value, over: Value) {
    match (into, over) {
        (Value::Object(into), Value::Object(over)) => {
            for (key, value) in over {
                merge(into.entry(key).or_insert(Value::Null), value);
            }
        }
        // A layer that is not there says nothing; `null` inside one does.
        (Value::Object(_), Value::Null) => {}
        (into, over) => *into = over,
    }
}

fn leaves(value: &Value, name: &str, into: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                let name = if name.is_empty() {
                    key.clone()
                } else {
                    format!("{name}.{key}")
                };
                leaves(value, &name, into);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
            into.push(name.to_owned());
        }
    }
}

/// The line of a key; of its nearest parent where the key itself is missing.
fn line_of(text: &str, path: &[String]) -> u32 {
    let parsed = parse_to_ast(text, &CollectOptions::default(), &ParseOptions::default());
    let Some(mut node) = parsed.ok().and_then(|parsed| parsed.value) else {
        return 0;
    };
    let mut start = node.range().start;
    for part in path {
        let next = match node {
            Ast::Object(object) => object
                .properties
                .into_iter()
                .find(|property| name_of(&property.name) == part)
                .map(|property| {
                    start = property.range.start;
                    property.value
                }),
            Ast::Array(array) => part
                .parse::<usize>()
                .ok()
                .and_then(|index| array.elements.into_iter().nth(index))
                .inspect(|element| start = element.range().start),
            Ast::StringLit(_) | Ast::NumberLit(_) | Ast::BooleanLit(_) | Ast::NullKeyword(_) => {
                None
            }
        };
        match next {
            Some(value) => node = value,
            None => break,
        }
    }
    line_at(text, start)
}

fn name_of<'a>(name: &'a ObjectPropName<'_>) -> &'a str {
    match name {
        ObjectPropName::String(text) => &text.value,
        ObjectPropName::Word(word) => word.value,
    }
}

fn line_at(text: &str, offset: usize) -> u32 {
    let before = text
        .bytes()
        .take(offset)
        .filter(|byte| *byte == b'\n')
        .count();
    u32::try_from(before + 1).unwrap_or(u32::MAX)
}

/// What stands in lists and maps is whole wherever it stands.
const WHOLE: [&str; 7] = [
    "Automatic",
    "Broker",
    "Connection",
    "Proxy",
    "Rule",
    "Topics",
    "Webhook",
];

/// Removes `required` everywhere else, because files hold only differences.
pub(super) fn make_partial(schema: &mut Value) {
    if let Value::Object(root) = schema {
        root.remove("required");
        root.insert("title".to_owned(), "Screenpop settings".into());
    }
    let Some(definitions) = schema.get_mut("$defs").and_then(Value::as_object_mut) else {
        return;
    };
    for (name, definition) in definitions {
        if let (false, Value::Object(definition)) = (WHOLE.contains(&name.as_str()), definition) {
            definition.remove("required");
        }
    }
}

#[cfg(test)]
mod tests;
