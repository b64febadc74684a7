//! The customers whom the agent keeps at hand.

use std::time::Duration;

use pop_store::{Change, Pin, Retention, Store};

use crate::support::{at, memory_only, record, sealed, sealer};

fn pin(id: &str, name: &str, used: i64) -> Pin {
    let record = record(id);
    Pin {
        connection: record.connection,
        id: record.id,
        name: name.to_owned(),
        line: "premium".to_owned(),
        used: at(used),
    }
}

fn keep(store: &mut Store, pin: Pin) {
    store.apply(&[Change::Pin(pin)]).unwrap();
}

#[test]
fn a_pin_comes_back_under_its_newest_name_the_last_used_first() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = memory_only(folder.path());
    keep(&mut store, pin("1", "Zwitscher", 1));
    keep(&mut store, pin("2", "Anna", 2));
    store.settle(sealer(7)).unwrap();
    keep(&mut store, pin("1", "Zwitscher-Rot", 3));
    for name in ["store.db", "store.db-wal"] {
        let bytes = std::fs::read(folder.path().join(name)).unwrap_or_default();
        assert!(!bytes.windows(9).any(|part| part == b"Zwitscher"), "{name}");
    }
    drop(store);
    let mut store = sealed(folder.path());
    let kept = [pin("1", "Zwitscher-Rot", 3), pin("2", "Anna", 2)];
    assert_eq!(store.pins().unwrap(), kept);
}

#[test]
fn a_pin_goes_when_it_is_taken_away_with_its_customer_and_unused_for_long() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = sealed(folder.path());
    for id in ["1", "2", "3"] {
        keep(&mut store, pin(id, "Anna", 10));
    }
    let unpin = Change::Unpin(record("1").connection, "1".to_owned());
    store.apply(&[unpin]).unwrap();
    assert_eq!(store.pins().unwrap().len(), 2, "taken away");
    store.apply(&[Change::EraseCustomer(record("2"))]).unwrap();
    assert_eq!(store.pins().unwrap().len(), 1, "with its customer");
    let keep_for = Retention {
        history: Duration::from_secs(50),
    };
    store.prune(at(60), &keep_for).unwrap();
    assert_eq!(store.pins().unwrap().len(), 1, "its time is not over");
    store.prune(at(61), &keep_for).unwrap();
    assert!(store.pins().unwrap().is_empty(), "its time is over");

    keep(&mut store, pin("4", "Anna", 70));
    let connection = record("4").connection;
    store.apply(&[Change::EraseConnection(connection)]).unwrap();
    assert!(store.pins().unwrap().is_empty(), "with its connection");
}
