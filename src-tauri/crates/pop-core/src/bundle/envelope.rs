//! The signed file: a few lines of head, an empty line, and the bundle's bytes exactly as signed.
//!
//! ```text
//! screenpop-bundle 1
//! key ed25519:…
//! signature …
//!
//! [bundle]
//! tenant = "meridian"
//! ```
//!
//! The head is as strict as can be, so that one content has one file; what the bundle says is read
//! elsewhere, and only after a trusted key has vouched for every byte of it.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::bundle::Refusal;
use crate::bundle::keys::{PublicKey, SecretKey, Trusted};

/// The first line; another form of file gets another number.
const MAGIC: &str = "screenpop-bundle 1";

/// The longest bundle, without its head (rule C3).
pub const MOST_BYTES: usize = 1 << 20;

/// The longest head: four signatures take some 700 bytes.
const MOST_HEAD: usize = 1_024;

/// The longest signed file.
pub const MOST_SIGNED: usize = MOST_BYTES + MOST_HEAD;

/// Signatures of one file: an old and a new key, each with one to spare.
const MOST_SIGNATURES: usize = 4;

/// A signed file whose signatures have been checked, though not yet by whom they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    keys: Vec<PublicKey>,
    text: String,
}

impl Signed {
    /// Reads a signed file and checks every signature.
    pub fn read(bytes: &[u8]) -> Result<Self, Refusal> {
        if bytes.len() > MOST_SIGNED {
            return Err(Refusal::TooLong);
        }
        let text = std::str::from_utf8(bytes).map_err(|_| Refusal::Form("text in UTF-8"))?;
        let (head, text) = text
            .split_once("\n\n")
            .filter(|(head, text)| head.len() < MOST_HEAD && text.len() <= MOST_BYTES)
            .ok_or(Refusal::Form("a short head, an empty line, and the bundle"))?;
        let mut lines = head.split('\n');
        if lines.next() != Some(MAGIC) {
            return Err(Refusal::Form("`screenpop-bundle 1` in the first line"));
        }
        let mut keys = Vec::new();
        while let Some(line) = lines.next() {
            let key = line
                .strip_prefix("key ")
                .and_then(|key| PublicKey::parse(key).ok());
            let key = key.ok_or(Refusal::Form("`key` and a key of Ed25519"))?;
            let signature = lines
                .next()
                .and_then(|line| line.strip_prefix("signature "));
            let signature = signature.and_then(decode);
            let signature = signature.ok_or(Refusal::Form("`signature` and 86 letters"))?;
            if !key.has_signed(&message(&key, text), &signature) {
                return Err(Refusal::Signature(key.fingerprint()));
            }
            if keys.contains(&key) || keys.len() == MOST_SIGNATURES {
                return Err(Refusal::Form("each key once, and at most four"));
            }
            keys.push(key);
        }
        if keys.is_empty() {
            return Err(Refusal::Form("at least one signature"));
        }
        let text = text.to_owned();
        Ok(Self { keys, text })
    }

    /// Signs a bundle; with several keys, all of them.
    pub fn sign(text: &str, keys: &[SecretKey]) -> String {
        let mut signed = format!("{MAGIC}\n");
        for key in keys {
            let public = key.public();
            let signature = URL_SAFE_NO_PAD.encode(key.sign(&message(&public, text)));
            for (name, value) in [("key ", public.to_string()), ("signature ", signature)] {
                signed.push_str(name);
                signed.push_str(&value);
                signed.push('\n');
            }
        }
        signed.push('\n');
        signed.push_str(text);
        signed
    }

    /// The bundle's text, if one of these keys has signed it.
    pub fn trusted(&self, trusted: &[Trusted]) -> Result<&str, Refusal> {
        let known = |key| trusted.iter().any(|trusted| trusted.is(key));
        if self.keys.iter().any(known) {
            return Ok(&self.text);
        }
        let signers = self.keys.iter().map(PublicKey::fingerprint).collect();
        Err(Refusal::Stranger(signers))
    }

    /// Everybody who signed.
    pub fn keys(&self) -> &[PublicKey] {
        &self.keys
    }

    /// The text, whoever signed it: only for showing it to the person who asks about a file.
    pub fn text_of_anybody(&self) -> &str {
        &self.text
    }
}

/// What is signed: the key is part of it, so that a signature is nobody else's.
fn message(key: &PublicKey, text: &str) -> Vec<u8> {
    format!("{MAGIC}\nkey {key}\n\n{text}").into_bytes()
}

fn decode(text: &str) -> Option<[u8; 64]> {
    URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()
}
