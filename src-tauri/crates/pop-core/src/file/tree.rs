//! A TOML file as a tree that remembers the order of its keys and the line of each value.
//!
//! The types of serde are not used here: they would stop at the first fault and lose the lines.

use serde_json::{Map, Number, Value};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::fault::Faults;

/// Where a value stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Which of the files that were loaded together.
    pub file: usize,
    /// The line, from 1.
    pub line: usize,
}

/// A value and where it stands.
#[derive(Clone, Debug)]
pub struct Node {
    /// Where it stands.
    pub place: Place,
    /// What stands there.
    pub data: Data,
}

/// The kinds of values that a file of ours may hold.
#[derive(Clone, Debug)]
pub enum Data {
    /// A table.
    Table(Table),
    /// A list.
    List(Vec<Node>),
    /// A text.
    Text(String),
    /// A whole number.
    Whole(i64),
    /// A number with a fraction.
    Real(f64),
    /// True or false.
    Switch(bool),
}

/// Members in the order of the file.
#[derive(Clone, Debug, Default)]
pub struct Table {
    members: Vec<(String, Node)>,
}

impl Table {
    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.members
            .iter()
            .find(|(name, _)| name == key)
            .map(|(_, node)| node)
    }

    /// The value of a key, to be changed.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        self.members
            .iter_mut()
            .find(|(name, _)| name == key)
            .map(|(_, node)| node)
    }

    /// Sets a key; a new one stands after the others.
    pub fn insert(&mut self, key: &str, node: Node) {
        match self.get_mut(key) {
            Some(old) => *old = node,
            None => self.members.push((key.to_owned(), node)),
        }
    }

    /// Takes a key out.
    pub fn remove(&mut self, key: &str) -> Option<Node> {
        let at = self.members.iter().position(|(name, _)| name == key)?;
        Some(self.members.remove(at).1)
    }

    /// The members in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Node)> {
        self.members.iter().map(|(key, node)| (key.as_str(), node))
    }
}

impl Node {
    /// What stands there, in words of a fault.
    pub fn found(&self) -> String {
        match &self.data {
            Data::Table(_) => "a table".into(),
            Data::List(_) => "a list".into(),
            Data::Text(text) => format!("{text:?}"),
            Data::Whole(number) => number.to_string(),
            Data::Real(number) => number.to_string(),
            Data::Switch(switch) => switch.to_string(),
        }
    }

    /// The text, if it is one.
    pub fn text(&self) -> Option<&str> {
        match &self.data {
            Data::Text(text) => Some(text),
            Data::Table(_) | Data::List(_) | Data::Whole(_) | Data::Real(_) | Data::Switch(_) => {
                None
            }
        }
    }

    /// The table, if it is one.
    pub fn table(&self) -> Option<&Table> {
        match &self.data {
            Data::Table(table) => Some(table),
            Data::Text(_) | Data::List(_) | Data::Whole(_) | Data::Real(_) | Data::Switch(_) => {
                None
            }
        }
    }

    /// The value as data, as `[table]` and examples mean it.
    pub fn json(&self) -> Value {
        match &self.data {
            Data::Table(table) => Value::Object(
                table
                    .iter()
                    .map(|(key, node)| (key.to_owned(), node.json()))
                    .collect::<Map<_, _>>(),
            ),
            Data::List(items) => Value::Array(items.iter().map(Self::json).collect()),
            Data::Text(text) => Value::String(text.clone()),
            Data::Whole(number) => Value::from(*number),
            Data::Real(number) => Number::from_f64(*number).map_or(Value::Null, Value::Number),
            Data::Switch(switch) => Value::Bool(*switch),
        }
    }
}

/// Reads a whole file; what cannot be read is reported and left out.
pub fn read(file: usize, text: &str, faults: &Faults) -> Table {
    let lines = Lines::of(file, text);
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        let start = error.span().map_or(0, |span| span.start);
        let found = lines.text_at(text, start);
        faults.add(
            lines.place(start),
            "(TOML)",
            format!("{found:?}"),
            // The reader names the mistake, not what should stand there.
            format!("right TOML ({})", error.message()),
        );
    }
    let mut reader = Reader { lines, faults };
    reader.table(table.get_ref(), "")
}

/// The byte offsets at which lines begin.
struct Lines {
    file: usize,
    starts: Vec<usize>,
}

impl Lines {
    fn of(file: usize, text: &str) -> Self {
        let after_breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0)
            .chain(after_breaks.map(|(at, _)| at + 1))
            .collect();
        Self { file, starts }
    }

    fn place(&self, offset: usize) -> Place {
        Place {
            file: self.file,
            line: self.starts.partition_point(|start| *start <= offset),
        }
    }

    fn text_at<'t>(&self, text: &'t str, offset: usize) -> &'t str {
        let line = self.place(offset).line;
        text.lines()
            .nth(line.saturating_sub(1))
            .unwrap_or_default()
            .trim()
    }
}

struct Reader<'f> {
    lines: Lines,
    faults: &'f Faults,
}

impl Reader<'_> {
    fn table(&mut self, table: &DeTable<'_>, path: &str) -> Table {
        let mut read = Table::default();
        for (key, value) in table {
            let path = join(path, key.get_ref());
            // A table's own span may begin at its first dotted member, a key's span never lies.
            let place = self.lines.place(key.span().start);
            if let Some(node) = self.node(value, place, &path) {
                read.insert(key.get_ref(), node);
            }
        }
        read
    }

    fn node(&mut self, value: &Spanned<DeValue<'_>>, place: Place, path: &str) -> Option<Node> {
        let data = match value.get_ref() {
            DeValue::Table(table) => Data::Table(self.table(table, path)),
            DeValue::Array(items) => Data::List(
                items
                    .iter()
                    .enumerate()
                    .filter_map(|(at, item)| {
                        let place = self.lines.place(item.span().start);
                        self.node(item, place, &format!("{path}[{at}]"))
                    })
                    .collect(),
            ),
            DeValue::String(text) => Data::Text(text.to_string()),
            DeValue::Boolean(switch) => Data::Switch(*switch),
            DeValue::Integer(number) => {
                match i64::from_str_radix(number.as_str(), number.radix()) {
                    Ok(number) => Data::Whole(number),
                    Err(_) => return self.refuse(place, path, number.as_str(), "a 64-bit number"),
                }
            }
            DeValue::Float(number) => match number.as_str().parse::<f64>() {
                Ok(number) if number.is_finite() => Data::Real(number),
                Ok(_) | Err(_) => {
                    return self.refuse(place, path, number.as_str(), "a finite number");
                }
            },
            DeValue::Datetime(time) => {
                return self.refuse(place, path, &time.to_string(), "a time in quotes");
            }
        };
        Some(Node { place, data })
    }

    fn refuse(&self, place: Place, path: &str, found: &str, expected: &str) -> Option<Node> {
        self.faults.add(place, path, found, expected);
        None
    }
}

/// A dotted key.
pub fn join(path: &str, key: &str) -> String {
    if path.is_empty() {
        key.to_owned()
    } else {
        format!("{path}.{key}")
    }
}
