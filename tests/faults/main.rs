//! Faults that are really injected, each with the cause that the doctor must name.
//!
//! Names, proxies, certificates and pages are made wrong on the loopback address; CRMs fail in the
//! sandbox's and the vendors' own words. A wrong cause is a failure of this test; what is not
//! decided is counted. `docs/diagnosis.md` is this run's table: with `SCREENPOP_WRITE=1` it is
//! written, else it is compared without its seconds.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "what cannot be set up is red"
)]

mod computer;
mod crm;
mod events;
mod network;
mod page;
mod stage;
mod tls;
mod vendors;
mod writes;

// An agent's computer with the whole engine on it, as the engine's own tests have it.
#[expect(dead_code, reason = "nobody sets the clock back here")]
#[path = "../../src-tauri/crates/pop-engine/tests/it/clock.rs"]
mod clock;
#[path = "../../src-tauri/crates/pop-engine/tests/it/keychain.rs"]
#[expect(dead_code, reason = "no fault of a keychain here needs all of it")]
mod keychain;
#[path = "../../src-tauri/crates/pop-engine/tests/it/office.rs"]
#[expect(dead_code, reason = "no fault here needs all of it")]
mod office;
#[path = "../../src-tauri/crates/pop-engine/tests/it/screen.rs"]
#[expect(dead_code, reason = "no fault here needs all of it")]
mod screen;
#[path = "../../src-tauri/crates/pop-engine/tests/it/sender.rs"]
mod sender;
#[path = "../../src-tauri/crates/pop-engine/tests/it/training.rs"]
#[expect(dead_code, reason = "no fault here needs all of it")]
mod training;

use std::time::{Duration, Instant};

use futures_util::future::{BoxFuture, join_all};
use pop_core::doctor::{Cause, CauseWords, Check, Report};
use pop_core::language::Language;

/// One fault: what is wrong, the row of the integration guide, what must be named, and how it comes
/// about.
pub(crate) struct Row {
    pub(crate) group: &'static str,
    pub(crate) fault: String,
    /// The codes that are right; mostly one.
    pub(crate) expected: &'static [&'static str],
    pub(crate) inject: BoxFuture<'static, Report>,
}

/// What the doctor said to one fault.
pub(crate) struct Outcome {
    pub(crate) group: &'static str,
    pub(crate) fault: String,
    pub(crate) expected: &'static [&'static str],
    pub(crate) came: Option<String>,
    pub(crate) words: Option<CauseWords>,
    pub(crate) took: Duration,
}

/// Faults that are injected at once: each has servers of its own.
const AT_ONCE: usize = 8;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_injected_fault_is_named_by_its_cause() {
    let mut rows = Vec::new();
    rows.extend(network::rows());
    rows.extend(tls::rows());
    rows.extend(crm::rows());
    rows.extend(computer::rows());
    rows.extend(events::rows());
    rows.extend(writes::rows());
    rows.extend(vendors::rows());
    assert!(rows.len() >= 60, "only {} faults", rows.len());
    let mut outcomes = Vec::new();
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let some: Vec<_> = rows.by_ref().take(AT_ONCE).map(diagnosed).collect();
        outcomes.extend(join_all(some).await);
    }
    let is_right = |outcome: &&Outcome| {
        let came = outcome.came.as_deref();
        came.is_some_and(|came| outcome.expected.contains(&came))
    };
    let right = outcomes.iter().filter(is_right).count();
    let undecided = outcomes
        .iter()
        .filter(|outcome| outcome.came.is_none())
        .count();
    let wrong: Vec<_> = outcomes
        .iter()
        .filter(|outcome| !is_right(outcome))
        .map(
            |Outcome {
                 fault,
                 expected,
                 came,
                 ..
             }| format!("{fault}: {came:?}, not {expected:?}"),
        )
        .collect();
    page::check_or_write(&outcomes);
    assert!(
        wrong.is_empty(),
        "{right} right, {} wrong, {undecided} undecided of {}:\n{}",
        wrong.len() - undecided,
        outcomes.len(),
        wrong.join("\n"),
    );
}

async fn diagnosed(row: Row) -> Outcome {
    let began = Instant::now();
    let mut report = row.inject.await;
    let took = if report.took.is_zero() {
        began.elapsed()
    } else {
        report.took
    };
    report.sort();
    let words = report
        .main()
        .and_then(Check::cause)
        .map(|cause| cause.words("Meridian", Language::En));
    Outcome {
        group: row.group,
        fault: row.fault,
        expected: row.expected,
        came: report
            .main()
            .and_then(Check::cause)
            .map(Cause::slug)
            .map(str::to_owned),
        words,
        took,
    }
}
