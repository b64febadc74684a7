//! One answer: read as JSON where it is JSON, and never trusted further than that.
//!
//! Security rule N4. What an answer means is in `error` and `record`.

use pop_core::http::Response;
use pop_core::json::{self, Limits};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::run::quota::limits;

/// An answer, taken apart.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    /// The JSON, or the text where it is none; null when it is empty.
    pub(crate) body: Value,
    pub(crate) is_html: bool,
    /// Whether the body is JSON.
    pub(crate) is_json: bool,
    pub(crate) is_empty: bool,
    /// SHA-256 of the body of an answer that is no success.
    pub(crate) hash: Option<[u8; 32]>,
}

/// Of a body that is no JSON, this much is looked at.
const TEXT: usize = 4_096;

impl Answer {
    pub(crate) fn read(response: &Response) -> Self {
        let kind = response.header("content-type").unwrap_or_default();
        let kind = kind
            .split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase();
        let is_json = kind == "application/json"
            || (kind.starts_with("application/") && kind.ends_with("+json"));
        let start = response.body.get(..TEXT).unwrap_or(&response.body);
        let start = String::from_utf8_lossy(start);
        let is_html = kind.contains("html") || looks_like_html(&start);
        let parsed = is_json
            .then(|| json::parse(&response.body, Limits::ANSWER).ok())
            .flatten();
        let is_empty = response.body.is_empty();
        Self {
            status: response.status,
            headers: response.headers.clone(),
            is_json: parsed.is_some(),
            is_empty,
            body: match parsed {
                Some(value) => value,
                None if is_empty => Value::Null,
                None => Value::String(start.into_owned()),
            },
            is_html,
            hash: (response.status >= 400).then(|| Sha256::digest(&response.body).into()),
        }
    }

    /// The head of an answer alone.
    pub(crate) fn without_body(response: &Response) -> Self {
        Self::of_part(response.status, response.headers.clone(), None)
    }

    /// The answer to one of several requests that travelled together.
    pub(crate) fn of_part(
        status: u16,
        headers: Vec<(String, String)>,
        body: Option<Value>,
    ) -> Self {
        let is_html = matches!(&body, Some(Value::String(text)) if looks_like_html(text));
        Self {
            status,
            headers,
            is_html,
            is_json: body.is_some() && !is_html,
            is_empty: body.is_none(),
            body: body.unwrap_or_default(),
            hash: None,
        }
    }

    /// The header fields about limits.
    pub(crate) fn limits(&self) -> Vec<(String, String)> {
        limits(&self.headers)
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(field, _)| field == name)
            .map(|(_, value)| value.as_str())
    }

    /// The header fields as an object; of several with one name the first counts.
    pub(crate) fn headers(&self) -> Value {
        Self::headers_of(&self.headers)
    }

    pub(crate) fn headers_of(headers: &[(String, String)]) -> Value {
        let mut object = Map::new();
        for (name, value) in headers {
            object
                .entry(name.clone())
                .or_insert_with(|| Value::String(value.clone()));
        }
        Value::Object(object)
    }

    /// The answer as a step's value.
    pub(crate) fn value(&self) -> Value {
        let members = [
            ("status".to_owned(), Value::from(self.status)),
            ("headers".to_owned(), self.headers()),
            ("body".to_owned(), self.body.clone()),
        ];
        Value::Object(members.into_iter().collect())
    }
}

fn looks_like_html(start: &str) -> bool {
    let start = start.trim_start_matches(['\u{feff}', ' ', '\r', '\n', '\t']);
    let first = start
        .chars()
        .take(9)
        .collect::<String>()
        .to_ascii_lowercase();
    first.starts_with("<!doctype") || first.starts_with("<html")
}
