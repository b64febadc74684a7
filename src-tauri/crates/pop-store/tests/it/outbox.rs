//! What waits to be sent: kept with its audit line, in order, sealed, until it ends.

use std::time::Duration;

use pop_core::action::{FieldFault, FieldProblem, Outcome};
use pop_core::fault::{Fault, FaultKind};
use pop_core::profile::ConnectionId;
use pop_core::write::{WriteFault, WriteState, WrittenRecord};
use pop_store::{
    Chain, Change, Item, KeptItem, Message, Progress, Retention, Store, StoreError, Target, Try,
    Wanted,
};
use rusqlite::Connection;

use crate::support::{asked, at, key, memory_only, record, sealed, sealer, write};

fn queue(store: &mut Store, id: &str, interaction: &str) {
    let write = write(id, interaction);
    let line = Change::Audit(asked(&write));
    store
        .apply(&[Change::Queue(Box::new(Item::Write(Box::new(write)))), line])
        .unwrap();
}

fn message(id: &str) -> Message {
    Message {
        id: id.to_owned(),
        to: "https://hooks.example/screenpop".to_owned(),
        event: "interaction.popped".to_owned(),
        interaction: Some(key("i-1")),
        asked: at(0),
        content_type: "application/json".to_owned(),
        body: "{\"customer\":\"12345\"}".to_owned(),
    }
}

fn step(id: &str, state: WriteState) -> Progress {
    Progress {
        id: id.to_owned(),
        at: at(10),
        state,
        first_sent: None,
        tried: None,
        reason: None,
    }
}

fn apply(store: &mut Store, progress: Progress) -> Result<(), StoreError> {
    store.apply(&[Change::Progress(Box::new(progress))])
}

fn open_items(store: &Store) -> Vec<KeptItem> {
    store.outbox(Wanted::Open, 100).unwrap()
}

fn ids(items: &[KeptItem]) -> Vec<&str> {
    items.iter().map(|item| item.queued.id.as_str()).collect()
}

fn parked() -> WriteState {
    let fault = Fault {
        status: Some(422),
        code: Some("invalid_field".to_owned()),
        message: Some("too long".to_owned()),
        answer: Some([7; 32]),
        ..Fault::new(FaultKind::Invalid(vec!["subject".to_owned()]), at(10))
    };
    WriteState::Parked(WriteFault {
        fault,
        fields: vec![FieldFault {
            field: "subject".to_owned(),
            problem: FieldProblem::TooLong(80),
        }],
        outcome: Outcome::NotDone,
    })
}

#[test]
fn what_was_taken_is_there_after_a_restart_with_its_audit_line() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = sealed(folder.path());
    queue(&mut store, "w-1", "i-1");
    drop(store);
    let store = sealed(folder.path());
    let items = open_items(&store);
    assert_eq!(
        items[0].item,
        Some(Item::Write(Box::new(write("w-1", "i-1")))),
        "as it was decided"
    );
    assert_eq!(
        items[0].state,
        WriteState::Waiting {
            attempts: 0,
            next: at(5),
            last: None
        },
        "it may be undone until then"
    );
    let lines = store.audit(0, 10).unwrap();
    let told = lines[0].told.as_ref().unwrap();
    assert_eq!(told.item.as_ref().unwrap().what, "create_case");
    assert_eq!(store.verify_chain().unwrap(), Chain::Whole(1));
}

#[test]
fn an_item_and_its_audit_line_are_kept_together_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = sealed(folder.path());
    queue(&mut store, "w-1", "i-1");
    let again = write("w-1", "i-1");
    let line = Change::Audit(asked(&again));
    let refused = store.apply(&[line, Change::Queue(Box::new(Item::Write(Box::new(again))))]);
    refused.expect_err("the id is taken");
    assert_eq!(
        store.audit(0, 10).unwrap().len(),
        1,
        "no line without its item"
    );
    let missing = apply(&mut store, step("w-9", WriteState::Sending));
    assert!(
        matches!(missing, Err(StoreError::UnknownItem)),
        "{missing:?}"
    );
}

#[test]
fn a_message_that_is_over_keeps_its_address_and_its_tries_and_loses_its_body() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = sealed(folder.path());
    queue(&mut store, "w-1", "i-1");
    for id in ["m-1", "m-2"] {
        let message = message(id);
        store
            .apply(&[Change::Queue(Box::new(Item::Message(message)))])
            .unwrap();
    }
    let tried = Some(Try {
        at: at(10),
        code: "done".to_owned(),
        status: Some(204),
        sent: Some([1; 32]),
        answer: Some([2; 32]),
    });
    let done = step("m-1", WriteState::Done(WrittenRecord::default()));
    apply(&mut store, Progress { tried, ..done }).unwrap();
    apply(
        &mut store,
        step("w-1", WriteState::Done(WrittenRecord::default())),
    )
    .unwrap();
    drop(store);

    let store = sealed(folder.path());
    let listed = store.deliveries(9).unwrap();
    assert_eq!(ids(&listed), ["m-2", "m-1"], "the latest first, no write");
    let left = Message {
        body: String::new(),
        interaction: None,
        ..message("m-1")
    };
    assert_eq!(listed[1].item, Some(Item::Message(left)));
    assert_eq!(listed[1].tries[0].status, Some(204));
    assert_eq!(
        listed[0].item,
        Some(Item::Message(message("m-2"))),
        "control: what waits is whole"
    );
    assert_eq!(ids(&store.deliveries(1).unwrap()), ["m-2"]);
}

#[test]
fn items_of_one_interaction_and_target_are_one_line_in_the_order_they_came() {
    let mut store = Store::in_memory().unwrap();
    queue(&mut store, "w-1", "i-1");
    queue(&mut store, "w-2", "i-2");
    queue(&mut store, "w-3", "i-1");
    let mut elsewhere = write("w-4", "i-1");
    elsewhere.connection = ConnectionId("other".to_owned());
    store
        .apply(&[Change::Queue(Box::new(Item::Write(Box::new(elsewhere))))])
        .unwrap();
    let queued = store.queued().unwrap();
    let by_id: Vec<&str> = queued.iter().map(|item| item.id.as_str()).collect();
    assert_eq!(by_id, ["w-1", "w-2", "w-3", "w-4"]);
    assert_eq!(queued[0].line, queued[2].line, "one interaction");
    assert_ne!(queued[0].line, queued[1].line, "another interaction");
    assert_ne!(
        queued[0].line, queued[3].line,
        "another CRM holds nothing up"
    );
    assert_eq!(queued[0].target, queued[1].target, "one CRM");
}

#[test]
fn what_is_done_keeps_its_result_and_loses_its_content_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = sealed(folder.path());
    queue(&mut store, "w-1", "i-1");
    let done = WriteState::Done(WrittenRecord {
        id: Some("8842".to_owned()),
        number: Some("CS-8842".to_owned()),
        link: None,
    });
    apply(&mut store, step("w-1", done.clone())).unwrap();
    assert!(open_items(&store).is_empty(), "it does not wait any more");
    let over = store.outbox(Wanted::Over, 10).unwrap();
    assert_eq!((&over[0].state, &over[0].item), (&done, &None));
    let late = apply(&mut store, step("w-1", WriteState::Sending));
    assert!(
        matches!(late, Err(StoreError::UnknownItem)),
        "it is over: {late:?}"
    );

    let week = Duration::from_hours(7 * 24);
    let retention = Retention { history: week };
    store.prune(at(10).after(week), &retention).unwrap();
    assert_eq!(store.outbox(Wanted::Over, 10).unwrap().len(), 1, "a week");
    let later = at(11).after(week);
    store.prune(later, &retention).unwrap();
    assert!(
        store.outbox(Wanted::Over, 10).unwrap().is_empty(),
        "and no longer"
    );
}

#[test]
fn what_is_parked_says_cause_and_field_and_waits_anew_when_it_was_edited() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = sealed(folder.path());
    queue(&mut store, "w-1", "i-1");
    let tried = Try {
        at: at(10),
        code: "invalid".to_owned(),
        status: Some(422),
        sent: None,
        answer: Some([7; 32]),
    };
    let mut refused = step("w-1", parked());
    refused.tried = Some(tried.clone());
    apply(&mut store, refused).unwrap();
    drop(store);
    let mut store = sealed(folder.path());
    let items = open_items(&store);
    assert_eq!(items[0].state, parked(), "nothing of the fault is lost");
    assert_eq!(items[0].tries, [tried]);
    assert!(items[0].queued.parked, "it holds nothing up");

    let mut edited = write("w-1", "i-1");
    edited.input.insert("subject".to_owned(), "Card".to_owned());
    let edit = Change::Edit {
        item: Box::new(Item::Write(Box::new(edited.clone()))),
        at: at(20),
        first_sent: None,
    };
    store.apply(std::slice::from_ref(&edit)).unwrap();
    let items = open_items(&store);
    assert_eq!(items[0].item, Some(Item::Write(Box::new(edited))));
    assert_eq!(
        (items[0].queued.parked, items[0].queued.next),
        (false, at(20))
    );
    let twice = store.apply(&[edit]);
    assert!(
        matches!(twice, Err(StoreError::UnknownItem)),
        "only what is parked"
    );
}

#[test]
fn a_long_list_of_tries_keeps_the_latest() {
    let mut store = Store::in_memory().unwrap();
    queue(&mut store, "w-1", "i-1");
    for number in 0..60 {
        let fault = Fault::new(FaultKind::Unavailable, at(number));
        let mut tried = step(
            "w-1",
            WriteState::Waiting {
                attempts: u32::try_from(number).unwrap(),
                next: at(number + 1),
                last: Some(fault),
            },
        );
        tried.first_sent = Some(at(1));
        tried.tried = Some(Try {
            at: at(number),
            code: "unavailable".to_owned(),
            status: Some(503),
            sent: None,
            answer: None,
        });
        apply(&mut store, tried).unwrap();
    }
    let item = store.item("w-1").unwrap().unwrap();
    assert_eq!((item.tries.len(), item.tries[49].at), (50, at(59)));
    assert_eq!(
        (item.queued.attempts, item.queued.first_sent),
        (59, Some(at(1)))
    );
}

#[test]
fn nothing_of_an_item_lies_open_in_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = sealed(folder.path());
    queue(&mut store, "w-1", "i-1");
    apply(&mut store, step("w-1", parked())).unwrap();
    for name in ["store.db", "store.db-wal"] {
        let bytes = std::fs::read(folder.path().join(name)).unwrap_or_default();
        for told in ["Card declined", "Cesar", "12345", "too long", "/glia/"] {
            let found = bytes
                .windows(told.len())
                .any(|part| part == told.as_bytes());
            assert!(!found, "{name} tells {told}");
        }
        let id = bytes.windows(3).any(|part| part == b"w-1");
        assert!(
            id || name == "store.db",
            "the scan finds what is written in plain"
        );
    }
}

#[test]
fn without_a_key_items_wait_in_memory_and_go_into_the_file_when_it_comes() {
    let folder = tempfile::tempdir().unwrap();
    let mut before = sealed(folder.path());
    queue(&mut before, "w-0", "i-0");
    drop(before);
    let mut store = memory_only(folder.path());
    queue(&mut store, "w-1", "i-1");
    let mut sending = step("w-1", WriteState::Sending);
    sending.first_sent = Some(at(10));
    apply(&mut store, sending).unwrap();
    queue(&mut store, "w-2", "i-1");
    apply(&mut store, step("w-2", parked())).unwrap();
    assert_eq!(
        ids(&open_items(&store)),
        ["w-1", "w-2"],
        "what is in the file is closed"
    );
    store.settle(sealer(7)).unwrap();
    let items = open_items(&store);
    assert_eq!(ids(&items), ["w-0", "w-1", "w-2"], "the earlier ones first");
    assert_eq!(items[1].state, WriteState::Sending);
    let sending: Vec<bool> = items.iter().map(|item| item.queued.sending).collect();
    assert_eq!(sending, [false, true, false], "only one may have arrived");
    assert_eq!(
        items[1].queued.first_sent,
        Some(at(10)),
        "nobody knows whether it was done"
    );
    assert_eq!(items[2].state, parked());
    drop(store);
    assert_eq!(open_items(&sealed(folder.path())).len(), 3, "on disk");

    let folder = tempfile::tempdir().unwrap();
    let mut store = memory_only(folder.path());
    queue(&mut store, "w-1", "i-1");
    drop(store);
    assert!(
        open_items(&sealed(folder.path())).is_empty(),
        "control: without a key it is gone"
    );
}

#[test]
fn what_is_erased_takes_its_items_along_and_leaves_the_others() {
    let mut store = Store::in_memory().unwrap();
    queue(&mut store, "w-1", "i-1");
    let mut other = write("w-2", "i-2");
    other.customer = Some("777".to_owned());
    store
        .apply(&[Change::Queue(Box::new(Item::Write(Box::new(other))))])
        .unwrap();
    let mut elsewhere = write("w-3", "i-3");
    elsewhere.connection = ConnectionId("other".to_owned());
    let target = Item::Write(Box::new(elsewhere.clone())).target();
    assert_eq!(target, Target::Connection(ConnectionId("other".to_owned())));
    store
        .apply(&[Change::Queue(Box::new(Item::Write(Box::new(elsewhere))))])
        .unwrap();
    store
        .apply(&[Change::EraseCustomer(record("12345"))])
        .unwrap();
    assert_eq!(ids(&open_items(&store)), ["w-2", "w-3"], "one customer");
    let main = ConnectionId("main".to_owned());
    store.apply(&[Change::EraseConnection(main)]).unwrap();
    assert_eq!(ids(&open_items(&store)), ["w-3"], "one CRM");
    store.apply(&[Change::EraseEverybody]).unwrap();
    assert!(open_items(&store).is_empty(), "everybody");
}

#[test]
fn a_full_outbox_refuses_what_is_new_and_keeps_what_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = sealed(folder.path());
    queue(&mut store, "w-1", "i-1");
    let fill = store.outbox_fill().unwrap();
    assert!(
        (0.000_05..0.01).contains(&fill),
        "the file's size counts as well: {fill}"
    );
    drop(store);
    let raw = Connection::open(folder.path().join("store.db")).unwrap();
    raw.execute_batch(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 49999)
         INSERT INTO outbox (id, line, target, state, asked, next, attempts, changed)
         SELECT 'f-' || i, zeroblob(32), zeroblob(32), 'waiting', 0, 0, 0, 0 FROM n;",
    )
    .unwrap();
    drop(raw);
    let mut store = sealed(folder.path());
    let write = write("w-2", "i-1");
    let refused = store.apply(&[Change::Queue(Box::new(Item::Write(Box::new(write))))]);
    assert!(
        matches!(refused, Err(StoreError::OutboxFull)),
        "{refused:?}"
    );
    assert_eq!(store.queued().unwrap().len(), 50_000);
    assert!(store.outbox_fill().unwrap() >= 1.0, "and it says so");
    assert!(store.item("w-1").unwrap().unwrap().item.is_some(), "safe");
}
