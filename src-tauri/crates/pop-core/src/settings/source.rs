//! Where interactions come from, beside the local door: a gateway, or a broker without one.
//!
//! The addresses are read where they are used; secrets are in the vault.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where else interactions come from.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// A gateway, or its broker alone.
    pub gateway: Gateway,
}

/// A gateway, or its broker alone.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Gateway {
    /// The gateway's address, `https://…`: the agent signs in there, and the gateway says the rest.
    #[schemars(length(min = 8, max = 256))]
    pub url: Option<String>,
    /// The only issuer at which the agent may be sent to sign in; without one, whichever the
    /// gateway names.
    #[schemars(length(min = 8, max = 256))]
    pub issuer: Option<String>,
    /// A broker without enrolment; wins over `url`.
    pub broker: Option<Broker>,
    /// The HTTP proxy on the way to the broker; without one, the system's.
    pub proxy: Option<Proxy>,
}

/// A broker without enrolment. Its password or token is in the vault.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Broker {
    /// `mqtts://host:port` or `wss://host:port/path`, tried in order.
    #[schemars(length(min = 1, max = 4), inner(length(max = 256)))]
    pub urls: Vec<String>,
    /// The user name.
    #[schemars(length(min = 1, max = 256))]
    pub username: String,
    /// The client id; the user name without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 256))]
    pub client_id: Option<String>,
    /// The topics.
    pub topics: Topics,
}

/// The topics of an agent; only the first is needed.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Topics {
    /// Events come here.
    #[schemars(length(min = 1, max = 256), regex(pattern = r"^[^#+]+$"))]
    pub interactions: String,
    /// What the gateway wants of the desktop.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 256), regex(pattern = r"^[^#+]+$"))]
    pub control: Option<String>,
    /// What became of events.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 256), regex(pattern = r"^[^#+]+$"))]
    pub ack: Option<String>,
    /// Whether the desktop is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 256), regex(pattern = r"^[^#+]+$"))]
    pub presence: Option<String>,
}

/// An HTTP proxy. Its password, if it wants one, is in the vault.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Proxy {
    /// `http://host:port`; empty: none, whatever the system says.
    #[schemars(length(max = 256))]
    pub url: String,
    /// The user name, where the proxy wants one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 256))]
    pub user: Option<String>,
}
