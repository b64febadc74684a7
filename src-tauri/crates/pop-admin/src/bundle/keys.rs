//! `screenpop-admin keys`: makes the key that signs, and says what names a key to people.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use pop_core::bundle::{PublicKey, SecretKey};
use pop_core::secret::Secret;
use serde_json::json;
use zeroize::Zeroizing;

use crate::bundle::File;
use crate::fault::Fault;

/// Makes and names the keys that bundles are signed with.
#[derive(Args)]
pub(crate) struct Keys {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Makes a key, in a file that only its owner can read; an existing file is left alone.
    New {
        /// The file.
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// One line of JSON, for other programs.
        #[arg(long)]
        json: bool,
    },
    /// Says the key and its fingerprint: of a file with a secret key, or of all who signed a
    /// bundle.
    Show {
        /// The file.
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// One line of JSON for each key, for other programs.
        #[arg(long)]
        json: bool,
    },
}

impl Keys {
    pub(crate) fn run(&self, out: &mut impl Write) -> Result<(), Fault> {
        match &self.command {
            Command::New { file, json } => {
                let key = make(file)?;
                tell(&key.public(), *json, out)
            }
            Command::Show { file, json } => {
                let keys = match File::read(file)?.signed {
                    Some(signed) => signed.keys().to_vec(),
                    None => vec![read(file)?.public()],
                };
                keys.iter().try_for_each(|key| tell(key, *json, out))
            }
        }
    }
}

/// Reads a secret key from a file that nobody else may read (rule K4).
pub(crate) fn read(path: &Path) -> Result<SecretKey, Fault> {
    let file = |source| Fault::File {
        path: path.to_owned(),
        source,
    };
    if is_open_to_others(path).map_err(file)? {
        return Err(Fault::KeyIsOpen(path.to_owned()));
    }
    let text = Zeroizing::new(std::fs::read_to_string(path).map_err(file)?);
    let line = text
        .lines()
        .map(str::trim)
        .find(|line| !line.is_empty() && !line.starts_with('#'));
    let secret = Secret::new(line.unwrap_or_default().to_owned());
    SecretKey::parse(&secret).map_err(|source| Fault::Key {
        path: path.to_owned(),
        source,
    })
}

fn make(path: &Path) -> Result<SecretKey, Fault> {
    let mut seed = Zeroizing::new([0_u8; 32]);
    getrandom::fill(&mut *seed).map_err(|_| Fault::NoRandomness)?;
    let key = SecretKey::of_random(&seed);
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    owner_only(&mut options);
    let written = options.open(path).and_then(|mut file| {
        let fingerprint = key.public().fingerprint();
        writeln!(
            file,
            "# Signs Screenpop's bundles. Keep it secret. Fingerprint {fingerprint}"
        )?;
        let secret = key.written();
        let secret = secret.expose("the key goes to its owner's file and nowhere else");
        writeln!(file, "{secret}")?;
        file.sync_all()
    });
    written.map_err(|source| Fault::NotWritten {
        path: path.to_owned(),
        source,
    })?;
    Ok(key)
}

fn tell(key: &PublicKey, json: bool, out: &mut impl Write) -> Result<(), Fault> {
    let fingerprint = key.fingerprint();
    if json {
        let told = json!({ "key": key.to_string(), "fingerprint": fingerprint.to_string() });
        return Ok(writeln!(out, "{told}")?);
    }
    writeln!(out, "Key          {key}")?;
    Ok(writeln!(out, "Fingerprint  {fingerprint}")?)
}

#[cfg(unix)]
fn owner_only(options: &mut OpenOptions) {
    use std::os::unix::fs::OpenOptionsExt as _;
    options.mode(0o600);
}

/// On Windows a file in a person's own folders is theirs by inheritance.
#[cfg(not(unix))]
fn owner_only(_: &mut OpenOptions) {}

/// Whether others than its owner may read a file.
#[cfg(unix)]
pub(crate) fn is_open_to_others(path: &Path) -> std::io::Result<bool> {
    use std::os::unix::fs::PermissionsExt as _;
    Ok(std::fs::metadata(path)?.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
pub(crate) fn is_open_to_others(_: &Path) -> std::io::Result<bool> {
    Ok(false)
}
