//! The log: JSON lines in a few files that only this user can read (rules G3, G4).

use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use file_rotate::compression::Compression;
use file_rotate::suffix::AppendCount;
use file_rotate::{ContentLimit, FileRotate};
use tracing_subscriber::filter::LevelFilter;

/// How many files are kept, and how large each may become.
const FILES: usize = 5;
const BYTES: usize = 10 << 20;

/// Starts the log in a folder. Without one the program runs on without a log.
pub(crate) fn start(folder: &Path) {
    if let Err(error) = std::fs::create_dir_all(folder) {
        tracing::warn!(%error, "there is no folder for the log");
        return;
    }
    let files = FileRotate::new(
        folder.join("screenpop.jsonl"),
        AppendCount::new(FILES - 1),
        ContentLimit::BytesSurpassed(BYTES),
        Compression::None,
        Some(owner_only()),
    );
    let files = Log(Arc::new(Mutex::new(files)));
    let started = tracing_subscriber::fmt()
        .json()
        .with_max_level(LevelFilter::INFO)
        .with_writer(move || files.clone())
        .try_init();
    if let Err(error) = started {
        tracing::warn!(%error, "the log was started twice");
    }
}

/// How the files are opened: only this user reads them.
fn owner_only() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

#[derive(Clone)]
struct Log(Arc<Mutex<FileRotate<AppendCount>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .flush()
    }
}
