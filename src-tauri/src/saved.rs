//! Files that the agent saves: they go to the folder where this user's downloads are, under a name of
//! their own; the window names no path.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

use pop_core::refusal::Refusal;
use pop_wire::SavedView;
use tauri::{AppHandle, Manager};

use crate::commands::{Answer, refuse};
use crate::desktop::Screen;

/// Saves a file whole.
pub(crate) fn save(
    app: &AppHandle,
    screen: &Screen,
    name: &str,
    bytes: &[u8],
) -> Answer<SavedView> {
    let unwritten = |why: String| refuse(&Refusal::Disk(why), screen);
    let paths = app.path();
    let folder = paths.download_dir().or_else(|_| paths.home_dir());
    let folder = folder.map_err(|error| unwritten(error.to_string()))?;
    let path = folder.join(name);
    let write = || {
        let mut file = begin(&folder, &path)?;
        file.write_all(bytes)?;
        file.sync_all()
    };
    write().map_err(|error: io::Error| unwritten(error.to_string()))?;
    Ok(SavedView {
        path: path.display().to_string(),
    })
}

/// Makes the file for its owner alone; one that is there already stays as it is.
pub(crate) fn begin(folder: &Path, path: &Path) -> io::Result<File> {
    fs::create_dir_all(folder)?;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(path)
}
