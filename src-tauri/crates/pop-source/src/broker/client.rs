//! An MQTT client, as far as the session needs one.
//!
//! The library behind it (`rumqtt.rs`) can be changed without the session noticing.

use std::any::Any;
use std::time::Duration;

use async_trait::async_trait;
use pop_core::secret::Secret;
use pop_core::stream::StreamFault;
use tokio::sync::mpsc;

use super::address::Address;
use super::dial::Trust;
use super::proxy::Proxying;
use super::route::Route;

/// Makes connections to a broker.
pub(super) trait Client: Send + Sync {
    /// Begins to connect. What is heard, and how it ends, comes through the receiver.
    fn connect(&self, hello: Hello) -> (Box<dyn Line>, mpsc::Receiver<Heard>);
}

/// A connection, for what goes out. What cannot go out any more is lost with the connection, and
/// the receiver says that it is over.
#[async_trait]
pub(super) trait Line: Send + Sync {
    /// Asks for topics.
    async fn subscribe(&self, topics: Vec<String>);
    /// Sends a message, at least once while the connection stands.
    async fn send(&self, note: Note);
    /// Acknowledges a message.
    async fn taken(&self, message: &Message);
    /// Ends it in good order.
    async fn leave(&self);
}

/// How the client introduces itself.
pub(super) struct Hello {
    pub(super) address: Address,
    pub(super) trust: Trust,
    pub(super) proxying: Proxying,
    pub(super) client_id: String,
    pub(super) username: String,
    pub(super) password: Secret,
    /// What the broker tells others when this client is gone without a word.
    pub(super) will: Option<Note>,
}

/// A message that goes out.
pub(super) struct Note {
    pub(super) topic: String,
    pub(super) body: Vec<u8>,
    pub(super) retain: bool,
    pub(super) expires: Option<Duration>,
}

/// What comes in.
pub(super) enum Heard {
    /// The broker has let us in.
    Connected { route: Option<Route> },
    /// It has answered the request for topics: whether it granted all.
    Subscribed(bool),
    /// A message.
    Message(Box<Message>),
    /// It is over.
    Lost(StreamFault),
}

/// A message that came in.
pub(super) struct Message {
    pub(super) topic: String,
    pub(super) body: Vec<u8>,
    /// How long it may still live, as the broker counts.
    pub(super) remaining: Option<Duration>,
    pub(super) content_type: Option<String>,
    pub(super) traceparent: Option<String>,
    /// What the library acknowledges it by.
    pub(super) receipt: Box<dyn Any + Send + Sync>,
}
