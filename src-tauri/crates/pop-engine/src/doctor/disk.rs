//! Whether something can be kept: a file of a few bytes is written beside the store and removed.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use pop_core::doctor::{Cause, Check, CheckName};

/// What is written; more than a file's own entry, less than a block.
const SAMPLE: &[u8] = b"Screenpop looks whether something can be kept here.";

/// Tries whether the profile's folder can be written to.
pub(crate) fn look(folder: &Path) -> Check {
    let name = CheckName::Store;
    let place = folder.display().to_string();
    match write(folder) {
        Ok(()) => Check::passed(name).told(place, "a file can be written", "it can"),
        Err(error) => Check::failed(name, cause(&error)).told(
            place,
            "a file can be written",
            error.to_string(),
        ),
    }
}

fn write(folder: &Path) -> io::Result<()> {
    let path = folder.join(".doctor");
    let written = fs::File::create(&path).and_then(|mut file| {
        file.write_all(SAMPLE)?;
        file.sync_all()
    });
    // One that could not be written may be there all the same, empty.
    let _ = fs::remove_file(&path);
    written
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the standard library's list, which may grow"
)]
fn cause(error: &io::Error) -> Cause {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Cause::DiskFull,
        io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => Cause::DiskReadOnly,
        _ => Cause::StoreBroken,
    }
}
