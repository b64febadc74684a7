//! The outbox: from "create a case" to "saved", from there to the CRM, and a start with a long
//! queue.

use std::error::Error;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use pop_core::action::ActionKind;
use pop_core::clock::Clock as _;
use pop_core::interaction::{AgentRef, InteractionKey};
use pop_core::moment::Moment;
use pop_core::profile::{ConnectionId, RecordKind, RecordRef};
use pop_core::write::{Facts, Write, WriteId, WriteState};
use pop_crm::SystemClock;
use pop_engine::outbox::{CrmWay, Outbox, Parts, Road, Roads, Sends};
use pop_sandbox::{Options, Sandbox};
use pop_store::{
    AuditAction, AuditEntry, AuditItem, AuditObject, AuditOutcome, Change, Item, Keeping, Key,
    Sealer, Store, StoreHandle, Target,
};
use tokio::sync::{mpsc, watch};

use crate::report::{Measure, quantile};
use crate::rooms::connected;

const COMMITS: usize = 500;
const DRAINED: usize = 300;
const QUEUED: usize = 10_000;

pub(crate) async fn measure() -> Result<Vec<Measure>, Box<dyn Error>> {
    let mut measures = accepted()?;
    measures.extend(long_queue()?);
    measures.push(drained().await?);
    Ok(measures)
}

/// From a write that is accepted to one that is on disk with its audit line; and without the line.
fn accepted() -> Result<Vec<Measure>, Box<dyn Error>> {
    let mut with_line = commits(true)?;
    let mut without = commits(false)?;
    let chain = quantile(&mut with_line, 0.5) - quantile(&mut without, 0.5);
    Ok(vec![
        Measure::only(
            "write accepted to durable, p50",
            quantile(&mut with_line, 0.5),
            "ms",
        ),
        Measure::at_most(
            "write accepted to durable, p99",
            quantile(&mut with_line, 0.99),
            "ms",
            5.0,
        ),
        Measure::only("of it the audit's chain, p50", chain, "ms"),
    ])
}

fn commits(with_line: bool) -> Result<Vec<f64>, Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let mut store = open(folder.path())?;
    let mut samples = Vec::with_capacity(COMMITS);
    for number in 0..COMMITS {
        let write = write(number);
        let line = asked(&write);
        let mut changes = vec![Change::Queue(Box::new(Item::Write(Box::new(write))))];
        if with_line {
            changes.push(Change::Audit(line));
        }
        let begun = Instant::now();
        store.apply(&changes)?;
        samples.push(begun.elapsed().as_secs_f64() * 1_000.0);
    }
    Ok(samples)
}

/// A start with many writes of earlier days: until the first of them could leave.
fn long_queue() -> Result<Vec<Measure>, Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let mut store = open(folder.path())?;
    let mut changes = Vec::new();
    for number in 0..QUEUED {
        let write = write(number);
        changes.push(Change::Audit(asked(&write)));
        changes.push(Change::Queue(Box::new(Item::Write(Box::new(write)))));
    }
    store.apply(&changes)?;
    drop(store);
    let begun = Instant::now();
    let store = open(folder.path())?;
    let queued = store.queued()?;
    let opened = queued.first().map(|first| store.item(&first.id));
    let started = begun.elapsed().as_secs_f64() * 1_000.0;
    assert!(
        opened.is_some_and(|item| item.is_ok_and(|item| item.is_some())),
        "it opens"
    );
    assert_eq!(queued.len(), QUEUED, "nothing is missing");
    let begun = Instant::now();
    let whole = store.verify_chain()?;
    let checked = begun.elapsed().as_secs_f64() * 1_000.0;
    assert_eq!(
        whole,
        pop_store::Chain::Whole(u64::try_from(QUEUED)?),
        "the audit is whole"
    );
    Ok(vec![
        Measure::only("start with 10,000 writes queued", started, "ms"),
        Measure::only("check of the audit's chain, 10,000 lines", checked, "ms"),
    ])
}

/// From the queue to the sandbox, over real HTTP, each write noted before and after.
async fn drained() -> Result<Measure, Box<dyn Error>> {
    let mut options = Options::new("bench-token");
    options.customers = 20;
    let sandbox = Sandbox::start(options).await?;
    let connection = Arc::new(connected(&sandbox)?);
    let folder = tempfile::tempdir()?;
    let (store, _) = StoreHandle::start(open(folder.path())?)?;
    let (sender, mut reports) = mpsc::channel(1_024);
    let way: Arc<dyn Roads> = Arc::new(OneWay(Arc::new(CrmWay::new(
        connection,
        AgentRef::default(),
    ))));
    let (_roads, seen) = watch::channel(way);
    let (outbox, _) = Outbox::start(Parts {
        store,
        clock: Arc::new(SystemClock),
        roads: seen,
        reports: sender,
    });
    let begun = Instant::now();
    for number in 0..DRAINED {
        let write = write(number);
        let line = asked(&write);
        outbox
            .queue(Item::Write(Box::new(write)), line)
            .map_err(|_| "the outbox takes no more")?;
    }
    let mut done = 0;
    while done < DRAINED {
        let report = reports.recv().await.ok_or("the drain runs")?;
        match report.state {
            WriteState::Done(_) => done += 1,
            WriteState::Held | WriteState::Waiting { .. } | WriteState::Sending => {}
            WriteState::Parked(_) | WriteState::Discarded | WriteState::NotSaved(_) => {
                return Err(format!("{:?}", report.state).into());
            }
        }
    }
    let each = begun.elapsed().as_secs_f64() * 1_000.0 / f64::from(u32::try_from(DRAINED)?);
    outbox.stop().await;
    sandbox.stop().await;
    Ok(Measure::only(
        "write queued to done in the sandbox, each",
        each,
        "ms",
    ))
}

struct OneWay(Arc<dyn Sends>);

impl Roads for OneWay {
    fn road(&self, _: &Target) -> Road {
        Road::Open(Arc::clone(&self.0))
    }
}

fn open(folder: &Path) -> Result<Store, Box<dyn Error>> {
    let key = Key::from_bytes(&[7; 32]).ok_or("32 bytes")?;
    let sealer = Arc::new(Sealer::from_root(&key));
    Ok(Store::open(folder, Keeping::Sealed(sealer))?)
}

fn write(number: usize) -> Write {
    let now = SystemClock.now();
    Write {
        id: WriteId(format!("bench-{number}")),
        interaction: Some(InteractionKey {
            source: "/bench".to_owned(),
            id: format!("i-{}", number / 2),
        }),
        connection: ConnectionId("sandbox".to_owned()),
        kind: ActionKind::CreateCase,
        customer: Some("12345".to_owned()),
        case: None,
        input: [("subject".to_owned(), "Card declined abroad".to_owned())].into(),
        expected: None,
        agent: Some("agent01".to_owned()),
        asked: now,
        not_before: now,
        facts: Facts {
            customer_name: Some("Cesar Gonzalez".to_owned()),
            channel: Some("chat".to_owned()),
            began: Some(now.micros()),
            ..Facts::default()
        },
    }
}

fn asked(write: &Write) -> AuditEntry {
    AuditEntry {
        who: "agent01".to_owned(),
        action: AuditAction::Asked,
        at: Moment::from_micros(write.asked.micros()),
        from: "window".to_owned(),
        object: Some(AuditObject::Record(RecordRef {
            connection: write.connection.clone(),
            kind: RecordKind::Customer,
            id: "12345".to_owned(),
        })),
        outcome: AuditOutcome::Done,
        code: None,
        interaction: write.interaction.clone(),
        item: Some(AuditItem {
            id: write.id.0.clone(),
            what: write.kind.word().to_owned(),
        }),
    }
}
