//! A folder with the files that an admin works on, and the program run in it.

use std::path::PathBuf;

use serde_json::Value;
use tempfile::TempDir;

use crate::support::{Outcome, outcome, program};

/// Where the files of one test lie.
pub(crate) struct Folder(TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        Self(TempDir::new().expect("a folder"))
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).expect("a file")
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).expect("a file");
    }

    pub(crate) fn change(&self, name: &str, from: &str, to: &str) {
        let text = self.read(name);
        assert!(text.contains(from), "{from:?} is in {name}");
        std::fs::write(self.path(name), text.replace(from, to)).expect("a file");
    }

    pub(crate) async fn run(&self, line: &str) -> Outcome {
        let mut command = program();
        command.current_dir(self.0.path());
        outcome(command.args(line.split(' '))).await
    }

    /// A new bundle and a key to sign it with.
    pub(crate) async fn begun(&self) {
        self.run("new b.toml --tenant meridian").await.succeeded();
        self.run("keys new a.key").await.succeeded();
    }

    pub(crate) async fn fingerprint(&self, file: &str) -> String {
        let shown = self.run(&format!("keys show {file} --json")).await;
        shown.succeeded();
        let told: Value = serde_json::from_str(&shown.out).expect("JSON");
        told["fingerprint"].as_str().expect("a text").to_owned()
    }
}
