//! `screenpop-admin sign`: a checked bundle becomes the one file that is distributed.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use pop_core::bundle::{Bundle, Refusal, SecretKey, Signed, Taker};

use crate::bundle::{File, described, keys, now, refuse, tried, write};
use crate::fault::Fault;

/// Signs a bundle, if nothing is wrong with it.
#[derive(Args)]
pub(crate) struct Sign {
    /// The bundle, as it was written.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The file with the secret key; more than once for a change of keys.
    #[arg(long, required = true, value_name = "FILE")]
    key: Vec<PathBuf>,
    /// The signed file. One that lies there is replaced only by a higher version.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// One line of JSON, for other programs.
    #[arg(long)]
    json: bool,
}

impl Sign {
    pub(crate) fn run(&self, out: &mut impl Write) -> Result<(), Fault> {
        let path = &self.file;
        let file = File::read(path)?;
        if file.signed.is_some() {
            return Err(Fault::AlreadySigned(path.clone()));
        }
        let bundle = match tried(path, &file.text) {
            Ok(bundle) => bundle,
            Err(faults) => return refuse(path, &faults, self.json, out),
        };
        let keys = self.key.iter().map(|path| keys::read(path));
        let keys: Vec<SecretKey> = keys.collect::<Result<_, _>>()?;
        let refused = |refusal| Fault::Bundle {
            path: path.clone(),
            refusal,
        };
        let text = Signed::sign(&file.text, &keys);
        let signed = Signed::read(text.as_bytes()).map_err(refused)?;
        bundle.manifest.proven(signed.keys()).map_err(refused)?;
        self.holds(&bundle).map_err(refused)?;
        write(&self.out, &text)?;
        if self.json {
            let told = described(&self.out, &bundle.manifest, signed.keys());
            return Ok(writeln!(out, "{told}")?);
        }
        let (tenant, version) = (&bundle.manifest.tenant, bundle.manifest.version);
        let to = self.out.display();
        writeln!(out, "{to}: version {version} for {tenant}")?;
        for key in signed.keys() {
            writeln!(out, "Signed by {}", key.fingerprint())?;
        }
        Ok(())
    }

    /// Whether a desktop could ever take it after what lies in its place; one for later may be
    /// signed today.
    fn holds(&self, bundle: &Bundle) -> Result<(), Refusal> {
        let begins = bundle.manifest.begins();
        bundle.manifest.acceptable(&Taker {
            now: begins.map_or_else(now, |begins| begins.max(now())),
            app: bundle.manifest.minimum_app.as_deref().unwrap_or("0.0.0"),
            tenant: None,
            highest: next(&self.out),
        })
    }
}

/// The lowest version that may replace what lies there.
fn next(path: &Path) -> u32 {
    let there = File::read(path).ok();
    let there = there.and_then(|file| Bundle::read("", &file.text).ok());
    there.map_or(0, |bundle| bundle.manifest.version.saturating_add(1))
}
