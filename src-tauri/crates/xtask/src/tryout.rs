//! `cargo xtask try`: the app with its sandbox, ready for a simulated interaction.

use std::{
    fs,
    path::{Path, PathBuf},
};

use clap::Args;

use crate::{
    error::{Error, Result},
    headless, setup,
    setup::Work,
    sh, ui,
    workspace::Workspace,
};

/// The profile folder of the app, in place of the user's own.
pub(crate) const PROFILE: &str = "SCREENPOP_PROFILE";

/// The sandbox answers, and the listener takes events signed with a secret of this run.
const SETTINGS: &str = r#"{
  "sandbox": { "enabled": true },
  "listener": { "enabled": true }
}
"#;

/// Where the app is shown.
#[derive(Debug, Args)]
pub(crate) struct TryArguments {
    /// Show the app on a private desktop, let one interaction pop, and end
    #[arg(long, requires = "shot")]
    headless: bool,
    /// Let it come by the whole way: a gateway, its broker, and an agent who signs in there
    #[arg(long, requires = "headless")]
    gateway: bool,
    /// Write a picture of the popped window to this file
    #[arg(long, value_name = "FILE", requires = "headless")]
    shot: Option<PathBuf>,
}

pub(crate) fn run(arguments: &TryArguments) -> Result {
    let workspace = Workspace::find()?;
    if let Some(shot) = &arguments.shot {
        if arguments.gateway {
            return headless::run_by_gateway(&workspace, shot);
        }
        return headless::run(&workspace, shot);
    }
    setup::system(&[Work::Shell])?;
    ui::build(&workspace)?;
    let profile = fresh_profile(&workspace.target("try"))?;
    println!("The profile of this run: {}", profile.display());
    println!("In another terminal, an interaction comes in with:");
    println!("  cargo run -p pop-admin -- simulate --customer 12345 --channel chat");
    sh::run(
        workspace
            .cargo(&["run", "-p", "screenpop", "--"])
            .env(PROFILE, profile),
    )
}

/// Makes a profile that nobody has used yet.
pub(crate) fn fresh_profile(folder: &Path) -> Result<PathBuf> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            return Err(Error::file(folder)(error));
        }
        Ok(()) | Err(_) => {}
    }
    fs::create_dir_all(folder).map_err(Error::file(folder))?;
    let settings = folder.join("settings.jsonc");
    fs::write(&settings, SETTINGS).map_err(Error::file(&settings))?;
    Ok(folder.to_owned())
}
