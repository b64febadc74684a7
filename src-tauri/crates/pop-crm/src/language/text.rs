//! Texts: plain ones, texts of a query language, and relative addresses.
//!
//! The kind of a text decides how values are written into it, and what it may be placed in. How
//! they are written is in `run::write`.

use std::sync::Arc;

use crate::file::section::{Section, Spot};
use crate::file::tree::{Node, join};
use crate::language::dialect::Dialect;
use crate::language::names::Reach;
use pop_core::template::{Name, Part, Template};

/// A text of one kind.
#[derive(Clone, Debug)]
pub(crate) enum Text {
    /// Values go in as they are; the place of the whole escapes it.
    Plain(Template),
    /// Values become literals.
    Query(Arc<Dialect>, Template),
    /// `name=value` members, joined.
    Members(Arc<Dialect>, Vec<(String, Template)>),
    /// A path and a query, encoded.
    Address {
        path: Template,
        query: Vec<(String, Text)>,
    },
}

impl Text {
    pub(crate) fn names(&self) -> Box<dyn Iterator<Item = &Name> + '_> {
        match self {
            Self::Plain(template) | Self::Query(_, template) => Box::new(template.names()),
            Self::Members(_, members) => {
                Box::new(members.iter().flat_map(|(_, template)| template.names()))
            }
            Self::Address { path, query } => {
                let in_query = query.iter().flat_map(|(_, text)| text.names());
                Box::new(path.names().chain(in_query))
            }
        }
    }

    /// Reads a text at a key of a section.
    pub(crate) fn read(
        section: &Section<'_>,
        key: &str,
        node: &Node,
        dialects: &[Arc<Dialect>],
    ) -> Option<Self> {
        if let Some(text) = node.text() {
            let spot = Spot {
                text,
                place: node.place,
            };
            return template(section, key, spot).map(Self::Plain);
        }
        let Some(table) = node.table() else {
            section.fault(node, key, "a text, a text of a dialect, or { path, query }");
            return None;
        };
        if table.get("path").is_some() {
            let inner = Section::of(node, table, join(&section.path, key), section.faults);
            return Self::read_address(&inner, dialects);
        }
        let mut members = table.iter();
        let (Some((name, node)), None) = (members.next(), members.next()) else {
            section.fault(node, key, "one dialect, as in key.dialect = \"…\"");
            return None;
        };
        let path = format!("{key}.{name}");
        let Some(dialect) = dialects.iter().find(|dialect| dialect.name == name) else {
            let known = dialects
                .iter()
                .map(|dialect| dialect.name.as_str())
                .collect::<Vec<_>>();
            let expected = format!("a declared dialect: {}", known.join(", "));
            section.faults.add(
                node.place,
                join(&section.path, &path),
                format!("{name:?}"),
                expected,
            );
            return None;
        };
        if let Some(text) = node.text() {
            let spot = Spot {
                text,
                place: node.place,
            };
            let template = template(section, &path, spot)?;
            check_query(section, &path, spot, dialect, &template);
            return Some(Self::Query(Arc::clone(dialect), template));
        }
        Self::read_members(section, &path, node, dialect)
    }

    fn read_members(
        section: &Section<'_>,
        path: &str,
        node: &Node,
        dialect: &Arc<Dialect>,
    ) -> Option<Self> {
        let table = node.table();
        if table.is_none() || dialect.join.is_none() {
            section.fault(
                node,
                path,
                "text in quotes, or a table if the dialect has a join",
            );
        }
        let mut members = Vec::new();
        for (name, node) in table?.iter() {
            let path = format!("{path}.{name}");
            let Some(text) = node.text() else {
                section.fault(node, &path, "text in quotes");
                continue;
            };
            let spot = Spot {
                text,
                place: node.place,
            };
            if let Some(template) = template(section, &path, spot) {
                check_quotes(section, &path, spot, dialect, &template);
                members.push((name.to_owned(), template));
            }
        }
        Some(Self::Members(Arc::clone(dialect), members))
    }

    fn read_address(inner: &Section<'_>, dialects: &[Arc<Dialect>]) -> Option<Self> {
        let spot = inner.need_text("path");
        let path = spot.and_then(|spot| template(inner, "path", spot));
        if let (Some(spot), Some(path)) = (spot, &path) {
            let rooted =
                matches!(path.parts().first(), Some(Part::Text(text)) if text.starts_with('/'));
            if !rooted || path.names().any(Name::is_optional) {
                inner.refuse(spot, "path", "a path that begins with / and has no {name?}");
            }
        }
        let mut query = Vec::new();
        if let Some(section) = inner.section("query") {
            for (name, node) in section.members() {
                if let Some(text) = Self::read(&section, name, node, dialects) {
                    query.push((name.to_owned(), text));
                }
            }
        }
        for (key, node) in inner
            .table
            .iter()
            .filter(|(key, _)| !matches!(*key, "path" | "query"))
        {
            inner.fault(node, key, "path and query alone");
        }
        Some(Self::Address { path: path?, query })
    }

    /// Checks that every name has a value in `reach`.
    pub(crate) fn check(&self, section: &Section<'_>, key: &str, node: &Node, reach: &Reach<'_>) {
        for name in self.names() {
            if let Err(expected) = reach.check_placed(name) {
                let found = format!("{{{}}}", name.path());
                section
                    .faults
                    .add(node.place, join(&section.path, key), found, expected);
            }
        }
    }

    /// Whether the whole member it stands in may be left out.
    pub(crate) fn may_be_absent(&self) -> bool {
        matches!(self, Self::Plain(template) if template.names().any(Name::is_optional))
    }
}

/// Reads a template at a key.
pub(crate) fn template(section: &Section<'_>, key: &str, spot: Spot<'_>) -> Option<Template> {
    match Template::parse(spot.text) {
        Ok(template) => Some(template),
        Err(error) => {
            let key = join(&section.path, key);
            let found = format!("{} in {:?}", error.found, spot.text);
            section.faults.add(spot.place, key, found, error.expected);
            None
        }
    }
}

fn check_query(
    section: &Section<'_>,
    key: &str,
    spot: Spot<'_>,
    dialect: &Dialect,
    template: &Template,
) {
    if template.names().any(Name::is_optional) {
        section.refuse(spot, key, "no {name?} inside a text of a dialect");
    }
    check_quotes(section, key, spot, dialect, template);
}

/// A placeholder inside a quoted literal would put a literal inside a literal.
fn check_quotes(
    section: &Section<'_>,
    key: &str,
    spot: Spot<'_>,
    dialect: &Dialect,
    template: &Template,
) {
    let mut open = false;
    for part in template.parts() {
        match part {
            Part::Text(fixed) => open = dialect.ends_inside(fixed, open),
            Part::Name(_) if open => {
                section.refuse(
                    spot,
                    key,
                    "names without quotes around them: the dialect adds them",
                );
                return;
            }
            Part::Name(_) => {}
        }
    }
    if open {
        section.refuse(spot, key, "a text that closes every quote it opens");
    }
}
