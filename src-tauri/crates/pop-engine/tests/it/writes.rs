//! What an agent does on a card reaches the CRM once: in time, later, after a crash, or never.

use std::collections::BTreeMap;
use std::time::Duration;

use pop_core::action::ActionKind;
use pop_core::desk::{At, Command, Pop, Wish};
use pop_core::fault::FaultKind;
use pop_core::profile::ConnectionId;
use pop_core::write::{WriteId, WriteState};
use pop_sandbox::{Fault, FaultRule, Sandbox};
use pop_store::{AuditAction, AuditOutcome, Chain, Wanted};

use crate::office::{Office, Run};
use crate::screen::Shown;
use crate::sender::chat;
use crate::training::serve;

pub(crate) const TOKEN: &str = "token-of-the-bank";

/// Longer than anybody can take something back.
const LATER: Duration = Duration::from_secs(6);

fn bank() -> ConnectionId {
    ConnectionId("the-bank".to_owned())
}

pub(crate) fn case(pop: &Pop, id: &str) -> Command {
    Command::Write(Box::new(Wish {
        id: WriteId(id.to_owned()),
        at: At {
            pop: pop.id,
            generation: pop.generation,
        },
        connection: bank(),
        kind: ActionKind::CreateCase,
        case: None,
        input: BTreeMap::from([("subject".to_owned(), "Card lost".to_owned())]),
        shown: None,
        opens: false,
    }))
}

/// How often cases were created.
pub(crate) fn created(crm: &Sandbox) -> usize {
    let requests = crm.requests();
    let created = requests.iter();
    let created =
        created.filter(|request| request.method == "POST" && request.path == "/api/cases");
    created.count()
}

async fn popped(office: &Office, crm: &Sandbox) -> (Run, Pop) {
    office.permit_plain_http();
    let run = office.start().await;
    run.connect(crm, "The Bank", TOKEN).await;
    run.sender().post(&chat("c1", "accepted", "12345")).await;
    let pop = run.screen.customer("c1", "12345").await;
    (run, pop)
}

fn is_done(state: &WriteState) -> bool {
    matches!(state, WriteState::Done(_))
}

#[tokio::test]
async fn a_case_is_kept_at_once_sent_when_it_cannot_be_undone_and_told_on_the_card() {
    let (office, crm) = (Office::new(), serve(TOKEN).await);
    let (run, pop) = popped(&office, &crm).await;
    run.engine
        .command(case(&pop, "w-1"))
        .await
        .expect("it is taken");
    run.screen
        .wrote("w-1", |state| *state == WriteState::Held)
        .await;
    assert_eq!(created(&crm), 0, "there is time to undo it");
    office.clock.forward(LATER);
    let state = run.screen.wrote("w-1", is_done).await;
    let WriteState::Done(record) = state else {
        panic!("done");
    };
    assert!(
        record
            .number
            .is_some_and(|number| number.starts_with("CS-"))
    );
    assert_eq!(created(&crm), 1);
    let (lines, chain) = run.engine.audit(0, 100).await.expect("it runs");
    assert_eq!(
        chain,
        Chain::Whole(u64::try_from(lines.len()).expect("few"))
    );
    let of_write = lines.iter().filter_map(|line| {
        let told = line.told.as_ref()?;
        (told.item.as_ref()?.id == "w-1").then_some((line.action, line.outcome))
    });
    let expected = [
        (AuditAction::Asked, AuditOutcome::Done),
        (AuditAction::Wrote, AuditOutcome::Done),
    ];
    assert_eq!(of_write.collect::<Vec<_>>(), expected);
    let over = run.engine.outbox(Wanted::Over, 10).await.expect("it runs");
    assert_eq!((over.len(), over[0].tries.len()), (1, 1));
    run.stop().await;
}

#[tokio::test]
async fn what_is_undone_in_time_never_leaves() {
    let (office, crm) = (Office::new(), serve(TOKEN).await);
    let (run, pop) = popped(&office, &crm).await;
    run.engine
        .command(case(&pop, "w-1"))
        .await
        .expect("it is taken");
    run.screen
        .wrote("w-1", |state| *state == WriteState::Held)
        .await;
    let undo = Command::Undo(WriteId("w-1".to_owned()));
    run.engine.command(undo).await.expect("it is taken back");
    run.screen
        .wrote("w-1", |state| *state == WriteState::Discarded)
        .await;
    run.engine
        .command(case(&pop, "w-2"))
        .await
        .expect("it is taken");
    run.screen
        .wrote("w-2", |state| *state == WriteState::Held)
        .await;
    office.clock.forward(LATER);
    run.screen.wrote("w-2", is_done).await;
    assert_eq!(created(&crm), 1, "control: the other one left");
    run.stop().await;
}

#[tokio::test]
async fn what_a_crm_could_not_take_waits_over_a_restart_and_is_done_once() {
    let (office, crm) = (Office::new(), serve(TOKEN).await);
    let (run, pop) = popped(&office, &crm).await;
    let down = Fault::RateLimited { retry_after: 2 };
    crm.set_fault(Some(FaultRule::always(down).on("/api/cases")));
    run.engine
        .command(case(&pop, "w-1"))
        .await
        .expect("it is taken");
    run.screen
        .wrote("w-1", |state| *state == WriteState::Held)
        .await;
    office.clock.forward(LATER);
    let tried =
        |state: &WriteState| matches!(state, WriteState::Waiting { attempts, .. } if *attempts > 0);
    run.screen.wrote("w-1", tried).await;
    run.stop().await;
    assert!(!office.on_disk().contains("Card lost"), "sealed");

    crm.set_fault(None);
    crm.forget_requests();
    let run = office.start().await;
    office.clock.forward(Duration::from_mins(6));
    run.sender().post(&chat("c1", "updated", "12345")).await;
    run.screen
        .until("the case is made", |_| (created(&crm) == 1).then_some(()))
        .await;
    run.stop().await;
    assert_eq!(created(&crm), 1, "once");
}

#[tokio::test]
async fn a_write_that_finds_nobody_signed_in_turns_the_connection_red() {
    let (office, crm) = (Office::new(), serve(TOKEN).await);
    let (run, _) = popped(&office, &crm).await;
    let is_complete = |pop: &Pop| pop.lookups.iter().all(|lookup| !lookup.is_pending());
    let pop = run.screen.card("c1", is_complete).await;
    let fault = |shown: &Shown| {
        let status = shown.status.as_ref()?;
        status.connections.first()?.fault.clone()
    };
    assert_eq!(fault(&run.screen.now()), None, "control: it is well");

    crm.renew_token("another-token-of-the-bank")
        .expect("a token");
    run.engine
        .command(case(&pop, "w-1"))
        .await
        .expect("it is taken");
    run.screen
        .wrote("w-1", |state| *state == WriteState::Held)
        .await;
    office.clock.forward(LATER);
    let fault = run.screen.until("red", fault).await;
    assert_eq!(fault.kind, FaultKind::SignInNeeded);
    assert_eq!(created(&crm), 1, "it was tried once");
    run.stop().await;
}

#[tokio::test]
async fn signing_out_tries_once_more_and_warns_before_anything_is_lost() {
    let (office, crm) = (Office::new(), serve(TOKEN).await);
    let (run, pop) = popped(&office, &crm).await;
    let down = Fault::RateLimited { retry_after: 600 };
    crm.set_fault(Some(FaultRule::always(down).on("/api/cases")));
    run.engine
        .command(case(&pop, "w-1"))
        .await
        .expect("it is taken");
    run.screen
        .wrote("w-1", |state| *state == WriteState::Held)
        .await;
    let refused = run
        .engine
        .forget(bank())
        .await
        .expect_err("it would be lost");
    assert_eq!(refused.code, "E_UNSENT", "{}", refused.why);
    assert_eq!(
        created(&crm),
        1,
        "it was tried, although it could still be undone"
    );
    run.engine
        .forget(bank())
        .await
        .expect("the agent knows now");
    run.stop().await;
}
