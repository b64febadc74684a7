//! `screenpop-admin approve`: a second admin's word for a rehearsal.
//!
//! `publish` can demand it. What is signed are the digests of the report and of the bundle's text,
//! so it holds for exactly these two.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use pop_core::bundle::{SignOff, digest};
use serde_json::{Value, json};

use crate::bundle::{File, keys, now, write};
use crate::fault::Fault;

/// Signs a rehearsal's report for its bundle, after a second person has read it.
#[derive(Args)]
pub(crate) struct Approve {
    /// The report that `rehearse --report` wrote.
    #[arg(value_name = "REPORT")]
    report: PathBuf,
    /// The bundle that was rehearsed, signed or not.
    #[arg(long, value_name = "FILE")]
    bundle: PathBuf,
    /// The file with the second admin's secret key.
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// The sign-off.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// One line of JSON, for other programs.
    #[arg(long)]
    json: bool,
}

impl Approve {
    pub(crate) fn run(&self, out: &mut impl Write) -> Result<(), Fault> {
        let report = fs::read(&self.report).map_err(|source| Fault::File {
            path: self.report.clone(),
            source,
        })?;
        let bundle = File::read(&self.bundle)?.text;
        let told: Value = serde_json::from_slice(&report).unwrap_or_default();
        let about = told.pointer("/new/digest").and_then(Value::as_str);
        if about != Some(&digest(bundle.as_bytes())) {
            return Err(Fault::OtherReport {
                report: self.report.clone(),
                bundle: self.bundle.clone(),
            });
        }
        let key = keys::read(&self.key)?;
        let sign_off = SignOff::sign(&report, &bundle, &now().rfc3339(), &key);
        let text = serde_json::to_string_pretty(&sign_off).map_err(std::io::Error::other)?;
        write(&self.out, &(text + "\n"))?;
        let fingerprint = key.public().fingerprint();
        let changes = told.get("changes").and_then(Value::as_array);
        let changes = changes.map_or(0, Vec::len);
        if self.json {
            let by = fingerprint.to_string();
            let told =
                json!({ "file": self.out, "by": by, "bundle": self.bundle, "changes": changes });
            return Ok(writeln!(out, "{told}")?);
        }
        writeln!(
            out,
            "{}: {fingerprint} approves {} with {changes} changes",
            self.out.display(),
            self.bundle.display()
        )?;
        Ok(())
    }
}
