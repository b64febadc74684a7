//! Results as data, for examples: profile types themselves are never serialised.

use pop_core::fault::{Fault, FaultKind};
use pop_core::profile::{Activity, Case, Customer, Listed, Priority};
use serde_json::{Value, json};

use crate::file::tree::join;
use crate::run::context::object;
use crate::run::find::Found;

pub(crate) fn found(found: &Found) -> Value {
    let customers = found.customers.iter().map(customer).collect::<Vec<_>>();
    let first = customers.first().filter(|_| customers.len() == 1).cloned();
    let list = |key: &str| {
        first
            .as_ref()
            .and_then(|customer| customer.get(key))
            .cloned()
    };
    object([
        ("none", Some(Value::Bool(customers.is_empty()))),
        ("cases", list("cases")),
        ("activities", list("activities")),
        ("customer", first),
        ("customers", Some(Value::Array(customers))),
        ("strangers", Some(Value::from(found.strangers))),
    ])
}

pub(crate) fn customers(listed: &Listed<Customer>) -> Value {
    list("customers", listed, customer)
}

pub(crate) fn cases(listed: &Listed<Case>) -> Value {
    list("cases", listed, case)
}

pub(crate) fn activities(listed: &Listed<Activity>) -> Value {
    list("activities", listed, activity)
}

pub(crate) fn fault(fault: &Fault) -> Value {
    let name = if let FaultKind::MissingName(name) = &fault.kind {
        Some(Value::from(name.clone()))
    } else {
        None
    };
    let fields = if let FaultKind::Invalid(fields) = &fault.kind {
        Some(Value::from(fields.clone()))
    } else {
        None
    };
    object([
        ("fault", Some(Value::from(fault.slug()))),
        ("status", fault.status.map(Value::from)),
        ("code", fault.code.clone().map(Value::from)),
        ("message", fault.message.clone().map(Value::from)),
        ("request", fault.request_id.clone().map(Value::from)),
        ("fields", fields),
        ("name", name),
    ])
}

/// The keys that a row fills, as the maps name them.
pub(crate) fn keys_of(family: &str, row: &Value, keys: &mut Vec<String>) {
    for (name, value) in row.as_object().into_iter().flatten() {
        let is_filled = !matches!(value, Value::Array(items) if items.is_empty());
        match (name.as_str(), value) {
            ("extra" | "keep" | "account", Value::Object(inner)) => {
                keys.extend(inner.keys().map(|key| format!("{family}.{name}.{key}")));
            }
            _ if is_filled => keys.push(join(family, name)),
            _ => {}
        }
        if let ("cases" | "activities", Value::Array(rows)) = (name.as_str(), value) {
            keys.push(join(family, name));
            let family = if name == "cases" { "case" } else { "activity" };
            for row in rows {
                keys_of(family, row, keys);
            }
        }
    }
}

fn list<T>(key: &str, listed: &Listed<T>, shown: impl Fn(&T) -> Value) -> Value {
    object([
        (key, Some(listed.items.iter().map(shown).collect())),
        ("total", listed.total.map(Value::from)),
        ("strangers", Some(Value::from(listed.strangers))),
    ])
}

fn customer(customer: &Customer) -> Value {
    let text = |text: &Option<String>| text.clone().map(Value::from);
    let extra = customer
        .extra
        .iter()
        .map(|fact| (fact.name.as_str(), Some(Value::from(fact.value.clone()))));
    let keep = customer
        .keep
        .iter()
        .map(|(name, value)| (name.as_str(), Some(value.clone())));
    let rows = |rows: Vec<Value>| Value::Array(rows);
    object([
        ("id", Some(Value::from(customer.id.clone()))),
        ("type", text(&customer.kind)),
        ("name", text(&customer.name)),
        ("emails", Some(Value::from(customer.emails.clone()))),
        ("phones", Some(Value::from(customer.phones.clone()))),
        ("company", text(&customer.company)),
        (
            "account",
            customer.account_id.clone().map(|id| json!({ "id": id })),
        ),
        ("tier", text(&customer.tier)),
        ("vip", Some(Value::from(customer.vip))),
        ("language", text(&customer.language)),
        ("region", text(&customer.region)),
        ("owner", text(&customer.owner)),
        ("link", text(&customer.link)),
        ("open_cases", customer.open_cases.map(Value::from)),
        ("also", Some(Value::from(customer.also.clone()))),
        ("extra", Some(object(extra))),
        ("keep", Some(object(keep))),
        (
            "cases",
            customer
                .cases
                .as_ref()
                .map(|listed| rows(listed.items.iter().map(case).collect())),
        ),
        (
            "activities",
            customer
                .activities
                .as_ref()
                .map(|listed| rows(listed.items.iter().map(activity).collect())),
        ),
    ])
}

fn case(case: &Case) -> Value {
    let text = |text: &Option<String>| text.clone().map(Value::from);
    let time =
        |time: Option<pop_core::moment::Moment>| time.map(|time| Value::from(time.rfc3339()));
    object([
        ("id", Some(Value::from(case.id.clone()))),
        ("number", text(&case.number)),
        ("subject", text(&case.subject)),
        ("status", text(&case.status)),
        ("open", Some(Value::from(case.open))),
        (
            "priority",
            case.priority.map(|priority| Value::from(word(priority))),
        ),
        ("created", time(case.created)),
        ("updated", time(case.updated)),
        ("due", time(case.due)),
        ("owner", text(&case.owner)),
        ("link", text(&case.link)),
        ("stamp", text(&case.stamp)),
    ])
}

fn word(priority: Priority) -> &'static str {
    let known = Priority::ALL
        .into_iter()
        .find(|(known, _)| *known == priority);
    known.map_or("normal", |(_, word)| word)
}

fn activity(activity: &Activity) -> Value {
    let text = |text: &Option<String>| text.clone().map(Value::from);
    object([
        ("id", Some(Value::from(activity.id.clone()))),
        ("kind", text(&activity.kind)),
        ("subject", text(&activity.subject)),
        ("at", activity.at.map(|at| Value::from(at.rfc3339()))),
        ("text", text(&activity.text)),
        ("outcome", text(&activity.outcome)),
        ("agent", text(&activity.agent)),
    ])
}
