//! A desktop tells its organisation how it is, where the organisation asks for it, and nothing of
//! people.

use std::path::{Path, PathBuf};
use std::time::Duration;

use pop_core::fleet::FleetReport;
use serde_json::json;

use crate::office::Office;
use crate::sender::chat;

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    paths
        .filter(|path| path.extension().is_some_and(|it| it == "json"))
        .collect()
}

#[tokio::test]
async fn version_and_health_are_told_and_nobody_is_named() {
    let share = tempfile::tempdir().expect("a folder");
    let office = Office::with_sandbox();
    office.set_policy(&json!({
        "fleet": { "report_to": share.path() }, "agent": { "id": "agent01" }
    }));
    let run = office.start().await;
    run.sender().post(&chat("c1", "accepted", "12345")).await;
    run.screen.record("c1").await;
    let told = tokio::time::timeout(Duration::from_secs(20), async {
        loop {
            let text = files(share.path()).first().map(std::fs::read_to_string);
            if let Some(Ok(text)) = text {
                return text;
            }
            tokio::task::yield_now().await;
        }
    });
    let text = told.await.expect("it tells");
    run.stop().await;
    let report: FleetReport = serde_json::from_str(&text).expect("a report");
    assert_eq!(report.app, env!("CARGO_PKG_VERSION"));
    assert_eq!(report.health.listener, "on");
    assert_eq!(report.health.crms, 1);
    for personal in ["agent01", "12345", "Gonzalez", "127.0.0.1", "c1\""] {
        assert!(!text.contains(personal), "{personal} is in {text}");
    }
}

#[tokio::test]
async fn a_person_sends_reports_nowhere() {
    let share = tempfile::tempdir().expect("a folder");
    let office = Office::new();
    let run = office.start().await;
    office.set(&json!({ "fleet": { "report_to": share.path() } }));
    let refused = |shown: &crate::screen::Shown| {
        let faults = &shown.status.as_ref()?.file_faults;
        faults
            .iter()
            .any(|fault| fault.key == "fleet")
            .then_some(())
    };
    run.screen.until("the setting is refused", refused).await;
    run.stop().await;
    assert!(files(share.path()).is_empty());
}
