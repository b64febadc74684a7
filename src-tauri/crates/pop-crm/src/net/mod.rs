//! The way to the network: which origins, how often, and the real HTTP client.

pub(crate) mod breaker;
pub(crate) mod client;
pub(crate) mod clock;
pub(crate) mod gzip;
pub(crate) mod log;
pub(crate) mod origin;
pub(crate) mod spent;
pub(crate) mod stopwatch;
pub(crate) mod traffic;
