//! Behaviour of the crate through its front door; the listener's through real sockets.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "helpers of tests fail by panicking, as tests do"
)]

mod broker;
mod broker_kit;
mod broker_reports;
mod broker_storm;
mod broker_ways;
mod canonical;
mod canonical_agreement;
mod canonical_simple;
mod canonical_written;
mod handshake;
mod link;
mod link_hostile;
mod listener;
mod listener_abuse;
mod listener_bent;
mod listener_pages;
mod mapping;
mod mapping_files;
#[cfg(unix)]
mod runtime_file;
mod signature;
mod softphones;
mod testkit;
mod verify;
mod verify_twilio;
