//! `screenpop-admin verify`: whether a desktop would take a signed bundle, and why not.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use pop_core::bundle::{Expiry, Taker, Trusted};

use crate::bundle::{File, described, now, refuse, tried, trusted};
use crate::fault::Fault;

/// Checks the signatures, the times and the content of a signed bundle, as a desktop does.
#[derive(Args)]
pub(crate) struct Verify {
    /// The signed bundle.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// A key that is trusted, or its fingerprint; more than once for several.
    #[arg(long, required = true, value_name = "KEY", value_parser = trusted)]
    key: Vec<Trusted>,
    /// The highest version that the desktop has taken.
    #[arg(long, default_value_t = 0, value_name = "VERSION")]
    highest: u32,
    /// One line of JSON, for other programs.
    #[arg(long)]
    json: bool,
}

impl Verify {
    pub(crate) fn run(&self, out: &mut impl Write) -> Result<(), Fault> {
        let path = &self.file;
        let refused = |refusal| Fault::Bundle {
            path: path.clone(),
            refusal,
        };
        let file = File::read(path)?;
        let signed = file.signed.ok_or_else(|| Fault::NotSigned(path.clone()))?;
        let text = signed.trusted(&self.key).map_err(refused)?;
        let bundle = match tried(path, text) {
            Ok(bundle) => bundle,
            Err(faults) => return refuse(path, &faults, self.json, out),
        };
        let manifest = &bundle.manifest;
        manifest.proven(signed.keys()).map_err(refused)?;
        let taker = Taker {
            now: now(),
            app: env!("CARGO_PKG_VERSION"),
            tenant: None,
            highest: self.highest,
        };
        manifest.acceptable(&taker).map_err(refused)?;
        if self.json {
            return Ok(writeln!(
                out,
                "{}",
                described(path, manifest, signed.keys())
            )?);
        }
        let (tenant, version, ring) = (&manifest.tenant, manifest.version, manifest.ring.percent());
        writeln!(
            out,
            "Version {version} for {tenant}, for {ring} % of the people"
        )?;
        for key in signed.keys() {
            let whose = if self.key.iter().any(|trusted| trusted.is(key)) {
                "trusted"
            } else {
                "not among the keys given"
            };
            writeln!(out, "Signed by {}, {whose}", key.fingerprint())?;
        }
        write!(out, "Holds until {}", manifest.expires)?;
        match manifest.expiry(taker.now) {
            Expiry::Soon(days) => writeln!(out, ", in {days} days: renew it")?,
            Expiry::Far | Expiry::Over(_) | Expiry::Ended => writeln!(out)?,
        }
        Ok(())
    }
}
