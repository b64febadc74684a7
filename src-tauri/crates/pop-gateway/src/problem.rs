//! Answers that say what went wrong, as RFC 9457 has it, for programs of ours.
//!
//! Platforms are not answered like this: to them a refusal says nothing (security rule L7).

use std::time::Duration;

use axum::body::Body;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// Why a request was refused.
#[derive(Debug)]
pub(crate) struct Problem {
    status: StatusCode,
    /// The word that a program acts on.
    pub(crate) code: &'static str,
    detail: &'static str,
    cause: Option<&'static str>,
    retry_after: Option<Duration>,
}

impl Problem {
    pub(crate) fn new(status: StatusCode, code: &'static str, detail: &'static str) -> Self {
        Self {
            status,
            code,
            detail,
            cause: None,
            retry_after: None,
        }
    }

    /// Adds the word of what was behind it.
    pub(crate) fn because(self, cause: &'static str) -> Self {
        Self {
            cause: Some(cause),
            ..self
        }
    }

    /// Too often; when to come back.
    pub(crate) fn too_often(wait: Duration) -> Self {
        Self {
            retry_after: Some(wait),
            ..Self::new(
                StatusCode::TOO_MANY_REQUESTS,
                "too_often",
                "Too many requests; come back later.",
            )
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut document = json!({
            "type": "about:blank",
            "title": self.status.canonical_reason().unwrap_or_default(),
            "status": self.status.as_u16(),
            "code": self.code,
            "detail": self.detail,
        });
        if let (Some(cause), Some(members)) = (self.cause, document.as_object_mut()) {
            members.insert("cause".to_owned(), cause.into());
        }
        let mut response = answer(self.status, &document);
        let headers = response.headers_mut();
        let kind = HeaderValue::from_static("application/problem+json");
        headers.insert(CONTENT_TYPE, kind);
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(wait) = self.retry_after {
            headers.insert(RETRY_AFTER, seconds(wait));
        }
        response
    }
}

/// Whole seconds, rounded up, as `Retry-After` has them.
pub(crate) fn seconds(wait: Duration) -> HeaderValue {
    let rest = u64::from(wait.subsec_nanos() > 0);
    HeaderValue::from((wait.as_secs() + rest).max(1))
}

/// An answer in JSON that nobody keeps.
pub(crate) fn answer(status: StatusCode, document: &Value) -> Response {
    let mut response = Response::new(Body::from(document.to_string()));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let kind = HeaderValue::from_static("application/json");
    headers.insert(CONTENT_TYPE, kind);
    // Some browsers would let another site's page load it as a script.
    let as_it_says = HeaderValue::from_static("nosniff");
    headers.insert(X_CONTENT_TYPE_OPTIONS, as_it_says);
    response
}
