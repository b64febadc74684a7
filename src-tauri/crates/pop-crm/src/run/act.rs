//! Doing something in a CRM, once.
//!
//! A write is sent once and never repeated here. What its failure leaves open, and what may be
//! done next, is said with it; whoever keeps the write comes back with the same one, and only then
//! is it sent again or looked for, as the definition says. Security rules Q4 and Q6.

use std::sync::atomic::Ordering;

use pop_core::action::{ActionKind, FieldFault, Next, Outcome};
use pop_core::fault::{Fault, FaultKind};
use pop_core::link::{RecordUrl, check_external_link};
use pop_core::moment::Moment;
use pop_core::profile::{Case, Customer, RecordKind};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::language::action::{ActionPart, ResultMap};
use crate::run::about::About;
use crate::run::aftermath::{Again, not_seen};
use crate::run::ask::{Asked, Call};
use crate::run::connection::Connection;
use crate::run::context::{Context, object};
use crate::run::error::Failure;
use crate::run::meanwhile::SeenStatus;
use crate::run::names::Names;
use crate::run::values;

/// Something to be done in a CRM.
#[derive(Clone, Debug, Default)]
pub struct Write {
    /// Its own id, made once when the agent decided it, and its key in the CRM.
    pub item_id: String,
    /// Whom it is about.
    pub about: About,
    /// What was filled in, by the names of the form.
    pub input: Map<String, Value>,
    /// When it was sent first, if nobody knows whether that was done.
    pub sent: Option<Moment>,
    /// What the agent saw of the case, if it must still be so.
    pub seen: Option<SeenStatus>,
}

/// Something that is done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// The record's id, if the CRM says it.
    pub id: Option<String>,
    /// The number that people use.
    pub number: Option<String>,
    /// Where it can be seen.
    pub link: Option<RecordUrl>,
    /// It was an earlier try that did it; this one only found it.
    pub earlier: bool,
    /// Requests one after another that it took.
    pub round_trips: u32,
}

/// Something that did not succeed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActFault {
    /// What went wrong.
    pub fault: Box<Fault>,
    /// The fields of the form that it is about.
    pub fields: Vec<FieldFault>,
    /// What became of it.
    pub outcome: Outcome,
    /// What may be done next; `fault.retry_after` says when not before.
    pub next: Next,
}

/// The namespace of the uuids that are made from the ids of writes.
const NAMESPACE: Uuid = Uuid::from_u128(0x5c1e_7d52_0f6b_4a0e_9d0a_3f5d_8e1b_6c47);
/// The longest id of a write: it is a header's value and part of a path.
const LONGEST_ID: usize = 64;

impl Connection {
    /// Does something. The same write can be passed again, with `sent`, as `ActFault::next` says.
    pub async fn act(
        &self,
        kind: ActionKind,
        write: &Write,
        context: &Context,
    ) -> Result<Written, ActFault> {
        let part = self
            .plan
            .action(kind)
            .filter(|part| self.has_settings(part));
        let Some(part) = part else {
            let fault = Box::new(self.fault(FaultKind::NotSupported));
            return Err(ActFault::of(fault, Outcome::NotDone, Next::Park));
        };
        let act = Act {
            connection: self,
            part,
            write,
        };
        let outcome = act.run(context).await;
        act.keep_up(&outcome);
        outcome
    }

    /// Looks whether a write that an earlier run kept is done already, where the CRM can be asked
    /// and would not know it again by itself. `None`: it is not, or that cannot be asked.
    ///
    /// # Errors
    /// When it could not be looked for; the write itself was not sent.
    pub async fn find_done(
        &self,
        kind: ActionKind,
        write: &Write,
        asked: Moment,
        context: &Context,
    ) -> Result<Option<Written>, ActFault> {
        let Some(part) = self.plan.action(kind) else {
            return Ok(None);
        };
        let act = Act {
            connection: self,
            part,
            write,
        };
        act.find_done(asked, context).await
    }

    /// Whether it can be found out what became of a write that was sent at a time, or need not be
    /// known, because sending it again does nothing twice.
    pub fn can_tell(&self, kind: ActionKind, sent: Moment) -> bool {
        self.plan.action(kind).is_some_and(|part| {
            let act = Act {
                connection: self,
                part,
                write: &Write::default(),
            };
            !matches!(act.again(sent), Again::Nothing)
        })
    }

    /// The end of a write's time.
    fn write_deadline(&self, context: &Context) -> Moment {
        let usual = self.now().after(self.budgets.write);
        context
            .deadline
            .map_or(usual, |deadline| deadline.min(usual))
    }
}

impl ActFault {
    pub(crate) fn of(fault: Box<Fault>, outcome: Outcome, next: Next) -> Self {
        Self {
            fault,
            fields: Vec::new(),
            outcome,
            next,
        }
    }
}

/// One write on its way.
pub(crate) struct Act<'a> {
    pub(crate) connection: &'a Connection,
    pub(crate) part: &'a ActionPart,
    pub(crate) write: &'a Write,
}

impl Act<'_> {
    async fn run(&self, context: &Context) -> Result<Written, ActFault> {
        self.check_ids()?;
        self.unchanged(context).await?;
        let call = self.call(context).await?;
        let mut depth = 0;
        if let Some(first) = self.write.sent {
            match self.again(first) {
                Again::Send => {}
                Again::Look(look) => {
                    let looked = call.look(look).await.map_err(not_seen)?;
                    if let Some(names) = looked.row {
                        let written = self.read(&look.result, &names, looked.depth);
                        return written.map(|written| Written {
                            earlier: true,
                            ..written
                        });
                    }
                    depth = looked.depth;
                }
                Again::Nothing => return Err(self.parked()),
            }
        }
        let call = Call {
            deadline: self.connection.write_deadline(context),
            ..call
        };
        // Once it is done, nothing may stand between the answer and what it says.
        let needs = self.part.result.needs.clone();
        call.learn(needs)
            .await
            .map_err(|failure| self.unsent(failure))?;
        let asked = call
            .ask_and_learn(&self.part.asking, &self.part.result.needs)
            .await;
        let Asked { names, depth: more } = match asked {
            Ok(Some(asked)) if call.progress.done.load(Ordering::Relaxed) => asked,
            // Its `when`, or the `when` of each of its writes, says that there is nothing to do.
            Ok(Some(_) | None) => {
                return Err(self.failed(self.kind(FaultKind::NotSupported), &call));
            }
            Err(failure) => return Err(self.failed(failure, &call)),
        };
        self.read(&self.part.result, &names, depth + more)
    }

    async fn find_done(
        &self,
        asked: Moment,
        context: &Context,
    ) -> Result<Option<Written>, ActFault> {
        let Again::Look(look) = self.again(asked) else {
            return Ok(None);
        };
        self.check_ids()?;
        let call = self.call(context).await?;
        let looked = call.look(look).await;
        let looked = looked.map_err(|failure| self.unsent(failure))?;
        let Some(names) = looked.row else {
            return Ok(None);
        };
        let written = self.read(&look.result, &names, looked.depth)?;
        Ok(Some(Written {
            earlier: true,
            ..written
        }))
    }

    /// The write as the definition's requests see it.
    async fn call<'a>(&'a self, context: &'a Context) -> Result<Call<'a>, ActFault> {
        let item = &self.write.item_id;
        let uuid = Uuid::new_v5(&NAMESPACE, item.as_bytes()).to_string();
        let item = object([
            ("id", Some(Value::from(item.clone()))),
            ("uuid", Some(Value::from(uuid))),
        ]);
        let call = Call::new(self.connection, context)
            .about(&self.write.about)
            .with("item", item);
        let input = call.accepted(self.part, &self.write.input).await;
        let input = input.map_err(|refusal| self.not_accepted(refusal))?;
        Ok(call.with("input", input))
    }

    /// Ids go into every place, and may come from what another version of the definition read.
    fn check_ids(&self) -> Result<(), ActFault> {
        let item = &self.write.item_id;
        let is_key = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
        let is_item = (1..=LONGEST_ID).contains(&item.len())
            && item.bytes().all(is_key)
            && !item.bytes().all(|byte| byte == b'.');
        let mut ids = self.write.about.ids();
        if is_item && ids.all(|id| self.connection.plan.ids.accepts(id)) {
            return Ok(());
        }
        Err(self.unsent(self.kind(FaultKind::UnsafeValue)))
    }

    pub(crate) fn kind(&self, kind: FaultKind) -> Failure {
        self.connection.fault(kind).into()
    }

    /// What the answer says of what was done.
    fn read(
        &self,
        result: &ResultMap,
        names: &Names,
        round_trips: u32,
    ) -> Result<Written, ActFault> {
        let text = |reading: &Option<crate::language::reading::Reading>| {
            let value = reading.as_ref()?.value(names.scope())?;
            values::text(&value)
        };
        let id = text(&result.id);
        let said_nothing = names.get("status").and_then(Value::as_u64) == Some(204);
        let is_readable = match &id {
            Some(id) => !self.part.kind.makes_record() || self.connection.plan.ids.accepts(id),
            None => result.id.is_none() || said_nothing,
        };
        if !is_readable {
            let fault = self.connection.not_understood().fault;
            return Err(ActFault::of(fault, Outcome::Unknown, self.after_unknown()));
        }
        let mut written = Written {
            id,
            number: text(&result.number),
            round_trips,
            ..Written::default()
        };
        written.link = self.link_of(&written, text(&result.link));
        Ok(written)
    }

    fn link_of(&self, written: &Written, own: Option<String>) -> Option<RecordUrl> {
        let within = self.connection.hosts(&self.connection.plan.link.within);
        let own = own.and_then(|own| check_external_link(&own, &within).ok());
        let known = self.write.about.customer.clone().unwrap_or_default();
        let made = || match self.part.kind {
            ActionKind::CreateCase => {
                let case = Case {
                    id: written.id.clone()?,
                    number: written.number.clone(),
                    ..Case::default()
                };
                self.connection
                    .link(RecordKind::Case, &known, Some(&case))
                    .ok()
            }
            ActionKind::CreateCustomer => {
                let customer = Customer {
                    id: written.id.clone()?,
                    ..Customer::default()
                };
                self.connection
                    .link(RecordKind::Customer, &customer, None)
                    .ok()
            }
            ActionKind::LogInteraction
            | ActionKind::AddNote
            | ActionKind::SetStatus
            | ActionKind::SetPriority
            | ActionKind::UpdateCustomer
            | ActionKind::ShowInCrm => None,
        };
        own.or_else(made)
    }
}
