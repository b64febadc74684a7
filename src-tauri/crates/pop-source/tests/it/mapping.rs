//! Mapping files: what is said about wrong ones, and what a delivery becomes.

use crate::testkit::noon;
use pop_core::phone::PhoneRules;
use pop_source::delivery::Delivery;
use pop_source::mapping::{Mapping, Notes, Read, Unreadable, Why};

/// A small file; a test changes one thing of it.
const SMALL: &str = r#"language = 1
id     = "small"
name   = "A small platform"
verify = ["header"]

[calc]
who = "body.who"

[delivery.ring]
when        = "body.kind == 'ring'"
what        = "offered"
source      = "'/small'"
interaction = "body.call"
id          = "body.id"
channel     = "voice"
agent.email = "body.agent"
customer.phone = "calc.who.phone"

[delivery.beat]
when   = "body.kind == 'beat'"
ignore = "a heartbeat"

[[sample]]
name = "ring"
body = '{"kind":"ring","id":"r1","call":"c1","agent":"a@example.com","who":{"phone":"+14155550123"}}'
[[sample.events]]
what        = "offered"
id          = "r1"
source      = "/small"
interaction = "c1"
at          = "2026-01-06T15:57:42.000Z"
channel     = "voice"
direction   = "unknown"
agent       = { email = "a@example.com" }
identifiers = ["phone +14155550123 (caller number)"]

[[sample]]
name    = "beat"
body    = '{"kind":"beat"}'
ignored = "beat"
"#;

fn changed(from: &str, to: &str) -> String {
    assert!(SMALL.contains(from), "{from} stands in the small file");
    SMALL.replacen(from, to, 1)
}

/// What is wrong with a file, at load or when its samples run.
fn faults(text: &str) -> Vec<String> {
    match Mapping::load("small.toml", text) {
        Ok(mapping) => mapping.check(),
        Err(faults) => faults,
    }
    .iter()
    .map(ToString::to_string)
    .collect()
}

fn small() -> Mapping {
    Mapping::load("small.toml", SMALL).expect("the small file")
}

pub(crate) fn read(mapping: &Mapping, body: &str) -> Result<Read, Unreadable> {
    read_with(mapping, &Notes::default(), body, &[])
}

pub(crate) fn read_with(
    mapping: &Mapping,
    notes: &Notes,
    body: &str,
    headers: &[(String, Vec<u8>)],
) -> Result<Read, Unreadable> {
    let delivery = Delivery {
        headers,
        body: body.as_bytes(),
        received: noon(),
        url: "https://pop.example.com/small?tenant=1",
    };
    mapping.read(&delivery, notes, &PhoneRules::default())
}

#[test]
fn the_small_file_is_right() {
    assert_eq!(
        faults(SMALL),
        Vec::<String>::new(),
        "the control of what follows"
    );
    let read = read(&small(), r#"{"kind":"beat"}"#).expect("a heartbeat");
    assert_eq!(read.events, []);
    let said = Why::Said("a heartbeat".to_owned());
    assert_eq!(read.ignored[0].why, said, "said in the file's words");
}

#[test]
fn a_wrong_file_says_all_that_is_wrong_and_where() {
    let text = changed("id     = \"small\"", "id     = \"Small\"")
        .replace("verify = [\"header\"]", "verify = [\"hmac\"]\nretries = 3")
        .replace("body.kind == 'ring'", "body.kind = 'ring'")
        .replace("calc.who.phone", "calc.whom.phone")
        .replace("\"body.call\"", "7")
        .replace("\"'/small'\"", "\"origin\"");
    let found = faults(&text);
    for (line, key, words) in [
        (2, "id", "at most 64 of a-z, 0-9 and -"),
        (
            4,
            "verify",
            "one of standard, zoom, twilio, zendesk, talkdesk, header",
        ),
        (5, "retries", "an unknown key"),
        (11, "delivery.ring.when", "line 1, column"),
        (
            13,
            "delivery.ring.source",
            "`origin`, expected one of headers, body",
        ),
        (
            14,
            "delivery.ring.interaction",
            "found 7, expected text in quotes",
        ),
        (
            18,
            "delivery.ring.customer.phone",
            "`calc.whom`, expected who",
        ),
    ] {
        let head = format!("small.toml:{line}: {key}: ");
        let is_there = |fault: &String| fault.starts_with(&head) && fault.contains(words);
        assert!(found.iter().any(is_there), "{head}{words}\n{found:#?}");
    }
    assert_eq!(found.len(), 7, "and nothing else: {found:#?}");
}

#[test]
fn what_a_rule_cannot_do_without_is_asked_for() {
    for (from, expected) in [
        ("what        = \"offered\"\n", "delivery.ring.what"),
        ("channel     = \"voice\"\n", "delivery.ring.channel"),
        ("source      = \"'/small'\"\n", "delivery.ring.source"),
        ("agent.email = \"body.agent\"\n", "delivery.ring.agent"),
        ("language = 1\n", "language"),
        ("verify = [\"header\"]\n", "verify"),
    ] {
        // What stands in samples is looked for after the rules.
        let found = faults(&changed(from, ""));
        let named = found.iter().any(|fault| fault.contains(expected));
        assert!(named, "{expected}\n{found:#?}");
    }
}

#[test]
fn a_sample_that_is_not_met_says_what_was_found() {
    let found = faults(&changed("interaction = \"c1\"", "interaction = \"c2\""));
    let expected = "small.toml:26: sample[0].events[0].interaction: found \"c1\", expected \"c2\"";
    assert_eq!(found, [expected]);
    let found = faults(&changed("direction   = \"unknown\"\n", ""));
    assert_eq!(
        found.len(),
        1,
        "what a sample does not say must not be there"
    );
    let found = faults(&changed("ignored = \"beat\"", "refused = \"body\""));
    assert!(found[0].contains("found 0 events in \"beat\""), "{found:?}");
}

#[test]
fn a_key_that_no_sample_fills_is_a_fault() {
    let found = faults(&changed(
        "customer.phone",
        "customer.name = \"body.nmae\"\ncustomer.phone",
    ));
    let expected = "small.toml:17: delivery.ring.customer.name: found never a value, \
                    expected a [[sample]] in which it has a value";
    assert_eq!(found, [expected]);
    let unmet = "[delivery.other]\nwhen = \"body.kind == 'x'\"\nignore = \"x\"\n\n[[sample]]\nname = \"ring\"";
    let found = faults(&changed("[[sample]]\nname = \"ring\"", unmet));
    assert_eq!(found.len(), 2, "neither its condition nor it: {found:#?}");
}

#[test]
fn a_delivery_that_means_nothing_is_refused_and_nothing_of_it_is_repeated() {
    let mapping = small();
    for (body, key) in [
        (r#"{"kind":"secret"}"#, "delivery"),
        ("secret", "body"),
        (r#"{"kind":"ring","kind":"secret"}"#, "body"),
        (
            r#"{"kind":"ring","agent":"secret","id":"r1"}"#,
            "delivery.ring.interaction",
        ),
        (
            r#"{"kind":"ring","call":"secret","id":"r1"}"#,
            "delivery.ring.agent",
        ),
        (
            r#"{"kind":"ring","call":{"secret":1},"agent":"a"}"#,
            "delivery.ring.interaction",
        ),
    ] {
        let refused = read(&mapping, body).expect_err(body);
        assert_eq!(refused.key, key, "{body}");
        assert!(!refused.to_string().contains("secret"), "{refused}");
    }
    let long = format!(
        r#"{{"kind":"ring","call":"{}","agent":"a"}}"#,
        "x".repeat(257)
    );
    let refused = read(&mapping, &long).expect_err("an id is never cut short");
    assert_eq!(refused.why, "longer than 256 characters");
    read(&mapping, r#"{"kind":"ring","call":"c","agent":"a"}"#).expect("the control");
}

#[test]
fn what_an_event_can_do_without_is_left_out_and_named() {
    let text = changed(
        "customer.phone",
        "queue = \"body.queue\"\nattributes = \"body.more\"\nat = \"body.at\"\ncustomer.phone",
    );
    let mapping = Mapping::load("small.toml", &text).expect("a right file");
    let body = format!(
        r#"{{"kind":"ring","id":"r1","call":"c1","agent":"a","queue":"{}","at":"yesterday",
            "more":{{"a":1,"b":[],"c":"{}","d":true,"e":""}},"who":{{"phone":{{}}}}}}"#,
        "q".repeat(257),
        "x".repeat(4_097)
    );
    let read = read(&mapping, &body).expect("an event all the same");
    let event = &read.events[0];
    assert_eq!(
        (&event.queue, event.at, event.identifiers.len()),
        (&None, noon(), 0)
    );
    let attributes: Vec<_> = event.attributes.iter().collect();
    assert_eq!(
        attributes,
        [
            (&"a".to_owned(), &"1".to_owned()),
            (&"d".to_owned(), &"true".to_owned())
        ]
    );
    let mut left_out: Vec<_> = read.left_out.iter().map(|left| left.key.as_str()).collect();
    left_out.sort_unstable();
    let expected = [
        "delivery.ring.at",
        "delivery.ring.attributes",
        "delivery.ring.customer.phone",
        "delivery.ring.queue",
    ];
    assert_eq!(left_out, expected);
}

#[test]
fn the_same_body_gives_the_same_ids_within_ten_seconds() {
    let text = changed("id          = \"body.id\"\n", "").replacen("id          = \"r1\"\n", "", 1);
    let mapping = Mapping::load("small.toml", &text).expect("a right file");
    let id = |body| read(&mapping, body).expect("an event").events[0].id.clone();
    let (one, other) = (
        r#"{"kind":"ring","call":"c1","agent":"a"}"#,
        r#"{"kind":"ring","call":"c2","agent":"a"}"#,
    );
    assert_eq!(id(one), id(one), "a retry");
    assert_ne!(id(one), id(other), "the control");
}

#[test]
fn headers_query_and_trace_are_in_reach() {
    let text = changed(
        "\"body.id\"",
        "\"headers['x-request-id'] + ':' + query.tenant\"",
    );
    let mapping = Mapping::load("small.toml", &text).expect("a right file");
    let parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    let headers = [
        ("X-Request-Id".to_owned(), b"q7".to_vec()),
        ("Traceparent".to_owned(), parent.as_bytes().to_vec()),
    ];
    let body = r#"{"kind":"ring","call":"c1","agent":"a"}"#;
    let read = read_with(&mapping, &Notes::default(), body, &headers).expect("an event");
    let event = &read.events[0];
    assert_eq!(
        (event.id.as_str(), event.traceparent.as_deref()),
        ("q7:1", Some(parent))
    );
}

#[test]
fn the_worked_example_of_the_documentation_does_what_it_says() {
    let page = include_str!("../../../../docs/mappings.md");
    let (_, rest) = page.split_once("```toml\n").expect("the example begins");
    let (example, _) = rest.split_once("```\n").expect("the example ends");
    assert_eq!(faults(example), Vec::<String>::new());
    let misspelt = example.replace("calc.caller.number", "calc.caller.nubmer");
    assert_ne!(faults(&misspelt), Vec::<String>::new(), "the control");
}
