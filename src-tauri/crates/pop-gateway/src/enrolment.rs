//! How a desktop is let in: an agent signs in with the organisation's issuer, and the device gets a
//! login of its own at the broker, for the agent's four topics and nothing else.
//!
//! Who an agent is stands in the directory; a sign-in that nobody is entered for is refused and not
//! guessed. The password is made here, goes to the broker and to the device, and is not kept.

pub(crate) mod dynsec;
pub(crate) mod leavers;
pub(crate) mod oidc;
pub(crate) mod settings;
mod signature;

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::{Extension, Request, State};
use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use pop_core::secret::Secret;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use tokio::time::timeout;

use crate::broker::control::NoAnswer;
use crate::broker::line;
use crate::config::{Config, Enrols};
use crate::enrolment::dynsec::{Device, Refused};
use crate::enrolment::oidc::NotBelieved;
use crate::enrolment::settings::{Claim, Enrolment};
use crate::listen::Peer;
use crate::message::{Topic, topic};
use crate::pace::asker;
use crate::problem::{Problem, answer};
use crate::server::Server;

/// The version of what is said here.
const PROTOCOL: u64 = 1;
const BODY: Duration = Duration::from_secs(10);
/// How long one waits for those before: with a broker that answers, this is dozens of them.
const TURN: Duration = Duration::from_secs(10);
const LARGEST_BODY: usize = 4 * 1024;

/// What every version of the protocol says.
#[derive(Deserialize)]
struct Spoken {
    protocol: u64,
}

/// What a desktop says about itself.
#[derive(Deserialize)]
struct Asked {
    protocol: u64,
    device: String,
}

/// `GET`: with whom to sign in.
pub(crate) async fn offer(State(server): State<Arc<Server>>) -> Response {
    let config = server.config();
    let Some(enrolment) = &config.enrolment else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let document = json!({
        "protocol": PROTOCOL,
        "tenant": config.tenant,
        "issuer": enrolment.issuer.url,
        "client_id": enrolment.issuer.audience,
        "scopes": enrolment.scopes,
    });
    answer(StatusCode::OK, &document)
}

/// `POST`: enters a device for whoever signed in.
pub(crate) async fn enrol(
    State(server): State<Arc<Server>>,
    Extension(Peer(peer)): Extension<Peer>,
    request: Request,
) -> Response {
    let config = server.config();
    let Some(enrolment) = &config.enrolment else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let (head, body) = request.into_parts();
    let asks = config.listen.asker(peer, &head.headers);
    let entered = enter(&server, &config, enrolment, asks, &head.headers, body).await;
    told(&server, "enrolled", entered)
}

/// `DELETE`: removes a device; whoever has its password may.
pub(crate) async fn leave(
    State(server): State<Arc<Server>>,
    Extension(Peer(peer)): Extension<Peer>,
    headers: HeaderMap,
) -> Response {
    let config = server.config();
    let Some(enrolment) = &config.enrolment else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let asks = config.listen.asker(peer, &headers);
    let removed = remove(&server, &config, enrolment, asks, &headers).await;
    told(&server, "removed", removed)
}

/// Counts what came of it.
fn told(server: &Server, done: &'static str, outcome: Result<Response, Problem>) -> Response {
    let word = outcome.as_ref().map_or_else(|it| it.code, |_| done);
    let labels = [("outcome", word)];
    server.metrics.count("enrolments_total", &labels, 1);
    outcome.unwrap_or_else(Problem::into_response)
}

async fn enter(
    server: &Server,
    config: &Config,
    enrolment: &Enrolment,
    asks: IpAddr,
    headers: &HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let now = (server.clock)();
    let taken = server.enrolments.take(asker(asks), enrolment.pace, now);
    taken.map_err(Problem::too_often)?;
    let token = credential(headers, "Bearer").ok_or_else(|| not_believed("missing"))?;
    let claims = enrolment.issuer.claims(&token, now).await;
    let claims = claims.map_err(|why| match why {
        NotBelieved::Token(cause) => not_believed(cause),
        NotBelieved::Issuer => unavailable("issuer", "The issuer's keys are not to be had now."),
    })?;
    let agent = agent(config, enrolment, &claims)?;
    let asked = asked(body).await?;
    let device = Device {
        tenant: &config.tenant,
        agent,
        device: &asked.device,
    };
    let username = device.username();
    let mut document = json!({
        "protocol": PROTOCOL,
        "tenant": config.tenant,
        "agent": agent,
        "device": asked.device,
        "username": username,
        "client_id": username,
        "urls": enrolment.urls,
        "topics": {
            "interactions": topic(&config.tenant, agent, Topic::Interactions),
            "control": topic(&config.tenant, agent, Topic::Control),
            "ack": topic(&config.tenant, agent, Topic::Ack),
            "presence": topic(&config.tenant, agent, Topic::Presence),
        },
    });
    match config.broker.enrols {
        // The broker takes the issuer's token for a password.
        Enrols::Nothing => {}
        Enrols::Mosquitto => {
            let password = password()?;
            // One at a time: the number of an agent's devices is counted before one is entered.
            let turn = timeout(TURN, server.entering.lock()).await;
            let _turn = turn.map_err(|_| refused(Refused::NoAnswer(NoAnswer::Silent)))?;
            let entered =
                dynsec::enter(&server.control, &device, &password, enrolment.devices).await;
            entered.map_err(refused)?;
            if let Some(members) = document.as_object_mut() {
                members.insert("password".to_owned(), password.into());
            }
        }
    }
    tracing::info!(agent, "a device was enrolled");
    Ok(answer(StatusCode::CREATED, &document))
}

/// The agent whom the directory has for a sign-in.
fn agent<'c>(
    config: &'c Config,
    enrolment: &Enrolment,
    claims: &Map<String, Value>,
) -> Result<&'c str, Problem> {
    let text = |name: &str| claims.get(name).and_then(Value::as_str);
    let found = match &enrolment.claim {
        // An address that the issuer has not checked could be anybody's.
        Claim::Email if claims.get("email_verified") == Some(&Value::Bool(false)) => None,
        Claim::Email => text("email").and_then(|email| config.directory.by_email(email)),
        Claim::Login(claim) => text(claim).and_then(|login| config.directory.by_login(login)),
    };
    found.ok_or_else(|| {
        Problem::new(
            StatusCode::FORBIDDEN,
            "unknown_agent",
            "Nobody in the gateway's directory has this sign-in.",
        )
    })
}

async fn asked(body: Body) -> Result<Asked, Problem> {
    let wrong = |detail| Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "body", detail);
    let body = timeout(BODY, to_bytes(body, LARGEST_BODY)).await;
    let Ok(Ok(body)) = body else {
        return Err(wrong("The body is too long or too slow."));
    };
    let said: Option<Spoken> = serde_json::from_slice(&body).ok();
    if said.is_some_and(|said| said.protocol != PROTOCOL) {
        return Err(Problem::new(
            StatusCode::UPGRADE_REQUIRED,
            "protocol",
            "This gateway speaks protocol 1.",
        ));
    }
    let asked: Option<Asked> = serde_json::from_slice(&body).ok();
    let fits = |asked: &Asked| asked.protocol == PROTOCOL && is_device(&asked.device);
    asked.filter(fits).ok_or_else(|| {
        wrong("Expected a protocol and a device of 1 to 32 of A-Z a-z 0-9 _ - in JSON.")
    })
}

fn is_device(name: &str) -> bool {
    name.len() <= 32 && crate::directory::is_opaque(name)
}

async fn remove(
    server: &Server,
    config: &Config,
    enrolment: &Enrolment,
    asks: IpAddr,
    headers: &HeaderMap,
) -> Result<Response, Problem> {
    let now = (server.clock)();
    let taken = server.enrolments.take(asker(asks), enrolment.pace, now);
    taken.map_err(Problem::too_often)?;
    let unknown = || {
        let detail = "This is not the name and the password of a device.";
        Problem::new(StatusCode::UNAUTHORIZED, "password", detail)
    };
    let (username, password) = basic(headers).ok_or_else(unknown)?;
    let parts: Vec<_> = username.split('.').collect();
    let &[tenant, agent, device] = parts.as_slice() else {
        return Err(unknown());
    };
    if tenant != config.tenant || !crate::directory::is_opaque(agent) || !is_device(device) {
        return Err(unknown());
    }
    if config.broker.enrols == Enrols::Nothing {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    match line::lets_in(&config.broker, &username, &password).await {
        Ok(true) => {}
        Ok(false) => return Err(unknown()),
        Err(_) => return Err(unavailable("broker", "The broker is not reached.")),
    }
    let device = Device {
        tenant,
        agent,
        device,
    };
    let removed = dynsec::remove(&server.control, &device).await;
    removed.map_err(refused)?;
    tracing::info!("a device was removed");
    Ok(StatusCode::NO_CONTENT.into_response())
}

pub(crate) fn credential(headers: &HeaderMap, scheme: &str) -> Option<String> {
    let mut fields = headers.get_all(AUTHORIZATION).iter();
    let field = fields.next().filter(|_| fields.next().is_none())?;
    let (named, credential) = field.to_str().ok()?.split_once(' ')?;
    let fits = named.eq_ignore_ascii_case(scheme);
    fits.then(|| credential.trim().to_owned())
}

fn basic(headers: &HeaderMap) -> Option<(String, Secret)> {
    let decoded = STANDARD.decode(credential(headers, "Basic")?).ok()?;
    let text = String::from_utf8(decoded).ok()?;
    let (username, password) = text.split_once(':')?;
    Some((username.to_owned(), Secret::new(password.to_owned())))
}

/// 256 random bits.
fn password() -> Result<String, Problem> {
    let mut random = [0_u8; 32];
    getrandom::fill(&mut random)
        .map_err(|_| unavailable("random", "The system has no random numbers now."))?;
    Ok(URL_SAFE_NO_PAD.encode(random))
}

fn not_believed(cause: &'static str) -> Problem {
    let detail = "The token of the sign-in is not valid here.";
    Problem::new(StatusCode::UNAUTHORIZED, "token", detail).because(cause)
}

fn unavailable(code: &'static str, detail: &'static str) -> Problem {
    Problem::new(StatusCode::SERVICE_UNAVAILABLE, code, detail)
}

fn refused(why: Refused) -> Problem {
    let (problem, cause) = match why {
        Refused::NoAnswer(no_answer) => {
            let detail = "The broker does not answer the gateway.";
            (unavailable("broker", detail), no_answer.word())
        }
        Refused::Plugin(word) => {
            let detail = "The broker refused to enter or remove the device.";
            (unavailable("broker", detail), word)
        }
        Refused::TooMany => {
            let detail = "This agent has as many devices as one may have; \
                          remove one, or have one removed.";
            let problem = Problem::new(StatusCode::CONFLICT, "too_many_devices", detail);
            return problem;
        }
        Refused::Disabled => {
            let detail = "This device was switched off at the broker.";
            return Problem::new(StatusCode::FORBIDDEN, "device_disabled", detail);
        }
    };
    tracing::error!(code = cause, "a device could not be entered or removed");
    problem.because(cause)
}
