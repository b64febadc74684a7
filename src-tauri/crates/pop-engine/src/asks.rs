//! Answers what the window asks the engine itself: history, settings, command lines.
//!
//! Searching is in `searching.rs`, connecting a CRM is in `connecting.rs`, signing out in `forgetting.rs`.

use std::sync::Arc;
use std::time::Duration;

use pop_core::desk::{Command, Input};
use pop_core::moment::Moment;
use pop_core::refusal::Refusal;
use pop_core::settings;
use pop_source::link::{E_LINK, Taken};
use pop_store::{AuditAction, AuditOutcome, Change, HistoryQuery, Store, StoreError};
use tokio::sync::oneshot;

use crate::files;
use crate::keep::audit_named;
use crate::room::Room;
use crate::tick::{Ask, Raise, Refused, Tick};

/// How many entries the window lists at most.
const MOST_LISTED: usize = 500;

impl Room {
    pub(crate) async fn ask(&mut self, ask: Ask) {
        match ask {
            Ask::Redraw => self.redraw(),
            Ask::Search { words, reply } => self.search(words, reply),
            Ask::AlreadyThere { typed, reply } => self.already_there(&typed, reply),
            Ask::History { since, reply } => self.history(since, reply),
            Ask::Pin { at, wanted, reply } => answer(reply, self.pin(at, wanted).await),
            Ask::Link { at, reply } => answer(reply, self.link_of(at)),
            Ask::OpenSearch {
                at,
                connection,
                reply,
            } => self.open_search(at, &connection, reply).await,
            Ask::Reopen { number, reply } => answer(reply, self.reopen(number).await),
            Ask::FollowedUp { number, reply } => answer(reply, self.followed_up(number).await),
            Ask::Set { name, value, reply } => answer(reply, self.set(&name, &value).await),
            Ask::Definitions { reply } => answer(reply, Arc::clone(&self.definitions)),
            Ask::Connect { wanted, reply } => self.connect(wanted, reply),
            Ask::Keep {
                wanted,
                name,
                grant,
                reply,
            } => {
                answer(reply, self.keep_connection(*wanted, name, grant).await);
            }
            Ask::CancelSignIn => self.signing_in = None,
            Ask::Test { connection, reply } => self.test(connection, reply),
            Ask::Diagnose { connection, reply } => self.diagnose(connection, reply),
            Ask::LastReport { connection, reply } => {
                answer(reply, self.last_report(&connection));
            }
            Ask::Forget { connection, reply } => self.sign_out(connection, reply),
            Ask::Audit {
                after,
                limit,
                reply,
            } => self.read_kept(reply, move |store| {
                Ok((store.audit(after, limit)?, store.verify_chain()?))
            }),
            Ask::Outbox {
                wanted,
                limit,
                reply,
            } => self.read_kept(reply, move |store| store.outbox(wanted, limit)),
            Ask::Delivery(ask) => self.delivery(ask),
            Ask::SignOut {
                connection,
                left,
                reply,
            } => self.signed_out(connection, left, reply).await,
            Ask::LookForBundle => {
                self.look_soon();
                self.look_for_bundle().await;
            }
            Ask::Leave { reply } => self.leave(reply),
            Ask::Left { left, reply } => self.left(left, reply),
            Ask::Unlock => self.unlock_vault(),
            Ask::Writing(ask) => self.writing(ask).await,
            Ask::Enrol(ask) => self.enrol(ask).await,
            Ask::Insight(ask) => self.insight(ask).await,
            Ask::Pause(time) => self.pause(time).await,
            Ask::SignInGateway { reply } => self.sign_in_gateway(reply),
            Ask::KeepGateway { outcome, reply } => {
                answer(reply, self.keep_gateway(outcome).await);
            }
            Ask::SignOutGateway { reply } => answer(reply, self.sign_out_gateway().await),
            Ask::SetWay { way, secret, reply } => answer(reply, self.set_way(*way, secret).await),
            Ask::HurryGateway => self.hurry_gateway(),
            Ask::Command { command, reply } => answer(reply, self.command(command).await),
            Ask::Arguments { arguments, reply } => {
                answer(reply, self.arguments(&arguments));
            }
        }
    }

    /// For this long no record opens by itself; the shell keeps what comes in quiet.
    async fn pause(&mut self, time: Duration) {
        let until = self.ports.clock.now().after(time);
        self.status.paused = Some(until).filter(|_| !time.is_zero());
        self.follow_policy().await;
    }

    fn redraw(&mut self) {
        self.draw_status();
        for pop in self.desk.pops() {
            self.ports.desktop.show(pop, &self.desk, &self.status);
        }
    }

    async fn command(&mut self, command: Command) -> Result<(), Refused> {
        if let Command::Write(wish) = &command {
            self.may(wish.kind)?;
        }
        let current = match &command {
            Command::Choose { at, .. }
            | Command::NotThisPerson(at)
            | Command::Retry { at, .. }
            | Command::OpenAccount(at)
            | Command::OpenBeside { at, .. }
            | Command::OpenRecord { at, .. } => self.desk.is_current(*at),
            Command::Seen(pop) | Command::Draft { pop, .. } | Command::ExtendWrapUp(pop) => {
                self.desk.pop(*pop).is_some()
            }
            Command::Close(pop) => {
                let card = self.desk.pop(*pop);
                card.is_some_and(|card| !self.desk.must_log(card))
            }
            Command::Write(wish) => self.desk.refuses(wish).is_none(),
            Command::WrapUp(said) => self.desk.is_current(said.at),
            Command::Undo(id) | Command::Resend { id, .. } | Command::Discard { id, .. } => {
                self.desk.writes().iter().any(|item| item.write.id == *id)
            }
            Command::Show { connection, .. } => self.connections.reach(connection).is_some(),
        };
        self.looks_again = matches!(command, Command::Retry { .. });
        let drafts = matches!(command, Command::Draft { .. });
        self.desk_input(Input::Command(command)).await;
        self.looks_again = false;
        if let Some(why) = self.unkept.why.as_ref().filter(|_| drafts) {
            return Err(self.refused(&Refusal::Disk(why.clone())));
        }
        if current {
            return Ok(());
        }
        Err(self.refused(&Refusal::CardChanged))
    }

    fn history(&self, since: Moment, reply: oneshot::Sender<Vec<pop_core::status::Past>>) {
        let (store, ticks) = (self.store.clone(), self.ticks.clone());
        let query = HistoryQuery {
            since,
            limit: MOST_LISTED,
            text: None,
            channel: None,
        };
        tokio::spawn(async move {
            let entries = store.run(move |store| store.history(&query)).await;
            let entries = entries.unwrap_or_else(|error| {
                tracing::error!(%error, "the history cannot be read");
                Vec::new()
            });
            // The engine may have ended meanwhile.
            let _ = ticks.send(Tick::Described { entries, reply }).await;
        });
    }

    /// Reads something from the store, on a task of its own: a disk may take its time.
    pub(crate) fn read_kept<T: Send + 'static>(
        &self,
        reply: oneshot::Sender<Result<T, Refused>>,
        read: impl FnOnce(&mut Store) -> Result<T, StoreError> + Send + 'static,
    ) {
        let (store, language) = (self.store.clone(), self.status.language());
        tokio::spawn(async move {
            let kept = store.run(read).await;
            let kept =
                kept.map_err(|error| Refused::because(&Refusal::Disk(error.to_string()), language));
            answer(reply, kept);
        });
    }

    async fn reopen(&mut self, number: u32) -> Result<(), Refused> {
        let Some(record) = self.day.record(number).cloned() else {
            return Err(self.refused(&Refusal::NotInHistory));
        };
        let command = Command::Show {
            connection: record.connection,
            id: record.id,
        };
        self.command(command).await
    }

    async fn followed_up(&mut self, number: u32) -> Result<(), Refused> {
        let Some(entry) = self.day.followed_up(number) else {
            return Err(self.refused(&Refusal::NobodyToCall));
        };
        self.keep(vec![Change::History(entry)]).await;
        self.draw_status();
        Ok(())
    }

    async fn set(&mut self, name: &str, value: &serde_json::Value) -> Result<(), Refused> {
        if self.status.locked.iter().any(|locked| locked == name) {
            return Err(self.refused(&Refusal::Managed));
        }
        let text = settings::set(&files::user_text(&self.places), name, value)
            .map_err(|fault| self.refused(&Refusal::Setting(fault.to_string())))?;
        self.write_settings(&text)?;
        self.reload().await;
        self.audit(AuditAction::Configured, name).await;
        Ok(())
    }

    pub(crate) fn write_settings(&self, text: &str) -> Result<(), Refused> {
        files::write_user(&self.places, text)
            .map_err(|error| self.refused(&Refusal::Disk(error.to_string())))
    }

    pub(crate) fn refused(&self, refusal: &Refusal) -> Refused {
        Refused::because(refusal, self.status.language())
    }

    pub(crate) async fn audit(&mut self, action: AuditAction, name: &str) {
        let now = self.ports.clock.now();
        let line = audit_named(&self.who(), action, name, AuditOutcome::Done, now);
        self.keep(vec![Change::Audit(line)]).await;
    }

    /// Takes a command line; says how the window comes up (rules D1, D6).
    fn arguments(&mut self, arguments: &[String]) -> Raise {
        let Some(door) = &self.sources.door else {
            return Raise::Stay;
        };
        // A clicked number counts only where the settings say so, whoever hands it over.
        match door.take(arguments, self.status.settings.links.tel) {
            Ok(Taken::Hidden) => Raise::Stay,
            Ok(Taken::Window { focus: true }) => Raise::Focus,
            Ok(Taken::Window { focus: false } | Taken::Somebody) => Raise::Show,
            Err(refused) => {
                tracing::warn!(code = E_LINK, why = %refused.why, "a command line was refused");
                self.draw_status();
                Raise::Show
            }
        }
    }
}

/// Answers whoever asked; they may be gone.
pub(crate) fn answer<T>(reply: oneshot::Sender<T>, value: T) {
    let _ = reply.send(value);
}
