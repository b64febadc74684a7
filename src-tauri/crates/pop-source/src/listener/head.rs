//! The head of a request: read strictly, then judged by rules L3 to L6 in one order.

use std::net::SocketAddr;

use super::{PATH, PageOrigin, Refusal};
use crate::canonical::Framing;

/// The most fields of a head.
const MAX_FIELDS: usize = 32;

/// A head as it came.
pub(super) struct Head {
    method: String,
    target: String,
    fields: Vec<(String, Vec<u8>)>,
}

/// What a head that may pass asks for.
pub(super) enum Asked {
    /// A listed page asks what it may send.
    Preflight {
        /// Whether the browser asks about this network, too.
        network: bool,
    },
    /// Events.
    Events {
        /// The length of the body.
        length: usize,
        /// How the body holds its events.
        framing: Framing,
    },
}

impl Head {
    /// Reads a head and its length; `None` when more bytes are needed.
    pub(super) fn read(bytes: &[u8], limit: usize) -> Result<Option<(Self, usize)>, Refusal> {
        let mut fields = [httparse::EMPTY_HEADER; MAX_FIELDS];
        let mut request = httparse::Request::new(&mut fields);
        let length = match request.parse(bytes) {
            Ok(httparse::Status::Complete(length)) => length,
            Ok(httparse::Status::Partial) if bytes.len() <= limit => return Ok(None),
            Ok(httparse::Status::Partial) | Err(httparse::Error::TooManyHeaders) => {
                return Err(Refusal::HeadTooLarge);
            }
            Err(_) => return Err(Refusal::HeadMalformed),
        };
        if length > limit {
            return Err(Refusal::HeadTooLarge);
        }
        let (Some(1), Some(method), Some(target)) = (request.version, request.method, request.path)
        else {
            return Err(Refusal::HeadMalformed);
        };
        if !lines_end_properly(bytes.get(..length).unwrap_or_default()) {
            return Err(Refusal::HeadMalformed);
        }
        let field =
            |field: &httparse::Header<'_>| (field.name.to_ascii_lowercase(), field.value.to_vec());
        let head = Self {
            method: method.to_owned(),
            target: target.to_owned(),
            fields: request.headers.iter().map(field).collect(),
        };
        Ok(Some((head, length)))
    }

    /// All fields; names in lower case.
    pub(super) fn fields(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_slice()))
    }

    /// The value of a field that stands once and is text.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        let mut values = self.fields().filter(|(field, _)| *field == name);
        match (values.next(), values.next()) {
            (Some((_, value)), None) => std::str::from_utf8(value).ok(),
            _ => None,
        }
    }

    /// The listed page that sends this, if one does.
    pub(super) fn page<'o>(&self, allowed: &'o [PageOrigin]) -> Option<&'o str> {
        let origin = self.text("origin")?;
        allowed
            .iter()
            .find(|page| page.is(origin.as_bytes()))
            .map(PageOrigin::as_str)
    }

    /// Whether the sender wants the connection closed after this.
    pub(super) fn closes(&self) -> bool {
        self.lists("connection", "close")
    }

    /// Whether the sender waits for a word before it sends the body.
    pub(super) fn waits(&self) -> bool {
        self.lists("expect", "100-continue")
    }

    /// What the head asks for, or why it may not. The first rule that is broken names the refusal.
    pub(super) fn judge(
        &self,
        address: SocketAddr,
        page: Option<&str>,
        body_limit: usize,
    ) -> Result<Asked, Refusal> {
        let length = self.content_length()?;
        if !self.is_for(address) {
            return Err(Refusal::ForeignHost);
        }
        if page.is_none() && self.fields().any(|(name, _)| is_of_a_page(name)) {
            return Err(Refusal::ForeignPage);
        }
        if self.target != PATH {
            return Err(Refusal::NoSuchPath);
        }
        if page.is_some() && self.method == "OPTIONS" && length.is_none_or(|length| length == 0) {
            let network = self.text("access-control-request-private-network") == Some("true");
            return Ok(Asked::Preflight { network });
        }
        if self.method != "POST" {
            return Err(Refusal::WrongMethod);
        }
        let framing = Framing::of(self.fields()).ok_or(Refusal::WrongType)?;
        let length = length.ok_or(Refusal::NoLength)?;
        if length > body_limit {
            return Err(Refusal::BodyTooLarge);
        }
        Ok(Asked::Events { length, framing })
    }

    /// The length of the body; `None` when the head does not say it.
    fn content_length(&self) -> Result<Option<usize>, Refusal> {
        let chunked = self.values("transfer-encoding").next().is_some();
        let mut lengths = self.values("content-length");
        let Some(length) = lengths.next() else {
            return Ok(None);
        };
        if chunked || lengths.next().is_some() {
            return Err(Refusal::FramingAmbiguous);
        }
        let digits = !length.is_empty() && length.iter().all(u8::is_ascii_digit);
        let length = std::str::from_utf8(length).ok().filter(|_| digits);
        // More digits than a number holds is too large, not malformed.
        length
            .map(|length| Some(length.parse().unwrap_or(usize::MAX)))
            .ok_or(Refusal::FramingAmbiguous)
    }

    fn is_for(&self, address: SocketAddr) -> bool {
        let port = address.port();
        let names = [format!("127.0.0.1:{port}"), format!("[::1]:{port}")];
        self.text("host")
            .is_some_and(|host| names.iter().any(|name| name == host))
    }

    fn values<'h>(&'h self, name: &'h str) -> impl Iterator<Item = &'h [u8]> {
        self.fields()
            .filter(move |(field, _)| *field == name)
            .map(|(_, value)| value)
    }

    fn lists(&self, name: &str, wanted: &str) -> bool {
        self.values(name)
            .filter_map(|value| std::str::from_utf8(value).ok())
            .flat_map(|value| value.split(','))
            .any(|item| item.trim().eq_ignore_ascii_case(wanted))
    }
}

/// Fields that only browsers send, on behalf of a page.
fn is_of_a_page(name: &str) -> bool {
    matches!(name, "origin" | "referer") || name.starts_with("sec-fetch-")
}

/// Whether every line ends with CR LF: `httparse` takes a bare LF, other readers may not.
fn lines_end_properly(head: &[u8]) -> bool {
    head.split_inclusive(|byte| *byte == b'\n')
        .all(|line| line.ends_with(b"\r\n"))
}
