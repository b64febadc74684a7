//! Who sent this delivery, by each platform's own way of signing.
//!
//! Everything is checked over the raw bytes, before anything is parsed, and compared in constant
//! time. A verifier has one secret, or two while one is being replaced, and which way counts is
//! said when it is made, never by the delivery. Where a platform signs a time, it must lie near our
//! clock; where it signs none (Twilio, Talkdesk, a static header), only what the event says keeps a
//! replay from counting twice, and [`Verifier::signs_time`] says so. Standard Webhooks themselves
//! are in [`signature`](crate::signature).

mod body;
mod ecdsa;
mod shared;
mod twilio;

use std::time::Duration;

use pop_core::moment::Moment;
use pop_core::secret::Secret;

use crate::delivery::Delivery;
use crate::signature::{MAX_WINDOW, SenderKeys, SignatureFault, SignatureHeaders};
use ecdsa::PublicKey;
use shared::Shared;

/// The ways of signing that are known, with their words in mapping files and settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scheme {
    /// Standard Webhooks: HMAC-SHA256 or Ed25519 over id, time and body.
    Standard,
    /// Zoom: `v0` HMAC-SHA256 over time and body, in hex.
    Zoom,
    /// Twilio: HMAC-SHA1 over the address and the form, or the address with the body's hash.
    Twilio,
    /// Zendesk: HMAC-SHA256 over time and body, in base64.
    Zendesk,
    /// Talkdesk: ECDSA over the body.
    Talkdesk,
    /// A header field with a value that only the platform knows.
    Header,
}

impl Scheme {
    /// Every scheme, with its word.
    pub const ALL: [(Self, &'static str); 6] = [
        (Self::Standard, "standard"),
        (Self::Zoom, "zoom"),
        (Self::Twilio, "twilio"),
        (Self::Zendesk, "zendesk"),
        (Self::Talkdesk, "talkdesk"),
        (Self::Header, "header"),
    ];

    /// Reads the word of a scheme; `None` when there is no such scheme.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|(_, name)| *name == word)
            .map(|(scheme, _)| scheme)
    }

    /// The word of this scheme.
    pub fn word(self) -> &'static str {
        Self::ALL
            .into_iter()
            .find(|(scheme, _)| *scheme == self)
            .map_or("header", |(_, word)| word)
    }
}

/// Checks deliveries of one sender.
pub struct Verifier(Way);

enum Way {
    Standard(SenderKeys),
    Zoom(Shared),
    Twilio(Shared),
    Zendesk(Shared),
    Talkdesk(Vec<PublicKey>),
    Header { name: String, values: Shared },
}

/// Why a secret or a key cannot stand here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SecretFault {
    /// None, or more than two.
    #[error("a sender has one secret, or two while one is being replaced")]
    Count,
    /// Empty, or one that somebody chose and others can guess.
    #[error("a secret has at least {0} characters here, and no space at its ends")]
    Short(usize),
    /// Not a public key in PEM, or of a curve other than P-256 and P-384.
    #[error("not a public key of P-256 or P-384 in PEM (-----BEGIN PUBLIC KEY-----)")]
    Key,
    /// Not the name of a header field.
    #[error("not the name of a header field")]
    HeaderName,
}

/// The fewest characters of a header's value, because a person chooses it. The secrets of platforms
/// are made by the platforms.
pub const MIN_CHOSEN: usize = 16;

impl Verifier {
    /// Standard Webhooks.
    pub fn standard(keys: SenderKeys) -> Self {
        Self(Way::Standard(keys))
    }

    /// Zoom, with the app's secret token.
    pub fn zoom(secrets: Vec<Secret>) -> Result<Self, SecretFault> {
        Shared::new(secrets, 1).map(Way::Zoom).map(Self)
    }

    /// Twilio, with the account's auth token. The delivery's address must be the one that was
    /// entered at Twilio, byte for byte.
    pub fn twilio(tokens: Vec<Secret>) -> Result<Self, SecretFault> {
        Shared::new(tokens, 1).map(Way::Twilio).map(Self)
    }

    /// Zendesk, with the webhook's signing secret.
    pub fn zendesk(secrets: Vec<Secret>) -> Result<Self, SecretFault> {
        Shared::new(secrets, 1).map(Way::Zendesk).map(Self)
    }

    /// Talkdesk, with its public key in PEM.
    pub fn talkdesk(keys: &[&str]) -> Result<Self, SecretFault> {
        if keys.is_empty() || keys.len() > shared::MAX_SECRETS {
            return Err(SecretFault::Count);
        }
        let keys = keys
            .iter()
            .map(|pem| PublicKey::from_pem(pem).ok_or(SecretFault::Key))
            .collect::<Result<_, _>>()?;
        Ok(Self(Way::Talkdesk(keys)))
    }

    /// A header field that holds exactly one of these values.
    pub fn header(name: &str, values: Vec<Secret>) -> Result<Self, SecretFault> {
        let named = !name.is_empty()
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
        if !named {
            return Err(SecretFault::HeaderName);
        }
        let values = Shared::new(values, MIN_CHOSEN)?;
        Ok(Self(Way::Header {
            name: name.to_ascii_lowercase(),
            values,
        }))
    }

    /// Which way of signing this is.
    pub fn scheme(&self) -> Scheme {
        match self.0 {
            Way::Standard(_) => Scheme::Standard,
            Way::Zoom(_) => Scheme::Zoom,
            Way::Twilio(_) => Scheme::Twilio,
            Way::Zendesk(_) => Scheme::Zendesk,
            Way::Talkdesk(_) => Scheme::Talkdesk,
            Way::Header { .. } => Scheme::Header,
        }
    }

    /// Whether the signature covers a time, so that an old delivery is refused here.
    pub fn signs_time(&self) -> bool {
        match self.0 {
            Way::Standard(_) | Way::Zoom(_) | Way::Zendesk(_) => true,
            Way::Twilio(_) | Way::Talkdesk(_) | Way::Header { .. } => false,
        }
    }

    /// Whether this delivery comes from the sender, unchanged and not from another time.
    pub fn verify(&self, delivery: &Delivery<'_>) -> Result<(), Refused> {
        self.verify_within(delivery, MAX_WINDOW)
    }

    /// The same with a narrower window; one beyond [`MAX_WINDOW`] counts as [`MAX_WINDOW`].
    pub fn verify_within(&self, delivery: &Delivery<'_>, window: Duration) -> Result<(), Refused> {
        let window = window.min(MAX_WINDOW);
        match &self.0 {
            Way::Standard(keys) => standard(keys, delivery, window),
            Way::Zoom(secrets) => body::zoom(secrets, delivery, window),
            Way::Zendesk(secrets) => body::zendesk(secrets, delivery, window),
            Way::Twilio(tokens) => twilio::verify(tokens, delivery),
            Way::Talkdesk(keys) => ecdsa::verify(keys, delivery),
            Way::Header { name, values } => values
                .is_one(once(delivery, name)?.as_bytes())
                .then_some(())
                .ok_or(Refused::NoMatch),
        }
    }
}

/// Why a delivery does not count. A sender is told none of it: the answer is the same for all.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum Refused {
    /// A part of the signature is not there.
    #[error("`{0}` is missing")]
    Missing(String),
    /// A part of the signature stands twice or does not have its form.
    #[error("`{0}` is malformed")]
    Malformed(String),
    /// The signed time is too far from our clock: a replay, or a clock that is wrong.
    #[error("the signed time is too far from this computer's clock")]
    OutsideWindow,
    /// No active secret made this signature over these bytes.
    #[error("no active secret made this signature")]
    NoMatch,
}

impl Refused {
    /// A word for counters and logs.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Missing(_) => "signature_missing",
            Self::Malformed(_) => "signature_malformed",
            Self::OutsideWindow => "signature_outside_window",
            Self::NoMatch => "signature_wrong",
        }
    }
}

fn standard(keys: &SenderKeys, delivery: &Delivery<'_>, window: Duration) -> Result<(), Refused> {
    let fields = delivery
        .headers
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_slice()));
    let refused = |fault| match fault {
        SignatureFault::Missing => Refused::Missing("webhook-signature".to_owned()),
        SignatureFault::Malformed => Refused::Malformed("webhook-signature".to_owned()),
        SignatureFault::OutsideWindow => Refused::OutsideWindow,
        SignatureFault::NoMatch => Refused::NoMatch,
    };
    let headers = SignatureHeaders::read(fields).map_err(refused)?;
    keys.verify(&headers, delivery.body, delivery.received, window)
        .map(|_| ())
        .map_err(refused)
}

/// The value of a field that must stand exactly once.
fn once<'a>(delivery: &Delivery<'a>, name: &str) -> Result<&'a str, Refused> {
    let mut values = delivery.header(name);
    let Some(value) = values.next() else {
        return Err(Refused::Missing(name.to_owned()));
    };
    std::str::from_utf8(value)
        .ok()
        .filter(|_| values.next().is_none())
        .ok_or_else(|| Refused::Malformed(name.to_owned()))
}

/// Whether a signed time lies near enough to the receipt.
fn near(signed: Moment, received: Moment, window: Duration) -> Result<(), Refused> {
    let distance = received.seconds().abs_diff(signed.seconds());
    (distance <= window.as_secs())
        .then_some(())
        .ok_or(Refused::OutsideWindow)
}
