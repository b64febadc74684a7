//! One request as a double sees it, and one answer. Raw where our program's encoding is on trial:
//! path and query are kept as they came, decoding happens on the way to a vendor's parser.

use std::sync::{Arc, OnceLock};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use url::form_urlencoded;

/// One request.
#[derive(Clone, Debug, Default)]
pub struct Call {
    /// The method's word.
    pub method: String,
    /// The host of the `Host` field, without a port, in small letters.
    pub host: String,
    /// The path as it was sent, percent-encoded.
    pub path: String,
    /// The query as it was sent, without the question mark.
    pub query: String,
    /// Header fields; names in small letters.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// Shared by clones, so that a note made while answering reaches the record.
    accepted: Arc<OnceLock<bool>>,
}

impl Call {
    /// A request, as the server or a batch makes it.
    pub fn new(method: &str, host: &str, target: &str) -> Self {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        Self {
            method: method.to_owned(),
            host: host.to_owned(),
            path: path.to_owned(),
            query: query.to_owned(),
            ..Self::default()
        }
    }

    /// A part of a batch: another target and body, the same host and credential.
    #[must_use]
    pub fn part(&self, method: &str, target: &str, body: Vec<u8>) -> Self {
        let headers = self
            .headers
            .iter()
            .filter(|(name, _)| name == "authorization" || name == "accept");
        let mut headers = headers.cloned().collect::<Vec<_>>();
        headers.push(("content-type".to_owned(), "application/json".to_owned()));
        Self {
            headers,
            body,
            ..Self::new(method, &self.host, target)
        }
    }

    /// The first value of a header field; the name in small letters.
    pub fn header(&self, name: &str) -> Option<&str> {
        let field = self.headers.iter().find(|(field, _)| field == name);
        field.map(|(_, value)| value.as_str())
    }

    /// The decoded parts of the path.
    pub fn segments(&self) -> Vec<String> {
        let parts = self.path.split('/').filter(|part| !part.is_empty());
        parts.map(decoded).collect()
    }

    /// The decoded members of the query, in order.
    pub fn query_pairs(&self) -> Vec<(String, String)> {
        form_urlencoded::parse(self.query.as_bytes())
            .into_owned()
            .collect()
    }

    /// One decoded member of the query.
    pub fn query_value(&self, name: &str) -> Option<String> {
        let mut pairs = self.query_pairs().into_iter();
        pairs.find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// The body as the members of a form; `None` when it is not sent as one.
    pub fn form(&self) -> Option<Vec<(String, String)>> {
        self.is_of("application/x-www-form-urlencoded")
            .then(|| form_urlencoded::parse(&self.body).into_owned().collect())
    }

    /// The body as JSON; `None` when it is not sent as JSON or is none.
    pub fn json(&self) -> Option<Value> {
        self.is_of("application/json")
            .then(|| serde_json::from_slice(&self.body).ok())
            .flatten()
    }

    /// Whether the content type is this one, parameters aside.
    pub fn is_of(&self, kind: &str) -> bool {
        let sent = self.header("content-type").unwrap_or_default();
        let kind_sent = sent.split(';').next().unwrap_or_default();
        kind_sent.trim().eq_ignore_ascii_case(kind)
    }

    /// The bearer token of the `Authorization` field.
    pub fn bearer(&self) -> Option<&str> {
        let (scheme, token) = self.header("authorization")?.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then_some(token)
    }

    /// Name and password of the `Authorization` field.
    pub fn basic(&self) -> Option<(String, String)> {
        let (scheme, packed) = self.header("authorization")?.split_once(' ')?;
        if !scheme.eq_ignore_ascii_case("basic") {
            return None;
        }
        let text = String::from_utf8(STANDARD.decode(packed).ok()?).ok()?;
        let (name, password) = text.split_once(':')?;
        Some((name.to_owned(), password.to_owned()))
    }

    /// Notes whether the credential was accepted; the first word counts.
    pub fn note_credential(&self, accepted: bool) {
        let _ = self.accepted.set(accepted);
    }

    /// Whether the credential was accepted; `None` when nobody looked at one.
    pub fn credential_accepted(&self) -> Option<bool> {
        self.accepted.get().copied()
    }
}

/// Undoes percent-encoding; a plus sign in a path is a plus sign, a lone percent sign itself.
fn decoded(part: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = part.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = if *first == b'%' { after.get(..2) } else { None };
        let byte = hex
            .and_then(|hex| std::str::from_utf8(hex).ok())
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() {
            after.get(2..).unwrap_or_default()
        } else {
            after
        };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// One answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// Header fields; names in small letters.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Answer {
    /// An answer without a body.
    pub fn empty(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Vec::new(),
        }
    }

    /// A body of some kind.
    pub fn of(status: u16, kind: &str, body: impl Into<Vec<u8>>) -> Self {
        Self {
            body: body.into(),
            ..Self::empty(status).with("content-type", kind)
        }
    }

    /// A JSON body.
    pub fn json(status: u16, body: &Value) -> Self {
        Self::of(status, "application/json;charset=UTF-8", body.to_string())
    }

    /// A page.
    pub fn html(status: u16, page: &str) -> Self {
        Self::of(status, "text/html;charset=UTF-8", page)
    }

    /// Where a browser is sent to.
    pub fn redirect(location: &str) -> Self {
        Self::empty(302).with("location", location)
    }

    /// The same answer with one more header field.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The first value of a header field.
    pub fn header(&self, name: &str) -> Option<&str> {
        let field = self.headers.iter().find(|(field, _)| field == name);
        field.map(|(_, value)| value.as_str())
    }

    /// The body as JSON; null when it is none.
    pub fn value(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// A member of a JSON object; null when it has none.
pub(crate) fn member<'v>(value: &'v Value, name: &str) -> &'v Value {
    value.get(name).unwrap_or(&Value::Null)
}
