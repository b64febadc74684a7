//! Hears of interactions: events over HTTP, links and the command line become [`Event`]s.
//!
//! Whatever comes in here was written by somebody else. It is verified, read strictly and either
//! turned into the vocabulary of `pop-core` or refused with a reason that never repeats what stood
//! there. What an event leads to is the desk's business, and keeping it is the store's: each source
//! hands its deliveries to a [`source::Accept`] and answers what that says.
//!
//! [`Event`]: pop_core::interaction::Event

pub mod broker;
pub mod canonical;
pub mod delivery;
pub mod handshake;
pub mod kept;
pub mod link;
pub mod listener;
pub mod mapping;
pub mod pasted;
pub mod runtime_file;
pub mod signature;
pub mod source;
pub mod verify;

mod identify;
mod made_id;
mod percent;
