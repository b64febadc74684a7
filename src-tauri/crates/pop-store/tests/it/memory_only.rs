//! Without a key: everything in memory, and nothing but keyed hashes of ids in the file.

use pop_core::profile::ConnectionId;
use pop_store::{Accepted, Chain, Change, HistoryQuery, Mark, Retention, Store};

use crate::support::{at, entry, incoming, key, memory_only, opened, record, sealed, sealer};

fn all() -> HistoryQuery {
    HistoryQuery {
        limit: 100,
        ..HistoryQuery::default()
    }
}

fn fill(store: &mut Store) -> Accepted {
    let accepted = store.accept_event(&incoming("msg-1", 1)).unwrap();
    let mark = Mark::new("heard", at(0));
    store
        .apply(&[
            Change::History(entry("i-1", 0)),
            Change::Marks(key("i-1"), vec![mark]),
            Change::Audit(opened("12345")),
        ])
        .unwrap();
    accepted
}

#[test]
fn without_a_key_everything_works_until_exit_and_only_ids_survive() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = memory_only(folder.path());
    fill(&mut store);
    assert_eq!(
        store.history(&all()).unwrap(),
        [entry("i-1", 0)],
        "there until exit"
    );
    assert_eq!(store.marks(&key("i-1")).unwrap().len(), 1);
    assert_eq!(store.verify_chain().unwrap(), Chain::Whole(1));
    assert_eq!(store.pending_events().unwrap().len(), 1);
    assert!(store.stats().unwrap().memory_only, "and it says so");
    drop(store);

    let mut store = sealed(folder.path());
    let stats = store.stats().unwrap();
    assert_eq!(
        (stats.history, stats.marks, stats.audit, stats.events),
        (0, 0, 0, 0),
        "all gone"
    );
    assert_eq!(
        store.accept_event(&incoming("msg-1", 1)).unwrap(),
        Accepted::Repeated,
        "the id is still known, in another mode too"
    );
    assert_eq!(
        store.accept_event(&incoming("msg-1", 2)).unwrap(),
        Accepted::Conflict
    );
}

#[test]
fn when_the_key_comes_everything_goes_into_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let mut before = sealed(folder.path());
    before.accept_event(&incoming("msg-0", 1)).unwrap();
    let mut earlier = entry("i-1", -100);
    earlier.name = Some("as it was before the restart".to_owned());
    before
        .apply(&[Change::History(earlier), Change::Audit(opened("777"))])
        .unwrap();
    drop(before);

    let mut store = memory_only(folder.path());
    let accepted = fill(&mut store);
    assert_eq!(
        store.pending_events().unwrap().len(),
        1,
        "older ones cannot be opened yet"
    );
    store.settle(sealer(7)).unwrap();
    store.settle(sealer(7)).unwrap();
    assert!(!store.stats().unwrap().memory_only, "settled, once");
    assert_eq!(
        store.pending_events().unwrap().len(),
        2,
        "older ones can be opened now"
    );
    let Accepted::New(ticket) = accepted else {
        panic!("msg-1 was new")
    };
    store.apply(&[Change::Handled(ticket)]).unwrap();
    drop(store);

    let mut store = sealed(folder.path());
    let mut expected = entry("i-1", 0);
    expected.at = at(-100);
    assert_eq!(
        store.history(&all()).unwrap(),
        [expected],
        "one interaction, the newer state"
    );
    assert_eq!(store.marks(&key("i-1")).unwrap().len(), 1, "with its marks");
    assert_eq!(
        store.verify_chain().unwrap(),
        Chain::Whole(2),
        "one chain over both"
    );
    assert!(
        store
            .audit(0, 10)
            .unwrap()
            .iter()
            .all(|line| line.told.is_some()),
        "both tell"
    );
    let pending = store.pending_events().unwrap();
    assert_eq!(
        pending.len(),
        1,
        "the ticket from before the settling still counted"
    );
    assert_eq!(pending[0].event, b"event msg-0");
}

#[test]
fn time_and_erasing_reach_into_the_file_even_without_its_key() {
    let folder = tempfile::tempdir().unwrap();
    fill(&mut sealed(folder.path()));
    let mut store = memory_only(folder.path());
    store
        .prune(
            at(101),
            &Retention {
                history: std::time::Duration::from_secs(100),
            },
        )
        .unwrap();
    drop(store);
    assert!(
        sealed(folder.path()).history(&all()).unwrap().is_empty(),
        "its time was over"
    );

    sealed(folder.path())
        .apply(&[Change::History(entry("i-1", 0))])
        .unwrap();
    let mut store = memory_only(folder.path());
    fill_other(&mut store);
    store
        .apply(&[Change::EraseCustomer(record("12345"))])
        .unwrap();
    assert_eq!(
        store.history(&all()).unwrap().len(),
        1,
        "another customer's row in memory stays"
    );
    drop(store);
    assert!(
        sealed(folder.path()).history(&all()).unwrap().is_empty(),
        "whose the rows in the file are, nobody can say: they go"
    );
}

fn fill_other(store: &mut Store) {
    let mut other = entry("i-2", 0);
    other.record = Some(record("777"));
    store
        .apply(&[Change::History(other), Change::History(entry("i-3", 0))])
        .unwrap();
}

#[test]
fn signing_out_without_a_key_erases_memory_and_file() {
    let folder = tempfile::tempdir().unwrap();
    fill(&mut sealed(folder.path()));
    let mut store = memory_only(folder.path());
    fill_other(&mut store);
    assert_eq!(store.history(&all()).unwrap().len(), 2, "in memory");
    store.apply(&[Change::EraseEverybody]).unwrap();
    assert!(
        store.history(&all()).unwrap().is_empty(),
        "gone from memory"
    );
    drop(store);
    assert!(
        sealed(folder.path()).history(&all()).unwrap().is_empty(),
        "and from the file"
    );
}

#[test]
fn interactions_of_the_same_moment_stay_in_order_when_the_key_comes() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = memory_only(folder.path());
    fill_other(&mut store);
    let before = store.history(&all()).unwrap();
    store.settle(sealer(7)).unwrap();
    assert_eq!(
        store.history(&all()).unwrap(),
        before,
        "the later one first, as before"
    );
}

#[test]
fn a_new_key_in_place_of_a_forgotten_one_finds_nothing_and_keeps_what_comes() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = sealed(folder.path());
    fill(&mut store);
    store.settle(sealer(7)).unwrap();
    assert_eq!(store.stats().unwrap().history, 1, "the same key is no news");
    store.settle(sealer(8)).unwrap();
    assert_eq!(store.stats().unwrap().history, 0, "nobody can open it");
    fill_other(&mut store);
    drop(store);
    let mut store = Store::open(folder.path(), pop_store::Keeping::Sealed(sealer(8))).unwrap();
    assert_eq!(store.history(&all()).unwrap().len(), 2, "under the new key");
}

#[test]
fn signing_out_of_one_connection_without_a_key_clears_the_file_and_leaves_memory() {
    let folder = tempfile::tempdir().unwrap();
    fill(&mut sealed(folder.path()));
    let mut store = memory_only(folder.path());
    fill_other(&mut store);
    let elsewhere = ConnectionId("elsewhere".to_owned());
    store.apply(&[Change::EraseConnection(elsewhere)]).unwrap();
    assert_eq!(store.history(&all()).unwrap().len(), 2, "other CRMs' rows");
    drop(store);
    assert!(
        sealed(folder.path()).history(&all()).unwrap().is_empty(),
        "whose the rows in the file are, nobody can say: they go"
    );
}

#[test]
fn rows_of_a_lost_key_are_cleared_away() {
    let folder = tempfile::tempdir().unwrap();
    fill(&mut sealed(folder.path()));
    let mut store = Store::open(folder.path(), pop_store::Keeping::Sealed(sealer(8))).unwrap();
    let stats = store.stats().unwrap();
    assert_eq!(
        (stats.history, stats.events, stats.marks),
        (0, 0, 0),
        "nobody can open them"
    );
    assert_eq!(
        (stats.seen, stats.audit),
        (1, 1),
        "ids and the chain need no key"
    );
    assert_eq!(store.verify_chain().unwrap(), Chain::Whole(1));
    fill_other(&mut store);
    drop(store);
    let mut store = Store::open(folder.path(), pop_store::Keeping::Sealed(sealer(8))).unwrap();
    assert_eq!(
        store.history(&all()).unwrap().len(),
        2,
        "rows of the present key stay"
    );
}

#[test]
fn a_store_without_any_disk_works_as_well() {
    let mut store = Store::in_memory().unwrap();
    fill(&mut store);
    assert_eq!(
        store.accept_event(&incoming("msg-1", 1)).unwrap(),
        Accepted::Repeated
    );
    assert_eq!(store.history(&all()).unwrap().len(), 1);
    store.apply(&[Change::EraseEverybody]).unwrap();
    store.settle(sealer(7)).unwrap();
    assert!(
        store.stats().unwrap().memory_only,
        "and never pretends to keep"
    );
}
