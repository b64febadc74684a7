//! Words that stay out: vendors' names in the code that serves them all, and places of one machine.

use crate::{
    assert_none,
    sources::{self, Source},
};

const VENDORS: &[&str] = &["salesforce", "zendesk", "servicenow", "hubspot", "dynamics"];

/// Code that asks any CRM and must not know which. Its tests may use real names as examples.
const SERVES_ANY_CRM: &[&str] = &[
    "src-tauri/src/",
    "src-tauri/crates/pop-core/src/",
    "src-tauri/crates/pop-crm/src/",
    "src-tauri/crates/pop-engine/src/",
];

/// Folders that exist on somebody's machine only, without their slashes so that this file passes.
const PRIVATE_PLACES: &[&str] = &["home", "Users", "root", "work"];

const NPM_LOCK: &str = "ui/package-lock.json";
const NPM_REGISTRY: &str = "https://registry.npmjs.org/";

#[test]
fn no_vendor_is_named_in_the_code_that_serves_them_all() {
    let violations = vendor_names(&sources::all());
    assert_none(
        &violations,
        "a CRM is a file: what differs is a value in its definition",
    );
}

#[test]
fn no_file_names_a_place_of_one_machine() {
    let violations = private_places(&sources::all());
    assert_none(&violations, "such a path is wrong on every other machine");
}

#[test]
fn packages_of_the_window_come_from_the_public_registry() {
    let violations = other_registries(&sources::all());
    assert_none(
        &violations,
        "nobody else can install from a registry of one's own",
    );
}

#[test]
fn a_made_up_violation_is_found() {
    let engine = Source::new(
        "src-tauri/crates/pop-crm/src/engine.rs",
        "x\nif name == \"HubSpot\" {",
    );
    let definition = Source::new(
        "src-tauri/crates/pop-crm/definitions/hubspot.toml",
        "# HubSpot",
    );
    let found = vendor_names(&[engine, definition]);
    assert_eq!(
        found,
        ["src-tauri/crates/pop-crm/src/engine.rs:2: hubspot"],
        "code, not files"
    );

    let place = format!("cd /{}/anna/src", "home");
    let found = private_places(&[
        Source::new("README.md", &place),
        Source::new("a.rs", "GET /homes/1"),
    ]);
    assert_eq!(
        found,
        [format!("README.md:1: /{}/", "home")],
        "a route is no such place"
    );

    let lock = "\"resolved\": \"https://npm.example.com/a.tgz\",\n\
                \"resolved\": \"https://registry.npmjs.org/b.tgz\",";
    let found = other_registries(&[Source::new(NPM_LOCK, lock)]);
    assert_eq!(found, ["ui/package-lock.json:1"], "the public one is fine");
}

fn vendor_names(sources: &[Source]) -> Vec<String> {
    let judged = sources.iter().filter(|source| {
        source.kind() == "rs"
            && SERVES_ANY_CRM
                .iter()
                .any(|folder| source.path.starts_with(folder))
    });
    judged
        .flat_map(|source| {
            lines_with(&source.path, source.code(), |line| {
                let line = line.to_lowercase();
                VENDORS
                    .iter()
                    .find(|vendor| line.contains(*vendor))
                    .map(ToString::to_string)
            })
        })
        .collect()
}

fn private_places(sources: &[Source]) -> Vec<String> {
    let places: Vec<_> = PRIVATE_PLACES
        .iter()
        .map(|place| format!("/{place}/"))
        .collect();
    let found = |line: &str| {
        let at = |place: &&String| {
            // Inside a longer path it is somebody else's word: `/api/work/1`.
            line.match_indices(place.as_str())
                .any(|(start, _)| !line[..start].ends_with(|before: char| before.is_alphanumeric()))
        };
        places.iter().find(at).cloned()
    };
    sources
        .iter()
        .flat_map(|source| lines_with(&source.path, source.text.lines(), found))
        .collect()
}

fn other_registries(sources: &[Source]) -> Vec<String> {
    let lock = sources.iter().find(|source| source.path == NPM_LOCK);
    let lines = lock
        .into_iter()
        .flat_map(|source| source.text.lines().enumerate());
    let resolved = lines.filter_map(|(number, line)| {
        let (_, address) = line.trim().split_once("\"resolved\": \"")?;
        Some((number + 1, address))
    });
    resolved
        .filter(|(_, address)| !address.starts_with(NPM_REGISTRY))
        .map(|(number, _)| format!("{NPM_LOCK}:{number}"))
        .collect()
}

fn lines_with<'a>(
    path: &str,
    lines: impl Iterator<Item = &'a str>,
    find: impl Fn(&str) -> Option<String>,
) -> Vec<String> {
    lines
        .enumerate()
        .filter_map(|(number, line)| Some((number + 1, find(line)?)))
        .map(|(number, word)| format!("{path}:{number}: {word}"))
        .collect()
}
