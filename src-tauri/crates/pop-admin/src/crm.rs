//! `screenpop-admin crm`: the definitions of CRMs, listed, shown and checked before anybody signs
//! in with one.
//!
//! Nothing is asked of any CRM: a definition is loaded as the app would load it, and its examples
//! bring their answers along.

mod check;

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use pop_core::identifier::Kind;
use pop_crm::{Definition, LoadFault, Overlay, Summary, built_in};
use serde_json::{Map, Value, json};

use crate::fault::Fault;

/// Lists, shows and checks the files that say how a CRM is asked.
#[derive(Args)]
pub(crate) struct Crms {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Lists the definitions that come with the program, and what each can do.
    List {
        /// One line of JSON for each definition, for other programs.
        #[arg(long)]
        json: bool,
    },
    /// Says what a definition comes to: first where credentials go, then its parts, and why one is
    /// off.
    Show {
        /// The id of a definition that comes with the program, or a file.
        #[arg(value_name = "ID or FILE")]
        definition: String,
        /// A file that is laid over it; what it changes of where credentials go is marked.
        #[arg(long, value_name = "FILE")]
        overlay: Vec<PathBuf>,
    },
    /// Loads definitions and runs their examples; says everything that is wrong, with its place.
    Check {
        /// The files, or ids of definitions that come with the program to check an overlay.
        #[arg(required = true, value_name = "FILE or ID")]
        definitions: Vec<String>,
        /// A file that is laid over each of them.
        #[arg(long, value_name = "FILE")]
        overlay: Vec<PathBuf>,
        /// One line of JSON for each definition, for other programs.
        #[arg(long)]
        json: bool,
    },
}

impl Crms {
    pub(crate) fn run(&self, out: &mut impl Write) -> Result<(), Fault> {
        match &self.command {
            Command::List { json } => list(*json, out),
            Command::Show {
                definition,
                overlay,
            } => show(&Source::read(definition)?, &overlays(overlay)?, out),
            Command::Check {
                definitions,
                overlay,
                json,
            } => check::check(definitions, &overlays(overlay)?, *json, out),
        }
    }
}

/// A definition as text.
struct Source {
    file: String,
    text: String,
    is_own: bool,
}

impl Source {
    /// A file, or else a definition that comes with the program.
    fn read(name: &str) -> Result<Self, Fault> {
        let built_in = built_in().iter().find(|(id, _)| *id == name);
        match (built_in, Path::new(name)) {
            (Some((id, text)), path) if !path.is_file() => Ok(Self {
                file: format!("{id}.toml"),
                text: (*text).to_owned(),
                is_own: false,
            }),
            // What is spelt as an id is meant as one.
            (None, path) if path.extension().is_none() && !path.exists() => {
                Err(Fault::NoSuchDefinition(name.to_owned()))
            }
            (_, path) => Ok(Self {
                file: name.to_owned(),
                text: content(path)?,
                is_own: true,
            }),
        }
    }

    fn load(&self, overlays: &[Overlay]) -> Result<Definition, Vec<LoadFault>> {
        if self.is_own {
            Definition::load_own(&self.file, &self.text, overlays)
        } else {
            Definition::load(&self.file, &self.text, overlays)
        }
    }
}

fn overlays(paths: &[PathBuf]) -> Result<Vec<Overlay>, Fault> {
    let read = |path: &PathBuf| {
        Ok(Overlay {
            file: path.display().to_string(),
            text: content(path)?,
        })
    };
    paths.iter().map(read).collect()
}

fn content(path: &Path) -> Result<String, Fault> {
    fs::read_to_string(path).map_err(|source| Fault::File {
        path: path.to_owned(),
        source,
    })
}

/// Says what is wrong, one on each line.
fn tell(faults: &[LoadFault], out: &mut impl Write) -> io::Result<()> {
    faults.iter().try_for_each(|fault| writeln!(out, "{fault}"))
}

fn refuse<T>(faults: &[LoadFault], out: &mut impl Write) -> Result<T, Fault> {
    tell(faults, out)?;
    let count = faults.len();
    Err(Fault::Definition { count })
}

fn list(as_json: bool, out: &mut impl Write) -> Result<(), Fault> {
    for (id, _) in built_in() {
        match Source::read(id)?.load(&[]) {
            Ok(definition) if as_json => {
                let named = [("id", json!(id)), ("name", json!(definition.name()))];
                let can = abilities(&definition).map(|(key, words)| (key, json!(words)));
                let told = named.into_iter().chain(can);
                let told: Map<_, _> = told.map(|(key, it)| (key.replace(' ', "_"), it)).collect();
                writeln!(out, "{}", Value::Object(told))?;
            }
            Ok(definition) => {
                writeln!(out, "{id}: {}", definition.name())?;
                write_abilities(&definition, out)?;
            }
            Err(faults) => return refuse(&faults, out),
        }
    }
    Ok(())
}

fn write_abilities(definition: &Definition, out: &mut impl Write) -> io::Result<()> {
    for (key, words) in abilities(definition) {
        writeln!(out, "  {key:<10} {}", or_nothing(&words))?;
    }
    Ok(())
}

/// What a definition can do, in the order in which people ask.
fn abilities(definition: &Definition) -> [(&'static str, Vec<&str>); 4] {
    let can = definition.capabilities();
    let shows = [
        (can.search, "search"),
        (can.cases, "cases"),
        (can.activities, "activities"),
        (can.test, "test"),
    ];
    let shows = shows.into_iter();
    let methods = definition.auth_methods().iter();
    [
        (
            "finds by",
            can.finds.iter().copied().map(Kind::word).collect(),
        ),
        (
            "shows",
            shows
                .filter_map(|(can, word)| can.then_some(word))
                .collect(),
        ),
        (
            "does",
            can.actions.iter().map(|action| action.word()).collect(),
        ),
        (
            "signs in",
            methods.map(|method| method.name.as_str()).collect(),
        ),
    ]
}

fn or_nothing(words: &[&str]) -> String {
    if words.is_empty() {
        "nothing".to_owned()
    } else {
        words.join(", ")
    }
}

fn show(source: &Source, overlays: &[Overlay], out: &mut impl Write) -> Result<(), Fault> {
    let definition = match source.load(overlays) {
        Ok(definition) => definition,
        Err(faults) => return refuse(&faults, out),
    };
    let summary = match definition.summary() {
        Ok(summary) => summary,
        Err(faults) => return refuse(&faults, out),
    };
    // Without its overlay a file may be wrong; then there is nothing to compare with.
    let before = source.load(&[]).ok();
    let before = before.and_then(|before| before.summary().ok());
    writeln!(out, "{}: {}", definition.id(), definition.name())?;
    writeln!(out, "\nWhere credentials go:")?;
    write_credentials(&summary, before.as_ref(), out)?;
    writeln!(out, "\nPages that may be opened:")?;
    writeln!(out, "  {}", or_nothing(&borrowed(&summary.opens)))?;
    writeln!(out, "\nSettings:")?;
    write_settings(&definition, out)?;
    writeln!(out, "\nWhat it can do:")?;
    write_abilities(&definition, out)?;
    writeln!(out, "\nParts, with the settings at their defaults:")?;
    for part in &summary.parts {
        if part.off.is_empty() {
            writeln!(out, "  {}", part.key)?;
        } else {
            writeln!(out, "  {} is off: {}", part.key, part.off.join("; "))?;
        }
    }
    for variant in &summary.variants {
        let chosen = if variant.chosen { "on" } else { "off" };
        let (name, when) = (&variant.name, &variant.when);
        writeln!(out, "  variant.{name} is {chosen}: when {when}")?;
    }
    Ok(())
}

fn borrowed(texts: &[String]) -> Vec<&str> {
    texts.iter().map(String::as_str).collect()
}

/// Marks what an overlay changed, for it decides who gets the secrets.
fn write_credentials(
    summary: &Summary,
    before: Option<&Summary>,
    out: &mut impl Write,
) -> io::Result<()> {
    let old = |key: &str| {
        let mut known = before?.credentials.iter();
        Some(&*known.find(|(known, _)| known == key)?.1)
    };
    for (key, value) in &summary.credentials {
        match (before, old(key)) {
            (Some(_), None) => writeln!(out, "! {key} = {value}   (new)")?,
            (Some(_), Some(old)) if old != value => {
                writeln!(out, "! {key} = {value}   (was {old})")?;
            }
            (Some(_) | None, _) => writeln!(out, "  {key} = {value}")?,
        }
    }
    Ok(())
}

fn write_settings(definition: &Definition, out: &mut impl Write) -> io::Result<()> {
    for setting in definition.settings() {
        let (name, kind, label) = (&setting.name, setting.kind.word(), &setting.label);
        write!(out, "  {name}: {kind}, \"{label}\"")?;
        if let Some(default) = &setting.default {
            write!(out, ", {default} unless filled in")?;
        }
        if setting.optional {
            write!(out, ", optional")?;
        }
        if !setting.choices.is_empty() {
            write!(out, ", one of {}", setting.choices.join(", "))?;
        }
        writeln!(out)?;
    }
    Ok(())
}
