//! The one loop: runs what the desk wants done, through ports.
//!
//! [`Engine::start`] reads the settings, opens the store, and runs one task that owns all state.
//! What happens comes in as ticks: events, answers, requests of the window, time. The world
//! (clock, HTTP, keychain, window, embedded CRM) is behind [`ports`], so the same loop serves the
//! app, a rehearsal and the tests. Decisions are the desk's, in `pop-core`.

mod account;
mod afterwards;
mod asks;
mod at_hand;
mod bundle;
mod by_hand;
mod connecting;
mod connections;
mod definitions;
mod deliveries;
mod device;
mod doctor;
mod effects;
mod engine;
mod enrol_fault;
mod enrolling;
mod entries;
mod erasing;
mod evidence;
mod files;
mod filled;
mod fleet;
mod forgetting;
mod forms;
mod gateway;
mod grants;
mod insight;
mod keep;
mod leaving;
mod listening;
mod lookups;
mod machine;
mod making;
mod opening;
pub mod outbox;
mod policy;
pub mod ports;
mod probing;
mod recording;
mod room;
mod searching;
mod secrets;
mod shown;
mod sources;
mod telling;
mod tick;
mod timeline;
mod training;
mod trial;
mod trying;
mod turned_back;
mod unkept;
mod unseen;
mod writing;

pub use bundle::{Enrolment, Offered};
pub use by_hand::Way;
pub use deliveries::Endpoint;
pub use engine::{Engine, StartFault};
pub use enrol_fault::EnrolFault;
pub use evidence::{Evidence, EvidencePart, EvidenceWanted};
pub use forms::Wrote;
pub use insight::{Explained, FlightOf};
pub use tick::{Connected, Enrolling, Found, Raise, Refused, Wanted};
pub use trial::{Trial, TrialCard};
