//! Where a server's secrets come from: systemd credentials or owner-only files (security rule K4).
//!
//! Never from the settings file, the environment or the command line (rule K9): a setting names a
//! secret, it does not hold one.

use std::fs;
use std::path::{Path, PathBuf};

use pop_core::secret::Secret;

/// The longest secret: a public key in PEM fits.
const LONGEST: u64 = 16 * 1024;

/// Where to look for secrets.
#[derive(Clone, Debug, Default)]
pub struct Secrets {
    credentials: Option<PathBuf>,
}

impl Secrets {
    /// Named secrets lie in this folder.
    pub fn in_folder(folder: impl Into<PathBuf>) -> Self {
        Self {
            credentials: Some(folder.into()),
        }
    }

    /// Named secrets lie where systemd puts the credentials of a service.
    pub fn of_service() -> Self {
        Self {
            credentials: std::env::var_os("CREDENTIALS_DIRECTORY").map(PathBuf::from),
        }
    }

    /// Reads a secret: a name without slashes is a credential, anything else is a file. What is
    /// wrong comes back as what was found, never with a character of it.
    pub(crate) fn read(&self, name: &str) -> Result<Secret, &'static str> {
        let path = if name.contains('/') {
            PathBuf::from(name)
        } else {
            let folder = self.credentials.as_ref();
            folder
                .ok_or("the name of a credential, but no $CREDENTIALS_DIRECTORY")?
                .join(name)
        };
        check(&path, name.contains('/'))?;
        let text = fs::read_to_string(&path).map_err(|_| "a file that cannot be read as text")?;
        let secret = Secret::new(text.trim_end_matches(['\r', '\n']).to_owned());
        if secret.is_empty() {
            return Err("an empty file");
        }
        Ok(secret)
    }
}

/// systemd guards its credentials itself; any other file must be the owner's alone.
fn check(path: &Path, own_file: bool) -> Result<(), &'static str> {
    let about = fs::metadata(path).map_err(|_| "no such file")?;
    if !about.is_file() || about.len() > LONGEST {
        return Err("no file of at most 16 KiB");
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        if own_file && about.permissions().mode() & 0o077 != 0 {
            return Err("a file that others may read");
        }
    }
    #[cfg(not(unix))]
    let _ = own_file;
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn a_file_that_others_may_read_holds_no_secret() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("token");
        fs::write(&path, "a-long-random-value\n").expect("writes");
        let name = path.display().to_string();
        let mode = |mode| {
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).expect("sets");
        };
        mode(0o644);
        let found = Secrets::default().read(&name).err();
        assert_eq!(found, Some("a file that others may read"));
        mode(0o600);
        let secret = Secrets::default().read(&name).expect("the owner's alone");
        assert_eq!(secret.expose("a test"), "a-long-random-value");
    }

    #[test]
    fn a_name_is_a_credential_of_the_service() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("token"), "value").expect("writes");
        let secrets = Secrets::in_folder(folder.path());
        assert!(secrets.read("token").is_ok());
        assert_eq!(secrets.read("other").err(), Some("no such file"));
        assert!(
            Secrets::default().read("token").is_err(),
            "no folder was given"
        );
    }
}
