//! Making and changing users. A member that is no attribute is dropped in silence.

use serde_json::{Map, Value, json};

use super::reads::is_on;
use super::records::{self, Desk};
use super::refusals;
use super::writes::{apply, members};
use crate::call::{Answer, Call};
use crate::cast::Known;

/// What a user may be given.
const OF_A_USER: &[&str] = &[
    "firstname",
    "lastname",
    "email",
    "login",
    "phone",
    "mobile",
    "fax",
    "web",
    "department",
    "street",
    "zip",
    "city",
    "country",
    "address",
    "vip",
    "note",
    "active",
    "organization_id",
    "customer_number",
    "preferences",
];

pub(super) fn create_user(desk: &mut Desk, call: &Call) -> Answer {
    let body = match members(call) {
        Ok(body) => body,
        Err(refusal) => return refusal,
    };
    if let Err(refusal) = fit_for_user(desk, &body, None) {
        return refusal;
    }
    let id = add_user(desk, &body);
    desk.user(id).map_or_else(refusals::forbidden, |user| {
        Answer::json(201, &desk.told_user(user, is_on(call, "expand")))
    })
}

pub(super) fn update_user(desk: &mut Desk, call: &Call, id: &str) -> Answer {
    let body = match members(call) {
        Ok(body) => body,
        Err(refusal) => return refusal,
    };
    let Some(own) = id.parse().ok().filter(|id| desk.user(*id).is_some()) else {
        return refusals::no_such("User", id);
    };
    if let Err(refusal) = fit_for_user(desk, &body, Some(own)) {
        return refusal;
    }
    let (_, now) = desk.stamp();
    if let Some(user) = desk.users.iter_mut().find(|user| user["id"] == own) {
        apply(user, &body, OF_A_USER);
        user["updated_at"] = json!(now);
    }
    desk.user(own).map_or_else(refusals::forbidden, |user| {
        Answer::json(200, &desk.told_user(user, is_on(call, "expand")))
    })
}

pub(super) fn fit_for_user(
    desk: &Desk,
    body: &Map<String, Value>,
    own: Option<u64>,
) -> Result<(), Answer> {
    let text = |field: &str| {
        body.get(field)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .trim()
    };
    let named = ["firstname", "lastname", "email", "phone", "mobile", "login"];
    if own.is_none() && named.iter().all(|field| text(field).is_empty()) {
        return Err(refusals::invalid(
            "At least one identifier (firstname, lastname, phone, mobile or email) for user is \
             required.",
        ));
    }
    let email = text("email").to_lowercase();
    let is_address = email.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && !email.contains(char::is_whitespace)
    });
    if !email.is_empty() && !is_address {
        return Err(refusals::invalid(&format!("Invalid email '{email}'")));
    }
    if desk.called(&email).is_some_and(|other| Some(other) != own) {
        return Err(refusals::invalid(&format!(
            "Email address '{email}' is already used for another user."
        )));
    }
    Ok(())
}

pub(super) fn add_user(desk: &mut Desk, body: &Map<String, Value>) -> u64 {
    let nobody = Known {
        first: "",
        last: "",
        email: None,
        phone: None,
        external_id: None,
    };
    let (id, now) = desk.stamp();
    let mut user = records::user(id, &nobody);
    apply(&mut user, body, OF_A_USER);
    if let Some(email) = user["email"]
        .as_str()
        .map(str::to_lowercase)
        .filter(|it| !it.is_empty())
    {
        user["email"] = json!(email);
        user["login"] = json!(email);
    }
    user["created_at"] = json!(now);
    user["updated_at"] = json!(now);
    desk.note_new(id);
    desk.users.push(user);
    id
}
