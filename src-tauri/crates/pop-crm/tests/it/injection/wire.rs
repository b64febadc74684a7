//! A request as a server reads it: RFC 3986 for the address, the URL standard's form encoding for
//! the query, RFC 8259 for the body.

use pop_core::json::{Limits, parse as parse_json};
use serde_json::Value;

use super::{Broken, Parsed, Token};
use crate::support::Seen;

/// One request, taken apart.
#[derive(Debug)]
pub(super) struct Sent {
    method: String,
    segments: Vec<Token>,
    query: Vec<(String, Vec<Token>)>,
    body: Option<Value>,
}

impl Sent {
    pub(super) fn read(
        seen: &Seen,
        language: impl Fn(&str) -> Option<fn(&str) -> Parsed>,
    ) -> Result<Self, Broken> {
        let broken = || Broken(seen.line.clone());
        let (method, address) = seen.line.split_once(' ').ok_or_else(broken)?;
        let rest = address.strip_prefix("https://").ok_or_else(broken)?;
        let (target, fragment) = rest.split_once('#').unwrap_or((rest, ""));
        if !fragment.is_empty() {
            return Err(broken());
        }
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let segments = path.split('/').map(|segment| {
            let text = decoded(segment).ok_or_else(broken)?;
            match segment {
                "." | ".." => Err(broken()),
                _ => Ok(Token::Literal(text)),
            }
        });
        let segments = segments.collect::<Result<_, _>>()?;
        let mut members = Vec::new();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').ok_or_else(broken)?;
            let name = decoded(name).ok_or_else(broken)?;
            let value = decoded(&value.replace('+', " ")).ok_or_else(broken)?;
            let tokens = match language(&name) {
                Some(parse) => parse(&value)?,
                None => vec![Token::Literal(value)],
            };
            members.push((name, tokens));
        }
        let body = if seen.body.is_empty() {
            None
        } else {
            let body = parse_json(seen.body.as_bytes(), Limits::ANSWER);
            Some(body.map_err(|_| Broken(seen.body.clone()))?)
        };
        Ok(Self {
            method: method.to_owned(),
            segments,
            query: members,
            body,
        })
    }

    /// Whether this request says of its value what the other says of its own.
    pub(super) fn is_like(&self, said: &[String], other: &Self, other_said: &[String]) -> bool {
        let same_query =
            self.query.len() == other.query.len()
                && self.query.iter().zip(&other.query).all(|(one, other)| {
                    one.0 == other.0 && same(&one.1, said, &other.1, other_said)
                });
        let same_body = match (&self.body, &other.body) {
            (Some(one), Some(other)) => same_json(one, said, other, other_said),
            (one, other) => one == other,
        };
        self.method == other.method
            && same(&self.segments, said, &other.segments, other_said)
            && same_query
            && same_body
    }
}

/// Whether two texts differ in nothing but the value that each is about.
pub(super) fn same(one: &[Token], said: &[String], other: &[Token], other_said: &[String]) -> bool {
    let is_same = |(one, other): (&Token, &Token)| match (one, other) {
        (Token::Literal(one), Token::Literal(other)) => {
            is_value(one, said, other, other_said) || one == other
        }
        (one, other) => one == other,
    };
    one.len() == other.len() && one.iter().zip(other).all(is_same)
}

pub(super) fn same_json(
    one: &Value,
    said: &[String],
    other: &Value,
    other_said: &[String],
) -> bool {
    let inner = |(one, other): (&Value, &Value)| same_json(one, said, other, other_said);
    match (one, other) {
        (Value::String(one), Value::String(other)) => {
            is_value(one, said, other, other_said) || one == other
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(inner)
        }
        (Value::Object(one), Value::Object(other)) => {
            let pairs = one.iter().zip(other);
            one.len() == other.len()
                && pairs.into_iter().all(|((name, one), (other_name, other))| {
                    name == other_name && inner((one, other))
                })
        }
        (one, other) => one == other,
    }
}

fn is_value(one: &str, said: &[String], other: &str, other_said: &[String]) -> bool {
    other_said.iter().any(|said| said == other) && said.iter().any(|said| said == one)
}

/// The text that percent-encoding stands for.
fn decoded(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let mut decoded = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] == b'%' {
            let digits = text.get(at + 1..at + 3)?;
            decoded.push(u8::from_str_radix(digits, 16).ok()?);
            at += 3;
        } else {
            let sign = char::from(bytes[at]);
            let may_stand = sign.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@/? ".contains(sign);
            if !may_stand {
                return None;
            }
            decoded.push(bytes[at]);
            at += 1;
        }
    }
    String::from_utf8(decoded).ok()
}
