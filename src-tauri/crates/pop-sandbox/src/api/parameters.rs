//! Reads the query of a request.
//!
//! A parameter that the API does not know is refused: a server that ignores a misspelt filter
//! answers with strangers.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use url::form_urlencoded;

use crate::phone::{self, Spelling};
use crate::problem::Problem;
use crate::store::Page;

const USUAL_LIMIT: u32 = 20;
const HIGHEST_LIMIT: u32 = 100;
/// The longest value; a word to search for is far shorter.
const LONGEST: usize = 256;

/// The parameters of a query, decoded.
pub(crate) struct Parameters(Vec<(String, String)>);

impl Parameters {
    /// Refuses parameters that are not listed, or are given twice. Every list can be paged.
    pub(super) fn only(self, known: &[&str]) -> Result<Self, Problem> {
        for (index, (name, value)) in self.0.iter().enumerate() {
            if !known.contains(&name.as_str()) && !["limit", "offset"].contains(&name.as_str()) {
                let detail = format!("There is no parameter {name} here.");
                return Err(Problem::invalid(name, detail));
            }
            if self.0.iter().take(index).any(|(before, _)| before == name) {
                return Err(Problem::invalid(name, format!("{name} is given twice.")));
            }
            if value.trim().is_empty() || value.chars().count() > LONGEST {
                let detail = format!("{name} must have 1 to {LONGEST} characters.");
                return Err(Problem::invalid(name, detail));
            }
        }
        Ok(self)
    }

    /// Reads a text.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        let entry = self.0.iter().find(|(known, _)| known == name);
        entry.map(|(_, value)| value.trim())
    }

    /// Reads a telephone number in any spelling.
    pub(super) fn phone(&self, name: &str) -> Result<Option<Spelling>, Problem> {
        let Some(text) = self.text(name) else {
            return Ok(None);
        };
        match phone::read(text) {
            Some(spelling) => Ok(Some(spelling)),
            None => Err(Problem::invalid(
                name,
                format!("{name} is no telephone number."),
            )),
        }
    }

    /// Reads which part of the list is wanted.
    pub(super) fn page(&self) -> Result<Page, Problem> {
        let limit = self
            .number("limit", 1, HIGHEST_LIMIT)?
            .unwrap_or(USUAL_LIMIT);
        let offset = self.number("offset", 0, u32::MAX)?.unwrap_or(0);
        Ok(Page { limit, offset })
    }

    fn number(&self, name: &str, low: u32, high: u32) -> Result<Option<u32>, Problem> {
        let Some(text) = self.text(name) else {
            return Ok(None);
        };
        let number = text
            .parse()
            .ok()
            .filter(|number| (low..=high).contains(number));
        number.map(Some).ok_or_else(|| {
            let detail = format!("{name} must be a whole number from {low} to {high}.");
            Problem::invalid(name, detail)
        })
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Parameters {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let query = parts.uri.query().unwrap_or_default();
        Ok(Self(
            form_urlencoded::parse(query.as_bytes())
                .into_owned()
                .collect(),
        ))
    }
}
