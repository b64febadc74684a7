//! Answers what the window asks the engine itself: searching, history, settings, connections.

use std::sync::Arc;

use pop_core::desk::{Command, Input};
use pop_core::moment::Moment;
use pop_core::profile::ConnectionId;
use pop_core::settings::{self, EditFault};
use pop_crm::{AuthChoice, Connection, Context};
use pop_source::link::{Argument, E_LINK, parse_arguments};
use pop_store::{AuditAction, AuditOutcome, Change, HistoryQuery};
use tokio::sync::oneshot;

use crate::account::{SANDBOX, account};
use crate::files;
use crate::keep::audit_named;
use crate::room::Room;
use crate::tick::{Ask, Connected, Found, Raise, Refused, Tick, Wanted};

/// The most characters of a search.
const MOST_WORDS: usize = 200;

/// How many entries the window lists at most.
const MOST_LISTED: usize = 500;

impl Room {
    pub(crate) async fn ask(&mut self, ask: Ask) {
        match ask {
            Ask::Redraw => self.redraw(),
            Ask::Search { words, reply } => self.search(words, reply),
            Ask::History { since, reply } => self.history(since, reply),
            Ask::Reopen { number, reply } => answer(reply, self.reopen(number).await),
            Ask::Set { name, value, reply } => answer(reply, self.set(&name, &value).await),
            Ask::Connect { wanted, reply } => self.connect(wanted, reply),
            Ask::Keep {
                wanted,
                name,
                reply,
            } => {
                answer(reply, self.keep_connection(*wanted, name).await);
            }
            Ask::Test { connection, reply } => self.test(connection, reply),
            Ask::Forget { connection, reply } => answer(reply, self.forget(&connection).await),
            Ask::Unlock => self.unlock_vault(),
            Ask::Command { command, reply } => answer(reply, self.command(command).await),
            Ask::Arguments { arguments, reply } => {
                answer(reply, self.arguments(&arguments).await);
            }
        }
    }

    fn redraw(&mut self) {
        self.draw_status();
        for pop in self.desk.pops() {
            self.ports.desktop.show(pop, &self.desk, &self.status);
        }
    }

    async fn command(&mut self, command: Command) -> Result<(), Refused> {
        let current = match &command {
            Command::Choose { at, .. }
            | Command::NotThisPerson(at)
            | Command::Retry { at, .. }
            | Command::OpenRecord { at, .. } => self.desk.is_current(*at),
            Command::Seen(pop) | Command::Close(pop) => self.desk.pop(*pop).is_some(),
            Command::Show { connection, .. } => self.connections.reach(connection).is_some(),
        };
        self.desk_input(Input::Command(command)).await;
        if current {
            return Ok(());
        }
        Err(Refused::argument(
            "the card has changed meanwhile; look again",
        ))
    }

    fn search(&self, words: String, reply: oneshot::Sender<Found>) {
        let words = words.trim().to_owned();
        let connections = self.connections.all();
        let context = Context::default();
        tokio::spawn(async move {
            let mut found = Found::default();
            if words.is_empty() || words.chars().count() > MOST_WORDS {
                answer(reply, found);
                return;
            }
            let searches = connections.into_iter().map(|(id, connection)| {
                let (words, context) = (words.clone(), context.clone());
                tokio::spawn(async move { (id, connection.search(&words, &context).await) })
            });
            for search in searches.collect::<Vec<_>>() {
                match search.await {
                    Ok((id, Ok(listed))) => found.customers.extend(
                        listed
                            .items
                            .into_iter()
                            .map(|customer| (id.clone(), customer)),
                    ),
                    Ok((id, Err(fault))) => found.faults.push((id, fault)),
                    Err(error) => tracing::error!(%error, "a search did not end"),
                }
            }
            answer(reply, found);
        });
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

    async fn reopen(&mut self, number: u32) -> Result<(), Refused> {
        let unknown = || Refused::argument("there is no such interaction in the history");
        let record = self.day.record(number).cloned().ok_or_else(unknown)?;
        let command = Command::Show {
            connection: record.connection,
            id: record.id,
        };
        self.command(command).await
    }

    async fn set(&mut self, name: &str, value: &serde_json::Value) -> Result<(), Refused> {
        if self.status.locked.iter().any(|locked| locked == name) {
            return Err(Refused::argument("your organisation has set this"));
        }
        let text = settings::set(&files::user_text(&self.places), name, value).map_err(refused)?;
        self.write_settings(&text)?;
        self.reload().await;
        self.audit(AuditAction::Configured, name).await;
        Ok(())
    }

    fn write_settings(&self, text: &str) -> Result<(), Refused> {
        files::write_user(&self.places, text).map_err(|error| Refused {
            code: "E_DISK",
            why: format!("the settings file cannot be written: {error}"),
        })
    }

    async fn audit(&mut self, action: AuditAction, name: &str) {
        let now = self.ports.clock.now();
        let line = audit_named(&self.who(), action, name, AuditOutcome::Done, now);
        self.keep(vec![Change::Audit(line)]).await;
    }

    /// Tests what the person filled in; only what answers is kept.
    fn connect(&self, wanted: Box<Wanted>, reply: oneshot::Sender<Connected>) {
        let auth = copy(&wanted.auth);
        let vault = self.secrets.vault().cloned();
        let connection = match self
            .parts(vault.as_deref())
            .try_out(&wanted.connection, auth)
        {
            Ok(connection) => connection,
            Err(not) => {
                let field = |key: &str| key.rsplit('.').next().unwrap_or_default().to_owned();
                let fields = not
                    .files
                    .into_iter()
                    .map(|fault| (field(&fault.key), fault.expected));
                let secret = not.sign_in.map(|expected| ("secret".to_owned(), expected));
                answer(reply, Connected::Refused(fields.chain(secret).collect()));
                return;
            }
        };
        let ticks = self.ticks.clone();
        tokio::spawn(async move {
            match connection.test(&Context::default()).await {
                Ok(me) => {
                    let ask = Ask::Keep {
                        wanted,
                        name: me.name.or(me.email),
                        reply,
                    };
                    // The engine may have ended meanwhile.
                    let _ = ticks.send(Tick::Ask(ask)).await;
                }
                Err(fault) => {
                    let label = wanted.connection.label.clone();
                    answer(reply, Connected::Failed { label, fault });
                }
            }
        });
    }

    async fn keep_connection(&mut self, wanted: Wanted, name: Option<String>) -> Connected {
        let id = wanted
            .again
            .clone()
            .unwrap_or_else(|| self.new_name(&wanted.connection.label));
        let refuse = |why: String| Connected::Refused(vec![(String::new(), why)]);
        let Some(vault) = self.secrets.vault().cloned() else {
            return refuse("the keychain is locked; unlock it first".to_owned());
        };
        let key = if wanted.connection.user.is_some() {
            "password"
        } else {
            "secret"
        };
        if let Some(secret) = wanted.auth.secrets.get(key)
            && let Err(error) = vault.put(&account(&id.0), secret)
        {
            return refuse(error.to_string());
        }
        let managed = self
            .status
            .connection(&id)
            .is_some_and(|status| status.managed);
        if !managed {
            let text = files::user_text(&self.places);
            let text = match settings::set_connection(&text, &id.0, Some(&wanted.connection)) {
                Ok(text) => text,
                Err(fault) => return refuse(fault.to_string()),
            };
            if let Err(refused) = self.write_settings(&text) {
                return refuse(refused.why);
            }
        }
        self.reload().await;
        if let Some(status) = self
            .status
            .connections
            .iter_mut()
            .find(|status| status.id == id)
        {
            status.signed_in_as.clone_from(&name);
        }
        self.desk_input(Input::Ready(id.clone())).await;
        self.audit(AuditAction::SignedIn, &id.0).await;
        self.draw_status();
        Connected::Yes {
            connection: id,
            signed_in_as: name,
        }
    }

    /// A name that no connection has, made from what people call it.
    fn new_name(&self, label: &str) -> ConnectionId {
        let mut plain: String = label
            .to_lowercase()
            .chars()
            .map(|letter| {
                if letter.is_ascii_alphanumeric() {
                    letter
                } else {
                    '-'
                }
            })
            .collect();
        plain.truncate(40);
        let plain = plain.trim_matches('-');
        let base = if plain.is_empty() || plain == SANDBOX {
            "crm"
        } else {
            plain
        };
        let taken = |name: &str| self.status.settings.connections.contains_key(name);
        let numbered = (2..).map(|number: u32| format!("{base}-{number}"));
        let name = std::iter::once(base.to_owned())
            .chain(numbered)
            .find(|name| !taken(name));
        ConnectionId(name.unwrap_or_else(|| base.to_owned()))
    }

    fn test(&self, id: ConnectionId, reply: oneshot::Sender<Connected>) {
        let label = self.status.label(&id).to_owned();
        let Some(connection) = self.connections.get(&id) else {
            let why = "this CRM is not connected".to_owned();
            answer(reply, Connected::Refused(vec![(String::new(), why)]));
            return;
        };
        let (ticks, clock) = (self.ticks.clone(), Arc::clone(&self.ports.clock));
        tokio::spawn(async move {
            let begun = clock.now();
            let tested = test(&connection).await;
            let took = clock.now().since(begun);
            let fault = tested.as_ref().err().cloned();
            // The engine may have ended meanwhile.
            let _ = ticks
                .send(Tick::Answered {
                    connection: id.clone(),
                    took,
                    fault,
                })
                .await;
            answer(
                reply,
                match tested {
                    Ok(signed_in_as) => Connected::Yes {
                        connection: id,
                        signed_in_as,
                    },
                    Err(fault) => Connected::Failed { label, fault },
                },
            );
        });
    }

    async fn forget(&mut self, id: &ConnectionId) -> Result<(), Refused> {
        if self
            .status
            .connection(id)
            .is_some_and(|status| status.managed)
        {
            return Err(Refused::argument("your organisation has set this"));
        }
        if let Some(vault) = self.secrets.vault() {
            vault.forget(&account(&id.0)).map_err(|error| Refused {
                code: "E_VAULT",
                why: error.to_string(),
            })?;
        }
        let text = settings::set_connection(&files::user_text(&self.places), &id.0, None)
            .map_err(refused)?;
        self.write_settings(&text)?;
        self.reload().await;
        self.audit(AuditAction::SignedOut, &id.0).await;
        Ok(())
    }

    /// Takes a command line; says how the window comes up (rules D1, D6).
    async fn arguments(&mut self, arguments: &[String]) -> Raise {
        let now = self.ports.clock.now();
        let read = parse_arguments(arguments, now, &self.phone_rules)
            .and_then(|argument| self.gate.pass(argument, now));
        match read {
            Ok(Argument::Hidden) => Raise::Stay,
            Ok(Argument::None) if self.gate.may_focus(now) => Raise::Focus,
            Ok(Argument::None) => Raise::Show,
            Ok(Argument::Link(event) | Argument::Caller(event)) => {
                self.events(vec![*event], None, now).await;
                Raise::Show
            }
            Err(refused) => {
                tracing::warn!(code = E_LINK, why = %refused.why, "a command line was refused");
                *self.dropped.entry(E_LINK).or_default() += 1;
                self.draw_status();
                Raise::Show
            }
        }
    }
}

async fn test(connection: &Connection) -> Result<Option<String>, pop_core::fault::Fault> {
    let me = connection.test(&Context::default()).await?;
    Ok(me.name.or(me.email))
}

/// Answers whoever asked; they may be gone.
fn answer<T>(reply: oneshot::Sender<T>, value: T) {
    let _ = reply.send(value);
}

fn refused(fault: EditFault) -> Refused {
    Refused::argument(fault.to_string())
}

fn copy(auth: &AuthChoice) -> AuthChoice {
    AuthChoice {
        method: auth.method.clone(),
        secrets: auth
            .secrets
            .iter()
            .map(|(name, secret)| {
                let text = secret.expose("the trial connection signs in with it once");
                (name.clone(), pop_core::secret::Secret::new(text.to_owned()))
            })
            .collect(),
    }
}
