//! Reading tickets, their comments and the account's statuses.

use serde_json::{Value, json};

use super::records::{self, Desk};
use super::users::{includes, whole_number};
use super::{refusals, search};
use crate::call::{Answer, Call};

/// By offset (`sort_by`, `sort_order`, `per_page`) or by cursor (`sort=-updated_at`, `page[size]`).
pub(super) fn requested(desk: &Desk, call: &Call, user: &str) -> Answer {
    let user = match whole_number("user_id", user) {
        Ok(id) if desk.user(id).is_some() => id,
        Ok(_) => return refusals::not_found(),
        Err(refusal) => return refusal,
    };
    let mut own: Vec<Value> = desk
        .tickets
        .iter()
        .filter(|ticket| ticket["requester_id"] == user)
        .cloned()
        .collect();
    let path = format!("/api/v2/users/{user}/tickets/requested.json");
    told(desk, call, &mut own, &path)
}

pub(super) fn list(desk: &Desk, call: &Call) -> Answer {
    let wanted = call.query_value("external_id");
    let is_own = |ticket: &&Value| {
        wanted
            .as_deref()
            .is_none_or(|wanted| ticket["external_id"] == wanted)
    };
    let mut own: Vec<Value> = desk.tickets.iter().filter(is_own).cloned().collect();
    told(desk, call, &mut own, "/api/v2/tickets.json")
}

fn told(desk: &Desk, call: &Call, tickets: &mut [Value], path: &str) -> Answer {
    if includes(call, "", "comment_count") {
        for ticket in tickets.iter_mut() {
            let count = desk
                .comments
                .iter()
                .filter(|it| it["ticket_id"] == ticket["id"])
                .count();
            ticket["comment_count"] = json!(count);
        }
    }
    let mut body = if let Some(size) = call.query_value("page[size]") {
        let size: usize = match whole_number("page[size]", &size) {
            Ok(size) => usize::try_from(size).unwrap_or(100).min(100),
            Err(refusal) => return refusal,
        };
        let sort = call.query_value("sort").unwrap_or_default();
        let field = sort.strip_prefix('-').unwrap_or(&sort).to_owned();
        tickets.sort_by_key(|it| it[field.as_str()].to_string());
        if sort.starts_with('-') {
            tickets.reverse();
        }
        let has_more = tickets.len() > size;
        let own: Vec<&Value> = tickets.iter().take(size).collect();
        json!({
            "tickets": own, "links": {"prev": null, "next": null},
            "meta": {"has_more": has_more, "after_cursor": null, "before_cursor": null},
        })
    } else {
        let page = match search::Page::of(call, 100, 10_000) {
            Ok(page) => page,
            Err(refusal) => return refusal,
        };
        search::sort(tickets, call, "sort_by", "sort_order");
        page.body("tickets", &tickets.iter().collect::<Vec<_>>(), path)
    };
    if includes(call, "", "users") {
        body["users"] = people_of(desk, &tickets.iter().collect::<Vec<_>>());
    }
    Answer::json(200, &body)
}

pub(super) fn show(desk: &Desk, call: &Call, id: &str) -> Answer {
    let ticket = match known(desk, id) {
        Ok(ticket) => ticket,
        Err(refusal) => return refusal,
    };
    let mut body = json!({ "ticket": ticket });
    if includes(call, "", "users") {
        body["users"] = people_of(desk, &[ticket]);
    }
    Answer::json(200, &body)
}

pub(super) fn comments(desk: &Desk, call: &Call, id: &str) -> Answer {
    let ticket = match known(desk, id) {
        Ok(ticket) => ticket,
        Err(refusal) => return refusal,
    };
    let own = desk
        .comments
        .iter()
        .filter(|it| it["ticket_id"] == ticket["id"]);
    let mut own: Vec<&Value> = own.collect();
    let backwards = call
        .query_value("sort")
        .is_some_and(|sort| sort.starts_with('-'))
        || call.query_value("sort_order").as_deref() == Some("desc");
    if backwards {
        own.reverse();
    }
    let count = own.len();
    let mut body = json!({
        "comments": own, "next_page": null, "previous_page": null, "count": count,
    });
    if includes(call, "", "users") {
        body["users"] = people_of(desk, &[ticket]);
    }
    Answer::json(200, &body)
}

pub(super) fn tags(desk: &Desk, id: &str) -> Answer {
    match known(desk, id) {
        Ok(ticket) => Answer::json(200, &json!({"tags": ticket["tags"]})),
        Err(refusal) => refusal,
    }
}

pub(super) fn custom_statuses() -> Answer {
    Answer::json(200, &json!({"custom_statuses": records::custom_statuses()}))
}

/// A ticket by its id, or why there is none.
pub(super) fn known<'a>(desk: &'a Desk, id: &str) -> Result<&'a Value, Answer> {
    let id = whole_number("id", id)?;
    desk.ticket(id).ok_or_else(refusals::not_found)
}

/// Everybody whom these tickets name.
pub(super) fn people_of(desk: &Desk, tickets: &[&Value]) -> Value {
    let fields = ["requester_id", "submitter_id", "assignee_id"];
    let names = |user: &&Value| {
        tickets
            .iter()
            .any(|ticket| fields.iter().any(|field| ticket[*field] == user["id"]))
    };
    json!(desk.users.iter().filter(names).collect::<Vec<_>>())
}
