//! What strangers may send, as functions of bytes: each must refuse or read whatever comes, never
//! fall over, and keep what it promises.
//!
//! `tests/fuzz` feeds them with what a fuzzer makes up; an ordinary test feeds them with the real
//! samples of this repository, with what was found before, and with both spoilt in many ways.
#![expect(
    clippy::expect_used,
    clippy::missing_panics_doc,
    clippy::panic,
    reason = "a promise that is broken is told by a panic, which is what a fuzzer looks for"
)]

mod files;
mod seeds;
mod wire;

pub use seeds::{seeds, spoil};

/// One place where strangers' bytes come in.
#[derive(Clone, Copy)]
pub struct Target {
    /// Its name, which is also that of its folder of samples.
    pub name: &'static str,
    /// Takes whatever comes.
    pub take: fn(&[u8]),
}

macro_rules! targets {
    ($($room:ident :: $name:ident),* $(,)?) => {
        /// All of them.
        pub const TARGETS: &[Target] = &[
            $(Target { name: stringify!($name), take: $room::$name }),*
        ];
    };
}

targets![
    wire::listener,
    wire::signature,
    wire::cloud_event,
    wire::webhook,
    wire::letter,
    wire::arguments,
    wire::crm_answer,
    files::mapping,
    files::expression,
    files::link,
    files::definition,
    files::bundle,
    files::settings,
    files::redaction,
];

/// The target of a name.
pub fn target(name: &str) -> Target {
    let known = TARGETS.iter().find(|target| target.name == name);
    *known.unwrap_or_else(|| panic!("there is no target {name}"))
}
