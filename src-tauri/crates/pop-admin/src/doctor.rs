//! `screenpop-admin doctor`: the checks of the app's diagnosis, from a shell.
//!
//! The sign-ins lie in the app's vault, which this program does not open (see `connected.rs`): with
//! a secret in a file it signs in with that, without one it walks the way to the server and asks
//! nothing that needs a sign-in. It reads and never writes, and no secret is printed.

use std::io::Write;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use clap::Args;
use pop_core::clock::Clock as _;
use pop_core::doctor::{Check, Report, Verdict};
use pop_core::language::Language;
use pop_core::profile::ConnectionId;
use pop_crm::{Connection, Examination, Looking, SystemClock, examine_way};

use crate::connected::{Configured, secret};
use crate::fault::Fault;
use crate::layers::Layers;

/// Looks at connections step by step and names what is wrong, why, and who can mend it.
///
/// Reads the settings as the app does: a person's file, the bundle, the machine policy. The app's
/// vault stays closed: its key is in the keychain of the person's desktop, and an admin's tool has
/// none. Give a secret with --secret-file to look beyond the sign-in, or use the diagnosis in the
/// app, which is signed in.
#[derive(Args)]
pub(crate) struct Doctor {
    #[command(flatten)]
    layers: Layers,
    /// The connection to look at; without it, all of them.
    #[arg(long, value_name = "NAME")]
    connection: Option<String>,
    /// The definition of a connection, if it comes neither with the program nor with the bundle.
    #[arg(long, value_name = "FILE")]
    definition: Option<PathBuf>,
    /// A file with the token, key or password to sign in with, which nobody else may read; without
    /// it nobody signs in.
    #[arg(long, value_name = "FILE", requires = "connection")]
    secret_file: Option<PathBuf>,
    /// A customer that exists: an id, an e-mail address or a number with +.
    #[arg(long, value_name = "ID")]
    record: Option<String>,
    /// Prints everything as JSON.
    #[arg(long)]
    json: bool,
}

impl Doctor {
    pub(crate) async fn run(&self, out: &mut impl Write) -> Result<(), Fault> {
        let in_force = self.layers.read(out)?;
        let connections = &in_force.settings.connections;
        let wanted = self.connection.as_deref();
        if let Some(name) = wanted
            && !connections.contains_key(name)
        {
            return Err(Fault::NoSuchConnection(name.to_owned()));
        }
        if connections.is_empty() {
            return Err(Fault::NoConnection);
        }
        let mut reports = Vec::new();
        for (name, settings) in connections {
            if wanted.is_none_or(|wanted| wanted == name) {
                let configured = Configured {
                    name,
                    settings,
                    in_force: &in_force,
                };
                reports.push(self.examine(&configured, out).await?);
            }
        }
        self.tell(&reports, out)
    }

    fn tell(&self, reports: &[Report], out: &mut impl Write) -> Result<(), Fault> {
        if self.json {
            let all: Vec<_> = reports
                .iter()
                .map(|report| report.json(Language::En))
                .collect();
            writeln!(out, "{:#}", serde_json::Value::from(all))?;
        } else {
            for report in reports {
                write_report(report, out)?;
            }
            if self.secret_file.is_none() {
                writeln!(
                    out,
                    "Nobody signed in: the app's vault stays closed here. --secret-file looks further."
                )?;
            }
        }
        match reports.iter().map(Report::failed).sum() {
            0 => Ok(()),
            failed => Err(Fault::Diagnosed { failed }),
        }
    }

    async fn examine(
        &self,
        configured: &Configured<'_>,
        out: &mut impl Write,
    ) -> Result<Report, Fault> {
        let begun = Instant::now();
        let definition = match configured.definition(self.definition.as_deref())? {
            Ok(definition) => definition,
            Err(faults) => {
                let count = faults.len();
                faults
                    .iter()
                    .try_for_each(|fault| writeln!(out, "{fault}"))?;
                return Err(Fault::Definition { count });
            }
        };
        let secret = self.secret_file.as_deref().map(secret).transpose()?;
        let signs_in = secret.is_some();
        let account = configured.account(definition, secret);
        let ports = configured.ports()?;
        let looking = Looking::of_this_computer();
        let looking = looking.map_err(|fault| Fault::NoClient(fault.to_string()))?;
        let known_good = self.record.clone();
        let known_good = known_good.or_else(|| configured.settings.test_customer.clone());
        let began = SystemClock.now();
        let wrong = |faults: Vec<pop_crm::ConnectFault>| configured.wrong(&faults);
        let checks = if signs_in {
            let connection = Connection::open(account, ports).map_err(wrong)?;
            let examination = Examination {
                known_good: known_good.clone(),
                ..Examination::default()
            };
            connection.examine(Some(&looking), &examination).await
        } else {
            examine_way(account, ports, &looking).await.map_err(wrong)?
        };
        let mut report = Report {
            connection: Some(ConnectionId(configured.name.to_owned())),
            label: configured.settings.label.clone(),
            begun: began,
            took: Duration::ZERO,
            because: None,
            known_record: known_good,
            checks,
        };
        report.took = begun.elapsed();
        report.sort();
        Ok(report)
    }
}

fn write_report(report: &Report, out: &mut impl Write) -> Result<(), Fault> {
    writeln!(
        out,
        "{}: {} failed, {} warn, {} passed, {} ms",
        report.label,
        report.failed(),
        report.warned(),
        report.passed(),
        report.took.as_millis()
    )?;
    for check in &report.checks {
        write_check(check, &report.label, out)?;
    }
    Ok(())
}

fn write_check(check: &Check, crm: &str, out: &mut impl Write) -> Result<(), Fault> {
    let verdict = match check.verdict {
        Verdict::Passed => "ok",
        Verdict::Warning(_) => "warning",
        Verdict::Failed(_) => "FAILED",
        Verdict::Skipped(_) => "-",
    };
    let name = check.name.words(Language::En);
    writeln!(out, "  {verdict:<8} {name:<34} {}", check.came)?;
    let Some(cause) = check.cause() else {
        return Ok(());
    };
    let words = cause.words(crm, Language::En);
    writeln!(out, "           {} [{}]", words.title, cause.slug())?;
    writeln!(out, "           cause:  {}", words.why)?;
    writeln!(out, "           effect: {}", words.effect)?;
    writeln!(
        out,
        "           fix:    {} ({})",
        words.admin,
        words.by.slug()
    )?;
    writeln!(out, "           tried:  {}", check.tried)?;
    Ok(())
}
