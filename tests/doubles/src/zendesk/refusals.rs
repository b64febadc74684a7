//! The words in which Zendesk refuses.
//!
//! Unverified: the texts of 400 for a missing member, 403, 409 and 415; the vendor's pages show
//! their status and not their body.

use serde_json::{Value, json};

use crate::call::Answer;

pub(super) fn invalid_token() -> Answer {
    let description = "The access token provided is expired, revoked, malformed or invalid for \
                       other reasons.";
    let challenge = format!(
        "Bearer realm=\"Zendesk::OAuth Bearer Token Authentication\", error=\"invalid_token\", \
         error_description=\"{description}\""
    );
    let body = json!({"error": "invalid_token", "error_description": description});
    Answer::json(401, &body).with("www-authenticate", &challenge)
}

pub(super) fn not_authenticated() -> Answer {
    Answer::json(401, &json!({"error": "Couldn't authenticate you"}))
        .with("www-authenticate", "Basic realm=\"Web Password\"")
}

pub(super) fn missing_scope(scope: &str) -> Answer {
    let description = format!("You are missing the following required scopes: {scope}");
    Answer::json(
        403,
        &json!({"error": "Forbidden", "description": description}),
    )
}

pub(super) fn forbidden() -> Answer {
    let description = "You do not have access to this page. Please contact the account owner of \
                       this help desk for further help.";
    Answer::json(
        403,
        &json!({"error": "Forbidden", "description": description}),
    )
}

pub(super) fn not_found() -> Answer {
    Answer::json(
        404,
        &json!({"error": "RecordNotFound", "description": "Not found"}),
    )
}

pub(super) fn no_endpoint() -> Answer {
    Answer::json(
        404,
        &json!({"error": "InvalidEndpoint", "description": "Not found"}),
    )
}

/// A parameter or member of the wrong kind: the error is an object here.
pub(super) fn invalid_attribute(name: &str, must: &str) -> Answer {
    let message = format!(
        "You passed an invalid value for the {name} attribute. Invalid parameter: {name} must {must}"
    );
    Answer::json(
        400,
        &json!({"error": {"title": "Invalid attribute", "message": message}}),
    )
}

pub(super) fn unsupported_type() -> Answer {
    Answer::of(415, "text/plain", "Unsupported content type")
}

/// A record that breaks rules: field, what is wrong, the code.
pub(super) fn record_invalid(faults: &[(&str, String, &str)]) -> Answer {
    let mut details = serde_json::Map::new();
    for (field, description, code) in faults {
        let fault = json!({"description": description, "error": code});
        match details.get_mut(*field).and_then(Value::as_array_mut) {
            Some(list) => list.push(fault),
            None => {
                details.insert((*field).to_owned(), json!([fault]));
            }
        }
    }
    let body = json!({
        "error": "RecordInvalid", "description": "Record validation errors", "details": details,
    });
    Answer::json(422, &body)
}

pub(super) fn invalid_search(description: &str) -> Answer {
    Answer::json(
        400,
        &json!({"error": "invalid", "description": description}),
    )
}

pub(super) fn key_reused() -> Answer {
    let description = "Request parameters don't match the given idempotency key. Ensure the \
                       parameters are the same for the same idempotency key.";
    Answer::json(
        400,
        &json!({"error": "IdempotentRequestError", "description": description}),
    )
}

pub(super) fn update_conflict() -> Answer {
    let description = "The ticket has been updated since the given updated_stamp.";
    Answer::json(
        409,
        &json!({"error": "UpdateConflict", "description": description}),
    )
}

/// A text, no JSON.
pub(super) fn rate_limited() -> Answer {
    let text = "Number of allowed API requests per minute exceeded";
    Answer::of(429, "text/plain;charset=UTF-8", text).with("retry-after", "12")
}

pub(super) fn maintenance() -> Answer {
    let page = "<!DOCTYPE html><html><head><title>Maintenance</title></head><body><h1>This help \
                desk is down for maintenance</h1></body></html>";
    Answer::html(503, page).with("retry-after", "30")
}
