//! The testkit: what tests that cross rooms need and no single room should own.
//!
//! A private desktop with real daemons stands in for the agent's machine, a driver opens the real
//! window on it, and recorders stand where the desktop would hand something on; every CRM is there
//! as a connection to its own server or double; and every door by which strangers' bytes come in is
//! there as a function for a fuzzer. What one room needs
//! for its own tests stays in that room.

#[cfg(feature = "browser")]
pub mod browser;
#[cfg(feature = "connections")]
pub mod connections;
pub mod desktop;
pub mod dice;
#[cfg(feature = "fuzz")]
pub mod fuzz;
#[cfg(feature = "connections")]
pub mod gateway;
#[cfg(feature = "connections")]
pub mod glia;
pub mod hostile;
pub mod opener;
pub mod programs;
mod recorder;
#[cfg(feature = "browser")]
pub mod signed;
pub mod site;
pub mod surfer;
