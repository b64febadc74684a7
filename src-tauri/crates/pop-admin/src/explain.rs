//! `screenpop-admin explain`: what would become of an event, from a shell.
//!
//! The event is read as a source would read it and played on the desk that the app runs. Who it is
//! is asked of nobody unless `--ask` says so, and then by reading alone: nothing opens, is written
//! or is kept. What is told of it stands in `told.rs`.

mod crms;
mod told;

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read as _, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use pop_core::bundle::Expiry;
use pop_core::desk::{OpenPolicy, Policy};
use pop_core::explain::{DryRun, Held};
use pop_core::profile::ConnectionId;
use pop_core::ruling::Rules;
use pop_source::delivery::Delivery;
use pop_source::mapping::{BUILT_IN, Mapping};
use pop_source::pasted::{self, NotRead, Pasted};
use serde_json::Value;

use crate::bundle::now;
use crate::connected::content;
use crate::fault::Fault;
use crate::layers::{InForce, Layers};
use crate::mapping::{header, setting};
use crms::Crms;
use told::Told;

/// Rounds of questions: who it is, and then what belongs to them; a desk needs no more than a few.
const ROUNDS: usize = 16;

/// Says what would become of an event: who reads it, whom the CRMs would be asked for, what would
/// open, and why.
///
/// Asks nobody: it supposes that a CRM finds one customer, or what --suppose says. With --ask the
/// CRMs are really asked, by reading alone. Nothing opens, is written or is kept.
#[derive(Args)]
pub(crate) struct Explain {
    /// The body of the event, as the platform or a sender sends it; `-` reads standard input.
    #[arg(value_name = "EVENT")]
    event: PathBuf,
    #[command(flatten)]
    layers: Layers,
    /// The mapping that reads it: one that comes with the program, or a file. Without it, our own
    /// form or the one mapping that reads an event from it.
    #[arg(long, value_name = "NAME or FILE")]
    mapping: Option<String>,
    /// A setting of the mapping, as `name=value`.
    #[arg(long, value_name = "SETTING", value_parser = setting, requires = "mapping")]
    set: Vec<(String, Value)>,
    /// A header field of the delivery, as `Name: value`.
    #[arg(long, value_name = "FIELD", value_parser = header)]
    header: Vec<(String, Vec<u8>)>,
    /// The address of the delivery, with its query.
    #[arg(long, default_value = "")]
    url: String,
    /// The agent who sits there, by the contact centre's id; without it, as the settings say.
    #[arg(long, value_name = "ID")]
    agent: Option<String>,
    /// What a CRM is supposed to find while nobody is asked.
    #[arg(long, value_enum, default_value = "one", conflicts_with = "ask")]
    suppose: Suppose,
    /// Really asks the CRMs, by reading alone. Names and addresses of customers are then printed.
    #[arg(long)]
    ask: bool,
    /// With whose secret a connection is asked, as `connection=file`; nobody else may read the file.
    #[arg(long, value_name = "NAME=FILE", value_parser = named, requires = "ask")]
    secret_file: Vec<(String, PathBuf)>,
    /// Prints everything as JSON.
    #[arg(long)]
    json: bool,
}

/// What is supposed to be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Suppose {
    /// The most important CRM that can be asked finds one customer, the others nobody.
    One,
    /// It finds two.
    Several,
    /// Nobody knows them.
    None,
}

impl Explain {
    pub(crate) async fn run(&self, out: &mut impl Write) -> Result<(), Fault> {
        let in_force = self.layers.read(out)?;
        let read = self.read(&in_force)?;
        let crms = Crms::of(&in_force, self, out)?;
        let held = held(&in_force);
        let mut dry = DryRun::new(self.policy(&in_force, held), now());
        for event in read.events.iter().cloned() {
            dry.event(event);
        }
        let mut asked = Vec::new();
        for _ in 0..ROUNDS {
            let asks = dry.asks();
            if asks.is_empty() {
                break;
            }
            for (ticket, question) in asks {
                let answer = crms.answer(&ticket.connection, &question, self).await;
                asked.push(crms.line(&ticket.connection, &question, &answer));
                dry.answer(ticket, answer);
            }
        }
        let told = Told {
            file: &self.event,
            read: &read,
            asked: &asked,
            really: self.ask,
            suppose: self.suppose,
            dry: &dry,
            crms: &crms,
            held,
        };
        if self.json {
            writeln!(out, "{:#}", told.json())?;
        } else {
            told.text(out)?;
        }
        if dry.desk().pops().is_empty() {
            return Err(Fault::NoCard);
        }
        match asked
            .iter()
            .filter(|line| self.ask && line.failed())
            .count()
        {
            0 => Ok(()),
            count => Err(Fault::NotAnswered { count }),
        }
    }

    /// Who reads the event, and what is in it.
    fn read(&self, in_force: &InForce) -> Result<Pasted, Fault> {
        let body = if self.event == Path::new("-") {
            let mut body = Vec::new();
            io::stdin().lock().read_to_end(&mut body).map(|_| body)
        } else {
            fs::read(&self.event)
        };
        let body = body.map_err(|source| Fault::File {
            path: self.event.clone(),
            source,
        })?;
        let delivery = Delivery {
            headers: &self.header,
            body: &body,
            received: now(),
            url: &self.url,
        };
        let rules = in_force.settings.phone.rules();
        let Some(name) = &self.mapping else {
            let loaded = BUILT_IN.iter();
            let loaded = loaded.filter_map(|(name, text)| Mapping::load(name, text).ok());
            let mappings: Vec<Mapping> = loaded.collect();
            let read = pasted::by_any(&mappings, &delivery, &rules);
            return read.map_err(|not| self.not_read(not));
        };
        let mut mapping = load(name)?;
        for (name, value) in &self.set {
            mapping.set(name, value.clone()).map_err(Fault::Setting)?;
        }
        let read = pasted::by_mapping(&mapping, &delivery, &rules);
        read.map_err(|source| Fault::Unreadable {
            path: self.event.clone(),
            file: PathBuf::from(name),
            source,
        })
    }

    fn not_read(&self, not: NotRead) -> Fault {
        let path = self.event.clone();
        match not {
            NotRead::ByNobody(why) => Fault::ReadByNobody { path, why },
            NotRead::BySeveral(names) => Fault::ReadBySeveral { path, names },
        }
    }

    fn policy(&self, in_force: &InForce, held: Option<Held>) -> Policy {
        let InForce {
            settings,
            locked,
            by_bundle,
            ..
        } = in_force;
        let (mut open, mut open_outbound) =
            (settings.pop.open.into(), settings.pop.open_outbound());
        let mut rules = Rules::in_force(settings, locked, by_bundle);
        if held.is_some() {
            (open, open_outbound) = (OpenPolicy::Never, OpenPolicy::Never);
            rules = rules.without_opening();
        }
        let connections = settings.connections.keys().cloned();
        Policy {
            open,
            open_outbound,
            agent_id: self.agent.clone().or_else(|| settings.agent.id.clone()),
            agent_email: settings.agent.email.clone(),
            connections: connections.map(ConnectionId).collect(),
            already: Vec::new(),
            wrap_up: (&settings.wrap_up).into(),
            saved_copy: None,
            rules,
        }
    }

    /// The files of the secrets, by connection.
    pub(crate) fn secrets(&self) -> BTreeMap<&str, &Path> {
        let files = self.secret_file.iter();
        files
            .map(|(name, path)| (name.as_str(), path.as_path()))
            .collect()
    }
}

/// What keeps every record from opening by itself, as far as a shell can know it.
fn held(in_force: &InForce) -> Option<Held> {
    let bundle = in_force.bundle.as_ref()?;
    (bundle.manifest.expiry(now()) == Expiry::Ended).then_some(Held::BundleOver)
}

/// A mapping by its name, or from a file.
fn load(name: &str) -> Result<Mapping, Fault> {
    let path = Path::new(name);
    let loaded = match Mapping::built_in(name) {
        Some(loaded) if !path.is_file() => loaded,
        Some(_) | None if path.exists() => Mapping::load(name, &content(path)?),
        Some(loaded) => loaded,
        None => return Err(Fault::NoSuchMapping(name.to_owned())),
    };
    loaded.map_err(|faults| Fault::MappingFile {
        faults: faults.iter().map(ToString::to_string).collect(),
    })
}

fn named(text: &str) -> Result<(String, PathBuf), &'static str> {
    let (name, path) = text.split_once('=').ok_or("expected `connection=file`")?;
    Ok((name.to_owned(), PathBuf::from(path)))
}
