//! The keychain of the operating system behind the store's port (rules K1, K2).
//!
//! `keyring` brings the system's own keychain: Credential Manager, Keychain Services or the Secret
//! Service. Which one it has brought is checked at run time: anything else, such as a mock or the
//! kernel's key ring, is no keychain. The key is kept as text, because KDE's keychain keeps nothing
//! else. When calls are made and how long anybody waits for them is `pop-store`'s business.
//!
//! On Linux two things go past `keyring` to the Secret Service itself, each over a connection of
//! its own: whether it is locked, because asking for a key would put a question on the screen; and
//! reading, so that what is read back was really kept and did not stay in our own connection.

use std::collections::HashMap;

use keyring::Error;
use keyring_core::Entry;
use pop_core::secret::Secret;
use pop_store::{Key, KeyName, Keychain, KeychainError, Lock};

/// What the keychain of this system calls itself.
#[cfg(target_os = "linux")]
const VENDOR: &str =
    "Secret Service store, https://crates.io/crates/zbus-secret-service-keyring-store";
#[cfg(target_os = "macos")]
const VENDOR: &str = "macOS Keychain Store, https://crates.io/crates/apple-native-keyring-store";
#[cfg(windows)]
const VENDOR: &str =
    "Windows Credential Manager, https://crates.io/crates/windows-native-keyring-store";

/// The key stays on this computer: the default would let it roam with a Windows profile, and the
/// vault's file does not.
#[cfg(windows)]
const MODIFIERS: [(&str, &str); 1] = [("persistence", "Local")];
#[cfg(not(windows))]
const MODIFIERS: [(&str, &str); 0] = [];

/// The keychain of this system.
#[derive(Debug, Default)]
pub(crate) struct SystemKeychain;

impl Keychain for SystemKeychain {
    fn lock(&self) -> Result<Lock, KeychainError> {
        system::lock()
    }

    fn read(&self, name: &KeyName) -> Result<Key, KeychainError> {
        Key::from_text(&system::read(name)?)
            .ok_or_else(|| KeychainError::Broken("the entry is no key of ours".to_owned()))
    }

    fn write(&self, name: &KeyName, key: &Key) -> Result<(), KeychainError> {
        let text = key.text();
        entry(name)?
            .set_password(text.expose("the keychain is where the key lives"))
            .map_err(fault)
    }

    fn delete(&self, name: &KeyName) -> Result<(), KeychainError> {
        entry(name)?.delete_credential().map_err(fault)
    }
}

fn entry(name: &KeyName) -> Result<Entry, KeychainError> {
    // Asking for the status is what makes `keyring` bring the system's keychain.
    if keyring::Entry::store_status().is_err() {
        return Err(KeychainError::Absent);
    }
    let store = keyring_core::get_default_store().ok_or(KeychainError::Absent)?;
    let vendor = store.vendor();
    if vendor != VENDOR {
        return Err(KeychainError::Broken(format!(
            "“{vendor}” is no keychain of this system"
        )));
    }
    let modifiers = HashMap::from(MODIFIERS);
    store
        .build(&name.service, &name.entry, Some(&modifiers))
        .map_err(fault)
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the library's own enum, which may grow"
)]
fn fault(error: Error) -> KeychainError {
    match error {
        Error::NoEntry => KeychainError::NotFound,
        Error::NoStorageAccess(_) => KeychainError::Locked,
        Error::NoDefaultStore => KeychainError::Absent,
        // The texts of the other faults are the system's own and name no secret, but these carry
        // the bytes they stumbled over.
        Error::BadEncoding(_) | Error::BadDataFormat(..) => {
            KeychainError::Broken("the entry is not in the expected form".to_owned())
        }
        other => KeychainError::Broken(other.to_string()),
    }
}

#[cfg(target_os = "linux")]
mod system {
    use secret_service::blocking::SecretService;
    use secret_service::{EncryptionType, Error};

    use super::{HashMap, KeyName, KeychainError, Lock, Secret};

    /// Whether the user's collection is locked. A user without a collection has no keychain.
    pub(super) fn lock() -> Result<Lock, KeychainError> {
        let service = connect()?;
        let collection = match service.get_default_collection() {
            Err(Error::NoResult) => return Err(KeychainError::Absent),
            found => found.map_err(fault)?,
        };
        if collection.is_locked().map_err(fault)? {
            Ok(Lock::Locked)
        } else {
            Ok(Lock::Open)
        }
    }

    /// Reads over a connection of its own; what is locked is not asked for.
    pub(super) fn read(name: &KeyName) -> Result<Secret, KeychainError> {
        let service = connect()?;
        let wanted = HashMap::from([("service", &*name.service), ("username", &*name.entry)]);
        let found = service.search_items(wanted).map_err(fault)?;
        let item = match (found.unlocked.as_slice(), found.locked.as_slice()) {
            ([item], []) => item,
            ([], []) => return Err(KeychainError::NotFound),
            ([], _) => return Err(KeychainError::Locked),
            _ => return Err(KeychainError::Broken("it has several such keys".to_owned())),
        };
        let bytes = item.get_secret().map_err(fault)?;
        String::from_utf8(bytes)
            .map(Secret::new)
            .map_err(|_| KeychainError::Broken("the entry is not in the expected form".to_owned()))
    }

    /// The session encrypts what goes over the bus, which others of this user may watch.
    fn connect() -> Result<SecretService<'static>, KeychainError> {
        SecretService::connect(EncryptionType::Dh).map_err(|_| KeychainError::Absent)
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the library's own enum, which may grow"
    )]
    fn fault(error: Error) -> KeychainError {
        match error {
            Error::Locked | Error::Prompt => KeychainError::Locked,
            Error::Unavailable => KeychainError::Absent,
            other => KeychainError::Broken(other.to_string()),
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod system {
    use super::{KeyName, KeychainError, Lock, Secret, entry, fault};

    /// Windows unlocks with the user's session; macOS does not say without asking.
    pub(super) fn lock() -> Result<Lock, KeychainError> {
        Ok(if cfg!(windows) {
            Lock::Open
        } else {
            Lock::CannotTell
        })
    }

    /// These systems have no connection that could answer for them: every call is a call.
    pub(super) fn read(name: &KeyName) -> Result<Secret, KeychainError> {
        entry(name)?.get_password().map(Secret::new).map_err(fault)
    }
}
