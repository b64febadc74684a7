//! Files that older versions wrote. One sample per version, written by that version, is never
//! changed afterwards: what it holds must be readable for ever.

use std::fs;

use pop_store::{Accepted, Chain, HistoryQuery};
use rusqlite::Connection;

use crate::support::{entry, incoming, key, sealed};

#[test]
fn a_file_of_version_1_is_read_with_everything_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let raw = Connection::open(folder.path().join("store.db")).unwrap();
    raw.execute_batch(include_str!("format_1.sql")).unwrap();
    drop(raw);

    let mut store = sealed(folder.path());
    let query = HistoryQuery {
        limit: 10,
        ..HistoryQuery::default()
    };
    assert_eq!(
        store.history(&query).unwrap(),
        [entry("i-1", 0)],
        "the history"
    );
    assert_eq!(
        store.marks(&key("i-1")).unwrap().len(),
        1,
        "the flight marks"
    );
    assert_eq!(
        store.pending_events().unwrap().len(),
        1,
        "the event that nobody handled"
    );
    assert_eq!(
        store.accept_event(&incoming("msg-1", 1)).unwrap(),
        Accepted::Repeated,
        "the ids"
    );
    assert_eq!(store.verify_chain().unwrap(), Chain::Whole(1), "the audit");
    assert!(
        store.audit(0, 1).unwrap()[0].told.is_some(),
        "with what it tells"
    );
    assert!(
        fs::exists(folder.path().join("store.lock")).unwrap(),
        "and it is ours now"
    );
}
