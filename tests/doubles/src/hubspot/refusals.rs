//! The words in which HubSpot refuses. Every body carries the correlation id that the header
//! field repeats; [`super::HubSpot`] puts both in.
//!
//! Unverified: the texts for a wrong association type, a property that is unknown to a search, an
//! `idProperty` that is not unique and a body that is too long.

use serde_json::{Value, json};

use crate::call::Answer;
use crate::oauth::TokenFault;

fn refused(status: u16, category: &str, message: &str, more: Value) -> Answer {
    let mut body = json!({"status": "error", "message": message, "correlationId": ""});
    if let (Some(body), Value::Object(more)) = (body.as_object_mut(), more) {
        body.extend(more);
        body.insert("category".to_owned(), json!(category));
    }
    Answer::json(status, &body)
}

pub(super) fn no_credential() -> Answer {
    let message = "Authentication credentials not found. This API supports OAuth 2.0 \
                   authentication and you can find more details at \
                   https://developers.hubspot.com/docs/methods/auth/oauth-overview";
    refused(401, "INVALID_AUTHENTICATION", message, json!({}))
}

pub(super) fn unknown_token() -> Answer {
    let message = "The access token used to make this call is not valid.";
    refused(401, "INVALID_AUTHENTICATION", message, json!({}))
}

pub(super) fn expired_token() -> Answer {
    let message = "The OAuth token used to make this call expired 7 second(s) ago.";
    refused(401, "EXPIRED_AUTHENTICATION", message, json!({}))
}

pub(super) fn missing_scopes(scopes: &[&str]) -> Answer {
    let message = "This app hasn't been granted all required scopes to make this call. Read more \
                   about required scopes here: https://developers.hubspot.com/scopes.";
    let more = json!({
        "errors": [{
            "message": "One or more of the following scopes are required.",
            "context": {"requiredGranularScopes": scopes},
        }],
        "links": {"scopes": "https://developers.hubspot.com/scopes"},
    });
    refused(403, "MISSING_SCOPES", message, more)
}

pub(super) fn not_found() -> Answer {
    refused(404, "OBJECT_NOT_FOUND", "resource not found", json!({}))
}

/// An address that is no endpoint: a page, no JSON.
pub(super) fn no_endpoint() -> Answer {
    let page = "<html><head><title>Error 404 Not Found</title></head><body><h2>HTTP ERROR 404 Not \
                Found</h2></body></html>";
    Answer::html(404, page)
}

pub(super) fn invalid(message: &str) -> Answer {
    refused(400, "VALIDATION_ERROR", message, json!({}))
}

/// Property, code, what is wrong with its value.
pub(super) fn invalid_values(faults: &[(String, &str, String)]) -> Answer {
    let list = faults.iter().map(|(name, code, told)| {
        json!({
            "isValid": false, "message": told, "error": code, "name": name,
            "localizedErrorMessage": told,
        })
    });
    let list = Value::Array(list.collect());
    invalid(&format!("Property values were not valid: {list}"))
}

pub(super) fn required(one: &str, properties: &[&str]) -> Answer {
    let message = format!(
        "Error creating {}. Some required properties were not set.",
        one.to_uppercase()
    );
    let more = json!({"context": {"properties": properties}});
    refused(400, "VALIDATION_ERROR", &message, more)
}

pub(super) fn exists(one: &str, id: &str) -> Answer {
    let mut name = one.to_owned();
    if let Some(first) = name.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    let message = format!("{name} already exists. Existing ID: {id}");
    refused(409, "CONFLICT", &message, json!({}))
}

pub(super) fn wrong_type() -> Answer {
    let body = json!({"status": "error", "message": "Unsupported Media Type", "correlationId": ""});
    Answer::json(415, &body)
}

/// Which limit: `SECONDLY` for searches, `TEN_SECONDLY_ROLLING` for everything.
pub(super) fn rate_limited(policy: &str) -> Answer {
    let message = format!("You have reached your {} limit.", policy.to_lowercase());
    let body = json!({
        "status": "error", "message": message, "errorType": "RATE_LIMIT", "correlationId": "",
        "policyName": policy, "requestId": "00000000-0000-4000-8000-000000000429",
    });
    Answer::json(429, &body)
}

/// The edge in front of the API answers a page.
pub(super) fn bad_gateway() -> Answer {
    let page = "<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body><center><h1>\
                502 Bad Gateway</h1></center><hr><center>cloudflare</center></body></html>";
    Answer::html(502, page)
}

/// The token endpoint has words of its own in `status`.
pub(super) fn no_token(fault: TokenFault) -> Answer {
    let (status, message) = match fault {
        TokenFault::ContentType => return wrong_type(),
        TokenFault::UnsupportedGrant => ("BAD_GRANT_TYPE", "missing or unknown grant type"),
        TokenFault::WrongClient => ("BAD_CLIENT_ID", "missing or unknown client id"),
        TokenFault::WrongSecret | TokenFault::SecretMissing => {
            ("BAD_CLIENT_SECRET", "missing or invalid client secret")
        }
        TokenFault::WrongCode | TokenFault::UsedCode => {
            ("BAD_AUTH_CODE", "missing or unknown auth code")
        }
        TokenFault::WrongRedirect => ("BAD_REDIRECT_URI", "missing or unknown redirect uri"),
        TokenFault::WrongVerifier => ("BAD_CODE_VERIFIER", "missing or invalid code verifier"),
        TokenFault::WrongRefreshToken | TokenFault::SignInNeeded => {
            ("BAD_REFRESH_TOKEN", "missing or invalid refresh token")
        }
    };
    let body = json!({"status": status, "message": message, "correlationId": ""});
    Answer::json(400, &body)
}
