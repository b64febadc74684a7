//! The testkit: what tests that cross rooms need and no single room should own.
//!
//! A private desktop with real daemons stands in for the agent's machine, a driver opens the real
//! window on it, and recorders stand where the desktop would hand something on; every CRM is there
//! as a connection to its own server or double. What one room needs
//! for its own tests stays in that room.

#[cfg(feature = "browser")]
pub mod browser;
#[cfg(feature = "connections")]
pub mod connections;
pub mod desktop;
#[cfg(feature = "connections")]
pub mod gateway;
#[cfg(feature = "connections")]
pub mod glia;
pub mod opener;
pub mod programs;
mod recorder;
#[cfg(feature = "browser")]
pub mod signed;
