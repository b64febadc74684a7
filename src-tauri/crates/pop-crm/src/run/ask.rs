//! Asking: what must be known first, the steps in their order, and their answers as names.
//!
//! The map of a record may need data that changes slowly; it is fetched while the request is on
//! its way. How one request is sent is in `send`, what its rows mean in `rows`.

use std::collections::BTreeSet;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, PoisonError};

use futures_util::future::{join, join_all};
use pop_core::fault::{Fault, FaultKind};
use pop_core::http::Response;
use pop_core::moment::Moment;
use pop_core::template::Part;
use serde_json::{Map, Value};

use crate::language::names::Needs;
use crate::language::reading::Reading;
use crate::language::request::{Asking, Step};
use crate::run::answer::Answer;
use crate::run::connection::Connection;
use crate::run::context::{Context, agent};
use crate::run::error::{Failure, failure};
use crate::run::names::Names;
use crate::run::send::Written;
use crate::run::write::{Unwritten, Writer};

/// One call to a connection: who asks, until when, and what has a value.
#[derive(Clone)]
pub(crate) struct Call<'c> {
    pub(crate) connection: &'c Connection,
    pub(crate) context: &'c Context,
    pub(crate) deadline: Moment,
    pub(crate) names: Names,
}

/// The answers to what was asked, as names, and how many round trips it took one after another.
pub(crate) struct Asked {
    pub(crate) names: Names,
    pub(crate) depth: u32,
}

type Later<'f, T> = Pin<Box<dyn Future<Output = T> + Send + 'f>>;

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
        let mut names = connection.names.clone();
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
        }
    }

    pub(crate) fn with(mut self, name: &'static str, value: Value) -> Self {
        self.names.bind(name, value);
        self
    }

    fn fault(&self, kind: FaultKind) -> Fault {
        self.connection.fault(kind)
    }

    /// Asks, and fetches side by side what reading the answer needs; `None` when its `when` says
    /// that there is nothing to ask.
    pub(crate) async fn ask_and_learn(
        &self,
        asking: &Asking,
        reading: &Needs,
    ) -> Result<Option<Asked>, Failure> {
        // Both learn into the connection; what is asked twice at once is the same and cheap.
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
    ) -> Result<(Option<Value>, u32), Failure> {
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
            return Ok((None, known.depth));
        }
        let Some(repeat) = &step.repeat else {
            let answer = call.exchange(asking, step, &known.names).await?;
            return Ok((Some(answer.value()), known.depth + 1));
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
                Err(failure) if failure.none => {}
                Err(failure) => return Err(failure),
            }
        }
        Ok((Some(Value::Array(values)), known.depth + 1))
    }

    async fn exchange(
        &self,
        asking: &Asking,
        step: &Step,
        names: &Names,
    ) -> Result<Answer, Failure> {
        let written = self
            .write(asking, step, names)
            .map_err(|kind| self.fault(kind))?;
        let judge = |response: &Response| self.judge(step.ok.as_ref(), names, response);
        self.connection
            .send_read(&written, self.deadline, judge)
            .await
    }

    fn write(&self, asking: &Asking, step: &Step, names: &Names) -> Result<Written, FaultKind> {
        let plan = &self.connection.plan;
        let writer = Writer {
            names,
            texts: [&step.texts, &asking.texts, &plan.texts],
            fields: &plan.names,
        };
        let (before, parts) = match step.target.parts() {
            [Part::Name(name), rest @ ..] => (origin_of(&writer.value_text(name.path())?)?, rest),
            parts => {
                let base = self.connection.base()?;
                (base.as_str().trim_end_matches('/').to_owned(), parts)
            }
        };
        let mut url = format!("{before}{}", writer.path(parts)?);
        let query = writer.pairs(&step.query)?;
        if !query.is_empty() {
            url = format!("{url}?{}", query.join("&"));
        }
        let mut headers = vec![("accept".to_owned(), "application/json".to_owned())];
        for (name, template) in plan.http.headers.iter().chain(&step.headers) {
            if let Some(value) = writer.plain(template)? {
                if !value.bytes().all(|byte| (0x20..0x7f).contains(&byte)) {
                    return Err(FaultKind::UnsafeValue);
                }
                headers.retain(|(known, _)| known != name);
                headers.push((name.clone(), value));
            }
        }
        headers.extend(
            self.context
                .traceparent
                .clone()
                .map(|id| ("traceparent".to_owned(), id)),
        );
        let mut body = None;
        if let Some(json) = &step.json {
            body = writer.json(json)?.map(|json| json.to_string().into_bytes());
            headers.push(("content-type".to_owned(), "application/json".to_owned()));
        } else if !step.form.is_empty() {
            body = Some(writer.pairs(&step.form)?.join("&").into_bytes());
            let kind = "application/x-www-form-urlencoded".to_owned();
            headers.push(("content-type".to_owned(), kind));
        }
        Ok(Written {
            method: step.method,
            url,
            headers,
            body,
        })
    }

    /// A success that can be read, or what it is instead.
    fn judge(
        &self,
        ok: Option<&Reading>,
        names: &Names,
        response: &Response,
    ) -> Result<Answer, Failure> {
        let answer = Answer::read(response);
        let named = with_answer(names.clone(), &answer);
        let is_success = (200..300).contains(&answer.status);
        let is_ok = match ok {
            // A condition on the status stands in place of "is 2xx", any other beside it.
            Some(ok) if ok.paths().any(|path| path == "status") => ok.holds(named.scope()),
            Some(ok) => is_success && ok.holds(named.scope()),
            None => is_success,
        };
        if is_ok && answer.is_readable {
            return Ok(answer);
        }
        let plan = &self.connection.plan;
        let now = self.connection.now();
        Err(failure(
            &plan.error,
            &answer,
            &named,
            &plan.http.request_id,
            now,
        ))
    }

    /// Fetches what must be known first, and binds it.
    pub(crate) fn learn(&self, needs: Needs) -> Later<'_, Result<Asked, Failure>> {
        Box::pin(async move {
            let mut depth = 0;
            let (me, refs) = join(self.learn_me(needs.me), self.learn_refs(&needs)).await;
            depth = depth.max(me?).max(refs?);
            Ok(Asked {
                names: self.recall(self.names.clone(), &needs),
                depth,
            })
        })
    }

    async fn learn_me(&self, needed: bool) -> Result<u32, Failure> {
        let is_known = self.learned(|learned| learned.me.is_some());
        let Some(me) = self
            .connection
            .plan
            .me
            .as_ref()
            .filter(|_| needed && !is_known)
        else {
            return Ok(0);
        };
        let (value, depth) = self.ask_me(me).await?;
        self.learned(|learned| learned.me = Some(value));
        Ok(depth)
    }

    pub(crate) async fn ask_me(
        &self,
        me: &crate::language::parts::MePart,
    ) -> Result<(Value, u32), Failure> {
        let asked = self.ask_and_learn(&me.asking, &me.needs).await?;
        let asked = asked.ok_or_else(|| self.fault(FaultKind::NotSupported))?;
        let members = me.map.iter().filter_map(|(name, reading)| {
            Some((name.clone(), reading.value(asked.names.scope())?))
        });
        Ok((Value::Object(members.collect()), asked.depth))
    }

    async fn learn_refs(&self, needs: &Needs) -> Result<u32, Failure> {
        let now = self.connection.now();
        let missing = self.connection.plan.refs.iter().filter(|part| {
            let is_fresh = self.learned(|learned| {
                learned
                    .refs
                    .get(&part.name)
                    .is_some_and(|(at, _)| now.since(*at) < part.keep)
            });
            needs.refs.contains(&part.name) && !is_fresh
        });
        let asked = missing.map(|part| async move {
            let asked = self.ask_and_learn(&part.asking, &part.needs).await?;
            let Some(asked) = asked else { return Ok(0) };
            if let Some(value) = part.value.value(asked.names.scope()) {
                let entry = (self.connection.now(), value);
                self.learned(|learned| learned.refs.insert(part.name.clone(), entry));
            }
            Ok::<_, Failure>(asked.depth)
        });
        let depths = join_all(asked).await;
        depths
            .into_iter()
            .try_fold(0, |most, depth| depth.map(|depth| most.max(depth)))
    }

    /// Binds what is known by now.
    fn recall(&self, mut names: Names, needs: &Needs) -> Names {
        self.learned(|learned| {
            if let Some(me) = learned.me.as_ref().filter(|_| needs.me) {
                names.bind("me", me.clone());
            }
            for name in &needs.refs {
                if let Some((_, value)) = learned.refs.get(name) {
                    names.bind_member("ref", name, value.clone());
                }
            }
        });
        names
    }

    fn learned<T>(&self, look: impl FnOnce(&mut crate::run::connection::Learned) -> T) -> T {
        look(
            &mut self
                .connection
                .learned
                .lock()
                .unwrap_or_else(PoisonError::into_inner),
        )
    }
}

/// The origin that a request begins with, in place of the base.
fn origin_of(text: &str) -> Result<String, FaultKind> {
    let url = url::Url::parse(text).map_err(|_| FaultKind::ForeignAddress)?;
    let origin = url.origin().ascii_serialization();
    let is_bare = text.strip_suffix('/').unwrap_or(text) == origin;
    is_bare.then_some(origin).ok_or(FaultKind::ForeignAddress)
}

fn bind_answer(names: &mut Names, step: &Step, answer: Option<Value>) {
    match (&step.name, answer) {
        (Some(name), Some(answer)) => names.bind_member("step", name, answer),
        (None, Some(answer)) => {
            for part in ["status", "headers", "body"] {
                names.bind(part, answer.get(part).cloned().unwrap_or_default());
            }
        }
        (_, None) => {}
    }
}

/// The parts of an answer as names.
fn with_answer(mut names: Names, answer: &Answer) -> Names {
    names.bind("status", Value::from(answer.status));
    names.bind("headers", answer.headers());
    names.bind("body", answer.body.clone());
    names
}

/// Computes the values that are needed, each after those it reads.
pub(crate) fn fill_calcs(names: &mut Names, needs: &Needs, calcs: &[&[(String, Arc<Reading>)]]) {
    for name in &needs.calcs {
        let declared = calcs
            .iter()
            .flat_map(|list| list.iter())
            .find(|(known, _)| known == name);
        if let Some(value) = declared.and_then(|(_, calc)| calc.value(names.scope())) {
            names.bind_member("calc", name, value);
        }
    }
}
