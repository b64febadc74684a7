//! `cargo xtask package`: what a Linux user installs, `.deb` and `.rpm`, of the app with its admin's
//! tool and of the gateway.
//!
//! What goes where stands in the manifests of the two packages (`package.metadata.deb` and
//! `.generate-rpm`), beside the recipes in `src-tauri/packaging`. Here everything is built, what is
//! made from the code is laid out, and what came of it is looked at as a user would. The others
//! are Tauri's: `packaging/README.md`.

mod alone;
mod installed;
mod made;

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    error::{Error, Result},
    setup,
    setup::Work,
    sh, tools, ui,
    workspace::Workspace,
};

/// A package, and the folder of its manifest.
#[derive(Debug, Clone, Copy)]
struct Package {
    name: &'static str,
    folder: &'static str,
}

const PACKAGES: [Package; 2] = [
    Package {
        name: "screenpop",
        folder: "src-tauri",
    },
    Package {
        name: "pop-gateway",
        folder: "src-tauri/crates/pop-gateway",
    },
];

pub(crate) fn run() -> Result {
    let workspace = Workspace::find()?;
    setup::system(&[Work::Shell, Work::Desktop, Work::Packages])?;
    ui::build(&workspace)?;
    let mut build = workspace.cargo(&["build", "--release", "--locked"]);
    sh::run(build.args(["-p", "screenpop", "-p", "pop-admin"]))?;
    let gateway = alone::build(&workspace)?;
    made::lay_out(&workspace, &gateway)?;
    let folder = workspace.target("packages");
    empty(&folder)?;
    let (deb, rpm) = (
        tools::path(&workspace, tools::DEB)?,
        tools::path(&workspace, tools::RPM)?,
    );
    for package in PACKAGES {
        let mut pack = Command::new(&deb);
        pack.args(["--no-build", "--no-strip", "--package", package.name]);
        sh::run(
            pack.arg("--output")
                .arg(&folder)
                .current_dir(workspace.root()),
        )?;
        let mut pack = Command::new(&rpm);
        pack.args(["--package", package.folder, "--auto-req", "builtin"]);
        pack.arg("--target-dir").arg(workspace.target(""));
        sh::run(
            pack.arg("--output")
                .arg(&folder)
                .current_dir(workspace.root()),
        )?;
    }
    let packages = listed(&folder)?;
    for path in &packages {
        let bytes = fs::metadata(path).map_err(Error::file(path))?.len();
        println!("{}  {:.1} MiB", path.display(), mebibytes(bytes));
    }
    installed::check(&workspace, &packages)
}

fn empty(folder: &Path) -> Result {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(Error::file(folder))?;
    }
    fs::create_dir_all(folder).map_err(Error::file(folder))
}

fn listed(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(Error::file(folder))? {
        paths.push(entry.map_err(Error::file(folder))?.path());
    }
    paths.sort();
    Ok(paths)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a size for people, with one digit after the point"
)]
fn mebibytes(bytes: u64) -> f64 {
    bytes as f64 / f64::from(1 << 20)
}
