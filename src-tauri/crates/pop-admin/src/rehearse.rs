//! `screenpop-admin rehearse`: what a new bundle does to interactions that there were.
//!
//! Each recorded interaction is played twice on the desk that the app runs, with the definitions
//! that the app runs: once with the bundle in force, once with the new one. Nothing is decided
//! here; what is compared stands in `compared.rs`.

pub(crate) mod compared;
mod page;
pub(crate) mod report;
pub(crate) mod sandbox;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use pop_core::bundle::{Bundle, Outcome, Recorded, Veil, digest};
use pop_core::profile::ConnectionId;
use pop_core::settings::Settings;
use pop_crm::DryCrms;

use crate::bundle::{File, now, refuse, tried, write};
use crate::fault::Fault;
use crate::progress::Progress;
use compared::{Change, Kind};
use report::{Of, Recording, Report};
use sandbox::{Asked, Crm, FIRST};

/// Plays recorded interactions on two bundles and says what changes: which pops appear, vanish,
/// fail, or open another page.
#[derive(Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of its own on the command line"
)]
pub(crate) struct Rehearse {
    /// The bundle in force, signed or not.
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// The one that is to come, signed or not.
    #[arg(value_name = "NEW")]
    new: PathBuf,
    /// The recorded interactions: `screenpop-admin recorded` exports or makes them.
    #[arg(long, value_name = "FILE")]
    with: PathBuf,
    /// Looks every customer up again in an embedded CRM, with each bundle's own requests. For
    /// recordings that were made from it.
    #[arg(long)]
    sandbox: bool,
    /// The report for programs, which a second admin can sign.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// The report as a page for people.
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// The report for programs, on standard output.
    #[arg(long)]
    json: bool,
    /// Tells every change, not only the first of each kind.
    #[arg(long)]
    all: bool,
    /// Ends with code 9 when a pop fails or vanishes.
    #[arg(long)]
    strict: bool,
}

/// A bundle, ready to be played.
struct Stage {
    text: String,
    bundle: Bundle,
    settings: Settings,
    crms: DryCrms,
    asked: BTreeMap<ConnectionId, Asked>,
}

impl Rehearse {
    pub(crate) async fn run(&self, out: &mut impl Write) -> Result<(), Fault> {
        let mut old = self.stage(&self.old, out)?;
        let mut new = self.stage(&self.new, out)?;
        let text = fs::read_to_string(&self.with).map_err(|source| Fault::File {
            path: self.with.clone(),
            source,
        })?;
        let recorded = read(&self.with, &text)?;
        let crm = if self.sandbox {
            let crm = Crm::start(highest(&recorded)).await?;
            old.connect(&crm)?;
            new.connect(&crm)?;
            Some(crm)
        } else {
            None
        };
        let mut changes = Vec::new();
        let mut progress = Progress::of("rehearsing", recorded.len());
        for (line, recorded) in &recorded {
            let (before, after) = (old.play(recorded).await, new.play(recorded).await);
            changes.extend(Change::of(*line, recorded, &before, &after));
            progress.step();
        }
        drop(progress);
        if let Some(crm) = crm {
            crm.stop().await;
        }
        let report = Report {
            protocol: 1,
            at: now().rfc3339(),
            old: Of::new(&self.old, &old.text, &old.bundle),
            new: Of::new(&self.new, &new.text, &new.bundle),
            recorded: Recording {
                file: self.with.clone(),
                digest: digest(text.as_bytes()),
                interactions: recorded.len(),
                looked_up: self.sandbox,
            },
            changes,
        };
        self.deliver(&report, out)
    }

    fn deliver(&self, report: &Report, out: &mut impl Write) -> Result<(), Fault> {
        let json = report.json()?;
        if let Some(path) = &self.report {
            write(path, &json)?;
        }
        if let Some(path) = &self.html {
            write(path, &page::page(report, &digest(json.as_bytes())))?;
        }
        if self.json {
            write!(out, "{json}")?;
        } else {
            report.tell(self.all, out)?;
        }
        let worse = report.of(Kind::Fails).count() + report.of(Kind::Vanishes).count();
        if self.strict && worse > 0 {
            return Err(Fault::Rehearsed { worse });
        }
        Ok(())
    }

    fn stage(&self, path: &Path, out: &mut impl Write) -> Result<Stage, Fault> {
        let text = File::read(path)?.text;
        let bundle = match tried(path, &text) {
            Ok(bundle) => bundle,
            Err(faults) => return refuse(path, &faults, self.json, out),
        };
        let settings = bundle.in_force().map_err(|faults| Fault::BundleContent {
            count: faults.len(),
        })?;
        let (crms, _) = DryCrms::of(&bundle);
        Ok(Stage {
            text,
            bundle,
            settings,
            crms,
            asked: BTreeMap::new(),
        })
    }
}

impl Stage {
    fn connect(&mut self, crm: &Crm) -> Result<(), Fault> {
        for (name, configured) in &self.settings.connections {
            let id = ConnectionId(name.clone());
            if let Some(definition) = self.crms.definition(&id) {
                let asked = crm.connect(&id, definition, Some(configured))?;
                self.asked.insert(id, asked);
            }
        }
        Ok(())
    }

    async fn play(&self, recorded: &Recorded) -> Outcome {
        let (recorded, fails) = match self.look_up(recorded).await {
            Ok(looked) => (looked.unwrap_or_else(|| recorded.clone()), None),
            Err(why) => {
                let nobody = Recorded {
                    customer: None,
                    cases: Vec::new(),
                    ..recorded.clone()
                };
                (nobody, Some(why))
            }
        };
        let mut outcome = recorded.outcome(&self.settings, &|wanted| self.crms.address(wanted));
        outcome.fails = outcome.fails.or(fails);
        outcome
    }

    /// The customer as the connection finds them now; nothing where nobody is asked.
    async fn look_up(&self, recorded: &Recorded) -> Result<Option<Recorded>, String> {
        let Some(customer) = recorded.customer.as_ref().filter(|it| it.others == 0) else {
            return Ok(None);
        };
        let first = || self.settings.connections.keys().next().cloned();
        let name = customer.connection.clone().or_else(first);
        let id = ConnectionId(name.unwrap_or_default());
        let Some(asked) = self.asked.get(&id) else {
            return Ok(None);
        };
        let found = asked.look_up(&customer.id).await;
        let found = found.map_err(|fault| format!("the lookup fails ({})", fault.slug()))?;
        let (customer, cases) = match &found {
            Some((customer, cases)) => (Some(Veil::none().customer(&id, customer)), &**cases),
            None => (None, &[][..]),
        };
        Ok(Some(Recorded {
            interaction: recorded.interaction.clone(),
            customer,
            cases: cases.iter().map(|case| Veil::none().case(case)).collect(),
        }))
    }
}

/// The recorded interactions with their lines.
pub(crate) fn read(path: &Path, text: &str) -> Result<Vec<(usize, Recorded)>, Fault> {
    let lines = text.lines().enumerate();
    let lines = lines.filter(|(_, line)| !line.trim().is_empty());
    let read = lines.map(|(number, line)| {
        let recorded = serde_json::from_str(line).map_err(|source| Fault::Recording {
            path: path.to_owned(),
            line: number + 1,
            source,
        })?;
        Ok((number + 1, recorded))
    });
    read.collect()
}

/// How many customers the embedded CRM needs, so that everybody of a recording is in it.
fn highest(recorded: &[(usize, Recorded)]) -> usize {
    let ids = recorded
        .iter()
        .filter_map(|(_, it)| it.customer.as_ref()?.id.parse::<usize>().ok());
    let within = ids.filter(|id| (FIRST..FIRST + 100_000).contains(id));
    within.max().map_or(1, |highest| highest - FIRST + 1)
}
