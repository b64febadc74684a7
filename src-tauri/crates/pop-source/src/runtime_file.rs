//! The owner-only file that tells this user's own tools where the listener is and how to sign.
//!
//! It lies in the user's runtime folder, is written when the try-out starts and removed when it
//! ends: the one secret outside the vault (security rule K4). On Windows the folder inherits the
//! rights of the user's profile, which no other user can read; elsewhere the rights are set and
//! checked here.

use std::ffi::OsString;
use std::fs;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use pop_core::secret::Secret;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// Where the listener of this run is, and its secret.
pub struct RuntimeFile {
    /// The port on the loopback address.
    pub port: u16,
    /// The shared secret (`whsec_…`) of this run.
    pub secret: Secret,
}

/// Why the file cannot be written or read.
#[derive(Debug, thiserror::Error)]
pub enum RuntimeFileFault {
    /// Others could read the folder or the file, or it is a link to somewhere else.
    #[error("{0} is not for this user alone; remove it and start again")]
    NotPrivate(PathBuf),
    /// The file is not one of ours.
    #[error("{0} is not in the form this version writes; remove it and start again")]
    NotUnderstood(PathBuf),
    /// The system gave no random bytes.
    #[error("the system gave no random bytes")]
    NoRandomness,
    /// The system refused.
    #[error("{path}: {source}")]
    System {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// A written file; it is removed when this is dropped.
#[derive(Debug)]
pub struct Published {
    path: PathBuf,
    content: Zeroizing<Vec<u8>>,
}

/// The place of the file on this system, from its environment; `None` where there is no folder of
/// the user's own.
pub fn default_path(environment: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    let (variable, folder) = if cfg!(windows) {
        ("LOCALAPPDATA", "Screenpop")
    } else if cfg!(target_os = "macos") {
        // The user's own temporary folder, /var/folders/…, which only they can read.
        ("TMPDIR", "app.screenpop")
    } else {
        ("XDG_RUNTIME_DIR", "screenpop")
    };
    let base = environment(variable)
        .map(PathBuf::from)
        .filter(|base| base.is_absolute())?;
    Some(base.join(folder).join("listener.json"))
}

/// The form of the file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Content<'c> {
    port: u16,
    secret: &'c str,
}

impl RuntimeFile {
    /// Writes the file whole or not at all: under a new name, then renamed.
    pub fn publish(&self, path: &Path) -> Result<Published, RuntimeFileFault> {
        let folder = path.parent().unwrap_or(Path::new("."));
        rights::make_private_folder(folder).map_err(system(folder))?;
        require_private(folder, fs::FileType::is_dir)?;
        let secret = self
            .secret
            .expose("our own tools sign with it; the file is the owner's only");
        let content = serde_json::to_vec(&Content {
            port: self.port,
            secret,
        })
        .map(Zeroizing::new)
        .map_err(|error| system(path)(error.into()))?;
        let new = folder.join(new_name()?);
        let written = rights::create_private_file(&new)
            .and_then(|mut file| file.write_all(&content))
            .and_then(|()| fs::rename(&new, path));
        if let Err(error) = written {
            // The first fault is the one to report.
            let _ = fs::remove_file(&new);
            return Err(system(path)(error));
        }
        Ok(Published {
            path: path.to_owned(),
            content,
        })
    }

    /// Reads the file of a running listener.
    pub fn read(path: &Path) -> Result<Self, RuntimeFileFault> {
        require_private(path, fs::FileType::is_file)?;
        let mut content = Zeroizing::new(Vec::new());
        let file = fs::File::open(path).map_err(system(path))?;
        file.take(MAX_CONTENT)
            .read_to_end(&mut content)
            .map_err(system(path))?;
        let Content { port, secret } = serde_json::from_slice(&content)
            .map_err(|_| RuntimeFileFault::NotUnderstood(path.to_owned()))?;
        Ok(Self {
            port,
            secret: Secret::new(secret.to_owned()),
        })
    }
}

/// More than the file ever holds.
const MAX_CONTENT: u64 = 4 * 1_024;

impl Drop for Published {
    fn drop(&mut self) {
        // A later run may have put its own file there; that one stays.
        let ours = fs::read(&self.path).map(Zeroizing::new);
        if ours.is_ok_and(|content| content == self.content) {
            // It may be gone already.
            let _ = fs::remove_file(&self.path);
        }
    }
}

fn require_private(path: &Path, kind: fn(&fs::FileType) -> bool) -> Result<(), RuntimeFileFault> {
    let metadata = fs::symlink_metadata(path).map_err(system(path))?;
    if kind(&metadata.file_type()) && rights::is_private(&metadata) {
        return Ok(());
    }
    Err(RuntimeFileFault::NotPrivate(path.to_owned()))
}

fn new_name() -> Result<String, RuntimeFileFault> {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).map_err(|_| RuntimeFileFault::NoRandomness)?;
    Ok(format!(".listener-{:016x}", u64::from_ne_bytes(bytes)))
}

fn system(path: &Path) -> impl FnOnce(io::Error) -> RuntimeFileFault {
    let path = path.to_owned();
    move |source| RuntimeFileFault::System { path, source }
}

#[cfg(unix)]
mod rights {
    use std::fs::{DirBuilder, File, Metadata, OpenOptions};
    use std::io;
    use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _};
    use std::path::Path;

    pub(super) fn make_private_folder(path: &Path) -> io::Result<()> {
        match DirBuilder::new().mode(0o700).create(path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
            outcome => outcome,
        }
    }

    pub(super) fn create_private_file(path: &Path) -> io::Result<File> {
        OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(path)
    }

    /// Whether group and others have none of the lowest six bits of the mode.
    pub(super) fn is_private(metadata: &Metadata) -> bool {
        metadata.permissions().mode().trailing_zeros() >= 6
    }
}

#[cfg(not(unix))]
mod rights {
    use std::fs::{DirBuilder, File, Metadata, OpenOptions};
    use std::io;
    use std::path::Path;

    pub(super) fn make_private_folder(path: &Path) -> io::Result<()> {
        match DirBuilder::new().create(path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
            outcome => outcome,
        }
    }

    pub(super) fn create_private_file(path: &Path) -> io::Result<File> {
        OpenOptions::new().write(true).create_new(true).open(path)
    }

    pub(super) fn is_private(_: &Metadata) -> bool {
        true
    }
}
