//! The engine through its front door: real files, a real CRM over HTTP, a real listener, and
//! stand-ins for the desktop, the keychain and the clock.
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests fail by panicking, as tests do"
)]

mod at_hand;
mod budget;
mod bundles;
mod clicked;
mod clock;
mod connecting;
mod day;
mod deliveries;
mod diagnosing;
mod enrolling;
mod erasing;
mod evidence;
mod fleet;
mod flights;
mod help_desk;
mod host;
mod keeping;
mod keychain;
mod leaving;
mod office;
mod own_definitions;
mod pops;
mod probing;
mod recording;
mod restarting;
mod saved_copy;
mod screen;
mod sender;
mod showing;
mod signing_in;
mod signing_out;
mod starting;
mod telling;
mod training;
mod trials;
mod two_crms;
mod unkept;
mod unseen;
mod writes;
