//! The audit: chained, written with what it tells of, and broken only visibly.

use std::path::Path;

use pop_store::{AuditAction, AuditObject, Chain, Change, Told};
use rusqlite::Connection;

use crate::support::{at, key, opened, record, sealed};

/// Changes the file behind the store's back and checks the chain.
fn after(sql: &str) -> Chain {
    let folder = tempfile::tempdir().unwrap();
    let mut store = sealed(folder.path());
    for id in ["1", "2", "3"] {
        store.apply(&[Change::Audit(opened(id))]).unwrap();
    }
    drop(store);
    raw(folder.path()).execute_batch(sql).unwrap();
    sealed(folder.path()).verify_chain().unwrap()
}

fn raw(folder: &Path) -> Connection {
    Connection::open(folder.join("store.db")).unwrap()
}

#[test]
fn a_line_says_who_did_what_when_from_where_to_what() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = sealed(folder.path());
    store
        .apply(&[Change::Audit(opened("12345")), Change::Audit(opened("777"))])
        .unwrap();
    drop(store);
    let store = sealed(folder.path());
    let lines = store.audit(0, 10).unwrap();
    assert_eq!(
        lines.iter().map(|line| line.number).collect::<Vec<_>>(),
        [1, 2],
        "numbered"
    );
    assert_eq!((lines[0].at, lines[0].action), (at(1), AuditAction::Opened));
    let told = Told {
        who: "agent01".to_owned(),
        from: "policy".to_owned(),
        object: Some(AuditObject::Record(record("12345"))),
        interaction: Some(key("i-1")),
        item: None,
    };
    assert_eq!(
        lines[0].told.as_ref(),
        Some(&told),
        "everything that rule G5 wants"
    );
    assert_eq!(
        store.audit(1, 10).unwrap(),
        lines[1..],
        "the lines after a number"
    );
}

#[test]
fn the_chain_is_whole_as_long_as_nobody_touches_it() {
    assert_eq!(after(""), Chain::Whole(3));
    let erased = "UPDATE audit SET sealed = NULL";
    assert_eq!(
        after(erased),
        Chain::Whole(3),
        "erasing a customer does not break it"
    );
}

#[test]
fn every_touch_of_the_chain_is_noticed() {
    for (sql, broken) in [
        ("UPDATE audit SET at = at + 1 WHERE row = 2", 2),
        ("UPDATE audit SET action = 'read' WHERE row = 1", 1),
        ("UPDATE audit SET outcome = 'failed' WHERE row = 3", 3),
        ("UPDATE audit SET code = '' WHERE row = 2", 2),
        ("UPDATE audit SET who = zeroblob(32) WHERE row = 2", 2),
        ("UPDATE audit SET object = NULL WHERE row = 2", 2),
        ("UPDATE audit SET interaction = NULL WHERE row = 2", 2),
        ("UPDATE audit SET hash = zeroblob(32) WHERE row = 2", 2),
        ("DELETE FROM audit WHERE row = 1", 1),
        ("DELETE FROM audit WHERE row = 2", 2),
        ("DELETE FROM audit WHERE row = 3", 3),
        ("DELETE FROM audit", 1),
        ("INSERT INTO audit SELECT 4, at, action, outcome, code, who, object, interaction, hash, sealed
          FROM audit WHERE row = 3", 4),
        ("DELETE FROM audit_end", 4),
    ] {
        assert_eq!(after(sql), Chain::Broken(broken), "{sql}");
    }
}

#[test]
fn a_line_of_another_chain_does_not_fit() {
    let (ours, theirs) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    for (folder, first) in [(&ours, "1"), (&theirs, "9")] {
        let lines = [first, "2", "3"].map(|id| Change::Audit(opened(id)));
        sealed(folder.path()).apply(&lines).unwrap();
    }
    let copy = |row: i64| {
        let raw = raw(ours.path());
        let their = theirs.path().join("store.db");
        raw.execute("ATTACH ?1 AS their", [their.to_str().unwrap()])
            .unwrap();
        raw.execute(
            "REPLACE INTO main.audit SELECT * FROM their.audit WHERE row = ?1",
            [row],
        )
        .unwrap();
    };
    copy(2);
    assert_eq!(
        sealed(ours.path()).verify_chain().unwrap(),
        Chain::Broken(2),
        "each line rests on the one before"
    );
    copy(1);
    assert_eq!(
        sealed(ours.path()).verify_chain().unwrap(),
        Chain::Broken(3),
        "with its own line before it, it fits"
    );
}
