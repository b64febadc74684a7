//! Checking definitions and overlays: every fault at once, and the examples run.

use std::io::Write;
use std::sync::Arc;

use pop_crm::{LoadFault, Overlay};

use serde_json::{Value, json};

use crate::bundle;
use crate::crm::{Source, tell};
use crate::fault::Fault;

pub(super) fn check(
    names: &[String],
    overlays: &[Overlay],
    as_json: bool,
    out: &mut impl Write,
) -> Result<(), Fault> {
    let sources: Result<Vec<_>, Fault> = names.iter().map(|name| Source::read(name)).collect();
    let mut wrong = 0;
    for source in sources? {
        wrong += check_one(&source, overlays, as_json, out)?;
    }
    match wrong {
        0 => Ok(()),
        count => Err(Fault::Definition { count }),
    }
}

/// How many faults it has.
fn check_one(
    source: &Source,
    overlays: &[Overlay],
    as_json: bool,
    out: &mut impl Write,
) -> Result<usize, Fault> {
    // An overlay may mend nothing: what it is laid over must be right by itself.
    let mut faults = run(source, &[]);
    let mut changed = Vec::new();
    if faults.is_empty() && !overlays.is_empty() {
        let is_its_own = |fault: &LoadFault| fault.file == source.file;
        let is_example = |fault: &LoadFault| fault.key.starts_with("example.");
        // That an example of the definition comes out otherwise is what an overlay is for.
        (changed, faults) = run(source, overlays)
            .into_iter()
            .partition(|fault| is_its_own(fault) && is_example(fault));
    }
    if as_json {
        let told =
            |faults: &[LoadFault]| -> Vec<Value> { faults.iter().map(bundle::told).collect() };
        let (wrong, changed) = (told(&faults), told(&changed));
        let told = json!({ "file": source.file, "faults": wrong, "changed": changed });
        writeln!(out, "{told}")?;
        return Ok(faults.len());
    }
    tell(&faults, out)?;
    for fault in &changed {
        writeln!(out, "# changed by the overlay: {fault}")?;
    }
    if faults.is_empty() {
        let over = overlays
            .iter()
            .map(|overlay| format!(" with {}", overlay.file));
        let over: String = over.collect();
        writeln!(
            out,
            "{}{over}: right, and its examples come out",
            source.file
        )?;
    }
    Ok(faults.len())
}

fn run(source: &Source, overlays: &[Overlay]) -> Vec<LoadFault> {
    match source.load(overlays) {
        Ok(definition) => Arc::new(definition).run_examples(),
        Err(faults) => faults,
    }
}
