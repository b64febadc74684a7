//! What is wrong with a file: all of it at once, each with its place.

use std::cell::RefCell;
use std::fmt;

use super::tree::Place;

/// One mistake in a file of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadFault {
    /// The file's name, as it was given.
    pub file: String,
    /// The line, from 1; 0 when the file as a whole is meant.
    pub line: usize,
    /// The key, dotted from the top.
    pub key: String,
    /// What stands there.
    pub found: String,
    /// What is expected there.
    pub expected: String,
}

impl fmt::Display for LoadFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            file,
            line,
            key,
            found,
            expected,
        } = self;
        write!(
            out,
            "{file}:{line}: {key}: found {found}, expected {expected}"
        )
    }
}

/// Collects faults while the rest of the file is still being read.
#[derive(Default)]
pub struct Faults {
    files: Vec<String>,
    list: RefCell<Vec<LoadFault>>,
}

impl Faults {
    /// A collection for these files, in the order in which they are read.
    pub fn new(files: Vec<String>) -> Self {
        Self {
            files,
            list: RefCell::default(),
        }
    }

    /// Adds a fault; one that is already there is not added again.
    pub fn add(
        &self,
        place: Place,
        key: impl Into<String>,
        found: impl Into<String>,
        expected: impl Into<String>,
    ) {
        let file = self.files.get(place.file).cloned().unwrap_or_default();
        let fault = LoadFault {
            file,
            line: place.line,
            key: key.into(),
            found: shortened(found.into()),
            expected: expected.into(),
        };
        let mut list = self.list.borrow_mut();
        if !list.contains(&fault) {
            list.push(fault);
        }
    }

    /// Whether nothing was wrong so far.
    pub fn is_empty(&self) -> bool {
        self.list.borrow().is_empty()
    }

    /// The faults, in the order of the files.
    pub fn into_list(self) -> Vec<LoadFault> {
        let Self { files, list } = self;
        let mut list = list.into_inner();
        let rank = |fault: &LoadFault| files.iter().position(|file| *file == fault.file);
        list.sort_by_key(|fault| (rank(fault), fault.line));
        list
    }
}

/// Long findings would hide the place they are about.
fn shortened(found: String) -> String {
    const SHOWN: usize = 120;
    if found.chars().count() <= SHOWN {
        return found;
    }
    found.chars().take(SHOWN).chain(['…']).collect()
}
