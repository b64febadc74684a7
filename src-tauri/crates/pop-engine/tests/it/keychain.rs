//! A keychain in memory that can be locked, missing, or slow.

use std::collections::HashMap;
use std::sync::{Condvar, Mutex};

use pop_store::{Key, KeyName, Keychain, KeychainError, Lock};

/// How the keychain is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mood {
    /// It answers.
    Open,
    /// It answers when it is in another mood.
    Silent,
    /// It is locked, and the user closes the question.
    Locked,
    /// There is none.
    Absent,
}

pub(crate) struct FakeKeychain {
    keys: Mutex<HashMap<KeyName, [u8; 32]>>,
    mood: Mutex<Mood>,
    turned: Condvar,
}

impl FakeKeychain {
    pub(crate) fn new(mood: Mood) -> Self {
        Self {
            keys: Mutex::default(),
            mood: Mutex::new(mood),
            turned: Condvar::new(),
        }
    }

    pub(crate) fn turn(&self, mood: Mood) {
        *self.mood.lock().expect("no panic") = mood;
        self.turned.notify_all();
    }

    /// The keys that it holds.
    pub(crate) fn keys(&self) -> Vec<[u8; 32]> {
        let keys = self.keys.lock().expect("no panic");
        keys.values().copied().collect()
    }

    fn answer(&self) -> Result<(), KeychainError> {
        let mood = self.mood.lock().expect("no panic");
        let silent = |mood: &mut Mood| *mood == Mood::Silent;
        let mood = self.turned.wait_while(mood, silent).expect("no panic");
        match *mood {
            Mood::Open | Mood::Silent => Ok(()),
            Mood::Locked => Err(KeychainError::Locked),
            Mood::Absent => Err(KeychainError::Absent),
        }
    }
}

impl Keychain for FakeKeychain {
    fn lock(&self) -> Result<Lock, KeychainError> {
        match self.answer() {
            Ok(()) => Ok(Lock::Open),
            Err(KeychainError::Locked) => Ok(Lock::Locked),
            Err(error) => Err(error),
        }
    }

    fn read(&self, name: &KeyName) -> Result<Key, KeychainError> {
        self.answer()?;
        let keys = self.keys.lock().expect("no panic");
        let bytes = keys.get(name).ok_or(KeychainError::NotFound)?;
        Key::from_bytes(bytes).ok_or(KeychainError::NotFound)
    }

    fn write(&self, name: &KeyName, key: &Key) -> Result<(), KeychainError> {
        self.answer()?;
        let bytes = *key.expose("the fake keeps it");
        self.keys
            .lock()
            .expect("no panic")
            .insert(name.clone(), bytes);
        Ok(())
    }

    fn delete(&self, name: &KeyName) -> Result<(), KeychainError> {
        self.answer()?;
        let removed = self.keys.lock().expect("no panic").remove(name);
        removed.map(|_| ()).ok_or(KeychainError::NotFound)
    }
}
