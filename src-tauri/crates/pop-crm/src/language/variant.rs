//! `[variant]`: overlays of the definition itself, chosen by what the person connecting fills in.
//!
//! Which variants can meet is worked out from the settings they read, so that each meeting is
//! checked when the definition is loaded, and not when somebody connects.

use std::collections::BTreeSet;

use pop_core::expr::Scope;
use serde_json::{Map, Value};

use crate::file::section::Section;
use crate::file::tree::{Data, Node, Table, join};
use crate::language::names::{Known, Reach};
use crate::language::reading::Reading;
use crate::language::setting::{Setting, SettingKind};

/// An overlay that applies when its condition holds.
#[derive(Debug)]
pub(crate) struct Variant {
    pub(crate) name: String,
    pub(crate) when: Reading,
    pub(crate) tree: Table,
}

/// What makes a definition that definition, or chooses the variants.
const FIXED: &[&str] = &["language", "id", "name", "docs", "variant"];
/// Ways to fill in the settings that are tried; with more, each variant is checked alone.
const WAYS: usize = 64;

impl Variant {
    pub(crate) fn read_all(root: &Section<'_>, settings: &[Setting]) -> Vec<Self> {
        let Some(section) = root.section("variant") else {
            return Vec::new();
        };
        let known = Known {
            settings: settings.to_vec(),
            ..Known::default()
        };
        let reach = Reach {
            roots: ["setting"].into(),
            ..Reach::new(&known, &[])
        };
        let mut variants = Vec::new();
        let mut sections = Vec::new();
        for (name, section) in section.sections() {
            let when = section
                .need_text("when")
                .and_then(|spot| Reading::within(&section, "when", spot, &reach));
            let mut tree = section.table.clone();
            tree.remove("when");
            for key in FIXED {
                if let Some(node) = tree.get(key) {
                    section.fault(node, key, "no change of this part in a variant");
                }
            }
            let name = name.to_owned();
            variants.extend(when.map(|when| Self { name, when, tree }));
            sections.push(section);
        }
        let choosing = choosing(&variants);
        for section in &sections {
            refuse_moved_ground(section, &choosing);
        }
        variants
    }

    /// Whether these settings choose it.
    pub(crate) fn is_chosen(&self, settings: &Map<String, Value>) -> bool {
        let scope = Scope::new().with("setting", &Value::Object(settings.clone()));
        self.when.holds(&scope)
    }
}

/// Variants that can apply together, each time as a list of positions: each variant in the
/// smallest company it can be in, and every company to which no other can be added.
pub(crate) fn meetings(variants: &[Variant], settings: &[Setting]) -> BTreeSet<BTreeSet<usize>> {
    let mut ways = vec![Map::new()];
    for name in choosing(variants) {
        let Some(setting) = settings.iter().find(|setting| setting.name == name) else {
            continue;
        };
        let values = tried(setting);
        let longer = ways.iter().flat_map(|way| {
            values.iter().map(|value| {
                let mut way = way.clone();
                way.extend(value.clone().map(|value| (setting.name.clone(), value)));
                way
            })
        });
        ways = longer.take(WAYS + 1).collect();
    }
    let chosen = |way: &Map<String, Value>| {
        let variants = variants.iter().enumerate();
        variants
            .filter(|(_, variant)| variant.is_chosen(way))
            .map(|(at, _)| at)
            .collect::<BTreeSet<_>>()
    };
    let mut met = BTreeSet::new();
    if ways.len() <= WAYS {
        met.extend(ways.iter().map(chosen).filter(|chosen| !chosen.is_empty()));
    }
    let within =
        |one: &BTreeSet<usize>, other: &BTreeSet<usize>| one != other && one.is_subset(other);
    let is_largest = |one: &BTreeSet<usize>| !met.iter().any(|other| within(one, other));
    let smallest = (0..variants.len()).filter_map(|at| {
        let with = met.iter().filter(|chosen| chosen.contains(&at));
        with.min_by_key(|chosen| chosen.len())
    });
    let mut met = met
        .iter()
        .filter(|one| is_largest(one))
        .chain(smallest)
        .cloned()
        .collect::<BTreeSet<_>>();
    // One that no tried value chooses is checked alone.
    for at in 0..variants.len() {
        if !met.iter().any(|chosen| chosen.contains(&at)) {
            met.insert([at].into());
        }
    }
    met
}

/// What a setting may be filled in with, as far as variants tell values apart.
fn tried(setting: &Setting) -> Vec<Option<Value>> {
    let mut values = match setting.kind {
        SettingKind::Switch => [false, true].map(Value::from).to_vec(),
        SettingKind::Choice => setting.choices.iter().cloned().map(Value::from).collect(),
        SettingKind::Host | SettingKind::Origin | SettingKind::Text | SettingKind::Name => {
            let example = setting.example.clone().unwrap_or_else(|| "x".to_owned());
            let values = [setting.default.clone(), Some(Value::from(example))];
            values.into_iter().flatten().collect()
        }
        SettingKind::Secret => Vec::new(),
    }
    .into_iter()
    .map(Some)
    .collect::<Vec<_>>();
    if setting.optional || values.is_empty() {
        values.push(None);
    }
    values
}

/// The settings by which variants are chosen.
fn choosing(variants: &[Variant]) -> BTreeSet<String> {
    let paths = variants.iter().flat_map(|variant| variant.when.paths());
    paths
        .filter_map(|path| path.strip_prefix("setting."))
        .map(|path| path.split('.').next().unwrap_or_default().to_owned())
        .collect()
}

/// A variant that changed what variants are chosen by would stand on itself.
fn refuse_moved_ground(section: &Section<'_>, choosing: &BTreeSet<String>) {
    const EXPECTED: &str = "no change of a setting by which variants are chosen";
    let changed = section.table.get("setting").and_then(Node::table);
    for (name, node) in changed.into_iter().flat_map(Table::iter) {
        if choosing.contains(name) {
            section.fault(node, &join("setting", name), EXPECTED);
        }
    }
    let Some(Data::List(removed)) = section.table.get("remove").map(|node| &node.data) else {
        return;
    };
    for item in removed {
        let setting = item.text().and_then(|path| path.strip_prefix("setting"));
        let is_moved = setting.is_some_and(|rest| {
            let name = rest.trim_start_matches('.').split('.').next();
            name.is_some_and(|name| name.is_empty() || choosing.contains(name))
        });
        if is_moved {
            section.fault(item, "remove", EXPECTED);
        }
    }
}
