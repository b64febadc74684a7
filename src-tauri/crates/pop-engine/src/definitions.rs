//! The definitions that connections may name: those that come with the product, and the files of
//! this computer, in the folder `definitions` beside the machine policy and in the one beside the
//! user's settings.
//!
//! A definition decides where credentials go. So a file never stands in for a built-in definition,
//! a user's file never for one of the machine, and a connection that machine policy has set takes
//! no definition of the user's. What such a file may say is the business of `pop-crm`.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use pop_core::bundle::Bundle;
use pop_core::settings::{self, FileFault};
use pop_crm::{Definition, Overlay};

use crate::account::{fault, faults_of};
use crate::ports::Places;

/// The folder beside the settings, and what its files end with.
const FOLDER: &str = "definitions";
const ENDING: &str = "toml";

/// No definition is longer: the largest that come with the product have some 30 KiB.
const LONGEST: u64 = 1 << 20;

/// The files of this computer; the built-in definitions are known beside them.
#[derive(Default)]
pub(crate) struct Definitions {
    /// By id.
    own: BTreeMap<String, Own>,
    /// The machine's folder, for advice.
    machine: PathBuf,
    /// What is wrong with the files.
    pub(crate) faults: Vec<FileFault>,
}

/// A file of this computer.
struct Own {
    whose: Whose,
    file: String,
    /// `None` where it cannot be read.
    text: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whose {
    Machine,
    Bundle,
    User,
}

/// What tells one version of a file from another.
pub(crate) type Stamp = (PathBuf, Option<(SystemTime, u64)>);

/// Looks at the files without reading them.
pub(crate) fn stamp(places: &Places) -> Vec<Stamp> {
    let folders = folders(places).into_iter();
    let paths = folders.flat_map(|(_, folder)| files(&folder).unwrap_or_default());
    let stamped = paths.map(|path| {
        let metadata = fs::metadata(&path).ok();
        let seen = metadata.and_then(|it| Some((it.modified().ok()?, it.len())));
        (path, seen)
    });
    stamped.collect()
}

impl Definitions {
    /// Reads the files. One that is wrong is reported, and the others are taken.
    pub(crate) fn read(places: &Places, bundle: Option<&Bundle>) -> Self {
        let mut definitions = Self::default();
        for (whose, folder) in folders(places) {
            if whose == Whose::User {
                definitions.take_bundle(bundle);
            }
            match files(&folder) {
                Ok(paths) => {
                    for path in paths {
                        definitions.take(whose, &path);
                    }
                }
                Err(error) => definitions.refuse(&folder, &error, "a folder that can be read"),
            }
            if whose == Whose::Machine {
                definitions.machine = folder;
            }
        }
        definitions
    }

    /// Those of the bundle stand above the user's and below the machine's.
    fn take_bundle(&mut self, bundle: Option<&Bundle>) {
        for (id, embedded) in bundle.into_iter().flat_map(|bundle| &bundle.definitions) {
            let own = Own {
                whose: Whose::Bundle,
                file: format!("{id}.{ENDING}"),
                text: Some(embedded.text.clone()),
            };
            self.own.entry(id.clone()).or_insert(own);
        }
    }

    /// The text of one that does not come with the product; nothing where there is none.
    pub(crate) fn text_of(&self, id: &str) -> &str {
        let own = self.own.get(id).and_then(|own| own.text.as_deref());
        own.unwrap_or_default()
    }

    fn take(&mut self, whose: Whose, path: &Path) {
        let file = path.display().to_string();
        let Some(id) = path.file_stem().and_then(|stem| stem.to_str()) else {
            let named = "small letters, digits and - before .toml";
            return self.refuse(path, &"a name that is no text", named);
        };
        if let Some(first) = self.own.get(id) {
            let expected = format!(
                "another id: {} is taken, which is the machine's or the organisation's",
                first.file
            );
            let key = "id".to_owned();
            return self.faults.push(FileFault {
                file,
                line: 0,
                key,
                found: id.to_owned(),
                expected,
            });
        }
        let text = match content(path) {
            Ok(text) => {
                // Compiled for its faults alone: a connection lays its overlay over it first.
                let loaded = Definition::load_own(&file, &text, &[]);
                self.faults
                    .extend(loaded.err().map(faults_of).unwrap_or_default());
                Some(text)
            }
            Err(error) => {
                self.refuse(path, &error, "a definition file that can be read");
                None
            }
        };
        let own = Own { whose, file, text };
        self.own.insert(id.to_owned(), own);
    }

    fn refuse(&mut self, path: &Path, found: &impl ToString, expected: &str) {
        self.faults.push(FileFault {
            file: path.display().to_string(),
            line: 0,
            key: String::new(),
            found: found.to_string(),
            expected: expected.to_owned(),
        });
    }

    /// Those that can be connected: the built-in ones, then those of this computer.
    pub(crate) fn all(&self) -> Vec<Definition> {
        let built_in = pop_crm::built_in().iter().filter_map(|(id, text)| {
            let loaded = Definition::load(&format!("{id}.{ENDING}"), text, &[]);
            if let Err(faults) = &loaded {
                let faults = faults.len();
                tracing::error!(definition = id, faults, "a definition is broken");
            }
            loaded.ok()
        });
        let own = self.own.values().filter_map(|own| {
            let text = own.text.as_deref()?;
            Definition::load_own(&own.file, text, &[]).ok()
        });
        built_in.chain(own).collect()
    }

    /// Loads a connection's definition with what its settings lay over it. Where machine policy
    /// has set the connection, `is_managed`, a file of the user is not taken.
    pub(crate) fn load(
        &self,
        name: &str,
        configured: &settings::Connection,
        is_managed: bool,
    ) -> Result<Definition, Vec<FileFault>> {
        let overlay = configured.overlay.iter().map(|text| Overlay {
            file: format!("connections.{name}.overlay"),
            text: text.clone(),
        });
        let overlays: Vec<Overlay> = overlay.collect();
        let id = &configured.definition;
        let known = pop_crm::built_in().iter();
        if let Some((_, text)) = known.clone().find(|(known, _)| known == id) {
            return Definition::load(&format!("{id}.{ENDING}"), text, &overlays).map_err(faults_of);
        }
        let key = format!("connections.{name}.definition");
        let not = |found: String, expected: &str| Err(vec![fault(&key, found, expected)]);
        match self.own.get(id) {
            Some(own) if is_managed && own.whose == Whose::User => not(
                format!("{id}, which only {} is", own.file),
                &format!(
                    "{id}.{ENDING} in {}, since machine policy sets this connection",
                    self.machine.display()
                ),
            ),
            Some(Own {
                file,
                text: Some(text),
                ..
            }) => Definition::load_own(file, text, &overlays).map_err(faults_of),
            Some(Own { file, .. }) => not(id.clone(), &format!("{file}, which cannot be read")),
            None => {
                let known = known.map(|(id, _)| *id);
                let known = known.chain(self.own.keys().map(String::as_str));
                let known = known.collect::<Vec<_>>().join(", ");
                not(id.clone(), &format!("one of {known}"))
            }
        }
    }
}

/// The folders, the one whose files win first.
fn folders(places: &Places) -> Vec<(Whose, PathBuf)> {
    let beside = |path: &Path| Some(path.parent()?.join(FOLDER));
    let machine = beside(&places.policy);
    let user = beside(&places.settings).filter(|folder| Some(folder) != machine.as_ref());
    let machine = machine.map(|folder| (Whose::Machine, folder));
    let user = user.map(|folder| (Whose::User, folder));
    machine.into_iter().chain(user).collect()
}

/// The definition files of a folder, by name; none where there is no folder.
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let ending = path.extension().and_then(|ending| ending.to_str());
        if ending == Some(ENDING) && !is_hidden(&path) {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

/// Editors keep half-written files under such names.
fn is_hidden(path: &Path) -> bool {
    let name = path.file_name().map(std::ffi::OsStr::as_encoded_bytes);
    name.is_some_and(|name| name.starts_with(b"."))
}

fn content(path: &Path) -> io::Result<String> {
    let metadata = fs::metadata(path)?;
    // A pipe or a device would hold the reader up.
    if !metadata.is_file() {
        return Err(io::Error::other("something that is no file"));
    }
    if metadata.len() > LONGEST {
        return Err(io::Error::other("more than 1 MiB"));
    }
    fs::read_to_string(path)
}
