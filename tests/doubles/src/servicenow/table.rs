//! The Table and Aggregate APIs.

use serde_json::{Map, Value, json};

use super::Instance;
use super::fault::{not_found, refused};
use super::query::{Condition, Filter, Join, Order, parsed};
use super::schema::{Kind, fields, is_table};
use super::store::{NOW, Reader, Row, Shown, text};
use crate::call::{Answer, Call};

/// Answers `/api/now[/v1|/v2]/table/{table}[/{sys_id}]`.
pub(super) fn answer(instance: &mut Instance, call: &Call, rest: &[&str], is_v1: bool) -> Answer {
    let [table, rest @ ..] = rest else {
        return refused(400, "Invalid table null", None);
    };
    if !is_table(table) {
        return refused(400, &format!("Invalid table {table}"), None);
    }
    match (call.method.as_str(), rest) {
        ("GET", []) => list(instance, call, table, is_v1),
        ("GET", [id]) => one(instance, call, table, id, 200),
        ("POST", []) => match body(call) {
            Ok(given) => {
                let id = create(instance, table, &given);
                let location =
                    format!("https://{}/api/now/table/{table}/{id}", instance.store.host);
                one(instance, call, table, &id, 201).with("location", &location)
            }
            Err(answer) => answer,
        },
        ("PATCH" | "PUT", [id]) => match body(call) {
            Ok(given) => change(instance, call, (table, id), &given),
            Err(answer) => answer,
        },
        _ => refused(405, "Method not supported", None),
    }
}

/// Answers `/api/now/stats/{table}`: how many there are, perhaps by one field.
pub(super) fn stats(instance: &mut Instance, call: &Call, table: &str) -> Answer {
    if !is_table(table) {
        return refused(400, &format!("Invalid table {table}"), None);
    }
    let (filter, _) = asked(instance, call, table);
    let reader = Reader(&instance.store);
    let rows = instance.store.of(table);
    let rows = rows
        .filter(|row| filter.means(reader, row))
        .collect::<Vec<_>>();
    let Some(field) = call.query_value("sysparm_group_by") else {
        let stats = json!({ "count": rows.len().to_string() });
        return Answer::json(200, &json!({ "result": { "stats": stats } }));
    };
    let mut counts: Map<String, Value> = Map::new();
    for row in rows {
        let count = counts.entry(reader.raw(row, &field)).or_insert(json!(0));
        *count = json!(count.as_u64().unwrap_or_default() + 1);
    }
    let groups = counts.into_iter().map(|(value, count)| {
        json!({ "stats": { "count": count.to_string() }, "groupby_fields": [{ "field": field, "value": value }] })
    });
    Answer::json(200, &json!({ "result": groups.collect::<Vec<_>>() }))
}

fn list(instance: &mut Instance, call: &Call, table: &str, is_v1: bool) -> Answer {
    let (filter, orders) = asked(instance, call, table);
    let number = |name: &str| {
        call.query_value(name)
            .and_then(|text| text.parse::<usize>().ok())
    };
    let reader = Reader(&instance.store);
    let rows = instance.store.of(table);
    let mut rows = rows
        .filter(|row| filter.means(reader, row))
        .collect::<Vec<_>>();
    for (field, is_down) in orders.iter().rev() {
        rows.sort_by_key(|row| reader.raw(row, field));
        if *is_down {
            rows.reverse();
        }
    }
    let total = rows.len();
    let page = rows
        .into_iter()
        .skip(number("sysparm_offset").unwrap_or(0))
        .take(number("sysparm_limit").unwrap_or(10_000))
        // The page is cut before access rules are asked: it may come back short.
        .filter(|row| instance.store.is_visible(row));
    let (names, shown, links) = form(call, table);
    let records = page.map(|row| reader.record(table, row, &names, shown, links));
    let records = records.collect::<Vec<_>>();
    if is_v1 && records.is_empty() {
        return refused(
            404,
            "No Record found",
            Some("Records matching query not found"),
        );
    }
    let answer = Answer::json(200, &json!({ "result": records }));
    if call.query_value("sysparm_no_count").as_deref() == Some("true") {
        return answer;
    }
    answer.with("x-total-count", &total.to_string())
}

fn one(instance: &Instance, call: &Call, table: &str, id: &str, status: u16) -> Answer {
    let row = instance.store.row(table, id);
    let Some(row) = row.filter(|row| instance.store.is_visible(row)) else {
        return not_found();
    };
    let reader = Reader(&instance.store);
    let (names, shown, links) = form(call, table);
    let record = reader.record(table, row, &names, shown, links);
    Answer::json(status, &json!({ "result": record }))
}

/// The conditions and the order of a request; a parameter named like a field is a condition.
fn asked(instance: &mut Instance, call: &Call, table: &str) -> (Filter, Vec<Order>) {
    let query = call.query_value("sysparm_query").unwrap_or_default();
    let (mut conditions, orders) = parsed(&query);
    for (name, value) in call.query_pairs() {
        if !name.starts_with("sysparm_") {
            conditions.push(Condition {
                join: Join::And,
                field: name,
                operator: "=",
                value,
            });
        }
    }
    for condition in &mut conditions {
        if let Some(script) = condition.value.strip_prefix("javascript:") {
            condition.value = instance.run(script);
        }
    }
    let reader = Reader(&instance.store);
    let filter = Filter::new(reader, table, conditions, instance.strict);
    (filter, orders)
}

/// Which fields, shown how, with links or without.
fn form(call: &Call, table: &str) -> (Vec<String>, Shown, bool) {
    let all = || fields(table).into_iter().map(|(name, _)| name).collect();
    let names = call
        .query_value("sysparm_fields")
        .filter(|names| !names.is_empty());
    let names = names.map(|names| {
        names
            .split(',')
            .map(|name| name.trim().to_owned())
            .collect()
    });
    let shown = match call.query_value("sysparm_display_value").as_deref() {
        Some("true") => Shown::Label,
        Some("all") => Shown::Both,
        _ => Shown::Raw,
    };
    let links = call
        .query_value("sysparm_exclude_reference_link")
        .as_deref()
        != Some("true");
    (names.unwrap_or_else(all), shown, links)
}

/// The members of the body.
pub(super) fn body(call: &Call) -> Result<Map<String, Value>, Answer> {
    if !call.is_of("application/json") {
        let detail = "Content-Type not supported: use application/json";
        return Err(refused(415, "Unsupported media type", Some(detail)));
    }
    if let Some(Value::Object(given)) = call.json() {
        return Ok(given);
    }
    let detail = "The payload is not valid JSON.";
    Err(refused(
        400,
        "Exception while reading request",
        Some(detail),
    ))
}

/// Makes a row of what is given; names that the table does not have are dropped without a word.
pub(super) fn create(instance: &mut Instance, table: &str, given: &Map<String, Value>) -> String {
    let mut row = kept(instance, table, given);
    let (prefix, state) = match table {
        "incident" => ("INC", "1"),
        "sn_customerservice_case" => ("CS", "1"),
        "interaction" => ("IMS", "new"),
        _ => ("", ""),
    };
    let number = 1000 + instance.store.rows.len();
    for (field, kind) in fields(table) {
        let usual = match (field.as_str(), kind) {
            ("number", _) => format!("{prefix}{number:07}"),
            ("state", _) => state.to_owned(),
            ("priority", _) => "4".to_owned(),
            ("active", _) => "true".to_owned(),
            ("opened_at", _) => NOW.to_owned(),
            ("opened_by", _) => instance.agent.clone(),
            ("name", Kind::Text) => full_name(&row),
            _ => continue,
        };
        row.entry(field).or_insert(usual);
    }
    if table == "sn_customerservice_case" && !row.contains_key("account") {
        let contact = instance
            .store
            .row("customer_contact", text(&row, "contact"));
        let account = contact.map(|contact| text(contact, "account").to_owned());
        row.insert("account".into(), account.unwrap_or_default());
    }
    settle(&mut row, table);
    instance.store.add(table, row)
}

fn change(
    instance: &mut Instance,
    call: &Call,
    (table, id): (&str, &str),
    given: &Map<String, Value>,
) -> Answer {
    let changes = kept(instance, table, given);
    let is_visible = instance
        .store
        .row(table, id)
        .map(|row| instance.store.is_visible(row));
    let Some(row) = instance
        .store
        .row_mut(table, id)
        .filter(|_| is_visible == Some(true))
    else {
        return not_found();
    };
    row.extend(changes);
    row.insert("sys_updated_on".into(), NOW.into());
    settle(row, table);
    one(instance, call, table, id, 200)
}

/// What of the given the table has a field for, as texts.
fn kept(instance: &Instance, table: &str, given: &Map<String, Value>) -> Row {
    let reader = Reader(&instance.store);
    let known = given
        .iter()
        .filter(|(name, _)| !name.contains('.') && reader.kind(table, name).is_some());
    let texts = known.map(|(name, value)| {
        let text = value.as_str().map(str::to_owned);
        let text = text.unwrap_or_else(|| {
            if value.is_null() {
                String::new()
            } else {
                value.to_string()
            }
        });
        (name.clone(), text)
    });
    texts.collect()
}

/// Whether a task is active follows from its state.
fn settle(row: &mut Row, table: &str) {
    let closed: &[&str] = match table {
        "sn_customerservice_case" => &["3"],
        "incident" => &["7", "8"],
        "interaction" => &["closed_complete", "closed_abandoned"],
        _ => return,
    };
    let is_active = !closed.contains(&text(row, "state"));
    row.insert("active".into(), is_active.to_string());
}

fn full_name(row: &Row) -> String {
    let name = format!("{} {}", text(row, "first_name"), text(row, "last_name"));
    name.trim().to_owned()
}
