//! What several parts of a definition are read with: texts and values under a name, names in
//! templates, names of headers.

use std::sync::Arc;

use pop_core::template::Template;

use crate::file::section::Section;
use crate::file::tree::{Node, Place, Table, join};
use crate::language::dialect::Dialect;
use crate::language::names::Reach;
use crate::language::reading::Reading;
use crate::language::text::Text;

/// The name of a header in lower case, if it is one.
pub(crate) fn header_name(name: &str) -> Option<String> {
    http::HeaderName::from_bytes(name.as_bytes())
        .ok()
        .map(|name| name.as_str().to_owned())
}

/// Checks that every name of a template has a value in `reach`.
pub(crate) fn check_names(
    section: &Section<'_>,
    key: &str,
    place: Place,
    template: &Template,
    reach: &Reach<'_>,
) {
    for name in template.names() {
        if let Err(expected) = reach.check_placed(name) {
            let found = format!("{{{}}}", name.path());
            section
                .faults
                .add(place, join(&section.path, key), found, expected);
        }
    }
}

/// Reads the `[text]` of a section; their names are checked where they are placed.
pub(crate) fn read_texts(section: &Section<'_>, dialects: &[Arc<Dialect>]) -> Vec<(String, Text)> {
    let Some(inner) = section.section("text") else {
        return Vec::new();
    };
    let members = inner.members();
    members
        .into_iter()
        .filter_map(|(name, node)| {
            let text = Text::read(&inner, name, node, dialects)?;
            if text.may_be_absent() {
                inner.fault(
                    node,
                    name,
                    "no {name?} in a text: only whole members can be left out",
                );
            }
            Some((name.to_owned(), text))
        })
        .collect()
}

/// Reads the `[calc]` of a section; their names are checked where they are read.
pub(crate) fn read_calcs(section: &Section<'_>) -> Vec<(String, Arc<Reading>)> {
    let Some(inner) = section.section("calc") else {
        return Vec::new();
    };
    let members = inner.members();
    members
        .into_iter()
        .filter_map(|(name, _)| {
            let spot = inner.text(name)?;
            Some((
                name.to_owned(),
                Arc::new(Reading::compile(&inner, name, spot)?),
            ))
        })
        .collect()
}

/// What is declared beside a request must be readable there, used or not.
pub(crate) fn check_locals(section: &Section<'_>, reach: &Reach<'_>) {
    let names = |key: &str| {
        let table = section.table.get(key).and_then(Node::table);
        table.into_iter().flat_map(Table::iter).collect::<Vec<_>>()
    };
    for (kind, list) in [("text", names("text")), ("calc", names("calc"))] {
        for (name, node) in list {
            let path = format!("{kind}.{name}");
            let declared = if kind == "text" {
                reach.text(name).is_some()
            } else {
                reach.calc(name).is_some()
            };
            if declared && let Err(expected) = reach.check_name(&path) {
                section.faults.add(
                    node.place,
                    join(&section.path, &path),
                    node.found(),
                    expected,
                );
            }
        }
    }
}
