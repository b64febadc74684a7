//! Sealing and keyed hashes, with keys that all come from one root key.
//!
//! XChaCha20-Poly1305 with a fresh random nonce per seal; every purpose has a key of its own
//! (HKDF-SHA256), and the place where the sealed bytes belong is associated data, so that they open
//! nowhere else. Where the root key comes from is [`crate::vault`]; without a vault it is a random
//! key that dies with the process.

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::keychain::Key;

const NONCE: usize = 24;

/// Seals, opens and hashes for one root key.
pub struct Sealer {
    columns: XChaCha20Poly1305,
    vault: XChaCha20Poly1305,
    hashes: Zeroizing<[u8; 32]>,
}

/// Why sealed bytes stay closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// The bytes were changed, belong elsewhere or were sealed with another key.
    #[error("the sealed bytes do not open (E_VAULT)")]
    Refused,
    /// The system has no random numbers.
    #[error("the system has no random numbers")]
    NoRandom,
}

impl Sealer {
    /// A sealer whose key is in this process only: what it seals is lost with the process.
    pub fn ephemeral() -> Result<Self, SealError> {
        Key::random()
            .map_err(|_| SealError::NoRandom)
            .map(|key| Self::from_root(&key))
    }

    /// The sealer of a key, for a program that is given one.
    pub fn from_root(root: &Key) -> Self {
        let root = Hkdf::<Sha256>::new(None, root.expose("the keys of all purposes come from it"));
        Self {
            columns: cipher(&derive(&root, b"columns")),
            vault: cipher(&derive(&root, b"vault")),
            hashes: derive(&root, b"hashes"),
        }
    }

    /// Seals bytes for one row of one table; they open for the same row only.
    pub fn seal(&self, table: &str, row: &[u8], bytes: &[u8]) -> Result<Vec<u8>, SealError> {
        seal_with(&self.columns, &place(table, row), bytes)
    }

    /// Opens what was sealed for this row.
    pub fn open(
        &self,
        table: &str,
        row: &[u8],
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, SealError> {
        open_with(&self.columns, &place(table, row), sealed)
    }

    /// Hashes bytes for one purpose, so that nobody without the key can tell what they were.
    pub fn keyed_hash(&self, purpose: &str, bytes: &[u8]) -> [u8; 32] {
        keyed_hash(&self.hashes, &[purpose.as_bytes(), bytes])
    }

    pub(crate) fn hash_of(&self, parts: &[&[u8]]) -> [u8; 32] {
        keyed_hash(&self.hashes, parts)
    }

    pub(crate) fn seal_secret(&self, place: &[u8], bytes: &[u8]) -> Result<Vec<u8>, SealError> {
        seal_with(&self.vault, place, bytes)
    }

    pub(crate) fn open_secret(
        &self,
        place: &[u8],
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, SealError> {
        open_with(&self.vault, place, sealed)
    }
}

/// HMAC-SHA256 over parts, each with its length in front, so that no two lists of parts collide.
#[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
pub(crate) fn keyed_hash(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(key).expect("HMAC takes any key");
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

fn place(table: &str, row: &[u8]) -> Vec<u8> {
    [table.as_bytes(), b"\0", row].concat()
}

fn cipher(key: &[u8; 32]) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(key.into())
}

#[expect(clippy::expect_used, reason = "HKDF-SHA256 gives up to 8,160 bytes")]
fn derive(root: &Hkdf<Sha256>, purpose: &[u8]) -> Zeroizing<[u8; 32]> {
    let mut key = Zeroizing::new([0; 32]);
    root.expand_multi_info(&[b"screenpop/1/", purpose], key.as_mut_slice())
        .expect("32 bytes are within what HKDF gives");
    key
}

fn seal_with(cipher: &XChaCha20Poly1305, place: &[u8], bytes: &[u8]) -> Result<Vec<u8>, SealError> {
    let mut sealed = vec![0; NONCE];
    getrandom::fill(&mut sealed).map_err(|_| SealError::NoRandom)?;
    let closed = cipher
        .encrypt(
            XNonce::from_slice(&sealed),
            Payload {
                msg: bytes,
                aad: place,
            },
        )
        .map_err(|_| SealError::Refused)?;
    sealed.extend_from_slice(&closed);
    Ok(sealed)
}

fn open_with(
    cipher: &XChaCha20Poly1305,
    place: &[u8],
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, SealError> {
    let (nonce, closed) = sealed.split_at_checked(NONCE).ok_or(SealError::Refused)?;
    cipher
        .decrypt(
            XNonce::from_slice(nonce),
            Payload {
                msg: closed,
                aad: place,
            },
        )
        .map(Zeroizing::new)
        .map_err(|_| SealError::Refused)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealer(byte: u8) -> Sealer {
        Sealer::from_root(&Key::from_bytes(&[byte; 32]).expect("32 bytes"))
    }

    #[test]
    fn sealed_bytes_open_for_the_same_key_and_place_only() {
        let sealed = sealer(1)
            .seal("history", b"1", b"Cesar Gonzalez")
            .expect("seals");
        assert_eq!(
            sealer(1)
                .open("history", b"1", &sealed)
                .expect("opens")
                .as_slice(),
            b"Cesar Gonzalez"
        );
        assert_eq!(
            sealer(1).open("event", b"1", &sealed).err(),
            Some(SealError::Refused),
            "elsewhere"
        );
        assert!(
            sealer(1).open("history", b"2", &sealed).is_err(),
            "another row"
        );
        assert_eq!(
            sealer(2).open("history", b"1", &sealed).err(),
            Some(SealError::Refused),
            "other key"
        );
        assert!(
            sealer(1).open_secret(b"history\x001", &sealed).is_err(),
            "columns are not secrets"
        );
    }

    #[test]
    fn every_changed_byte_and_every_cut_is_refused() {
        let sealed = sealer(1).seal("event", b"1", b"hello").expect("seals");
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(
                sealer(1).open("event", b"1", &changed).is_err(),
                "byte {at} was changed"
            );
            assert!(
                sealer(1).open("event", b"1", &sealed[..at]).is_err(),
                "cut at {at}"
            );
        }
    }

    #[test]
    fn the_same_bytes_never_look_the_same_when_sealed() {
        let sealer = sealer(1);
        let first = sealer.seal("event", b"1", b"hello").expect("seals");
        assert_ne!(
            first,
            sealer.seal("event", b"1", b"hello").expect("seals"),
            "a fresh nonce each time"
        );
    }

    #[test]
    fn a_keyed_hash_depends_on_key_purpose_and_bytes() {
        let hash = sealer(1).keyed_hash("log", b"12345");
        assert_eq!(
            hash,
            sealer(1).keyed_hash("log", b"12345"),
            "the same question, the same hash"
        );
        assert_ne!(hash, sealer(2).keyed_hash("log", b"12345"), "another key");
        assert_ne!(
            hash,
            sealer(1).keyed_hash("lo", b"g12345"),
            "another purpose"
        );
        assert_ne!(hash, sealer(1).keyed_hash("log", b"12346"), "other bytes");
    }
}
