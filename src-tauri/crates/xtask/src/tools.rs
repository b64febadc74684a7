//! Cargo's helpers that the checks need, built from crates.io once and kept among what is built.

use std::{path::PathBuf, process::Command};

use crate::{error::Result, sh, workspace::Workspace};

/// A helper with the version that the checks were written for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tool {
    name: &'static str,
    program: &'static str,
    version: &'static str,
}

/// Judges licences, sources and banned packages.
pub(crate) const DENY: Tool = Tool {
    name: "cargo-deny",
    program: "cargo-deny",
    version: "0.20.2",
};
/// Makes a `.deb` of what was built.
pub(crate) const DEB: Tool = Tool {
    name: "cargo-deb",
    program: "cargo-deb",
    version: "3.8.0",
};
/// Makes an `.rpm` of what was built.
pub(crate) const RPM: Tool = Tool {
    name: "cargo-generate-rpm",
    program: "cargo-generate-rpm",
    version: "0.21.1",
};
/// Finds dependencies that nothing uses.
pub(crate) const MACHETE: Tool = Tool {
    name: "cargo-machete",
    program: "cargo-machete",
    version: "0.9.2",
};

/// Draws the icon in every size and packs them.
pub(crate) const TAURI: Tool = Tool {
    name: "tauri-cli",
    program: "cargo-tauri",
    version: "2.12.4",
};

/// Builds a helper if it is not there in this version, and returns its path.
pub(crate) fn path(workspace: &Workspace, tool: Tool) -> Result<PathBuf> {
    let folder = workspace.target("tools");
    let program = folder.join("bin").join(tool.program);
    let asked = sh::read(Command::new(&program).arg("--version")).unwrap_or_default();
    if !asked.split_whitespace().any(|word| word == tool.version) {
        let crate_version = format!("{}@{}", tool.name, tool.version);
        // They run for seconds: optimising them would cost minutes that are never won back.
        let mut install = workspace.cargo(&["install", "--locked", "--quiet", "--debug"]);
        install.arg(&crate_version).arg("--root").arg(&folder);
        // Without a build folder of ours it uses one of its own and clears it away.
        install.env_remove("CARGO_TARGET_DIR");
        sh::run(&mut install)?;
    }
    Ok(program)
}
