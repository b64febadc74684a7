//! Making and changing tickets.

use serde_json::{Map, Value, json};

use super::records::{self, Desk, HOST};
use super::tickets::known;
use super::user_writes::{made, member};
use super::{refusals, users};
use crate::call::{Answer, Call};

const PRIORITIES: &[&str] = &["low", "normal", "high", "urgent"];
const STATUSES: &[&str] = &["new", "open", "pending", "hold", "solved", "closed"];
const TYPES: &[&str] = &["problem", "incident", "question", "task"];

/// What a ticket may be given; other members are passed over in silence.
const FIELDS: &[&str] = &[
    "subject",
    "priority",
    "type",
    "status",
    "custom_status_id",
    "tags",
    "external_id",
    "custom_fields",
    "assignee_id",
    "group_id",
    "organization_id",
    "requester_id",
    "submitter_id",
];

/// The same key and the same request answer the same ticket; another request is refused.
pub(super) fn create(desk: &mut Desk, call: &Call, agent: u64) -> Answer {
    let given = match member(call, "ticket") {
        Ok(given) => given,
        Err(refusal) => return refusal,
    };
    let asked = Value::Object(given.clone());
    let key = call.header("idempotency-key").map(str::to_owned);
    let before = key.as_ref().and_then(|key| desk.keys.get(key));
    if let Some((asked_before, body)) = before {
        return if *asked_before == asked {
            created(body).with("x-idempotency-lookup", "hit")
        } else {
            refusals::key_reused()
        };
    }
    let ticket = match new_ticket(desk, &given, agent) {
        Ok(ticket) => ticket,
        Err(refusal) => return refusal,
    };
    let body = json!({
        "ticket": ticket,
        "audit": {"id": ticket["id"], "ticket_id": ticket["id"], "author_id": agent, "events": []},
    });
    let answer = created(&body);
    let Some(key) = key else {
        return answer;
    };
    desk.keys.insert(key, (asked, body));
    answer.with("x-idempotency-lookup", "miss")
}

fn created(body: &Value) -> Answer {
    let location = body["ticket"]["url"].as_str().unwrap_or_default();
    Answer::json(201, body).with("location", location)
}

fn new_ticket(desk: &mut Desk, given: &Map<String, Value>, agent: u64) -> Result<Value, Answer> {
    let mut faults = faults_of(given);
    let said = given.get("comment").map(body_of).unwrap_or_default();
    if said.is_empty() {
        faults.push((
            "base",
            "Description: cannot be blank".to_owned(),
            "BlankValue",
        ));
    }
    let requester = given.get("requester_id").and_then(Value::as_u64);
    if given.contains_key("requester_id") && requester.is_none_or(|id| desk.user(id).is_none()) {
        faults.push((
            "requester",
            "Requester: is invalid".to_owned(),
            "InvalidValue",
        ));
    }
    if !faults.is_empty() {
        return Err(refusals::record_invalid(&faults));
    }
    let requester = match (requester, given.get("requester").and_then(Value::as_object)) {
        (Some(id), _) => id,
        (None, Some(person)) => requester_of(desk, person)?,
        (None, None) => agent,
    };
    let (id, now) = desk.stamp();
    let organization = desk.user(requester).map(|it| it["organization_id"].clone());
    let subject = given
        .get("subject")
        .and_then(Value::as_str)
        .unwrap_or(&said);
    let mut ticket = json!({
        "url": format!("https://{HOST}/api/v2/tickets/{id}.json"), "id": id, "external_id": null,
        "via": {"channel": "api"}, "created_at": now, "updated_at": now, "type": null,
        "subject": subject, "raw_subject": subject, "description": said, "priority": null,
        "status": "new", "custom_status_id": null, "recipient": null, "requester_id": requester,
        "submitter_id": agent, "assignee_id": null, "organization_id": organization,
        "group_id": null, "tags": [], "custom_fields": [], "allow_channelback": false,
        "is_public": true,
    });
    apply(&mut ticket, given);
    ticket["requester_id"] = json!(requester);
    let comment = given.get("comment").cloned().unwrap_or_default();
    add_comment(desk, id, agent, &comment);
    desk.note_new(id);
    desk.tickets.push(ticket.clone());
    Ok(ticket)
}

/// The person of `requester: {name, email}`; made when the address is nobody's.
fn requester_of(desk: &mut Desk, person: &Map<String, Value>) -> Result<u64, Answer> {
    let email = person
        .get("email")
        .and_then(Value::as_str)
        .unwrap_or_default();
    if let Some(id) = desk.owner_of(email) {
        return Ok(id);
    }
    let user = made(desk, person)?;
    Ok(user["id"].as_u64().unwrap_or_default())
}

/// With `safe_update`, only if nobody changed the ticket since `updated_stamp`.
pub(super) fn update(desk: &mut Desk, call: &Call, id: &str, agent: u64) -> Answer {
    let given = match member(call, "ticket") {
        Ok(given) => given,
        Err(refusal) => return refusal,
    };
    let ticket = match known(desk, id) {
        Ok(ticket) => ticket,
        Err(refusal) => return refusal,
    };
    if ticket["status"] == "closed" {
        let told = "Status: closed prevents ticket update".to_owned();
        return refusals::record_invalid(&[("status", told, "ClosedTicket")]);
    }
    if given.get("safe_update") == Some(&json!(true))
        && given.get("updated_stamp") != Some(&ticket["updated_at"])
    {
        return refusals::update_conflict();
    }
    let mut faults = faults_of(&given);
    if given
        .get("comment")
        .is_some_and(|comment| body_of(comment).is_empty())
    {
        faults.push(("base", "Comment: cannot be blank".to_owned(), "BlankValue"));
    }
    if !faults.is_empty() {
        return refusals::record_invalid(&faults);
    }
    let id = ticket["id"].as_u64().unwrap_or_default();
    if let Some(comment) = given.get("comment") {
        add_comment(desk, id, agent, comment);
    }
    let now = desk.now();
    let Some(ticket) = desk.tickets.iter_mut().find(|ticket| ticket["id"] == id) else {
        return refusals::not_found();
    };
    apply(ticket, &given);
    ticket["updated_at"] = json!(now);
    let body = json!({
        "ticket": ticket,
        "audit": {"id": id, "ticket_id": id, "author_id": agent, "events": []},
    });
    Answer::json(200, &body)
}

pub(super) fn add_tags(desk: &mut Desk, call: &Call, id: &str) -> Answer {
    let id = match known(desk, id) {
        Ok(ticket) => ticket["id"].clone(),
        Err(refusal) => return refusal,
    };
    let Some(body) = call.json() else {
        return refusals::unsupported_type();
    };
    let Some(ticket) = desk.tickets.iter_mut().find(|ticket| ticket["id"] == id) else {
        return refusals::not_found();
    };
    let mut tags = users::strings(&ticket["tags"]);
    tags.extend(users::strings(&body["tags"]));
    tags.sort();
    tags.dedup();
    ticket["tags"] = json!(tags);
    Answer::json(200, &json!({ "tags": tags }))
}

/// A custom status brings its category along, and the other way round.
fn apply(ticket: &mut Value, given: &Map<String, Value>) {
    for (field, value) in given
        .iter()
        .filter(|(field, _)| FIELDS.contains(&field.as_str()))
    {
        ticket[field.as_str()] = value.clone();
    }
    let statuses = records::custom_statuses();
    let own = given.get("custom_status_id").filter(|id| !id.is_null());
    if let Some(own) = own.and_then(|id| statuses.iter().find(|it| it["id"] == *id)) {
        ticket["status"] = own["status_category"].clone();
    } else {
        let category = ticket["status"].as_str().unwrap_or_default();
        ticket["custom_status_id"] = json!(records::custom_status(category));
    }
}

fn faults_of(given: &Map<String, Value>) -> Vec<(&'static str, String, &'static str)> {
    let mut faults = Vec::new();
    for (field, label, words) in [
        ("priority", "Priority", PRIORITIES),
        ("status", "Status", STATUSES),
        ("type", "Type", TYPES),
    ] {
        let Some(value) = given.get(field).filter(|value| !value.is_null()) else {
            continue;
        };
        if !value.as_str().is_some_and(|word| words.contains(&word)) {
            let shown = value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned);
            faults.push((
                field,
                format!("{label}: {shown} is not valid"),
                "InvalidValue",
            ));
        }
    }
    let custom = given.get("custom_status_id").filter(|id| !id.is_null());
    if custom.is_some_and(|id| !records::custom_statuses().iter().any(|it| it["id"] == *id)) {
        let told = "Custom Status: is invalid".to_owned();
        faults.push(("custom_status_id", told, "InvalidValue"));
    }
    faults
}

fn body_of(comment: &Value) -> String {
    let body = comment["body"].as_str().or(comment["html_body"].as_str());
    body.unwrap_or_default().trim().to_owned()
}

fn add_comment(desk: &mut Desk, ticket: u64, agent: u64, comment: &Value) {
    let (id, now) = desk.stamp();
    let public = comment["public"].as_bool().unwrap_or(true);
    let author = comment["author_id"].as_u64().unwrap_or(agent);
    let body = body_of(comment);
    desk.comments.push(json!({
        "id": id, "ticket_id": ticket, "type": "Comment", "author_id": author, "body": body,
        "plain_body": body, "public": public, "attachments": [], "via": {"channel": "api"},
        "created_at": now,
    }));
}
