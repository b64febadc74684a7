//! The doctor comes by itself when a connection fails, after the pop, and not for every failure.

use std::sync::Arc;
use std::time::Duration;

use pop_core::doctor::{Cause, Check, Report};
use pop_core::fault::FaultKind;
use pop_core::http::Http;
use pop_core::link::LoopbackOrigin;
use pop_core::profile::ConnectionId;
use pop_crm::{Looking, ReqwestHttp};
use pop_engine::Connected;
use pop_engine::ports::Network;
use pop_sandbox::{Fault, FaultRule, Sandbox};
use serde_json::Value;

use crate::evidence::{evidence, text};
use crate::office::{Office, Run};
use crate::training::serve;

const TOKEN: &str = "token-of-the-bank";

/// A network whose way can be looked at.
struct Seen;

impl Network for Seen {
    fn client(&self, loopback: Vec<LoopbackOrigin>) -> Result<Arc<dyn Http>, String> {
        match ReqwestHttp::new(loopback) {
            Ok(http) => Ok(Arc::new(http)),
            Err(fault) => Err(fault.to_string()),
        }
    }

    fn looking(&self) -> Option<Looking> {
        Looking::of_this_computer().ok()
    }
}

fn bank() -> ConnectionId {
    ConnectionId("the-bank".to_owned())
}

async fn connected() -> (Office, Sandbox, Run) {
    let crm = serve(TOKEN).await;
    let mut office = Office::new();
    office.network = Arc::new(Seen);
    office.permit_plain_http();
    let run = office.start().await;
    let connected = run.connect(&crm, "The Bank", TOKEN).await;
    assert!(matches!(connected, Connected::Yes { .. }), "it answers");
    (office, crm, run)
}

/// The connection is asked, and what comes of it is known.
async fn asked(run: &Run) -> Option<FaultKind> {
    match run.engine.test(bank()).await.expect("it runs") {
        Connected::Failed { fault, .. } => Some(fault.kind),
        Connected::Yes { .. } => None,
        Connected::Refused(_) | Connected::NotSignedIn { .. } | Connected::Cancelled => {
            panic!("it is connected")
        }
    }
}

/// What the doctor found last that is not `before`.
async fn found(office: &Office, run: &Run, before: Option<&Report>) -> Report {
    let newer = async {
        loop {
            // It waits until the pop is over.
            office.clock.forward(Duration::from_secs(1));
            let last = run.engine.last_report(bank()).await.expect("it runs");
            if let Some(report) = last.filter(|last| Some(last) != before) {
                return report;
            }
            // So slowly that the five minutes are never over by waiting.
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    let found = tokio::time::timeout(Duration::from_secs(20), newer).await;
    found.expect("the doctor comes")
}

#[tokio::test]
async fn the_doctor_comes_by_itself_after_a_failure_and_not_again_within_five_minutes() {
    let (office, crm, run) = connected().await;
    assert_eq!(asked(&run).await, None);
    let fails = || FaultRule::always(Fault::ServerError { status: 503 });
    crm.set_fault(Some(fails()));
    assert_eq!(asked(&run).await, Some(FaultKind::Unavailable));
    crm.set_fault(None);
    let first = found(&office, &run, None).await;
    assert!(first.because.is_some(), "it knows what failed");
    assert_eq!(first.failed(), 0, "the CRM is well again: {first:?}");

    crm.set_fault(Some(fails()));
    assert_eq!(asked(&run).await, Some(FaultKind::Unavailable));
    crm.set_fault(None);
    crm.forget_requests();
    office.clock.forward(Duration::from_secs(10));
    assert_eq!(asked(&run).await, None);
    let last = run.engine.last_report(bank()).await.expect("it runs");
    assert_eq!(last.as_ref(), Some(&first), "it was here a moment ago");
    assert_eq!(crm.requests().len(), 1, "nobody but us has asked");

    office.clock.forward(Duration::from_mins(5));
    crm.set_fault(Some(fails()));
    assert_eq!(asked(&run).await, Some(FaultKind::Unavailable));
    let second = found(&office, &run, Some(&first)).await;
    let cause = second.main().and_then(Check::cause).map(Cause::slug);
    assert_eq!(cause, Some("unavailable"), "{second:?}");

    let made = evidence(&run, None, "").await;
    let told: Value = serde_json::from_str(text(&made, "diagnosis.json")).expect("JSON");
    assert_eq!(told[0]["cause"], "unavailable", "it goes along as evidence");
    run.stop().await;
}

#[tokio::test]
async fn nobody_is_looked_at_for_what_says_its_cause_itself() {
    let (office, crm, run) = connected().await;
    let limited = Fault::RateLimited { retry_after: 1 };
    crm.set_fault(Some(FaultRule::always(limited)));
    assert_eq!(asked(&run).await, Some(FaultKind::RateLimited));
    office.clock.forward(Duration::from_secs(3));
    let fault = |shown: &crate::screen::Shown| {
        let status = shown.status.as_ref()?;
        status.connections.first()?.fault.clone()
    };
    run.screen.until("red", fault).await;
    let last = run.engine.last_report(bank()).await.expect("it runs");
    assert_eq!(last, None, "asking again would only burden it");
    run.stop().await;
}
