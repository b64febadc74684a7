//! Stand-ins for the CRMs of other vendors: real HTTP servers that speak the documented wire
//! format, refuse what the vendor refuses, and count what they are asked.
//!
//! A crate of its own so that no double can see our definitions: each is written from the vendor's
//! documentation, and a definition that passes has met the documentation twice. A double is one
//! plain listener on the loopback address that tells the vendor's hosts apart by the `Host` field;
//! [`Routed`] leads requests for the real https hosts to it. A broker needs no stand-in: tests
//! that need one start the real program, with the settings that our documentation gives. Only the
//! simulated shifts have one of their own, which goes by their time.

mod browser;
mod budget;
mod call;
mod direct;
mod double;
mod routed;
mod script;

pub mod cast;
pub mod dynamics;
pub mod hubspot;
pub mod issuer;
pub mod mosquitto;
pub mod mqtt;
pub mod mqtt_broker;
pub mod oauth;
pub mod salesforce;
pub mod servicenow;
pub mod zammad;
pub mod zendesk;

pub use browser::{Landing, browse};
pub use call::{Answer, Call};
pub use cast::{Cast, CastCase, Colleague, Person};
pub use direct::Direct;
pub use double::{Double, Recorded, Vendor};
pub use routed::Routed;
pub use script::{Act, Trouble};
