//! `{name}` templates (RFC 6570, level 1): the language that writes.
//!
//! A template is literal text and dotted names in braces; it never computes. `{name?}` says that
//! the whole member it stands in may be left out. Here a template is only taken apart and put
//! together: what a value may be and how it is escaped belong to the place it stands in (a link in
//! `link.rs`, a request's path, query, JSON or dialect in `pop-crm`).

use std::fmt::Write;

/// A template, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    source: String,
    parts: Vec<Part>,
}

/// A piece of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Text that stands as it is.
    Text(String),
    /// A place for a value.
    Name(Name),
}

/// A name in braces: `{customer.id}`, `{case.id?}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    path: String,
    optional: bool,
    position: usize,
}

impl Name {
    /// The dotted name, without braces and question mark.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The first part of the dotted name.
    pub fn root(&self) -> &str {
        self.path.split('.').next().unwrap_or(&self.path)
    }

    /// Whether it may be missing, with the whole member it stands in.
    pub fn is_optional(&self) -> bool {
        self.optional
    }

    /// Where its brace stands in the template, in characters, from 1.
    pub fn position(&self) -> usize {
        self.position
    }
}

/// A fault of a template, seen when its file is loaded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("character {position}: found {found}, expected {expected}")]
pub struct TemplateError {
    /// Where, in characters, from 1.
    pub position: usize,
    /// What stands there.
    pub found: String,
    /// What could have stood there.
    pub expected: &'static str,
}

impl TemplateError {
    /// The code of this fault.
    pub fn code(&self) -> &'static str {
        "E_TPL_SYNTAX"
    }
}

/// A name without value, so that nothing is written at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{name}` has no value")]
pub struct Missing {
    /// The dotted name.
    pub name: String,
    /// Whether the member may be left out instead.
    pub optional: bool,
}

/// How values are written into the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// Percent-encoded, see [`encode`].
    Percent,
    /// As they are.
    None,
}

impl Template {
    /// Takes a template apart.
    pub fn parse(source: &str) -> Result<Self, TemplateError> {
        let mut parts = Vec::new();
        let mut rest = source;
        let mut position = 1;
        while !rest.is_empty() {
            let end = rest.find(['{', '}']).unwrap_or(rest.len());
            let (text, after) = rest.split_at(end);
            position += text.chars().count();
            if !text.is_empty() {
                parts.push(Part::Text(text.to_owned()));
            }
            rest = after;
            if rest.is_empty() {
                break;
            }
            let (name, after) = read_name(rest, position)?;
            position += rest.chars().count() - after.chars().count();
            parts.push(Part::Name(name));
            rest = after;
        }
        Ok(Self {
            source: source.to_owned(),
            parts,
        })
    }

    /// The text it was parsed from.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Its pieces in order; two texts never stand side by side.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// The places for values, in order, repeated ones too.
    pub fn names(&self) -> impl Iterator<Item = &Name> {
        self.parts.iter().filter_map(|part| match part {
            Part::Name(name) => Some(name),
            Part::Text(_) => None,
        })
    }

    /// The name, if the template is exactly `{name}`: a JSON leaf that takes a value with its type.
    pub fn only_name(&self) -> Option<&Name> {
        match self.parts.as_slice() {
            [Part::Name(name)] => Some(name),
            _ => None,
        }
    }

    /// Puts the template together. A name without value gives nothing at all; a required one is
    /// told before an optional one, because only for that the member cannot be left out.
    pub fn expand(
        &self,
        value: impl Fn(&str) -> Option<String>,
        encoding: Encoding,
    ) -> Result<String, Missing> {
        let mut text = String::with_capacity(self.source.len());
        let mut left_out = None;
        for part in &self.parts {
            match part {
                Part::Text(literal) => text.push_str(literal),
                Part::Name(name) => match (value(&name.path), encoding) {
                    (Some(value), Encoding::Percent) => encode_into(&mut text, &value),
                    (Some(value), Encoding::None) => text.push_str(&value),
                    (None, _) => {
                        let missing = Missing {
                            name: name.path.clone(),
                            optional: name.optional,
                        };
                        if !missing.optional {
                            return Err(missing);
                        }
                        left_out.get_or_insert(missing);
                    }
                },
            }
        }
        left_out.map_or(Ok(text), Err)
    }
}

/// Percent-encodes a value: every byte except `A-Z a-z 0-9 - . _ ~`, once (security rule T5).
pub fn encode(value: &str) -> String {
    let mut encoded = String::with_capacity(value.len());
    encode_into(&mut encoded, value);
    encoded
}

/// Appends the value percent-encoded, as [`encode`] does.
#[expect(clippy::expect_used, reason = "writing to a String cannot fail")]
pub fn encode_into(text: &mut String, value: &str) {
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            text.push(char::from(byte));
        } else {
            write!(text, "%{byte:02X}").expect("a String takes everything");
        }
    }
}

/// Reads `{name}` or `{name?}` at the start of `text`, and what follows it.
fn read_name(text: &str, position: usize) -> Result<(Name, &str), TemplateError> {
    let fault = |found: &str, expected| {
        Err(TemplateError {
            position,
            found: found.to_owned(),
            expected,
        })
    };
    let Some(inside) = text.strip_prefix('{') else {
        return fault("`}`", "a `{` before it");
    };
    let Some(end) = inside.find(['{', '}']) else {
        return fault("`{`", "a `}` after the name");
    };
    let (content, after) = inside.split_at(end);
    let Some(after) = after.strip_prefix('}') else {
        return fault("`{` inside braces", "one name in braces");
    };
    let (path, optional) = match content.strip_suffix('?') {
        Some(path) => (path, true),
        None => (content, false),
    };
    if path.is_empty() || !path.split('.').all(is_word) {
        return fault(
            &format!("`{{{content}}}`"),
            "`{name}` or `{name?}`, words joined by dots",
        );
    }
    Ok((
        Name {
            path: path.to_owned(),
            optional,
            position,
        },
        after,
    ))
}

fn is_word(word: &str) -> bool {
    let mut signs = word.chars();
    signs
        .next()
        .is_some_and(|sign| sign.is_ascii_alphabetic() || sign == '_')
        && signs.all(|sign| sign.is_ascii_alphanumeric() || sign == '_')
}

#[cfg(test)]
mod tests;
