//! A mapping file compiled: what its keys mean, and everything that can be known to be wrong when
//! it is loaded.
//!
//! The language itself is described in `docs/mappings.md`. Running it is in `read`.

use std::sync::Arc;

use pop_core::expr::Scope;
use pop_core::file::section::{Section, Spot};
use pop_core::file::tree::{Data, Node};
use serde_json::{Map, Value};

use crate::mapping::fields::{AGENT, Fields, fields};
use crate::mapping::reading::{Calc, Position, Reading, calcs, known_names, reading};
use crate::mapping::setting::{self, Setting, SettingFault};
use crate::verify::Scheme;

/// The version of the language that this program reads.
pub(super) const LANGUAGE: i64 = 1;

/// How a body is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BodyForm {
    Json,
    Form,
}

/// What one kind of delivery means.
#[derive(Debug)]
pub(super) struct Rule {
    pub(super) name: String,
    pub(super) line: usize,
    pub(super) when: Option<Reading>,
    /// It holds nothing for us, and why.
    pub(super) ignore: Option<String>,
    pub(super) each: Option<Reading>,
    pub(super) only: Option<Reading>,
    pub(super) begins: bool,
    pub(super) snapshot: Option<Snapshot>,
    pub(super) fields: Fields,
}

/// A delivery that tells how things are, not what happened.
#[derive(Debug)]
pub(super) struct Snapshot {
    pub(super) of: Reading,
    pub(super) list: Reading,
    pub(super) id: Reading,
    pub(super) state: Reading,
    pub(super) order: Option<Reading>,
    pub(super) gone: Option<Reading>,
}

/// A whole file. A clone shares the expressions, so that it can be set otherwise.
#[derive(Clone, Debug)]
pub(super) struct Language {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) docs: Option<String>,
    pub(super) setup: Option<String>,
    pub(super) body: BodyForm,
    /// The member that has the true body as a text inside, where a body has it.
    pub(super) inside: Option<String>,
    pub(super) verify: Vec<Scheme>,
    pub(super) unnamed: bool,
    pub(super) reports_acceptance: bool,
    pub(super) settings: Vec<Setting>,
    pub(super) tables: Value,
    pub(super) calcs: Arc<[Calc]>,
    pub(super) rules: Arc<[Rule]>,
    pub(super) reads: Reads,
    /// The tables and settings, as every delivery has them.
    shared: Scope,
}

/// What of a delivery, beside its body, some expression of the file reads.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Reads {
    pub(super) headers: bool,
    pub(super) query: bool,
    pub(super) now: bool,
}

/// The words of how far identifiers are to be trusted.
pub(super) const ASSURANCES: [&str; 5] = ["authenticated", "attached", "claimed", "ani", "none"];

/// Compiles a file; every fault is reported, and `None` means that there is at least one.
pub(super) fn language(root: &Section<'_>) -> Option<Language> {
    version(root);
    let id = root.need_text("id").map(|spot| id(root, spot));
    let name = root.need_text("name").map(|spot| spot.text.to_owned());
    let text = |key| root.text(key).map(|spot| spot.text.to_owned());
    let (docs, setup) = (text("docs"), text("setup"));
    let (body, inside) = (body_form(root), text("inside"));
    let verify = schemes(root);
    let unnamed = root.switch("unnamed").unwrap_or(false);
    let reports_acceptance = root.switch("reports_acceptance").unwrap_or(true);
    let settings = setting::settings(root);
    let tables = root
        .node("table")
        .map_or_else(|| Value::Object(Map::new()), Node::json);
    let calcs = calcs(root);
    let shared = root
        .section("event")
        .map(|section| {
            let fields = fields(&section, Position::Anywhere);
            section.finish();
            fields
        })
        .unwrap_or_default();
    let rules = rules(root, &shared);
    known_names(root.faults, &calcs, &rules, &settings, &tables);
    root.faults.is_empty().then_some(())?;
    let reads = reads(&calcs, &rules);
    let shared = Scope::new().with("table", &tables);
    let mut language = Language {
        id: id?,
        name: name?,
        docs,
        setup,
        body,
        inside,
        verify,
        unnamed,
        reports_acceptance,
        settings,
        tables,
        calcs: calcs.into(),
        rules: rules.into(),
        reads,
        shared,
    };
    language.share_settings();
    Some(language)
}

fn reads(calcs: &[Calc], rules: &[Rule]) -> Reads {
    let mut reads = Reads::default();
    let of_calcs = calcs.iter().map(|calc| &calc.reading);
    for reading in of_calcs.chain(rules.iter().flat_map(Rule::readings)) {
        let names = reading.expr.names();
        reads.headers |= names.contains(&"headers");
        reads.query |= names.contains(&"query");
        reads.now |= names.contains(&"now");
    }
    reads
}

impl Language {
    /// The names that are the same for every delivery.
    pub(super) fn scope(&self) -> Scope {
        self.shared.clone()
    }

    fn share_settings(&mut self) {
        let settings: Map<String, Value> = self
            .settings
            .iter()
            .map(|setting| (setting.name.clone(), setting.value.clone()))
            .collect();
        self.shared.bind("setting", &Value::Object(settings));
    }

    /// Sets a value.
    pub(super) fn set(&mut self, name: &str, value: Value) -> Result<(), SettingFault> {
        let setting = self
            .settings
            .iter_mut()
            .find(|setting| setting.name == name);
        setting
            .ok_or_else(|| SettingFault::Unknown(name.to_owned()))?
            .set(value)?;
        self.share_settings();
        Ok(())
    }

    /// Whether some rule dedupes by state, so that an end is remembered.
    pub(super) fn tracks(&self) -> bool {
        self.rules
            .iter()
            .any(|rule| rule.fields.contains_key("state"))
    }
}

impl Rule {
    /// Every expression of this rule.
    pub(super) fn readings(&self) -> impl Iterator<Item = &Reading> {
        let of_snapshot = self.snapshot.iter().flat_map(|snapshot| {
            [&snapshot.of, &snapshot.list, &snapshot.id, &snapshot.state]
                .into_iter()
                .chain(&snapshot.order)
                .chain(&snapshot.gone)
        });
        self.when
            .iter()
            .chain(&self.each)
            .chain(&self.only)
            .chain(of_snapshot)
            .chain(self.fields.values().map(AsRef::as_ref))
    }
}

fn version(root: &Section<'_>) {
    let expected = "1, the version of the language of this file";
    match root.node("language") {
        None => root.missing("language", expected),
        Some(node) if matches!(node.data, Data::Whole(LANGUAGE)) => {}
        Some(node) => root.fault(node, "language", expected),
    }
}

fn id(root: &Section<'_>, spot: Spot<'_>) -> String {
    let fits = (1..=64).contains(&spot.text.len())
        && spot
            .text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if !fits {
        root.refuse(spot, "id", "at most 64 of a-z, 0-9 and -");
    }
    spot.text.to_owned()
}

fn body_form(root: &Section<'_>) -> BodyForm {
    match root.text("body") {
        Some(spot) if spot.text == "form" => BodyForm::Form,
        Some(spot) if spot.text != "json" => {
            root.refuse(spot, "body", "json or form");
            BodyForm::Json
        }
        Some(_) | None => BodyForm::Json,
    }
}

fn schemes(root: &Section<'_>) -> Vec<Scheme> {
    let words: Vec<&str> = Scheme::ALL.into_iter().map(|(_, word)| word).collect();
    let Some(spots) = root.texts("verify") else {
        let expected = format!("a list of {}", words.join(", "));
        if !root.has("verify") {
            root.missing("verify", &expected);
        }
        return Vec::new();
    };
    spots
        .into_iter()
        .filter_map(|spot| {
            let scheme = Scheme::parse(spot.text);
            if scheme.is_none() {
                let expected = format!("one of {}", words.join(", "));
                root.refuse(spot, "verify", &expected);
            }
            scheme
        })
        .collect()
}

fn rules(root: &Section<'_>, shared: &Fields) -> Vec<Rule> {
    let Some(section) = root.section("delivery") else {
        root.missing("delivery", "at least one [delivery.<name>]");
        return Vec::new();
    };
    section
        .sections()
        .into_iter()
        .map(|(name, section)| rule(name, section, shared))
        .collect()
}

fn rule(name: &str, section: Section<'_>, shared: &Fields) -> Rule {
    let when = reading(&section, "when", Position::Delivery);
    let ignore = section.text("ignore").map(|spot| spot.text.to_owned());
    let line = section.place.line;
    let mut rule = Rule {
        name: name.to_owned(),
        line,
        when,
        ignore,
        each: None,
        only: None,
        begins: false,
        snapshot: None,
        fields: Fields::new(),
    };
    if rule.ignore.is_none() {
        rule.each = reading(&section, "each", Position::Delivery);
        let element = if rule.each.is_some() {
            Position::Element
        } else {
            Position::Delivery
        };
        rule.snapshot = section
            .section("snapshot")
            .and_then(|inner| snapshot(inner, element));
        let inside = if section.has("snapshot") {
            Position::Anywhere
        } else {
            element
        };
        rule.only = reading(&section, "only", inside);
        rule.begins = section.switch("begins").unwrap_or(false);
        rule.fields = fields(&section, inside);
        for (key, reading) in shared {
            let is_of_state = *key == "state" && section.has("snapshot");
            if !is_of_state {
                rule.fields
                    .entry(key)
                    .or_insert_with(|| Arc::clone(reading));
            }
        }
        for key in ["source", "what", "channel"] {
            if !rule.fields.contains_key(key) {
                section.missing(key, "a CEL expression, here or in [event]");
            }
        }
        if !AGENT.iter().any(|key| rule.fields.contains_key(key)) {
            section.missing("agent", "platform_id, email, id or extension");
        }
        if rule.begins && !rule.fields.contains_key("state") {
            section.missing("state", "a state, because `begins` is about the state");
        }
    }
    section.finish();
    rule
}

fn snapshot(section: Section<'_>, element: Position) -> Option<Snapshot> {
    let need = |key, position| {
        if !section.has(key) {
            section.missing(key, "a CEL expression");
        }
        reading(&section, key, position)
    };
    let snapshot = (
        need("of", element),
        need("list", element),
        need("id", Position::Anywhere),
        need("state", Position::Anywhere),
        reading(&section, "order", element),
        reading(&section, "gone", Position::Anywhere),
    );
    section.finish();
    let (of, list, id, state, order, gone) = snapshot;
    Some(Snapshot {
        of: of?,
        list: list?,
        id: id?,
        state: state?,
        order,
        gone,
    })
}
