//! `screenpop-admin audit`: what was done on this computer, checked and written out.
//!
//! The running app is not disturbed: its file is read, never written. Whom the lines tell of is
//! sealed, and the keychain with the key belongs to the app alone: here the lines tell of nobody,
//! and their chain is checked all the same. The app itself writes them out with everything
//! (`Engine::audit`).

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use pop_store::{AuditFile, Chain, KeptAudit};

use crate::fault::Fault;

/// Lines that are read at once.
const PAGE: usize = 1_000;

/// Checks and writes out what was done on this computer.
#[derive(Args)]
pub(crate) struct Audit {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Export(Export),
}

/// Writes out every line: what was done, when, and how it ended; to whom is sealed.
#[derive(Args)]
struct Export {
    /// The profile's data folder, in which `store.db` lies.
    #[arg(long, value_name = "FOLDER")]
    data: PathBuf,
    /// One JSON object per line, for other programs.
    #[arg(long)]
    json: bool,
    /// Checks the chain of hashes; a broken one is an error.
    #[arg(long)]
    verify: bool,
    /// Only lines after this number, to go on where an earlier export ended.
    #[arg(long, default_value_t = 0, value_name = "NUMBER")]
    after: i64,
}

impl Audit {
    pub(crate) fn run(self, out: &mut impl Write) -> Result<(), Fault> {
        match self.command {
            Command::Export(export) => export.run(out),
        }
    }
}

impl Export {
    fn run(self, out: &mut impl Write) -> Result<(), Fault> {
        let fault = |source| Fault::Audit {
            path: self.data.clone(),
            source,
        };
        let file = AuditFile::open(&self.data).map_err(fault)?;
        let chain = self
            .verify
            .then(|| file.verify().map_err(fault))
            .transpose()?;
        let mut after = self.after;
        loop {
            let lines = file.lines(None, after, PAGE).map_err(fault)?;
            let Some(last) = lines.last() else { break };
            after = last.number;
            for line in &lines {
                if self.json {
                    writeln!(out, "{}", line.json())?;
                } else {
                    writeln!(out, "{}", text_of(line))?;
                }
            }
        }
        match chain {
            Some(Chain::Broken(number)) => Err(Fault::AuditBroken(number)),
            Some(Chain::Whole(count)) if !self.json => {
                writeln!(out, "{count} lines, none changed and none missing")?;
                Ok(())
            }
            Some(Chain::Whole(_)) | None => Ok(()),
        }
    }
}

fn text_of(line: &KeptAudit) -> String {
    format!(
        "{} {} {} {} {}",
        line.number,
        line.at.rfc3339(),
        line.action.word(),
        line.outcome.word(),
        line.code.as_deref().unwrap_or("-"),
    )
}
