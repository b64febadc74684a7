//! Copies of what CRMs told of customers.

use pop_core::desk::SavedCopy;
use pop_core::profile::{Case, Customer, Listed};
use pop_store::{Change, Store};

use crate::support::{at, memory_only, record, sealed, sealer};

fn copy(id: &str, name: &str, until: i64) -> SavedCopy {
    let case = Case {
        id: "c-1".to_owned(),
        subject: Some("Zwitscher-Karte".to_owned()),
        due: Some(at(90)),
        ..Case::default()
    };
    SavedCopy {
        connection: record(id).connection,
        customer: Customer {
            id: id.to_owned(),
            name: Some(name.to_owned()),
            cases: Some(Listed {
                items: vec![case],
                total: Some(4),
                strangers: 0,
            }),
            ..Customer::default()
        },
        found_by: vec!["email ann@example.com".to_owned()],
        read: at(1),
        until: at(until),
    }
}

fn keep(store: &mut Store, copy: SavedCopy) {
    store.apply(&[Change::SavedCopy(Box::new(copy))]).unwrap();
}

#[test]
fn a_copy_comes_back_whole_in_its_newest_form_and_nobody_else_reads_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = memory_only(folder.path());
    keep(&mut store, copy("1", "Zwitscher", 50));
    store.settle(sealer(7)).unwrap();
    keep(&mut store, copy("1", "Zwitscher-Rot", 60));
    for name in ["store.db", "store.db-wal"] {
        let bytes = std::fs::read(folder.path().join(name)).unwrap_or_default();
        assert!(!bytes.windows(9).any(|part| part == b"Zwitscher"), "{name}");
    }
    drop(store);
    let mut store = sealed(folder.path());
    let kept = store.saved_copies().unwrap();
    assert_eq!(kept, [copy("1", "Zwitscher-Rot", 60)]);
}

#[test]
fn a_copy_goes_at_its_time_and_leaves_nothing_in_the_log() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = sealed(folder.path());
    keep(&mut store, copy("1", "Anna", 60));
    keep(&mut store, copy("2", "Bernd", 61));
    store.apply(&[Change::ForgetCopies(at(59))]).unwrap();
    assert_eq!(store.saved_copies().unwrap().len(), 2, "not yet");
    store.apply(&[Change::ForgetCopies(at(60))]).unwrap();
    assert_eq!(
        store.saved_copies().unwrap(),
        [copy("2", "Bernd", 61)],
        "its time is over"
    );
    let log = std::fs::read(folder.path().join("store.db-wal")).unwrap_or_default();
    assert!(log.is_empty(), "the log holds what was overwritten");
}

#[test]
fn a_copy_goes_with_its_customer_with_its_connection_and_with_everybody() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = sealed(folder.path());
    let connection = record("1").connection;
    for change in [
        Change::EraseCustomer(record("1")),
        Change::EraseConnection(connection),
        Change::EraseEverybody,
    ] {
        keep(&mut store, copy("1", "Anna", 60));
        assert_eq!(store.saved_copies().unwrap().len(), 1, "it is there");
        store.apply(std::slice::from_ref(&change)).unwrap();
        assert!(store.saved_copies().unwrap().is_empty(), "{change:?}");
    }
}

#[test]
fn without_a_key_a_copy_lasts_until_the_end() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = memory_only(folder.path());
    keep(&mut store, copy("1", "Anna", 60));
    assert_eq!(store.saved_copies().unwrap().len(), 1);
    drop(store);
    let mut store = memory_only(folder.path());
    assert!(store.saved_copies().unwrap().is_empty());
}
