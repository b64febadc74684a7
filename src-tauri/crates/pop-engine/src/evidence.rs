//! Gathers what support is handed: timelines, requests as shapes, versions, settings, and how
//! everything is doing; searched for what must not leave this computer, and packed.
//!
//! What is gathered holds nothing personal by construction. The search is `pop_core::evidence`'s.

mod canaries;
mod files;

use std::io::{Cursor, Write as _};

use pop_core::evidence::{File, Scan, clean};
use pop_core::flight::Flight;
use pop_core::moment::Moment;
use pop_core::refusal::Refusal;
use serde_json::json;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::insight::FlightOf;
use crate::room::Room;
use crate::tick::Refused;

/// How many interactions are told where none is named.
const LATEST: usize = 20;

/// What is to be handed over.
#[derive(Clone, Debug)]
pub struct EvidenceWanted {
    /// The interaction that it is about; `None`: the latest ones.
    pub of: Option<FlightOf>,
    /// Which parts.
    pub parts: Vec<EvidencePart>,
    /// What the agent has to say.
    pub remark: String,
}

/// A part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EvidencePart {
    /// The way of the interactions.
    Timeline,
    /// The latest requests.
    Requests,
    /// Versions and settings.
    Versions,
    /// How everything is doing.
    Diagnosis,
}

/// What is handed over, exactly as it is saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The name under which it is saved.
    pub name: String,
    /// Its files.
    pub files: Vec<File>,
    /// What the search came to.
    pub scan: Scan,
    /// All of it packed.
    pub zip: Vec<u8>,
}

impl Room {
    pub(crate) async fn evidence(&mut self, wanted: EvidenceWanted) -> Result<Evidence, Refused> {
        let now = self.ports.clock.now();
        let has = |part| wanted.parts.contains(&part);
        let mut files = Vec::new();
        if has(EvidencePart::Timeline) {
            let flights = self.flights(wanted.of).await?;
            files.extend(files::timelines(&flights));
        }
        if has(EvidencePart::Requests) {
            files.push(files::requests(&self.traffic.log().after(0)));
        }
        if has(EvidencePart::Versions) {
            files.push(files::settings(&self.status));
        }
        if has(EvidencePart::Diagnosis) {
            files.push(files::health(&self.status, self.held()));
            let reports = self.doctor.last();
            files.extend(files::diagnoses(&reports));
        }
        files.insert(0, files::readme(&wanted.remark, &files, now));
        let scan = clean(&mut files, &self.canaries());
        files.push(scanned(&scan));
        let time = now.rfc3339().replace(':', "-");
        let zip = pack(&files);
        let zip = zip.map_err(|error| self.refused(&Refusal::System(error.to_string())))?;
        Ok(Evidence {
            name: format!("screenpop-evidence-{time}.zip"),
            files,
            scan,
            zip,
        })
    }

    async fn flights(&mut self, of: Option<FlightOf>) -> Result<Vec<Flight>, Refused> {
        if let Some(of) = of {
            return Ok(vec![self.flight(of).await?]);
        }
        let mut flights = Vec::new();
        for key in self.day.latest(LATEST) {
            flights.push(self.flight_of(key).await?);
        }
        Ok(flights)
    }
}

/// What the search came to, as a file of its own.
fn scanned(scan: &Scan) -> File {
    let found = scan.found.iter();
    let found: Vec<_> = found
        .map(|find| json!({ "what": find.what, "file": find.file, "replaced": true }))
        .collect();
    let spellings = [
        "as it is",
        "percent-encoded",
        "base64",
        "base64url",
        "hexadecimal",
        "escaped as JSON",
    ];
    files::file(
        "scan.json",
        &json!({
            "looked_for": scan.looked_for,
            "spellings": spellings,
            "too_short_to_look_for": scan.too_short,
            "found": found,
            "clean": scan.found.is_empty(),
        }),
    )
}

/// The files as one, stored as they are: any program opens it, and nothing is hidden in it.
fn pack(files: &[File]) -> std::io::Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default();
    for file in files {
        zip.start_file(file.name.as_str(), options)?;
        zip.write_all(file.text.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

/// A time for people in another time zone.
fn utc(at: Moment) -> String {
    format!("{} (UTC)", at.rfc3339())
}
