//! Accepted events: once, on disk before they are answered, handed out again after a crash.

use pop_store::{Accepted, Change, EventTicket, Retention, Store};
use rusqlite::Connection;

use crate::support::{at, incoming, sealed};

fn accept(store: &mut Store, id: &str) -> EventTicket {
    match store.accept_event(&incoming(id, 1)).unwrap() {
        Accepted::New(ticket) => ticket,
        Accepted::Repeated | Accepted::Conflict => panic!("{id} is new"),
    }
}

#[test]
fn an_event_is_accepted_once_and_another_body_under_its_id_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = sealed(folder.path());
    accept(&mut store, "msg-1");
    assert_eq!(
        store.accept_event(&incoming("msg-1", 1)).unwrap(),
        Accepted::Repeated
    );
    assert_eq!(
        store.accept_event(&incoming("msg-1", 2)).unwrap(),
        Accepted::Conflict
    );
    let mut other = incoming("msg-1", 2);
    other.sender = "twilio".to_owned();
    assert!(
        matches!(store.accept_event(&other).unwrap(), Accepted::New(_)),
        "another sender's id"
    );
    assert_eq!(
        store.pending_events().unwrap().len(),
        2,
        "one event of each sender"
    );
}

#[test]
fn what_was_not_handled_is_handed_out_again_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = sealed(folder.path());
    let first = accept(&mut store, "msg-1");
    accept(&mut store, "msg-2");
    accept(&mut store, "msg-3");
    store.apply(&[Change::Handled(first)]).unwrap();
    drop(store);

    let mut store = sealed(folder.path());
    let pending = store.pending_events().unwrap();
    let events: Vec<_> = pending
        .iter()
        .map(|pending| pending.event.as_slice())
        .collect();
    assert_eq!(
        events,
        [b"event msg-2".as_slice(), b"event msg-3"],
        "in the order they came"
    );
    assert_eq!(pending[0].at, at(0), "with their time");
    assert_eq!(
        store.accept_event(&incoming("msg-1", 1)).unwrap(),
        Accepted::Repeated
    );
    store
        .apply(&[
            Change::Handled(pending[0].ticket),
            Change::Handled(pending[1].ticket),
        ])
        .unwrap();
    assert!(store.pending_events().unwrap().is_empty(), "all handled");
}

#[test]
fn an_event_that_cannot_be_kept_is_not_taken_for_seen() {
    let folder = tempfile::tempdir().unwrap();
    drop(sealed(folder.path()));
    let raw = Connection::open(folder.path().join("store.db")).unwrap();
    raw.execute_batch(
        "CREATE TRIGGER refuse BEFORE INSERT ON event BEGIN SELECT RAISE(ABORT, 'full'); END",
    )
    .unwrap();
    let mut store = sealed(folder.path());
    store
        .accept_event(&incoming("msg-1", 1))
        .expect_err("the event cannot be kept");
    raw.execute_batch("DROP TRIGGER refuse").unwrap();
    accept(&mut store, "msg-1");
    assert_eq!(
        store.pending_events().unwrap().len(),
        1,
        "the sender's second try counts"
    );
}

#[test]
fn an_id_is_remembered_for_a_day() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = sealed(folder.path());
    accept(&mut store, "msg-1");
    let day = 24 * 60 * 60;
    store.prune_events(at(day)).unwrap();
    assert_eq!(
        store.accept_event(&incoming("msg-1", 1)).unwrap(),
        Accepted::Repeated,
        "to the end"
    );
    let keep = Retention {
        history: std::time::Duration::from_hours(24),
    };
    store.prune(at(day + 1), &keep).unwrap();
    assert_eq!(
        store.pending_events().unwrap().len(),
        1,
        "whoever lets it go has to say so"
    );
    store.prune_events(at(day + 1)).unwrap();
    assert!(
        store.pending_events().unwrap().is_empty(),
        "an event that old is of no use"
    );
    accept(&mut store, "msg-1");
}

#[test]
fn a_hundred_thousand_replays_have_no_effect() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = sealed(folder.path());
    accept(&mut store, "msg-1");
    let replay = incoming("msg-1", 1);
    for _ in 0..100_000 {
        assert_eq!(store.accept_event(&replay).unwrap(), Accepted::Repeated);
    }
    let stats = store.stats().unwrap();
    assert_eq!((stats.seen, stats.events), (1, 1), "one id, one event");
    accept(&mut store, "msg-2");
    assert_eq!(store.stats().unwrap().seen, 2, "and a new one still counts");
}
