//! Where things are: the checkout, what is built from it, and cargo called inside it.

use std::{
    env,
    ffi::OsString,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    error::{Error, Result},
    sh,
};

/// The checkout that this program was built from.
#[derive(Debug)]
pub(crate) struct Workspace {
    root: PathBuf,
    target: PathBuf,
}

impl Workspace {
    pub(crate) fn find() -> Result<Self> {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = here.ancestors().nth(3).unwrap_or(here).to_owned();
        let mut workspace = Self {
            target: root.join("target"),
            root,
        };
        // The build folder may be moved by an environment variable or by cargo's own settings.
        let mut ask = workspace.cargo(&["metadata", "--no-deps", "--format-version=1"]);
        let metadata: serde_json::Value =
            serde_json::from_str(&sh::read(&mut ask)?).map_err(|source| Error::Json {
                from: "cargo metadata",
                source,
            })?;
        if let Some(target) = metadata.get("target_directory").and_then(|it| it.as_str()) {
            workspace.target = target.into();
        }
        Ok(workspace)
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    pub(crate) fn ui(&self) -> PathBuf {
        self.root.join("ui")
    }

    /// Returns a folder for one of our own purposes among what is built.
    pub(crate) fn target(&self, purpose: &str) -> PathBuf {
        self.target.join(purpose)
    }

    /// Returns the path of a program that cargo has built for development.
    pub(crate) fn built(&self, program: &str) -> PathBuf {
        self.target.join("debug").join(program)
    }

    /// Returns a call of the cargo that called us, in the checkout.
    pub(crate) fn cargo(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command.current_dir(&self.root).args(arguments);
        // What cargo has set for us is about this program and would only rebuild the others.
        for (name, _) in env::vars_os().filter(|(name, _)| is_about_us(name)) {
            command.env_remove(name);
        }
        command
    }
}

fn is_about_us(name: &OsString) -> bool {
    let name = name.to_string_lossy();
    name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")
}
