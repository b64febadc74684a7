//! `cargo xtask advisories`: known weaknesses of what we use. It needs a database from outside,
//! so it stands apart from `test`, and a database out of reach is no failure of ours.

use std::process::Command;

use crate::{
    error::Result,
    sh,
    tools::{self, DENY},
    workspace::Workspace,
};

/// The download of a small repository; a network that lets nothing out may also never answer.
const FETCH_LIMIT_SECONDS: &str = "120";

pub(crate) fn run() -> Result {
    let workspace = Workspace::find()?;
    let deny = tools::path(&workspace, DENY)?;
    let mut fetch = Command::new("timeout");
    fetch
        .current_dir(workspace.root())
        .arg(FETCH_LIMIT_SECONDS)
        .arg(&deny)
        .args(["fetch", "db"]);
    if !sh::succeeds(&mut fetch) {
        println!("The advisory database is not reachable; nothing was checked.");
        return Ok(());
    }
    let mut check = Command::new(deny);
    check
        .current_dir(workspace.root())
        .args(["check", "--disable-fetch", "advisories"]);
    sh::run(&mut check)
}
