//! What happens by itself: writes by rule, and messages to other systems.
//!
//! Expressions and templates are checked here, when the file is loaded, all mistakes at once; when
//! a rule applies is decided in `automatic.rs`, and sending is the engine's.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::action::ActionKind;
use crate::expr::Expr;
use crate::settings::{card, distribution, help, wording};
use crate::template::Template;

/// What expressions and templates of rules can read.
const NAMES: [&str; 4] = ["interaction", "customer", "agent", "write"];

/// What conditions of the organisation's rules can read.
const RULED: [&str; 5] = ["interaction", "customer", "cases", "matches", "agent"];

/// A write that happens by itself.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Automatic {
    /// When it is looked at.
    pub on: AutomaticOn,
    /// The condition, in CEL; without one it always happens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 2000))]
    pub when: Option<String>,
    /// What is written.
    #[serde(rename = "do")]
    pub does: AutomaticAction,
    /// What is filled in, by the names of the form; `{interaction.summary}` and the like are
    /// replaced. A member with `{name?}` is left out where that has no value.
    #[serde(default)]
    #[schemars(extend("maxProperties" = 32))]
    pub input: BTreeMap<String, String>,
}

/// When a rule is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AutomaticOn {
    /// When an interaction is over.
    Ended,
}

/// What can be written by rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AutomaticAction {
    /// Keeps a record of the interaction.
    LogInteraction,
    /// Opens a case.
    CreateCase,
    /// Adds a note to the only open case; with several nothing is written.
    AddNote,
}

impl From<AutomaticAction> for ActionKind {
    fn from(action: AutomaticAction) -> Self {
        match action {
            AutomaticAction::LogInteraction => Self::LogInteraction,
            AutomaticAction::CreateCase => Self::CreateCase,
            AutomaticAction::AddNote => Self::AddNote,
        }
    }
}

/// Another system that is told what happens here. Only the machine policy sets it.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Webhook {
    /// Its address: https, or plain http on this computer where the policy permits that.
    #[schemars(length(min = 8, max = 2000))]
    pub url: String,
    /// What it is told.
    #[schemars(length(min = 1, max = 4))]
    pub events: Vec<WebhookEvent>,
    /// The file with the secret that signs (Standard Webhooks, `whsec_…` or `whsk_…`); the whole
    /// path. Nobody but its owner and group may read it.
    #[schemars(length(min = 1, max = 1000))]
    pub secret_file: String,
    /// The body, if it is not to be a `CloudEvent`: JSON whose texts are templates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Value>,
}

/// What another system can be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
pub enum WebhookEvent {
    /// An interaction got its card.
    #[serde(rename = "interaction.popped")]
    InteractionPopped,
    /// An interaction is over.
    #[serde(rename = "interaction.completed")]
    InteractionCompleted,
    /// A case was created in a CRM.
    #[serde(rename = "case.created")]
    CaseCreated,
    /// A write waits for a person.
    #[serde(rename = "write.parked")]
    WriteParked,
}

impl WebhookEvent {
    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Self::InteractionPopped => "interaction.popped",
            Self::InteractionCompleted => "interaction.completed",
            Self::CaseCreated => "case.created",
            Self::WriteParked => "write.parked",
        }
    }
}

/// A mistake of a rule: the path to it, what was found, what was expected.
pub(crate) type Mistake = (Vec<String>, String, String);

/// Every mistake of the rules of one file that fits the schema.
pub(crate) fn mistakes(file: &Value) -> Vec<Mistake> {
    let mut mistakes = distribution::mistakes(file);
    mistakes.extend(distribution::fleet_mistakes(file));
    mistakes.extend(help::mistakes(file));
    mistakes.extend(card::mistakes(file));
    mistakes.extend(wording::mistakes(file));
    let list = |name: &str| {
        file.get(name)
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
    };
    for (number, rule) in list("rules").enumerate() {
        if let Some(when) = rule.get("when").and_then(Value::as_str) {
            mistakes.extend(in_expression(
                path("rules", number, &["when"]),
                when,
                &RULED,
            ));
        }
    }
    for (number, rule) in list("automatic").enumerate() {
        let path = |rest: &[&str]| path("automatic", number, rest);
        if let Some(when) = rule.get("when").and_then(Value::as_str) {
            mistakes.extend(in_expression(path(&["when"]), when, &NAMES));
        }
        let input = rule.get("input").and_then(Value::as_object);
        for (name, text) in input.into_iter().flatten() {
            let text = text.as_str().unwrap_or_default();
            mistakes.extend(in_template(path(&["input", name]), text));
        }
    }
    for (number, hook) in list("webhooks").enumerate() {
        let path = |rest: &[&str]| path("webhooks", number, rest);
        let url = hook.get("url").and_then(Value::as_str).unwrap_or_default();
        if !is_address(url) {
            mistakes.push((
                path(&["url"]),
                url.to_owned(),
                "an https address without user name, or http://127.0.0.1".to_owned(),
            ));
        }
        let file = hook.get("secret_file").and_then(Value::as_str);
        let file = file.unwrap_or_default();
        if !std::path::Path::new(file).is_absolute() {
            let expected = "the whole path of a file".to_owned();
            mistakes.push((path(&["secret_file"]), file.to_owned(), expected));
        }
        if let Some(body) = hook.get("body") {
            in_body(&path(&["body"]), body, &mut mistakes);
        }
    }
    mistakes
}

fn path(list: &str, number: usize, rest: &[&str]) -> Vec<String> {
    let start = [list.to_owned(), number.to_string()];
    let rest = rest.iter().map(|part| (*part).to_owned());
    start.into_iter().chain(rest).collect()
}

fn in_expression(path: Vec<String>, source: &str, known: &[&str]) -> Option<Mistake> {
    match Expr::compile(source) {
        Err(error) => Some((path, error.found, error.expected)),
        Ok(expression) => {
            let names = expression.names();
            let unknown = names.into_iter().find(|name| !known.contains(name))?;
            Some((path, unknown.to_owned(), expected_names(known)))
        }
    }
}

fn in_template(path: Vec<String>, source: &str) -> Option<Mistake> {
    match Template::parse(source) {
        Err(error) => Some((path, error.found, error.expected.to_owned())),
        Ok(template) => {
            let mut names = template.names();
            let unknown = names.find(|name| !NAMES.contains(&name.root()))?;
            Some((path, unknown.path().to_owned(), expected_names(&NAMES)))
        }
    }
}

fn in_body(path: &[String], body: &Value, mistakes: &mut Vec<Mistake>) {
    let below = |part: String| path.iter().cloned().chain([part]).collect::<Vec<_>>();
    match body {
        Value::String(text) => mistakes.extend(in_template(path.to_vec(), text)),
        Value::Array(items) => {
            for (number, item) in items.iter().enumerate() {
                in_body(&below(number.to_string()), item, mistakes);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                in_body(&below(name.clone()), member, mistakes);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn expected_names(known: &[&str]) -> String {
    format!("a name that begins with one of {}", known.join(", "))
}

/// Whether a text is an address that is fetched: https, or plain http to this computer.
pub fn is_address(text: &str) -> bool {
    let Ok(url) = url::Url::parse(text) else {
        return false;
    };
    let here = matches!(url.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"));
    let plain = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
    url.host_str().is_some()
        && plain
        && (url.scheme() == "https" || (url.scheme() == "http" && here))
}
