//! `cargo xtask icons`: every size of the icon, from the drawings in `icons/`.
//!
//! Tauri's own tool draws and packs them. Its output is committed, because a build of the shell
//! needs it; this command is for whoever changes a drawing.

use std::{fs, path::Path, process::Command};

use crate::{
    error::{Error, Result},
    sh, tools,
    workspace::Workspace,
};

/// What the bundles of the three systems take; the tool makes more than a desktop needs.
const APP: &[&str] = &[
    "32x32.png",
    "128x128.png",
    "128x128@2x.png",
    "icon.png",
    "icon.icns",
    "icon.ico",
];

/// The states that the tray can show, one drawing each.
const TRAY: &[&str] = &["ready", "live", "attention", "problem"];

/// (name, ink): panels are light or dark, and the system does not always recolour.
const INKS: &[(&str, &str)] = &[("on-light", "#000"), ("on-dark", "#fff")];

/// The drawings' grid of 16 three times: sharp at 16, 24 and 48 pixels.
const TRAY_SIZE: &str = "48";

pub(crate) fn run() -> Result {
    let workspace = Workspace::find()?;
    let icons = workspace.root().join("icons");
    let work = workspace.target("icons");
    fs::create_dir_all(&work).map_err(Error::file(&work))?;

    draw(&workspace, &icons.join("screenpop.svg"), &work, &[])?;
    for name in APP {
        copy(&work.join(name), &icons.join(name))?;
    }
    for state in TRAY {
        let drawing = icons.join("tray").join(format!("{state}.svg"));
        let black = fs::read_to_string(&drawing).map_err(Error::file(&drawing))?;
        for (place, ink) in INKS {
            let inked = work.join(format!("{state}-{place}.svg"));
            fs::write(&inked, black.replace("#000", ink)).map_err(Error::file(&inked))?;
            draw(&workspace, &inked, &work, &["--png", TRAY_SIZE])?;
            let drawn = work.join(format!("{TRAY_SIZE}x{TRAY_SIZE}.png"));
            copy(
                &drawn,
                &icons.join("tray").join(format!("{state}-{place}.png")),
            )?;
        }
    }
    println!("drawn: {}", icons.display());
    Ok(())
}

fn draw(workspace: &Workspace, drawing: &Path, into: &Path, options: &[&str]) -> Result {
    let mut tool = Command::new(tools::path(workspace, tools::TAURI)?);
    tool.args(["tauri", "icon"]).arg(drawing);
    tool.arg("--output").arg(into);
    sh::run(tool.args(options).current_dir(workspace.root()))
}

fn copy(from: &Path, to: &Path) -> Result {
    fs::copy(from, to).map(drop).map_err(Error::file(to))
}
