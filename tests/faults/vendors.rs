//! The same failures in the words of each vendor, from the doubles written by their documentation.

use std::time::Duration;

use pop_core::doctor::Report;
use pop_crm::Examination;
use pop_doubles::{Act, Trouble};
use pop_tests::connections::{ALL, Start};

use crate::Row;

/// What goes wrong, and what must be named.
fn troubles() -> Vec<(&'static str, Act, &'static [&'static str])> {
    let sign_in = &["token_expired", "token_refused", "sign_in_needed"];
    vec![
        (
            "the sign-in is over",
            Act::Trouble(Trouble::Expired),
            sign_in,
        ),
        (
            "a permission is missing",
            Act::Trouble(Trouble::Forbidden),
            &["forbidden", "scope_missing"],
        ),
        (
            "too many requests",
            Act::Trouble(Trouble::RateLimited),
            &["rate_limited"],
        ),
        (
            "outage",
            Act::Trouble(Trouble::Unavailable),
            &["unavailable"],
        ),
        (
            "a page in place of JSON",
            Act::Html,
            &["answer_not_understood"],
        ),
        ("the connection is cut", Act::Reset, &["cut"]),
    ]
}

pub(crate) fn rows() -> Vec<Row> {
    let vendors = ALL.into_iter().filter(|vendor| vendor.id != "rest");
    vendors
        .flat_map(|vendor| {
            troubles()
                .into_iter()
                .map(move |(fault, act, expected)| Row {
                    group: "In the words of each vendor",
                    fault: format!("{}: {fault}", vendor.id),
                    expected,
                    inject: Box::pin(troubled(vendor.start, act)),
                })
        })
        .collect()
}

async fn troubled(start: Start, act: Act) -> Report {
    let subject = start().await;
    let double = subject.double();
    double.each_on("", act);
    let began = std::time::Instant::now();
    let checks = subject
        .connection
        .examine(None, &Examination::default())
        .await;
    let mut report = crate::stage::report(checks);
    report.took = began.elapsed().max(Duration::from_micros(1));
    report
}
