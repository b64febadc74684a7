//! `screenpop-admin doctor`: the checks of the app's diagnosis, from a shell.
//!
//! The sign-ins lie in the app's vault, which this program does not open: with a secret in a file it
//! signs in with that, without one it walks the way to the server and asks nothing that needs a
//! sign-in. It reads and never writes, and no secret is printed.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::Args;
use pop_core::clock::Clock as _;
use pop_core::doctor::{Check, Report, Verdict};
use pop_core::language::Language;
use pop_core::link::LoopbackOrigin;
use pop_core::phone::{PhoneRules, Region};
use pop_core::profile::ConnectionId;
use pop_core::secret::Secret;
use pop_core::settings::{self, Layer, Settings};
use pop_core::tokens::MemoryTokens;
use pop_crm::{
    Account, AuthChoice, Budgets, Connection, Definition, Examination, Looking, Overlay, Ports,
    ReqwestHttp, SystemClock, Traffic, built_in, examine_way,
};

use crate::fault::Fault;

/// Looks at connections step by step and names what is wrong, why, and who can mend it.
#[derive(Args)]
pub(crate) struct Doctor {
    /// The settings file that names the connections: a user's, or the machine policy.
    #[arg(long, value_name = "FILE")]
    settings: PathBuf,
    /// The connection to look at; without it, all of them.
    #[arg(long, value_name = "NAME")]
    connection: Option<String>,
    /// The definition of a connection, if it does not come with the program.
    #[arg(long, value_name = "FILE")]
    definition: Option<PathBuf>,
    /// A file with the token, key or password to sign in with; without it nobody signs in.
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
        let text = content(&self.settings)?;
        let file = self.settings.display().to_string();
        let layer = Layer {
            file: &file,
            text: &text,
        };
        // What only the machine policy may say is said by its own file.
        let loaded = settings::load(None, Some(layer));
        let settings = match loaded {
            Ok(loaded) => loaded.settings,
            Err(faults) => {
                for fault in &faults {
                    writeln!(
                        out,
                        "{}:{}: {} is {}, expected {}",
                        fault.file, fault.line, fault.key, fault.found, fault.expected
                    )?;
                }
                let count = faults.len();
                return Err(Fault::Definition { count });
            }
        };
        let wanted = self.connection.as_deref();
        let mut connections = settings.connections.iter();
        if let Some(name) = wanted
            && !settings.connections.contains_key(name)
        {
            return Err(Fault::NoSuchConnection(name.to_owned()));
        }
        let mut reports = Vec::new();
        for (name, configured) in connections.by_ref() {
            if wanted.is_none_or(|wanted| wanted == name) {
                reports.push(self.examine(name, configured, &settings, out).await?);
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
        }
        match reports.iter().map(Report::failed).sum() {
            0 => Ok(()),
            failed => Err(Fault::Diagnosed { failed }),
        }
    }

    async fn examine(
        &self,
        name: &str,
        configured: &settings::Connection,
        settings: &Settings,
        out: &mut impl Write,
    ) -> Result<Report, Fault> {
        let begun = Instant::now();
        let definition = self.definition(configured, out)?;
        let secret = self.secret_file.as_deref().map(content).transpose()?;
        let signs_in = secret.is_some();
        let loopback: Vec<_> = configured
            .fields
            .values()
            .filter_map(serde_json::Value::as_str)
            .filter_map(LoopbackOrigin::permitted_by_machine_policy)
            .filter(|_| settings.security.allow_loopback_http)
            .collect();
        let account = Account {
            id: ConnectionId(name.to_owned()),
            auth: auth(configured, &definition, secret),
            definition: Arc::new(definition),
            settings: configured.fields.clone(),
            phone_rules: PhoneRules {
                default_region: settings
                    .phone
                    .default_region
                    .as_deref()
                    .and_then(Region::parse),
                own_numbers: Vec::new(),
            },
            loopback: loopback.clone(),
            budgets: Budgets::default(),
        };
        let no_client = |fault: pop_crm::ClientFault| Fault::NoClient(fault.to_string());
        let ports = Ports {
            http: Arc::new(ReqwestHttp::new(loopback).map_err(no_client)?),
            clock: Arc::new(SystemClock),
            traffic: Arc::new(Traffic::default()),
            tokens: Arc::new(MemoryTokens::default()),
        };
        let looking = Looking::of_this_computer().map_err(no_client)?;
        let known_good = self.record.clone();
        let known_good = known_good.or_else(|| configured.test_customer.clone());
        let began = SystemClock.now();
        let wrong = |faults: Vec<pop_crm::ConnectFault>| Fault::Connection {
            name: name.to_owned(),
            why: format!("{faults:?}"),
        };
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
            connection: Some(ConnectionId(name.to_owned())),
            label: configured.label.clone(),
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

    fn definition(
        &self,
        configured: &settings::Connection,
        out: &mut impl Write,
    ) -> Result<Definition, Fault> {
        let overlay = configured.overlay.as_ref().map(|text| Overlay {
            file: "overlay".to_owned(),
            text: text.clone(),
        });
        let overlays: Vec<_> = overlay.into_iter().collect();
        let id = &configured.definition;
        let loaded = if let Some(path) = &self.definition {
            Definition::load_own(&path.display().to_string(), &content(path)?, &overlays)
        } else {
            let mut known = built_in().iter();
            let found = known.find(|(known, _)| known == id);
            let (_, text) = found.ok_or_else(|| Fault::NoSuchDefinition(id.clone()))?;
            Definition::load(&format!("{id}.toml"), text, &overlays)
        };
        loaded.map_err(|faults| {
            let count = faults.len();
            for fault in &faults {
                // When it cannot be written, the count still says it.
                let _ = writeln!(out, "{fault}");
            }
            Fault::Definition { count }
        })
    }
}

/// What the way to sign in needs: the settings' user name, and the one secret.
fn auth(
    configured: &settings::Connection,
    definition: &Definition,
    secret: Option<String>,
) -> AuthChoice {
    let mut secret = secret.map(|text| Secret::new(text.trim_end().to_owned()));
    let mut secrets = BTreeMap::new();
    let mut methods = definition.auth_methods().iter();
    let method = methods.find(|method| method.name == configured.method);
    for field in method.into_iter().flat_map(|method| &method.fields) {
        let given = if field.hidden {
            secret.take()
        } else {
            configured.user.clone().map(Secret::new)
        };
        secrets.extend(given.map(|given| (field.name.clone(), given)));
    }
    AuthChoice {
        method: configured.method.clone(),
        secrets,
    }
}

fn content(path: &Path) -> Result<String, Fault> {
    fs::read_to_string(path).map_err(|source| Fault::File {
        path: path.to_owned(),
        source,
    })
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
