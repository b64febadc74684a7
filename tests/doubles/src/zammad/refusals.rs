//! The words in which Zammad refuses: the same text as `error` and `error_human` where people are
//! meant to read it.
//!
//! Unverified: the texts for a ticket without a title or customer, for a pending state without a
//! time, and for a condition that cannot be read.

use serde_json::json;

use crate::call::Answer;

fn refused(status: u16, text: &str) -> Answer {
    let answer = Answer::json(status, &json!({"error": text, "error_human": text}));
    if matches!(status, 401 | 403) {
        answer.with("x-failure", text)
    } else {
        answer
    }
}

pub(super) fn no_credential() -> Answer {
    refused(403, "Authentication required")
}

pub(super) fn no_passwords() -> Answer {
    refused(403, "API password access disabled!")
}

pub(super) fn unknown_token() -> Answer {
    refused(401, "Can't find User for Token")
}

pub(super) fn expired_token() -> Answer {
    refused(401, "Not authorized (token expired)!")
}

pub(super) fn unknown_bearer() -> Answer {
    refused(401, "The provided token is invalid.")
}

pub(super) fn expired_bearer() -> Answer {
    refused(401, "OAuth2 token is expired!")
}

/// The token lacks the permission.
pub(super) fn token_not_permitted() -> Answer {
    refused(403, "Not authorized (token)!")
}

pub(super) fn forbidden() -> Answer {
    refused(403, "Not authorized")
}

pub(super) fn no_such(kind: &str, id: &str) -> Answer {
    refused(404, &format!("Couldn't find {kind} with 'id'={id}"))
}

pub(super) fn no_route(method: &str, path: &str) -> Answer {
    refused(404, &format!("No route matches [{method}] {path}"))
}

pub(super) fn invalid(text: &str) -> Answer {
    refused(422, text)
}

pub(super) fn required(attribute: &str) -> Answer {
    refused(422, &format!("Attribute '{attribute}' required!"))
}

/// A name that stands for no record.
pub(super) fn no_lookup(attribute: &str, name: &str) -> Answer {
    refused(
        422,
        &format!("No lookup value found for '{attribute}': \"{name}\""),
    )
}

pub(super) fn invalid_value(attribute: &str, value: &str) -> Answer {
    refused(
        422,
        &format!("Invalid value for param '{attribute}': {value}"),
    )
}

pub(super) fn already_exists() -> Answer {
    refused(422, "Object already exists!")
}

/// A body that says it is JSON and is none.
pub(super) fn malformed() -> Answer {
    refused(400, "Error occurred while parsing request parameters")
}

/// Zammad has no limit for its API; what stands before it may have one.
pub(super) fn rate_limited() -> Answer {
    Answer::of(429, "text/plain", "Retry later\n").with("retry-after", "5")
}

/// What stands before it answers while it restarts.
pub(super) fn bad_gateway() -> Answer {
    let page = "<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad \
                Gateway</h1></center><hr><center>nginx</center></body></html>";
    Answer::html(502, page)
}
