//! The search across records, and the pages in which lists are told.

use serde_json::{Value, json};

use super::query::{self, Indexed};
use super::records::{Desk, HOST};
use super::{refusals, tickets, users};
use crate::call::{Answer, Call};

const STATUSES: &[&str] = &["new", "open", "pending", "hold", "solved", "closed"];
const PRIORITIES: &[&str] = &["low", "normal", "high", "urgent"];

/// Hits beyond this many cannot be reached by the unified search.
const REACH: usize = 1000;

/// Which part of a list is told.
pub(super) struct Page {
    number: usize,
    size: usize,
    query: String,
}

impl Page {
    /// By `page` and `per_page`; beyond the reach of the list it is refused.
    pub(super) fn of(call: &Call, most: usize, reach: usize) -> Result<Self, Answer> {
        let number = |name: &str, usual: usize| match call.query_value(name) {
            Some(text) => {
                users::whole_number(name, &text).map(|it| usize::try_from(it).unwrap_or(usize::MAX))
            }
            None => Ok(usual),
        };
        let page = Self {
            number: number("page", 1)?.max(1),
            size: number("per_page", most)?.clamp(1, most),
            query: call.query.clone(),
        };
        if (page.number - 1).saturating_mul(page.size) >= reach {
            let description = format!("Number of search results should not exceed {reach}.");
            let body = json!({"error": "invalid", "description": description});
            return Err(Answer::json(422, &body));
        }
        Ok(page)
    }

    pub(super) fn body(&self, name: &str, all: &[&Value], path: &str) -> Value {
        let start = (self.number - 1).saturating_mul(self.size);
        let own: Vec<&&Value> = all.iter().skip(start).take(self.size).collect();
        let address = |number: usize| {
            let kept = self.query.split('&').filter(|it| !it.starts_with("page="));
            let kept = kept.collect::<Vec<_>>().join("&");
            format!("https://{HOST}{path}?{kept}&page={number}")
        };
        let next = (start + own.len() < all.len()).then(|| address(self.number + 1));
        let previous = (self.number > 1).then(|| address(self.number - 1));
        json!({name: own, "next_page": next, "previous_page": previous, "count": all.len()})
    }
}

pub(super) fn unified(desk: &Desk, call: &Call) -> Answer {
    let mut hits = match found(desk, call) {
        Ok(hits) => hits,
        Err(refusal) => return refusal,
    };
    let page = match Page::of(call, 100, REACH) {
        Ok(page) => page,
        Err(refusal) => return refusal,
    };
    sort(&mut hits, call, "sort_by", "sort_order");
    let refs: Vec<&Value> = hits.iter().collect();
    let mut body = page.body("results", &refs, "/api/v2/search.json");
    body["facets"] = Value::Null;
    if users::includes(call, "tickets", "users") {
        body["users"] = tickets::people_of(desk, &refs);
    }
    let people: Vec<&Value> = hits
        .iter()
        .filter(|hit| hit["result_type"] == "user")
        .collect();
    users::side_load(desk, call, "users", &people, &mut body);
    Answer::json(200, &body)
}

pub(super) fn count(desk: &Desk, call: &Call) -> Answer {
    match found(desk, call) {
        Ok(hits) => Answer::json(200, &json!({"count": hits.len()})),
        Err(refusal) => refusal,
    }
}

/// Every hit with its `result_type`.
fn found(desk: &Desk, call: &Call) -> Result<Vec<Value>, Answer> {
    let text = call.query_value("query").unwrap_or_default();
    let conditions = query::read(&text);
    if conditions.is_empty() {
        return Err(refusals::invalid_search(
            "Invalid search: The query parameter is missing",
        ));
    }
    let tickets = desk.tickets.iter().filter(|ticket| {
        let known = ticket["id"]
            .as_u64()
            .is_some_and(|id| !desk.unindexed.contains(&id));
        known && query::finds(&conditions, &|key| key_of(desk, ticket, key))
    });
    let users = users::by_query(desk, &conditions).into_iter();
    let typed = |record: &Value, kind: &str| {
        let mut record = record.clone();
        record["result_type"] = json!(kind);
        record
    };
    let hits = users.map(|it| typed(it, "user"));
    Ok(hits.chain(tickets.map(|it| typed(it, "ticket"))).collect())
}

fn key_of(desk: &Desk, ticket: &Value, key: &str) -> Option<Indexed> {
    let own = |field: &str| ticket[field].as_str().map(str::to_owned);
    let person = |field: &str| {
        let user = ticket[field].as_u64().and_then(|id| desk.user(id));
        let texts = user.map(|user| [user["name"].clone(), user["email"].clone()]);
        let texts = texts.into_iter().flatten();
        let texts = texts.filter_map(|it| it.as_str().map(str::to_owned));
        Indexed::Exact(
            texts
                .chain(ticket[field].as_u64().map(|id| id.to_string()))
                .collect(),
        )
    };
    Some(match key {
        "" => Indexed::Text(
            [own("subject"), own("description")]
                .into_iter()
                .flatten()
                .collect(),
        ),
        "type" => Indexed::Exact(vec!["ticket".to_owned()]),
        "ticket_type" => Indexed::Exact(own("type").into_iter().collect()),
        "subject" | "description" => Indexed::Text(own(key).into_iter().collect()),
        "status" => Indexed::Rank(STATUSES, own(key).unwrap_or_default()),
        "priority" => Indexed::Rank(PRIORITIES, own(key).unwrap_or_default()),
        "requester" => person("requester_id"),
        "assignee" => person("assignee_id"),
        "submitter" => person("submitter_id"),
        "organization" => Indexed::Exact(vec![ticket["organization_id"].to_string()]),
        "external_id" => Indexed::Exact(own(key).into_iter().collect()),
        "tags" => Indexed::Exact(users::strings(&ticket["tags"])),
        "via" => Indexed::Exact(
            ticket["via"]["channel"]
                .as_str()
                .map(str::to_owned)
                .into_iter()
                .collect(),
        ),
        "created" => Indexed::Time(own("created_at").unwrap_or_default()),
        "updated" => Indexed::Time(own("updated_at").unwrap_or_default()),
        _ => return None,
    })
}

/// Sorts by a field that both parameters name; without them the order of creation stays.
pub(super) fn sort(records: &mut [Value], call: &Call, by: &str, order: &str) {
    let Some(field) = call.query_value(by) else {
        return;
    };
    let rank = |record: &Value| {
        let text = record[field.as_str()]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        let words = if field == "priority" {
            PRIORITIES
        } else {
            STATUSES
        };
        let place = words
            .iter()
            .position(|word| *word == text)
            .unwrap_or_default();
        (place, text)
    };
    records.sort_by_key(rank);
    if call.query_value(order).as_deref() == Some("desc") {
        records.reverse();
    }
}
