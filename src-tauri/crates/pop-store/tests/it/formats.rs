//! Files that older versions wrote. One sample per version, written by that version, is never
//! changed afterwards: what it holds must be readable for ever.

use std::fs;

use pop_core::write::WriteState;
use pop_store::{Accepted, Chain, HistoryQuery, Item, Wanted};
use rusqlite::Connection;

use crate::support::{entry, incoming, key, sealed, write};

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

#[test]
fn a_file_of_version_2_is_read_with_what_waits_and_what_is_half_typed() {
    let folder = tempfile::tempdir().unwrap();
    let raw = Connection::open(folder.path().join("store.db")).unwrap();
    raw.execute_batch(include_str!("format_2.sql")).unwrap();
    drop(raw);

    let mut store = sealed(folder.path());
    let items = store.outbox(Wanted::Open, 10).unwrap();
    let first = Item::Write(Box::new(write("w-1", "i-1")));
    assert_eq!(items[0].item, Some(first), "what waits");
    assert!(
        matches!(&items[1].state, WriteState::Parked(fault) if fault.fault.status == Some(422)),
        "what waits for a person"
    );
    assert_eq!(items[1].tries.len(), 1, "what was tried");
    assert_eq!(store.drafts().unwrap().len(), 1, "what is half typed");
    assert_eq!(store.verify_chain().unwrap(), Chain::Whole(2), "the audit");
}
