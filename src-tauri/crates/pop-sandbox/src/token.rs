//! The tokens the CRM accepts, and those it once accepted.

use std::sync::{Mutex, PoisonError};

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use subtle::ConstantTimeEq;

use crate::problem::Problem;

/// How many earlier tokens are remembered, so that they are called expired and not unknown.
const REMEMBERED: usize = 8;

/// Compares what requests bring with the token in force.
pub(crate) struct Tokens(Mutex<Known>);

struct Known {
    current: String,
    expired: Vec<String>,
}

/// Says whether a text can be a bearer token: something, in visible ASCII.
pub(crate) fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())
}

impl Tokens {
    pub(crate) fn new(current: String) -> Self {
        Self(Mutex::new(Known {
            current,
            expired: Vec::new(),
        }))
    }

    /// Puts a new token in force; the one before counts as expired.
    pub(crate) fn renew(&self, token: String) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let before = std::mem::replace(&mut known.current, token);
        known.expired.insert(0, before);
        known.expired.truncate(REMEMBERED);
    }

    /// Refuses a request without the token in force.
    pub(crate) fn check(&self, headers: &HeaderMap) -> Result<(), Problem> {
        let Some(offered) = bearer(headers) else {
            return Err(Problem::unauthorized(
                "token_missing",
                "Send a bearer token.",
            ));
        };
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is = |token: &String| bool::from(token.as_bytes().ct_eq(offered.as_bytes()));
        if is(&known.current) {
            return Ok(());
        }
        let (code, detail) = if known.expired.iter().any(is) {
            ("token_expired", "The token has expired.")
        } else {
            ("token_unknown", "The token is not known.")
        };
        Err(Problem::unauthorized(code, detail))
    }
}

/// Reads the one bearer token of a request; two headers are as good as none.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let mut values = headers.get_all(AUTHORIZATION).iter();
    let (Some(value), None) = (values.next(), values.next()) else {
        return None;
    };
    let (scheme, token) = value.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token)
}
