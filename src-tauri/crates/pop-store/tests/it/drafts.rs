//! What is half typed comes back after a crash.

use std::collections::BTreeMap;

use pop_store::{Change, Draft, DraftOf, Store};

use crate::support::{at, key, memory_only, record, sealed, sealer};

fn draft(note: &str) -> Draft {
    Draft {
        of: DraftOf::Interaction(key("i-1")),
        form: "add_note".to_owned(),
        at: at(1),
        record: Some(record("12345")),
        fields: BTreeMap::from([("note".to_owned(), note.to_owned())]),
    }
}

fn keep(store: &mut Store, draft: Draft) {
    store.apply(&[Change::Draft(draft)]).unwrap();
}

#[test]
fn a_draft_is_kept_as_it_was_typed_last_and_goes_when_it_is_emptied() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = sealed(folder.path());
    keep(&mut store, draft("Called b"));
    keep(&mut store, draft("Called back"));
    let by_hand = Draft {
        of: DraftOf::Customer(record("12345").connection, "12345".to_owned()),
        ..draft("Another form")
    };
    keep(&mut store, by_hand.clone());
    drop(store);
    let mut store = sealed(folder.path());
    assert_eq!(
        store.drafts().unwrap(),
        [draft("Called back"), by_hand.clone()]
    );
    keep(&mut store, draft(""));
    assert_eq!(store.drafts().unwrap(), [by_hand], "emptied, it is gone");
}

#[test]
fn a_draft_lies_sealed_and_goes_with_its_customer() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = memory_only(folder.path());
    keep(&mut store, draft("Zwitscher"));
    store.settle(sealer(7)).unwrap();
    assert_eq!(
        store.drafts().unwrap(),
        [draft("Zwitscher")],
        "carried over"
    );
    for name in ["store.db", "store.db-wal"] {
        let bytes = std::fs::read(folder.path().join(name)).unwrap_or_default();
        assert!(!bytes.windows(9).any(|part| part == b"Zwitscher"), "{name}");
    }
    store
        .apply(&[Change::EraseCustomer(record("777"))])
        .unwrap();
    assert_eq!(store.drafts().unwrap().len(), 1, "somebody else's");
    let connection = record("12345").connection;
    store.apply(&[Change::EraseConnection(connection)]).unwrap();
    assert!(store.drafts().unwrap().is_empty());
}
