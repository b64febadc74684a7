//! Reads the JSON object of a request, field by field, and says which field is wrong.

use axum::body::to_bytes;
use axum::extract::{FromRequest, Request};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::problem::Problem;

/// The largest body that is read: a long transcript fits.
const LARGEST_BODY: usize = 64 * 1024;

/// The members of a request's JSON object. Null counts as not there, unknown ones are ignored.
pub(crate) struct Fields(Map<String, Value>);

impl Fields {
    /// Reads a text that must be there.
    pub(super) fn required_text(&self, name: &str, longest: usize) -> Result<String, Problem> {
        self.text(name, longest)?
            .ok_or_else(|| Problem::missing(name))
    }

    /// Reads a text; blank counts as not there.
    pub(super) fn text(&self, name: &str, longest: usize) -> Result<Option<String>, Problem> {
        let Some(value) = self.value(name) else {
            return Ok(None);
        };
        let Some(text) = value.as_str() else {
            return Err(Problem::invalid(name, format!("{name} must be a text.")));
        };
        if text.chars().count() > longest {
            let detail = format!("{name} may have at most {longest} characters.");
            return Err(Problem::invalid(name, detail));
        }
        let text = text.trim();
        Ok((!text.is_empty()).then(|| text.to_owned()))
    }

    /// Reads one word of a closed list.
    pub(super) fn word<T>(
        &self,
        name: &str,
        read: impl Fn(&str) -> Option<T>,
        words: impl Iterator<Item = &'static str>,
    ) -> Result<Option<T>, Problem> {
        let Some(value) = self.value(name) else {
            return Ok(None);
        };
        if let Some(word) = value.as_str().and_then(read) {
            return Ok(Some(word));
        }
        let words: Vec<_> = words.collect();
        let detail = format!("{name} must be one of {}.", words.join(", "));
        Err(Problem::invalid(name, detail))
    }

    /// Reads a whole number of a range.
    pub(super) fn number(
        &self,
        name: &str,
        range: std::ops::RangeInclusive<i64>,
    ) -> Result<Option<i64>, Problem> {
        let Some(value) = self.value(name) else {
            return Ok(None);
        };
        if let Some(number) = value.as_i64().filter(|number| range.contains(number)) {
            return Ok(Some(number));
        }
        let (low, high) = (range.start(), range.end());
        let detail = format!("{name} must be a whole number from {low} to {high}.");
        Err(Problem::invalid(name, detail))
    }

    /// Reads the whole object as a type.
    pub(super) fn read<T: DeserializeOwned>(self) -> Result<T, String> {
        serde_json::from_value(Value::Object(self.0)).map_err(|error| error.to_string())
    }

    /// Writes the object out, to tell two requests apart.
    pub(super) fn written(&self) -> String {
        Value::Object(self.0.clone()).to_string()
    }

    fn value(&self, name: &str) -> Option<&Value> {
        self.0.get(name).filter(|value| !value.is_null())
    }
}

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        if !is_json(request.headers()) {
            return Err(Problem::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "not_json",
                "Send application/json.",
            ));
        }
        let body = to_bytes(request.into_body(), LARGEST_BODY)
            .await
            .map_err(|_| {
                let detail = format!("A body may have at most {LARGEST_BODY} bytes.");
                Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", detail)
            })?;
        match serde_json::from_slice(&body) {
            Ok(Value::Object(members)) => Ok(Self(members)),
            Ok(_) => Err(Problem::not_json("The body must be a JSON object.")),
            Err(error) => Err(Problem::not_json(format!(
                "The body is no valid JSON: {error}."
            ))),
        }
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    kind.split(';')
        .next()
        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}
