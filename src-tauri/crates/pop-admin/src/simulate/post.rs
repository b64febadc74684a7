//! Posts one signed event to the loopback address.
//!
//! One connection for each event, to an address that is a constant: no proxy of the environment
//! is asked, no redirect is followed, and no name is looked up.

use std::io;
use std::net::Ipv4Addr;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::Full;
use hyper::Request;
use hyper::client::conn::http1::handshake;
use hyper::header::{CONNECTION, CONTENT_TYPE, HOST, RETRY_AFTER};
use hyper_util::rt::TokioIo;
use pop_source::listener::PATH;
use pop_source::signature::Signed;
use tokio::net::TcpStream;
use tokio::time::timeout;

/// The listener gives its disk five seconds, and a busy computer may need as long again.
const ANSWER_WITHIN: Duration = Duration::from_secs(10);

/// What the app said.
pub(super) struct Answer {
    pub(super) status: u16,
    /// The seconds to wait, if it named any.
    pub(super) retry_after: Option<u64>,
}

impl Answer {
    /// Whether the event is kept and will have its effect.
    pub(super) fn is_taken(&self) -> bool {
        self.status == 202
    }
}

/// Why there is no answer.
pub(super) enum PostFault {
    NotListening(io::Error),
    NoAnswer(Box<dyn std::error::Error>),
}

/// Sends the body and waits for the answer, which has a status and no body.
pub(super) async fn post(port: u16, signed: &Signed, body: Vec<u8>) -> Result<Answer, PostFault> {
    timeout(ANSWER_WITHIN, exchange(port, signed, body))
        .await
        .unwrap_or_else(|elapsed| Err(no_answer(elapsed)))
}

async fn exchange(port: u16, signed: &Signed, body: Vec<u8>) -> Result<Answer, PostFault> {
    let mut request = Request::post(PATH)
        .header(HOST, format!("{}:{port}", Ipv4Addr::LOCALHOST))
        .header(CONNECTION, "close")
        .header(CONTENT_TYPE, "application/cloudevents+json");
    for (name, value) in signed.fields() {
        request = request.header(name, value);
    }
    let request = request
        .body(Full::new(Bytes::from(body)))
        .map_err(no_answer)?;

    let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))
        .await
        .map_err(PostFault::NotListening)?;
    let (mut sender, connection) = handshake(TokioIo::new(stream)).await.map_err(no_answer)?;
    let answer = tokio::select! {
        answer = sender.send_request(request) => answer,
        Err(error) = connection => Err(error),
    };
    let answer = answer.map_err(no_answer)?;
    let seconds = answer.headers().get(RETRY_AFTER);
    Ok(Answer {
        status: answer.status().as_u16(),
        retry_after: seconds
            .and_then(|seconds| seconds.to_str().ok())
            .and_then(|seconds| seconds.parse().ok()),
    })
}

fn no_answer(error: impl std::error::Error + 'static) -> PostFault {
    PostFault::NoAnswer(Box::new(error))
}
