//! What can go wrong with a private desktop, said so that a person can act on it.

use std::{io, time::Duration};

/// A failure of the desktop itself, never of the app on it.
#[derive(Debug, thiserror::Error)]
pub enum DesktopError {
    /// A program of the desktop could not be started.
    #[error(
        "`{program}` could not be started: {source}; `cargo xtask test` installs what a private desktop needs"
    )]
    Start {
        /// The program's name.
        program: String,
        /// What the system said.
        source: io::Error,
    },
    /// A program of the desktop ended with an error.
    #[error("`{call}` failed: {output}")]
    Failed {
        /// The program and its arguments.
        call: String,
        /// What it printed.
        output: String,
    },
    /// Something that should have happened did not.
    #[error("waited {} s in vain for {what}", limit.as_secs())]
    TimedOut {
        /// What was waited for.
        what: String,
        /// How long.
        limit: Duration,
    },
    /// A file or pipe of the desktop could not be used.
    #[error("the desktop's own files: {0}")]
    Io(#[from] io::Error),
}
