//! What is kept between two runs: the refresh token, and what the server said about the tokens.
//!
//! Access tokens are never kept. A grant names the client and the endpoint it was given to, so
//! that a changed setting never sends it to another server.

use pop_core::moment::Moment;
use pop_core::secret::Secret;
use serde_json::{Map, Value, json};

use crate::sign_in::ending::Ending;
use crate::sign_in::registration::Registration;

/// The version of the form in which a grant is kept.
const FORM: u64 = 1;

/// A grant.
pub(crate) struct Grant {
    /// Absent where the server gives none: then each access token needs the browser.
    pub(crate) refresh: Option<Secret>,
    /// What definitions read as `token.…`.
    pub(crate) names: Map<String, Value>,
    /// From when to when the refresh token is good, where the server says so.
    pub(crate) life: Option<Ending>,
}

impl Grant {
    /// The grant as the text that is sealed.
    pub(crate) fn seal(&self, registration: &Registration, issued_at: &str) -> Secret {
        let refresh = self.refresh.as_ref();
        let refresh = refresh.map(|token| token.expose("it is kept in the vault"));
        let text = json!({
            "form": FORM,
            "endpoint": registration.token.as_str(),
            "client_id": registration.client_id,
            "issued_at": issued_at,
            "refresh": refresh,
            "names": self.names,
            "refresh_since": self.life.map(|life| life.since.rfc3339()),
            "refresh_ends": self.life.map(|life| life.at.rfc3339()),
        });
        Secret::new(text.to_string())
    }

    /// Reads a kept grant; `None` when it is no grant for this client and endpoint.
    pub(crate) fn open(kept: &Secret, registration: &Registration) -> Option<Self> {
        let text = kept.expose("the kept grant is read");
        let value = serde_json::from_str::<Value>(text).ok()?;
        let is =
            |key: &str, expected: &str| value.get(key).and_then(Value::as_str) == Some(expected);
        let fits = value.get("form").and_then(Value::as_u64) == Some(FORM)
            && is("endpoint", registration.token.as_str())
            && is("client_id", &registration.client_id);
        let Some(Value::Object(names)) = value.get("names").filter(|_| fits) else {
            return None;
        };
        let refresh = value.get("refresh").and_then(Value::as_str);
        let time = |key: &str| Moment::parse(value.get(key)?.as_str()?);
        let life = time("refresh_since").zip(time("refresh_ends"));
        Some(Self {
            refresh: refresh.map(|token| Secret::new(token.to_owned())),
            names: names.clone(),
            life: life.map(|(since, at)| Ending { since, at }),
        })
    }
}
