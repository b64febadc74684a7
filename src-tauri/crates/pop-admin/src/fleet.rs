//! `screenpop-admin fleet`: which desktop has which version, and how it is.
//!
//! Desktops report where the setting `fleet.report_to` says: one small file each. Here the files of a
//! folder are read, or what an address lists: the reports themselves, or the names of the files as
//! web servers list a folder in JSON. What a report holds is `pop-core`'s.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use pop_core::fleet::FleetReport;
use pop_core::moment::Moment;
use serde_json::{Value, json};

use crate::bundle::now;
use crate::fault::Fault;
use crate::place::{self, Place};
use crate::progress::Progress;

/// The longest list, and the longest report.
const LONGEST: usize = 16 << 20;
const REPORT: usize = 64 << 10;

/// Reads what desktops report: which version of the bundle they have, and how they are.
#[derive(Args)]
pub(crate) struct Fleet {
    /// The folder of the reports, or an https address that lists them as JSON.
    #[arg(value_name = "PLACE")]
    from: String,
    /// A file with the bearer token for the address.
    #[arg(long, value_name = "FILE")]
    token: Option<PathBuf>,
    /// A desktop that was not heard of for so many hours counts as silent.
    #[arg(long, default_value_t = 48, value_name = "HOURS")]
    silent: u32,
    /// One JSON object for each desktop, for other programs.
    #[arg(long)]
    json: bool,
}

/// The reports, and what could not be read, with the reason.
type Read = (Vec<FleetReport>, Vec<(String, String)>);

/// One desktop and what is to be said of it.
struct Seen {
    report: FleetReport,
    is_silent: bool,
}

impl Fleet {
    pub(crate) async fn run(&self, out: &mut impl Write) -> Result<(), Fault> {
        let (mut reports, unread) = if self.from.contains("://") {
            self.listed().await?
        } else {
            in_folder(Path::new(&self.from))?
        };
        // The latest of each desktop.
        reports.sort_by(|one, other| (&one.desktop, &other.at).cmp(&(&other.desktop, &one.at)));
        reports.dedup_by(|later, first| later.desktop == first.desktop);
        let silent = Duration::from_secs(u64::from(self.silent) * 3_600);
        let now = now();
        let all: Vec<Seen> = reports
            .into_iter()
            .map(|report| {
                let at = Moment::parse(&report.at).unwrap_or_default();
                let is_silent = now.since(at) > silent;
                Seen { report, is_silent }
            })
            .collect();
        if self.json {
            return all.iter().try_for_each(|seen| seen.json(out));
        }
        table(&all, out)?;
        summary(&all, out)?;
        for (file, why) in unread {
            writeln!(out, "{file}: passed over, {why}")?;
        }
        Ok(())
    }

    async fn listed(&self) -> Result<Read, Fault> {
        let token = || self.token.as_deref().map(place::token).transpose();
        let place = Place::of(&self.from, token()?);
        let there = place.read(LONGEST).await?;
        let there = there.ok_or_else(|| place.unreached("nothing is there".to_owned()))?;
        let listed: Vec<Value> = serde_json::from_slice(&there.bytes)
            .map_err(|error| place.unreached(format!("it is no list in JSON: {error}")))?;
        let (mut reports, mut unread) = (Vec::new(), Vec::new());
        let mut progress = Progress::of("reading reports", listed.len());
        for item in listed {
            let name = item.get("name").or(Some(&item)).and_then(Value::as_str);
            match name.map(str::to_owned) {
                None => match serde_json::from_value(item) {
                    Ok(report) => reports.push(report),
                    Err(error) => unread.push(("an item".to_owned(), error.to_string())),
                },
                Some(name) if is_report(&name) => {
                    let address = format!("{}/{name}", self.from.trim_end_matches('/'));
                    let there = Place::of(&address, token()?).read(REPORT).await?;
                    let bytes = there.map(|it| it.bytes).unwrap_or_default();
                    match serde_json::from_slice(&bytes) {
                        Ok(report) => reports.push(report),
                        Err(error) => unread.push((name, error.to_string())),
                    }
                }
                Some(_) => {}
            }
            progress.step();
        }
        Ok((reports, unread))
    }
}

impl Seen {
    fn json(&self, out: &mut impl Write) -> Result<(), Fault> {
        let mut told = serde_json::to_value(&self.report).map_err(std::io::Error::other)?;
        if let Some(members) = told.as_object_mut() {
            members.insert("silent".to_owned(), json!(self.is_silent));
            members.insert("state".to_owned(), json!(self.state()));
        }
        Ok(writeln!(out, "{told}")?)
    }

    fn version(&self) -> Option<u32> {
        self.report.bundle.as_ref()?.version
    }

    /// What somebody should know of it first.
    fn state(&self) -> String {
        let FleetReport { bundle, health, .. } = &self.report;
        let trouble = bundle.as_ref().and_then(|it| it.trouble.clone());
        let mut parts: Vec<String> = Vec::new();
        parts.extend(self.is_silent.then(|| "silent".to_owned()));
        parts.extend(trouble);
        for (fault, count) in &health.failing {
            parts.push(format!("{count} CRM {fault}"));
        }
        if matches!(&*health.gateway, "broken") {
            parts.push("gateway broken".to_owned());
        }
        if health.listener == "failed" {
            parts.push("listener failed".to_owned());
        }
        if health.waiting_writes > 0 {
            parts.push(format!("{} writes wait", health.waiting_writes));
        }
        if health.file_faults > 0 {
            parts.push(format!("{} mistakes in files", health.file_faults));
        }
        if bundle.as_ref().is_some_and(|it| it.on_probation) {
            parts.push("on probation".to_owned());
        }
        if let Some(version) = bundle.as_ref().and_then(|it| it.waits_for) {
            parts.push(format!("waits for version {version}"));
        }
        if parts.is_empty() {
            parts.push("well".to_owned());
        }
        parts.join(", ")
    }
}

fn in_folder(folder: &Path) -> Result<Read, Fault> {
    let fault = |source| Fault::File {
        path: folder.to_owned(),
        source,
    };
    let (mut reports, mut unread) = (Vec::new(), Vec::new());
    for entry in fs::read_dir(folder).map_err(fault)? {
        let entry = entry.map_err(fault)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if !is_report(&name) {
            continue;
        }
        let long = entry
            .metadata()
            .is_ok_and(|it| it.is_file() && it.len() <= REPORT as u64);
        let read = if long {
            fs::read(entry.path()).map_err(|error| error.to_string())
        } else {
            Err("it is no small file".to_owned())
        };
        let read = read
            .and_then(|bytes| serde_json::from_slice(&bytes).map_err(|error| error.to_string()));
        match read {
            Ok(report) => reports.push(report),
            Err(why) => unread.push((name, why)),
        }
    }
    Ok((reports, unread))
}

/// The name of a report: a plain one that leads nowhere else.
fn is_report(name: &str) -> bool {
    let stem = name.strip_suffix(".json").unwrap_or_default();
    let plain = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '-' | '_');
    !stem.is_empty() && stem.len() <= 64 && stem.chars().all(plain)
}

fn table(all: &[Seen], out: &mut impl Write) -> Result<(), Fault> {
    let or_none = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
    let head = [
        "DESKTOP",
        "APP",
        "SYSTEM",
        "VERSION",
        "RING",
        "LAST HEARD",
        "STATE",
    ];
    let mut rows = vec![head.map(str::to_owned)];
    rows.extend(all.iter().map(|seen| {
        let report = &seen.report;
        let ring = report.bundle.as_ref().and_then(|it| it.ring);
        [
            printable(&report.desktop),
            printable(&report.app),
            printable(&report.system),
            or_none(seen.version().map(|it| it.to_string())),
            or_none(ring.map(|it| format!("{it} %"))),
            printable(&report.at),
            printable(&seen.state()),
        ]
    }));
    let mut widths = [0; 7];
    for row in &rows {
        for (width, text) in widths.iter_mut().zip(row) {
            *width = text.chars().count().max(*width);
        }
    }
    for row in &rows {
        let cells = row.iter().zip(widths);
        let cells: Vec<String> = cells
            .map(|(text, width)| format!("{text:width$}"))
            .collect();
        writeln!(out, "{}", cells.join("  ").trim_end())?;
    }
    Ok(())
}

fn summary(all: &[Seen], out: &mut impl Write) -> Result<(), Fault> {
    let mut versions: BTreeMap<Option<u32>, usize> = BTreeMap::new();
    for seen in all {
        *versions.entry(seen.version()).or_default() += 1;
    }
    let told = versions.iter().rev().map(|(version, count)| match version {
        Some(version) => format!("{count} on version {version}"),
        None => format!("{count} without a bundle"),
    });
    let told: Vec<String> = told.collect();
    let well = all.iter().filter(|it| it.state() == "well").count();
    let silent = all.iter().filter(|it| it.is_silent).count();
    writeln!(out, "{} desktops: {}", all.len(), told.join(", "))?;
    Ok(writeln!(out, "Well: {well}. Silent: {silent}")?)
}

/// A report is a stranger's text: nothing of it moves the cursor.
fn printable(text: &str) -> String {
    let shown = text.chars().filter(|sign| !sign.is_control());
    shown.take(80).collect()
}
