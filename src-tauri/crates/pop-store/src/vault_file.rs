//! The vault's file: a sealed list of accounts, each with its own sealed secret.
//!
//! The list as a whole is sealed, so that a byte changed, an entry removed or two entries swapped
//! is noticed; each secret is sealed once more for its account, so that a loaded vault holds
//! nothing readable until somebody asks for that one secret.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use crate::keychain::KeyName;
use crate::place;
use crate::seal::{SealError, Sealer};

const HEAD: &[u8] = b"screenpop vault 1\n";
/// Far above any real vault (tokens of a few connections), and small enough to read at once.
const LARGEST: u64 = 4 * 1024 * 1024;

/// Sealed secrets by account.
pub(crate) type Entries = BTreeMap<String, Vec<u8>>;

/// Where the file lies, and whose it is.
pub(crate) struct VaultFile {
    path: PathBuf,
    owner: Vec<u8>,
}

/// Why a file was not loaded.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LoadError {
    #[error("the vault's file does not open (E_VAULT)")]
    Refused,
    #[error(transparent)]
    Disk(#[from] io::Error),
}

/// Why a file was not saved.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SaveError {
    #[error(transparent)]
    Seal(#[from] SealError),
    #[error(transparent)]
    Disk(#[from] io::Error),
}

impl VaultFile {
    pub(crate) fn new(folder: &Path, name: &KeyName) -> Self {
        let mut owner = HEAD.to_vec();
        put(&mut owner, name.service.as_bytes());
        put(&mut owner, name.entry.as_bytes());
        Self {
            path: folder.join("vault"),
            owner,
        }
    }

    /// What a secret is bound to: version, product, channel, profile and account.
    pub(crate) fn place_of(&self, account: &str) -> Vec<u8> {
        let mut place = self.owner.clone();
        put(&mut place, account.as_bytes());
        place
    }

    /// Loads all entries; a file that is not there is an empty vault.
    pub(crate) fn load(&self, sealer: &Sealer) -> Result<Entries, LoadError> {
        let file = match File::open(&self.path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Entries::new()),
            Err(error) => return Err(error.into()),
        };
        place::owner_only(&self.path)?;
        let mut bytes = Vec::new();
        file.take(LARGEST).read_to_end(&mut bytes)?;
        let sealed = bytes.strip_prefix(HEAD).ok_or(LoadError::Refused)?;
        let list = sealer
            .open_secret(&self.owner, sealed)
            .map_err(|_| LoadError::Refused)?;
        read(&list).ok_or(LoadError::Refused)
    }

    /// Writes all entries under another name, flushes and renames: the old file or the new one.
    pub(crate) fn save(&self, sealer: &Sealer, entries: &Entries) -> Result<(), SaveError> {
        let mut list = Vec::new();
        for (account, sealed) in entries {
            put(&mut list, account.as_bytes());
            put(&mut list, sealed);
        }
        let sealed = sealer.seal_secret(&self.owner, &list)?;
        let folder = self
            .path
            .parent()
            .ok_or(io::ErrorKind::NotFound)
            .map_err(io::Error::from)?;
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(HEAD)?;
        file.write_all(&sealed)?;
        file.as_file().sync_all()?;
        file.persist(&self.path).map_err(|error| error.error)?;
        place::flush_folder(folder)?;
        Ok(())
    }

    /// Moves a file that does not open out of the way, for support to look at.
    pub(crate) fn set_aside(&self) -> io::Result<()> {
        fs::rename(&self.path, self.path.with_extension("refused"))
    }

    pub(crate) fn remove(&self) -> io::Result<()> {
        for path in [self.path.clone(), self.path.with_extension("refused")] {
            match fs::remove_file(path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                Ok(()) | Err(_) => {}
            }
        }
        Ok(())
    }
}

fn put(list: &mut Vec<u8>, bytes: &[u8]) {
    list.extend_from_slice(&(bytes.len() as u64).to_be_bytes());
    list.extend_from_slice(bytes);
}

fn read(mut list: &[u8]) -> Option<Entries> {
    let mut entries = Entries::new();
    while !list.is_empty() {
        let account = String::from_utf8(take(&mut list)?.to_vec()).ok()?;
        entries.insert(account, take(&mut list)?.to_vec());
    }
    Some(entries)
}

fn take<'a>(list: &mut &'a [u8]) -> Option<&'a [u8]> {
    let (length, rest) = list.split_first_chunk::<8>()?;
    let length = usize::try_from(u64::from_be_bytes(*length)).ok()?;
    let (bytes, rest) = rest.split_at_checked(length)?;
    *list = rest;
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_opens_for_its_own_account_of_its_own_profile_only() {
        let file = |service: &str, entry: &str| {
            let name = KeyName {
                service: service.to_owned(),
                entry: entry.to_owned(),
            };
            VaultFile::new(Path::new("."), &name)
        };
        let sealer = Sealer::ephemeral().expect("random numbers");
        let own = file("pop", "one");
        let sealed = sealer
            .seal_secret(&own.place_of("main"), b"token")
            .expect("sealed");
        let opens = |file: &VaultFile, account| {
            sealer.open_secret(&file.place_of(account), &sealed).is_ok()
        };
        assert!(opens(&own, "main"), "the control");
        assert!(!opens(&own, "other"), "another account");
        assert!(!opens(&file("pop", "two"), "main"), "another profile");
        assert!(
            !opens(&file("po", "pone"), "main"),
            "parts do not run together"
        );
    }
}
