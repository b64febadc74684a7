//! The commands of the windows: each is listed in the build script and permitted to a window (rule
//! V3). One that is forgotten there can be called by nobody, and nothing says so before it is.

use std::fs;

use pop_wire::COMMANDS;

use crate::{assert_none, sources::root};

#[test]
fn every_command_is_listed_and_permitted() {
    let read = |path: &str| fs::read_to_string(root().join(path)).expect("the shell has it");
    let windows = ["main", "notice"];
    let permitted = windows.map(|window| read(&format!("src-tauri/capabilities/{window}.json")));
    let violations = forgotten(COMMANDS, &read("src-tauri/build.rs"), &permitted.concat());
    assert_none(
        &violations,
        "what is not in build.rs and in a file of capabilities, no window can call",
    );
}

#[test]
fn a_made_up_violation_is_found() {
    let permitted = r#"["allow-open-record", "allow-close"]"#;
    let listed = r#""open_record", "seen","#;
    let names = ["open_record", "close", "seen"];
    assert_eq!(forgotten(&names, listed, permitted), ["close", "seen"]);
}

fn forgotten(commands: &[&str], listed: &str, permitted: &str) -> Vec<String> {
    let is_forgotten = |name: &&&str| {
        let permission = format!("\"allow-{}\"", name.replace('_', "-"));
        !listed.contains(&format!("\"{name}\"")) || !permitted.contains(&permission)
    };
    let forgotten = commands.iter().filter(is_forgotten);
    forgotten.map(ToString::to_string).collect()
}
