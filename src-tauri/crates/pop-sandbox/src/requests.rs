//! Remembers what was asked, so that a test can count round trips and show that nothing was asked.
//!
//! Bodies are not kept: what a write did is read back from the CRM.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use axum::http::request::Parts;

/// How many requests are remembered; enough for a lesson, and a bound for a sandbox left running.
const REMEMBERED: usize = 1000;
/// Headers whose values are secrets.
const SECRET: [&str; 3] = ["authorization", "cookie", "proxy-authorization"];

/// One request as it arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedRequest {
    /// The method, such as `GET`.
    pub method: String,
    /// The path as it was sent, still encoded.
    pub path: String,
    /// The query as it was sent, still encoded and without the question mark.
    pub query: Option<String>,
    /// The id the answer carries as `x-request-id`.
    pub request_id: String,
    /// The headers with names in lower case; secrets are replaced by `[redacted]`.
    pub headers: Vec<(String, String)>,
}

impl RecordedRequest {
    /// Returns the first header of this name, given in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }
}

/// The latest requests, oldest first.
#[derive(Debug, Default)]
pub(crate) struct RequestLog(Mutex<VecDeque<RecordedRequest>>);

impl RequestLog {
    pub(crate) fn add(&self, parts: &Parts, request_id: &str) {
        let headers = parts.headers.iter().map(|(name, value)| {
            let secret = SECRET.contains(&name.as_str());
            let value = if secret {
                "[redacted]".into()
            } else {
                String::from_utf8_lossy(value.as_bytes())
            };
            (name.as_str().to_owned(), value.into_owned())
        });
        let request = RecordedRequest {
            method: parts.method.to_string(),
            path: parts.uri.path().to_owned(),
            query: parts.uri.query().map(str::to_owned),
            request_id: request_id.to_owned(),
            headers: headers.collect(),
        };
        let mut requests = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if requests.len() == REMEMBERED {
            requests.pop_front();
        }
        requests.push_back(request);
    }

    pub(crate) fn all(&self) -> Vec<RecordedRequest> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .iter()
            .cloned()
            .collect()
    }

    pub(crate) fn forget(&self) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
    }
}
