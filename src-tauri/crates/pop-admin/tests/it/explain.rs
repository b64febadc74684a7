//! What would become of an event is told from a shell, and nobody is asked unless it is wanted.

use std::path::Path;

use pop_sandbox::{Options, Sandbox};
use serde_json::Value;

use crate::folder::Folder;

const TOKEN: &str = "a-token-of-this-test";

/// An event in the simple form, for agent a17.
const EVENT: &str = r#"{"event":"chat_offered","id":"e1","interactionId":"i1","agent":"a17",
                        "customerId":"12345"}"#;

async fn begun() -> Folder {
    let folder = Folder::new();
    folder.begun().await;
    folder.write("e.json", EVENT);
    folder
}

async fn told(folder: &Folder, line: &str) -> Value {
    let told = folder.run(&format!("explain {line} --json")).await;
    told.succeeded();
    serde_json::from_str(&told.out).expect("JSON")
}

#[tokio::test]
async fn without_asking_anybody_it_says_who_reads_it_who_would_be_asked_and_what_would_open() {
    let folder = begun().await;
    folder.change("b.toml", "open = \"accept\"", "open = \"offer\"");
    let text = folder.run("explain e.json --bundle b.toml").await;
    text.succeeded();
    for said in [
        "e.json: 1 event, read by our own form (simple-form)",
        "Our CRM (crm): who it is, by record id",
        "GET /api/customers/{id}",
        "Supposing that one customer is found:",
        "Opens: Our CRM, the customer: {setting.server}/customers/{customer.id}",
    ] {
        assert!(text.out.contains(said), "{said:?} is not in {}", text.out);
    }
    assert!(
        !text.out.contains("12345"),
        "no value is told: {}",
        text.out
    );

    let card = &told(&folder, "e.json --bundle b.toml").await["cards"][0];
    assert_eq!(card["opens"]["connection"], "crm");
    let several = told(&folder, "e.json --bundle b.toml --suppose several").await;
    assert_eq!(several["cards"][0]["opens"], Value::Null, "{several}");

    folder.change("b.toml", "open = \"offer\"", "open = \"never\"");
    let never = told(&folder, "e.json --bundle b.toml").await;
    assert_eq!(never["cards"][0]["opens"], Value::Null, "{never}");
}

#[tokio::test]
async fn an_event_for_somebody_else_makes_no_card_and_says_why() {
    let folder = begun().await;
    let other = folder
        .run("explain e.json --bundle b.toml --agent a99")
        .await;
    other.failed(11, &["no card would come up"]);
    assert!(other.out.contains("for another agent"), "{other:?}");
    let mine = folder
        .run("explain e.json --bundle b.toml --agent a17")
        .await;
    mine.succeeded();
}

#[tokio::test]
async fn the_mapping_that_reads_a_body_is_found_and_none_is_guessed() {
    let folder = Folder::new();
    for name in folder.run("mapping show").await.out.lines() {
        let text = folder.run(&format!("mapping show {name}")).await.out;
        let mapping: toml::Value = toml::from_str(&text).expect("TOML");
        let mut samples = mapping["sample"].as_array().expect("samples").iter();
        let first = samples.find(|sample| {
            let alone = ["after", "headers", "url"].iter();
            sample.get("events").is_some() && alone.clone().all(|key| sample.get(key).is_none())
        });
        let Some(sample) = first else { continue };
        folder.write("e.json", sample["body"].as_str().expect("a body"));
        let told = folder.run("explain e.json --json").await;
        if told.code == 6 {
            assert!(
                told.err.contains("more than one mapping"),
                "{name}: {told:?}"
            );
            assert!(told.err.contains(name), "{name}: {told:?}");
            let named = format!("explain e.json --json --mapping {name}");
            assert_eq!(folder.run(&named).await.code, 0, "{name}");
            continue;
        }
        let read: Value = serde_json::from_str(&told.out).expect("JSON");
        let by = read["read_by"]["id"].as_str().expect("a name");
        assert!(by == name || by == "simple-form", "{name} is read by {by}");
    }
    folder.write("e.json", r#"{"hello":"world"}"#);
    let nobody = folder.run("explain e.json").await;
    nobody.failed(
        6,
        &["nobody reads an event", "our own form: E_EVENT", "glia:"],
    );
    assert!(
        !nobody.err.contains("world"),
        "what stood there is not told"
    );
}

/// A policy that leads to this sandbox, and the file with its token.
fn connected(folder: &Folder, sandbox: &Sandbox) {
    let server = sandbox.origin();
    let settings = serde_json::json!({
        "security": { "allow_loopback_http": true },
        "pop": { "open": "offer" },
        "connections": { "crm": {
            "definition": "rest", "label": "Meridian", "method": "token",
            "fields": { "server": server },
        } },
    });
    folder.write("policy.jsonc", &settings.to_string());
    folder.write("token", TOKEN);
    owner_only(&folder.path("token"));
}

#[cfg(unix)]
fn owner_only(path: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    let rights = std::fs::Permissions::from_mode(0o600);
    std::fs::set_permissions(path, rights).expect("rights");
}

#[cfg(not(unix))]
fn owner_only(_: &Path) {}

#[tokio::test]
async fn crms_are_asked_only_where_that_is_wanted_and_by_reading_alone() {
    let sandbox = Sandbox::start(Options::new(TOKEN))
        .await
        .expect("it starts");
    let folder = begun().await;
    connected(&folder, &sandbox);
    let dry = told(&folder, "e.json --policy policy.jsonc").await;
    assert_eq!(dry["asked"], false);
    assert_eq!(sandbox.requests().len(), 0, "nobody was asked");

    let line = "e.json --policy policy.jsonc --ask --secret-file crm=token";
    let asked = told(&folder, line).await;
    let address = asked["cards"][0]["opens"]["address"].as_str();
    let address = address.expect("an address");
    assert!(address.ends_with("/customers/12345"), "{address}");
    let requests = sandbox.requests();
    assert!(!requests.is_empty(), "it was asked");
    assert!(requests.iter().all(|it| it.method == "GET"), "{requests:?}");

    let unsigned = folder
        .run("explain e.json --policy policy.jsonc --ask")
        .await;
    unsigned.failed(12, &["without an answer"]);
    assert!(unsigned.out.contains("sign_in_needed"), "{unsigned:?}");

    // What only machine policy may allow, a person's file does not.
    let user = folder
        .run("explain e.json --settings policy.jsonc --ask --secret-file crm=token")
        .await;
    user.failed(5, &["mistake"]);
    assert!(
        user.out.contains("the organisation alone sets it"),
        "{user:?}"
    );
    sandbox.stop().await;
}

#[tokio::test]
async fn the_doctor_reads_the_same_files_and_says_that_nobody_signed_in() {
    let sandbox = Sandbox::start(Options::new(TOKEN))
        .await
        .expect("it starts");
    let folder = begun().await;
    connected(&folder, &sandbox);
    let unsigned = folder.run("doctor --policy policy.jsonc").await;
    unsigned.succeeded();
    assert!(unsigned.out.contains("Nobody signed in"), "{unsigned:?}");
    let line = "doctor --policy policy.jsonc --connection crm --secret-file token --record 12345";
    let signed = folder.run(line).await;
    signed.succeeded();
    assert!(!signed.out.contains("Nobody signed in"), "{signed:?}");
    assert!(!signed.out.contains(TOKEN), "no secret is printed");
    folder.write("token", "another token");
    folder.run(line).await.failed(10, &["failed"]);
    sandbox.stop().await;
}

#[cfg(unix)]
#[tokio::test]
async fn a_secret_that_others_may_read_is_not_taken() {
    use std::os::unix::fs::PermissionsExt as _;
    let sandbox = Sandbox::start(Options::new(TOKEN))
        .await
        .expect("it starts");
    let folder = begun().await;
    connected(&folder, &sandbox);
    let open = std::fs::Permissions::from_mode(0o644);
    std::fs::set_permissions(folder.path("token"), open).expect("rights");
    let line = "explain e.json --policy policy.jsonc --ask --secret-file crm=token";
    folder.run(line).await.failed(2, &["can be read by others"]);
    sandbox.stop().await;
}
