//! A request that is written, with what is known of it for the log: by its call and its path as the
//! definition spells them, and by the shape of what it carries.

use std::time::Duration;

use pop_core::flight::{Exchange, RequestId, TraceId};
use pop_core::http::{Method, Response, Timing};
use pop_core::interaction::InteractionKey;
use pop_core::json::{self, Limits};
use pop_core::moment::Moment;
use pop_core::shape::{key_of, shape};
use serde_json::{Map, Value};

use crate::net::log::Logged;
use crate::run::answer::Answer;
use crate::run::budget::Budgets;
use crate::run::connection::Connection;
use crate::run::error::{Failure, names_requests};

/// A request that is written and not yet sent; a read can be sent twice.
pub(crate) struct Written {
    /// Whether it changes something.
    pub(crate) acts: bool,
    pub(crate) method: Method,
    pub(crate) url: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Option<Vec<u8>>,
    pub(crate) label: Label,
}

impl Written {
    /// How long one try of it may take.
    pub(crate) fn patience(&self, budgets: &Budgets) -> Duration {
        if self.acts {
            budgets.write
        } else {
            budgets.one_try
        }
    }
}

/// What the log says of a request.
#[derive(Clone, Debug, Default)]
pub(crate) struct Label {
    pub(crate) call: String,
    /// The path as the definition spells it.
    pub(crate) path: String,
    pub(crate) interactions: Vec<InteractionKey>,
    pub(crate) traceparent: Option<String>,
}

impl Label {
    /// One label for requests that travel together, in the envelope of this path.
    pub(crate) fn together<'l>(path: &str, labels: impl Iterator<Item = &'l Self>) -> Self {
        let mut whole = Self {
            path: path.to_owned(),
            ..Self::default()
        };
        let mut calls: Vec<&str> = Vec::new();
        for label in labels {
            if !calls.contains(&label.call.as_str()) {
                calls.push(&label.call);
            }
            for key in &label.interactions {
                if !whole.interactions.contains(key) {
                    whole.interactions.push(key.clone());
                }
            }
            if whole.traceparent.is_none() {
                whole.traceparent.clone_from(&label.traceparent);
            }
        }
        whole.call = calls.join(" + ");
        whole
    }
}

impl Connection {
    /// Notes what came of a request.
    pub(crate) fn log(
        &self,
        written: &Written,
        sent: Moment,
        response: Option<&Response>,
        judged: &Result<Answer, Failure>,
    ) {
        let now = self.now();
        let ids = &self.plan.http.request_id;
        let request = response.and_then(|response| {
            let named = names_requests(&Answer::without_body(response), ids);
            named.iter().find_map(|(_, id)| RequestId::parse(id))
        });
        let label = &written.label;
        let trace = label.traceparent.as_deref();
        let answered = match judged {
            Ok(answer) => Some(shape(&answer.body)),
            Err(_) => response
                .and_then(|response| json::parse(&response.body, Limits::ANSWER).ok())
                .map(|body| shape(&body)),
        };
        self.ports.traffic.log().add(Logged {
            number: 0,
            connection: self.id.clone(),
            interactions: label.interactions.clone(),
            at: sent,
            outcome: judged
                .as_ref()
                .err()
                .map_or("ok", |failure| failure.fault.slug()),
            exchange: Exchange {
                call: label.call.clone(),
                method: written.method,
                path: label.path.clone(),
                status: response.map(|response| response.status),
                request,
                trace: trace.and_then(TraceId::of_parent),
                took: now.since(sent),
                timing: response.map_or_else(Timing::default, |response| response.timing),
            },
            asked: written.shape(),
            answered,
        });
    }
}

impl Written {
    /// The names of its query, and the shape of its body.
    fn shape(&self) -> Value {
        let mut told = Map::new();
        let query = self.url.split_once('?').map(|(_, query)| query);
        let names: Vec<Value> = query
            .into_iter()
            .flat_map(|query| query.split('&'))
            .filter_map(|pair| pair.split('=').next())
            .map(|name| Value::from(key_of(name)))
            .collect();
        if !names.is_empty() {
            told.insert("query".to_owned(), names.into());
        }
        let body = self.body.as_deref();
        if let Some(body) = body.and_then(|body| serde_json::from_slice::<Value>(body).ok()) {
            told.insert("body".to_owned(), shape(&body));
        } else if body.is_some() {
            told.insert("body".to_owned(), Value::from("a form"));
        }
        Value::Object(told)
    }
}
