//! Signing out: the grant is revoked where the CRM can do that, and forgotten in any case.
//!
//! Security rule K8: revoking is tried once, for at most five seconds, and holds nothing up.

use pop_core::http::{HeaderValue, Method, Request};
use pop_core::secret::Secret;
use pop_core::tokens::NotKept;

use crate::run::budget::LARGEST_ANSWER;
use crate::run::connection::Connection;
use crate::sign_in::endpoint::LIMIT;
use crate::sign_in::session::Session;

/// What became of a sign-in that was ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignedOut {
    /// The CRM has revoked it.
    Revoked,
    /// Forgotten here; the CRM could not be reached or did not do it.
    NotRevoked,
    /// Forgotten here; this CRM has no such request, or there was nothing to revoke.
    Forgotten,
}

impl Connection {
    /// Signs out: forgets what was fetched and learned, then revokes the grant.
    pub async fn sign_out(&self) -> Result<SignedOut, NotKept> {
        self.forget();
        let Some(session) = &self.session else {
            return Ok(SignedOut::Forgotten);
        };
        let (refresh, access) = session.leave();
        let forgotten = session.endpoint.ports.tokens.forget(session.id());
        let access = access.as_ref().map(|access| &access.token);
        let outcome = match &session.endpoint.registration.revoke {
            Some((Method::Delete, _)) => match access {
                Some(token) => session.revoke_by_deleting(token).await,
                None => SignedOut::Forgotten,
            },
            Some(_) => match refresh.as_deref() {
                Some(token) => session.revoke(token, "refresh_token").await,
                None => match access {
                    Some(token) => session.revoke(token, "access_token").await,
                    None => SignedOut::Forgotten,
                },
            },
            None => SignedOut::Forgotten,
        };
        forgotten.map(|()| outcome)
    }
}

impl Session {
    /// RFC 7009.
    async fn revoke(&self, token: &Secret, kind: &str) -> SignedOut {
        let token = token.expose("it is named to the server that is to revoke it");
        let client_id = self.endpoint.registration.client_id.as_str();
        let secret = self.endpoint.client_secret();
        let pairs = [
            ("token", token),
            ("token_type_hint", kind),
            ("client_id", client_id),
        ];
        let form = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(pairs)
            .extend_pairs(secret.map(|secret| ("client_secret", secret)))
            .finish();
        let kind = HeaderValue::Plain("application/x-www-form-urlencoded".to_owned());
        let headers = vec![("content-type".to_owned(), kind)];
        self.send_revocation(headers, Some(form.into_bytes())).await
    }

    async fn revoke_by_deleting(&self, token: &Secret) -> SignedOut {
        let token = token.expose("it names itself to the server that is to delete it");
        let value = HeaderValue::Secret(Secret::new(format!("Bearer {token}")));
        self.send_revocation(vec![("authorization".to_owned(), value)], None)
            .await
    }

    async fn send_revocation(
        &self,
        headers: Vec<(String, HeaderValue)>,
        body: Option<Vec<u8>>,
    ) -> SignedOut {
        let Some((method, address)) = &self.endpoint.registration.revoke else {
            return SignedOut::Forgotten;
        };
        let request = Request {
            method: *method,
            url: address.to_string(),
            headers,
            body,
            limit: LIMIT,
            max_body: LARGEST_ANSWER,
        };
        match self.endpoint.send(address, request).await {
            Ok(response) if (200..300).contains(&response.status) => SignedOut::Revoked,
            Ok(_) | Err(_) => SignedOut::NotRevoked,
        }
    }
}
