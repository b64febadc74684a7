//! Unpacking an answer within bounds: security rule N4.
//!
//! The HTTP library could unpack by itself, but it would hide how large the packed answer was.

use std::io::Read;

use flate2::read::MultiGzDecoder;
use pop_core::http::HttpFault;

/// An answer may unpack to this many times its size.
const RATIO: usize = 20;
/// Below this size no answer is a bomb, however well it packs: lists of empty rows do.
const HARMLESS: usize = 64 * 1024;

/// Unpacks a whole gzip body of at most `most` bytes.
pub(crate) fn unpack(packed: &[u8], most: usize) -> Result<Vec<u8>, HttpFault> {
    let most = most.min(packed.len().saturating_mul(RATIO).max(HARMLESS));
    let mut body = Vec::new();
    let bound = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    let read = MultiGzDecoder::new(packed)
        .take(bound)
        .read_to_end(&mut body);
    if body.len() > most {
        return Err(HttpFault::TooLarge);
    }
    read.map(|_| body).map_err(|_| HttpFault::Cut)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn packed(body: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(body).expect("memory takes it");
        encoder.finish().expect("memory takes it")
    }

    #[test]
    fn a_packed_answer_is_unpacked_and_a_bomb_is_refused() {
        let answer = br#"{"customerId":"12345"}"#;
        assert_eq!(
            unpack(&packed(answer), 1_000),
            Ok(answer.to_vec()),
            "the usual case"
        );
        let bomb = packed(&vec![b' '; 1_000_000]);
        assert_eq!(
            unpack(&bomb, 2_000_000),
            Err(HttpFault::TooLarge),
            "a ratio of about 1,000"
        );
        assert_eq!(
            unpack(&packed(answer), 5),
            Err(HttpFault::TooLarge),
            "more than was asked for"
        );
    }

    #[test]
    fn a_body_that_ends_early_is_cut() {
        let mut body = packed(b"a body that is long enough to be cut somewhere");
        body.truncate(body.len() - 9);
        assert_eq!(unpack(&body, 1_000), Err(HttpFault::Cut));
        assert_eq!(
            unpack(b"plain", 1_000),
            Err(HttpFault::Cut),
            "said to be packed and is not"
        );
    }
}
