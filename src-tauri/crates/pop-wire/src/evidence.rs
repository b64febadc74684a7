//! Evidence as the window previews it: every file exactly as it will be written.

use pop_core::evidence::{File, Scan};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::flight::FlightRequest;

/// What is to go in.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct EvidenceRequest {
    /// The interaction; neither of its numbers: the latest ones.
    pub of: FlightRequest,
    /// Which parts.
    pub parts: EvidencePartsRequest,
    /// What the agent has to say.
    pub remark: String,
}

/// The parts that go in.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one box of the form, and they combine freely"
)]
pub struct EvidencePartsRequest {
    /// The way of the interactions.
    pub timeline: bool,
    /// The latest requests.
    pub requests: bool,
    /// Versions and settings.
    pub versions: bool,
    /// How everything is doing.
    pub diagnosis: bool,
}

/// The evidence that was previewed.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
pub struct EvidenceNumberRequest {
    /// Its number.
    pub number: u32,
}

/// Evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct EvidenceView {
    /// Its number, to save just this one.
    pub number: u32,
    /// The name under which it is saved.
    pub name: String,
    /// How large it is.
    pub bytes: u32,
    /// Its files.
    pub files: Vec<EvidenceFileView>,
    /// What the search for personal data and secrets came to.
    pub scan: EvidenceScanView,
    /// The beginning of it, for a message.
    pub summary: String,
}

/// One file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct EvidenceFileView {
    /// Its name.
    pub name: String,
    /// What is in it.
    pub text: String,
}

/// What the search came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EvidenceScanView {
    /// How many texts were looked for.
    pub looked_for: u32,
    /// What was found, and replaced.
    pub found: Vec<EvidenceFindView>,
}

/// Something that was found, and replaced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct EvidenceFindView {
    /// What, and in which spelling.
    pub what: String,
    /// In which file.
    pub file: String,
}

impl From<&File> for EvidenceFileView {
    fn from(file: &File) -> Self {
        Self {
            name: file.name.clone(),
            text: file.text.clone(),
        }
    }
}

impl From<&Scan> for EvidenceScanView {
    fn from(scan: &Scan) -> Self {
        let found = scan.found.iter();
        Self {
            looked_for: u32::try_from(scan.looked_for).unwrap_or(u32::MAX),
            found: found
                .map(|find| EvidenceFindView {
                    what: find.what.clone(),
                    file: find.file.clone(),
                })
                .collect(),
        }
    }
}
