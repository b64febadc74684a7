//! A signed bundle is put to its place, and what is served is what was published.

use serde_json::Value;

use crate::folder::Folder;
use crate::host::Host;

const PATH: &str = "/screenpop.bundle";

/// Version `version` in `b.toml`, signed in `b<version>`.
async fn signed(folder: &Folder, version: u32) {
    if version > 1 {
        let before = format!("version = {}\n", version - 1);
        folder.change("b.toml", &before, &format!("version = {version}\n"));
    }
    folder
        .run(&format!("sign b.toml --key a.key --out b{version}"))
        .await
        .succeeded();
}

async fn begun() -> (Folder, String) {
    let folder = Folder::new();
    folder.begun().await;
    signed(&folder, 1).await;
    signed(&folder, 2).await;
    let key = folder.fingerprint("a.key").await;
    (folder, key)
}

#[tokio::test]
async fn a_bundle_is_published_to_a_share_and_never_goes_back() {
    let (folder, key) = begun().await;
    let publish = |file: &str| format!("publish {file} --to share.bundle --key {key}");
    let first = folder.run(&publish("b1")).await;
    first.succeeded();
    assert_eq!(
        first.out,
        "share.bundle: version 1 for meridian is served, for 100 % of the people\n"
    );
    let looked = folder.run(&format!("{} --dry-run", publish("b2"))).await;
    looked.succeeded();
    assert_eq!(
        folder.read("share.bundle"),
        folder.read("b1"),
        "only looked"
    );
    let second = folder.run(&publish("b2")).await;
    second.succeeded();
    assert!(
        second.out.contains("Before it there was version 1"),
        "{second:?}"
    );
    assert_eq!(folder.read("share.bundle"), folder.read("b2"));
    let again = folder.run(&publish("b2")).await;
    assert!(again.out.contains("is there already"), "{again:?}");
    folder
        .run(&publish("b1"))
        .await
        .failed(8, &["version 1, and version 2 was taken before"]);
    folder
        .run(&publish("b.toml"))
        .await
        .failed(8, &["not signed"]);
    folder
        .run(&format!("{} --ring 10", publish("b2")))
        .await
        .failed(8, &["100 %", "10 %"]);
    assert_eq!(folder.read("share.bundle"), folder.read("b2"));
}

#[tokio::test]
async fn what_is_there_has_to_be_ours() {
    let (folder, key) = begun().await;
    let line = format!("publish b1 --to share.bundle --key {key}");
    folder.write("share.bundle", "<html>");
    folder.run(&line).await.failed(8, &["no signed bundle"]);
    folder.run("keys new c.key").await.succeeded();
    folder
        .run("sign b.toml --key c.key --out theirs")
        .await
        .succeeded();
    folder.write("share.bundle", &folder.read("theirs"));
    folder
        .run(&line)
        .await
        .failed(8, &["nobody who is trusted"]);
    folder
        .run(&format!("publish theirs --to other.bundle --key {key}"))
        .await
        .failed(8, &["nobody who is trusted"]);
}

#[tokio::test]
async fn a_server_gets_it_under_the_condition_of_what_was_there() {
    let (folder, key) = begun().await;
    let host = Host::start().await;
    let to = host.address(PATH);
    let publish = |file: &str| format!("publish {file} --to {to} --key {key}");
    folder.run(&publish("b1")).await.succeeded();
    assert_eq!(host.get(PATH), Some(folder.read("b1").into_bytes()));

    host.ask_for("of-the-admin");
    folder.run(&publish("b2")).await.failed(8, &["401"]);
    folder.write("token", "of-the-admin\n");
    let told = folder
        .run(&format!("{} --token token --json", publish("b2")))
        .await;
    told.succeeded();
    let told: Value = serde_json::from_str(&told.out).expect("JSON");
    assert_eq!(
        (&told["outcome"], &told["was"]),
        (&"is served".into(), &1.into())
    );
    assert_eq!(host.get(PATH), Some(folder.read("b2").into_bytes()));
    assert_eq!(host.puts(), 2);
}

#[tokio::test]
async fn a_server_that_goes_on_serving_another_one_is_noticed() {
    let (folder, key) = begun().await;
    let host = Host::start().await;
    host.put(PATH, folder.read("b1").as_bytes());
    host.forget();
    let to = host.address(PATH);
    folder
        .run(&format!("publish b2 --to {to} --key {key}"))
        .await
        .failed(8, &["serves something else"]);
}

#[tokio::test]
async fn where_a_second_admins_word_is_demanded_nothing_is_published_without_it() {
    let (folder, key) = begun().await;
    let recorded = "{\"interaction\":{},\"customer\":{\"connection\":\"crm\",\"id\":\"c1\"}}\n";
    folder.write("rec.jsonl", recorded);
    folder.run("keys new second.key").await.succeeded();
    let second = folder.fingerprint("second.key").await;
    let rehearse = "rehearse b1 b2 --with rec.jsonl --report report.json";
    folder.run(rehearse).await.succeeded();
    let approve = |key: &str| format!("approve report.json --bundle b2 --key {key} --out ok.json");
    let publish = format!(
        "publish b2 --to share.bundle --key {key} --rehearsed report.json --approved ok.json --by"
    );
    let by_second = format!("{publish} {second}");
    folder.run(&approve("a.key")).await.succeeded();
    folder
        .run(&by_second)
        .await
        .failed(8, &["whose word does not count here"]);
    folder
        .run(&format!("{publish} {key}"))
        .await
        .failed(8, &["signed the bundle as well"]);
    folder.run(&approve("second.key")).await.succeeded();
    folder.change("report.json", "\"interactions\": 1", "\"interactions\": 9");
    folder
        .run(&by_second)
        .await
        .failed(8, &["it is about another report"]);
    folder.run(rehearse).await.succeeded();
    folder.run(&approve("second.key")).await.succeeded();
    assert!(
        !folder.path("share.bundle").exists(),
        "nothing was published"
    );
    let published = folder.run(&by_second).await;
    published.succeeded();
    assert!(
        published.out.contains(&format!("approved by {second}")),
        "{published:?}"
    );
}
