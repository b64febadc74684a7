//! The page of what each platform's file can do: `docs/platforms.md`.
//!
//! Nothing about a platform is written here. How it is set up, how it signs and what it may be set
//! to is what its file says; which events it brings, and by what agents and customers are found, is
//! what its samples show, which are tests of the file.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use pop_core::interaction::What;
use serde_json::Value;

use crate::mapping::Mapping;
use crate::mapping::sample::{Expected, Sample};
use crate::verify::Scheme;

const HEAD: &str = "\
# Platforms

Generated from the mapping files by `cargo xtask generate`; do not edit. A platform is a file in
[pop-source/mappings](../crates/pop-source/mappings): what it says here about setting up, signing and
settings stands in the file, and which events it brings is what the file's samples show, each of
which is a test. A platform that is not here is a file of your own: [mappings.md](mappings.md).
Softphones need no server: [softphones.md](softphones.md).

Every platform calls the [gateway](gateway.md); its name in the gateway's settings stands in brackets.
Programs on the agent's own computer send CloudEvents or the simple form to the desktop's
[listener](admin-guide.md#sending-events-to-a-desktop).
";

/// What is told of an interaction beside the kind of its events, by the key in a sample.
const COURSE: [(&str, &str); 9] = [
    ("from", "from whom it came"),
    ("to", "to whom it went"),
    ("previous", "its id before the transfer"),
    ("parent", "which one it is a side call of"),
    ("parties", "who else takes part"),
    ("unanswered", "why nobody took it"),
    ("voicemail", "that a message was left"),
    ("held", "whether the customer waits on hold"),
    ("wrap_up", "that the agent wraps up"),
];

/// The page of these mappings.
pub(super) fn page(mappings: &[Mapping]) -> String {
    let mut page = HEAD.to_owned();
    overview(&mut page, mappings);
    for mapping in mappings {
        platform(&mut page, mapping);
    }
    page
}

fn overview(page: &mut String, mappings: &[Mapping]) {
    let whats: Vec<_> = What::ALL.iter().map(|(_, word)| *word).collect();
    let columns = whats.join(" | ");
    line(page, "");
    line(
        page,
        &format!("| platform | signature | {columns} | agent by | customer by |"),
    );
    line(page, &format!("|{}", "---|".repeat(whats.len() + 4)));
    for mapping in mappings {
        let shown = Shown::of(mapping);
        let schemes: Vec<_> = mapping.verify().iter().map(|it| it.word()).collect();
        let marks: Vec<_> = whats
            .iter()
            .map(|what| {
                if shown.whats.contains(*what) {
                    "✓"
                } else {
                    "–"
                }
            })
            .collect();
        let cells = [
            format!("[{}](#{})", cell(mapping.name()), anchor(mapping)),
            schemes.join(", "),
            marks.join(" | "),
            listed(&shown.agents),
            listed(&shown.customers),
        ];
        line(page, &format!("| {} |", cells.join(" | ")));
    }
}

fn platform(page: &mut String, mapping: &Mapping) {
    let (name, id) = (mapping.name(), mapping.id());
    line(page, &format!("\n## {name} (`{id}`)\n"));
    if let Some(setup) = mapping.setup() {
        line(page, &setup.trim().replace('<', "\\<"));
    }
    line(page, "");
    for scheme in mapping.verify() {
        let (word, how) = (scheme.word(), signature(*scheme));
        line(page, &format!("- Signature `{word}`: {how}."));
    }
    if mapping.reports_acceptance() {
        line(page, "- It says when an agent takes an interaction.");
    } else {
        let why = "- It never says that an agent took it: an offer counts as accepted.";
        line(page, why);
    }
    let course = course(mapping);
    if !course.is_empty() {
        line(page, &format!("- It also tells: {}.", course.join(", ")));
    }
    if let Some(docs) = mapping.docs() {
        line(page, &format!("- The platform's page: <{docs}>"));
    }
    settings(page, mapping);
    words(page, mapping);
    samples(page, mapping);
}

fn settings(page: &mut String, mapping: &Mapping) {
    if mapping.settings().is_empty() {
        return;
    }
    line(page, "\n| setting | says | default |\n|---|---|---|");
    for setting in mapping.settings() {
        let text = setting.value.as_str().map(str::to_owned);
        let value = text.unwrap_or_else(|| setting.value.to_string());
        let label = cell(&setting.label);
        line(
            page,
            &format!("| `{}` | {label} | `{value}` |", setting.name),
        );
    }
}

fn words(page: &mut String, mapping: &Mapping) {
    let words = words_of(mapping);
    if words.is_empty() {
        return;
    }
    line(page, "\n| it says | that is |\n|---|---|");
    for (word, what) in words {
        line(page, &format!("| `{word}` | {what} |"));
    }
}

/// The platform's own words for what happens: every table of the file that ends in ours.
fn words_of(mapping: &Mapping) -> Vec<(&str, &str)> {
    let is_what = |value: &Value| value.as_str().is_some_and(|it| What::parse(it).is_some());
    let tables = mapping.language.tables.as_object().into_iter();
    let of_whats = tables
        .flat_map(|tables| tables.values().filter_map(Value::as_object))
        .filter(|table| table.values().all(is_what))
        .flatten();
    of_whats
        .filter_map(|(word, what)| Some((word.as_str(), what.as_str()?)))
        .collect()
}

fn samples(page: &mut String, mapping: &Mapping) {
    line(page, "\n| a delivery | becomes |\n|---|---|");
    for sample in &mapping.samples {
        let becomes = match &sample.expected {
            Expected::Events(events) => {
                let events: Vec<_> = events.iter().map(|(event, _)| event_words(event)).collect();
                events.join("; ")
            }
            Expected::Ignored(word) => format!("nothing: {}", why(mapping, word)),
            Expected::Refused(key) => refused(key),
        };
        let (name, becomes) = (cell(&sample.name), cell(&becomes));
        line(page, &format!("| {name} | {becomes} |"));
    }
}

fn event_words(event: &Value) -> String {
    let text = |key: &str| event.get(key).and_then(Value::as_str).unwrap_or_default();
    let mut words = format!("**{}**, {}", text("what"), text("channel"));
    if text("direction") != "unknown" {
        words.push(' ');
        words.push_str(text("direction"));
    }
    let told = COURSE
        .iter()
        .filter_map(|(key, _)| Some((key, event.get(key)?)));
    for (key, value) in told {
        words.push_str(", ");
        words.push_str(&value_words(key, value));
    }
    words
}

/// One member of an event's course, such as `to sam.blue@example.com` or `held`.
fn value_words(key: &str, value: &Value) -> String {
    let key = key.replace('_', " ");
    match value {
        Value::Bool(false) => format!("not {key}"),
        Value::String(text) => format!("{key}: {text}"),
        Value::Array(items) => {
            let items: Vec<_> = items.iter().filter_map(Value::as_str).collect();
            format!(
                "{key}: {}",
                if items.is_empty() {
                    "nobody".to_owned()
                } else {
                    items.join(", ")
                }
            )
        }
        Value::Object(agent) => {
            let named = ["email", "id", "extension", "platform_id", "name"];
            let name = named.iter().find_map(|key| agent.get(*key)?.as_str());
            format!("{key} {}", name.unwrap_or("somebody"))
        }
        Value::Bool(true) | Value::Null | Value::Number(_) => key,
    }
}

fn refused(key: &str) -> String {
    match key {
        "delivery" => "refused: no kind of delivery that the file knows".to_owned(),
        "body" => "refused: the body cannot be read".to_owned(),
        _ => format!("refused: `{key}` has no value that can be used"),
    }
}

fn why(mapping: &Mapping, word: &str) -> String {
    let rules = &mapping.language.rules;
    let said = rules
        .iter()
        .find(|rule| rule.name == word)
        .and_then(|rule| rule.ignore.clone());
    said.unwrap_or_else(|| match word {
        "repeat" => "it was told before".to_owned(),
        "late" => "it comes after what followed it".to_owned(),
        _ => "it is none of what the file is about".to_owned(),
    })
}

/// How a scheme signs; the documents about each platform say no more.
fn signature(scheme: Scheme) -> &'static str {
    match scheme {
        Scheme::Standard => {
            "Standard Webhooks, HMAC-SHA256 or Ed25519 over id, time and body; at most 5 minutes old"
        }
        Scheme::Zoom => {
            "HMAC-SHA256 over time and body in `x-zm-signature`; at most 5 minutes old. \
             Zoom's check of the address is answered"
        }
        Scheme::Twilio => {
            "HMAC-SHA1 over the address and the form, or the address with the body's hash, \
             in `X-Twilio-Signature`; no time is signed"
        }
        Scheme::Zendesk => {
            "HMAC-SHA256 over time and body in `X-Zendesk-Webhook-Signature`; at most 5 minutes old"
        }
        Scheme::Talkdesk => {
            "ECDSA over the body in `X-Hub-Ecdsa-Signature`, not tried with Talkdesk; no time is signed"
        }
        Scheme::Header => {
            "nothing is signed; a header field has a value of at least 16 characters that only \
             the platform knows"
        }
    }
}

fn course(mapping: &Mapping) -> Vec<&'static str> {
    let events: Vec<_> = mapping.samples.iter().flat_map(events).collect();
    let told = COURSE
        .iter()
        .filter(|(key, _)| events.iter().any(|event| event.get(key).is_some()));
    told.map(|(_, said)| *said).collect()
}

/// What the samples of a file show.
#[derive(Default)]
struct Shown {
    whats: BTreeSet<String>,
    agents: BTreeSet<String>,
    customers: BTreeSet<String>,
}

impl Shown {
    fn of(mapping: &Mapping) -> Self {
        let mut shown = Self::default();
        let words = words_of(mapping).into_iter();
        shown.whats.extend(words.map(|(_, what)| what.to_owned()));
        for event in mapping.samples.iter().flat_map(events) {
            let what = event.get("what").and_then(Value::as_str);
            shown.whats.extend(what.map(str::to_owned));
            let agent = event.get("agent").and_then(Value::as_object);
            let keys = agent.into_iter().flat_map(|agent| agent.keys());
            let keys = keys.filter(|key| *key != "name");
            shown.agents.extend(keys.map(|key| key.replace('_', " ")));
            let identifiers = event.get("identifiers").and_then(Value::as_array);
            let identifiers = identifiers.into_iter().flatten().filter_map(Value::as_str);
            let kinds = identifiers.filter_map(|said| said.split(' ').next());
            let kinds = kinds.map(|kind| kind.replace('_', " "));
            shown.customers.extend(kinds);
        }
        shown
    }
}

fn events(sample: &Sample) -> impl Iterator<Item = &Value> {
    let events = match &sample.expected {
        Expected::Events(events) => events.as_slice(),
        Expected::Ignored(_) | Expected::Refused(_) => &[],
    };
    events.iter().map(|(event, _)| event)
}

fn listed(words: &BTreeSet<String>) -> String {
    if words.is_empty() {
        return "–".to_owned();
    }
    let words: Vec<_> = words.iter().map(String::as_str).collect();
    words.join(", ")
}

/// The place of a platform's heading, as pages of Markdown make it.
fn anchor(mapping: &Mapping) -> String {
    let heading = format!("{} ({})", mapping.name(), mapping.id()).to_lowercase();
    let kept = heading
        .chars()
        .filter(|sign| sign.is_alphanumeric() || [' ', '-'].contains(sign));
    kept.map(|sign| if sign == ' ' { '-' } else { sign })
        .collect()
}

/// A text that stays in one cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

fn line(page: &mut String, text: &str) {
    // Writing into a text cannot fail.
    let _ = writeln!(page, "{text}");
}
