//! The keychain of the operating system behind the store's port (rules K1, K2).
//!
//! `keyring` chooses the system's own keychain: Credential Manager, Keychain Services or the Secret
//! Service. Which one it has chosen is checked at run time: one that keeps keys elsewhere is no
//! keychain. Whether it is locked is asked of the Secret Service itself, because asking for a key
//! would put a question on the screen.

use keyring::{Entry, Error};
use pop_store::{Key, KeyName, Keychain, KeychainError, Lock};

/// The stores that are keychains, by what they call themselves.
const KEYCHAINS: &[&str] = &["secret-service", "secret service", "keychain", "credential"];

/// The keychain of this system.
#[derive(Debug, Default)]
pub(crate) struct SystemKeychain;

impl Keychain for SystemKeychain {
    fn lock(&self) -> Result<Lock, KeychainError> {
        system_lock()
    }

    fn read(&self, name: &KeyName) -> Result<Key, KeychainError> {
        let mut bytes = entry(name)?.get_secret().map_err(fault)?;
        let key = Key::from_bytes(&bytes);
        bytes.fill(0);
        key.ok_or_else(|| KeychainError::Broken("the entry is no key of ours".to_owned()))
    }

    fn write(&self, name: &KeyName, key: &Key) -> Result<(), KeychainError> {
        let bytes = key.expose("the keychain is where the key lives");
        entry(name)?.set_secret(bytes).map_err(fault)
    }

    fn delete(&self, name: &KeyName) -> Result<(), KeychainError> {
        entry(name)?.delete_credential().map_err(fault)
    }
}

fn entry(name: &KeyName) -> Result<Entry, KeychainError> {
    if Entry::store_status().is_err() {
        return Err(KeychainError::Absent);
    }
    let store = keyring_core::get_default_store().ok_or(KeychainError::Absent)?;
    let called = format!("{} {}", store.vendor(), store.id()).to_lowercase();
    if !KEYCHAINS.iter().any(|keychain| called.contains(keychain)) {
        return Err(KeychainError::Broken(format!("“{called}” is no keychain")));
    }
    Entry::new(&name.service, &name.entry).map_err(fault)
}

fn fault(error: Error) -> KeychainError {
    match error {
        Error::NoEntry => KeychainError::NotFound,
        Error::NoStorageAccess(_) => KeychainError::Locked,
        Error::NoDefaultStore => KeychainError::Absent,
        // The texts of the other faults are the system's own and name no secret, but some carry
        // the bytes they stumbled over.
        Error::BadEncoding(_) | Error::BadDataFormat(..) => {
            KeychainError::Broken("the entry is not in the expected form".to_owned())
        }
        other => KeychainError::Broken(other.to_string()),
    }
}

/// Asks the Secret Service whether the user's collection is locked, over a connection of its own.
#[cfg(target_os = "linux")]
fn system_lock() -> Result<Lock, KeychainError> {
    use secret_service::EncryptionType;
    use secret_service::blocking::SecretService;
    let service =
        SecretService::connect(EncryptionType::Plain).map_err(|_| KeychainError::Absent)?;
    let collection = service
        .get_default_collection()
        .map_err(|_| KeychainError::Absent)?;
    match collection.is_locked() {
        Ok(true) => Ok(Lock::Locked),
        Ok(false) => Ok(Lock::Open),
        Err(error) => Err(KeychainError::Broken(error.to_string())),
    }
}

/// Elsewhere the system does not say.
#[cfg(not(target_os = "linux"))]
fn system_lock() -> Result<Lock, KeychainError> {
    Ok(Lock::CannotTell)
}
