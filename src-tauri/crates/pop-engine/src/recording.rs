//! Records what interactions looked like, without saying who they were, where the organisation wants
//! that (`history.recorded`): the file from which a new bundle is rehearsed.
//!
//! What may be recorded is decided in `pop-core` ([`Recorded`]). The key behind which ids stand is
//! made anew at every start and never kept, so that nobody finds the way back.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use pop_core::bundle::{Recorded, Veil};
use pop_core::desk::PopId;

use crate::room::Room;

/// The file, in the profile's folder.
const FILE: &str = "recorded.jsonl";

/// Records, on threads that may wait for the disk.
pub(crate) struct Recorder {
    veil: Option<Veil>,
    /// One writes at a time; with it, how many lines there are.
    file: Arc<Mutex<File>>,
}

struct File {
    path: PathBuf,
    lines: Option<usize>,
}

impl Recorder {
    pub(crate) fn in_folder(data: &Path) -> Self {
        let mut key = [0; 32];
        let file = File {
            path: data.join(FILE),
            lines: None,
        };
        Self {
            // Without random bytes nothing is recorded.
            veil: getrandom::fill(&mut key).is_ok().then(|| Veil::new(key)),
            file: Arc::new(Mutex::new(file)),
        }
    }
}

impl Room {
    /// Records an interaction that is over.
    pub(crate) fn record(&self, pop: PopId) {
        let most = self.status.settings.history.recorded;
        let Some(veil) = self.recorder.veil.as_ref().filter(|_| most > 0) else {
            return;
        };
        let pop = self.desk.pop(pop).filter(|pop| pop.key.is_some());
        let Some(recorded) = pop.and_then(|pop| Recorded::of(pop, veil)) else {
            return;
        };
        let Ok(line) = serde_json::to_string(&recorded) else {
            return;
        };
        let file = Arc::clone(&self.recorder.file);
        tokio::task::spawn_blocking(move || {
            let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
            if let Err(error) = file.add(&line, usize::try_from(most).unwrap_or(usize::MAX)) {
                tracing::warn!(%error, "an interaction could not be recorded");
            }
        });
    }
}

impl File {
    /// Adds a line; when there are far more than the most, the oldest go.
    fn add(&mut self, line: &str, most: usize) -> io::Result<()> {
        let mut lines = match self.lines {
            Some(lines) => lines,
            None => self.read()?.lines().count(),
        };
        let mut file = OpenOptions::new()
            .create(true)
            .append(true)
            .open(&self.path)?;
        file.write_all(format!("{line}\n").as_bytes())?;
        lines += 1;
        if lines > most + most / 10 {
            let all = self.read()?;
            let kept: Vec<&str> = all.lines().skip(lines - most).collect();
            let new = self.path.with_extension("new");
            fs::write(&new, kept.join("\n") + "\n")?;
            fs::rename(new, &self.path)?;
            lines = kept.len();
        }
        self.lines = Some(lines);
        Ok(())
    }

    fn read(&self) -> io::Result<String> {
        match fs::read_to_string(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(String::new()),
            read => read,
        }
    }
}
