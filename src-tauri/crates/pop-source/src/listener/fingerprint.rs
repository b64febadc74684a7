//! A keyed hash that lets support see that two refused inputs were the same, and nothing else.

use std::fmt::Write as _;

use hmac::{Hmac, Mac as _};
use sha2::Sha256;
use zeroize::Zeroizing;

use super::ListenerFault;

/// The key of this run; it is never kept, so that no dictionary of inputs can be built.
pub(super) struct Fingerprint(Zeroizing<[u8; 32]>);

impl Fingerprint {
    pub(super) fn new() -> Result<Self, ListenerFault> {
        let mut key = Zeroizing::new([0; 32]);
        getrandom::fill(key.as_mut_slice()).map_err(|_| ListenerFault::NoRandomness)?;
        Ok(Self(key))
    }

    #[expect(clippy::expect_used, reason = "HMAC takes keys of every length")]
    pub(super) fn of(&self, input: &[u8]) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.0.as_slice()).expect("any key");
        mac.update(input);
        mac.finalize()
            .into_bytes()
            .iter()
            .take(8)
            .fold(String::new(), |mut text, byte| {
                // Writing into a string cannot fail.
                let _ = write!(text, "{byte:02x}");
                text
            })
    }
}
