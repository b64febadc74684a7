//! `screenpop-admin check`: everything that is wrong with a bundle, at once.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use crate::bundle::{File, refuse, tried};
use crate::fault::Fault;

/// Checks bundles as the app does before it takes one; says every mistake with its place.
#[derive(Args)]
pub(crate) struct Check {
    /// The bundles, signed or not.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// One line of JSON for each file, for other programs.
    #[arg(long)]
    json: bool,
}

impl Check {
    pub(crate) fn run(&self, out: &mut impl Write) -> Result<(), Fault> {
        let mut wrong = 0;
        for path in &self.files {
            let file = File::read(path)?;
            match tried(path, &file.text) {
                Ok(_) if self.json => {
                    writeln!(out, "{}", json!({ "file": path, "faults": [] }))?;
                }
                Ok(bundle) => {
                    let (tenant, version) = (&bundle.manifest.tenant, bundle.manifest.version);
                    let path = path.display();
                    writeln!(out, "{path}: right; version {version} for {tenant}")?;
                }
                Err(faults) => {
                    wrong += faults.len();
                    // All files are told before the command ends.
                    match refuse::<()>(path, &faults, self.json, out) {
                        Err(Fault::BundleContent { .. }) | Ok(()) => {}
                        Err(other) => return Err(other),
                    }
                }
            }
        }
        match wrong {
            0 => Ok(()),
            count => Err(Fault::BundleContent { count }),
        }
    }
}
