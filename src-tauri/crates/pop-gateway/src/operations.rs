//! `POST /control` on the operations address: a word to desktops.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use serde_json::json;

use crate::message::{Topic, topic};
use crate::problem::{Problem, answer};
use crate::server::Server;

/// What a desktop can be told.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    /// Say again that you are there.
    Sync,
    /// A new configuration lies ready.
    Configuration,
    /// Forget this device's login.
    SignOut,
}

impl Kind {
    fn word(self) -> &'static str {
        match self {
            Self::Sync => "sync",
            Self::Configuration => "configuration",
            Self::SignOut => "sign_out",
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Letter {
    kind: Kind,
    /// Without it, every agent of the directory.
    agent: Option<String>,
}

/// Tells one agent's desktops, or everybody's.
pub(crate) async fn control(
    State(server): State<Arc<Server>>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    match tell(&server, &headers, &body).await {
        Ok(told) => answer(StatusCode::ACCEPTED, &json!({ "told": told })),
        Err(problem) => problem.into_response(),
    }
}

async fn tell(server: &Server, headers: &HeaderMap, body: &Bytes) -> Result<usize, Problem> {
    let wrong = |detail| Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "body", detail);
    // A page in a browser on this computer could send anything else without being asked.
    let kind = headers.get(CONTENT_TYPE);
    if kind.is_none_or(|kind| kind != "application/json") {
        return Err(wrong("Expected the content type application/json."));
    }
    let letter: Result<Letter, _> = serde_json::from_slice(body);
    let letter = letter.map_err(|_| {
        wrong("Expected a `kind` (sync, configuration, sign_out) and perhaps an `agent`.")
    })?;
    let config = server.config();
    let agents: Vec<&str> = match (&letter.agent, letter.kind) {
        (Some(agent), _) if config.directory.has(agent) => vec![agent],
        (Some(_), _) => return Err(wrong("There is no such agent in the directory.")),
        (None, Kind::SignOut) => return Err(wrong("Name the agent who is to be signed out.")),
        (None, Kind::Sync | Kind::Configuration) => config.directory.agents().collect(),
    };
    let document = json!({ "protocol": 1, "kind": letter.kind.word() });
    for agent in &agents {
        let topic = topic(&config.tenant, agent, Topic::Control);
        let told = server.control.tell(topic, &document).await;
        told.map_err(|why| {
            let detail = "The broker does not answer the gateway.";
            Problem::new(StatusCode::SERVICE_UNAVAILABLE, "broker", detail).because(why.word())
        })?;
    }
    Ok(agents.len())
}
