//! Why a command of the developer's door ended early, in words that say what to do.

use std::{io, process::ExitStatus};

use pop_tests::desktop::DesktopError;

/// The result of anything that `xtask` does.
pub(crate) type Result<T = ()> = std::result::Result<T, Error>;

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("`{call}` failed: {status}")]
    Failed {
        call: String,
        status: ExitStatus,
        /// The last of what it printed, where nobody watched.
        last: String,
    },
    #[error("`{program}` could not be started: {source}")]
    Start { program: String, source: io::Error },
    /// The command has already said what failed.
    #[error("not everything passed")]
    Told,
    #[error("{0}")]
    Said(String),
    #[error(transparent)]
    Desktop(#[from] DesktopError),
    #[error("cannot read what {from} printed: {source}")]
    Json {
        from: &'static str,
        source: serde_json::Error,
    },
    #[error("{path}: {source}")]
    File { path: String, source: io::Error },
}

impl Error {
    /// The last of what a failed command printed; empty where a person saw it.
    pub(crate) fn last(&self) -> &str {
        match self {
            Self::Failed { last, .. } => last,
            Self::Start { .. }
            | Self::Told
            | Self::Said(_)
            | Self::Desktop(_)
            | Self::Json { .. }
            | Self::File { .. } => "",
        }
    }

    pub(crate) fn file(path: &std::path::Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.display().to_string();
        move |source| Self::File { path, source }
    }
}
