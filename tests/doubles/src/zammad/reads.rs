//! Reading by id, and finding by a query or by conditions.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::records::{Desk, id_of, name_of};
use super::{query, refusals};
use crate::call::{Answer, Call};

/// The most records of one page, and how many there are when nothing is said.
const MOST: usize = 200;
const USUAL: usize = 50;

/// Users or tickets.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    User,
    Ticket,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::User => "User",
            Self::Ticket => "Ticket",
        }
    }

    fn all(self, desk: &Desk) -> &[Value] {
        match self {
            Self::User => &desk.users,
            Self::Ticket => &desk.tickets,
        }
    }

    fn told(self, desk: &Desk, record: &Value, expand: bool) -> Value {
        match self {
            Self::User => desk.told_user(record, expand),
            Self::Ticket => desk.told_ticket(record, expand),
        }
    }
}

pub(super) fn is_on(call: &Call, flag: &str) -> bool {
    call.query_value(flag)
        .is_some_and(|value| value == "true" || value == "1")
}

pub(super) fn one(desk: &Desk, call: &Call, kind: Kind, id: &str) -> Answer {
    let mut all = kind.all(desk).iter();
    let own = id
        .parse::<u64>()
        .ok()
        .and_then(|id| all.find(|it| it["id"] == id));
    own.map_or_else(
        || refusals::no_such(kind.name(), id),
        |own| Answer::json(200, &kind.told(desk, own, is_on(call, "expand"))),
    )
}

pub(super) fn organization(desk: &Desk, id: &str) -> Answer {
    let mut all = desk.organizations.iter();
    let own = id
        .parse::<u64>()
        .ok()
        .and_then(|id| all.find(|it| it["id"] == id));
    own.map_or_else(
        || refusals::no_such("Organization", id),
        |own| Answer::json(200, own),
    )
}

pub(super) fn articles(desk: &Desk, ticket: &str) -> Answer {
    let Some(known) = ticket.parse().ok().and_then(|id| desk.ticket(id)) else {
        return refusals::no_such("Ticket", ticket);
    };
    let own = desk
        .articles
        .iter()
        .filter(|it| it["ticket_id"] == known["id"]);
    Answer::json(200, &json!(own.collect::<Vec<_>>()))
}

/// By `query`, which asks the index, or by `condition` alone, which asks the database.
pub(super) fn search(desk: &Desk, call: &Call, kind: Kind) -> Answer {
    let posted = if call.method == "POST" {
        call.json().unwrap_or_default()
    } else {
        Value::Null
    };
    let text = posted["query"]
        .as_str()
        .map(str::to_owned)
        .or(call.query_value("query"));
    let text = text.filter(|text| !text.replace('*', "").trim().is_empty());
    let conditions = posted["condition"].as_object();
    if conditions.is_some_and(|all| !all.values().all(|it| it["operator"].is_string())) {
        return refusals::invalid("Invalid condition structure");
    }
    let mut hits: Vec<&Value> = match (&text, conditions) {
        (Some(text), _) => by_query(desk, kind, text),
        (None, Some(conditions)) => match by_conditions(desk, kind, conditions) {
            Ok(hits) => hits,
            Err(refusal) => return refusal,
        },
        (None, None) => Vec::new(),
    };
    sort(&mut hits, call);
    told(desk, call, kind, &hits)
}

fn by_query<'a>(desk: &'a Desk, kind: Kind, text: &str) -> Vec<&'a Value> {
    let Some(query) = query::read(text) else {
        return Vec::new();
    };
    let indexed = kind.all(desk).iter().filter(|record| {
        record["id"]
            .as_u64()
            .is_some_and(|id| !desk.unindexed.contains(&id))
    });
    indexed
        .filter(|record| query.finds(&|field| texts_of(desk, kind, record, field)))
        .collect()
}

/// What is indexed of a record under a field, or all of it.
fn texts_of(desk: &Desk, kind: Kind, record: &Value, field: Option<&str>) -> Vec<String> {
    let Some(field) = field else {
        let own = record.as_object().into_iter().flatten();
        return own.filter_map(|(_, value)| text_of(value)).collect();
    };
    let company = || {
        let id = &record["organization_id"];
        desk.organizations.iter().find(|it| it["id"] == *id)
    };
    let linked = |id: &str| record[id].as_u64().unwrap_or_default();
    let found = match (kind, field.split_once('.')) {
        (_, Some(("organization", rest))) => company().and_then(|it| text_of(&it[rest])),
        (Kind::Ticket, Some((link @ ("state" | "priority" | "group"), "name"))) => {
            name_of(link, linked(&format!("{link}_id"))).map(str::to_owned)
        }
        (Kind::Ticket, Some((link @ ("customer" | "owner"), rest))) => desk
            .user(linked(&format!("{link}_id")))
            .and_then(|user| text_of(&user[rest])),
        (Kind::Ticket, Some(("article", rest))) => {
            let own = desk
                .articles
                .iter()
                .filter(|it| it["ticket_id"] == record["id"]);
            return own.filter_map(|it| text_of(&it[rest])).collect();
        }
        _ if field == "tags" => {
            let tags = record["tags"].as_array().into_iter().flatten();
            return tags.filter_map(text_of).collect();
        }
        _ => text_of(&record[field]),
    };
    found.into_iter().collect()
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => (!text.is_empty()).then(|| text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// Every condition holds: `{"user.email": {"operator": "is", "value": "…"}}`.
fn by_conditions<'a>(
    desk: &'a Desk,
    kind: Kind,
    conditions: &Map<String, Value>,
) -> Result<Vec<&'a Value>, Answer> {
    let own = kind.name().to_lowercase();
    let mut hits: Vec<&Value> = kind.all(desk).iter().collect();
    for (key, condition) in conditions {
        let Some((of, field)) = key.split_once('.') else {
            return Err(refusals::invalid(&format!("Invalid condition key '{key}'")));
        };
        let operator = condition["operator"].as_str().unwrap_or_default();
        let value = &condition["value"];
        let list = value
            .as_array()
            .map_or(std::slice::from_ref(value), Vec::as_slice);
        let values: Vec<String> = list.iter().filter_map(text_of).collect();
        let is_ours = of == own || (kind == Kind::Ticket && of == "customer");
        let known = [
            "is",
            "is not",
            "contains",
            "contains not",
            "starts with",
            "ends with",
        ];
        if !is_ours || !known.contains(&operator) || values.is_empty() {
            return Err(refusals::invalid(&format!(
                "Invalid condition '{key}' with operator '{operator}'"
            )));
        }
        let field = if of == own {
            field.to_owned()
        } else {
            format!("customer.{field}")
        };
        hits.retain(|record| {
            let texts = texts_of(desk, kind, record, Some(&field));
            let any = |test: fn(&str, &str) -> bool| {
                texts.iter().any(|text| {
                    values
                        .iter()
                        .any(|it| test(&text.to_lowercase(), &it.to_lowercase()))
                })
            };
            match operator {
                "is" => any(|own, it| own == it),
                "is not" => !any(|own, it| own == it),
                "contains" => any(|own, it| own.contains(it)),
                "contains not" => !any(|own, it| own.contains(it)),
                "starts with" => any(|own, it| own.starts_with(it)),
                _ => any(|own, it| own.ends_with(it)),
            }
        });
    }
    Ok(hits)
}

/// By `sort_by` and `order_by`; the last changed first when nothing is said.
fn sort(hits: &mut [&Value], call: &Call) {
    let by = call
        .query_value("sort_by")
        .unwrap_or_else(|| "updated_at".to_owned());
    let descending = call
        .query_value("order_by")
        .is_none_or(|order| order == "desc");
    hits.sort_by_key(|record| {
        let value = &record[by.as_str()];
        (value.as_u64(), text_of(value))
    });
    if descending {
        hits.reverse();
    }
}

fn told(desk: &Desk, call: &Call, kind: Kind, hits: &[&Value]) -> Answer {
    let total = hits.len();
    if is_on(call, "only_total_count") {
        return Answer::json(200, &json!({"total_count": total}));
    }
    let number = |name: &str| {
        call.query_value(name)
            .and_then(|text| text.parse::<usize>().ok())
    };
    let size = number("per_page")
        .or(number("limit"))
        .unwrap_or(USUAL)
        .clamp(1, MOST);
    let start = number("page")
        .unwrap_or(1)
        .saturating_sub(1)
        .saturating_mul(size);
    let page: Vec<&&Value> = hits.iter().skip(start).take(size).collect();
    if is_on(call, "full") {
        let ids: Vec<&Value> = page.iter().map(|it| &it["id"]).collect();
        let assets = assets_of(desk, kind, &page);
        let body = json!({"record_ids": ids, "assets": assets, "total_count": total});
        return Answer::json(200, &body);
    }
    let expand = is_on(call, "expand");
    let list: Vec<Value> = page.iter().map(|it| kind.told(desk, it, expand)).collect();
    if is_on(call, "with_total_count") {
        return Answer::json(200, &json!({"records": list, "total_count": total}));
    }
    Answer::json(200, &json!(list))
}

/// The records and whom they name, by kind and id.
fn assets_of(desk: &Desk, kind: Kind, page: &[&&Value]) -> Value {
    let mut assets = json!({});
    let mut people = BTreeSet::new();
    for record in page {
        let id = record["id"].to_string();
        assets[kind.name()][id] = kind.told(desk, record, false);
        people.extend(record["customer_id"].as_u64());
        people.extend(record["owner_id"].as_u64());
    }
    for user in people.into_iter().filter_map(|id| desk.user(id)) {
        assets["User"][user["id"].to_string()] = desk.told_user(user, false);
    }
    for organization in &desk.organizations {
        let belongs = |record: &&&&Value| record["organization_id"] == organization["id"];
        if page.iter().any(|record| belongs(&record)) {
            assets["Organization"][organization["id"].to_string()] = organization.clone();
        }
    }
    assets
}

/// The id that a body means by `x_id`, or by the name in `x`.
pub(super) fn meant(body: &Map<String, Value>, kind: &str) -> Result<Option<u64>, Answer> {
    let id = body
        .get(&format!("{kind}_id"))
        .filter(|it| !it.is_null() && **it != "");
    if let Some(id) = id {
        let number = id.as_u64().or_else(|| id.as_str()?.parse().ok());
        let known = number.filter(|number| name_of(kind, *number).is_some());
        let shown = text_of(id).unwrap_or_default();
        return known
            .map(Some)
            .ok_or_else(|| refusals::invalid_value(&format!("{kind}_id"), &shown));
    }
    let Some(name) = body.get(kind).and_then(Value::as_str) else {
        return Ok(None);
    };
    id_of(kind, name)
        .map(Some)
        .ok_or_else(|| refusals::no_lookup(kind, name))
}
