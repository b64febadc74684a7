//! What desktops report is read from a folder or an address, and told as a table.

use serde_json::{Value, json};

use crate::folder::Folder;
use crate::host::Host;

fn report(desktop: &str, version: u32, at: &str, more: &Value) -> String {
    let mut report = json!({
        "protocol": 1, "desktop": desktop, "at": at, "app": "0.1.0", "system": "linux",
        "bundle": { "tenant": "meridian", "version": version, "ring": 10 },
        "health": { "crms": 1, "gateway": "heard", "listener": "on" },
        "of_a_later_version": true,
    });
    for (key, value) in more.as_object().expect("an object") {
        report[key] = value.clone();
    }
    report.to_string()
}

fn now() -> String {
    pop_core::clock::Clock::now(&pop_crm::SystemClock).rfc3339()
}

#[tokio::test]
async fn a_folder_of_reports_is_told_as_a_table_and_as_json() {
    let folder = Folder::new();
    std::fs::create_dir(folder.path("fleet")).expect("a folder");
    let put = |name: &str, text: &str| folder.write(&format!("fleet/{name}"), text);
    put("a1.json", &report("a1", 8, &now(), &json!({})));
    let ill =
        json!({ "health": { "crms": 2, "failing": { "unavailable": 1 }, "gateway": "broken" } });
    put("b2.json", &report("b2", 7, &now(), &ill));
    put(
        "c3.json",
        &report("c3", 7, "2020-01-01T00:00:00Z", &json!({})),
    );
    put("d4.json", "{ half");
    put("e5.txt", "not a report");
    let told = folder.run("fleet fleet").await;
    told.succeeded();
    for line in [
        "3 desktops: 1 on version 8, 2 on version 7",
        "Well: 1. Silent: 1",
        "1 CRM unavailable, gateway broken",
        "d4.json: passed over",
    ] {
        assert!(told.out.contains(line), "{line:?} is not in {}", told.out);
    }
    assert!(!told.out.contains("e5"), "{}", told.out);
    let told = folder.run("fleet fleet --json --silent 1000000").await;
    let lines: Vec<Value> = told
        .out
        .lines()
        .map(|it| serde_json::from_str(it).expect("JSON"))
        .collect();
    assert_eq!(lines.len(), 3);
    assert!(
        lines.iter().all(|it| it["silent"] == false),
        "so long is no silence"
    );
}

#[tokio::test]
async fn an_address_lists_the_files_or_the_reports_themselves() {
    let folder = Folder::new();
    let host = Host::start().await;
    host.put(
        "/fleet/a1.json",
        report("a1", 8, &now(), &json!({})).as_bytes(),
    );
    host.put("/fleet/..%2Fsecret.json", b"{}");
    let told = folder
        .run(&format!("fleet {}", host.address("/fleet/")))
        .await;
    told.succeeded();
    assert!(
        told.out.contains("1 desktops: 1 on version 8"),
        "{}",
        told.out
    );
    let (one, other) = (
        report("a1", 7, "2026-01-01T00:00:00Z", &json!({})),
        report("a1", 8, &now(), &json!({})),
    );
    host.put("/all", format!("[{one},{other}]").as_bytes());
    let told = folder.run(&format!("fleet {}", host.address("/all"))).await;
    told.succeeded();
    assert!(
        told.out.contains("1 desktops: 1 on version 8"),
        "the latest counts: {}",
        told.out
    );
}
