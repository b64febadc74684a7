//! Talkdesk's `X-Hub-Ecdsa-Signature`: ECDSA over the body, base64 of the usual (ASN.1) form.
//!
//! Talkdesk names the field and the algorithm in public, and shows curve and key to its partners
//! only; so the key tells the curve: P-256 goes with SHA-256, P-384 with SHA-384. A description that
//! is not Talkdesk's own (`api-evangelist/talkdesk`) has it otherwise: SHA-512, the
//! signature in hex, the key by `X-Hub-Ecdsa-Signature-Id`. Neither was tried with Talkdesk. Should
//! that be right, every delivery is refused here, and none is let in that should not be. Nothing
//! that comes with the program needs it: what Talkdesk signs tells of installed apps, never of calls.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::signature::{
    ECDSA_P256_SHA256_ASN1, ECDSA_P384_SHA384_ASN1, EcdsaVerificationAlgorithm, UnparsedPublicKey,
};

use super::{Refused, once};
use crate::delivery::Delivery;

const SIGNATURE: &str = "x-hub-ecdsa-signature";

/// What stands in front of the point in a `SubjectPublicKeyInfo`, and the length of the point.
const P256: (&[u8], usize) = (
    &[
        0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08,
        0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
    ],
    65,
);
const P384: (&[u8], usize) = (
    &[
        0x30, 0x76, 0x30, 0x10, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x05,
        0x2b, 0x81, 0x04, 0x00, 0x22, 0x03, 0x62, 0x00,
    ],
    97,
);

pub(super) struct PublicKey(UnparsedPublicKey<Vec<u8>>);

impl PublicKey {
    /// Reads `-----BEGIN PUBLIC KEY-----`.
    pub(super) fn from_pem(pem: &str) -> Option<Self> {
        let inner = pem
            .trim()
            .strip_prefix("-----BEGIN PUBLIC KEY-----")?
            .strip_suffix("-----END PUBLIC KEY-----")?;
        let inner: String = inner.split_ascii_whitespace().collect();
        let der = STANDARD.decode(inner).ok()?;
        let curves: [(_, &'static EcdsaVerificationAlgorithm); 2] = [
            (P256, &ECDSA_P256_SHA256_ASN1),
            (P384, &ECDSA_P384_SHA384_ASN1),
        ];
        curves.into_iter().find_map(|((head, length), algorithm)| {
            let point = der.strip_prefix(head)?;
            (point.len() == length && point.first() == Some(&4))
                .then(|| Self(UnparsedPublicKey::new(algorithm, point.to_vec())))
        })
    }
}

pub(super) fn verify(keys: &[PublicKey], delivery: &Delivery<'_>) -> Result<(), Refused> {
    let text = once(delivery, SIGNATURE)?;
    let signature = STANDARD
        .decode(text)
        .map_err(|_| Refused::Malformed(SIGNATURE.to_owned()))?;
    keys.iter()
        .any(|key| key.0.verify(delivery.body, &signature).is_ok())
        .then_some(())
        .ok_or(Refused::NoMatch)
}
