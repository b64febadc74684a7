//! What a rehearsal came to: for programs as JSON, and in a terminal.
//!
//! The JSON is what a second admin signs, so it names everything it is about by its digest. The page
//! for people is in `page.rs`.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use pop_core::bundle::{Bundle, digest};
use serde::Serialize;

use crate::rehearse::compared::{Change, Kind};

/// Changes of a kind that are told one by one, unless all are wanted.
const TOLD: usize = 3;

#[derive(Serialize)]
pub(crate) struct Report {
    /// Another form of this report gets another number.
    pub(crate) protocol: u8,
    pub(crate) at: String,
    pub(crate) old: Of,
    pub(crate) new: Of,
    pub(crate) recorded: Recording,
    pub(crate) changes: Vec<Change>,
}

/// One of the two bundles.
#[derive(Serialize)]
pub(crate) struct Of {
    pub(crate) file: PathBuf,
    pub(crate) tenant: String,
    pub(crate) version: u32,
    pub(crate) ring: u8,
    /// Of its text, without signatures.
    pub(crate) digest: String,
}

/// What was played.
#[derive(Serialize)]
pub(crate) struct Recording {
    pub(crate) file: PathBuf,
    pub(crate) digest: String,
    pub(crate) interactions: usize,
    /// Whether the customers were looked up in the sandbox, or taken as recorded.
    pub(crate) looked_up: bool,
}

impl Of {
    pub(crate) fn new(path: &Path, text: &str, bundle: &Bundle) -> Self {
        Self {
            file: path.to_owned(),
            tenant: bundle.manifest.tenant.clone(),
            version: bundle.manifest.version,
            ring: bundle.manifest.ring.percent(),
            digest: digest(text.as_bytes()),
        }
    }
}

impl Report {
    pub(crate) fn of(&self, kind: Kind) -> impl Iterator<Item = &Change> {
        self.changes
            .iter()
            .filter(move |change| change.kind == kind)
    }

    /// How many come to the same on both.
    pub(crate) fn same(&self) -> usize {
        self.recorded.interactions - self.changes.len()
    }

    pub(crate) fn json(&self) -> io::Result<String> {
        Ok(serde_json::to_string_pretty(self)? + "\n")
    }

    /// For a terminal; the first few of each kind, or all.
    pub(crate) fn tell(&self, all: bool, out: &mut impl Write) -> io::Result<()> {
        let Self { old, new, .. } = self;
        let count = self.recorded.interactions;
        writeln!(
            out,
            "{count} interactions on version {} and on version {} of {}",
            old.version, new.version, new.tenant
        )?;
        writeln!(out, "{:6} come to the same", self.same())?;
        for kind in Kind::EACH {
            let count = self.of(kind).count();
            if count > 0 {
                writeln!(out, "{count:6} {}", kind.words())?;
            }
        }
        for kind in Kind::EACH {
            let count = self.of(kind).count();
            if count == 0 {
                continue;
            }
            writeln!(out, "\n{}", kind.meaning())?;
            let told = if all { count } else { TOLD.min(count) };
            for change in self.of(kind).take(told) {
                writeln!(out, "  line {}: {}", change.line, change.interaction)?;
                for difference in &change.differences {
                    writeln!(out, "    {difference}")?;
                }
            }
            if told < count {
                writeln!(out, "  and {} more; --all tells them", count - told)?;
            }
        }
        Ok(())
    }
}
