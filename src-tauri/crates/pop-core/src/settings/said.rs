//! What a schema refuses, as a person would write it: which key, what was found, what is expected.
//!
//! The validator's own sentences are for people who read schemas, and are said only where there is
//! nothing better.

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind as Kind;
use serde_json::{Map, Value};

/// The place of a mistake, what was found, and what is expected.
pub(crate) type Mistake = (Vec<String>, String, String);

/// What is wrong, by one refusal of the schema.
pub(crate) fn mistakes(schema: &Value, error: &ValidationError<'_>) -> Vec<Mistake> {
    let steps = error.instance_path().as_str().split('/').skip(1);
    let path: Vec<String> = steps.map(unescaped).collect();
    let below = |key: &str| path.iter().cloned().chain([key.to_owned()]).collect();
    let node = refusing(schema, error.schema_path().as_str());
    if let Kind::AdditionalProperties { unexpected } = error.kind() {
        let known = node.map(keys).unwrap_or_default().join(", ");
        let fault = |key: &String| {
            let found = "a key that is not known".to_owned();
            (below(key), found, format!("one of {known}"))
        };
        return unexpected.iter().map(fault).collect();
    }
    if let Kind::Required { property } = error.kind() {
        let key = property.as_str().unwrap_or_default();
        return vec![(below(key), "nothing".to_owned(), "a value".to_owned())];
    }
    let found = match &**error.instance() {
        Value::Object(_) => "a group of settings".to_owned(),
        Value::Array(_) => "a list".to_owned(),
        plain @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) => {
            plain.to_string()
        }
    };
    let expected = node.and_then(|node| expected(schema, node, error.kind().keyword()));
    vec![(path, found, expected.unwrap_or_else(|| error.to_string()))]
}

/// What the refusing part of a schema wants to see.
fn expected(schema: &Value, node: &Value, keyword: &str) -> Option<String> {
    let limit = |name: &str| node.get(name).map(ToString::to_string);
    let said = match keyword {
        "enum" | "const" | "oneOf" | "anyOf" | "type" => choices(schema, node, 0).join(" or "),
        "minimum" => format!("{} or more", limit("minimum")?),
        "maximum" => format!("{} or less", limit("maximum")?),
        "minLength" if limit("minLength")? == "1" => "a text that is not empty".to_owned(),
        "minLength" => format!("at least {} characters", limit("minLength")?),
        "maxLength" => format!("at most {} characters", limit("maxLength")?),
        "minItems" => format!("at least {} of them", limit("minItems")?),
        "maxItems" => format!("at most {} of them", limit("maxItems")?),
        _ => return None,
    };
    (!said.is_empty()).then_some(said)
}

/// What may stand where this part of a schema is meant; a schema does not nest deeper than this.
fn choices(schema: &Value, node: &Value, depth: usize) -> Vec<String> {
    if depth > 8 {
        return Vec::new();
    }
    if let Some(to) = node.get("$ref").and_then(Value::as_str) {
        let node = schema.pointer(to.trim_start_matches('#'));
        return node
            .map(|node| choices(schema, node, depth + 1))
            .unwrap_or_default();
    }
    if let Some(one) = node.get("const") {
        return vec![one.to_string()];
    }
    if let Some(list) = node.get("enum").and_then(Value::as_array) {
        return list.iter().map(ToString::to_string).collect();
    }
    let any = ["oneOf", "anyOf"].into_iter().find_map(|key| node.get(key));
    if let Some(any) = any.and_then(Value::as_array) {
        let inner = any.iter();
        return inner
            .flat_map(|node| choices(schema, node, depth + 1))
            .collect();
    }
    let kinds = match node.get("type") {
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect(),
        Some(kind) => kind.as_str().into_iter().collect(),
        None => Vec::new(),
    };
    kinds.into_iter().map(word).map(str::to_owned).collect()
}

fn word(kind: &str) -> &str {
    match kind {
        "string" => "a text",
        "integer" => "a whole number",
        "number" => "a number",
        "boolean" => "true or false",
        "array" => "a list",
        "object" => "a group of settings",
        other => other,
    }
}

/// The part of a schema that refuses: `keyword` is its place, such as
/// `/properties/pop/$ref/additionalProperties`.
fn refusing<'s>(schema: &'s Value, keyword: &str) -> Option<&'s Value> {
    let steps: Vec<String> = keyword.split('/').skip(1).map(unescaped).collect();
    let (_, steps) = steps.split_last()?;
    let mut node = schema;
    for step in steps {
        let to = node.get("$ref").and_then(Value::as_str);
        node = match (step.as_str(), to) {
            ("$ref", Some(to)) => schema.pointer(to.trim_start_matches('#'))?,
            (step, _) if node.is_array() => node.get(step.parse::<usize>().ok()?)?,
            (step, _) => node.get(step)?,
        };
    }
    Some(node)
}

fn keys(node: &Value) -> Vec<String> {
    let properties = node.get("properties").and_then(Value::as_object);
    let keys = properties.map(Map::keys);
    keys.into_iter().flatten().cloned().collect()
}

fn unescaped(part: &str) -> String {
    part.replace("~1", "/").replace("~0", "~")
}
