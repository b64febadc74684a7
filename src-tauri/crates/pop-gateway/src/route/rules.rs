//! The admin's rules: what an interaction and its customer are, to where they go.
//!
//! A rule gives only what stands in it literally. Every rule whose condition is true counts, in
//! order: the first that names a queue, a priority or a language decides it, and each adds its
//! reason. The examples beside the rules are tried when the file is read.

use std::collections::BTreeSet;

use pop_core::expr::{Expr, NoValue, Scope};
use pop_core::file::section::Section;
use pop_core::file::tree::{Data, Node, join};
use serde_json::{Map, Value, json};

/// What a condition may read.
const NAMES: [&str; 4] = ["customer", "cases", "interaction", "matches"];
const MOST_RULES: usize = 200;

/// The rules of one settings file.
#[derive(Default)]
pub(crate) struct Rules {
    rules: Vec<Rule>,
    /// Whether a rule reads the customer's cases, which then are asked for.
    pub(crate) read_cases: bool,
}

struct Rule {
    when: Expr,
    queue: Option<String>,
    priority: Option<i64>,
    language: Option<String>,
    reason: String,
}

/// Where an interaction should go; all of it stood literally in rules.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Decision {
    queue: Option<String>,
    priority: Option<i64>,
    language: Option<String>,
    reasons: Vec<String>,
}

impl Decision {
    pub(crate) fn json(&self) -> Value {
        let mut members = Map::new();
        if let Some(queue) = &self.queue {
            members.insert("queue".to_owned(), queue.as_str().into());
        }
        if let Some(priority) = self.priority {
            members.insert("priority".to_owned(), priority.into());
        }
        if let Some(language) = &self.language {
            members.insert("language".to_owned(), language.as_str().into());
        }
        members.insert("reasons".to_owned(), json!(self.reasons));
        Value::Object(members)
    }
}

/// What the rules say to one interaction.
pub(crate) struct Ruled {
    /// `None`: no rule fits.
    pub(crate) decision: Option<Decision>,
    /// Conditions that could not be read, because a value is of another type.
    pub(crate) faults: u64,
}

impl Rules {
    /// What the rules say to these facts.
    pub(crate) fn rule(&self, facts: &Facts) -> Ruled {
        let scope = facts.scope();
        let mut decision = Decision::default();
        let mut faults = 0;
        for rule in &self.rules {
            match rule.when.eval_bool(&scope) {
                Ok(true) => {
                    decision.queue = decision.queue.or_else(|| rule.queue.clone());
                    decision.priority = decision.priority.or(rule.priority);
                    decision.language = decision.language.or_else(|| rule.language.clone());
                    decision.reasons.push(rule.reason.clone());
                }
                // What is not known is not true.
                Ok(false) | Err(NoValue::MissingKey(_) | NoValue::Absent) => {}
                Err(
                    NoValue::UnknownName(_)
                    | NoValue::WrongType(_)
                    | NoValue::Failed(_)
                    | NoValue::TooMuchWork,
                ) => faults += 1,
            }
        }
        Ruled {
            decision: (!decision.reasons.is_empty()).then_some(decision),
            faults,
        }
    }

    /// Reads `[[route.rule]]`, and tries `[[route.example]]` on it.
    pub(crate) fn read(section: &Section<'_>) -> Self {
        let mut rules = Self::default();
        let mut names = BTreeSet::new();
        for item in items(section, "rule") {
            if let Some(rule) = rule(&item) {
                names.extend(rule.when.names().into_iter().map(str::to_owned));
                rules.rules.push(rule);
            }
            item.finish();
        }
        if rules.rules.len() > MOST_RULES {
            section.missing("rule", "at most 200 rules");
        }
        rules.read_cases = names.contains("cases");
        for item in items(section, "example") {
            rules.try_example(&item);
            item.finish();
        }
        rules
    }

    fn try_example(&self, example: &Section<'_>) {
        let value = |key: &str| example.node(key).map(Node::json);
        let customer = value("customer").unwrap_or_else(|| json!({}));
        let matches = match value("matches") {
            Some(matches) => matches,
            None => u64::from(example.has("customer")).into(),
        };
        let facts = Facts {
            customer,
            cases: value("cases").unwrap_or_else(|| json!([])),
            interaction: value("interaction").unwrap_or_else(|| json!({})),
            matches,
        };
        let ruled = self.rule(&facts);
        let found = ruled.decision.map_or(Value::Null, |it| it.json());
        let Some(node) = example.node("expect") else {
            example.missing("expect", "what the rules should say, or \"no opinion\"");
            return;
        };
        let expected = match node.text() {
            Some("no opinion") => Value::Null,
            Some(_) | None => node.json(),
        };
        if found != expected {
            let path = join(&example.path, "expect");
            let expected = format!("{expected}, as the example says");
            example
                .faults
                .add(node.place, path, found.to_string(), expected);
        }
    }
}

/// What the rules can read.
#[derive(Clone, Debug)]
pub(crate) struct Facts {
    pub(crate) customer: Value,
    pub(crate) cases: Value,
    pub(crate) interaction: Value,
    pub(crate) matches: Value,
}

impl Facts {
    fn scope(&self) -> Scope {
        Scope::new()
            .with("customer", &self.customer)
            .with("cases", &self.cases)
            .with("interaction", &self.interaction)
            .with("matches", &self.matches)
    }
}

/// The tables of a list `[[route.<key>]]`.
fn items<'a>(section: &Section<'a>, key: &str) -> Vec<Section<'a>> {
    let Some(node) = section.node(key) else {
        return Vec::new();
    };
    let Data::List(items) = &node.data else {
        section.fault(node, key, "a list of tables");
        return Vec::new();
    };
    let named = |(at, item)| section.as_section(&format!("{key}[{at}]"), item);
    items.iter().enumerate().filter_map(named).collect()
}

fn rule(item: &Section<'_>) -> Option<Rule> {
    let when = item.need_text("when").and_then(|spot| {
        let compiled = Expr::compile(spot.text);
        let fault = match &compiled {
            Ok(when) => when
                .names()
                .into_iter()
                .find(|it| !NAMES.contains(it))
                .map(|name| (format!("`{name}`"), format!("one of {}", NAMES.join(", ")))),
            Err(error) => Some((error.found.clone(), error.expected.clone())),
        };
        if let Some((found, expected)) = fault {
            let path = join(&item.path, "when");
            item.faults.add(spot.place, path, found, expected);
            return None;
        }
        compiled.ok()
    });
    let text = |key: &str| item.text(key).map(|spot| spot.text.to_owned());
    let (queue, language) = (text("queue"), text("language"));
    let priority = item.node("priority").and_then(|node| {
        let Data::Whole(number) = node.data else {
            item.fault(node, "priority", "a whole number");
            return None;
        };
        Some(number)
    });
    if queue.is_none() && language.is_none() && priority.is_none() {
        item.missing("queue", "a `queue`, a `priority` or a `language`");
    }
    let reason = item.need_text("reason").map(|spot| spot.text.to_owned());
    Some(Rule {
        when: when?,
        queue,
        priority,
        language,
        reason: reason?,
    })
}
