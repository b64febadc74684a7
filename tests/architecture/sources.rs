//! The files of the checkout, as far as they are the project's own.

use std::{
    fs,
    path::{Path, PathBuf},
};

use ignore::WalkBuilder;

/// One file with a text.
#[derive(Debug)]
pub(crate) struct Source {
    /// Its path below the root, with forward slashes.
    pub(crate) path: String,
    pub(crate) text: String,
}

impl Source {
    pub(crate) fn new(path: &str, text: &str) -> Self {
        Self {
            path: path.to_owned(),
            text: text.to_owned(),
        }
    }

    /// Returns its lines up to the tests of its own.
    pub(crate) fn code(&self) -> impl Iterator<Item = &str> {
        let lines = if self.is_test() { "" } else { &self.text };
        lines
            .lines()
            .take_while(|line| line.trim() != "#[cfg(test)]")
    }

    fn is_test(&self) -> bool {
        let path = self.path.as_str();
        let beside_the_kit = path.starts_with("tests/") && !path.starts_with("tests/src/");
        let in_a_room = path.contains("/tests/") || path.ends_with("tests.rs");
        beside_the_kit || in_a_room || path.contains(".test.")
    }

    /// Returns what stands behind the last dot of its name.
    pub(crate) fn kind(&self) -> &str {
        self.path.rsplit_once('.').map_or("", |(_, kind)| kind)
    }
}

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Returns every text file that `.gitignore` does not name. Pictures are no text.
pub(crate) fn all() -> Vec<Source> {
    let sources: Vec<_> = paths()
        .filter_map(|path| {
            let text = fs::read_to_string(root().join(&path)).ok()?;
            Some(Source { path, text })
        })
        .collect();
    assert!(
        sources.len() > 20,
        "the checks look at the project's files, not past them"
    );
    sources
}

/// Returns the path of every file that `.gitignore` does not name.
pub(crate) fn paths() -> impl Iterator<Item = String> {
    let root = root();
    let walk = WalkBuilder::new(&root)
        .hidden(false)
        .require_git(false)
        .filter_entry(|entry| entry.file_name() != ".git")
        .build();
    walk.map(|entry| entry.expect("the checkout can be read"))
        .filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file()))
        .map(move |entry| {
            let path = entry
                .path()
                .strip_prefix(&root)
                .unwrap_or(entry.path())
                .to_owned();
            path.to_string_lossy().replace('\\', "/")
        })
}
