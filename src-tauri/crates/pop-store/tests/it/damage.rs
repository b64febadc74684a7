//! A damaged file: moved aside, what can be read is saved, and the count is told.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::Duration;

use pop_core::desk::SavedCopy;
use pop_core::moment::Moment;
use pop_core::profile::{Customer, RecordRef};
use pop_store::{
    Accepted, Change, Draft, DraftOf, HistoryQuery, Keeping, Pin, Retention, Store, StoreError,
    StoreHandle,
};

use crate::support::{LONG, at, entry, incoming, key, record, sealed, sealer};

const ROWS: usize = 1_000;

/// Bytes of a page.
const PAGE: usize = 8_192;

fn all() -> HistoryQuery {
    HistoryQuery {
        limit: usize::MAX,
        ..HistoryQuery::default()
    }
}

fn fill(folder: &Path) {
    let mut store = sealed(folder);
    store.accept_event(&incoming("msg-1", 1)).unwrap();
    let entries: Vec<_> = (0..ROWS)
        .map(|number| Change::History(entry(&format!("i-{number}"), 0)))
        .collect();
    store.apply(&entries).unwrap();
}

/// Overwrites a share of the file, somewhere in the middle.
fn damage(folder: &Path, from: usize, pages: usize) {
    let path = folder.join("store.db");
    let mut bytes = fs::read(&path).unwrap();
    let start = bytes.len() / PAGE * from / 100 * PAGE;
    bytes[start..start + pages * PAGE].fill(0xA5);
    fs::write(&path, bytes).unwrap();
}

/// Makes it look as if the last program had been killed.
fn unclean(folder: &Path) {
    fs::write(folder.join("store.lock"), b"working").unwrap();
}

#[test]
fn a_damaged_file_is_replaced_by_what_can_be_read_and_the_rest_is_counted() {
    for from in [20, 40, 60, 80] {
        let folder = tempfile::tempdir().unwrap();
        fill(folder.path());
        damage(folder.path(), from, 3);
        unclean(folder.path());
        let mut store = sealed(folder.path());
        if let Some(check) = store.due_check()
            && !check.run().unwrap()
        {
            store.recover().unwrap();
        }
        let salvaged = store
            .stats()
            .unwrap()
            .salvaged
            .expect("the damage was found");
        let kept = store.history(&all()).unwrap().len();
        assert!(
            kept > ROWS / 2,
            "from {from} %: {kept} of {ROWS} were saved: {salvaged:?}"
        );
        assert!(
            kept == ROWS || salvaged.lost > 0,
            "from {from} %: what is lost is counted"
        );
        assert!(
            folder.path().join("store.damaged").exists(),
            "the old file is kept aside"
        );
        store.apply(&[Change::History(entry("after", 0))]).unwrap();
        drop(store);
        let mut store = sealed(folder.path());
        assert!(
            store.due_check().is_none(),
            "the new file was closed in order"
        );
        assert_eq!(
            store.history(&all()).unwrap().len(),
            kept + 1,
            "and goes on"
        );
    }
}

/// With its tables' names and forms in one page, damage to any other page leaves most readable.
#[test]
fn the_whole_schema_lies_in_the_first_page() {
    let folder = tempfile::tempdir().unwrap();
    fill(folder.path());
    let bytes = fs::read(folder.path().join("store.db")).unwrap();
    let size = usize::from(u16::from_be_bytes([bytes[16], bytes[17]]));
    assert_eq!(size, PAGE);
    // The kind of the page behind the file's head: 13 is a leaf, 5 one that points to others.
    assert_eq!(bytes[100], 13, "a greater page is needed for this schema");
}

#[test]
fn a_file_without_its_beginning_is_replaced_by_an_empty_one() {
    let folder = tempfile::tempdir().unwrap();
    fill(folder.path());
    damage(folder.path(), 0, 1);
    let mut store = sealed(folder.path());
    assert!(
        store.history(&all()).unwrap().is_empty(),
        "nothing can be read without it"
    );
    assert!(store.stats().unwrap().salvaged.is_some(), "and it is said");
    assert!(matches!(
        store.accept_event(&incoming("msg-2", 1)).unwrap(),
        Accepted::New(_)
    ));
}

#[test]
fn a_sound_file_is_found_whole_after_an_unclean_end() {
    let folder = tempfile::tempdir().unwrap();
    fill(folder.path());
    assert!(
        sealed(folder.path()).due_check().is_none(),
        "after a clean end no check is due"
    );
    unclean(folder.path());
    let store = sealed(folder.path());
    assert!(
        store.due_check().expect("a check is due").run().unwrap(),
        "it is whole"
    );
    drop(store);
    let mut store = sealed(folder.path());
    assert!(
        store.due_check().is_some(),
        "still due: nobody said that it was done"
    );
    store.checked();
    drop(store);
    assert!(sealed(folder.path()).due_check().is_none(), "done");
}

#[test]
fn recovering_keeps_what_is_in_memory_only() {
    let folder = tempfile::tempdir().unwrap();
    fill(folder.path());
    let mut store = Store::open(folder.path(), Keeping::MemoryOnly).unwrap();
    store
        .apply(&[Change::History(entry("in-memory", 0))])
        .unwrap();
    store.recover().unwrap();
    assert_eq!(
        store.history(&all()).unwrap(),
        [entry("in-memory", 0)],
        "still there"
    );
    assert_eq!(
        store.accept_event(&incoming("msg-1", 1)).unwrap(),
        Accepted::Repeated,
        "ids too"
    );
    store.settle(sealer(7)).unwrap();
    assert_eq!(
        store.history(&all()).unwrap().len(),
        ROWS + 1,
        "and the file's rows were saved"
    );
}

#[test]
fn erasing_takes_the_log_and_the_old_file_along() {
    let folder = tempfile::tempdir().unwrap();
    let (aside, log) = (
        folder.path().join("store.damaged"),
        folder.path().join("store.db-wal"),
    );
    fill(folder.path());
    let mut store = sealed(folder.path());
    store.recover().unwrap();
    store.apply(&[Change::History(entry("after", 0))]).unwrap();
    assert!(
        aside.exists() && fs::metadata(&log).unwrap().len() > 0,
        "both are there"
    );
    store
        .apply(&[Change::EraseCustomer(record("12345"))])
        .unwrap();
    assert!(!aside.exists(), "the old file may hold the customer");
    assert_eq!(fs::metadata(&log).unwrap().len(), 0, "and so may the log");
}

#[test]
fn the_old_file_goes_with_the_history_s_time() {
    let folder = tempfile::tempdir().unwrap();
    let aside = folder.path().join("store.damaged");
    fill(folder.path());
    let mut store = sealed(folder.path());
    store.recover().unwrap();
    let written = fs::metadata(&aside).unwrap().modified().unwrap();
    let written = written.duration_since(std::time::UNIX_EPOCH).unwrap();
    let written = Moment::from_micros(0).after(written);
    let day = Duration::from_hours(24);
    let keep = Retention { history: day };
    store.prune(written.after(day), &keep).unwrap();
    assert!(aside.exists(), "its time is not over");
    store
        .prune(written.after(day + Duration::from_secs(1)), &keep)
        .unwrap();
    assert!(!aside.exists(), "its time is over");
}

#[test]
fn a_row_whose_sealed_bytes_changed_is_left_out_and_counted() {
    let folder = tempfile::tempdir().unwrap();
    fill(folder.path());
    let raw = rusqlite::Connection::open(folder.path().join("store.db")).unwrap();
    raw.execute_batch("UPDATE history SET sealed = zeroblob(90) WHERE row = 5")
        .unwrap();
    raw.execute_batch("UPDATE event SET sealed = zeroblob(90)")
        .unwrap();
    drop(raw);
    let mut store = sealed(folder.path());
    assert_eq!(
        store.history(&all()).unwrap().len(),
        ROWS - 1,
        "the others are there"
    );
    assert!(
        store.pending_events().unwrap().is_empty(),
        "no event comes out of wrong bytes"
    );
    assert_eq!(store.stats().unwrap().unopened, 2, "both are counted");
}

#[test]
fn what_the_agent_left_and_does_not_open_any_more_is_left_out_and_counted() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = sealed(folder.path());
    let RecordRef { connection, id, .. } = record("12345");
    let draft = Draft {
        of: DraftOf::Interaction(key("i-1")),
        form: "add_note".to_owned(),
        at: at(1),
        record: None,
        fields: BTreeMap::from([("note".to_owned(), "Called back".to_owned())]),
    };
    let pin = Pin {
        connection: connection.clone(),
        id: id.clone(),
        name: "Anna".to_owned(),
        line: String::new(),
        used: at(1),
    };
    let copy = SavedCopy {
        connection,
        customer: Customer {
            id,
            ..Customer::default()
        },
        found_by: Vec::new(),
        read: at(1),
        until: at(60),
    };
    let copy = Change::SavedCopy(Box::new(copy));
    store
        .apply(&[Change::Draft(draft), Change::Pin(pin), copy])
        .unwrap();
    drop(store);
    let raw = rusqlite::Connection::open(folder.path().join("store.db")).unwrap();
    for table in ["draft", "pin", "saved"] {
        let changed = raw.execute(&format!("UPDATE {table} SET sealed = zeroblob(90)"), []);
        assert_eq!(changed.unwrap(), 1, "{table}");
    }
    drop(raw);
    let mut store = sealed(folder.path());
    let unopened = |store: &Store| store.stats().unwrap().unopened;
    assert!(store.drafts().unwrap().is_empty());
    assert_eq!(unopened(&store), 1, "the draft");
    assert!(store.pins().unwrap().is_empty());
    assert_eq!(unopened(&store), 2, "the customer at hand");
    assert!(store.saved_copies().unwrap().is_empty());
    assert_eq!(unopened(&store), 3, "the copy");
}

#[tokio::test]
async fn the_thread_checks_in_the_background_and_recovers_by_itself() {
    let folder = tempfile::tempdir().unwrap();
    fill(folder.path());
    damage(folder.path(), 50, 3);
    unclean(folder.path());
    let (handle, thread) = StoreHandle::start(sealed(folder.path())).unwrap();
    // Asking again and again is the condition; each answer comes from the store's own thread.
    let recovered = async {
        loop {
            if let Some(salvaged) = handle.run(|store| store.stats()).await.unwrap().salvaged {
                break salvaged;
            }
        }
    };
    let salvaged = tokio::time::timeout(LONG, recovered)
        .await
        .expect("it recovers by itself");
    assert!(salvaged.rows > 500, "{salvaged:?}");
    let kept = handle
        .run(|store| store.history(&all()))
        .await
        .unwrap()
        .len();
    assert!(kept > ROWS / 2, "{kept}");
    drop(handle);
    thread.join().unwrap();
    assert!(
        sealed(folder.path()).due_check().is_none(),
        "everything was closed in order"
    );
}

#[tokio::test]
async fn the_thread_notes_a_file_that_it_found_whole() {
    let folder = tempfile::tempdir().unwrap();
    fill(folder.path());
    unclean(folder.path());
    let (handle, thread) = StoreHandle::start(sealed(folder.path())).unwrap();
    let checked = async {
        while handle
            .run(|store| Ok(store.due_check().is_some()))
            .await
            .unwrap()
        {}
    };
    tokio::time::timeout(LONG, checked)
        .await
        .expect("it checks by itself");
    drop(handle);
    thread.join().unwrap();
    let store = sealed(folder.path());
    assert!(
        store.due_check().is_none(),
        "the next start has nothing to check"
    );
    assert!(
        store.stats().unwrap().salvaged.is_none(),
        "and nothing was replaced"
    );
}

#[tokio::test]
async fn the_thread_recovers_when_work_comes_upon_damage() {
    let folder = tempfile::tempdir().unwrap();
    fill(folder.path());
    let (handle, thread) = StoreHandle::start(sealed(folder.path())).unwrap();
    let failed = handle.run(|_| Err::<(), _>(StoreError::Damaged)).await;
    assert!(
        matches!(failed, Err(StoreError::Damaged)),
        "the work itself failed"
    );
    let stats = handle.run(|store| store.stats()).await.unwrap();
    assert!(stats.salvaged.is_some(), "but the next goes to a new file");
    assert_eq!(
        stats.history, ROWS as u64,
        "with everything that could be read"
    );
    drop(handle);
    thread.join().unwrap();
}

#[tokio::test]
async fn the_thread_works_in_order_and_ends_with_its_last_handle() {
    let folder = tempfile::tempdir().unwrap();
    let (handle, thread) = StoreHandle::start(sealed(folder.path())).unwrap();
    let other = handle.clone();
    handle
        .run(|store| store.apply(&[Change::History(entry("i-1", 0))]))
        .await
        .unwrap();
    assert_eq!(
        other
            .run(|store| store.history(&all()))
            .await
            .unwrap()
            .len(),
        1,
        "after the first"
    );
    drop(handle);
    assert!(!thread.is_finished(), "somebody still holds on to it");
    drop(other);
    thread.join().unwrap();
    sealed(folder.path());
}
