//! Ids for what came without one: the same words within ten seconds are the same thing.

use std::fmt::Write as _;

use pop_core::moment::Moment;
use sha2::{Digest as _, Sha256};

/// The length of a bucket of time, in seconds: a softphone that starts us twice for one call does
/// so at once, and a caller who tries again takes longer.
pub(crate) const BUCKET_SECONDS: i64 = 10;

/// The first 32 hex digits of the SHA-256 of `words` and the bucket that `now` falls into.
pub(crate) fn made_id(words: &[u8], now: Moment) -> String {
    let bucket = now.seconds().div_euclid(BUCKET_SECONDS).to_string();
    let hash = Sha256::new()
        .chain_update(words)
        .chain_update(bucket)
        .finalize();
    hex(&hash)
}

/// The words themselves, or the first 32 hex digits of their SHA-256 when they are too long.
pub(crate) fn short_id(words: String) -> String {
    /// The most characters of an event's id.
    const LONGEST: usize = 256;
    if words.chars().count() <= LONGEST {
        return words;
    }
    hex(&Sha256::digest(words.as_bytes()))
}

fn hex(hash: &[u8]) -> String {
    hash.iter().take(16).fold(String::new(), |mut id, byte| {
        // Writing into a string cannot fail.
        let _ = write!(id, "{byte:02x}");
        id
    })
}
