//! One request, or several steps, as a definition spells them: compiled, with every name checked.
//!
//! How they are written and sent is in `run`.

use std::collections::BTreeSet;
use std::sync::Arc;

use pop_core::http::Method;

use crate::file::section::Section;
use crate::file::tree::Place;
use crate::language::circles::check_steps;
use crate::language::dialect::Dialect;
use crate::language::json::Json;
use crate::language::names::{ANSWER, Needs, Reach};
use crate::language::reading::Reading;
use crate::language::shared::{check_locals, check_names, header_name, read_calcs, read_texts};
use crate::language::target::read_call;
use crate::language::text::{Text, template};
use pop_core::template::{Name, Template};

/// What is asked in one place of a definition: one request, or steps that build on each other.
#[derive(Debug)]
pub(crate) struct Asking {
    pub(crate) place: Place,
    /// Where it stands, as the definition calls it: `find.phone`, `action.create_case`.
    pub(crate) call: String,
    /// Whether it is an action: its requests change something, unless they are GETs.
    pub(crate) acts: bool,
    pub(crate) when: Option<Reading>,
    pub(crate) steps: Vec<Step>,
    /// Texts and values of this place alone.
    pub(crate) texts: Vec<(String, Text)>,
    pub(crate) calcs: Vec<(String, Arc<Reading>)>,
    /// What must be known before its `when` can be decided.
    pub(crate) needs: Needs,
}

/// One request of an [`Asking`]; a single one has no name.
#[derive(Debug)]
pub(crate) struct Step {
    pub(crate) name: Option<String>,
    pub(crate) method: Method,
    pub(crate) target: Template,
    pub(crate) query: Vec<(String, Text)>,
    pub(crate) form: Vec<(String, Text)>,
    pub(crate) json: Option<Json>,
    pub(crate) headers: Vec<(String, Template)>,
    pub(crate) when: Option<Reading>,
    pub(crate) ok: Option<Reading>,
    pub(crate) repeat: Option<Repeat>,
    pub(crate) texts: Vec<(String, Text)>,
    pub(crate) calcs: Vec<(String, Arc<Reading>)>,
    pub(crate) needs: Needs,
}

/// One request per element of a list.
#[derive(Debug)]
pub(crate) struct Repeat {
    pub(crate) list: Reading,
    pub(crate) max: usize,
}

/// How many requests `for` sends at most when the definition does not say.
const REPEAT: usize = 5;
/// The most that it may say: each is a call to the CRM.
const REPEAT_LIMIT: usize = 20;
/// Headers that are the engine's own, so that a definition cannot move a credential.
const OWN_HEADERS: &[&str] = &[
    "authorization",
    "host",
    "content-length",
    "transfer-encoding",
    "connection",
    "cookie",
    "proxy-authorization",
    "accept-encoding",
    "traceparent",
    "te",
    "upgrade",
];

/// What the key `form` says in one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FormKey {
    /// The body of the request.
    Body,
    /// What a person fills in; the caller has read it.
    Fields,
}

impl Asking {
    /// Reads the keys of a request, or its steps; the caller reads what is particular to it.
    pub(crate) fn read<'k>(
        section: &Section<'_>,
        reach: &Reach<'k>,
        dialects: &[Arc<Dialect>],
    ) -> Option<(Self, Reach<'k>)> {
        Self::read_as(FormKey::Body, section, reach, dialects)
    }

    /// The same for an action, whose `form` is for people.
    pub(crate) fn read_action<'k>(
        section: &Section<'_>,
        reach: &Reach<'k>,
        dialects: &[Arc<Dialect>],
    ) -> Option<(Self, Reach<'k>)> {
        Self::read_as(FormKey::Fields, section, reach, dialects)
    }

    fn read_as<'k>(
        form: FormKey,
        section: &Section<'_>,
        reach: &Reach<'k>,
        dialects: &[Arc<Dialect>],
    ) -> Option<(Self, Reach<'k>)> {
        let texts = read_texts(section, dialects);
        let calcs = read_calcs(section);
        let mut reach = reach.clone();
        reach.texts.extend(texts.iter().cloned());
        reach.calcs.extend(calcs.iter().cloned());
        check_locals(section, &reach);
        let when = Reading::at(section, "when", &reach);
        let needs = reach.needs(when.iter().flat_map(Reading::paths));
        let (steps, after) = if section.has("step") {
            read_steps(form, section, &reach, dialects)
        } else {
            let step = Step::read(None, form, section, &reach, dialects)?;
            (vec![step], reach.and(ANSWER))
        };
        let asking = Self {
            place: section.place,
            call: section.path.clone(),
            acts: form == FormKey::Fields,
            when,
            steps,
            texts,
            calcs,
            needs,
        };
        Some((asking, after))
    }

    /// Every name that templates place and that must have a value.
    pub(crate) fn placed<'a>(&'a self, reach: &'a Reach<'_>) -> BTreeSet<&'a str> {
        let mut found = BTreeSet::new();
        for step in &self.steps {
            let names = step.names().filter(|name| !name.is_optional());
            for name in names {
                gather_placed(name.path(), reach, &mut found, 0);
            }
        }
        found
    }

    /// Every name that its templates place.
    pub(crate) fn names(&self) -> impl Iterator<Item = &Name> {
        self.steps.iter().flat_map(Step::names)
    }

    /// What must be known before all of it can be sent.
    pub(crate) fn all_needs(&self) -> Needs {
        let mut needs = self.needs.clone();
        for step in &self.steps {
            needs.join(&step.needs);
        }
        needs
    }

    /// Whether a step of it changes something, so that it is never sent twice by itself.
    pub(crate) fn writes(&self, step: &Step) -> bool {
        self.acts && step.method != Method::Get
    }

    pub(crate) fn is_read_only(&self) -> bool {
        self.steps
            .iter()
            .all(|step| matches!(step.method, Method::Get | Method::Post))
    }

    /// Whether the address itself names somebody, so that the server filters nothing.
    pub(crate) fn addresses(&self, root: &str) -> bool {
        let prefix = format!("{root}.");
        let names = self.steps.iter().flat_map(|step| step.target.names());
        names
            .into_iter()
            .any(|name| name.path().starts_with(&prefix))
    }
}

fn gather_placed<'a>(
    path: &'a str,
    reach: &'a Reach<'_>,
    found: &mut BTreeSet<&'a str>,
    depth: usize,
) {
    if !found.insert(path) || depth > 32 {
        return;
    }
    if let Some(text) = path.strip_prefix("text.").and_then(|name| reach.text(name)) {
        for name in text.names().filter(|name| !name.is_optional()) {
            gather_placed(name.path(), reach, found, depth + 1);
        }
    }
}

fn read_steps<'k>(
    form: FormKey,
    section: &Section<'_>,
    reach: &Reach<'k>,
    dialects: &[Arc<Dialect>],
) -> (Vec<Step>, Reach<'k>) {
    let of_one = [
        "call", "query", "form", "json", "headers", "ok", "for", "max",
    ];
    let is_own = |key: &&str| form == FormKey::Body || *key != "form";
    for key in of_one.into_iter().filter(is_own) {
        if let Some(node) = section.table.get(key) {
            section.fault(node, key, "this key inside a step, since there are steps");
            section.node(key);
        }
    }
    let steps = section
        .section("step")
        .map(|section| section.sections())
        .unwrap_or_default();
    let mut reach = reach.and(&["step"]);
    reach.steps = steps.iter().map(|(name, _)| (*name).to_owned()).collect();
    let mut list = Vec::new();
    for (name, section) in steps {
        list.extend(Step::read(
            Some(name.to_owned()),
            FormKey::Body,
            &section,
            &reach,
            dialects,
        ));
        section.finish();
    }
    check_steps(section, &list);
    (list, reach)
}

impl Step {
    fn read(
        name: Option<String>,
        form: FormKey,
        section: &Section<'_>,
        reach: &Reach<'_>,
        dialects: &[Arc<Dialect>],
    ) -> Option<Self> {
        let is_step = name.is_some();
        let mut reach = if is_step {
            reach.and(&["one"])
        } else {
            reach.clone()
        };
        let (mut texts, mut calcs) = (Vec::new(), Vec::new());
        let mut when = None;
        if is_step {
            texts = read_texts(section, dialects);
            calcs = read_calcs(section);
            reach.texts.extend(texts.iter().cloned());
            reach.calcs.extend(calcs.iter().cloned());
            check_locals(section, &reach);
            when = Reading::at(section, "when", &reach);
        }
        let call = read_call(section, &reach);
        let query = read_texts_of(section, "query", &reach, dialects);
        let form = match form {
            FormKey::Body => read_texts_of(section, "form", &reach, dialects),
            FormKey::Fields => Vec::new(),
        };
        let json = section
            .node("json")
            .and_then(|node| Json::read(section, "json", node, &reach));
        let headers = read_headers(section, &reach);
        let ok = Reading::at(section, "ok", &reach.and(ANSWER));
        let repeat = is_step.then(|| read_repeat(section, &reach)).flatten();
        let (method, target) = call?;
        if method == Method::Get && (json.is_some() || !form.is_empty()) {
            section.missing("call", "POST, PATCH or PUT for a request with a body");
        }
        if json.is_some() && !form.is_empty() {
            section.missing("json", "either json or form");
        }
        let mut step = Self {
            name,
            method,
            target,
            query,
            form,
            json,
            headers,
            when,
            ok,
            repeat,
            texts,
            calcs,
            needs: Needs::default(),
        };
        let placed = step.names().map(Name::path);
        let read = [&step.when, &step.ok]
            .into_iter()
            .flatten()
            .flat_map(Reading::paths);
        let repeated = step.repeat.iter().flat_map(|repeat| repeat.list.paths());
        step.needs = reach.needs(placed.chain(read).chain(repeated));
        Some(step)
    }

    /// Every name that its templates place.
    pub(crate) fn names(&self) -> impl Iterator<Item = &Name> {
        let texts = self
            .query
            .iter()
            .chain(&self.form)
            .flat_map(|(_, text)| text.names());
        let headers = self
            .headers
            .iter()
            .flat_map(|(_, template)| template.names());
        let mut in_json = Vec::new();
        if let Some(json) = &self.json {
            json.gather(&mut in_json);
        }
        self.target
            .names()
            .chain(texts)
            .chain(headers)
            .chain(in_json)
    }
}

fn read_repeat(section: &Section<'_>, reach: &Reach<'_>) -> Option<Repeat> {
    let max = section.count("max").unwrap_or(REPEAT);
    if max > REPEAT_LIMIT
        && let Some(node) = section.table.get("max")
    {
        section.fault(node, "max", "at most 20 requests for one list");
    }
    let list = Reading::at(section, "for", reach)?;
    Some(Repeat { list, max })
}

fn read_texts_of(
    section: &Section<'_>,
    key: &str,
    reach: &Reach<'_>,
    dialects: &[Arc<Dialect>],
) -> Vec<(String, Text)> {
    let Some(inner) = section.section(key) else {
        return Vec::new();
    };
    let mut list = Vec::new();
    for (name, node) in inner.members() {
        if let Some(text) = Text::read(&inner, name, node, dialects) {
            text.check(&inner, name, node, reach);
            list.push((name.to_owned(), text));
        }
    }
    list
}

fn read_headers(section: &Section<'_>, reach: &Reach<'_>) -> Vec<(String, Template)> {
    let Some(inner) = section.section("headers") else {
        return Vec::new();
    };
    let mut list = Vec::new();
    for (name, node) in inner.members() {
        let Some(spot) = inner.text(name) else {
            continue;
        };
        let Some(lower) = header_name(name).filter(|name| !OWN_HEADERS.contains(&name.as_str()))
        else {
            inner.fault(
                node,
                name,
                "the name of a header that is not the engine's own",
            );
            continue;
        };
        if let Some(template) = template(&inner, name, spot) {
            check_names(&inner, name, spot.place, &template, reach);
            list.push((lower, template));
        }
    }
    list
}
