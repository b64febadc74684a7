//! Ed25519 keys of bundles: how they are written, told apart, and named to people.
//!
//! A fingerprint is half of the key's SHA-256: enough that nobody finds another key with the same
//! one, and short enough to be typed from a sheet of paper.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signer as _, SigningKey, VerifyingKey};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use crate::secret::Secret;

const PUBLIC: &str = "ed25519:";
const SECRET: &str = "ed25519-secret:";

/// Bytes of a fingerprint.
const FINGERPRINT: usize = 16;

/// A key that checks signatures.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

/// What names a key to people: 32 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fingerprint([u8; FINGERPRINT]);

/// A key that is trusted: the whole of it, or its fingerprint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trusted {
    /// The key itself.
    Key(PublicKey),
    /// Its fingerprint, as a person typed it.
    Fingerprint(Fingerprint),
}

/// Why a text is no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyFault {
    /// Neither a key nor a fingerprint.
    #[error("expected `ed25519:` and 43 letters, or a fingerprint of 32 hexadecimal digits")]
    Form,
    /// Not a point of the curve, or one that makes every signature right.
    #[error("expected a key of Ed25519; this one cannot sign anything")]
    Curve,
    /// Not a secret key.
    #[error("expected `ed25519-secret:` and 43 letters")]
    Secret,
}

impl PublicKey {
    /// Reads `ed25519:…`.
    pub fn parse(text: &str) -> Result<Self, KeyFault> {
        let bytes = text.strip_prefix(PUBLIC).and_then(decode);
        let key = VerifyingKey::from_bytes(&bytes.ok_or(KeyFault::Form)?);
        let key = key.map_err(|_| KeyFault::Curve)?;
        if key.is_weak() {
            return Err(KeyFault::Curve);
        }
        Ok(Self(key))
    }

    /// What names it to people.
    pub fn fingerprint(&self) -> Fingerprint {
        let digest = Sha256::digest(self.0.as_bytes());
        let mut bytes = [0; FINGERPRINT];
        for (byte, of) in bytes.iter_mut().zip(digest) {
            *byte = of;
        }
        Fingerprint(bytes)
    }

    /// Whether it made this signature over this message.
    pub(super) fn has_signed(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        let signature = ed25519_dalek::Signature::from_bytes(signature);
        self.0.verify_strict(message, &signature).is_ok()
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{PUBLIC}{}", URL_SAFE_NO_PAD.encode(self.0.as_bytes()))
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{self}")
    }
}

impl Fingerprint {
    /// Reads 32 hexadecimal digits, with spaces or dashes between them as people write them.
    pub fn parse(text: &str) -> Result<Self, KeyFault> {
        let digits = text.chars().filter(|sign| !matches!(sign, ' ' | '-'));
        let digits = digits
            .map(|digit| digit.to_digit(16))
            .collect::<Option<Vec<_>>>();
        let digits = digits.ok_or(KeyFault::Form)?;
        let (pairs, rest) = digits.as_chunks::<2>();
        let mut bytes = [0; FINGERPRINT];
        if pairs.len() != FINGERPRINT || !rest.is_empty() {
            return Err(KeyFault::Form);
        }
        for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
            *byte = u8::try_from(high * 16 + low).map_err(|_| KeyFault::Form)?;
        }
        Ok(Self(bytes))
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, [first, second]) in self.0.as_chunks::<2>().0.iter().enumerate() {
            let between = if number == 0 { "" } else { "-" };
            write!(out, "{between}{first:02X}{second:02X}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{self}")
    }
}

impl Trusted {
    /// Reads a key or a fingerprint.
    pub fn parse(text: &str) -> Result<Self, KeyFault> {
        if text.starts_with(PUBLIC) {
            return PublicKey::parse(text).map(Self::Key);
        }
        Fingerprint::parse(text).map(Self::Fingerprint)
    }

    /// Whether it means this key.
    pub fn is(&self, key: &PublicKey) -> bool {
        match self {
            Self::Key(own) => own == key,
            Self::Fingerprint(own) => *own == key.fingerprint(),
        }
    }

    /// What names it to people.
    pub fn fingerprint(&self) -> Fingerprint {
        match self {
            Self::Key(key) => key.fingerprint(),
            Self::Fingerprint(fingerprint) => *fingerprint,
        }
    }
}

/// A key that signs.
pub struct SecretKey(SigningKey);

impl SecretKey {
    /// Makes a key of 32 random bytes.
    pub fn of_random(seed: &Zeroizing<[u8; 32]>) -> Self {
        Self(SigningKey::from_bytes(seed))
    }

    /// Reads `ed25519-secret:…`.
    pub fn parse(secret: &Secret) -> Result<Self, KeyFault> {
        let text = secret.expose("the key is read to sign a bundle");
        let seed = text.strip_prefix(SECRET).and_then(decode);
        let seed = Zeroizing::new(seed.ok_or(KeyFault::Secret)?);
        Ok(Self::of_random(&seed))
    }

    /// How it is written into its file.
    pub fn written(&self) -> Secret {
        let seed = Zeroizing::new(self.0.to_bytes());
        Secret::new(format!("{SECRET}{}", URL_SAFE_NO_PAD.encode(*seed)))
    }

    /// The key that checks what it signs.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key())
    }

    pub(super) fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.0.sign(message).to_bytes()
    }
}

fn decode(text: &str) -> Option<[u8; 32]> {
    URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()
}
