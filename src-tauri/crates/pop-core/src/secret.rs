//! A secret that cannot be printed, copied or serialised, and is wiped when it is dropped.
//!
//! Rule K5 of the security page. Where secrets are kept is `pop-store`'s vault.

use zeroize::Zeroizing;

/// A token, key or password. It has no `Debug`, `Display`, `Clone` or `Serialize`.
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes ownership of a secret text.
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// Reads the secret; the reason stands beside each use so that a reader can judge it.
    pub fn expose(&self, _reason: &'static str) -> &str {
        &self.0
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
