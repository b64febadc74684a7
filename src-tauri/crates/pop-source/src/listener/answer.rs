//! Every answer the listener gives: a status and no body (security rule L11).

use std::fmt::Write as _;
use std::time::Duration;

use crate::canonical::EventFault;
use crate::signature::SignatureFault;

/// When a sender should try again what could not be kept: a slow disk or keychain has come round
/// by then, and an event is of use for seconds only.
const RETRY_AFTER: Duration = Duration::from_secs(1);

/// Why a request had no effect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There are as many connections as there may be.
    TooManyConnections,
    /// The head is not HTTP/1.1 as it should be.
    HeadMalformed,
    /// The head is longer than 8 KiB or has more than 32 fields.
    HeadTooLarge,
    /// The head did not come in time.
    HeadTooSlow,
    /// `Content-Length` and `Transfer-Encoding` together, or a length that is not one number.
    FramingAmbiguous,
    /// `Host` is not this listener.
    ForeignHost,
    /// A web page that is not listed.
    ForeignPage,
    /// Another path than [`super::PATH`].
    NoSuchPath,
    /// Another verb than POST.
    WrongMethod,
    /// Not one of the three content types.
    WrongType,
    /// No `Content-Length`.
    NoLength,
    /// The body is longer than 64 KiB.
    BodyTooLarge,
    /// The body did not come in time.
    BodyTooSlow,
    /// The connection ended inside a request.
    Cut,
    /// The signature does not count.
    Signature(SignatureFault),
    /// More events than the sender may send.
    TooFast {
        /// When the next one fits.
        retry_after: Duration,
    },
    /// The body holds no event.
    NotAnEvent(EventFault),
    /// The id was used before for other content.
    Conflict,
    /// The event is for somebody else.
    NotOurs,
    /// The event could not be kept.
    Unavailable,
}

impl Refusal {
    /// A short stable code for counters and logs.
    pub fn slug(&self) -> &'static str {
        match self {
            Self::TooManyConnections => "too_many_connections",
            Self::HeadMalformed => "head_malformed",
            Self::HeadTooLarge => "head_too_large",
            Self::HeadTooSlow => "head_too_slow",
            Self::FramingAmbiguous => "framing_ambiguous",
            Self::ForeignHost => "foreign_host",
            Self::ForeignPage => "foreign_page",
            Self::NoSuchPath => "no_such_path",
            Self::WrongMethod => "wrong_method",
            Self::WrongType => "wrong_type",
            Self::NoLength => "no_length",
            Self::BodyTooLarge => "body_too_large",
            Self::BodyTooSlow => "body_too_slow",
            Self::Cut => "cut",
            Self::Signature(SignatureFault::Missing) => "signature_missing",
            Self::Signature(SignatureFault::Malformed) => "signature_malformed",
            Self::Signature(SignatureFault::OutsideWindow) => "signature_outside_window",
            Self::Signature(SignatureFault::NoMatch) => "signature_wrong",
            Self::TooFast { .. } => "too_fast",
            Self::NotAnEvent(_) => "E_EVENT",
            Self::Conflict => "conflict",
            Self::NotOurs => "not_ours",
            Self::Unavailable => "unavailable",
        }
    }

    /// The status that says so; `None` closes the connection without a word.
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::TooManyConnections | Self::HeadMalformed | Self::FramingAmbiguous | Self::Cut => {
                None
            }
            Self::Signature(_) | Self::NotOurs => Some(401),
            Self::ForeignPage => Some(403),
            Self::NoSuchPath => Some(404),
            Self::WrongMethod => Some(405),
            Self::HeadTooSlow | Self::BodyTooSlow => Some(408),
            Self::Conflict => Some(409),
            Self::NoLength => Some(411),
            Self::BodyTooLarge => Some(413),
            Self::WrongType => Some(415),
            Self::ForeignHost => Some(421),
            Self::NotAnEvent(_) => Some(422),
            Self::TooFast { .. } => Some(429),
            Self::HeadTooLarge => Some(431),
            Self::Unavailable => Some(503),
        }
    }
}

/// An answer on its way out.
pub(super) struct Answer {
    status: u16,
    fields: Vec<(&'static str, String)>,
    /// Whether the connection ends with it.
    pub(super) closes: bool,
}

impl Answer {
    pub(super) fn accepted() -> Self {
        Self {
            status: 202,
            fields: Vec::new(),
            closes: false,
        }
    }

    /// The answer to a listed page that asks what it may send.
    pub(super) fn preflight(network: bool) -> Self {
        let allowed = "content-type, webhook-id, webhook-timestamp, webhook-signature";
        let mut fields = vec![
            ("Access-Control-Allow-Methods", "POST".to_owned()),
            ("Access-Control-Allow-Headers", allowed.to_owned()),
        ];
        if network {
            fields.push(("Access-Control-Allow-Private-Network", "true".to_owned()));
        }
        Self {
            status: 204,
            fields,
            closes: false,
        }
    }

    /// The answer to a refused request; `None` where there is none.
    pub(super) fn to(refusal: &Refusal) -> Option<Self> {
        let mut answer = Self {
            status: refusal.status()?,
            fields: Vec::new(),
            closes: false,
        };
        if let Refusal::TooFast { retry_after } = refusal {
            let seconds = retry_after.as_millis().div_ceil(1_000).max(1);
            answer.fields.push(("Retry-After", seconds.to_string()));
        }
        if matches!(refusal, Refusal::Unavailable) {
            let seconds = RETRY_AFTER.as_secs().to_string();
            answer.fields.push(("Retry-After", seconds));
        }
        if matches!(refusal, Refusal::WrongMethod) {
            answer.fields.push(("Allow", "POST".to_owned()));
        }
        Some(answer)
    }

    /// Lets a listed page read the status.
    pub(super) fn for_page(mut self, origin: Option<&str>) -> Self {
        if let Some(origin) = origin {
            self.fields
                .push(("Access-Control-Allow-Origin", origin.to_owned()));
            self.fields.push(("Vary", "Origin".to_owned()));
        }
        self
    }

    pub(super) fn closing(self, closes: bool) -> Self {
        Self {
            closes: self.closes || closes,
            ..self
        }
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut text = format!("HTTP/1.1 {} {}\r\n", self.status, phrase(self.status));
        if self.status != 204 {
            text.push_str("Content-Length: 0\r\n");
        }
        text.push_str("Cache-Control: no-store\r\n");
        if self.closes {
            text.push_str("Connection: close\r\n");
        }
        for (name, value) in &self.fields {
            // Writing into a string cannot fail.
            let _ = write!(text, "{name}: {value}\r\n");
        }
        text.push_str("\r\n");
        text.into_bytes()
    }
}

fn phrase(status: u16) -> &'static str {
    match status {
        202 => "Accepted",
        204 => "No Content",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        409 => "Conflict",
        411 => "Length Required",
        413 => "Content Too Large",
        415 => "Unsupported Media Type",
        421 => "Misdirected Request",
        422 => "Unprocessable Content",
        429 => "Too Many Requests",
        431 => "Request Header Fields Too Large",
        _ => "Service Unavailable",
    }
}
