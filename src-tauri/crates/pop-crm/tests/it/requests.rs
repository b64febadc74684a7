//! Requests: what goes out, encoded for the place it stands in, or not at all.

use pop_core::fault::FaultKind;
use pop_core::interaction::InteractionKey;
use pop_core::moment::Moment;
use pop_crm::{Context, InteractionFacts};
use serde_json::json;

use crate::support::{
    BY_ID, Given, HEAD, Reply, customer, desk, email, external_id, id, loaded, open, text,
};

const BY_KEY: &str = r#"
[find.key]
by    = "external_id"
call  = "GET /people/{external_id}/card"
each  = "[body]"
check = []
"#;

#[tokio::test]
async fn any_value_stays_one_segment_of_the_path() {
    let desk = desk(&text(&[HEAD, BY_KEY]), |_, _| {
        Reply::json(&json!({ "id": "7" }))
    });
    for (value, path) in [
        ("12345", "/people/12345/card"),
        ("a/b", "/people/a%2Fb/card"),
        ("../admin", "/people/..%2Fadmin/card"),
        ("a?b#c", "/people/a%3Fb%23c/card"),
        ("%2e%2e", "/people/%252e%252e/card"),
        ("a\\b;c", "/people/a%5Cb%3Bc/card"),
        ("ö 😀", "/people/%C3%B6%20%F0%9F%98%80/card"),
        ("a@b:c", "/people/a%40b%3Ac/card"),
    ] {
        let before = desk.crm.seen().len();
        let found = desk
            .connection
            .find(&external_id(value), &Context::default())
            .await;
        assert!(found.is_ok(), "{value}: {found:?}");
        assert_eq!(desk.crm.seen()[before].path(), path, "{value}");
    }
}

#[tokio::test]
async fn a_value_that_a_path_cannot_say_sends_nothing() {
    let desk = desk(&text(&[HEAD, BY_KEY]), |_, _| {
        Reply::json(&json!({ "id": "7" }))
    });
    for value in [
        ".",
        "..",
        "a\u{0}b",
        "a\r\nb",
        "\u{202e}x",
        "e\u{301}",
        "a\u{200b}b",
    ] {
        let found = desk
            .connection
            .find(&external_id(value), &Context::default())
            .await;
        assert_eq!(
            found.expect_err(value).kind,
            FaultKind::UnsafeValue,
            "{value:?}"
        );
    }
    let found = desk
        .connection
        .find(&external_id(""), &Context::default())
        .await;
    let missing = FaultKind::MissingName("external_id".into());
    assert_eq!(found.expect_err("empty is absent").kind, missing);
    assert!(
        desk.crm.seen().is_empty(),
        "nothing was sent for any of them"
    );
    assert!(
        desk.connection
            .find(&external_id("7"), &Context::default())
            .await
            .is_ok(),
        "control"
    );
    assert_eq!(desk.crm.seen().len(), 1, "the control was sent");
}

#[tokio::test]
async fn an_id_that_is_none_of_this_crm_is_never_sent() {
    let desk = desk(&text(&[HEAD, BY_ID]), |_, _| {
        Reply::json(&json!({ "id": "7" }))
    });
    for value in ["a b", "../x", "", "7'", &"7".repeat(41)] {
        let found = desk.connection.find(&id(value), &Context::default()).await;
        assert_eq!(
            found.expect_err(value).kind,
            FaultKind::UnsafeValue,
            "{value:?}"
        );
        let cases = desk
            .connection
            .cases(&customer(value), &Context::default())
            .await;
        assert!(cases.is_err(), "nor in a list");
    }
    assert!(desk.crm.seen().is_empty(), "nothing was sent");
}

#[tokio::test]
async fn a_request_carries_the_credential_and_the_trace_and_nothing_in_its_address() {
    let desk = desk(&text(&[HEAD, BY_ID]), |_, _| {
        Reply::json(&json!({ "id": "7" }))
    });
    let context = Context {
        traceparent: Some("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01".into()),
        ..Context::default()
    };
    assert!(desk.connection.find(&id("7"), &context).await.is_ok());
    let seen = &desk.crm.seen()[0];
    assert_eq!(seen.line, "GET https://crm.example/v1/people/7");
    assert_eq!(seen.headers["authorization"], "Bearer s3cret");
    assert_eq!(seen.headers["accept"], "application/json");
    assert_eq!(
        seen.headers["traceparent"],
        context.traceparent.expect("set above")
    );
    assert!(
        !seen.line.contains("s3cret") && seen.body.is_empty(),
        "in headers only"
    );
}

#[tokio::test]
async fn basic_and_key_sign_in_by_their_headers() {
    let auth = "[auth.password]\nkind = \"basic\"\n[auth.key]\nkind = \"secret\"\nheader = { X-API-Key = \"{secret}\", X-Server = \"{setting.server}\" }\n";
    let definition = loaded(&text(&[HEAD, BY_ID, auth]));
    for (method, secrets, header, value) in [
        (
            "password",
            vec![("username", "ann"), ("password", "p:w")],
            "authorization",
            "Basic YW5uOnA6dw==",
        ),
        ("key", vec![("secret", "k1")], "x-api-key", "k1"),
        (
            "key",
            vec![("secret", "k1")],
            "x-server",
            "https://crm.example",
        ),
    ] {
        let given = Given {
            secrets,
            method,
            ..Given::default()
        };
        let desk = open(&definition, given, |_, _| {
            Reply::json(&json!({ "id": "7" }))
        });
        let desk = desk.unwrap_or_else(|faults| panic!("{faults:?}"));
        assert!(
            desk.connection
                .find(&id("7"), &Context::default())
                .await
                .is_ok()
        );
        assert_eq!(desk.crm.seen()[0].headers[header], value);
    }
}

#[tokio::test]
async fn a_json_body_keeps_types_and_leaves_out_what_is_missing() {
    let find = r#"
[find.email]
by   = "email"
call = "POST /search"
calc = { groups = "[{'p': 'email', 'v': email}]", limit = "5 * 2" }
each = "body"
check = []
[find.email.json]
limit   = "{calc.limit}"
groups  = "{calc.groups}"
note    = "for {agent.id?}"
agent   = "{agent.id?}"
fixed   = [1, true, "x", { y = 1.5 }]
text    = "e-mail {email}"
"#;
    let desk = desk(&text(&[HEAD, find]), |_, _| Reply::json(&json!([])));
    let found = desk
        .connection
        .find(
            &email("o'neil\"@example.com".replace('"', "").as_str()),
            &Context::default(),
        )
        .await;
    assert!(found.is_ok(), "{found:?}");
    let seen = &desk.crm.seen()[0];
    let body: serde_json::Value = serde_json::from_str(&seen.body).expect("JSON");
    let expected = json!({
        "limit": 10,
        "groups": [{ "p": "email", "v": "o'neil@example.com" }],
        "fixed": [1, true, "x", { "y": 1.5 }],
        "text": "e-mail o'neil@example.com",
    });
    assert_eq!(body, expected, "no note and no agent: they have no value");
    assert_eq!(seen.headers["content-type"], "application/json");
}

#[tokio::test]
async fn a_form_and_headers_are_written_from_names() {
    let find = r#"
[find.email]
by      = "email"
call    = "POST /search"
form    = { email = "{email}", agent = "{agent.id?}" }
headers = { X-Channel = "{interaction.channel}", X-Agent = "{agent.id?}" }
each    = "body"
check   = []
"#;
    let desk = desk(&text(&[HEAD, find]), |_, _| Reply::json(&json!([])));
    let context = Context {
        interaction: Some(InteractionFacts {
            key: InteractionKey {
                source: "/x".into(),
                id: "i1".into(),
            },
            channel: "chat",
            direction: "inbound",
            queue: None,
            at: Moment::from_millis(0),
            title: "Loan".into(),
            reason: None,
            language: None,
            summary: None,
            seconds: Some(65),
        }),
        ..Context::default()
    };
    let found = desk
        .connection
        .find(&email("a+b@example.com"), &context)
        .await;
    assert!(found.is_ok(), "{found:?}");
    let seen = &desk.crm.seen()[0];
    assert_eq!(seen.body, "email=a%2Bb%40example.com");
    assert_eq!(
        seen.headers["content-type"],
        "application/x-www-form-urlencoded"
    );
    assert_eq!(seen.headers["x-channel"], "chat");
    assert!(!seen.headers.contains_key("x-agent"), "no agent is known");
    let without = desk
        .connection
        .find(&email("a@example.com"), &Context::default())
        .await;
    let missing = FaultKind::MissingName("interaction.channel".into());
    assert_eq!(
        without.expect_err("no interaction").kind,
        missing,
        "and says which name"
    );
    assert_eq!(desk.crm.seen().len(), 1, "nothing more was sent");
}

#[tokio::test]
async fn a_header_never_carries_a_line_break() {
    let find = "[find.key]\nby = \"external_id\"\ncall = \"GET /x\"\nheaders = { X-Key = \"{external_id}\" }\neach = \"body\"\ncheck = []\n";
    let desk = desk(&text(&[HEAD, find]), |_, _| Reply::json(&json!([])));
    for value in ["a\r\nX-Evil: 1", "a\u{0}", "ü"] {
        let found = desk
            .connection
            .find(&external_id(value), &Context::default())
            .await;
        assert_eq!(
            found.expect_err(value).kind,
            FaultKind::UnsafeValue,
            "{value:?}"
        );
    }
    assert!(
        desk.connection
            .find(&external_id("ok"), &Context::default())
            .await
            .is_ok(),
        "control"
    );
}

#[tokio::test]
async fn a_request_may_begin_with_an_origin_of_its_own_list_and_no_other() {
    let more = r#"
[setting.login]
kind    = "origin"
default = "https://login.example"
[find.id]
by    = "id"
call  = "GET {setting.login}/who/{id}"
each  = "[body]"
check = []
"#;
    let foreign = desk(&text(&[HEAD, more]), |_, _| {
        Reply::json(&json!({ "id": "7" }))
    });
    let found = foreign.connection.find(&id("7"), &Context::default()).await;
    assert_eq!(
        found.expect_err("not in http.within").kind,
        FaultKind::ForeignAddress
    );
    assert!(foreign.crm.seen().is_empty(), "0 bytes sent");

    let listed = text(&[HEAD, more]).replace(
        "within = [\"{setting.server}\"]",
        "within = [\"{setting.server}\", \"login.example\"]",
    );
    let own = desk(&listed, |_, _| Reply::json(&json!({ "id": "7" })));
    assert!(
        own.connection
            .find(&id("7"), &Context::default())
            .await
            .is_ok(),
        "the control"
    );
    assert_eq!(own.crm.seen()[0].line, "GET https://login.example/who/7");
}
