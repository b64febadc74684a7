//! One value against one literal: which literals a field can be compared with, and what then holds.

use std::cmp::Ordering;

use serde_json::Value;

use super::super::fault::Fault;
use super::super::schema::{Field, Kind};
use super::super::store::{is_id, is_same_id};
use super::lex::{PLAIN_PERCENT, PLAIN_UNDERSCORE};
use super::parse::{Literal, Operator};

pub(super) fn fits(field: &Field, operator: Operator, literal: &Literal) -> Result<(), Fault> {
    let (is_fit, kind, quotes) = match (&field.kind, literal) {
        (_, Literal::Null) => return Ok(()),
        (Kind::Id | Kind::Ref(..), Literal::Text(text))
            if operator == Operator::Like || !is_id(text) =>
        {
            let told = format!("invalid ID field: {text}");
            return Err(Fault::new(400, "INVALID_QUERY_FILTER_OPERATOR", told));
        }
        (Kind::Id | Kind::Ref(..), literal) => {
            (matches!(literal, Literal::Text(_)), "reference", true)
        }
        (Kind::Text(_) | Kind::Pick(_), literal) => {
            (matches!(literal, Literal::Text(_)), "string", true)
        }
        (Kind::Bool, literal) => (matches!(literal, Literal::Bool(_)), "boolean", false),
        (Kind::Int, literal) => (matches!(literal, Literal::Bare(_)), "int", false),
        (Kind::Date, literal) => (matches!(literal, Literal::Bare(_)), "date", false),
        (Kind::Time, literal) => (matches!(literal, Literal::Bare(_)), "dateTime", false),
    };
    if is_fit {
        return Ok(());
    }
    let quotes = if quotes { "should be" } else { "should not be" };
    let name = &field.name;
    let told = format!(
        "value of filter criterion for field '{name}' must be of type {kind} and {quotes} enclosed in quotes"
    );
    Err(Fault::new(400, "INVALID_FIELD", told))
}

pub(super) fn meets(kind: &Kind, value: &Value, operator: Operator, literal: &Literal) -> bool {
    let order = || {
        plain(value)
            .to_lowercase()
            .cmp(&written(literal).to_lowercase())
    };
    match operator {
        Operator::Equal | Operator::In => equal(kind, value, literal),
        Operator::Unequal | Operator::NotIn => !equal(kind, value, literal),
        Operator::Like => like(
            &plain(value).to_lowercase(),
            &written(literal).to_lowercase(),
        ),
        Operator::Less => !value.is_null() && order() == Ordering::Less,
        Operator::Greater => !value.is_null() && order() == Ordering::Greater,
        Operator::AtMost => !value.is_null() && order() != Ordering::Greater,
        Operator::AtLeast => !value.is_null() && order() != Ordering::Less,
    }
}

pub(super) fn equal(kind: &Kind, value: &Value, literal: &Literal) -> bool {
    match (kind, literal) {
        (_, Literal::Null) => value.is_null() || plain(value).is_empty(),
        (Kind::Id | Kind::Ref(..), Literal::Text(id)) => is_same_id(&plain(value), id),
        (_, literal) => plain(value).to_lowercase() == unslashed(&written(literal)).to_lowercase(),
    }
}

fn written(literal: &Literal) -> String {
    match literal {
        Literal::Text(text) | Literal::Bare(text) => text.clone(),
        Literal::Bool(value) => value.to_string(),
        Literal::Null => String::new(),
    }
}

fn unslashed(text: &str) -> String {
    text.replace(PLAIN_PERCENT, "%")
        .replace(PLAIN_UNDERSCORE, "_")
}

pub(super) fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => value.to_string(),
    }
}

/// `%` is any text, `_` any sign.
fn like(text: &str, pattern: &str) -> bool {
    let mut signs = pattern.chars();
    match signs.next() {
        None => text.is_empty(),
        Some('%') => {
            let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
            let mut rests = ends.filter_map(|at| text.get(at..));
            rests.any(|rest| like(rest, signs.as_str()))
        }
        Some(sign) => {
            let meant = unslashed(&sign.to_string());
            let mut rest = text.chars();
            let is_met = rest
                .next()
                .is_some_and(|first| sign == '_' || meant == first.to_string());
            is_met && like(rest.as_str(), signs.as_str())
        }
    }
}
