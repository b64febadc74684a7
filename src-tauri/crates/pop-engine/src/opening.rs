//! Opens records: in the CRM's own window where the agent has it open, by their address otherwise.
//!
//! Whether and when a record is opened is the desk's business; how a CRM is asked to show one is
//! `pop-crm`'s.

use std::sync::Arc;
use std::time::Duration;

use pop_core::desk::{At, Input, Place, Pop};
use pop_core::link::RecordUrl;
use pop_core::moment::Moment;
use pop_core::profile::{Case, ConnectionId, Customer, RecordKind, RecordRef};
use pop_core::refusal::Refusal;
use pop_crm::{Connection, Context, Shown};
use pop_store::{AuditAction, AuditOutcome, Change};
use tokio::sync::oneshot;

use crate::asks::answer;
use crate::engine::Engine;
use crate::keep::{audit_named, audit_record};
use crate::ports::Desktop;
use crate::room::Room;
use crate::tick::{Ask, Refused, Tick};

/// A record that is asked for again so soon after is not opened twice: a CRM is given two seconds
/// to show it, and the system's browser starts in less than the rest.
const ONCE_WITHIN: Duration = Duration::from_secs(5);

/// A record that is being opened.
pub(crate) struct Underway {
    record: RecordRef,
    since: Moment,
    /// The cards that wait for it.
    waiting: Vec<At>,
}

/// What is opened, and through which connection.
struct Target {
    connection: Arc<Connection>,
    customer: Customer,
    case: Option<Case>,
    context: Context,
    record: RecordRef,
    /// Which of the link's templates has an address for it.
    template: u32,
}

impl Engine {
    /// Opens a connection's own page with what a search for a card's customer finds.
    ///
    /// # Errors
    /// When the card is no longer as the agent saw it, there is no such page, or it cannot be opened.
    pub async fn open_search(&self, at: At, connection: ConnectionId) -> Result<(), Refused> {
        self.ask(|reply| Ask::OpenSearch {
            at,
            connection,
            reply,
        })
        .await?
    }
}

impl Room {
    /// Opens a record, on a task of its own: a CRM may take its time, and so may the browser.
    pub(crate) fn open(
        &mut self,
        at: At,
        record: RecordRef,
        asked: bool,
        changes: &mut Vec<Change>,
    ) {
        let target = self.target(at, &record);
        self.mark_link(
            at.pop,
            &record,
            target.as_ref().map(|target| target.template),
        );
        self.heard_of_link(at, &record, target.is_ok());
        let key = self.desk.pop(at.pop).and_then(|pop| pop.key.clone());
        let now = self.ports.clock.now();
        let outcome = if target.is_ok() {
            AuditOutcome::Done
        } else {
            AuditOutcome::Refused
        };
        let who = if asked {
            self.who()
        } else {
            "policy".to_owned()
        };
        let opened = record.clone();
        let line = audit_record(&who, AuditAction::Opened, opened, outcome, key, now);
        changes.push(Change::Audit(line));
        if self.is_underway(at, &record, now) {
            return;
        }
        let (desktop, ticks) = (Arc::clone(&self.ports.desktop), self.ticks.clone());
        tokio::spawn(async move {
            let outcome = match target {
                Ok(target) => target.open(desktop).await,
                Err(why) => Err(why),
            };
            // The engine may have ended meanwhile.
            let _ = ticks.send(Tick::Opened { record, outcome }).await;
        });
    }

    /// Whether a record is being opened already; a card that wants it is told in either case.
    fn is_underway(&mut self, at: At, record: &RecordRef, now: Moment) -> bool {
        let known = self
            .opening
            .iter_mut()
            .find(|known| known.record == *record);
        let Some(known) = known else {
            self.opening.push(Underway {
                record: record.clone(),
                since: now,
                waiting: vec![at],
            });
            return false;
        };
        known.waiting.push(at);
        let joins = now.since(known.since) < ONCE_WITHIN;
        if !joins {
            known.since = now;
        }
        joins
    }

    /// The address of the record of a card's customer, for people to pass on; of a saved copy's, where
    /// nobody can be asked.
    pub(crate) fn link_of(&self, at: At) -> Result<RecordUrl, Refused> {
        let pop = self.desk.pop(at.pop).filter(|_| self.desk.is_current(at));
        let saved = || {
            let (lookup, hit) = pop?.saved_record()?;
            Some((&lookup.connection, hit))
        };
        let Some((connection, hit)) = pop.and_then(Pop::customer).or_else(saved) else {
            return Err(self.refused(&Refusal::CardChanged));
        };
        let gone = || self.refused(&Refusal::CannotBeAsked(connection.0.clone()));
        let connection = self.connections.get(connection).ok_or_else(gone)?;
        let link = connection.numbered_link(RecordKind::Customer, &hit.customer, None);
        let link = link.map_err(|fault| self.refused(&Refusal::NoLink(fault.to_string())))?;
        Ok(link.1)
    }

    /// Opens the page of a search in the browser, because the agent asked for it.
    pub(crate) async fn open_search(
        &mut self,
        at: At,
        connection: &ConnectionId,
        reply: oneshot::Sender<Result<(), Refused>>,
    ) {
        let url = match self.search_page(at, connection) {
            Ok(url) => url,
            Err(refused) => return answer(reply, Err(refused)),
        };
        let name = format!("{}: search", connection.0);
        let now = self.ports.clock.now();
        let (who, done) = (self.who(), AuditOutcome::Done);
        let line = audit_named(&who, AuditAction::Opened, &name, done, now);
        self.keep(vec![Change::Audit(line)]).await;
        let (desktop, language) = (Arc::clone(&self.ports.desktop), self.status.language());
        tokio::spawn(async move {
            let opened = browse(desktop, url).await;
            let refused = |why| Refused::because(&Refusal::NoLink(why), language);
            answer(reply, opened.map_err(refused));
        });
    }

    fn search_page(&self, at: At, connection: &ConnectionId) -> Result<RecordUrl, Refused> {
        let pop = self.desk.pop(at.pop).filter(|_| self.desk.is_current(at));
        let words = pop.and_then(Pop::words_to_search);
        let words = words.ok_or_else(|| self.refused(&Refusal::CardChanged))?;
        let gone = || self.refused(&Refusal::CannotBeAsked(connection.0.clone()));
        let ready = self.connections.get(connection).ok_or_else(gone)?;
        let link = ready.link_to_search(&words);
        link.map_err(|fault| self.refused(&Refusal::NoLink(fault.to_string())))
    }

    /// Tells every card that waited for a record.
    pub(crate) async fn opened(&mut self, record: &RecordRef, outcome: Result<Place, String>) {
        let found = self
            .opening
            .iter()
            .position(|known| known.record == *record);
        let Some(underway) = found.map(|found| self.opening.swap_remove(found)) else {
            return;
        };
        for at in underway.waiting {
            let outcome = outcome.clone();
            self.desk_input(Input::Opened { at, outcome }).await;
        }
    }

    /// What is opened for a card; a record without an address that may be opened is not shown.
    fn target(&self, at: At, record: &RecordRef) -> Result<Target, String> {
        let gone = || "the customer is no longer on the card".to_owned();
        let pop = self.desk.pop(at.pop).ok_or_else(gone)?;
        let hit = pop.known_to(&record.connection).ok_or_else(gone)?;
        if record.kind == RecordKind::Customer && hit.customer.id != record.id {
            return Err(gone());
        }
        let connection = self
            .connections
            .get(&record.connection)
            .ok_or_else(|| "the CRM is no longer connected".to_owned())?;
        let case = pop
            .case(&record.connection, &record.id)
            .filter(|_| record.kind == RecordKind::Case);
        let (template, _) = connection
            .numbered_link(record.kind, &hit.customer, case)
            .map_err(|fault| fault.to_string())?;
        Ok(Target {
            connection,
            customer: hit.customer.clone(),
            case: case.cloned(),
            context: self.context(pop),
            record: record.clone(),
            template,
        })
    }
}

impl Target {
    async fn open(self, desktop: Arc<dyn Desktop>) -> Result<Place, String> {
        let shown = self
            .connection
            .show(
                self.record.kind,
                &self.customer,
                self.case.as_ref(),
                &self.context,
            )
            .await;
        match shown {
            Ok(Shown::InCrm) => Ok(Place::Crm),
            Ok(Shown::Link(url)) => browse(desktop, url).await.map(|()| Place::Browser),
            Err(fault) => Err(fault.to_string()),
        }
    }
}

/// Hands an address to the system, on a thread that may wait.
async fn browse(desktop: Arc<dyn Desktop>, url: RecordUrl) -> Result<(), String> {
    tokio::task::spawn_blocking(move || desktop.open(&url))
        .await
        .unwrap_or_else(|_| Err("the browser could not be started".to_owned()))
}
