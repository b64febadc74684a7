//! The organisation's bundle as part of the engine: looked for, judged, tried, switched on, and taken
//! back.
//!
//! What a bundle says is read in `pop-core` and `pop-crm`; where it comes from says the setting
//! `distribution`. The bundle in force is never touched by what comes in its place until everything
//! of that is right.

mod enrol;
mod fetch;
#[cfg(test)]
mod hostile_tests;
mod judge;
mod keeper;
#[cfg(test)]
mod keeper_tests;
mod shelf;
mod shown;
mod trial;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use pop_core::bundle::Refusal;
use pop_core::desk::At;
use pop_core::fault::Fault;
use pop_core::moment::Moment;
use pop_core::profile::{ConnectionId, RecordKind, RecordRef};
use pop_core::settings::Distribution;
use pop_core::status::BundleTrouble;
use pop_store::AuditAction;

pub(crate) use enrol::EnrolAsk;
pub use enrol::{Enrolment, Offered};
pub(crate) use keeper::{Keeper, MARK};

use crate::bundle::fetch::{Fetched, From};
use crate::bundle::judge::{Candidate, Judged, Refused};
use crate::bundle::trial::{Again, Link, Trial, worse};
use crate::connections::Connections;
use crate::definitions::Definitions;
use crate::files;
use crate::room::Room;
use crate::telling::origin_of;
use crate::tick::Tick;

/// A control message brings no more looks than this.
const SOONEST: Duration = Duration::from_secs(10);

/// What became of a bundle that was looked for.
pub(crate) enum News {
    /// It was judged; or it could not be reached, and why.
    Judged(Result<(Judged, Option<String>), String>),
    /// It was tried; `worse` says what it does worse.
    Tried {
        candidate: Candidate,
        tag: Option<String>,
        changed: BTreeSet<ConnectionId>,
        worse: Option<String>,
    },
}

impl Room {
    /// Looks for a bundle when it is time, and ends a probation that is over.
    pub(crate) async fn look_for_bundle(&mut self) {
        let now = self.ports.clock.now();
        if let Some(why) = self.bundle.gives_up.take() {
            self.take_bundle_back(why).await;
        }
        if self
            .bundle
            .is_on_probation_until()
            .is_some_and(|until| until <= now)
        {
            self.bundle.prove();
            self.mark_in_vault();
        }
        if self.bundle.looking || now < self.bundle.look_at {
            return;
        }
        let Some(from) = self.bundle_from() else {
            return;
        };
        self.bundle.looking = true;
        let agent = &self.status.settings.agent;
        let person = agent.id.clone().or_else(|| agent.email.clone());
        let judge = self.bundle.judge(person, now);
        let (tag, ticks) = (self.bundle.tag(), self.ticks.clone());
        tokio::spawn(async move {
            let judged = match from.fetch(tag).await {
                Ok(Fetched::Same) => Ok((Judged::Same, None)),
                Ok(Fetched::Bytes(bytes, tag)) => {
                    let judged = tokio::task::spawn_blocking(move || judge.judge(bytes)).await;
                    judged
                        .map(|judged| (judged, tag))
                        .map_err(|error| error.to_string())
                }
                Err(why) => Err(why),
            };
            // The engine may have ended meanwhile.
            let _ = ticks
                .send(Tick::Bundle(Box::new(News::Judged(judged))))
                .await;
        });
    }

    /// Looks again at once, because somebody says that there is a new one.
    pub(crate) fn look_soon(&mut self) {
        let now = self.ports.clock.now();
        self.bundle.again = self.bundle.looking;
        let soonest = self.bundle.checked.map_or(now, |last| last.after(SOONEST));
        self.bundle.look_at = self.bundle.look_at.min(soonest.max(now));
    }

    fn bundle_from(&self) -> Option<From> {
        self.source_of(&self.bundle.distribution)
    }

    fn source_of(&self, distribution: &Distribution) -> Option<From> {
        let from = distribution.from.clone()?;
        if !distribution.is_address() {
            return Some(From::File(PathBuf::from(from)));
        }
        let permitted = self.status.settings.security.allow_loopback_http;
        let loopback = origin_of(&from).filter(|_| permitted);
        let http = self
            .ports
            .network
            .client(loopback.into_iter().collect())
            .ok()?;
        Some(From::Address { url: from, http })
    }

    pub(crate) async fn bundle_news(&mut self, news: News) {
        let now = self.ports.clock.now();
        match news {
            News::Judged(judged) => {
                self.bundle.looked(now);
                match judged {
                    Err(why) => self.bundle.unreached(why, now),
                    Ok((Judged::Same, tag)) => self.bundle.same(tag),
                    Ok((Judged::Waits { version, percent }, _)) => {
                        self.bundle.waits(version, percent);
                    }
                    Ok((Judged::Refused(refused), _)) => self.refuse_bundle(refused, now),
                    Ok((Judged::Fit(candidate), tag)) => return self.try_bundle(candidate, tag),
                }
            }
            News::Tried {
                candidate,
                tag,
                changed,
                worse: None,
            } => {
                self.bundle.looking = false;
                self.switch_bundle(candidate, tag, changed).await;
            }
            News::Tried {
                candidate,
                worse: Some(why),
                ..
            } => {
                self.bundle.looking = false;
                let version = candidate.bundle.manifest.version;
                self.bundle.block(version);
                let refusal = Refusal::Worse(why);
                self.refuse_bundle(
                    Refused {
                        version: Some(version),
                        refusal,
                        faults: Vec::new(),
                    },
                    now,
                );
            }
        }
        self.draw_status();
    }

    fn refuse_bundle(&mut self, refused: Refused, now: Moment) {
        let code = refused.refusal.code();
        tracing::warn!(code, version = refused.version, "a bundle is not taken");
        self.bundle.faults = refused.faults;
        self.bundle.trouble = Some(BundleTrouble {
            code,
            version: refused.version,
            why: refused.refusal.to_string(),
            at: now,
        });
    }

    /// Makes the last lookups and links again, on what is in force and on what would be.
    fn try_bundle(&mut self, candidate: Candidate, tag: Option<String>) {
        self.bundle.looking = true;
        let (changed, lost, again) = self.compared(&candidate);
        let ticks = self.ticks.clone();
        tokio::spawn(async move {
            let worse = match lost {
                Some(lost) => Some(lost),
                None => worse(again).await,
            };
            let news = News::Tried {
                candidate,
                tag,
                changed,
                worse,
            };
            // The engine may have ended meanwhile.
            let _ = ticks.send(Tick::Bundle(Box::new(news))).await;
        });
    }

    fn compared(&self, candidate: &Candidate) -> (BTreeSet<ConnectionId>, Option<String>, Again) {
        let read = files::read(&self.places, Some(&candidate.bundle));
        let definitions = Definitions::read(&self.places, Some(&candidate.bundle));
        let vault = self.secrets.vault().cloned();
        let mut parts = self.parts(vault.as_ref());
        parts.settings = &read.loaded.settings;
        parts.definitions = &definitions;
        parts.locked = &read.loaded.locked;
        let after = parts.build().connections;
        let before = &self.connections;
        let changed = changed(before, &after);
        let lost = self.bundle.heard.lost_link(before, &after);
        let again = self.bundle.heard.again(&changed, before, &after);
        (changed, lost, again)
    }

    async fn switch_bundle(
        &mut self,
        candidate: Candidate,
        tag: Option<String>,
        changed: BTreeSet<ConnectionId>,
    ) {
        let now = self.ports.clock.now();
        let version = candidate.bundle.manifest.version;
        let before = self.connections.clone();
        match self.bundle.switch(candidate, tag, now) {
            Ok(true) => {
                self.bundle.trial = Some(Trial {
                    before,
                    changed,
                    faults: 0,
                });
            }
            Ok(false) => self.bundle.trial = None,
            Err(error) => {
                let why = format!("it cannot be kept on this computer: {error}");
                return self.bundle.unreached(why, now);
            }
        }
        tracing::info!(version, "a bundle is in force");
        self.mark_in_vault();
        self.reload().await;
        self.audit(AuditAction::Configured, &format!("bundle {version}"))
            .await;
    }

    /// Takes note of how a connection answered while a new bundle is on probation.
    pub(crate) async fn judge_by(&mut self, connection: &ConnectionId, fault: Option<&Fault>) {
        let Some((fault, trial)) = fault.zip(self.bundle.trial.as_mut()) else {
            return;
        };
        if trial.answered(connection, fault) {
            let why = format!(
                "{} fails ({}) since it is in force",
                connection.0,
                fault.slug()
            );
            self.take_bundle_back(why).await;
        }
    }

    /// Takes note of a record that was to be opened, and whether it had an address; a bundle on
    /// probation that loses addresses goes at the next look.
    pub(crate) fn heard_of_link(&mut self, at: At, record: &RecordRef, has_address: bool) {
        let Some(pop) = self.desk.pop(at.pop) else {
            return;
        };
        let Some(hit) = pop.known_to(&record.connection) else {
            return;
        };
        let case = pop.case(&record.connection, &record.id);
        let link = Link {
            connection: record.connection.clone(),
            kind: record.kind,
            customer: hit.customer.clone(),
            case: case.filter(|_| record.kind == RecordKind::Case).cloned(),
        };
        self.bundle.heard_of(link, has_address);
    }

    async fn take_bundle_back(&mut self, why: String) {
        let now = self.ports.clock.now();
        let Some(version) = self.bundle.take_back(why, now) else {
            return;
        };
        tracing::warn!(version, "a bundle was taken back");
        self.mark_in_vault();
        self.reload().await;
        self.audit(
            AuditAction::Configured,
            &format!("bundle {version} taken back"),
        )
        .await;
    }

    /// Looks whether the versions in the vault are those of the folder.
    pub(crate) async fn compare_bundle(&mut self) {
        let Some(vault) = self.secrets.vault().cloned() else {
            return;
        };
        let before = self.bundle.bundle().map(|bundle| bundle.manifest.version);
        self.bundle.compare(&vault, self.ports.clock.now());
        if self.bundle.bundle().map(|bundle| bundle.manifest.version) != before {
            self.reload().await;
        } else if before.is_some() {
            self.mark_in_vault();
        }
    }

    /// Keeps the versions where a restored folder cannot take them back (rule C4).
    pub(crate) fn mark_in_vault(&self) {
        if let Some(vault) = self.secrets.vault()
            && let Err(error) = self.bundle.mark(vault)
        {
            tracing::warn!(%error, "the bundle's version could not be kept in the vault");
        }
    }
}

/// The connections that are others after than before.
fn changed(before: &Connections, after: &Connections) -> BTreeSet<ConnectionId> {
    let is_same = |id: &ConnectionId| match (before.get(id), after.get(id)) {
        (Some(before), Some(after)) => Arc::ptr_eq(&before, &after),
        (None | Some(_), None | Some(_)) => false,
    };
    after
        .order
        .iter()
        .filter(|id| !is_same(id))
        .cloned()
        .collect()
}
