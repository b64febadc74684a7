//! A second admin's word for a rehearsal: this report, about this bundle, was read and is right.
//!
//! It is a small file beside the report. It holds no more than the digests of both, so that nothing
//! of either can be changed afterwards without it being seen.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::bundle::{Fingerprint, PublicKey, SecretKey, Trusted};

/// The first line of what is signed; it is nothing else's first line.
const MAGIC: &str = "screenpop-sign-off 1";

/// A signed word for a rehearsal.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct SignOff {
    /// The report, byte for byte.
    pub report: String,
    /// The text of the bundle that was rehearsed, byte for byte and without signatures.
    pub bundle: String,
    /// When, RFC 3339.
    pub at: String,
    /// Whose word it is.
    pub key: String,
    /// Their signature.
    pub signature: String,
}

/// Why a sign-off does not count.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignOffFault {
    /// Not one, or changed.
    #[error("it was changed after it was signed, or is no sign-off")]
    Signature,
    /// By somebody whose word does not count.
    #[error("{0} signed it, whose word does not count here")]
    Stranger(Fingerprint),
    /// About another report.
    #[error("it is about another report")]
    Report,
    /// About another bundle.
    #[error("it is about another bundle")]
    Bundle,
    /// One person signed both.
    #[error("{0} signed the bundle as well: a second admin has to")]
    Same(Fingerprint),
}

impl SignOff {
    /// Signs for a report and a bundle's text.
    pub fn sign(report: &[u8], bundle: &str, at: &str, key: &SecretKey) -> Self {
        let mut sign_off = Self {
            report: digest(report),
            bundle: digest(bundle.as_bytes()),
            at: at.to_owned(),
            key: key.public().to_string(),
            signature: String::new(),
        };
        sign_off.signature = URL_SAFE_NO_PAD.encode(key.sign(&sign_off.message()));
        sign_off
    }

    /// Whether it is the word of somebody who counts, for this report and this bundle, and not of
    /// one who signed the bundle.
    ///
    /// # Errors
    /// Why it does not count.
    pub fn counts(
        &self,
        report: &[u8],
        bundle: &str,
        signers: &[PublicKey],
        trusted: &[Trusted],
    ) -> Result<Fingerprint, SignOffFault> {
        let key = PublicKey::parse(&self.key).map_err(|_| SignOffFault::Signature)?;
        let signature = URL_SAFE_NO_PAD.decode(&self.signature).ok();
        let signature = signature.and_then(|bytes| <[u8; 64]>::try_from(bytes).ok());
        let is_right = signature.is_some_and(|it| key.has_signed(&self.message(), &it));
        let fingerprint = key.fingerprint();
        if !is_right {
            Err(SignOffFault::Signature)
        } else if !trusted.iter().any(|trusted| trusted.is(&key)) {
            Err(SignOffFault::Stranger(fingerprint))
        } else if self.report != digest(report) {
            Err(SignOffFault::Report)
        } else if self.bundle != digest(bundle.as_bytes()) {
            Err(SignOffFault::Bundle)
        } else if signers.contains(&key) {
            Err(SignOffFault::Same(fingerprint))
        } else {
            Ok(fingerprint)
        }
    }

    fn message(&self) -> Vec<u8> {
        let Self {
            report,
            bundle,
            at,
            key,
            signature: _,
        } = self;
        format!("{MAGIC}\nreport {report}\nbundle {bundle}\nat {at}\nkey {key}\n").into_bytes()
    }
}

/// The digest that names a file.
pub fn digest(bytes: &[u8]) -> String {
    let mut text = "sha256:".to_owned();
    for byte in Sha256::digest(bytes) {
        // Writing into a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}
