//! A server between platforms and desktops: webhooks come in over HTTPS, are verified, read by the
//! platform's mapping file, made durable, and go out to one topic per agent of an MQTT 5 broker.
//!
//! How a delivery is signed and what it means is `pop-source`'s business; how the queue is kept is
//! `pop-store`'s. Here is only what a server adds: its settings, who an agent is, HTTP, and the way
//! to the broker. It is a library so that tests can run it; the program is `main.rs`.

mod broker;
mod config;
mod desktops;
mod directory;
mod enrolment;
mod fresh;
mod gateway;
mod intake;
mod listen;
mod message;
mod metrics;
mod operations;
mod pace;
mod pages;
mod problem;
mod queue;
mod reload;
mod route;
mod secrets;
mod server;
mod source;
mod tls;

pub use config::Config;
pub use gateway::{Running, StartFault, start};
pub use reload::NotReloaded;
pub use secrets::Secrets;
