//! What an answer that is no success means.
//!
//! The definition's `[error]` is asked first; the common shapes of error bodies are known without
//! being told (RFC 9457, `error.message`, `error_description`, `errors[0].message`, plain text).
//! HTML says nothing to an agent, so of it only the status is kept.

use std::time::Duration;

use pop_core::fault::{Fault, FaultKind};
use pop_core::http::HttpFault;
use pop_core::moment::Moment;
use pop_core::text::is_format_char;
use serde_json::Value;

use crate::language::errors::{ErrorKind, ErrorPart};
use crate::language::parts::parse_duration;
use crate::net::traffic::LONGEST_WAIT;
use crate::run::answer::Answer;
use crate::run::names::Names;
use crate::run::values;

/// Why a request brought nothing.
#[derive(Clone, Debug)]
pub(crate) struct Failure {
    pub(crate) fault: Box<Fault>,
    /// The CRM itself says that there is no such record.
    pub(crate) none: bool,
    /// It was sent, and nothing says what became of it.
    pub(crate) unanswered: bool,
    /// A success that was understood, and that the definition's `ok` does not accept.
    pub(crate) denied: bool,
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        Self {
            fault: Box::new(fault),
            none: false,
            unanswered: false,
            denied: false,
        }
    }
}

/// Printable characters of a vendor's words that are kept.
const SHOWN: usize = 200;
/// A wait is never as long as this many seconds, a time in seconds since 1970 never as short.
const SINCE_1970: u64 = 1_000_000_000;
/// Headers that name a request, where a definition does not say.
const REQUEST_IDS: &[&str] = &[
    "x-request-id",
    "request-id",
    "x-correlation-id",
    "x-trace-id",
];

/// Names the fault of an answer.
pub(crate) fn failure(
    part: &ErrorPart,
    answer: &Answer,
    names: &Names,
    request_ids: &[String],
    now: Moment,
) -> Failure {
    let read = |reading: &Option<crate::language::reading::Reading>| {
        let value = reading.as_ref()?.value(names.scope())?;
        values::text(&value)
    };
    let code = read(&part.code).or_else(|| usual_code(answer));
    let message = read(&part.message).or_else(|| usual_message(answer));
    let detail = read(&part.detail);
    let named = names
        .clone()
        .with("code", code.clone().map_or(Value::Null, Value::String))
        .with(
            "message",
            message.clone().map_or(Value::Null, Value::String),
        );
    let told = part
        .kinds
        .iter()
        .find(|(_, when)| when.holds(named.scope()))
        .map(|(kind, _)| *kind);
    let fields = part
        .fields
        .as_ref()
        .and_then(|fields| fields.value(names.scope()));
    let kind = match told {
        Some(told) => kind_of(told, fields.as_ref()),
        None => by_status(answer.status, fields.as_ref()),
    };
    let none = kind == FaultKind::NotFound && !answer.is_html && answer.status != 200;
    let words = [message, detail]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(": ");
    let wait = told
        .and_then(|told| told_wait(part, told, &named))
        .or_else(|| usual_wait(answer, now));
    let request_id = read(&part.request).or_else(|| header_of(answer, request_ids));
    let fault = Fault {
        kind,
        status: Some(answer.status),
        code: code.map(|code| printable(&code)),
        message: Some(printable(&words)).filter(|words| !words.is_empty()),
        request_id: request_id.map(|id| printable(&id)),
        retry_after: wait.map(|wait| wait.min(LONGEST_WAIT)),
        limits: answer.limits(),
        answer: answer.hash,
        at: now,
    };
    Failure {
        none,
        denied: answer.is_json && (200..300).contains(&answer.status),
        ..fault.into()
    }
}

fn kind_of(kind: ErrorKind, fields: Option<&Value>) -> FaultKind {
    match kind {
        ErrorKind::RateLimited => FaultKind::RateLimited,
        ErrorKind::SignInNeeded => FaultKind::SignInNeeded,
        ErrorKind::Forbidden => FaultKind::Forbidden,
        ErrorKind::Ambiguous => FaultKind::Ambiguous,
        ErrorKind::Conflict => FaultKind::Conflict,
        ErrorKind::Invalid => FaultKind::Invalid(field_names(fields)),
        ErrorKind::NotFound => FaultKind::NotFound,
        ErrorKind::Unavailable => FaultKind::Unavailable,
    }
}

fn by_status(status: u16, fields: Option<&Value>) -> FaultKind {
    match status {
        300 => FaultKind::Ambiguous,
        301..=303 | 307 | 308 => FaultKind::Redirect,
        401 => FaultKind::SignInNeeded,
        403 => FaultKind::Forbidden,
        404 | 410 => FaultKind::NotFound,
        407 => FaultKind::Network(HttpFault::Proxy),
        409 | 412 | 423 => FaultKind::Conflict,
        429 => FaultKind::RateLimited,
        408 | 425 | 500..=599 => FaultKind::Unavailable,
        400..=499 => FaultKind::Invalid(field_names(fields)),
        _ => FaultKind::AnswerNotUnderstood,
    }
}

fn field_names(fields: Option<&Value>) -> Vec<String> {
    let names = fields.map(values::texts).unwrap_or_default();
    names.iter().take(20).map(|name| printable(name)).collect()
}

fn usual_code(answer: &Answer) -> Option<String> {
    let body = &answer.body;
    let error = body.get("error");
    let places = [
        error.and_then(|error| error.get("code")),
        body.get("code"),
        body.pointer("/errors/0/code"),
        error.filter(|error| error.is_string()),
        body.get("type")
            .filter(|kind| kind.as_str() != Some("about:blank")),
    ];
    places.into_iter().flatten().find_map(values::text)
}

fn usual_message(answer: &Answer) -> Option<String> {
    if answer.is_html {
        return None;
    }
    let body = &answer.body;
    if let Value::String(text) = body {
        return Some(text.clone());
    }
    let title = body.get("title").and_then(values::text);
    let detail = body.get("detail").and_then(values::text);
    if title.is_some() || detail.is_some() {
        return Some(
            [title, detail]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(": "),
        );
    }
    let places = [
        body.pointer("/error/message"),
        body.get("error_description"),
        body.get("message"),
        body.pointer("/errors/0/message"),
        body.pointer("/0/message"),
        body.get("error"),
    ];
    places.into_iter().flatten().find_map(values::text)
}

fn header_of(answer: &Answer, request_ids: &[String]) -> Option<String> {
    let named = names_requests(answer, request_ids);
    named.into_iter().next().map(|(_, id)| id)
}

/// The headers that name the request, the definition's first.
pub(crate) fn names_requests(answer: &Answer, request_ids: &[String]) -> Vec<(String, String)> {
    let usual = REQUEST_IDS.iter().copied();
    let names = request_ids.iter().map(String::as_str).chain(usual);
    names
        .filter_map(|name| Some((name.to_owned(), answer.header(name)?.to_owned())))
        .collect()
}

fn told_wait(part: &ErrorPart, kind: ErrorKind, names: &Names) -> Option<Duration> {
    let (_, reading) = part.waits.iter().find(|(known, _)| *known == kind)?;
    match reading.value(names.scope())? {
        Value::String(text) => parse_duration(&text),
        Value::Number(seconds) => seconds.as_u64().map(Duration::from_secs),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

/// `Retry-After` in seconds or as a date, else when `RateLimit-Reset` or its older name says.
fn usual_wait(answer: &Answer, now: Moment) -> Option<Duration> {
    if let Some(text) = answer.header("retry-after") {
        if let Ok(seconds) = text.trim().parse::<u64>() {
            return Some(Duration::from_secs(seconds));
        }
        let date = httpdate::parse_http_date(text.trim()).ok()?;
        let date = date.duration_since(std::time::UNIX_EPOCH).ok()?;
        let date = Moment::from_millis(i64::try_from(date.as_millis()).ok()?);
        return Some(date.since(now));
    }
    if answer.status != 429 {
        return None;
    }
    let reset = ["ratelimit-reset", "x-ratelimit-reset"];
    let reset = reset.iter().find_map(|name| answer.header(name))?;
    let seconds = reset.trim().parse::<u64>().ok()?;
    // Some count from now, some from 1970.
    if seconds < SINCE_1970 {
        return Some(Duration::from_secs(seconds));
    }
    let at = i64::try_from(seconds.checked_mul(1_000)?).ok()?;
    Some(Moment::from_millis(at).since(now))
}

/// The first printable characters of a text from outside; controls and unseen signs are blanks.
pub(crate) fn printable(text: &str) -> String {
    let blanked = text.chars().take(SHOWN * 4).map(|sign| {
        if sign.is_control() || is_format_char(sign) {
            ' '
        } else {
            sign
        }
    });
    let blanked = blanked.collect::<String>();
    let words = blanked.split_whitespace().collect::<Vec<_>>().join(" ");
    words.chars().take(SHOWN).collect()
}

/// Whether the request was on its way when this happened.
pub(crate) fn may_have_arrived(fault: HttpFault) -> bool {
    match fault {
        HttpFault::AnswerTimeout | HttpFault::Cut | HttpFault::TooLarge => true,
        HttpFault::Dns
        | HttpFault::Refused
        | HttpFault::ConnectTimeout
        | HttpFault::Tls
        | HttpFault::Proxy
        | HttpFault::BadRequest => false,
    }
}
