//! The drain with the store alone: what is taken is sent exactly once, whatever dies in between.
#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "helpers of tests fail by panicking, as tests do"
)]

mod crm;
mod disk;
mod killed;
mod ledger;
mod order;
mod stage;
