//! Overlays and variants: what an admin, or a setting, changes about a definition.

use pop_core::fault::FaultKind;
use pop_crm::{Context, Definition, Overlay};
use serde_json::json;

use crate::support::{BY_EMAIL, BY_ID, Given, HEAD, Reply, email, id, open, text, with_overlays};

fn base() -> String {
    text(&[
        HEAD,
        BY_ID,
        BY_EMAIL,
        r#"
[setting.edition]
kind = "choice"
choices = ["a", "b"]
default = "a"
[variant.edition_b]
when = "setting.edition == 'b'"
find.id.call = "GET /b/{id}"
"#,
    ])
}

async fn path_of(overlays: &[&str], settings: serde_json::Value) -> String {
    let definition = with_overlays(&base(), overlays);
    let given = Given {
        settings,
        ..Given::default()
    };
    let desk = open(&definition, given, |_, _| {
        Reply::json(&json!({ "id": "7" }))
    });
    let desk = desk.unwrap_or_else(|faults| panic!("{faults:?}"));
    let found = desk.connection.find(&id("7"), &Context::default()).await;
    assert_eq!(
        found.map(|found| found.customers.len()),
        Ok(1),
        "it finds whatever it asks"
    );
    desk.crm.seen()[0].path()
}

#[tokio::test]
async fn a_variant_applies_when_its_setting_says_so() {
    assert_eq!(path_of(&[], json!({})).await, "/people/7", "the default");
    assert_eq!(
        path_of(&[], json!({ "edition": "b" })).await,
        "/b/7",
        "the variant"
    );
}

#[tokio::test]
async fn the_admins_overlay_comes_after_the_variant() {
    let overlay = "find.id.call = \"GET /own/{id}\"";
    assert_eq!(
        path_of(&[overlay], json!({ "edition": "b" })).await,
        "/own/7"
    );
    let of_variant = "variant.edition_b.find.id.call = \"GET /c/{id}\"";
    assert_eq!(
        path_of(&[of_variant], json!({ "edition": "b" })).await,
        "/c/7",
        "or inside it"
    );
    assert_eq!(
        path_of(&[of_variant], json!({})).await,
        "/people/7",
        "and only there"
    );
}

#[tokio::test]
async fn a_part_can_be_removed_and_what_is_not_there_cannot() {
    let definition = with_overlays(&base(), &["remove = [\"find.email\"]"]);
    let desk = open(&definition, Given::default(), |_, _| {
        Reply::json(&json!({ "id": "7" }))
    });
    let desk = desk.unwrap_or_else(|faults| panic!("{faults:?}"));
    let found = desk
        .connection
        .find(&email("a@b.example"), &Context::default())
        .await;
    assert_eq!(found.expect_err("it is gone").kind, FaultKind::NotSupported);
    assert!(
        desk.connection
            .find(&id("7"), &Context::default())
            .await
            .is_ok(),
        "the other stays"
    );

    let faults = load_with("remove = [\"find.emial\"]");
    assert_eq!(
        faults,
        [("overlay.toml".to_owned(), 1, "remove".to_owned())],
        "misspelt"
    );
}

#[tokio::test]
async fn a_text_of_a_dialect_is_replaced_whole() {
    let base = text(&[
        HEAD,
        "[dialect.ql]\nliteral = \"'{}'\"\nescape = { '\\' = '\\\\', \"'\" = \"\\\\'\" }\njoin = \"&\"\n",
        "[find.id]\nby = \"id\"\ncall = \"GET /q\"\nquery = { q.ql = { id = \"{id}\", kind = \"person\" } }\neach = \"[body]\"\ncheck = []\n",
    ]);
    let definition = with_overlays(&base, &["find.id.query.q.ql = { key = \"{id}\" }"]);
    let desk = open(&definition, Given::default(), |_, _| {
        Reply::json(&json!({ "id": "7" }))
    });
    let desk = desk.unwrap_or_else(|faults| panic!("{faults:?}"));
    let found = desk.connection.find(&id("7"), &Context::default()).await;
    assert!(found.is_ok(), "{found:?}");
    assert_eq!(
        desk.crm.seen()[0].query("q").as_deref(),
        Some("key='7'"),
        "nothing of the old"
    );
}

#[test]
fn a_mistake_in_an_overlay_is_told_with_its_own_file_and_line() {
    let faults = load_with("\nfind.id.call = \"GET /x/{nobody}\"");
    assert_eq!(
        faults,
        [("overlay.toml".to_owned(), 2, "find.id.call".to_owned())]
    );
    let faults = load_with("id = \"other\"");
    assert_eq!(
        faults,
        [("overlay.toml".to_owned(), 1, "id".to_owned())],
        "it stays who it is"
    );
    let faults = load_with("variant.edition_b.id = \"other\"");
    assert!(
        faults
            .iter()
            .any(|(_, _, key)| key == "variant.edition_b.id"),
        "nor does a variant make it another: {faults:?}"
    );
}

#[test]
fn each_variant_is_checked_though_nobody_has_chosen_it() {
    let text = base().replace("GET /b/{id}", "GET /b/{nobody}");
    let faults = Definition::load("desk.toml", &text, &[]).expect_err("the variant is wrong");
    assert_eq!(faults.len(), 1, "told once: {faults:?}");
    assert!(
        faults[0].key == "find.id.call" && faults[0].line > 40,
        "in the variant: {faults:?}"
    );
}

#[test]
fn an_overlay_may_add_a_dialect_and_not_change_one() {
    let dialect = "[dialect.ql]\nliteral = \"'{}'\"\nescape = { \"'\" = \"''\" }\n";
    let definition = Definition::load("desk.toml", &base(), &[overlay(dialect)]);
    assert!(definition.is_ok(), "{definition:?}");
    let text = text(&[&base(), dialect]);
    let faults = Definition::load(
        "desk.toml",
        &text,
        &[overlay("dialect.ql.plain = [\"number\"]")],
    );
    let faults = faults.expect_err("values could leave their literals");
    assert_eq!(faults[0].key, "dialect.ql", "{faults:?}");
}

/// A choice of editions, of which the second signs in otherwise and needs a tenant.
const EDITIONS: &str = r#"
[setting.beta]
kind = "switch"
[variant.own_tenant]
when   = "setting.edition == 'b'"
remove = ["auth.token.header"]
setting.server.default = "https://b.example"
setting.tenant = { kind = "name", label = "Tenant" }
auth.token.header = { X-Key = "{secret}", X-Tenant = "{setting.tenant}" }
auth.password.kind = "basic"
find.id.call = "GET /t/{setting.tenant}/{id}"
[variant.both]
when = "setting.edition == 'b' && setting.beta"
setting.tenant.label = "Beta tenant"
[setting.edition]
kind = "choice"
choices = ["a", "b"]
default = "a"
"#;

#[tokio::test]
async fn a_variant_may_change_what_is_filled_in_and_how_to_sign_in() {
    let definition = with_overlays(&text(&[HEAD, BY_ID, EDITIONS]), &[]);
    let ask = async |settings: serde_json::Value| {
        let given = Given {
            settings,
            ..Given::default()
        };
        let desk = open(&definition, given, |_, _| {
            Reply::json(&json!({ "id": "7" }))
        });
        let desk = desk.map_err(|faults| format!("{faults:?}"))?;
        let found = desk.connection.find(&id("7"), &Context::default()).await;
        assert!(found.is_ok(), "{found:?}");
        Ok::<_, String>(desk.crm.seen()[0].clone())
    };
    let plain = ask(json!({})).await.expect("nothing to fill in");
    assert_eq!(plain.line, "GET https://crm.example/v1/people/7");
    assert_eq!(plain.headers["authorization"], "Bearer s3cret");
    assert_eq!(
        ask(json!({ "tenant": "north" })).await.err().as_deref(),
        Some(
            "[Setting { name: \"tenant\", expected: \"one of the settings server, beta, edition\" }]"
        ),
        "it is not asked for"
    );

    let other = ask(json!({ "edition": "b", "tenant": "north" })).await;
    let other = other.expect("the tenant is filled in");
    assert_eq!(other.line, "GET https://b.example/v1/t/north/7");
    assert_eq!(
        (
            other.headers["x-key"].as_str(),
            other.headers["x-tenant"].as_str()
        ),
        ("s3cret", "north")
    );
    assert_eq!(other.headers.get("authorization"), None, "it was removed");
    assert_eq!(
        ask(json!({ "edition": "b" })).await.err().as_deref(),
        Some("[Setting { name: \"tenant\", expected: \"a value\" }]"),
        "now it is"
    );
}

#[test]
fn the_connect_form_follows_what_is_filled_in() {
    let definition = with_overlays(&text(&[HEAD, BY_ID, EDITIONS]), &[]);
    let form = |filled: serde_json::Value| {
        let filled = filled.as_object().cloned().unwrap_or_default();
        let (settings, auth) = definition
            .form(&filled.into_iter().collect())
            .expect("each variant compiles");
        let labels = settings.into_iter().map(|setting| setting.label);
        let methods = auth.into_iter().map(|method| method.name);
        (labels.collect::<Vec<_>>(), methods.collect::<Vec<_>>())
    };
    let (labels, methods) = form(json!({}));
    assert_eq!(labels, ["Server", "Beta", "Edition"]);
    assert_eq!(methods, ["token"]);
    let (labels, methods) = form(json!({ "edition": "b" }));
    assert_eq!(labels, ["Server", "Beta", "Edition", "Tenant"]);
    assert_eq!(methods, ["token", "password"]);
    let (labels, _) = form(json!({ "edition": "b", "beta": true }));
    assert_eq!(labels[3], "Beta tenant", "both variants, in their order");
}

#[test]
fn variants_are_checked_in_each_company_they_can_meet_in() {
    let load = |text: &str| {
        let faults = Definition::load("desk.toml", text, &[]);
        let faults = faults.err().unwrap_or_default();
        faults
            .into_iter()
            .map(|fault| fault.to_string())
            .collect::<Vec<_>>()
            .join("\n")
    };
    let whole = text(&[HEAD, BY_ID, EDITIONS]);
    assert_eq!(load(&whole), "", "the second builds on the first");
    let clash = whole.replace(
        "when = \"setting.edition == 'b' && setting.beta\"",
        "when = \"setting.beta\"",
    );
    let faults = load(&clash);
    assert!(
        faults.contains("setting.tenant.kind"),
        "it can be alone now, and a label is no setting: {faults}"
    );
    for (from, to, key) in [
        (
            "setting.tenant.label = \"Beta tenant\"",
            "setting.edition.default = \"b\"",
            "variant.both.setting.edition",
        ),
        (
            "setting.tenant.label = \"Beta tenant\"",
            "remove = [\"setting.beta\"]",
            "variant.both.remove",
        ),
        (
            "remove = [\"auth.token.header\"]",
            "remove = [\"auth.token.headers\"]",
            "remove",
        ),
    ] {
        let faults = load(&whole.replace(from, to));
        assert!(faults.contains(key), "{key} in {faults}");
    }
}

#[tokio::test]
async fn what_an_overlay_says_of_settings_holds_against_variants_too() {
    let overlay = "setting.server.default = \"https://own.example\"";
    let definition = with_overlays(&text(&[HEAD, BY_ID, EDITIONS]), &[overlay]);
    for settings in [json!({}), json!({ "edition": "b", "tenant": "north" })] {
        let given = Given {
            settings,
            ..Given::default()
        };
        let desk = open(&definition, given, |_, _| {
            Reply::json(&json!({ "id": "7" }))
        });
        let desk = desk.unwrap_or_else(|faults| panic!("{faults:?}"));
        let found = desk.connection.find(&id("7"), &Context::default()).await;
        assert!(found.is_ok(), "{found:?}");
        let line = desk.crm.seen()[0].line.clone();
        assert!(line.starts_with("GET https://own.example/"), "{line}");
    }
}

fn overlay(text: &str) -> Overlay {
    Overlay {
        file: "overlay.toml".into(),
        text: text.to_owned(),
    }
}

fn load_with(text: &str) -> Vec<(String, usize, String)> {
    let faults = Definition::load("desk.toml", &base(), &[overlay(text)]);
    let faults = faults.expect_err("the overlay is wrong");
    faults
        .into_iter()
        .map(|fault| (fault.file, fault.line, fault.key))
        .collect()
}
