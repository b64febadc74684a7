//! Making and changing records, and tying them together.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::reads::{BATCH, batch_told, body, by};
use super::records::Portal;
use super::refusals;
use super::schema::{self, Kind, OPTIONS};
use crate::call::{Answer, Call};

type Properties = BTreeMap<String, String>;

/// A tie that a new record is to have.
struct Wanted {
    to: (&'static str, u64),
    number: u32,
}

pub(super) fn create(portal: &mut Portal, call: &Call, kind: &'static Kind) -> Answer {
    let body = match body(call) {
        Ok(body) => body,
        Err(refusal) => return refusal,
    };
    let wanted = match wanted(portal, kind, &body["associations"]) {
        Ok(wanted) => wanted,
        Err(refusal) => return refusal,
    };
    match made(portal, kind, &body["properties"]) {
        Ok(id) => {
            for tie in wanted {
                portal.tie((kind.one, id), tie.to, tie.number);
            }
            whole(portal, kind, id, 201)
        }
        Err(refusal) => refusal,
    }
}

pub(super) fn update(portal: &mut Portal, call: &Call, kind: &'static Kind, id: &str) -> Answer {
    let body = match body(call) {
        Ok(body) => body,
        Err(refusal) => return refusal,
    };
    let property = call.query_value("idProperty");
    let id = match by(portal, kind, property.as_deref(), id) {
        Ok(Some(record)) => record.id,
        Ok(None) => return refusals::not_found(),
        Err(refusal) => return refusal,
    };
    let properties = match properties_of(kind, &body["properties"]) {
        Ok(properties) => properties,
        Err(refusal) => return refusal,
    };
    if let Err(refusal) = unshared(portal, kind, &properties, Some(id)) {
        return refusal;
    }
    portal.change(id, &properties);
    whole(portal, kind, id, 200)
}

/// Makes or changes by a unique property; activities have none (unverified).
pub(super) fn upsert(portal: &mut Portal, call: &Call, kind: &'static Kind) -> Answer {
    let body = match body(call) {
        Ok(body) => body,
        Err(refusal) => return refusal,
    };
    let inputs = body["inputs"].as_array().cloned().unwrap_or_default();
    if inputs.is_empty() || inputs.len() > BATCH || kind.is_activity() {
        return refusals::invalid(&format!(
            "batch/upsert of {} takes 1 to {BATCH} inputs of a kind with unique properties",
            kind.many
        ));
    }
    let mut results = Vec::new();
    let mut errors = Vec::new();
    for input in inputs {
        let outcome = upserted(portal, kind, &input);
        match outcome {
            Ok(told) => results.push(told),
            Err(refusal) if body["inputs"].as_array().is_some_and(|all| all.len() == 1) => {
                return refusal;
            }
            Err(refusal) => {
                let mut fault = refusal.value();
                fault["context"]["objectWriteTraceId"] = json!([input["objectWriteTraceId"]]);
                errors.push(fault);
            }
        }
    }
    batch_told(results, errors)
}

fn upserted(portal: &mut Portal, kind: &'static Kind, input: &Value) -> Result<Value, Answer> {
    let key = input["id"].as_str().unwrap_or_default();
    let property = input["idProperty"].as_str().unwrap_or_default();
    if key.is_empty() || !kind.unique.contains(&property) {
        return Err(refusals::invalid(&format!(
            "{property} is not a unique property of {}",
            kind.many
        )));
    }
    let mut given = input["properties"].clone();
    given[property] = json!(key);
    let known = portal
        .by_unique(kind, property, key)
        .map(|record| record.id);
    let id = if let Some(id) = known {
        let properties = properties_of(kind, &given)?;
        portal.change(id, &properties);
        id
    } else {
        made(portal, kind, &given)?
    };
    let mut told = whole(portal, kind, id, 200).value();
    told["new"] = json!(known.is_none());
    if !input["objectWriteTraceId"].is_null() {
        told["objectWriteTraceId"] = input["objectWriteTraceId"].clone();
    }
    Ok(told)
}

/// Ties two records by the usual number.
pub(super) fn tie_usual(
    portal: &mut Portal,
    from: (&'static Kind, &str),
    to: (&'static Kind, &str),
) -> Answer {
    let number = schema::ties(from.0.one, to.0.one).first().copied();
    tied(portal, from, to, number.into_iter().collect())
}

/// Ties two records by the numbers in the body.
pub(super) fn tie(
    portal: &mut Portal,
    call: &Call,
    from: (&'static Kind, &str),
    to: (&'static Kind, &str),
) -> Answer {
    let types = call
        .is_of("application/json")
        .then(|| call.json())
        .flatten();
    let Some(types) = types.filter(Value::is_array) else {
        return refusals::invalid(
            "Invalid JSON input: a request body was expected, but none found",
        );
    };
    match numbers(from.0, to.0, &types) {
        Ok(numbers) => tied(portal, from, to, numbers),
        Err(refusal) => refusal,
    }
}

fn tied(
    portal: &mut Portal,
    from: (&'static Kind, &str),
    to: (&'static Kind, &str),
    numbers: Vec<u32>,
) -> Answer {
    let known = |(kind, id): (&'static Kind, &str)| {
        let id = id.parse().ok()?;
        portal.find(kind, id).map(|record| (kind.one, record.id))
    };
    let (Some(one), Some(other)) = (known(from), known(to)) else {
        return refusals::not_found();
    };
    if numbers.is_empty() {
        return refusals::invalid("There is no association between these object types");
    }
    for number in numbers {
        portal.tie(one, other, number);
    }
    let body = json!({
        "fromObjectTypeId": from.0.type_id, "fromObjectId": one.1,
        "toObjectTypeId": to.0.type_id, "toObjectId": other.1, "labels": [],
    });
    Answer::json(200, &body)
}

fn made(portal: &mut Portal, kind: &'static Kind, given: &Value) -> Result<u64, Answer> {
    let mut properties = properties_of(kind, given)?;
    let lacks = |name: &&&str| properties.get(**name).is_none_or(String::is_empty);
    let missing: Vec<&str> = kind.required.iter().filter(lacks).copied().collect();
    if !missing.is_empty() {
        return Err(refusals::required(kind.one, &missing));
    }
    if kind.one == "communication" && !properties.contains_key("hs_communication_logged_from") {
        return Err(refusals::required(
            kind.one,
            &["hs_communication_logged_from"],
        ));
    }
    unshared(portal, kind, &properties, None)?;
    if kind.one == "ticket" {
        properties
            .entry("hs_pipeline".to_owned())
            .or_insert_with(|| "0".to_owned());
    }
    Ok(portal.add(kind, properties))
}

fn whole(portal: &Portal, kind: &'static Kind, id: u64, status: u16) -> Answer {
    let record = portal.find(kind, id);
    record.map_or_else(refusals::not_found, |record| {
        let all: Vec<String> = record.properties.keys().cloned().collect();
        Answer::json(status, &portal.told(record, &all))
    })
}

fn unshared(
    portal: &Portal,
    kind: &Kind,
    properties: &Properties,
    own: Option<u64>,
) -> Result<(), Answer> {
    for property in kind.unique {
        let value = properties.get(*property).filter(|value| !value.is_empty());
        let other = value.and_then(|value| portal.by_unique(kind, property, value));
        if let Some(other) = other.filter(|other| Some(other.id) != own) {
            return Err(refusals::exists(kind.one, &other.id.to_string()));
        }
    }
    Ok(())
}

/// The properties of a body as texts, or what is wrong with them.
fn properties_of(kind: &Kind, given: &Value) -> Result<Properties, Answer> {
    let Some(given) = given.as_object() else {
        return Err(refusals::invalid(
            "Invalid input JSON on line 1, column 1: Some required fields were not set: [properties]",
        ));
    };
    let mut properties = Properties::new();
    let mut faults = Vec::new();
    for (name, value) in given {
        let text = match value {
            Value::Null => String::new(),
            Value::String(text) => text.clone(),
            Value::Bool(_) | Value::Number(_) => value.to_string(),
            Value::Array(_) | Value::Object(_) => {
                let message = format!(
                    "Invalid input JSON on line 1, column 1: Cannot deserialize value of type \
                     `String` in properties.{name}"
                );
                return Err(refusals::invalid(&message));
            }
        };
        if let Some(fault) = fault_of(kind, name, &text) {
            faults.push(fault);
        }
        properties.insert(name.clone(), text);
    }
    if faults.is_empty() {
        Ok(properties)
    } else {
        Err(refusals::invalid_values(&faults))
    }
}

fn fault_of(kind: &Kind, name: &str, text: &str) -> Option<(String, &'static str, String)> {
    let fault = |code, told: String| Some((name.to_owned(), code, told));
    if !kind.knows(name) {
        return fault(
            "PROPERTY_DOESNT_EXIST",
            format!("Property \"{name}\" does not exist"),
        );
    }
    let is_worked_out = matches!(name, "hs_object_id" | "hs_body_preview");
    if is_worked_out || name.starts_with("hs_searchable_calculated") {
        return fault(
            "READ_ONLY_VALUE",
            format!("\"{name}\" is a read only property"),
        );
    }
    if text.is_empty() {
        return None;
    }
    let options = OPTIONS.iter().find(|(property, _)| *property == name);
    if let Some((_, options)) = options
        && !options.contains(&text)
    {
        let told = format!("{text} was not one of the allowed options: {options:?}");
        return fault("INVALID_OPTION", told);
    }
    if name == "email" && !is_address(text) {
        return fault("INVALID_EMAIL", format!("Email address {text} is invalid"));
    }
    let is_time = text.parse::<i64>().is_ok() || (text.len() >= 19 && text.contains('T'));
    if name == "hs_timestamp" && !is_time {
        return fault("INVALID_DATE", format!("{text} was not a valid long."));
    }
    if name == "hs_call_duration" && text.parse::<i64>().is_err() {
        return fault(
            "INVALID_INTEGER",
            format!("{text} was not a valid integer."),
        );
    }
    None
}

fn is_address(text: &str) -> bool {
    text.split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
}

/// The ties of a body, checked: the records must exist and the numbers must fit the two kinds.
fn wanted(portal: &Portal, from: &Kind, associations: &Value) -> Result<Vec<Wanted>, Answer> {
    let mut all = Vec::new();
    for one in associations.as_array().into_iter().flatten() {
        let id = &one["to"]["id"];
        let id = id.as_u64().or_else(|| id.as_str()?.parse().ok());
        // The numbers say what kind of record is meant.
        let kinds = schema::KINDS
            .iter()
            .filter(|to| numbers(from, to, &one["types"]).is_ok());
        let found = id.and_then(|id| {
            kinds
                .clone()
                .find_map(|kind| portal.find(kind, id).map(|it| (kind, it.id)))
        });
        if let Some((to, id)) = found {
            let numbers = numbers(from, to, &one["types"])?;
            all.extend(numbers.into_iter().map(|number| Wanted {
                to: (to.one, id),
                number,
            }));
            continue;
        }
        if kinds.clone().next().is_none() {
            numbers(from, from, &one["types"])?;
        }
        return Err(refusals::invalid(&format!(
            "One or more associations are invalid: no object {} of that type",
            one["to"]["id"]
        )));
    }
    Ok(all)
}

/// The numbers of a list of types, if each is complete and fits.
fn numbers(from: &Kind, to: &Kind, types: &Value) -> Result<Vec<u32>, Answer> {
    let fitting = schema::ties(from.one, to.one);
    let mut all = Vec::new();
    let types = types.as_array().cloned().unwrap_or_default();
    for one in &types {
        let number = one["associationTypeId"].as_u64();
        let (Some(category), Some(number)) = (one["associationCategory"].as_str(), number) else {
            return Err(refusals::invalid(
                "Invalid input JSON on line 1, column 1: Some required fields were not set: \
                 [associationCategory, associationTypeId]",
            ));
        };
        let own = u32::try_from(number)
            .ok()
            .filter(|number| fitting.contains(number));
        let Some(own) = own.filter(|_| category == "HUBSPOT_DEFINED") else {
            return Err(refusals::invalid(&format!(
                "{category} associationTypeId {number} is not valid between {} and the object",
                from.one
            )));
        };
        all.push(own);
    }
    if all.is_empty() {
        return Err(refusals::invalid(
            "Invalid input JSON on line 1, column 1: Some required fields were not set: [types]",
        ));
    }
    Ok(all)
}
