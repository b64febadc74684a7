//! Microsoft Entra's token endpoint, in its own words.

use serde_json::{Map, Value, json};

use crate::call::{Answer, Call};
use crate::oauth::{OAuth, TokenFault};

/// Answers `POST /{tenant}/oauth2/v2.0/token`.
pub(super) fn token(oauth: &OAuth, call: &Call) -> Answer {
    let grant = match oauth.token(call) {
        Ok(grant) => grant,
        Err(fault) => return refused(fault),
    };
    let mut body = Map::new();
    body.insert("token_type".into(), json!("Bearer"));
    body.insert("scope".into(), json!(grant.scope));
    body.insert("expires_in".into(), json!(grant.expires_in));
    body.insert("ext_expires_in".into(), json!(grant.expires_in));
    body.insert("access_token".into(), json!(grant.access_token));
    if let Some(token) = grant.refresh_token {
        body.insert("refresh_token".into(), json!(token));
    }
    Answer::json(200, &Value::Object(body))
}

fn refused(fault: TokenFault) -> Answer {
    let (status, error, number, told) = match fault {
        TokenFault::ContentType => (
            400,
            "invalid_request",
            900_144,
            "The request body must contain the following parameter: 'grant_type'.",
        ),
        TokenFault::UnsupportedGrant => (
            400,
            "unsupported_grant_type",
            70_003,
            "The app requested an unsupported grant type.",
        ),
        TokenFault::WrongClient => (
            400,
            "unauthorized_client",
            700_016,
            "Application was not found in the directory.",
        ),
        TokenFault::WrongSecret => (
            401,
            "invalid_client",
            700_025,
            "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.",
        ),
        TokenFault::SecretMissing => (
            401,
            "invalid_client",
            7_000_218,
            "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
        ),
        TokenFault::WrongCode => (
            400,
            "invalid_grant",
            9_002_313,
            "Invalid request. Request is malformed or invalid.",
        ),
        TokenFault::UsedCode => (
            400,
            "invalid_grant",
            54_005,
            "OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.",
        ),
        TokenFault::WrongRedirect => (
            400,
            "invalid_client",
            50_011,
            "The redirect URI specified in the request does not match the redirect URIs configured for the application.",
        ),
        TokenFault::WrongVerifier => (
            400,
            "invalid_grant",
            501_481,
            "The Code_Verifier does not match the code_challenge supplied in the authorization request.",
        ),
        TokenFault::WrongRefreshToken => (
            400,
            "invalid_grant",
            700_082,
            "The refresh token has expired due to inactivity.",
        ),
        TokenFault::SignInNeeded => (
            400,
            "invalid_grant",
            50_076,
            "Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication.",
        ),
    };
    let trace = "0000aaaa-11bb-cccc-dd22-eeeeee333333";
    let correlation = "aaaa0000-bb11-2222-33cc-444444dddddd";
    let time = "2026-09-15 12:00:00Z";
    let mut body = json!({
        "error": error,
        "error_description":
            format!("AADSTS{number}: {told} Trace ID: {trace} Correlation ID: {correlation} Timestamp: {time}"),
        "error_codes": [number],
        "timestamp": time,
        "trace_id": trace,
        "correlation_id": correlation,
        "error_uri": format!("https://login.microsoftonline.com/error?code={number}"),
    });
    if let (TokenFault::SignInNeeded, Some(body)) = (fault, body.as_object_mut()) {
        body.insert("suberror".into(), json!("basic_action"));
    }
    Answer::json(status, &body)
}
