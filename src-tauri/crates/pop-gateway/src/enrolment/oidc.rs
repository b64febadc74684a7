//! Who signed in: an issuer's token, checked with the issuer's own keys.
//!
//! The issuer is named in the settings; its keys are found by `OpenID` Connect Discovery, kept for
//! an hour, and asked for again when a token names one that is not known, though not more often
//! than once in a minute. While the issuer does not answer, the keys it had count for a day.

use std::sync::Arc;
use std::time::Duration;

use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, KeyAlgorithm, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use pop_core::http::{HeaderValue, Http, Method, Request};
use pop_core::moment::Moment;
use serde::Deserialize;
use serde_json::{Map, Value};
use tokio::sync::Mutex;

/// By how much the issuer's clock and ours may differ.
const LEEWAY: Duration = Duration::from_mins(1);
/// How long keys are used without asking again.
const FRESH: Duration = Duration::from_hours(1);
/// How long keys are used while the issuer does not answer.
const STALE: Duration = Duration::from_hours(24);
/// How often an unknown key may make us ask.
const PAUSE: Duration = Duration::from_mins(1);
/// How long one question to the issuer may take.
const LIMIT: Duration = Duration::from_secs(5);
const LARGEST: usize = 256 * 1024;
/// The longest token that is looked at.
const LONGEST: usize = 16 * 1024;

/// Why a token is not believed; words for a program and for counters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotBelieved {
    /// The token, with the word of what is wrong about it.
    Token(&'static str),
    /// The issuer's keys are not to be had.
    Issuer,
}

/// An issuer of sign-ins.
pub(crate) struct Issuer {
    /// Its address, as tokens name it.
    pub(crate) url: String,
    /// Whom its tokens are for.
    pub(crate) audience: String,
    pub(crate) http: Arc<dyn Http>,
    pub(crate) keys: Mutex<Keys>,
}

/// What is known of an issuer's keys.
#[derive(Default)]
pub(crate) struct Keys {
    known: Vec<Jwk>,
    /// When they came.
    read: Option<Moment>,
    /// When they were asked for last, whatever came.
    asked: Option<Moment>,
}

#[derive(Deserialize)]
struct Discovered {
    issuer: String,
    jwks_uri: String,
}

#[derive(Deserialize)]
struct KeySet {
    /// One by one: a key of a kind that we do not know spoils no other.
    keys: Vec<Value>,
}

impl Issuer {
    /// The claims of a token, when the issuer made it for us and it is valid now.
    pub(crate) async fn claims(
        &self,
        token: &str,
        now: Moment,
    ) -> Result<Map<String, Value>, NotBelieved> {
        let malformed = NotBelieved::Token("malformed");
        if token.len() > LONGEST {
            return Err(malformed);
        }
        let header = decode_header(token).map_err(|_| malformed)?;
        if !matches!(
            header.alg,
            Algorithm::RS256 | Algorithm::ES256 | Algorithm::EdDSA
        ) {
            return Err(NotBelieved::Token("algorithm"));
        }
        let key = self.key(header.alg, header.kid.as_deref(), now).await?;
        let key = DecodingKey::from_jwk(&key).map_err(|_| NotBelieved::Token("key"))?;
        let mut validation = Validation::new(header.alg);
        validation.leeway = LEEWAY.as_secs();
        validation.validate_nbf = true;
        validation.set_issuer(&[&self.url]);
        validation.set_audience(&[&self.audience]);
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        let claims = decode::<Map<String, Value>>(token, &key, &validation)
            .map_err(|error| NotBelieved::Token(word(error.kind())))?
            .claims;
        let audiences = claims.get("aud").and_then(Value::as_array);
        let others = audiences.is_some_and(|all| all.len() > 1);
        let party = claims.get("azp").and_then(Value::as_str);
        if party.map_or(others, |party| party != self.audience) {
            return Err(NotBelieved::Token("audience"));
        }
        Ok(claims)
    }

    async fn key(
        &self,
        algorithm: Algorithm,
        id: Option<&str>,
        now: Moment,
    ) -> Result<Jwk, NotBelieved> {
        // Whoever comes meanwhile waits for the same answer instead of asking once more.
        let mut keys = self.keys.lock().await;
        let within = |since: Option<Moment>, time| since.is_some_and(|at| now.since(at) < time);
        let found = keys.find(algorithm, id);
        let fresh = within(keys.read, FRESH);
        if (!fresh || found.is_none()) && !within(keys.asked, PAUSE) {
            keys.asked = Some(now);
            if let Some(read) = self.ask().await {
                keys.known = read;
                keys.read = Some(now);
            } else {
                tracing::warn!(
                    code = "issuer",
                    "the issuer of sign-ins does not give its keys"
                );
            }
        }
        if !within(keys.read, STALE) {
            return Err(NotBelieved::Issuer);
        }
        let found = keys.find(algorithm, id);
        found.cloned().ok_or(NotBelieved::Token("key"))
    }

    async fn ask(&self) -> Option<Vec<Jwk>> {
        let place = format!(
            "{}/.well-known/openid-configuration",
            self.url.trim_end_matches('/')
        );
        let discovered: Discovered = self.get(place).await?;
        if discovered.issuer != self.url {
            return None;
        }
        let set: KeySet = self.get(discovered.jwks_uri).await?;
        let read = set.keys.into_iter().map(serde_json::from_value::<Jwk>);
        Some(read.filter_map(Result::ok).collect())
    }

    async fn get<T: for<'d> Deserialize<'d>>(&self, url: String) -> Option<T> {
        let accept = HeaderValue::Plain("application/json".to_owned());
        let request = Request {
            method: Method::Get,
            url,
            headers: vec![("accept".to_owned(), accept)],
            body: None,
            limit: LIMIT,
            max_body: LARGEST,
        };
        let response = self.http.send(request).await.ok()?;
        if response.status != 200 {
            return None;
        }
        serde_json::from_slice(&response.body).ok()
    }
}

impl Keys {
    /// The key that a token names; one that names none means the only key there is for it.
    fn find(&self, algorithm: Algorithm, id: Option<&str>) -> Option<&Jwk> {
        let mut fitting = self.known.iter().filter(|key| fits(key, algorithm));
        if let Some(id) = id {
            return fitting.find(|key| key.common.key_id.as_deref() == Some(id));
        }
        let only = fitting.next();
        only.filter(|_| fitting.next().is_none())
    }
}

/// Whether a key is for signatures of this algorithm: a key decides that, never a token.
fn fits(key: &Jwk, algorithm: Algorithm) -> bool {
    let common = &key.common;
    let is_for_signatures = !matches!(
        common.public_key_use,
        Some(PublicKeyUse::Encryption | PublicKeyUse::Other(_))
    );
    let says = match common.key_algorithm {
        None => Some(algorithm),
        Some(KeyAlgorithm::RS256) => Some(Algorithm::RS256),
        Some(KeyAlgorithm::ES256) => Some(Algorithm::ES256),
        Some(KeyAlgorithm::EdDSA) => Some(Algorithm::EdDSA),
        Some(_) => None,
    };
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "another crate's list, which may grow"
    )]
    let kind = match &key.algorithm {
        AlgorithmParameters::RSA(_) => Some(Algorithm::RS256),
        AlgorithmParameters::EllipticCurve(it) if it.curve == EllipticCurve::P256 => {
            Some(Algorithm::ES256)
        }
        AlgorithmParameters::OctetKeyPair(it) if it.curve == EllipticCurve::Ed25519 => {
            Some(Algorithm::EdDSA)
        }
        _ => None,
    };
    is_for_signatures && kind == Some(algorithm) && says == Some(algorithm)
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "another crate's list, which may grow"
)]
fn word(kind: &ErrorKind) -> &'static str {
    match kind {
        ErrorKind::InvalidSignature => "signature",
        ErrorKind::ExpiredSignature => "expired",
        ErrorKind::ImmatureSignature => "not_yet",
        ErrorKind::InvalidIssuer => "issuer",
        ErrorKind::InvalidAudience => "audience",
        ErrorKind::InvalidAlgorithm | ErrorKind::UnsupportedAlgorithm => "algorithm",
        ErrorKind::MissingRequiredClaim(_) | ErrorKind::InvalidClaimFormat(_) => "claims",
        _ => "malformed",
    }
}
