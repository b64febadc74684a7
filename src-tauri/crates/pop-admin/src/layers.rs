//! The settings that a command looks at: a person's file, an organisation's bundle and the machine
//! policy, read and put together as the app does it.
//!
//! Each has the rights that it has in the app: what only machine policy may allow, a person's file
//! does not allow here either (rules C1, N5).

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use pop_core::bundle::Bundle;
use pop_core::settings::{self, FileFault, Layer, Settings};

use crate::bundle::{File, POLICY, refuse, tried};
use crate::fault::Fault;

/// The files.
#[derive(Args)]
pub(crate) struct Layers {
    /// A person's settings file.
    #[arg(long, value_name = "FILE")]
    settings: Option<PathBuf>,
    /// An organisation's bundle, signed or not, as if it were in force.
    #[arg(long, value_name = "FILE")]
    bundle: Option<PathBuf>,
    /// The machine policy; without it this computer's counts, if there is one.
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
}

/// What is in force.
pub(crate) struct InForce {
    pub(crate) settings: Settings,
    /// Dotted names of what machine policy or the bundle has set.
    pub(crate) locked: Vec<String>,
    /// Those of them that the bundle has set.
    pub(crate) by_bundle: Vec<String>,
    pub(crate) bundle: Option<Bundle>,
}

impl Layers {
    /// Reads them all; what is wrong is said, one on each line.
    pub(crate) fn read(&self, out: &mut impl Write) -> Result<InForce, Fault> {
        let bundle = match &self.bundle {
            None => None,
            Some(path) => {
                let text = File::read(path)?.text;
                match tried(path, &text) {
                    Ok(bundle) => Some(bundle),
                    Err(faults) => return refuse(path, &faults, false, out),
                }
            }
        };
        let user = self.settings.as_deref().map(text_of).transpose()?;
        let policy = match &self.policy {
            Some(path) => Some(text_of(path)?),
            None => of_this_computer()?,
        };
        let loaded = settings::load_over(
            user.as_ref().map(as_layer),
            bundle.as_ref(),
            policy.as_ref().map(as_layer),
        );
        match loaded {
            Ok(loaded) => Ok(InForce {
                settings: loaded.settings,
                locked: loaded.locked,
                by_bundle: loaded.by_bundle,
                bundle,
            }),
            Err(faults) => {
                faults.iter().try_for_each(|fault| tell(fault, out))?;
                let count = faults.len();
                Err(Fault::Settings { count })
            }
        }
    }
}

/// A file's name and text.
fn text_of(path: &Path) -> Result<(String, String), Fault> {
    let text = fs::read_to_string(path).map_err(|source| Fault::File {
        path: path.to_owned(),
        source,
    })?;
    Ok((path.display().to_string(), text))
}

fn as_layer(file: &(String, String)) -> Layer<'_> {
    Layer {
        file: &file.0,
        text: &file.1,
    }
}

/// The machine policy of this computer, if there is one.
fn of_this_computer() -> Result<Option<(String, String)>, Fault> {
    match text_of(Path::new(POLICY)) {
        Ok(file) => Ok(Some(file)),
        Err(Fault::File { source, .. }) if source.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(fault) => Err(fault),
    }
}

fn tell(fault: &FileFault, out: &mut impl Write) -> io::Result<()> {
    let FileFault {
        file,
        line,
        key,
        found,
        expected,
    } = fault;
    writeln!(
        out,
        "{file}:{line}: {key}: found {found}, expected {expected}"
    )
}
