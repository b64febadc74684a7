//! The settings files: read, remembered when they were right, and changed in one step.
//!
//! A file with a mistake never takes effect: the last good one does, which lies beside the user's
//! file, and the mistake is reported with its place.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use pop_core::bundle::Bundle;
use pop_core::settings::{self, FileFault, Layer, Loaded};

use crate::definitions;
use crate::machine::{self, Kept};
use crate::ports::Places;

/// The settings in force, and the mistakes of files that are not.
pub(crate) struct Read {
    pub(crate) loaded: Loaded,
    pub(crate) faults: Vec<FileFault>,
}

/// What tells one version of the files from another without reading them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stamp {
    settings: Vec<Option<(SystemTime, u64)>>,
    kept: Option<Kept>,
    definitions: Vec<definitions::Stamp>,
}

/// Looks at the files without reading them.
pub(crate) fn stamp(places: &Places) -> Stamp {
    let of = |path: &Path| {
        let metadata = fs::metadata(path).ok()?;
        Some((metadata.modified().ok()?, metadata.len()))
    };
    Stamp {
        settings: vec![of(&places.settings), of(&places.policy)],
        kept: machine::kept(),
        definitions: definitions::stamp(places),
    }
}

/// Reads all layers. With a mistake in either file, the last good ones are used in its place.
pub(crate) fn read(places: &Places, bundle: Option<&Bundle>) -> Read {
    let (user, policy) = (text(&places.settings), Policy::of(places));
    let mut faults = Vec::new();
    let user = user.unwrap_or_else(|fault| {
        faults.push(fault);
        None
    });
    let wrong = policy.faults.len();
    faults.extend(policy.faults);
    let text = policy.text.as_deref();
    match load(places, user.as_deref(), bundle, (&policy.file, text)) {
        // A policy that cannot be read holds as it last could.
        Ok(loaded) if wrong == 0 => {
            keep_good(&places.settings, user.as_deref());
            keep_good(&places.policy_copy(), text);
            Read { loaded, faults }
        }
        read => {
            let found = read.err().unwrap_or_default();
            faults.extend(found);
            Read {
                loaded: last_good(places, bundle),
                faults,
            }
        }
    }
}

/// The user's file as it stands; empty when there is none.
pub(crate) fn user_text(places: &Places) -> String {
    fs::read_to_string(&places.settings).unwrap_or_default()
}

/// Replaces the user's file in one step.
pub(crate) fn write_user(places: &Places, text: &str) -> io::Result<()> {
    write(&places.settings, text)
}

impl Places {
    /// The copy of the policy lies with the user's data: the policy's folder is not ours to write.
    fn policy_copy(&self) -> PathBuf {
        self.data.join("policy.jsonc")
    }
}

/// The machine policy: what the system keeps of one, or else its file.
struct Policy {
    file: String,
    text: Option<String>,
    faults: Vec<FileFault>,
}

impl Policy {
    fn of(places: &Places) -> Self {
        let (file, text) = match machine::kept() {
            Some(kept) => (kept.place, kept.text.map(Some)),
            None => (
                name(&places.policy),
                text(&places.policy).map_err(|fault| vec![fault]),
            ),
        };
        let (text, faults) = match text {
            Ok(text) => (text, Vec::new()),
            Err(faults) => (None, faults),
        };
        Self { file, text, faults }
    }
}

fn load(
    places: &Places,
    user: Option<&str>,
    bundle: Option<&Bundle>,
    (policy_file, policy): (&str, Option<&str>),
) -> Result<Loaded, Vec<FileFault>> {
    let user_file = name(&places.settings);
    settings::load_over(
        user.map(|text| Layer {
            file: &user_file,
            text,
        }),
        bundle,
        policy.map(|text| Layer {
            file: policy_file,
            text,
        }),
    )
}

fn last_good(places: &Places, bundle: Option<&Bundle>) -> Loaded {
    let copy = |path: &Path| fs::read_to_string(good_copy(path)).ok();
    let (user, policy) = (copy(&places.settings), copy(&places.policy_copy()));
    let file = name(&places.policy);
    let policy = (&*file, policy.as_deref());
    load(places, user.as_deref(), bundle, policy)
        .or_else(|_| load(places, None, bundle, policy))
        .or_else(|_| load(places, None, bundle, (&file, None)))
        .unwrap_or_else(|_| settings::defaults())
}

fn keep_good(path: &Path, text: Option<&str>) {
    let copy = good_copy(path);
    let kept = match text {
        Some(text) if fs::read_to_string(&copy).is_ok_and(|old| old == text) => Ok(()),
        Some(text) => write(&copy, text),
        None => match fs::remove_file(&copy) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            Ok(()) | Err(_) => Ok(()),
        },
    };
    if let Err(error) = kept {
        tracing::warn!(%error, "the copy of the last good settings could not be kept");
    }
}

fn good_copy(path: &Path) -> PathBuf {
    path.with_extension("last-good.jsonc")
}

fn text(path: &Path) -> Result<Option<String>, FileFault> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(FileFault {
            file: name(path),
            line: 0,
            key: String::new(),
            found: error.to_string(),
            expected: "a file that can be read".to_owned(),
        }),
    }
}

fn name(path: &Path) -> String {
    path.display().to_string()
}

fn write(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let new = path.with_extension("new");
    fs::write(&new, text)?;
    fs::File::open(&new)?.sync_all()?;
    fs::rename(new, path)
}
