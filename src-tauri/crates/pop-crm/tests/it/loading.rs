//! Reading a file: all faults at once, each with file, line, key, found, expected.

use crate::support::{BY_EMAIL, BY_ID, HEAD, faults_of, load, text};

/// The small definition with one text replaced.
fn with(from: &str, to: &str) -> String {
    let text = text(&[HEAD, BY_ID, BY_EMAIL]);
    assert!(text.contains(from), "{from} is there to be replaced");
    text.replacen(from, to, 1)
}

/// The small definition with more at its end.
fn and(more: &str) -> String {
    text(&[HEAD, BY_ID, BY_EMAIL, more])
}

#[test]
fn the_small_definition_itself_has_no_fault() {
    assert_eq!(
        faults_of(&text(&[HEAD, BY_ID, BY_EMAIL])),
        "",
        "the control of this file"
    );
}

#[test]
fn a_fault_names_file_line_key_found_and_expected() {
    let faults = load(&with("GET /people/{id}", "FETCH /people")).expect_err("no such method");
    assert_eq!(faults.len(), 1, "one mistake, one fault: {faults:?}");
    let fault = &faults[0];
    assert_eq!(
        (fault.file.as_str(), fault.line, fault.key.as_str()),
        ("desk.toml", 29, "find.id.call")
    );
    assert_eq!(fault.found, "\"FETCH /people\"");
    assert!(fault.expected.contains("METHOD /path"), "{fault}");
}

#[test]
fn all_faults_are_told_at_once_in_the_order_of_the_file() {
    let faults =
        load(&with("language = 1", "language = 2").replace("check = [\"it.email\"]", "chek = []"))
            .expect_err("three mistakes");
    let keys = faults
        .iter()
        .map(|fault| fault.key.as_str())
        .collect::<Vec<_>>();
    assert_eq!(
        keys,
        ["language", "find.email.check", "find.email.chek"],
        "{faults:?}"
    );
}

#[test]
fn every_mistake_is_found_where_it_stands() {
    for (text, key, says) in [
        (
            with("id   = \"desk\"", "id = \"Desk 1\""),
            "id",
            "small letters",
        ),
        (with("name = \"Help desk\"\n", ""), "name", "text in quotes"),
        (
            with("kind = \"origin\"", "kind = \"url\""),
            "setting.server.kind",
            "origin",
        ),
        (
            with("https://crm.example\" }", "http://crm.example\" }"),
            "setting.server.default",
            "accepts",
        ),
        (
            with("kind   = \"secret\"\nheader", "kind = \"magic\"\nheader"),
            "auth.token.kind",
            "oauth_code",
        ),
        (
            with("Bearer {secret}", "Bearer {token}"),
            "auth.token.header",
            "{secret}",
        ),
        (
            with("within = [\"{setting.server}\"]\n", ""),
            "http.within",
            "credential",
        ),
        (with("base   = ", "bass = "), "http.base", "text in quotes"),
        (
            with("{setting.server}/v1", "{setting.sever}/v1"),
            "http.base",
            "setting.server",
        ),
        (
            with("[A-Za-z0-9_-]{1,40}", "[A-Za-z"),
            "ids.pattern",
            "regular expression",
        ),
        (
            with("[A-Za-z0-9_-]{1,40}", ".{1,40}"),
            "ids.pattern",
            "refuses",
        ),
        (
            with("by    = \"id\"", "by = \"name\""),
            "find.id.by",
            "external_id",
        ),
        (
            with("check = [\"it.id\"]\n", ""),
            "find.id.check",
            "trusts the server",
        ),
        (
            with("each  = \"[body]\"", "each = \"[body\""),
            "find.id.each",
            "",
        ),
        (
            with("each  = \"[body]\"", "each = \"[bod]\""),
            "find.id.each",
            "body",
        ),
        (
            with("\"it.id\"\nname", "\"itt.id\"\nname"),
            "customer.id",
            "it",
        ),
        (
            with("id     = \"it.id\"\nname   = ", "name   = "),
            "customer.id",
            "it.id",
        ),
        (
            with("name   = \"it.name\"", "nam = \"it.name\""),
            "customer.nam",
            "company",
        ),
        (
            with("GET /people/{id}", "GET people/{id}"),
            "find.id.call",
            "METHOD /path",
        ),
        (
            with("GET /people/{id}", "GET /people/../admin/{id}"),
            "find.id.call",
            "METHOD /path",
        ),
        (
            with("GET /people/{id}", "GET /people/%2e%2E/{id}"),
            "find.id.call",
            "METHOD /path",
        ),
        (
            with("GET /people/{id}", "GET //evil.test/{id}"),
            "find.id.call",
            "METHOD /path",
        ),
        (
            with("GET /people/{id}", "GET /people?q={id}"),
            "find.id.call",
            "METHOD /path",
        ),
        (
            with("GET /people/{id}", "GET /people/{id?}"),
            "find.id.call",
            "METHOD /path",
        ),
        (
            with("GET /people/{id}", "DELETE /people/{id}"),
            "find.id.call",
            "only asks",
        ),
        (
            with("GET /people/{id}", "GET /people/{email}"),
            "find.id.call",
            "has a value here",
        ),
        (
            with("email = \"{email}\"", "email = \"{ email }\""),
            "find.email.query.email",
            "words joined",
        ),
        (
            and(
                "[search.words]\ncall = \"GET /people\"\nquery = { q = \"{word}\" }\neach = \"body\"",
            ),
            "search.words.query.q",
            "words",
        ),
        (
            and("[cases.open]\ncall = \"GET /cases\"\neach = \"body\""),
            "cases.open.check",
            "customer's id",
        ),
        (
            and("[cases.open]\ncall = \"GET /cases/{customer.id}\""),
            "cases.open.each",
            "rows",
        ),
        (
            and(
                "[find.two]\nby = \"email\"\nif_none = [\"three\"]\ncall = \"GET /x\"\neach = \"body\"\ncheck = []",
            ),
            "find.two.if_none",
            "same identifier",
        ),
        (
            and(
                "[find.two]\nby = \"email\"\nif_none = [\"id\"]\ncall = \"GET /x\"\neach = \"body\"\ncheck = []",
            ),
            "find.two.if_none",
            "same identifier",
        ),
        (
            and("[me]\ncall = \"GET /me\""),
            "me.map",
            "id, name or email",
        ),
        (
            and("[me]\ncall = \"GET /me/{me.id}\"\nmap = { id = \"body.id\" }"),
            "me.call",
            "it is me",
        ),
        (
            and("[ref.states]\ncall = \"GET /s\"\nvalue = \"body\"\nkeep = \"1 day\""),
            "ref.states.keep",
            "24h",
        ),
        (
            and("[error.kind]\nteapot = \"status == 418\""),
            "error.kind.teapot",
            "rate_limited",
        ),
        (
            and("[calc]\na = \"calc.b\"\nb = \"calc.a\""),
            "calc.a",
            "circle",
        ),
        (
            and("[text]\na = \"{text.b}\"\nb = \"{text.a}\""),
            "text.a",
            "circle",
        ),
        (
            and("[text]\na = \"{nobody.id}\""),
            "text.a",
            "has a value here",
        ),
        (
            and("[text]\na = \"x{agent.id?}\""),
            "text.a",
            "only whole members",
        ),
        (and("[http2]\nx = 1"), "http2", "setting"),
        (
            and("[setting.key]\nkind = \"secret\"\n[text]\na = \"{setting.key}\""),
            "text.a",
            "secrets are for [auth]",
        ),
        (
            and("[action.create_case]\ncall = \"POST /cases\""),
            "action.create_case.result.id",
            "new record's id",
        ),
        (
            and("[batch]\ncall = \"POST /batch\""),
            "batch.answer",
            "name, status, body",
        ),
        (
            and("[link]\nwithin = []\nnew_case = [\"http://crm.example/new\"]"),
            "link.new_case",
            "https://",
        ),
        (
            and("[example.x]\nfind = \"id\""),
            "example.x.gives",
            "what comes out",
        ),
        (
            and("[customer.extra]\nx = { label = \"X\" }")
                .replace("[customer]\n", "[customer]\n#\n"),
            "customer.extra.x.value",
            "text in quotes",
        ),
        (
            with("language = 1", "language = 99999999999999999999"),
            "language",
            "64-bit",
        ),
        (
            with("language = 1", "language = 2026-01-01"),
            "language",
            "time in quotes",
        ),
    ] {
        let faults = load(&text).expect_err("a mistake is found");
        let found = faults.iter().find(|fault| fault.key.starts_with(key));
        let found = found.unwrap_or_else(|| panic!("{key} is among {faults:?}"));
        assert!(found.expected.contains(says), "{found} says {says}");
        assert!(found.line > 0, "{found} has a line");
    }
}

#[test]
fn requests_that_would_move_a_credential_or_a_body_are_refused() {
    for (text, key) in [
        (
            with(
                "each  = \"[body]\"",
                "headers = { Authorization = \"x\" }\neach = \"[body]\"",
            ),
            "find.id.headers.Authorization",
        ),
        (
            with(
                "each  = \"[body]\"",
                "headers = { Host = \"x\" }\neach = \"[body]\"",
            ),
            "find.id.headers.Host",
        ),
        (
            with(
                "each  = \"[body]\"",
                "headers = { \"a b\" = \"x\" }\neach = \"[body]\"",
            ),
            "find.id.headers.a b",
        ),
        (
            with("each  = \"[body]\"", "json = { a = 1 }\neach = \"[body]\""),
            "find.id.call",
        ),
        (
            with("GET /people/{id}", "GET {setting.server}"),
            "find.id.call",
        ),
    ] {
        let faults = faults_of(&text);
        assert!(faults.contains(key), "{key} is among {faults}");
    }
}

#[test]
fn a_file_that_is_no_toml_says_where() {
    let faults = load("language = 1\nid = \"desk\"\nname = \n").expect_err("no value");
    assert_eq!(
        (faults[0].line, faults[0].key.as_str()),
        (3, "(TOML)"),
        "{faults:?}"
    );
    let twice = load("language = 1\nlanguage = 1\n").expect_err("a key stands twice");
    assert!(twice.iter().any(|fault| fault.line == 2), "{twice:?}");
}

#[test]
fn no_text_makes_loading_panic() {
    let whole = text(&[HEAD, BY_ID, BY_EMAIL]);
    for at in whole.char_indices().map(|(at, _)| at).step_by(7) {
        let _ = load(&whole[..at]);
        let mut broken = whole.clone();
        broken.replace_range(at..=at, "\"");
        let _ = load(&broken);
    }
    assert!(load(&whole).is_ok(), "the whole of it loads");
}
