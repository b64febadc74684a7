//! Reads that are ready at the same moment travel as one request, where the definition says how.
//!
//! Whoever asks first sends for all who ask with it; if it goes away meanwhile, the others ask
//! again. What a part's answer means is judged by who asked for it, in `exchange`.

use std::sync::{Mutex, PoisonError};

use pop_core::fault::FaultKind;
use pop_core::http::Response;
use pop_core::moment::Moment;
use serde_json::Value;
use tokio::sync::oneshot;

use crate::language::batch::BatchPart;
use crate::language::dialect::unpercent;
use crate::run::answer::Answer;
use crate::run::connection::Connection;
use crate::run::context::object;
use crate::run::error::{Failure, failure, names_requests};
use crate::run::label::{Label, Written};
use crate::run::names::Names;
use crate::run::values;

/// How often those who ask let the others catch up before the first of them sends.
const TURNS: u32 = 32;

/// A read, as it can travel with others.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    method: &'static str,
    /// Path and query below the origin, encoded.
    url: String,
    json: Option<Value>,
}

/// Who waits to be sent.
#[derive(Default)]
pub(crate) struct Batcher {
    queue: Mutex<Queue>,
}

#[derive(Default)]
struct Queue {
    next: u64,
    waiting: Vec<Waiting>,
}

struct Waiting {
    ticket: u64,
    part: Part,
    deadline: Moment,
    label: Label,
    reply: oneshot::Sender<Result<Answer, Failure>>,
}

/// What becomes of a part.
enum Turn {
    /// It was sent, or will be, with somebody else's.
    Others,
    /// Nobody else is ready: it goes without the envelope.
    Alone,
    /// These go together, and this one sends them.
    Together(Vec<Waiting>),
}

impl Batcher {
    fn register(
        &self,
        part: &Part,
        deadline: Moment,
        label: Label,
    ) -> (u64, oneshot::Receiver<Result<Answer, Failure>>) {
        let (reply, answer) = oneshot::channel();
        let mut queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        let ticket = queue.next;
        queue.next = queue.next.wrapping_add(1);
        queue.waiting.push(Waiting {
            ticket,
            part: part.clone(),
            deadline,
            label,
            reply,
        });
        (ticket, answer)
    }

    fn turn(&self, ticket: u64, max: usize) -> Turn {
        let mut queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        queue.waiting.retain(|waiting| !waiting.reply.is_closed());
        let Some(at) = queue.waiting.iter().position(|one| one.ticket == ticket) else {
            return Turn::Others;
        };
        let mut together = vec![queue.waiting.remove(at)];
        while together.len() < max && !queue.waiting.is_empty() {
            together.push(queue.waiting.remove(0));
        }
        if together.len() == 1 {
            Turn::Alone
        } else {
            Turn::Together(together)
        }
    }
}

impl Connection {
    /// The read as a part of an envelope, if it can be one.
    pub(crate) fn part_of(&self, written: &Written) -> Option<Part> {
        let batch = self.plan.batch.as_ref()?;
        let base = self.base().ok()?;
        let url = written
            .url
            .strip_prefix(&base.origin().ascii_serialization())?;
        let json = match &written.body {
            Some(body) if batch.carries_bodies() => Some(serde_json::from_slice(body).ok()?),
            Some(_) => return None,
            None => None,
        };
        let decoded = unpercent(url)?;
        let body = written.body.as_deref().unwrap_or_default();
        let body = String::from_utf8_lossy(body);
        let is_refused = batch.refuse.iter().any(|pattern| {
            [url, decoded.as_str(), &body]
                .iter()
                .any(|text| pattern.is_match(text))
        });
        (!is_refused).then(|| Part {
            method: written.method.word(),
            url: url.to_owned(),
            json,
        })
    }

    /// Sends a read with those that are ready with it; `None` when it has to go alone.
    pub(crate) async fn send_together(
        &self,
        batch: &BatchPart,
        part: &Part,
        deadline: Moment,
        label: &Label,
    ) -> Option<Result<Answer, Failure>> {
        loop {
            let (ticket, answer) = self.batcher.register(part, deadline, label.clone());
            for _ in 0..TURNS {
                tokio::task::yield_now().await;
            }
            match self.batcher.turn(ticket, batch.max) {
                Turn::Alone => return None,
                Turn::Together(together) => self.send_envelope(batch, together).await,
                Turn::Others => {}
            }
            // Whoever sends and goes away sends nothing back.
            let Ok(answer) = answer.await else {
                continue;
            };
            let out_of_time = answer
                .as_ref()
                .is_err_and(|failure| failure.fault.kind == FaultKind::TimedOut);
            let time_left = self.now().after(self.budgets.worthwhile) < deadline;
            // It was the time of another one in the envelope.
            if out_of_time && time_left {
                return None;
            }
            return Some(answer);
        }
    }

    async fn send_envelope(&self, batch: &BatchPart, together: Vec<Waiting>) {
        let deadlines = together.iter().map(|waiting| waiting.deadline);
        let deadline = deadlines.min().unwrap_or_else(|| self.now());
        let outcome = match self.envelope(batch, &together) {
            Ok(written) => {
                let judge = |response: &Response| self.judge_envelope(batch, response);
                self.send_read(&written, deadline, judge).await
            }
            Err(kind) => Err(self.fault(kind).into()),
        };
        let mut answers = outcome.and_then(|envelope| self.answers(batch, &envelope));
        if let Err(failure) = &mut answers {
            // That the envelope's address is not there does not mean that nobody was found.
            failure.none = false;
        }
        for (at, waiting) in together.into_iter().enumerate() {
            let own = match &answers {
                Ok(answers) => {
                    let name = part_name(at);
                    let own = answers.iter().find(|(named, _)| *named == name);
                    own.map(|(_, answer)| answer.clone())
                        .ok_or_else(|| self.not_understood())
                }
                Err(failure) => Err(failure.clone()),
            };
            // Whoever asked may have gone away.
            let _ = waiting.reply.send(own);
        }
    }

    fn envelope(&self, batch: &BatchPart, together: &[Waiting]) -> Result<Written, FaultKind> {
        let mut parts = Vec::new();
        for (at, waiting) in together.iter().enumerate() {
            let part = object([
                ("name", Some(Value::from(part_name(at)))),
                ("method", Some(Value::from(waiting.part.method))),
                ("url", Some(Value::from(waiting.part.url.as_str()))),
                ("json", waiting.part.json.clone()),
            ]);
            let names = self.names.clone().with("part", part);
            parts.extend(self.writer(&names).json(&batch.part)?);
        }
        let names = self.names.clone().with("parts", Value::Array(parts));
        let writer = self.writer(&names);
        let json = writer.json(&batch.json)?.unwrap_or_default();
        let base = self.base()?;
        let path = writer.path(batch.target.parts())?;
        let mut headers = vec![("accept".to_owned(), "application/json".to_owned())];
        for (name, template) in &self.plan.http.headers {
            if let Some(value) = writer.plain(template)? {
                headers.retain(|(known, _)| known != name);
                headers.push((name.clone(), value));
            }
        }
        headers.push(("content-type".to_owned(), "application/json".to_owned()));
        let labels = together.iter().map(|waiting| &waiting.label);
        let label = Label::together(batch.target.source(), labels);
        let traceparent = label.traceparent.clone();
        headers.extend(traceparent.map(|id| ("traceparent".to_owned(), id)));
        Ok(Written {
            acts: false,
            method: batch.method,
            url: format!("{}{path}", base.as_str().trim_end_matches('/')),
            headers,
            body: Some(json.to_string().into_bytes()),
            label,
        })
    }

    fn judge_envelope(&self, batch: &BatchPart, response: &Response) -> Result<Answer, Failure> {
        let answer = Answer::read(response);
        let named = answer.named(self.names.clone());
        let is_success = answer.is_json && (200..300).contains(&answer.status);
        let holds = batch.ok.as_ref().is_none_or(|ok| ok.holds(named.scope()));
        if is_success && holds {
            return Ok(answer);
        }
        let (error, ids) = (&self.plan.error, &self.plan.http.request_id);
        Err(failure(error, &answer, &named, ids, self.now()))
    }

    /// The answers to the parts, by name; one that cannot be read is not there.
    fn answers(
        &self,
        batch: &BatchPart,
        envelope: &Answer,
    ) -> Result<Vec<(String, Answer)>, Failure> {
        let names = envelope.named(self.names.clone());
        let rows = batch.each.expr.eval_list(names.scope());
        let mut rows = rows.map_err(|_| self.not_understood())?;
        rows.truncate(batch.max);
        let ids = names_requests(envelope, &self.plan.http.request_id);
        let read = |row: Value| {
            let row = names.clone().with("it", row);
            let name = values::text(&batch.name.value(row.scope())?)?;
            let status = values::count(&batch.status.value(row.scope())?)?;
            let status = u16::try_from(status).ok()?;
            let body = batch.body.value(row.scope());
            Some((name, Answer::of_part(status, ids.clone(), body)))
        };
        Ok(rows.into_iter().filter_map(read).collect())
    }
}

impl Answer {
    /// This answer bound to the names that expressions know its parts by.
    pub(crate) fn named(&self, mut names: Names) -> Names {
        names.bind("status", Value::from(self.status));
        names.bind("headers", self.headers());
        names.bind("body", self.body.clone());
        names
    }
}

/// A name that every server takes: a letter and a number.
fn part_name(at: usize) -> String {
    format!("p{}", at + 1)
}
