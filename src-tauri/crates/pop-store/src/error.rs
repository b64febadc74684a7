//! Why the store did not do what it was asked to.

use rusqlite::ErrorCode;

use crate::seal::SealError;

/// Why the store did not do what it was asked to.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The folder is on a network, where nothing is safe against a power loss; its kind.
    #[error("the data folder is on a network ({0}); it must be on a local disk")]
    NetworkFolder(String),
    /// Another running copy of the product writes in this folder.
    #[error("another copy of Screenpop uses this data folder")]
    OtherWriter,
    /// A newer version of the product wrote the file. It was not touched.
    #[error("the file was written by a newer Screenpop (format {file}; this one reads {program})")]
    NewerFile {
        /// The file's format.
        file: u32,
        /// The newest format that this program reads.
        program: u32,
    },
    /// The file is damaged: [`crate::Store::recover`] saves what can be read.
    #[error("the file is damaged")]
    Damaged,
    /// The disk is full; what was there before is safe.
    #[error("the disk is full")]
    DiskFull,
    /// SQLite did not take a setting that safety rests on.
    #[error("SQLite refused the setting {0}")]
    SettingRefused(&'static str),
    /// Marks came for an interaction that is not in the history.
    #[error("the interaction is not in the history")]
    UnknownInteraction,
    /// Too much waits to be sent already; what waits is safe.
    #[error("too much waits to be sent already")]
    OutboxFull,
    /// There is no such item, or it has ended, or it is not in a state for this.
    #[error("there is no such item, or it has come further meanwhile")]
    UnknownItem,
    /// The store's thread has ended.
    #[error("the store is closed")]
    Closed,
    /// Something could not be sealed.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// The disk failed.
    #[error("the data folder cannot be used: {0}")]
    Disk(#[from] std::io::Error),
    /// SQLite failed otherwise.
    #[error("the file cannot be used: {0}")]
    Sqlite(rusqlite::Error),
}

impl StoreError {
    /// Whether the disk is to blame, so that nothing else can be kept either.
    pub fn is_of_the_disk(&self) -> bool {
        match self {
            Self::Damaged | Self::DiskFull | Self::Disk(_) | Self::Sqlite(_) => true,
            Self::NetworkFolder(_)
            | Self::OtherWriter
            | Self::NewerFile { .. }
            | Self::SettingRefused(_)
            | Self::UnknownInteraction
            | Self::OutboxFull
            | Self::UnknownItem
            | Self::Closed
            | Self::Seal(_) => false,
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            _ if is_damage(&error) => Self::Damaged,
            Some(ErrorCode::DiskFull) => Self::DiskFull,
            Some(_) | None => Self::Sqlite(error),
        }
    }
}

pub(crate) fn is_damage(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase)
    )
}
