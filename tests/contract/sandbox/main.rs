//! The REST definition against the sandbox, over real HTTP: what the definition says of a CRM is
//! what a CRM does.
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "the lints excuse functions marked as tests; their helpers are tests too"
)]

mod faults;
mod lookups;
mod support;
mod writes;
