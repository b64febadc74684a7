//! The envelope of a `CloudEvent` 1.0, from a body or from header fields.
//!
//! Only the attributes that lead to something are kept; all other extensions are ignored. The
//! `cloudevents-sdk` crate is not used: it keeps unknown content types and data forms that we
//! refuse, and takes two attributes of one name for one.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use pop_core::interaction::What;
use pop_core::moment::Moment;
use serde_json::{Map, Value};

use super::members::{Length, Members};
use super::{EventFault, TYPE_PREFIX, TYPE_SUFFIX, media_type, parse};

/// The most characters of `source`, a reference such as `/glia/sites/1`.
const SOURCE_LENGTH: Length = Length(1, 512);
/// The most characters of `sequence`.
const SEQUENCE: Length = Length(1, 256);

/// What a `CloudEvent` says about its data, and the data.
pub(super) struct Envelope {
    /// The place of the envelope, in front of every name in a fault.
    pub(super) at: String,
    pub(super) id: String,
    pub(super) source: String,
    pub(super) what: What,
    pub(super) time: Option<Moment>,
    pub(super) expires: Option<Moment>,
    pub(super) sequence: Option<String>,
    pub(super) traceparent: Option<String>,
    pub(super) data: Value,
}

impl Envelope {
    /// Reads a `CloudEvent` whose envelope and data are one object.
    pub(super) fn structured(mut value: Value, at: &str) -> Result<Self, EventFault> {
        let members = Members::of(&value, at)?.with_null_as_absent();
        let encoded = match (
            members.has("data"),
            members.text("data_base64", Length::ANY)?,
        ) {
            (true, Some(_)) => return Err(members.fault("data", "either data or data_base64")),
            (true, None) => None,
            (false, Some(text)) => Some(decoded(text, &members)?),
            (false, None) => return Err(members.fault("data", "an object")),
        };
        let envelope = Self::attributes(&members)?;
        let data = match encoded {
            Some(data) => data,
            None => value.get_mut("data").map(Value::take).unwrap_or_default(),
        };
        Ok(Self { data, ..envelope })
    }

    /// Reads a `CloudEvent` whose attributes came as `ce-` header fields.
    pub(super) fn binary(fields: &[(String, Vec<u8>)], data: Value) -> Result<Self, EventFault> {
        let mut attributes = Map::new();
        for (name, value) in fields {
            // The name may be anybody's, so a fault does not repeat it.
            let fault = |expected: &'static str| EventFault::new("a ce- field", expected);
            let text = header_text(value)
                .ok_or_else(|| fault("visible ASCII, everything else percent-encoded"))?;
            if attributes
                .insert(name.clone(), Value::String(text))
                .is_some()
            {
                return Err(fault("each attribute once"));
            }
        }
        let attributes = Value::Object(attributes);
        let envelope = Self::attributes(&Members::of(&attributes, "ce-")?)?;
        Ok(Self {
            at: String::new(),
            data,
            ..envelope
        })
    }

    fn attributes(members: &Members<'_>) -> Result<Self, EventFault> {
        members.needed_word("specversion", &[((), "1.0")])?;
        if let Some(media) = members.text("datacontenttype", Length::ANY)?
            && media_type(media).is_none_or(|media| media != "application/json")
        {
            return Err(members.fault("datacontenttype", "application/json"));
        }
        let source = members.needed_text("source", SOURCE_LENGTH)?;
        if !source.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(members.fault("source", "a reference such as /glia/sites/1"));
        }
        Ok(Self {
            at: members.place().to_owned(),
            id: members.needed_text("id", Length::ID)?.to_owned(),
            source: source.to_owned(),
            what: what(members)?,
            time: members.time("time")?,
            expires: members.time("expirytime")?,
            sequence: members.text("sequence", SEQUENCE)?.map(str::to_owned),
            traceparent: members
                .text("traceparent", Length::ANY)?
                .and_then(trace_parent)
                .map(str::to_owned),
            data: Value::Null,
        })
    }
}

/// A W3C trace parent; anything else is dropped, because a trace is never worth an event.
pub(crate) fn trace_parent(text: &str) -> Option<&str> {
    let hex = |part: &str, digits: usize| {
        part.len() == digits
            && part
                .bytes()
                .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    };
    let mut parts = text.split('-');
    let (version, trace, span, flags) =
        (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let zero = |part: &str| part.bytes().all(|byte| byte == b'0');
    let fits = version == "00" && hex(trace, 32) && hex(span, 16) && hex(flags, 2);
    (fits && parts.next().is_none() && !zero(trace) && !zero(span)).then_some(text)
}

fn what(members: &Members<'_>) -> Result<What, EventFault> {
    members
        .needed_text("type", Length::ANY)?
        .strip_prefix(TYPE_PREFIX)
        .and_then(|rest| rest.strip_suffix(TYPE_SUFFIX))
        .and_then(What::parse)
        .ok_or_else(|| {
            let words: Vec<_> = What::ALL.into_iter().map(|(_, word)| word).collect();
            let expected = format!("{TYPE_PREFIX}<{}>{TYPE_SUFFIX}", words.join("|"));
            members.fault("type", expected)
        })
}

fn decoded(text: &str, members: &Members<'_>) -> Result<Value, EventFault> {
    let bytes = STANDARD
        .decode(text)
        .map_err(|_| members.fault("data_base64", "base64 of a JSON object"))?;
    parse(&bytes).map_err(|fault| members.fault("data_base64", fault.expected))
}

/// The text of a `ce-` field: unquoted, then percent-decoded once, as the HTTP binding demands.
fn header_text(value: &[u8]) -> Option<String> {
    let value = std::str::from_utf8(value).ok()?;
    if !value
        .bytes()
        .all(|byte| byte == b' ' || byte.is_ascii_graphic())
    {
        return None;
    }
    let unquoted = match value.strip_prefix('"') {
        Some(rest) => unquote(rest.strip_suffix('"')?)?,
        None => value.to_owned(),
    };
    crate::percent::decode(&unquoted)
}

fn unquote(text: &str) -> Option<String> {
    let mut plain = String::new();
    let mut signs = text.chars();
    while let Some(sign) = signs.next() {
        match sign {
            '\\' => plain.push(signs.next()?),
            '"' => return None,
            other => plain.push(other),
        }
    }
    Some(plain)
}
