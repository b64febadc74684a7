//! What can be made to go wrong, and the switch for it.
//!
//! The switch only says which fault the next request gets; `damage` carries it out.

use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

/// The requests a rule without a path goes for: the API, and neither pages nor controls.
const API: &str = "/api";

/// One way in which a CRM fails.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "kind",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
pub enum Fault {
    /// Refuses with 401: the token has expired. Nothing is done.
    Unauthorized,
    /// Refuses with 403. Nothing is done.
    Forbidden,
    /// Refuses with 404. Nothing is done.
    NotFound,
    /// Refuses with 409. Nothing is done.
    Conflict,
    /// Refuses with 422 and names a field. Nothing is done.
    Unprocessable,
    /// Refuses with 429. Nothing is done.
    RateLimited {
        /// The seconds of `Retry-After`.
        retry_after: u64,
    },
    /// Fails with a status of 500 to 599; any other number counts as 500. Nothing is done.
    ServerError {
        /// The status.
        status: u16,
    },
    /// Does what was asked, and answers late.
    Slow {
        /// The delay of the answer.
        millis: u64,
    },
    /// Does what was asked, and cuts the connection in the middle of the answer.
    Cut,
    /// Answers 200 with a page in HTML, like a sign-in page in the way. Nothing is done.
    Html,
    /// Does what was asked, and answers only the first half of the JSON.
    TruncatedJson,
    /// Does what was asked, and answers with the right status and no body.
    EmptyBody,
    /// Answers with 16 MiB of valid JSON and does not say so beforehand. Nothing is done.
    HugeBody,
}

/// Which requests get a fault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FaultRule {
    /// What goes wrong.
    pub fault: Fault,
    /// What the request's path begins with; without it, every request of the API.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// How many requests get it before it switches itself off; without it, all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
}

impl FaultRule {
    /// Makes every request of the API fail until the rule is taken away.
    pub fn always(fault: Fault) -> Self {
        Self {
            fault,
            path: None,
            count: None,
        }
    }

    /// Narrows the rule to paths that begin with this.
    #[must_use]
    pub fn on(mut self, path: &str) -> Self {
        self.path = Some(path.to_owned());
        self
    }

    /// Limits the rule to so many requests.
    #[must_use]
    pub fn times(mut self, count: u32) -> Self {
        self.count = Some(count);
        self
    }
}

/// Holds the rule in force.
#[derive(Debug, Default)]
pub(crate) struct FaultSwitch(Mutex<Option<FaultRule>>);

impl FaultSwitch {
    /// Puts a rule in the place of the one before.
    pub(crate) fn set(&self, rule: Option<FaultRule>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = rule;
    }

    /// Reads the rule in force.
    pub(crate) fn get(&self) -> Option<FaultRule> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Says what goes wrong with a request, and counts it.
    pub(crate) fn strike(&self, path: &str) -> Option<Fault> {
        let mut rule = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let active = rule.as_mut()?;
        if !path.starts_with(active.path.as_deref().unwrap_or(API)) {
            return None;
        }
        let fault = active.fault.clone();
        match active.count {
            None => return Some(fault),
            Some(count) if count > 1 => active.count = Some(count - 1),
            Some(last) => {
                *rule = None;
                return (last == 1).then_some(fault);
            }
        }
        Some(fault)
    }
}
