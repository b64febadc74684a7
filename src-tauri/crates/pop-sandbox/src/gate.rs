//! What every request passes before the CRM looks at it, and every answer on its way out.
//!
//! In: request id, record of the request, host, fault, token. Out: the words of a refusal, the
//! damage of a fault, headers. Which paths exist is said in `routes`.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::extract::{Request, State};
use axum::http::header::{
    ALLOW, CACHE_CONTROL, CONTENT_SECURITY_POLICY, HOST, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::damage::{Course, course, spoil};
use crate::fault::FaultSwitch;
use crate::problem::Problem;
use crate::requests::RequestLog;
use crate::token::Tokens;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// The longest request id that is echoed.
const LONGEST_REQUEST_ID: usize = 128;
/// Pages are text and one stylesheet of our own: no script, no form, no frame, no picture.
const POLICY: &str = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; \
                      frame-ancestors 'none'";

/// What the sandbox's owner and the requests share.
pub(crate) struct Gate {
    pub(crate) tokens: Tokens,
    pub(crate) faults: FaultSwitch,
    pub(crate) requests: RequestLog,
    /// The spellings of our own address that a `Host` header may have.
    hosts: [String; 2],
    /// Tells the request ids of two runs apart.
    run: i64,
    answered: AtomicU64,
}

impl Gate {
    pub(crate) fn new(token: String, port: u16, run: i64) -> Self {
        Self {
            tokens: Tokens::new(token),
            faults: FaultSwitch::default(),
            requests: RequestLog::default(),
            hosts: [format!("127.0.0.1:{port}"), format!("localhost:{port}")],
            run,
            answered: AtomicU64::new(0),
        }
    }

    /// Takes over the client's request id, or makes one.
    fn request_id(&self, headers: &HeaderMap) -> String {
        let offered = headers
            .get(REQUEST_ID)
            .and_then(|value| value.to_str().ok());
        let usable = |id: &&str| {
            (1..=LONGEST_REQUEST_ID).contains(&id.len())
                && id.bytes().all(|byte| byte.is_ascii_graphic())
        };
        if let Some(id) = offered.filter(usable) {
            return id.to_owned();
        }
        let number = self.answered.fetch_add(1, Ordering::Relaxed) + 1;
        format!("sandbox-{:x}-{number}", self.run)
    }

    /// Refuses other names for our address: a foreign site that lets its name point here would
    /// otherwise read the pages through the browser.
    fn check_host(&self, headers: &HeaderMap) -> Result<(), Problem> {
        let mut hosts = headers.get_all(HOST).iter();
        let ours = |host: &HeaderValue| self.hosts.iter().any(|known| known == host);
        match (hosts.next(), hosts.next()) {
            (Some(host), None) if ours(host) => Ok(()),
            _ => Err(Problem::new(
                StatusCode::MISDIRECTED_REQUEST,
                "wrong_host",
                format!("This server is {}.", self.hosts.join(" or ")),
            )),
        }
    }
}

/// Passes one request.
pub(crate) async fn pass(State(gate): State<Arc<Gate>>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path().to_owned();
    let request_id = gate.request_id(&parts.headers);
    if !begins_with(&path, "/control") {
        gate.requests.add(&parts, &request_id);
    }
    let request = Request::from_parts(parts, body);

    let course = gate.faults.strike(&path).map(course);
    let (answer, damage) = match course {
        Some(Course::Refused(answer)) => (answer, None),
        Some(Course::Spoiled(damage)) => (answer(&gate, &path, request, next).await, Some(damage)),
        None => (answer(&gate, &path, request, next).await, None),
    };
    let mut answer = worded(answer, &path, &request_id);
    if let Some(damage) = damage {
        answer = spoil(answer, damage).await;
    }
    dress(answer.headers_mut(), &request_id);
    answer
}

async fn answer(gate: &Gate, path: &str, request: Request, next: Next) -> Response {
    let mut admitted = gate.check_host(request.headers());
    if admitted.is_ok() && (begins_with(path, "/api") || begins_with(path, "/control")) {
        admitted = gate.tokens.check(request.headers());
    }
    match admitted {
        Ok(()) => next.run(request).await,
        Err(problem) => problem.into_response(),
    }
}

/// Gives a refusal its words.
fn worded(answer: Response, path: &str, request_id: &str) -> Response {
    if let Some(problem) = answer.extensions().get::<Problem>() {
        return problem.write(path, request_id);
    }
    if answer.status() == StatusCode::METHOD_NOT_ALLOWED {
        let allow = answer.headers().get(ALLOW);
        return Problem::method_not_allowed(allow).write(path, request_id);
    }
    answer
}

fn dress(headers: &mut HeaderMap, request_id: &str) {
    if let Ok(request_id) = HeaderValue::from_str(request_id) {
        headers.insert(REQUEST_ID, request_id);
    }
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
}

/// Says whether a path is this one or below it.
fn begins_with(path: &str, top: &str) -> bool {
    path.strip_prefix(top)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
