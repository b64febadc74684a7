//! JSON values as an event needs them: texts, times, durations, attributes.
//!
//! A text keeps all digits of a number, and an empty one is none. A time is RFC 3339, or a number
//! of milliseconds since 1970; anything else is refused, because seconds and milliseconds cannot be
//! told apart by looking.

use std::collections::BTreeMap;

use pop_core::moment::Moment;
use serde_json::Value;

/// The most attributes of one event, and the most characters of one (the event's schema).
pub(super) const MOST_ATTRIBUTES: usize = 100;
pub(super) const ATTRIBUTE: usize = 4_096;
const ATTRIBUTE_NAME: usize = 256;

/// The text of a value; `Ok(None)` for null and the empty text.
pub(super) fn text(value: &Value) -> Result<Option<String>, &'static str> {
    match value {
        Value::Null => Ok(None),
        Value::String(text) if text.is_empty() => Ok(None),
        Value::String(text) => Ok(Some(text.clone())),
        Value::Number(number) => Ok(Some(number.to_string())),
        Value::Bool(_) | Value::Array(_) | Value::Object(_) => Err("a text or a number"),
    }
}

/// The time of a value; `Ok(None)` for null.
pub(super) fn moment(value: &Value) -> Result<Option<Moment>, &'static str> {
    let expected = "a time as RFC 3339, or milliseconds since 1970 as a number";
    match value {
        Value::Null => Ok(None),
        Value::String(text) => Moment::parse(text).map(Some).ok_or(expected),
        Value::Number(number) => number
            .as_i64()
            .filter(|millis| *millis >= 0)
            .map(|millis| Some(Moment::from_millis(millis)))
            .ok_or(expected),
        Value::Bool(_) | Value::Array(_) | Value::Object(_) => Err(expected),
    }
}

/// Whole seconds within the bounds of the schema; `Ok(None)` for null.
pub(super) fn seconds(value: &Value) -> Result<Option<u64>, &'static str> {
    if value.is_null() {
        return Ok(None);
    }
    let number = value
        .as_u64()
        .or_else(|| value.as_str().and_then(|text| text.parse().ok()));
    number
        .filter(|number| (1..=3_600).contains(number))
        .map(Some)
        .ok_or("whole seconds from 1 to 3600")
}

/// An object, or a list of `{key, value}`, as attributes; what does not fit is counted.
pub(super) fn attributes(value: &Value) -> Result<(BTreeMap<String, String>, usize), &'static str> {
    let expected = "an object, or a list of objects with key and value";
    let pairs: Vec<(String, &Value)> = match value {
        Value::Null => Vec::new(),
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| (name.clone(), value))
            .collect(),
        Value::Array(items) => items.iter().filter_map(pair).collect(),
        Value::Bool(_) | Value::Number(_) | Value::String(_) => return Err(expected),
    };
    let of_list = value.as_array().map_or(pairs.len(), Vec::len);
    let mut left_out = of_list - pairs.len();
    let mut kept = BTreeMap::new();
    for (name, value) in pairs {
        let text = match value {
            Value::Bool(truth) => Some(truth.to_string()),
            Value::Null => continue,
            Value::Number(_) | Value::String(_) => text(value).unwrap_or_default(),
            Value::Array(_) | Value::Object(_) => None,
        };
        let fits = |text: &String| {
            text.chars().count() <= ATTRIBUTE
                && (1..=ATTRIBUTE_NAME).contains(&name.chars().count())
                && kept.len() < MOST_ATTRIBUTES
                && !kept.contains_key(&name)
        };
        match text.filter(fits) {
            Some(text) => {
                kept.insert(name, text);
            }
            None if value.as_str() == Some("") => {}
            None => left_out += 1,
        }
    }
    Ok((kept, left_out))
}

fn pair(item: &Value) -> Option<(String, &Value)> {
    Some((item.get("key")?.as_str()?.to_owned(), item.get("value")?))
}
