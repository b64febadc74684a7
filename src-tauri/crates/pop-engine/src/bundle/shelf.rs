//! The bundles on disk: the one in force, the last good one, and what must never be forgotten.
//!
//! Each bundle is a file of its own, signed as it was fetched and verified again at every start.
//! Which of them counts stands in one small record that is replaced by one rename, so that a switch
//! has happened or has not (rule C6).

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use pop_core::bundle::{Bundle, MOST_SIGNED, PublicKey, Signed, Trusted};
use pop_core::moment::Moment;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// The record's file.
const RECORD: &str = "record.json";

/// What bundles end with.
const ENDING: &str = "bundle";

/// The folder of the bundles.
pub(crate) struct Shelf(PathBuf);

/// What is remembered from one start to the next.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Record {
    /// This desktop's place in the rings where nobody is known by name.
    pub(crate) person: String,
    /// Whose bundles are taken.
    pub(crate) tenant: Option<String>,
    /// The highest version that was ever taken.
    pub(crate) highest: u32,
    pub(crate) active: Option<Kept>,
    pub(crate) good: Option<Kept>,
    /// The bundles that changed the keys, the oldest first.
    pub(crate) proofs: Vec<Kept>,
    /// Versions that were taken back.
    pub(crate) blocked: Vec<u32>,
    pub(crate) etag: Option<String>,
    pub(crate) probation: Option<Probation>,
}

/// A bundle on the shelf.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Kept {
    pub(crate) file: String,
    pub(crate) version: u32,
    /// Since when it counts, RFC 3339.
    pub(crate) since: String,
}

/// A new bundle that has not proved itself yet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Probation {
    pub(crate) until: String,
    /// Whether the program is running: if so at a start, it has not ended by itself.
    pub(crate) running: bool,
}

impl Kept {
    pub(crate) fn since(&self) -> Moment {
        Moment::parse(&self.since).unwrap_or_default()
    }
}

/// A bundle that was verified.
pub(crate) struct Verified {
    pub(crate) bundle: Bundle,
    pub(crate) text: String,
    pub(crate) keys: Vec<PublicKey>,
}

impl Shelf {
    pub(crate) fn in_folder(data: &Path) -> Self {
        Self(data.join("bundle"))
    }

    /// What is remembered; one that cannot be read is none, and the versions in the vault still
    /// count.
    pub(crate) fn record(&self) -> Record {
        let text = fs::read(self.0.join(RECORD));
        let record = text
            .ok()
            .and_then(|text| serde_json::from_slice::<Record>(&text).ok());
        let mut record = record.unwrap_or_default();
        if record.person.is_empty() {
            record.person = uuid::Uuid::now_v7().simple().to_string();
        }
        record
    }

    /// Remembers; with it a switch has happened.
    pub(crate) fn remember(&self, record: &Record) -> io::Result<()> {
        let text = serde_json::to_vec_pretty(record)?;
        self.write(RECORD, &text)
    }

    /// Puts a bundle on the shelf, without switching to it.
    pub(crate) fn put(&self, bytes: &[u8], version: u32, since: Moment) -> io::Result<Kept> {
        let digest = Sha256::digest(bytes);
        let digest = digest.iter().take(8).map(|byte| format!("{byte:02x}"));
        let file = format!("{version}-{}.{ENDING}", digest.collect::<String>());
        if fs::read(self.0.join(&file)).is_ok_and(|known| known == bytes) {
            return Ok(kept(file, version, since));
        }
        self.write(&file, bytes)?;
        let path = self.0.join(&file);
        let mut permissions = fs::metadata(&path)?.permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&path, permissions)?;
        Ok(kept(file, version, since))
    }

    /// Reads a bundle back, if somebody who is trusted has signed it.
    pub(crate) fn verified(&self, kept: &Kept, trusted: &[Trusted]) -> Option<Verified> {
        // The record is the user's to write: only a plain name leads anywhere.
        let is_plain = Path::new(&kept.file)
            .file_name()
            .is_some_and(|it| it == &*kept.file);
        let path = self.0.join(&kept.file);
        let length = fs::metadata(&path).ok().filter(|_| is_plain)?.len();
        let bytes = fs::read(&path)
            .ok()
            .filter(|_| length <= MOST_SIGNED as u64)?;
        let signed = Signed::read(&bytes).ok()?;
        let text = signed.trusted(trusted).ok()?.to_owned();
        let bundle = Bundle::read(&path.display().to_string(), &text).ok()?;
        (bundle.manifest.version == kept.version).then(|| Verified {
            bundle,
            text,
            keys: signed.keys().to_vec(),
        })
    }

    /// The keys that are trusted now: those of the start, changed by every kept change of keys that
    /// the keys before it vouch for (rule C2).
    pub(crate) fn trusted(&self, start: Vec<Trusted>, proofs: &[Kept]) -> Vec<Trusted> {
        proofs.iter().fold(start, |trusted, proof| {
            let Some(verified) = self.verified(proof, &trusted) else {
                return trusted;
            };
            let manifest = &verified.bundle.manifest;
            let new: Vec<Trusted> = manifest
                .trust
                .iter()
                .filter_map(|key| Trusted::parse(key).ok())
                .collect();
            if new.is_empty() || manifest.proven(&verified.keys).is_err() {
                return trusted;
            }
            new
        })
    }

    /// Removes what nobody needs any more.
    pub(crate) fn tidy(&self, record: &Record) {
        let needed: Vec<&str> = [&record.active, &record.good]
            .into_iter()
            .flatten()
            .chain(&record.proofs)
            .map(|kept| kept.file.as_str())
            .collect();
        let entries = fs::read_dir(&self.0).into_iter().flatten().flatten();
        for entry in entries {
            let name = entry.file_name();
            let Some(name) = name.to_str().filter(|name| name.ends_with(ENDING)) else {
                continue;
            };
            if !needed.contains(&name)
                && let Err(error) = fs::remove_file(entry.path())
            {
                tracing::warn!(%error, "an old bundle could not be removed");
            }
        }
    }

    fn write(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        fs::create_dir_all(&self.0)?;
        let new = self.0.join(format!("{name}.new"));
        fs::write(&new, bytes)?;
        fs::File::open(&new)?.sync_all()?;
        fs::rename(new, self.0.join(name))
    }
}

fn kept(file: String, version: u32, since: Moment) -> Kept {
    Kept {
        file,
        version,
        since: since.rfc3339(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bundle::hostile_tests::{key, signed, text};

    fn now() -> Moment {
        Moment::parse("2026-11-23T09:00:00Z").expect("a time")
    }

    fn trusted(of: u8) -> Vec<Trusted> {
        vec![Trusted::Key(key(of).public())]
    }

    #[test]
    fn a_bundle_lies_there_once_and_is_put_right_where_somebody_changed_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let shelf = Shelf::in_folder(folder.path());
        let bytes = signed(&text(1, ""), 1);
        let kept = shelf.put(&bytes, 1, now()).expect("ours");
        assert_eq!(kept.since(), now());
        let path = shelf.0.join(&kept.file);
        let written = fs::metadata(&path).expect("a file");
        assert!(written.permissions().readonly());
        assert_eq!(shelf.put(&bytes, 1, now()).expect("ours"), kept);
        let entries = fs::read_dir(&shelf.0).expect("a folder");
        assert_eq!(entries.count(), 1, "nothing beside it");

        fs::remove_file(&path).expect("ours");
        fs::write(&path, "something else").expect("ours");
        assert!(shelf.verified(&kept, &trusted(1)).is_none(), "the control");
        assert_eq!(shelf.put(&bytes, 1, now()).expect("ours"), kept);
        assert!(shelf.verified(&kept, &trusted(1)).is_some());
    }

    #[test]
    fn the_record_leads_to_no_other_file_and_gives_no_bundle_another_version() {
        let folder = tempfile::tempdir().expect("a folder");
        let shelf = Shelf::in_folder(folder.path());
        let kept = shelf.put(&signed(&text(1, ""), 1), 1, now()).expect("ours");
        assert!(shelf.verified(&kept, &trusted(1)).is_some(), "the control");
        assert!(shelf.verified(&kept, &trusted(2)).is_none(), "a stranger's");
        let newer = Kept {
            version: 2,
            ..kept.clone()
        };
        assert!(shelf.verified(&newer, &trusted(1)).is_none());
        for elsewhere in [
            format!("../bundle/{}", kept.file),
            format!("./{}", kept.file),
            shelf.0.join(&kept.file).display().to_string(),
        ] {
            let elsewhere = Kept {
                file: elsewhere,
                ..kept.clone()
            };
            assert!(shelf.0.join(&elsewhere.file).exists(), "the control");
            assert!(shelf.verified(&elsewhere, &trusted(1)).is_none());
        }
    }

    #[test]
    fn a_change_of_keys_counts_only_if_the_new_ones_have_signed_it_too() {
        let folder = tempfile::tempdir().expect("a folder");
        let shelf = Shelf::in_folder(folder.path());
        let change = text(2, &format!("trust = [\"{}\"]\n", key(2).public()));
        let proven = Signed::sign(&change, &[key(1), key(2)]).into_bytes();
        for (bytes, expected, why) in [
            (proven, trusted(2), "the control"),
            (signed(&change, 1), trusted(1), "the new key has not signed"),
            (signed(&change, 2), trusted(1), "the old key has not signed"),
            (signed(&text(2, ""), 1), trusted(1), "it changes no keys"),
        ] {
            let proof = shelf.put(&bytes, 2, now()).expect("ours");
            assert_eq!(shelf.trusted(trusted(1), &[proof]), expected, "{why}");
        }
    }

    #[test]
    fn only_what_the_record_names_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        let shelf = Shelf::in_folder(folder.path());
        let put = |version| {
            let bytes = signed(&text(version, ""), 1);
            shelf.put(&bytes, version, now()).expect("ours")
        };
        let [active, good, proof, old] = [4, 3, 2, 1].map(put);
        let record = Record {
            active: Some(active.clone()),
            good: Some(good.clone()),
            proofs: vec![proof.clone()],
            ..Record::default()
        };
        shelf.remember(&record).expect("ours");
        shelf.tidy(&record);
        let is_there = |kept: &Kept| shelf.0.join(&kept.file).exists();
        assert!([&active, &good, &proof].into_iter().all(is_there));
        assert!(!is_there(&old));
        assert_eq!(shelf.record().active, Some(active), "and the record");
    }
}
