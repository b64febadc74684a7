//! What an agent does leaves through the outbox once, although an answer is lost on the way.

use std::collections::BTreeMap;
use std::sync::Arc;

use pop_core::action::{ActionKind, Outcome};
use pop_core::clock::Clock as _;
use pop_core::interaction::AgentRef;
use pop_core::profile::Customer;
use pop_core::write::{Facts, Write, WriteId, WriteState};
use pop_crm::{Connection, SystemClock};
use pop_doubles::Act;
use pop_engine::outbox::{CrmWay, Outbox, Parts, Report, Road, Roads, Sends};
use pop_store::{AuditAction, AuditEntry, AuditOutcome, Item, Store, StoreHandle, Target};
use pop_tests::connections::{Subject, fresh, id};
use tokio::sync::{mpsc, watch};

use crate::checks::{Check, check};
use crate::writes::{about, context, creates_cases, filled};

pub(crate) fn checks() -> Vec<Check> {
    vec![check!(
        "Writing",
        creates_cases,
        a_case_leaves_the_outbox_once_although_an_answer_is_lost
    )]
}

/// One way to everything.
struct OneWay(Arc<dyn Sends>);

impl Roads for OneWay {
    fn road(&self, _: &Target) -> Road {
        Road::Open(Arc::clone(&self.0))
    }
}

async fn a_case_leaves_the_outbox_once_although_an_answer_is_lost(subject: Subject) {
    let jurgen = subject.pop(&id(&subject.cast.jurgen.id)).await.customer;
    let form = filled(&subject, ActionKind::CreateCase, about(&jurgen), "w-1").await;
    let input = form.input.iter().map(|(name, value)| {
        let text = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        (name.clone(), text)
    });
    let input: BTreeMap<String, String> = input.collect();
    let Subject {
        connection, server, ..
    } = subject;
    let connection = Arc::new(connection);
    let before = cases(&connection, &jurgen).await;
    let (outbox, mut reports) = outbox(&connection);

    server.act(Act::LostAfterStoring);
    queue(&outbox, write("w-lost", &connection, &jurgen, &input));
    let was_tried = |state: &WriteState| match state {
        WriteState::Waiting { attempts, .. } => *attempts > 0,
        WriteState::Parked(_) | WriteState::Done(_) => true,
        WriteState::Held
        | WriteState::Sending
        | WriteState::Discarded
        | WriteState::NotSaved(_) => false,
    };
    let tried = until(&mut reports, was_tried).await;
    server.heal();
    let ended = if matches!(tried, WriteState::Waiting { .. }) {
        until(&mut reports, has_ended).await
    } else {
        tried
    };
    match ended {
        WriteState::Parked(fault) => {
            assert_eq!(
                fault.outcome,
                Outcome::Unknown,
                "a person is asked: {fault:?}"
            );
            let now = SystemClock.now();
            let can_tell = connection.can_tell(ActionKind::CreateCase, now);
            assert!(!can_tell, "it could have been found out");
        }
        WriteState::Done(record) => assert!(record.id.is_some(), "{record:?}"),
        WriteState::Held
        | WriteState::Waiting { .. }
        | WriteState::Sending
        | WriteState::Discarded
        | WriteState::NotSaved(_) => panic!("it has ended: {ended:?}"),
    }
    assert_eq!(cases(&connection, &jurgen).await, before + 1, "once");

    // Control: another write makes another case.
    queue(&outbox, write("w-well", &connection, &jurgen, &input));
    let well = until(&mut reports, has_ended).await;
    assert!(matches!(well, WriteState::Done(_)), "{well:?}");
    assert_eq!(cases(&connection, &jurgen).await, before + 2, "and another");
}

fn has_ended(state: &WriteState) -> bool {
    state.is_over() || matches!(state, WriteState::Parked(_))
}

fn outbox(connection: &Arc<Connection>) -> (Outbox, mpsc::Receiver<Report>) {
    let store = Store::in_memory().expect("a store");
    let (store, _) = StoreHandle::start(store).expect("a thread");
    let (sender, reports) = mpsc::channel(64);
    let way = CrmWay::new(Arc::clone(connection), AgentRef::default());
    let way: Arc<dyn Roads> = Arc::new(OneWay(Arc::new(way)));
    let (outbox, _) = Outbox::start(Parts {
        store,
        clock: Arc::new(SystemClock),
        roads: watch::channel(way).1,
        reports: sender,
    });
    (outbox, reports)
}

async fn until(reports: &mut mpsc::Receiver<Report>, is: fn(&WriteState) -> bool) -> WriteState {
    loop {
        let report = reports.recv().await.expect("the drain runs");
        if is(&report.state) {
            return report.state;
        }
    }
}

fn queue(outbox: &Outbox, write: Write) {
    let line = AuditEntry {
        who: "agent01".to_owned(),
        action: AuditAction::Asked,
        at: write.asked,
        from: "window".to_owned(),
        object: None,
        outcome: AuditOutcome::Done,
        code: None,
        interaction: write.interaction.clone(),
        item: None,
    };
    let taken = outbox.queue(Item::Write(Box::new(write)), line);
    assert!(taken.is_ok(), "the outbox takes it");
}

fn write(
    item: &str,
    connection: &Connection,
    customer: &Customer,
    input: &BTreeMap<String, String>,
) -> Write {
    let now = SystemClock.now();
    let facts = context().interaction.expect("there is one");
    Write {
        id: WriteId(item.to_owned()),
        interaction: Some(facts.key),
        connection: connection.id().clone(),
        kind: ActionKind::CreateCase,
        customer: Some(customer.id.clone()),
        case: None,
        input: input.clone(),
        expected: None,
        agent: None,
        asked: now,
        not_before: now,
        facts: Facts {
            customer_kind: customer.kind.clone(),
            customer_name: customer.name.clone(),
            account: customer.account_id.clone(),
            also: customer.also.clone(),
            channel: Some("voice".to_owned()),
            began: Some(now.micros()),
            reason: facts.reason,
            summary: facts.summary,
            ..Facts::default()
        },
    }
}

async fn cases(connection: &Connection, customer: &Customer) -> usize {
    connection.forget();
    // Anew, because some CRMs tell the cases with the customer.
    let found = connection.find(&id(&customer.id), &fresh()).await;
    let found = found.unwrap_or_else(|fault| panic!("{fault:?}"));
    let customer = found.customers.first().expect("the customer is there");
    let cases = connection.cases(customer, &fresh()).await;
    cases
        .unwrap_or_else(|fault| panic!("{fault:?}"))
        .items
        .len()
}
