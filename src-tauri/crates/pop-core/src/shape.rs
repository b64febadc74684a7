//! The shape of a piece of data: its keys and the types of its values, and none of the values.
//!
//! What a CRM was sent and what it answered may be shown to others only like this. A key is data
//! too where a server uses ids or addresses as keys: one that does not look like the name of a field
//! is replaced.

use serde_json::{Map, Value};

/// How deep a shape goes.
const DEPTH: usize = 8;
/// How many keys of one object it tells.
const KEYS: usize = 64;
/// How many elements of a list are laid over each other.
const ELEMENTS: usize = 5;
/// The longest name of a field.
const LONGEST_KEY: usize = 64;
/// A field's name has fewer digits than any number of a person.
const MOST_DIGITS: usize = 4;

/// The shape of a value.
pub fn shape(value: &Value) -> Value {
    shape_at(value, 0)
}

/// A key, or what stands in its place.
pub fn key_of(key: &str) -> &str {
    if is_name(key) { key } else { "‹key›" }
}

fn shape_at(value: &Value, depth: usize) -> Value {
    let word = match value {
        Value::Null => "null",
        Value::Bool(_) => "yes/no",
        Value::Number(_) => "number",
        Value::String(text) if text.is_empty() => "empty text",
        Value::String(_) => "text",
        Value::Array(_) | Value::Object(_) if depth >= DEPTH => "…",
        Value::Array(items) => return list(items, depth),
        Value::Object(members) => return object(members, depth),
    };
    Value::String(word.to_owned())
}

fn object(members: &Map<String, Value>, depth: usize) -> Value {
    let mut told = Map::new();
    for (key, value) in members.iter().take(KEYS) {
        told.insert(key_of(key).to_owned(), shape_at(value, depth + 1));
    }
    if members.len() > KEYS {
        told.insert("…".to_owned(), Value::from(members.len() - KEYS));
    }
    Value::Object(told)
}

fn list(items: &[Value], depth: usize) -> Value {
    let shapes = items.iter().take(ELEMENTS);
    let shapes = shapes.map(|item| shape_at(item, depth + 1));
    let Some(one) = shapes.reduce(over) else {
        return Value::Array(Vec::new());
    };
    Value::Array(vec![one, Value::String(format!("× {}", items.len()))])
}

/// Two shapes as one: what differs is told as "or".
fn over(one: Value, other: Value) -> Value {
    if one == other {
        return one;
    }
    match (one, other) {
        (Value::Object(mut one), Value::Object(other)) => {
            for (key, value) in other {
                let both = match one.remove(&key) {
                    Some(known) => over(known, value),
                    None => value,
                };
                one.insert(key, both);
            }
            Value::Object(one)
        }
        (Value::String(one), Value::String(other)) => {
            let known = one.split(" or ").any(|word| word == other);
            Value::String(if known {
                one
            } else {
                format!("{one} or {other}")
            })
        }
        (structure @ (Value::Object(_) | Value::Array(_)), _) => structure,
        (_, other) => other,
    }
}

fn is_name(key: &str) -> bool {
    let mut characters = key.chars();
    let begins = characters
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic() || "_@$".contains(first));
    let goes_on = |c: char| c.is_ascii_alphanumeric() || "_.-$:".contains(c);
    let digits = key.bytes().filter(u8::is_ascii_digit).count();
    begins && key.len() <= LONGEST_KEY && digits <= MOST_DIGITS && characters.all(goes_on)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn keys_and_types_stay_and_no_value_does() {
        let told = shape(&json!({
            "records": [
                { "Id": "003xx", "Name": "Jane Doe", "Phone": null, "open": 2 },
                { "Id": "003yy", "Name": "", "Phone": "+34600012345", "vip": true },
            ],
            "done": true,
        }));
        let expected = json!({
            "records": [
                {
                    "Id": "text",
                    "Name": "text or empty text",
                    "Phone": "null or text",
                    "open": "number",
                    "vip": "yes/no",
                },
                "× 2",
            ],
            "done": "yes/no",
        });
        assert_eq!(told, expected);
    }

    #[test]
    fn a_key_that_is_data_is_replaced() {
        let told = shape(&json!({
            "jane@example.com": 1, "+34600012345": 1, "003000000012345": 1, "Jane Doe": 1,
            "Loyalty_Tier__c": 1, "@odata.count": 1, "x-api-key": 1,
        }));
        let mut keys: Vec<&str> = told
            .as_object()
            .map(|it| it.keys().map(String::as_str).collect())
            .unwrap_or_default();
        keys.sort_unstable();
        assert_eq!(
            keys,
            ["@odata.count", "Loyalty_Tier__c", "x-api-key", "‹key›"]
        );
    }

    #[test]
    fn a_shape_stays_small_whatever_is_sent() {
        let mut deep = json!("Jane");
        for _ in 0..40 {
            deep = json!({ "in": deep });
        }
        let wide: Map<String, Value> = (0..5_000)
            .map(|number| (format!("k{}", number % 10_000), Value::Null))
            .collect();
        let told = shape(&json!({ "deep": deep, "wide": wide })).to_string();
        assert!(told.len() < 2_000, "{}", told.len());
        assert!(!told.contains("Jane"), "{told}");
    }
}
