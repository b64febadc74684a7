//! The one way out to a CRM: a request goes in, a response or a named fault comes back.
//!
//! The real client is in `pop-crm`; a simulation stands in its place. Whether a request may be
//! sent at all (origin, size, retry) is decided before it gets here.

use std::time::Duration;

use async_trait::async_trait;

use crate::secret::Secret;

/// Sends requests.
#[async_trait]
pub trait Http: Send + Sync {
    /// Sends one request once: no redirects, no retries, and never longer than its time limit.
    async fn send(&self, request: Request) -> Result<Response, HttpFault>;
}

/// The methods that definitions use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Creates or asks.
    Post,
    /// Changes in part.
    Patch,
    /// Replaces.
    Put,
    /// Removes.
    Delete,
}

impl Method {
    /// Every method, with its word.
    pub const ALL: [(Self, &'static str); 5] = [
        (Self::Get, "GET"),
        (Self::Post, "POST"),
        (Self::Patch, "PATCH"),
        (Self::Put, "PUT"),
        (Self::Delete, "DELETE"),
    ];

    /// Reads a method; `None` when it is not one of ours.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|(_, name)| *name == word)
            .map(|(method, _)| method)
    }

    /// The word of this method.
    pub fn word(self) -> &'static str {
        Self::ALL
            .into_iter()
            .find(|(method, _)| *method == self)
            .map_or("GET", |(_, w)| w)
    }
}

/// The value of a header field.
pub enum HeaderValue {
    /// Anybody may see it.
    Plain(String),
    /// A credential.
    Secret(Secret),
}

/// One request.
pub struct Request {
    /// The method.
    pub method: Method,
    /// The whole address, already checked against the connection's origins.
    pub url: String,
    /// Header fields; names in lower case.
    pub headers: Vec<(String, HeaderValue)>,
    /// The body.
    pub body: Option<Vec<u8>>,
    /// The longest the whole exchange may take.
    pub limit: Duration,
    /// The largest body that is read, unpacked.
    pub max_body: usize,
}

/// One response, whatever its status.
#[derive(Clone, Debug)]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// Header fields; names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body, unpacked.
    pub body: Vec<u8>,
    /// Where the time went.
    pub timing: Timing,
}

impl Response {
    /// The first value of a header field.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(field, _)| field == name)
            .map(|(_, value)| value.as_str())
    }
}

/// Where the time of one exchange went; a part that did not happen or is not known is absent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Timing {
    /// Looking up the name.
    pub dns: Option<Duration>,
    /// Connecting, with TLS.
    pub connect: Option<Duration>,
    /// From the request to the head of the answer.
    pub wait: Option<Duration>,
    /// Reading the body.
    pub body: Option<Duration>,
}

/// Why there is no response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HttpFault {
    /// The name has no address.
    Dns,
    /// Nothing listens there.
    Refused,
    /// No connection within the limit.
    ConnectTimeout,
    /// A connection, but no answer within the limit.
    AnswerTimeout,
    /// The connection broke before the answer was complete.
    Cut,
    /// The server's certificate is not trusted, or TLS cannot be agreed.
    Tls,
    /// The proxy does not let the request through.
    Proxy,
    /// The answer is larger than allowed.
    TooLarge,
    /// The request itself cannot be sent as it stands.
    BadRequest,
}
