//! What is checked of an envelope when a definition is loaded, and how its examples are run.

use crate::batch::{ASKS, ENVELOPE};
use crate::support::{HEAD, faults_of, lines, loaded, text};

#[test]
fn an_envelope_that_could_not_be_taken_apart_is_refused_at_load() {
    let with = |from: &str, to: &str| text(&[HEAD, &ENVELOPE.replace(from, to), ASKS]);
    for (text, key, says) in [
        (
            with("POST /batch", "GET /batch"),
            "batch.call",
            "POST /path",
        ),
        (
            with("POST /batch", "POST /batch/{email}"),
            "batch.call",
            "a name that has a value here",
        ),
        (with("\"{parts}\"", "1"), "batch.json", "{parts}"),
        (
            with("\"{parts}\"", "\"all {parts}\""),
            "batch.json",
            "{parts}",
        ),
        (with("\"{part.name}\"", "1"), "batch.part", "{part.name}"),
        (with("{part.url}", "{part.link}"), "batch.part", "part.url"),
        (
            with("\"{parts}\"", "\"{part.name}\""),
            "batch.json",
            "parts",
        ),
        (with("max    = 3", "max = 51"), "batch.max", "at most 50"),
        (with("!\\{", "("), "batch.refuse", "regular expression"),
        (with("body.answers", "it.answers"), "batch.each", "body"),
        (
            with(", status = \"it.status\"", ""),
            "batch.answer.status",
            "what of an answer it is",
        ),
        (
            with("each   = \"body.answers\"", ""),
            "batch.each",
            "where the answers are",
        ),
        (with("max ", "most "), "batch.most", "max"),
    ] {
        let faults = faults_of(&text);
        let is_told = |line: &str| line.contains(key) && line.contains(says);
        assert!(faults.lines().any(is_told), "{key} {says} in {faults}");
    }
    let outside = text(&[HEAD, ASKS, "[text]\nx = \"{part.url}\"\n"]);
    assert!(faults_of(&outside).contains("text.x"), "only there");
}

#[test]
fn an_example_sends_the_envelope_and_answers_it() {
    let example = r#"
[example.both]
cases  = "open"
given  = { customer = { id = "7" } }
sends  = "GET /cases?owner=7"
answer = { status = 200, body = { items = [{ id = "k1", owner = "7" }] } }
gives  = { cases = [{ id = "k1" }] }
[example.states]
activities = "two"
given  = { customer = { id = "7" } }
sends  = "POST /batch"
answer = { status = 200, body = { answers = [ { ref = "p1", status = 200, body = [{ id = "h1" }] }, { ref = "p2", status = 200, body = [] } ] } }
gives  = { activities = [{ id = "h1" }] }
[activities.two]
each = "step.a.body + step.b.body"
step.a.call = "GET /people/{customer.id}/a"
step.b.call = "GET /people/{customer.id}/b"
"#;
    let definition = loaded(&text(&[HEAD, ENVELOPE, ASKS, example]));
    let faults = lines(&definition.run_examples());
    assert!(!faults.contains("example."), "{faults}");
}
