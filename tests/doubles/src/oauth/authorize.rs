//! The page a browser is sent to. The person behind it agrees at once, unless told otherwise.

use url::Url;

use super::{Code, OAuth};
use crate::call::{Answer, Call};

impl OAuth {
    /// Answers the authorization page: a redirect with the code, or with the refusal, or a page.
    pub fn authorize(&self, call: &Call) -> Answer {
        let value = |name: &str| call.query_value(name);
        if value("client_id").as_deref() != Some(&self.rules.client_id) {
            return page("invalid_client_id", "client identifier invalid");
        }
        let Some(redirect) = self.redirect_for(&value("redirect_uri").unwrap_or_default()) else {
            return page(
                "redirect_uri_mismatch",
                "redirect_uri must match configuration",
            );
        };
        let state = value("state");
        let back = |members: &[(&str, &str)]| back_to(redirect.clone(), state.as_deref(), members);
        let challenge = value("code_challenge");
        let plain = value("code_challenge_method").as_deref() != Some("S256");
        if value("response_type").as_deref() != Some("code") {
            return back(&[("error", "unsupported_response_type")]);
        }
        let lacks_challenge = self.rules.needs_challenge && challenge.is_none();
        let lacks_state = self.rules.needs_state && state.as_deref().is_none_or(str::is_empty);
        if lacks_challenge || lacks_state || (challenge.is_some() && plain) {
            let told = "missing required code challenge or state";
            return back(&[("error", "invalid_request"), ("error_description", told)]);
        }
        let refused = self.state().refuse_sign_in.take();
        if let Some(error) = refused {
            let told = "end-user denied authorization";
            return back(&[("error", &error), ("error_description", told)]);
        }
        let code = self.code_for(Code {
            redirect: value("redirect_uri").unwrap_or_default(),
            challenge,
            scope: value("scope").unwrap_or_default(),
        });
        let is_wrong = std::mem::take(&mut self.state().wrong_state);
        let state = if is_wrong {
            Some("another-state".to_owned())
        } else {
            state
        };
        let mut members = vec![("code", code.as_str())];
        members.extend(self.rules.issuer.as_deref().map(|issuer| ("iss", issuer)));
        back_to(redirect.clone(), state.as_deref(), &members)
    }

    fn code_for(&self, code: Code) -> String {
        let mut state = self.state();
        state.given += 1;
        let name = format!("code-{}-{}", self.salt, state.given);
        state.codes.insert(name.clone(), code);
        name
    }

    /// The address to go back to: the one asked for if it is registered.
    fn redirect_for(&self, asked: &str) -> Option<Url> {
        let url = Url::parse(asked).ok()?;
        let state = self.state();
        let is_loopback = matches!(url.host_str(), Some("localhost" | "127.0.0.1"));
        let is_known = if state.redirects.is_empty() {
            is_loopback
        } else {
            let mut known = state.redirects.iter();
            known.any(|known| known == asked || (!self.rules.compares_port && same(known, &url)))
        };
        if is_known {
            return Some(url);
        }
        let first = state.redirects.first().filter(|_| self.rules.falls_back);
        first.and_then(|first| Url::parse(first).ok())
    }
}

/// The same address but for its port.
fn same(known: &str, asked: &Url) -> bool {
    let mut asked = asked.clone();
    let Ok(mut known) = Url::parse(known) else {
        return false;
    };
    known.set_port(None).is_ok() && asked.set_port(None).is_ok() && known == asked
}

fn back_to(mut redirect: Url, state: Option<&str>, members: &[(&str, &str)]) -> Answer {
    redirect
        .query_pairs_mut()
        .extend_pairs(members)
        .extend_pairs(state.map(|state| ("state", state)));
    Answer::redirect(redirect.as_str())
}

fn page(error: &str, told: &str) -> Answer {
    let text = format!("<!DOCTYPE html><title>{error}</title><p>{told}</p>");
    Answer::html(400, &text)
}
