//! One expression of a mapping file, compiled and checked against the names in its reach.

use std::collections::BTreeSet;

use pop_core::expr::Expr;
use pop_core::file::fault::Faults;
use pop_core::file::section::Section;
use pop_core::file::tree::{Place, join};
use pop_core::interaction::{Channel, Direction, What};
use pop_core::life::Unanswered;
use serde_json::Value;

use crate::mapping::language::{ASSURANCES, Rule};
use crate::mapping::setting::Setting;

const EVERYWHERE: &[&str] = &[
    "headers", "body", "query", "setting", "table", "calc", "now",
];
const OF_ELEMENTS: &[&str] = &["it"];
const OF_SNAPSHOTS: &[&str] = &["one", "before"];

/// One expression of the file, and where it stands.
#[derive(Debug)]
pub(super) struct Reading {
    pub(super) expr: Expr,
    pub(super) key: String,
    pub(super) line: usize,
}

/// A value that several places use.
#[derive(Debug)]
pub(super) struct Calc {
    pub(super) name: String,
    pub(super) reading: Reading,
    pub(super) level: Level,
    pub(super) uses_others: bool,
}

/// What a value depends on, so that it is computed once for all that do not differ in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    /// The delivery.
    Delivery,
    /// One element, `it`.
    Element,
    /// One item of a snapshot, `one`.
    Item,
    /// What the item was, `before`.
    Change,
}

impl Level {
    fn of(expr: &Expr) -> Self {
        let names = expr.names();
        let by_name = [
            ("before", Self::Change),
            ("one", Self::Item),
            ("it", Self::Element),
        ];
        by_name
            .into_iter()
            .find(|(name, _)| names.contains(name))
            .map_or(Self::Delivery, |(_, level)| level)
    }
}

/// Which names can be read at a place.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Position {
    /// One delivery as a whole.
    Delivery,
    /// One element of `each`.
    Element,
    /// Perhaps an item of a snapshot; what is not bound there has no value.
    Anywhere,
}

impl Position {
    fn names(self) -> Vec<&'static str> {
        let more: &[&[&str]] = match self {
            Self::Delivery => &[],
            Self::Element => &[OF_ELEMENTS],
            Self::Anywhere => &[OF_ELEMENTS, OF_SNAPSHOTS],
        };
        EVERYWHERE
            .iter()
            .chain(more.iter().copied().flatten())
            .copied()
            .collect()
    }
}

/// Compiles the expression at a key; `None` when there is none, or it is a fault.
pub(super) fn reading(section: &Section<'_>, key: &str, position: Position) -> Option<Reading> {
    let spot = section.text(key)?;
    let path = join(&section.path, key);
    let source = match constant(key, spot.text) {
        Some(word) => format!("'{word}'"),
        None => spot.text.to_owned(),
    };
    let expr = match Expr::compile(&source) {
        Ok(expr) => expr,
        Err(fault) => {
            let found = format!(
                "{:?}: line {}, column {}: {}",
                spot.text, fault.line, fault.column, fault.found
            );
            section.faults.add(spot.place, path, found, fault.expected);
            return None;
        }
    };
    let names = position.names();
    for name in expr.names() {
        if !names.contains(&name) {
            let expected = format!("one of {}", names.join(", "));
            section
                .faults
                .add(spot.place, path.clone(), format!("`{name}`"), expected);
        }
    }
    Some(Reading {
        expr,
        key: path,
        line: spot.place.line,
    })
}

/// A key that says one of few words may say it without quotes inside.
fn constant<'t>(key: &str, text: &'t str) -> Option<&'t str> {
    let is_word = match key {
        "what" | "gone" => What::parse(text).is_some(),
        "channel" => Channel::parse(text).is_some(),
        "direction" => Direction::parse(text).is_some(),
        "assurance" => ASSURANCES.contains(&text),
        "unanswered" => Unanswered::parse(text).is_some(),
        _ => false,
    };
    is_word.then_some(text)
}

/// Every shared value, each of which may use those above it.
pub(super) fn calcs(root: &Section<'_>) -> Vec<Calc> {
    let Some(section) = root.section("calc") else {
        return Vec::new();
    };
    let named: Vec<(String, Reading)> = section
        .members()
        .into_iter()
        .filter_map(|(key, _)| {
            let reading = reading(&section, key, Position::Anywhere)?;
            Some((key.to_owned(), reading))
        })
        .collect();
    let mut calcs: Vec<Calc> = Vec::new();
    for (name, reading) in named {
        let mut level = Level::of(&reading.expr);
        for used in members_of(&reading.expr, "calc") {
            if let Some(known) = calcs.iter().find(|known| known.name == used) {
                level = level.max(known.level);
            } else {
                let place = Place {
                    file: 0,
                    line: reading.line,
                };
                let found = format!("calc.{used}");
                let expected = "a calc that stands above it";
                root.faults.add(place, reading.key.clone(), found, expected);
            }
        }
        calcs.push(Calc {
            name,
            level,
            uses_others: reading.expr.names().contains(&"calc"),
            reading,
        });
    }
    calcs
}

/// Refuses `setting.x`, `calc.x` and `table.x` that the file does not have.
pub(super) fn known_names(
    faults: &Faults,
    calcs: &[Calc],
    rules: &[Rule],
    settings: &[Setting],
    tables: &Value,
) {
    let calc_names: BTreeSet<&str> = calcs.iter().map(|calc| calc.name.as_str()).collect();
    let setting_names: BTreeSet<&str> = settings.iter().map(|known| known.name.as_str()).collect();
    let table_names: BTreeSet<&str> = tables
        .as_object()
        .into_iter()
        .flat_map(|map| map.keys().map(String::as_str))
        .collect();
    let kinds = [
        ("calc", calc_names),
        ("setting", setting_names),
        ("table", table_names),
    ];
    let of_calcs = calcs.iter().map(|calc| &calc.reading);
    let of_rules = rules.iter().flat_map(Rule::readings);
    for reading in of_calcs.chain(of_rules) {
        for (kind, known) in &kinds {
            for name in members_of(&reading.expr, kind) {
                if !known.contains(name.as_str()) {
                    let place = Place {
                        file: 0,
                        line: reading.line,
                    };
                    let expected = if known.is_empty() {
                        format!("no `{kind}`: the file has none")
                    } else {
                        known.iter().copied().collect::<Vec<_>>().join(", ")
                    };
                    let found = format!("`{kind}.{name}`");
                    faults.add(place, reading.key.clone(), found, expected);
                }
            }
        }
    }
}

/// The `x` of every `<root>.x` that is read.
pub(super) fn members_of(expr: &Expr, root: &str) -> Vec<String> {
    expr.paths()
        .filter_map(|path| {
            let mut parts = path.split('.');
            (parts.next() == Some(root)).then(|| parts.next().map(str::to_owned))?
        })
        .collect()
}
