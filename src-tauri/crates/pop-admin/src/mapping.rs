//! `screenpop-admin mapping`: an admin's mapping files, checked and tried before a gateway runs
//! them.
//!
//! Nothing is sent anywhere: a file is loaded as a gateway would load it, and a body is read as if
//! it had just come in, verified.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use clap::{Args, Subcommand};
use pop_core::moment::Moment;
use pop_core::phone::{PhoneRules, Region};
use pop_source::delivery::Delivery;
use pop_source::mapping::{BUILT_IN, Mapping, Notes, Read, Why, told};
use serde_json::{Value, json};

use crate::bundle;
use crate::fault::Fault;

/// Checks and tries the files that say what a platform's deliveries mean.
#[derive(Args)]
pub(crate) struct Mappings {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Loads files and runs their samples; says everything that is wrong, with its place.
    Check {
        /// The mapping files.
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// One line of JSON for each file, for other programs.
        #[arg(long)]
        json: bool,
    },
    Try(Try),
    /// Prints a file that comes with the program, to be copied; without a name, their names.
    Show {
        /// The name of the file.
        name: Option<String>,
    },
}

/// Reads a body with a mapping file and prints its events as a sample of the file expects them.
#[derive(Args)]
struct Try {
    /// The mapping file.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The bodies, each in a file of its own, as if they had come one after the other.
    #[arg(required = true, value_name = "BODY")]
    bodies: Vec<PathBuf>,
    /// A header field of every delivery, as `Name: value`.
    #[arg(long, value_name = "FIELD", value_parser = header)]
    header: Vec<(String, Vec<u8>)>,
    /// The address of every delivery, with its query.
    #[arg(long, default_value = "")]
    url: String,
    /// A setting of the mapping, as `name=value`.
    #[arg(long, value_name = "SETTING", value_parser = setting)]
    set: Vec<(String, Value)>,
    /// The region of numbers without a country code, such as DE.
    #[arg(long, value_parser = region)]
    region: Option<Region>,
    /// Prints each event as one line of JSON.
    #[arg(long)]
    json: bool,
}

impl Mappings {
    pub(crate) fn run(&self, out: &mut impl Write) -> Result<(), Fault> {
        match &self.command {
            Command::Check { files, json } => check(files, *json, out),
            Command::Try(attempt) => attempt.run(out),
            Command::Show { name } => show(name.as_deref(), out),
        }
    }
}

fn check(files: &[PathBuf], as_json: bool, out: &mut impl Write) -> Result<(), Fault> {
    let mut wrong = 0;
    for path in files {
        let loaded = load(path)?;
        let faults = match &loaded {
            Ok(mapping) => mapping.check(),
            Err(faults) => faults.clone(),
        };
        wrong += faults.len();
        if as_json {
            let faults: Vec<Value> = faults.iter().map(bundle::told).collect();
            let samples = loaded.as_ref().map_or(0, Mapping::samples);
            let told = json!({ "file": path, "samples": samples, "faults": faults });
            writeln!(out, "{told}")?;
            continue;
        }
        for fault in &faults {
            writeln!(out, "{fault}")?;
        }
        if let (Ok(mapping), true) = (&loaded, faults.is_empty()) {
            let (name, count) = (mapping.name(), mapping.samples());
            writeln!(out, "{}: {name}, {count} samples met", path.display())?;
        }
    }
    match wrong {
        0 => Ok(()),
        count => Err(Fault::Mapping { count }),
    }
}

impl Try {
    fn run(&self, out: &mut impl Write) -> Result<(), Fault> {
        let mut mapping = match load(&self.file)? {
            Ok(mapping) => mapping,
            Err(faults) => {
                for fault in &faults {
                    writeln!(out, "{fault}")?;
                }
                let count = faults.len();
                return Err(Fault::Mapping { count });
            }
        };
        for (name, value) in &self.set {
            mapping.set(name, value.clone()).map_err(Fault::Setting)?;
        }
        let rules = PhoneRules {
            default_region: self.region,
            ..PhoneRules::default()
        };
        let mut notes = Notes::default();
        for path in &self.bodies {
            let body = content(path)?;
            let delivery = Delivery {
                headers: &self.header,
                body: &body,
                received: now(),
                url: &self.url,
            };
            let read =
                mapping
                    .read(&delivery, &notes, &rules)
                    .map_err(|source| Fault::Unreadable {
                        path: path.clone(),
                        file: self.file.clone(),
                        source,
                    })?;
            self.print(&read, out)?;
            notes.keep(&read.changes);
        }
        Ok(())
    }

    fn print(&self, read: &Read, out: &mut impl Write) -> Result<(), Fault> {
        for event in &read.events {
            let event = told(event);
            if self.json {
                writeln!(out, "{event}")?;
                continue;
            }
            writeln!(out, "[[sample.events]]")?;
            for (name, value) in event.as_object().into_iter().flatten() {
                let value = toml::Value::try_from(value).map_err(std::io::Error::other)?;
                writeln!(out, "{name} = {value}")?;
            }
        }
        for ignored in &read.ignored {
            let why = match &ignored.why {
                Why::Said(words) => words,
                Why::NotMeant | Why::Repeat | Why::Late => ignored.why.word(),
            };
            writeln!(out, "# nothing for us: {}: {why}", ignored.delivery)?;
        }
        for left_out in &read.left_out {
            writeln!(out, "# left out: {left_out}")?;
        }
        Ok(())
    }
}

fn show(name: Option<&str>, out: &mut impl Write) -> Result<(), Fault> {
    let Some(name) = name else {
        for (name, _) in BUILT_IN {
            writeln!(out, "{name}")?;
        }
        return Ok(());
    };
    let known = BUILT_IN.iter().find(|(known, _)| *known == name);
    let (_, text) = known.ok_or_else(|| Fault::NoSuchMapping(name.to_owned()))?;
    Ok(write!(out, "{text}")?)
}

type Loaded = Result<Mapping, Vec<pop_core::file::fault::LoadFault>>;

fn load(path: &Path) -> Result<Loaded, Fault> {
    let text = String::from_utf8(content(path)?).map_err(|_| Fault::File {
        path: path.to_owned(),
        source: std::io::Error::other("it is not UTF-8"),
    })?;
    Ok(Mapping::load(&path.display().to_string(), &text))
}

fn content(path: &Path) -> Result<Vec<u8>, Fault> {
    fs::read(path).map_err(|source| Fault::File {
        path: path.to_owned(),
        source,
    })
}

fn now() -> Moment {
    Moment::default().after(SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default())
}

pub(crate) fn header(text: &str) -> Result<(String, Vec<u8>), &'static str> {
    let (name, value) = text.split_once(':').ok_or("expected `Name: value`")?;
    Ok((name.trim().to_owned(), value.trim().as_bytes().to_vec()))
}

pub(crate) fn setting(text: &str) -> Result<(String, Value), &'static str> {
    let (name, value) = text.split_once('=').ok_or("expected `name=value`")?;
    let value = match value {
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        other => Value::String(other.to_owned()),
    };
    Ok((name.to_owned(), value))
}

fn region(text: &str) -> Result<Region, &'static str> {
    Region::parse(text).ok_or("expected a region such as DE or US")
}
