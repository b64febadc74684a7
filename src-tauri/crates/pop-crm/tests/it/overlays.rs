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
    let faults = load_with("variant.edition_b.auth.token.kind = \"basic\"");
    assert!(
        faults
            .iter()
            .any(|(_, _, key)| key == "variant.edition_b.auth"),
        "{faults:?}"
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
