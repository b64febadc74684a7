//! JSON bodies of requests: a tree in which a leaf may be a name.

use pop_core::template::{Name, Template};
use serde_json::Value;

use crate::file::section::{Section, Spot};
use crate::file::tree::{Data, Node, join};
use crate::language::names::Reach;
use crate::language::shared::check_names;
use crate::language::text::template;

/// A JSON body.
#[derive(Debug)]
pub(crate) enum Json {
    Object(Vec<(String, Json)>),
    List(Vec<Json>),
    Fixed(Value),
    /// A name's value with its type.
    Place(Name),
    Text(Template),
}

impl Json {
    pub(crate) fn read(
        section: &Section<'_>,
        key: &str,
        node: &Node,
        reach: &Reach<'_>,
    ) -> Option<Self> {
        match &node.data {
            Data::Table(table) => Some(Self::Object(
                table
                    .iter()
                    .filter_map(|(name, node)| {
                        let json = Self::read(section, &join(key, name), node, reach)?;
                        Some((name.to_owned(), json))
                    })
                    .collect(),
            )),
            Data::List(items) => {
                let list = items.iter().enumerate().filter_map(|(at, node)| {
                    let key = format!("{key}[{at}]");
                    let json = Self::read(section, &key, node, reach)?;
                    if json.may_be_absent() {
                        section.fault(node, &key, "no {name?} in a list: build the list in calc");
                    }
                    Some(json)
                });
                Some(Self::List(list.collect()))
            }
            Data::Text(text) => {
                let template = template(
                    section,
                    key,
                    Spot {
                        text,
                        place: node.place,
                    },
                )?;
                check_names(section, key, node.place, &template, reach);
                if template.names().next().is_none() {
                    return Some(Self::Fixed(Value::String(text.clone())));
                }
                match template.only_name() {
                    Some(name) => Some(Self::Place(name.clone())),
                    None => Some(Self::Text(template)),
                }
            }
            Data::Whole(_) | Data::Real(_) | Data::Switch(_) => Some(Self::Fixed(node.json())),
        }
    }

    fn may_be_absent(&self) -> bool {
        match self {
            Self::Place(name) => name.is_optional(),
            Self::Text(template) => template.names().any(Name::is_optional),
            Self::Object(_) | Self::List(_) | Self::Fixed(_) => false,
        }
    }

    /// Whether a name is placed as a value of its own.
    pub(crate) fn places(&self, path: &str) -> bool {
        match self {
            Self::Object(members) => members.iter().any(|(_, json)| json.places(path)),
            Self::List(items) => items.iter().any(|json| json.places(path)),
            Self::Place(name) => name.path() == path,
            Self::Fixed(_) | Self::Text(_) => false,
        }
    }

    pub(crate) fn gather<'j>(&'j self, names: &mut Vec<&'j Name>) {
        match self {
            Self::Object(members) => members.iter().for_each(|(_, json)| json.gather(names)),
            Self::List(items) => items.iter().for_each(|json| json.gather(names)),
            Self::Fixed(_) => {}
            Self::Place(name) => names.push(name),
            Self::Text(template) => names.extend(template.names()),
        }
    }
}
