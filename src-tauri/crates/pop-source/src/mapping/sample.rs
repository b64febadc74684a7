//! The samples of a file: deliveries, and what they are to become. They are the file's own tests.
//!
//! Besides what they expect, they are measured by what they reach: a delivery that no sample is,
//! and a key that none gives a value, is a fault, because a missing key and a misspelt one look
//! alike.

use pop_core::file::fault::{Faults, LoadFault};
use pop_core::file::section::Section;
use pop_core::file::tree::{Data, Node, Place, join};
use pop_core::moment::Moment;
use pop_core::phone::PhoneRules;
use serde_json::Value;

use crate::delivery::Delivery;
use crate::mapping::language::{Language, Rule};
use crate::mapping::memory::Notes;
use crate::mapping::read::{self, Filled};
use crate::mapping::{Mapping, Read, Unreadable, Why, told};

/// When a sample comes in unless it says otherwise.
const RECEIVED: &str = "2026-01-06T15:57:42Z";

/// One delivery and what it is to become.
#[derive(Debug)]
pub(super) struct Sample {
    pub(super) name: String,
    place: Place,
    key: String,
    headers: Vec<(String, Vec<u8>)>,
    url: String,
    body: String,
    received: Moment,
    settings: Vec<(String, Value, Place)>,
    after: Vec<(String, Place)>,
    pub(super) expected: Expected,
}

/// What a delivery is to become.
#[derive(Debug)]
pub(super) enum Expected {
    Events(Vec<(Value, Place)>),
    Ignored(String),
    Refused(String),
}

/// Reads every `[[sample]]`.
pub(super) fn samples(root: &Section<'_>) -> Vec<Sample> {
    let expected = "at least one [[sample]]";
    let Some(node) = root.node("sample") else {
        root.missing("sample", expected);
        return Vec::new();
    };
    let Data::List(items) = &node.data else {
        root.fault(node, "sample", expected);
        return Vec::new();
    };
    items
        .iter()
        .enumerate()
        .filter_map(|(index, node)| sample(root, index, node))
        .collect()
}

fn sample(root: &Section<'_>, index: usize, node: &Node) -> Option<Sample> {
    let key = format!("sample[{index}]");
    let section = root.as_section(&key, node)?;
    let name = section.need_text("name").map(|spot| spot.text.to_owned());
    let body = section.need_text("body").map(|spot| spot.text.to_owned());
    let url = section.text("url").map_or("", |spot| spot.text).to_owned();
    let headers = section.section("headers").map_or_else(Vec::new, |inner| {
        let members = inner.members();
        let text = |(name, _): (&str, &Node)| {
            let value = inner.text(name)?.text.as_bytes().to_vec();
            Some((name.to_owned(), value))
        };
        members.into_iter().filter_map(text).collect()
    });
    let settings = section.section("setting").map_or_else(Vec::new, |inner| {
        let members = inner.members().into_iter();
        members
            .map(|(name, node)| (name.to_owned(), node.json(), node.place))
            .collect()
    });
    let after = section
        .texts("after")
        .unwrap_or_default()
        .into_iter()
        .map(|spot| (spot.text.to_owned(), spot.place))
        .collect();
    let received = received(&section);
    let expected = expected(&section);
    let (place, path) = (section.place, section.path.clone());
    section.finish();
    Some(Sample {
        name: name?,
        place,
        key: path,
        headers,
        url,
        body: body?,
        received,
        settings,
        after,
        expected: expected?,
    })
}

fn received(section: &Section<'_>) -> Moment {
    let usual = Moment::parse(RECEIVED).unwrap_or_default();
    let Some(spot) = section.text("received") else {
        return usual;
    };
    Moment::parse(spot.text).unwrap_or_else(|| {
        section.refuse(spot, "received", "a time as RFC 3339");
        usual
    })
}

fn expected(section: &Section<'_>) -> Option<Expected> {
    let kinds = ["events", "ignored", "refused"];
    if kinds.iter().filter(|kind| section.has(kind)).count() != 1 {
        section.missing("events", "exactly one of events, ignored, refused");
        for kind in kinds {
            section.node(kind);
        }
        return None;
    }
    if let Some(spot) = section.text("ignored") {
        return Some(Expected::Ignored(spot.text.to_owned()));
    }
    if let Some(spot) = section.text("refused") {
        return Some(Expected::Refused(spot.text.to_owned()));
    }
    let node = section.node("events")?;
    let Data::List(items) = &node.data else {
        section.fault(node, "events", "a list of tables");
        return None;
    };
    let events = items.iter().map(|item| (item.json(), item.place));
    Some(Expected::Events(events.collect()))
}

/// Runs every sample.
pub(super) fn check(mapping: &Mapping) -> Vec<LoadFault> {
    let faults = Faults::new(vec![mapping.file.clone()]);
    let mut filled = Filled::new();
    for sample in &mapping.samples {
        if let Some(outcome) = run(mapping, sample, &faults, &mut filled) {
            sample.compare(outcome, &faults);
        }
    }
    unreached(&mapping.language, &filled, &faults);
    faults.into_list()
}

/// Reads a sample after those it names; `None` when it cannot be read at all.
fn run(
    mapping: &Mapping,
    sample: &Sample,
    faults: &Faults,
    filled: &mut Filled,
) -> Option<Result<Read, Unreadable>> {
    let mut notes = Notes::default();
    for (name, place) in &sample.after {
        let earlier = mapping.samples.iter().find(|other| other.name == *name);
        let Some(earlier) = earlier else {
            let key = join(&sample.key, "after");
            faults.add(*place, key, format!("{name:?}"), "the name of a sample");
            return None;
        };
        if let Ok(read) = earlier.read(mapping, &notes, faults, filled)? {
            notes.keep(&read.changes);
        }
    }
    sample.read(mapping, &notes, faults, filled)
}

impl Sample {
    fn read(
        &self,
        mapping: &Mapping,
        notes: &Notes,
        faults: &Faults,
        filled: &mut Filled,
    ) -> Option<Result<Read, Unreadable>> {
        let delivery = Delivery {
            headers: &self.headers,
            body: self.body.as_bytes(),
            received: self.received,
            url: &self.url,
        };
        let rules = PhoneRules::default();
        if self.settings.is_empty() {
            let filled = Some(filled);
            return Some(read::read(
                &mapping.language,
                &delivery,
                notes,
                &rules,
                filled,
            ));
        }
        let language = self.with_settings(mapping, faults)?;
        Some(read::read(
            &language,
            &delivery,
            notes,
            &rules,
            Some(filled),
        ))
    }

    /// The language with this sample's settings: only the values differ.
    fn with_settings(&self, mapping: &Mapping, faults: &Faults) -> Option<Language> {
        let mut language = mapping.language.clone();
        for (name, value, place) in &self.settings {
            let outcome = language.set(name, value.clone());
            if let Err(fault) = outcome {
                let key = format!("{}.setting.{name}", self.key);
                faults.add(*place, key, value.to_string(), fault.to_string());
                return None;
            }
        }
        Some(language)
    }

    fn compare(&self, outcome: Result<Read, Unreadable>, faults: &Faults) {
        let fault = |key: &str, found: String, expected: String| {
            let found = format!("{found} in {:?}", self.name);
            faults.add(self.place, join(&self.key, key), found, expected);
        };
        match (&self.expected, outcome) {
            (Expected::Refused(key), Err(refused)) if refused.key == *key => {}
            (Expected::Refused(key), Err(refused)) => {
                fault("refused", refused.to_string(), format!("a fault of {key}"));
            }
            (Expected::Refused(key), Ok(read)) => {
                let found = format!("{} events", read.events.len());
                fault("refused", found, format!("a fault of {key}"));
            }
            (Expected::Ignored(_), Err(refused)) => {
                fault("ignored", refused.to_string(), "nothing for us".to_owned());
            }
            (Expected::Ignored(word), Ok(read)) => {
                let is_it = |why: &Why, delivery: &str| match why {
                    Why::Said(_) => delivery == word,
                    Why::NotMeant | Why::Repeat | Why::Late => why.word() == word,
                };
                let found = read
                    .ignored
                    .iter()
                    .any(|ignored| is_it(&ignored.why, &ignored.delivery));
                if !read.events.is_empty() || !found {
                    let whys: Vec<_> = read
                        .ignored
                        .iter()
                        .map(|ignored| format!("{}: {}", ignored.delivery, ignored.why.word()))
                        .collect();
                    let found = format!("{} events, ignored {whys:?}", read.events.len());
                    fault("ignored", found, format!("nothing but {word:?}"));
                }
            }
            (Expected::Events(_), Err(refused)) => {
                fault("events", refused.to_string(), "events".to_owned());
            }
            (Expected::Events(events), Ok(read)) => self.compare_events(events, &read, faults),
        }
    }

    fn compare_events(&self, expected: &[(Value, Place)], read: &Read, faults: &Faults) {
        if expected.len() != read.events.len() {
            let found: Vec<_> = read
                .events
                .iter()
                .map(|event| told(event).to_string())
                .collect();
            let found = format!("{} events: {}", found.len(), found.join(" "));
            let key = join(&self.key, "events");
            faults.add(self.place, key, found, expected.len().to_string());
            return;
        }
        for (index, ((expected, place), event)) in expected.iter().zip(&read.events).enumerate() {
            let told = told(event);
            let members = |value: &Value| value.as_object().cloned().unwrap_or_default();
            let (wanted, found) = (members(expected), members(&told));
            let names = wanted.keys().chain(found.keys());
            for name in names {
                let (wanted, found) = (wanted.get(name), found.get(name));
                if wanted != found {
                    let said = |value: Option<&Value>| {
                        value.map_or_else(|| "nothing".to_owned(), Value::to_string)
                    };
                    let key = format!("{}.events[{index}].{name}", self.key);
                    faults.add(*place, key, said(found), said(wanted));
                }
            }
        }
    }
}

/// What no sample reaches.
fn unreached(language: &Language, filled: &Filled, faults: &Faults) {
    let expected = "a [[sample]] in which it has a value";
    let place = |line| Place { file: 0, line };
    let of_rules = language.rules.iter().flat_map(Rule::readings);
    let of_calcs = language.calcs.iter().map(|calc| &calc.reading);
    for reading in of_rules.chain(of_calcs) {
        if !filled.contains(&(reading.line, reading.key.clone())) {
            faults.add(place(reading.line), &reading.key, "never a value", expected);
        }
    }
    let ignoring = language.rules.iter().filter(|rule| rule.ignore.is_some());
    for rule in ignoring {
        if !filled.contains(&(rule.line, rule.name.clone())) {
            let key = format!("delivery.{}", rule.name);
            faults.add(place(rule.line), key, "never meant", "a [[sample]] of it");
        }
    }
}
