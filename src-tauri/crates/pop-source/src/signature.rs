//! Standard Webhooks: who sent these bytes, and did nobody change them (security rules W1–W5).
//!
//! The signature covers id, timestamp and the raw body, so it is checked before anything is
//! parsed. Which algorithm a signature must have belongs to the key, never to the message. Whether
//! an id was seen before is the store's knowledge, not ours. The `standardwebhooks` crate is not
//! used because it knows no Ed25519, keeps its secrets in plain memory, and accepts ids, timestamps
//! and lists of signatures that rule W2 refuses.

mod key;
mod sign;

use std::time::Duration;

use pop_core::moment::Moment;

pub use key::{KeyFault, SigningKey, VerifyKey, new_secret};
pub use sign::{Signed, SigningFault, new_delivery_id, sign};

/// The three header fields of a signed delivery, in lower case.
pub const FIELDS: [&str; 3] = ["webhook-id", "webhook-timestamp", "webhook-signature"];

/// The furthest a timestamp may lie from our clock; settings may lower it, never raise it.
pub const MAX_WINDOW: Duration = Duration::from_mins(5);

/// The most signatures one delivery may carry: two keys in rotation, in both algorithms.
const MAX_SIGNATURES: usize = 4;

/// The most keys of one sender that are valid at the same time: the old one and the new one.
const MAX_KEYS: usize = 2;

/// One sender with its active keys.
pub struct Sender {
    name: String,
    keys: Vec<VerifyKey>,
}

impl Sender {
    /// A sender with one key, or with two while a key is being replaced.
    pub fn new(name: impl Into<String>, keys: Vec<VerifyKey>) -> Result<Self, KeyFault> {
        if keys.is_empty() || keys.len() > MAX_KEYS {
            return Err(KeyFault::Count);
        }
        Ok(Self {
            name: name.into(),
            keys,
        })
    }
}

/// Everybody whose signature counts.
pub struct SenderKeys(Vec<Sender>);

impl SenderKeys {
    /// The given senders; two of one name are refused, because limits are kept per name.
    pub fn new(senders: Vec<Sender>) -> Result<Self, KeyFault> {
        let mut names: Vec<&str> = senders.iter().map(|sender| sender.name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        if names.len() != senders.len() {
            return Err(KeyFault::SameName);
        }
        Ok(Self(senders))
    }

    /// Says who signed this delivery, or why nobody did.
    ///
    /// `window` beyond [`MAX_WINDOW`] counts as [`MAX_WINDOW`].
    pub fn verify(
        &self,
        headers: &SignatureHeaders<'_>,
        body: &[u8],
        now: Moment,
        window: Duration,
    ) -> Result<Verified<'_>, SignatureFault> {
        let distance = now.seconds().abs_diff(headers.seconds);
        if distance > window.min(MAX_WINDOW).as_secs() {
            return Err(SignatureFault::OutsideWindow);
        }
        let text = headers.signed_text(body);
        let mut signer = None;
        for sender in &self.0 {
            for key in &sender.keys {
                if key.signed(&text, &headers.signatures) {
                    signer = Some(sender.name.as_str());
                }
            }
        }
        signer
            .map(|sender| Verified { sender })
            .ok_or(SignatureFault::NoMatch)
    }
}

/// A delivery whose signature holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verified<'k> {
    /// The sender whose key it was.
    pub sender: &'k str,
}

/// Why a signature does not count. A sender is told none of it: the answer is the same for all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
pub enum SignatureFault {
    /// A field of [`FIELDS`] is not there.
    #[error("a signature field is missing")]
    Missing,
    /// A field stands twice or is not in the form of rule W2.
    #[error("a signature field is malformed")]
    Malformed,
    /// The timestamp is too old or too far ahead: a replay, or a clock that is wrong.
    #[error("the timestamp is too far from this computer's clock")]
    OutsideWindow,
    /// No key made any of the signatures over these bytes.
    #[error("no active key made this signature")]
    NoMatch,
}

/// The signature fields of one delivery, checked for their form.
pub struct SignatureHeaders<'h> {
    id: &'h str,
    timestamp: &'h str,
    seconds: i64,
    signatures: Vec<Signature>,
}

/// One signature as it was sent.
pub(crate) enum Signature {
    /// `v1`: HMAC-SHA256.
    Hmac(Vec<u8>),
    /// `v1a`: Ed25519.
    Ed25519(Vec<u8>),
    /// A version that a later edition of the standard may bring.
    Other,
}

impl<'h> SignatureHeaders<'h> {
    /// Finds the signature fields among all header fields of a request.
    pub fn read(
        fields: impl IntoIterator<Item = (&'h str, &'h [u8])>,
    ) -> Result<Self, SignatureFault> {
        let mut values: [Option<&'h [u8]>; 3] = [None; 3];
        for (name, value) in fields {
            for (slot, wanted) in values.iter_mut().zip(FIELDS) {
                if name.eq_ignore_ascii_case(wanted) && slot.replace(value).is_some() {
                    return Err(SignatureFault::Malformed);
                }
            }
        }
        let [Some(id), Some(timestamp), Some(signatures)] = values else {
            return Err(SignatureFault::Missing);
        };
        Self::parse(id, timestamp, signatures).ok_or(SignatureFault::Malformed)
    }

    /// The delivery's id.
    pub fn id(&self) -> &'h str {
        self.id
    }

    fn parse(id: &'h [u8], timestamp: &'h [u8], signatures: &[u8]) -> Option<Self> {
        let id = std::str::from_utf8(id)
            .ok()
            .filter(|id| is_delivery_id(id))?;
        let timestamp = std::str::from_utf8(timestamp).ok()?;
        let digits = (1..=12).contains(&timestamp.len())
            && timestamp.bytes().all(|byte| byte.is_ascii_digit());
        let seconds = timestamp.parse().ok().filter(|_| digits)?;
        let signatures: Vec<_> = std::str::from_utf8(signatures)
            .ok()?
            .split(' ')
            .take(MAX_SIGNATURES + 1)
            .map(Signature::parse)
            .collect::<Option<_>>()?;
        (signatures.len() <= MAX_SIGNATURES).then_some(Self {
            id,
            timestamp,
            seconds,
            signatures,
        })
    }

    fn signed_text(&self, body: &[u8]) -> Vec<u8> {
        signed_text(self.id, self.timestamp, body)
    }
}

impl Signature {
    fn parse(text: &str) -> Option<Self> {
        let (version, value) = text.split_once(',')?;
        let value = key::decode(value)?;
        match version {
            "v1" => Some(Self::Hmac(value.to_vec())),
            "v1a" => Some(Self::Ed25519(value.to_vec())),
            _ => Some(Self::Other),
        }
    }
}

/// Whether this may be the id of a delivery: no dot, because dots part the signed text.
fn is_delivery_id(id: &str) -> bool {
    (8..=64).contains(&id.len())
        && id
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
}

fn signed_text(id: &str, timestamp: &str, body: &[u8]) -> Vec<u8> {
    [id.as_bytes(), b".", timestamp.as_bytes(), b".", body].concat()
}
