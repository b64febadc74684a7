//! `cargo xtask shots`: the pictures of the documentation, from the true window.

use crate::{error::Result, setup, setup::Work, sh, steps, workspace::Workspace};

pub(crate) fn run() -> Result {
    let workspace = Workspace::find()?;
    setup::system(&[Work::Shell, Work::Desktop])?;
    steps::build_driven(&workspace)?;
    sh::run(&mut workspace.cargo(&["run", "--locked", "-p", "pop-tests", "--bin", "shots"]))
}
