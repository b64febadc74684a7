//! `screenpop-admin new`: a bundle to begin with, and the schema that helps an editor.

use std::io::Write;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use pop_core::bundle::schema;

use crate::bundle::{now, write};
use crate::fault::Fault;

/// The schema's file, beside the bundle.
const SCHEMA: &str = "bundle.schema.json";

/// How long a new bundle holds: it is renewed once a year, with time to spare.
const HOLDS: Duration = Duration::from_hours(365 * 24);

/// Writes a commented bundle to begin with, and beside it the schema that gives editors completion
/// and errors while typing.
#[derive(Args)]
pub(crate) struct New {
    /// The bundle's file; an existing one is left alone.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Whose bundle it is: small letters, digits and `-`.
    #[arg(long, default_value = "my-organisation", value_parser = tenant)]
    tenant: String,
}

impl New {
    pub(crate) fn run(&self, out: &mut impl Write) -> Result<(), Fault> {
        let path = &self.file;
        if path.exists() {
            return Err(Fault::Exists(path.clone()));
        }
        let ends = now().after(HOLDS).rfc3339();
        let day = ends.split('T').next().unwrap_or_default();
        let text = include_str!("new.toml")
            .replace("%TENANT%", &self.tenant)
            .replace("%EXPIRES%", &format!("{day}T00:00:00Z"));
        write(path, &text)?;
        let beside = path.with_file_name(SCHEMA);
        let schema = serde_json::to_string_pretty(&schema()).map_err(std::io::Error::other)?;
        write(&beside, &(schema + "\n"))?;
        writeln!(out, "{}: a bundle to begin with", path.display())?;
        writeln!(
            out,
            "{}: what may stand in it, for editors",
            beside.display()
        )?;
        Ok(())
    }
}

fn tenant(text: &str) -> Result<String, &'static str> {
    let plain = |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '-';
    let right =
        !text.is_empty() && text.len() <= 64 && !text.starts_with('-') && text.chars().all(plain);
    if right {
        Ok(text.to_owned())
    } else {
        Err("expected small letters, digits and `-`")
    }
}
