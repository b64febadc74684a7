//! Accepts connections, notes each request, and lets the vendor or the script answer it.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use http_body_util::BodyExt as _;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinSet;

use super::outgoing::{BrokenOff, Outgoing};
use super::{Recorded, Shared};
use crate::call::{Answer, Call};
use crate::script::Act;

const TWO_MEGABYTES: usize = 2 * 1024 * 1024;

/// Serves until `stop` is dropped; then ends every connection at once.
pub(super) async fn serve(
    listener: TcpListener,
    shared: Arc<Shared>,
    mut stop: oneshot::Receiver<Infallible>,
) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            Ok((stream, _)) = listener.accept() => {
                connections.spawn(connection(stream, Arc::clone(&shared)));
            }
            Some(_) = connections.join_next() => {}
            _ = &mut stop => break,
        }
    }
    connections.shutdown().await;
}

async fn connection(stream: TcpStream, shared: Arc<Shared>) {
    let number = shared.connections.fetch_add(1, Ordering::Relaxed) + 1;
    let latency = shared.state().connection_latency;
    if !latency.is_zero() {
        tokio::time::sleep(latency).await;
    }
    // Answers are small and awaited; holding them back to fill packets would only cost time.
    let _ = stream.set_nodelay(true);
    let service = service_fn(|request| respond(Arc::clone(&shared), number, request));
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .serve_connection(TokioIo::new(stream), service)
        .await;
    // A connection that breaks is the client's business, or what the script asked for.
    drop(served);
}

async fn respond(
    shared: Arc<Shared>,
    connection: u64,
    request: Request<Incoming>,
) -> Result<Response<Outgoing>, BrokenOff> {
    let call = received(request).await?;
    let (number, act, latency) = noted(&shared, connection, &call);
    if !latency.is_zero() {
        tokio::time::sleep(latency).await;
    }
    let vendor = || answered(&shared, &call);
    let (answer, is_cut) = match act {
        None => (vendor(), false),
        Some(Act::Trouble(trouble)) => (shared.vendor.trouble(&trouble), false),
        Some(Act::Answer(answer)) => (answer, false),
        Some(Act::Reset) => return Err(BrokenOff),
        Some(Act::LostAfterStoring) => {
            vendor();
            return Err(BrokenOff);
        }
        Some(Act::Truncated) => (halved(vendor()), false),
        Some(Act::CutBody) => (halved(vendor()), true),
        Some(Act::Slow(time)) => {
            tokio::time::sleep(time).await;
            (vendor(), false)
        }
        Some(Act::Huge) => (huge(), false),
        Some(Act::Html) => (
            Answer::html(200, "<!DOCTYPE html><title>One moment</title>"),
            false,
        ),
        Some(Act::Blank) => (Answer::empty(200), false),
    };
    let now = shared.now_us();
    let mut state = shared.state();
    let mut all = state.recorded.iter_mut();
    if let Some(recorded) = all.find(|recorded| recorded.number == number) {
        recorded.status = Some(answer.status);
        recorded.answered_us = Some(now);
    }
    drop(state);
    response(answer, is_cut)
}

/// The vendor's answer; a host that is not the vendor's is told so.
fn answered(shared: &Shared, call: &Call) -> Answer {
    if shared.hosts.contains(&call.host) {
        return shared.vendor.answer(call);
    }
    let told = format!("no such host here: {}", call.host);
    Answer::of(421, "text/plain", told)
}

async fn received(request: Request<Incoming>) -> Result<Call, BrokenOff> {
    let (head, body) = request.into_parts();
    let headers = head.headers.iter().map(|(name, value)| {
        let value = String::from_utf8_lossy(value.as_bytes());
        (name.as_str().to_owned(), value.into_owned())
    });
    let headers = headers.collect::<Vec<_>>();
    let host = headers.iter().find(|(name, _)| name == "host");
    let host = host.map(|(_, value)| value.split(':').next().unwrap_or_default());
    let host = host.unwrap_or_default().to_ascii_lowercase();
    let target = head.uri.path_and_query().map_or("/", |it| it.as_str());
    let mut call = Call::new(head.method.as_str(), &host, target);
    call.headers = headers;
    call.body = body
        .collect()
        .await
        .map_err(|_| BrokenOff)?
        .to_bytes()
        .to_vec();
    Ok(call)
}

fn noted(shared: &Shared, connection: u64, call: &Call) -> (u64, Option<Act>, Duration) {
    let arrived_us = shared.now_us();
    let mut state = shared.state();
    state.requests += 1;
    let number = state.requests;
    state.recorded.push(Recorded {
        number,
        call: call.clone(),
        arrived_us,
        answered_us: None,
        status: None,
        connection,
    });
    (number, state.script.take(call), state.request_latency)
}

fn halved(mut answer: Answer) -> Answer {
    answer.body.truncate(answer.body.len() / 2);
    answer
}

fn huge() -> Answer {
    let padding = "x".repeat(TWO_MEGABYTES);
    Answer::json(200, &serde_json::json!({ "padding": padding }))
}

fn response(answer: Answer, is_cut: bool) -> Result<Response<Outgoing>, BrokenOff> {
    let mut builder = Response::builder().status(answer.status);
    for (name, value) in &answer.headers {
        builder = builder.header(name, value);
    }
    let body = if is_cut {
        Outgoing::cut(answer.body)
    } else {
        Outgoing::whole(answer.body)
    };
    builder.body(body).map_err(|_| BrokenOff)
}
