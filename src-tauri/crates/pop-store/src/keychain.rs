//! The port to the keychain of the operating system: one 32-byte key under one name.
//!
//! The real keychain is the shell's; calling it without holding anybody up is [`crate::obtain`].
//! The key is all that ever goes in there: Windows limits an entry to 2,560 bytes, and tokens are
//! longer.

use pop_core::secret::Secret;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// A keychain. Calls may block, even for as long as a question to the user stands on the screen.
///
/// Every call uses a connection of its own, so that what is read back was really kept.
pub trait Keychain: Send + Sync {
    /// Says whether the keychain is locked, without ever asking the user anything.
    fn lock(&self) -> Result<Lock, KeychainError>;
    /// Reads the key under a name.
    fn read(&self, name: &KeyName) -> Result<Key, KeychainError>;
    /// Writes the key under a name, over an older one.
    fn write(&self, name: &KeyName, key: &Key) -> Result<(), KeychainError>;
    /// Deletes the key under a name.
    fn delete(&self, name: &KeyName) -> Result<(), KeychainError>;
}

/// Whether a keychain is locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lock {
    /// Calls go through without a question to the user.
    Open,
    /// A call would ask the user to unlock it.
    Locked,
    /// This system does not say: a call that does not return may be a question on the screen.
    CannotTell,
}

/// Why a keychain did not do what it was asked to.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeychainError {
    /// This computer has no keychain service, or this user has no keychain.
    #[error("there is no keychain on this computer")]
    Absent,
    /// It is locked, or the user closed the question to unlock it.
    #[error("the keychain is locked")]
    Locked,
    /// It answers, but not as a keychain must.
    #[error("the keychain does not work: {0}")]
    Broken(String),
    /// There is no key under this name.
    #[error("the keychain has no such key")]
    NotFound,
}

/// The name of a key: product, build channel and profile.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct KeyName {
    /// What the keychain's own window shows as the place, such as `app.screenpop.stable`.
    pub service: String,
    /// The entry there, such as `vault-key default`.
    pub entry: String,
}

impl KeyName {
    /// The name of a profile's vault key. Builds of different channels never share a key.
    pub fn of_vault(product: &str, channel: &str, profile: &str) -> Self {
        Self {
            service: format!("{product}.{channel}"),
            entry: format!("vault-key {profile}"),
        }
    }

    /// The name that the self-test writes under: beside the real one, and never the real one.
    pub(crate) fn of_test(&self) -> Self {
        Self {
            service: self.service.clone(),
            entry: format!("self-test {}", self.entry),
        }
    }
}

/// A key of 32 bytes. It has no `Debug`, `Display`, `Clone` or `Serialize`.
pub struct Key(Zeroizing<[u8; 32]>);

impl Key {
    /// Takes a key from exactly 32 bytes; `None` for any other length.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut key = Zeroizing::new([0; 32]);
        if bytes.len() != key.len() {
            return None;
        }
        key.copy_from_slice(bytes);
        Some(Self(key))
    }

    /// Takes a key from its text, as a keychain that keeps only text gives it back.
    pub fn from_text(text: &Secret) -> Option<Self> {
        let text = text.expose("it is read into a key").as_bytes();
        let mut key = Zeroizing::new([0; 32]);
        if text.len() != 2 * key.len() {
            return None;
        }
        for (byte, digits) in key.iter_mut().zip(text.chunks_exact(2)) {
            let [high, low] = digits else { return None };
            *byte = 16 * digit(*high)? + digit(*low)?;
        }
        Some(Self(key))
    }

    /// The key as text (64 hexadecimal digits): some keychains, such as KDE's, keep only text.
    pub fn text(&self) -> Secret {
        let mut text = String::with_capacity(2 * self.0.len());
        for half in self.0.iter().flat_map(|byte| [byte >> 4, byte & 15]) {
            text.extend(char::from_digit(u32::from(half), 16));
        }
        Secret::new(text)
    }

    /// Reads the key; the reason stands beside each use so that a reader can judge it.
    pub fn expose(&self, _reason: &'static str) -> &[u8; 32] {
        &self.0
    }

    /// Makes a new key from the system's random source.
    pub(crate) fn random() -> Result<Self, KeychainError> {
        let mut key = Zeroizing::new([0; 32]);
        getrandom::fill(key.as_mut_slice())
            .map_err(|error| KeychainError::Broken(format!("no random source: {error}")))?;
        Ok(Self(key))
    }

    pub(crate) fn same_as(&self, other: &Self) -> bool {
        self.0.ct_eq(other.0.as_slice()).into()
    }
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte)
        .to_digit(16)
        .and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_comes_back_from_its_text_and_from_nothing_else() {
        let key = Key::from_bytes(&std::array::from_fn::<u8, 32, _>(|at| {
            b"\x00\x0f\xf0\xff\x09\x90\xaa"[at % 7]
        }))
        .expect("32 bytes");
        let text = key.text();
        assert!(
            Key::from_text(&text).is_some_and(|read| read.same_as(&key)),
            "there and back"
        );
        let text = text.expose("a test bends it");
        for bent in [
            &text[1..],
            &format!("{text}0"),
            &text.replacen('0', "g", 1),
            "",
            "\u{e9}",
        ] {
            assert!(
                Key::from_text(&Secret::new(bent.to_owned())).is_none(),
                "{bent}"
            );
        }
        let signed = format!("+{}", &text[1..]);
        assert!(
            Key::from_text(&Secret::new(signed)).is_none(),
            "a sign is no digit"
        );
    }
}
