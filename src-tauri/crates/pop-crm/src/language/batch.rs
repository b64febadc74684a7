//! `[batch]`: how reads that are ready at the same moment travel as one request.
//!
//! What may travel so, and how the answers come back to who asked, is in `run::batch`. Writes are
//! never of it: each has an outcome of its own.

use pop_core::http::Method;
use pop_core::template::Template;
use regex::Regex;

use crate::file::section::Section;
use crate::language::dialect::read_patterns;
use crate::language::json::Json;
use crate::language::names::{ANSWER, Known, Reach};
use crate::language::reading::Reading;
use crate::language::target::read_call;

/// One request that carries several.
#[derive(Debug)]
pub(crate) struct BatchPart {
    pub(crate) method: Method,
    pub(crate) target: Template,
    /// The envelope, with `{parts}` in it.
    pub(crate) json: Json,
    /// One request in the envelope.
    pub(crate) part: Json,
    /// The most requests in one envelope.
    pub(crate) max: usize,
    /// What no request in the envelope may hold, since the server would read it as its own.
    pub(crate) refuse: Vec<Regex>,
    pub(crate) ok: Option<Reading>,
    /// The list of answers.
    pub(crate) each: Reading,
    pub(crate) name: Reading,
    pub(crate) status: Reading,
    pub(crate) body: Reading,
}

/// Requests in one envelope when the definition does not say.
const MAX: usize = 5;
/// The most that it may say: a lookup never has more.
const MAX_LIMIT: usize = 50;

impl BatchPart {
    pub(crate) fn read(section: &Section<'_>, known: &Known) -> Option<Self> {
        let reach = Reach {
            roots: ["setting", "table"].into(),
            ..Reach::new(known, &[])
        };
        let call = read_call(section, &reach);
        if let (Some((method, target)), Some(spot)) = (&call, section.text("call"))
            && (*method == Method::Get || target.names().next().is_some())
        {
            section.refuse(
                spot,
                "call",
                "POST /path, without names: it is always the same",
            );
        }
        let json = read_json(section, "json", &["parts"], &reach);
        let needed = ["part.name", "part.method", "part.url"];
        let part = read_json(section, "part", &needed, &reach);
        let max = section.count("max").unwrap_or(MAX);
        if let Some(node) = section.table.get("max").filter(|_| max > MAX_LIMIT) {
            section.fault(node, "max", "at most 50 requests in one");
        }
        let refuse = read_patterns(section, "refuse");
        let after = reach.and(ANSWER);
        let ok = Reading::at(section, "ok", &after);
        let each = need(section, "each", "where the answers are", &after);
        let row = after.and(&["it"]);
        let answer = section.section("answer");
        if answer.is_none() {
            section.missing("answer", "{ name, status, body } of one answer");
        }
        let (name, status, body) = answer.map_or((None, None, None), |answer| {
            let read = |key: &str| need(&answer, key, "what of an answer it is", &row);
            let read = (read("name"), read("status"), read("body"));
            answer.finish();
            read
        });
        let (method, target) = call?;
        Some(Self {
            method,
            target,
            json: json?,
            part: part?,
            max,
            refuse,
            ok,
            each: each?,
            name: name?,
            status: status?,
            body: body?,
        })
    }

    /// Whether a request with a body can be said.
    pub(crate) fn carries_bodies(&self) -> bool {
        self.part.places("part.json")
    }
}

fn need(section: &Section<'_>, key: &str, expected: &str, reach: &Reach<'_>) -> Option<Reading> {
    if !section.has(key) {
        section.missing(key, expected);
    }
    Reading::at(section, key, reach)
}

/// A tree in which every one of these names is placed.
fn read_json(
    section: &Section<'_>,
    key: &'static str,
    placed: &[&str],
    reach: &Reach<'_>,
) -> Option<Json> {
    let root = if key == "json" { "parts" } else { "part" };
    let json = section
        .node(key)
        .and_then(|node| Json::read(section, key, node, &reach.and(&[root])));
    for name in placed {
        if !json.as_ref().is_some_and(|json| json.places(name)) {
            let expected = format!("a tree with \"{{{name}}}\" as one of its values");
            section.missing(key, &expected);
        }
    }
    json
}
