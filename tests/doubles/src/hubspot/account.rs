//! The account itself: its details, owners, pipelines, dispositions, and the tokens.

use serde_json::{Value, json};

use super::records::{OWNER, PORTAL, Portal};
use super::{SCOPES, refusals};
use crate::call::{Answer, Call};
use crate::cast::AGENT;
use crate::oauth::{Grant, OAuth};

const HUB_DOMAIN: &str = "northwind.example";

pub(super) fn details(portal: &Portal) -> Answer {
    let europe = portal.ui_domain.contains("-eu1");
    let body = json!({
        "portalId": PORTAL, "accountType": "STANDARD", "timeZone": "US/Eastern",
        "companyCurrency": "USD", "additionalCurrencies": [], "utcOffset": "-05:00",
        "utcOffsetMilliseconds": -18_000_000, "uiDomain": portal.ui_domain,
        "dataHostingLocation": if europe { "eu1" } else { "na1" },
    });
    Answer::json(200, &body)
}

pub(super) fn owners(call: &Call) -> Answer {
    let owner = owner();
    let wanted = call.query_value("email");
    let is_wanted = wanted.is_none_or(|wanted| owner["email"] == wanted.to_lowercase().as_str());
    let results = if is_wanted { vec![owner] } else { vec![] };
    Answer::json(200, &json!({ "results": results }))
}

pub(super) fn one_owner(id: &str) -> Answer {
    if id == OWNER {
        Answer::json(200, &owner())
    } else {
        refusals::not_found()
    }
}

fn owner() -> Value {
    let (first, last) = AGENT.0.split_once(' ').unwrap_or((AGENT.0, ""));
    json!({
        "id": OWNER, "email": AGENT.1, "firstName": first, "lastName": last, "userId": 4077,
        "userIdIncludingInactive": 4077, "type": "PERSON", "archived": false,
        "createdAt": "2024-01-01T00:00:00.000Z", "updatedAt": "2026-01-01T00:00:00.000Z",
    })
}

pub(super) fn ticket_pipelines() -> Answer {
    let rows = [
        ("1", "New", "OPEN"),
        ("2", "Waiting on contact", "OPEN"),
        ("3", "Waiting on us", "OPEN"),
        ("4", "Closed", "CLOSED"),
    ];
    let stages = rows.iter().enumerate().map(|(order, (id, label, state))| {
        json!({
            "id": id, "label": label, "displayOrder": order, "archived": false,
            "writePermissions": "CRM_PERMISSIONS_ENFORCEMENT",
            "metadata": {"ticketState": state, "isClosed": (*state == "CLOSED").to_string()},
            "createdAt": "2024-01-01T00:00:00.000Z", "updatedAt": "2024-01-01T00:00:00.000Z",
        })
    });
    let body = json!({"results": [{
        "id": "0", "label": "Support Pipeline", "displayOrder": 0, "archived": false,
        "stages": stages.collect::<Vec<_>>(),
        "createdAt": "2024-01-01T00:00:00.000Z", "updatedAt": "2024-01-01T00:00:00.000Z",
    }]});
    Answer::json(200, &body)
}

/// What a contact's property can hold.
pub(super) fn property(name: &str) -> Answer {
    if name != "customer_tier" {
        return refusals::not_found();
    }
    let option = |order: u32, label: &str, value: &str| json!({"label": label, "value": value, "displayOrder": order, "hidden": false});
    let body = json!({
        "name": name, "label": "Customer tier", "type": "enumeration", "fieldType": "select",
        "groupName": "contactinformation", "hasUniqueValue": false, "archived": false,
        "options": [option(0, "Standard", "Standard"), option(1, "Premium", "Premium"), option(2, "VIP", "VIP")],
    });
    Answer::json(200, &body)
}

/// A legacy path (unverified).
pub(super) fn dispositions() -> Answer {
    let body = json!([
        {"id": "f240bbac-87c9-4f6e-bf70-924b57d47db7", "label": "Connected", "deleted": false},
        {"id": "b2cf5968-551e-4856-9783-52b3da59a7d0", "label": "Left voicemail", "deleted": false},
    ]);
    Answer::json(200, &body)
}

pub(super) fn token(oauth: &OAuth, call: &Call) -> Answer {
    match oauth.token(call) {
        Ok(grant) => Answer::json(200, &granted(&grant)),
        Err(fault) => refusals::no_token(fault),
    }
}

fn granted(grant: &Grant) -> Value {
    json!({
        "token_type": "bearer", "access_token": grant.access_token,
        "refresh_token": grant.refresh_token, "expires_in": grant.expires_in, "hub_id": PORTAL,
        "scopes": grant.scope.split_whitespace().collect::<Vec<_>>(),
    })
}

/// The token and the client's credentials come as a form.
pub(super) fn introspect(oauth: &OAuth, call: &Call) -> Answer {
    let form = call.form().unwrap_or_default();
    let get = |name: &str| {
        form.iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    };
    let rules = oauth.rules();
    if get("client_id") != Some(rules.client_id.as_str())
        || get("client_secret") != rules.client_secret.as_deref()
    {
        let body = json!({
            "status": "BAD_CLIENT_SECRET", "message": "missing or invalid client secret",
            "correlationId": "",
        });
        return Answer::json(400, &body);
    }
    let active = oauth.judged(get("token")).is_ok();
    if !active {
        return Answer::json(200, &json!({"active": false}));
    }
    Answer::json(200, &told_of(get("token").unwrap_or_default(), true))
}

pub(super) fn access_token(oauth: &OAuth, token: &str) -> Answer {
    if oauth.judged(Some(token)).is_err() {
        let message = format!("oauth token is not valid or has expired: {token}");
        let body = json!({"status": "error", "message": message, "correlationId": ""});
        return Answer::json(404, &body);
    }
    Answer::json(200, &told_of(token, false))
}

fn told_of(token: &str, introspected: bool) -> Value {
    let mut told = json!({
        "token": token, "user": AGENT.1, "hub_domain": HUB_DOMAIN, "hub_id": PORTAL,
        "user_id": 4077, "app_id": 1001, "scopes": SCOPES, "expires_in": 1754,
        "token_type": "access",
    });
    if introspected {
        told["active"] = json!(true);
    }
    told
}

/// By a form, or by the older path with the token in it.
pub(super) fn revoke(oauth: &OAuth, call: &Call, token: Option<&str>) -> Answer {
    let form = call.form().unwrap_or_default();
    let by_form = form
        .iter()
        .find(|(name, _)| name == "token")
        .map(|(_, value)| value.as_str());
    match token.or(by_form) {
        Some(token) if oauth.revoke(token) => Answer::empty(204),
        _ => refusals::not_found(),
    }
}
