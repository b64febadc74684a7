//! What a filter means. Names and types are judged before rows: a filter with a wrong one means
//! nothing.

use std::cmp::Ordering;

use serde_json::Value;

use super::fault::Fault;
use super::filter::{Filter, Literal};
use super::schema::{Entity, Kind};
use super::store::{Row, Store, TABLE_OF, text};

/// Refuses a filter that cannot be asked of a table.
pub(super) fn judge(store: &Store, entity: &Entity, filter: &Filter) -> Result<(), Fault> {
    match filter {
        Filter::All(parts) | Filter::Any(parts) => {
            parts.iter().try_for_each(|part| judge(store, entity, part))
        }
        Filter::Not(part) => judge(store, entity, part),
        Filter::Text(name, path, _) => match kind(store, entity, path)? {
            Kind::Text(_) => Ok(()),
            Kind::Int | Kind::Guid | Kind::Time | Kind::Bool(..) | Kind::Option(_) => {
                let told = format!(
                    "No function signature for the function with name '{name}' matches the specified arguments."
                );
                Err(Fault::syntax(told))
            }
        },
        Filter::In(path, _) => kind(store, entity, path).map(drop),
        Filter::Compare(path, operator, literal) => {
            let kind = kind(store, entity, path)?;
            let (own, is_fit) = match (&kind, literal) {
                (_, Literal::Null) => return Ok(()),
                (Kind::Text(_), literal) => ("Edm.String", matches!(literal, Literal::Text(_))),
                (Kind::Guid, literal) => ("Edm.Guid", matches!(literal, Literal::Guid(_))),
                (Kind::Int | Kind::Option(_), literal) => {
                    ("Edm.Int32", matches!(literal, Literal::Number(_)))
                }
                (Kind::Bool(..), literal) => ("Edm.Boolean", matches!(literal, Literal::Bool(_))),
                (Kind::Time, literal) => {
                    ("Edm.DateTimeOffset", matches!(literal, Literal::Time(_)))
                }
            };
            if is_fit {
                return Ok(());
            }
            let told = format!(
                "A binary operator with incompatible types was detected. Found operand types '{own}' and '{}' for operator kind '{operator}'.",
                edm(literal)
            );
            Err(Fault::new(400, "0x80060888", told))
        }
    }
}

fn edm(literal: &Literal) -> &'static str {
    match literal {
        Literal::Text(_) => "Edm.String",
        Literal::Guid(_) => "Edm.Guid",
        Literal::Number(_) => "Edm.Int32",
        Literal::Time(_) => "Edm.DateTimeOffset",
        Literal::Bool(_) => "Edm.Boolean",
        Literal::Null => "null",
    }
}

/// The kind of the column at the end of a path.
pub(super) fn kind(store: &Store, entity: &Entity, path: &[String]) -> Result<Kind, Fault> {
    match path {
        [name] if entity.lookup_by_value(name).is_some() => Ok(Kind::Guid),
        [name] => {
            let column = entity.column(name);
            let column = column.ok_or_else(|| Fault::no_property(name, entity.name))?;
            Ok(column.kind.clone())
        }
        [name, rest @ ..] => {
            let target = entity
                .navigation(name)
                .and_then(|(_, table)| store.entity(table));
            let target = target.ok_or_else(|| Fault::no_property(name, entity.name))?;
            kind(store, target, rest)
        }
        [] => Err(Fault::syntax("Syntax error at position 0.")),
    }
}

/// The value at the end of a path.
pub(super) fn value<'s>(
    store: &'s Store,
    entity: &Entity,
    row: &'s Row,
    path: &[String],
) -> &'s Value {
    match path {
        [name] => row.get(name).unwrap_or(&Value::Null),
        [name, rest @ ..] => target(store, entity, row, name)
            .map_or(&Value::Null, |(entity, row)| {
                value(store, entity, row, rest)
            }),
        [] => &Value::Null,
    }
}

/// The row behind a navigation to one row.
pub(super) fn target<'s>(
    store: &'s Store,
    entity: &Entity,
    row: &Row,
    navigation: &str,
) -> Option<(&'s Entity, &'s Row)> {
    let (lookup, table) = entity.navigation(navigation)?;
    let name = lookup.value_name();
    if text(row, &format!("{name}{TABLE_OF}")) != table {
        return None;
    }
    let entity = store.entity(table)?;
    Some((entity, store.row(entity, text(row, &name))?))
}

pub(super) fn meets(store: &Store, entity: &Entity, row: &Row, filter: &Filter) -> bool {
    match filter {
        Filter::All(parts) => parts.iter().all(|part| meets(store, entity, row, part)),
        Filter::Any(parts) => parts.iter().any(|part| meets(store, entity, row, part)),
        Filter::Not(part) => !meets(store, entity, row, part),
        Filter::In(path, values) => {
            let own = plain(value(store, entity, row, path)).to_lowercase();
            values.iter().any(|value| value.to_lowercase() == own)
        }
        Filter::Text(function, path, pattern) => {
            let own = plain(value(store, entity, row, path)).to_lowercase();
            let pattern = pattern.to_lowercase();
            // The database compares by LIKE, and nobody escapes its signs.
            like(
                &own,
                &match function.as_str() {
                    "startswith" => format!("{pattern}%"),
                    "endswith" => format!("%{pattern}"),
                    _ => format!("%{pattern}%"),
                },
            )
        }
        Filter::Compare(path, operator, literal) => {
            let own = value(store, entity, row, path);
            if *literal == Literal::Null {
                return own.is_null() == (operator == "eq");
            }
            if own.is_null() {
                return operator == "ne";
            }
            let order = order(own, literal);
            match operator.as_str() {
                "eq" => order == Ordering::Equal,
                "ne" => order != Ordering::Equal,
                "gt" => order == Ordering::Greater,
                "ge" => order != Ordering::Less,
                "lt" => order == Ordering::Less,
                _ => order != Ordering::Greater,
            }
        }
    }
}

fn order(own: &Value, literal: &Literal) -> Ordering {
    match literal {
        Literal::Number(number) => {
            let own = own.as_f64().unwrap_or_default();
            own.total_cmp(&number.parse().unwrap_or_default())
        }
        Literal::Bool(value) => own.as_bool().cmp(&Some(*value)),
        Literal::Text(text) | Literal::Guid(text) | Literal::Time(text) => {
            plain(own).to_lowercase().cmp(&text.to_lowercase())
        }
        Literal::Null => Ordering::Equal,
    }
}

pub(super) fn plain(value: &Value) -> String {
    let text = value.as_str().map(str::to_owned);
    text.unwrap_or_else(|| {
        if value.is_null() {
            String::new()
        } else {
            value.to_string()
        }
    })
}

/// `%` is any text, `_` any sign, `[…]` one of some signs.
fn like(text: &str, pattern: &str) -> bool {
    let mut signs = pattern.chars();
    let Some(sign) = signs.next() else {
        return text.is_empty();
    };
    if sign == '%' {
        let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
        let mut rests = ends.filter_map(|at| text.get(at..));
        return rests.any(|rest| like(rest, signs.as_str()));
    }
    let mut own = text.chars();
    let Some(first) = own.next() else {
        return false;
    };
    if let Some((set, rest)) = pattern
        .strip_prefix('[')
        .and_then(|rest| rest.split_once(']'))
    {
        return set.contains(first) && like(own.as_str(), rest);
    }
    (sign == '_' || sign == first) && like(own.as_str(), signs.as_str())
}
