//! Making and changing tickets and articles. A member that is no attribute is dropped in silence.

use serde_json::{Map, Value, json};

use super::reads::{is_on, meant};
use super::records::{self, Desk};
use super::refusals;
use super::user_writes::{add_user, fit_for_user};
use crate::call::{Answer, Call};

/// What a ticket may be given besides its links.
const OF_A_TICKET: &[&str] = &["title", "note", "pending_time", "interaction_key", "type"];

/// The states that wait for a time.
const PENDING: &[u64] = &[3, 7];

pub(super) fn create_ticket(desk: &mut Desk, call: &Call) -> Answer {
    let body = match members(call) {
        Ok(body) => body,
        Err(refusal) => return refusal,
    };
    match new_ticket(desk, &body) {
        Ok(id) => told_ticket(desk, call, id, 201),
        Err(refusal) => refusal,
    }
}

fn new_ticket(desk: &mut Desk, body: &Map<String, Value>) -> Result<u64, Answer> {
    let group = meant(body, "group")?;
    let state = meant(body, "state")?;
    let priority = meant(body, "priority")?;
    let article = body.get("article").map(fit_for_article).transpose()?;
    let group = group.ok_or_else(|| refusals::invalid("Group can't be blank"))?;
    let title = body
        .get("title")
        .and_then(Value::as_str)
        .unwrap_or_default();
    if title.trim().is_empty() {
        return Err(refusals::required("title"));
    }
    wait_has_time(state, body)?;
    let customer = customer_of(desk, body)?;
    let (id, now) = desk.stamp();
    let mut ticket = records::ticket(id, title, &now);
    apply(&mut ticket, body, OF_A_TICKET);
    ticket["group_id"] = json!(group);
    ticket["state_id"] = json!(state.unwrap_or(1));
    ticket["priority_id"] = json!(priority.unwrap_or(2));
    ticket["customer_id"] = json!(customer);
    let company = desk
        .user(customer)
        .map(|user| user["organization_id"].clone());
    ticket["organization_id"] = company.unwrap_or_default();
    let tags = body.get("tags").and_then(Value::as_str).unwrap_or_default();
    let tags: Vec<&str> = tags
        .split(',')
        .map(str::trim)
        .filter(|tag| !tag.is_empty())
        .collect();
    ticket["tags"] = json!(tags);
    desk.note_new(id);
    desk.tickets.push(ticket);
    if let Some(article) = article {
        add_article(desk, id, &article);
    }
    Ok(id)
}

/// By id, by address or login, by `guess:` and an address, or by the person's own members.
fn customer_of(desk: &mut Desk, body: &Map<String, Value>) -> Result<u64, Answer> {
    let given = body
        .get("customer_id")
        .filter(|it| !it.is_null() && **it != "");
    if let Some(guess) = given
        .and_then(Value::as_str)
        .and_then(|it| it.strip_prefix("guess:"))
    {
        if let Some(known) = desk.called(guess) {
            return Ok(known);
        }
        let person = json!({"email": guess});
        let person = person.as_object().cloned().unwrap_or_default();
        let told = format!("Invalid email '{guess}' of customer");
        fit_for_user(desk, &person, None).map_err(|_| refusals::invalid(&told))?;
        return Ok(add_user(desk, &person));
    }
    if let Some(given) = given {
        let id = given.as_u64().or_else(|| given.as_str()?.parse().ok());
        let known = id.filter(|id| desk.user(*id).is_some());
        return known.ok_or_else(|| {
            refusals::invalid_value("customer_id", given.to_string().trim_matches('"'))
        });
    }
    match body.get("customer") {
        Some(Value::String(name)) => desk
            .called(name)
            .ok_or_else(|| refusals::no_lookup("customer", name)),
        Some(Value::Object(person)) => {
            let email = person
                .get("email")
                .and_then(Value::as_str)
                .unwrap_or_default();
            if let Some(known) = desk.called(email) {
                return Ok(known);
            }
            fit_for_user(desk, person, None)?;
            Ok(add_user(desk, person))
        }
        _ => Err(refusals::required("customer_id")),
    }
}

pub(super) fn update_ticket(desk: &mut Desk, call: &Call, id: &str) -> Answer {
    let body = match members(call) {
        Ok(body) => body,
        Err(refusal) => return refusal,
    };
    let Some(own) = id.parse().ok().filter(|id| desk.ticket(*id).is_some()) else {
        return refusals::no_such("Ticket", id);
    };
    match changed(desk, &body, own) {
        Ok(()) => told_ticket(desk, call, own, 200),
        Err(refusal) => refusal,
    }
}

fn changed(desk: &mut Desk, body: &Map<String, Value>, id: u64) -> Result<(), Answer> {
    let links = ["group", "state", "priority"];
    let mut meanings = Vec::new();
    for kind in links {
        meanings.extend(meant(body, kind)?.map(|id| (kind, id)));
    }
    wait_has_time(meant(body, "state")?, body)?;
    let article = body
        .get("article")
        .filter(|it| it.as_object().is_some_and(|it| !it.is_empty()));
    let article = article.map(fit_for_article).transpose()?;
    let (_, now) = desk.stamp();
    if let Some(ticket) = desk.tickets.iter_mut().find(|ticket| ticket["id"] == id) {
        apply(ticket, body, OF_A_TICKET);
        for (kind, id) in meanings {
            ticket[format!("{kind}_id")] = json!(id);
        }
        ticket["updated_at"] = json!(now);
    }
    if let Some(article) = article {
        add_article(desk, id, &article);
    }
    Ok(())
}

fn wait_has_time(state: Option<u64>, body: &Map<String, Value>) -> Result<(), Answer> {
    let waits = state.is_some_and(|state| PENDING.contains(&state));
    if waits && body.get("pending_time").is_none_or(Value::is_null) {
        return Err(refusals::invalid(
            "Missing required value for field 'pending_time'!",
        ));
    }
    Ok(())
}

pub(super) fn create_article(desk: &mut Desk, call: &Call) -> Answer {
    let body = match members(call) {
        Ok(body) => body,
        Err(refusal) => return refusal,
    };
    let ticket = body
        .get("ticket_id")
        .and_then(|it| it.as_u64().or_else(|| it.as_str()?.parse().ok()));
    let Some(ticket) = ticket.filter(|id| desk.ticket(*id).is_some()) else {
        let shown = body
            .get("ticket_id")
            .map(Value::to_string)
            .unwrap_or_default();
        return refusals::no_such("Ticket", &shown);
    };
    match fit_for_article(&Value::Object(body)) {
        Ok(article) => Answer::json(201, &add_article(desk, ticket, &article)),
        Err(refusal) => refusal,
    }
}

/// An article with its type and sender as ids.
fn fit_for_article(article: &Value) -> Result<Map<String, Value>, Answer> {
    let Some(article) = article
        .as_object()
        .filter(|it| it.get("body").is_some_and(Value::is_string))
    else {
        return Err(refusals::invalid(
            "Need at least article: { body: \"some text\" }",
        ));
    };
    let mut own = article.clone();
    for (kind, usual) in [("type", 10), ("sender", 1)] {
        let id = meant(article, kind)?.unwrap_or(usual);
        own.insert(format!("{kind}_id"), json!(id));
        own.insert(kind.to_owned(), json!(records::name_of(kind, id)));
    }
    Ok(own)
}

fn add_article(desk: &mut Desk, ticket: u64, given: &Map<String, Value>) -> Value {
    const FIELDS: &[&str] = &[
        "body",
        "subject",
        "content_type",
        "internal",
        "type",
        "type_id",
        "sender",
        "sender_id",
        "from",
        "to",
        "cc",
        "origin_by_id",
        "time_unit",
    ];
    let (id, now) = desk.stamp();
    let mut article = records::article(id, ticket, &now);
    apply(&mut article, given, FIELDS);
    desk.articles.push(article.clone());
    if let Some(ticket) = desk.tickets.iter_mut().find(|it| it["id"] == ticket) {
        ticket["updated_at"] = json!(now);
        ticket["last_contact_at"] = json!(now);
    }
    article
}

pub(super) fn add_tag(desk: &mut Desk, call: &Call) -> Answer {
    let body = match members(call) {
        Ok(body) => body,
        Err(refusal) => return refusal,
    };
    let id = body
        .get("o_id")
        .and_then(|it| it.as_u64().or_else(|| it.as_str()?.parse().ok()));
    let item = body.get("item").and_then(Value::as_str).unwrap_or_default();
    let own = desk
        .tickets
        .iter_mut()
        .find(|it| it["id"].as_u64() == id && id.is_some());
    let Some(ticket) = own.filter(|_| body.get("object") == Some(&json!("Ticket"))) else {
        return refusals::no_such("Ticket", &id.unwrap_or_default().to_string());
    };
    let tags = ticket["tags"].as_array().cloned().unwrap_or_default();
    if !tags.contains(&json!(item)) {
        ticket["tags"] = json!([tags, vec![json!(item)]].concat());
    }
    Answer::json(201, &json!(true))
}

pub(super) fn tags(desk: &Desk, call: &Call) -> Answer {
    let id = call.query_value("o_id").unwrap_or_default();
    let own = id.parse().ok().and_then(|id| desk.ticket(id));
    let own = own.filter(|_| call.query_value("object").as_deref() == Some("Ticket"));
    own.map_or_else(
        || refusals::no_such("Ticket", &id),
        |own| {
            let tags = own["tags"].as_array().cloned().unwrap_or_default();
            Answer::json(200, &json!({ "tags": tags }))
        },
    )
}

fn told_ticket(desk: &Desk, call: &Call, id: u64, status: u16) -> Answer {
    desk.ticket(id).map_or_else(refusals::forbidden, |ticket| {
        Answer::json(status, &desk.told_ticket(ticket, is_on(call, "expand")))
    })
}

pub(super) fn apply(record: &mut Value, given: &Map<String, Value>, fields: &[&str]) {
    for (field, value) in given
        .iter()
        .filter(|(field, _)| fields.contains(&field.as_str()))
    {
        record[field.as_str()] = value.clone();
    }
}

/// A body that is not sent as JSON has no members as far as this server sees.
pub(super) fn members(call: &Call) -> Result<Map<String, Value>, Answer> {
    if !call.is_of("application/json") {
        return Ok(Map::new());
    }
    let body = call.json().and_then(|body| body.as_object().cloned());
    body.ok_or_else(refusals::malformed)
}
