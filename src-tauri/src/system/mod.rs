//! What the system says of its user and what it can do, chosen once per system.
//!
//! Every answer may be “cannot tell”; what follows from that is decided in `pop-core`. Calls may
//! wait for the system for a moment: they belong on a thread for waiting.

#[cfg(target_os = "linux")]
mod bus;
#[cfg(target_os = "linux")]
mod x11;

#[cfg(target_os = "linux")]
#[path = "linux.rs"]
mod platform;
#[cfg(not(target_os = "linux"))]
#[path = "other.rs"]
mod platform;

#[cfg(target_os = "linux")]
pub(crate) use bus::session;
pub(crate) use platform::{can, is_covered, since_input, wants_quiet, watch_lock};
