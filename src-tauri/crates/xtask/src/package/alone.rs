//! The gateway as one file that needs no library beside it, so that one package serves every Linux of
//! the same processor.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    error::{Error, Result},
    sh,
    workspace::Workspace,
};

/// Builds the gateway for release, and returns where it is.
///
/// Where Rust has no library for musl, the gateway uses this system's own libraries, and that is said.
pub(super) fn build(workspace: &Workspace) -> Result<PathBuf> {
    let target = format!("{}-unknown-linux-musl", env::consts::ARCH);
    let mut build = workspace.cargo(&["build", "--release", "--locked", "-p", "pop-gateway"]);
    if !has(&target)? {
        println!(
            "pop-gateway uses the libraries of this system: Rust has no {target} here \
             (rustup target add {target})"
        );
        sh::run(&mut build)?;
        return Ok(workspace.target("release/pop-gateway"));
    }
    sh::run(build.args(["--target", &target]))?;
    let program = workspace.target(&target).join("release/pop-gateway");
    if stands_alone(&program)? {
        Ok(program)
    } else {
        Err(Error::Said(format!(
            "{} asks for libraries, although it was built for {target}",
            program.display()
        )))
    }
}

/// Whether this Rust has its library for a target.
fn has(target: &str) -> Result<bool> {
    let mut ask = Command::new("rustc");
    let folder = sh::read(ask.args(["--print", "target-libdir", "--target", target]))?;
    Ok(Path::new(folder.trim()).is_dir())
}

/// Whether a program is loaded without the system's loader.
fn stands_alone(program: &Path) -> Result<bool> {
    let headers = sh::read(Command::new("readelf").arg("-lW").arg(program))?;
    Ok(!headers.contains("INTERP"))
}
