//! The store and the vault through their front doors.
#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm,
    reason = "helpers of tests fail by panicking, as tests do"
)]

mod audit;
mod damage;
mod disk;
mod drafts;
mod events;
mod formats;
mod history;
mod killed;
mod memory_only;
mod outbox;
mod pins;
mod saved;
mod support;
mod vault;
