//! `cargo xtask package`: what a Linux user installs.

use std::{fs, path::Path};

use crate::{
    error::{Error, Result},
    setup,
    setup::Work,
    sh, ui,
    workspace::Workspace,
};

const KINDS: &[&str] = &["deb", "rpm"];

pub(crate) fn run() -> Result {
    let workspace = Workspace::find()?;
    setup::system(&[Work::Shell])?;
    ui::build(&workspace)?;
    let mut bundle = ui::tauri(&workspace);
    bundle.args(["build", "--ci", "--bundles", &KINDS.join(",")]);
    sh::run(bundle.args(["--", "--locked"]))?;
    for kind in KINDS {
        say_sizes(&workspace.target("release/bundle").join(kind), kind)?;
    }
    Ok(())
}

fn say_sizes(folder: &Path, kind: &str) -> Result {
    for entry in fs::read_dir(folder).map_err(Error::file(folder))? {
        let path = entry.map_err(Error::file(folder))?.path();
        if path.extension().is_some_and(|it| it == kind) {
            let bytes = fs::metadata(&path).map_err(Error::file(&path))?.len();
            println!("{}  {:.1} MiB", path.display(), mebibytes(bytes));
        }
    }
    Ok(())
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a size for people, with one digit after the point"
)]
fn mebibytes(bytes: u64) -> f64 {
    bytes as f64 / f64::from(1 << 20)
}
