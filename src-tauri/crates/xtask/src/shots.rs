//! `cargo xtask shots`: the pictures of the documentation, from the true window, and sheets with
//! every state of the gallery.

use crate::{error::Result, setup, setup::Work, sh, steps, ui, workspace::Workspace};

pub(crate) fn run() -> Result {
    let workspace = Workspace::find()?;
    setup::system(&[Work::Shell, Work::Desktop, Work::Browser])?;
    steps::build_driven(&workspace)?;
    sh::run(&mut workspace.cargo(&["run", "--locked", "-p", "pop-tests", "--bin", "shots"]))?;
    sh::run(ui::npm(&workspace, &["run", "sheets"]).env("SCREENPOP_WRITE", "1"))
}
