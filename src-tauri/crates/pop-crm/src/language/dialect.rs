//! A query language's literals, as data: how a value is written so that it stays one value.
//!
//! Security rule T9. Everything that would let a value out of its literal is found when the
//! definition is loaded: see [`Dialect::read`]. Where a value may stand at all is in `text`.

use pop_core::template;
use regex::Regex;
use serde_json::Value;

use crate::file::section::Section;
use crate::language::hostile;

/// One query language.
#[derive(Debug)]
pub(crate) struct Dialect {
    pub(crate) name: String,
    before: String,
    after: String,
    escape: Escape,
    list: Option<(String, String)>,
    between: String,
    pub(crate) join: Option<String>,
    plain: Vec<Bare>,
    refuse: Vec<Regex>,
    refuse_in_list: Vec<Regex>,
}

#[derive(Debug)]
enum Escape {
    /// Each character becomes a text, in one pass.
    Table(Vec<(char, String)>),
    /// Every byte but the unreserved ones becomes `%XX`.
    Percent,
}

/// The types of values that may be written without a literal around them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bare {
    Number,
    Bool,
    /// A record's id, which has passed `[ids].pattern`.
    Id,
    /// A telephone number's digits.
    Digits,
}

impl Bare {
    const ALL: [(Self, &'static str); 4] = [
        (Self::Number, "number"),
        (Self::Bool, "bool"),
        (Self::Id, "id"),
        (Self::Digits, "digits"),
    ];
}

/// A value that the dialect cannot say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Unsayable;

impl Dialect {
    /// Reads a dialect and checks that no value can leave its literal.
    pub(crate) fn read(name: &str, section: Section<'_>) -> Option<Self> {
        let literal = section.need_text("literal");
        let halves = literal.and_then(|spot| spot.text.split_once("{}"));
        if let (Some(spot), None) = (literal, halves) {
            section.refuse(spot, "literal", "a text with {} in it, such as '{}'");
        }
        let list = section.text("list").and_then(|spot| {
            let halves = spot.text.split_once("{}");
            if halves.is_none() {
                section.refuse(spot, "list", "a text with {} in it, such as ({})");
            }
            halves.map(|(before, after)| (before.to_owned(), after.to_owned()))
        });
        let between = section
            .text("between")
            .map_or(", ", |spot| spot.text)
            .to_owned();
        let join = section.text("join").map(|spot| spot.text.to_owned());
        let escape = read_escape(&section);
        let plain = read_bare(&section);
        let refuse = read_patterns(&section, "refuse");
        let refuse_in_list = read_patterns(&section, "refuse_in_list");
        let place = section.place;
        let (path, faults) = (section.path.clone(), section.faults);
        section.finish();
        let (before, after) = halves?;
        let dialect = Self {
            name: name.to_owned(),
            before: before.to_owned(),
            after: after.to_owned(),
            escape: escape?,
            list,
            between,
            join,
            plain,
            refuse,
            refuse_in_list,
        };
        for (key, found, expected) in dialect.leaks() {
            faults.add(place, format!("{path}.{key}"), found, expected);
        }
        Some(dialect)
    }

    /// A value as a literal, or bare where its type allows it.
    pub(crate) fn write(&self, value: &Value, bare: Option<Bare>) -> Result<String, Unsayable> {
        match value {
            Value::Array(items) => self.write_list(items, bare),
            Value::Null | Value::Object(_) => Err(Unsayable),
            Value::Bool(_) | Value::Number(_) | Value::String(_) => self.write_one(value, bare),
        }
    }

    fn write_one(&self, value: &Value, bare: Option<Bare>) -> Result<String, Unsayable> {
        let (text, own) = match value {
            Value::String(text) => (text.clone(), bare),
            Value::Number(number) => (number.to_string(), bare.or(Some(Bare::Number))),
            Value::Bool(switch) => (switch.to_string(), bare.or(Some(Bare::Bool))),
            Value::Null | Value::Array(_) | Value::Object(_) => return Err(Unsayable),
        };
        if self.refuse.iter().any(|pattern| pattern.is_match(&text)) {
            return Err(Unsayable);
        }
        if own.is_some_and(|own| self.plain.contains(&own)) {
            return Ok(text);
        }
        Ok(format!(
            "{}{}{}",
            self.before,
            self.escaped(&text),
            self.after
        ))
    }

    fn write_list(&self, items: &[Value], bare: Option<Bare>) -> Result<String, Unsayable> {
        let (before, after) = self.list.as_ref().ok_or(Unsayable)?;
        if items.is_empty() {
            return Err(Unsayable);
        }
        let mut literals = Vec::new();
        for item in items {
            let refused = item.as_str().is_some_and(|text| {
                self.refuse_in_list
                    .iter()
                    .any(|pattern| pattern.is_match(text))
            });
            if refused {
                return Err(Unsayable);
            }
            literals.push(self.write_one(item, bare)?);
        }
        Ok(format!("{before}{}{after}", literals.join(&self.between)))
    }

    fn escaped(&self, text: &str) -> String {
        match &self.escape {
            Escape::Percent => template::encode(text),
            Escape::Table(table) => text
                .chars()
                .map(|sign| {
                    let escape = table.iter().find(|(from, _)| *from == sign);
                    escape.map_or_else(|| sign.to_string(), |(_, to)| to.clone())
                })
                .collect(),
        }
    }

    fn covers(&self, sign: char, in_list: bool) -> bool {
        let escaped = match &self.escape {
            Escape::Table(table) => table.iter().any(|(from, _)| *from == sign),
            Escape::Percent => !unreserved(sign),
        };
        let text = format!("a{sign}b");
        let refused = |patterns: &[Regex]| patterns.iter().any(|pattern| pattern.is_match(&text));
        escaped || refused(&self.refuse) || (in_list && refused(&self.refuse_in_list))
    }

    /// Every way in which a value could leave its literal.
    fn leaks(&self) -> Vec<(&'static str, String, &'static str)> {
        const COVERED: &str = "that character escaped or refused";
        let mut leaks = Vec::new();
        let quotes = self.before.chars().chain(self.after.chars());
        for quote in quotes.filter(|quote| !self.covers(*quote, false)) {
            leaks.push((
                "literal",
                format!("{quote:?}, which a value may hold"),
                COVERED,
            ));
        }
        if let Escape::Table(table) = &self.escape {
            for lead in table.iter().filter_map(|(_, to)| to.chars().next()) {
                if !self.covers(lead, false) {
                    let found = format!("{lead:?} at the start of an escape");
                    leaks.push(("escape", found, COVERED));
                }
            }
        }
        if !self.is_quoted() {
            let first = |text: &str| text.trim().chars().next().or(text.chars().next());
            if let Some(sign) = self.join.as_deref().and_then(first)
                && !self.covers(sign, false)
            {
                leaks.push(("join", format!("{sign:?}, which a value may hold"), COVERED));
            }
            if self.list.is_some()
                && let Some(sign) = first(&self.between)
                && !self.covers(sign, true)
            {
                leaks.push((
                    "between",
                    format!("{sign:?}, which a value may hold"),
                    COVERED,
                ));
            }
        }
        if leaks.is_empty()
            && let Some(value) = hostile::VALUES.iter().find(|value| !self.survives(value))
        {
            let found = format!("a literal that reads back otherwise for {value:?}");
            leaks.push(("escape", found, "escapes that can be read back"));
        }
        leaks
    }

    fn is_quoted(&self) -> bool {
        !self.before.is_empty() && !self.after.is_empty()
    }

    /// Whether a value reads back from its literal: the same, or less what `escape` takes out.
    fn survives(&self, value: &str) -> bool {
        let Ok(literal) = self.write_one(&Value::from(value), None) else {
            return true;
        };
        let expected = match &self.escape {
            Escape::Percent => value.to_owned(),
            Escape::Table(table) => {
                let taken_out = |sign: char| {
                    table
                        .iter()
                        .any(|(from, to)| *from == sign && to.is_empty())
                };
                value.chars().filter(|sign| !taken_out(*sign)).collect()
            }
        };
        let inside = literal
            .strip_prefix(self.before.as_str())
            .and_then(|rest| rest.strip_suffix(self.after.as_str()));
        inside.and_then(|inside| self.unescaped(inside)) == Some(expected)
    }

    /// Reads the inside of a literal back; `None` when the literal would have ended earlier.
    fn unescaped(&self, inside: &str) -> Option<String> {
        let Escape::Table(table) = &self.escape else {
            return unpercent(inside);
        };
        let mut value = String::new();
        let mut rest = inside;
        while let Some(sign) = rest.chars().next() {
            let escape = table
                .iter()
                .find(|(_, to)| !to.is_empty() && rest.starts_with(to));
            if let Some((from, to)) = escape {
                value.push(*from);
                rest = rest.strip_prefix(to.as_str())?;
                continue;
            }
            if self.is_quoted() && self.after.starts_with(sign) {
                return None;
            }
            value.push(sign);
            rest = rest.get(sign.len_utf8()..)?;
        }
        Some(value)
    }

    /// Whether a fixed text leaves us inside a quoted literal.
    ///
    /// `open` says whether it began inside one, so that a text can be followed over its
    /// placeholders.
    pub(crate) fn ends_inside(&self, fixed: &str, open: bool) -> bool {
        if !self.is_quoted() {
            return false;
        }
        let mut open = open;
        let mut rest = fixed;
        while let Some(sign) = rest.chars().next() {
            if open
                && let Escape::Table(table) = &self.escape
                && let Some((_, to)) = table
                    .iter()
                    .find(|(_, to)| !to.is_empty() && rest.starts_with(to.as_str()))
            {
                rest = rest.strip_prefix(to.as_str()).unwrap_or_default();
                continue;
            }
            let edge = if open { &self.after } else { &self.before };
            if let Some(after_edge) = rest.strip_prefix(edge.as_str()) {
                open = !open;
                rest = after_edge;
                continue;
            }
            rest = rest.get(sign.len_utf8()..).unwrap_or_default();
        }
        open
    }
}

fn read_escape(section: &Section<'_>) -> Option<Escape> {
    let Some(node) = section.node("escape") else {
        section.missing("escape", "a table of escapes, or \"percent\"");
        return None;
    };
    if node.text() == Some("percent") {
        return Some(Escape::Percent);
    }
    let Some(table) = node.table() else {
        section.fault(node, "escape", "a table of escapes, or \"percent\"");
        return None;
    };
    let mut escapes = Vec::new();
    for (from, to) in table.iter() {
        let mut signs = from.chars();
        match (signs.next(), signs.next(), to.text()) {
            (Some(sign), None, Some(to)) => escapes.push((sign, to.to_owned())),
            (_, _, None) => section.fault(to, "escape", "text in quotes"),
            (_, _, Some(_)) => {
                section.faults.add(
                    to.place,
                    format!("{}.escape", section.path),
                    format!("{from:?}"),
                    "one character",
                );
            }
        }
    }
    Some(Escape::Table(escapes))
}

fn read_bare(section: &Section<'_>) -> Vec<Bare> {
    let Some(words) = section.texts("plain") else {
        return Vec::new();
    };
    let mut bare = Vec::new();
    for spot in words {
        match Bare::ALL.iter().find(|(_, word)| *word == spot.text) {
            Some((kind, _)) => bare.push(*kind),
            None => section.refuse(spot, "plain", "number, bool, id or digits"),
        }
    }
    bare
}

pub(crate) fn read_patterns(section: &Section<'_>, key: &str) -> Vec<Regex> {
    let Some(patterns) = section.texts(key) else {
        return Vec::new();
    };
    patterns
        .into_iter()
        .filter_map(|spot| {
            let pattern = Regex::new(spot.text).ok();
            if pattern.is_none() {
                section.refuse(spot, key, "a regular expression");
            }
            pattern
        })
        .collect()
}

fn unreserved(sign: char) -> bool {
    sign.is_ascii_alphanumeric() || matches!(sign, '-' | '.' | '_' | '~')
}

/// Reads a text in which bytes are written as `%XX`.
pub(crate) fn unpercent(text: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digits = [rest.next()?, rest.next()?];
        let digits = std::str::from_utf8(&digits).ok()?.to_owned();
        bytes.push(u8::from_str_radix(&digits, 16).ok()?);
    }
    String::from_utf8(bytes).ok()
}
