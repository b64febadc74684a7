//! `screenpop-admin enrol`: writes into the machine policy where bundles come from and by whose key
//! they are known.
//!
//! What lies there is looked at first, so that a wrong address or key shows here and not on the
//! desktops. The policy's other settings and comments stay as they are.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use pop_core::bundle::{Bundle, MOST_SIGNED, Signed, Trusted};
use pop_core::settings;
use serde_json::json;

use crate::bundle::{POLICY, described, write};
use crate::fault::Fault;
use crate::place::Place;

/// Takes bundles from an address or a share, if this key has signed them: writes it into the
/// machine policy, for everybody on this computer.
#[derive(Args)]
pub(crate) struct Enrol {
    /// An https address, or the whole path of a file on a share.
    #[arg(value_name = "FROM")]
    from: String,
    /// The key, or its fingerprint; more than one during a change of keys.
    #[arg(required = true, value_name = "KEY", value_parser = trusted)]
    keys: Vec<String>,
    /// The policy's file.
    #[arg(long, default_value = POLICY, value_name = "FILE")]
    policy: PathBuf,
    /// Does not look whether there is a bundle that this key has signed.
    #[arg(long)]
    offline: bool,
    /// One line of JSON, for other programs.
    #[arg(long)]
    json: bool,
}

impl Enrol {
    pub(crate) async fn run(&self, out: &mut impl Write) -> Result<(), Fault> {
        let looked = if self.offline {
            None
        } else {
            Some(self.look().await?)
        };
        let text = match fs::read_to_string(&self.policy) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            Err(source) => return Err(self.unreadable(source)),
        };
        let text =
            settings::enrol(&text, &self.from, &self.keys).map_err(|source| Fault::Enrol {
                path: self.policy.clone(),
                source,
            })?;
        self.write(&text)?;
        let path = &self.policy;
        if self.json {
            let bundle = looked.map(|(bundle, signed)| {
                described(Path::new(&self.from), &bundle.manifest, signed.keys())
            });
            let told =
                json!({ "policy": path, "from": self.from, "keys": self.keys, "bundle": bundle });
            return Ok(writeln!(out, "{told}")?);
        }
        writeln!(out, "{}: takes bundles from {}", path.display(), self.from)?;
        if let Some((bundle, _)) = looked {
            let manifest = &bundle.manifest;
            let (version, tenant) = (manifest.version, &manifest.tenant);
            writeln!(
                out,
                "There is version {version} for {tenant}, signed by a key that is trusted"
            )?;
        }
        Ok(())
    }

    async fn look(&self) -> Result<(Bundle, Signed), Fault> {
        let refused = |refusal| Fault::Bundle {
            path: PathBuf::from(&self.from),
            refusal,
        };
        let bytes = self.fetch().await?;
        let signed = Signed::read(&bytes).map_err(refused)?;
        let keys = self.keys.iter().filter_map(|key| Trusted::parse(key).ok());
        let text = signed.trusted(&keys.collect::<Vec<_>>()).map_err(refused)?;
        match Bundle::read(&self.from, text) {
            Ok(bundle) => Ok((bundle, signed)),
            Err(faults) => Err(Fault::BundleContent {
                count: faults.len(),
            }),
        }
    }

    async fn fetch(&self) -> Result<Vec<u8>, Fault> {
        let place = Place::of(&self.from, None);
        let there = place.read(MOST_SIGNED).await?;
        let there = there.ok_or_else(|| place.unreached("nothing is there".to_owned()))?;
        Ok(there.bytes)
    }

    fn write(&self, text: &str) -> Result<(), Fault> {
        if let Some(folder) = self.policy.parent() {
            fs::create_dir_all(folder).map_err(|source| Fault::NotWritten {
                path: folder.to_owned(),
                source,
            })?;
        }
        write(&self.policy, text)
    }

    fn unreadable(&self, source: io::Error) -> Fault {
        Fault::File {
            path: self.policy.clone(),
            source,
        }
    }
}

fn trusted(text: &str) -> Result<String, String> {
    let key = Trusted::parse(text).map_err(|fault| fault.to_string())?;
    Ok(match key {
        Trusted::Key(key) => key.to_string(),
        Trusted::Fingerprint(fingerprint) => fingerprint.to_string(),
    })
}
