//! Order, undo, retries, sign-in, and what a person does about what waits.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use pop_core::action::{Next, Outcome};
use pop_core::fault::{Fault, FaultKind};
use pop_core::moment::Moment;
use pop_core::profile::ConnectionId;
use pop_core::write::WriteState;
use pop_engine::outbox::{NotSent, Sends, Sent};
use pop_store::{AuditAction, AuditOutcome, Chain, Item, Store, Target, Wanted};
use tokio::sync::Notify;

use crate::stage::{Scripted, Stage, is_kept, is_over, is_parked};

pub(crate) fn failed(kind: FaultKind, outcome: Outcome, next: Next) -> Sent {
    Sent {
        result: Err(NotSent {
            fault: Fault::new(kind, Moment::from_micros(0)),
            fields: Vec::new(),
            outcome,
            next,
        }),
        status: Some(503),
        body: None,
        answer: Some([3; 32]),
    }
}

pub(crate) fn stage(way: &Arc<Scripted>) -> Stage {
    Stage::over(
        Store::in_memory().unwrap(),
        Some(Arc::<Scripted>::clone(way)),
    )
}

async fn actions(stage: &Stage) -> Vec<(AuditAction, AuditOutcome)> {
    let lines = stage.store.run(|store| store.audit(0, 100)).await.unwrap();
    lines
        .iter()
        .map(|line| (line.action, line.outcome))
        .collect()
}

#[tokio::test]
async fn writes_of_one_interaction_leave_in_order_and_each_leaves_an_audit_line() {
    let way = Scripted::answering(vec![failed(
        FaultKind::Unavailable,
        Outcome::NotDone,
        Next::Retry,
    )]);
    let mut stage = stage(&way);
    for id in ["w-1", "w-2", "w-3"] {
        stage.queue(stage.write(id, "i-1"));
    }
    stage.ended(3).await;
    assert_eq!(
        way.ids(),
        ["w-1", "w-1", "w-2", "w-3"],
        "the others waited for the first"
    );
    let wrote = (AuditAction::Wrote, AuditOutcome::Done);
    let lines = actions(&stage).await;
    assert_eq!(lines.iter().filter(|line| **line == wrote).count(), 3);
    let whole = stage.store.run(|store| store.verify_chain()).await.unwrap();
    assert_eq!(whole, Chain::Whole(6));
    let over = stage
        .store
        .run(|store| store.outbox(Wanted::Over, 9))
        .await
        .unwrap();
    let first = over.iter().find(|item| item.queued.id == "w-1").unwrap();
    assert_eq!(
        (first.tries.len(), first.tries[0].answer),
        (2, Some([3; 32]))
    );
}

#[tokio::test]
async fn what_waits_for_a_person_holds_nothing_up() {
    let refused = failed(FaultKind::Forbidden, Outcome::NotDone, Next::Park);
    let way = Scripted::answering(vec![refused]);
    let mut stage = stage(&way);
    stage.queue(stage.write("w-1", "i-1"));
    stage.queue(stage.write("w-2", "i-1"));
    let ended = stage.ended(2).await;
    assert!(is_parked(&ended[0].1) && ended[0].0 == "w-1");
    assert!(
        matches!(ended[1].1, WriteState::Done(_)),
        "the next one went"
    );

    stage.outbox.resend(
        "w-1".into(),
        [("subject".into(), "Shorter".into())].into(),
        None,
        "agent01".into(),
    );
    stage.until("w-1", is_over).await;
    let lines = actions(&stage).await;
    assert!(
        lines.contains(&(AuditAction::Edited, AuditOutcome::Done)),
        "{lines:?}"
    );
    assert!(
        lines.contains(&(AuditAction::Wrote, AuditOutcome::Failed)),
        "{lines:?}"
    );
    let lines = stage.store.run(|store| store.audit(0, 100)).await.unwrap();
    let wrote = lines
        .iter()
        .filter(|line| line.action == AuditAction::Wrote);
    let codes: BTreeSet<_> = wrote.map(|line| line.code.as_deref()).collect();
    assert_eq!(codes, [None, Some("forbidden")].into(), "why, if it failed");
}

#[tokio::test]
async fn what_nobody_can_tell_waits_for_a_person_and_is_sent_when_the_person_says_so() {
    let unclear = failed(FaultKind::TimedOut, Outcome::Unknown, Next::Park);
    let way = Scripted::answering(vec![unclear]);
    let mut stage = stage(&way);
    stage.queue(stage.write("w-1", "i-1"));
    let WriteState::Parked(fault) = stage.until("w-1", is_parked).await else {
        panic!("parked");
    };
    assert_eq!(fault.outcome, Outcome::Unknown);
    stage
        .outbox
        .resend("w-1".into(), [].into(), None, "agent01".into());
    stage.until("w-1", is_over).await;
    let sent = way.sent.lock().unwrap().clone();
    assert_eq!(
        sent[1].1, None,
        "the person has looked, so nobody asks again"
    );
}

#[tokio::test]
async fn within_the_time_to_undo_nothing_is_sent_and_afterwards_nothing_is_undone() {
    let way = Scripted::answering(Vec::new());
    let mut stage = Stage::over(Store::in_memory().unwrap(), None);
    let mut write = stage.write("w-1", "i-1");
    write.not_before = write.asked.after(Duration::from_mins(30));
    stage.queue(write);
    assert_eq!(stage.until("w-1", is_kept).await, WriteState::Held);
    stage.outbox.undo("w-1".into(), "agent01".into());
    assert_eq!(stage.until("w-1", is_over).await, WriteState::Discarded);
    stage.open_road(Some(Arc::<Scripted>::clone(&way) as Arc<_>));
    stage.queue(stage.write("w-2", "i-1"));
    stage.until("w-2", is_over).await;
    assert_eq!(way.ids(), ["w-2"], "control: only what was not undone");
    let lines = actions(&stage).await;
    assert!(
        lines.contains(&(AuditAction::Discarded, AuditOutcome::Done)),
        "{lines:?}"
    );
}

#[tokio::test]
async fn a_token_that_ran_out_waits_for_the_sign_in_and_parks_nothing() {
    let signed_out = failed(FaultKind::SignInNeeded, Outcome::NotDone, Next::Retry);
    let way = Scripted::answering(vec![signed_out]);
    let mut stage = stage(&way);
    stage.queue(stage.write("w-1", "i-1"));
    let waits = |state: &WriteState| matches!(state, WriteState::Waiting { last: Some(_), .. });
    let state = stage.until("w-1", waits).await;
    assert!(
        matches!(state, WriteState::Waiting { attempts: 0, .. }),
        "{state:?}"
    );
    stage.open_road(Some(Arc::<Scripted>::clone(&way) as Arc<_>));
    stage.until("w-1", is_over).await;
    assert_eq!(way.ids().len(), 2, "signed in again, it went");

    let gives_up = failed(FaultKind::SignInNeeded, Outcome::NotDone, Next::Park);
    let mut control = self::stage(&Scripted::answering(vec![gives_up]));
    control.queue(control.write("w-1", "i-1"));
    let state = control.until("w-1", |state| is_parked(state) || is_over(state));
    assert!(is_parked(&state.await), "control: a drain that gives up");
}

#[tokio::test]
async fn what_waits_for_a_sign_in_goes_on_when_the_crm_answers_after_all() {
    let signed_out = || failed(FaultKind::SignInNeeded, Outcome::NotDone, Next::Retry);
    let way = Scripted::answering(vec![signed_out(), signed_out()]);
    let mut stage = stage(&way);
    stage.clock.stand();
    let write = stage.write("w-1", "i-1");
    let target = Target::Connection(write.connection.clone());
    stage.queue(write);
    let waits = |state: &WriteState| matches!(state, WriteState::Waiting { last: Some(_), .. });
    stage.until("w-1", waits).await;
    stage.outbox.kept().await;
    let elsewhere = Target::Connection(ConnectionId("another".to_owned()));
    stage.outbox.answered(elsewhere);
    stage.outbox.kept().await;
    assert_eq!(
        way.ids().len(),
        1,
        "control: another CRM's answer says nothing"
    );

    stage.outbox.answered(target.clone());
    stage.until("w-1", waits).await;
    assert_eq!(way.ids().len(), 2, "somebody in between had refused it");
    stage.outbox.answered(target);
    stage.until("w-1", is_over).await;
}

/// A way that answers only when it is told to: the sign-in was missing when it was asked.
struct Old {
    began: Notify,
    goes_on: Notify,
}

#[async_trait]
impl Sends for Old {
    fn rests_until(&self, _: Moment) -> Option<Moment> {
        None
    }

    fn can_tell(&self, _: &Item, _: Moment) -> bool {
        false
    }

    async fn send(&self, _: &Item, _: Option<Moment>) -> Sent {
        self.began.notify_one();
        self.goes_on.notified().await;
        failed(FaultKind::SignInNeeded, Outcome::NotDone, Next::Retry)
    }
}

#[tokio::test]
async fn who_signs_in_while_a_try_is_on_its_way_does_not_wait_for_the_next_look() {
    let old = Arc::new(Old {
        began: Notify::new(),
        goes_on: Notify::new(),
    });
    let mut stage = Stage::over(
        Store::in_memory().unwrap(),
        Some(Arc::<Old>::clone(&old) as Arc<_>),
    );
    stage.clock.stand();
    stage.queue(stage.write("w-1", "i-1"));
    old.began.notified().await;
    let new = Scripted::answering(Vec::new());
    stage.open_road(Some(Arc::<Scripted>::clone(&new) as Arc<_>));
    stage.queue(stage.write("w-2", "i-2"));
    stage.until("w-2", is_over).await;
    assert_eq!(new.ids(), ["w-2"], "control: the new way is known");
    old.goes_on.notify_one();
    let over = stage.until("w-1", is_over);
    let over = tokio::time::timeout(Duration::from_secs(20), over).await;
    assert!(over.is_ok(), "it waits, although somebody has signed in");
    assert_eq!(new.ids(), ["w-2", "w-1"]);
}

#[tokio::test]
async fn a_crm_that_is_down_for_a_shift_gets_everything_when_it_is_back() {
    let down = failed(FaultKind::Unavailable, Outcome::NotDone, Next::Retry);
    let way = Scripted::answering(vec![down; 90]);
    let mut stage = stage(&way);
    for number in 0..20 {
        let id = format!("w-{number}");
        stage.queue(stage.write(&id, &format!("i-{}", number % 5)));
    }
    let ended = stage.ended(20).await;
    assert!(
        ended
            .iter()
            .all(|(_, state)| matches!(state, WriteState::Done(_)))
    );
    assert!(way.ids().len() == 110, "90 refusals, 20 done");

    let gives_up = failed(FaultKind::Unavailable, Outcome::NotDone, Next::Park);
    let mut control = self::stage(&Scripted::answering(vec![gives_up; 90]));
    for number in 0..20 {
        control.queue(control.write(&format!("w-{number}"), "i-1"));
    }
    let ended = control.ended(20).await;
    let is_done = |state: &WriteState| matches!(state, WriteState::Done(_));
    let done = ended.iter().filter(|(_, state)| is_done(state)).count();
    assert_eq!(done, 0, "control: a drain that gives up does nothing");
}

#[tokio::test]
async fn a_clock_that_is_moved_loses_and_parks_nothing() {
    let down = failed(FaultKind::Unavailable, Outcome::NotDone, Next::Retry);
    let way = Scripted::answering(vec![down; 3]);
    let mut stage = stage(&way);
    stage.queue(stage.write("w-1", "i-1"));
    stage.clock.set(-3 * 86_400);
    stage.queue(stage.write("w-2", "i-2"));
    stage.clock.set(2 * 86_400);
    let ended = stage.ended(2).await;
    assert!(
        ended
            .iter()
            .all(|(_, state)| matches!(state, WriteState::Done(_))),
        "{ended:?}"
    );

    let down = failed(FaultKind::Unavailable, Outcome::NotDone, Next::Retry);
    let mut control = self::stage(&Scripted::answering(vec![down; 90]));
    let write = control.write("w-1", "i-1");
    control.clock.set(4 * 86_400);
    control.queue(write);
    let state = control.until("w-1", |state| is_parked(state) || is_over(state));
    let state = state.await;
    assert!(
        is_parked(&state),
        "control: four days of failing: {state:?}"
    );
}

#[tokio::test]
async fn before_signing_out_everything_is_tried_once_more_and_the_rest_is_counted() {
    let down = failed(FaultKind::Unavailable, Outcome::NotDone, Next::Retry);
    let way = Scripted::answering(vec![down]);
    let mut stage = Stage::over(Store::in_memory().unwrap(), None);
    for (id, interaction) in [("w-1", "i-1"), ("w-2", "i-2")] {
        let mut write = stage.write(id, interaction);
        write.not_before = write.asked.after(Duration::from_hours(1));
        stage.queue(write);
        stage.until(id, is_kept).await;
    }
    assert_eq!(stage.outbox.last_try(None).await, 2, "there is no way out");
    stage.open_road(Some(Arc::<Scripted>::clone(&way) as Arc<_>));
    let left = stage.outbox.last_try(None).await;
    assert!(left <= 1, "one of two went at least, {left} are left");
    assert!(way.ids().len() >= 2, "each was tried");
}
