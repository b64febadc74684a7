//! Carries out a fault: refuses in the CRM's place, or spoils the answer it gave.

use std::convert::Infallible;
use std::io;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures_util::stream::{self, Stream, StreamExt};

use crate::fault::Fault;
use crate::problem::Problem;

/// The size of a `HugeBody`: far over what a client should take, and little work to send.
const HUGE: usize = 16 * 1024 * 1024;
const HUGE_CHUNK: usize = 64 * 1024;
/// The largest answer that is spoiled; the CRM's own answers are far smaller.
const LARGEST_ANSWER: usize = 4 * 1024 * 1024;

const SIGN_IN_PAGE: &str = "<!doctype html><html lang=\"en\"><head><title>Sign in</title></head>\
    <body><h1>Sign in to continue</h1><p>Your session has ended.</p></body></html>";

/// What becomes of a request.
pub(crate) enum Course {
    /// It is not let through; this is the answer.
    Refused(Response),
    /// It is let through, and its answer is spoiled.
    Spoiled(Spoil),
}

/// What is done to an answer.
pub(crate) enum Spoil {
    Late(Duration),
    Cut,
    Truncated,
    Empty,
}

/// Says what a fault does.
pub(crate) fn course(fault: Fault) -> Course {
    let problem = match fault {
        Fault::Slow { millis } => {
            return Course::Spoiled(Spoil::Late(Duration::from_millis(millis)));
        }
        Fault::Cut => return Course::Spoiled(Spoil::Cut),
        Fault::TruncatedJson => return Course::Spoiled(Spoil::Truncated),
        Fault::EmptyBody => return Course::Spoiled(Spoil::Empty),
        Fault::Html => return Course::Refused(html()),
        Fault::HugeBody => return Course::Refused(huge()),
        Fault::Unauthorized => Problem::unauthorized("token_expired", "The token has expired."),
        Fault::Forbidden => Problem::new(
            StatusCode::FORBIDDEN,
            "forbidden",
            "Your role does not allow this.",
        ),
        Fault::NotFound => Problem::new(
            StatusCode::NOT_FOUND,
            "not_found",
            "There is no such record.",
        ),
        Fault::Conflict => Problem::new(
            StatusCode::CONFLICT,
            "conflict",
            "Somebody else changed the record in the meantime.",
        ),
        Fault::Unprocessable => Problem::invalid("subject", "The subject was not accepted."),
        Fault::RateLimited { retry_after } => Problem::rate_limited(retry_after),
        Fault::ServerError { status } => server_error(status),
    };
    Course::Refused(problem.into_response())
}

/// Spoils an answer.
pub(crate) async fn spoil(response: Response, spoil: Spoil) -> Response {
    match spoil {
        Spoil::Late(delay) => {
            tokio::time::sleep(delay).await;
            response
        }
        Spoil::Cut => {
            halved(response, |half, whole| {
                let announced = HeaderValue::from(whole);
                (Body::from_stream(cut_after(half)), Some(announced))
            })
            .await
        }
        Spoil::Truncated => halved(response, |half, _| (Body::from(half), None)).await,
        Spoil::Empty => halved(response, |_, _| (Body::empty(), None)).await,
    }
}

/// Puts another body in the place of the answer's, made from its first half and its length.
async fn halved(
    response: Response,
    body: impl FnOnce(Bytes, usize) -> (Body, Option<HeaderValue>),
) -> Response {
    let (mut parts, whole) = response.into_parts();
    let whole = to_bytes(whole, LARGEST_ANSWER).await.unwrap_or_default();
    let (body, length) = body(whole.slice(..whole.len() / 2), whole.len());
    parts.headers.remove(CONTENT_LENGTH);
    if let Some(length) = length {
        parts.headers.insert(CONTENT_LENGTH, length);
    }
    Response::from_parts(parts, body)
}

fn cut_after(half: Bytes) -> impl Stream<Item = Result<Bytes, io::Error>> + Send {
    let begun = stream::once(async move { Ok(half) });
    let cut = stream::once(async {
        // Lets the server send what it has before the connection dies.
        tokio::task::yield_now().await;
        Err(io::ErrorKind::ConnectionReset.into())
    });
    begun.chain(cut)
}

fn server_error(status: u16) -> Problem {
    let status = StatusCode::from_u16(status)
        .ok()
        .filter(StatusCode::is_server_error)
        .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    Problem::new(status, "server_error", "The CRM failed to answer.")
}

fn html() -> Response {
    let html = HeaderValue::from_static("text/html; charset=utf-8");
    ([(CONTENT_TYPE, html)], SIGN_IN_PAGE).into_response()
}

fn huge() -> Response {
    let filler = Bytes::from(vec![b'x'; HUGE_CHUNK]);
    let chunks = stream::iter(
        std::iter::once(Bytes::from_static(b"{\"filler\":\""))
            .chain(std::iter::repeat_n(filler, HUGE / HUGE_CHUNK))
            .chain(std::iter::once(Bytes::from_static(b"\"}"))),
    );
    let json = HeaderValue::from_static("application/json");
    (
        [(CONTENT_TYPE, json)],
        Body::from_stream(chunks.map(Ok::<_, Infallible>)),
    )
        .into_response()
}
