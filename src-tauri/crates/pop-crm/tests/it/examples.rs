//! Examples of a file: they must come out as they say, and fill every key.

use crate::support::{BY_ID, HEAD, lines, loaded, text};

fn faults(example: &str) -> String {
    lines(&loaded(&text(&[HEAD, BY_ID, example])).run_examples())
}

const GOOD: &str = r#"
[example.id]
find   = "id"
given  = { id = "7" }
sends  = "GET /people/7"
answer = { status = 200, body = '{"id":7,"name":"Ann","phone":"+34600012345"}' }
gives  = { customer = { id = "7", name = "Ann", phones = ["+34600012345"] } }
"#;

#[test]
fn an_example_that_comes_out_otherwise_says_how() {
    for (from, to, says) in [
        ("GET /people/7\"", "GET /people/8\"", "GET /people/7"),
        (
            "name = \"Ann\"",
            "name = \"Bob\"",
            "customer.name = \"Ann\", expected \"Bob\"",
        ),
        ("\"id\":7", "\"id\":8", "customer = null"),
        ("status = 200", "status = 404", "customer = null"),
        ("status = 200", "status = 500", "\"fault\":\"unavailable\""),
        ("find   = \"id\"", "find = \"nobody\"", "the name of a find"),
        (
            "id = \"7\" }\nsends",
            "name = \"7\" }\nsends",
            "given = { id",
        ),
    ] {
        assert!(GOOD.contains(from), "{from} is there to be replaced");
        let faults = faults(&GOOD.replacen(from, to, 1));
        assert!(faults.contains(says), "{from} → {to}: {faults}");
    }
}

#[test]
fn a_key_that_no_example_fills_is_a_fault_of_its_own() {
    let found = faults(GOOD);
    assert!(
        found.contains("case.subject"),
        "nothing shows a case: {found}"
    );
    assert!(
        !found.contains("customer.name"),
        "this one is filled: {found}"
    );
    let unfilled = faults(
        &GOOD
            .replace(",\"phone\":\"+34600012345\"", "")
            .replace(", phones = [\"+34600012345\"]", ""),
    );
    assert!(
        unfilled.contains("desk.toml:18: customer.phones"),
        "with its line: {unfilled}"
    );
}

#[test]
fn an_example_of_a_crm_with_fetched_tokens_says_what_is_known_of_the_token() {
    let token = "[auth.browser]\nkind = \"oauth_code\"\nauthorize = \"https://crm.example/a\"\ntoken = \"https://crm.example/t\"\nclient_id = \"app\"\n";
    let definition = text(&[
        HEAD,
        BY_ID,
        &GOOD.replace(
            "given  = { id = \"7\" }",
            "given = { id = \"7\", token = { instance_url = \"https://eu.crm.example\" } }",
        ),
    ])
    .replace(
        "[auth.token]\nkind   = \"secret\"\nheader = { Authorization = \"Bearer {secret}\" }\n",
        token,
    )
    .replace(
        "base   = \"{setting.server}/v1\"",
        "base = \"{token.instance_url}/v1\"",
    )
    .replace(
        "within = [\"{setting.server}\"]",
        "within = [\"*.crm.example\"]",
    );
    let found = lines(&loaded(&definition).run_examples());
    assert!(!found.contains("example.id"), "it comes out: {found}");
    let without = definition.replace(
        "token = { instance_url = \"https://eu.crm.example\" }",
        "token = {}",
    );
    let found = lines(&loaded(&without).run_examples());
    assert!(
        found.contains("token.instance_url"),
        "and names what is missing: {found}"
    );
}
