//! What an account may still ask, as far as the CRM says so.
//!
//! A definition says which headers tell it; the usual ones are known without being told.

use std::sync::PoisonError;

use pop_core::expr::Scope;
use pop_core::http::Response;
use pop_core::moment::Moment;
use serde_json::Value;

use crate::language::reading::Reading;
use crate::run::answer::Answer;
use crate::run::connection::Connection;
use crate::run::error::printable;
use crate::run::values;

/// One allowance of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quota {
    /// Its name in the definition.
    pub name: String,
    /// What it is about, for people.
    pub label: String,
    /// How many calls are left.
    pub left: Option<u64>,
    /// How many there are in all.
    pub limit: Option<u64>,
    /// When the CRM said so.
    pub at: Moment,
}

/// How allowances are usually told, where a definition does not say.
const USUAL: [(&str, &str); 3] = [
    ("ratelimit-remaining", "ratelimit-limit"),
    ("x-ratelimit-remaining", "x-ratelimit-limit"),
    ("x-rate-limit-remaining", "x-rate-limit"),
];
/// Headers about limits that are kept of one answer.
const HEADERS: usize = 8;

impl Connection {
    /// Takes note of what an answer says about how much may still be asked.
    pub(crate) fn note_quotas(&self, response: &Response) {
        let now = self.now();
        let parts = &self.plan.http.quotas;
        let found = if parts.is_empty() {
            usual(response, now).into_iter().collect::<Vec<_>>()
        } else {
            let headers = Answer::headers_of(&response.headers);
            let scope = Scope::new().with("headers", &headers);
            let read = |reading: &Option<Reading>| {
                let value = reading.as_ref()?.value(&scope)?;
                count(&value)
            };
            let quotas = parts.iter().filter_map(|part| {
                let limit = read(&part.limit);
                let unused = || Some(limit?.saturating_sub(read(&part.used)?));
                let left = read(&part.left).or_else(unused);
                left?;
                Some(Quota {
                    name: part.name.clone(),
                    label: part.label.clone(),
                    left,
                    limit,
                    at: now,
                })
            });
            quotas.collect()
        };
        let mut known = self.quotas.lock().unwrap_or_else(PoisonError::into_inner);
        for quota in found {
            known.retain(|known| known.name != quota.name);
            known.push(quota);
        }
    }
}

fn usual(response: &Response, now: Moment) -> Option<Quota> {
    let number = |name: &str| count(&Value::from(response.header(name)?));
    USUAL.into_iter().find_map(|(left, limit)| {
        Some(Quota {
            name: "requests".to_owned(),
            label: "Requests".to_owned(),
            left: Some(number(left)?),
            limit: number(limit),
            at: now,
        })
    })
}

/// A number of calls; some servers write it with a fraction.
fn count(value: &Value) -> Option<u64> {
    if let Value::String(text) = value {
        let whole = text.trim().split('.').next().unwrap_or_default();
        return whole.parse().ok();
    }
    values::count(value)
}

/// The headers of an answer that speak of limits, for support.
pub(crate) fn limits(headers: &[(String, String)]) -> Vec<(String, String)> {
    let speaks_of_limits = |name: &str| {
        ["ratelimit", "rate-limit", "limit-info"]
            .iter()
            .any(|word| name.contains(word))
            || name == "retry-after"
    };
    headers
        .iter()
        .filter(|(name, _)| speaks_of_limits(name))
        .take(HEADERS)
        .map(|(name, value)| (printable(name), printable(value)))
        .collect()
}
