//! The definition engine through its front door: files in, requests and profiles out.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "the lints excuse functions marked as tests; their helpers are tests too"
)]

mod action_files;
mod actions;
mod answers;
mod auth_keys;
mod batch;
mod batch_loading;
mod budgets;
mod built_in;
mod cache;
mod client;
mod dialects;
mod docs;
mod examples;
mod finds;
mod forms;
mod injection;
mod links;
mod lists;
mod loading;
mod meanwhile;
mod outcomes;
mod overlays;
mod quotas;
mod requests;
mod session;
mod settings;
mod sign_in;
mod signed;
mod support;
mod token_server;
mod upkeep;
mod vendors;
