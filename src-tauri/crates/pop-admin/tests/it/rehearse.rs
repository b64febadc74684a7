//! A new bundle is rehearsed on recorded interactions, and a second admin signs what came out.

use serde_json::Value;

use crate::folder::Folder;

/// A recording of four: two known customers, one of them with an open case, a stranger, and one who
/// is not alone.
const RECORDED: &str = r#"{"interaction":{"channel":"chat","queue":"Loans"},"customer":{"connection":"crm","id":"c-1","tier":"gold"},"cases":[{"id":"k-1"}]}
{"interaction":{"channel":"voice","queue":"Cards"},"customer":{"connection":"crm","id":"c-2","owner":"x"}}
{"interaction":{"channel":"email","direction":"outbound"}}

{"interaction":{"channel":"chat"},"customer":{"connection":"crm","id":"c-3","others":1}}
"#;

async fn two_bundles() -> Folder {
    let folder = Folder::new();
    folder.begun().await;
    folder.write("rec.jsonl", &RECORDED.replace(",\"owner\":\"x\"", ""));
    folder.write(
        "new.toml",
        &folder.read("b.toml").replace("version = 1", "version = 2"),
    );
    folder
}

async fn kinds(folder: &Folder) -> Vec<(u64, String)> {
    let told = folder
        .run("rehearse b.toml new.toml --with rec.jsonl --json")
        .await;
    told.succeeded();
    let report: Value = serde_json::from_str(&told.out).expect("JSON");
    assert_eq!(report["recorded"]["interactions"], 4);
    let changes = report["changes"].as_array().expect("a list").iter();
    changes
        .map(|it| {
            let kind = it["kind"].as_str().expect("a word").to_owned();
            (it["line"].as_u64().expect("a number"), kind)
        })
        .collect()
}

#[tokio::test]
async fn a_rehearsal_says_what_opens_otherwise_fails_appears_and_vanishes() {
    let folder = two_bundles().await;
    assert_eq!(
        kinds(&folder).await,
        [],
        "the same content, another version"
    );

    folder.change(
        "new.toml",
        "/customers/{customer.id}",
        "/people/{customer.id}",
    );
    assert_eq!(
        kinds(&folder).await,
        [(1, "opens".to_owned()), (2, "opens".to_owned())],
        "nothing opens for strangers and for several"
    );

    folder.change(
        "new.toml",
        "/people/{customer.id}",
        "/people/{customer.tier}",
    );
    let told = folder
        .run("rehearse b.toml new.toml --with rec.jsonl --strict")
        .await;
    told.failed(9, &["1 pops fail or vanish"]);
    assert!(
        told.out.contains("https://crm.example.com/people/gold"),
        "{told:?}"
    );
    assert!(
        told.out.contains("`customer.tier` has no value"),
        "{told:?}"
    );

    folder.change(
        "new.toml",
        "/people/{customer.tier}",
        "/customers/{customer.id}",
    );
    let silent =
        "\n[[rules]]\nname = \"quiet\"\nwhen = \"interaction.channel == 'email'\"\npop = false\n";
    let text = folder.read("new.toml") + silent;
    folder.write("new.toml", &text);
    assert_eq!(kinds(&folder).await, [(3, "vanishes".to_owned())]);
    let back = folder
        .run("rehearse new.toml b.toml --with rec.jsonl --json")
        .await;
    assert!(back.out.contains("\"appears\""), "{back:?}");
}

#[tokio::test]
async fn a_page_shows_everything_and_runs_nothing() {
    let folder = two_bundles().await;
    folder.change(
        "new.toml",
        "/customers/{customer.id}",
        "/people/{customer.id}",
    );
    folder.change("rec.jsonl", "Loans", "<script>alert(1)</script>");
    folder
        .run("rehearse b.toml new.toml --with rec.jsonl --html page.html --report report.json")
        .await
        .succeeded();
    let page = folder.read("page.html");
    assert!(page.contains("https://crm.example.com/people/c-1"));
    assert!(
        page.contains("&lt;script&gt;alert(1)"),
        "what was recorded is text"
    );
    for foreign in ["<script", "src=", "@import", "url("] {
        assert!(!page.contains(foreign), "{foreign} is in the page");
    }
}

#[tokio::test]
async fn a_line_that_is_no_recorded_interaction_is_named() {
    let folder = two_bundles().await;
    folder.change("rec.jsonl", "\"channel\":\"email\"", "\"chanel\":\"email\"");
    let told = folder
        .run("rehearse b.toml new.toml --with rec.jsonl")
        .await;
    told.failed(2, &["line 3 of rec.jsonl", "chanel"]);
}

#[tokio::test]
async fn the_sandboxs_customers_are_looked_up_with_each_bundles_own_requests() {
    let folder = two_bundles().await;
    folder
        .run("recorded make --count 8 --out rec.jsonl")
        .await
        .succeeded();
    let wrong = "[find.external_id]\ncall = \"GET /api/nowhere/{external_id}\"\n[link]\n";
    folder.change("new.toml", "[link]\n", wrong);
    let line = "rehearse b.toml new.toml --with rec.jsonl";
    let dry = folder.run(line).await;
    dry.succeeded();
    assert!(dry.out.contains("8 come to the same"), "{dry:?}");
    let asked = folder.run(&format!("{line} --sandbox")).await;
    asked.succeeded();
    assert!(!asked.out.contains("8 come to the same"), "{asked:?}");
    let control = folder
        .run("rehearse b.toml b.toml --with rec.jsonl --sandbox")
        .await;
    assert!(control.out.contains("8 come to the same"), "{control:?}");
}

#[tokio::test]
async fn a_second_admin_signs_the_report_of_this_bundle_and_of_no_other() {
    let folder = two_bundles().await;
    folder
        .run("rehearse b.toml new.toml --with rec.jsonl --report report.json")
        .await
        .succeeded();
    folder.run("keys new second.key").await.succeeded();
    let line = "approve report.json --bundle new.toml --key second.key --out ok.json";
    let approved = folder.run(line).await;
    approved.succeeded();
    let fingerprint = folder.fingerprint("second.key").await;
    assert!(approved.out.contains(&fingerprint), "{approved:?}");
    folder.change("new.toml", "open = \"accept\"", "open = \"never\"");
    folder
        .run(line)
        .await
        .failed(2, &["report.json is no report about new.toml"]);
}
