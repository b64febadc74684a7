//! `screenpop-admin diff`: what changes from one bundle to the next, setting by setting.
//!
//! Texts that are files of their own (definitions, overlays) are compared line by line.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use pop_core::bundle::Bundle;
use serde_json::{Value, json};

use crate::bundle::{File, refuse};
use crate::fault::Fault;

/// Says what changes from one bundle to the next.
#[derive(Args)]
pub(crate) struct Diff {
    /// The bundle in force, signed or not.
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// The one that is to come, signed or not.
    #[arg(value_name = "NEW")]
    new: PathBuf,
    /// One line of JSON for each change, for other programs.
    #[arg(long)]
    json: bool,
}

impl Diff {
    pub(crate) fn run(&self, out: &mut impl Write) -> Result<(), Fault> {
        let (old, new) = (self.leaves(&self.old, out)?, self.leaves(&self.new, out)?);
        let mut keys: Vec<&String> = old.keys().chain(new.keys()).collect();
        keys.sort_unstable();
        keys.dedup();
        let mut changes = 0;
        for key in keys {
            let (before, after) = (old.get(key), new.get(key));
            if before == after {
                continue;
            }
            changes += 1;
            if self.json {
                let change = json!({ "key": key, "old": before, "new": after });
                writeln!(out, "{change}")?;
            } else {
                tell(key, before, after, out)?;
            }
        }
        if changes == 0 && !self.json {
            writeln!(out, "Both say the same")?;
        }
        Ok(())
    }

    fn leaves(&self, path: &Path, out: &mut impl Write) -> Result<BTreeMap<String, Value>, Fault> {
        let file = File::read(path)?;
        let bundle = match Bundle::read(&path.display().to_string(), &file.text) {
            Ok(bundle) => bundle,
            Err(faults) => return refuse(path, &faults, self.json, out),
        };
        let mut leaves = BTreeMap::new();
        let manifest = serde_json::to_value(&bundle.manifest).map_err(std::io::Error::other)?;
        flatten("bundle", &manifest, &mut leaves);
        flatten("", &bundle.settings, &mut leaves);
        for (id, embedded) in &bundle.definitions {
            leaves.insert(format!("definitions.{id}"), embedded.text.clone().into());
        }
        Ok(leaves)
    }
}

fn flatten(key: &str, value: &Value, into: &mut BTreeMap<String, Value>) {
    let below = |name: &str| match key {
        "" => name.to_owned(),
        key => format!("{key}.{name}"),
    };
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                flatten(&below(name), member, into);
            }
        }
        Value::Array(items) if items.iter().any(Value::is_object) => {
            for (number, item) in items.iter().enumerate() {
                flatten(&below(&(number + 1).to_string()), item, into);
            }
        }
        plain @ (Value::Null
        | Value::Bool(_)
        | Value::Number(_)
        | Value::String(_)
        | Value::Array(_)) => {
            into.insert(key.to_owned(), plain.clone());
        }
    }
}

fn tell(
    key: &str,
    before: Option<&Value>,
    after: Option<&Value>,
    out: &mut impl Write,
) -> Result<(), Fault> {
    match (before, after) {
        (Some(Value::String(old)), Some(Value::String(new)))
            if old.contains('\n') || new.contains('\n') =>
        {
            writeln!(out, "~ {key}")?;
            let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
            for (sign, line) in lines(&old, &new) {
                writeln!(out, "    {sign} {line}")?;
            }
        }
        (Some(old), Some(new)) => writeln!(out, "~ {key} = {new}   (was {old})")?,
        (None, Some(new)) => writeln!(out, "+ {key} = {new}")?,
        (Some(old), None) => writeln!(out, "- {key}   (was {old})")?,
        (None, None) => {}
    }
    Ok(())
}

/// The lines that went and those that came, in order; what both have is left out.
fn lines<'l>(old: &[&'l str], new: &[&'l str]) -> Vec<(char, &'l str)> {
    let same = old
        .iter()
        .zip(new)
        .take_while(|(old, new)| old == new)
        .count();
    let (old, new) = (
        old.get(same..).unwrap_or_default(),
        new.get(same..).unwrap_or_default(),
    );
    let ends = old.iter().rev().zip(new.iter().rev());
    let same = ends.take_while(|(old, new)| old == new).count();
    let cut = |lines: &[&'l str]| {
        lines
            .iter()
            .take(lines.len() - same)
            .copied()
            .collect::<Vec<_>>()
    };
    let (old, new) = (cut(old), cut(new));
    let gone = old
        .iter()
        .filter(|line| !new.contains(line))
        .map(|line| ('-', *line));
    let come = new
        .iter()
        .filter(|line| !old.contains(line))
        .map(|line| ('+', *line));
    let mut changed: Vec<_> = gone.chain(come).collect();
    if changed.is_empty() {
        // Only their order changed.
        changed = old.iter().map(|line| ('-', *line)).collect();
        changed.extend(new.iter().map(|line| ('+', *line)));
    }
    changed
}
