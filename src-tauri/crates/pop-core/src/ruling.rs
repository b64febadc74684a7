//! What the organisation's rules come to for one card.
//!
//! The desk asks whenever it has learnt something; the examples of a bundle ask the same desk. What
//! cannot be told, because a name has no value yet, is not true.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::automatic::facts_of;
use crate::desk::{OpenPolicy, Part, Pop};
use crate::expr::{Expr, Scope};
use crate::moment::Moment;
use crate::profile::{Case, RecordKind};
use crate::settings::{Rule, Settings};

/// The rules, compiled once.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    rules: Vec<Rule>,
    conditions: Arc<Vec<Option<Expr>>>,
}

/// What the rules come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ruling {
    /// Whether there is no card.
    pub silent: bool,
    /// When a record opens by itself, where a rule says so.
    pub open: Option<OpenPolicy>,
    /// Which record opens, the first that there is; none: the customer's.
    pub records: Vec<RecordKind>,
    /// Whether a rule says that the customer is very important.
    pub vip: bool,
    /// The priority.
    pub priority: Option<String>,
    /// The queue.
    pub queue: Option<String>,
    /// The language.
    pub language: Option<String>,
    /// The names of the rules that counted.
    pub reasons: Vec<String>,
    /// What each of them brought about; one that came too late for what it says brings nothing.
    pub given: Vec<Given>,
}

/// What one rule brought about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// Its name.
    pub rule: String,
    /// What.
    pub does: Does,
}

/// What a rule can bring about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Does {
    /// No card.
    Silent,
    /// When a record opens by itself.
    Open(OpenPolicy),
    /// Which record opens.
    Records,
    /// The customer is very important.
    Vip,
    /// The priority.
    Priority(String),
    /// The queue.
    Queue(String),
    /// The language.
    Language(String),
}

impl PartialEq for Rules {
    fn eq(&self, other: &Self) -> bool {
        self.rules == other.rules
    }
}

impl Rules {
    /// Compiles rules that were checked when their file was read; a condition that is none counts
    /// for nothing.
    pub fn of(rules: &[Rule]) -> Self {
        let known = |rule: &&Rule| {
            rule.when
                .as_deref()
                .is_none_or(|it| Expr::compile(it).is_ok())
        };
        let rules: Vec<Rule> = rules.iter().filter(known).cloned().collect();
        let compiled = |rule: &Rule| rule.when.as_deref().and_then(|it| Expr::compile(it).ok());
        Self {
            conditions: Arc::new(rules.iter().map(compiled).collect()),
            rules,
        }
    }

    /// The rules of the settings in force; where machine policy says when records open, no rule
    /// says otherwise (rule C1).
    pub fn in_force(settings: &Settings, locked: &[String], by_bundle: &[String]) -> Self {
        let rules = Self::of(&settings.rules);
        let set = |names: &[String]| names.iter().any(|name| name == "pop.open");
        if set(locked) && !set(by_bundle) {
            return rules.without_opening();
        }
        rules
    }

    /// The same rules, none of which opens anything where the policy does not.
    #[must_use]
    pub fn without_opening(mut self) -> Self {
        for rule in &mut self.rules {
            rule.open = None;
        }
        self
    }

    /// What they come to for a card.
    pub fn ruling(&self, pop: &Pop, agent: Option<&str>, now: Moment) -> Ruling {
        let mut ruling = Ruling::default();
        if self.rules.is_empty() {
            return ruling;
        }
        let facts = facts(pop, agent, now);
        let members = facts.as_object().into_iter().flatten();
        let scope = members.fold(Scope::new(), |scope, (name, value)| scope.with(name, value));
        for (rule, condition) in self.rules.iter().zip(self.conditions.iter()) {
            let counts = condition
                .as_ref()
                .is_none_or(|it| it.eval_bool(&scope) == Ok(true));
            if counts {
                ruling.add(rule);
            }
        }
        ruling
    }
}

impl Ruling {
    fn add(&mut self, rule: &Rule) {
        let mut does = Vec::new();
        if rule.pop == Some(false) && !self.silent {
            self.silent = true;
            does.push(Does::Silent);
        }
        if let (None, Some(open)) = (self.open, rule.open.map(OpenPolicy::from)) {
            self.open = Some(open);
            does.push(Does::Open(open));
        }
        if let (true, Some(records)) = (self.records.is_empty(), &rule.records) {
            self.records = records.iter().copied().map(RecordKind::from).collect();
            does.push(Does::Records);
        }
        if rule.vip == Some(true) && !self.vip {
            self.vip = true;
            does.push(Does::Vip);
        }
        let mut first = |known: &mut Option<String>, said: &Option<String>, what: fn(_) -> Does| {
            if let (None, Some(said)) = (&known, said) {
                *known = Some(said.clone());
                does.push(what(said.clone()));
            }
        };
        first(&mut self.priority, &rule.priority, Does::Priority);
        first(&mut self.queue, &rule.queue, Does::Queue);
        first(&mut self.language, &rule.language, Does::Language);
        self.reasons.push(rule.name.clone());
        let given = does.into_iter().map(|does| Given {
            rule: rule.name.clone(),
            does,
        });
        self.given.extend(given);
    }
}

/// What rules can read: as those of writes, and beside it the cases and what more is known.
fn facts(pop: &Pop, agent: Option<&str>, now: Moment) -> Value {
    let mut facts = facts_of(pop, agent, now);
    let Some(members) = facts.as_object_mut() else {
        return facts;
    };
    members.remove("write");
    if let Some(((connection, hit), customer)) = pop.customer().zip(members.get_mut("customer"))
        && let Some(customer) = customer.as_object_mut()
    {
        customer.insert("vip".to_owned(), hit.customer.vip.into());
        let texts = [
            ("kind", &hit.customer.kind),
            ("company", &hit.customer.company),
            ("region", &hit.customer.region),
        ];
        for (name, text) in texts {
            if let Some(text) = text {
                customer.insert(name.to_owned(), text.clone().into());
            }
        }
        let lookup = pop.lookup(connection);
        if let Some(Part::Ready(listed)) = lookup.map(|lookup| &lookup.cases) {
            let cases: Vec<Value> = listed.items.iter().map(case).collect();
            members.insert("cases".to_owned(), cases.into());
        }
    }
    let matches: usize = pop.lookups.iter().map(|lookup| lookup.hits.len()).sum();
    members.insert("matches".to_owned(), matches.into());
    facts
}

fn case(case: &Case) -> Value {
    let mut told = json!({ "id": case.id, "open": case.open });
    let texts = [
        ("number", case.number.clone()),
        ("subject", case.subject.clone()),
        ("status", case.status.clone()),
        (
            "priority",
            case.priority.map(|priority| priority.word().to_owned()),
        ),
    ];
    if let Some(members) = told.as_object_mut() {
        let texts = texts.into_iter();
        members.extend(texts.filter_map(|(name, text)| Some((name.to_owned(), text?.into()))));
    }
    told
}
