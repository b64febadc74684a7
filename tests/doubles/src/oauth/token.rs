//! The token endpoint: a grant for a code, a refresh token or a client's secret, or the reason why not.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

use super::{Grant, OAuth, TokenFault};
use crate::call::Call;

/// The members of a token request.
struct Asked(Vec<(String, String)>);

impl Asked {
    fn get(&self, name: &str) -> Option<&str> {
        let member = self.0.iter().find(|(key, _)| key == name);
        member.map(|(_, value)| value.as_str())
    }
}

impl OAuth {
    /// Answers a request for tokens.
    pub fn token(&self, call: &Call) -> Result<Grant, TokenFault> {
        let asked = self.asked(call).ok_or(TokenFault::ContentType)?;
        let grant = asked.get("grant_type").unwrap_or_default();
        let has_secret = self.client(call, &asked)?;
        match grant {
            "authorization_code" => self.by_code(&asked, has_secret),
            "refresh_token" => self.by_refresh(&asked),
            "client_credentials" if has_secret => {
                Ok(self.granted(asked.get("scope").unwrap_or_default(), false, None))
            }
            "client_credentials" => Err(TokenFault::SecretMissing),
            _ => Err(TokenFault::UnsupportedGrant),
        }
    }

    fn asked(&self, call: &Call) -> Option<Asked> {
        if let Some(form) = call.form() {
            return Some(Asked(form));
        }
        let json = call.json().filter(|_| self.rules.takes_json)?;
        let members = json.as_object()?.iter();
        let text = |(name, value): (&String, &serde_json::Value)| {
            let text = value.as_str().map_or_else(|| value.to_string(), Into::into);
            (name.clone(), text)
        };
        Some(Asked(members.map(text).collect()))
    }

    /// Whether the client is known, and whether it showed its secret.
    fn client(&self, call: &Call, asked: &Asked) -> Result<bool, TokenFault> {
        let basic = call.basic();
        let by_field = basic
            .as_ref()
            .map(|(id, secret)| (id.as_str(), secret.as_str()));
        let id = by_field.map(|(id, _)| id).or(asked.get("client_id"));
        let secret = by_field
            .map(|(_, secret)| secret)
            .or(asked.get("client_secret"));
        if id != Some(&self.rules.client_id) {
            return Err(TokenFault::WrongClient);
        }
        match (secret, &self.rules.client_secret) {
            (Some(shown), Some(known)) if shown == known => Ok(true),
            (Some(_), _) => Err(TokenFault::WrongSecret),
            (None, _) if self.rules.is_public => Ok(false),
            (None, _) => Err(TokenFault::SecretMissing),
        }
    }

    fn by_code(&self, asked: &Asked, has_secret: bool) -> Result<Grant, TokenFault> {
        let name = asked.get("code").ok_or(TokenFault::WrongCode)?;
        let code = {
            let mut state = self.state();
            if state.used_codes.contains(name) {
                return Err(TokenFault::UsedCode);
            }
            let code = state.codes.remove(name).ok_or(TokenFault::WrongCode)?;
            state.used_codes.insert(name.to_owned());
            code
        };
        if asked.get("redirect_uri") != Some(&code.redirect) {
            return Err(TokenFault::WrongRedirect);
        }
        match (&code.challenge, asked.get("code_verifier")) {
            (Some(challenge), Some(verifier)) if !fits(challenge, verifier) => {
                return Err(TokenFault::WrongVerifier);
            }
            (Some(_), None) | (None, Some(_)) => return Err(TokenFault::WrongVerifier),
            (Some(_), Some(_)) | (None, None) => {}
        }
        let needed = self.rules.refresh_scope.as_deref();
        let is_asked = needed.is_none_or(|needed| code.scope.split(' ').any(|it| it == needed));
        let may_refresh = has_secret || self.rules.refresh_for_public;
        Ok(self.granted(&code.scope, may_refresh && is_asked, None))
    }

    fn by_refresh(&self, asked: &Asked) -> Result<Grant, TokenFault> {
        let token = asked
            .get("refresh_token")
            .ok_or(TokenFault::WrongRefreshToken)?;
        let (scope, family) = {
            let mut state = self.state();
            if state.refuse_refresh {
                return Err(TokenFault::SignInNeeded);
            }
            let known = state.refresh.get(token);
            let known = known.map(|refresh| (refresh.scope.clone(), refresh.family));
            let known = known.ok_or(TokenFault::WrongRefreshToken)?;
            state.refreshes += 1;
            if self.rules.rotates && !self.rules.keeps_used {
                // The old pair dies together.
                state.refresh.remove(token);
                state.access.retain(|_, access| access.family != known.1);
            }
            known
        };
        let mut grant = self.granted(&scope, self.rules.rotates, Some(family));
        if !self.rules.rotates && self.rules.repeats_refresh {
            grant.refresh_token = Some(token.to_owned());
        }
        Ok(grant)
    }
}

/// Whether a verifier of a lawful length is the one behind an S256 challenge.
fn fits(challenge: &str, verifier: &str) -> bool {
    let is_lawful = (43..=128).contains(&verifier.len());
    is_lawful && URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)) == challenge
}
