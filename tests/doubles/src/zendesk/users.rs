//! Reading users: by id, by search, and what belongs to one.

use serde_json::{Value, json};

use super::query::{self, Indexed};
use super::records::Desk;
use super::{refusals, search};
use crate::call::{Answer, Call};

/// The fields that the account has given its users.
pub(super) fn fields() -> Answer {
    let option = |id: u64, name: &str, value: &str| json!({"id": id, "name": name, "raw_name": name, "value": value, "default": false});
    let body = json!({"user_fields": [
        {"id": 7, "type": "text", "key": "nickname", "title": "Nickname", "active": true},
        {"id": 8, "type": "dropdown", "key": "tier", "title": "Tier", "active": true,
         "custom_field_options": [option(1, "Standard", "standard"), option(2, "Premium", "premium"), option(3, "Gold", "gold")]},
    ], "next_page": null, "previous_page": null, "count": 2});
    Answer::json(200, &body)
}

/// What an unauthenticated `users/me` answers, with status 200.
pub(super) fn anonymous() -> Answer {
    let body = json!({"user": {
        "id": null, "url": null, "name": "Anonymous user", "email": "invalid@example.com",
        "created_at": null, "updated_at": null, "phone": null, "external_id": null,
        "organization_id": null, "role": "end-user", "verified": false, "tags": [],
        "user_fields": {}, "locale": "en-US",
    }});
    Answer::json(200, &body)
}

pub(super) fn show(desk: &Desk, call: &Call, id: &str) -> Answer {
    let id = match whole_number("id", id) {
        Ok(id) => id,
        Err(refusal) => return refusal,
    };
    let Some(user) = desk.user(id) else {
        return refusals::not_found();
    };
    let mut body = json!({ "user": user });
    side_load(desk, call, "", &[user], &mut body);
    Answer::json(200, &body)
}

/// By `external_id`, which takes no syntax, or by a query.
pub(super) fn search(desk: &Desk, call: &Call) -> Answer {
    let found: Vec<&Value> = if let Some(wanted) = call.query_value("external_id") {
        let is_own = |user: &&Value| {
            user["external_id"]
                .as_str()
                .is_some_and(|own| own.eq_ignore_ascii_case(&wanted))
        };
        desk.users.iter().filter(is_own).collect()
    } else if let Some(text) = call.query_value("query").filter(|it| !it.trim().is_empty()) {
        by_query(desk, &query::read(&text))
    } else {
        return refusals::invalid_search("Invalid search: The query parameter is missing");
    };
    let page = match search::Page::of(call, 100, 10_000) {
        Ok(page) => page,
        Err(refusal) => return refusal,
    };
    let mut body = page.body("users", &found, "/api/v2/users/search.json");
    side_load(desk, call, "", &found, &mut body);
    Answer::json(200, &body)
}

/// The users that a query finds, without those the index does not know yet.
pub(super) fn by_query<'a>(desk: &'a Desk, conditions: &[query::Condition]) -> Vec<&'a Value> {
    let indexed = desk.users.iter().filter(|user| {
        let id = user["id"].as_u64();
        id.is_some_and(|id| !desk.unindexed.contains(&id))
    });
    let found = indexed.filter(|user| query::finds(conditions, &|key| key_of(desk, user, key)));
    found.collect()
}

fn key_of(desk: &Desk, user: &Value, key: &str) -> Option<Indexed> {
    let own = |field: &str| user[field].as_str().map(str::to_owned);
    let identities = |kind: &str| {
        let own = desk.identities.iter();
        let own = own.filter(|it| it["user_id"] == user["id"] && it["type"] == kind);
        own.filter_map(|it| it["value"].as_str())
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let with = |profile: Option<String>, mut others: Vec<String>| {
        others.extend(profile);
        others
    };
    Some(match key {
        "" => {
            let texts = [
                own("name"),
                own("email"),
                own("notes"),
                own("details"),
                own("external_id"),
            ];
            Indexed::Text(texts.into_iter().flatten().collect())
        }
        "name" | "notes" | "details" => Indexed::Text(own(key).into_iter().collect()),
        "email" | "user" => Indexed::Text(with(own("email"), identities("email"))),
        "phone" => Indexed::Phones(with(own("phone"), identities("phone_number"))),
        "role" | "external_id" => Indexed::Exact(own(key).into_iter().collect()),
        "tags" => Indexed::Exact(strings(&user["tags"])),
        "organization" => {
            let id = user["organization_id"].as_u64();
            let organization = desk.organizations.iter().find(|it| it["id"].as_u64() == id);
            let name = organization
                .and_then(|it| it["name"].as_str())
                .map(str::to_owned);
            Indexed::Exact(
                id.map(|id| id.to_string())
                    .into_iter()
                    .chain(name)
                    .collect(),
            )
        }
        "type" => Indexed::Exact(vec!["user".to_owned()]),
        "is_suspended" => Indexed::Exact(vec![user["suspended"].to_string()]),
        "is_verified" => Indexed::Exact(vec![user["verified"].to_string()]),
        "created" => Indexed::Time(own("created_at").unwrap_or_default()),
        "updated" => Indexed::Time(own("updated_at").unwrap_or_default()),
        _ => return None,
    })
}

pub(super) fn identities(desk: &Desk, call: &Call, id: &str) -> Answer {
    let id = match whole_number("id", id) {
        Ok(id) if desk.user(id).is_some() => id,
        Ok(_) => return refusals::not_found(),
        Err(refusal) => return refusal,
    };
    let kinds: Vec<String> = call
        .query_pairs()
        .into_iter()
        .filter_map(|(name, value)| matches!(name.as_str(), "type" | "type[]").then_some(value))
        .collect();
    let own: Vec<&Value> = desk
        .identities
        .iter()
        .filter(|it| it["user_id"] == id)
        .filter(|it| kinds.is_empty() || kinds.iter().any(|kind| it["type"] == kind.as_str()))
        .collect();
    let count = own.len();
    let body = json!({
        "identities": own, "next_page": null, "previous_page": null, "count": count,
    });
    Answer::json(200, &body)
}

pub(super) fn related(desk: &Desk, id: &str) -> Answer {
    let id = match whole_number("id", id) {
        Ok(id) => id,
        Err(refusal) => return refusal,
    };
    let Some(user) = desk.user(id) else {
        return refusals::not_found();
    };
    let count = |field: &str| desk.tickets.iter().filter(|it| it[field] == id).count();
    let subscriptions = usize::from(!user["organization_id"].is_null());
    let body = json!({"user_related": {
        "requested_tickets": count("requester_id"), "assigned_tickets": count("assignee_id"),
        "ccd_tickets": 0, "organization_subscriptions": subscriptions,
    }});
    Answer::json(200, &body)
}

pub(super) fn organization(desk: &Desk, id: &str) -> Answer {
    let id = match whole_number("id", id) {
        Ok(id) => id,
        Err(refusal) => return refusal,
    };
    let own = desk.organizations.iter().find(|it| it["id"] == id);
    own.map_or_else(refusals::not_found, |own| {
        Answer::json(200, &json!({ "organization": own }))
    })
}

/// An id is a whole number; anything else is refused before anybody looks for it.
pub(super) fn whole_number(name: &str, text: &str) -> Result<u64, Answer> {
    text.parse()
        .map_err(|_| refusals::invalid_attribute(name, "be an integer"))
}

/// Whether `include=` names something; inside the brackets of a kind where there is one:
/// `include=tickets(users)`.
pub(super) fn includes(call: &Call, of: &str, name: &str) -> bool {
    let include = call.query_value("include").unwrap_or_default();
    let names = if of.is_empty() {
        Some(include.as_str())
    } else {
        let inside = include.split_once(&format!("{of}("));
        inside.and_then(|(_, inside)| inside.split(')').next())
    };
    names.is_some_and(|names| names.split(',').any(|it| it.trim() == name))
}

pub(super) fn strings(list: &Value) -> Vec<String> {
    let list = list.as_array().into_iter().flatten();
    list.filter_map(Value::as_str).map(str::to_owned).collect()
}

/// Puts beside users what `include=` asks for.
pub(super) fn side_load(desk: &Desk, call: &Call, of: &str, users: &[&Value], body: &mut Value) {
    if includes(call, of, "organizations") {
        let belongs = |organization: &&Value| {
            users
                .iter()
                .any(|user| user["organization_id"] == organization["id"])
        };
        let own: Vec<&Value> = desk.organizations.iter().filter(belongs).collect();
        body["organizations"] = json!(own);
    }
    if includes(call, of, "identities") {
        let belongs =
            |identity: &&Value| users.iter().any(|user| user["id"] == identity["user_id"]);
        let own: Vec<&Value> = desk.identities.iter().filter(belongs).collect();
        body["identities"] = json!(own);
    }
}
