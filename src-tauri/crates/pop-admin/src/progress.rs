//! How far a long command is, on one line of standard error, where a person looks at it.
//!
//! A script sees nothing of it, and what a command prints is never mixed with it.

use std::io::{self, IsTerminal as _, Write as _};

/// One long piece of work.
pub(crate) struct Progress {
    what: &'static str,
    of: usize,
    done: usize,
    is_seen: bool,
}

impl Progress {
    pub(crate) fn of(what: &'static str, of: usize) -> Self {
        Self {
            what,
            of,
            done: 0,
            is_seen: io::stderr().is_terminal(),
        }
    }

    /// One more is done.
    pub(crate) fn step(&mut self) {
        self.done += 1;
        // A terminal is slower than most of the work.
        if self.is_seen && (self.done.is_multiple_of(25) || self.done == self.of) {
            let Self { what, of, done, .. } = self;
            // Nobody is helped by an error here.
            let _ = write!(io::stderr(), "\r{what}: {done} of {of}");
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.is_seen {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}
