//! `cargo xtask generate`: files that are made from the code and committed beside it.
//!
//! What they hold is decided where the types are: `pop-wire` knows the page's bindings, `pop-core`
//! the settings, the lock files the licences of others, the contract suite what it checks for each CRM, the mapping files what they read of
//! each platform. Here they are written, or compared with what lies there.

use std::{collections::BTreeMap, fs, io, path::PathBuf};

use clap::Args;
use pop_core::file::fault::LoadFault;
use pop_source::mapping::{self, BUILT_IN, Mapping};

use crate::{
    error::{Error, Result},
    licences, sh, templates,
    workspace::Workspace,
};

/// Everything in this folder is generated; what is not made any more goes.
const BINDINGS: &str = "ui/src/bindings";
/// Beside the bindings, because it is made as they are and nobody formats it.
const LICENCES: &str = "ui/src/bindings/licences.json";
const SETTINGS_SCHEMA: &str = "src-tauri/docs/settings.schema.json";
const BUNDLE_SCHEMA: &str = "src-tauri/docs/bundle.schema.json";
const CRMS: &str = "src-tauri/docs/crms.md";
/// The templates of machine policy.
const POLICY: &str = "src-tauri/docs/policy";
const PLATFORMS: &str = "src-tauri/docs/platforms.md";

/// Whether to write or to compare.
#[derive(Debug, Args)]
pub(crate) struct GenerateArguments {
    /// Only say which files are not what the code says, and fail if there is one
    #[arg(long)]
    check: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    Check,
    Write,
}

pub(crate) fn command(arguments: &GenerateArguments) -> Result {
    let mode = if arguments.check {
        Mode::Check
    } else {
        Mode::Write
    };
    run(&Workspace::find()?, mode)
}

pub(crate) fn run(workspace: &Workspace, mode: Mode) -> Result {
    let generated = generated(workspace)?;
    let stale = stale(workspace, &generated)?;
    match mode {
        Mode::Check if stale.is_empty() => {
            println!("{} generated files are what the code says", generated.len());
            Ok(())
        }
        Mode::Check => Err(Error::Said(format!(
            "not what the code says; run `cargo xtask generate`:\n  {}",
            stale.join("\n  ")
        ))),
        Mode::Write => stale
            .iter()
            .try_for_each(|name| write(workspace, name, &generated)),
    }
}

/// Returns every generated file, by its path below the root.
fn generated(workspace: &Workspace) -> Result<BTreeMap<String, String>> {
    let bindings = pop_wire::bindings().into_iter();
    let mut files: BTreeMap<_, _> = bindings
        .map(|(name, text)| (format!("{BINDINGS}/{name}"), text))
        .collect();
    let schema = written("the settings schema", &pop_core::settings::schema())?;
    files.insert(SETTINGS_SCHEMA.to_owned(), schema);
    let schema = written("the bundle schema", &pop_core::bundle::schema())?;
    files.insert(BUNDLE_SCHEMA.to_owned(), schema);
    let templates = templates::files().into_iter();
    files.extend(templates.map(|(name, text)| (format!("{POLICY}/{name}"), text)));
    files.insert(LICENCES.to_owned(), licences::list(workspace)?);
    files.insert(CRMS.to_owned(), crms(workspace)?);
    files.insert(PLATFORMS.to_owned(), platforms()?);
    Ok(files)
}

/// The page of the platforms, from the mapping files that come with the program.
fn platforms() -> Result<String> {
    let mut mappings = Vec::new();
    for (name, text) in BUILT_IN {
        let faulty = |faults: Vec<LoadFault>| {
            let lines: Vec<_> = faults.iter().map(ToString::to_string).collect();
            Error::Said(lines.join("\n"))
        };
        mappings.push(Mapping::load(&format!("{name}.toml"), text).map_err(faulty)?);
    }
    Ok(mapping::page(&mappings))
}

fn written(from: &'static str, schema: &serde_json::Value) -> Result<String> {
    let text = serde_json::to_string_pretty(schema);
    let text = text.map_err(|source| Error::Json { from, source })?;
    Ok(text + "\n")
}

/// The page of what is checked for each CRM; only the suite itself knows.
fn crms(workspace: &Workspace) -> Result<String> {
    let folder = workspace.root().join("target");
    fs::create_dir_all(&folder).map_err(Error::file(&folder))?;
    let page = folder.join("crms.md");
    // Among all members: alone it would want its libraries with other features than the tests do.
    let suite = ["test", "--locked", "-q", "--test", "contract"];
    let mut command = workspace.cargo(&suite);
    command.env("SCREENPOP_WRITE_PAGE", &page);
    sh::run(&mut command)?;
    fs::read_to_string(&page).map_err(Error::file(&page))
}

/// Names the files that differ, are missing, or are not made any more.
fn stale(workspace: &Workspace, generated: &BTreeMap<String, String>) -> Result<Vec<String>> {
    let differs = |(name, text): &(&String, &String)| {
        fs::read_to_string(workspace.root().join(name))
            .ok()
            .as_ref()
            != Some(*text)
    };
    let mut stale: Vec<_> = generated
        .iter()
        .filter(differs)
        .map(|(name, _)| name.clone())
        .collect();
    let folder = workspace.root().join(BINDINGS);
    let there = match fs::read_dir(&folder) {
        Ok(entries) => entries
            .collect::<io::Result<Vec<_>>>()
            .map_err(Error::file(&folder))?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
        Err(error) => return Err(Error::file(&folder)(error)),
    };
    let there = there
        .iter()
        .map(|it| format!("{BINDINGS}/{}", it.file_name().display()));
    stale.extend(there.filter(|name| !generated.contains_key(name)));
    Ok(stale)
}

fn write(workspace: &Workspace, name: &str, generated: &BTreeMap<String, String>) -> Result {
    let path: PathBuf = workspace.root().join(name);
    let Some(text) = generated.get(name) else {
        println!("removed {name}");
        return fs::remove_file(&path).map_err(Error::file(&path));
    };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(Error::file(folder))?;
    }
    println!("wrote {name}");
    fs::write(&path, text).map_err(Error::file(&path))
}
