//! The recording opener: stands where the desktop's "open this in the browser" program would be.
//!
//! The app hands URLs to the system, which on Linux means calling `xdg-open` from PATH. A desktop
//! of this kit puts the recorder first in PATH, so a test reads what a browser would have been
//! given, and how often. That nothing else is called is the app's own rule and not decided here.

use std::{io, path::Path, time::Duration};

use crate::{
    desktop::{DesktopError, wait_until},
    recorder::Recorder,
};

/// Long enough for a program start on a busy machine; a test that needs it has failed anyway.
const CALL_LIMIT: Duration = Duration::from_secs(10);

/// What was handed to the browser.
#[derive(Debug)]
pub struct Opener {
    recorder: Recorder,
}

impl Opener {
    /// Puts the recording opener into a folder that comes first in PATH.
    pub(crate) fn install(programs: &Path) -> io::Result<Self> {
        Ok(Self {
            recorder: Recorder::install(&programs.join("xdg-open"))?,
        })
    }

    /// Returns the arguments of every call so far, oldest first.
    pub fn calls(&self) -> Result<Vec<Vec<String>>, DesktopError> {
        Ok(self.recorder.calls()?)
    }

    /// Waits until the opener was called `count` times, and returns the calls.
    pub fn wait_for_calls(&self, count: usize) -> Result<Vec<Vec<String>>, DesktopError> {
        wait_until(&format!("{count} calls of the opener"), CALL_LIMIT, || {
            let calls = self.recorder.calls()?;
            Ok((calls.len() >= count).then_some(calls))
        })
    }
}
