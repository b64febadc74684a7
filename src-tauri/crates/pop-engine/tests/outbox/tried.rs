//! What is asked twice, tried again, rests, or comes too late.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use pop_core::action::{Next, Outcome};
use pop_core::clock::Clock as _;
use pop_core::fault::FaultKind;
use pop_core::moment::Moment;
use pop_core::write::{WriteState, WrittenRecord};
use pop_engine::outbox::{Road, Roads, Sends, Sent};
use pop_store::{AuditEntry, Change, Item, Message, Progress, Store, Target};
use tokio::sync::Notify;

use crate::order::{failed, stage};
use crate::stage::{Scripted, Stage, asked, is_kept, is_over, is_parked, write};

/// Longer than any machine needs.
const LONG: Duration = Duration::from_secs(20);

fn no_way() -> Stage {
    Stage::over(Store::in_memory().unwrap(), None)
}

fn open(stage: &Stage, way: &Arc<Scripted>) {
    stage.open_road(Some(Arc::<Scripted>::clone(way) as Arc<_>));
}

#[tokio::test]
async fn what_is_asked_for_twice_is_sent_once_and_told_twice() {
    let way = Scripted::answering(vec![failed(
        FaultKind::Forbidden,
        Outcome::NotDone,
        Next::Park,
    )]);
    let mut stage = no_way();
    let write = stage.write("w-1", "i-1");
    for _ in 0..2 {
        stage.queue(write.clone());
        let state = stage.until("w-1", is_kept).await;
        assert!(matches!(state, WriteState::Waiting { attempts: 0, .. }));
    }
    open(&stage, &way);
    stage.until("w-1", is_parked).await;
    stage.queue(write.clone());
    stage.until("w-1", is_parked).await;
    stage.outbox.last_try(None).await;
    assert_eq!(way.ids(), ["w-1"], "it waits for a person");
    let input = write.input.clone();
    stage
        .outbox
        .resend("w-1".into(), input, None, "agent01".into());
    stage.until("w-1", is_over).await;
    stage.queue(write);
    stage.outbox.undo("w-1".into(), "agent01".into());
    let reason = "too late".to_owned();
    stage.outbox.discard("w-1".into(), reason, "agent01".into());
    stage.queue(stage.write("w-2", "i-1"));
    stage.until("w-2", is_over).await;
    assert_eq!(
        way.ids(),
        ["w-1", "w-1", "w-2"],
        "once, and once by a person"
    );
    let kept = stage.store.run(|store| store.item("w-1")).await.unwrap();
    let state = kept.expect("it is listed").state;
    assert!(matches!(state, WriteState::Done(_)), "too late: {state:?}");
}

#[tokio::test]
async fn every_try_counts_and_one_that_may_have_arrived_is_not_repeated_at_once() {
    let down = || failed(FaultKind::Unavailable, Outcome::NotDone, Next::Retry);
    let unclear = failed(FaultKind::TimedOut, Outcome::Unknown, Next::LookFirst);
    let way = Scripted::answering(vec![down(), down(), unclear]);
    let mut stage = stage(&way);
    stage.queue(stage.write("w-1", "i-1"));
    let mut counted = Vec::new();
    while counted.last() != Some(&3) {
        let waits = |state: &WriteState| matches!(state, WriteState::Waiting { last: Some(_), .. });
        let WriteState::Waiting { attempts, .. } = stage.until("w-1", waits).await else {
            panic!("it waits");
        };
        counted.push(attempts);
    }
    assert_eq!(counted, [1, 2, 3]);
    stage.until("w-1", is_over).await;
    let sent = way.sent.lock().unwrap().clone();
    let first = sent[3].1.expect("nobody knows whether it was done");
    let waited = stage.clock.now().since(first);
    assert!(waited >= Duration::from_secs(15), "{waited:?}");
    assert_eq!(sent[2].1, None, "the control: what was refused was not");
}

#[tokio::test]
async fn what_was_tried_waits_its_time_and_cannot_be_undone_any_more() {
    for (outcome, next) in [
        (Outcome::Unknown, Next::LookFirst),
        (Outcome::NotDone, Next::LookFirst),
    ] {
        let way = Scripted::answering(vec![failed(FaultKind::Unavailable, outcome, next)]);
        let mut stage = stage(&way);
        stage.clock.stand();
        stage.queue(stage.write("w-1", "i-1"));
        let waits = |state: &WriteState| matches!(state, WriteState::Waiting { attempts: 1, .. });
        stage.until("w-1", waits).await;
        stage.outbox.kept().await;
        stage.outbox.undo("w-1".into(), "agent01".into());
        let told = stage.until("w-1", |_| true).await;
        assert!(waits(&told), "{told:?}");
        assert_eq!(way.ids(), ["w-1"], "its time has not come");
    }
}

/// A way that takes its time.
#[derive(Default)]
struct Slow {
    began: Notify,
    goes_on: Notify,
}

#[async_trait]
impl Sends for Slow {
    fn rests_until(&self, _: Moment) -> Option<Moment> {
        None
    }

    fn can_tell(&self, _: &Item, _: Moment) -> bool {
        false
    }

    async fn send(&self, _: &Item, _: Option<Moment>) -> Sent {
        self.began.notify_one();
        self.goes_on.notified().await;
        Sent {
            result: Ok(WrittenRecord::default()),
            status: Some(201),
            body: None,
            answer: None,
        }
    }
}

#[tokio::test]
async fn what_is_on_its_way_lands_whoever_gives_it_up_and_before_the_end() {
    let slow = Arc::new(Slow::default());
    let way = Some(Arc::<Slow>::clone(&slow) as Arc<dyn Sends>);
    let mut stage = Stage::over(Store::in_memory().unwrap(), way);
    stage.queue(stage.write("w-1", "i-1"));
    slow.began.notified().await;
    stage.outbox.undo("w-1".into(), "agent01".into());
    let reason = "too late".to_owned();
    stage.outbox.discard("w-1".into(), reason, "agent01".into());
    stage.outbox.kept().await;
    let outbox = stage.outbox.clone();
    let mut ends = Box::pin(async move { outbox.stop().await });
    let early = tokio::time::timeout(Duration::from_millis(50), &mut ends);
    assert!(early.await.is_err(), "it has not landed");
    slow.goes_on.notify_one();
    ends.await;
    let state = stage.until("w-1", is_over).await;
    assert!(matches!(state, WriteState::Done(_)), "{state:?}");
}

#[tokio::test]
async fn a_target_that_rests_gets_nothing_until_then() {
    let way = Scripted::answering(Vec::new());
    let mut stage = stage(&way);
    let now = stage.clock.now();
    let until = now.after(Duration::from_mins(30));
    *way.rests.lock().unwrap() = Some(until);
    stage.queue(stage.write("w-1", "i-1"));
    stage.until("w-1", is_over).await;
    assert!(stage.clock.now() >= until);
    *way.rests.lock().unwrap() = Some(now);
    stage.queue(stage.write("w-2", "i-1"));
    let over = tokio::time::timeout(LONG, stage.until("w-2", is_over));
    over.await.expect("what is over holds nothing up");
}

#[tokio::test]
async fn a_clock_that_is_set_back_makes_nothing_wait_longer() {
    let way = Scripted::answering(Vec::new());
    let mut stage = stage(&way);
    let mut write = stage.write("w-1", "i-1");
    let due = write.asked.after(Duration::from_mins(30));
    write.not_before = due;
    stage.queue(write);
    assert_eq!(stage.until("w-1", is_kept).await, WriteState::Held);
    stage.clock.set(-3 * 3_600);
    stage.until("w-1", is_over).await;
    let early = due.since(stage.clock.now());
    assert!(early > Duration::from_hours(2), "{early:?}");
}

#[tokio::test]
async fn only_what_an_earlier_run_left_unsent_is_looked_for() {
    let mut store = Store::in_memory().unwrap();
    let now = pop_crm::SystemClock.now();
    for id in ["w-1", "w-2"] {
        let write = Item::Write(Box::new(write(id, id, now)));
        store.apply(&[Change::Queue(Box::new(write))]).unwrap();
    }
    let sending = Progress {
        id: "w-2".to_owned(),
        at: now,
        state: WriteState::Sending,
        first_sent: Some(now),
        tried: None,
        reason: None,
    };
    store.apply(&[Change::Progress(Box::new(sending))]).unwrap();
    let way = Scripted::answering(Vec::new());
    let mut stage = Stage::over(store, Some(Arc::<Scripted>::clone(&way) as Arc<_>));
    stage.queue(stage.write("w-3", "i-3"));
    stage.ended(3).await;
    assert_eq!(*way.looked.lock().unwrap(), ["w-1"]);
    let mut sent = way.sent.lock().unwrap().clone();
    sent.sort();
    let [one, two, three] = [0, 1, 2].map(|at| sent[at].1);
    assert_eq!((one, three), (None, None), "nobody has sent it before");
    assert_eq!(two, Some(now), "its way asks itself");
}

#[tokio::test]
async fn where_it_can_be_told_what_became_of_it_a_person_need_not_have_looked() {
    let unclear = failed(FaultKind::TimedOut, Outcome::Unknown, Next::Park);
    let way = Arc::new(Scripted {
        answers: vec![unclear].into(),
        tells: true,
        ..Scripted::default()
    });
    let mut stage = stage(&way);
    stage.queue(stage.write("w-1", "i-1"));
    stage.until("w-1", is_parked).await;
    stage
        .outbox
        .resend("w-1".into(), [].into(), None, "agent01".into());
    stage.until("w-1", is_over).await;
    let sent = way.sent.lock().unwrap().clone();
    assert!(sent[1].1.is_some(), "it is asked again");
}

/// A way to a CRM, and another system that is told of what was done there.
struct Telling(Arc<Scripted>);

impl Roads for Telling {
    fn road(&self, target: &Target) -> Road {
        match target {
            Target::Connection(_) => Road::Open(Arc::<Scripted>::clone(&self.0) as Arc<dyn Sends>),
            Target::Address(_) => Road::Closed,
        }
    }

    fn follows(&self, item: &Item, state: &WriteState) -> Vec<(Item, AuditEntry)> {
        if !state.is_over() {
            return Vec::new();
        }
        let message = Message {
            id: format!("m-{}", item.id()),
            to: "https://hooks.example/screenpop".to_owned(),
            event: "case.created".to_owned(),
            interaction: None,
            asked: Moment::default(),
            content_type: "application/json".to_owned(),
            body: "{}".to_owned(),
        };
        let line = asked(&write("w-1", "i-1", Moment::default()));
        vec![(Item::Message(message), line)]
    }
}

#[tokio::test]
async fn a_full_outbox_keeps_nobody_from_knowing_what_was_done() {
    for full in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        let mut stage = Stage::open(folder.path(), None);
        stage.queue(stage.write("w-1", "i-1"));
        stage.until("w-1", is_kept).await;
        if full {
            fill(folder.path());
        }
        let road: Arc<dyn Roads> = Arc::new(Telling(Scripted::answering(Vec::new())));
        stage.roads.send_replace(road);
        let over = tokio::time::timeout(LONG, stage.until("w-1", is_over));
        let state = over.await.expect("it is noted");
        assert!(matches!(state, WriteState::Done(_)), "{state:?}");
        let told = stage.store.run(|store| store.item("m-w-1")).await.unwrap();
        assert_eq!(
            told.is_some(),
            !full,
            "what follows is kept if there is room"
        );
    }
}

/// Makes a profile's outbox full of what waits for a person.
fn fill(folder: &std::path::Path) {
    let raw = rusqlite::Connection::open(folder.join("store.db")).unwrap();
    raw.execute_batch(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000)
         INSERT INTO outbox (id, line, target, state, asked, next, attempts, changed)
         SELECT 'f-' || i, zeroblob(32), zeroblob(32), 'parked', 0, 0, 0, 0 FROM n;",
    )
    .unwrap();
}
