//! The history: kept, found again, searched, erased and pruned.

use std::time::Duration;

use pop_core::flight::{Exchange, Named, RequestId, Step, TraceId};
use pop_core::http::{Method, Timing};
use pop_core::interaction::Channel;
use pop_core::moment::Moment;
use pop_core::profile::{ConnectionId, RecordRef};
use pop_store::{
    AuditObject, Change, HistoryEntry, HistoryQuery, Mark, MatchOutcome, Phase, RecentKey,
    Retention, Store, StoreError,
};

use crate::support::{at, entry, key, opened, record, sealed};

fn all() -> HistoryQuery {
    HistoryQuery {
        limit: 100,
        ..HistoryQuery::default()
    }
}

fn ids(store: &mut Store, query: &HistoryQuery) -> Vec<String> {
    store
        .history(query)
        .unwrap()
        .into_iter()
        .map(|entry| entry.key.id)
        .collect()
}

fn mark(name: &'static str, seconds: i64) -> Mark {
    Mark {
        code: Some("not_found"),
        number: Some(42),
        about: Some(Named::rule("night shift")),
        request: Some(Box::new(Exchange {
            call: "find.phone".to_owned(),
            method: Method::Get,
            path: "/api/customers/{customer.id}".to_owned(),
            status: Some(404),
            request: RequestId::parse("req-0123456789"),
            trace: TraceId::parse("0af7651916cd43dd8448eb211c80319c"),
            took: Duration::from_millis(142),
            timing: Timing {
                wait: Some(Duration::from_millis(140)),
                ..Timing::default()
            },
        })),
        ..Mark::new(name, at(seconds))
    }
}

#[test]
fn an_interaction_comes_back_as_it_was_kept_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let first = entry("i-1", 0);
    let mut later = first.clone();
    later.phase = Phase::Ended;
    later.outcome = MatchOutcome::Chosen;
    later.opened = true;
    later.accepted = Some(at(5));
    later.ended = Some(at(60));
    later.at = at(60);
    let mut store = sealed(folder.path());
    store.apply(&[Change::History(first.clone())]).unwrap();
    assert_eq!(
        store.history(&all()).unwrap(),
        std::slice::from_ref(&first),
        "as it was given"
    );
    store.apply(&[Change::History(later.clone())]).unwrap();
    drop(store);

    later.at = first.at;
    let ended = later.ended;
    let mut store = sealed(folder.path());
    assert_eq!(
        store.history(&all()).unwrap(),
        [later],
        "replaced, but heard of when it began"
    );
    let recent = RecentKey {
        key: key("i-1"),
        phase: Phase::Ended,
        ended,
        opened: true,
    };
    assert_eq!(
        store.recent_keys(at(0)).unwrap(),
        [recent],
        "it does not pop again"
    );
    assert!(
        store.recent_keys(at(1)).unwrap().is_empty(),
        "nothing since then"
    );
}

#[test]
fn what_had_no_card_and_is_not_over_may_still_pop_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = sealed(folder.path());
    let late = HistoryEntry {
        offered: None,
        ..entry("i-1", 0)
    };
    let over = HistoryEntry {
        offered: None,
        ended: Some(at(60)),
        ..entry("i-2", 0)
    };
    store.apply(&[late, over].map(Change::History)).unwrap();
    let recent = store.recent_keys(at(0)).unwrap();
    let keys: Vec<_> = recent.into_iter().map(|recent| recent.key).collect();
    assert_eq!(keys, [key("i-2")]);
}

#[test]
fn a_query_narrows_by_time_channel_text_and_number() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = sealed(folder.path());
    let mut call = entry("i-2", 10);
    call.channel = Channel::Voice;
    call.name = Some("Åsa Öberg".to_owned());
    call.record = None;
    let entries = [entry("i-1", 0), call, entry("i-3", 20)];
    store.apply(&entries.map(Change::History)).unwrap();

    assert_eq!(
        ids(&mut store, &all()),
        ["i-3", "i-2", "i-1"],
        "newest first"
    );
    assert_eq!(
        ids(
            &mut store,
            &HistoryQuery {
                since: at(10),
                ..all()
            }
        ),
        ["i-3", "i-2"]
    );
    assert_eq!(
        ids(&mut store, &HistoryQuery { limit: 1, ..all() }),
        ["i-3"]
    );
    let voice = HistoryQuery {
        channel: Some(Channel::Voice),
        ..all()
    };
    assert_eq!(ids(&mut store, &voice), ["i-2"]);
    for (text, found) in [
        ("öBERG", vec!["i-2"]),
        ("gonzalez", vec!["i-3", "i-1"]),
        ("12345", vec!["i-3", "i-1"]),
        ("declined", vec!["i-3", "i-2", "i-1"]),
        ("i-3", vec!["i-3"]),
        ("nobody", vec![]),
    ] {
        let query = HistoryQuery {
            text: Some(text.to_owned()),
            ..all()
        };
        assert_eq!(ids(&mut store, &query), found, "{text}");
    }
}

#[test]
fn changes_that_are_given_together_are_kept_together_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = sealed(folder.path());
    let together = |marked: &str| {
        [
            Change::History(entry("i-1", 0)),
            Change::Audit(opened("12345")),
            Change::Marks(key(marked), vec![mark("shown", 1)]),
        ]
    };
    let refused = store.apply(&together("i-9")).unwrap_err();
    assert!(
        matches!(refused, StoreError::UnknownInteraction),
        "{refused}"
    );
    let stats = store.stats().unwrap();
    assert_eq!(
        (stats.history, stats.audit),
        (0, 0),
        "nothing of it was kept"
    );
    store.apply(&together("i-1")).unwrap();
    let stats = store.stats().unwrap();
    assert_eq!(
        (stats.history, stats.audit, stats.marks),
        (1, 1, 1),
        "all of it was kept"
    );
}

#[test]
fn the_flight_recorder_keeps_the_first_marks_of_an_interaction() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = sealed(folder.path());
    let many = (0..300)
        .map(|number| Mark {
            number: Some(number),
            ..mark("updated", 1)
        })
        .collect();
    store
        .apply(&[
            Change::History(entry("i-1", 0)),
            Change::History(entry("i-2", 0)),
            Change::Marks(key("i-1"), vec![mark("heard", 0)]),
            Change::Marks(key("i-1"), many),
            Change::Marks(key("i-2"), vec![mark("heard", 0)]),
        ])
        .unwrap();
    let marks = store.marks(&key("i-1")).unwrap();
    assert_eq!(marks[0], Step::from(&mark("heard", 0)), "as it was made");
    assert_eq!(marks.len(), 256, "no more than that");
    assert_eq!(marks[255].number, Some(254), "the first ones, in order");
    assert_eq!(
        store.marks(&key("i-2")).unwrap().len(),
        1,
        "each interaction has its own"
    );
    assert!(
        store.marks(&key("i-3")).unwrap().is_empty(),
        "nothing is known of that one"
    );
}

#[test]
fn a_customer_is_erased_from_every_table_and_the_others_stay() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = sealed(folder.path());
    let mut other = entry("i-2", 0);
    other.record = Some(record("777"));
    store
        .apply(&[
            Change::History(entry("i-1", 0)),
            Change::History(other),
            Change::Marks(key("i-1"), vec![mark("heard", 0)]),
            Change::Marks(key("i-2"), vec![mark("heard", 0)]),
            Change::Audit(opened("12345")),
            Change::Audit(opened("777")),
        ])
        .unwrap();
    store
        .apply(&[Change::EraseCustomer(record("12345"))])
        .unwrap();

    assert_eq!(
        ids(&mut store, &all()),
        ["i-2"],
        "only the other customer's interaction is left"
    );
    assert!(
        store.marks(&key("i-1")).unwrap().is_empty(),
        "with its marks"
    );
    assert_eq!(
        store.marks(&key("i-2")).unwrap().len(),
        1,
        "the other's marks are there"
    );
    let lines = store.audit(0, 10).unwrap();
    assert_eq!(
        lines[0].told, None,
        "the audit keeps the line and no longer tells of whom"
    );
    assert!(lines[1].told.is_some(), "the other line tells");
}

#[test]
fn signing_out_of_one_connection_erases_its_customers_and_the_others_stay() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = sealed(folder.path());
    let elsewhere = |id: &str| RecordRef {
        connection: ConnectionId("sandbox".to_owned()),
        ..record(id)
    };
    let mut other = entry("i-2", 0);
    other.record = Some(elsewhere("12345"));
    let mut unknown = entry("i-3", 0);
    unknown.record = None;
    let mut read = opened("777");
    read.object = Some(AuditObject::Record(elsewhere("777")));
    store
        .apply(&[
            Change::History(entry("i-1", 0)),
            Change::History(other),
            Change::History(unknown),
            Change::Marks(key("i-1"), vec![mark("heard", 0)]),
            Change::Audit(opened("12345")),
            Change::Audit(read),
        ])
        .unwrap();
    store
        .apply(&[Change::EraseConnection(ConnectionId("main".to_owned()))])
        .unwrap();
    let mut left = ids(&mut store, &all());
    left.sort();
    assert_eq!(
        left,
        ["i-2", "i-3"],
        "the same id in another CRM and nobody's are not meant"
    );
    assert_eq!(store.stats().unwrap().marks, 0, "with its marks");
    let lines = store.audit(0, 10).unwrap();
    assert_eq!(lines[0].told, None, "nobody is told of");
    assert!(lines[1].told.is_some(), "the other CRM's line tells");
}

#[test]
fn signing_out_erases_everybody() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = sealed(folder.path());
    store
        .apply(&[
            Change::History(entry("i-1", 0)),
            Change::Audit(opened("12345")),
        ])
        .unwrap();
    store
        .apply(&[Change::EraseEverybody, Change::Audit(opened("777"))])
        .unwrap();
    assert!(store.history(&all()).unwrap().is_empty(), "no history");
    let lines = store.audit(0, 10).unwrap();
    assert_eq!(lines[0].told, None, "nobody is told of");
    assert!(
        lines[1].told.is_some(),
        "except in the line about the erasing itself"
    );
}

#[test]
fn history_goes_after_its_time_and_takes_its_marks_along() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = sealed(folder.path());
    store
        .apply(&[
            Change::History(entry("old", 0)),
            Change::Marks(key("old"), vec![mark("heard", 0)]),
            Change::History(entry("new", 100)),
        ])
        .unwrap();
    let keep = Retention {
        history: Duration::from_secs(50),
    };
    store.prune(at(50), &keep).unwrap();
    assert_eq!(
        ids(&mut store, &all()),
        ["new", "old"],
        "not before its time"
    );
    store.prune(at(51), &keep).unwrap();
    assert_eq!(ids(&mut store, &all()), ["new"], "after its time");
    assert_eq!(store.stats().unwrap().marks, 0, "with its marks");
    store.prune(Moment::from_micros(i64::MIN), &keep).unwrap();
    assert_eq!(
        ids(&mut store, &all()),
        ["new"],
        "a clock far in the past deletes nothing"
    );
}
