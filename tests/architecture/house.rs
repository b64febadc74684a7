//! Where things lie, and how large one of them may grow.

use crate::{
    assert_none,
    sources::{self, Source},
};

/// All that may lie at the top: the layout is the owner's wish, the rest is what tools demand there.
const TOP_LEVEL: &[&str] = &[
    ".cargo",
    ".ci",
    ".dockerignore",
    ".editorconfig",
    ".gitattributes",
    ".github",
    ".gitignore",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "clippy.toml",
    "deny.toml",
    "icons",
    "rustfmt.toml",
    "src-tauri",
    "tests",
    "ui",
];

/// (kind of file, most lines without tests): where a file is split at the latest.
const ROOM: &[(&str, usize)] = &[("rs", 400), ("ts", 300), ("svelte", 300)];

/// The only folder of the window's code that knows what hosts it.
const HOST: &str = "ui/src/host/";

#[test]
fn the_top_level_holds_what_was_agreed_and_nothing_else() {
    let paths: Vec<_> = sources::paths().collect();
    let violations = squatters(paths.iter().map(String::as_str));
    assert_none(
        &violations,
        "a newcomer finds the place of a change from the top level alone",
    );
}

#[test]
fn no_file_outgrows_its_room() {
    let violations = too_long(&sources::all());
    assert_none(
        &violations,
        "a file that nobody can hold in mind hides its mistakes: split it",
    );
}

#[test]
fn every_rust_file_opens_with_what_it_is_for() {
    let violations = without_opening(&sources::all());
    assert_none(
        &violations,
        "a reader learns from the first line whether this is the place",
    );
}

#[test]
fn only_the_host_folder_knows_the_host() {
    let violations = host_imports(&sources::all());
    assert_none(
        &violations,
        "the window's code runs in a plain browser, for tests and design",
    );
}

#[test]
fn a_made_up_violation_is_found() {
    let paths = ["ui/src/app.ts", "scripts/build.sh", "notes.txt"];
    assert_eq!(
        squatters(paths.into_iter()),
        ["notes.txt", "scripts"],
        "neither was agreed"
    );

    let long = Source::new("ui/src/long.ts", &"line\n".repeat(301));
    let just = Source::new("ui/src/just.ts", &"line\n".repeat(300));
    assert_eq!(
        too_long(&[long, just]),
        ["ui/src/long.ts: 301 lines, 300 at most"]
    );

    let tested = format!(
        "//! T.\n{}#[cfg(test)]\n{}",
        "x\n".repeat(300),
        "x\n".repeat(300)
    );
    let list = "x\n".repeat(500);
    let tests = [
        "src/tests.rs",
        "src/link_tests.rs",
        "src-tauri/crates/a/tests/it/a.rs",
    ];
    let mut tested = vec![Source::new("a.rs", &tested)];
    tested.extend(tests.map(|path| Source::new(path, &list)));
    assert_none(&too_long(&tested), "tests are lists: they are not counted");

    let mute = [
        Source::new("a.rs", "use std::fs;\n"),
        Source::new("b.rs", "//! Says it.\n"),
    ];
    assert_eq!(without_opening(&mute), ["a.rs"]);

    let text = "import { invoke } from '@tauri-apps/api/core';";
    let imports = [
        Source::new("ui/src/host/tauri.ts", text),
        Source::new("ui/src/pop/Pop.svelte", text),
        Source::new("ui/src/bindings/licences.json", "[\"@tauri-apps/api\"]"),
    ];
    assert_eq!(host_imports(&imports), ["ui/src/pop/Pop.svelte"]);
}

fn squatters<'a>(paths: impl Iterator<Item = &'a str>) -> Vec<String> {
    let tops = paths.map(|path| path.split('/').next().unwrap_or(path));
    let mut strangers: Vec<_> = tops
        .filter(|top| !TOP_LEVEL.contains(top))
        .map(str::to_owned)
        .collect();
    strangers.sort();
    strangers.dedup();
    strangers
}

fn too_long(sources: &[Source]) -> Vec<String> {
    let judged = sources
        .iter()
        .filter(|source| !is_generated(source))
        .filter_map(|source| {
            let (_, most) = ROOM.iter().find(|(kind, _)| source.kind() == *kind)?;
            Some((source, source.code().count(), *most))
        });
    judged
        .filter(|(_, lines, most)| lines > most)
        .map(|(source, lines, most)| format!("{}: {lines} lines, {most} at most", source.path))
        .collect()
}

fn without_opening(sources: &[Source]) -> Vec<String> {
    let rust = sources.iter().filter(|source| source.kind() == "rs");
    let mute = rust.filter(|source| !source.text.starts_with("//!"));
    mute.map(|source| source.path.clone()).collect()
}

fn host_imports(sources: &[Source]) -> Vec<String> {
    // A list of licences names the packages too, but imports none.
    let ui = sources
        .iter()
        .filter(|source| source.path.starts_with("ui/src/") && source.kind() != "json");
    let knowing = ui.filter(|it| !it.path.starts_with(HOST) && it.text.contains("@tauri-apps/"));
    knowing.map(|source| source.path.clone()).collect()
}

/// Written by `cargo xtask generate`: nobody reads it to change it.
fn is_generated(source: &Source) -> bool {
    source.path.starts_with("ui/src/bindings/") || source.path == "ui/src/words/keys.ts"
}
