//! The way of an interaction as people and programs read it: rows in groups, text, JSON.
//!
//! A talk lasts minutes, a pop milliseconds: steps are put into groups with a long silence between
//! them, and each group has its own scale.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Duration;

use serde_json::{Map, Value, json};

use crate::flight::{Exchange, Named, Step, TraceId};
use crate::interaction::Channel;
use crate::language::Language;
use crate::moment::Moment;

/// A silence of this length begins a new group.
const SILENCE: Duration = Duration::from_secs(2);

/// The identifiers' words, which have names for people.
const KINDS: [&str; 4] = ["id", "external_id", "email", "phone"];

/// The way of one interaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flight {
    /// When it came in.
    pub at: Moment,
    /// By which channel.
    pub channel: Channel,
    /// What happened, the earliest first.
    pub steps: Vec<Step>,
    /// What people call the connections, by their names in the settings.
    pub labels: BTreeMap<String, String>,
}

/// Steps that follow each other without a long silence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// When it begins, from the interaction's first step.
    pub from: Duration,
    /// How long it is.
    pub span: Duration,
    /// Its steps.
    pub rows: Vec<Row>,
}

/// One step, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The recorder's word.
    pub word: String,
    /// What happened.
    pub label: String,
    /// About what, how many, with which result.
    pub detail: String,
    /// When, from the beginning of its group.
    pub at: Duration,
    /// How long it took, for a request.
    pub took: Option<Duration>,
    /// The request.
    pub request: Option<Exchange>,
    /// Whether it went wrong.
    pub bad: bool,
}

impl Flight {
    /// When its first step was.
    pub fn begins(&self) -> Moment {
        let first = self.steps.iter().map(|step| step.at).min();
        first.unwrap_or(self.at)
    }

    /// The trace that its requests carried.
    pub fn trace(&self) -> Option<&TraceId> {
        let mut requests = self.steps.iter().filter_map(|step| step.request.as_ref());
        requests.find_map(|it| it.trace.as_ref())
    }

    /// Its steps in words, in groups.
    pub fn groups(&self, language: Language) -> Vec<Group> {
        let begins = self.begins();
        let mut steps: Vec<&Step> = self.steps.iter().collect();
        steps.sort_by_key(|step| step.at);
        let mut groups: Vec<(Moment, Moment, Vec<&Step>)> = Vec::new();
        for step in steps {
            let end = step.at.after(took(step).unwrap_or_default());
            match groups.last_mut() {
                Some((_, ends, rows)) if step.at.since(*ends) < SILENCE => {
                    *ends = end.max(*ends);
                    rows.push(step);
                }
                Some(_) | None => groups.push((step.at, end, vec![step])),
            }
        }
        let group = |(from, ends, steps): (Moment, Moment, Vec<&Step>)| Group {
            from: from.since(begins),
            span: ends.since(from),
            rows: steps
                .into_iter()
                .map(|step| self.row(step, from, language))
                .collect(),
        };
        groups.into_iter().map(group).collect()
    }

    /// All of it as lines.
    pub fn text(&self, language: Language) -> String {
        let mut text = format!(
            "{}  {}\n",
            self.begins().rfc3339_exact(),
            self.channel.word()
        );
        // Writing to a text cannot fail.
        if let Some(trace) = self.trace() {
            let _ = writeln!(text, "trace {}", trace.as_str());
        }
        for group in self.groups(language) {
            for row in group.rows {
                let at = millis(group.from + row.at);
                let _ = write!(text, "{at:>12} ms  {}", row.label);
                if !row.detail.is_empty() {
                    let _ = write!(text, " · {}", row.detail);
                }
                if let Some(took) = row.took {
                    let _ = write!(text, " · {} ms", millis(took));
                }
                let parts = row.request.iter().flat_map(parts_of);
                let parts: Vec<String> = parts
                    .map(|(name, span)| format!("{name} {}", millis(span)))
                    .collect();
                if !parts.is_empty() {
                    let _ = write!(text, " ({})", parts.join(", "));
                }
                let id = row.request.as_ref().and_then(|it| it.request.as_ref());
                if let Some(id) = id {
                    let _ = write!(text, " · {}", id.as_str());
                }
                text.push('\n');
            }
        }
        text
    }

    /// All of it for programs.
    pub fn json(&self) -> Value {
        let steps = self.steps.iter().map(step_json).collect::<Vec<_>>();
        json!({
            "began": self.begins().rfc3339_exact(),
            "channel": self.channel.word(),
            "trace": self.trace().map(TraceId::as_str),
            "steps": steps,
        })
    }

    fn row(&self, step: &Step, from: Moment, language: Language) -> Row {
        let id = format!("mark-{}", step.name);
        let label = if Language::knows(&id) {
            language.say(&id, &[])
        } else {
            step.name.clone()
        };
        Row {
            word: step.name.clone(),
            label,
            detail: self.detail(step, language),
            at: step.at.since(from),
            took: took(step),
            request: step.request.as_deref().cloned(),
            bad: is_bad(step),
        }
    }

    fn detail(&self, step: &Step, language: Language) -> String {
        let about = step.about.as_ref().map(Named::as_str);
        let about = about.map(|name| self.labels.get(name).map_or(name, String::as_str));
        let request = step.request.as_deref().map(|request| {
            let status = request
                .status
                .map_or(String::new(), |status| format!(" · {status}"));
            format!("{} {}{status}", request.method.word(), request.path)
        });
        let code = step.code.as_deref().filter(|code| *code != "ok");
        let code = code.map(|code| {
            if KINDS.contains(&code) {
                language.say(&format!("explain-kind-{code}"), &[])
            } else {
                code.to_owned()
            }
        });
        let number = match (step.name.as_str(), step.number) {
            (name, Some(number))
                if name.starts_with("answered_") || name.starts_with("matched_") =>
            {
                Some(format!("× {number}"))
            }
            ("link_chosen", Some(number)) => Some(format!("#{number}")),
            (_, Some(_) | None) => None,
        };
        let parts = [about.map(str::to_owned), request, code, number];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }
}

/// Where the time of a request went, in the order in which it happens.
pub fn parts_of(request: &Exchange) -> impl Iterator<Item = (&'static str, Duration)> + use<> {
    let timing = request.timing;
    let parts = [
        ("dns", timing.dns),
        ("connect", timing.connect),
        ("wait", timing.wait),
        ("body", timing.body),
    ];
    let parts = parts.into_iter();
    parts.filter_map(|(name, span)| Some((name, span?)))
}

fn took(step: &Step) -> Option<Duration> {
    step.request.as_ref().map(|request| request.took)
}

fn is_bad(step: &Step) -> bool {
    let failed = step.code.as_deref().is_some_and(|code| code != "ok");
    match step.name.as_str() {
        "open_failed" | "link_missing" | "match_failed" | "write_failed" | "write_parked"
        | "write_lost" | "held_back" => true,
        "request" | "answered_who" | "answered_cases" | "answered_activities" => failed,
        _ => false,
    }
}

fn millis(span: Duration) -> String {
    format!("{:.3}", span.as_secs_f64() * 1_000.0)
}

fn step_json(step: &Step) -> Value {
    let mut told = Map::new();
    told.insert("name".to_owned(), json!(step.name));
    told.insert("at".to_owned(), json!(step.at.rfc3339_exact()));
    let more = [
        ("code", step.code.clone().map(Value::from)),
        ("number", step.number.map(Value::from)),
        (
            "about",
            step.about.as_ref().map(|name| json!(name.as_str())),
        ),
        ("request", step.request.as_deref().map(request_json)),
    ];
    let more = more.into_iter();
    told.extend(more.filter_map(|(name, value)| Some((name.to_owned(), value?))));
    Value::Object(told)
}

/// A request for programs; spans in microseconds.
pub fn request_json(request: &Exchange) -> Value {
    let mut told = Map::new();
    told.insert("call".to_owned(), json!(request.call));
    told.insert("method".to_owned(), json!(request.method.word()));
    told.insert("path".to_owned(), json!(request.path));
    told.insert("took_us".to_owned(), micros(request.took));
    for (name, span) in parts_of(request) {
        told.insert(format!("{name}_us"), micros(span));
    }
    let ids = [
        ("status", request.status.map(Value::from)),
        (
            "request",
            request.request.as_ref().map(|id| json!(id.as_str())),
        ),
        ("trace", request.trace.as_ref().map(|id| json!(id.as_str()))),
    ];
    let ids = ids.into_iter();
    told.extend(ids.filter_map(|(name, value)| Some((name.to_owned(), value?))));
    Value::Object(told)
}

fn micros(span: Duration) -> Value {
    u64::try_from(span.as_micros()).unwrap_or(u64::MAX).into()
}
