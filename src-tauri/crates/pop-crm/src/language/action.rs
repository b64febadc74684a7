//! `[action]`: what can be done in the CRM, what a person fills in for it, and what may be done
//! when nobody knows whether it was done.
//!
//! How it is run is in `run::act`.

use std::time::Duration;

use pop_core::action::ActionKind;
use pop_core::http::Method;
use pop_core::template::Name;

use crate::file::section::{Section, Spot};
use crate::file::tree::{Place, join};
use crate::language::form::FieldPart;
use crate::language::json::Json;
use crate::language::names::{Needs, Reach};
use crate::language::parts::{Reader, duration, optional_settings, read_check};
use crate::language::reading::Reading;
use crate::language::request::{Asking, Step};

/// One thing that can be done.
#[derive(Debug)]
pub(crate) struct ActionPart {
    pub(crate) kind: ActionKind,
    pub(crate) place: Place,
    pub(crate) form: Vec<FieldPart>,
    pub(crate) asking: Asking,
    pub(crate) result: ResultMap,
    pub(crate) resend: Option<Resend>,
    pub(crate) look_first: Option<LookFirst>,
    /// Optional settings without which it is off.
    pub(crate) settings: Vec<String>,
    /// Fields of the CRM, with the field of the form that each was written from.
    pub(crate) written: Vec<(String, String)>,
}

/// What an answer says of what was done.
#[derive(Debug, Default)]
pub(crate) struct ResultMap {
    pub(crate) id: Option<Reading>,
    pub(crate) number: Option<Reading>,
    pub(crate) link: Option<Reading>,
    /// What must be known before it can be read.
    pub(crate) needs: Needs,
}

/// Whether the same write may simply be sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Resend {
    /// However often: it cannot be done twice.
    Always,
    /// So long the CRM knows our key.
    Within(Duration),
}

/// The question whether an earlier try was done after all.
#[derive(Debug)]
pub(crate) struct LookFirst {
    pub(crate) asking: Asking,
    pub(crate) each: Reading,
    pub(crate) check: Vec<Reading>,
    pub(crate) result: ResultMap,
}

/// What can be read where something is done, beside what is known everywhere.
pub(crate) const ABOUT: &[&str] = &[
    "customer",
    "account",
    "case",
    "phone",
    "email",
    "external_id",
];

impl ActionPart {
    pub(crate) fn read(reader: &Reader<'_, '_>, name: &str, section: Section<'_>) -> Option<Self> {
        let kind = ActionKind::parse(name);
        if kind.is_none() {
            let words = ActionKind::ALL.map(|(_, word)| word).join(", ");
            let expected = format!("one of {words}");
            section
                .faults
                .add(section.place, &section.path, "an unknown action", expected);
        }
        let about = reader.reach.and(ABOUT);
        let form = FieldPart::read_all(&section, &about);
        let reach = about.with_inputs(&form).and(&["item"]);
        let look_first = section
            .section("look_first")
            .map(|section| LookFirst::read(reader, section, &reach));
        let resend = section
            .text("resend")
            .and_then(|spot| Resend::read(&section, spot));
        if resend == Some(Resend::Always) && look_first.is_some() {
            let expected = "either look_first or resend = \"always\", which needs no look";
            section.missing("resend", expected);
        }
        let (asking, after) = Asking::read_action(&section, &reach, reader.dialects)?;
        if asking.steps.iter().all(|step| step.method == Method::Get) {
            section.missing("call", "POST, PATCH, PUT or DELETE: GET changes nothing");
        }
        let result = ResultMap::read(&section, &after);
        let makes_record = kind.is_some_and(ActionKind::makes_record);
        if makes_record && result.id.is_none() {
            section.missing("result.id", "where the new record's id stands");
        }
        refuse_unplaced(&section, &form, &asking, &after);
        let settings = optional_settings(&asking, &after);
        let written = written_fields(&asking, &after);
        let place = section.place;
        section.finish();
        Some(Self {
            kind: kind?,
            place,
            form,
            asking,
            result,
            resend,
            look_first: match look_first {
                Some(look_first) => Some(look_first?),
                None => None,
            },
            settings,
            written,
        })
    }

    /// Its `when`, if settings alone decide it.
    pub(crate) fn fixed_when(&self) -> Option<&Reading> {
        let is_fixed = |path: &str| path.starts_with("setting.") || path.starts_with("table.");
        let when = self.asking.when.as_ref();
        when.filter(|when| when.paths().all(is_fixed))
    }
}

impl Resend {
    fn read(section: &Section<'_>, spot: Spot<'_>) -> Option<Self> {
        if spot.text == "always" {
            return Some(Self::Always);
        }
        duration(section, "resend", spot).map(Self::Within)
    }
}

impl ResultMap {
    fn read(section: &Section<'_>, reach: &Reach<'_>) -> Self {
        let Some(section) = section.section("result") else {
            return Self::default();
        };
        let mut map = Self {
            id: Reading::at(&section, "id", reach),
            number: Reading::at(&section, "number", reach),
            link: Reading::at(&section, "link", reach),
            needs: Needs::default(),
        };
        map.needs = reach.needs(map.readings().flat_map(|(_, reading)| reading.paths()));
        section.finish();
        map
    }

    /// The keys that it has.
    pub(crate) fn readings(&self) -> impl Iterator<Item = (&'static str, &Reading)> {
        let keys = [
            ("id", &self.id),
            ("number", &self.number),
            ("link", &self.link),
        ];
        let present = keys.into_iter();
        present.filter_map(|(key, reading)| Some((key, reading.as_ref()?)))
    }
}

impl LookFirst {
    fn read(reader: &Reader<'_, '_>, section: Section<'_>, reach: &Reach<'_>) -> Option<Self> {
        let asking = Asking::read(&section, reach, reader.dialects);
        let after = asking.as_ref().map_or(reach, |(_, after)| after);
        for (key, expected) in [
            ("each", "where the hits are, such as body.items"),
            (
                "check",
                "what of a hit must be our own id, such as it.reference",
            ),
            ("result", "a table with id, number or link"),
        ] {
            if !section.has(key) {
                section.missing(key, expected);
            }
        }
        let each = Reading::at(&section, "each", after);
        let check = read_check(&section, after);
        if let Some(node) = section.table.get("check").filter(|_| check.is_empty()) {
            section.fault(
                node,
                "check",
                "at least one value: no server is trusted here",
            );
        }
        let row = after.and(&["it"]);
        let mut result = ResultMap::read(&section, &row);
        let readings = each.iter().chain(&check);
        result
            .needs
            .join(&row.needs(readings.flat_map(Reading::paths)));
        if let Some((asking, after)) = &asking {
            if !asking.is_read_only() {
                section.missing("call", "GET, or POST that only asks");
            }
            let leaves = after.leaves(asking.names().map(Name::path));
            if !leaves.iter().any(|path| path.starts_with("item.")) {
                section.missing("call", "a request that looks for {item.id}");
            }
        }
        section.finish();
        Some(Self {
            asking: asking?.0,
            each: each?,
            check,
            result,
        })
    }
}

/// What somebody fills in must go somewhere.
fn refuse_unplaced(section: &Section<'_>, form: &[FieldPart], asking: &Asking, reach: &Reach<'_>) {
    let lists = asking.steps.iter().filter_map(|step| step.repeat.as_ref());
    let listed = lists.flat_map(|repeat| repeat.list.paths());
    let leaves = reach.leaves(asking.names().map(Name::path).chain(listed));
    for field in form {
        let path = join("input", &field.name);
        if !leaves.contains(&path) {
            let key = format!("{}.form.{}", section.path, field.name);
            let expected = format!("{{{path}}} in the request, or no such field");
            section
                .faults
                .add(field.place, key, "a field that no request places", expected);
        }
    }
}

/// Which fields of the CRM are written from which field of the form.
fn written_fields(asking: &Asking, reach: &Reach<'_>) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for step in &asking.steps {
        gather_pairs(step, reach, &mut found);
        if let Some(json) = &step.json {
            gather_json("", json, reach, &mut found);
        }
    }
    found
}

fn gather_pairs(step: &Step, reach: &Reach<'_>, found: &mut Vec<(String, String)>) {
    for (name, text) in step.query.iter().chain(&step.form) {
        found.extend(written_from(name, text.names(), reach));
    }
}

fn gather_json(path: &str, json: &Json, reach: &Reach<'_>, found: &mut Vec<(String, String)>) {
    match json {
        Json::Object(members) => {
            for (name, json) in members {
                gather_json(&join(path, name), json, reach, found);
            }
        }
        Json::List(items) => {
            for json in items {
                gather_json(path, json, reach, found);
            }
        }
        Json::Fixed(_) => {}
        Json::Place(name) => found.extend(written_from(path, std::iter::once(name), reach)),
        Json::Text(template) => found.extend(written_from(path, template.names(), reach)),
    }
}

/// The one field of the form that a place is written from; of several, none can be blamed.
fn written_from<'n>(
    path: &str,
    names: impl Iterator<Item = &'n Name>,
    reach: &Reach<'_>,
) -> Option<(String, String)> {
    let leaves = reach.leaves(names.map(Name::path));
    let mut fields = leaves.iter().filter_map(|leaf| leaf.strip_prefix("input."));
    match (fields.next(), fields.next()) {
        (Some(field), None) => Some((path.to_owned(), field.to_owned())),
        _ => None,
    }
}
