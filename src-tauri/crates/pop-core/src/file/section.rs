//! Taking the keys of one table, and saying which were not expected.
//!
//! Reading never stops: what is missing or of the wrong kind is reported and read as absent, so
//! that one load finds everything.

use std::cell::RefCell;

use super::fault::Faults;
use super::tree::{Data, Node, Place, Table, join};

/// One table of a file while it is being read.
pub struct Section<'a> {
    /// Its members.
    pub table: &'a Table,
    /// Where it stands.
    pub place: Place,
    /// Its dotted key, empty at the top.
    pub path: String,
    /// Where what is wrong is collected.
    pub faults: &'a Faults,
    taken: RefCell<Vec<String>>,
}

/// A value with its place, for faults that are found later.
#[derive(Clone, Copy)]
pub struct Spot<'a> {
    /// The text.
    pub text: &'a str,
    /// Where it stands.
    pub place: Place,
}

impl<'a> Section<'a> {
    /// The file itself.
    pub fn root(table: &'a Table, faults: &'a Faults) -> Self {
        let place = Place { file: 0, line: 1 };
        Self {
            table,
            place,
            path: String::new(),
            faults,
            taken: RefCell::default(),
        }
    }

    /// A table inside the file.
    pub fn of(node: &'a Node, table: &'a Table, path: String, faults: &'a Faults) -> Self {
        Self {
            table,
            place: node.place,
            path,
            faults,
            taken: RefCell::default(),
        }
    }

    /// The node of a key, whatever it is.
    pub fn node(&self, key: &str) -> Option<&'a Node> {
        self.taken.borrow_mut().push(key.to_owned());
        self.table.get(key)
    }

    /// A text; `None` when the key is absent.
    pub fn text(&self, key: &str) -> Option<Spot<'a>> {
        let node = self.node(key)?;
        let text = node.text();
        if text.is_none() {
            self.fault(node, key, "text in quotes");
        }
        text.map(|text| Spot {
            text,
            place: node.place,
        })
    }

    /// A text that must be there.
    pub fn need_text(&self, key: &str) -> Option<Spot<'a>> {
        if self.table.get(key).is_none() {
            self.missing(key, "text in quotes");
        }
        self.text(key)
    }

    /// True or false; `None` when the key is absent.
    pub fn switch(&self, key: &str) -> Option<bool> {
        let node = self.node(key)?;
        if let Data::Switch(switch) = node.data {
            return Some(switch);
        }
        self.fault(node, key, "true or false");
        None
    }

    /// A number of at least one.
    pub fn count(&self, key: &str) -> Option<usize> {
        let node = self.node(key)?;
        if let Data::Whole(number) = node.data
            && let Ok(number @ 1..) = usize::try_from(number)
        {
            return Some(number);
        }
        self.fault(node, key, "a whole number of at least 1");
        None
    }

    /// A list of texts; `None` when the key is absent.
    pub fn texts(&self, key: &str) -> Option<Vec<Spot<'a>>> {
        let node = self.node(key)?;
        let Data::List(items) = &node.data else {
            self.fault(node, key, "a list of texts");
            return None;
        };
        let mut texts = Vec::new();
        for item in items {
            match item.text() {
                Some(text) => texts.push(Spot {
                    text,
                    place: item.place,
                }),
                None => self.fault(item, key, "text in quotes"),
            }
        }
        Some(texts)
    }

    /// A table; `None` when the key is absent.
    pub fn section(&self, key: &str) -> Option<Section<'a>> {
        let node = self.node(key)?;
        self.as_section(key, node)
    }

    /// Every member that is a table, in the order of the file; others are faults.
    pub fn sections(&self) -> Vec<(&'a str, Section<'a>)> {
        let members = self.members();
        members
            .into_iter()
            .filter_map(|(key, node)| self.as_section(key, node).map(|section| (key, section)))
            .collect()
    }

    /// Every member, in the order of the file.
    pub fn members(&self) -> Vec<(&'a str, &'a Node)> {
        let members = self.table.iter().collect::<Vec<_>>();
        self.taken
            .borrow_mut()
            .extend(members.iter().map(|(key, _)| (*key).to_owned()));
        members
    }

    /// A member as a table; anything else is a fault.
    pub fn as_section(&self, key: &str, node: &'a Node) -> Option<Section<'a>> {
        let Some(table) = node.table() else {
            self.fault(node, key, "a table");
            return None;
        };
        Some(Section::of(node, table, join(&self.path, key), self.faults))
    }

    /// Whether the key is there, without taking it.
    pub fn has(&self, key: &str) -> bool {
        self.table.get(key).is_some()
    }

    /// Reports a key that is needed and not there.
    pub fn missing(&self, key: &str, expected: &str) {
        self.faults
            .add(self.place, join(&self.path, key), "nothing", expected);
    }

    /// Reports what stands at a key.
    pub fn fault(&self, node: &Node, key: &str, expected: &str) {
        self.faults
            .add(node.place, join(&self.path, key), node.found(), expected);
    }

    /// Reports a text at a key.
    pub fn refuse(&self, spot: Spot<'_>, key: &str, expected: &str) {
        let found = format!("{:?}", spot.text);
        self.faults
            .add(spot.place, join(&self.path, key), found, expected);
    }

    /// Reports every key that nobody asked for.
    pub fn finish(self) {
        let taken = self.taken.into_inner();
        for (key, node) in self.table.iter() {
            if !taken.iter().any(|known| known == key) {
                let mut known = taken.clone();
                known.sort_unstable();
                known.dedup();
                let expected = format!("one of {}", known.join(", "));
                self.faults.add(
                    node.place,
                    join(&self.path, key),
                    "an unknown key",
                    expected,
                );
            }
        }
    }
}
