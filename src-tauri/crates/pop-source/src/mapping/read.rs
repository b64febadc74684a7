//! One delivery read by a file: which rule it is, its elements, and their events.

use std::collections::BTreeSet;

use pop_core::expr::{NoValue, Scope};
use pop_core::interaction::Event;
use pop_core::json;
use pop_core::phone::PhoneRules;
use serde_json::{Map, Value};

use crate::delivery::{Delivery, form};
use crate::made_id::{made_id, short_id};
use crate::mapping::event::{self, Made};
use crate::mapping::language::{BodyForm, Language, Rule};
use crate::mapping::memory::{Draft, Memory};
use crate::mapping::reading::{Level, Reading};
use crate::mapping::{Ignored, LIMITS, LeftOut, Read, Unreadable, Why, snapshot, state};

/// The expressions that had a value, by line and key: what samples are measured by.
pub(super) type Filled = BTreeSet<(usize, String)>;

/// The most events of one delivery: a batch of a busy site, not a flood.
const MOST_EVENTS: usize = 1_000;

/// Everything that stays the same while one delivery is read, and what comes out.
pub(super) struct Reader<'r> {
    pub(super) language: &'r Language,
    pub(super) delivery: &'r Delivery<'r>,
    pub(super) rules: &'r PhoneRules,
    pub(super) draft: Draft<'r>,
    pub(super) out: Read,
    filled: Option<&'r mut Filled>,
    /// The shared values of each level that is being read, outermost first.
    computed: Vec<(Level, Map<String, Value>)>,
}

pub(super) fn read<'r>(
    language: &'r Language,
    delivery: &'r Delivery<'r>,
    memory: &'r dyn Memory,
    rules: &'r PhoneRules,
    filled: Option<&'r mut Filled>,
) -> Result<Read, Unreadable> {
    let mut reader = Reader {
        language,
        delivery,
        rules,
        draft: Draft::of(memory),
        out: Read::default(),
        filled,
        computed: Vec::new(),
    };
    let scope = reader.with_calcs(delivery_scope(language, delivery)?, Level::Delivery);
    let Some(rule) = reader.rule(&scope) else {
        return Err(Unreadable {
            key: "delivery".to_owned(),
            line: 0,
            why: "no [delivery] of the file has a `when` that is true for this".to_owned(),
        });
    };
    if let Some(why) = &rule.ignore {
        reader.note(rule.line, &rule.name);
        reader.ignore(rule, Why::Said(why.clone()));
    } else {
        reader.elements(rule, scope)?;
    }
    let Reader { draft, mut out, .. } = reader;
    out.changes = draft.into_changes();
    Ok(out)
}

fn delivery_scope(language: &Language, delivery: &Delivery<'_>) -> Result<Scope, Unreadable> {
    let body = body(language, delivery.body)?;
    let mut scope = language.scope().with("body", &body);
    if language.reads.query {
        let query = form(delivery.query().as_bytes()).and_then(unique);
        scope.bind("query", &Value::Object(query.unwrap_or_default()));
    }
    if language.reads.headers {
        scope.bind("headers", &Value::Object(headers(delivery)));
    }
    if language.reads.now {
        scope.bind("now", &Value::String(delivery.received.rfc3339()));
    }
    Ok(scope)
}

/// The headers by name in lower case; several of one name are one, as HTTP has it.
fn headers(delivery: &Delivery<'_>) -> Map<String, Value> {
    let mut headers: Map<String, Value> = Map::new();
    for (name, value) in delivery.headers {
        let name = name.to_ascii_lowercase();
        let text = String::from_utf8_lossy(value).into_owned();
        match headers.get_mut(&name) {
            Some(Value::String(known)) => *known = format!("{known}, {text}"),
            Some(_) | None => {
                headers.insert(name, Value::String(text));
            }
        }
    }
    headers
}

/// The body, or the one that it has as a text inside.
fn body(language: &Language, bytes: &[u8]) -> Result<Value, Unreadable> {
    let outer = parsed(language.body, bytes)?;
    let inside = language.inside.as_deref().and_then(|name| outer.get(name));
    match inside.and_then(Value::as_str) {
        Some(text) => parsed(BodyForm::Json, text.as_bytes()),
        None => Ok(outer),
    }
}

fn parsed(form_of_body: BodyForm, bytes: &[u8]) -> Result<Value, Unreadable> {
    let fault = |why: String| Unreadable {
        key: "body".to_owned(),
        line: 0,
        why,
    };
    match form_of_body {
        BodyForm::Json => json::parse(bytes, LIMITS).map_err(|error| {
            let (line, column) = (error.line, error.column);
            fault(format!(
                "at line {line}, column {column} of the body: {}",
                error.fault
            ))
        }),
        BodyForm::Form => {
            if bytes.len() > LIMITS.max_bytes {
                return Err(fault(format!("longer than {} bytes", LIMITS.max_bytes)));
            }
            form(bytes)
                .and_then(unique)
                .map(Value::Object)
                .ok_or_else(|| fault("not a form, or one name stands twice".to_owned()))
        }
    }
}

/// Pairs as an object; `None` when a name stands twice.
fn unique(pairs: Vec<(String, String)>) -> Option<Map<String, Value>> {
    let mut members = Map::new();
    for (name, value) in pairs {
        if members.insert(name, Value::String(value)).is_some() {
            return None;
        }
    }
    Some(members)
}

impl<'r> Reader<'r> {
    /// The first rule that is meant by this delivery.
    fn rule(&mut self, scope: &Scope) -> Option<&'r Rule> {
        let language = self.language;
        language.rules.iter().find(|rule| match &rule.when {
            Some(when) => self.is_true(when, scope),
            None => true,
        })
    }

    fn elements(&mut self, rule: &'r Rule, scope: Scope) -> Result<(), Unreadable> {
        let Some(each) = &rule.each else {
            return self.element(rule, &scope);
        };
        let list = each.expr.eval_list(&scope).map_err(|why| Unreadable {
            key: each.key.clone(),
            line: each.line,
            why: why.to_string(),
        })?;
        self.note(each.line, &each.key);
        for it in &list {
            let scope = self.with_calcs(scope.clone().with("it", it), Level::Element);
            self.element(rule, &scope)?;
        }
        Ok(())
    }

    fn element(&mut self, rule: &'r Rule, scope: &Scope) -> Result<(), Unreadable> {
        if let Some(snapshot) = &rule.snapshot {
            return snapshot::read(self, rule, snapshot, scope);
        }
        if !self.is_meant(rule, scope) {
            self.ignore(rule, Why::NotMeant);
            return Ok(());
        }
        let made = event::make(self, rule, scope)?;
        if self.language.tracks() {
            return state::apply(self, rule, made);
        }
        self.push(rule, made, None)
    }

    pub(super) fn is_meant(&mut self, rule: &Rule, scope: &Scope) -> bool {
        match &rule.only {
            Some(only) => self.is_true(only, scope),
            None => true,
        }
    }

    /// Takes an event; `made_from` names it when the platform does not.
    pub(super) fn push(
        &mut self,
        rule: &Rule,
        made: Made,
        made_from: Option<String>,
    ) -> Result<(), Unreadable> {
        if self.out.events.len() == MOST_EVENTS {
            return Err(Unreadable {
                key: format!("delivery.{}", rule.name),
                line: rule.line,
                why: format!("more than {MOST_EVENTS} events in one delivery"),
            });
        }
        let Made { mut event, id, .. } = made;
        event.id = match (id, made_from) {
            (Some(id), _) => id,
            (None, Some(words)) => short_id(words),
            (None, None) => {
                let place = format!("{}:{}:", rule.name, self.out.events.len());
                let words = [place.as_bytes(), self.delivery.body].concat();
                made_id(&words, self.delivery.received)
            }
        };
        if !event.names_interaction {
            event.key.id.clone_from(&event.id);
        }
        self.out.events.push(event);
        Ok(())
    }

    /// The events so far.
    pub(super) fn events(&self) -> &[Event] {
        &self.out.events
    }

    pub(super) fn ignore(&mut self, rule: &Rule, why: Why) {
        self.out.ignored.push(Ignored {
            delivery: rule.name.clone(),
            why,
        });
    }

    pub(super) fn leave_out(&mut self, reading: &Reading, why: impl Into<String>) {
        self.out.left_out.push(LeftOut {
            key: reading.key.clone(),
            line: reading.line,
            why: why.into(),
        });
    }

    /// The value of an expression; `None` for none, whatever the reason, which is noted when it is
    /// not simply that a key is absent.
    pub(super) fn value(&mut self, reading: &Reading, scope: &Scope) -> Option<Value> {
        match reading.expr.eval(scope) {
            Ok(Value::Null)
            | Err(NoValue::MissingKey(_) | NoValue::Absent | NoValue::UnknownName(_)) => None,
            Ok(value) => {
                self.note(reading.line, &reading.key);
                Some(value)
            }
            Err(why @ (NoValue::WrongType(_) | NoValue::Failed(_) | NoValue::TooMuchWork)) => {
                self.leave_out(reading, why.to_string());
                None
            }
        }
    }

    /// Whether a condition is true; anything else is not.
    fn is_true(&mut self, reading: &Reading, scope: &Scope) -> bool {
        let truth = reading.expr.eval_bool(scope) == Ok(true);
        if truth {
            self.note(reading.line, &reading.key);
        }
        truth
    }

    /// The scope with every `calc` that has a value here. Those of the levels outside are there
    /// already, in the values and in the scope alike.
    pub(super) fn with_calcs(&mut self, mut scope: Scope, level: Level) -> Scope {
        let language = self.language;
        self.computed.retain(|(outer, _)| *outer < level);
        let last = self.computed.last().map(|(last, _)| *last);
        let is_due = |at: Level| at <= level && last.is_none_or(|last| at > last);
        if last.is_some() && !language.calcs.iter().any(|calc| is_due(calc.level)) {
            return scope;
        }
        let outer = self.computed.last().map(|(_, values)| values.clone());
        let mut values = outer.unwrap_or_default();
        let mut is_bound = false;
        for calc in language.calcs.iter().filter(|calc| is_due(calc.level)) {
            if calc.uses_others && !is_bound {
                scope.bind("calc", &Value::Object(values.clone()));
                is_bound = true;
            }
            if let Ok(value) = calc.reading.expr.eval(&scope) {
                if !value.is_null() {
                    self.note(calc.reading.line, &calc.reading.key);
                }
                values.insert(calc.name.clone(), value);
                is_bound = false;
            }
        }
        if !is_bound {
            scope.bind("calc", &Value::Object(values.clone()));
        }
        self.computed.push((level, values));
        scope
    }

    pub(super) fn note(&mut self, line: usize, key: &str) {
        if let Some(filled) = &mut self.filled {
            filled.insert((line, key.to_owned()));
        }
    }
}
