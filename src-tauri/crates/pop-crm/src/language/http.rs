//! `[http]` and `[ids]`: where requests go, and what a record's id looks like.

use std::collections::BTreeSet;
use std::time::Duration;

use pop_core::template::Template;
use regex::Regex;

use crate::file::section::{Section, Spot};
use crate::language::hostile;
use crate::language::names::{Known, Reach};
use crate::language::parts::duration;
use crate::language::quota::QuotaPart;
use crate::language::shared::{check_names, header_name};
use crate::language::text::template;

/// `[http]`.
#[derive(Debug)]
pub(crate) struct HttpPart {
    pub(crate) base: Template,
    pub(crate) within: Vec<Template>,
    pub(crate) headers: Vec<(String, Template)>,
    pub(crate) request_id: Vec<String>,
    pub(crate) at_once: Option<usize>,
    pub(crate) gap: Option<Duration>,
    pub(crate) quotas: Vec<QuotaPart>,
}

/// `[ids]`.
#[derive(Debug)]
pub(crate) struct Ids {
    pattern: Regex,
    same_first: Option<usize>,
}

impl Ids {
    pub(crate) fn accepts(&self, id: &str) -> bool {
        self.pattern.is_match(id)
    }

    pub(crate) fn same(&self, one: &str, other: &str) -> bool {
        match self.same_first {
            Some(length) => start(one, length) == start(other, length),
            None => one == other,
        }
    }

    pub(crate) fn read(section: Option<Section<'_>>, root: &Section<'_>) -> Option<Self> {
        let Some(section) = section else {
            root.missing("ids", "[ids] with the pattern of every record id");
            return None;
        };
        let pattern = section.need_text("pattern").and_then(|spot| {
            // The whole id must match, however the pattern is spelt.
            let Ok(pattern) = Regex::new(&format!("^(?:{})$", spot.text)) else {
                section.refuse(spot, "pattern", "a regular expression");
                return None;
            };
            let leak = hostile::VALUES
                .iter()
                .find(|value| !value.chars().all(|sign| sign == '.') && pattern.is_match(value));
            if let Some(value) = leak {
                let expected = format!("a pattern that refuses {value:?}: ids go in everywhere");
                section.refuse(spot, "pattern", &expected);
            }
            Some(pattern)
        });
        let same_first = section.count("same_first");
        section.finish();
        Some(Self {
            pattern: pattern?,
            same_first,
        })
    }
}

fn start(text: &str, length: usize) -> Option<&str> {
    text.get(..length)
}

impl HttpPart {
    pub(crate) fn read(
        section: Option<Section<'_>>,
        root: &Section<'_>,
        known: &Known,
    ) -> Option<Self> {
        let Some(section) = section else {
            root.missing("http", "[http] with base and within");
            return None;
        };
        let reach = Reach {
            roots: BTreeSet::from(["setting", "token"]),
            ..Reach::new(known, &[])
        };
        let read = |key: &str, spot: Spot<'_>| {
            let template = template(&section, key, spot)?;
            check_names(&section, key, spot.place, &template, &reach);
            Some(template)
        };
        let base = section
            .need_text("base")
            .and_then(|spot| read("base", spot));
        if !section.has("within") {
            section.missing("within", "the only hosts that ever get a credential");
        }
        let within = section.texts("within").unwrap_or_default();
        let within = within
            .into_iter()
            .filter_map(|spot| read("within", spot).map(|template| (spot, template)))
            .filter_map(|(spot, template)| {
                // Rule O4: what a token answer says is checked against this list.
                let is_told = template.names().any(|name| name.root() == "token");
                if is_told {
                    section.refuse(spot, "within", "a host of the file or of a setting");
                }
                (!is_told).then_some(template)
            })
            .collect();
        let mut headers = Vec::new();
        if let Some(section) = section.section("headers") {
            for (name, node) in section.members() {
                let Some(spot) = section.text(name) else {
                    continue;
                };
                match (header_name(name), template(&section, name, spot)) {
                    (Some(name), Some(template)) if template.names().next().is_none() => {
                        headers.push((name, template));
                    }
                    _ => section.fault(node, name, "a header with a fixed value"),
                }
            }
        }
        let request_id = section.texts("request_id").unwrap_or_default();
        let request_id = request_id
            .iter()
            .map(|spot| spot.text.to_ascii_lowercase())
            .collect();
        let at_once = section.count("at_once");
        let gap = section
            .text("gap")
            .and_then(|spot| duration(&section, "gap", spot));
        let quotas = QuotaPart::read_all(section.section("quota"), known);
        section.finish();
        Some(Self {
            base: base?,
            within,
            headers,
            request_id,
            at_once,
            gap,
            quotas,
        })
    }
}
