//! `screenpop-admin recorded`: where the interactions of a rehearsal come from.
//!
//! A desktop records them itself where the organisation wants that, without saying who anybody is;
//! here they are read and checked, never written. Where there is no desktop yet, they are made of
//! the sandbox's made-up customers.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use pop_core::bundle::{ExampleCase, ExampleInteraction, Recorded, Veil};
use pop_core::profile::{Case, ConnectionId};
use pop_crm::Definition;

use crate::bundle::write;
use crate::fault::Fault;
use crate::progress::Progress;
use crate::rehearse::read;
use crate::rehearse::sandbox::{Crm, FIRST};

/// The file in a profile's folder.
const FILE: &str = "recorded.jsonl";

/// What comes in, in turns that have no common divisor, so that everything meets everything.
const CHANNELS: [&str; 5] = ["chat", "voice", "chat", "email", "voice"];
const QUEUES: [&str; 7] = [
    "Loans",
    "Cards",
    "Service",
    "Service",
    "Complaints",
    "Business",
    "Service",
];

/// Exports the interactions that a desktop has recorded, or makes some of the sandbox's customers.
#[derive(Args)]
pub(crate) struct Recordings {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Takes what a desktop has recorded (`history.recorded`); nobody is named in it.
    Export {
        /// The profile's data folder; more than once for several desktops.
        #[arg(long, required = true, value_name = "FOLDER")]
        data: Vec<PathBuf>,
        /// The recording.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Makes interactions of the sandbox's made-up customers.
    Make {
        /// How many.
        #[arg(long, default_value_t = 1_000, value_parser = clap::value_parser!(u16).range(1..=10_000))]
        count: u16,
        /// The name of the bundle's connection that knows them.
        #[arg(long, default_value = "crm", value_name = "NAME")]
        connection: String,
        /// The recording.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
}

impl Recordings {
    pub(crate) async fn run(&self, out: &mut impl Write) -> Result<(), Fault> {
        let (recorded, to) = match &self.command {
            Command::Export { data, out } => (export(data)?, out),
            Command::Make {
                count,
                connection,
                out,
            } => (make(usize::from(*count), connection).await?, out),
        };
        let mut text = String::new();
        for recorded in &recorded {
            text.push_str(&serde_json::to_string(recorded).map_err(std::io::Error::other)?);
            text.push('\n');
        }
        write(to, &text)?;
        Ok(writeln!(
            out,
            "{}: {} interactions",
            to.display(),
            recorded.len()
        )?)
    }
}

fn export(folders: &[PathBuf]) -> Result<Vec<Recorded>, Fault> {
    let mut all = Vec::new();
    for folder in folders {
        let path = folder.join(FILE);
        let text = fs::read_to_string(&path).map_err(|source| Fault::File {
            path: path.clone(),
            source,
        })?;
        all.extend(read(&path, &text)?.into_iter().map(|(_, it)| it));
    }
    Ok(all)
}

async fn make(count: usize, connection: &str) -> Result<Vec<Recorded>, Fault> {
    let crm = Crm::start(count).await?;
    let rest = pop_crm::built_in().iter().find(|(id, _)| *id == "rest");
    let definition = rest.map(|(id, text)| Definition::load(&format!("{id}.toml"), text, &[]));
    let Some(Ok(definition)) = definition else {
        return Err(Fault::NoSuchDefinition("rest".to_owned()));
    };
    let id = ConnectionId(connection.to_owned());
    let asked = crm.connect(&id, &definition.into(), None)?;
    let mut all = Vec::with_capacity(count);
    let mut progress = Progress::of("making interactions", count);
    for number in 0..count {
        let found = asked.look_up(&(FIRST + number).to_string()).await;
        let found = found.map_err(|fault| Fault::Sandbox(fault.slug().to_owned()))?;
        // One in twenty is not known, and one in twenty-five is not alone.
        let found = found.filter(|_| number % 20 != 19);
        let (customer, cases) = found.unzip();
        let customer = customer.map(|customer| {
            let mut customer = Veil::none().customer(&id, &customer);
            customer.others = u8::from(number % 25 == 7);
            // Where the sandbox listened this time.
            customer.link = None;
            customer
        });
        let turn = |list: &[&str]| list.iter().cycle().nth(number).map(|it| (*it).to_owned());
        all.push(Recorded {
            interaction: ExampleInteraction {
                channel: turn(&CHANNELS),
                direction: Some(
                    if number % 11 == 4 {
                        "outbound"
                    } else {
                        "inbound"
                    }
                    .to_owned(),
                ),
                queue: turn(&QUEUES),
                only_offered: number % 13 == 5,
                ..ExampleInteraction::default()
            },
            customer,
            cases: cases.unwrap_or_default().iter().map(made).collect(),
        });
        progress.step();
    }
    drop(progress);
    crm.stop().await;
    Ok(all)
}

fn made(case: &Case) -> ExampleCase {
    ExampleCase {
        link: None,
        ..Veil::none().case(case)
    }
}
