//! What is recorded of an interaction's way: words of the program, numbers, names from the
//! configuration, and ids that a strict pattern has passed.
//!
//! Nothing that tells of a person has a place here: a request is known by its call and its path as
//! the definition spells them, before any value is placed. Keeping is `pop-store`'s; how it reads
//! is in `told`.

mod told;

use std::time::Duration;

use crate::http::{Method, Timing};
use crate::moment::Moment;
use crate::profile::ConnectionId;

pub use told::{Flight, Group, Row, parts_of, request_json};

/// The longest name of the configuration that is recorded.
const LONGEST_NAME: usize = 120;

/// The lengths that a request's id may have.
const ID: std::ops::RangeInclusive<usize> = 8..=128;

/// Digits alone, up to so many, may be a telephone number or an account.
const MOST_LONELY_DIGITS: usize = 16;

/// A name that an admin gave in the configuration: of a connection or a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named(String);

impl Named {
    /// A connection.
    pub fn connection(id: &ConnectionId) -> Self {
        Self::of(&id.0)
    }

    /// A rule.
    pub fn rule(name: &str) -> Self {
        Self::of(name)
    }

    /// A name that was kept.
    pub fn kept(name: &str) -> Self {
        Self::of(name)
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn of(name: &str) -> Self {
        let plain = name.chars().filter(|character| !character.is_control());
        Self(plain.take(LONGEST_NAME).collect())
    }
}

/// The id by which a CRM finds a request again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestId(String);

impl RequestId {
    /// Reads an id; `None` where the text could be something else: a name has no digit, an address
    /// has an `@`, and a telephone number is digits alone.
    pub fn parse(text: &str) -> Option<Self> {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.:/=+".contains(&byte);
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        let is_number = text
            .bytes()
            .all(|byte| !byte.is_ascii_alphabetic() && byte != b':')
            && digits < MOST_LONELY_DIGITS;
        let fits = ID.contains(&text.len()) && text.bytes().all(is_plain);
        (fits && digits > 0 && !is_number).then(|| Self(text.to_owned()))
    }

    /// The id.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The trace to which a request belongs (W3C Trace Context).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TraceId(String);

impl TraceId {
    /// The trace of a `traceparent` header.
    pub fn of_parent(parent: &str) -> Option<Self> {
        let mut parts = parent.split('-');
        let (_, trace) = (parts.next()?, parts.next()?);
        Self::parse(trace)
    }

    /// Reads 32 hexadecimal digits that are not all zero.
    pub fn parse(text: &str) -> Option<Self> {
        let is_hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        let fits = text.len() == 32 && text.bytes().all(is_hex);
        (fits && text.bytes().any(|byte| byte != b'0')).then(|| Self(text.to_owned()))
    }

    /// The id.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// One step, as it is recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What happened, in the recorder's word.
    pub name: String,
    /// When.
    pub at: Moment,
    /// The result's code.
    pub code: Option<String>,
    /// A count, size or duration, as the name says.
    pub number: Option<i64>,
    /// The connection or rule that it is about.
    pub about: Option<Named>,
    /// The request that it is about.
    pub request: Option<Box<Exchange>>,
}

/// One request to a CRM, as it is recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// Which call of the definition, such as `find.phone`.
    pub call: String,
    /// The method.
    pub method: Method,
    /// The path as the definition spells it, with names in place of values.
    pub path: String,
    /// The status of the answer, if there was one.
    pub status: Option<u16>,
    /// The CRM's id of the request.
    pub request: Option<RequestId>,
    /// The trace that was sent along.
    pub trace: Option<TraceId>,
    /// How long it took, from the moment it was sent.
    pub took: Duration,
    /// Where that time went, as far as the client can tell.
    pub timing: Timing,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_of_a_request_is_told_from_what_a_person_has() {
        for id in [
            "4f6c2f0e-8d53-4c1b-9a35-2f7c5f3f0b1a",
            "00-9f8c-TRACE1",
            "SALES:a1b2c3d4",
            "1234567890123456789",
        ] {
            assert!(RequestId::parse(id).is_some(), "{id} is an id");
        }
        for personal in [
            "jane.doe@example.com",
            "+34600012345",
            "34600012345",
            "2026-11-15",
            "JaneDoeSmith",
            "Jane Doe 1970",
            "a1",
        ] {
            assert_eq!(RequestId::parse(personal), None, "{personal} is none");
        }
    }

    #[test]
    fn the_trace_is_read_from_the_header_and_from_nothing_else() {
        let trace = "0af7651916cd43dd8448eb211c80319c";
        let parent = format!("00-{trace}-b7ad6b7169203331-01");
        let read = TraceId::of_parent(&parent);
        assert_eq!(read.as_ref().map(TraceId::as_str), Some(trace));
        let zeros = format!("00-{}-b7ad6b7169203331-01", "0".repeat(32));
        for wrong in ["", "00", "00-jane-1", zeros.as_str()] {
            assert_eq!(TraceId::of_parent(wrong), None, "{wrong:?}");
        }
    }
}
