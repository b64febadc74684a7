//! The folder on disk: owner-only, local, and one writer at a time.
//!
//! On Windows the rights come from the user's own application data folder, which nobody else but
//! the administrators may read; there is nothing to set per file.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, Write};
use std::path::Path;

use crate::error::StoreError;

/// Makes the folder if it is not there and takes it from everybody else.
pub(crate) fn prepare_folder(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
    }
    Ok(())
}

/// Takes a file's rights from everybody but the owner.
pub(crate) fn owner_only(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(path, fs::Permissions::from_mode(0o600))?;
    }
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

/// Opens a file for reading and writing, making it for the owner alone if it is not there.
pub(crate) fn open_own(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let file = options.open(path)?;
    owner_only(path)?;
    Ok(file)
}

/// Flushes a rename in this folder to the disk.
pub(crate) fn flush_folder(folder: &Path) -> io::Result<()> {
    // Windows has no handle of a folder to flush; its rename is journalled.
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

/// Refuses a folder on a network: SQLite's locks and flushes do not hold there.
pub(crate) fn require_local(folder: &Path) -> Result<(), StoreError> {
    match network_kind(folder)? {
        Some(kind) => Err(StoreError::NetworkFolder(kind)),
        None => Ok(()),
    }
}

#[cfg(target_os = "linux")]
#[allow(
    clippy::useless_conversion,
    reason = "the field is narrower on other processors"
)]
fn network_kind(folder: &Path) -> io::Result<Option<String>> {
    let found = rustix::fs::statfs(folder)?;
    Ok(network_name(i64::from(found.f_type)).map(str::to_owned))
}

#[cfg(target_os = "macos")]
fn network_kind(folder: &Path) -> io::Result<Option<String>> {
    /// `MNT_LOCAL` of `sys/mount.h`: the file system is stored on this computer.
    const LOCAL: u32 = 0x1000;
    let found = rustix::fs::statfs(folder)?;
    Ok((found.f_flags & LOCAL == 0).then(|| "network volume".to_owned()))
}

#[cfg(windows)]
fn network_kind(folder: &Path) -> io::Result<Option<String>> {
    use std::path::{Component, Prefix};
    // A mapped drive becomes its server's name here.
    let real = fs::canonicalize(folder)?;
    let Some(Component::Prefix(prefix)) = real.components().next() else {
        return Ok(None);
    };
    let network = matches!(prefix.kind(), Prefix::UNC(..) | Prefix::VerbatimUNC(..));
    Ok(network.then(|| "Windows share".to_owned()))
}

#[cfg(not(any(target_os = "linux", target_os = "macos", windows)))]
fn network_kind(_: &Path) -> io::Result<Option<String>> {
    Ok(None)
}

/// The network file systems of `linux/magic.h` and their drivers. FUSE is not among them: it
/// carries local encrypted homes as well, and does not say which it is.
#[cfg(any(target_os = "linux", test))]
fn network_name(magic: i64) -> Option<&'static str> {
    const NETWORK: [(u32, &str); 12] = [
        (0x6969, "NFS"),
        (0x517B, "SMB"),
        (0xFF53_4D42, "CIFS"),
        (0xFE53_4D42, "SMB2"),
        (0x5346_414F, "AFS"),
        (0x6B41_4653, "AFS"),
        (0x7375_7245, "Coda"),
        (0x00C3_6400, "Ceph"),
        (0x0102_1997, "9P"),
        (0x0BD0_0BD0, "Lustre"),
        (0x0116_1970, "GFS2"),
        (0x7461_636F, "OCFS2"),
    ];
    // The field is signed on some systems: only its 32 bits count.
    let low = magic & 0xFFFF_FFFF;
    NETWORK
        .iter()
        .find(|(number, _)| i64::from(*number) == low)
        .map(|(_, name)| *name)
}

/// Being the only writer of a folder, and knowing whether the last one left in order.
pub(crate) struct WriterLock {
    file: File,
}

const WORKING: &[u8] = b"working";
const LEFT: &[u8] = b"left";

impl WriterLock {
    /// Becomes the writer; `true` beside it when the last writer did not leave in order.
    pub(crate) fn take(path: &Path) -> Result<(Self, bool), StoreError> {
        let mut file = open_own(path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(fs::TryLockError::WouldBlock) => return Err(StoreError::OtherWriter),
            Err(fs::TryLockError::Error(error)) => return Err(error.into()),
        }
        let mut said = Vec::new();
        (&file).take(16).read_to_end(&mut said)?;
        let unclean = said == WORKING;
        say(&mut file, WORKING)?;
        Ok((Self { file }, unclean))
    }

    /// Notes that the writer left in order.
    pub(crate) fn leave(&mut self) -> io::Result<()> {
        say(&mut self.file, LEFT)
    }
}

fn say(file: &mut File, word: &[u8]) -> io::Result<()> {
    file.rewind()?;
    file.set_len(0)?;
    file.write_all(word)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn network_file_systems_are_named_and_local_ones_are_not() {
        assert_eq!(network_name(0x6969), Some("NFS"), "a home on NFS");
        assert_eq!(network_name(0xFF53_4D42), Some("CIFS"), "a Windows share");
        assert_eq!(
            network_name(i64::from(0xFF53_4D42_u32.cast_signed())),
            Some("CIFS"),
            "32 bit"
        );
        for local in [
            0xEF53,
            0x9123_683E,
            0x5846_5342,
            0x0102_1994,
            0x6573_5546,
            0x794C_7630,
        ] {
            assert_eq!(
                network_name(local),
                None,
                "{local:x} is ext4, btrfs, xfs, tmpfs or alike"
            );
        }
    }

    #[test]
    fn a_folder_has_one_writer_and_remembers_one_that_did_not_leave() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("lock");
        let (mut first, unclean) = WriterLock::take(&path).expect("nobody else writes");
        assert!(!unclean, "nobody was here before");
        assert!(
            matches!(WriterLock::take(&path), Err(StoreError::OtherWriter)),
            "a second writer is refused"
        );
        first.leave().expect("notes it");
        drop(first);
        let (second, unclean) = WriterLock::take(&path).expect("the first is gone");
        assert!(!unclean, "the first left in order");
        drop(second);
        let (_third, unclean) = WriterLock::take(&path).expect("the second is gone");
        assert!(unclean, "the second did not leave in order");
    }
}
