//! A bundle from the first line to the signature, on the command line.

use serde_json::Value;

use crate::folder::Folder;

#[tokio::test]
async fn a_new_bundle_is_right_signed_and_verified() {
    let folder = Folder::new();
    folder.begun().await;
    let checked = folder.run("check b.toml").await;
    checked.succeeded();
    assert_eq!(checked.out, "b.toml: right; version 1 for meridian\n");
    folder
        .run("sign b.toml --key a.key --out b.signed")
        .await
        .succeeded();
    let signed = folder.read("b.signed");
    assert!(
        signed.ends_with(&folder.read("b.toml")),
        "what was signed stays readable"
    );
    let fingerprint = folder.fingerprint("a.key").await;
    assert_eq!(fingerprint, folder.fingerprint("b.signed").await);
    let verified = folder
        .run(&format!("verify b.signed --key {fingerprint} --json"))
        .await;
    verified.succeeded();
    let told: Value = serde_json::from_str(&verified.out).expect("JSON");
    assert_eq!(told["tenant"], "meridian");
    assert_eq!(told["signed_by"][0], fingerprint.as_str());
    let schema: Value = serde_json::from_str(&folder.read("bundle.schema.json")).expect("JSON");
    assert_eq!(schema["required"][0], "bundle");
    assert!(
        folder
            .read("b.toml")
            .starts_with("#:schema ./bundle.schema.json\n")
    );
}

#[tokio::test]
async fn a_changed_bundle_a_strangers_and_an_older_one_are_refused() {
    let folder = Folder::new();
    folder.begun().await;
    folder
        .run("sign b.toml --key a.key --out b.signed")
        .await
        .succeeded();
    let ours = folder.fingerprint("a.key").await;
    folder.run("keys new c.key").await.succeeded();
    let theirs = folder.fingerprint("c.key").await;
    let verify = |file: &str, key: &str| format!("verify {file} --key {key}");
    folder.run(&verify("b.signed", &ours)).await.succeeded();
    let stranger = folder.run(&verify("b.signed", &theirs)).await;
    stranger.failed(8, &["nobody who is trusted signed it", &ours]);
    let older = folder
        .run(&format!("{} --highest 2", verify("b.signed", &ours)))
        .await;
    older.failed(8, &["version 1, and version 2 was taken before"]);
    folder.change("b.signed", "open = \"accept\"", "open = \"offer\"");
    let changed = folder.run(&verify("b.signed", &ours)).await;
    changed.failed(8, &["it was changed after"]);
    folder
        .run(&verify("b.toml", &ours))
        .await
        .failed(8, &["b.toml is not signed"]);
}

#[tokio::test]
async fn every_mistake_is_told_with_its_line_and_nothing_is_signed() {
    let folder = Folder::new();
    folder.begun().await;
    folder.change("b.toml", "open = \"accept\"", "open = \"ofer\"");
    folder.change("b.toml", "{customer.id}", "{custmer.id}");
    folder.change("b.toml", "method     = \"token\"", "method     = \"tokn\"");
    let checked = folder.run("check b.toml --json").await;
    checked.failed(5, &["1 mistake"]);
    folder.change("b.toml", "open = \"ofer\"", "open = \"offer\"");
    let checked = folder.run("check b.toml --json").await;
    assert_eq!(checked.code, 5);
    let told: Value = serde_json::from_str(&checked.out).expect("JSON");
    let text = folder.read("b.toml");
    let line_of = |part: &str| {
        text.lines()
            .position(|line| line.contains(part))
            .expect("there")
            + 1
    };
    let faults = told["faults"].as_array().expect("a list");
    let at = |key: &str| {
        let mut found = faults.iter();
        let found = found.find(|fault| fault["key"].as_str().is_some_and(|it| it.starts_with(key)));
        found.unwrap_or_else(|| panic!("{key} in {faults:?}"))["line"].as_u64()
    };
    assert_eq!(
        at("connections.crm.overlay: link"),
        Some(line_of("custmer") as u64)
    );
    let refused = folder.run("sign b.toml --key a.key --out b.signed").await;
    refused.failed(5, &["mistake"]);
    assert!(!folder.path("b.signed").exists());
    folder.change("b.toml", "custmer", "customer");
    let checked = folder.run("check b.toml").await;
    checked.failed(5, &["1 mistake"]);
    assert!(
        checked
            .out
            .contains("connections.crm.method: found \"tokn\", expected one of token")
    );
    folder.change("b.toml", "\"tokn\"", "\"token\"");
    folder
        .run("sign b.toml --key a.key --out b.signed")
        .await
        .succeeded();
}

#[tokio::test]
async fn a_signed_file_is_replaced_only_by_a_higher_version() {
    let folder = Folder::new();
    folder.begun().await;
    let sign = "sign b.toml --key a.key --out b.signed";
    folder.run(sign).await.succeeded();
    folder
        .run(sign)
        .await
        .failed(8, &["version 1, and version 2"]);
    folder.change("b.toml", "version = 1", "version = 2");
    folder.run(sign).await.succeeded();
}

#[tokio::test]
async fn new_keys_have_to_sign_beside_the_old() {
    let folder = Folder::new();
    folder.begun().await;
    let made = folder.run("keys new next.key --json").await;
    let told: Value = serde_json::from_str(&made.out).expect("JSON");
    let next = told["key"].as_str().expect("a text");
    folder.change(
        "b.toml",
        "[bundle]\n",
        &format!("[bundle]\ntrust = [\"{next}\"]\n"),
    );
    let alone = folder.run("sign b.toml --key a.key --out b.signed").await;
    alone.failed(8, &["that key has not signed it"]);
    folder
        .run("sign b.toml --key a.key --key next.key --out b.signed")
        .await
        .succeeded();
}

#[cfg(unix)]
#[tokio::test]
async fn a_key_is_its_owners_alone_and_is_never_overwritten() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = Folder::new();
    folder.begun().await;
    let mode = |mode| {
        let permissions = std::fs::Permissions::from_mode(mode);
        std::fs::set_permissions(folder.path("a.key"), permissions).expect("ours");
    };
    folder
        .run("keys new a.key")
        .await
        .failed(2, &["a.key cannot be written"]);
    mode(0o644);
    let open = folder.run("sign b.toml --key a.key --out b.signed").await;
    open.failed(2, &["can be read by others", "chmod 600"]);
    mode(0o600);
    folder
        .run("sign b.toml --key a.key --out b.signed")
        .await
        .succeeded();
}

#[tokio::test]
async fn what_changes_is_told_setting_by_setting_and_line_by_line() {
    let folder = Folder::new();
    folder.begun().await;
    std::fs::copy(folder.path("b.toml"), folder.path("n.toml")).expect("a copy");
    let same = folder.run("diff b.toml n.toml").await;
    assert_eq!(same.out, "Both say the same\n");
    folder.change("n.toml", "version = 1", "version = 2");
    folder.change(
        "n.toml",
        "/customers/{customer.id}",
        "/people/{customer.id}",
    );
    folder.change("n.toml", "required = [\"outcome\"]\n", "");
    let changed = folder.run("diff b.toml n.toml").await;
    changed.succeeded();
    let expected = "~ bundle.version = 2   (was 1)\n\
        ~ connections.crm.overlay\n    \
        - customer = [\"{setting.server}/customers/{customer.id}\"]\n    \
        + customer = [\"{setting.server}/people/{customer.id}\"]\n\
        - wrap_up.required   (was [\"outcome\"])\n";
    assert_eq!(changed.out, expected);
}

#[tokio::test]
async fn enrolling_looks_at_the_bundle_and_writes_the_policy_alone() {
    let folder = Folder::new();
    folder.begun().await;
    folder
        .run("sign b.toml --key a.key --out b.signed")
        .await
        .succeeded();
    let policy = "{\n  // Ours\n  \"security\": { \"allow_loopback_http\": true }\n}\n";
    std::fs::write(folder.path("policy.jsonc"), policy).expect("a file");
    let from = folder.path("b.signed");
    let from = from.to_str().expect("plain");
    let enrol = |key: &str| format!("enrol {from} {key} --policy policy.jsonc");
    folder.run("keys new c.key").await.succeeded();
    let theirs = folder.fingerprint("c.key").await;
    folder
        .run(&enrol(&theirs))
        .await
        .failed(8, &["nobody who is trusted signed it"]);
    assert_eq!(folder.read("policy.jsonc"), policy, "nothing was written");
    let ours = folder.fingerprint("a.key").await;
    let enrolled = folder.run(&enrol(&ours)).await;
    enrolled.succeeded();
    assert!(
        enrolled.out.contains("version 1 for meridian"),
        "{}",
        enrolled.out
    );
    let written = folder.read("policy.jsonc");
    for part in ["// Ours", "allow_loopback_http", from, &ours] {
        assert!(written.contains(part), "{part} in {written}");
    }
    let plain = folder
        .run(&format!(
            "enrol http://x.example/b {ours} --offline --policy policy.jsonc"
        ))
        .await;
    plain.failed(2, &["an https address"]);
}

#[tokio::test]
async fn an_example_that_comes_out_otherwise_keeps_a_bundle_from_being_signed() {
    let folder = Folder::new();
    folder.begun().await;
    let rule = "\n[[rules]]\nname = \"open cases first\"\nrecords = [\"case\", \"customer\"]\n\n\
        [[example]]\nname = \"a customer with an open case\"\n\
        customer = { id = \"12345\", name = \"Ann\" }\n\
        cases = [{ id = \"c1\" }]\n\n[example.expect]\n\
        opens = \"https://crm.example.com/cases/c1\"\n\
        writes = [{ do = \"log_interaction\" }]\n";
    let text = folder.read("b.toml") + rule;
    std::fs::write(folder.path("b.toml"), &text).expect("a file");
    folder.run("check b.toml").await.succeeded();
    folder.change("b.toml", "\"case\", \"customer\"", "\"customer\"");
    let checked = folder.run("check b.toml").await;
    checked.failed(5, &["1 mistake"]);
    let line = text
        .lines()
        .position(|line| line.starts_with("opens"))
        .expect("there")
        + 1;
    let told = format!(
        "b.toml:{line}: example.0.expect.opens: found \"https://crm.example.com/customers/12345\""
    );
    assert!(checked.out.starts_with(&told), "{}", checked.out);
    folder
        .run("sign b.toml --key a.key --out b.signed")
        .await
        .failed(5, &[]);
}
