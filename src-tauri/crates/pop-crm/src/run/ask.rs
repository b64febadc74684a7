//! Asking: what must be known first, the steps in their order, and their answers as names.
//!
//! The map of a record may need data that changes slowly; it is fetched while the request is on
//! its way. How one request is sent is in `send`, what its rows mean in `rows`.

use std::collections::BTreeSet;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use futures_util::future::{join, join_all};
use pop_core::fault::{Fault, FaultKind};
use pop_core::moment::Moment;
use serde_json::{Map, Value};

use crate::language::names::Needs;
use crate::language::request::{Asking, Step};
use crate::run::answer::Answer;
use crate::run::connection::Connection;
use crate::run::context::{Context, agent};
use crate::run::error::Failure;
use crate::run::learn::fill_calcs;
use crate::run::names::Names;
use crate::run::write::Unwritten;

/// One call to a connection: who asks, until when, and what has a value.
#[derive(Clone)]
pub(crate) struct Call<'c> {
    pub(crate) connection: &'c Connection,
    pub(crate) context: &'c Context,
    pub(crate) deadline: Moment,
    pub(crate) names: Names,
    /// How its writes are going, over all steps.
    pub(crate) progress: Arc<Progress>,
}

/// What is known of the writes of one call.
#[derive(Default)]
pub(crate) struct Progress {
    /// One of them was done.
    pub(crate) done: AtomicBool,
    /// One of them was sent, and nothing says what became of it.
    pub(crate) unanswered: AtomicBool,
}

impl Progress {
    /// Notes how a write ended.
    pub(crate) fn note(&self, sent: &Result<Answer, Failure>) {
        match sent {
            Ok(_) => self.done.store(true, Ordering::Relaxed),
            Err(failure) if failure.unanswered => self.unanswered.store(true, Ordering::Relaxed),
            Err(_) => {}
        }
    }
}

/// The answers to what was asked, as names, and how many round trips it took one after another.
pub(crate) struct Asked {
    pub(crate) names: Names,
    pub(crate) depth: u32,
}

/// What one step brought.
enum Given {
    Nothing,
    One(Answer),
    Many(Vec<Value>),
}

/// A future that may wait for itself.
pub(crate) type Later<'f, T> = Pin<Box<dyn Future<Output = T> + Send + 'f>>;

impl From<Unwritten> for FaultKind {
    fn from(unwritten: Unwritten) -> Self {
        match unwritten {
            Unwritten::Missing(name) => Self::MissingName(name),
            Unwritten::Unsafe => Self::UnsafeValue,
        }
    }
}

impl<'c> Call<'c> {
    pub(crate) fn new(connection: &'c Connection, context: &'c Context) -> Self {
        let now = connection.now();
        let usual = now.after(connection.budgets.total);
        let deadline = context
            .deadline
            .map_or(usual, |deadline| deadline.min(usual));
        let mut names = connection.settled_names();
        names.bind("agent", agent(&context.agent));
        let facts = context
            .interaction
            .as_ref()
            .map(crate::run::context::InteractionFacts::value);
        names.bind(
            "interaction",
            facts.unwrap_or_else(|| Value::Object(Map::new())),
        );
        names.bind("now", Value::String(now.rfc3339()));
        names.bind("me", Value::Object(Map::new()));
        names.bind("ref", Value::Object(Map::new()));
        names.bind("calc", Value::Object(Map::new()));
        Self {
            connection,
            context,
            deadline,
            names,
            progress: Arc::default(),
        }
    }

    pub(crate) fn with(mut self, name: &'static str, value: Value) -> Self {
        self.names.bind(name, value);
        self
    }

    pub(crate) fn fault(&self, kind: FaultKind) -> Fault {
        self.connection.fault(kind)
    }

    /// Asks, and fetches side by side what reading the answer needs; `None` when its `when` says
    /// that there is nothing to ask.
    pub(crate) async fn ask_and_learn(
        &self,
        asking: &Asking,
        reading: &Needs,
    ) -> Result<Option<Asked>, Failure> {
        let (asked, learned) = join(self.ask(asking), self.learn(reading.clone())).await;
        let Some(mut asked) = asked? else {
            return Ok(None);
        };
        let learned = learned?;
        asked.depth = asked.depth.max(learned.depth);
        asked.names = self.recall(asked.names, reading);
        fill_calcs(
            &mut asked.names,
            reading,
            &[&asking.calcs, &self.connection.plan.calcs],
        );
        Ok(Some(asked))
    }

    async fn ask(&self, asking: &Asking) -> Result<Option<Asked>, Failure> {
        let mut known = self.learn(asking.needs.clone()).await?;
        fill_calcs(
            &mut known.names,
            &asking.needs,
            &[&asking.calcs, &self.connection.plan.calcs],
        );
        if asking
            .when
            .as_ref()
            .is_some_and(|when| !when.holds(known.names.scope()))
        {
            return Ok(None);
        }
        let mut done = BTreeSet::new();
        let mut asked = known;
        let is_single = asking.steps.iter().all(|step| step.name.is_none());
        if !is_single {
            asked.names.bind("step", Value::Object(Map::new()));
        }
        while done.len() < asking.steps.len() {
            let ready = asking.steps.iter().enumerate().filter(|(at, step)| {
                let has = |name: &String| {
                    let named = asking
                        .steps
                        .iter()
                        .position(|step| step.name.as_ref() == Some(name));
                    named.is_none_or(|at| done.contains(&at))
                };
                !done.contains(at) && step.needs.steps.iter().all(has)
            });
            let ready = ready.collect::<Vec<_>>();
            if ready.is_empty() {
                break;
            }
            let answers = join_all(
                ready
                    .iter()
                    .map(|(_, step)| self.step(asking, step, &asked.names)),
            )
            .await;
            let mut depth = 0;
            for ((at, step), answer) in ready.into_iter().zip(answers) {
                done.insert(at);
                let (answer, trips) = answer?;
                depth = depth.max(trips);
                bind_answer(&mut asked.names, step, answer);
            }
            asked.depth += depth;
        }
        Ok(Some(asked))
    }

    async fn step(
        &self,
        asking: &Asking,
        step: &Step,
        names: &Names,
    ) -> Result<(Given, u32), Failure> {
        let call = Self {
            names: names.clone(),
            ..self.clone()
        };
        let mut known = call.learn(step.needs.clone()).await?;
        let calcs: [&[_]; 3] = [&step.calcs, &asking.calcs, &self.connection.plan.calcs];
        fill_calcs(&mut known.names, &step.needs, &calcs);
        if step
            .when
            .as_ref()
            .is_some_and(|when| !when.holds(known.names.scope()))
        {
            return Ok((Given::Nothing, known.depth));
        }
        let Some(repeat) = &step.repeat else {
            let answer = call.exchange(asking, step, &known.names).await?;
            return Ok((Given::One(answer), known.depth + 1));
        };
        let list = repeat.list.expr.eval_list(known.names.scope());
        let list = list.map_err(|_| self.fault(FaultKind::AnswerNotUnderstood))?;
        let scopes = list.into_iter().take(repeat.max).map(|one| {
            let mut names = known.names.clone().with("one", one);
            fill_calcs(&mut names, &step.needs, &calcs);
            names
        });
        let scopes = scopes.collect::<Vec<_>>();
        let answers = join_all(
            scopes
                .iter()
                .map(|names| call.exchange(asking, step, names)),
        )
        .await;
        let mut values = Vec::new();
        for answer in answers {
            match answer {
                Ok(answer) => values.push(answer.value()),
                // Gone since the list was made.
                Err(failure) if failure.none && !asking.writes(step) => {}
                Err(failure) => return Err(failure),
            }
        }
        Ok((Given::Many(values), known.depth + 1))
    }
}

fn bind_answer(names: &mut Names, step: &Step, given: Given) {
    match (&step.name, given) {
        // Only a step has a list to go through.
        (_, Given::Nothing) | (None, Given::Many(_)) => {}
        (Some(name), Given::One(answer)) => names.bind_member("step", name, answer.value()),
        (Some(name), Given::Many(answers)) => {
            names.bind_member("step", name, Value::Array(answers));
        }
        (None, Given::One(answer)) => {
            names.bind("status", Value::from(answer.status));
            names.bind("headers", answer.headers());
            names.bind("body", answer.body);
        }
    }
}
