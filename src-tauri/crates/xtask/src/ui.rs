//! The window's page: its packages, checks and build. All calls of npm are here.

use std::process::Command;

use crate::{error::Result, setup, sh, workspace::Workspace};

/// Installs the packages of the lock file, if they are not what is installed already.
pub(crate) fn install(workspace: &Workspace) -> Result {
    let ui = workspace.ui();
    let installed = ui.join("node_modules/.package-lock.json");
    if setup::is_older(&installed, &ui.join("package-lock.json")) {
        // No package runs code of its own on installing.
        sh::run(&mut npm(
            workspace,
            &["ci", "--ignore-scripts", "--no-audit", "--no-fund"],
        ))?;
    }
    Ok(())
}

/// Builds the page that the shell carries.
pub(crate) fn build(workspace: &Workspace) -> Result {
    install(workspace)?;
    sh::run(&mut npm(workspace, &["run", "build"]))
}

/// Returns a call of npm in the page's folder.
pub(crate) fn npm(workspace: &Workspace, arguments: &[&str]) -> Command {
    let mut command = Command::new("npm");
    command.current_dir(workspace.ui()).args(arguments);
    command
}
