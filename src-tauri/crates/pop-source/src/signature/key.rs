//! The keys of senders, as the standard writes them: `whsec_`, `whpk_` and `whsk_` with base64.
//!
//! Where a key is kept (the vault, or the runtime file of the try-out) is not known here.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::Signer as _;
use hmac::{Hmac, Mac as _};
use pop_core::secret::Secret;
use sha2::Sha256;
use zeroize::Zeroizing;

use super::Signature;

/// Why a text is no key, or keys cannot stand together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyFault {
    /// None of the prefixes that count here, or not base64.
    #[error("a key is written as `whsec_` or `whpk_` (to sign: `whsk_`) and base64")]
    Form,
    /// A shared secret of fewer than 24 or more than 64 bytes.
    #[error("a shared secret has 24 to 64 random bytes")]
    Length,
    /// Not a key of Ed25519.
    #[error("not a key of Ed25519")]
    Curve,
    /// No key, or more than two.
    #[error("a sender has one key, or two while one is being replaced")]
    Count,
    /// Two senders share a name.
    #[error("two senders have the same name")]
    SameName,
    /// The system gave no random bytes.
    #[error("the system gave no random bytes")]
    NoRandomness,
}

/// A key that checks signatures.
pub struct VerifyKey(Check);

enum Check {
    Hmac(SharedSecret),
    Ed25519(ed25519_dalek::VerifyingKey),
}

impl VerifyKey {
    /// Reads `whsec_…` (a shared secret) or `whpk_…` (an Ed25519 public key).
    pub fn parse(text: &Secret) -> Result<Self, KeyFault> {
        let text = text.expose("the key is decoded here and kept in wiped memory");
        if let Some(shared) = text.strip_prefix("whsec_") {
            return SharedSecret::decode(shared).map(|secret| Self(Check::Hmac(secret)));
        }
        let bytes = text
            .strip_prefix("whpk_")
            .and_then(decode)
            .ok_or(KeyFault::Form)?;
        let bytes = bytes.as_slice().try_into().map_err(|_| KeyFault::Curve)?;
        ed25519_dalek::VerifyingKey::from_bytes(bytes)
            .ok()
            .filter(|key| !key.is_weak())
            .map(|key| Self(Check::Ed25519(key)))
            .ok_or(KeyFault::Curve)
    }

    /// Whether this key made one of the signatures; each is looked at, in constant time.
    pub(super) fn signed(&self, text: &[u8], signatures: &[Signature]) -> bool {
        match &self.0 {
            Check::Hmac(secret) => {
                let mac = secret.mac(text);
                signatures
                    .iter()
                    .fold(false, |found, signature| match signature {
                        Signature::Hmac(value) => found | mac.clone().verify_slice(value).is_ok(),
                        Signature::Ed25519(_) | Signature::Other => found,
                    })
            }
            Check::Ed25519(key) => signatures.iter().any(|signature| match signature {
                Signature::Ed25519(value) => ed25519_dalek::Signature::from_slice(value)
                    .is_ok_and(|signature| key.verify_strict(text, &signature).is_ok()),
                Signature::Hmac(_) | Signature::Other => false,
            }),
        }
    }
}

/// A key that makes signatures, for our own tools and outgoing webhooks.
pub struct SigningKey(Make);

enum Make {
    Hmac(SharedSecret),
    Ed25519(Box<ed25519_dalek::SigningKey>),
}

impl SigningKey {
    /// Reads `whsec_…` (a shared secret) or `whsk_…` (an Ed25519 key: seed, or seed and public).
    pub fn parse(text: &Secret) -> Result<Self, KeyFault> {
        let text = text.expose("the key is decoded here and kept in wiped memory");
        if let Some(shared) = text.strip_prefix("whsec_") {
            return SharedSecret::decode(shared).map(|secret| Self(Make::Hmac(secret)));
        }
        let bytes = text
            .strip_prefix("whsk_")
            .and_then(decode)
            .ok_or(KeyFault::Form)?;
        let key = if let Ok(seed) = <&[u8; 32]>::try_from(bytes.as_slice()) {
            ed25519_dalek::SigningKey::from_bytes(seed)
        } else {
            let pair = bytes.as_slice().try_into().map_err(|_| KeyFault::Curve)?;
            ed25519_dalek::SigningKey::from_keypair_bytes(pair).map_err(|_| KeyFault::Curve)?
        };
        Ok(Self(Make::Ed25519(Box::new(key))))
    }

    pub(super) fn signature(&self, text: &[u8]) -> String {
        match &self.0 {
            Make::Hmac(secret) => {
                format!(
                    "v1,{}",
                    STANDARD.encode(secret.mac(text).finalize().into_bytes())
                )
            }
            Make::Ed25519(key) => format!("v1a,{}", STANDARD.encode(key.sign(text).to_bytes())),
        }
    }
}

/// Makes a new shared secret, written as `whsec_…`.
pub fn new_secret() -> Result<Secret, KeyFault> {
    let mut bytes = Zeroizing::new([0_u8; 32]);
    getrandom::fill(bytes.as_mut_slice()).map_err(|_| KeyFault::NoRandomness)?;
    Ok(Secret::new(format!(
        "whsec_{}",
        STANDARD.encode(bytes.as_slice())
    )))
}

/// Decodes base64 as the standard writes it: padded, canonical, nothing left over.
pub(super) fn decode(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    STANDARD.decode(text).ok().map(Zeroizing::new)
}

struct SharedSecret(Zeroizing<Vec<u8>>);

impl SharedSecret {
    fn decode(text: &str) -> Result<Self, KeyFault> {
        let bytes = decode(text).ok_or(KeyFault::Form)?;
        if !(24..=64).contains(&bytes.len()) {
            return Err(KeyFault::Length);
        }
        Ok(Self(bytes))
    }

    #[expect(clippy::expect_used, reason = "HMAC takes keys of every length")]
    fn mac(&self, text: &[u8]) -> Hmac<Sha256> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("any length is a key");
        mac.update(text);
        mac
    }
}
