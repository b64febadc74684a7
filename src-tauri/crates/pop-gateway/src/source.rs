//! One platform: the path it calls, how it signs, and the mapping that reads it.

use std::fs;
use std::path::Path;

use pop_core::file::section::{Section, Spot};
use pop_core::file::tree::join;
use pop_core::secret::Secret;
use pop_source::mapping::{BUILT_IN, Mapping};
use pop_source::signature::{Sender, SenderKeys, VerifyKey};
use pop_source::verify::{Scheme, Verifier};

use crate::directory::is_opaque;
use crate::pace::Pace;
use crate::secrets::Secrets;

/// How often a source may deliver when its settings do not say: more than one computer takes.
const PER_SECOND: usize = 10_000;

/// A platform that calls us.
pub(crate) struct Source {
    /// Its name in the settings, in counters and in the directory.
    pub(crate) name: String,
    /// The path of its webhooks.
    pub(crate) path: String,
    pub(crate) mapping: Mapping,
    pub(crate) verifier: Verifier,
    /// The secrets once more where a handshake is answered with them (Zoom).
    pub(crate) handshake: Option<Secret>,
    /// Who may ask by `OPTIONS` whether it may deliver here.
    pub(crate) origins: Vec<String>,
    /// How often it may deliver.
    pub(crate) pace: Pace,
}

/// Reads `[source.<name>]`; what is wrong is reported.
pub(crate) fn sources(root: &Section<'_>, folder: &Path, secrets: &Secrets) -> Vec<Source> {
    let Some(table) = root.section("source") else {
        root.missing("source", "a table [source.<name>] for each platform");
        return Vec::new();
    };
    let mut sources: Vec<Source> = Vec::new();
    for (name, section) in table.sections() {
        if !is_opaque(name) {
            let expected = "a name of 1 to 64 of A-Z a-z 0-9 _ -, as it stands in counters";
            let found = format!("{name:?}");
            section
                .faults
                .add(section.place, &*section.path, found, expected);
        }
        let source = source(name, &section, folder, secrets);
        if let Some(source) = source {
            if sources.iter().any(|other| other.path == source.path) {
                let place = section
                    .node("path")
                    .map_or(section.place, |node| node.place);
                let path = join(&section.path, "path");
                let expected = "a path that no other source has";
                section.faults.add(place, path, "a path twice", expected);
            }
            sources.push(source);
        }
        section.finish();
    }
    table.finish();
    sources
}

fn source(name: &str, section: &Section<'_>, folder: &Path, secrets: &Secrets) -> Option<Source> {
    let path = section.need_text("path").and_then(|spot| {
        let fits = spot.text.starts_with('/')
            && spot.text.len() > 1
            && !spot.text.starts_with("/v1/")
            && spot.text.bytes().all(|byte| {
                byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'_' | b'.')
            });
        if !fits {
            section.refuse(
                spot,
                "path",
                "a path such as /glia, of A-Z a-z 0-9 - _ . / and not below /v1/",
            );
        }
        fits.then(|| spot.text.to_owned())
    });
    let mapping = mapping(section, folder);
    let verifier = verifier(section, mapping.as_ref(), secrets);
    let origins = section.texts("origins").unwrap_or_default();
    let rate = section.count("per_second").unwrap_or(PER_SECOND);
    let (verifier, handshake) = verifier?;
    Some(Source {
        name: name.to_owned(),
        path: path?,
        mapping: mapping?,
        verifier,
        handshake,
        origins: origins.iter().map(|spot| spot.text.to_owned()).collect(),
        pace: Pace::per_second(u32::try_from(rate).unwrap_or(u32::MAX)),
    })
}

/// `mapping = "glia"` is a file that comes with the program; with a slash or `.toml`, one's own.
fn mapping(section: &Section<'_>, folder: &Path) -> Option<Mapping> {
    let spot = section.need_text("mapping")?;
    let own = spot.text.contains('/')
        || Path::new(spot.text)
            .extension()
            .is_some_and(|ending| ending == "toml");
    let loaded = if own {
        let path = folder.join(spot.text);
        let Ok(text) = fs::read_to_string(&path) else {
            section.refuse(spot, "mapping", "a file that can be read as text");
            return None;
        };
        Mapping::load(spot.text, &text)
    } else if let Some(loaded) = Mapping::built_in(spot.text) {
        loaded
    } else {
        let known: Vec<_> = BUILT_IN.iter().map(|(name, _)| *name).collect();
        let expected = format!(
            "a file of your own (*.toml), or one of {}",
            known.join(", ")
        );
        section.refuse(spot, "mapping", &expected);
        return None;
    };
    let mut mapping = match loaded {
        Ok(mapping) => mapping,
        Err(faults) => {
            for fault in faults {
                let path = join(&section.path, "mapping");
                let expected = "a mapping without faults (screenpop-admin mapping check)";
                section
                    .faults
                    .add(spot.place, path, fault.to_string(), expected);
            }
            return None;
        }
    };
    if let Some(settings) = section.section("setting") {
        for (name, node) in settings.members() {
            if let Err(fault) = mapping.set(name, node.json()) {
                settings.fault(node, name, &fault.to_string());
            }
        }
        settings.finish();
    }
    Some(mapping)
}

/// How the source signs, with its one secret, or two while one is being replaced.
fn verifier(
    section: &Section<'_>,
    mapping: Option<&Mapping>,
    secrets: &Secrets,
) -> Option<(Verifier, Option<Secret>)> {
    let scheme = scheme(section, mapping);
    let header = section.text("header");
    let names = section.texts("secrets").unwrap_or_else(|| {
        if !section.has("secrets") {
            section.missing("secrets", "a list of one or two names of secrets");
        }
        Vec::new()
    });
    let mut read = Vec::new();
    for name in &names {
        match secrets.read(name.text) {
            Ok(secret) => read.push(secret),
            Err(found) => refuse_secret(section, *name, found),
        }
    }
    let first = names.first()?;
    if read.len() != names.len() {
        return None;
    }
    let scheme = scheme?;
    let handshake = (scheme == Scheme::Zoom)
        .then(|| secrets.read(first.text).ok())
        .flatten();
    let made = match scheme {
        Scheme::Standard => standard(&section.path, read),
        Scheme::Zoom => Verifier::zoom(read).map_err(|fault| fault.to_string()),
        Scheme::Twilio => Verifier::twilio(read).map_err(|fault| fault.to_string()),
        Scheme::Zendesk => Verifier::zendesk(read).map_err(|fault| fault.to_string()),
        Scheme::Talkdesk => {
            let keys: Vec<_> = read
                .iter()
                .map(|key| key.expose("a public key, read into the verifier"))
                .collect();
            Verifier::talkdesk(&keys).map_err(|fault| fault.to_string())
        }
        Scheme::Header => {
            let Some(header) = header else {
                section.missing("header", "the name of the header field");
                return None;
            };
            Verifier::header(header.text, read).map_err(|fault| fault.to_string())
        }
    };
    match made {
        Ok(verifier) => Some((verifier, handshake)),
        Err(expected) => {
            let path = join(&section.path, "secrets");
            let found = "a secret that does not fit";
            section.faults.add(first.place, path, found, expected);
            None
        }
    }
}

/// The way of signing: one that the mapping names, or Standard Webhooks by something in between.
fn scheme(section: &Section<'_>, mapping: Option<&Mapping>) -> Option<Scheme> {
    let spot = section.need_text("verify")?;
    let mut fitting: Vec<Scheme> = mapping.map_or_else(
        || Scheme::ALL.into_iter().map(|(scheme, _)| scheme).collect(),
        |mapping| mapping.verify().to_vec(),
    );
    if !fitting.contains(&Scheme::Standard) {
        fitting.push(Scheme::Standard);
    }
    let scheme = Scheme::parse(spot.text).filter(|scheme| fitting.contains(scheme));
    if scheme.is_none() {
        let words: Vec<_> = fitting.into_iter().map(Scheme::word).collect();
        let expected = format!("a way in which this platform signs: {}", words.join(", "));
        section.refuse(spot, "verify", &expected);
    }
    scheme
}

fn standard(name: &str, secrets: Vec<Secret>) -> Result<Verifier, String> {
    let keys = secrets
        .iter()
        .map(VerifyKey::parse)
        .collect::<Result<Vec<_>, _>>();
    keys.and_then(|keys| SenderKeys::new(vec![Sender::new(name, keys)?]))
        .map(Verifier::standard)
        .map_err(|fault| fault.to_string())
}

/// A name of a secret is not repeated: somebody may have put the secret itself there.
pub(crate) fn refuse_secret(section: &Section<'_>, name: Spot<'_>, found: &str) {
    let expected =
        "the name of a systemd credential, or the path of a file only its owner can read";
    section
        .faults
        .add(name.place, join(&section.path, "secrets"), found, expected);
}
