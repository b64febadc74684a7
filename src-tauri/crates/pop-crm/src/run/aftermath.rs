//! After a write that did not succeed: what became of it, and what may be done next.
//!
//! Security rules Q4 and Q6. The safe answer is that nobody knows: only what says itself that
//! nothing was done is taken for not done.

use pop_core::action::{FieldFault, FieldProblem, Next, Outcome};
use pop_core::fault::{Fault, FaultKind};
use pop_core::http::HttpFault;
use pop_core::moment::Moment;

use std::sync::atomic::Ordering;

use crate::language::action::{LookFirst, Resend};
use crate::run::act::{Act, ActFault};
use crate::run::ask::Call;
use crate::run::error::Failure;
use crate::run::form::Refusal;

/// What may be done about a write that was sent before.
pub(crate) enum Again<'a> {
    Send,
    Look(&'a LookFirst),
    Nothing,
}

impl Act<'_> {
    pub(crate) fn again(&self, first: Moment) -> Again<'_> {
        let connection = self.connection;
        match self.part.resend {
            Some(Resend::Always) => return Again::Send,
            Some(Resend::Within(lifetime)) => {
                // It must still be known there when it arrives. Where the clock was set back since,
                // nobody knows how long ago that was.
                let now = connection.now();
                let arrives = now.after(connection.budgets.write);
                if now >= first && arrives < first.after(lifetime) {
                    return Again::Send;
                }
            }
            None => {}
        }
        match &self.part.look_first {
            Some(look) => Again::Look(look),
            None => Again::Nothing,
        }
    }

    pub(crate) fn after_unknown(&self) -> Next {
        let first = self.write.sent.unwrap_or_else(|| self.connection.now());
        match self.again(first) {
            Again::Send => Next::Retry,
            Again::Look(_) => Next::LookFirst,
            Again::Nothing => Next::Park,
        }
    }

    pub(crate) fn not_accepted(&self, refusal: Refusal) -> ActFault {
        match refusal {
            Refusal::Unknown(failure) => self.unsent(failure),
            Refusal::Fields(fields) => {
                let names = fields.iter().map(|fault| fault.field.clone()).collect();
                ActFault {
                    fields,
                    ..self.unsent(self.kind(FaultKind::Invalid(names)))
                }
            }
        }
    }

    /// This try was not sent; an earlier one may have been done all the same.
    pub(crate) fn unsent(&self, failure: Failure) -> ActFault {
        let outcome = match self.write.sent {
            Some(_) => Outcome::Unknown,
            None => Outcome::NotDone,
        };
        let next = match can_pass(&failure.fault) {
            true if outcome == Outcome::Unknown => self.after_unknown(),
            true => Next::Retry,
            false => Next::Park,
        };
        ActFault::of(failure.fault, outcome, next)
    }

    /// It may be repeated no more, and nobody can look.
    pub(crate) fn parked(&self) -> ActFault {
        let fault = self.connection.fault(FaultKind::NotSupported);
        ActFault::of(Box::new(fault), Outcome::Unknown, Next::Park)
    }

    pub(crate) fn failed(&self, failure: Failure, call: &Call<'_>) -> ActFault {
        let progress = &call.progress;
        let is_begun = progress.done.load(Ordering::Relaxed);
        let is_open = progress.unanswered.load(Ordering::Relaxed)
            || failure.unanswered
            || self.write.sent.is_some();
        let refused = is_refusal(&failure);
        let outcome = if refused && !is_begun && !is_open {
            Outcome::NotDone
        } else {
            Outcome::Unknown
        };
        let passes = can_pass(&failure.fault);
        let next = match outcome {
            Outcome::NotDone if passes => Next::Retry,
            Outcome::NotDone => Next::Park,
            // What is refused for good is refused again.
            Outcome::Unknown if failure.denied || (refused && !passes) => Next::Park,
            Outcome::Unknown => self.after_unknown(),
        };
        ActFault {
            fields: self.fields_of(&failure.fault),
            ..ActFault::of(failure.fault, outcome, next)
        }
    }

    /// The fields of the form that the CRM's fields were written from.
    fn fields_of(&self, fault: &Fault) -> Vec<FieldFault> {
        let FaultKind::Invalid(refused) = &fault.kind else {
            return Vec::new();
        };
        let mut found = Vec::<FieldFault>::new();
        for name in refused {
            let Some(field) = self.field_behind(name) else {
                continue;
            };
            if !found.iter().any(|fault| fault.field == field) {
                found.push(FieldFault {
                    field: field.to_owned(),
                    problem: FieldProblem::Refused,
                });
            }
        }
        found
    }

    /// The field that a name of the CRM means: its whole path, else its last part.
    fn field_behind(&self, name: &str) -> Option<&str> {
        let last = |path: &str| {
            path.rsplit(['.', '/'])
                .next()
                .unwrap_or(path)
                .to_lowercase()
        };
        let written = &self.part.written;
        let whole = written
            .iter()
            .find(|(path, _)| path.eq_ignore_ascii_case(name));
        let by_last = || {
            let name = last(name);
            let mut fields = written.iter().filter(|(path, _)| last(path) == name);
            let (_, field) = fields.next()?;
            fields.all(|(_, other)| other == field).then_some(field)
        };
        whole
            .map(|(_, field)| field)
            .or_else(by_last)
            .map(String::as_str)
    }
}

/// Nobody could see whether an earlier try was done.
pub(crate) fn not_seen(failure: Failure) -> ActFault {
    let next = if can_pass(&failure.fault) || failure.unanswered {
        Next::LookFirst
    } else {
        Next::Park
    };
    ActFault::of(failure.fault, Outcome::Unknown, next)
}

/// Whether trying again can help without anybody changing the write.
fn can_pass(fault: &Fault) -> bool {
    let is_ours = fault.kind == FaultKind::Network(HttpFault::BadRequest);
    (fault.may_pass() && !is_ours) || fault.kind == FaultKind::SignInNeeded
}

/// Whether the failure itself says that nothing was done: it was never sent, or the CRM refused.
fn is_refusal(failure: &Failure) -> bool {
    let fault = &failure.fault;
    match fault.status {
        None => !failure.unanswered,
        // A server in between may say so after it has passed the request on; one that says when
        // to come back has not begun.
        Some(503) => fault.retry_after.is_some(),
        Some(408 | 500..=599) => false,
        Some(200..=299) => fault.kind != FaultKind::AnswerNotUnderstood,
        Some(_) => true,
    }
}
