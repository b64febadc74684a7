//! Secrets that both sides know, and everything that is computed with them, in constant time.

use pop_core::secret::Secret;
use ring::hmac;

use super::SecretFault;

/// The most secrets that are valid at the same time: the old one and the new one.
pub(super) const MAX_SECRETS: usize = 2;

/// One secret, or two while one is being replaced.
pub(super) struct Shared(Vec<Secret>);

impl Shared {
    /// Secrets of so many characters at least.
    pub(super) fn new(secrets: Vec<Secret>, fewest: usize) -> Result<Self, SecretFault> {
        if secrets.is_empty() || secrets.len() > MAX_SECRETS {
            return Err(SecretFault::Count);
        }
        let fits = secrets.iter().all(|secret| {
            let text = secret.expose("its form is checked, nothing is kept");
            // A header's value may be two words: `Bearer …`.
            text.chars().count() >= fewest && text.trim() == text
        });
        if !fits {
            return Err(SecretFault::Short(fewest));
        }
        Ok(Self(secrets))
    }

    /// Whether one of the secrets made this tag over the text; each is tried.
    pub(super) fn made(&self, algorithm: hmac::Algorithm, text: &[u8], tag: &[u8]) -> bool {
        self.0.iter().fold(false, |found, secret| {
            let key = hmac::Key::new(
                algorithm,
                secret.expose("the key of a keyed hash").as_bytes(),
            );
            found | hmac::verify(&key, text, tag).is_ok()
        })
    }

    /// Whether the value is one of the secrets.
    ///
    /// Both sides are hashed with the same key first, so that neither content nor length shows in
    /// the time it takes.
    pub(super) fn is_one(&self, value: &[u8]) -> bool {
        self.0.iter().fold(false, |found, secret| {
            let secret = secret.expose("compared in constant time").as_bytes();
            let key = hmac::Key::new(hmac::HMAC_SHA256, secret);
            let tag = hmac::sign(&key, secret);
            found | hmac::verify(&key, value, tag.as_ref()).is_ok()
        })
    }
}
