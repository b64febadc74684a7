//! What the CRM says when it refuses: problem details (RFC 9457).
//!
//! A `Problem` travels as a mark on an empty response. The gate writes the body, because only the
//! gate knows the request id and the path.

use axum::body::Body;
use axum::http::header::{ALLOW, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// One refusal; boxed, because nearly every function can answer with one.
#[derive(Clone, Debug)]
pub(crate) struct Problem(Box<Refusal>);

#[derive(Clone, Debug)]
struct Refusal {
    status: StatusCode,
    /// A word for programs, stable between releases.
    code: &'static str,
    detail: String,
    /// The field that is to blame.
    field: Option<String>,
    header: Option<(HeaderName, String)>,
}

impl Problem {
    /// Builds a refusal without a field or header.
    pub(crate) fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Self {
        Self(Box::new(Refusal {
            status,
            code,
            detail: detail.into(),
            field: None,
            header: None,
        }))
    }

    /// Says that the body is no JSON object.
    pub(crate) fn not_json(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalid_json", detail)
    }

    /// Says that a required field is not there.
    pub(crate) fn missing(field: &str) -> Self {
        let detail = format!("The required field {field} is missing.");
        Self::new(StatusCode::BAD_REQUEST, "missing_field", detail).about(field)
    }

    /// Says that a field's value cannot be accepted.
    pub(crate) fn invalid(field: &str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid_field", detail).about(field)
    }

    /// Says that a record does not exist.
    pub(crate) fn no_record(what: &str, id: &str) -> Self {
        let detail = format!("There is no {what} {id}.");
        Self::new(StatusCode::NOT_FOUND, "not_found", detail)
    }

    /// Says that the token is missing or not accepted.
    pub(crate) fn unauthorized(code: &'static str, detail: &str) -> Self {
        let challenge = match code {
            "token_missing" => "Bearer realm=\"sandbox\"".to_owned(),
            _ => format!(
                "Bearer realm=\"sandbox\", error=\"invalid_token\", error_description=\"{detail}\""
            ),
        };
        Self::new(StatusCode::UNAUTHORIZED, code, detail).with(WWW_AUTHENTICATE, challenge)
    }

    /// Says when to come again.
    pub(crate) fn rate_limited(retry_after: u64) -> Self {
        Self::new(
            StatusCode::TOO_MANY_REQUESTS,
            "rate_limited",
            format!("Too many requests. Try again in {retry_after} s."),
        )
        .with(RETRY_AFTER, retry_after.to_string())
    }

    /// Says that a path exists but not with this method.
    pub(crate) fn method_not_allowed(allow: Option<&HeaderValue>) -> Self {
        let allow = allow
            .and_then(|allow| allow.to_str().ok())
            .unwrap_or_default();
        Self::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "method_not_allowed",
            format!("This path takes {allow}."),
        )
        .with(ALLOW, allow.to_owned())
    }

    /// Names the field that is to blame.
    pub(crate) fn about(mut self, field: &str) -> Self {
        self.0.field = Some(field.to_owned());
        self
    }

    fn with(mut self, header: HeaderName, value: String) -> Self {
        self.0.header = Some((header, value));
        self
    }

    /// Writes the refusal out.
    pub(crate) fn write(&self, path: &str, request_id: &str) -> Response {
        let Refusal {
            status,
            code,
            detail,
            field,
            header,
        } = &*self.0;
        let mut body = json!({
            "type": "about:blank",
            "title": status.canonical_reason().unwrap_or("Refused"),
            "status": status.as_u16(),
            "detail": detail,
            "instance": path,
            "code": code,
            "requestId": request_id,
        });
        if let (Some(field), Some(members)) = (field, body.as_object_mut()) {
            let errors = json!([{ "field": field, "message": detail }]);
            members.insert("errors".to_owned(), errors);
        }
        let mut response = Response::new(Body::from(Value::to_string(&body)));
        *response.status_mut() = *status;
        let json = HeaderValue::from_static("application/problem+json");
        response.headers_mut().insert(CONTENT_TYPE, json);
        if let Some((name, value)) = header
            && let Ok(value) = HeaderValue::from_str(value)
        {
            response.headers_mut().insert(name, value);
        }
        response
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.0.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl From<rusqlite::Error> for Problem {
    fn from(_: rusqlite::Error) -> Self {
        let detail = "The sandbox's database did not answer.";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "database", detail)
    }
}

impl From<tokio::task::JoinError> for Problem {
    fn from(_: tokio::task::JoinError) -> Self {
        let detail = "The sandbox is stopping.";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "stopping", detail)
    }
}
