//! What is answered: to platforms on one address, to those who run the gateway on another.
//!
//! Answers have no body and say nothing about why (security rules L7 and L11), except to a
//! handshake. What happened stands in the counters.

use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{Method, StatusCode};
use axum::middleware::from_fn_with_state;
use axum::response::Response;
use axum::routing::{get, post};
use pop_core::moment::Moment;
use pop_source::delivery::Delivery;
use pop_source::handshake::{self, Answer};
use pop_source::mapping::LIMITS;
use tokio::time::timeout;

use crate::broker::control::Control;
use crate::config::Config;
use crate::desktops::Desktops;
use crate::enrolment;
use crate::intake::{NotAccepted, accept};
use crate::metrics::Metrics;
use crate::operations;
use crate::pace::Paces;
use crate::pages::{Loopback, no_page};
use crate::problem;
use crate::queue::Queue;
use crate::route;
use crate::source::Source;

/// How long the body of a delivery may take.
const BODY: Duration = Duration::from_secs(10);
/// How often an origin may deliver, told in the answer to `OPTIONS`.
const PER_MINUTE: u32 = 60_000;

/// What every answer needs.
pub(crate) struct Server {
    pub(crate) settings: RwLock<Arc<Config>>,
    pub(crate) queue: Queue,
    pub(crate) metrics: Arc<Metrics>,
    pub(crate) clock: fn() -> Moment,
    pub(crate) stopping: AtomicBool,
    pub(crate) control: Control,
    pub(crate) desktops: Arc<Desktops>,
    /// How often each source delivered.
    pub(crate) deliveries: Paces<String>,
    /// How often each address asked to be let in.
    pub(crate) enrolments: Paces<IpAddr>,
    /// How often each caller asked about routing.
    pub(crate) callers: Paces<String>,
    /// Whoever enters a device holds it.
    pub(crate) entering: tokio::sync::Mutex<()>,
    /// Told whenever the directory was read.
    pub(crate) directory_read: tokio::sync::Notify,
}

impl Server {
    /// The settings as they are now; whoever began with these ends with them.
    pub(crate) fn config(&self) -> Arc<Config> {
        let settings = self.settings.read();
        // A holder that panicked has left whole settings.
        Arc::clone(&settings.unwrap_or_else(PoisonError::into_inner))
    }
}

/// The address that platforms call.
pub(crate) fn webhooks(server: Arc<Server>) -> Router {
    Router::new()
        .route(
            "/v1/enrolment",
            get(enrolment::offer)
                .post(enrolment::enrol)
                .delete(enrolment::leave),
        )
        .route("/v1/route", post(route::route))
        .fallback(delivery)
        .with_state(server)
}

/// The address for those who run the gateway.
pub(crate) fn operations(server: Arc<Server>) -> Router {
    let loopback = Loopback(server.config().operations.ip().is_loopback());
    Router::new()
        .route("/healthz", get(async || StatusCode::OK))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
        .route("/unreached", get(unreached))
        .route("/control", post(operations::control))
        .layer(from_fn_with_state(loopback, no_page))
        .with_state(server)
}

/// Ready is who can accept: an outage of the broker is waited out, so it changes nothing.
async fn ready(State(server): State<Arc<Server>>) -> StatusCode {
    if server.queue.works() && !server.stopping.load(Ordering::Relaxed) {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    }
}

async fn metrics(State(server): State<Arc<Server>>) -> Response {
    let kind = "text/plain; version=0.0.4; charset=utf-8";
    with_body(StatusCode::OK, kind, server.metrics.page())
}

/// One line of JSON per agent that the directory does not know, newest first.
async fn unreached(State(server): State<Arc<Server>>) -> Response {
    let mut page = String::new();
    for (at, letter) in server.queue.dead().await {
        let Ok(serde_json::Value::Object(mut letter)) = serde_json::from_slice(&letter) else {
            continue;
        };
        letter.insert("at".to_owned(), at.rfc3339().into());
        page.push_str(&serde_json::Value::Object(letter).to_string());
        page.push('\n');
    }
    with_body(StatusCode::OK, "application/x-ndjson", page)
}

async fn delivery(State(server): State<Arc<Server>>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let path = head.uri.path();
    let config = server.config();
    let Some(source) = config.sources.iter().find(|it| it.path == path) else {
        return empty(StatusCode::NOT_FOUND);
    };
    let body = match timeout(BODY, to_bytes(body, LIMITS.max_bytes)).await {
        Ok(Ok(body)) => body,
        Ok(Err(_)) => return server.told(source, "too_large", StatusCode::PAYLOAD_TOO_LARGE),
        Err(_) => return server.told(source, "slow", StatusCode::REQUEST_TIMEOUT),
    };
    let headers: Vec<_> = head
        .headers
        .iter()
        .map(|(name, value)| (name.as_str().to_owned(), value.as_bytes().to_vec()))
        .collect();
    let target = head.uri.path_and_query().map_or(path, |it| it.as_str());
    let url = format!("{}{target}", config.listen.url);
    let delivery = Delivery {
        headers: &headers,
        body: &body,
        received: (server.clock)(),
        url: &url,
    };
    if head.method == Method::OPTIONS && !source.origins.is_empty() {
        let origins: Vec<_> = source.origins.iter().map(String::as_str).collect();
        let answer = handshake::webhook_options(&delivery, &origins, PER_MINUTE);
        return server.shaken(source, answer);
    }
    if head.method != Method::POST {
        return empty(StatusCode::METHOD_NOT_ALLOWED);
    }
    server.answer(&config, source, &delivery).await
}

impl Server {
    async fn answer(&self, config: &Config, source: &Source, delivery: &Delivery<'_>) -> Response {
        if let Some(answer) = handshake::validation_token(delivery) {
            return self.shaken(source, answer);
        }
        if let Err(refused) = source.verifier.verify(delivery) {
            return self.told(source, refused.word(), StatusCode::UNAUTHORIZED);
        }
        // A stranger's requests count for nobody.
        let now = delivery.received;
        if let Err(wait) = self.deliveries.take(source.name.clone(), source.pace, now) {
            let mut response = self.told(source, "too_often", StatusCode::TOO_MANY_REQUESTS);
            response
                .headers_mut()
                .insert(RETRY_AFTER, problem::seconds(wait));
            return response;
        }
        let zoom = source.handshake.as_ref();
        if let Some(answer) =
            zoom.and_then(|secret| handshake::zoom_url_validation(delivery, secret))
        {
            return self.shaken(source, answer);
        }
        let accepted = accept(
            config,
            source,
            delivery,
            &self.queue,
            &self.metrics,
            &self.desktops,
        )
        .await;
        match accepted {
            Ok(()) => self.told(source, "accepted", StatusCode::ACCEPTED),
            Err(NotAccepted::Unreadable(unreadable)) => {
                tracing::warn!(
                    source = source.name,
                    key = unreadable.key,
                    line = unreadable.line,
                    "the mapping reads no event from a delivery"
                );
                self.told(source, "unreadable", StatusCode::UNPROCESSABLE_ENTITY)
            }
            Err(NotAccepted::NotTaken(why)) => {
                let mut response = self.told(source, why.word(), StatusCode::SERVICE_UNAVAILABLE);
                let seconds = axum::http::HeaderValue::from_static("5");
                response.headers_mut().insert(RETRY_AFTER, seconds);
                response
            }
        }
    }

    /// Counts what came of a delivery, and answers with nothing but a status.
    fn told(&self, source: &Source, outcome: &str, status: StatusCode) -> Response {
        let labels = [("source", source.name.as_str()), ("outcome", outcome)];
        self.metrics.count("deliveries_total", &labels, 1);
        empty(status)
    }

    fn shaken(&self, source: &Source, answer: Answer) -> Response {
        let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::BAD_REQUEST);
        let mut response = self.told(source, "handshake", status);
        for (name, value) in answer.headers {
            if let Ok(value) = value.parse() {
                response.headers_mut().insert(name, value);
            }
        }
        *response.body_mut() = Body::from(answer.body);
        response
    }
}

fn empty(status: StatusCode) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    let never = axum::http::HeaderValue::from_static("no-store");
    response.headers_mut().insert(CACHE_CONTROL, never);
    response
}

fn with_body(status: StatusCode, kind: &'static str, body: String) -> Response {
    let mut response = empty(status);
    let kind = axum::http::HeaderValue::from_static(kind);
    response.headers_mut().insert(CONTENT_TYPE, kind);
    *response.body_mut() = Body::from(body);
    response
}
