//! Writes once: a repeat with the same Idempotency-Key gets the first answer again.
//!
//! As draft-ietf-httpapi-idempotency-key-header says, a key that comes back with another request is
//! refused. Refusals are not kept, so that a corrected request may use its key.

use axum::extract::FromRequestParts;
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use rusqlite::Connection;
use serde::Serialize;

use super::fields::Fields;
use super::now;
use crate::problem::Problem;
use crate::routes::Crm;
use crate::store::answers::{self, Answer};

const KEY: HeaderName = HeaderName::from_static("idempotency-key");
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");
const LONGEST_KEY: usize = 255;

/// What a write is known by: its key, if it has one, and what it asks.
pub(crate) struct Write {
    key: Option<String>,
    call: String,
}

impl Write {
    /// Does the work, unless its answer is known, and answers 201.
    pub(super) async fn once<T: Serialize>(
        self,
        crm: &Crm,
        fields: &Fields,
        work: impl FnOnce(&Connection) -> Result<T, Problem> + Send + 'static,
    ) -> Result<Response, Problem> {
        let request = format!("{}\n{}", self.call, fields.written());
        crm.store
            .run(move |connection| {
                let transaction = connection.transaction()?;
                if let Some(key) = &self.key
                    && let Some(known) = answers::get(&transaction, key, now())?
                {
                    return replay(known, &request);
                }
                let body = serde_json::to_string(&work(&transaction)?).map_err(|_| unwritable())?;
                let answer = Answer {
                    request,
                    status: StatusCode::CREATED.as_u16(),
                    body,
                };
                if let Some(key) = &self.key {
                    answers::keep(&transaction, key, &answer, now())?;
                }
                transaction.commit()?;
                Ok(written(answer))
            })
            .await
    }
}

fn replay(known: Answer, request: &str) -> Result<Response, Problem> {
    if known.request != request {
        let detail = "This Idempotency-Key was used for another request.";
        return Err(
            Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "key_reused", detail)
                .about("Idempotency-Key"),
        );
    }
    let mut answer = written(known);
    answer
        .headers_mut()
        .insert(REPLAYED, HeaderValue::from_static("true"));
    Ok(answer)
}

fn written(answer: Answer) -> Response {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::CREATED);
    let json = HeaderValue::from_static("application/json");
    (status, [(CONTENT_TYPE, json)], answer.body).into_response()
}

fn unwritable() -> Problem {
    Problem::new(
        StatusCode::INTERNAL_SERVER_ERROR,
        "answer",
        "The answer could not be written.",
    )
}

impl<S: Send + Sync> FromRequestParts<S> for Write {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let call = format!("{} {}", parts.method, parts.uri.path());
        let Some(value) = parts.headers.get(KEY) else {
            return Ok(Self { key: None, call });
        };
        let usable = |key: &&str| (1..=LONGEST_KEY).contains(&key.len());
        let key = value
            .to_str()
            .ok()
            .map(str::trim)
            .filter(usable)
            .ok_or_else(|| {
                let detail = format!("Idempotency-Key must have 1 to {LONGEST_KEY} characters.");
                Problem::new(StatusCode::BAD_REQUEST, "invalid_key", detail)
                    .about("Idempotency-Key")
            })?;
        Ok(Self {
            key: Some(key.to_owned()),
            call,
        })
    }
}
