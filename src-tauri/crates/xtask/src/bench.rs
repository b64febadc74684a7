//! `cargo xtask bench`: the numbers that the product lives by, on this machine.

use crate::{error::Result, setup, setup::Work, sh, ui, workspace::Workspace};

pub(crate) fn run() -> Result {
    let workspace = Workspace::find()?;
    setup::system(&[Work::Shell, Work::Desktop])?;
    ui::build(&workspace)?;
    // The bench drives the window, so it needs the driven shell, but built as it is shipped.
    let shell = [
        "build",
        "--locked",
        "--release",
        "-p",
        "screenpop",
        "--features",
        "automation",
    ];
    sh::run(&mut workspace.cargo(&shell))?;
    let bench = [
        "run",
        "--locked",
        "--release",
        "-p",
        "pop-tests",
        "--bin",
        "bench",
    ];
    sh::run(&mut workspace.cargo(&bench))
}
