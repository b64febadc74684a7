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
        Ok(Self { source: source.to_owned(), parts })
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
                        let missing =
                            Missing { name: name.path.clone(), optional: name.optional };
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
        Err(TemplateError { position, found: found.to_owned(), expected })
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
        return fault(&format!("`{{{content}}}`"), "`{name}` or `{name?}`, words joined by dots");
    }
    Ok((Name { path: path.to_owned(), optional, position }, after))
}

fn is_word(word: &str) -> bool {
    let mut signs = word.chars();
    signs.next().is_some_and(|sign| sign.is_ascii_alphabetic() || sign == '_')
        && signs.all(|sign| sign.is_ascii_alphanumeric() || sign == '_')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn expand(template: &str, encoding: Encoding) -> Result<String, Missing> {
        let value = |name: &str| match name {
            "var" => Some("value".to_owned()),
            "hello" => Some("Hello World!".to_owned()),
            "half" => Some("50%".to_owned()),
            "a.b" => Some("o'neil@x.org/..".to_owned()),
            _ => None,
        };
        Template::parse(template).unwrap().expand(value, encoding)
    }

    #[test]
    fn the_examples_of_rfc_6570_level_1_hold() {
        for (template, expected) in [
            ("{var}", "value"),
            ("{hello}", "Hello%20World%21"),
            ("{half}", "50%25"),
            ("O{hello}X", "OHello%20World%21X"),
            ("/{var}/{a.b}?q={half}", "/value/o%27neil%40x.org%2F..?q=50%25"),
            ("", ""),
            ("plain", "plain"),
        ] {
            assert_eq!(expand(template, Encoding::Percent).as_deref(), Ok(expected), "{template}");
        }
        assert_eq!(expand("{hello} {a.b}", Encoding::None).unwrap(), "Hello World! o'neil@x.org/..");
    }

    #[test]
    fn a_missing_name_gives_nothing_and_is_named() {
        let missing = |name: &str, optional| Err(Missing { name: name.to_owned(), optional });
        assert_eq!(expand("{var}/{undef}", Encoding::Percent), missing("undef", false));
        assert_eq!(expand("{var}/{undef?}", Encoding::Percent), missing("undef", true));
        assert_eq!(expand("{one?}{two}", Encoding::Percent), missing("two", false));
        assert_eq!(expand("{var?}", Encoding::Percent).as_deref(), Ok("value"));
    }

    #[test]
    fn a_template_is_taken_apart_into_texts_and_names() {
        let template = Template::parse("é{setting.server}/x/{case.id?}").unwrap();
        let names: Vec<_> = template
            .names()
            .map(|name| (name.path(), name.root(), name.is_optional(), name.position()))
            .collect();
        assert_eq!(
            names,
            [("setting.server", "setting", false, 2), ("case.id", "case", true, 21)]
        );
        assert_eq!(template.parts().len(), 4);
        assert_eq!(template.only_name(), None);
        assert_eq!(Template::parse("{a?}").unwrap().only_name().unwrap().path(), "a");
    }

    #[test]
    fn everything_beyond_level_1_is_refused_with_its_place() {
        for (template, position) in [
            ("{+x}", 1), ("{#x}", 1), ("{.x}", 1), ("{/x}", 1), ("{;x}", 1), ("{?x}", 1), ("{&x}", 1), ("a{x*}", 2),
            ("{x:3}", 1), ("{x,y}", 1), ("{ x }", 1), ("{x }", 1), ("{}", 1), ("{?}", 1), ("{x??}", 1), ("{x.}", 1),
            ("{.x.y}", 1), ("{x..y}", 1), ("{1x}", 1), ("{x-y}", 1), ("{é}", 1), ("{x\n}", 1), ("{x", 1), ("ab}", 3),
            ("{x}}", 4), ("{{x}}", 1), ("{a{b}}", 1), ("é{x} {", 6), ("{x|upper}", 1), ("{x=1}", 1), ("{'x'}", 1),
            ("{%78}", 1), ("{x\u{202e}}", 1), ("{x}{", 4),
        ] {
            let error = Template::parse(template).expect_err(template);
            assert_eq!((error.position, error.code()), (position, "E_TPL_SYNTAX"), "{template}: {error}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_parsed_or_refused_and_nothing_is_lost(source in "[a-c{}.?/é ]{0,24}") {
            if let Ok(template) = Template::parse(&source) {
                let again: String = template.parts().iter().map(|part| match part {
                    Part::Text(text) => text.clone(),
                    Part::Name(name) => {
                        format!("{{{}{}}}", name.path(), if name.is_optional() { "?" } else { "" })
                    }
                }).collect();
                prop_assert_eq!(again, source);
            }
        }

        #[test]
        fn an_encoded_value_decodes_to_itself(value in any::<String>()) {
            let encoded = encode(&value);
            prop_assert!(encoded.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~%".contains(&byte)));
            let query = format!("v={encoded}");
            let decoded = url::form_urlencoded::parse(query.as_bytes()).next().unwrap().1.into_owned();
            prop_assert_eq!(decoded, value);
        }
    }
}
