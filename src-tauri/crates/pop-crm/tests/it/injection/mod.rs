//! Whatever a value holds, the CRM reads exactly one literal with exactly that value, and around
//! it what it reads for a harmless one.
//!
//! The definitions are the product's own. What they send is read back by small parsers in this
//! folder, each written from the grammar of its language and none from the way we escape.

mod encoded;
mod lucene;
mod odata;
mod search;
mod soql;
mod wire;

use std::fmt;

use futures_util::FutureExt;
use pop_core::identifier::{Identifier, Value as Wanted};
use pop_crm::{Context, built_in};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::json;

use crate::support::{Desk, Reply, email, external_id};
use crate::vendors::filled_in;
use wire::Sent;

/// What a parser makes of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A word, an operator, a bracket: the structure.
    Fixed(String),
    /// A value.
    Literal(String),
}

/// A text that is no query of its language.
#[derive(Debug)]
pub(super) struct Broken(pub(super) String);

impl fmt::Display for Broken {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "not a query: {}", self.0)
    }
}

pub(super) type Parsed = Result<Vec<Token>, Broken>;

/// The language of a query parameter of a definition; any other is a value as a whole.
fn language(definition: &str, parameter: &str) -> Option<fn(&str) -> Parsed> {
    match (definition, parameter) {
        ("salesforce", "q") => Some(soql::parse),
        ("dynamics", "$filter") => Some(odata::parse),
        ("servicenow", "sysparm_query") => Some(encoded::parse),
        ("zendesk", "query") => Some(search::parse),
        ("zammad", "query") => Some(lucene::parse),
        _ => None,
    }
}

/// Values from the fixtures of the integration reference, and some more.
const HOSTILE: &[&str] = &[
    "O'Neil",
    "x\"y",
    "\\",
    "\\'",
    "' OR Name != '",
    "\" OR \"\"=\"",
    "''",
    "\"\"",
    "^",
    "^^",
    "^ORactive=true",
    "a^NQactive=true",
    "a^ORDERBYname",
    "%",
    "%27",
    "%_[]",
    "_",
    "*",
    "a*b?",
    "{}",
    "{x}",
    "@{ref.id}",
    "javascript:1",
    " javascript:gs.getUserID()",
    "a OR 1=1",
    "a AND b",
    "a,b",
    ",",
    "(x)",
    ")",
    "') or (1 eq 1",
    "' or 1 eq 1 or 'a' eq '",
    "role:admin",
    "\" role:admin",
    "a\" -type:user",
    "a) OR (id:*",
    "/.*/",
    "a~2",
    "a^2",
    "[a TO z]",
    "a&b=c",
    "a&limit=1",
    "a?b#c",
    "a/b",
    "../..",
    "a;b",
    "$filter=1",
    "a\tb",
    "a\nb",
    "a\rb",
    "a\u{0}b",
    "\u{8}\u{c}",
    "\u{202e}evil",
    "ẞ😀",
    "e\u{301}",
    "true",
    "null",
    "12345",
];

/// What is sent when somebody is looked up or searched.
fn sent(id: &str, desk: &Desk, asked: &Asked) -> Vec<Sent> {
    let before = desk.crm.seen().len();
    let context = Context {
        fresh: true,
        ..Context::default()
    };
    // It does not matter what comes of it, only what was sent.
    match asked {
        Asked::Lookup(identifier) => {
            let found = desk.connection.find(identifier, &context);
            assert!(found.now_or_never().is_some(), "nothing waits");
        }
        Asked::Words(words) => {
            let found = desk.connection.search(words, &context);
            assert!(found.now_or_never().is_some(), "nothing waits");
        }
    }
    let seen = desk.crm.seen();
    let parameter = |name: &str| language(id, name);
    let read = |seen: &crate::support::Seen| {
        Sent::read(seen, parameter).unwrap_or_else(|broken| panic!("{id}: {broken}"))
    };
    seen[before..].iter().map(read).collect()
}

/// What is asked for.
#[derive(Clone, Debug)]
enum Asked {
    Lookup(Identifier),
    Words(String),
}

impl Asked {
    /// The forms in which a CRM may be told the value: as it is, or without the signs that have
    /// no spelling in its language.
    fn said(&self, id: &str) -> Vec<String> {
        let value = match self {
            Self::Lookup(identifier) => match &identifier.value {
                Wanted::RecordId(text) | Wanted::ExternalId(text) => text.clone(),
                Wanted::Email(email) => email.as_str().to_owned(),
                Wanted::Phone(phone) => phone.e164().to_owned(),
            },
            Self::Words(words) => words.trim().to_owned(),
        };
        let unsayable: &[char] = match id {
            "zendesk" => &['"', '\\'],
            "hubspot" | "zammad" => &['*'],
            _ => return vec![value],
        };
        vec![value.replace(unsayable, ""), value]
    }
}

/// Tries a value at a definition: what is sent must look like what is sent for a harmless one.
fn holds(id: &str, desk: &Desk, harmless: &Harmless, asked: &Asked) -> Result<usize, String> {
    let said = asked.said(id);
    let requests = sent(id, desk, asked);
    for request in &requests {
        let is_like = |other: &Sent| request.is_like(&said, other, &harmless.said);
        if !harmless.sent.iter().any(is_like) {
            return Err(format!("{id} sends for {asked:?}\n{request:?}"));
        }
    }
    Ok(requests.len())
}

/// What is sent for a value that holds nothing special.
struct Harmless {
    said: Vec<String>,
    sent: Vec<Sent>,
}

impl Harmless {
    fn of(id: &str, desk: &Desk, asked: &Asked) -> Self {
        Self {
            said: asked.said(id),
            sent: sent(id, desk, asked),
        }
    }
}

fn values() -> impl Strategy<Value = String> {
    let pieces = proptest::collection::vec(proptest::sample::select(HOSTILE), 1..5);
    prop_oneof![
        pieces.prop_map(|pieces| pieces.concat()),
        "\\PC{1,40}",
        "[ -~]{1,30}",
        any::<String>(),
        Just("x'\"\\^%_{}*".repeat(30)),
    ]
}

/// Local parts with everything that an address may hold.
fn addresses() -> impl Strategy<Value = String> {
    "[a-z0-9!#$%&'*+/=?^_`{|}~-]{1,24}".prop_map(|local| format!("{local}@b.example"))
}

/// Of nothing there is nothing to say.
fn is_asked(id: &str, asked: &Asked) -> bool {
    !asked.said(id).iter().any(|said| said.trim().is_empty())
}

/// Tries the fixtures and many other values; how many requests went out.
fn try_all(
    id: &str,
    desk: &Desk,
    harmless: &Asked,
    values: impl Strategy<Value = String>,
    ask: impl Fn(&str) -> Asked,
    fixtures: &[&str],
) -> usize {
    let harmless = Harmless::of(id, desk, harmless);
    let mut went_out = 0;
    for value in fixtures {
        let asked = ask(value);
        went_out += holds(id, desk, &harmless, &asked).unwrap_or_else(|fault| panic!("{fault}"));
    }
    let config = Config {
        cases: 64,
        failure_persistence: None,
        ..Config::default()
    };
    let outcome = TestRunner::new(config).run(&values, |value| {
        let asked = ask(&value);
        prop_assume!(is_asked(id, &asked));
        holds(id, desk, &harmless, &asked)
            .map(|_| ())
            .map_err(TestCaseError::fail)
    });
    if let Err(fault) = outcome {
        panic!("{fault}");
    }
    went_out
}

#[test]
fn a_value_is_one_literal_in_every_language_of_every_definition() {
    for (id, text) in built_in() {
        // Nobody is there, so that every find has its turn.
        let desk = filled_in(id, text, |_, _| Reply::status(404));
        let can = desk.connection.capabilities();
        let words = |value: &str| Asked::Words(value.to_owned());
        let number = |value: &str| Asked::Lookup(external_id(value));
        let address = |value: &str| Asked::Lookup(email(value));
        if can.search {
            let went_out = try_all(id, &desk, &words("harmless"), values(), words, HOSTILE);
            assert!(
                went_out > HOSTILE.len() / 2,
                "{id} can say most: {went_out}"
            );
        }
        if can.finds.contains(&pop_core::identifier::Kind::ExternalId) {
            let went_out = try_all(id, &desk, &number("harmless"), values(), number, HOSTILE);
            assert!(
                went_out > HOSTILE.len() / 2,
                "{id} can say most: {went_out}"
            );
        }
        let fixtures = [
            "o'neil@b.example",
            "a^b%c_d{e}*f@b.example",
            "a|b&c=d?e/f@b.example",
        ];
        let harmless = address("harmless@b.example");
        let went_out = try_all(id, &desk, &harmless, addresses(), address, &fixtures);
        assert!(went_out >= 2, "{id} can say addresses: {went_out}");
    }
}

#[test]
fn the_parsers_see_a_value_that_breaks_out() {
    let said = ["a".to_owned()];
    for (id, parameter, harmless, broken_out) in [
        ("salesforce", "q", "X = 'a'", "X = '' OR Name != ''"),
        ("dynamics", "$filter", "x eq 'a'", "x eq '' or 1 eq 1"),
        (
            "servicenow",
            "sysparm_query",
            "x=a^active=true",
            "x=b^ORy=1^active=true",
        ),
        ("servicenow", "sysparm_query", "x=a", "x=javascript:gs.x()"),
        (
            "zendesk",
            "query",
            "type:user \"a\"",
            "type:user \"b\" role:admin \"\"",
        ),
        ("zammad", "query", "email:\"a\"", "email:\"b\" OR id:*"),
    ] {
        let parse = language(id, parameter).expect("the parameter has a language");
        let one = parse(harmless).expect("a query");
        assert!(
            wire::same(&one, &said, &one, &said),
            "{harmless} is as it is"
        );
        let other = parse(broken_out).expect("another query");
        let value = ["' OR Name != '", "b", ""].map(str::to_owned);
        assert!(
            !wire::same(&other, &value, &one, &said),
            "{broken_out} is seen"
        );
    }
    for (id, parameter, text) in [
        ("salesforce", "q", "X = 'a"),
        ("salesforce", "q", "X = 'a\\q'"),
        ("dynamics", "$filter", "x eq 'a"),
        ("servicenow", "sysparm_query", "x=a^^active=true^"),
        ("zendesk", "query", "type:user \"a"),
        ("zammad", "query", "email:\"a"),
    ] {
        let parse = language(id, parameter).expect("the parameter has a language");
        assert!(parse(text).is_err(), "{text} is no query");
    }
    let object = json!({ "q": "a", "in": "ALL" });
    assert!(wire::same_json(&object, &said, &object, &said));
    let more = json!({ "q": "a", "in": "ALL", "x": 1 });
    assert!(!wire::same_json(&more, &said, &object, &said));
}
