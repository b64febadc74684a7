//! The computer's keychain, which is locked at times.

use std::collections::HashMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use pop_store::{Key, KeyName, Keychain, KeychainError, Lock};

#[derive(Default)]
pub(crate) struct Keys {
    keys: Mutex<HashMap<KeyName, [u8; 32]>>,
    locked: AtomicBool,
}

impl Keys {
    pub(crate) fn lock_it(&self, locked: bool) {
        self.locked.store(locked, Ordering::SeqCst);
    }

    pub(crate) fn is_locked(&self) -> bool {
        self.locked.load(Ordering::SeqCst)
    }

    fn answer(&self) -> Result<(), KeychainError> {
        if self.is_locked() {
            return Err(KeychainError::Locked);
        }
        Ok(())
    }
}

impl Keychain for Keys {
    fn lock(&self) -> Result<Lock, KeychainError> {
        Ok(if self.is_locked() {
            Lock::Locked
        } else {
            Lock::Open
        })
    }

    fn read(&self, name: &KeyName) -> Result<Key, KeychainError> {
        self.answer()?;
        let keys = self.keys.lock().unwrap();
        let bytes = keys.get(name).ok_or(KeychainError::NotFound)?;
        Key::from_bytes(bytes).ok_or(KeychainError::NotFound)
    }

    fn write(&self, name: &KeyName, key: &Key) -> Result<(), KeychainError> {
        self.answer()?;
        let bytes = *key.expose("the computer of a simulation keeps it");
        self.keys.lock().unwrap().insert(name.clone(), bytes);
        Ok(())
    }

    fn delete(&self, name: &KeyName) -> Result<(), KeychainError> {
        self.answer()?;
        let removed = self.keys.lock().unwrap().remove(name);
        removed.map(|_| ()).ok_or(KeychainError::NotFound)
    }
}
