//! Runs the doctor: when somebody asks, and by itself when a connection fails.
//!
//! By itself it comes after the pop, never in its way, and not more often than every few minutes
//! for one connection. What is looked at is `pop-core`'s and `pop-crm`'s; here is who looks, when,
//! and what of this computer is seen besides: the disk and the browser.

mod disk;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use pop_core::doctor::{self, Cause, Check, CheckName, Report, Skip};
use pop_core::fault::{Fault, FaultKind};
use pop_core::moment::Moment;
use pop_core::profile::ConnectionId;
use pop_core::refusal::Refusal;
use pop_crm::{Connection, Examination, Looking};
use tokio::sync::oneshot;

use crate::account::SANDBOX;
use crate::asks::answer;
use crate::connections::Reach;
use crate::ports::Desktop;
use crate::room::Room;
use crate::tick::{Refused, Tick};

/// By itself, a connection is looked at no more often than this.
const AGAIN_AFTER: Duration = Duration::from_mins(5);

/// By itself it waits so long after the failure: the pop's own requests come first.
const AFTER_THE_POP: Duration = Duration::from_secs(2);

/// The made-up customer of the embedded CRM who is always there.
const SANDBOX_CUSTOMER: &str = "12345";

/// What was found, and when it was last looked at.
#[derive(Default)]
pub(crate) struct Doctor {
    reports: BTreeMap<ConnectionId, Report>,
    called: BTreeMap<ConnectionId, Moment>,
}

/// Everything one look needs; it is taken from the engine's task and runs on its own.
struct Visit {
    connection: Option<Arc<Connection>>,
    looking: Option<Looking>,
    examination: Examination,
    desktop: Arc<dyn Desktop>,
    folder: std::path::PathBuf,
    clock: Arc<dyn pop_core::clock::Clock>,
    report: Report,
}

impl Doctor {
    /// What was found last of each connection.
    pub(crate) fn last(&self) -> Vec<&Report> {
        self.reports.values().collect()
    }
}

impl Room {
    /// Looks at a connection, or at the computer alone, because somebody asks.
    pub(crate) fn diagnose(
        &mut self,
        id: Option<ConnectionId>,
        reply: oneshot::Sender<Result<Report, Refused>>,
    ) {
        if let Some(id) = &id
            && self.connections.reach(id).is_none()
        {
            let refusal = Refusal::CannotBeAsked(self.status.label(id).to_owned());
            let why = Refused::because(&refusal, self.status.language());
            answer(reply, Err(why));
            return;
        }
        let because = id.as_ref().and_then(|id| self.status.connection(id));
        let because = because.and_then(|status| status.fault.clone());
        let visit = self.visit(id, because);
        let ticks = self.ticks.clone();
        tokio::spawn(async move {
            let report = visit.run().await;
            // The engine may have ended meanwhile.
            let _ = ticks.send(Tick::Diagnosed(Box::new(report.clone()))).await;
            answer(reply, Ok(report));
        });
    }

    /// What was found last, without looking again.
    pub(crate) fn last_report(&self, id: &ConnectionId) -> Option<Report> {
        self.doctor.reports.get(id).cloned()
    }

    /// Keeps what was found.
    pub(crate) fn diagnosed(&mut self, report: Report) {
        if let Some(cause) = report.main().and_then(Check::cause) {
            tracing::info!(cause = cause.slug(), "the doctor found a cause");
        }
        if let Some(id) = report.connection.clone() {
            self.doctor.reports.insert(id, report);
        }
    }

    /// Looks by itself because a connection failed, unless it did a moment ago.
    pub(crate) fn call_doctor(&mut self, id: &ConnectionId, fault: &Fault) {
        if !explains_nothing_yet(&fault.kind) || self.ports.network.looking().is_none() {
            return;
        }
        let now = self.ports.clock.now();
        let called = self.doctor.called.get(id);
        if called.is_some_and(|called| now.since(*called) < AGAIN_AFTER) {
            return;
        }
        self.doctor.called.insert(id.clone(), now);
        let visit = self.visit(Some(id.clone()), Some(fault.clone()));
        let (ticks, clock) = (self.ticks.clone(), Arc::clone(&self.ports.clock));
        tokio::spawn(async move {
            clock.sleep(AFTER_THE_POP).await;
            let report = Box::new(visit.run().await);
            // The engine may have ended meanwhile.
            let _ = ticks.send(Tick::Diagnosed(report)).await;
        });
    }

    fn visit(&self, id: Option<ConnectionId>, because: Option<Fault>) -> Visit {
        let reach = id.as_ref().and_then(|id| self.connections.reach(id));
        let mut checks = doctor::look(&self.status, id.as_ref());
        let connection = match reach {
            Some(Reach::Ready(connection)) => Some(connection),
            Some(Reach::Not(fault)) => {
                checks.push(not_ready(&fault));
                None
            }
            Some(Reach::Starting) | None => None,
        };
        let known_good = id.as_ref().and_then(|id| self.known_good(id));
        let label = id.as_ref().map(|id| self.status.label(id).to_owned());
        Visit {
            connection,
            looking: self.ports.network.looking(),
            examination: Examination {
                known_good: known_good.clone(),
                wanted: None,
                because: because.clone(),
            },
            desktop: Arc::clone(&self.ports.desktop),
            folder: self.places.data.clone(),
            clock: Arc::clone(&self.ports.clock),
            report: Report {
                connection: id,
                label: label.unwrap_or_else(|| "Screenpop".to_owned()),
                begun: self.ports.clock.now(),
                took: Duration::ZERO,
                because,
                known_record: known_good,
                checks,
            },
        }
    }

    fn known_good(&self, id: &ConnectionId) -> Option<String> {
        if id.0 == SANDBOX {
            return Some(SANDBOX_CUSTOMER.to_owned());
        }
        let configured = self.status.settings.connections.get(&id.0)?;
        configured.test_customer.clone()
    }
}

impl Visit {
    async fn run(self) -> Report {
        let Self {
            connection,
            looking,
            examination,
            desktop,
            folder,
            clock,
            mut report,
        } = self;
        let waiting = tokio::task::spawn_blocking(move || {
            let browser = match desktop.browser() {
                Ok(()) => Check::passed(CheckName::Browser),
                Err(why) => Check::failed(CheckName::Browser, Cause::NoBrowser).told(
                    "the browser for https",
                    "one is set",
                    why,
                ),
            };
            [browser, disk::look(&folder)]
        });
        if let Some(connection) = connection {
            let examined = connection.examine(looking.as_ref(), &examination);
            report.checks.extend(examined.await);
        }
        match waiting.await {
            Ok([browser, disk]) => {
                // What the disk says is closer than that nothing could be kept, and one is enough.
                let is_store = |check: &Check| check.name == CheckName::Store;
                if disk.has_failed() || !report.checks.iter().any(is_store) {
                    report.checks.retain(|check| !is_store(check));
                    report.checks.push(disk);
                }
                report.checks.push(browser);
            }
            Err(error) => {
                tracing::error!(%error, "this computer could not be looked at");
                let skipped = Check::skipped(CheckName::Store, Skip::Before);
                report.checks.push(skipped);
            }
        }
        report.took = clock.now().since(report.begun);
        report.sort();
        report
    }
}

/// A connection that cannot be asked at all.
fn not_ready(fault: &Fault) -> Check {
    let name = match &fault.kind {
        FaultKind::KeychainLocked => CheckName::Keychain,
        FaultKind::SignInNeeded => CheckName::SignIn,
        FaultKind::Forbidden
        | FaultKind::NotFound
        | FaultKind::Ambiguous
        | FaultKind::Invalid(_)
        | FaultKind::Conflict
        | FaultKind::RateLimited
        | FaultKind::Unavailable
        | FaultKind::AnswerNotUnderstood
        | FaultKind::Redirect
        | FaultKind::ForeignAddress
        | FaultKind::MissingName(_)
        | FaultKind::UnsafeValue
        | FaultKind::Network(_)
        | FaultKind::TimedOut
        | FaultKind::Paused
        | FaultKind::NotSupported => CheckName::Request,
    };
    let check = Check::failed(name, Cause::of(fault));
    check.told("the connection", "it can be asked", fault.slug())
}

/// Whether a fault leaves its cause open; the others say it themselves, and asking again would only
/// burden a CRM that wants to be left alone.
fn explains_nothing_yet(kind: &FaultKind) -> bool {
    match kind {
        FaultKind::SignInNeeded
        | FaultKind::Forbidden
        | FaultKind::Invalid(_)
        | FaultKind::Unavailable
        | FaultKind::AnswerNotUnderstood
        | FaultKind::Redirect
        | FaultKind::ForeignAddress
        | FaultKind::MissingName(_)
        | FaultKind::Network(_)
        | FaultKind::TimedOut => true,
        FaultKind::KeychainLocked
        | FaultKind::NotFound
        | FaultKind::Ambiguous
        | FaultKind::Conflict
        | FaultKind::RateLimited
        | FaultKind::UnsafeValue
        | FaultKind::Paused
        | FaultKind::NotSupported => false,
    }
}
