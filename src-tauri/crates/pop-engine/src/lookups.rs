//! Asks the connections for the desk, and takes note of how each one answers.
//!
//! A question to a connection that is still starting is held until it can be asked, so the card
//! looks and does not claim that nobody could answer. What a connection can find is `pop-crm`'s.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join_all;
use pop_core::desk::{Answer, Findings, Input, Pop, Question, Ticket};
use pop_core::fault::{Fault, FaultKind};
use pop_core::flight::Named;
use pop_core::interaction::AgentRef;
use pop_core::profile::ConnectionId;
use pop_core::usual::Usual;
use pop_crm::{Connection, Context, InteractionFacts};
use pop_store::Mark;

use crate::connections::Reach;
use crate::probing::AGAIN;
use crate::room::Room;
use crate::tick::{ForPop, Tick};

impl Room {
    /// Asks a connection; the answer comes back as a tick.
    pub(crate) fn send(&mut self, ticket: Ticket, question: Question) {
        let begun = self.ports.clock.now();
        let mark = Mark {
            code: match &question {
                Question::Find(identifier) => Some(identifier.kind().word()),
                Question::Cases(_) | Question::Activities(_) => None,
            },
            about: Some(Named::connection(&ticket.connection)),
            ..Mark::new(asked(&question), begun)
        };
        match self.connections.reach(&ticket.connection) {
            Some(Reach::Ready(connection)) => {
                self.timelines.mark(ticket.pop, mark);
                let pop = self.desk.pop(ticket.pop);
                let context = pop.map(|pop| self.context(pop)).unwrap_or_default();
                self.bundle
                    .heard
                    .lookup(&ticket.connection, &question, &context);
                self.outgoing.push((connection, ticket, question));
            }
            Some(Reach::Starting) => self.held.push((ticket, question)),
            Some(Reach::Not(fault)) => self.answer_for_it(ticket, &question, fault),
            None => {
                let fault = Fault::new(FaultKind::NotSupported, begun);
                self.answer_for_it(ticket, &question, fault);
            }
        }
    }

    /// Asks what was held because its connection was starting, unless nobody waits any more.
    pub(crate) async fn send_held(&mut self) {
        for (ticket, question) in std::mem::take(&mut self.held) {
            let is_wanted = self
                .desk
                .pop(ticket.pop)
                .and_then(|pop| pop.lookup(&ticket.connection))
                .is_some_and(|lookup| lookup.waits_for(&ticket));
            if is_wanted {
                self.send(ticket, question);
            }
        }
        self.send_out();
        for input in std::mem::take(&mut self.at_once) {
            self.desk_input(input).await;
        }
    }

    /// Lets out what was asked in one go, in one task: what a connection is asked there is ready at
    /// the same moment, so that it can travel as one request.
    pub(crate) fn send_out(&mut self) {
        let outgoing = std::mem::take(&mut self.outgoing).into_iter();
        let asked: Vec<_> = outgoing
            .map(|(connection, ticket, question)| self.exchange(connection, ticket, question))
            .collect();
        if !asked.is_empty() {
            tokio::spawn(join_all(asked));
        }
    }

    /// One question, and its answer as a tick.
    fn exchange(
        &self,
        connection: Arc<Connection>,
        ticket: Ticket,
        question: Question,
    ) -> impl Future<Output = ()> + Send + 'static {
        let (clock, ticks) = (Arc::clone(&self.ports.clock), self.ticks.clone());
        let begun = clock.now();
        let asked = answered(&question);
        let context = self
            .desk
            .pop(ticket.pop)
            .map(|pop| self.context(pop))
            .unwrap_or_default();
        async move {
            let answer = ask(&connection, question, &context).await;
            let took = clock.now().since(begun);
            let answered = Tick::Answered {
                connection: ticket.connection.clone(),
                took,
                fault: answer_fault(&answer).cloned(),
                pop: Some(ForPop {
                    pop: ticket.pop,
                    asked,
                    count: count(&answer),
                }),
            };
            // The engine may have ended meanwhile.
            let _ = ticks.send(answered).await;
            let input = Input::Answered {
                ticket,
                answer,
                took,
            };
            let _ = ticks.send(Tick::Desk(input)).await;
        }
    }

    /// Answers in place of a connection that cannot be asked, before anything else happens: by then
    /// it might be one that can.
    fn answer_for_it(&mut self, ticket: Ticket, question: &Question, fault: Fault) {
        let answer = no_answer(question, fault);
        self.at_once.push(Input::Answered {
            ticket,
            answer,
            took: Duration::ZERO,
        });
    }

    pub(crate) fn context(&self, pop: &Pop) -> Context {
        let settings = &self.status.settings;
        Context {
            agent: AgentRef {
                id: settings.agent.id.clone(),
                email: settings.agent.email.clone(),
                ..AgentRef::default()
            },
            interaction: pop.key.clone().map(|key| InteractionFacts {
                key,
                channel: pop.channel.word(),
                direction: pop.direction.word(),
                queue: pop.queue.clone(),
                at: pop.received,
                title: pop
                    .reason
                    .clone()
                    .unwrap_or_else(|| format!("Interaction by {}", pop.channel.word())),
                reason: pop.reason.clone(),
                language: pop.language.clone(),
                summary: pop.quote.clone(),
                seconds: None,
            }),
            traceparent: pop.traceparent.clone(),
            deadline: None,
            fresh: self.looks_again,
        }
    }

    /// Notes that nobody is signed in to a connection any more, as a write has found out: nothing
    /// else asks it before somebody is.
    pub(crate) fn wants_sign_in(&mut self, connection: &ConnectionId, fault: &Fault) {
        let mut all = self.status.connections.iter_mut();
        let found = all.find(|status| status.id == *connection);
        let Some(status) = found else { return };
        if status.fault.replace(fault.clone()).is_none() {
            self.draw_status();
        }
    }

    /// Notes how a connection is doing.
    pub(crate) fn answered(
        &mut self,
        connection: &ConnectionId,
        took: Duration,
        fault: Option<Fault>,
    ) {
        if let Some(fault) = &fault {
            self.call_doctor(connection, fault);
        }
        let now = self.ports.clock.now();
        self.probes.heard(connection, now);
        let found = self
            .status
            .connections
            .iter_mut()
            .find(|status| status.id == *connection);
        let Some(status) = found else { return };
        let before = (
            status.fault.is_some(),
            status.slow,
            status.latency.is_some(),
        );
        let supported = fault.filter(|fault| fault.kind != FaultKind::NotSupported);
        if Usual::is_told_by(took) {
            status.slow = took >= self.desk.usual(connection).slow_after();
            status.latency = Some(took);
        }
        status.heard = Some(now);
        let may_pass = supported.as_ref().is_some_and(Fault::may_pass);
        status.next_try = may_pass.then(|| now.after(AGAIN));
        if before.0 && supported.is_none() {
            self.probes.is_well_again(connection);
        }
        // That it is left alone for a while says nothing new of why.
        let is_pause = |fault: &Fault| fault.kind == FaultKind::Paused;
        if !(before.0 && supported.as_ref().is_some_and(is_pause)) {
            status.fault = supported;
        }
        let after = (
            status.fault.is_some(),
            status.slow,
            status.latency.is_some(),
        );
        if before != after {
            self.draw_status();
        }
    }
}

fn asked(question: &Question) -> &'static str {
    match question {
        Question::Find(_) => "asked_who",
        Question::Cases(_) => "asked_cases",
        Question::Activities(_) => "asked_activities",
    }
}

/// The answer of a connection that cannot be asked.
pub(crate) fn no_answer(question: &Question, fault: Fault) -> Answer {
    match question {
        Question::Find(_) => Answer::Found(Err(fault)),
        Question::Cases(_) => Answer::Cases(Err(fault)),
        Question::Activities(_) => Answer::Activities(Err(fault)),
    }
}

fn answered(question: &Question) -> &'static str {
    match question {
        Question::Find(_) => "answered_who",
        Question::Cases(_) => "answered_cases",
        Question::Activities(_) => "answered_activities",
    }
}

/// How many were found or listed.
fn count(answer: &Answer) -> usize {
    match answer {
        Answer::Found(result) => result.as_ref().map_or(0, |found| found.customers.len()),
        Answer::Cases(result) => result.as_ref().map_or(0, |listed| listed.items.len()),
        Answer::Activities(result) => result.as_ref().map_or(0, |listed| listed.items.len()),
    }
}

pub(crate) async fn ask(connection: &Connection, question: Question, context: &Context) -> Answer {
    match question {
        Question::Find(identifier) => Answer::Found(
            connection
                .find(&identifier, context)
                .await
                .map(|found| Findings {
                    customers: found.customers,
                    missed: found.incomplete,
                }),
        ),
        Question::Cases(customer) => Answer::Cases(connection.cases(&customer, context).await),
        Question::Activities(customer) => {
            Answer::Activities(connection.activities(&customer, context).await)
        }
    }
}

pub(crate) fn answer_fault(answer: &Answer) -> Option<&Fault> {
    match answer {
        Answer::Found(result) => result.as_ref().err(),
        Answer::Cases(result) => result.as_ref().err(),
        Answer::Activities(result) => result.as_ref().err(),
    }
}
