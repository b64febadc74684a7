//! Reads forms for the window, and checks what is filled in before the desk is given it.
//!
//! Whether it may be written is the desk's business; keeping and sending it is in `writing.rs` and
//! `outbox`.

use std::collections::BTreeMap;
use std::sync::Arc;

use pop_core::action::{ActionKind, FieldFault, FieldProblem, Form};
use pop_core::desk::{At, Command, Input, Wish, WrapUpField, Wrapping};
use pop_core::language::Language;
use pop_core::profile::{Case, ConnectionId};
use pop_core::refusal::Refusal;
use pop_core::write::WriteId;
use pop_crm::{About, Connection, Context};
use serde_json::{Map, Value};
use tokio::sync::oneshot;

use crate::asks::answer;
use crate::forms::{WritingAsk, Wrote};
use crate::outbox::about;
use crate::room::Room;
use crate::tick::{Ask, Refused, Tick};

/// What a form and its check are about.
struct Target {
    connection: Arc<Connection>,
    label: String,
    language: Language,
    about: About,
    context: Context,
}

impl Room {
    pub(crate) async fn writing(&mut self, ask: WritingAsk) {
        match ask {
            WritingAsk::Form {
                at,
                connection,
                kind,
                case,
                reply,
            } => {
                let target = self.form_target(at, &connection, case.as_deref());
                match self.may(kind).and(target) {
                    Ok(target) => send_form(target, kind, reply),
                    Err(refused) => answer(reply, Err(refused)),
                }
            }
            WritingAsk::FormOf { id, reply } => match self.write_target(&id) {
                Ok((target, kind)) => send_form(target, kind, reply),
                Err(refused) => answer(reply, Err(refused)),
            },
            WritingAsk::Similar { at, subject, reply } => {
                answer(reply, self.similar_case(at, &subject));
            }
            WritingAsk::Write {
                wish,
                checked: false,
                reply,
            } => self.check_wish(wish, reply),
            WritingAsk::Write { wish, reply, .. } => {
                let id = wish.id.clone();
                self.desk_input(Input::Command(Command::Write(wish))).await;
                answer(reply, self.taken(id));
            }
            WritingAsk::Resend {
                id,
                input,
                shown,
                checked: false,
                reply,
            } => self.check_again(id, input, shown, reply),
            WritingAsk::Resend {
                id,
                input,
                shown,
                reply,
                ..
            } => {
                let command = Command::Resend {
                    id: id.clone(),
                    input,
                    shown,
                };
                self.desk_input(Input::Command(command)).await;
                answer(reply, self.taken(id));
            }
            WritingAsk::WrapUp { said, reply } => answer(reply, self.wrap(*said).await),
        }
    }

    /// Whether the organisation lets agents do this.
    pub(crate) fn may(&self, kind: ActionKind) -> Result<(), Refused> {
        if self.status.settings.features.allows(kind) {
            return Ok(());
        }
        Err(self.refused(&Refusal::SwitchedOff))
    }

    fn similar_case(&self, at: At, subject: &str) -> Result<Option<(ConnectionId, Case)>, Refused> {
        let pop = self.desk.pop(at.pop).filter(|_| self.desk.is_current(at));
        let pop = pop.ok_or_else(|| self.refused(&Refusal::CardChanged))?;
        let takes_notes = |connection: &ConnectionId| {
            let status = self.status.connection(connection);
            status.is_some_and(|status| status.actions.contains(&ActionKind::AddNote))
        };
        let similar = pop.similar_case(subject, takes_notes);
        Ok(similar.map(|(connection, case)| (connection.clone(), case.clone())))
    }

    fn check_wish(&self, wish: Box<Wish>, reply: oneshot::Sender<Result<Wrote, Refused>>) {
        if let Err(refused) = self.may(wish.kind) {
            return answer(reply, Err(refused));
        }
        if self.desk.refuses(&wish).is_some() {
            answer(reply, Err(self.refused(&Refusal::CardChanged)));
            return;
        }
        let case = wish.case.as_deref();
        let target = self.form_target(wish.at, &wish.connection, case).ok();
        let (kind, input) = (wish.kind, wish.input.clone());
        self.check(target, kind, input, reply, move |reply| WritingAsk::Write {
            wish,
            checked: true,
            reply,
        });
    }

    fn check_again(
        &self,
        id: WriteId,
        input: BTreeMap<String, String>,
        shown: Option<String>,
        reply: oneshot::Sender<Result<Wrote, Refused>>,
    ) {
        let item = self.desk.writes().iter().find(|item| item.write.id == id);
        let Some(kind) = item.map(|item| item.write.kind) else {
            answer(reply, Err(self.refused(&Refusal::CardChanged)));
            return;
        };
        let target = self.write_target(&id).ok().map(|(target, _)| target);
        self.check(target, kind, input.clone(), reply, move |reply| {
            WritingAsk::Resend {
                id,
                input,
                shown,
                checked: true,
                reply,
            }
        });
    }

    /// Checks what was filled in, and goes on if nothing is wrong; a CRM that cannot be asked now
    /// checks it when it is sent.
    fn check(
        &self,
        target: Option<Target>,
        kind: ActionKind,
        input: BTreeMap<String, String>,
        reply: oneshot::Sender<Result<Wrote, Refused>>,
        next: impl FnOnce(oneshot::Sender<Result<Wrote, Refused>>) -> WritingAsk + Send + 'static,
    ) {
        let ticks = self.ticks.clone();
        tokio::spawn(async move {
            let wrong = match target {
                Some(target) => target.wrong_in(kind, input).await,
                None => Vec::new(),
            };
            if wrong.is_empty() {
                // The engine may have ended meanwhile.
                let _ = ticks.send(Tick::Ask(Ask::Writing(next(reply)))).await;
            } else {
                answer(reply, Ok(Wrote::Wrong(wrong)));
            }
        });
    }

    async fn wrap(&mut self, mut said: Wrapping) -> Result<Wrote, Refused> {
        if !self.desk.is_current(said.at) {
            return Err(self.refused(&Refusal::CardChanged));
        }
        let policy = self.desk.wrap_up_policy();
        let lacks = policy.lacks(said.outcome.as_deref(), &said.note);
        if !lacks.is_empty() {
            let fault = |field: &WrapUpField| FieldFault {
                field: match field {
                    WrapUpField::Outcome => "outcome".to_owned(),
                    WrapUpField::Note => "note".to_owned(),
                },
                problem: FieldProblem::Required,
            };
            return Ok(Wrote::Wrong(lacks.iter().map(fault).collect()));
        }
        let connection = said.connection.as_ref();
        let connection = connection.and_then(|connection| self.connections.get(connection));
        said.takes_outcome = connection
            .is_some_and(|connection| connection.asks_for(ActionKind::LogInteraction, "outcome"));
        let (id, is_written) = (said.log.clone(), said.connection.is_some());
        let command = Command::WrapUp(Box::new(said));
        self.desk_input(Input::Command(command)).await;
        if is_written {
            return self.taken(id);
        }
        Ok(Wrote::Taken(id))
    }

    /// Whether the desk took a write.
    fn taken(&self, id: WriteId) -> Result<Wrote, Refused> {
        let known = self.desk.writes().iter().any(|item| item.write.id == id);
        if known {
            Ok(Wrote::Taken(id))
        } else {
            Err(self.refused(&Refusal::CardChanged))
        }
    }

    fn form_target(
        &self,
        at: At,
        connection: &ConnectionId,
        case: Option<&str>,
    ) -> Result<Target, Refused> {
        let pop = self.desk.pop(at.pop).filter(|_| self.desk.is_current(at));
        let pop = pop.ok_or_else(|| self.refused(&Refusal::CardChanged))?;
        let customer = pop.known_to(connection);
        let case = case.and_then(|case| pop.case(connection, case)).cloned();
        let about = About {
            customer: customer.map(|hit| hit.customer.clone()),
            case,
            identifiers: pop.identifiers.clone(),
            name: pop.name.clone(),
        };
        self.target_of(connection, about, self.context(pop))
    }

    fn write_target(&self, id: &WriteId) -> Result<(Target, ActionKind), Refused> {
        let item = self.desk.writes().iter().find(|item| item.write.id == *id);
        let write = item.map(|item| &item.write);
        let write = write.ok_or_else(|| self.refused(&Refusal::CardChanged))?;
        let about = about(write);
        let target = self.target_of(&write.connection, about, Context::default())?;
        Ok((target, write.kind))
    }

    fn target_of(
        &self,
        connection: &ConnectionId,
        about: About,
        context: Context,
    ) -> Result<Target, Refused> {
        let label = self.status.label(connection).to_owned();
        let ready = self.connections.get(connection);
        let connection =
            ready.ok_or_else(|| self.refused(&Refusal::CannotBeAsked(label.clone())))?;
        Ok(Target {
            connection,
            label,
            language: self.status.language(),
            about,
            context,
        })
    }
}

impl Target {
    async fn wrong_in(&self, kind: ActionKind, input: BTreeMap<String, String>) -> Vec<FieldFault> {
        let input: Map<String, Value> = input
            .into_iter()
            .map(|(name, value)| (name, Value::from(value)))
            .collect();
        let Self {
            connection,
            about,
            context,
            ..
        } = self;
        connection.wrong_in(kind, about, &input, context).await
    }

    async fn form(&self, kind: ActionKind) -> Result<Form, Refused> {
        let read = self.connection.form(kind, &self.about, &self.context);
        let refused = |refusal| Err(Refused::because(&refusal, self.language));
        match read.await {
            Ok(Some(form)) => Ok(form),
            Ok(None) => refused(Refusal::NotOffered(self.label.clone())),
            Err(fault) => {
                let words = fault.words(&self.label, self.language);
                refused(Refusal::FormFailed(words.title))
            }
        }
    }
}

fn send_form(target: Target, kind: ActionKind, reply: oneshot::Sender<Result<Form, Refused>>) {
    tokio::spawn(async move { answer(reply, target.form(kind).await) });
}
