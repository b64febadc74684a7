//! Actions and links to new records in a definition file: what is refused when it is loaded, and
//! what a link may carry.

use pop_core::link::LinkFault;
use pop_crm::{About, NewRecord};
use serde_json::json;

use crate::support::{
    BY_ID, Desk, HEAD, Reply, customer, desk, faults_of, lines, load, text, with_overlays,
};

const GOOD: &str = r#"
[action.create_case]
form.subject = { label = "Subject", required = true }
form.text    = { label = "Text", lines = 3 }
call   = "POST /cases"
json   = { subject = "{input.subject}", text = "{input.text?}" }
result = { id = "body.id" }
[action.create_case.look_first]
call   = "GET /cases"
query  = { key = "{item.id}" }
each   = "body.items"
check  = ["it.key"]
result = { id = "it.id" }
"#;

#[test]
fn every_mistake_in_an_action_is_found_where_it_stands() {
    let rows = [
        (
            "[action.create_case]",
            "[action.make_case]",
            "action.make_case",
            "one of create_case",
        ),
        (
            "{input.text?}",
            "{input.text}",
            "json.text",
            "{input.text?}",
        ),
        (
            "{input.text?}",
            "{input.txt?}",
            "json.text",
            "one of input.subject",
        ),
        (
            ", text = \"{input.text?}\"",
            "",
            "form.text",
            "{input.text} in the request",
        ),
        (
            "label = \"Text\", ",
            "",
            "form.text.label",
            "text in quotes",
        ),
        (
            "lines = 3",
            "kind = \"colour\"",
            "form.text.kind",
            "text, choice, email",
        ),
        (
            "lines = 3",
            "kind = \"choice\"",
            "form.text.choices",
            "choices for a field",
        ),
        (
            "lines = 3",
            "kind = \"date\", max = 3",
            "form.text.kind",
            "lines or max",
        ),
        (
            "lines = 3",
            "default = \"input.subject\"",
            "form.text.default",
            "has a value here",
        ),
        ("lines = 3", "mask = true", "form.text.mask", "one of"),
        ("form.text ", "form.Text ", "form.Text", "small letters"),
        ("POST /cases", "GET /cases", "call", "GET changes nothing"),
        (
            "result = { id = \"body.id\" }\n[",
            "[",
            "result.id",
            "new record's id",
        ),
        (
            "id = \"body.id\"",
            "nr = \"body.id\"",
            "result.nr",
            "one of",
        ),
        (
            "check  = [\"it.key\"]\n",
            "",
            "look_first.check",
            "our own id",
        ),
        (
            "[\"it.key\"]",
            "[]",
            "look_first.check",
            "no server is trusted",
        ),
        (
            "query  = { key = \"{item.id}\" }\n",
            "",
            "look_first.call",
            "looks for {item.id}",
        ),
        (
            "\"GET /cases\"",
            "\"PUT /cases/{item.id}\"",
            "look_first.call",
            "only asks",
        ),
        (
            "each   = \"body.items\"\n",
            "",
            "look_first.each",
            "where the hits are",
        ),
        (
            "result = { id = \"it.id\" }\n",
            "",
            "look_first.result",
            "id, number or link",
        ),
        (
            "call   = \"POST",
            "resend = \"always\"\ncall   = \"POST",
            "resend",
            "needs no look",
        ),
        (
            "call   = \"POST",
            "resend = \"often\"\ncall   = \"POST",
            "resend",
            "length of time",
        ),
        (
            "call   = \"POST",
            "check = []\ncall   = \"POST",
            "create_case.check",
            "one of",
        ),
    ];
    let good = load(&text(&[HEAD, GOOD])).map(|_| ());
    assert_eq!(good, Ok(()), "the one that is changed is good");
    for (from, to, key, expected) in rows {
        assert!(GOOD.contains(from), "{from} is there to be replaced");
        let faults = faults_of(&text(&[HEAD, &GOOD.replacen(from, to, 1)]));
        let is_found = faults
            .lines()
            .any(|line| line.contains(key) && line.contains(expected));
        assert!(is_found, "{from} → {to}: {faults}");
    }
}

#[test]
fn a_field_that_is_not_required_stands_with_a_question_mark_in_shared_texts_too() {
    let more = "[text]\nnote = \"Says: {input.text}\"\n";
    let through = GOOD.replace("{input.text?}", "{text.note}");
    let faults = faults_of(&text(&[HEAD, more, &through]));
    assert!(faults.contains("{input.text?}"), "{faults}");
}

#[test]
fn an_action_that_no_example_runs_is_a_fault() {
    let definition = with_overlays(&text(&[HEAD, GOOD]), &[]);
    let faults = lines(&definition.run_examples());
    for key in [
        "action.create_case:",
        "action.create_case.result.id:",
        "look_first.result.id:",
    ] {
        assert!(faults.contains(key), "{key} {faults}");
    }
    let example = r#"
[example.x]
action = "create_case"
given  = { input = { subject = "x" } }
sends  = { call = "POST /cases", headers = { X-A = "1" }, json = { subject = "y" } }
answer = { status = 201, body = '{"id":"7"}' }
gives  = { id = "8" }
"#;
    let definition = with_overlays(&text(&[HEAD, GOOD, example]), &[]);
    let faults = lines(&definition.run_examples());
    for says in [
        r#"found {"subject":"x"}"#,
        "x-a: nothing",
        r#"id = "7", expected "8""#,
    ] {
        assert!(faults.contains(says), "{says}: {faults}");
    }
    assert!(
        !faults.contains("action.create_case:"),
        "it is run: {faults}"
    );
    let silent = example.replace("sends  =", "#");
    let faults = faults_of(&text(&[HEAD, GOOD, &silent]));
    assert!(faults.contains("example.x.sends"), "{faults}");
}

#[test]
fn variants_and_overlays_change_an_action() {
    let keyed = r#"
[setting.keyed]
kind = "switch"
[variant.keyed]
when   = "setting.keyed"
remove = ["action.create_case.look_first"]
action.create_case.headers.Idempotency-Key = "{item.id}"
action.create_case.resend = "2h"
"#;
    let example = r#"
[example.x]
action = "create_case"
given  = { setting = { keyed = true }, input = { subject = "x" }, sent = "1h" }
sends  = { call = "POST /cases", headers = { Idempotency-Key = "item-1" }, json = { subject = "x", origin = "desk" } }
answer = { status = 201, body = '{"id":"7"}' }
gives  = { id = "7", earlier = false }
"#;
    let overlay = "[action.create_case.json]\norigin = \"desk\"\n";
    let definition = with_overlays(&text(&[HEAD, GOOD, keyed, example]), &[overlay]);
    let faults = lines(&definition.run_examples());
    assert!(!faults.contains("example.x"), "{faults}");
}

/// The three ways in which built-in definitions fill in a new record's page.
const NEW: &str = r#"
[dialect.prefill]
literal = "{}"
escape  = "percent"
join    = ","
[dialect.encoded]
literal = "{}"
escape  = { "^" = "^^" }
join    = "^"
refuse  = ['(?i)^\s*javascript:', '[\r\n\x00]', '^$']
[text]
fields.prefill = { ContactId = "{customer.id}", Subject = "{input.subject?}" }
query.encoded  = { contact = "{customer.id}", short = "{input.subject?}" }
page = { path = "/case.do", query = { sys_id = "-1", sysparm_query = "{text.query}" } }
"#;

fn linked(template: &str) -> Desk {
    let link = format!("[link]\nwithin = [\"{{setting.server}}\"]\nnew_case = [\"{template}\"]\n");
    desk(&text(&[HEAD, BY_ID, NEW, &link]), |_, _| Reply::Silence)
}

fn new_case(desk: &Desk, subject: &str) -> Result<String, LinkFault> {
    let about = About {
        customer: Some(customer("a-1")),
        ..About::default()
    };
    let input = json!({ "subject": subject });
    let input = input.as_object().cloned().unwrap_or_default();
    let link = desk
        .connection
        .link_to_new(NewRecord::Case, &about, &input)?;
    Ok(link.as_str().to_owned())
}

#[test]
fn a_page_for_a_new_case_carries_what_is_known_in_as_many_layers_as_it_has() {
    let plain = linked("{setting.server}/new?person={customer.id}&title={input.subject?}");
    let twice = linked("{setting.server}/new?defaultFieldValues={text.fields}");
    let thrice = linked("{setting.server}/nav_to.do?uri={text.page}");
    let start = "https://crm.example/";
    for (desk, subject, expected) in [
        (&plain, "a&b=c", "new?person=a-1&title=a%26b%3Dc"),
        (&plain, "", "new?person=a-1"),
        (
            &twice,
            "a,b=c",
            "new?defaultFieldValues=ContactId%3Da-1%2CSubject%3Da%252Cb%253Dc",
        ),
        (&twice, "", "new?defaultFieldValues=ContactId%3Da-1"),
        (
            &thrice,
            "a^b&c",
            "nav_to.do?uri=%2Fcase.do%3Fsys_id%3D-1%26sysparm_query%3Dcontact%253Da-1%255Eshort%253Da%255E%255Eb%2526c",
        ),
    ] {
        assert_eq!(
            new_case(desk, subject),
            Ok(format!("{start}{expected}")),
            "{subject}"
        );
    }
    let none = plain.connection.link_to_new(
        NewRecord::Customer,
        &About::default(),
        &serde_json::Map::new(),
    );
    assert!(
        matches!(none, Err(LinkFault::Missing { .. })),
        "no such page: {none:?}"
    );
}

#[test]
fn hostile_subjects_stay_in_their_place_on_the_host() {
    for template in [
        "{setting.server}/new?person={customer.id}&title={input.subject?}",
        "{setting.server}/new?f={text.fields}",
        "{setting.server}/nav_to.do?uri={text.page}",
    ] {
        let desk = linked(template);
        let shape = |link: &str| {
            let url = url::Url::parse(link).expect("a link");
            let keys = url.query_pairs().map(|(key, _)| key.into_owned());
            (
                url.origin(),
                url.path().to_owned(),
                keys.collect::<Vec<_>>(),
            )
        };
        let usual = shape(&new_case(&desk, "Loan").expect("a link"));
        for subject in [
            "//evil.test",
            "@evil.test/",
            "\\evil",
            "#x",
            "?a=b&c=d",
            "%2e%2e/..",
            "a'b\"c",
            "x,Owner=me",
            "^ORsys_idISNOTEMPTY",
            "{setting.server}",
            "日本語",
        ] {
            let link = new_case(&desk, subject).expect("it is only a value");
            assert_eq!(shape(&link), usual, "{subject}: {link}");
        }
        for subject in ["a\nb", "a\u{0}b", "\u{202e}x"] {
            let link = new_case(&desk, subject);
            assert!(link.is_err(), "{subject:?}: {link:?}");
        }
    }
    let script = new_case(
        &linked("{setting.server}/n?uri={text.page}"),
        " javascript:gs.x()",
    );
    assert!(script.is_err(), "the dialect refuses it: {script:?}");
}

#[test]
fn a_link_to_a_new_record_never_needs_what_is_not_filled_in_yet() {
    for (place, good) in [
        ("{input.subject?}", true),
        ("{input.subject}", false),
        ("{input.colour?}", false),
    ] {
        let link = format!(
            "[link]\nwithin = [\"{{setting.server}}\"]\nnew_case = [\"{{setting.server}}/n?t={place}\"]\n"
        );
        let faults = faults_of(&text(&[HEAD, &link]));
        assert_eq!(faults.is_empty(), good, "{place}: {faults}");
    }
}
