//! The vault: secrets sealed with the one key that the keychain holds.
//!
//! Opening it has three ends. *Ready*: secrets are kept in a file. *Locked*: the keychain waits for
//! its user; the caller goes on without secrets and tries again ([`LockedVault::retry`]).
//! *Memory only*: there is no keychain that can be used, so secrets live until exit, sealed in
//! memory with a key that dies with the process, and nothing is written. There is deliberately no
//! option to keep them in any other way.
//!
//! A file that does not open (changed, cut, another key) is moved aside and the vault starts empty:
//! the user is asked to sign in again ([`Vault::was_refused`]).

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use pop_core::secret::Secret;
use zeroize::Zeroize;

use crate::keychain::{Key, KeyName, Keychain, KeychainError};
use crate::obtain::{self, Attempt, LIMIT, Obtained, Question};
use crate::place;
use crate::seal::{SealError, Sealer};
use crate::vault_file::{Entries, LoadError, SaveError, VaultFile};

/// What came of opening a vault.
pub enum VaultState {
    /// The key is there and secrets are kept.
    Ready(Vault),
    /// The keychain is locked or asks its user: try again.
    Locked(LockedVault),
    /// Secrets are kept in memory until exit.
    MemoryOnly {
        /// The vault in memory.
        vault: Vault,
        /// Why, for the banner.
        reason: MemoryOnly,
    },
}

/// Why secrets cannot be kept on this computer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MemoryOnly {
    /// There is no keychain.
    #[error("there is no keychain on this computer")]
    NoKeychain,
    /// The keychain failed its self-test; what it did.
    #[error("the keychain does not work: {0}")]
    Broken(String),
    /// The keychain does not answer.
    #[error("the keychain is not answering")]
    NotAnswering,
    /// The vault's folder or file cannot be used; what the system said.
    #[error("the vault's file cannot be used: {0}")]
    Disk(String),
}

/// Why the vault did not do what it was asked to.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// The secret was changed or belongs elsewhere: sign in again.
    #[error("the secret does not open (E_VAULT)")]
    Refused,
    /// Everything was forgotten; open the vault anew.
    #[error("the vault was emptied and must be opened anew")]
    Forgotten,
    /// The file cannot be written; the secret is not kept.
    #[error("the vault's file cannot be written: {0}")]
    Disk(String),
    /// The keychain did not delete the key.
    #[error("the key is still in the keychain: {0}")]
    KeyRemains(MemoryOnly),
}

/// Secrets by account.
pub struct Vault {
    sealer: Arc<Sealer>,
    file: VaultFile,
    kept: Kept,
    entries: Mutex<Option<Entries>>,
    refused: bool,
}

enum Kept {
    OnDisk {
        keychain: Arc<dyn Keychain>,
        name: KeyName,
    },
    InMemory,
}

impl Vault {
    /// Opens a profile's vault in its folder, waiting at most 3 s for the keychain.
    pub fn open(folder: &Path, name: &KeyName, keychain: Arc<dyn Keychain>) -> VaultState {
        Self::begin(folder, name, keychain).retry()
    }

    /// Begins to open a vault and waits for nothing: [`LockedVault::retry`] brings what came of it.
    pub fn begin(folder: &Path, name: &KeyName, keychain: Arc<dyn Keychain>) -> LockedVault {
        let attempt = Attempt::begin(Arc::clone(&keychain), name.clone(), Question::Allowed);
        let (folder, name) = (folder.to_owned(), name.clone());
        LockedVault {
            folder,
            name,
            keychain,
            attempt: Some(attempt),
        }
    }

    /// A vault that keeps secrets until exit and never touches the disk or a keychain.
    pub fn in_memory() -> Result<Self, SealError> {
        let name = KeyName {
            service: "memory".to_owned(),
            entry: "memory".to_owned(),
        };
        Ok(Self {
            sealer: Arc::new(Sealer::ephemeral()?),
            file: VaultFile::new(Path::new(""), &name),
            kept: Kept::InMemory,
            entries: Mutex::new(Some(Entries::new())),
            refused: false,
        })
    }

    /// Whether the file that was found did not open and was moved aside: the user must sign in.
    pub fn was_refused(&self) -> bool {
        self.refused
    }

    /// The sealer of this vault's key, for what the store keeps.
    pub fn sealer(&self) -> Arc<Sealer> {
        Arc::clone(&self.sealer)
    }

    /// Keeps a secret under an account's name, over an older one. On disk when it returns.
    pub fn put(&self, account: &str, secret: &Secret) -> Result<(), VaultError> {
        let text = secret.expose("it is sealed for the vault");
        let sealed = self
            .sealer
            .seal_secret(&self.file.place_of(account), text.as_bytes())
            .map_err(|error| VaultError::Disk(error.to_string()))?;
        self.change(|entries| {
            entries.insert(account.to_owned(), sealed);
        })
    }

    /// Reads an account's secret.
    pub fn get(&self, account: &str) -> Result<Option<Secret>, VaultError> {
        let entries = self.entries();
        let Some(sealed) = entries.as_ref().ok_or(VaultError::Forgotten)?.get(account) else {
            return Ok(None);
        };
        let mut opened = self
            .sealer
            .open_secret(&self.file.place_of(account), sealed)
            .map_err(|_| VaultError::Refused)?;
        let text = String::from_utf8(std::mem::take(&mut *opened)).map_err(|error| {
            error.into_bytes().zeroize();
            VaultError::Refused
        })?;
        Ok(Some(Secret::new(text)))
    }

    /// Forgets an account's secret; forgetting what is not there is no error.
    pub fn forget(&self, account: &str) -> Result<(), VaultError> {
        self.change(|entries| {
            entries.remove(account);
        })
    }

    /// The accounts that have a secret.
    pub fn accounts(&self) -> Vec<String> {
        self.entries()
            .as_ref()
            .map(|entries| entries.keys().cloned().collect())
            .unwrap_or_default()
    }

    /// Deletes every secret, the file and the key. The vault must be opened anew afterwards.
    pub fn forget_all(&self) -> Result<(), VaultError> {
        *self.entries() = None;
        let Kept::OnDisk { keychain, name } = &self.kept else {
            return Ok(());
        };
        let removed = self
            .file
            .remove()
            .map_err(|error| VaultError::Disk(error.to_string()));
        match obtain::delete(Arc::clone(keychain), name.clone(), LIMIT) {
            Some(Ok(())) => removed,
            Some(Err(error)) => Err(VaultError::KeyRemains(reason(error))),
            None => Err(VaultError::KeyRemains(MemoryOnly::NotAnswering)),
        }
    }

    fn change(&self, change: impl FnOnce(&mut Entries)) -> Result<(), VaultError> {
        let mut current = self.entries();
        let mut entries = current.clone().ok_or(VaultError::Forgotten)?;
        change(&mut entries);
        match &self.kept {
            Kept::OnDisk { .. } => self.file.save(&self.sealer, &entries).map_err(not_saved)?,
            Kept::InMemory => {}
        }
        *current = Some(entries);
        Ok(())
    }

    fn entries(&self) -> MutexGuard<'_, Option<Entries>> {
        // A holder that panicked has not changed the entries: they are replaced as a whole.
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A vault whose keychain is locked. Nothing waits for it; the caller tries again.
pub struct LockedVault {
    folder: PathBuf,
    name: KeyName,
    keychain: Arc<dyn Keychain>,
    attempt: Option<Attempt>,
}

impl LockedVault {
    /// Looks whether it was unlocked meanwhile, without asking the user anything new.
    ///
    /// Returns within 3 s. Calling it every few seconds is what makes the product go on by itself.
    pub fn retry(self) -> VaultState {
        self.retry_within(LIMIT)
    }

    /// Looks whether it was unlocked meanwhile, for as long as the caller can wait.
    pub fn retry_within(self, limit: Duration) -> VaultState {
        self.again(Question::Never, limit)
    }

    /// Lets the keychain ask its user again, because the user wants to unlock it now.
    pub fn unlock(self) -> VaultState {
        self.unlock_within(LIMIT)
    }

    /// Lets the keychain ask its user again, for as long as the caller can wait.
    pub fn unlock_within(self, limit: Duration) -> VaultState {
        self.again(Question::Allowed, limit)
    }

    fn again(mut self, question: Question, limit: Duration) -> VaultState {
        let attempt = self.attempt.take().unwrap_or_else(|| {
            Attempt::begin(Arc::clone(&self.keychain), self.name.clone(), question)
        });
        self.settle(attempt, limit)
    }

    fn settle(mut self, attempt: Attempt, limit: Duration) -> VaultState {
        match attempt.wait(limit) {
            Obtained::Key(key) => self.load(&key),
            Obtained::Asking(attempt) => {
                self.attempt = Some(attempt);
                VaultState::Locked(self)
            }
            Obtained::Locked => VaultState::Locked(self),
            Obtained::Failed(error) => memory_only(reason(error)),
            Obtained::Silent => memory_only(MemoryOnly::NotAnswering),
        }
    }

    fn load(self, key: &Key) -> VaultState {
        match self.read(Sealer::from_root(key)) {
            Ok(vault) => VaultState::Ready(vault),
            Err(error) => memory_only(MemoryOnly::Disk(error.to_string())),
        }
    }

    fn read(self, sealer: Sealer) -> std::io::Result<Vault> {
        place::prepare_folder(&self.folder)?;
        let file = VaultFile::new(&self.folder, &self.name);
        let (entries, refused) = match file.load(&sealer) {
            Ok(entries) => (entries, false),
            Err(LoadError::Refused) => {
                file.set_aside()?;
                (Entries::new(), true)
            }
            Err(LoadError::Disk(error)) => return Err(error),
        };
        Ok(Vault {
            sealer: Arc::new(sealer),
            file,
            kept: Kept::OnDisk {
                keychain: self.keychain,
                name: self.name,
            },
            entries: Mutex::new(Some(entries)),
            refused,
        })
    }
}

#[expect(
    clippy::expect_used,
    reason = "a system without random numbers runs no program safely"
)]
fn memory_only(reason: MemoryOnly) -> VaultState {
    let vault = Vault::in_memory().expect("the system has random numbers");
    VaultState::MemoryOnly { vault, reason }
}

fn reason(error: KeychainError) -> MemoryOnly {
    match error {
        KeychainError::Absent => MemoryOnly::NoKeychain,
        KeychainError::Broken(what) => MemoryOnly::Broken(what),
        KeychainError::Locked | KeychainError::NotFound => MemoryOnly::Broken(error.to_string()),
    }
}

fn not_saved(error: SaveError) -> VaultError {
    VaultError::Disk(error.to_string())
}
