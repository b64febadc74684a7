//! `screenpop-admin new`, `check`, `sign`, `verify`, `publish`, `diff`, `keys` and `enrol`: the one file
//! that an organisation distributes, from the first line to the desktop that takes it.
//!
//! What a bundle may say is `pop-core`'s and `pop-crm`'s, read as the app reads it; every command
//! stands in a module of its own.

pub(crate) mod check;
pub(crate) mod diff;
pub(crate) mod enrol;
pub(crate) mod keys;
pub(crate) mod new;
pub(crate) mod publish;
pub(crate) mod sign;
pub(crate) mod verify;

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::time::SystemTime;

use pop_core::bundle::{Bundle, MOST_SIGNED, Manifest, PublicKey, Signed, Trusted};
use pop_core::file::fault::LoadFault;
use pop_core::moment::Moment;
use pop_crm::DryCrms;
use serde_json::{Value, json};

use crate::fault::Fault;

/// Where the machine policy lies.
pub(crate) const POLICY: &str = if cfg!(windows) {
    r"C:\Program Files\Screenpop\policy\settings.jsonc"
} else if cfg!(target_os = "macos") {
    "/Library/Application Support/Screenpop/settings.jsonc"
} else {
    "/etc/screenpop/settings.jsonc"
};

/// A bundle's file, signed or not.
pub(crate) struct File {
    /// Its text, without signatures.
    pub(crate) text: String,
    /// Who signed it; nobody where it is not signed yet.
    pub(crate) signed: Option<Signed>,
}

impl File {
    /// Reads a file; one that only looks signed is an error.
    pub(crate) fn read(path: &Path) -> Result<Self, Fault> {
        let bytes = bytes(path)?;
        if !bytes.starts_with(b"screenpop-bundle") {
            let text = String::from_utf8(bytes);
            let text = text.map_err(|_| not_text(path))?;
            return Ok(Self { text, signed: None });
        }
        let signed = Signed::read(&bytes).map_err(|refusal| Fault::Bundle {
            path: path.to_owned(),
            refusal,
        })?;
        Ok(Self {
            text: signed.text_of_anybody().to_owned(),
            signed: Some(signed),
        })
    }
}

/// Reads a bundle and tries everything it says, as the app does before it takes one.
pub(crate) fn tried(path: &Path, text: &str) -> Result<Bundle, Vec<LoadFault>> {
    let bundle = Bundle::read(&path.display().to_string(), text)?;
    let (_, faults) = DryCrms::of(&bundle);
    if faults.is_empty() {
        Ok(bundle)
    } else {
        Err(faults)
    }
}

/// Says what is wrong, one on each line, or all of it as one line of JSON.
pub(crate) fn refuse<T>(
    path: &Path,
    faults: &[LoadFault],
    json: bool,
    out: &mut impl Write,
) -> Result<T, Fault> {
    if json {
        let list: Vec<Value> = faults.iter().map(told).collect();
        writeln!(out, "{}", json!({ "file": path, "faults": list }))?;
    } else {
        faults
            .iter()
            .try_for_each(|fault| writeln!(out, "{fault}"))?;
    }
    Err(Fault::BundleContent {
        count: faults.len(),
    })
}

/// A fault of a file, for programs.
pub(crate) fn told(fault: &LoadFault) -> Value {
    json!({
        "file": fault.file,
        "line": fault.line,
        "key": fault.key,
        "found": fault.found,
        "expected": fault.expected,
    })
}

/// What a bundle says of itself, for programs.
pub(crate) fn described(path: &Path, manifest: &Manifest, keys: &[PublicKey]) -> Value {
    let signers: Vec<String> = keys
        .iter()
        .map(|key| key.fingerprint().to_string())
        .collect();
    json!({
        "file": path,
        "tenant": manifest.tenant,
        "version": manifest.version,
        "not_before": manifest.not_before,
        "expires": manifest.expires,
        "ring": manifest.ring.percent(),
        "signed_by": signers,
    })
}

/// A key on the command line, or its fingerprint.
pub(crate) fn trusted(text: &str) -> Result<Trusted, String> {
    Trusted::parse(text).map_err(|fault| fault.to_string())
}

/// The time of this computer.
pub(crate) fn now() -> Moment {
    Moment::default().after(SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default())
}

/// Writes a file in one step, so that whoever fetches it never sees half of one.
pub(crate) fn write(path: &Path, text: &str) -> Result<(), Fault> {
    let written = |path: &Path| {
        let mut new = path.as_os_str().to_owned();
        new.push(".new");
        fs::write(&new, text)?;
        fs::File::open(&new)?.sync_all()?;
        fs::rename(&new, path)
    };
    written(path).map_err(|source| Fault::NotWritten {
        path: path.to_owned(),
        source,
    })
}

fn bytes(path: &Path) -> Result<Vec<u8>, Fault> {
    let read = || {
        let length = fs::metadata(path)?.len();
        if length > MOST_SIGNED as u64 {
            return Err(io::Error::other("it is longer than any bundle, 1 MiB"));
        }
        fs::read(path)
    };
    read().map_err(|source| Fault::File {
        path: path.to_owned(),
        source,
    })
}

fn not_text(path: &Path) -> Fault {
    Fault::File {
        path: path.to_owned(),
        source: io::Error::other("it is not UTF-8"),
    }
}
