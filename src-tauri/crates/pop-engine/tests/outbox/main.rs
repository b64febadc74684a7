//! The drain with the store alone: what is taken is sent exactly once, whatever dies in between.
#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "helpers of tests fail by panicking, as tests do; a program that is to be killed says \
              where it is, and the moment of its death is waited for"
)]

mod crm;
mod disk;
mod disks;
#[cfg(target_os = "linux")]
mod failing;
mod killed;
mod ledger;
mod order;
#[cfg(target_os = "linux")]
mod power;
#[cfg(target_os = "linux")]
mod recorded;
mod stage;
mod tried;
