//! The audit of a profile, written out and checked from the command line.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use pop_core::moment::Moment;
use pop_core::profile::{ConnectionId, RecordKind, RecordRef};
use pop_store::{
    AuditAction, AuditEntry, AuditItem, AuditObject, AuditOutcome, Change, Keeping, Sealer, Store,
};

use crate::support::{Outcome, outcome, program};

async fn export(folder: &Path, more: &[&str]) -> Outcome {
    let mut command = program();
    command.args(["audit", "export", "--data"]);
    outcome(command.arg(folder).args(more)).await
}

/// A profile in which two things were done.
fn profile() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let sealer = Arc::new(Sealer::ephemeral().expect("random"));
    let mut store = Store::open(folder.path(), Keeping::Sealed(sealer)).expect("opens");
    let line = |action| AuditEntry {
        who: "agent01".to_owned(),
        action,
        at: Moment::from_millis(1_767_715_061_252),
        from: "window".to_owned(),
        object: Some(AuditObject::Record(RecordRef {
            connection: ConnectionId("crm".to_owned()),
            kind: RecordKind::Customer,
            id: "12345".to_owned(),
        })),
        outcome: AuditOutcome::Done,
        code: None,
        interaction: None,
        item: Some(AuditItem {
            id: "w-1".to_owned(),
            what: "create_case".to_owned(),
        }),
    };
    let lines = [AuditAction::Asked, AuditAction::Wrote];
    let changes = lines.map(|action| Change::Audit(line(action)));
    store.apply(&changes).expect("kept");
    folder
}

#[tokio::test]
async fn every_line_is_written_out_and_the_chain_is_whole() {
    let folder = profile();
    let text = export(folder.path(), &["--verify"]).await;
    assert_eq!(text.code, 0, "{}", text.err);
    assert!(
        text.out.contains("1 2026-01-06T15:57:41.252Z asked done"),
        "{}",
        text.out
    );
    assert!(text.out.contains("2 lines, none changed"), "{}", text.out);
    assert!(
        !text.out.contains("12345"),
        "without the key it tells of nobody"
    );
    let json = export(folder.path(), &["--json", "--after", "1"]).await;
    let lines: Vec<&str> = json.out.lines().collect();
    assert_eq!(lines.len(), 1, "{}", json.out);
    let line: serde_json::Value = serde_json::from_str(lines[0]).expect("JSON");
    assert_eq!(line["action"], "wrote");
}

#[tokio::test]
async fn a_line_that_was_changed_is_found_by_its_number() {
    let folder = profile();
    let path = folder.path().join("store.db");
    let mut bytes = fs::read(&path).expect("the file");
    let at = bytes
        .windows(5)
        .position(|part| part == b"wrote")
        .expect("it is there");
    bytes[at..at + 5].copy_from_slice(b"asked");
    fs::write(&path, bytes).expect("written");
    let outcome = export(folder.path(), &["--verify"]).await;
    assert_eq!(outcome.code, 7, "{}", outcome.err);
    assert!(outcome.err.contains("line 2"), "{}", outcome.err);
}

#[tokio::test]
async fn a_folder_without_a_profile_is_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let outcome = export(folder.path(), &[]).await;
    assert_eq!(outcome.code, 2, "{}", outcome.err);
    assert!(outcome.err.contains("cannot be read"), "{}", outcome.err);
}
