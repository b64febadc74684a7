//! Making and changing users.

use serde_json::{Map, Value, json};

use super::records::{self, Desk};
use super::refusals;
use super::users::whole_number;
use crate::call::{Answer, Call};
use crate::cast::Known;

const NOBODY: Known = Known {
    first: "",
    last: "",
    email: None,
    phone: None,
    external_id: None,
};

/// What a user may be given; other members are passed over in silence.
const FIELDS: &[&str] = &[
    "name",
    "email",
    "phone",
    "external_id",
    "organization_id",
    "tags",
    "user_fields",
    "notes",
    "details",
    "locale",
    "time_zone",
    "role",
    "verified",
    "shared_phone_number",
];

pub(super) fn create(desk: &mut Desk, call: &Call) -> Answer {
    let given = match member(call, "user") {
        Ok(given) => given,
        Err(refusal) => return refusal,
    };
    match made(desk, &given) {
        Ok(user) => {
            let location = user["url"].as_str().unwrap_or_default().to_owned();
            Answer::json(201, &json!({ "user": user })).with("location", &location)
        }
        Err(refusal) => refusal,
    }
}

/// Matches by address or external id.
pub(super) fn create_or_update(desk: &mut Desk, call: &Call) -> Answer {
    let given = match member(call, "user") {
        Ok(given) => given,
        Err(refusal) => return refusal,
    };
    let by_email = given
        .get("email")
        .and_then(Value::as_str)
        .and_then(|it| desk.owner_of(it));
    let external = given.get("external_id").and_then(Value::as_str);
    let by_external = external.and_then(|external| {
        let own = desk
            .users
            .iter()
            .find(|user| user["external_id"] == external)?;
        own["id"].as_u64()
    });
    match by_external.or(by_email) {
        Some(id) => changed(desk, id, &given),
        None => create(desk, call),
    }
}

pub(super) fn update(desk: &mut Desk, call: &Call, id: &str) -> Answer {
    let given = match member(call, "user") {
        Ok(given) => given,
        Err(refusal) => return refusal,
    };
    match whole_number("id", id) {
        Ok(id) => changed(desk, id, &given),
        Err(refusal) => refusal,
    }
}

fn changed(desk: &mut Desk, id: u64, given: &Map<String, Value>) -> Answer {
    if desk.user(id).is_none() {
        return refusals::not_found();
    }
    let email = given.get("email").and_then(Value::as_str);
    if email.is_some_and(|email| desk.owner_of(email).is_some_and(|owner| owner != id)) {
        return taken(email.unwrap_or_default());
    }
    let now = desk.now();
    let Some(user) = desk.users.iter_mut().find(|user| user["id"] == id) else {
        return refusals::not_found();
    };
    apply(user, given);
    user["updated_at"] = json!(now);
    let body = json!({ "user": user });
    Answer::json(200, &body)
}

/// Makes a user of what is given, or says what is wrong with it.
pub(super) fn made(desk: &mut Desk, given: &Map<String, Value>) -> Result<Value, Answer> {
    let text = |field: &str| given.get(field).and_then(Value::as_str).unwrap_or_default();
    if text("name").trim().is_empty() {
        let told = "Name: is too short (minimum is 1 characters)".to_owned();
        return Err(refusals::record_invalid(&[("name", told, "BlankValue")]));
    }
    let email = text("email");
    if !email.is_empty() && !email.contains('@') {
        let told = format!("Email: {email} is not properly formatted");
        return Err(refusals::record_invalid(&[(
            "email",
            told,
            "InvalidFormat",
        )]));
    }
    if desk.owner_of(email).is_some() {
        return Err(taken(email));
    }
    let external = text("external_id");
    if !external.is_empty()
        && desk
            .users
            .iter()
            .any(|user| user["external_id"] == external)
    {
        let told = "External has already been taken".to_owned();
        return Err(refusals::record_invalid(&[(
            "external_id",
            told,
            "DuplicateValue",
        )]));
    }
    let (id, now) = desk.stamp();
    let mut user = records::user(id, &NOBODY);
    user["created_at"] = json!(now);
    user["updated_at"] = json!(now);
    apply(&mut user, given);
    desk.identify(&user);
    desk.note_new(id);
    desk.users.push(user.clone());
    Ok(user)
}

fn apply(user: &mut Value, given: &Map<String, Value>) {
    for (field, value) in given
        .iter()
        .filter(|(field, _)| FIELDS.contains(&field.as_str()))
    {
        user[field.as_str()] = value.clone();
    }
}

fn taken(email: &str) -> Answer {
    let told = format!("Email: {email} is already being used by another user");
    refusals::record_invalid(&[("email", told, "DuplicateValue")])
}

/// The one member that a body must have, as an object.
pub(super) fn member(call: &Call, name: &str) -> Result<Map<String, Value>, Answer> {
    if !call.is_of("application/json") {
        return Err(refusals::unsupported_type());
    }
    let given = call
        .json()
        .and_then(|body| body.get(name)?.as_object().cloned());
    given.ok_or_else(|| refusals::invalid_attribute(name, "be an object"))
}
