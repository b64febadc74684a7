//! The numbers that the product lives by, measured on this machine: `cargo xtask bench`.
//!
//! The window is the true one in its release build. Numbers are compared within one run; a shared
//! machine is noisy, so the driver's own floor is measured in the same run and taken off. One part
//! alone is measured with `--only window`, `page`, `rooms`, `outbox`, `growth`, `crms` or `gateway`;
//! `--publish` measures nothing and makes the page of the documentation from the last report.

mod app;
mod crms;
mod gateway;
mod growth;
mod machine;
mod memory;
mod outbox;
mod page;
mod published;
mod report;
mod rooms;
mod window;

use std::error::Error;
use std::fs;
use std::io;
use std::path::Path;

const PARTS: [&str; 7] = [
    "window", "page", "rooms", "outbox", "growth", "crms", "gateway",
];
const REPORT: &str = "target/bench/report.json";
const DOCS: &str = "src-tauri/docs";

fn main() -> Result<(), Box<dyn Error>> {
    if std::env::args().skip(1).eq(["--publish"]) {
        return published::write(&report::read(Path::new(REPORT)), Path::new(DOCS));
    }
    let only = only()?;
    let wants = |part: &str| only.as_deref().is_none_or(|only| only == part);
    let runtime = tokio::runtime::Runtime::new()?;
    if only.is_none() && Path::new(REPORT).exists() {
        fs::remove_file(REPORT)?;
    }
    let mut measures = Vec::new();
    if wants("window") {
        measures.extend(window::measure()?);
    }
    if wants("page") {
        measures.extend(page::measure()?);
    }
    if wants("rooms") {
        measures.extend(runtime.block_on(rooms::measure())?);
    }
    if wants("outbox") {
        measures.extend(runtime.block_on(outbox::measure())?);
    }
    if wants("growth") {
        measures.extend(runtime.block_on(growth::measure())?);
    }
    if wants("crms") {
        measures.extend(runtime.block_on(crms::measure())?);
    }
    if wants("gateway") {
        measures.extend(runtime.block_on(gateway::measure())?);
    }
    report::write(&measures, Path::new(REPORT), &mut io::stdout())?;
    Ok(())
}

/// The part that was asked for; all of them when none was.
fn only() -> Result<Option<String>, Box<dyn Error>> {
    let words: Vec<_> = std::env::args().skip(1).collect();
    let words: Vec<_> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        [] => Ok(None),
        ["--only", part] if PARTS.contains(part) => Ok(Some((*part).to_owned())),
        _ => Err(format!("--only and one of {}", PARTS.join(", ")).into()),
    }
}
