//! What a platform asks before it sends events, and the answer: pure functions over the request.
//!
//! An answer never leads anywhere: no address that a platform names is called.

use std::fmt::Write as _;

use pop_core::json::{self, Limits};
use pop_core::secret::Secret;
use ring::hmac;
use serde_json::{Value, json};

use crate::delivery::Delivery;

/// What to answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Header fields.
    pub headers: Vec<(&'static str, String)>,
    /// The body; empty for none.
    pub body: String,
}

/// The answer to Zoom's `endpoint.url_validation`; `None` for every other delivery.
///
/// The delivery is verified first, as any other. A token that is not a plain word gets 400 and no
/// signature: the answer is made with the secret that signs deliveries, and whoever could choose
/// the text (`v0:…:…`) would get a delivery signed.
pub fn zoom_url_validation(delivery: &Delivery<'_>, secret: &Secret) -> Option<Answer> {
    let body = json::parse(delivery.body, Limits::EVENT).ok()?;
    if body.get("event").and_then(Value::as_str) != Some("endpoint.url_validation") {
        return None;
    }
    let token = body
        .get("payload")
        .and_then(|payload| payload.get("plainToken"))
        .and_then(Value::as_str)
        .filter(|token| is_plain(token));
    let Some(token) = token else {
        return Some(Answer::empty(400));
    };
    let secret = secret.expose("the key of the token's hash");
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    let hash = hmac::sign(&key, token.as_bytes());
    let mut hex = String::new();
    for byte in hash.as_ref() {
        // Writing into a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
    }
    Some(Answer {
        status: 200,
        headers: vec![("content-type", "application/json".to_owned())],
        body: json!({ "plainToken": token, "encryptedToken": hex }).to_string(),
    })
}

/// The answer to the first request of `RingCentral`, which brings a `Validation-Token` and no body; `None`
/// for every other delivery.
///
/// It comes before the subscription exists and is signed by nobody: all it gets is its own word.
pub fn validation_token(delivery: &Delivery<'_>) -> Option<Answer> {
    let mut tokens = delivery.header("validation-token");
    let token = tokens.next().filter(|_| delivery.body.is_empty())?;
    let token = std::str::from_utf8(token)
        .ok()
        .filter(|token| is_plain(token) && tokens.next().is_none());
    Some(token.map_or_else(
        || Answer::empty(400),
        |token| Answer {
            headers: vec![("validation-token", token.to_owned())],
            ..Answer::empty(200)
        },
    ))
}

/// The answer to the `OPTIONS` request of the CloudEvents web-hook profile.
///
/// Only an origin that is listed is allowed; `per_minute` bounds how often it may deliver. A
/// callback address (`WebHook-Request-Callback`) is not called.
pub fn webhook_options(delivery: &Delivery<'_>, origins: &[&str], per_minute: u32) -> Answer {
    let mut asked = delivery.header("webhook-request-origin");
    let origin = match (asked.next(), asked.next()) {
        (Some(origin), None) => std::str::from_utf8(origin).ok(),
        (None | Some(_), _) => None,
    };
    let Some(origin) = origin else {
        return Answer::empty(400);
    };
    let listed = origins
        .iter()
        .find(|listed| listed.eq_ignore_ascii_case(origin));
    let Some(listed) = listed else {
        return Answer::empty(403);
    };
    let rate = delivery
        .header("webhook-request-rate")
        .next()
        .and_then(|rate| std::str::from_utf8(rate).ok()?.parse::<u32>().ok())
        .map_or(per_minute, |rate| rate.min(per_minute));
    Answer {
        status: 200,
        headers: vec![
            ("allow", "POST".to_owned()),
            ("webhook-allowed-origin", (*listed).to_owned()),
            ("webhook-allowed-rate", rate.to_string()),
        ],
        body: String::new(),
    }
}

impl Answer {
    fn empty(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: String::new(),
        }
    }
}

/// A token as platforms make it: one word, so that it can never be a text that deliveries sign.
fn is_plain(token: &str) -> bool {
    (1..=256).contains(&token.len())
        && token.bytes().all(|byte| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'+' | b'/' | b'=')
        })
}
