//! Where an interaction should go, asked before anybody has it: `POST /v1/route`.
//!
//! The answer is a decision of the admin's rules or no opinion, in time, and never a word about the
//! customer: whoever asks learns the queue, not who is calling.

pub(crate) mod lookup;
pub(crate) mod rules;
pub(crate) mod settings;

use std::sync::Arc;
use std::time::Instant;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse as _, Response};
use pop_core::interaction::Event;
use pop_source::canonical::{Arrival, Framing, read};
use pop_source::delivery::Delivery;
use serde_json::{Value, json};
use tokio::time::timeout;
use uuid::Uuid;

use crate::config::Config;
use crate::enrolment::credential;
use crate::problem::{Problem, answer};
use crate::route::rules::Decision;
use crate::route::settings::Route;
use crate::server::Server;

const LARGEST_BODY: usize = 64 * 1024;

/// Why there is no opinion; words for counters, and sentences for whoever asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum NoOpinion {
    NoRule,
    Late,
    Lookup,
}

impl NoOpinion {
    fn word(self) -> &'static str {
        match self {
            Self::NoRule => "no_rule",
            Self::Late => "late",
            Self::Lookup => "lookup",
        }
    }

    fn sentence(self) -> &'static str {
        match self {
            Self::NoRule => "no opinion: no rule fits",
            Self::Late => "no opinion: it took too long",
            Self::Lookup => "no opinion: the CRM could not be asked",
        }
    }
}

/// Answers a question about routing.
pub(crate) async fn route(State(server): State<Arc<Server>>, request: Request) -> Response {
    let config = server.config();
    let Some(route) = &config.route else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let begun = Instant::now();
    let (head, body) = request.into_parts();
    let caller = match caller(&server, route, &head) {
        Ok(caller) => caller,
        Err(problem) => {
            let labels = [("caller", ""), ("outcome", problem.code)];
            server.metrics.count("route_total", &labels, 1);
            return problem.into_response();
        }
    };
    let decided = timeout(route.deadline, decide(&server, &config, route, &head, body)).await;
    let decided = decided.unwrap_or(Ok(Err(NoOpinion::Late)));
    let (outcome, response) = match decided {
        Ok(Ok(decision)) => ("decided", json!({ "decision": decision.json() })),
        Ok(Err(why)) => {
            let document = json!({ "decision": null, "reason": why.sentence() });
            (why.word(), document)
        }
        Err(problem) => {
            let labels = [("caller", caller.as_str()), ("outcome", problem.code)];
            server.metrics.count("route_total", &labels, 1);
            return problem.into_response();
        }
    };
    let labels = [("caller", caller.as_str()), ("outcome", outcome)];
    server.metrics.count("route_total", &labels, 1);
    server
        .metrics
        .observe("route_seconds", &[], begun.elapsed());
    answer(StatusCode::OK, &response)
}

/// Who asks, if they may and not too often.
fn caller(server: &Server, route: &Route, head: &Parts) -> Result<String, Problem> {
    let token = credential(&head.headers, "Bearer");
    let caller = token.and_then(|token| route.caller(&token));
    let caller = caller.ok_or_else(|| {
        let detail = "This is nobody's secret.";
        Problem::new(StatusCode::UNAUTHORIZED, "secret", detail)
    })?;
    let now = (server.clock)();
    let taken = server.callers.take(caller.name.clone(), caller.pace, now);
    taken.map_err(Problem::too_often)?;
    Ok(caller.name.clone())
}

async fn decide(
    server: &Server,
    config: &Config,
    route: &Route,
    head: &Parts,
    body: Body,
) -> Result<Result<Decision, NoOpinion>, Problem> {
    let deadline = (server.clock)().after(route.deadline);
    let body = to_bytes(body, LARGEST_BODY).await;
    let body = body.map_err(|_| wrong("The body is longer than 64 KiB or broke off."))?;
    let event = match source(head) {
        Some(name) => by_mapping(server, config, head, &body, &name)?,
        None => own_form(server, config, &body)?,
    };
    let facts = lookup::facts(route, event, server.clock, deadline).await;
    let Some(facts) = facts else {
        return Ok(Err(NoOpinion::Lookup));
    };
    let ruled = route.rules.rule(&facts);
    if ruled.faults > 0 {
        server
            .metrics
            .count("route_rule_faults_total", &[], ruled.faults);
    }
    Ok(ruled.decision.ok_or(NoOpinion::NoRule))
}

fn wrong(detail: &'static str) -> Problem {
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "body", detail)
}

/// `?source=<name>`: the body is that platform's own.
fn source(head: &Parts) -> Option<String> {
    let query = head.uri.query()?;
    let mut pairs = query.split('&');
    let name = pairs.find_map(|pair| pair.strip_prefix("source="))?;
    Some(name.to_owned())
}

fn by_mapping(
    server: &Server,
    config: &Config,
    head: &Parts,
    body: &Bytes,
    name: &str,
) -> Result<Event, Problem> {
    let source = config.sources.iter().find(|it| it.name == name);
    let source = source.ok_or_else(|| wrong("There is no source of this name."))?;
    let headers: Vec<_> = head
        .headers
        .iter()
        .map(|(name, value)| (name.as_str().to_owned(), value.as_bytes().to_vec()))
        .collect();
    let received = (server.clock)();
    let delivery = Delivery {
        headers: &headers,
        body,
        received,
        url: "",
    };
    // What the mapping would remember is forgotten: nothing has happened yet.
    let read = {
        let remembered = server.queue.remembered(received);
        source.mapping.read(&delivery, &remembered, &config.rules)
    };
    let events = read.map(|read| read.events).unwrap_or_default();
    let event = events.into_iter().next();
    event.ok_or_else(|| wrong("The source's mapping reads no interaction from this body."))
}

/// The event's `data` as every event of ours has it, without an agent: there is none yet.
fn own_form(server: &Server, config: &Config, body: &Bytes) -> Result<Event, Problem> {
    let detail = "Expected the data of an interaction as in the event's schema, in JSON.";
    let Ok(Value::Object(mut data)) = serde_json::from_slice(body) else {
        return Err(wrong(detail));
    };
    let received = (server.clock)();
    let id = Uuid::new_v5(&Uuid::NAMESPACE_URL, body).to_string();
    let mut default = |key: &str, value: Value| {
        data.entry(key.to_owned()).or_insert(value);
    };
    default("interactionId", id.clone().into());
    default("channel", "other".into());
    default("direction", "inbound".into());
    default("state", "offered".into());
    default("agent", json!({ "id": "route" }));
    let event = json!({
        "specversion": "1.0",
        "id": id,
        "source": "/route",
        "type": "app.screenpop.interaction.offered.v1",
        "time": received.rfc3339(),
        "datacontenttype": "application/json",
        "data": data,
    });
    let arrival = Arrival {
        received,
        delivery_id: None,
        traceparent: None,
    };
    let body = event.to_string();
    let events = read(
        &Framing::Structured,
        body.as_bytes(),
        arrival,
        &config.rules,
    );
    let event = events.unwrap_or_default().into_iter().next();
    event.ok_or_else(|| wrong(detail))
}
